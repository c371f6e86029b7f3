/*
 * report_file.c: the completion report as CSV, JSON and XLSX. What is in it is counted elsewhere.
 */
#include "ct/learn/report_file.h"

#include "ct/text/csv.h"
#include "ct/text/json.h"
#include "ct/text/xlsx.h"

#include "ct/base/banned.h"

#define ZONE "UTC" /* in which moments are given and days begin */

const char *ct_report_media_type(enum ct_report_format f)
{
    switch (f) {
    case CT_REPORT_CSV:
        return "text/csv; charset=utf-8";
    case CT_REPORT_JSON:
        return "application/json";
    case CT_REPORT_XLSX:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return "application/octet-stream";
}

/* What was chosen, by the names of the filters in addresses. */
struct choice {
    const char *name, *label;
    struct ct_sv slug, title; /* null: not chosen */
};
enum { N_CHOICES = 5 };

static struct choice org_choice(const char *name, const char *label, const struct ct_org *o)
{
    return (struct choice){name, label, o ? o->path : CT_SV_NULL, o ? o->name : CT_SV_NULL};
}

static void choices_of(const struct ct_report_file *f, struct choice *ret)
{
    const struct ct_report_filter *filter = f->filter;
    const struct ct_scope none = {.n = 0}, *scope = filter->scope ? filter->scope : &none;
    const struct ct_course *course =
        filter->course.p ? ct_catalogue_course(f->cat, filter->course) : NULL;
    int d =
        filter->discipline.p ? ct_discipline_find(&f->cat->disciplines, filter->discipline) : -1;

    ret[0] =
        (struct choice){"course", "Course", filter->course, course ? course->title : CT_SV_NULL};
    ret[1] = (struct choice){"discipline", "Discipline", filter->discipline,
                             d >= 0 ? f->cat->disciplines.items[d].name : CT_SV_NULL};
    ret[2] = org_choice("agency", "Agency", scope->agency);
    ret[3] = org_choice("unit", "Unit", scope->unit);
    ret[4] = org_choice("task_force", "Task force", scope->task_force);
}

/* ---- CSV ---- */

static void write_csv(struct ct_arena *a, const struct ct_table *t, struct ct_str *out)
{
    struct ct_sv *header = ct_arena_array(a, struct ct_sv, t->n_columns);

    for (size_t i = 0; i < t->n_columns; i++)
        header[i] = ct_sv_c(t->columns[i]);
    ct_csv_begin(out);
    ct_csv_row(out, header, t->n_columns);
    for (size_t i = 0; i < t->n_rows; i++)
        ct_csv_row(out, t->cells + i * t->n_columns, t->n_columns);
}

/* ---- JSON ---- */

static json_t *json_cell(enum ct_column_type type, struct ct_sv cell)
{
    int64_t number;

    if (cell.n == 0)
        return json_null();
    switch (type) {
    case CT_COLUMN_INTEGER:
    case CT_COLUMN_PERCENT:
        return ct_sv_i64(cell, &number) ? json_integer(number) : ct_json_sv(cell);
    case CT_COLUMN_FLAG:
        return json_boolean(ct_sv_eq_c(cell, "yes"));
    case CT_COLUMN_TEXT:
    case CT_COLUMN_DATE:
        break;
    }
    return ct_json_sv(cell);
}

/* A row at a time, so that memory holds the text alone. */
static void write_rows(const struct ct_table *t, const enum ct_column_type *types,
                       struct ct_str *out)
{
    for (size_t r = 0; r < t->n_rows; r++) {
        CT_AUTO_JSON *row = json_object();
        for (size_t c = 0; c < t->n_columns; c++)
            json_object_set_new(row, t->columns[c],
                                json_cell(types[c], t->cells[r * t->n_columns + c]));
        ct_str_add_c(out, r ? ",\n" : "\n");
        ct_json_write(out, row);
    }
}

static json_t *json_filters(const struct ct_report_file *f)
{
    struct choice choices[N_CHOICES];
    json_t *filters = json_object();

    choices_of(f, choices);
    for (size_t i = 0; i < N_CHOICES; i++)
        json_object_set_new(filters, choices[i].name,
                            choices[i].slug.p ? ct_json_sv(choices[i].slug) : json_null());
    return filters;
}

static void write_json(const struct ct_report_file *f, const struct ct_table *t,
                       const enum ct_column_type *types, struct ct_str *out)
{
    char moment[CT_TIME_TEXT];
    json_t *names = json_array();
    CT_AUTO_JSON *head = NULL;
    CT_AUTO_STR text = CT_STR_INIT(out->max);

    for (size_t c = 0; c < t->n_columns; c++)
        json_array_append_new(names, json_string(t->columns[c]));
    head = json_pack("{s:s, s:s, s:s, s:s, s:o, s:b, s:o}", "report", "completion", "by",
                     ct_report_view_name(f->by), "as_of", ct_time_iso(f->report->as_of, moment),
                     "time_zone", ZONE, "filters", json_filters(f), "left_out", f->report->left_out,
                     "columns", names);
    ct_json_write(&text, head);
    ct_str_add(out, text.p, text.n ? text.n - 1 : 0); /* its last brace comes behind the rows */
    ct_str_add_c(out, ",\"rows\":[");
    write_rows(t, types, out);
    ct_str_add_c(out, "\n]}\n");
}

/* ---- XLSX ---- */

static enum ct_xlsx_type sheet_type(enum ct_column_type type)
{
    switch (type) {
    case CT_COLUMN_INTEGER:
        return CT_XLSX_INTEGER;
    case CT_COLUMN_PERCENT:
        return CT_XLSX_PERCENT;
    case CT_COLUMN_DATE:
        return CT_XLSX_DATE;
    case CT_COLUMN_TEXT:
    case CT_COLUMN_FLAG:
        break;
    }
    return CT_XLSX_TEXT;
}

/* Pairs of what and its value. */
struct about {
    struct ct_arena *arena;
    struct ct_sv *cells;
    size_t n, cap;
};

static void tell(struct about *to, struct ct_sv what, struct ct_sv value)
{
    CT_ARENA_PUSH(to->arena, to->cells, to->n, to->cap, what);
    CT_ARENA_PUSH(to->arena, to->cells, to->n, to->cap, value);
}

static void tell_choices(struct about *to, const struct ct_report_file *f)
{
    struct choice choices[N_CHOICES];

    choices_of(f, choices);
    for (size_t i = 0; i < N_CHOICES; i++)
        tell(to, ct_sv_c(choices[i].label),
             choices[i].title.p  ? choices[i].title
             : choices[i].slug.p ? choices[i].slug
                                 : CT_SV("All"));
}

static void tell_meanings(struct about *to, const struct ct_report_file *f)
{
    size_t n;
    const struct ct_report_word *words = ct_report_words(&n);

    for (size_t i = 0; i < n; i++)
        tell(to, ct_arena_printf(to->arena, "Status: %s", words[i].word),
             ct_sv_c(words[i].meaning));
    const char *const *names = ct_report_columns(f->by, &n);
    for (size_t i = 0; i < n; i++) {
        const struct ct_column *c = ct_report_column(f->by, names[i]);
        if (c)
            tell(to, ct_arena_printf(to->arena, "Column: %s", c->name),
                 ct_arena_printf(to->arena, "%s.", c->meaning));
    }
}

static struct about about_of(struct ct_arena *a, const struct ct_report_file *f, size_t n_rows)
{
    static const char *const views[] = {[CT_BY_DISCIPLINE_COURSE] = "A row a discipline and course",
                                        [CT_BY_DISCIPLINE] = "A row a discipline",
                                        [CT_BY_COURSE] = "A row a course",
                                        [CT_BY_PERSON] = "A row a person and course"};
    struct about about = {.arena = a};
    char moment[CT_TIME_TEXT];

    tell(&about, CT_SV("Report"), CT_SV("Completion by discipline"));
    tell(&about, CT_SV("View"), ct_sv_c(views[f->by]));
    tell(&about, CT_SV("Rows"), ct_arena_printf(a, "%zu", n_rows));
    tell(&about, CT_SV("As of"), ct_arena_dup(a, ct_sv_c(ct_time_iso(f->report->as_of, moment))));
    tell(&about, CT_SV("Time zone"), CT_SV(ZONE));
    tell_choices(&about, f);
    if (f->report->left_out)
        tell(&about, CT_SV("Left out"),
             ct_arena_printf(a,
                             "People who may only be counted, where a row has fewer than %d of "
                             "them.",
                             CT_REPORT_UNNAMED_MIN));
    tell_meanings(&about, f);
    return about;
}

static int write_xlsx(struct ct_arena *a, const struct ct_report_file *f, const struct ct_table *t,
                      const enum ct_column_type *types, struct ct_str *out, struct ct_err *err)
{
    /* The value of "As of" is a moment; what is none is written as text. */
    static const struct ct_xlsx_column about_columns[] = {{"what", CT_XLSX_TEXT},
                                                          {"value", CT_XLSX_MOMENT}};
    struct ct_xlsx_column *columns = ct_arena_array(a, struct ct_xlsx_column, t->n_columns);
    struct about about = about_of(a, f, t->n_rows);

    for (size_t c = 0; c < t->n_columns; c++)
        columns[c] = (struct ct_xlsx_column){t->columns[c], sheet_type(types[c])};
    const struct ct_xlsx_sheet sheets[] = {
        {"Completion", columns, t->n_columns, t->cells, t->n_rows, true},
        {"About", about_columns, 2, about.cells, about.n / 2, false},
    };
    struct ct_xlsx_book book = {"Completion by discipline", f->report->as_of, sheets, 2};
    return ct_xlsx_write(&book, out, err);
}

int ct_report_write(struct ct_arena *a, const struct ct_report_file *file, enum ct_report_format f,
                    struct ct_str *out, struct ct_err *err)
{
    struct ct_table t;
    enum ct_column_type *types;

    ct_report_table(a, file->report, file->by, &t);
    types = ct_arena_array(a, enum ct_column_type, t.n_columns);
    for (size_t c = 0; c < t.n_columns; c++) {
        const struct ct_column *column = ct_report_column(file->by, t.columns[c]);
        types[c] = column ? column->type : CT_COLUMN_TEXT;
    }
    switch (f) {
    case CT_REPORT_CSV:
        write_csv(a, &t, out);
        break;
    case CT_REPORT_JSON:
        write_json(file, &t, types, out);
        break;
    case CT_REPORT_XLSX:
        return write_xlsx(a, file, &t, types, out, err);
    }
    return ct_str_ok(out) ? CT_OK : ct_fail(err, CT_TOO_BIG, "report", "over %zu bytes", out->max);
}
