/*
 * openapi_schema.c: what requests and answers are made of, as JSON Schema: fields by the rows of
 * the routes' inputs, the rows of reports by their columns, refusals.
 */
#include "openapi_priv.h"

#include "assignments_priv.h"
#include "core_priv.h"
#include "pages_priv.h"

#include "ct/learn/token.h"
#include "ct/report/report_completion.h"

#include "ct/base/banned.h"

#define SLUG_PATTERN "^([a-z0-9]([a-z0-9-]*[a-z0-9])?)?$"

static json_t *ref(const char *to)
{
    return json_pack("{s:s}", "$ref", to);
}

static json_t *view_names(void)
{
    json_t *names = json_array();

    for (int by = 0; by < CT_REPORT_VIEWS; by++)
        json_array_append_new(names, json_string(ct_report_view_name((enum ct_report_by)by)));
    return names;
}

static bool is_of_assignments(const struct ct_route *route)
{
    return route->input == ct_assignments_query || route->input == ct_assignments_file_query;
}

const char *ct_openapi_field_meaning(const struct ct_route *route, const struct ct_field *f)
{
    static const struct {
        const char *name, *meaning;
    } meanings[] = {
        {"course", "Only this course, by its short name"},
        {"discipline", "Only this discipline, by its short name"},
        {"by", "What a row is"},
        {"page", "Which page of the people; files have all of them"},
        {"agency", "Only the people of this agency, by its short name"},
        {"unit", "Only the people of this unit and of those below it: agency/unit"},
        {"task_force", "Only the people of this task force, by its short name"},
        {"as_of", "As of the end of this day: 2026-03-31"},
        {"from", "The first day of the period: 2026-01-01"},
        {"until", "The last day of the period, which is in it: 2026-03-31"},
    };

    bool of_report = route->input == ct_report_query || route->input == ct_audit_fields;

    for (size_t i = 0; of_report && i < sizeof meanings / sizeof meanings[0]; i++)
        if (strcmp(meanings[i].name, f->name) == 0)
            return meanings[i].meaning;
    for (int ask = 0; is_of_assignments(route) && ask < CT_ASKS; ask++)
        if (strcmp(ct_ask_info((enum ct_ask)ask)->name, f->name) == 0)
            return ct_ask_info((enum ct_ask)ask)->meaning;
    return ct_openapi_team_meaning(route, f);
}

/* The words of a field by which a reader chooses what a row is; NULL of any other field. */
static json_t *choices_of(const struct ct_route *route, const struct ct_field *f)
{
    bool of_report = route->input == ct_report_query && strcmp(f->name, "by") == 0;
    bool of_groups =
        is_of_assignments(route) && (strcmp(f->name, "by") == 0 || strcmp(f->name, "then") == 0);
    json_t *names = of_report ? view_names() : json_array();

    for (int by = CT_GROUP_NONE + 1; of_groups && by < CT_GROUPS; by++)
        json_array_append_new(names, json_string(ct_group_name((enum ct_group_by)by)));
    ct_openapi_team_choices(route, f, names);
    if (json_array_size(names))
        return names;
    json_decref(names);
    return NULL;
}

json_t *ct_openapi_field(const struct ct_route *route, const struct ct_field *f)
{
    json_t *choices = choices_of(route, f);

    if (choices)
        return json_pack("{s:s, s:o, s:I}", "type", "string", "enum", choices, "maxLength",
                         (json_int_t)f->max);
    switch (f->type) {
    case CT_FIELD_TEXT:
        return json_pack("{s:s, s:I}", "type", "string", "maxLength", (json_int_t)f->max);
    case CT_FIELD_SLUG:
        return json_pack("{s:s, s:s, s:I}", "type", "string", "pattern", SLUG_PATTERN, "maxLength",
                         (json_int_t)f->max);
    case CT_FIELD_I64:
        return json_pack("{s:s, s:I, s:I}", "type", "integer", "minimum", (json_int_t)f->min,
                         "maximum", (json_int_t)f->max);
    case CT_FIELD_FLAG:
        return json_pack("{s:[s, s]}", "type", "boolean", "string");
    case CT_FIELD_LIST:
        return json_pack("{s:s, s:{s:s, s:I}}", "type", "array", "items", "type", "string",
                         "maxLength", (json_int_t)f->max);
    case CT_FIELD_FORM:
        return json_null();
    case CT_FIELD_FILE:
        return json_pack("{s:s, s:s}", "type", "string", "contentMediaType",
                         "application/octet-stream");
    }
    return json_null();
}

json_t *ct_openapi_body(const struct ct_route *route)
{
    json_t *properties = json_object(), *patterns = json_object(), *required = json_array();

    if (route->needs & CT_NEEDS_CSRF)
        json_object_set_new(properties, "csrf",
                            json_pack("{s:s, s:s}", "type", "string", "description",
                                      "The page's form token, unless in X-CSRF-Token"));
    for (const struct ct_field *f = route->input; f && f->name; f++) {
        json_t *schema = ct_openapi_field(route, f);
        if (f->type == CT_FIELD_FORM) {
            CT_AUTO_STR pattern = CT_STR_INIT(256);
            ct_str_addf(&pattern, "^%.*s", CT_SV_ARG(ct_sv_c(f->name)));
            json_object_set_new(patterns, pattern.p, json_pack("{s:s}", "type", "string"));
            json_decref(schema);
            continue;
        }
        json_object_set_new(properties, f->name, schema);
        if (f->required)
            json_array_append_new(required, json_string(f->name));
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:b}", "type", "object", "properties", properties,
                     "patternProperties", patterns, "required", required, "additionalProperties",
                     0);
}

/* ---- answers ---- */

static json_t *page_content(void)
{
    return json_pack("{s:{s:{s:s}}, s:{s:o}}", "text/html", "schema", "type", "string",
                     "application/json", "schema", ref("#/components/schemas/PageModel"));
}

json_t *ct_openapi_content(const struct ct_route *route)
{
    static const struct {
        const char *end, *type;
    } kinds[] = {
        {".csv", "text/csv"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".pdf", "application/pdf"},
        {".zip", "application/zip"},
        {"/download", "*/*"},
        {".ics", "text/calendar"},
        {"openapi.json", "application/json"},
        {"/healthz", "text/plain"},
        {"/metrics", "text/plain"},
        {":file", "*/*"},
        {":file*", "*/*"},
    };
    struct ct_sv path = ct_sv_c(route->path);

    if (route->input == ct_report_query && ct_sv_ends(path, CT_SV(".json")))
        return json_pack("{s:{s:o}}", "application/json", "schema",
                         ref("#/components/schemas/CompletionFile"));
    if (route->input == ct_assignments_file_query && ct_sv_ends(path, CT_SV(".json")))
        return json_pack("{s:{s:o}}", "application/json", "schema",
                         ref("#/components/schemas/AssignmentsFile"));
    if (ct_openapi_team_file(route)) {
        CT_AUTO_STR to = CT_STR_INIT(256);
        ct_str_addf(&to, "#/components/schemas/%s", ct_openapi_team_file(route));
        return json_pack("{s:{s:o}}", "application/json", "schema", ref(to.p));
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (ct_sv_ends(path, ct_sv_c(kinds[i].end)))
            return json_pack("{s:{}}", kinds[i].type);
    return page_content();
}

/* ---- the rows of the report ---- */

static json_t *status_words(void)
{
    json_t *words = json_array();

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        json_array_append_new(words, json_string(ct_due_status_name((enum ct_due_status)i)));
    return words;
}

static json_t *column_schema(const struct ct_column *c)
{
    const char *type = "string";
    json_t *schema;

    if (c->type == CT_COLUMN_INTEGER || c->type == CT_COLUMN_PERCENT ||
        c->type == CT_COLUMN_INTEGERS)
        type = "integer";
    if (c->type == CT_COLUMN_DECIMAL || c->type == CT_COLUMN_DECIMALS)
        type = "number";
    if (c->type == CT_COLUMN_FLAG)
        type = "boolean";
    schema = json_pack("{s:[s, s], s:s}", "type", type, "null", "description", c->meaning);
    if (c->type == CT_COLUMN_INTEGERS || c->type == CT_COLUMN_DECIMALS)
        json_array_append_new(json_object_get(schema, "type"), json_string("string"));
    if (c->type == CT_COLUMN_PERCENT) {
        json_object_set_new(schema, "minimum", json_integer(0));
        json_object_set_new(schema, "maximum", json_integer(100));
    }
    if (c->type == CT_COLUMN_DATE)
        json_object_set_new(schema, "format", json_string("date"));
    if (c->type == CT_COLUMN_MOMENT)
        json_object_set_new(schema, "format", json_string("date-time"));
    if (strcmp(c->name, "status") == 0)
        json_object_set_new(schema, "enum", status_words());
    return schema;
}

static json_t *row_schema(enum ct_report_by by)
{
    json_t *properties = json_object(), *required = json_array();
    size_t n;
    const char *const *names = ct_report_columns(by, &n);

    for (size_t i = 0; i < n; i++) {
        const struct ct_column *c = ct_report_column(by, names[i]);
        json_object_set_new(properties, names[i], c ? column_schema(c) : json_object());
        json_array_append_new(required, json_string(names[i]));
    }
    return json_pack("{s:s, s:o, s:s, s:o, s:o}", "type", "object", "title",
                     json_sprintf("by=%s", ct_report_view_name(by)), "description",
                     "Columns are never renamed or taken away; there may be more one day.",
                     "properties", properties, "required", required);
}

static const char *const row_names[] = {[CT_BY_DISCIPLINE_COURSE] = "CompletionByDisciplineCourse",
                                        [CT_BY_DISCIPLINE] = "CompletionByDiscipline",
                                        [CT_BY_COURSE] = "CompletionByCourse",
                                        [CT_BY_PERSON] = "CompletionByPerson",
                                        [CT_BY_AGENCY] = "CompletionByAgency",
                                        [CT_BY_UNIT] = "CompletionByUnit",
                                        [CT_BY_TASK_FORCE] = "CompletionByTaskForce"};

static json_t *file_schema(void)
{
    json_t *rows = json_array();

    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_TASK_FORCE; by++) {
        CT_AUTO_STR to = CT_STR_INIT(256);
        ct_str_addf(&to, "#/components/schemas/%s", row_names[by]);
        json_array_append_new(rows, ref(to.p));
    }
    return json_pack(
        "{s:s, s:[s,s,s,s,s,s,s,s,s], s:{s:{s:s}, s:{s:s, s:o}, s:{s:s, s:s}, s:{s:s}, s:{s:s, "
        "s:{s:[s,s]}}, s:{s:s}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:o}}}}",
        "type", "object", "required", "report", "by", "as_of", "time_zone", "filters", "left_out",
        "legend", "columns", "rows", "properties", "report", "const", "completion", "by", "type",
        "string", "enum", view_names(), "as_of", "type", "string", "format", "date-time",
        "time_zone", "type", "string", "filters", "type", "object", "additionalProperties", "type",
        "string", "null", "left_out", "type", "boolean", "legend", "type", "object",
        "additionalProperties", "type", "string", "columns", "type", "array", "items", "type",
        "string", "rows", "type", "array", "items", "anyOf", rows);
}

json_t *ct_openapi_columns(const struct ct_column *columns, size_t n, size_t n_required)
{
    json_t *properties = json_object(), *required = json_array();

    for (size_t i = 0; i < n; i++) {
        json_object_set_new(properties, columns[i].name, column_schema(&columns[i]));
        if (i < n_required)
            json_array_append_new(required, json_string(columns[i].name));
    }
    return json_pack("{s:s, s:s, s:o, s:o}", "type", "object", "description",
                     "Columns are never renamed or taken away; there may be more one day.",
                     "properties", properties, "required", required);
}

static json_t *assignment_schema(void)
{
    size_t n;
    const struct ct_column *columns = ct_assignments_columns(&n);

    json_t *schema = ct_openapi_columns(columns, n, n);
    json_object_set_new(schema, "title", json_string("without by"));
    return schema;
}

/* Of groups by anything: the columns of what they are by come before the numbers. */
static json_t *group_schema(void)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t n;
    const struct ct_column *columns =
        ct_assignment_groups_columns(&a, CT_GROUP_NONE, CT_GROUP_NONE, &n);
    json_t *schema = ct_openapi_columns(columns, n, n), *properties;

    json_object_set_new(schema, "title", json_string("with by, and then"));
    properties = json_object_get(schema, "properties");
    for (int by = CT_GROUP_NONE + 1; by < CT_GROUPS; by++) {
        columns = ct_assignment_groups_columns(&a, (enum ct_group_by)by, CT_GROUP_NONE, &n);
        for (size_t i = 0; i < 2; i++)
            if (!json_object_get(properties, columns[i].name))
                json_object_set_new(properties, columns[i].name, column_schema(&columns[i]));
    }
    return schema;
}

static json_t *assignments_file_schema(void)
{
    return json_pack(
        "{s:s, s:[s,s,s,s,s,s,s,s,s], s:{s:{s:s}, s:{s:[s,s], s:s}, s:{s:s, s:s}, s:{s:s}, s:{s:s, "
        "s:{s:[s,s]}}, s:{s:s}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:[o,o]}}}}",
        "type", "object", "required", "report", "by", "as_of", "time_zone", "filters", "left_out",
        "legend", "columns", "rows", "properties", "report", "const", "assignments", "by", "type",
        "string", "null", "description", "What is counted together, as in discipline-agency",
        "as_of", "type", "string", "format", "date-time", "time_zone", "type", "string", "filters",
        "type", "object", "additionalProperties", "type", "string", "null", "left_out", "type",
        "boolean", "legend", "type", "object", "additionalProperties", "type", "string", "columns",
        "type", "array", "items", "type", "string", "rows", "type", "array", "items", "anyOf",
        ref("#/components/schemas/Assignment"), ref("#/components/schemas/AssignmentGroup"));
}

/* ---- what is referred to ---- */

static json_t *problem_schema(void)
{
    return json_pack(
        "{s:s, s:s, s:[s,s,s], s:{s:{s:s}, s:{s:s}, s:{s:[s,s]}, s:{s:[s,s], s:s}, s:{s:[s,s], "
        "s:s}}}",
        "type", "object", "description", "Why a request was refused.", "required", "title",
        "status", "detail", "properties", "title", "type", "string", "status", "type", "integer",
        "detail", "type", "string", "null", "field", "type", "string", "null", "description",
        "The field that was wrong", "reference", "type", "string", "null", "description",
        "Of the request, for whoever reads the log");
}

static json_t *schemas(void)
{
    json_t *all =
        json_pack("{s:o, s:o, s:{s:s, s:s}}", "Problem", problem_schema(), "CompletionFile",
                  file_schema(), "PageModel", "type", "object", "description",
                  "What the page shows. It changes with the page; programs read reports instead.");

    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_TASK_FORCE; by++)
        json_object_set_new(all, row_names[by], row_schema(by));
    json_object_set_new(all, "AssignmentsFile", assignments_file_schema());
    json_object_set_new(all, "Assignment", assignment_schema());
    json_object_set_new(all, "AssignmentGroup", group_schema());
    ct_openapi_team_schemas(all);
    return all;
}

static json_t *refusal(const char *description)
{
    return json_pack("{s:s, s:{s:{s:o}}}", "description", description, "content",
                     "application/json", "schema", ref("#/components/schemas/Problem"));
}

static json_t *responses(void)
{
    json_t *who = refusal("Nobody is signed in, or the token is not good.");

    json_object_set_new(who, "headers",
                        json_pack("{s:{s:s, s:{s:s}}}", "WWW-Authenticate", "description",
                                  "Where a token would open the address: Bearer, and why not",
                                  "schema", "type", "string"));
    return json_pack("{s:o, s:o, s:o}", "Unauthorized", who, "TooMany",
                     refusal("Too many tokens were refused; Retry-After says when to come again."),
                     "Problem", refusal("It was refused."));
}

json_t *ct_openapi_components(void)
{
    return json_pack(
        "{s:o, s:o, s:{s:{s:s, s:s, s:s, s:s}, s:{s:s, s:s, s:s}}}", "schemas", schemas(),
        "responses", responses(), "securitySchemes", "session", "type", "apiKey", "in", "cookie",
        "name", CT_SESSION_COOKIE, "description", "Who signed in with a browser", "token", "type",
        "http", "scheme", "bearer", "description",
        "Made by a manager or administrator under /me/tokens; reads only, with its person's "
        "rights of the moment. Never beside a cookie.");
}
