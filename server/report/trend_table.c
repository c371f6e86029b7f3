/*
 * trend_table.c: a trend as the rows of files and terminals. Names of columns are a promise to
 * those who read them by program.
 */
#include "trend_priv.h"

#include "ct/base/banned.h"

static const struct ct_column columns[] = {
    {"period", CT_COLUMN_TEXT, "The month, quarter or week: 2026-03, 2026-Q1, 2026-W09"},
    {"from", CT_COLUMN_DATE, "Its first day, or the first one that was asked for"},
    {"until", CT_COLUMN_DATE, "Its last day, or the last one that was asked for"},
    {"people", CT_COLUMN_INTEGER, "How many people were in the team on the last day"},
    {"completed", CT_COLUMN_INTEGER,
     "How many courses these people completed for the first time in the period"},
    {"completed_ever", CT_COLUMN_INTEGER, "How many courses they had completed by the last day"},
    {"asked", CT_COLUMN_INTEGER,
     "How many requirements were on them on the last day, one a person and requirement"},
    {"standing_completed", CT_COLUMN_INTEGER, "Of these: completed, expiring or update due"},
    {"standing_open", CT_COLUMN_INTEGER, "Of these: not started, in progress or awaiting approval"},
    {"standing_overdue", CT_COLUMN_INTEGER, "Of these: overdue or expired"},
    {"standing_exempt", CT_COLUMN_INTEGER, "Of these: exempt"},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0], N_CHOICES = 8 };

const struct ct_column *ct_trend_columns(size_t *ret_n)
{
    *ret_n = N_COLUMNS;
    return columns;
}

static void put_point(struct ct_arena *a, const struct ct_trend_point *p, struct ct_sv *cells)
{
    const size_t numbers[] = {p->people,
                              p->completed,
                              p->completed_ever,
                              p->asked,
                              p->standing[CT_TREND_COMPLETED],
                              p->standing[CT_TREND_OPEN],
                              p->standing[CT_TREND_OVERDUE],
                              p->standing[CT_TREND_EXEMPT]};
    char day[CT_TIME_TEXT];

    cells[0] = p->label;
    cells[1] = ct_arena_dup(a, ct_sv_c(ct_day_text(p->from, day)));
    cells[2] = ct_arena_dup(a, ct_sv_c(ct_day_text(p->until, day)));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        cells[3 + i] = ct_arena_printf(a, "%zu", numbers[i]);
}

static struct ct_report_choice org_choice(const char *name, const char *label,
                                          const struct ct_org *o)
{
    return (struct ct_report_choice){name, label, o ? o->path : CT_SV_NULL,
                                     o ? o->name : CT_SV_NULL};
}

static struct ct_report_choice day_choice(struct ct_arena *a, const char *name, const char *label,
                                          int day)
{
    char text[CT_TIME_TEXT];

    return (struct ct_report_choice){name, label, ct_arena_dup(a, ct_sv_c(ct_day_text(day, text))),
                                     CT_SV_NULL};
}

static const struct ct_report_choice *choices_of(struct ct_arena *a, const struct ct_catalogue *cat,
                                                 const struct ct_trend *t,
                                                 const struct ct_trend_filter *f)
{
    struct ct_report_choice *all = ct_arena_array(a, struct ct_report_choice, N_CHOICES);
    const struct ct_course *course = f->course.p ? ct_catalogue_course(cat, f->course) : NULL;

    all[0] = (struct ct_report_choice){"course", "Course", f->course,
                                       course ? course->title : CT_SV_NULL};
    all[1] = (struct ct_report_choice){"requirement", "Requirement", f->requirement, CT_SV_NULL};
    all[2] = (struct ct_report_choice){
        "discipline", "Discipline", f->discipline,
        f->discipline.p ? ct_discipline_called(a, &cat->disciplines, f->discipline) : CT_SV_NULL};
    all[3] = org_choice("agency", "Agency", t->scope.agency);
    all[4] = org_choice("unit", "Unit", t->scope.unit);
    all[5] = org_choice("task_force", "Task force", t->scope.task_force);
    all[6] = day_choice(a, "from", "From", t->points[0].from);
    all[7] = day_choice(a, "until", "Until", t->points[t->n - 1].until);
    return all;
}

void ct_trend_doc(struct ct_arena *a, const struct ct_catalogue *cat, const struct ct_trend *t,
                  const struct ct_trend_filter *filter, struct ct_report_doc *ret)
{
    static const char *const views[] = {[CT_TREND_MONTH] = "A row a month",
                                        [CT_TREND_QUARTER] = "A row a quarter",
                                        [CT_TREND_WEEK] = "A row a week"};
    struct ct_sv *cells = ct_arena_array(a, struct ct_sv, t->n * N_COLUMNS);

    for (size_t i = 0; i < t->n; i++)
        put_point(a, &t->points[i], &cells[i * N_COLUMNS]);
    *ret = (struct ct_report_doc){.name = "trends",
                                  .title = "Trends of a team",
                                  .view = ct_sv_c(ct_trend_by_name(filter->by)),
                                  .view_text = ct_sv_c(views[filter->by]),
                                  .as_of = t->as_of,
                                  .time_zone = CT_SV("UTC"),
                                  .choices = choices_of(a, cat, t, filter),
                                  .n_choices = N_CHOICES,
                                  .columns = columns,
                                  .n_columns = N_COLUMNS,
                                  .cells = cells,
                                  .n_rows = t->n};
    if (t->hides_some)
        ret->note = CT_SV("People of other agencies whose names are not shared are in no number.");
}
