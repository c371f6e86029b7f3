/*
 * report_completion.c: the completion report as a document: what was asked, and the table of its
 * view. Counting is report.c, files are report_file.c.
 */
#include "ct/report/report_completion.h"

#include "ct/base/banned.h"

enum { N_CHOICES = 5 };

static struct ct_report_choice org_choice(const char *name, const char *label,
                                          const struct ct_org *o)
{
    return (struct ct_report_choice){name, label, o ? o->path : CT_SV_NULL,
                                     o ? o->name : CT_SV_NULL};
}

static const struct ct_report_choice *choices_of(struct ct_arena *a,
                                                 const struct ct_report_filter *filter,
                                                 const struct ct_catalogue *cat)
{
    struct ct_report_choice *all = ct_arena_array(a, struct ct_report_choice, N_CHOICES);
    const struct ct_scope none = {.n = 0}, *scope = filter->scope ? filter->scope : &none;
    const struct ct_course *course =
        filter->course.p ? ct_catalogue_course(cat, filter->course) : NULL;

    all[0] = (struct ct_report_choice){"course", "Course", filter->course,
                                       course ? course->title : CT_SV_NULL};
    all[1] = (struct ct_report_choice){
        "discipline", "Discipline", filter->discipline,
        filter->discipline.p ? ct_discipline_called(a, &cat->disciplines, filter->discipline)
                             : CT_SV_NULL};
    all[2] = org_choice("agency", "Agency", scope->agency);
    all[3] = org_choice("unit", "Unit", scope->unit);
    all[4] = org_choice("task_force", "Task force", scope->task_force);
    return all;
}

static const struct ct_column *columns_of(struct ct_arena *a, const struct ct_table *t,
                                          enum ct_report_by by)
{
    struct ct_column *columns = ct_arena_array(a, struct ct_column, t->n_columns);

    for (size_t c = 0; c < t->n_columns; c++) {
        const struct ct_column *known = ct_report_column(by, t->columns[c]);
        columns[c] = known ? *known : (struct ct_column){t->columns[c], CT_COLUMN_TEXT, ""};
    }
    return columns;
}

void ct_report_completion_doc(struct ct_arena *a, const struct ct_report *report,
                              const struct ct_report_filter *filter, const struct ct_catalogue *cat,
                              enum ct_report_by by, struct ct_report_doc *ret)
{
    static const char *const views[] = {
        [CT_BY_DISCIPLINE_COURSE] = "A row a discipline and course",
        [CT_BY_DISCIPLINE] = "A row a discipline; people are counted once a course",
        [CT_BY_COURSE] = "A row a course",
        [CT_BY_PERSON] = "A row a person and course",
        [CT_BY_AGENCY] = "A row an agency; people are counted once a course, and who is in several "
                         "agencies in each",
        [CT_BY_UNIT] = "A row a unit with those below it; people are counted once a course, and "
                       "who is in several units in each",
        [CT_BY_TASK_FORCE] = "A row a task force; people are counted once a course, and who is in "
                             "several in each"};
    struct ct_table t;

    ct_report_table(a, report, by, &t);
    *ret = (struct ct_report_doc){.name = "completion",
                                  .title = "Completion by discipline",
                                  .view = ct_sv_c(ct_report_view_name(by)),
                                  .view_text = ct_sv_c(views[by]),
                                  .as_of = report->as_of,
                                  .time_zone = report->time_zone,
                                  .choices = choices_of(a, filter, cat),
                                  .n_choices = N_CHOICES,
                                  .columns = columns_of(a, &t, by),
                                  .n_columns = t.n_columns,
                                  .cells = t.cells,
                                  .n_rows = t.n_rows,
                                  .has_statuses = true};
    if (report->left_out)
        ret->note = ct_arena_printf(a,
                                    "People who may only be counted, where a row has fewer than %d "
                                    "of them.",
                                    CT_REPORT_UNNAMED_MIN);
}
