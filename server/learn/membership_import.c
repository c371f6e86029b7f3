/*
 * membership_import.c: a line that says that somebody belonged somewhere from a day on, until
 * another. Where people belong today is also imported with themselves (people_import.c).
 */
#include "import_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

/* What is recorded of one person in one org, in the order of days. Of one day the last counts. */
static const struct ct_sql RECORDED = {
    "select m.begins, m.on_date from membership_event m"
    " where m.person = :person and m.org = :org and m.on_date > :from and m.on_date <= :end"
    " and not exists (select 1 from membership_event l where l.person = m.person and l.org = m.org"
    " and l.on_date = m.on_date and (l.at, l.id) > (m.at, m.id)) order by m.on_date"};

const struct ct_sql *const ct_membership_import_sql[] = {&RECORDED, NULL};

enum { EMAIL, NUMBER, AGENCY, UNIT, TASK_FORCE, FROM, UNTIL, N };
static const char *const columns[N + 1] = {"email",      "employer_id", "agency", "unit",
                                           "task_force", "from",        "until",  NULL};
static const char *const needed[] = {"from", NULL};

struct belonging {
    int64_t agency, org;
    int from, until; /* until: CT_DAY_NONE: it goes on */
    bool has_ended;  /* it is recorded that it ended on the day behind the last one */
};

static int read_place(struct ct_import *im, const struct ct_sv *cells, struct belonging *b)
{
    b->agency = ct_import_org(im, CT_ORG_AGENCY, "agency", cells[AGENCY]);
    if (cells[AGENCY].n && !b->agency)
        return CT_BAD_INPUT;
    b->org = b->agency;
    if (cells[UNIT].n) {
        const struct ct_org *unit = ct_import_unit(im, cells[AGENCY], b->agency, cells[UNIT]);
        if (!unit)
            return CT_BAD_INPUT;
        b->org = unit->id;
        b->agency = unit->agency;
    }
    if (cells[TASK_FORCE].n) {
        b->org = ct_import_org(im, CT_ORG_TASK_FORCE, "task_force", cells[TASK_FORCE]);
        return b->org ? CT_OK : CT_BAD_INPUT;
    }
    return b->org ? CT_OK : ct_import_complain(im, NULL, "an agency, unit or task_force is needed");
}

static int read_days(struct ct_import *im, const struct ct_sv *cells, struct belonging *b)
{
    int today = ct_day_of(im->now);

    b->until = CT_DAY_NONE;
    if (!ct_day_parse(cells[FROM], &b->from))
        return ct_import_complain(im, "from", CT_DAY_HOW);
    if (cells[UNTIL].n && !ct_day_parse(cells[UNTIL], &b->until))
        return ct_import_complain(im, "until", CT_DAY_HOW);
    if (b->from > today)
        return ct_import_complain(im, "from", CT_DAY_TO_COME);
    if (b->until != CT_DAY_NONE && b->until < b->from)
        return ct_import_complain(im, "until", "this day is before the first one");
    return CT_OK;
}

/* The same person, place and first day twice would leave open which is meant. */
static int check_twice(struct ct_import *im, int64_t person, const struct belonging *b)
{
    size_t before =
        ct_import_seen(im, ct_arena_printf(im->scratch, "%lld %lld %d", (long long)person,
                                           (long long)b->org, b->from));

    return before ? ct_import_complain(
                        im, NULL,
                        ct_arena_printf(im->scratch, "line %zu says the same membership", before).p)
                  : CT_OK;
}

/* Whether something recorded of the days in between says otherwise. A membership that is recorded
 * from the day behind the last one on goes on with it. */
static int check_between(struct ct_import *im, int64_t person, struct belonging *b,
                         struct ct_err *err)
{
    char from[CT_TIME_TEXT], end[CT_TIME_TEXT] = "9999-12-31";
    int r;
    CT_AUTO_STMT st = ct_db_stmt(im->db, &RECORDED);

    ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":org", b->org);
    ct_bind_c(&st, ":from", ct_day_text(b->from, from));
    if (b->until != CT_DAY_NONE)
        ct_day_text(b->until + 1, end);
    ct_bind_c(&st, ":end", end);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_sv day = ct_col_sv(&st, "on_date");
        bool is_last = ct_sv_eq_c(day, end);
        if (is_last && ct_col_i64(&st, "begins"))
            b->until = CT_DAY_NONE;
        else if (is_last)
            b->has_ended = true;
        else if (!ct_col_i64(&st, "begins"))
            return ct_import_complain(
                im, "until",
                ct_arena_printf(im->scratch, "it is recorded that this membership ended on %.*s",
                                CT_SV_ARG(day))
                    .p);
    }
    return r;
}

static struct ct_org_change change_of(const struct ct_import *im, int64_t person,
                                      const struct belonging *b, bool ends, char *day)
{
    return (struct ct_org_change){.tie = CT_TIE_MEMBER,
                                  .org = b->org,
                                  .who = person,
                                  .ends = ends,
                                  .on = ct_sv_c(ct_day_text(ends ? b->until + 1 : b->from, day)),
                                  .by = im->wish->by};
}

static int tie(struct ct_import *im, int64_t person, const struct belonging *b, bool ends,
               bool *changed, bool *will_close, struct ct_err *err)
{
    char day[CT_TIME_TEXT];
    struct ct_org_change c = change_of(im, person, b, ends, day);
    bool holds = false;
    int r = im->apply ? ct_org_tie(im->db, &c, im->now, changed, err)
                      : ct_org_holds(im->db, &c, &holds, err);

    if (im->apply || r < 0)
        return r;
    *changed = holds == ends;
    return *changed && !ends ? ct_org_look_at_begin(im->db, &c, will_close, err) : CT_OK;
}

/* Which rows a line adds. */
struct sure {
    int64_t person;
    struct belonging at;
    bool begins, ends;
};

static int put(struct ct_import *im, const void *pointer, struct ct_err *err)
{
    const struct sure *sure = pointer;
    char day[CT_TIME_TEXT];
    int r = CT_OK;

    for (int ends = 0; ends <= 1 && r == CT_OK; ends++) {
        struct ct_org_change c = change_of(im, sure->person, &sure->at, ends, day);
        if (ends ? sure->ends : sure->begins)
            r = ct_org_put_tie(im->db, &c, im->now, err);
    }
    return r;
}

/* What is found of a line while looking holds while writing, if no line before it is about the same
 * person and place. */
static void keep(struct ct_import *im, int64_t person, const struct belonging *b, bool begins,
                 bool ends)
{
    struct sure *sure = ct_arena_new(&im->plan->arena, struct sure);

    *sure = (struct sure){person, *b, begins, ends};
    if (!ct_import_seen(
            im, ct_arena_printf(im->scratch, "%lld %lld", (long long)person, (long long)b->org)))
        im->sure = sure;
}

static int take(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                struct ct_err *err)
{
    struct ct_import_known who;
    struct belonging b = {.org = 0};
    bool begins = false, ends = false, will_close = false;
    int r = read_place(im, cells, &b), days = read_days(im, cells, &b);

    if (r < 0 || days < 0)
        return CT_BAD_INPUT;
    if ((r = ct_import_somebody(im, cells[EMAIL], cells[NUMBER], b.agency, &who, err)) < 0 ||
        (r = check_twice(im, who.id, &b)) < 0 || (r = check_between(im, who.id, &b, err)) < 0 ||
        (r = tie(im, who.id, &b, false, &begins, &will_close, err)) < 0)
        return r;
    if (b.until != CT_DAY_NONE && (r = tie(im, who.id, &b, true, &ends, &will_close, err)) < 0)
        return r;
    if (!im->apply && begins && b.until != CT_DAY_NONE)
        ends = !b.has_ended; /* what is to begin will not have ended by itself */
    if (im->plan && !im->apply && !will_close)
        keep(im, who.id, &b, begins, ends);
    *ret = begins ? CT_IMPORT_ADDED : ends ? CT_IMPORT_CHANGED : CT_IMPORT_UNCHANGED;
    return CT_OK;
}

const struct ct_import_file ct_import_memberships = {"memberships", columns, N, needed, take, put};
