/*
 * page_team.c: what the pages about a team share: addresses that keep what was asked, and lists to
 * choose from.
 */
#include "team_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"
#include "ct/text/zone.h"

#include "ct/base/banned.h"

/* That of the agency, or of the unit's; of all, if they have the same. */
static struct ct_sv zone_of(const struct ct_org *orgs, size_t n, const struct ct_scope_wish *wish)
{
    struct ct_sv wished = wish->agency.n ? wish->agency : wish->unit;
    struct ct_sv agency = ct_sv_sub(wished, 0, ct_sv_find(wished, '/')), zone = CT_SV_NULL;

    for (size_t i = 0; i < n; i++) {
        if (orgs[i].kind != CT_ORG_AGENCY || (agency.n && !ct_sv_eq(orgs[i].path, agency)))
            continue;
        if (zone.n && !ct_sv_eq(zone, orgs[i].time_zone))
            return CT_SV("UTC");
        zone = orgs[i].time_zone;
    }
    return zone.n ? zone : CT_SV("UTC");
}

static int moment_of(const struct ct_request *rq, const struct ct_scope_wish *wish,
                     struct ct_team_moment *ret, struct ct_err *err)
{
    struct ct_sv day = ((const struct ct_team_input *)rq->input)->as_of;
    struct ct_team_moment m = {.as_of = ct_now(rq->desk.clock)};
    char text[CT_TIME_TEXT];
    struct ct_org *orgs;
    struct ct_zone *zone;
    size_t n;
    int r;

    if (day.n && !ct_day_parse(day, &m.day))
        return ct_fail(err, CT_BAD_INPUT, "as_of", "a day is written as in 2026-11-22");
    if ((r = ct_org_list(rq->desk.db, rq->arena, &orgs, &n, err)) < 0)
        return r;
    m.time_zone = zone_of(orgs, n, wish);
    if ((r = ct_zone_open(m.time_zone, &zone, err)) < 0)
        return r;
    int today = ct_zone_day(zone, m.as_of);
    if (day.n && m.day < today)
        m.as_of = ct_zone_day_end(zone, m.day);
    ct_zone_free(zone);
    if (day.n && m.day > today)
        return ct_fail(err, CT_BAD_INPUT, "as_of", "this day is still to come");
    m.day = day.n ? m.day : today;
    m.day_text = ct_arena_dup(rq->arena, ct_sv_c(ct_day_text(m.day, text)));
    *ret = m;
    return CT_OK;
}

int ct_team_scope(const struct ct_request *rq, struct ct_team_moment *ret_moment,
                  struct ct_scope *ret, struct ct_err *err)
{
    const struct ct_team_input *in = rq->input;
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    struct ct_scope_wish wish = {
        .agency = in->report.agency, .unit = in->report.unit, .task_force = in->report.task_force};
    int r = moment_of(rq, &wish, ret_moment, err);

    if (r < 0)
        return r;
    wish.day = ret_moment->day_text;
    return ct_org_scope(rq->desk.db, rq->arena, &viewer, &wish, ret_moment->as_of, ret, err);
}

struct ct_sv ct_team_href(const struct ct_request *rq, const struct ct_field *fields,
                          const char *path, const char *name, const char *value)
{
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, path);
    for (const struct ct_field *f = fields; f->name; f++) {
        struct ct_sv chosen = *(const struct ct_sv *)((const char *)rq->input + f->offset);
        if (name && strcmp(f->name, name) == 0)
            chosen = ct_sv_c(value);
        if (chosen.n)
            ct_url_add_query(&url, &first, ct_sv_c(f->name), chosen);
    }
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

static json_t *courses_of(const struct ct_request *rq, struct ct_sv chosen)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rq->cat->n_courses; i++) {
        const struct ct_course *c = &rq->cat->courses[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:b}", "slug", ct_json_sv(c->slug),
                                              "title", ct_json_sv(c->title), "selected",
                                              ct_sv_eq(c->slug, chosen)));
    }
    return list;
}

void ct_team_add_choices(const struct ct_request *rq, json_t *model, struct ct_sv course,
                         struct ct_sv discipline)
{
    json_t *list = ct_view_disciplines(&rq->cat->disciplines, CT_DISC_ALL);
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        bool selected = ct_sv_eq(ct_json_get_sv(one, "slug"), discipline);
        json_object_set_new(one, "selected", json_boolean(selected));
    }
    json_object_set_new(model, "disciplines", list);
    json_object_set_new(model, "courses", courses_of(rq, course));
}

void ct_team_add_files(const struct ct_request *rq, const struct ct_field *fields, const char *path,
                       json_t *model)
{
    static const char *const kinds[][2] = {
        {"xlsx_href", "xlsx"}, {"csv_href", "csv"}, {"json_href", "json"}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *file = ct_arena_printf(rq->arena, "%s.%s", path, kinds[i][1]).p;
        json_object_set_new(model, kinds[i][0],
                            ct_json_sv(ct_team_href(rq, fields, file, NULL, NULL)));
    }
}
