/*
 * page_home.c: the front page: what the person's discipline asks for, and one button that leads on.
 */
#include "asked_priv.h"
#include "own_day_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

/* What is asked of me, by my profession or by those for whom I work; what is good for me; then what
 * nobody asks of me: what several professions share (for who has none), what is asked of others,
 * what is asked of nobody. */
enum shelf { REQUIRED, ASKED, RECOMMENDED, SHARED, TRACKS, MORE, N_SHELVES };

static bool is_one(ct_disc_set set)
{
    return set != 0 && (set & (set - 1)) == 0;
}

static enum shelf shelf_of(const struct ct_request *rq, const struct ct_course_progress *p,
                           const struct ct_assignments *own)
{
    ct_disc_set asked = p->course->required_for;
    bool has_discipline = rq->desk.who.set != CT_DISC_NONE;

    if (has_discipline && p->required)
        return REQUIRED;
    if (ct_asked_has_course(own, p->course->slug))
        return ASKED;
    if (has_discipline && p->recommended)
        return RECOMMENDED;
    if (!has_discipline && !is_one(asked) && (asked || p->course->recommended_for))
        return SHARED;
    return asked ? TRACKS : MORE;
}

static json_t *course_of(const struct ct_request *rq, const struct ct_course_progress *p,
                         enum shelf shelf, const struct ct_home *home)
{
    const struct ct_course *c = p->course;
    int minutes = ct_stated_minutes(p);
    ct_disc_set asked = shelf == REQUIRED ? 0 : c->required_for;
    json_t *model =
        json_pack("{s:o, s:o, s:o, s:i, s:i, s:b, s:b, s:o, s:o, s:o}", "href",
                  ct_json_sv(ct_href_course(rq, c)), "title", ct_json_sv(c->title), "summary",
                  ct_view_text(c->summary), "modules_done", (int)p->n_completed, "modules",
                  (int)p->n_modules, "is_empty", c->n_modules == 0, "has_required_for", asked != 0,
                  "required_for", ct_view_disciplines(&rq->cat->disciplines, asked), "completed",
                  ct_view_own_day(home, p->completed_at), "certificate_href",
                  ct_model_certificate(rq, p->certificate));

    ct_model_add_number(model, "has_minutes", "minutes", minutes ? minutes : -1);
    ct_view_add_noun(model, "modules_word", p->n_modules, "module", "modules");
    ct_view_add_status(model, p->status);
    return model;
}

static json_t *groups_of(const struct ct_request *rq, const struct ct_course_progress *list,
                         size_t n, const struct ct_assignments *own, const struct ct_home *home)
{
    json_t *groups = json_array();

    for (int shelf = REQUIRED; shelf < N_SHELVES; shelf++) {
        json_t *courses = json_array();
        for (size_t i = 0; i < n; i++)
            if ((int)shelf_of(rq, &list[i], own) == shelf)
                json_array_append_new(courses, course_of(rq, &list[i], (enum shelf)shelf, home));
        if (json_array_size(courses) == 0) {
            json_decref(courses);
            continue;
        }
        json_array_append_new(
            groups, json_pack("{s:b, s:b, s:b, s:b, s:b, s:b, s:b, s:o}", "is_required",
                              shelf == REQUIRED, "is_asked", shelf == ASKED, "is_recommended",
                              shelf == RECOMMENDED, "is_shared", shelf == SHARED, "is_tracks",
                              shelf == TRACKS, "is_more", shelf == MORE, "is_compact",
                              shelf == TRACKS || shelf == MORE, "courses", courses));
    }
    return groups;
}

/* A course that is still being written keeps nobody from being done. */
static bool all_done(const struct ct_request *rq, const struct ct_course_progress *list, size_t n)
{
    size_t required = 0, done = 0;

    if (rq->desk.who.set == CT_DISC_NONE)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!list[i].required || list[i].course->n_modules == 0)
            continue;
        required++;
        done += list[i].status == CT_COMPLETED;
    }
    return required > 0 && required == done;
}

/* "Start" until anything at all was begun. */
static bool nothing_begun(const struct ct_course_progress *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i].status != CT_NOT_STARTED)
            return false;
    return true;
}

int ct_get_home(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_catalogue *cat = rq->cat;
    struct ct_place place = {.kind = CT_PLACE_NONE};
    struct ct_view v = ct_page_view(rq, NULL);
    struct ct_course_progress *list;
    struct ct_assignments own;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    json_t *updates, *asked;
    size_t n, n_asked;
    int r;

    if ((r = ct_progress_all(&rq->desk, &list, &n, err)) < 0 ||
        (rq->session && (r = ct_progress_resume(&rq->desk, NULL, &place, err)) < 0) ||
        (r = ct_asked_read(rq, &own, err)) < 0 || (r = ct_own_home(rq, &homes, &home, err)) < 0)
        return r;
    asked = ct_model_asked(rq, &own);
    updates = ct_model_updates(rq, list, n);
    n_asked = json_array_size(asked);
    return ct_page(
        rq, rs, "home",
        json_pack(
            "{s:s, s:b, s:b, s:o, s:b, s:o, s:b, s:o, s:o, s:b, s:o, s:b, s:o}", "title", "Courses",
            "is_admin", rq->session && (rq->session->roles & CT_ROLE_ADMIN) != 0, "has_asked",
            n_asked > 0, "asked", asked, "has_updates", json_array_size(updates) > 0, "updates",
            updates, "has_discipline", rq->desk.who.discipline.n > 0, "discipline",
            ct_model_discipline(rq, rq->desk.who.discipline), "resume",
            ct_model_resume(rq, &place, nothing_begun(list, n)), "has_courses", n > 0, "groups",
            groups_of(rq, list, n, &own, home), "all_done", all_done(rq, list, n) && !n_asked,
            "blocks", ct_view_blocks(&v, cat->front, cat->n_front)),
        err);
}
