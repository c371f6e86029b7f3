/*
 * preview_routes.c: the table of all addresses of `crosstrain preview`.
 */
#include "preview_pages_priv.h"

#include "ct/base/banned.h"

#define INPUT(fields, type) fields, sizeof(struct type)

const struct ct_route ct_preview_routes[] = {
    {CT_GET, "/", CT_NEEDS_NOTHING, NULL, 0, ct_get_preview_home, 0},
    {CT_GET, "/glossary", CT_NEEDS_NOTHING, INPUT(ct_preview_query, ct_preview_input),
     ct_get_preview_glossary, 0},
    {CT_GET, "/courses/:course", CT_NEEDS_NOTHING, INPUT(ct_preview_query, ct_preview_input),
     ct_get_preview_course, 0},
    {CT_GET, "/courses/:course/:module", CT_NEEDS_NOTHING,
     INPUT(ct_preview_query, ct_preview_input), ct_get_preview_module, 0},
    {CT_GET, "/courses/:course/:module/map", CT_NEEDS_NOTHING, INPUT(ct_map_query, ct_map_input),
     ct_get_preview_map, 0},
    {CT_GET, "/changes", CT_NEEDS_NOTHING, INPUT(ct_changes_query, ct_changes_input),
     ct_get_changes, 0},
    {CT_GET, "/content/:course/:file*", CT_NEEDS_NOTHING, NULL, 0, ct_get_media, 0},
    {CT_GET, "/static/:file", CT_NEEDS_NOTHING, NULL, 0, ct_get_static, 0},
    {CT_GET, "/calendar", CT_NEEDS_NOTHING, NULL, 0, ct_get_calendar, 0},
    {CT_GET, "/leaving-safely", CT_NEEDS_NOTHING, NULL, 0, ct_get_leaving_safely, 0},
    {CT_GET, "/explain", CT_NEEDS_NOTHING, NULL, 0, ct_get_explain_list, 0},
    {CT_GET, "/explain/:code", CT_NEEDS_NOTHING, NULL, 0, ct_get_explain, 0},
};
const size_t ct_n_preview_routes = sizeof ct_preview_routes / sizeof ct_preview_routes[0];
