/*
 * test_assignment_county.c: a generated county, each status counted by a loop of the test's own
 * that knows nothing of periods, and by SQL; on several days, and fast enough with many people.
 */
#include "learn/require_test.h"

#include "ct/report/assignment.h"

#include "ct/base/banned.h"

enum { N_PEOPLE = 1500, N_DONE_MAX = 4, MANY = 20000 };

/* One of the county, as it was made. Days since 1970; 0: not. */
struct one {
    int hired, left, waived, opened;
    int done[N_DONE_MAX], n_done;
    bool is_worker;
};

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static int some(unsigned *seed, int from, int n)
{
    return from + (int)(next_random(seed) % (unsigned)n);
}

static void make_people(struct one *all, int n)
{
    unsigned seed = 7;

    for (int i = 0; i < n; i++) {
        struct one *p = &all[i];
        int day;
        p->is_worker = next_random(&seed) % 3 != 0;
        p->hired = some(&seed, 19800, 400);
        p->left = next_random(&seed) % 10 == 0 ? p->hired + some(&seed, 1, 500) : 0;
        p->waived = next_random(&seed) % 12 == 0 ? p->hired + some(&seed, 0, 300) : 0;
        p->opened = next_random(&seed) % 4 ? p->hired + some(&seed, 0, 60) : 0;
        day = p->hired + some(&seed, 0, 80);
        for (p->n_done = 0; p->n_done < some(&seed, 0, N_DONE_MAX + 1) && p->opened;) {
            p->done[p->n_done++] = day;
            day += some(&seed, 200, 300);
        }
    }
}

static int put(struct ct_db *db, const struct ct_sql *sql, int64_t person, int day,
               struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, sql);
    char text[CT_TIME_TEXT];

    ct_bind_i64(&st, ":person", person);
    ct_bind_c(&st, ":day", ct_day_text(day, text));
    ct_bind_i64(&st, ":at", (int64_t)day * ORG_DAY + 43200);
    return ct_stmt_run(&st, err);
}

static int put_person(struct ct_db *db, int64_t id, const struct one *p, struct ct_err *err)
{
    static const struct ct_sql person = {
        "insert into person(id, email, email_key, name, discipline, roles, active, created_at)"
        " select :person, 'p' || :person || '@x', 'p' || :person || '@x', 'P ' || :person,"
        " 'caseworker', 1, 1, :at where :day <> ''"};
    static const struct ct_sql worker = {"insert into person_discipline(person, discipline, since)"
                                         " select :person, 'caseworker', :at where :day <> ''"};
    static const struct ct_sql judge = {"insert into person_discipline(person, discipline, since)"
                                        " select :person, 'judge', :at where :day <> ''"};
    static const struct ct_sql member = {
        "insert into membership_event(person, org, begins, on_date, at) select :person,"
        " (select id from org where path = 'dcs/night'), 1, :day, :at"};
    static const struct ct_sql left = {"insert into person_fact(person, field, value, since, at)"
                                       " values(:person, 'active', 'no', :day, :at)"};
    static const struct ct_sql waived = {
        "insert into training(person, requirement, kind, on_date, reason, evidence, approved_by,"
        " minutes, withdrawn, why, at) select :person, id, 'waiver', :day, 'r', '', 'C', 0, 0, '',"
        " :at from requirement"};
    static const struct ct_sql opened = {
        "insert into section_opened(person, course, module, section, discipline, at)"
        " select :person, 'core', 'victims', 'opening', 'caseworker', :at where :day <> ''"};
    static const struct ct_sql done = {
        "insert into completion(person, course, course_title, discipline, revision, score, minutes,"
        " at) select :person, 'core', 'Core', 'caseworker',"
        " '0000000000000000000000000000000000000000000000000000000000000001', 90, 60, :at"
        " where :day <> ''"};
    int r;

    if ((r = put(db, &person, id, p->hired, err)) < 0 ||
        (r = put(db, p->is_worker ? &worker : &judge, id, p->hired, err)) < 0 ||
        (r = put(db, &member, id, p->hired, err)) < 0 ||
        (p->left && (r = put(db, &left, id, p->left, err)) < 0) ||
        (p->waived && (r = put(db, &waived, id, p->waived, err)) < 0) ||
        (p->opened && (r = put(db, &opened, id, p->opened, err)) < 0))
        return r;
    for (int i = 0; i < p->n_done && r >= 0; i++)
        r = put(db, &done, id, p->done[i], err);
    return r;
}

struct filling {
    const struct one *all;
    int n;
};

static int fill_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct filling *f = arg;
    int r = CT_OK;

    for (int i = 0; i < f->n && r >= 0; i++)
        r = put_person(db, 1000 + i, &f->all[i], err);
    return r;
}

/* "once": all of the agency in 30 days. "yearly": its caseworkers in 30 days, and every 12 months,
 * with 14 days of grace. */
static struct one *fill(struct site *s, int n)
{
    static const struct ct_sv workers[] = {{"caseworker", 10}};
    struct one *all = ct_arena_array(&s->o.a, struct one, (size_t)n);
    struct filling f = {all, n};
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    struct ct_err err = CT_ERR_INIT;

    site_exec(s, "insert into membership_event(person, org, begins, on_date, at)"
                 " select person, org, 0, '2024-01-01', at from membership_event");
    rule.due.grace = 14;
    rule.disciplines = workers;
    rule.n_disciplines = 1;
    site_require(s, "yearly", rule);
    rule = yearly(s, "2024-01-01");
    rule.due.every = 0;
    site_require(s, "once", rule);
    make_people(all, n);
    CT_OK_("fill", ct_store_write(s->o.store, fill_job, &f, &err), &err);
    return all;
}

/* How one stands, without a thought of periods. */
static enum ct_due_status stands(const struct one *p, bool yearly_one, int day)
{
    int last = 0, due = p->hired + 30, grace = yearly_one ? 14 : 0;
    bool waived = p->waived && p->waived <= day;

    for (int i = 0; i < p->n_done; i++)
        if (p->done[i] <= day && (last == 0 || yearly_one))
            last = p->done[i];
    if (last) {
        int end = ct_day_add_months(last, 12);
        if (!yearly_one || day < end - 30)
            return CT_DUE_COMPLETED;
        return waived ? CT_DUE_EXEMPT : day > end + grace ? CT_DUE_EXPIRED : CT_DUE_EXPIRING;
    }
    if (waived)
        return CT_DUE_EXEMPT;
    if (day > due + grace)
        return CT_DUE_OVERDUE;
    return p->opened && p->opened <= day ? CT_DUE_IN_PROGRESS : CT_DUE_NOT_STARTED;
}

static struct ct_assignments report_on(struct site *s, const char *slug, int day)
{
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r = {.n = 0};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    f.requirement = ct_sv_c(slug);
    f.current = true;
    CT_OK_(slug, ct_assignments(rd.db, &s->o.a, (int64_t)day * ORG_DAY + 64800, &f, &r, &err),
           &err);
    return r;
}

static int64_t sql_number(struct site *s, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    struct ct_sql sql = {text};
    int64_t n;

    CT_OK_(text, ct_db_open(ct_temp_path(&s->o.temp, "test.db"), true, &db, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &sql);
        CT_EQ_I64(text, ct_stmt_step(&st, &err), 1);
        n = ct_col_i64(&st, "n");
    }
    ct_db_close(db);
    return n;
}

static void every_status_is_what_a_simple_count_says(void **state)
{
    struct site *s = *state;
    const struct one *all = fill(s, N_PEOPLE);
    static const int days[] = {19799, 19850, 19990, 20150, 20300, 20500, 20900};
    size_t of_status[CT_DUE_STATUSES] = {0};

    CT_EACH (day, days) {
        for (int yearly_one = 0; yearly_one < 2; yearly_one++) {
            struct ct_assignments r = report_on(s, yearly_one ? "yearly" : "once", *day);
            size_t want[CT_DUE_STATUSES] = {0}, n = 0;
            for (int i = 0; i < N_PEOPLE; i++) {
                const struct one *p = &all[i];
                if (p->hired > *day || (p->left && p->left <= *day) ||
                    (yearly_one && !p->is_worker))
                    continue;
                want[stands(p, yearly_one, *day)]++;
                n++;
            }
            CT_EQ_I64("rows", r.n, n);
            for (int i = 0; i < CT_DUE_STATUSES; i++) {
                CT_EQ_I64(ct_due_status_name((enum ct_due_status)i), r.by_status[i], want[i]);
                of_status[i] += want[i];
            }
        }
    }
    /* The county is one in which each of these happens. */
    static const enum ct_due_status seen[] = {
        CT_DUE_NOT_STARTED, CT_DUE_IN_PROGRESS, CT_DUE_COMPLETED, CT_DUE_OVERDUE,
        CT_DUE_EXPIRING,    CT_DUE_EXPIRED,     CT_DUE_EXEMPT};
    CT_EACH (status, seen)
        assert_true(of_status[*status] > 10);
}

static void completed_ones_are_those_of_sql(void **state)
{
    struct site *s = *state;

    fill(s, N_PEOPLE);
    struct ct_assignments r = report_on(s, "once", 20500);
    CT_EQ_I64("completed by 2026-02-16", r.by_status[CT_DUE_COMPLETED],
              sql_number(s, "select count(*) as n from person p where id >= 1000"
                            " and exists (select 1 from completion c where c.person = p.id"
                            " and c.module is null and c.at <= 1771264800)"
                            " and not exists (select 1 from person_fact f where f.person = p.id"
                            " and f.field = 'active' and f.since <= '2026-02-16')"));
    CT_EQ_I64("all who are active", r.n,
              sql_number(s, "select count(*) as n from person p where id >= 1000"
                            " and not exists (select 1 from person_fact f where f.person = p.id"
                            " and f.field = 'active' and f.since <= '2026-02-16')"));
}

/* What was recorded later changes nothing of an earlier day. */
static void a_past_day_stays_what_it_was(void **state)
{
    struct site *s = *state;

    fill(s, N_PEOPLE);
    struct ct_assignments before = report_on(s, "yearly", 20300);
    site_exec(s, "insert into completion(person, course, course_title, discipline, revision,"
                 " minutes, at) select id, 'core', 'Core', 'caseworker', printf('%064d', 1), 1,"
                 " 1800000000 from person;"
                 "insert into person_fact(person, field, value, since, at)"
                 " select id, 'active', 'no', '2024-01-01', 1800000000 from person;"
                 "insert into membership_event(person, org, begins, on_date, at)"
                 " select id, 1, 0, '2024-01-01', 1800000000 from person;"
                 "insert into person_discipline(person, discipline, since)"
                 " select id, 'judge', 1800000000 from person");
    struct ct_assignments after = report_on(s, "yearly", 20300);
    CT_EQ_I64("rows", after.n, before.n);
    for (size_t i = 0; i < before.n; i++) {
        CT_EQ_I64("person", after.rows[i].person->id, before.rows[i].person->id);
        CT_EQ_I64("status", after.rows[i].period.status, before.rows[i].period.status);
        CT_EQ_I64("since", after.rows[i].period.status_on, before.rows[i].period.status_on);
        CT_EQ_I64("due", after.rows[i].period.due, before.rows[i].period.due);
    }
}

/* The bound is far above what it takes, for a busy machine with sanitizers; it is there to notice
 * work that grows with the square of the people. */
static void many_people_are_counted_in_a_moment(void **state)
{
    struct site *s = *state;
    int64_t began;

    fill(s, MANY);
    began = ct_monotonic_us();
    report_on(s, "once", 20500);
    report_on(s, "yearly", 20500);
    int64_t took = ct_monotonic_us() - began;
    print_message("%d people x 2 requirements: %lld ms\n", MANY, (long long)took / 1000);
    assert_true(took < 20 * 1000000);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(every_status_is_what_a_simple_count_says),
        T(completed_ones_are_those_of_sql),
        T(a_past_day_stays_what_it_was),
        T(many_people_are_counted_in_a_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
