/*
 * page_assignments.c: how everybody stands to what is required of them, as a page and as files. All
 * that is asked is in the address; what is wrong there is said at the filter, and the page is there
 * all the same.
 */
#include "assignments_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/person.h"

#include "ct/base/banned.h"

#define ASK(name, ask, max)                                                                        \
    {                                                                                              \
        name, CT_FIELD_TEXT, offsetof(struct ct_assignments_input, q.text[ask]), false, 0, max     \
    }
#define ASKS                                                                                       \
    ASK("agency", CT_ASK_AGENCY, 160), ASK("unit", CT_ASK_UNIT, 160),                              \
        ASK("task_force", CT_ASK_TASK_FORCE, 160), ASK("discipline", CT_ASK_DISCIPLINE, 64),       \
        ASK("supervisor", CT_ASK_SUPERVISOR, 200), ASK("requirement", CT_ASK_REQUIREMENT, 64),     \
        ASK("course", CT_ASK_COURSE, 64),                                                          \
        {"status", CT_FIELD_LIST, offsetof(struct ct_assignments_input, statuses), false, 0, 200}, \
        ASK("due_from", CT_ASK_DUE_FROM, 64), ASK("due_until", CT_ASK_DUE_UNTIL, 64),              \
        ASK("due_within", CT_ASK_DUE_WITHIN, 64),                                                  \
        ASK("completed_from", CT_ASK_COMPLETED_FROM, 64),                                          \
        ASK("completed_until", CT_ASK_COMPLETED_UNTIL, 64),                                        \
        ASK("expires_within", CT_ASK_EXPIRES_WITHIN, 64), ASK("current", CT_ASK_CURRENT, 64),      \
        ASK("inactive", CT_ASK_INACTIVE, 64), ASK("as_of", CT_ASK_AS_OF, 64),                      \
        ASK("person", CT_ASK_PERSON, CT_EMAIL_MAX), ASK("by", CT_ASK_BY, 64),                      \
        ASK("then", CT_ASK_THEN, 64), ASK("sort", CT_ASK_SORT, 64)

/* A test holds names and lengths to those of ct_ask_info. */
const struct ct_field ct_assignments_query[] = {
    ASKS,
    {"page", CT_FIELD_I64, offsetof(struct ct_assignments_input, page), false, 1, 1000000},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_assignments_file_query[] = {ASKS, {NULL, CT_FIELD_TEXT, 0, false, 0, 0}};

/* ---- what was asked ---- */

static struct ct_assignment_query query_of(const struct ct_request *rq)
{
    const struct ct_assignments_input *in = rq->input;
    struct ct_assignment_query q = in->q;
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < in->statuses.n; i++)
        if (in->statuses.fields[i].value.n)
            all = ct_arena_printf(rq->arena, "%.*s%s%.*s", CT_SV_ARG(all), all.n ? "," : "",
                                  CT_SV_ARG(in->statuses.fields[i].value));
    q.text[CT_ASK_STATUS] = all;
    return q;
}

/* The filter of this name; CT_ASKS for none. */
static int ask_of(const char *what)
{
    int ask = 0;

    while (ask < CT_ASKS && strcmp(ct_ask_info((enum ct_ask)ask)->name, what) != 0)
        ask++;
    return ask;
}

/* Notes what is wrong with one filter. False for a failure that is of none. */
static bool note(struct ct_assignments_asked *at, const struct ct_err *failure)
{
    int ask = ask_of(failure->what);

    if (ask == CT_ASKS || (failure->code != CT_BAD_INPUT && failure->code != CT_DENIED))
        return false;
    at->errors.n += at->errors.of[ask].code == CT_OK;
    at->errors.of[ask] = *failure;
    return true;
}

static int find_scope(struct ct_assignments_asked *at, int64_t as_of, struct ct_err *err)
{
    struct ct_request *rq = at->rq;
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    const struct ct_scope_wish everything = {.day = at->wish.scope.day};
    struct ct_err failure = CT_ERR_INIT;
    int r =
        ct_org_scope(rq->desk.db, rq->arena, &viewer, &at->wish.scope, as_of, &at->scope, &failure);

    if (r == CT_OK)
        return CT_OK;
    if (!note(at, &failure))
        return ct_fail(err, failure.code, failure.what, "%s", failure.text);
    return ct_org_scope(rq->desk.db, rq->arena, &viewer, &everything, as_of, &at->scope, err);
}

/* The moment of the report: the end of a day, in the time zone of the agency. */
static int find_moment(struct ct_assignments_asked *at, int64_t *ret, struct ct_err *err)
{
    struct ct_request *rq = at->rq;
    int64_t now = ct_now(rq->desk.clock);
    struct ct_err failure = CT_ERR_INIT;

    *ret = now;
    if (at->wish.as_of == CT_DAY_NONE)
        return CT_OK;
    at->wish.scope.day = at->q.text[CT_ASK_AS_OF];
    if (ct_assignment_moment(rq->desk.db, at->wish.as_of, at->wish.scope.agency, now, ret,
                             &failure) == CT_OK)
        return CT_OK;
    /* Of an agency that there is not the scope says so, in words that are the same to everybody. */
    return ct_assignment_moment(rq->desk.db, at->wish.as_of, CT_SV_NULL, now, ret, err);
}

static int read_report(struct ct_assignments_asked *at, int64_t as_of, struct ct_err *err)
{
    struct ct_request *rq = at->rq;
    struct ct_assignment_filter none = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_err failure = CT_ERR_INIT;
    int r = ct_assignments(rq->desk.db, rq->arena, as_of, &at->wish.filter, &at->report, &failure);

    if (r == CT_OK)
        return CT_OK;
    if (!note(at, &failure))
        return ct_fail(err, failure.code, failure.what, "%s", failure.text);
    none.scope = &at->scope;
    return ct_assignments(rq->desk.db, rq->arena, as_of, &none, &at->report, err);
}

static int count_groups(struct ct_assignments_asked *at, struct ct_err *err)
{
    struct ct_request *rq = at->rq;
    struct ct_org *orgs;
    size_t n;
    int r = ct_org_list_as_of(rq->desk.db, rq->arena, at->report.as_of, &orgs, &n, err);

    if (r == CT_OK)
        ct_assignments_group(rq->arena, &at->report, &at->wish, &at->scope, orgs, n, rq->cat,
                             &at->groups);
    return r;
}

static int ask(struct ct_assignments_asked *at, struct ct_err *err)
{
    struct ct_request *rq = at->rq;
    int64_t as_of;
    int r;

    at->q = query_of(rq);
    if ((r = ct_assignment_query_whom(rq->desk.db, rq->arena, &at->q, err)) < 0)
        return r;
    ct_assignment_query_read(&at->q, ct_now(rq->desk.clock), &at->wish, &at->errors);
    if ((r = find_moment(at, &as_of, err)) < 0 || (r = find_scope(at, as_of, err)) < 0 ||
        (r = ct_curriculum_as_of(rq->desk.db, rq->arena, rq->cat, as_of, &rq->cat, err)) < 0)
        return r;
    at->wish.filter.scope = &at->scope;
    at->wish.filter.brief = !ct_report_is_file(rq) || at->wish.by != CT_GROUP_NONE;
    if ((r = read_report(at, as_of, err)) < 0)
        return r;
    ct_assignment_query_check(&at->q, &at->report, rq->cat, &at->errors);
    if (at->wish.by != CT_GROUP_NONE && (r = count_groups(at, err)) < 0)
        return r;
    ct_assignments_sort(&at->report, at->wish.sort, at->wish.descends);
    ct_assignment_choices(rq->arena, &at->q, &at->scope, &at->report, rq->cat, &at->choices,
                          &at->n_choices);
    return CT_OK;
}

static const struct ct_err *first_error(const struct ct_assignments_asked *at)
{
    for (int i = 0; i < CT_ASKS; i++)
        if (at->errors.of[i].code == CT_DENIED)
            return &at->errors.of[i];
    for (int i = 0; i < CT_ASKS; i++)
        if (at->errors.of[i].code)
            return &at->errors.of[i];
    return NULL;
}

/* ---- answers ---- */

static int send_file(struct ct_assignments_asked *at, struct ct_response *rs, struct ct_err *err)
{
    struct ct_report_doc doc;

    if (at->wish.by == CT_GROUP_NONE)
        ct_assignments_doc(at->rq->arena, &at->report, &doc);
    else
        ct_assignment_groups_doc(at->rq->arena, &at->report, &at->groups, &doc);
    doc.choices = at->choices;
    doc.n_choices = at->n_choices;
    return ct_report_send(at->rq, rs, &doc, ct_report_file_part(at->rq, &at->scope), err);
}

static bool hides_somebody(const struct ct_scope *scope)
{
    for (size_t i = 0; i < scope->n; i++)
        if (scope->people[i].is_counted)
            return true;
    return false;
}

static void add_downloads(const struct ct_assignments_asked *at, json_t *model)
{
    static const struct {
        const char *key, *path;
    } files[] = {{"xlsx_href", "/reports/assignments.xlsx"},
                 {"csv_href", "/reports/assignments.csv"},
                 {"json_href", "/reports/assignments.json"},
                 {"ics_href", "/reports/assignments.ics"}};

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        json_object_set_new(model, files[i].key,
                            ct_json_sv(ct_assignments_href(at->rq, files[i].path, &at->q, 1)));
}

static int send_page(struct ct_assignments_asked *at, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_err *failure = first_error(at);
    json_t *model = json_pack(
        "{s:s, s:o, s:o, s:b, s:b, s:b, s:o, s:b, s:b, s:b, s:i, s:o}", "title", "Assignments",
        "as_of", ct_view_moment(at->report.as_of), "time_zone",
        ct_json_sv(ct_assignments_zone(&at->report)), "has_requirements",
        at->report.n_requirements > 0, "has_errors", failure != NULL, "is_denied",
        failure && failure->code == CT_DENIED, "error",
        ct_model_sentence(at->rq->arena, failure ? failure->text : ""), "hides_some",
        hides_somebody(&at->scope), "shares_some", ct_scope_shares_some(&at->scope), "left_out",
        at->groups.left_out, "unnamed_min", CT_REPORT_UNNAMED_MIN, "legend", ct_model_legend());

    ct_model_add_tabs(model, "/reports/assignments");
    ct_model_add_save(at->rq, model);
    ct_model_add_filters(at, model);
    ct_model_add_rows(at, model);
    ct_model_add_groups(at, model);
    add_downloads(at, model);
    int r = ct_model_add_before(at->rq, at->report.as_of, model, err);
    if (r == CT_OK)
        r = ct_model_name_places(at->rq, at->report.as_of, json_object_get(model, "rows"), err);
    if (r < 0) {
        json_decref(model);
        return r;
    }
    if (!failure)
        return ct_page(at->rq, rs, "report-assignments", model, err);
    rs->status = failure->code == CT_DENIED ? 403 : 400;
    r = ct_page(at->rq, rs, "report-assignments", model, err);
    return r < 0 ? r : ct_answered(failure, err);
}

int ct_get_assignments(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_assignments_input *in = rq->input;
    struct ct_assignments_asked *at = ct_arena_new(rq->arena, struct ct_assignments_asked);
    int r;

    at->rq = rq;
    at->page = in->page > 0 ? in->page : 1;
    if ((r = ask(at, err)) < 0)
        return r;
    bool is_calendar = ct_calendar_is_asked(rq);
    if (!is_calendar && !ct_report_is_file(rq))
        return send_page(at, rs, err);
    const struct ct_err *failure = first_error(at);
    if (failure)
        return ct_fail(err, failure->code, failure->what, "%s", failure->text);
    return is_calendar ? ct_calendar_send(rq, rs, &at->report, true, err) : send_file(at, rs, err);
}
