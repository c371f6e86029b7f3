/*
 * credit_text.c: a rule for credit in sentences of plain English.
 */
#include "ct/report/credit_report.h"

#include "ct/base/str.h"

#include "ct/base/banned.h"

enum { TEXT_MAX = 16 * 1024 };

static void add_hours(struct ct_str *to, struct ct_arena *a, const struct ct_credit_rule *rule)
{
    struct ct_sv step = ct_credit_time(a, rule->step);

    if (rule->basis == CT_CREDIT_APPROVED) {
        ct_str_add_c(to, "As many hours count as were approved.");
        return;
    }
    ct_str_addf(to, "An hour of credit has %d minutes. ", rule->hour);
    ct_str_add_c(to, rule->basis == CT_CREDIT_ACTIVE
                         ? "Active minutes count, at most those that the modules state"
                         : "The minutes that the modules state count");
    ct_str_addf(to, ", in steps of %.*s, %s", CT_SV_ARG(step),
                rule->rounding == CT_CREDIT_NEAREST ? "rounded to the nearest" : "rounded down");
    if (rule->needs_approval)
        ct_str_add_c(to, ", and never more hours than were approved");
    ct_str_add_char(to, '.');
}

static void add_whom(struct ct_str *to, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_credit_rule *rule)
{
    ct_str_add_c(to, rule->needs_approval ? " A course counts if it was approved on the day"
                                          : " Every completed course counts");
    for (size_t i = 0; i < rule->n_disciplines; i++) {
        ct_str_add_c(to, i == 0 ? ", for " : i + 1 < rule->n_disciplines ? ", " : " and ");
        ct_str_add_sv(to, ct_discipline_many(a, &cat->disciplines, rule->disciplines[i]));
    }
    if (rule->n_disciplines)
        ct_str_add_c(to, " only");
    ct_str_add_c(to, rule->repeats ? "." : ", once a year.");
}

static void add_year(struct ct_str *to, struct ct_arena *a, const struct ct_credit_rule *rule)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct ct_sv most = ct_credit_time(a, rule->year_max);

    if (rule->year_max)
        ct_str_addf(to, " At most %.*s count a year.", CT_SV_ARG(most));
    switch (rule->year) {
    case CT_CREDIT_CALENDAR:
        ct_str_add_c(to, " Years are calendar years.");
        break;
    case CT_CREDIT_FISCAL:
        if (rule->month)
            ct_str_addf(to, " Years begin in %s.", months[rule->month - 1]);
        else
            ct_str_add_c(to, " Years are the fiscal years of the person's agency.");
        break;
    case CT_CREDIT_PERSONAL:
        ct_str_add_c(to, " Years begin on the day of hire.");
        break;
    }
}

struct ct_sv ct_credit_rule_text(struct ct_arena *a, const struct ct_catalogue *cat,
                                 const struct ct_credit_rule *rule)
{
    CT_AUTO_STR to = CT_STR_INIT(TEXT_MAX);

    if (rule->ends)
        return CT_SV("Nothing gives credit of this type.");
    add_hours(&to, a, rule);
    add_whom(&to, a, cat, rule);
    if (rule->active_share)
        ct_str_addf(&to, " At least %d percent of the stated minutes must be active.",
                    rule->active_share);
    if (rule->min_score)
        ct_str_addf(&to, " The quizzes must be passed with %d percent.", rule->min_score);
    if (rule->attestation.n)
        ct_str_addf(&to, " The learner attests: \xe2\x80\x9c%.*s\xe2\x80\x9d",
                    CT_SV_ARG(rule->attestation));
    add_year(&to, a, rule);
    return ct_arena_dup(a, ct_str_sv(&to));
}
