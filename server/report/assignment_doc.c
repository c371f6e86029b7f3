/*
 * assignment_doc.c: the assignment report, its rows or its groups, as a document for files.
 */
#include "ct/report/assignment_group.h"

#include "ct/base/banned.h"

struct ct_sv ct_assignments_zone(const struct ct_assignments *report)
{
    struct ct_sv zone = CT_SV_NULL;

    for (size_t i = 0; i < report->n_people; i++) {
        if (zone.p && !ct_sv_eq(zone, report->people[i]->time_zone))
            return CT_SV("That of each person's agency");
        zone = report->people[i]->time_zone;
    }
    return zone.p ? zone : CT_SV("UTC");
}

static struct ct_report_doc doc_of(const struct ct_assignments *report)
{
    return (struct ct_report_doc){.name = "assignments",
                                  .title = "Assignments",
                                  .as_of = report->as_of,
                                  .time_zone = ct_assignments_zone(report),
                                  .has_statuses = true};
}

static void put_row(const void *arg, size_t i, struct ct_arena *a, struct ct_sv *cells)
{
    ct_assignments_row(a, arg, i, cells);
}

void ct_assignments_doc(struct ct_arena *a, const struct ct_assignments *report,
                        struct ct_report_doc *ret)
{
    /* The file may be written after the caller has returned (ct/web/http.h). */
    struct ct_assignments *kept = ct_arena_new(a, struct ct_assignments);

    *kept = *report;
    *ret = doc_of(report);
    ret->view_text = CT_SV("A row a person, requirement and period");
    ret->columns = ct_assignments_columns(&ret->n_columns);
    ret->row = put_row;
    ret->row_arg = kept;
    ret->n_rows = report->n;
}

struct filling {
    struct ct_arena *arena;
    struct ct_sv *cells;
    size_t n;
};

static void put_number(struct filling *f, int64_t n)
{
    f->cells[f->n++] = n < 0 ? CT_SV("") : ct_arena_printf(f->arena, "%lld", (long long)n);
}

static void put_part(struct filling *f, const struct ct_assignment_group *g, int part,
                     enum ct_group_by by)
{
    if (by == CT_GROUP_NONE)
        return;
    f->cells[f->n++] = g->key[part];
    if (by != CT_GROUP_SUPERVISOR)
        f->cells[f->n++] = g->title[part];
}

static void put_group(struct filling *f, const struct ct_assignment_groups *groups,
                      const struct ct_assignment_group *g)
{
    put_part(f, g, 0, groups->by);
    put_part(f, g, 1, groups->then);
    put_number(f, (int64_t)g->people);
    put_number(f, (int64_t)g->rows);
    put_number(f, g->percent);
    for (int s = 0; s < CT_DUE_STATUSES; s++)
        put_number(f, (int64_t)g->by_status[s]);
}

void ct_assignment_groups_doc(struct ct_arena *a, const struct ct_assignments *report,
                              const struct ct_assignment_groups *groups, struct ct_report_doc *ret)
{
    struct filling f = {.arena = a};
    const char *then = groups->then == CT_GROUP_NONE ? "" : "-";

    *ret = doc_of(report);
    ret->columns = ct_assignment_groups_columns(a, groups->by, groups->then, &ret->n_columns);
    ret->n_rows = groups->n;
    f.cells = ct_arena_array(a, struct ct_sv, ret->n_rows * ret->n_columns);
    for (size_t i = 0; i < groups->n; i++)
        put_group(&f, groups, &groups->groups[i]);
    ret->cells = f.cells;
    ret->view =
        ct_arena_printf(a, "%s%s%s", ct_group_name(groups->by), then, ct_group_name(groups->then));
    ret->view_text = ct_arena_printf(
        a, "Counted by %s%s%s; all together %zu %s of %zu %s", ct_group_label(groups->by),
        *then ? " and " : "", ct_group_label(groups->then), groups->all.rows,
        ct_plural(groups->all.rows, "assignment", "assignments"), groups->all.people,
        ct_plural(groups->all.people, "person", "people"));
    if (groups->left_out)
        ret->note = ct_arena_printf(a,
                                    "People who may only be counted, where a row has fewer than %d "
                                    "of them, and in rows by unit or supervisor.",
                                    CT_REPORT_UNNAMED_MIN);
}
