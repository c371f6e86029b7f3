/*
 * ct/learn/saved_view.h: reports that somebody kept under a name: an address with what was asked.
 * They are the person's own. An address is nothing but text here: whoever opens it says whether it
 * still leads somewhere, and what is shown there follows from the rights of that moment.
 *
 * Nothing is overwritten: a new name and an end are rows of their own.
 */
#ifndef CT_LEARN_SAVED_VIEW_H
#define CT_LEARN_SAVED_VIEW_H

#include "ct/base/clock.h"
#include "ct/store/store.h"

enum {
    CT_SAVED_VIEW_NAME_MAX = 80, /* characters */
    CT_SAVED_VIEW_HREF_MAX = 2000,
    CT_SAVED_VIEWS_MAX = 100 /* of one person */
};

struct ct_saved_view {
    int64_t id;
    struct ct_sv name, href;
    int64_t saved_at;
};

/* A person's, by name. */
int ct_saved_views(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_saved_view **ret,
                   size_t *ret_n, struct ct_err *err);

/* CT_OK; CT_BAD_INPUT (what: "name", "href"): a name of one line is wanted, which the person has
 * not given to another; CT_CONFLICT (what: "name") for that, or for one too many. */
int ct_saved_view_add(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                      struct ct_sv name, struct ct_sv href, int64_t *ret_id, struct ct_err *err);

/* As above; and CT_NOT_FOUND for one that is not the person's. */
int ct_saved_view_rename(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                         int64_t view, struct ct_sv name, struct ct_err *err);

/* CT_OK also if it was deleted already; CT_NOT_FOUND. */
int ct_saved_view_delete(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                         int64_t view, struct ct_err *err);

#endif
