/*
 * question_report_table.c: how people do at the questions of a quiz, as the rows of files and
 * terminals. Names of columns are a promise to those who read them by program.
 */
#include "ct/report/question_report.h"

#include "ct/base/banned.h"

#define PLACE                                                                                      \
    {"course", CT_COLUMN_TEXT, "The course, as in its address"},                                   \
    {                                                                                              \
        "module", CT_COLUMN_TEXT, "The module, as in its address"                                  \
    }
#define DISCIPLINE                                                                                 \
    {                                                                                              \
        "discipline", CT_COLUMN_TEXT, "The short name of a discipline; all for everybody together" \
    }
#define RIGHT                                                                                      \
    {                                                                                              \
        "right_percent", CT_COLUMN_PERCENT, "The same in per cent"                                 \
    }
#define MEAN                                                                                       \
    {                                                                                              \
        "mean_percent", CT_COLUMN_PERCENT, "The mean of the points, in per cent of all"            \
    }

static const struct ct_column question_columns[] = {
    PLACE,
    {"question", CT_COLUMN_TEXT, "The question's id in the text"},
    {"question_title", CT_COLUMN_TEXT, "Its title"},
    {"objectives", CT_COLUMN_TEXT, "The objectives that it assesses, by their short names"},
    DISCIPLINE,
    {"people", CT_COLUMN_INTEGER, "How many answered it; empty where they are too few to be told"},
    {"right", CT_COLUMN_INTEGER, "How many of them were fully right at their first try"},
    RIGHT,
    MEAN,
    {"instead", CT_COLUMN_TEXT, "Of everybody: the wrong option that was picked most often"}};

static const struct ct_column objective_columns[] = {
    PLACE,
    {"objective", CT_COLUMN_TEXT, "Its short name in the module"},
    {"objective_text", CT_COLUMN_TEXT, "The objective"},
    {"questions", CT_COLUMN_INTEGER, "How many graded questions of the quiz assess it"},
    DISCIPLINE,
    {"answers", CT_COLUMN_INTEGER,
     "How many first answers to these questions there are; empty where they are too few"},
    {"right", CT_COLUMN_INTEGER, "How many of them were fully right"},
    RIGHT,
    MEAN};

const struct ct_column *ct_question_columns(enum ct_question_of of, size_t *ret_n)
{
    bool objectives = of == CT_OF_OBJECTIVES;

    *ret_n = objectives ? sizeof objective_columns / sizeof objective_columns[0]
                        : sizeof question_columns / sizeof question_columns[0];
    return objectives ? objective_columns : question_columns;
}

struct filling {
    struct ct_arena *arena;
    struct ct_sv *cells;
    size_t n, n_columns;
};

static void put(struct filling *f, struct ct_sv cell)
{
    f->cells[f->n++] = cell.p ? cell : CT_SV("");
}

static void put_number(struct filling *f, size_t n, bool is_told)
{
    put(f, is_told ? ct_arena_printf(f->arena, "%zu", n) : CT_SV(""));
}

static struct ct_sv joined(struct ct_arena *a, const struct ct_question *q)
{
    struct ct_sv text = CT_SV("");

    for (size_t i = 0; i < q->n_objectives; i++)
        text = ct_arena_printf(a, "%.*s%s%.*s", CT_SV_ARG(text), i ? "; " : "",
                               CT_SV_ARG(q->objectives[i]));
    return text;
}

static void put_row(struct filling *f, const struct ct_question_report *r,
                    const struct ct_question_row *row, struct ct_sv discipline,
                    const struct ct_stats_share *share, bool is_all)
{
    bool told = share->people > 0;

    put(f, r->course->slug);
    put(f, r->module->slug);
    if (row->question) {
        put(f, row->question->id);
        put(f, row->question->title);
        put(f, joined(f->arena, row->question));
    } else {
        put(f, row->objective->id);
        put(f, row->objective->text);
        put_number(f, row->n_questions, true);
    }
    put(f, discipline);
    put_number(f, share->people, told);
    put_number(f, share->right, told);
    put_number(f, (size_t)ct_stats_percent(share), told);
    put_number(f, (size_t)(share->mean * 100 + 0.5), told);
    if (row->question)
        put(f, is_all && row->instead ? row->instead->plain : CT_SV(""));
}

void ct_question_doc(struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_question_report *r, enum ct_question_of of,
                     struct ct_report_doc *ret)
{
    const struct ct_question_row *rows = of == CT_OF_OBJECTIVES ? r->objectives : r->questions;
    size_t n = of == CT_OF_OBJECTIVES ? r->n_objectives : r->n_questions;
    struct filling f = {.arena = a};
    const struct ct_column *columns = ct_question_columns(of, &f.n_columns);
    struct ct_report_choice *choices = ct_arena_array(a, struct ct_report_choice, 2);

    choices[0] = (struct ct_report_choice){"course", "Course", r->course->slug, r->course->title};
    choices[1] = (struct ct_report_choice){"module", "Module", r->module->slug, r->module->title};
    f.cells = ct_arena_array(a, struct ct_sv, n * (1 + cat->disciplines.n) * f.n_columns);
    for (size_t i = 0; i < n; i++) {
        put_row(&f, r, &rows[i], CT_SV("all"), &rows[i].all, true);
        for (size_t d = 0; d < cat->disciplines.n; d++)
            if (rows[i].by_discipline[d].people)
                put_row(&f, r, &rows[i], cat->disciplines.items[d].slug, &rows[i].by_discipline[d],
                        false);
    }
    *ret = (struct ct_report_doc){.name = "questions",
                                  .title = "Which questions people get wrong",
                                  .view = ct_sv_c(ct_question_of_name(of)),
                                  .view_text = of == CT_OF_OBJECTIVES
                                                   ? CT_SV("A row an objective and discipline")
                                                   : CT_SV("A row a question and discipline"),
                                  .time_zone = CT_SV("UTC"),
                                  .choices = choices,
                                  .n_choices = 2,
                                  .columns = columns,
                                  .n_columns = f.n_columns,
                                  .cells = f.cells,
                                  .n_rows = f.n / f.n_columns,
                                  .note = CT_SV("Numbers of fewer than five people, and those from "
                                                "which they would follow, are not told.")};
}
