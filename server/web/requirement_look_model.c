/*
 * requirement_look_model.c: what a rule means before it is saved: its sentence, whom it hits today,
 * what one should know beside it; and what was recorded of a requirement.
 */
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

enum { NAMES_MAX = 300, NAMES_TOLD = 5 };

static void warn(json_t *list, struct ct_sv text, json_t *href)
{
    json_array_append_new(list, json_pack("{s:o, s:o}", "text", ct_json_sv(text), "href", href));
}

/* "Ann Ito, Bob Abel and 3 more": of these whom the asker names. */
static struct ct_sv some_names(struct ct_request *rq, const struct ct_asker *asker,
                               const struct ct_assignee *const *people, size_t n, size_t *ret_named)
{
    struct ct_sv text = CT_SV("");
    size_t told = 0, named = 0;

    for (size_t i = 0; i < n; i++) {
        if (!ct_asker_names(asker, people[i]->id) || named++ >= NAMES_TOLD)
            continue;
        text = ct_arena_printf(rq->arena, "%.*s%s%.*s", CT_SV_ARG(text), told ? ", " : "",
                               CT_SV_ARG(people[i]->name));
        told++;
    }
    if (named > told)
        text = ct_arena_printf(rq->arena, "%.*s and %zu more", CT_SV_ARG(text), named - told);
    *ret_named = named;
    return text;
}

static void warn_overlap(struct ct_request *rq, const struct ct_requirement_edit *e,
                         const struct ct_requirement_overlap *o, json_t *list)
{
    size_t n;
    struct ct_sv names = some_names(rq, &e->asker, o->people, o->n, &n);
    const char *same = e->made.kind == CT_REQUIREMENT_HOURS ? "hours" : "the same";
    int today = ct_day_of(ct_now(rq->desk.clock));
    struct ct_err denied = CT_ERR_INIT;

    /* What another agency asks of its own people is nobody else's business, not how many either. */
    if (n == 0)
        return;
    /* One that has not begun hits nobody yet, so that only who may change it is shown it. */
    bool shown = o->rule->due.from <= today ||
                 ct_asker_may_change(&e->asker, o->requirement, today, &denied) == CT_OK;
    warn(list,
         ct_arena_printf(rq->arena, "“%.*s” asks %s of %zu of them: %.*s.",
                         CT_SV_ARG(o->rule->title), same, n, CT_SV_ARG(names)),
         shown ? ct_json_sv(ct_href_requirement(rq, o->requirement->slug)) : json_null());
}

static void warn_disciplines(struct ct_request *rq, const struct ct_requirement_edit *e,
                             json_t *list)
{
    for (size_t i = 0; i < e->rule.n_disciplines; i++)
        if (ct_discipline_find(&rq->cat->disciplines, e->rule.disciplines[i]) < 0)
            warn(list,
                 ct_arena_printf(
                     rq->arena, "%.*s: who still has this discipline stays under this requirement.",
                     CT_SV_ARG(ct_discipline_called(rq->arena, &rq->cat->disciplines,
                                                    e->rule.disciplines[i]))),
                 json_null());
}

static json_t *names_of(const struct ct_asker *asker, const struct ct_assignee *const *people,
                        size_t n, size_t *ret_named)
{
    json_t *list = json_array();
    size_t named = 0;

    for (size_t i = 0; i < n; i++) {
        if (!ct_asker_names(asker, people[i]->id))
            continue;
        if (named++ < NAMES_MAX)
            json_array_append_new(
                list,
                json_pack("{s:o, s:o, s:o}", "name", ct_json_sv(people[i]->name), "email",
                          ct_json_sv(people[i]->email), "where",
                          ct_view_text(people[i]->unit.n ? people[i]->unit : people[i]->agency)));
    }
    *ret_named = named;
    return list;
}

int ct_requirement_look_model(struct ct_request *rq, const struct ct_requirement_edit *e,
                              json_t **ret, struct ct_err *err)
{
    int64_t now = ct_now(rq->desk.clock);
    const struct ct_assignee **people;
    struct ct_requirement_overlap *overlaps;
    struct ct_sv sentence;
    struct ct_sv renewal = ct_requirement_renewal(rq->arena, rq->cat, &e->made, &e->rule);
    size_t n, n_overlaps, named, unnamed;
    json_t *warnings, *names;
    int r;

    if ((r = ct_requirement_sentence(rq->desk.db, rq->arena, rq->cat, &e->made, &e->rule, &sentence,
                                     err)) < 0 ||
        (r = ct_requirement_preview(rq->desk.db, rq->arena, &e->rule, now, &people, &n, err)) < 0 ||
        (r = ct_requirement_overlaps(rq->desk.db, rq->arena, &e->made, &e->rule, now, &overlaps,
                                     &n_overlaps, err)) < 0)
        return r;
    warnings = json_array();
    if (n == 0)
        warn(warnings, CT_SV("It hits nobody today. It will hit whoever comes under it later."),
             json_null());
    for (size_t i = 0; i < n_overlaps; i++)
        warn_overlap(rq, e, &overlaps[i], warnings);
    if (renewal.n)
        warn(warnings, renewal, json_null());
    warn_disciplines(rq, e, warnings);
    names = names_of(&e->asker, people, n, &named);
    unnamed = ct_asker_unnamed(&e->asker, people, n);
    *ret = json_pack("{s:o, s:o, s:o, s:i, s:b, s:b, s:b, s:o, s:b, s:i, s:b, s:i, s:b, s:b, s:o}",
                     "title", ct_json_sv(e->rule.title), "sentence", ct_json_sv(sentence), "from",
                     ct_view_day_number(e->rule.due.from), "count", (int)(named + unnamed),
                     "is_one", named + unnamed == 1, "is_later", e->rule.due.from > ct_day_of(now),
                     "has_people", named > 0, "people", names, "has_more", named > NAMES_MAX,
                     "more", named > NAMES_MAX ? (int)(named - NAMES_MAX) : 0, "has_unnamed",
                     unnamed > 0, "unnamed", (int)unnamed, "left_out", n > named + unnamed,
                     "has_warnings", json_array_size(warnings) > 0, "warnings", warnings);
    r = ct_model_name_places(rq, now, names, err);
    if (r < 0)
        json_decref(*ret);
    return r;
}

int ct_requirement_history_model(struct ct_request *rq, const struct ct_asker *asker,
                                 const struct ct_requirement *q, int64_t since, json_t **ret,
                                 struct ct_err *err)
{
    struct ct_requirement_rule *rules;
    CT_AUTO_JSON *list = json_array();
    size_t n;
    int r = ct_requirement_history(rq->desk.db, rq->arena, q->id, &rules, &n, err);

    for (size_t i = n; r == CT_OK && i-- > 0;) {
        struct ct_requirement_rule told = ct_asker_told(asker, rq->arena, &rules[i]);
        struct ct_sv sentence = CT_SV("Nothing is required any more.");
        if (rules[i].id <= since)
            continue;
        if (!told.ends)
            r = ct_requirement_sentence(rq->desk.db, rq->arena, rq->cat, q, &told, &sentence, err);
        if (r == CT_OK)
            json_array_append_new(list,
                                  json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}", "from",
                                            ct_view_day_number(told.due.from), "sentence",
                                            ct_json_sv(sentence), "title", ct_json_sv(told.title),
                                            "recorded", ct_view_moment(told.at), "by",
                                            ct_view_text(told.by_name), "ends", told.ends));
    }
    if (r < 0)
        return r;
    *ret = json_incref(list);
    return CT_OK;
}
