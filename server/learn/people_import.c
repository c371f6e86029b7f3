/*
 * people_import.c: a line about a person: its cells, what is wrong with them. What the line does is
 * people_import_apply.c.
 */
#include "import_priv.h"

#include "ct/base/banned.h"

static const char *const columns[CT_COL_N + 1] = {
    "email",       "name",     "last_name", "first_name",  "certificate_name", "discipline",
    "employer_id", "agency",   "unit",      "task_forces", "supervisor",       "licence_body",
    "licence_no",  "hired_on", "active",    NULL};
static const char *const needed[] = {NULL};

static bool has_force(const struct ct_import_line *line, int64_t id)
{
    for (size_t i = 0; i < line->n_task_forces; i++)
        if (line->task_forces[i] == id)
            return true;
    return false;
}

static int find_forces(struct ct_import *im, struct ct_import_line *line)
{
    struct ct_sv rest = line->cells[CT_COL_TASK_FORCES], part;

    while (ct_sv_split(&rest, ';', &part)) {
        part = ct_sv_trim(part);
        if (part.n == 0)
            continue;
        int64_t id = ct_import_org(im, CT_ORG_TASK_FORCE, "task_forces", part);
        if (!id)
            return CT_BAD_INPUT;
        if (has_force(line, id))
            continue;
        if (line->n_task_forces == CT_IMPORT_FORCES_MAX)
            return ct_import_complain(im, "task_forces", "too many for one person");
        line->task_forces[line->n_task_forces++] = id;
    }
    return CT_OK;
}

static int find_orgs(struct ct_import *im, struct ct_import_line *line)
{
    struct ct_sv agency = line->cells[CT_COL_AGENCY], unit = line->cells[CT_COL_UNIT];

    line->agency = ct_import_org(im, CT_ORG_AGENCY, "agency", agency);
    if (agency.n && !line->agency)
        return CT_BAD_INPUT;
    if (unit.n) {
        const struct ct_org *o = ct_import_unit(im, agency, line->agency, unit);
        if (!o)
            return CT_BAD_INPUT;
        line->unit = o->id;
        line->agency = o->agency;
    }
    return find_forces(im, line);
}

static int check_facts(struct ct_import *im, const struct ct_import_line *line)
{
    int worst = CT_OK;

    for (size_t i = 0; i < CT_COL_N; i++) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv field = ct_sv_c(columns[i]);
        if (line->cells[i].n && ct_fact_is_field(field) &&
            ct_fact_check(field, line->cells[i], &err) < 0)
            worst = ct_import_complain(im, columns[i], err.text);
    }
    struct ct_err unfit = CT_ERR_INIT;
    struct ct_sv printed = line->cells[CT_COL_CERTIFICATE_NAME];
    if (printed.n && ct_fact_check(CT_SV("name"), printed, &unfit) < 0)
        worst = ct_import_complain(im, "certificate_name", unfit.text);
    struct ct_sv d = line->cells[CT_COL_DISCIPLINE];
    if (d.n && ct_discipline_find(&im->wish->cat->disciplines, d) < 0)
        worst = ct_import_complain(im, "discipline", "the curriculum has no such discipline");
    return worst;
}

static int check_twice(struct ct_import *im, const struct ct_import_line *line)
{
    struct ct_arena *a = im->scratch;
    struct ct_sv email = line->cells[CT_COL_EMAIL], number = line->cells[CT_COL_EMPLOYER_ID];
    size_t before = 0;
    const char *column = "email";

    if (email.n)
        before = ct_import_seen(im, ct_email_key(a, email));
    if (!before && number.n && line->agency) {
        column = "employer_id";
        before = ct_import_seen(
            im, ct_arena_printf(a, "%lld\n%.*s", (long long)line->agency, CT_SV_ARG(number)));
    }
    return before ? ct_import_complain(
                        im, column,
                        ct_arena_printf(im->scratch, "line %zu is about the same person", before).p)
                  : CT_OK;
}

static int take(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                struct ct_err *err)
{
    struct ct_import_line line = {.name = cells[CT_COL_NAME]};

    memcpy(line.cells, cells, sizeof line.cells);
    line.cells[CT_COL_ACTIVE] = ct_import_yes_or_no(cells[CT_COL_ACTIVE]);
    if (line.name.n == 0)
        line.name = ct_sv_trim(ct_arena_printf(im->scratch, "%.*s %.*s",
                                               CT_SV_ARG(cells[CT_COL_FIRST_NAME]),
                                               CT_SV_ARG(cells[CT_COL_LAST_NAME])));
    int r = check_facts(im, &line);
    if (find_orgs(im, &line) < 0 || check_twice(im, &line) < 0 || r < 0)
        return CT_BAD_INPUT;
    return ct_import_apply(im, &line, ret, err);
}

const struct ct_import_file ct_import_people = {"people", columns, CT_COL_N,
                                                needed,   take,    ct_import_put_person};
