/*
 * openapi_priv.h: the description of all addresses for programs, in two halves: openapi.c goes
 * through the route table, openapi_schema.c says what requests and answers are made of.
 */
#ifndef CT_WEB_OPENAPI_PRIV_H
#define CT_WEB_OPENAPI_PRIV_H

#include "ct/text/json.h"
#include "ct/web/route.h"

/* The document of a table: OpenAPI 3.1. A new reference. */
json_t *ct_openapi(struct ct_arena *a, const struct ct_route *routes, size_t n);

/* "/courses/{course}" of "/courses/:course". */
struct ct_sv ct_openapi_path(struct ct_arena *a, const char *path);

/* What a route gives, for people: "Completion by discipline, as CSV". A new reference. */
json_t *ct_openapi_summary(const struct ct_route *route);

/* What a field may hold; null for a row that takes several (CT_FIELD_FORM). */
json_t *ct_openapi_field(const struct ct_route *route, const struct ct_field *f);
/* Its meaning, for those that programs send; NULL. */
const char *ct_openapi_field_meaning(const struct ct_route *route, const struct ct_field *f);

/* The object that a POST's body is. */
json_t *ct_openapi_body(const struct ct_route *route);

/* What a GET answers with when all is well: the contents by media type. */
json_t *ct_openapi_content(const struct ct_route *route);

/* openapi_team.c: the same of coverage, trends, questions, credit and transcripts; NULL for
 * other routes. The name of the schema of a JSON file. */
const char *ct_openapi_team_meaning(const struct ct_route *route, const struct ct_field *f);
/* Appends the words by which a field of theirs chooses what a row is. */
void ct_openapi_team_choices(const struct ct_route *route, const struct ct_field *f, json_t *names);
const char *ct_openapi_team_file(const struct ct_route *route);
json_t *ct_openapi_team_summary(const struct ct_route *route);
void ct_openapi_team_schemas(json_t *schemas);

/* The object that a row of these columns is; the first `n_required` are always in it. Where a field
 * chooses between rows, their schemas have a title, "of=modules". */
struct ct_column;
json_t *ct_openapi_columns(const struct ct_column *columns, size_t n, size_t n_required);

/* All that is referred to: "#/components/schemas/…", "#/components/responses/…". */
json_t *ct_openapi_components(void);

#endif
