/*
 * test_curriculum.c: what a report said of a day it says again after the curriculum was changed: a
 * module more, one renamed, a course and a discipline dropped.
 */
#include "ct_content.h"
#include "ct_test.h"

#include "ct/base/secret.h"
#include "ct/learn/completion.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/library.h"
#include "ct/learn/person.h"
#include "ct/report/coverage.h"
#include "ct/report/report_completion.h"
#include "ct/report/transcript.h"

#include "ct/base/banned.h"

enum { DAY_LONG = 86400, SLOTS = 4 };

#define CURRICULUM(disciplines, courses)                                                           \
    "---\ntitle: Test county\ndisciplines:\n" disciplines "courses: [" courses "]\n---\nHello.\n"
#define PROSECUTOR "  - prosecutor (prosecutors)\n"
#define ADVOCATE   "  - advocate (advocates)\n"

struct fixture {
    struct ct_content in;
    struct ct_store *store;
    struct ct_library *lib;
    struct ct_arena a;
};

static void add_person(struct fixture *f, const char *email, const char *discipline)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_sv_c(email),
                          .name = ct_sv_c(email),
                          .discipline = ct_sv_c(discipline),
                          .roles = CT_ROLE_LEARNER};
    int64_t id;

    CT_OK_(email, ct_person_add(f->store, &f->in.clock, &p, &id, &err), &err);
}

static void publish(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    f->in.now += DAY_LONG;
    CT_OK_("publish", ct_library_refresh(f->lib, &changed, &err), &err);
    assert_true(changed);
    f->in.now += DAY_LONG;
}

static int complete_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, arg, err);
}

/* A prosecutor completed both modules of basics and the course, an advocate one module. */
static void complete(struct fixture *f)
{
    char sql[] =
        "insert into completion(person, course, course_title, module, module_title, discipline,"
        " revision, minutes, at) select p.id, 'basics', 'Basics', m.column1, m.column1,"
        " p.discipline, (select hash from revision where path = m.column2), 9, 1700090000"
        " from person p, (values('seeing', 'basics/01-seeing.md'),"
        " ('asking', 'basics/02-asking.md')) m where p.id = 1 or m.column1 = 'seeing';"
        "insert into completion(person, course, course_title, discipline, revision, minutes, at)"
        " values(1, 'basics', 'Basics', 'prosecutor', printf('%064d', 1), 9, 1700090001);";
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("complete", ct_store_write(f->store, complete_job, sql, &err), &err);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ct_err err = CT_ERR_INIT;

    if (!f || ct_secret_init(NULL) < 0)
        return -1;
    ct_content_make(&f->in);
    ct_content_basics(&f->in, FIRST);
    ct_content_write(&f->in, "curriculum.md", CURRICULUM(PROSECUTOR ADVOCATE, "basics, more"));
    ct_content_write(&f->in, "basics/course.md",
                     "---\ntitle: Basics\nrequired-for: [prosecutor, advocate]\n---\nA.\n");
    ct_content_write(&f->in, "basics/02-asking.md", "# Asking\n\n## One\n\nAsk.\n");
    ct_content_write(&f->in, "more/course.md",
                     "---\ntitle: More\nrequired-for: [prosecutor, advocate]\n---\nM.\n");
    ct_content_write(&f->in, "more/01-more.md", "# More\n\n## One\n\nMore.\n");
    f->store = ct_temp_store(&f->in.temp);
    CT_OK_("open", ct_library_open(f->store, &f->in.clock, f->in.dir, SLOTS, &f->lib, &err), &err);
    add_person(f, "pat@example.org", "prosecutor");
    add_person(f, "ada@example.org", "advocate");
    f->in.now += DAY_LONG;
    complete(f);
    f->in.now += DAY_LONG;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_library_close(f->lib);
    ct_store_close(f->store);
    ct_arena_release(&f->a);
    ct_content_remove(&f->in);
    free(f);
    return 0;
}

static void add_doc(struct fixture *f, const struct ct_report_doc *doc, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(doc->name, ct_report_write(&f->a, doc, CT_REPORT_CSV, out, &err), &err);
    CT_OK_(doc->name, ct_report_write(&f->a, doc, CT_REPORT_JSON, out, &err), &err);
}

static void add_completion(struct fixture *f, struct ct_db *db, const struct ct_catalogue *cat,
                           int64_t at, struct ct_str *out)
{
    struct ct_report_filter filter = {.as_of = at};
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_doc doc;
    struct ct_report report;

    CT_OK_("completion", ct_report_completion(db, &f->a, cat, &f->in.clock, &filter, &report, &err),
           &err);
    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_PERSON; by++) {
        ct_report_completion_doc(&f->a, &report, &filter, cat, by, &doc);
        add_doc(f, &doc, out);
    }
}

static void add_coverage(struct fixture *f, struct ct_db *db, const struct ct_catalogue *cat,
                         int64_t at, struct ct_str *out)
{
    struct ct_coverage_filter filter = {.course = CT_SV("basics")};
    struct ct_err err = CT_ERR_INIT;
    struct ct_coverage coverage;
    struct ct_report_doc doc;

    CT_OK_("coverage", ct_coverage(db, &f->a, cat, at, &filter, &coverage, &err), &err);
    ct_coverage_doc(&f->a, cat, &coverage, &filter, CT_COVERAGE_MODULES, &doc);
    add_doc(f, &doc, out);
}

static void add_transcripts(struct fixture *f, struct ct_db *db, const struct ct_catalogue *cat,
                            int64_t at, struct ct_str *out)
{
    const struct ct_report_moment moment = {.as_of = at};
    struct ct_err err = CT_ERR_INIT;
    struct ct_transcript t;
    struct ct_report_doc doc;

    for (int64_t person = 1; person <= 2; person++) {
        CT_OK_("transcript", ct_transcript(db, &f->a, cat, person, &moment, false, &t, &err), &err);
        ct_transcript_doc(&f->a, &t, CT_SV("County"), &doc);
        add_doc(f, &doc, out);
    }
}

/* Every report as of a moment, as the pages and the command ask for them. */
static struct ct_sv said(struct fixture *f, int64_t at)
{
    const struct ct_catalogue *now = ct_library_hold(f->lib, 0), *cat;
    CT_AUTO_STR out = CT_STR_INIT(4 * 1024 * 1024);
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_READER rd = ct_store_reader(f->store);

    CT_OK_("curriculum", ct_curriculum_as_of(rd.db, &f->a, now, at, &cat, &err), &err);
    add_completion(f, rd.db, cat, at, &out);
    add_coverage(f, rd.db, cat, at, &out);
    add_transcripts(f, rd.db, cat, at, &out);
    ct_library_release(f->lib, 0);
    assert_true(ct_str_ok(&out));
    return ct_arena_dup(&f->a, ct_str_sv(&out));
}

static void take_out(struct fixture *f, const char *path)
{
    char name[256];

    snprintf(name, sizeof name, "content/%s", path);
    assert_int_equal(remove(ct_temp_path(&f->in.temp, name)), 0);
}

static void add_module(struct fixture *f)
{
    ct_content_write(&f->in, "basics/03-telling.md", "# Telling\n\n## One\n\nTell.\n");
}

static void drop_module(struct fixture *f)
{
    take_out(f, "basics/02-asking.md");
}

static void rename_module(struct fixture *f)
{
    take_out(f, "basics/02-asking.md");
    ct_content_write(&f->in, "basics/01-first-asking.md",
                     "---\nid: asking\n---\n# Asking first\n\n## One\n\nAsk.\n");
}

static void drop_course(struct fixture *f)
{
    take_out(f, "more/01-more.md");
    take_out(f, "more/course.md");
    ct_content_write(&f->in, "curriculum.md", CURRICULUM(PROSECUTOR ADVOCATE, "basics"));
}

static void drop_discipline(struct fixture *f)
{
    ct_content_write(&f->in, "curriculum.md", CURRICULUM(PROSECUTOR, "basics, more"));
    ct_content_write(&f->in, "basics/course.md",
                     "---\ntitle: Basics\nrequired-for: [prosecutor]\n---\nA.\n");
    ct_content_write(&f->in, "more/course.md",
                     "---\ntitle: More\nrequired-for: [prosecutor]\n---\nM.\n");
}

static void ask_of_others(struct fixture *f)
{
    ct_content_write(&f->in, "basics/course.md",
                     "---\ntitle: Basics\nrequired-for: [advocate]\n---\nA.\n");
}

static void a_past_day_is_counted_by_its_curriculum(void **state)
{
    static const struct {
        const char *name;
        void (*change)(struct fixture *f);
        const char *has; /* what the report of now says, and that of then did not */
    } cases[] = {
        {"a module more", add_module, "telling"},
        {"a module renamed", rename_module, "Asking first"},
        {"required of others", ask_of_others, NULL},
        {"a module dropped", drop_module, NULL},
        {"a course dropped", drop_course, NULL},
        {"a discipline dropped that people hold", drop_discipline, NULL},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *opened = NULL;
        assert_int_equal(set_up(&opened), 0);
        struct fixture *f = opened;
        int64_t then = f->in.now;
        f->in.now++;
        struct ct_sv before = said(f, then);
        c->change(f);
        publish(f);
        CT_EQ_SV(c->name, said(f, then), before);
        struct ct_sv now = said(f, f->in.now - 1);
        assert_false(ct_sv_eq(now, before));
        if (c->has) {
            CT_EQ_I64(c->name, ct_sv_search(now, ct_sv_c(c->has)) != SIZE_MAX, true);
            CT_EQ_I64(c->name, ct_sv_search(before, ct_sv_c(c->has)) != SIZE_MAX, false);
        }
        tear_down(&opened);
    }
}

static void exec(struct fixture *f, char *sql)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(sql, ct_store_write(f->store, complete_job, sql, &err), &err);
}

/* The row of a discipline among those summed by it. */
static const struct ct_report_row *of_discipline(const struct ct_report *r, const char *slug)
{
    for (size_t i = 0; i < r->n_by_discipline; i++)
        if (ct_sv_eq_c(r->by_discipline[i].discipline, slug))
            return &r->by_discipline[i];
    return NULL;
}

static struct ct_report completion_of(struct fixture *f, struct ct_db *db,
                                      const struct ct_catalogue *cat,
                                      const struct ct_report_filter *filter)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report r;

    CT_OK_("completion", ct_report_completion(db, &f->a, cat, &f->in.clock, filter, &r, &err),
           &err);
    return r;
}

#define LAST_NAME "Child advocate (no longer in the curriculum)"

static void who_holds_a_dropped_discipline_counts_under_its_last_name(void **state)
{
    struct fixture *f = *state;
    const struct ct_report_filter all = {.as_of = 0}, advocates = {.discipline = CT_SV("advocate")};
    const struct ct_report_row *row;
    struct ct_report_doc doc;
    struct ct_report r;

    ct_content_write(
        &f->in, "curriculum.md",
        CURRICULUM(PROSECUTOR "  - advocate (Child advocate / child advocates)\n", "basics, more"));
    publish(f);
    drop_discipline(f);
    publish(f);
    add_person(f, "nobody@example.org", "prosecutor");
    exec(f, (char[]){"delete from person_discipline where person = 3"});
    exec(f,
         (char[]){"insert into activity values(3, 'basics', 'seeing', '', 1700090000, 1700090100,"
                  " 60)"});
    const struct ct_catalogue *cat = ct_library_hold(f->lib, 0);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    r = completion_of(f, rd.db, cat, &all);
    CT_EQ_I64("prosecutors, advocates, none", r.n_by_discipline, 3);
    CT_EQ_SV("who has none is last", r.by_discipline[2].discipline, CT_SV("none"));
    row = of_discipline(&r, "none");
    CT_EQ_I64("none", row->people, 1);
    CT_EQ_I64("none", row->members[0].id, 3);
    row = of_discipline(&r, "advocate");
    CT_EQ_SV("last name", row->discipline_name, CT_SV(LAST_NAME));
    CT_EQ_I64("who began", row->people, 1);
    CT_EQ_I64("in progress", row->in_progress, 1);
    CT_EQ_I64("of nobody is it required", row->required, false);
    r = completion_of(f, rd.db, cat, &advocates);
    CT_EQ_I64("filtered", r.n_by_discipline, 1);
    CT_EQ_SV("filtered", r.by_discipline[0].discipline, CT_SV("advocate"));
    ct_report_completion_doc(&f->a, &r, &advocates, cat, CT_BY_DISCIPLINE, &doc);
    CT_EQ_SV("the choice in words", doc.choices[1].text, CT_SV(LAST_NAME));
    CT_EQ_SV("in files by its short name", doc.cells[0], CT_SV("advocate"));
    ct_library_release(f->lib, 0);
}

/* A discipline that somebody holds can be asked for, published or not. */
static void what_somebody_holds_can_be_asked_for(void **state)
{
    static const struct {
        const char *name, *slug;
        int64_t as_of; /* 0: now */
        int want;
    } cases[] = {
        {"in the curriculum", "prosecutor", 0, CT_OK},
        {"never in it, and held", "chaplain", 0, CT_OK},
        {"before anybody held it", "chaplain", 1700000000, CT_BAD_INPUT},
        {"held by nobody", "astronaut", 0, CT_BAD_INPUT},
    };
    struct fixture *f = *state;

    exec(f, (char[]){"insert into person_discipline values(1, 'chaplain', 1700050000)"});
    const struct ct_catalogue *cat = ct_library_hold(f->lib, 0);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const struct ct_sv slug = ct_sv_c(c->slug);
        const int64_t at = c->as_of ? c->as_of : ct_now(&f->in.clock);
        const struct ct_report_filter asked = {.discipline = slug, .as_of = at};
        const struct ct_coverage_filter covered = {.discipline = slug};
        struct ct_coverage coverage;
        struct ct_report r;
        CT_EQ_I64(c->name, ct_report_check(rd.db, cat, CT_SV_NULL, slug, at, &err), c->want);
        ct_err_clear(&err);
        CT_EQ_I64(c->name, ct_report_completion(rd.db, &f->a, cat, &f->in.clock, &asked, &r, &err),
                  c->want);
        ct_err_clear(&err);
        CT_EQ_I64(c->name, ct_coverage(rd.db, &f->a, cat, at, &covered, &coverage, &err), c->want);
    }
    ct_library_release(f->lib, 0);
}

static void coverage_has_a_row_of_a_dropped_discipline(void **state)
{
    struct fixture *f = *state;
    const struct ct_coverage_filter filter = {.course = CT_SV("basics"),
                                              .discipline = CT_SV("advocate")},
                                    unknown = {.discipline = CT_SV("astronaut")};
    struct ct_err err = CT_ERR_INIT;
    struct ct_coverage c;

    drop_discipline(f);
    publish(f);
    const struct ct_catalogue *cat = ct_library_hold(f->lib, 0);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("coverage", ct_coverage(rd.db, &f->a, cat, f->in.now, &filter, &c, &err), &err);
    CT_EQ_I64("one row", c.n, 1);
    CT_EQ_SV("slug", c.rows[0].discipline, CT_SV("advocate"));
    CT_EQ_SV("name", c.rows[0].discipline_name, CT_SV("Advocate (no longer in the curriculum)"));
    CT_EQ_I64("people", c.rows[0].people, 1);
    CT_EQ_I64("not recommended", c.rows[0].recommended, false);
    CT_EQ_I64("never was one", ct_coverage(rd.db, &f->a, cat, f->in.now, &unknown, &c, &err),
              CT_BAD_INPUT);
    ct_library_release(f->lib, 0);
}

static void what_comes_back_is_there_again(void **state)
{
    struct fixture *f = *state;
    int64_t first = f->in.now++, without, again;
    struct ct_sv before = said(f, first), missing;

    drop_module(f);
    publish(f);
    without = f->in.now++;
    missing = said(f, without);
    ct_content_write(&f->in, "basics/02-asking.md", "# Asking\n\n## One\n\nAsk.\n");
    publish(f);
    again = f->in.now++;
    assert_false(ct_sv_eq(missing, before));
    assert_true(ct_sv_search(said(f, again), CT_SV("asking")) != SIZE_MAX);
    CT_EQ_SV("without it", said(f, without), missing);
    CT_EQ_SV("with it", said(f, first), before);
}

static void before_the_first_publication_it_is_the_first(void **state)
{
    struct fixture *f = *state;
    const struct ct_catalogue *now, *cat;
    struct ct_err err = CT_ERR_INIT;

    add_module(f);
    publish(f);
    now = ct_library_hold(f->lib, 0);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("long ago", ct_curriculum_as_of(rd.db, &f->a, now, 1000, &cat, &err), &err);
    CT_EQ_I64("the first", ct_catalogue_course(cat, CT_SV("basics"))->n_modules, 2);
    CT_OK_("now", ct_curriculum_as_of(rd.db, &f->a, now, f->in.now, &cat, &err), &err);
    assert_ptr_equal(cat, now);
    ct_library_release(f->lib, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_past_day_is_counted_by_its_curriculum),
        cmocka_unit_test_setup_teardown(who_holds_a_dropped_discipline_counts_under_its_last_name,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_somebody_holds_can_be_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(coverage_has_a_row_of_a_dropped_discipline, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_comes_back_is_there_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(before_the_first_publication_it_is_the_first, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
