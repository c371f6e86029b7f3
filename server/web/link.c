/*
 * link.c: what the pages behind one-time links and behind invitations have in common.
 */
#include "link_priv.h"

#include "core_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

/* What low layers say begins small and has no full stop. */
json_t *ct_link_problem(const struct ct_err *problem, const char *field)
{
    CT_AUTO_STR text = CT_STR_INIT(2 * sizeof problem->text);

    if (!problem || strcmp(problem->what, field) != 0)
        return json_null();
    ct_str_add_c(&text, problem->text);
    if (text.n && text.p[text.n - 1] != '.')
        ct_str_add_char(&text, '.');
    if (text.n && text.p[0] >= 'a' && text.p[0] <= 'z')
        text.p[0] = (char)(text.p[0] - 'a' + 'A');
    return ct_json_sv(ct_str_sv(&text));
}

json_t *ct_link_other_problem(const struct ct_err *problem)
{
    static const char *const fields[] = {"name", "email", "password"};

    for (size_t i = 0; problem && i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(problem->what, fields[i]) == 0)
            return json_null();
    return problem ? ct_json_sv(ct_sv_c(problem->text)) : json_null();
}

bool ct_link_same_password(const struct ct_set_up_input *in, struct ct_err *err)
{
    if (ct_sv_eq(in->password, in->password_again))
        return true;
    ct_fail(err, CT_BAD_INPUT, "password", "The two passwords are not the same.");
    return false;
}

int ct_link_closed(struct ct_request *rq, struct ct_response *rs, const char *detail,
                   const struct ct_err *missing, struct ct_err *err)
{
    static const char *const others[] = {
        "is_bad_input", "is_sign_in_needed", "is_denied", "is_not_found", "is_wrong_method",
        "is_conflict",  "is_too_big",        "is_busy",   "is_fault",     "is_full"};
    json_t *model = json_pack("{s:s, s:i, s:b, s:s, s:n, s:n, s:n, s:n}", "title",
                              "This link does not work any more", "status", 404, "is_notice", 1,
                              "detail", detail, "field", "back_href", "sign_in_href", "reference");

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        json_object_set_new(model, others[i], json_false());
    rs->status = 404;
    int r = ct_page(rq, rs, "message", model, err);
    return r < 0 ? r : ct_answered(missing, err);
}

int ct_link_enter(struct ct_request *rq, struct ct_response *rs, int64_t person, struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];

    ct_sessions_changed(rq->app->sessions);
    int r = ct_session_open_for(rq->app->sessions, person, token, err);
    if (r < 0)
        return r;
    ct_set_session_cookie(rq, rs, ct_arena_dup(rq->arena, ct_sv_c(token)));
    return ct_see_other(rq, rs, CT_SV("/"));
}
