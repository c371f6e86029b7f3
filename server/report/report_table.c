/*
 * report_table.c: the report as tables of text, for CSV, terminals and JSON alike. Column names are
 * a promise to those who read them by program.
 */
#include "ct/report/report.h"

#include "ct/base/banned.h"

#define COUNTS                                                                                     \
    "people", "not_started", "in_progress", "completed", "percent", "median_score", "update_due"

/* Came later, and so stand behind. */
#define MORE_COUNTS "expiring", "expired", "exempt", "awaiting_approval", "percent_now"

static const char *const by_both[] = {"discipline", "course", "required", COUNTS, MORE_COUNTS};
static const char *const by_discipline[] = {"discipline", COUNTS, MORE_COUNTS};
static const char *const by_course[] = {"course", COUNTS, MORE_COUNTS};
static const char *const by_person[] = {
    "person_id",        "name",         "email",      "discipline", "course",  "required",
    "status",           "modules_done", "modules",    "score",      "minutes", "started_at",
    "last_activity_at", "completed_at", "update_due", "agency",     "unit",    "task_forces",
    "expires_on",       "source"};
static const char *const by_agency[] = {"agency", "agency_name", COUNTS, MORE_COUNTS};
static const char *const by_unit[] = {"unit", "unit_name", COUNTS, MORE_COUNTS};
static const char *const by_task_force[] = {"task_force", "task_force_name", COUNTS, MORE_COUNTS};

struct filling {
    struct ct_arena *arena;
    struct ct_table *table;
    size_t at;
};

static void put(struct filling *f, struct ct_sv cell)
{
    f->table->cells[f->at++] = cell.p ? cell : CT_SV("");
}

/* A negative number stands for "there is none", a cell without text. */
static void put_number(struct filling *f, int64_t n)
{
    put(f, n < 0 ? CT_SV("") : ct_arena_printf(f->arena, "%lld", (long long)n));
}

static void put_day(struct filling *f, int day)
{
    char date[CT_TIME_TEXT];

    put(f,
        day == CT_DAY_NONE ? CT_SV("") : ct_arena_dup(f->arena, ct_sv_c(ct_day_text(day, date))));
}

static void put_bool(struct filling *f, bool yes)
{
    put(f, yes ? CT_SV("yes") : CT_SV("no"));
}

static void put_counts(struct filling *f, const struct ct_report_row *row)
{
    put_number(f, (int64_t)row->people);
    put_number(f, (int64_t)row->not_started);
    put_number(f, (int64_t)row->in_progress);
    put_number(f, (int64_t)row->completed);
    put_number(f, row->percent);
    put_number(f, row->median);
    put_number(f, (int64_t)row->update_due);
    put_number(f, (int64_t)row->expiring);
    put_number(f, (int64_t)row->expired);
    put_number(f, (int64_t)row->exempt);
    put_number(f, (int64_t)row->awaiting);
    put_number(f, row->percent_now);
}

static void put_person(struct filling *f, const struct ct_report_person *p)
{
    put_number(f, p->id);
    put(f, p->name);
    put(f, p->email);
    put(f, p->discipline);
    put(f, p->course);
    put_bool(f, p->required);
    put(f, ct_sv_c(ct_due_status_name(p->status)));
    put_number(f, (int64_t)p->modules_done);
    put_number(f, (int64_t)p->modules);
    put_number(f, p->score);
    put_number(f, p->minutes);
    put_day(f, p->started_on);
    put_day(f, p->last_on);
    put_day(f, p->completed_on);
    put_bool(f, p->update_due);
    put(f, p->agency);
    put(f, p->unit);
    put(f, p->task_forces);
    put_day(f, p->expires_on);
    put(f, p->source);
}

static struct filling begin(struct ct_arena *a, struct ct_table *t, const char *const *columns,
                            size_t n_columns, size_t n_rows)
{
    *t = (struct ct_table){columns, n_columns, ct_arena_array(a, struct ct_sv, n_columns * n_rows),
                           n_rows};
    return (struct filling){a, t, 0};
}
#define BEGIN(a, t, columns, n_rows)                                                               \
    begin((a), (t), (columns), sizeof(columns) / sizeof(columns)[0], (n_rows))

static void fill_both(struct ct_arena *a, const struct ct_report *r, struct ct_table *ret)
{
    struct filling f = BEGIN(a, ret, by_both, r->n);

    for (size_t i = 0; i < r->n; i++) {
        put(&f, r->rows[i].discipline);
        put(&f, r->rows[i].course);
        put_bool(&f, r->rows[i].required);
        put_counts(&f, &r->rows[i]);
    }
}

static void fill_people(struct ct_arena *a, const struct ct_report *r, struct ct_table *ret)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        n += r->rows[i].n_members;
    struct filling f = BEGIN(a, ret, by_person, n);
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->rows[i].n_members; k++)
            put_person(&f, &r->rows[i].members[k]);
}

static void fill_discipline(struct ct_arena *a, const struct ct_report *r, struct ct_table *ret)
{
    struct filling f = BEGIN(a, ret, by_discipline, r->n_by_discipline);

    for (size_t i = 0; i < r->n_by_discipline; i++) {
        put(&f, r->by_discipline[i].discipline);
        put_counts(&f, &r->by_discipline[i]);
    }
}

static void fill_course(struct ct_arena *a, const struct ct_report *r, struct ct_table *ret)
{
    struct filling f = BEGIN(a, ret, by_course, r->n_by_course);

    for (size_t i = 0; i < r->n_by_course; i++) {
        put(&f, r->by_course[i].course);
        put_counts(&f, &r->by_course[i]);
    }
}

/* What a row is called that is no org's. */
static const char *name_of_none(const struct ct_report_row *row, enum ct_org_kind kind)
{
    if (row->n_unnamed)
        return "Other agencies, whose people are only counted";
    switch (kind) {
    case CT_ORG_AGENCY:
        return "In no agency";
    case CT_ORG_UNIT:
        return "In no unit";
    case CT_ORG_TASK_FORCE:
        return "In no task force";
    }
    return "";
}

struct ct_sv ct_report_org_name(const struct ct_report_row *row, enum ct_org_kind kind)
{
    return row->org ? row->org->name : ct_sv_c(name_of_none(row, kind));
}

static void fill_orgs(struct ct_arena *a, const struct ct_report *r, enum ct_org_kind kind,
                      const char *const *columns, size_t n_columns, struct ct_table *ret)
{
    struct ct_report_row *rows;
    size_t n;

    ct_report_by_org(a, r, kind, &rows, &n);
    struct filling f = begin(a, ret, columns, n_columns, n);
    for (size_t i = 0; i < n; i++) {
        put(&f, rows[i].org ? rows[i].org->path : CT_SV(""));
        put(&f, ct_report_org_name(&rows[i], kind));
        put_counts(&f, &rows[i]);
    }
}
#define FILL_ORGS(a, r, kind, columns, ret)                                                        \
    fill_orgs((a), (r), (kind), (columns), sizeof(columns) / sizeof(columns)[0], (ret))

void ct_report_table(struct ct_arena *a, const struct ct_report *r, enum ct_report_by by,
                     struct ct_table *ret)
{
    switch (by) {
    case CT_BY_DISCIPLINE_COURSE:
        fill_both(a, r, ret);
        return;
    case CT_BY_DISCIPLINE:
        fill_discipline(a, r, ret);
        return;
    case CT_BY_COURSE:
        fill_course(a, r, ret);
        return;
    case CT_BY_PERSON:
        fill_people(a, r, ret);
        return;
    case CT_BY_AGENCY:
        FILL_ORGS(a, r, CT_ORG_AGENCY, by_agency, ret);
        return;
    case CT_BY_UNIT:
        FILL_ORGS(a, r, CT_ORG_UNIT, by_unit, ret);
        return;
    case CT_BY_TASK_FORCE:
        FILL_ORGS(a, r, CT_ORG_TASK_FORCE, by_task_force, ret);
        return;
    }
}
