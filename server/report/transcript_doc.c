/*
 * transcript_doc.c: a transcript as a document for files: a row a line. Names of columns are a
 * promise, as in every report.
 */
#include "ct/report/transcript.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

static const struct ct_column columns[] = {
    {"section", CT_COLUMN_TEXT, "What kind of entry it is"},
    {"on", CT_COLUMN_DATE,
     "Its day: completed, begun, earned; of a place or discipline the first; of a requirement the "
     "day of assignment"},
    {"until", CT_COLUMN_DATE,
     "The last day of a place, discipline or waiver; of what is in progress that of the last "
     "activity; of a requirement the day on which it is due; empty: it goes on, or there is none"},
    {"what", CT_COLUMN_TEXT, "The course, agency, requirement, case or type of credit"},
    {"discipline", CT_COLUMN_TEXT, "As which discipline, or in whose chair; its short name"},
    {"status", CT_COLUMN_TEXT, "A word of status; of a case passed or not passed"},
    {"completed_on", CT_COLUMN_DATE, "Of a requirement the day on which it was met"},
    {"course_revision", CT_COLUMN_TEXT, "Versions of the text that was completed"},
    {"content_hash", CT_COLUMN_TEXT, "BLAKE2b-256 of it; the text is kept"},
    {"score_percent", CT_COLUMN_PERCENT, "Score in the quizzes"},
    {"hours", CT_COLUMN_DECIMAL,
     "Hours: of a course those that its modules state; of credit those that its rule gives; of "
     "other training as recorded"},
    {"credit_year", CT_COLUMN_INTEGER, "Calendar year in which the credit year ends"},
    {"certificate_code", CT_COLUMN_TEXT, "Code of the certificate"},
    {"certificate_status", CT_COLUMN_TEXT, "Valid, expired, superseded or revoked"},
    {"expires_on", CT_COLUMN_DATE, "Last day on which it counts; empty if it does not end"},
    {"evidence", CT_COLUMN_TEXT, "Where the evidence is kept"},
    {"approved_by", CT_COLUMN_TEXT, "Who approved it"},
    {"note", CT_COLUMN_TEXT,
     "Reason, source, number of an approval, why a certificate was revoked; of a requirement of "
     "hours how many there are"},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

/* Of cases, beside the words of status. */
static const struct ct_report_word words[] = {
    {"passed", "Of a case: it was played to an end that counts"},
    {"not passed", "Of a case: it was played, and to no end that counts"},
};

const char *ct_transcript_kind_name(enum ct_transcript_kind kind)
{
    switch (kind) {
    case CT_TRANSCRIPT_PLACE:
        return "place";
    case CT_TRANSCRIPT_DISCIPLINE:
        return "discipline";
    case CT_TRANSCRIPT_COURSE:
        return "completed course";
    case CT_TRANSCRIPT_PROGRESS:
        return "course in progress";
    case CT_TRANSCRIPT_BEFORE:
        return "completed before";
    case CT_TRANSCRIPT_OUTSIDE:
        return "outside training";
    case CT_TRANSCRIPT_REQUIREMENT:
        return "requirement";
    case CT_TRANSCRIPT_WAIVER:
        return "waiver";
    case CT_TRANSCRIPT_CHAIR:
        return "chair";
    case CT_TRANSCRIPT_CREDIT:
        return "credit";
    }
    return "";
}

static struct ct_sv text(struct ct_sv s)
{
    return s.p ? s : CT_SV("");
}

static struct ct_sv day_text(struct ct_arena *a, int day)
{
    char buf[CT_TIME_TEXT];

    return ct_arena_dup(a, ct_sv_c(ct_day_text(day, buf)));
}

static struct ct_sv number(struct ct_arena *a, int n, bool there_is)
{
    return there_is ? ct_arena_printf(a, "%d", n) : CT_SV("");
}

static void put_line(struct ct_arena *a, const struct ct_transcript_line *l, struct ct_sv *cells)
{
    const struct ct_sv row[N_COLUMNS] = {
        ct_sv_c(ct_transcript_kind_name(l->kind)),
        day_text(a, l->on),
        day_text(a, l->until),
        text(l->what),
        text(l->discipline),
        text(l->status),
        day_text(a, l->kind == CT_TRANSCRIPT_REQUIREMENT ? l->completed : CT_DAY_NONE),
        text(l->version),
        text(l->hash),
        number(a, l->score, l->score >= 0),
        l->hundredths < 0 ? CT_SV("") : ct_credit_hours(a, l->hundredths),
        number(a, l->year, l->year > 0),
        text(l->certificate),
        text(l->worth),
        day_text(a, l->expires),
        text(l->evidence),
        text(l->approved_by),
        text(l->note)};

    memcpy(cells, row, sizeof row);
}

/* Who it is about stands where a report says what was asked. */
static const struct ct_report_choice *about(struct ct_arena *a, const struct ct_transcript *t,
                                            size_t *ret_n)
{
    const struct ct_assignee *w = &t->who;
    const struct ct_report_choice all[] = {
        {"person_id", "Number", ct_arena_printf(a, "%lld", (long long)w->id), CT_SV_NULL},
        {"certificate_name", "Name", w->certificate_name, CT_SV_NULL},
        {"email", "E-mail", w->email, CT_SV_NULL},
        {"employer_id", "Employer's number", w->employer_id, CT_SV_NULL},
        {"hired_on", "Hired on", day_text(a, w->hired), CT_SV_NULL},
        {"licence_body", "Licensing body", w->licence_body, CT_SV_NULL},
        {"licence_no", "Licence number", w->licence_no, CT_SV_NULL},
    };
    enum { N = sizeof all / sizeof all[0] };
    struct ct_report_choice *list = ct_arena_array(a, struct ct_report_choice, N);

    memcpy(list, all, sizeof all);
    for (size_t i = 0; i < N; i++)
        if (list[i].value.n == 0)
            list[i].value = CT_SV_NULL;
    *ret_n = N;
    return list;
}

const struct ct_column *ct_transcript_columns(size_t *ret_n)
{
    *ret_n = N_COLUMNS;
    return columns;
}

void ct_transcript_doc(struct ct_arena *a, const struct ct_transcript *t, struct ct_sv site,
                       struct ct_report_doc *ret)
{
    struct ct_sv *cells = ct_arena_array(a, struct ct_sv, t->n * N_COLUMNS);

    for (size_t i = 0; i < t->n; i++)
        put_line(a, &t->lines[i], cells + i * N_COLUMNS);
    *ret = (struct ct_report_doc){
        .name = "transcript",
        .title = "Transcript",
        .view_text = ct_arena_printf(a, "A row an entry, as recorded by %.*s", CT_SV_ARG(site)),
        .as_of = t->as_of,
        .time_zone = t->time_zone,
        .columns = columns,
        .n_columns = N_COLUMNS,
        .cells = cells,
        .n_rows = t->n,
        .has_statuses = true,
        .words = words,
        .n_words = sizeof words / sizeof words[0]};
    ret->choices = about(a, t, &ret->n_choices);
}
