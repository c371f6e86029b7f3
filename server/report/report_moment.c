/*
 * report_moment.c: which moment is meant by the day of a report, and in which time zone its days
 * begin.
 */
#include "sql_priv.h"

#include "ct/report/report.h"
#include "ct/text/zone.h"

#include "ct/base/banned.h"

static const struct ct_sql FIRST = {"select min(created_at) as first from person"};

const struct ct_sql *const ct_report_moment_sql[] = {&FIRST, NULL};

int ct_report_first(struct ct_db *db, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &FIRST);
    int r = ct_stmt_step(&st, err);

    if (r < 0)
        return r;
    *ret = r > 0 ? ct_col_i64(&st, "first") : 0;
    return CT_OK;
}

/* That of the agency, or of the unit's. */
static struct ct_sv zone_of(const struct ct_org *orgs, size_t n, const struct ct_scope_wish *wish,
                            int64_t as_of)
{
    struct ct_sv agency = wish->agency.n ? wish->agency : wish->unit;

    return ct_org_zone_as_of(orgs, n, ct_sv_sub(agency, 0, ct_sv_find(agency, '/')), as_of);
}

int ct_report_moment(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                     struct ct_sv day, const struct ct_scope_wish *wish,
                     struct ct_report_moment *ret, struct ct_err *err)
{
    struct ct_report_moment m = {.as_of = ct_now(clock)};
    char text[CT_TIME_TEXT];
    struct ct_org *orgs;
    struct ct_zone *zone;
    size_t n;
    int r;

    if (day.n && !ct_day_parse(day, &m.day))
        return ct_fail(err, CT_BAD_INPUT, "as_of", CT_DAY_HOW);
    if ((r = ct_org_list(db, a, &orgs, &n, err)) < 0)
        return r;
    m.time_zone = zone_of(orgs, n, wish, day.n ? ct_date_begin(ct_day_date(m.day + 1)) : m.as_of);
    if ((r = ct_zone_open(m.time_zone, &zone, err)) < 0)
        return r;
    int today = ct_zone_day(zone, m.as_of);
    if (day.n && m.day < today)
        m.as_of = ct_zone_day_end(zone, m.day);
    ct_zone_free(zone);
    if (day.n && m.day > today)
        return ct_fail(err, CT_BAD_INPUT, "as_of", CT_DAY_TO_COME);
    m.day = day.n ? m.day : today;
    m.day_text = ct_arena_dup(a, ct_sv_c(ct_day_text(m.day, text)));
    *ret = m;
    return CT_OK;
}
