/*
 * page_explain.c: what the checker's messages mean, for everybody: the same pages that `crosstrain
 * explain` prints. Each is small and read from the disk when it is asked for.
 */
#include "pages_priv.h"

#include "ct/course/explain.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static json_t *code_model(const struct ct_request *rq, const struct ct_problem_code *c)
{
    return json_pack("{s:s, s:b, s:s, s:o}", "code", c->code, "is_error", c->code[0] == 'E',
                     "meaning", c->meaning, "href",
                     ct_json_sv(CT_URL(rq->arena, CT_SV("explain"), ct_sv_c(c->code))));
}

/* Codes of one group stand together. */
static json_t *groups_model(const struct ct_request *rq)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    json_t *groups = json_array(), *list = NULL;
    const char *name = "";

    for (size_t i = 0; i < n; i++) {
        const char *own = ct_explain_group(codes[i].code);
        if (!list || strcmp(own, name) != 0) {
            list = json_array();
            json_array_append_new(groups, json_pack("{s:s, s:o}", "name", own, "codes", list));
        }
        name = own;
        json_array_append_new(list, code_model(rq, &codes[i]));
    }
    return groups;
}

int ct_get_explain_list(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return ct_page(rq, rs, "explain-list",
                   json_pack("{s:s, s:s, s:o}", "title", "What the checker says", "lang", "en",
                             "groups", groups_model(rq)),
                   err);
}

int ct_get_explain(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const char *dir = rq->app->cfg.codes_dir;
    struct ct_explanation e;
    struct ct_sv title;
    int r;

    if (!dir)
        return ct_fail(err, CT_NOT_FOUND, "code", "this server was given no pages about messages");
    if ((r = ct_explain(rq->arena, dir, rq->params[0], &e, err)) < 0)
        return r;
    title = ct_arena_printf(rq->arena, "%s: %s", e.code->code, e.code->meaning);
    return ct_page(rq, rs, "explain",
                   json_pack("{s:o, s:s, s:s, s:b, s:o}", "title", ct_json_sv(title), "lang", "en",
                             "code", e.code->code, "is_error", e.code->code[0] == 'E', "html",
                             ct_json_sv(e.html)),
                   err);
}
