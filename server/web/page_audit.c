/*
 * page_audit.c: asking for the audit pack of a period: a form, the order that is made behind the
 * reply, and the archive itself, which programs get at once.
 */
#include "core_priv.h"
#include "form_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/report/audit.h"
#include "ct/text/url.h"
#include "ct/web/files.h"

#include "ct/base/banned.h"

#define ORG(name)                                                                                  \
    {                                                                                              \
#name, CT_FIELD_TEXT, offsetof(struct ct_audit_input, name), false, 0, 160                 \
    }

const struct ct_field ct_audit_fields[] = {
    {"from", CT_FIELD_TEXT, offsetof(struct ct_audit_input, from), false, 0, 64},
    {"until", CT_FIELD_TEXT, offsetof(struct ct_audit_input, until), false, 0, 64},
    ORG(agency),
    ORG(unit),
    ORG(task_force),
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_viewer viewer_of(const struct ct_request *rq)
{
    return (struct ct_viewer){.person = rq->session->person,
                              .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                              .now = ct_now(rq->desk.clock)};
}

static int question_of(const struct ct_request *rq, struct ct_audit *ret, struct ct_err *err)
{
    const struct ct_audit_input *in = rq->input;

    *ret = (struct ct_audit){
        .db = rq->desk.db,
        .cat = rq->cat,
        .clock = rq->desk.clock,
        .viewer = viewer_of(rq),
        .whom = {.agency = in->agency, .unit = in->unit, .task_force = in->task_force},
        .made_by = ct_arena_dup(rq->arena, ct_sv_c(rq->session->name)),
        .certificate_key = rq->app->cfg.certificate_key,
        .site = ct_site_url(rq)};
    if (!ct_day_parse(in->from, &ret->from))
        return ct_fail(err, CT_BAD_INPUT, "from", CT_DAY_HOW);
    if (!ct_day_parse(in->until, &ret->until))
        return ct_fail(err, CT_BAD_INPUT, "until", CT_DAY_HOW);
    return CT_OK;
}

/* ---- the form ---- */

static const struct {
    const char *name, *label, *all;
    enum ct_org_kind kind;
} orgs[] = {
    {"agency", "Agency", "All agencies", CT_ORG_AGENCY},
    {"unit", "Unit", "All units", CT_ORG_UNIT},
    {"task_force", "Task force", "All", CT_ORG_TASK_FORCE},
};
enum { N_ORGS = sizeof orgs / sizeof orgs[0], N_DAYS = 2 };

static json_t *options_of(const struct ct_request *rq, const struct ct_scope *scope, size_t which)
{
    json_t *list = json_array();

    json_array_append_new(list, json_pack("{s:s, s:s}", "value", "", "title", orgs[which].all));
    for (size_t i = 0; i < scope->n_choices; i++) {
        const struct ct_org *o = &scope->choices[i];
        const struct ct_org *of =
            o->agency ? ct_org_by_id(scope->choices, scope->n_choices, o->agency) : NULL;
        struct ct_sv title =
            of ? ct_arena_printf(rq->arena, "%.*s: %.*s", CT_SV_ARG(of->name), CT_SV_ARG(o->name))
               : o->name;
        /* What was closed in the period, or behind it, had people in it. */
        if (o->closed_on.p)
            title = ct_arena_printf(rq->arena, "%.*s (closed on %.*s)", CT_SV_ARG(title),
                                    CT_SV_ARG(o->closed_on));
        if (o->kind == orgs[which].kind)
            json_array_append_new(list, json_pack("{s:o, s:o}", "value", ct_json_sv(o->path),
                                                  "title", ct_json_sv(title)));
    }
    return list;
}

/* This year up to today, and all that the reader may choose. */
static json_t *fields_of(const struct ct_request *rq, const struct ct_scope *scope,
                         const struct ct_err *problem)
{
    int today = ct_day_of(ct_now(rq->desk.clock));
    char first[CT_TIME_TEXT], last[CT_TIME_TEXT];
    struct ct_date d = ct_day_date(today);
    struct ct_form_row rows[N_DAYS + N_ORGS] = {
        {.id = "from", .name = "from", .label = "From", .type = "date", .required = true},
        {.id = "until", .name = "until", .label = "Until", .type = "date", .required = true},
    };
    json_t *options[N_ORGS];
    size_t n = N_DAYS, lists = 0;

    d.month = d.day = 1;
    rows[0].value = ct_day_text(ct_date_day(d), first);
    rows[1].value = ct_day_text(today, last);
    for (size_t i = 0; i < N_ORGS; i++) {
        json_t *list = options_of(rq, scope, i);
        if (json_array_size(list) < 2) { /* nothing to choose */
            json_decref(list);
            continue;
        }
        rows[n++] =
            (struct ct_form_row){.id = orgs[i].name, .name = orgs[i].name, .label = orgs[i].label};
        options[lists++] = list;
    }
    return ct_form_fields(rq, rows, n, options, problem);
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_err *problem,
                struct ct_err *err)
{
    struct ct_viewer viewer = viewer_of(rq);
    const struct ct_scope_wish all = {.agency = CT_SV_NULL};
    struct ct_scope scope;
    int r = ct_org_scope(rq->desk.db, rq->arena, &viewer, &all, viewer.now, &scope, err);

    if (r < 0)
        return r;
    json_t *model = json_pack("{s:s, s:o, s:b, s:s}", "title", "Audit pack", "fields",
                              fields_of(rq, &scope, problem), "is_wrong", problem != NULL,
                              "files_href", "/reports/files");
    ct_model_add_tabs(model, "/reports/audit");
    if (problem)
        rs->status = ct_status_http(problem->code);
    return ct_page(rq, rs, "report-audit", model, err);
}

int ct_get_audit(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, NULL, err);
}

static struct ct_sv target_of(const struct ct_request *rq)
{
    const struct ct_audit_input *in = rq->input;
    const struct {
        struct ct_sv name, value;
    } pairs[] = {{CT_SV("from"), in->from},
                 {CT_SV("until"), in->until},
                 {CT_SV("agency"), in->agency},
                 {CT_SV("unit"), in->unit},
                 {CT_SV("task_force"), in->task_force}};
    CT_AUTO_STR url = CT_STR_INIT((size_t)4096);
    bool first = true;

    ct_str_add_c(&url, "/reports/audit.zip");
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i].value.n)
            ct_url_add_query(&url, &first, pairs[i].name, pairs[i].value);
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

int ct_post_audit(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_err problem = CT_ERR_INIT;
    struct ct_audit q;
    int r = question_of(rq, &q, &problem);

    if (r == CT_OK)
        r = ct_audit_check(rq->arena, &q, &problem);
    if (r == CT_BAD_INPUT || (r == CT_DENIED && strcmp(problem.what, "leads") != 0)) {
        r = show(rq, rs, &problem, err);
        return r < 0 ? r : ct_answered(&problem, err);
    }
    if (r < 0)
        return ct_fail(err, (enum ct_status)r, problem.what, "%s", problem.text);
    return ct_order_file(rq, rs, target_of(rq), err);
}

/* ---- the archive ---- */

/* For who waits: into a file without a name, so that the database is not held by a slow reader. */
static int write_now(struct ct_request *rq, struct ct_response *rs, const struct ct_audit *q,
                     struct ct_err *err)
{
    struct ct_files *files = rq->app->files;
    struct ct_sink out;
    int r;

    if (!files)
        return ct_fail(err, CT_CONFLICT, "files", "this server makes no files");
    if (!ct_files_enter(files))
        return ct_fail(err, CT_CONFLICT, "files",
                       "other packs are being made at this moment; try again in a minute");
    if ((r = ct_files_scratch(files, &rs->fd, err)) == CT_OK) {
        out = ct_sink_fd(&rs->fd);
        r = ct_audit_write(q, &out, NULL, err);
        rs->file_length = out.n;
    }
    ct_files_leave(files);
    return r;
}

int ct_get_audit_file(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_audit q;
    int r = question_of(rq, &q, err);

    if (r == CT_OK)
        r = rq->making ? ct_audit_write(&q, rq->making->out, rq->making->progress, err)
                       : write_now(rq, rs, &q, err);
    if (r < 0)
        return r;
    rs->content_type = "application/zip";
    rs->disposition = ct_arena_printf(rq->arena, "attachment; filename=\"%.*s.zip\"",
                                      CT_SV_ARG(ct_audit_name(rq->arena, &q)));
    return CT_OK;
}
