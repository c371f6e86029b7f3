/*
 * test_openapi.c: the description that programs read, against the route table both ways: nothing is
 * left out, nothing is made up, and who may what is what the dispatcher does.
 */
#include "walk.h"

#include "../../../server/web/assignments_priv.h"
#include "../../../server/web/openapi_priv.h"

#include "ct/learn/token.h"
#include "ct/report/report_completion.h"

#include "ct/base/banned.h"

enum { NEEDS_SOMEBODY = CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN };

struct document {
    struct ct_arena arena;
    json_t *root;
};

static int open_document(void **state)
{
    struct document *d = calloc(1, sizeof *d);

    if (!d)
        return -1;
    d->root = ct_openapi(&d->arena, ct_routes, ct_n_routes);
    *state = d;
    return d->root ? 0 : -1;
}

static int close_document(void **state)
{
    struct document *d = *state;

    json_decref(d->root);
    ct_arena_release(&d->arena);
    free(d);
    return 0;
}

static const json_t *operation(struct document *d, const struct ct_route *r)
{
    const json_t *item =
        json_object_get(json_object_get(d->root, "paths"), ct_openapi_path(&d->arena, r->path).p);

    return json_object_get(item, r->method == CT_POST ? "post" : "get");
}

static void paths_are_written_as_openapi_has_them(void **state)
{
    static const struct {
        const char *path, *want;
    } cases[] = {
        {"/", "/"},
        {"/courses/:course/:module", "/courses/{course}/{module}"},
        {"/content/:course/:file*", "/content/{course}/{file}"},
        {"/reports/completion.csv", "/reports/completion.csv"},
    };
    struct document *d = *state;

    CT_EACH (c, cases)
        CT_EQ_SV(c->path, ct_openapi_path(&d->arena, c->path), ct_sv_c(c->want));
}

static void every_route_is_described_and_nothing_else(void **state)
{
    struct document *d = *state;
    json_t *paths = json_object_get(d->root, "paths"), *item, *op;
    const char *path, *method;
    size_t described = 0;

    for (size_t i = 0; i < ct_n_routes; i++)
        if (!operation(d, &ct_routes[i]))
            fail_msg("%s is not described", ct_routes[i].path);
    json_object_foreach(paths, path, item)
    {
        json_object_foreach(item, method, op)
        {
            size_t n = 0;
            for (size_t i = 0; i < ct_n_routes; i++)
                n += operation(d, &ct_routes[i]) == op;
            if (n != 1)
                fail_msg("%s %s is of %zu routes", method, path, n);
            described++;
        }
    }
    CT_EQ_I64("as many as there are", described, ct_n_routes);
}

static void operations_have_names_of_their_own(void **state)
{
    struct document *d = *state;

    for (size_t i = 0; i < ct_n_routes; i++)
        for (size_t k = 0; k < i; k++)
            if (ct_sv_eq(ct_json_get_sv(operation(d, &ct_routes[i]), "operationId"),
                         ct_json_get_sv(operation(d, &ct_routes[k]), "operationId")))
                fail_msg("%s and %s", ct_routes[i].path, ct_routes[k].path);
    CT_EQ_SV("a name", ct_json_get_sv(operation(d, &ct_routes[0]), "operationId"),
             CT_SV("get_sign_in"));
}

/* How many of an operation's parameters are of a kind. */
static size_t count(const json_t *op, const char *kind)
{
    const json_t *list = json_object_get(op, "parameters"), *one;
    size_t i, n = 0;

    json_array_foreach(list, i, one)
    {
        n += ct_sv_eq_c(ct_json_get_sv(one, "in"), kind);
    }
    return n;
}

static const json_t *parameter(const json_t *op, const char *name)
{
    const json_t *list = json_object_get(op, "parameters"), *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        if (ct_sv_eq_c(ct_json_get_sv(one, "name"), name))
            return one;
    }
    return NULL;
}

static void same_limits(const struct ct_field *f, const json_t *schema)
{
    if (f->type == CT_FIELD_TEXT)
        CT_EQ_I64(f->name, json_integer_value(json_object_get(schema, "maxLength")), f->max);
    if (f->type == CT_FIELD_I64) {
        CT_EQ_I64(f->name, json_integer_value(json_object_get(schema, "minimum")), f->min);
        CT_EQ_I64(f->name, json_integer_value(json_object_get(schema, "maximum")), f->max);
    }
    if (f->type == CT_FIELD_SLUG)
        assert_true(json_object_get(schema, "enum") ||
                    json_integer_value(json_object_get(schema, "maxLength")) == f->max);
}

static void parameters_are_those_of_path_and_input(void **state)
{
    struct document *d = *state;

    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        const json_t *op = operation(d, r);
        size_t in_path = 0, fields = 0;
        for (const char *p = r->path; *p; p++)
            in_path += *p == ':';
        CT_EQ_I64(r->path, count(op, "path"), in_path);
        for (const struct ct_field *f = r->input; f && f->name; f++) {
            if (f->type == CT_FIELD_FORM || r->method != CT_GET)
                continue;
            const json_t *one = parameter(op, f->name);
            if (!one)
                fail_msg("%s: no %s", r->path, f->name);
            CT_EQ_I64(f->name, json_is_true(json_object_get(one, "required")), f->required);
            same_limits(f, json_object_get(one, "schema"));
            fields++;
        }
        CT_EQ_I64(r->path, count(op, "query"), fields);
    }
}

/* The properties of a POST's body, whatever its form. */
static const json_t *body_of(const json_t *op)
{
    json_t *content = json_object_get(json_object_get(op, "requestBody"), "content");

    return json_object_get(json_object_iter_value(json_object_iter(content)), "schema");
}

static void bodies_are_those_of_the_input(void **state)
{
    struct document *d = *state;

    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        const json_t *op = operation(d, r), *body = body_of(op);
        size_t n = 0;
        if (r->method != CT_POST) {
            assert_null(body);
            continue;
        }
        const json_t *properties = json_object_get(body, "properties");
        for (const struct ct_field *f = r->input; f && f->name; f++) {
            if (f->type == CT_FIELD_FORM)
                continue;
            if (!json_object_get(properties, f->name))
                fail_msg("%s: no %s", r->path, f->name);
            same_limits(f, json_object_get(properties, f->name));
            n++;
        }
        CT_EQ_I64(r->path, json_object_size(properties), n + ((r->needs & CT_NEEDS_CSRF) != 0));
        CT_EQ_I64(r->path, count(op, "header"), (r->needs & CT_NEEDS_CSRF) != 0);
        assert_true(json_is_false(json_object_get(body, "additionalProperties")));
    }
}

static void who_may_what_is_what_the_table_says(void **state)
{
    struct document *d = *state;
    size_t with_tokens = 0;

    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        const json_t *op = operation(d, r), *ways = json_object_get(op, "security"), *way;
        unsigned scopes = 0, one;
        bool session = false;
        size_t k;
        json_array_foreach(ways, k, way)
        {
            session |= json_object_get(way, "session") != NULL;
            const json_t *names = json_object_get(way, "token");
            for (size_t s = 0; s < json_array_size(names); s++) {
                assert_true(ct_token_scope_parse(
                    ct_sv_c(json_string_value(json_array_get(names, s))), &one));
                scopes |= one;
            }
        }
        CT_EQ_I64(r->path, session, (r->needs & NEEDS_SOMEBODY) != 0);
        CT_EQ_I64(r->path, scopes, r->needs >> CT_TAKES_SHIFT);
        CT_EQ_I64(r->path, json_object_get(json_object_get(op, "responses"), "401") != NULL,
                  session);
        with_tokens += scopes != 0;
    }
    assert_true(with_tokens >= 3);
}

static void rows_have_the_columns_of_the_report(void **state)
{
    static const struct {
        const char *name;
        enum ct_report_by by;
    } cases[] = {
        {"CompletionByDisciplineCourse", CT_BY_DISCIPLINE_COURSE},
        {"CompletionByDiscipline", CT_BY_DISCIPLINE},
        {"CompletionByCourse", CT_BY_COURSE},
        {"CompletionByPerson", CT_BY_PERSON},
    };
    struct document *d = *state;
    const json_t *schemas = json_object_get(json_object_get(d->root, "components"), "schemas");

    CT_EACH (c, cases) {
        const json_t *row = json_object_get(schemas, c->name);
        size_t n;
        const char *const *names = ct_report_columns(c->by, &n);
        CT_EQ_I64(c->name, json_object_size(json_object_get(row, "properties")), n);
        CT_EQ_I64(c->name, json_array_size(json_object_get(row, "required")), n);
        for (size_t i = 0; i < n; i++) {
            const json_t *column = json_object_get(json_object_get(row, "properties"), names[i]);
            assert_non_null(json_object_get(column, "type"));
            assert_non_null(json_object_get(column, "description"));
        }
    }
}

static void assignments_are_described_by_their_columns(void **state)
{
    struct document *d = *state;
    const json_t *schemas = json_object_get(json_object_get(d->root, "components"), "schemas");
    const json_t *row = json_object_get(schemas, "Assignment");
    const json_t *group = json_object_get(schemas, "AssignmentGroup");
    size_t n;
    const struct ct_column *columns = ct_assignments_columns(&n);

    CT_EQ_I64("all of a row", json_object_size(json_object_get(row, "properties")), n);
    for (size_t i = 0; i < n; i++)
        CT_EQ_SV(
            columns[i].name,
            ct_json_get_sv(json_object_get(json_object_get(row, "properties"), columns[i].name),
                           "description"),
            ct_sv_c(columns[i].meaning));
    for (int by = CT_GROUP_NONE; by < CT_GROUPS; by++) {
        columns = ct_assignment_groups_columns(&d->arena, (enum ct_group_by)by, CT_GROUP_NONE, &n);
        for (size_t i = 0; i < n; i++)
            if (!json_object_get(json_object_get(group, "properties"), columns[i].name))
                fail_msg("%s of groups is not described", columns[i].name);
    }
    for (size_t i = 0; i < ct_n_routes; i++) {
        const struct ct_route *r = &ct_routes[i];
        for (const struct ct_field *f = r->input; f && f->name; f++)
            if (r->input == ct_assignments_file_query && !ct_openapi_field_meaning(r, f))
                fail_msg("what is %s?", f->name);
    }
}

/* Of JSON Schema what row schemas use: whether a value is of one of the types that are named. */
static bool is_of(const json_t *value, const json_t *types)
{
    static const struct {
        const char *name;
        json_type type;
    } known[] = {{"string", JSON_STRING}, {"integer", JSON_INTEGER}, {"null", JSON_NULL}};

    for (size_t i = 0; i < json_array_size(types); i++) {
        const char *type = json_string_value(json_array_get(types, i));
        if (strcmp(type, "boolean") == 0 && json_is_boolean(value))
            return true;
        CT_EACH (k, known)
            if (strcmp(type, k->name) == 0 && json_typeof(value) == k->type)
                return true;
    }
    return false;
}

static void a_file_is_as_described(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, manager = {.site = s};

    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&manager, "mo%40example.org");
    CT_AUTO_JSON *document = walk_json(&b, "/openapi.json");
    CT_AUTO_JSON *file = walk_json(&manager, "/reports/completion.json?by=person");
    const json_t *row = walk_at(file, "rows/0"), *value;
    const json_t *properties =
        walk_at(document, "components/schemas/CompletionByPerson/properties");
    const char *name;
    size_t n = 0;
    json_object_foreach((json_t *)(uintptr_t)row, name, value)
    {
        if (!is_of(value, json_object_get(json_object_get(properties, name), "type")))
            fail_msg("%s is of another type", name);
        n++;
    }
    assert_true(n > 10);
    const json_t *required = walk_at(document, "components/schemas/CompletionFile/required");
    for (size_t i = 0; i < json_array_size(required); i++)
        assert_non_null(json_object_get(file, json_string_value(json_array_get(required, i))));
    CT_EQ_I64("as many keys", json_object_size(file), json_array_size(required));
}

static void a_page_tells_people_how(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    walk_page(&b, "/api", "api");
    assert_non_null(strstr(b.body, "/reports/completion.xlsx</code>, with the scope"));
    assert_non_null(strstr(b.body, "/people/{person}/transcript.csv</code>, with the scope"));
    assert_non_null(strstr(b.body, "<code>last_activity_at</code>"));
    assert_non_null(strstr(b.body, "<strong>update due</strong>"));
}

static const json_t *named(const json_t *list, const char *key, const char *value)
{
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        if (ct_sv_eq_c(ct_json_get_sv(one, key), value))
            return one;
    }
    return NULL;
}

/* What the page tells of each, against the document and the table of routes. */
static void the_page_tells_of_every_report(void **state)
{
    static const struct {
        const char *id, *summary, *field, *table, *column;
    } cases[] = {
        {"/reports/completion", "Completion by discipline", "task_force", "by=person", "email"},
        {"/reports/assignments", "How everybody stands to what is required", "expires_within",
         "without by", "window_opens_on"},
        {"/reports/assignments", "How everybody stands to what is required", "then",
         "with by, and then", "overdue"},
        {"/reports/coverage", "What a team covers between its disciplines", "of", "of=chairs",
         "passed_by"},
        {"/reports/trends", "How a team gets on from month to month", "until", NULL,
         "standing_overdue"},
        {"/reports/questions", "Which questions people get wrong", "module", "of=objectives",
         "answers"},
        {"/reports/credit", "Hours of credit that people earned", "refused", NULL, "approval_no"},
        {"/people/{person}/transcript", "One person's transcript", "as_of", NULL, "evidence"},
        {"/reports/audit", "Audit pack", "from", NULL, NULL},
    };
    AUTO_BROWSER b = {.site = *state};
    CT_AUTO_JSON *page = walk_json(&b, "/api");
    const json_t *reports = walk_at(page, "reports");
    size_t opened = 0;

    CT_EACH (c, cases) {
        const json_t *report = named(reports, "id", c->id);
        if (!report)
            fail_msg("no %s", c->id);
        CT_EQ_SV(c->id, ct_json_get_sv(report, "summary"), ct_sv_c(c->summary));
        if (!named(json_object_get(report, "fields"), "name", c->field))
            fail_msg("%s: no field %s", c->id, c->field);
        const json_t *tables = json_object_get(report, "tables");
        if (!c->column) {
            CT_EQ_I64(c->id, json_array_size(tables), 0);
            continue;
        }
        const json_t *table = c->table ? named(tables, "title", c->table) : walk_at(tables, "0");
        const json_t *column = named(json_object_get(table, "columns"), "name", c->column);
        if (!column)
            fail_msg("%s: no column %s", c->id, c->column);
        assert_true(ct_json_get_sv(column, "meaning").n > 0);
    }
    for (size_t i = 0; i < json_array_size(reports); i++)
        opened += json_array_size(json_object_get(json_array_get(reports, i), "addresses"));
    for (size_t i = 0; i < ct_n_routes; i++)
        opened -= ct_routes[i].needs >> CT_TAKES_SHIFT ? 1 : 0;
    CT_EQ_I64("as many addresses as tokens open", opened, 0);
}

/* What a program may send is told of each address by itself, not "a field of the page". */
static void each_field_that_programs_send_has_a_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < ct_n_routes; i++)
        for (const struct ct_field *f = ct_routes[i].input; f && f->name; f++)
            if (ct_routes[i].needs >> CT_TAKES_SHIFT && !ct_openapi_field_meaning(&ct_routes[i], f))
                fail_msg("%s: what is %s?", ct_routes[i].path, f->name);
}

static void what_a_row_is_is_chosen_among_words(void **state)
{
    static const struct {
        const char *path, *field, *words;
    } cases[] = {
        {"/reports/completion.json", "by",
         "discipline-course discipline course person agency unit task-force"},
        {"/reports/assignments.json", "by",
         "discipline agency unit task_force course requirement supervisor"},
        {"/reports/assignments", "then",
         "discipline agency unit task_force course requirement supervisor"},
        {"/reports/coverage.csv", "of", "modules objectives chairs"},
        {"/reports/questions.xlsx", "of", "questions objectives"},
        {"/reports/trends.json", "by", "month quarter week"},
        {"/reports/trends.json", "from", NULL},
    };
    struct document *d = *state;

    CT_EACH (c, cases) {
        const json_t *item = json_object_get(json_object_get(d->root, "paths"), c->path);
        const json_t *schema =
            json_object_get(parameter(json_object_get(item, "get"), c->field), "schema");
        const json_t *words = json_object_get(schema, "enum"), *word;
        CT_AUTO_STR all = CT_STR_INIT(256);
        size_t i;
        if (!c->words) {
            assert_null(words);
            continue;
        }
        json_array_foreach(words, i, word)
            ct_str_addf(&all, "%s%s", i ? " " : "", json_string_value(word));
        CT_EQ_SV(c->path, ct_str_sv(&all), ct_sv_c(c->words));
    }
}

static void files_about_a_team_are_described_by_their_columns(void **state)
{
    static const struct {
        const char *path, *file, *row, *column;
    } cases[] = {
        {"/reports/coverage.json", "CoverageFile", "CoverageOfModule", "missing"},
        {"/reports/coverage.json", "CoverageFile", "CoverageOfChair", "passed_by"},
        {"/reports/trends.json", "TrendsFile", "TrendPeriod", "standing_overdue"},
        {"/reports/questions.json", "QuestionsFile", "QuestionRow", "instead"},
        {"/reports/questions.json", "QuestionsFile", "ObjectiveRow", "answers"},
        {"/reports/credit.json", "CreditFile", "CreditRow", "approval_no"},
        {"/people/{person}/transcript.json", "TranscriptFile", "TranscriptEntry", "evidence"},
    };
    struct document *d = *state;

    CT_EACH (c, cases) {
        char to[128], at[256];
        snprintf(to, sizeof to, "#/components/schemas/%s", c->file);
        const json_t *answer = json_object_get(json_object_get(d->root, "paths"), c->path);
        answer = json_object_get(json_object_get(answer, "get"), "responses");
        answer = json_object_get(json_object_get(answer, "200"), "content");
        answer = json_object_get(json_object_get(answer, "application/json"), "schema");
        CT_EQ_SV(c->path, ct_json_get_sv(answer, "$ref"), ct_sv_c(to));
        snprintf(at, sizeof at, "components/schemas/%s/properties/%s", c->row, c->column);
        assert_true(json_is_object(walk_at(d->root, at)));
    }
}

int main(void)
{
#define D(test) cmocka_unit_test_setup_teardown(test, open_document, close_document)
#define S(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        D(paths_are_written_as_openapi_has_them),
        D(every_route_is_described_and_nothing_else),
        D(files_about_a_team_are_described_by_their_columns),
        D(operations_have_names_of_their_own),
        D(parameters_are_those_of_path_and_input),
        D(bodies_are_those_of_the_input),
        D(who_may_what_is_what_the_table_says),
        D(rows_have_the_columns_of_the_report),
        D(assignments_are_described_by_their_columns),
        S(a_file_is_as_described),
        S(a_page_tells_people_how),
        S(the_page_tells_of_every_report),
        cmocka_unit_test(each_field_that_programs_send_has_a_meaning),
        D(what_a_row_is_is_chosen_among_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
