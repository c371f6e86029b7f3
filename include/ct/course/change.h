/*
 * ct/course/change.h: how two texts of a module differ, as learners meet it: by section, scene and
 * question, not by line (that is ct/text/diff.h).
 *
 * Whether a change is material, so that people who passed before have something to read, is said in
 * the file itself: its front matter's `version` is another one than before, and `change` says in a
 * sentence what is new. No `version` counts as "1". So a change made in a folder and one made in
 * the browser are the same thing.
 */
#ifndef CT_COURSE_CHANGE_H
#define CT_COURSE_CHANGE_H

#include "ct/course/module.h"

enum ct_change_kind { CT_CHANGE_NONE, CT_CHANGE_EDITED, CT_CHANGE_ADDED, CT_CHANGE_REMOVED };

struct ct_part_change { /* a section of a lesson, or a scene of a scenario */
    enum ct_change_kind kind;
    const struct ct_section *before, *after; /* lesson; NULL where there is none */
    size_t scene_before, scene_after;        /* scenario: indexes; SIZE_MAX where there is none */
};

struct ct_question_change {
    enum ct_change_kind kind;
    const struct ct_question *before, *after;
    bool in_quiz;
};

struct ct_module_change {
    bool same;                                   /* nothing a learner meets is different */
    bool material;                               /* the versions differ */
    bool title, content_note, intro, quiz_rules; /* different: pass, attempts, draw, … */
    bool facts; /* minutes, objectives, sources; a scenario's numbers and `when` rules */
    struct ct_part_change *parts; /* of `after` in order, then those removed; unchanged ones too */
    size_t n_parts, n_changed;
    struct ct_question_change *questions; /* those that differ */
    size_t n_questions;
};

/* Compares. Sections are matched by address, then by title, then by what most of them says; scenes
 * by anchor; questions by id. `set`: only what this discipline meets (CT_DISC_ALL: everything). */
void ct_module_compare(struct ct_arena *a, const struct ct_module *before,
                       const struct ct_module *after, ct_disc_set set,
                       struct ct_module_change *ret);

/* Whether two questions ask the same and take the same answers, so that statistics of one hold for
 * the other. Feedback, points and objectives do not count. */
bool ct_question_same(const struct ct_question *a, const struct ct_question *b);

/* The version of a module: its front matter's, else "1". */
struct ct_sv ct_module_version(const struct ct_module *m);

/* W71: questions and gaps without an `id:` whose text is another than in the text last published,
 * so that it cannot be told whether they are the same questions. The mend puts in the id. */
void ct_change_check(struct ct_arena *a, const struct ct_module *published,
                     const struct ct_module *now, struct ct_problems *problems);

/* The source with one line of its front matter set (added at the end of it; front matter is made if
 * there is none; value null: taken out). The value is quoted as YAML needs it. Nothing else of the
 * source changes. In the arena. */
struct ct_sv ct_front_set(struct ct_arena *a, struct ct_sv source, const char *key,
                          struct ct_sv value);

/* What a module's source says of itself in its front matter, read without the text behind it. In
 * the arena. */
struct ct_edition {
    struct ct_sv id;      /* its own, else that of its path */
    struct ct_sv version; /* as ct_module_version() tells it */
    struct ct_sv change;  /* what is new; null: it says nothing */
};
void ct_front_edition(struct ct_arena *a, struct ct_sv path, struct ct_sv source,
                      struct ct_edition *ret);

#endif
