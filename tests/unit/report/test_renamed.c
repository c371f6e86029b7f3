/*
 * test_renamed.c: a module that moved to another file is the same to every report as long as its id
 * is: what a material change asks is asked there as on the learner's page, on that day and of that
 * day later, and a move alone asks nothing. Through files, the library and the parser, as in life.
 */
#include "learn/county.h"

#include "ct/base/secret.h"
#include "ct/learn/completion.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/progress.h"
#include "ct/learn/requirement.h"
#include "ct/learn/run.h"
#include "ct/learn/update.h"
#include "ct/report/assignment.h"
#include "ct/report/transcript.h"

#include "ct/base/banned.h"

enum { DAY_LONG = 86400, STEPS = 4 };

#define LAW(front, text) "---\n" front "minutes: 10\n---\n# The law\n\n## Read\n\n" text "\n"
#define FIRST_LAW        LAW("id: law\n", "A child cannot consent.")
#define SECOND_LAW       LAW("id: law\nversion: 2\nchange: The hotline is new\n", "Call the hotline.")
#define THIRD_LAW        LAW("id: law\nversion: 3\nchange: Call within a day\n", "Call within a day.")
#define OTHER            LAW("id: duties\n", "A duty to report.")
#define MOVED            "core/03-the-law-today.md"
#define CASE                                                                                       \
    "---\nid: motel\nminutes: 10\n---\n# Scenario: The motel\n\n`trust = 1 (0 to 3)`\n\n"          \
    "She is at the station.\n\n## First words\n\n- [Offer food](#ending-a-plan) `trust +1`\n\n"    \
    "## Ending: A plan\n\n`pass`\n\nGood.\n"

/* Everybody is asked to complete the course. */
static void require(struct county *c)
{
    AUTO_REQUEST rq = request(c);
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {.due = {.kind = CT_DUE_ASSIGNED,
                                               .fixed = CT_DAY_NONE,
                                               .days = 30,
                                               .from = (int)(c->in.now / DAY_LONG) - 1},
                                       .everybody = true};
    struct ct_requirement q = {.kind = CT_REQUIREMENT_COURSE,
                               .slug = CT_SV("core"),
                               .course = CT_SV("core"),
                               .rules = &rule,
                               .n_rules = 1};
    int64_t id;

    CT_OK_("require", ct_requirement_add(c->store, &c->in.clock, rq.d.cat, &q, 0, &id, &err), &err);
}

/* Anna completes both modules, and so the course. */
static void complete(struct county *c)
{
    AUTO_REQUEST rq = request(c);
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;
    int64_t id;

    CT_OK_("read", ct_section_done(&rq.d, rq.course, rq.law, &rq.law->sections[0], &err), &err);
    CT_OK_("start", ct_run_start(&rq.d, rq.course, rq.motel, CT_SV("prosecutor"), &id, &err), &err);
    CT_OK_("get", ct_run_get(&rq.d, id, &run, &err), &err);
    CT_OK_("play", ct_run_choose(&rq.d, &run, 0, 0, &err), &err);
}

struct step {
    const char *path, *text; /* text NULL: the file goes */
    bool together;           /* with the next one */
    bool is_read;            /* Anna reads what is new in the law, before anything else */
};

static void read_it(struct county *c)
{
    AUTO_REQUEST rq = request(c);
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("read", ct_update_read(&rq.d, rq.course, rq.law, ct_sv_c(rq.law->revision), &err), &err);
}

/* A day later; the next step. */
static const struct step *take(struct county *c, const struct step *s)
{
    struct ct_err err = CT_ERR_INIT;
    char name[256];
    bool changed;

    c->in.now += DAY_LONG;
    for (bool more = true; more; s++) {
        more = s->together;
        if (s->is_read) {
            read_it(c);
        } else if (s->text) {
            ct_content_write(&c->in, s->path, s->text);
        } else {
            snprintf(name, sizeof name, "%s/%s", c->in.dir, s->path);
            assert_int_equal(remove(name), 0);
        }
    }
    CT_OK_("publish", ct_library_refresh(c->lib, &changed, &err), &err);
    return s;
}

static const char *row_of(struct request *rq, int64_t as_of)
{
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    struct ct_err err = CT_ERR_INIT;

    f.person = rq->d.who.person;
    CT_OK_("rows", ct_assignments(rq->d.db, rq->d.arena, as_of, &f, &r, &err), &err);
    CT_EQ_I64("one row", r.n, 1);
    return ct_due_status_name(r.rows[0].period.status);
}

/* What the reports say of Anna and the course: assignments, completion, transcript. */
static struct ct_sv told(struct county *c, int64_t as_of)
{
    AUTO_REQUEST rq = request_any(c, 1, "prosecutor");
    struct ct_report_filter all = {.as_of = as_of};
    struct ct_report_moment at = {.as_of = as_of};
    struct ct_err err = CT_ERR_INIT;
    const struct ct_catalogue *cat;
    struct ct_transcript t;
    struct ct_report report;
    const char *rows = row_of(&rq, as_of);

    CT_OK_("curriculum", ct_curriculum_as_of(rq.d.db, &c->a, rq.d.cat, as_of, &cat, &err), &err);
    CT_OK_("report", ct_report_completion(rq.d.db, &c->a, cat, &c->in.clock, &all, &report, &err),
           &err);
    CT_EQ_SV("of Anna", report.rows[0].members[0].name, CT_SV("Anna"));
    CT_OK_("transcript", ct_transcript_courses(rq.d.db, &c->a, cat, 1, &at, &t, &err), &err);
    CT_EQ_I64("one course", t.n, 1);
    CT_EQ_SV("its certificate", t.lines[0].worth, CT_SV("valid"));
    return ct_arena_printf(&c->a, "%s, %s, %.*s", rows,
                           ct_due_status_name(report.rows[0].members[0].status),
                           CT_SV_ARG(t.lines[0].status));
}

/* Whether the learner's page asks Anna to read something. */
static bool is_asked(struct county *c)
{
    AUTO_REQUEST rq = request_any(c, 1, "prosecutor");
    struct ct_course_progress p;
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("progress", ct_progress_course(&rq.d, rq.course, &p, &err), &err);
    CT_EQ_I64("the completion stands", p.status, CT_COMPLETED);
    return p.update_due;
}

#define PUT(file, to)                                                                              \
    {                                                                                              \
        .path = (file), .text = (to)                                                               \
    }
#define WITH(file, to)                                                                             \
    {                                                                                              \
        .path = (file), .text = (to), .together = true                                             \
    }
#define READ                                                                                       \
    {                                                                                              \
        .is_read = true                                                                            \
    }

static const struct moves {
    const char *name;
    struct step steps[STEPS]; /* each a day later than the one before */
    const char *want;         /* a letter a day: d due, - not */
} cases[] = {
    {"a move asks nothing", {WITH(LAW_FILE, NULL), PUT(MOVED, FIRST_LAW)}, "-"},
    {"it is moved and changed at once", {WITH(LAW_FILE, NULL), PUT(MOVED, SECOND_LAW)}, "d"},
    {"it is changed later, in its new file",
     {WITH(LAW_FILE, NULL), PUT(MOVED, FIRST_LAW), PUT(MOVED, SECOND_LAW)},
     "-d"},
    {"it was changed before it moved",
     {PUT(LAW_FILE, SECOND_LAW), WITH(LAW_FILE, NULL), PUT(MOVED, SECOND_LAW)},
     "dd"},
    {"what is new was read in the old file",
     {PUT(LAW_FILE, SECOND_LAW), READ, WITH(LAW_FILE, NULL), PUT(MOVED, SECOND_LAW)},
     "d--"},
    {"what is new was read in the new file",
     {WITH(LAW_FILE, NULL), PUT(MOVED, SECOND_LAW), READ, PUT(MOVED, THIRD_LAW)},
     "d-d"},
    {"the text that was passed comes back in the new file",
     {PUT(LAW_FILE, SECOND_LAW), WITH(LAW_FILE, NULL), PUT(MOVED, FIRST_LAW)},
     "d-"},
    {"it comes back to its old file",
     {WITH(LAW_FILE, NULL), PUT(MOVED, SECOND_LAW), WITH(MOVED, NULL), PUT(LAW_FILE, FIRST_LAW)},
     "d-"},
    {"its old file has another module now", {WITH(LAW_FILE, OTHER), PUT(MOVED, SECOND_LAW)}, "d"},
    {"its old file had another module for a day",
     {WITH(LAW_FILE, OTHER), PUT(MOVED, FIRST_LAW), WITH(MOVED, NULL), PUT(LAW_FILE, SECOND_LAW)},
     "-d"},
    {"a file without an id is another module",
     {WITH(LAW_FILE, NULL), PUT(MOVED, LAW("version: 2\n", "Call."))},
     "-"},
    {"it is taken out", {PUT(LAW_FILE, SECOND_LAW), PUT(LAW_FILE, NULL)}, "d-"},
};

struct trial {
    const struct moves *moves;
    void *county;
};

static int open_trial(void **state)
{
    struct trial *t = calloc(1, sizeof *t);

    if (!t)
        return -1;
    t->moves = *state;
    *state = t;
    return county_open(&t->county, FIRST_LAW, CASE);
}

static int close_trial(void **state)
{
    struct trial *t = *state;
    int r = county_close(&t->county);

    free(t);
    return r;
}

static void expect(struct county *c, int64_t as_of, bool due)
{
    CT_EQ_SV("the reports", told(c, as_of),
             due ? CT_SV("update due, update due, update due")
                 : CT_SV("completed, completed, completed"));
}

/* Each report says the same as the learner's page, and later of that day what it said then. */
static void it_is_due_everywhere_or_nowhere(void **state)
{
    const struct trial *t = *state;
    const struct step *s = t->moves->steps;
    struct county *c = t->county;
    int64_t begun = c->in.now;

    require(c);
    complete(c);
    for (const char *w = t->moves->want; *w; w++) {
        s = take(c, s);
        CT_EQ_I64("the learner's page", is_asked(c), *w == 'd');
        expect(c, c->in.now, *w == 'd');
    }
    c->in.now += DAY_LONG;
    expect(c, begun + DAY_LONG - 1, false);
    for (const char *w = t->moves->want; *w; w++)
        expect(c, begun + (w - t->moves->want + 2) * DAY_LONG - 1, *w == 'd');
}

int main(void)
{
    enum { N = sizeof cases / sizeof cases[0] };
    struct CMUnitTest tests[N];

    for (size_t i = 0; i < N; i++)
        tests[i] = (struct CMUnitTest){cases[i].name, it_is_due_everywhere_or_nowhere, open_trial,
                                       close_trial, (void *)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
