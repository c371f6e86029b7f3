/*
 * openapi_team.c: the description of coverage, trends, questions, credit and transcripts: their
 * fields, and the rows of their files by the columns.
 */
#include "openapi_priv.h"
#include "pages_priv.h"
#include "team_priv.h"

#include "ct/report/coverage.h"
#include "ct/report/credit_report.h"
#include "ct/report/question_report.h"
#include "ct/report/transcript.h"
#include "ct/report/trend.h"

#include "ct/base/banned.h"

/* A report: the fields by which its addresses are known, its file, what it is. */
static const struct team {
    const struct ct_field *fields;
    const char *name, *file, *summary;
} teams[] = {
    {ct_coverage_query, "coverage", "CoverageFile", "What a team covers between its disciplines"},
    {ct_trends_query, "trends", "TrendsFile", "How a team gets on from month to month"},
    {ct_questions_query, "questions", "QuestionsFile", "Which questions people get wrong"},
    {ct_report_credit_query, "credit", "CreditFile", "Hours of credit that people earned"},
    {ct_transcript_query, "transcript", "TranscriptFile", "One person's transcript"},
};
enum { N_TEAMS = sizeof teams / sizeof teams[0] };

static const struct team *team_of(const struct ct_route *route)
{
    for (size_t i = 0; i < N_TEAMS; i++)
        if (route->input == teams[i].fields)
            return &teams[i];
    return route->input == ct_transcript_pdf_query ? &teams[N_TEAMS - 1] : NULL;
}

const char *ct_openapi_team_meaning(const struct ct_route *route, const struct ct_field *f)
{
    static const struct {
        const char *name, *meaning;
    } meanings[] = {
        {"course", "This course, by its short name"},
        {"module", "This module, by its short name; else the first with a quiz"},
        {"requirement", "Only this requirement, by its short name"},
        {"discipline", "Only this discipline, by its short name"},
        {"agency", "Only the people of this agency, by its short name"},
        {"unit", "Only the people of this unit and of those below it: agency/unit"},
        {"task_force", "Only the people of this task force, by its short name"},
        {"of", "What a row is; else the first of them"},
        {"by", "What a row is; else a month"},
        {"as_of", "As of the end of this day: 2026-03-31"},
        {"from", "The first day; else so that there are twelve periods"},
        {"until", "The last day; else today"},
        {"type", "Only this type of credit, by its short name"},
        {"year", "Only this credit year, named by the calendar year in which it ends"},
        {"paper", "letter or a4; else letter"},
        {"refused", "yes: also what was not earned, with the reason"},
    };

    for (size_t i = 0; team_of(route) && i < sizeof meanings / sizeof meanings[0]; i++)
        if (strcmp(meanings[i].name, f->name) == 0)
            return meanings[i].meaning;
    return NULL;
}

void ct_openapi_team_choices(const struct ct_route *route, const struct ct_field *f, json_t *names)
{
    bool of = strcmp(f->name, "of") == 0, by = strcmp(f->name, "by") == 0;

    for (int i = 0; of && route->input == ct_coverage_query && i <= CT_COVERAGE_CHAIRS; i++)
        json_array_append_new(names, json_string(ct_coverage_of_name((enum ct_coverage_of)i)));
    for (int i = 0; of && route->input == ct_questions_query && i <= CT_OF_OBJECTIVES; i++)
        json_array_append_new(names, json_string(ct_question_of_name((enum ct_question_of)i)));
    for (int i = 0; by && route->input == ct_trends_query && i <= CT_TREND_WEEK; i++)
        json_array_append_new(names, json_string(ct_trend_by_name((enum ct_trend_by)i)));
}

const char *ct_openapi_team_file(const struct ct_route *route)
{
    const struct team *team = team_of(route);

    return team && ct_sv_ends(ct_sv_c(route->path), CT_SV(".json")) ? team->file : NULL;
}

json_t *ct_openapi_team_summary(const struct ct_route *route)
{
    static const char *const forms[][2] = {{".csv", "as CSV"},
                                           {".json", "as JSON"},
                                           {".xlsx", "as a spreadsheet"},
                                           {".pdf", "as a PDF"},
                                           {"", "as a page"}};
    const struct team *team = team_of(route);
    size_t i = 0;

    if (!team)
        return NULL;
    while (!ct_sv_ends(ct_sv_c(route->path), ct_sv_c(forms[i][0])))
        i++;
    CT_AUTO_STR text = CT_STR_INIT(256);
    ct_str_addf(&text, "%s, %s", team->summary, forms[i][1]);
    return ct_json_sv(ct_str_sv(&text));
}

/* `of`: the value of the field by which the rows are chosen; NULL: there are no others. */
static void add_rows(json_t *schemas, json_t *rows, const char *name, const char *of,
                     const struct ct_column *columns, size_t n)
{
    CT_AUTO_STR to = CT_STR_INIT(256);
    json_t *schema = ct_openapi_columns(columns, n, n);

    if (of)
        json_object_set_new(schema, "title", json_sprintf("of=%s", of));
    json_object_set_new(schemas, name, schema);
    ct_str_addf(&to, "#/components/schemas/%s", name);
    json_array_append_new(rows, json_pack("{s:s}", "$ref", to.p));
}

/* The same frame in all files (report_file.h). */
static json_t *file_of(const struct team *team, json_t *rows)
{
    return json_pack(
        "{s:s, s:[s,s,s,s,s,s,s,s], s:{s:{s:s}, s:{s:[s,s], s:s}, s:{s:s, s:s}, s:{s:s}, s:{s:s, "
        "s:{s:[s,s]}}, s:{s:s}, s:{s:s, s:{s:s}}, s:{s:s, s:{s:o}}}}",
        "type", "object", "required", "report", "by", "as_of", "time_zone", "filters", "left_out",
        "columns", "rows", "properties", "report", "const", team->name, "by", "type", "string",
        "null", "description", "What a row is", "as_of", "type", "string", "format", "date-time",
        "time_zone", "type", "string", "filters", "type", "object", "additionalProperties", "type",
        "string", "null", "left_out", "type", "boolean", "columns", "type", "array", "items",
        "type", "string", "rows", "type", "array", "items", "anyOf", rows);
}

void ct_openapi_team_schemas(json_t *schemas)
{
    static const char *const coverage[] = {[CT_COVERAGE_MODULES] = "CoverageOfModule",
                                           [CT_COVERAGE_OBJECTIVES] = "CoverageOfObjective",
                                           [CT_COVERAGE_CHAIRS] = "CoverageOfChair"};
    static const char *const questions[] = {
        [CT_OF_QUESTIONS] = "QuestionRow", [CT_OF_OBJECTIVES] = "ObjectiveRow"};
    json_t *rows[N_TEAMS];
    const struct ct_column *columns;
    size_t n;

    for (size_t i = 0; i < N_TEAMS; i++)
        rows[i] = json_array();
    for (size_t i = 0; i < sizeof coverage / sizeof coverage[0]; i++) {
        columns = ct_coverage_columns((enum ct_coverage_of)i, &n);
        add_rows(schemas, rows[0], coverage[i], ct_coverage_of_name((enum ct_coverage_of)i),
                 columns, n);
    }
    columns = ct_trend_columns(&n);
    add_rows(schemas, rows[1], "TrendPeriod", NULL, columns, n);
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        columns = ct_question_columns((enum ct_question_of)i, &n);
        add_rows(schemas, rows[2], questions[i], ct_question_of_name((enum ct_question_of)i),
                 columns, n);
    }
    columns = ct_credit_columns(&n);
    add_rows(schemas, rows[3], "CreditRow", NULL, columns, n);
    columns = ct_transcript_columns(&n);
    add_rows(schemas, rows[4], "TranscriptEntry", NULL, columns, n);
    for (size_t i = 0; i < N_TEAMS; i++)
        json_object_set_new(schemas, teams[i].file, file_of(&teams[i], rows[i]));
}
