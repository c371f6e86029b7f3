/*
 * measure_priv.h: what the parts of measuring share: measure_text.c counts in texts, measure_run.c
 * plays scenarios, measure.c adds up, measure_check.c warns.
 */
#ifndef CT_COURSE_MEASURE_PRIV_H
#define CT_COURSE_MEASURE_PRIV_H

#include "ct/course/measure.h"

#include "lift_priv.h"

/* Counts of texts of one language. With an arena the whole of it: of running text also sentences,
 * syllables and, in the arena, how the longest sentences begin. Without one the words alone. */
struct ct_tally {
    struct ct_sv lang;
    struct ct_arena *arena;
    size_t words, prose_words, sentences, syllables;
    size_t seconds; /* of media */
    struct ct_tally_sentence {
        size_t words;
        int from; /* it stands in this line of the source, or below */
        struct ct_sv begin;
    } longest[3]; /* as in struct ct_measure */
};

/* Adds what an HTML text of ours says, which stands from `line` on in the source. */
void ct_tally_html(struct ct_tally *t, struct ct_sv html, int line);
/* Adds blocks as a reader of `disciplines` meets them (CT_DISC_ALL: all): no questions, and no
 * passages for others. */
void ct_tally_blocks(struct ct_tally *t, const struct ct_block *blocks, size_t n,
                     ct_disc_set disciplines);
/* Adds what another counted in the same language. */
void ct_tally_add(struct ct_tally *t, const struct ct_tally *more);
/* The line of the source in which a sentence begins; where it should stand, if it is not found. */
int ct_tally_line(const struct ct_tally_sentence *sentence, struct ct_sv source);

/* Words that a run through a scenario shows, and choices that it takes, from a chair, on the
 * average. */
void ct_measure_run(const struct ct_scenario *sc, ct_disc_set chair, struct ct_sv lang,
                    double *ret_words, double *ret_choices);

/* Adds W73 and W74 for a lesson. `minutes_line`: of the front matter; `title_line`: where the text
 * begins. */
void ct_measure_check(struct ct_lift *l, const struct ct_module *m, int minutes_line,
                      int title_line);

#endif
