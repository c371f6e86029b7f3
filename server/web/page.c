/*
 * page.c: a model becomes a reply: HTML through its template, or the model itself as JSON.
 */
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"

#include "ct/base/limits.h"
#include "ct/web/view.h"

#include "ct/base/banned.h"

static bool at(const struct ct_request *rq, const char *place)
{
    return ct_sv_starts(rq->path, ct_sv_c(place));
}

static json_t *person_of(const struct ct_request *rq)
{
    const struct ct_session *s = rq->session;
    bool has = s && s->discipline[0] && rq->cat;

    if (!s)
        return json_null();
    return json_pack("{s:s, s:b, s:o}", "name", s->name, "has_discipline", has, "discipline",
                     has ? ct_view_discipline(&rq->cat->disciplines, ct_sv_c(s->discipline))
                         : json_null());
}

/* What every page has; see page_top.mustache. */
static json_t *site_of(const struct ct_request *rq)
{
    struct ct_sv title = rq->cat ? rq->cat->title : CT_SV("crosstrain");
    size_t colon = ct_sv_search(title, CT_SV(": "));
    unsigned roles = rq->session ? rq->session->roles : 0;

    return json_pack(
        "{s:o, s:o, s:o, s:s, s:b, s:o, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:b, "
        "s:b}",
        "exit_href", ct_json_sv(ct_exit_href(rq->cat)), "name",
        ct_json_sv(colon == SIZE_MAX ? title : ct_sv_sub(title, 0, colon)), "tagline",
        colon == SIZE_MAX ? json_null() : ct_json_sv(ct_sv_sub(title, colon + 2, SIZE_MAX)), "csrf",
        rq->csrf ? rq->csrf : "", "signed_in", rq->session != NULL, "person", person_of(rq),
        "is_manager", (roles & (CT_ROLE_MANAGER | CT_ROLE_ADMIN)) != 0, "at_home",
        rq->path.n == 1 || at(rq, "/courses") || at(rq, "/runs"), "at_me", at(rq, "/me"),
        "at_reports", at(rq, "/reports"), "at_requirements", at(rq, "/requirements"), "is_admin",
        (roles & CT_ROLE_ADMIN) != 0, "at_people",
        at(rq, "/people") || at(rq, "/agencies") || at(rq, "/credits"), "is_trainer",
        (roles & (CT_ROLE_TRAINER | CT_ROLE_ADMIN)) != 0, "at_author", at(rq, "/author"),
        "has_glossary", rq->cat && rq->cat->glossary, "is_preview", rq->app->cfg.preview,
        "is_studio", rq->app->cfg.preview || at(rq, "/author") || at(rq, "/explain"));
}

static void add_words(const struct ct_request *rq, json_t *page)
{
    const struct ct_view_words none = {.n = 0};
    struct ct_view v = {.arena = rq->arena,
                        .disciplines = rq->cat ? &rq->cat->disciplines : NULL,
                        .own = rq->desk.who.set};

    ct_view_add_words(page, &v, rq->words ? rq->words : &none);
}

int ct_page(struct ct_request *rq, struct ct_response *rs, const char *name, json_t *model,
            struct ct_err *err)
{
    CT_AUTO_JSON *page = model;

    if (!page)
        return ct_fail(err, CT_INTERNAL, "model", "the model of %s was not built", name);
    json_object_set_new(page, "site", site_of(rq));
    add_words(rq, page);
    if (!json_object_get(page, "lang"))
        json_object_set_new(page, "lang", ct_json_sv(rq->cat ? rq->cat->lang : CT_SV("en")));
    if (!json_object_get(page, "saves_on_exit"))
        json_object_set_new(page, "saves_on_exit", json_false());
    if (!json_object_get(page, "just_done"))
        json_object_set_new(page, "just_done", ct_done_take(rq, rs));
    if (!json_object_get(page, "refresh"))
        json_object_set_new(page, "refresh", json_null());
    if (rq->wants_json) {
        rs->content_type = "application/json";
        ct_json_write(&rs->body, page);
    } else {
        int r = ct_templates_render(rq->app->templates, name, page, &rs->body, err);
        if (r < 0)
            return r;
    }
    return ct_str_ok(&rs->body) ? CT_OK
                                : ct_fail(err, CT_TOO_BIG, "page", "over %zu bytes", rs->body.max);
}

int ct_see_other(struct ct_request *rq, struct ct_response *rs, struct ct_sv location)
{
    if (!rq->wants_json) {
        rs->status = 303;
        rs->location = location;
        return CT_OK;
    }
    CT_AUTO_JSON *answer = json_pack("{s:o}", "location", ct_json_sv(location));
    rs->content_type = "application/json";
    ct_json_write(&rs->body, answer);
    return CT_OK;
}
