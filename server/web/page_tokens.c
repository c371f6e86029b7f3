/*
 * page_tokens.c: a manager's tokens for programs: making one, which shows it once, and revoking.
 */
#include "core_priv.h"
#include "done_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/token.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

#define SCOPE_FIELD "scope."

/* What is right is judged by learn, which knows what to say; these only bound it. */
const struct ct_field ct_tokens_form[] = {
    {"name", CT_FIELD_TEXT, offsetof(struct ct_tokens_input, name), false, 0, 1024},
    {"days", CT_FIELD_TEXT, offsetof(struct ct_tokens_input, days), false, 0, 20},
    {SCOPE_FIELD, CT_FIELD_FORM, offsetof(struct ct_tokens_input, scopes), false, 0, 0},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static json_t *day_of(struct ct_sv iso)
{
    return iso.n ? json_pack("{s:o, s:o}", "iso", ct_json_sv(iso), "long", ct_json_sv(iso))
                 : json_null();
}

static json_t *token_of(const struct ct_request *rq, const struct ct_token *t)
{
    struct ct_sv id = ct_arena_printf(rq->arena, "%lld", (long long)t->id);
    bool good = t->state == CT_TOKEN_GOOD;

    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:o}", "name", ct_json_sv(t->name), "scopes",
        ct_json_sv(t->scopes), "created", ct_view_day(t->created_at), "expires",
        ct_view_day(t->expires_at), "used", day_of(t->used_on), "is_good", good, "is_expired",
        t->state == CT_TOKEN_EXPIRED, "is_revoked", t->state == CT_TOKEN_REVOKED, "revoke_href",
        good ? ct_json_sv(CT_URL(rq->arena, CT_SV("me"), CT_SV("tokens"), id, CT_SV("revoke")))
             : json_null());
}

static bool is_chosen(const struct ct_tokens_input *in, const char *field)
{
    return !in || ct_form_get(&in->scopes, field).n > 0;
}

static const char *field_of(const struct ct_request *rq, const struct ct_token_scope_info *scope)
{
    return ct_arena_printf(rq->arena, SCOPE_FIELD "%s", scope->name).p;
}

static json_t *scopes_of(const struct ct_request *rq, const struct ct_tokens_input *in)
{
    size_t n;
    const struct ct_token_scope_info *known = ct_token_scopes(&n);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:b}", "field", field_of(rq, &known[i]),
                                        "name", known[i].name, "meaning", known[i].meaning,
                                        "is_chosen", is_chosen(in, field_of(rq, &known[i]))));
    return list;
}

static json_t *problem_of(const struct ct_err *problem, const char *field)
{
    return problem && strcmp(problem->what, field) == 0 ? ct_json_sv(ct_sv_c(problem->text))
                                                        : json_null();
}

static json_t *other_problem(const struct ct_err *problem)
{
    static const char *const fields[] = {"name", "scope", "days"};

    for (size_t i = 0; problem && i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(problem->what, fields[i]) == 0)
            return json_null();
    return problem ? ct_json_sv(ct_sv_c(problem->text)) : json_null();
}

/* `in`: what was typed, NULL before anything was; `made`: the token, or NULL. */
static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_tokens_input *in,
                const char *made, const struct ct_err *problem, struct ct_err *err)
{
    json_t *tokens = json_array();
    struct ct_token *list;
    size_t n;
    int r =
        ct_token_list(rq->desk.db, rq->arena, rq->desk.clock, rq->session->person, &list, &n, err);

    if (r < 0) {
        json_decref(tokens);
        return r;
    }
    for (size_t i = 0; i < n; i++)
        json_array_append_new(tokens, token_of(rq, &list[i]));
    return ct_page(rq, rs, "tokens",
                   json_pack("{s:s, s:o, s:b, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o}",
                             "title", "Tokens for programs", "made", ct_view_text(ct_sv_c(made)),
                             "has_tokens", n > 0, "tokens", tokens, "scopes", scopes_of(rq, in),
                             "name", in ? ct_view_text(in->name) : json_null(), "days",
                             in ? ct_json_sv(in->days)
                                : ct_json_sv(ct_arena_printf(rq->arena, "%d", CT_TOKEN_DAYS)),
                             "days_max", CT_TOKEN_DAYS_MAX, "error_name",
                             problem_of(problem, "name"), "error_scope",
                             problem_of(problem, "scope"), "error_days",
                             problem_of(problem, "days"), "error", other_problem(problem)),
                   err);
}

int ct_get_tokens(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, NULL, NULL, NULL, err);
}

/* The boxes that were ticked. A name that is no scope's is one that learn refuses. */
static unsigned ticked(const struct ct_request *rq, const struct ct_tokens_input *in)
{
    size_t n;
    const struct ct_token_scope_info *known = ct_token_scopes(&n);
    unsigned scopes = 0;

    for (size_t i = 0; i < n; i++)
        if (is_chosen(in, field_of(rq, &known[i])))
            scopes |= known[i].scope;
    return scopes;
}

int ct_post_tokens(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_tokens_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    char text[CT_BEARER_TEXT + 1];
    struct ct_token_wish wish = {.person = rq->session->person,
                                 .name = in->name,
                                 .scopes = ticked(rq, in),
                                 .by = rq->session->person};
    int r;

    ct_sv_i64(ct_sv_trim(in->days), &wish.days); /* what is no number is 0 days, which is refused */
    r = ct_token_make(rq->desk.store, rq->desk.clock, &wish, text, &problem);
    if (r == CT_OK) {
        r = ct_store_renew(rq->desk.db, err); /* the list has it, too */
        return r < 0 ? r : show(rq, rs, NULL, text, NULL, err);
    }
    if (r == CT_INTERNAL)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    rs->status = ct_status_http(r);
    r = show(rq, rs, in, NULL, &problem, err);
    return r < 0 ? r : ct_answered(&problem, err);
}

int ct_post_token_revoke(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    int64_t id, person = rq->session->person;
    int r = ct_param_id(rq->params[0], &id, err);

    if (r < 0 || (r = ct_token_revoke(rq->desk.store, rq->desk.clock, id, person, person, err)) < 0)
        return r;
    return ct_done(rq, rs, CT_DONE_TOKEN_REVOKED, CT_SV("/me/tokens"));
}
