/*
 * transcript_section.c: the sections of a transcript, in the order in which they are read.
 */
#include "ct/report/transcript_section.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

const struct ct_transcript_section ct_transcript_sections[CT_TRANSCRIPT_KINDS] = {
    [CT_TRANSCRIPT_PLACE] = {"places",
                             "Agencies, units, task forces",
                             {{CT_TRANSCRIPT_CELL_WHAT, "Name"},
                              {CT_TRANSCRIPT_CELL_NOTE, "Kind"},
                              {CT_TRANSCRIPT_CELL_ON, "From"},
                              {CT_TRANSCRIPT_CELL_UNTIL, "Until"}}},
    [CT_TRANSCRIPT_DISCIPLINE] = {"disciplines",
                                  "Disciplines",
                                  {{CT_TRANSCRIPT_CELL_WHAT, "Discipline"},
                                   {CT_TRANSCRIPT_CELL_ON, "From"},
                                   {CT_TRANSCRIPT_CELL_UNTIL, "Until"}}},
    [CT_TRANSCRIPT_COURSE] = {"courses",
                              "Completed courses",
                              {{CT_TRANSCRIPT_CELL_WHAT, "Course"},
                               {CT_TRANSCRIPT_CELL_ON, "Completed"},
                               {CT_TRANSCRIPT_CELL_AS, "As"},
                               {CT_TRANSCRIPT_CELL_SCORE, "Score"},
                               {CT_TRANSCRIPT_CELL_HOURS, "Hours"},
                               {CT_TRANSCRIPT_CELL_TEXT, "Text"},
                               {CT_TRANSCRIPT_CELL_CERTIFICATE, "Certificate"},
                               {CT_TRANSCRIPT_CELL_STATUS, "Status"}}},
    [CT_TRANSCRIPT_PROGRESS] = {"progress",
                                "Courses in progress",
                                {{CT_TRANSCRIPT_CELL_WHAT, "Course"},
                                 {CT_TRANSCRIPT_CELL_ON, "Begun"},
                                 {CT_TRANSCRIPT_CELL_UNTIL, "Last active"},
                                 {CT_TRANSCRIPT_CELL_AS, "As"},
                                 {CT_TRANSCRIPT_CELL_STATUS, "Status"}}},
    [CT_TRANSCRIPT_BEFORE] = {"before",
                              "Completed before, in another system",
                              {{CT_TRANSCRIPT_CELL_WHAT, "Course"},
                               {CT_TRANSCRIPT_CELL_ON, "Completed"},
                               {CT_TRANSCRIPT_CELL_AS, "As"},
                               {CT_TRANSCRIPT_CELL_SCORE, "Score"},
                               {CT_TRANSCRIPT_CELL_HOURS, "Hours"},
                               {CT_TRANSCRIPT_CELL_NOTE, "Source"},
                               {CT_TRANSCRIPT_CELL_EVIDENCE, "Evidence"}}},
    [CT_TRANSCRIPT_OUTSIDE] = {"outside",
                               "Outside training",
                               {{CT_TRANSCRIPT_CELL_WHAT, "For"},
                                {CT_TRANSCRIPT_CELL_ON, "Day"},
                                {CT_TRANSCRIPT_CELL_HOURS, "Hours"},
                                {CT_TRANSCRIPT_CELL_NOTE, "What it was"},
                                {CT_TRANSCRIPT_CELL_EVIDENCE, "Evidence"},
                                {CT_TRANSCRIPT_CELL_APPROVED, "Approved by"},
                                {CT_TRANSCRIPT_CELL_STATUS, "Status"}}},
    [CT_TRANSCRIPT_REQUIREMENT] = {"requirements",
                                   "Requirements",
                                   {{CT_TRANSCRIPT_CELL_WHAT, "Requirement"},
                                    {CT_TRANSCRIPT_CELL_ON, "Assigned"},
                                    {CT_TRANSCRIPT_CELL_UNTIL, "Due"},
                                    {CT_TRANSCRIPT_CELL_COMPLETED, "Completed"},
                                    {CT_TRANSCRIPT_CELL_STATUS, "Status"}}},
    [CT_TRANSCRIPT_WAIVER] = {"waivers",
                              "Waivers",
                              {{CT_TRANSCRIPT_CELL_WHAT, "Requirement"},
                               {CT_TRANSCRIPT_CELL_ON, "From"},
                               {CT_TRANSCRIPT_CELL_UNTIL, "Until"},
                               {CT_TRANSCRIPT_CELL_NOTE, "Reason"},
                               {CT_TRANSCRIPT_CELL_APPROVED, "Approved by"}}},
    [CT_TRANSCRIPT_CHAIR] = {"chairs",
                             "Chairs sat in",
                             {{CT_TRANSCRIPT_CELL_WHAT, "Case"},
                              {CT_TRANSCRIPT_CELL_ON, "Day"},
                              {CT_TRANSCRIPT_CELL_AS, "Chair"},
                              {CT_TRANSCRIPT_CELL_STATUS, "Result"}}},
    [CT_TRANSCRIPT_CREDIT] = {"credit",
                              "Credit",
                              {{CT_TRANSCRIPT_CELL_WHAT, "Type"},
                               {CT_TRANSCRIPT_CELL_ON, "Earned"},
                               {CT_TRANSCRIPT_CELL_YEAR, "Credit year"},
                               {CT_TRANSCRIPT_CELL_HOURS, "Hours"},
                               {CT_TRANSCRIPT_CELL_NOTE, "Approved by"}}},
};

bool ct_transcript_is_number(enum ct_transcript_cell cell)
{
    return cell == CT_TRANSCRIPT_CELL_SCORE || cell == CT_TRANSCRIPT_CELL_HOURS ||
           cell == CT_TRANSCRIPT_CELL_YEAR;
}

struct ct_sv ct_transcript_discipline(struct ct_arena *a, const struct ct_catalogue *cat,
                                      struct ct_sv slug)
{
    return slug.n ? ct_discipline_called(a, &cat->disciplines, slug) : CT_SV("");
}

size_t ct_transcript_facts(struct ct_arena *a, const struct ct_catalogue *cat,
                           const struct ct_assignee *who, struct ct_transcript_fact *ret)
{
    const struct ct_transcript_fact all[] = {
        {"E-mail address", who->email, CT_DAY_NONE},
        {"Employer’s number", who->employer_id, CT_DAY_NONE},
        {"Discipline", ct_transcript_discipline(a, cat, who->discipline), CT_DAY_NONE},
        {"Hired on", CT_SV_NULL, who->hired},
        {"Licence",
         who->licence_no.n ? ct_arena_printf(a, "%.*s %.*s", CT_SV_ARG(who->licence_body),
                                             CT_SV_ARG(who->licence_no))
                           : who->licence_body,
         CT_DAY_NONE},
    };
    size_t n = 0;

    for (size_t i = 0; i < CT_TRANSCRIPT_FACTS_MAX; i++)
        if (all[i].text.n || all[i].day != CT_DAY_NONE)
            ret[n++] = all[i];
    return n;
}

/* Hours of the type and year of a line; negative if an earlier line has them already. */
static int sum_of(const struct ct_transcript *t, size_t line)
{
    const struct ct_transcript_line *l = &t->lines[line];
    int hundredths = 0;

    for (size_t i = 0; i < t->n; i++) {
        const struct ct_transcript_line *o = &t->lines[i];
        if (o->kind != l->kind || o->year != l->year || !ct_sv_eq(o->what, l->what))
            continue;
        if (i < line)
            return -1;
        hundredths += o->hundredths;
    }
    return hundredths;
}

size_t ct_transcript_sums(struct ct_arena *a, const struct ct_transcript *t, struct ct_sv **ret)
{
    struct ct_sv *list = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < t->n; i++) {
        const struct ct_transcript_line *l = &t->lines[i];
        int hundredths = l->kind == CT_TRANSCRIPT_CREDIT ? sum_of(t, i) : -1;
        if (hundredths >= 0)
            CT_ARENA_PUSH(a, list, n, cap,
                          ct_arena_printf(a, "%.*s, credit year %d: %.*s", CT_SV_ARG(l->what),
                                          l->year, CT_SV_ARG(ct_credit_time(a, hundredths))));
    }
    *ret = list;
    return n;
}

struct ct_sv ct_transcript_times(const struct ct_transcript *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->lines[i].kind == CT_TRANSCRIPT_COURSE || t->lines[i].kind == CT_TRANSCRIPT_CREDIT)
            return ct_credit_times();
    return CT_SV_NULL;
}
