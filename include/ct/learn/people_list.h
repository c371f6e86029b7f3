/*
 * ct/learn/people_list.h: finding people: by words of name and address, by where they belong, by
 * discipline, a page at a time. For administrators.
 */
#ifndef CT_LEARN_PEOPLE_LIST_H
#define CT_LEARN_PEOPLE_LIST_H

#include "ct/learn/org.h"
#include "ct/learn/person.h"

enum ct_people_active { CT_PEOPLE_ACTIVE, CT_PEOPLE_INACTIVE, CT_PEOPLE_ALL };

struct ct_people_wish {
    struct ct_sv text;       /* words that are all in the name or address, in any case; "" all */
    struct ct_sv discipline; /* a slug; "" all */
    enum ct_people_active active;
    struct ct_scope_wish where;
    size_t first, max; /* so many from this one on */
};

struct ct_people_row {
    struct ct_person person;
    struct ct_sv agency, unit, task_forces; /* paths; "" for none */
};

struct ct_people_found {
    struct ct_people_row *rows; /* by name */
    size_t n, total;
    struct ct_scope scope; /* what was chosen and what may be */
};

/* CT_OK; CT_BAD_INPUT (what: "agency", "unit", "task_force"). */
int ct_people_find(struct ct_db *db, struct ct_arena *a, const struct ct_people_wish *wish,
                   int64_t as_of, struct ct_people_found *ret, struct ct_err *err);

#endif
