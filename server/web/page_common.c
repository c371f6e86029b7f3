/*
 * page_common.c: what handlers begin alike with: finding what an address names, and naming it
 * again.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

bool ct_is_mine(const struct ct_request *rq, ct_disc_set set)
{
    return ct_disc_has(set, rq->desk.who.set);
}

int ct_spot_find(const struct ct_request *rq, enum ct_spot_depth depth, struct ct_spot *ret,
                 struct ct_err *err)
{
    struct ct_spot spot = {.course = ct_catalogue_course(rq->cat, rq->params[0])};

    if (!spot.course)
        return ct_fail(err, CT_NOT_FOUND, "course", "no such course");
    if (depth >= CT_SPOT_MODULE && !(spot.module = ct_course_module(spot.course, rq->params[1])))
        return ct_fail(err, CT_NOT_FOUND, "module", "no such module");
    if (depth == CT_SPOT_SECTION) {
        spot.section = ct_module_section(spot.module, rq->params[2]);
        if (!spot.section || !ct_is_mine(rq, spot.section->disciplines))
            return ct_fail(err, CT_NOT_FOUND, "section", "no such section");
    }
    *ret = spot;
    return CT_OK;
}

int ct_answered(const struct ct_err *failure, struct ct_err *err)
{
    ct_fail(err, failure->code, failure->what, "%s", failure->text);
    return CT_OK;
}

int ct_param_id(struct ct_sv param, int64_t *ret, struct ct_err *err)
{
    if (!ct_sv_i64(param, ret) || *ret < 1)
        return ct_fail(err, CT_NOT_FOUND, "id", "no such record");
    return CT_OK;
}

struct ct_sv ct_href_course(const struct ct_request *rq, const struct ct_course *c)
{
    return CT_URL(rq->arena, CT_SV("courses"), c->slug);
}

struct ct_sv ct_href_module(const struct ct_request *rq, const struct ct_course *c,
                            const struct ct_module *m)
{
    return CT_URL(rq->arena, CT_SV("courses"), c->slug, m->slug);
}

struct ct_sv ct_href_section(const struct ct_request *rq, const struct ct_course *c,
                             const struct ct_module *m, const struct ct_section *s)
{
    return CT_URL(rq->arena, CT_SV("courses"), c->slug, m->slug, s->slug);
}

struct ct_sv ct_href_question(const struct ct_request *rq, const struct ct_spot *at,
                              const struct ct_question *q)
{
    struct ct_sv section = ct_href_section(rq, at->course, at->module, at->section);
    CT_AUTO_STR href = CT_STR_INIT(CT_URL_MAX);

    ct_str_add_sv(&href, section);
    ct_str_add_c(&href, "#q-");
    ct_url_add_segment(&href, q->id);
    return ct_str_ok(&href) ? ct_arena_dup(rq->arena, ct_str_sv(&href)) : section;
}

struct ct_sv ct_href_part(const struct ct_request *rq, const struct ct_course *c,
                          const struct ct_module *m, struct ct_sv part)
{
    return CT_URL(rq->arena, CT_SV("courses"), c->slug, m->slug, part);
}

static struct ct_sv digits(const struct ct_request *rq, int64_t id)
{
    return ct_arena_printf(rq->arena, "%lld", (long long)id);
}

struct ct_sv ct_href_attempt(const struct ct_request *rq, const struct ct_course *c,
                             const struct ct_module *m, int64_t id)
{
    return CT_URL(rq->arena, CT_SV("courses"), c->slug, m->slug, CT_SV("quiz"), digits(rq, id));
}

struct ct_sv ct_href_run(const struct ct_request *rq, int64_t id)
{
    return CT_URL(rq->arena, CT_SV("runs"), digits(rq, id));
}

struct ct_sv ct_href_place(const struct ct_request *rq, const struct ct_place *p,
                           const struct ct_course *course)
{
    switch (p->kind) {
    case CT_PLACE_NONE:
        break;
    case CT_PLACE_SECTION:
        return ct_href_section(rq, p->course, p->module, p->section);
    case CT_PLACE_QUIZ:
        return ct_href_part(rq, p->course, p->module, CT_SV("quiz"));
    case CT_PLACE_ATTEMPT:
        return ct_href_attempt(rq, p->course, p->module, p->id);
    case CT_PLACE_PLAY:
        return ct_href_part(rq, p->course, p->module, CT_SV("play"));
    case CT_PLACE_RUN:
        return ct_href_run(rq, p->id);
    }
    return course ? ct_href_course(rq, course) : CT_SV("/");
}

struct ct_view ct_page_view(const struct ct_request *rq, const struct ct_module *m)
{
    return (struct ct_view){
        .arena = rq->arena,
        .disciplines = &rq->cat->disciplines,
        .own = rq->desk.who.set,
        .questions = CT_VIEW_STATIC,
        .module = m,
        .words = rq->words,
        .csrf = rq->csrf,
    };
}

size_t ct_section_number(const struct ct_request *rq, const struct ct_module *m,
                         const struct ct_section *s)
{
    size_t number = 0;

    for (size_t i = 0; i < m->n_sections; i++) {
        if (!ct_is_mine(rq, m->sections[i].disciplines))
            continue;
        number++;
        if (s && ct_sv_eq(m->sections[i].slug, s->slug))
            break;
    }
    return number;
}

const struct ct_module *ct_next_module(const struct ct_request *rq, const struct ct_course *c,
                                       const struct ct_module *m)
{
    bool behind = false;

    for (size_t i = 0; i < c->n_modules; i++) {
        if (behind && ct_is_mine(rq, c->modules[i]->disciplines))
            return c->modules[i];
        behind = behind || ct_sv_eq(c->modules[i]->id, m->id);
    }
    return NULL;
}

size_t ct_quiz_size(const struct ct_request *rq, const struct ct_quiz *quiz)
{
    const struct ct_question **drawn =
        ct_arena_array(rq->arena, const struct ct_question *, quiz->n_questions);

    return ct_quiz_draw(quiz, rq->desk.who.set, 0, drawn);
}

int ct_stated_minutes(const struct ct_course_progress *p)
{
    int minutes = 0;

    for (size_t i = 0; i < p->n_modules; i++)
        minutes += p->modules[i].module->minutes;
    return minutes;
}
