/*
 * page_me.c: a person's own record.
 */
#include "certificate_priv.h"
#include "own_day_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/completion.h"
#include "ct/learn/person.h"
#include "ct/report/report.h"
#include "ct/report/transcript.h"

#include "ct/base/banned.h"

/* What to do about a completed course, in a sentence; null: nothing. */
static const char *advice_of(const struct ct_transcript_line *l)
{
    if (ct_sv_eq_c(l->worth, ct_certificate_status_name(CT_CERTIFICATE_REVOKED)))
        return "For a new certificate, pass its quizzes and cases again.";
    switch (l->due) {
    case CT_DUE_EXPIRING:
        return "To renew it, pass its quizzes and cases again by that day.";
    case CT_DUE_EXPIRED:
        return "For a new certificate, pass its quizzes and cases again.";
    case CT_DUE_UPDATE:
        return "Read what changed; it is listed above.";
    case CT_DUE_NOT_STARTED:
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_COMPLETED:
    case CT_DUE_AWAITING:
    case CT_DUE_OVERDUE:
    case CT_DUE_EXEMPT:
    case CT_DUE_WITHDRAWN:
        break;
    }
    return NULL;
}

/* Of a whole course what it is worth; of a module nothing is said. */
static void add_worth(json_t *model, const struct ct_transcript *t, const struct ct_completion *c)
{
    const struct ct_transcript_line *l = NULL;

    for (size_t i = 0; i < t->n && c->module.n == 0; i++)
        if (t->lines[i].completion == c->id)
            l = &t->lines[i];
    const char *advice = l ? advice_of(l) : NULL;
    json_object_set_new(model, "status", l ? ct_view_due(l->due) : json_null());
    json_object_set_new(model, "expires", l ? ct_view_on(l->expires) : json_null());
    json_object_set_new(model, "worth", l ? ct_view_text(l->worth) : json_null());
    json_object_set_new(model, "advice", advice ? json_string(advice) : json_null());
}

static json_t *completions_of(const struct ct_request *rq, const struct ct_completion *list,
                              size_t n, const struct ct_transcript *t)
{
    json_t *models = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct ct_completion *c = &list[i];
        json_t *model = json_pack(
            "{s:o, s:b, s:o, s:o, s:o, s:i, s:o, s:o}", "at", ct_view_on(c->on), "is_course",
            c->module.n == 0, "course_title", ct_json_sv(c->course_title), "module_title",
            ct_view_text(c->module_title), "discipline", ct_model_discipline(rq, c->discipline),
            "minutes", c->minutes, "revision", ct_view_revision(c->revision), "certificate_href",
            ct_model_certificate(rq, c->certificate));
        ct_model_add_number(model, "has_score", "score", c->score);
        add_worth(model, t, c);
        json_array_append_new(models, model);
    }
    return models;
}

/* What the completed courses are worth today. */
static int read_worth(const struct ct_request *rq, struct ct_transcript *ret, struct ct_err *err)
{
    const struct ct_desk *desk = &rq->desk;
    struct ct_report_moment now;
    int r = ct_transcript_moment(desk->db, rq->arena, desk->clock, desk->who.person, CT_SV_NULL,
                                 &now, err);

    return r < 0 ? r
                 : ct_transcript_courses(desk->db, rq->arena, rq->cat, desk->who.person, &now, ret,
                                         err);
}

/* Newest first; the record has them in the order in which they came. */
static json_t *disciplines_of(const struct ct_request *rq, const struct ct_home *home,
                              const struct ct_tenure *list, size_t n)
{
    json_t *models = json_array();

    for (size_t i = n; i-- > 0;) {
        json_t *model = ct_view_discipline(&rq->cat->disciplines, list[i].discipline);
        json_object_set_new(model, "since", ct_view_own_day(home, list[i].since));
        json_object_set_new(model, "is_now", json_boolean(i + 1 == n));
        json_array_append_new(models, model);
    }
    return models;
}

static int in_progress_of(const struct ct_request *rq, const struct ct_home *home,
                          const struct ct_course_progress *list, size_t n, json_t **ret,
                          struct ct_err *err)
{
    CT_AUTO_JSON *models = json_array();
    int r = CT_OK;

    for (size_t i = 0; r == CT_OK && i < n; i++) {
        const struct ct_course_progress *p = &list[i];
        struct ct_place place;
        if (p->status != CT_IN_PROGRESS)
            continue;
        if ((r = ct_progress_resume(&rq->desk, p->course, &place, err)) < 0)
            break;
        json_t *model = json_pack(
            "{s:o, s:o, s:i, s:i, s:o, s:o}", "course_title", ct_json_sv(p->course->title),
            "course_href", ct_json_sv(ct_href_course(rq, p->course)), "modules_done",
            (int)p->n_completed, "modules", (int)p->n_modules, "last",
            ct_view_own_day(home, p->last_at), "resume_href",
            place.kind == CT_PLACE_NONE ? json_null()
                                        : ct_json_sv(ct_href_place(rq, &place, p->course)));
        ct_view_add_noun(model, "modules_word", p->n_modules, "module", "modules");
        json_array_append_new(models, model);
    }
    if (r < 0)
        return r;
    *ret = json_incref(models);
    return CT_OK;
}

int ct_get_me(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_desk *desk = &rq->desk;
    struct ct_completion *done;
    struct ct_tenure *tenures;
    struct ct_course_progress *courses;
    size_t n_done, n_tenures, n;
    json_t *begun, *updates;
    struct ct_transcript worth;
    CT_AUTO_HOMES *homes = NULL;
    const struct ct_home *home;
    int r;

    if ((r = ct_own_home(rq, &homes, &home, err)) < 0 ||
        (r = ct_completion_list(desk->db, rq->arena, desk->who.person, &done, &n_done, err)) < 0 ||
        (r = ct_person_disciplines(desk->db, rq->arena, desk->who.person, &tenures, &n_tenures,
                                   err)) < 0 ||
        (r = read_worth(rq, &worth, err)) < 0 ||
        (r = ct_progress_all(desk, &courses, &n, err)) < 0 ||
        (r = in_progress_of(rq, home, courses, n, &begun, err)) < 0)
        return r;
    updates = ct_model_updates(rq, courses, n);
    CT_AUTO_JSON *model =
        json_pack("{s:s, s:b, s:o, s:s, s:s, s:b, s:o, s:b, s:o, s:b, s:o, s:b, s:o, s:n}", "title",
                  "My record", "has_updates", json_array_size(updates) > 0, "updates", updates,
                  "name", rq->session->name, "email", rq->session->email, "has_discipline",
                  desk->who.discipline.n > 0, "discipline",
                  ct_model_discipline(rq, desk->who.discipline), "has_disciplines", n_tenures > 0,
                  "disciplines", disciplines_of(rq, home, tenures, n_tenures), "has_in_progress",
                  json_array_size(begun) > 0, "in_progress", begun, "has_completions", n_done > 0,
                  "completions", completions_of(rq, done, n_done, &worth), "csv_href");
    if ((r = ct_model_add_hours(rq, model, err)) < 0)
        return r;
    return ct_page(rq, rs, "me", json_incref(model), err);
}
