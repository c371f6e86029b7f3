/*
 * coverage_table.c: the coverage of a team as the rows of files and terminals: a row a cell of the
 * matrix, so that a spreadsheet can turn it as it likes. Names of columns are a promise to those
 * who read them by program.
 */
#include "coverage_priv.h"

#include "ct/base/banned.h"

/* A cell of a spreadsheet has at most 32,767 characters, and a name 120. */
enum { NAMES_MAX = 200, TEXT_MAX = 64 << 10, N_CHOICES = 6 };

#define DISCIPLINE                                                                                 \
    {                                                                                              \
        "discipline", CT_COLUMN_TEXT,                                                              \
            "The short name of the discipline of these people; none for "                          \
            "those who have none"                                                                  \
    }
#define COURSE                                                                                     \
    {                                                                                              \
        "course", CT_COLUMN_TEXT, "The course, as in its address"                                  \
    }
#define PEOPLE                                                                                     \
    {                                                                                              \
        "people", CT_COLUMN_INTEGER,                                                               \
            "How many people of the team have this discipline; empty "                             \
            "where nothing is asked of them"                                                       \
    }
#define ASKED                                                                                      \
    {                                                                                              \
        "asked", CT_COLUMN_FLAG, "Whether it is meant for the discipline"                          \
    }
#define PERCENT                                                                                    \
    {                                                                                              \
        "percent", CT_COLUMN_PERCENT, "The same of the people, in per cent"                        \
    }
#define MISSING                                                                                    \
    {                                                                                              \
        "missing", CT_COLUMN_TEXT,                                                                 \
            "Who has not, by name, as far as names may be told; of more than 200 the first 200"    \
    }

static const struct ct_column module_columns[] = {
    DISCIPLINE,
    COURSE,
    {"module_number", CT_COLUMN_INTEGER, "The place of the module in the course"},
    {"module", CT_COLUMN_TEXT, "The module, as in its address"},
    {"module_title", CT_COLUMN_TEXT, "Its title"},
    ASKED,
    PEOPLE,
    {"completed", CT_COLUMN_INTEGER, "How many of them have completed the module"},
    PERCENT,
    MISSING};

static const struct ct_column objective_columns[] = {
    DISCIPLINE,
    COURSE,
    {"objective", CT_COLUMN_TEXT, "The objective, as the modules say it"},
    {"modules", CT_COLUMN_TEXT, "The modules that assess it"},
    {"questions", CT_COLUMN_INTEGER, "How many questions of these modules name it"},
    {"graded_questions", CT_COLUMN_INTEGER, "How many of these questions are in a quiz"},
    ASKED,
    PEOPLE,
    {"covered", CT_COLUMN_INTEGER,
     "How many of them have completed all modules that assess it and are asked of them"},
    PERCENT,
    MISSING};

static const struct ct_column chair_columns[] = {
    DISCIPLINE,
    COURSE,
    {"module", CT_COLUMN_TEXT, "The scenario, as in its address"},
    {"module_title", CT_COLUMN_TEXT, "Its title"},
    {"chair", CT_COLUMN_TEXT, "The discipline whose chair it is"},
    {"people", CT_COLUMN_INTEGER, "How many people of the team have the discipline"},
    {"passed", CT_COLUMN_INTEGER, "How many of them reached an ending that passes from this chair"},
    {"played", CT_COLUMN_INTEGER, "How many of them reached any ending from it"},
    {"passed_by", CT_COLUMN_TEXT,
     "Who passed, by name, as far as names may be told; of more than 200 the first 200"},
    {"played_by", CT_COLUMN_TEXT,
     "Who played and did not pass, by name; of more than 200 the first 200"}};

struct filling {
    struct ct_arena *arena;
    const struct ct_coverage *from;
    struct ct_sv *cells;
    size_t at;
};

static void put(struct filling *f, struct ct_sv cell)
{
    f->cells[f->at++] = cell.p ? cell : CT_SV("");
}

static void put_number(struct filling *f, size_t n)
{
    put(f, ct_arena_printf(f->arena, "%zu", n));
}

/* "; " between, as in all columns with several; of a crowd the first. */
static void put_list(struct filling *f, const struct ct_sv *items, size_t n)
{
    size_t told = n < NAMES_MAX ? n : NAMES_MAX;
    CT_AUTO_STR text = CT_STR_INIT(TEXT_MAX);

    for (size_t i = 0; i < told; i++) {
        if (i)
            ct_str_add_c(&text, "; ");
        ct_str_add_sv(&text, items[i]);
    }
    if (told < n)
        ct_str_addf(&text, "; and %zu more", n - told);
    put(f, ct_arena_dup(f->arena, ct_str_sv(&text)));
}

static void put_names(struct filling *f, const struct ct_coverage_people *people)
{
    struct ct_sv *names = ct_arena_array(f->arena, struct ct_sv, people->n);

    for (size_t i = 0; i < people->n; i++)
        names[i] = people->items[i]->name;
    put_list(f, names, people->n);
}

/* What an empty cell says: it is not asked. */
static void put_cell(struct filling *f, const struct ct_coverage_cell *cell)
{
    put(f, cell->is_asked ? CT_SV("yes") : CT_SV("no"));
    if (!cell->is_asked) {
        for (int i = 0; i < 4; i++)
            put(f, CT_SV(""));
        return;
    }
    put_number(f, cell->people);
    put_number(f, cell->done);
    put_number(f, (size_t)ct_coverage_percent(cell->done, cell->people));
    put_names(f, &cell->missing);
}

static void put_module(struct filling *f, const struct ct_coverage_row *row, size_t i)
{
    const struct ct_module *m = f->from->modules[i].module;

    put(f, row->discipline);
    put(f, f->from->course->slug);
    put_number(f, i + 1);
    put(f, m->slug);
    put(f, m->title);
    put_cell(f, &row->modules[i]);
}

static void put_objective(struct filling *f, const struct ct_coverage_row *row, size_t i)
{
    const struct ct_coverage_item *item = &f->from->objectives[i];
    struct ct_sv *slugs = ct_arena_array(f->arena, struct ct_sv, item->n_modules);

    for (size_t m = 0; m < item->n_modules; m++)
        slugs[m] = item->modules[m]->slug;
    put(f, row->discipline);
    put(f, f->from->course->slug);
    put(f, item->objective->text);
    put_list(f, slugs, item->n_modules);
    put_number(f, item->n_questions);
    put_number(f, item->n_graded);
    put_cell(f, &row->objectives[i]);
}

static void put_chair(struct filling *f, const struct ct_catalogue *cat,
                      const struct ct_coverage_case *k, size_t chair, size_t row)
{
    const struct ct_coverage_chair *cell = &k->cells[chair * f->from->n + row];

    put(f, f->from->rows[row].discipline);
    put(f, k->course->slug);
    put(f, k->module->slug);
    put(f, k->module->title);
    put(f, cat->disciplines.items[k->chairs[chair]].slug);
    put_number(f, f->from->rows[row].people);
    put_number(f, cell->passed);
    put_number(f, cell->played);
    put_names(f, &cell->who_passed);
    put_names(f, &cell->who_played);
}

static size_t n_cells(const struct ct_coverage *c, enum ct_coverage_of of)
{
    size_t n = 0;

    switch (of) {
    case CT_COVERAGE_MODULES:
        return c->n * c->n_modules;
    case CT_COVERAGE_OBJECTIVES:
        return c->n * c->n_objectives;
    case CT_COVERAGE_CHAIRS:
        for (size_t i = 0; i < c->n_cases; i++)
            n += c->cases[i].n_chairs * c->n;
        return n;
    }
    return 0;
}

static void fill(struct filling *f, const struct ct_catalogue *cat, enum ct_coverage_of of)
{
    const struct ct_coverage *c = f->from;

    switch (of) {
    case CT_COVERAGE_MODULES:
        for (size_t row = 0; row < c->n; row++)
            for (size_t i = 0; i < c->n_modules; i++)
                put_module(f, &c->rows[row], i);
        break;
    case CT_COVERAGE_OBJECTIVES:
        for (size_t row = 0; row < c->n; row++)
            for (size_t i = 0; i < c->n_objectives; i++)
                put_objective(f, &c->rows[row], i);
        break;
    case CT_COVERAGE_CHAIRS:
        for (size_t i = 0; i < c->n_cases; i++)
            for (size_t chair = 0; chair < c->cases[i].n_chairs; chair++)
                for (size_t row = 0; row < c->n; row++)
                    put_chair(f, cat, &c->cases[i], chair, row);
        break;
    }
}

static struct ct_report_choice org_choice(const char *name, const char *label,
                                          const struct ct_org *o)
{
    return (struct ct_report_choice){name, label, o ? o->path : CT_SV_NULL,
                                     o ? o->name : CT_SV_NULL};
}

static const struct ct_report_choice *choices_of(struct ct_arena *a, const struct ct_catalogue *cat,
                                                 const struct ct_coverage *c,
                                                 const struct ct_coverage_filter *f)
{
    struct ct_report_choice *all = ct_arena_array(a, struct ct_report_choice, N_CHOICES);
    const struct ct_scope none = {.n = 0}, *scope = f->scope ? f->scope : &none;

    all[0] = (struct ct_report_choice){"course", "Course", c->course ? c->course->slug : CT_SV_NULL,
                                       c->course ? c->course->title : CT_SV_NULL};
    all[1] = (struct ct_report_choice){
        "discipline", "Discipline", f->discipline,
        f->discipline.p ? ct_discipline_called(a, &cat->disciplines, f->discipline) : CT_SV_NULL};
    all[2] = org_choice("agency", "Agency", scope->agency);
    all[3] = org_choice("unit", "Unit", scope->unit);
    all[4] = org_choice("task_force", "Task force", scope->task_force);
    all[5] = (struct ct_report_choice){"as_of", "As of the end of", f->day, CT_SV_NULL};
    return all;
}

static const struct {
    const struct ct_column *columns;
    size_t n;
    struct ct_sv text;
} views[] = {[CT_COVERAGE_MODULES] = {module_columns,
                                      sizeof module_columns / sizeof module_columns[0],
                                      {"A row a discipline and module", 29}},
             [CT_COVERAGE_OBJECTIVES] = {objective_columns,
                                         sizeof objective_columns / sizeof objective_columns[0],
                                         {"A row a discipline and objective", 32}},
             [CT_COVERAGE_CHAIRS] = {chair_columns,
                                     sizeof chair_columns / sizeof chair_columns[0],
                                     {"A row a chair of a scenario and discipline", 42}}};

const struct ct_column *ct_coverage_columns(enum ct_coverage_of of, size_t *ret_n)
{
    *ret_n = views[of].n;
    return views[of].columns;
}

void ct_coverage_doc(struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_coverage *c, const struct ct_coverage_filter *filter,
                     enum ct_coverage_of of, struct ct_report_doc *ret)
{
    size_t n_rows = n_cells(c, of);
    struct filling f = {
        .arena = a, .from = c, .cells = ct_arena_array(a, struct ct_sv, n_rows * views[of].n)};

    fill(&f, cat, of);
    *ret = (struct ct_report_doc){.name = "coverage",
                                  .title = "Coverage of a team",
                                  .view = ct_sv_c(ct_coverage_of_name(of)),
                                  .view_text = views[of].text,
                                  .as_of = c->as_of,
                                  .time_zone = CT_SV("UTC"),
                                  .choices = choices_of(a, cat, c, filter),
                                  .n_choices = N_CHOICES,
                                  .columns = views[of].columns,
                                  .n_columns = views[of].n,
                                  .cells = f.cells,
                                  .n_rows = n_rows};
    if (c->left_out)
        ret->note = CT_SV("People who may only be counted, in disciplines with fewer than five of "
                          "them, are in no number.");
}
