/*
 * server/course/keywords_priv.h: the words by which headings and quotes say what they are, one
 * table a language. A course in another language may also use the English ones.
 */
#ifndef CT_COURSE_KEYWORDS_PRIV_H
#define CT_COURSE_KEYWORDS_PRIV_H

#include "ct/base/sv.h"

enum ct_keyword {
    CT_KEY_NONE,
    CT_KEY_QUESTION,
    CT_KEY_ORDER,
    CT_KEY_MATCH,
    CT_KEY_FILL_IN,
    CT_KEY_REFLECT,
    CT_KEY_QUIZ,
    CT_KEY_SCENARIO,
    CT_KEY_ENDING,
    CT_KEY_TERM
};

enum ct_label {
    CT_LABEL_NONE,
    CT_LABEL_FOR, /* For prosecutors: the argument is "prosecutors" */
    CT_LABEL_NOTE,
    CT_LABEL_IMPORTANT,
    CT_LABEL_CONTENT_NOTE,
    CT_LABEL_TRAINER_NOTE,
    CT_LABEL_HINT,
    CT_LABEL_WHY,
    CT_LABEL_IF, /* If 24: the argument is "24" */
    CT_LABEL_IF_NOT_CHOSEN,
    CT_LABEL_EXTRA_CHOICES,
    CT_LABEL_MODEL_ANSWER,
    CT_LABEL_SOURCE
};

struct ct_words; /* the table of one language */

/* By "en", "es", "es-MX"; English for any other. Never NULL. */
const struct ct_words *ct_words_of(struct ct_sv lang);
bool ct_words_known(struct ct_sv lang);

/* The keyword that a text without its colon is, any case: "put in order". */
enum ct_keyword ct_keyword_find(const struct ct_words *w, struct ct_sv text);

/* The keyword that a misspelt text was probably meant to be, as it is written; null view if none.
 */
struct ct_sv ct_keyword_suggest(const struct ct_words *w, struct ct_sv text);

/* The label that a text without its colon is; *ret_argument is what follows "For" or "If". */
enum ct_label ct_label_find(const struct ct_words *w, struct ct_sv text,
                            struct ct_sv *ret_argument);

/* As the language writes them first, for messages: "Question", "Hint". */
const char *ct_keyword_name(const struct ct_words *w, enum ct_keyword k);
const char *ct_label_name(const struct ct_words *w, enum ct_label l);

/* What a glossary is called that has no title of its own. */
const char *ct_words_glossary(const struct ct_words *w);

/* Whether an option says "all of the above", "none of the above". */
bool ct_words_of_the_above(const struct ct_words *w, struct ct_sv text);

#endif
