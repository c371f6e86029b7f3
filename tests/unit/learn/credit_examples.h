/*
 * credit_examples.h: the golden table of credit: a person, a day, a rule, and the hours that
 * follow.
 *
 * The rules are examples of how boards write theirs; none is a statement of law. A case names its
 * rule and approval, and says what was done: "2026-03-10 60/45" is a course of 60 stated minutes
 * with 45 active ones, completed on that day.
 */
#ifndef CT_TEST_LEARN_CREDIT_EXAMPLES_H
#define CT_TEST_LEARN_CREDIT_EXAMPLES_H

#include "ct/learn/credit.h"

static const struct ct_sv attorneys[] = {{"prosecutor", 10}, {"defense-attorney", 16}};
static const struct ct_sv advocates[] = {{"guardian-ad-litem", 17}};

/* Minutes of an hour, a step in hundredths of one. */
#define HOLDS(hour_, step_, rounding_)                                                             \
    .from = CT_DAY_NONE, .hour = (hour_), .step = (step_), .rounding = CT_CREDIT_##rounding_

static const struct {
    const char *name;
    struct ct_credit_rule rule;
} golden_rules[] = {
    {"60-minute hours by quarters", {HOLDS(60, 25, DOWN), .needs_approval = true}},
    {"50-minute hours by quarters", {HOLDS(50, 25, DOWN), .needs_approval = true}},
    {"50-minute hours by tenths", {HOLDS(50, 10, DOWN), .needs_approval = true}},
    {"half hours, nearest", {HOLDS(60, 50, NEAREST), .needs_approval = true}},
    {"50-minute halves, nearest", {HOLDS(50, 50, NEAREST), .needs_approval = true}},
    {"whole hours", {HOLDS(60, 100, DOWN), .needs_approval = true}},
    {"active minutes", {HOLDS(60, 25, DOWN), .basis = CT_CREDIT_ACTIVE, .needs_approval = true}},
    {"as approved", {HOLDS(60, 25, DOWN), .basis = CT_CREDIT_APPROVED, .needs_approval = true}},
    {"half of it active, 80 percent",
     {HOLDS(60, 25, DOWN), .active_share = 50, .min_score = 80, .needs_approval = true}},
    {"attested", {HOLDS(60, 25, DOWN), .attestation = {"I took it.", 10}, .needs_approval = true}},
    {"attorneys, at most 2 a year",
     {HOLDS(60, 25, DOWN), .needs_approval = true, .disciplines = attorneys, .n_disciplines = 2,
      .year_max = 200}},
    {"CASA by calendar year",
     {HOLDS(60, 25, DOWN), .disciplines = advocates, .n_disciplines = 1,
      .year = CT_CREDIT_CALENDAR}},
    {"fiscal year of July", {HOLDS(60, 25, DOWN), .year = CT_CREDIT_FISCAL, .month = 7}},
    {"fiscal year of the agency", {HOLDS(60, 25, DOWN), .year = CT_CREDIT_FISCAL}},
    {"year of hire", {HOLDS(60, 25, DOWN), .year = CT_CREDIT_PERSONAL}},
    {"the same course again", {HOLDS(60, 25, DOWN), .repeats = true}},
    {"ended", {HOLDS(60, 25, DOWN), .ends = true}},
};

static const struct {
    const char *name, *from, *until, *withdrawn;
    int hundredths;
} golden_approvals[] = {
    {"2026", "2026-01-01", "2026-12-31", NULL, 150},
    {"leap day", "2028-02-29", "2028-02-29", NULL, 150},
    {"open", "2026-01-01", NULL, NULL, 150},
    {"withdrawn in June", "2026-01-01", "2026-12-31", "2026-06-01", 150},
    {"corrected to one hour", "2026-01-01", "2026-12-31", NULL, 100},
    {"corrected to begin in May", "2026-05-01", "2026-12-31", NULL, 150},
};

/* `more`, a blank between: attested, revoked, repeated, elsewhere, score=, earned=, hired=, month=,
 * as= (a discipline). `want`: hours and the credit year with its days, or the word and sentence. */
static const struct {
    const char *name, *done, *rule, *approval, *more, *want;
} golden[] = {
    {"stated minutes by quarters", "2026-03-10 60/45", "60-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"a rest of a quarter is lost", "2026-03-10 74/74", "60-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"a full quarter counts", "2026-03-10 75/75", "60-minute hours by quarters", "2026", "",
     "1.25 2026 2026-01-01..2026-12-31"},
    {"50-minute hours give more", "2026-03-10 60/60", "50-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"62.5 minutes are the next quarter of 50", "2026-03-10 63/63", "50-minute hours by quarters",
     "2026", "", "1.25 2026 2026-01-01..2026-12-31"},
    {"62 are not", "2026-03-10 62/62", "50-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"50-minute hours by tenths", "2026-03-10 60/60", "50-minute hours by tenths", "2026", "",
     "1.2 2026 2026-01-01..2026-12-31"},
    {"exactly half a step is rounded up", "2026-03-10 45/45", "half hours, nearest", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"a minute less than half a step, down", "2026-03-10 44/44", "half hours, nearest", "2026", "",
     "0.5 2026 2026-01-01..2026-12-31"},
    {"half a step of a 50-minute hour", "2026-03-10 38/38", "50-minute halves, nearest", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"nearest to nothing", "2026-03-10 14/14", "half hours, nearest", "2026", "",
     "too short: 14 minutes are less than the smallest step"},
    {"less than a whole hour", "2026-03-10 59/59", "whole hours", "2026", "",
     "too short: 59 minutes are less than the smallest step"},
    {"never more than approved", "2026-03-10 180/180", "60-minute hours by quarters", "2026", "",
     "1.5 2026 2026-01-01..2026-12-31"},
    {"rounding up stops at what was approved", "2026-03-10 60/60", "half hours, nearest",
     "corrected to one hour", "", "1 2026 2026-01-01..2026-12-31"},
    {"as approved, whatever the minutes", "2026-03-10 20/20", "as approved", "2026", "",
     "1.5 2026 2026-01-01..2026-12-31"},
    {"active minutes, fewer than stated", "2026-03-10 60/35", "active minutes", "2026", "",
     "0.5 2026 2026-01-01..2026-12-31"},
    {"active minutes, more than stated", "2026-03-10 60/300", "active minutes", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"engaged enough", "2026-03-10 60/30", "half of it active, 80 percent", "2026", "score=80",
     "1 2026 2026-01-01..2026-12-31"},
    {"a minute too few", "2026-03-10 60/29", "half of it active, 80 percent", "2026", "score=80",
     "not engaged: engaged 29 of 60 minutes, and 30 are needed"},
    {"half of an odd number, rounded up", "2026-03-10 61/30", "half of it active, 80 percent",
     "2026", "score=80", "not engaged: engaged 30 of 61 minutes, and 31 are needed"},
    {"score too low", "2026-03-10 60/60", "half of it active, 80 percent", "2026", "score=79",
     "score too low: 79 percent in the quizzes, and 80 are needed"},
    {"nothing to be scored", "2026-03-10 60/60", "half of it active, 80 percent", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"attested", "2026-03-10 60/60", "attested", "2026", "attested",
     "1 2026 2026-01-01..2026-12-31"},
    {"not attested yet: what it would be", "2026-03-10 60/60", "attested", "2026", "",
     "not attested: the attestation is missing (1)"},
    {"the first day of an approval", "2026-01-01 60/60", "60-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"the day before", "2025-12-31 60/60", "60-minute hours by quarters", "2026", "",
     "before approval: the approval begins on 2026-01-01"},
    {"the last day of an approval", "2026-12-31 60/60", "60-minute hours by quarters", "2026", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"the day after", "2027-01-01 60/60", "60-minute hours by quarters", "2026", "",
     "after approval: the approval ended on 2026-12-31"},
    {"an approval of one leap day", "2028-02-29 60/60", "60-minute hours by quarters", "leap day",
     "", "1 2028 2028-01-01..2028-12-31"},
    {"and the day after it", "2028-03-01 60/60", "60-minute hours by quarters", "leap day", "",
     "after approval: the approval ended on 2028-02-29"},
    {"an approval without an end", "2031-07-04 60/60", "60-minute hours by quarters", "open", "",
     "1 2031 2031-01-01..2031-12-31"},
    {"nobody approved", "2026-03-10 60/60", "60-minute hours by quarters", "", "",
     "not approved: no approval of the course is recorded"},
    {"withdrawn later", "2026-05-31 60/60", "60-minute hours by quarters", "withdrawn in June", "",
     "1 2026 2026-01-01..2026-12-31"},
    {"withdrawn that day", "2026-06-01 60/60", "60-minute hours by quarters", "withdrawn in June",
     "", "approval withdrawn: the approval was withdrawn from 2026-06-01"},
    {"corrected to fewer hours", "2026-03-10 90/90", "60-minute hours by quarters",
     "corrected to one hour", "", "1 2026 2026-01-01..2026-12-31"},
    {"corrected to begin later", "2026-03-10 90/90", "60-minute hours by quarters",
     "corrected to begin in May", "", "before approval: the approval begins on 2026-05-01"},
    {"a revoked certificate", "2026-03-10 60/60", "60-minute hours by quarters", "2026", "revoked",
     "certificate revoked: the certificate was revoked"},
    {"attorneys", "2026-03-10 60/60", "attorneys, at most 2 a year", "2026", "as=prosecutor",
     "1 2026 2026-01-01..2026-12-31"},
    {"others than attorneys", "2026-03-10 60/60", "attorneys, at most 2 a year", "2026",
     "as=caseworker", "other discipline: credit of this type is for other disciplines"},
    {"the year's maximum leaves a rest", "2026-03-10 90/90", "attorneys, at most 2 a year", "2026",
     "as=prosecutor earned=125",
     "0.75 2026 2026-01-01..2026-12-31 the year is full with it: at most 2 hours a year count"},
    {"the year's maximum is reached exactly", "2026-03-10 90/90", "attorneys, at most 2 a year",
     "2026", "as=prosecutor earned=50", "1.5 2026 2026-01-01..2026-12-31"},
    {"the year was full", "2026-03-10 90/90", "attorneys, at most 2 a year", "2026",
     "as=prosecutor earned=200",
     "year is full: the year was full before: at most 2 hours a year count"},
    {"the same course counts once a year", "2026-03-10 60/60", "60-minute hours by quarters",
     "2026", "repeated", "counted already: the same course counted in this year already"},
    {"unless the rule says so", "2026-03-10 60/60", "the same course again", "", "repeated",
     "1 2026 2026-01-01..2026-12-31"},
    {"CASA, the last day of the calendar year", "2026-12-31 45/45", "CASA by calendar year", "",
     "as=guardian-ad-litem", "0.75 2026 2026-01-01..2026-12-31"},
    {"CASA, the first day of the next", "2027-01-01 45/45", "CASA by calendar year", "",
     "as=guardian-ad-litem", "0.75 2027 2027-01-01..2027-12-31"},
    {"the last day of a fiscal year", "2026-06-30 30/30", "fiscal year of July", "", "",
     "0.5 2026 2025-07-01..2026-06-30"},
    {"the first day of the next", "2026-07-01 30/30", "fiscal year of July", "", "",
     "0.5 2027 2026-07-01..2027-06-30"},
    {"the agency's fiscal year", "2026-09-30 30/30", "fiscal year of the agency", "", "month=10",
     "0.5 2026 2025-10-01..2026-09-30"},
    {"an agency that says none has the calendar year", "2026-09-30 30/30",
     "fiscal year of the agency", "", "", "0.5 2026 2026-01-01..2026-12-31"},
    {"a fiscal year of March ends on February 29", "2028-02-29 30/30", "fiscal year of the agency",
     "", "month=3", "0.5 2028 2027-03-01..2028-02-29"},
    {"hired on February 29: a year from the 28th", "2026-02-28 30/30", "year of hire", "",
     "hired=2024-02-29", "0.5 2027 2026-02-28..2027-02-27"},
    {"hired on February 29: the day before", "2026-02-27 30/30", "year of hire", "",
     "hired=2024-02-29", "0.5 2026 2025-02-28..2026-02-27"},
    {"hired on February 29: a leap year again", "2028-02-28 30/30", "year of hire", "",
     "hired=2024-02-29", "0.5 2028 2027-02-28..2028-02-28"},
    {"before the hire", "2024-01-15 30/30", "year of hire", "", "hired=2024-02-01",
     "0.5 2024 2023-02-01..2024-01-31"},
    {"nobody knows the hire", "2026-05-05 30/30", "year of hire", "", "",
     "0.5 2026 2026-01-01..2026-12-31"},
    {"training elsewhere needs no approval of a course", "2026-03-10 90/-1",
     "half of it active, 80 percent", "", "elsewhere", "1.5 2026 2026-01-01..2026-12-31"},
    {"a type that ended", "2026-03-10 60/60", "ended", "", "",
     "no rule: nothing gave credit of this type on 2026-03-10"},
    {"no type at all", "2026-03-10 60/60", "", "", "",
     "no rule: nothing gave credit of this type on 2026-03-10"},
};

#endif
