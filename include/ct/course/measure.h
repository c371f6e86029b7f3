/*
 * ct/course/measure.h: how long a module is, how hard it reads, and what its questions assess.
 */
#ifndef CT_COURSE_MEASURE_H
#define CT_COURSE_MEASURE_H

#include "ct/course/module.h"

/* How minutes are estimated. Words a minute for reading to learn: Brysbaert, "How many words do we
 * read per minute?", Journal of Memory and Language 109 (2019): 238 for silent reading of prose;
 * less, because learners stop to think. A reflection is written, not picked: forty words or so, at
 * the twenty words a minute of somebody who thinks while writing. */
enum {
    CT_READING_WPM = 200,
    CT_QUESTION_SECONDS = 45,
    CT_REFLECTION_SECONDS = 120,
    CT_CHOICE_SECONDS = 20
};

struct ct_coverage { /* an objective and what assesses it */
    const struct ct_objective *objective;
    const struct ct_question *const *questions; /* practice and quiz, in written order */
    size_t n_questions;
    size_t n_graded; /* of them, those of the quiz */
};

struct ct_measure {
    size_t words; /* of what the discipline with the most text reads, without code; of questions
                     what somebody reads who answers right; of a quiz that draws, its share */
    /* The same in running text alone, which the grade is made of: headings, tables and questions
     * are no sentences; an item of a list is one. */
    size_t prose_words, sentences, syllables;
    bool has_grade; /* false under 100 words, or in a language without formula */
    double
        grade; /* school years: en Flesch-Kincaid (Kincaid and others, 1975); es Crawford (1984) */
    int media_seconds; /* by the captions' last time; 0: none */
    int minutes; /* estimated, rounded up: words, media, questions; scenarios by their mean run */
    struct ct_long_sentence {
        size_t words;
        int line;
    } longest[3]; /* of the running text, the longest first; 0 words: there are no more */
    struct ct_coverage *coverage;               /* per objective of the module */
    size_t n_questions, n_graded, n_unassigned; /* all; the quiz's; those that name no objective */
};

/* Measures a module that was parsed without errors; as far as it goes, one with errors. */
void ct_module_measure(struct ct_arena *a, const struct ct_module *m, struct ct_measure *ret);

/* Syllables of a word, by rule: en, es; 1 at least. */
size_t ct_syllables(struct ct_sv word, struct ct_sv lang);

#endif
