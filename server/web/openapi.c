/*
 * openapi.c: the route table as an OpenAPI 3.1 document, so that what programs are told is what the
 * dispatcher does.
 */
#include "openapi_priv.h"

#include "core_priv.h"
#include "pages_priv.h"

#include "ct/learn/token.h"

#include <ctype.h>

#include "ct/base/banned.h"

enum { NEEDS_SOMEBODY = CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN };

struct ct_sv ct_openapi_path(struct ct_arena *a, const char *path)
{
    CT_AUTO_STR out = CT_STR_INIT(1024);
    struct ct_sv rest = ct_sv_c(path), part;
    bool first = true;

    while (ct_sv_split(&rest, '/', &part)) {
        if (!first)
            ct_str_add_char(&out, '/');
        first = false;
        if (part.n < 2 || part.p[0] != ':') {
            ct_str_add_sv(&out, part);
            continue;
        }
        part = ct_sv_sub(part, 1, SIZE_MAX);
        part.n -= part.p[part.n - 1] == '*';
        ct_str_addf(&out, "{%.*s}", CT_SV_ARG(part));
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* "get_courses_course_quiz" */
static json_t *operation_id(const struct ct_route *route)
{
    CT_AUTO_STR id = CT_STR_INIT(1024);
    bool gap = true;

    ct_str_add_c(&id, route->method == CT_POST ? "post" : "get");
    for (const char *p = route->path; *p; p++) {
        if (!isalnum((unsigned char)*p)) {
            gap = true;
            continue;
        }
        if (gap)
            ct_str_add_char(&id, '_');
        gap = false;
        ct_str_add_char(&id, *p);
    }
    return ct_json_sv(ct_str_sv(&id));
}

json_t *ct_openapi_summary(const struct ct_route *route)
{
    static const struct {
        const char *path, *summary;
    } known[] = {
        {"/reports/today", "Who is late, what is due soon, expires or waits, as a page"},
        {"/reports/assignments", "How everybody stands to what is required, as a page"},
        {"/reports/assignments.csv", "How everybody stands to what is required, as CSV"},
        {"/reports/assignments.json", "How everybody stands to what is required, as JSON"},
        {"/reports/assignments.xlsx", "How everybody stands to what is required, as a spreadsheet"},
        {"/reports/assignments.ics", "What is still to be done, as a calendar of due days"},
        {"/me/due.ics", "What one has still to do, as a calendar of due days"},
        {"/reports/completion", "Completion by discipline, as a page"},
        {"/reports/audit.zip", "Audit pack"},
        {"/reports/completion.csv", "Completion by discipline, as CSV"},
        {"/reports/completion.json", "Completion by discipline, as JSON"},
        {"/reports/completion.xlsx", "Completion by discipline, as a spreadsheet"},
        {"/openapi.json", "This document"},
        {"/healthz", "Whether the server is well"},
        {"/metrics", "Counters for monitoring"},
    };
    CT_AUTO_STR text = CT_STR_INIT(1024);

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].path, route->path) == 0)
            return json_string(known[i].summary);
    json_t *team = ct_openapi_team_summary(route);
    if (team)
        return team;
    ct_str_addf(&text, "%s %s", route->method == CT_POST ? "What a form sends to" : "The page",
                route->path);
    return ct_json_sv(ct_str_sv(&text));
}

static const char *role_of(unsigned needs)
{
    if (needs & CT_NEEDS_ADMIN)
        return "For administrators.";
    if (needs & CT_NEEDS_MANAGER)
        return "For managers and administrators.";
    if (needs & CT_NEEDS_TRAINER)
        return "For trainers and administrators.";
    return needs & CT_NEEDS_LEARNER ? "For whoever is signed in." : "For everybody.";
}

/* Either will do. */
static json_t *security_of(struct ct_arena *a, const struct ct_route *route)
{
    unsigned scopes = route->needs >> CT_TAKES_SHIFT;
    struct ct_sv names = ct_token_scope_names(a, scopes), name;
    json_t *list = json_array(), *wanted;

    if (!(route->needs & NEEDS_SOMEBODY))
        return list;
    json_array_append_new(list, json_pack("{s:[]}", "session"));
    while (scopes && ct_sv_split(&names, ' ', &name)) {
        wanted = json_array();
        json_array_append_new(wanted, ct_json_sv(name));
        json_array_append_new(list, json_pack("{s:o}", "token", wanted));
    }
    return list;
}

static json_t *parameters_of(struct ct_arena *a, const struct ct_route *route)
{
    struct ct_sv rest = ct_sv_c(route->path), part;
    json_t *list = json_array();

    while (ct_sv_split(&rest, '/', &part)) {
        if (part.n < 2 || part.p[0] != ':')
            continue;
        bool takes_rest = part.p[part.n - 1] == '*';
        json_array_append_new(
            list,
            json_pack("{s:o, s:s, s:b, s:{s:s}, s:s}", "name",
                      ct_json_sv(ct_arena_dup(a, ct_sv_sub(part, 1, part.n - 1 - takes_rest))),
                      "in", "path", "required", 1, "schema", "type", "string", "description",
                      takes_rest ? "The rest of the address, slashes too"
                                 : "A part of the address"));
    }
    for (const struct ct_field *f = route->method == CT_GET ? route->input : NULL; f && f->name;
         f++) {
        const char *meaning = ct_openapi_field_meaning(route, f);
        if (f->type == CT_FIELD_FORM)
            continue;
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o, s:s}", "name", f->name, "in",
                                              "query", "required", f->required, "schema",
                                              ct_openapi_field(route, f), "description",
                                              meaning ? meaning : "A field of the page"));
    }
    if (route->needs & CT_NEEDS_CSRF)
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:{s:s}, s:s}", "name",
                                              "X-CSRF-Token", "in", "header", "required", 0,
                                              "schema", "type", "string", "description",
                                              "The page's form token, unless in the field csrf"));
    return list;
}

static json_t *ok_of(const struct ct_route *route)
{
    if (route->method == CT_POST)
        return json_pack("{s:{s:s, s:{s:{}}}, s:{s:s}}", "200", "description",
                         "Done; as JSON, where it leads", "content", "application/json", "303",
                         "description", "Done; the page that it leads to");
    return json_pack("{s:{s:s, s:o}}", "200", "description", "As it stands now", "content",
                     ct_openapi_content(route));
}

static json_t *responses_of(const struct ct_route *route)
{
    json_t *all = ok_of(route);

    if (route->needs & NEEDS_SOMEBODY)
        json_object_set_new(all, "401",
                            json_pack("{s:s}", "$ref", "#/components/responses/Unauthorized"));
    if (route->needs >> CT_TAKES_SHIFT)
        json_object_set_new(all, "429",
                            json_pack("{s:s}", "$ref", "#/components/responses/TooMany"));
    json_object_set_new(all, "default",
                        json_pack("{s:s}", "$ref", "#/components/responses/Problem"));
    return all;
}

static json_t *operation_of(struct ct_arena *a, const struct ct_route *route)
{
    struct ct_sv first = ct_sv_c(route->path + 1), tag;
    json_t *op;

    if (!ct_sv_split(&first, '/', &tag) || tag.n == 0)
        tag = CT_SV("front page");
    tag = ct_sv_sub(tag, 0, ct_sv_find(tag, '.'));
    op = json_pack("{s:o, s:o, s:s, s:[o], s:o, s:o, s:o}", "operationId", operation_id(route),
                   "summary", ct_openapi_summary(route), "description", role_of(route->needs),
                   "tags", ct_json_sv(tag), "security", security_of(a, route), "parameters",
                   parameters_of(a, route), "responses", responses_of(route));
    if (route->method == CT_POST) {
        json_t *content = json_object();
        json_object_set_new(content,
                            ct_route_takes_files(route) ? "multipart/form-data"
                                                        : "application/x-www-form-urlencoded",
                            json_pack("{s:o}", "schema", ct_openapi_body(route)));
        if (!ct_route_takes_files(route))
            json_object_set_new(content, "application/json",
                                json_pack("{s:o}", "schema", ct_openapi_body(route)));
        json_object_set_new(op, "requestBody", json_pack("{s:o}", "content", content));
    }
    return op;
}

json_t *ct_openapi(struct ct_arena *a, const struct ct_route *routes, size_t n)
{
    json_t *paths = json_object();

    for (size_t i = 0; i < n; i++) {
        const char *path = ct_openapi_path(a, routes[i].path).p;
        json_t *item = json_object_get(paths, path);
        if (!item) {
            item = json_object();
            json_object_set_new(paths, path, item);
        }
        json_object_set_new(item, routes[i].method == CT_POST ? "post" : "get",
                            operation_of(a, &routes[i]));
    }
    return json_pack(
        "{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:[{s:s}], s:o, s:o}", "openapi", "3.1.0", "info",
        "title", "crosstrain", "version", CT_VERSION, "description",
        "Cross-training on child trafficking, with completion per discipline. Programs read "
        "reports with a token; all else is what browsers do. Made from the server's own table of "
        "addresses.",
        "license", "name", "Apache License 2.0", "identifier", "Apache-2.0", "servers", "url", "/",
        "paths", paths, "components", ct_openapi_components());
}
