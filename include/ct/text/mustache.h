/*
 * ct/text/mustache.h: the Mustache language, the required modules of its specification (v1.4):
 * comments, delimiters, interpolation, inverted, partials, sections. No lambdas, no inheritance.
 *
 * Templates are compiled once into an immutable set that any number of threads render from.
 * {{name}} escapes HTML; {{{name}}} and {{&name}} do not, and a test lists every use of those.
 * Names with dots look into objects. A number renders as %lld or shortest %.17g, true as "true",
 * false as "false"; null, objects and lists as nothing.
 *
 * Where the specification leaves truth to the language: absent, null, false, "" and [] skip a
 * section and show an inverted one; everything else, the number 0 too, is there. A section over a
 * list is rendered for each element, over anything else once, with the value as {{.}}.
 */
#ifndef CT_TEXT_MUSTACHE_H
#define CT_TEXT_MUSTACHE_H

#include "ct/text/json.h"

struct ct_templates;

/* A set that compiles nothing yet. Free with ct_templates_free (NULL is fine). */
struct ct_templates *ct_templates_new(void);
void ct_templates_free(struct ct_templates *t);
static inline void ct_templates_freep(struct ct_templates **t)
{
    ct_templates_free(*t);
}

/* Compiles `source` under `name` (copied), replacing one of that name. Partials are looked up by
 * name when rendering; one that is not there renders as nothing. CT_OK; CT_BAD_INPUT with
 * `name:line` when a section is not closed, closed twice, or a tag is not ended; also for a name
 * that is empty or has blanks, and for sections nested deeper than 64. After a failure the set is
 * as before. Not while another thread renders. */
int ct_templates_add(struct ct_templates *t, const char *name, struct ct_sv source,
                     struct ct_err *err);

/* Adds every *.mustache file of a folder under its name without the ending. CT_OK; CT_NOT_FOUND if
 * there is no folder; what ct_templates_add says. */
int ct_templates_load(struct ct_templates *t, const char *dir, struct ct_err *err);

/* Renders template `name` with a view (any JSON value) onto `out`. CT_OK; CT_NOT_FOUND for an
 * unknown template; CT_TOO_BIG when `out` is full or partials nest deeper than 64. */
int ct_templates_render(const struct ct_templates *t, const char *name, const json_t *view,
                        struct ct_str *out, struct ct_err *err);

#endif
