/*
 * preview_routes.c: the table of all addresses of `crosstrain preview`.
 */
#include "pages_priv.h"

#include "ct/base/banned.h"

const struct ct_route ct_preview_routes[] = {
    {CT_GET, "/static/:file", CT_NEEDS_NOTHING, NULL, 0, ct_get_static, 0},
    {CT_GET, "/explain", CT_NEEDS_NOTHING, NULL, 0, ct_get_explain_list, 0},
    {CT_GET, "/explain/:code", CT_NEEDS_NOTHING, NULL, 0, ct_get_explain, 0},
};
const size_t ct_n_preview_routes = sizeof ct_preview_routes / sizeof ct_preview_routes[0];
