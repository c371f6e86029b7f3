/*
 * ct/course/discipline.h: the professions that a curriculum knows, and sets of them.
 *
 * A set is a bit mask over the curriculum's list, so it means something only beside that list;
 * records keep the slug instead.
 */
#ifndef CT_COURSE_DISCIPLINE_H
#define CT_COURSE_DISCIPLINE_H

#include "ct/base/arena.h"

enum { CT_DISCIPLINES_MAX = 32 };

struct ct_discipline {
    struct ct_sv slug;   /* "law-enforcement" */
    struct ct_sv name;   /* of one: "Guardian ad litem"; from the parentheses in front of a slash,
                            else from the slug: "Law enforcement" */
    struct ct_sv plural; /* as in "For prosecutors": "prosecutors"; from the parentheses (behind the
                            slash, if there is one), else the slug */
};

struct ct_disciplines {
    struct ct_discipline items[CT_DISCIPLINES_MAX];
    size_t n;
    /* Those that the curriculum once had and has no more, by their last names, the last that went
     * first: records and people keep them. In no set. */
    const struct ct_discipline *former;
    size_t n_former;
};

typedef uint32_t ct_disc_set; /* bit i: disciplines.items[i] */
#define CT_DISC_ALL  ((ct_disc_set)0xffffffffu)
#define CT_DISC_NONE ((ct_disc_set)0)

/* Index by slug, -1 if unknown. */
int ct_discipline_find(const struct ct_disciplines *d, struct ct_sv slug);

/* Whether the curriculum has it, or once had it. */
bool ct_discipline_was(const struct ct_disciplines *d, struct ct_sv slug);

/* The set with one member; the empty set for an unknown slug. */
ct_disc_set ct_discipline_bit(const struct ct_disciplines *d, struct ct_sv slug);

/* Reads "prosecutors", "caseworkers and advocates", "prosecutor, caseworker": plurals or slugs, any
 * case, joined by commas and the language's word for "and". True when every part is known;
 * *ret_unknown is then the null view, else the first unknown part. */
bool ct_discipline_set_parse(const struct ct_disciplines *d, struct ct_sv text,
                             ct_disc_set *ret_set, struct ct_sv *ret_unknown);

/* The plural nearest to a misspelt one (edit distance at most 2, and less than half its length),
 * the null view if none is near. */
struct ct_sv ct_discipline_suggest(const struct ct_disciplines *d, struct ct_sv text);

/* "prosecutors", "caseworkers and advocates", "a, b and c"; "everybody" for the full set. */
struct ct_sv ct_discipline_set_name(struct ct_arena *a, const struct ct_disciplines *d,
                                    ct_disc_set set);

/* What the one of a slug is called: its name; of one that the curriculum has no more its last name
 * and that: "Guardian ad litem (no longer in the curriculum)". */
struct ct_sv ct_discipline_called(struct ct_arena *a, const struct ct_disciplines *d,
                                  struct ct_sv slug);

/* What those of a slug are called in a sentence: "prosecutors"; of one that the curriculum has no
 * more as above. */
struct ct_sv ct_discipline_many(struct ct_arena *a, const struct ct_disciplines *d,
                                struct ct_sv slug);

/* The name of one, made from its slug: "Law enforcement". */
struct ct_sv ct_discipline_name_of(struct ct_arena *a, struct ct_sv slug);

/* The eleven that our own curriculum knows, for a file that stands in none. */
void ct_disciplines_default(struct ct_disciplines *ret);

#endif
