/*
 * server/course/suggest_priv.h: "did you mean". Which known word a misspelt one was meant to be.
 */
#ifndef CT_COURSE_SUGGEST_PRIV_H
#define CT_COURSE_SUGGEST_PRIV_H

#include "ct/base/sv.h"

/* Edit distance (Levenshtein, by code points, ASCII case ignored); limit + 1 when it is more. */
size_t ct_edit_distance(struct ct_sv a, struct ct_sv b, size_t limit);

/* Whether `text` is probably a misspelt `word`: at most 2 edits, and fewer than half the
 * length of either. */
bool ct_is_near(struct ct_sv text, struct ct_sv word);

/* The word of a NULL-terminated list that was probably meant; the null view if none is near. */
struct ct_sv ct_suggest(struct ct_sv text, const char *const *words);

#endif
