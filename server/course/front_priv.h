/*
 * server/course/front_priv.h: one value of front matter, checked and put into its place.
 */
#ifndef CT_COURSE_FRONT_PRIV_H
#define CT_COURSE_FRONT_PRIV_H

#include "ct/text/yaml.h"

#include "labels_priv.h"
#include "module_priv.h"

enum ct_front_kind {                   /* the type at `offset` */
                     CT_FRONT_TEXT,    /* struct ct_sv */
                     CT_FRONT_SLUG,    /* struct ct_sv: a name for records and addresses */
                     CT_FRONT_LANG,    /* struct ct_sv */
                     CT_FRONT_HTTPS,   /* struct ct_sv: an address elsewhere, over https */
                     CT_FRONT_VERSION, /* struct ct_sv: any text; what looks like a date is one */
                     CT_FRONT_INT,     /* int, low..high */
                     CT_FRONT_PERCENT, /* int */
                     CT_FRONT_MONTHS,  /* int */
                     CT_FRONT_SET,     /* ct_disc_set */
                     CT_FRONT_TEXTS,   /* const struct ct_sv *, and size_t at `offset_n` */
                     CT_FRONT_SLUGS,   /* the same */
                     CT_FRONT_OBJECTIVES,  /* const struct ct_objective *, and size_t */
                     CT_FRONT_DISCIPLINES, /* struct ct_disciplines */
                     CT_FRONT_CREDIT       /* const struct ct_course_credit *, and size_t */
};

struct ct_front_key {
    const char *name;
    enum ct_front_kind kind;
    size_t offset, offset_n;
    int low, high;
};

struct ct_front {
    struct ct_arena *arena;
    struct ct_sv path;
    const struct ct_disciplines *disciplines;
    struct ct_problems *problems;
};

/* Puts the value of a key into `ret`; a wrong one is a problem (E04, E24) and leaves it as it is.
 */
void ct_front_read(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                   void *ret);

#endif
