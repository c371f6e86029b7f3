/*
 * page_report_tabs.c: the way from one report to the next, at the head of each. A report whose page
 * there is has a row here.
 */
#include "pages_priv.h"

#include "ct/base/banned.h"

static const struct {
    const char *href, *title;
} tabs[] = {
    {"/reports/today", "Today"},           {"/reports/assignments", "Assignments"},
    {"/reports/completion", "Completion"}, {"/reports/coverage", "Coverage"},
    {"/reports/trends", "Trends"},         {"/reports/questions", "Questions"},
    {"/reports/credit", "Credit"},         {"/reports/audit", "Audit pack"},
};

void ct_model_add_tabs(json_t *model, const char *here)
{
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:b}", "href", tabs[i].href, "title",
                                        tabs[i].title, "is_here", strcmp(tabs[i].href, here) == 0));
    json_object_set_new(model, "tabs", list);
}
