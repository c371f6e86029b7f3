/*
 * assignments_form.c: the filters of the assignment report: what may be chosen, what was, what is
 * wrong with it.
 */
#include "assignments_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include <ctype.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum kind { SELECT, DATE, NUMBER, HIDDEN };

static const struct field {
    enum ct_ask ask;
    enum kind kind;
    const char *all;  /* of a select: its first choice */
    const char *hint; /* or NULL */
} fields[] =
    {
        {CT_ASK_AGENCY, SELECT, "All agencies", NULL},
        {CT_ASK_UNIT, SELECT, "All units", NULL},
        {CT_ASK_TASK_FORCE, SELECT, "All", NULL},
        {CT_ASK_DISCIPLINE, SELECT, "All disciplines", NULL},
        {CT_ASK_REQUIREMENT, SELECT, "All requirements", NULL},
        {CT_ASK_COURSE, SELECT, "All courses", NULL},
        {CT_ASK_BY, SELECT, "No: a row an assignment", NULL},
        {CT_ASK_THEN, SELECT, "No", NULL},
},
  more_fields[] = {
      {CT_ASK_SUPERVISOR, SELECT, "All supervisors", NULL},
      {CT_ASK_DUE_FROM, DATE, NULL, NULL},
      {CT_ASK_DUE_UNTIL, DATE, NULL, NULL},
      {CT_ASK_DUE_WITHIN, NUMBER, NULL, NULL},
      {CT_ASK_COMPLETED_FROM, DATE, NULL, NULL},
      {CT_ASK_COMPLETED_UNTIL, DATE, NULL, NULL},
      {CT_ASK_EXPIRES_WITHIN, NUMBER, NULL, NULL},
      {CT_ASK_AS_OF, DATE, NULL, "As it was at the end of a past day"},
      {CT_ASK_CURRENT, SELECT, "The present ones", NULL},
      {CT_ASK_INACTIVE, SELECT, "Left out", NULL},
      {CT_ASK_PERSON, HIDDEN, NULL, NULL},
      {CT_ASK_SORT, HIDDEN, NULL, NULL},
};

/* ---- what may be chosen ---- */

struct options {
    const struct ct_assignments_asked *at;
    struct ct_options options;
};

/* Those of the curriculum; and others that people still have. */
static void offer_disciplines(struct options *o)
{
    const struct ct_disciplines *known = &o->at->rq->cat->disciplines;
    const struct ct_assignments *r = &o->at->report;

    for (size_t i = 0; i < known->n; i++)
        ct_offer(&o->options, known->items[i].slug, known->items[i].name);
    for (size_t i = 0; i < r->n_people; i++) {
        struct ct_sv slug = r->people[i]->discipline;
        bool is_new = slug.n && ct_discipline_find(known, slug) < 0;
        for (size_t k = 0; k < json_array_size(o->options.list) && is_new; k++)
            is_new = !ct_sv_eq(ct_json_get_sv(json_array_get(o->options.list, k), "value"), slug);
        if (is_new)
            ct_offer(&o->options, slug, ct_discipline_called(o->at->rq->arena, known, slug));
    }
}

static int cmp_text(const void *pa, const void *pb)
{
    return ct_sv_cmp(*(const struct ct_sv *)pa, *(const struct ct_sv *)pb);
}

static void offer_supervisors(struct options *o)
{
    const struct ct_assignments *r = &o->at->report;
    struct ct_sv *all = ct_arena_array(o->at->rq->arena, struct ct_sv, r->n_people);
    size_t n = 0;

    for (size_t i = 0; i < r->n_people; i++)
        if (r->people[i]->supervisor.n)
            all[n++] = r->people[i]->supervisor;
    if (n)
        qsort(all, n, sizeof *all, cmp_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !ct_sv_eq(all[i - 1], all[i]))
            ct_offer(&o->options, all[i], all[i]);
}

static void offer_requirements(struct options *o)
{
    const struct ct_assignments *r = &o->at->report;
    int day = ct_day_of(r->as_of);

    for (size_t i = 0; i < r->n_requirements; i++)
        if (r->requirements[i].n_rules)
            ct_offer(&o->options, r->requirements[i].slug,
                     ct_requirement_label(o->at->rq, &o->at->scope, r->requirements,
                                          r->n_requirements, &r->requirements[i],
                                          ct_requirement_asking(&r->requirements[i], day)->title,
                                          day));
}

static void offer_courses(struct options *o)
{
    const struct ct_assignments *r = &o->at->report;

    for (size_t i = 0; i < r->n_requirements; i++) {
        struct ct_sv course = r->requirements[i].course;
        const struct ct_course *c = ct_catalogue_course(o->at->rq->cat, course);
        bool is_new = course.n > 0;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = !ct_sv_eq(r->requirements[k].course, course);
        if (is_new)
            ct_offer(&o->options, course, c ? c->title : r->requirements[i].course_title);
    }
}

static void offer_groups(struct options *o)
{
    for (int by = CT_GROUP_NONE + 1; by < CT_GROUPS; by++)
        ct_offer(&o->options, ct_sv_c(ct_group_name((enum ct_group_by)by)),
                 ct_sv_c(ct_group_label((enum ct_group_by)by)));
}

static void offer_all(struct options *o, enum ct_ask ask)
{
    switch (ask) {
    case CT_ASK_AGENCY:
        ct_offer_orgs(&o->options, o->at->rq->arena, &o->at->scope, CT_ORG_AGENCY);
        break;
    case CT_ASK_UNIT:
        ct_offer_orgs(&o->options, o->at->rq->arena, &o->at->scope, CT_ORG_UNIT);
        break;
    case CT_ASK_TASK_FORCE:
        ct_offer_orgs(&o->options, o->at->rq->arena, &o->at->scope, CT_ORG_TASK_FORCE);
        break;
    case CT_ASK_DISCIPLINE:
        offer_disciplines(o);
        break;
    case CT_ASK_SUPERVISOR:
        offer_supervisors(o);
        break;
    case CT_ASK_REQUIREMENT:
        offer_requirements(o);
        break;
    case CT_ASK_COURSE:
        offer_courses(o);
        break;
    case CT_ASK_BY:
    case CT_ASK_THEN:
        offer_groups(o);
        break;
    case CT_ASK_CURRENT:
        ct_offer(&o->options, CT_SV("no"), CT_SV("Past ones too"));
        break;
    case CT_ASK_INACTIVE:
        ct_offer(&o->options, CT_SV("yes"), CT_SV("Too"));
        break;
    case CT_ASK_STATUS:
    case CT_ASK_DUE_FROM:
    case CT_ASK_DUE_UNTIL:
    case CT_ASK_DUE_WITHIN:
    case CT_ASK_COMPLETED_FROM:
    case CT_ASK_COMPLETED_UNTIL:
    case CT_ASK_EXPIRES_WITHIN:
    case CT_ASK_AS_OF:
    case CT_ASK_PERSON:
    case CT_ASK_SORT:
        break;
    }
}

/* ---- fields ---- */

json_t *ct_model_sentence(struct ct_arena *a, const char *text)
{
    char *s;

    if (!*text)
        return json_null();
    s = ct_arena_cstr(a, ct_arena_printf(a, "%s.", text));
    s[0] = (char)toupper((unsigned char)s[0]);
    return ct_json_sv(ct_sv_c(s));
}

static json_t *field_of(const struct ct_assignments_asked *at, const struct field *f)
{
    const struct ct_ask_info *info = ct_ask_info(f->ask);
    const struct ct_err *error = &at->errors.of[f->ask];
    struct options o = {.at = at, .options = {.chosen = at->q.text[f->ask], .list = json_array()}};
    int day;

    /* A browser's field for a day or a number holds nothing else: what is none stands in one for
     * text, as it was typed. */
    bool is_line =
        error->code && o.options.chosen.n &&
        ((f->kind == DATE && !ct_day_parse(o.options.chosen, &day)) || f->kind == NUMBER);
    if (f->kind == SELECT)
        offer_all(&o, f->ask);
    /* What was come to by a number of a table, or an address, is kept. */
    if (f->kind == SELECT && o.options.chosen.n && !o.options.has_chosen)
        ct_offer(&o.options, o.options.chosen,
                 ct_sv_eq_c(o.options.chosen, CT_ASSIGNMENT_NONE) ? CT_SV("None")
                                                                  : o.options.chosen);
    return json_pack("{s:s, s:s, s:b, s:b, s:b, s:b, s:b, s:s?, s:s?, s:o, s:b, s:o, s:b, s:o}",
                     "name", info->name, "label", info->label, "is_select", f->kind == SELECT,
                     "is_date", f->kind == DATE && !is_line, "is_number",
                     f->kind == NUMBER && !is_line, "is_line", is_line, "is_hidden",
                     f->kind == HIDDEN, "all", f->all, "hint", f->hint, "value",
                     ct_view_text(o.options.chosen), "has_options",
                     json_array_size(o.options.list) > 0, "options", o.options.list, "has_error",
                     error->code != CT_OK, "error", ct_model_sentence(at->rq->arena, error->text));
}

static bool is_offered(const json_t *field)
{
    struct ct_sv value = ct_json_get_sv(field, "value");

    if (json_is_true(json_object_get(field, "is_hidden")))
        return value.n > 0;
    return !json_is_true(json_object_get(field, "is_select")) ||
           json_is_true(json_object_get(field, "has_options")) || value.n > 0;
}

static json_t *fields_of(const struct ct_assignments_asked *at, const struct field *list, size_t n,
                         bool *ret_any)
{
    json_t *model = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *field = field_of(at, &list[i]);
        *ret_any = *ret_any || (list[i].kind != HIDDEN && at->q.text[list[i].ask].n) ||
                   at->errors.of[list[i].ask].code;
        if (is_offered(field))
            json_array_append_new(model, field);
        else
            json_decref(field);
    }
    return model;
}

static json_t *statuses_of(const struct ct_assignments_asked *at)
{
    json_t *list = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:b}", "id",
                                        ct_arena_printf(at->rq->arena, "status-%d", i).p, "word",
                                        ct_due_status_name((enum ct_due_status)i), "checked",
                                        (at->wish.filter.statuses & (1u << i)) != 0));
    return list;
}

/* What was chosen in words, each with the report without it. */
static json_t *chosen_of(const struct ct_assignments_asked *at)
{
    json_t *list = json_array();

    for (size_t i = 0; i < at->n_choices; i++) {
        const struct ct_report_choice *c = &at->choices[i];
        bool is_own = at->q.text[i].n > 0; /* choices are in the order of asks */
        if (!c->value.p || at->errors.of[i].code)
            continue;
        json_array_append_new(
            list,
            json_pack("{s:s, s:o, s:o}", "label", c->label, "text",
                      ct_json_sv(c->text.p ? c->text : c->value), "without_href",
                      is_own ? ct_json_sv(ct_assignments_href_with(at, (enum ct_ask)i, CT_SV_NULL))
                             : json_null()));
    }
    return list;
}

void ct_model_add_filters(const struct ct_assignments_asked *at, json_t *model)
{
    bool few = false, more = false, is_filtered = false;
    json_t *chosen = chosen_of(at);

    for (int i = 0; i < CT_ASKS; i++)
        is_filtered = is_filtered || at->q.text[i].n;
    json_object_set_new(model, "fields",
                        fields_of(at, fields, sizeof fields / sizeof fields[0], &few));
    json_object_set_new(
        model, "more_fields",
        fields_of(at, more_fields, sizeof more_fields / sizeof more_fields[0], &more));
    json_object_set_new(model, "has_more_chosen", json_boolean(more));
    json_object_set_new(model, "statuses", statuses_of(at));
    json_object_set_new(model, "status_error",
                        ct_model_sentence(at->rq->arena, at->errors.of[CT_ASK_STATUS].text));
    json_object_set_new(model, "is_filtered", json_boolean(is_filtered));
    json_object_set_new(model, "has_chosen", json_boolean(json_array_size(chosen) > 0));
    json_object_set_new(model, "chosen", chosen);
}
