/*
 * ct/web/view.h: view models of what courses consist of: blocks, questions, scenes. Used by the
 * pages and by the `render` command.
 *
 * A model is what its template's opening comment says (server/web/templates/). Every function
 * returns a new reference.
 */
#ifndef CT_WEB_VIEW_H
#define CT_WEB_VIEW_H

#include "ct/course/catalogue.h"
#include "ct/learn/attempt.h"
#include "ct/learn/progress.h"

/* How questions are to be shown. */
enum ct_question_view { CT_VIEW_STATIC, CT_VIEW_PRACTICE, CT_VIEW_QUIZ, CT_VIEW_RESULT };

/* The terms that shown blocks link to, gathered by ct_view_blocks(). All zero when empty. */
struct ct_view_words {
    struct ct_view_word {
        const struct ct_term *term;
        int use;      /* the number of the link that "Back to the text" leads to */
        bool is_seen; /* which stands where the reader sees it: not in a closed passage */
    } * items;
    size_t n, cap;
};

struct ct_view {
    struct ct_arena *arena;
    const struct ct_disciplines *disciplines;
    ct_disc_set own; /* whose passages stand open; CT_DISC_ALL: all */
    enum ct_question_view questions;
    const struct ct_module *module;
    const struct ct_desk *desk;           /* PRACTICE: gives the seeds; else NULL */
    struct ct_sv practice_url;            /* PRACTICE: where forms go */
    struct ct_sv opened_url;              /* where opened passages are recorded; null: nowhere */
    const struct ct_practised *practised; /* PRACTICE: latest answers */
    size_t n_practised;
    const char *csrf;                   /* NULL: no forms */
    const struct ct_scenario *scenario; /* scenes: for `if` quotes; else NULL */
    const struct ct_state *state;
    struct ct_view_words *words; /* NULL: they are not gathered */
    bool in_closed;              /* what is shown now stands in a closed passage */
    bool by_line;                /* blocks and questions carry their lines: for previews */
    bool open_all;               /* passages of all disciplines stand open */
    bool answers; /* with each question what is right and all that is said about answers: its key */
};

json_t *ct_view_blocks(const struct ct_view *v, const struct ct_block *blocks, size_t n);

/* WORD of terms.mustache, without a way back for use 0. */
json_t *ct_view_term(const struct ct_view *v, const struct ct_term *t, int use);

/* Sets has_definitions and definitions: the definitions of what was gathered, in the order of first
 * use. `v` says how they are shown. */
void ct_view_add_words(json_t *model, const struct ct_view *v, const struct ct_view_words *words);

/* One question: its presentation under `seed`, the answer so far (may be NULL), and, once it may be
 * shown, the grade (may be NULL) with feedback and right answers. */
json_t *ct_view_question(const struct ct_view *v, const struct ct_question *q, uint64_t seed,
                         const struct ct_answer *answer, const struct ct_grade *grade);

/* {slug, name, plural} and what marks it: a discipline as pages name it. */
json_t *ct_view_discipline(const struct ct_disciplines *d, struct ct_sv slug);

#endif
