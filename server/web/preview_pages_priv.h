/*
 * preview_pages_priv.h: the pages of `crosstrain preview`.
 */
#ifndef CT_WEB_PREVIEW_PAGES_PRIV_H
#define CT_WEB_PREVIEW_PAGES_PRIV_H

#include "pages_priv.h"
#include "preview_priv.h"

/* preview_home.c, preview_page.c, preview_map.c, preview_changes.c */
ct_handler ct_get_preview_home, ct_get_preview_course, ct_get_preview_module, ct_get_preview_map,
    ct_get_preview_glossary, ct_get_changes;

/* What the bar sends; see struct ct_preview_wish. */
struct ct_preview_input {
    struct ct_sv as, scene, used;
    bool open, answers;
    int64_t after;
    struct ct_form variables;
};
extern const struct ct_field ct_preview_query[];

struct ct_changes_input {
    int64_t seen;
};
extern const struct ct_field ct_changes_query[];

/* preview_bar.c: the form above a preview. `m` NULL: of a text that is no module; `c` NULL: of
 * the glossary. */
struct ct_preview_wish ct_preview_wish_of(const struct ct_preview_input *in);
json_t *ct_preview_bar(const struct ct_request *rq, const struct ct_preview_wish *wish,
                       const struct ct_course *c, const struct ct_module *m);

/* [{slug, name, is_chosen}] of the curriculum's disciplines. */
json_t *ct_preview_disciplines(const struct ct_disciplines *d, struct ct_sv chosen);

/* The problems of a file, which are adjacent in the catalogue's list. */
void ct_preview_problems_of(const struct ct_catalogue *cat, struct ct_sv path,
                            const struct ct_problem **ret_first, size_t *ret_n);

/* Adds what preview.js wants to know of a page: path (of the file; null for several), generation,
 * and says the number of errors in the title. */
void ct_preview_add_live(const struct ct_request *rq, json_t *model, struct ct_sv path,
                         struct ct_sv title, const struct ct_problem *problems, size_t n);

#endif
