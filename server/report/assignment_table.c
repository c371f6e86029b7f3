/*
 * assignment_table.c: the assignment report as a table of text. Names and order of the columns are
 * a promise to those who read them by program.
 */
#include "ct/report/assignment.h"

#include "ct/base/str.h"
#include "ct/learn/credit.h"

#include "ct/base/banned.h"

static const char *const columns[] = {
    "person_id",        "last_name",    "first_name",    "certificate_name", "email",
    "employer_id",      "agency",       "unit",          "task_forces",      "discipline",
    "supervisor",       "licence_body", "licence_no",    "hired_on",         "active",
    "requirement_id",   "requirement",  "kind",          "course",           "course_revision",
    "content_hash",     "assigned_on",  "assigned_by",   "due_on",           "window_opens_on",
    "status",           "status_on",    "started_on",    "last_activity_on", "completed_on",
    "score_percent",    "pass_mark",    "attempts",      "chairs",           "active_minutes",
    "credit_hours",     "credit_type",  "approval_body", "approval_no",      "credit_year",
    "certificate_code", "issued_on",    "expires_on",    "superseded_by",    "revoked_on",
    "revoke_reason",    "exempt",       "exempt_reason", "source",           "evidence",
    "approved_by",      "note",         "as_of",         "time_zone"};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], NOTE_MAX = 4096 };

struct filling {
    struct ct_arena *arena;
    struct ct_sv *cells; /* of the row */
    size_t at;
};

/* Puts a cell under its name. Names are asked for in the order of the columns; what lies between
 * stays empty. */
static void put(struct filling *f, const char *column, struct ct_sv cell)
{
    while (strcmp(columns[f->at], column) != 0)
        f->at++;
    f->cells[f->at] = cell.p ? cell : CT_SV("");
}

static void put_day(struct filling *f, const char *column, int day)
{
    char text[CT_TIME_TEXT];

    if (day != CT_DAY_NONE)
        put(f, column, ct_arena_dup(f->arena, ct_sv_c(ct_day_text(day, text))));
}

static void put_number(struct filling *f, const char *column, int64_t n)
{
    put(f, column, ct_arena_printf(f->arena, "%lld", (long long)n));
}

static void put_person(struct filling *f, const struct ct_assignee *p)
{
    put_number(f, "person_id", p->id);
    put(f, "last_name", p->last_name);
    put(f, "first_name", p->first_name);
    put(f, "certificate_name", p->certificate_name);
    put(f, "email", p->email);
    put(f, "employer_id", p->employer_id);
    put(f, "agency", p->agency);
    put(f, "unit", p->unit);
    put(f, "task_forces", p->task_forces);
    put(f, "discipline", p->discipline);
    put(f, "supervisor", p->supervisor);
    put(f, "licence_body", p->licence_body);
    put(f, "licence_no", p->licence_no);
    put_day(f, "hired_on", p->hired);
    put(f, "active", p->active ? CT_SV("yes") : CT_SV("no"));
}

static void put_work(struct filling *f, const struct ct_assignment *row)
{
    const struct ct_due_period *p = &row->period;
    const struct ct_assignment_more *more = row->more;

    put(f, "requirement_id", row->requirement->slug);
    put(f, "requirement", row->rule->title);
    put(f, "kind", ct_sv_c(ct_requirement_kind_name(row->requirement->kind)));
    put(f, "course", row->requirement->course);
    put(f, "course_revision", more ? more->course_revision : CT_SV_NULL);
    put(f, "content_hash", row->revision);
    put_day(f, "assigned_on", p->assigned);
    put(f, "assigned_by", row->rule->by_name);
    put_day(f, "due_on", p->due);
    put_day(f, "window_opens_on", p->opens);
    put(f, "status", ct_sv_c(ct_due_status_name(p->status)));
    put_day(f, "status_on", p->status_on);
    put_day(f, "started_on", row->started);
    put_day(f, "last_activity_on", row->last_activity);
    put_day(f, "completed_on", p->completed);
    if (row->score >= 0)
        put_number(f, "score_percent", row->score);
    if (more && more->pass_mark >= 0)
        put_number(f, "pass_mark", more->pass_mark);
    if (more && row->requirement->kind == CT_REQUIREMENT_COURSE)
        put_number(f, "attempts", more->attempts);
    put(f, "chairs", more ? more->chairs : CT_SV_NULL);
    if (more && more->active_minutes >= 0)
        put_number(f, "active_minutes", more->active_minutes);
}

static void put_credit(struct filling *f, const struct ct_assignment_more *more)
{
    put(f, "credit_hours", more->credit_hours);
    put(f, "credit_type", more->credit_type);
    put(f, "approval_body", more->approval_body);
    put(f, "approval_no", more->approval_no);
    put(f, "credit_year", more->credit_year);
}

/* Of what is not completed yet how much of it is; of hours also where another number was asked than
 * the requirement says. */
static struct ct_sv share_of(struct ct_arena *a, const struct ct_assignment *row)
{
    const struct ct_due_period *p = &row->period;

    if (p->quota &&
        (p->completed == CT_DAY_NONE || p->earned != p->quota || p->quota != row->rule->minutes))
        return ct_requirement_progress(a, row->rule, p);
    if (row->requirement->kind == CT_REQUIREMENT_SCENARIO && p->completed == CT_DAY_NONE &&
        row->more)
        return ct_arena_printf(a, "%d of %d %s", row->more->n_chairs, row->rule->chairs,
                               ct_plural((size_t)row->rule->chairs, "chair", "chairs"));
    return CT_SV_NULL;
}

static struct ct_sv note_of(struct ct_arena *a, const struct ct_assignment *row)
{
    const struct ct_sv notes[] = {row->credit ? row->credit->reason : CT_SV_NULL,
                                  row->imported ? row->imported->source : CT_SV_NULL,
                                  share_of(a, row), row->more ? row->more->gone : CT_SV_NULL};
    CT_AUTO_STR text = CT_STR_INIT(NOTE_MAX);

    if (row->person->by_task_force) /* no note at all, so that none tells by being there */
        return CT_SV("");
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        if (text.n && notes[i].n)
            ct_str_add_c(&text, "; ");
        ct_str_add_sv(&text, notes[i]);
    }
    return ct_arena_dup(a, ct_str_sv(&text));
}

static void put_proof(struct filling *f, const struct ct_assignment *row)
{
    const struct ct_training *t = row->credit ? row->credit : row->waiver;

    put(f, "certificate_code", row->certificate);
    put_day(f, "issued_on", row->issued);
    put_day(f, "expires_on", row->period.expires);
    put(f, "superseded_by", row->more ? row->more->superseded_by : CT_SV_NULL);
    put_day(f, "revoked_on", row->revoked);
    put(f, "revoke_reason", row->revoke_reason);
    put(f, "exempt", row->period.status == CT_DUE_EXEMPT ? CT_SV("yes") : CT_SV("no"));
    if (row->waiver)
        put(f, "exempt_reason", row->waiver->reason);
    if (row->credit)
        put(f, "source", CT_SV("outside training"));
    else if (row->imported)
        put(f, "source", CT_SV("imported"));
    else if (row->period.completed != CT_DAY_NONE)
        put(f, "source",
            row->more && row->more->source.p ? row->more->source : CT_SV("crosstrain"));
    if (row->imported)
        put(f, "evidence", row->imported->evidence);
    else if (t)
        put(f, "evidence", t->evidence);
    put(f, "approved_by", t ? t->approved_by : CT_SV_NULL);
    put(f, "note", note_of(f->arena, row));
}

void ct_assignments_row(struct ct_arena *a, const struct ct_assignments *r, size_t i,
                        struct ct_sv *cells)
{
    struct filling f = {.arena = a, .cells = cells};
    char as_of[CT_TIME_TEXT];

    put_person(&f, r->rows[i].person);
    put_work(&f, &r->rows[i]);
    if (r->rows[i].more)
        put_credit(&f, r->rows[i].more);
    put_proof(&f, &r->rows[i]);
    put(&f, "as_of", ct_arena_dup(a, ct_sv_c(ct_time_iso(r->as_of, as_of))));
    put(&f, "time_zone", r->rows[i].person->time_zone);
}

void ct_assignments_table(struct ct_arena *a, const struct ct_assignments *r, struct ct_table *ret)
{
    struct ct_table t = {.columns = columns, .n_columns = N_COLUMNS, .n_rows = r->n};

    t.cells = ct_arena_array(a, struct ct_sv, r->n * N_COLUMNS);
    for (size_t i = 0; i < r->n * N_COLUMNS; i++)
        t.cells[i] = CT_SV("");
    for (size_t i = 0; i < r->n; i++)
        ct_assignments_row(a, r, i, t.cells + i * N_COLUMNS);
    *ret = t;
}
