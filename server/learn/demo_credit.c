/*
 * demo_credit.c: hours of credit in Alder County: a rule for lawyers as its fictional bar might
 * have it, a course that was approved in time, one of which the approval came late, and one lawyer
 * of several who has attested.
 */
#include "demo_priv.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

#define BAR "Alder State Bar (fictional)"

enum { DAY = 24 * 3600, RULE_DAYS = 400, EARLY_DAYS = 200, LATE_DAYS = 5 };

static int64_t then(void *arg)
{
    return *(const int64_t *)arg;
}

static int record_rule(struct ct_store *s, int64_t today, struct ct_err *err)
{
    static const struct ct_sv lawyers[] = {{"prosecutor", 10}, {"defense-attorney", 16}};
    int64_t at = today - (int64_t)RULE_DAYS * DAY;
    const struct ct_clock clock = {then, &at};
    const struct ct_credit_rule rule = {
        .type = CT_SV("cle"),
        .title = CT_SV("Continuing legal education"),
        .source = CT_SV("Invented for this demonstration; record what your own board says"),
        .from = ct_day_of(at),
        .hour = 50,
        .step = 25,
        .rounding = CT_CREDIT_DOWN,
        .basis = CT_CREDIT_STATED,
        .needs_approval = true,
        .attestation = CT_SV("I attest that I took this course myself, from beginning to end."),
        .disciplines = lawyers,
        .n_disciplines = sizeof lawyers / sizeof lawyers[0],
        .year = CT_CREDIT_CALENDAR};

    return ct_credit_rule_save(s, &clock, &rule, 0, 0, NULL, err);
}

static int approve(struct ct_store *s, const struct ct_course *course, const char *number,
                   int hundredths, int64_t today, int recorded_days, struct ct_err *err)
{
    int64_t at = today - (int64_t)recorded_days * DAY;
    const struct ct_clock clock = {then, &at};
    const struct ct_credit_approval v = {.course = course->slug,
                                         .course_title = course->title,
                                         .type = CT_SV("cle"),
                                         .state = CT_SV("Alder"),
                                         .body = CT_SV(BAR),
                                         .number = ct_sv_c(number),
                                         .hundredths = hundredths,
                                         .from = ct_day_of(today) - EARLY_DAYS,
                                         .until = CT_DAY_NONE,
                                         .withdrawn = CT_DAY_NONE,
                                         .note = CT_SV("A letter in the training files")};

    return ct_credit_approval_save(s, &clock, &v, 0, NULL, err);
}

/* The first one who is asked gives his or her word; the others are still to do so. */
static int attest(struct ct_store *s, struct ct_arena *a, int64_t today, struct ct_err *err)
{
    const struct ct_clock clock = {then, &today};
    struct ct_credit *list;
    size_t n, i = 0;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(s);
        r = ct_credit_list_all(rd.db, a, 0, today, &list, &n, err);
    }
    while (r == CT_OK && i < n && list[i].why != CT_CREDIT_NOT_ATTESTED)
        i++;
    if (r < 0 || i == n)
        return r;
    return ct_credit_attest(s, &clock, list[i].person, list[i].completion, list[i].type, NULL, err);
}

int ct_demo_credit(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                   int64_t today, struct ct_err *err)
{
    struct ct_credit_rule *rules;
    size_t n;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(s);
        r = ct_credit_rules(rd.db, a, today, &rules, &n, err);
    }
    if (r < 0 || n > 0 || cat->n_courses < 2) /* of an earlier run */
        return r;
    if ((r = record_rule(s, today, err)) < 0 ||
        (r = approve(s, &cat->courses[0], "AL-1140", 600, today, EARLY_DAYS, err)) < 0 ||
        (r = approve(s, &cat->courses[1], "AL-1207", 150, today, LATE_DAYS, err)) < 0)
        return r;
    return attest(s, a, today, err);
}
