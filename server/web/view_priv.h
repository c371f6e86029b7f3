/*
 * view_priv.h: the small pieces that view models are made of. What the words in capitals mean says
 * templates/page_top.mustache. Every function returns a new reference.
 */
#ifndef CT_WEB_VIEW_PRIV_H
#define CT_WEB_VIEW_PRIV_H

#include "ct/learn/due.h"
#include "ct/web/view.h"

/* The text, or null for none: Mustache takes both as absent, JSON shows the difference. */
json_t *ct_view_text(struct ct_sv s);

/* DATE of a moment: the day alone, or with the time (UTC); null for 0. */
json_t *ct_view_day(int64_t t);
json_t *ct_view_moment(int64_t t);
json_t *ct_view_date(struct ct_date d); /* null for year 0 */

json_t *ct_view_on(int day);                /* of a day as a number; null for CT_DAY_NONE */
json_t *ct_view_month(int month);           /* "July"; null for 0, which is none */
json_t *ct_view_day_text(struct ct_sv day); /* "2026-11-22"; null for what is no day */

/* DUE of a word of due.h. */
json_t *ct_view_due(enum ct_due_status status);

/* Sets a text: the word for one, or that for many. */
void ct_view_add_noun(json_t *model, const char *key, size_t n, const char *one, const char *many);

/* Sets the three booleans of STATUS. */
void ct_view_add_status(json_t *model, enum ct_progress_status status);

/* DISCs of a set, in the curriculum's order. */
json_t *ct_view_disciplines(const struct ct_disciplines *d, ct_disc_set set);

/* Twelve digits of a revision: enough to tell two texts apart by eye. */
json_t *ct_view_revision(struct ct_sv revision);

/* One question under way to its model: what was answered, and what may be said about it by now. */
struct ct_asked {
    const struct ct_view *view;
    const struct ct_question *q;
    uint64_t seed;
    struct ct_answer answer;      /* n == 0: none */
    const struct ct_grade *grade; /* NULL: nothing may be said yet */
    bool marks;                   /* right and wrong parts may be marked */
    bool reveals;                 /* right answers may be shown */
};

/* Gathers the terms that a block links to. */
void ct_view_note_words(const struct ct_view *v, const struct ct_block *b);

/* A condition in words that need no key: "trust at least 2 and told is yes". */
struct ct_sv ct_view_condition(struct ct_arena *a, const struct ct_scenario *sc,
                               const struct ct_condition *c);

/* `key` of QUESTION: what is right, and all that is ever said about an answer. */
json_t *ct_view_key(const struct ct_view *v, const struct ct_question *q);

/* The lists of the kinds; each is empty for a question of another kind. */
json_t *ct_view_options(const struct ct_asked *a);
json_t *ct_view_items(const struct ct_asked *a);
json_t *ct_view_prompts(const struct ct_asked *a);
json_t *ct_view_gaps(const struct ct_asked *a);

/* `result` of QUESTION; null while nothing is said. */
json_t *ct_view_result(const struct ct_asked *a);

#endif
