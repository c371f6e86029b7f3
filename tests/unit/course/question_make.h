/*
 * question_make.h: small questions by hand, one of each kind, for the tests of the question files.
 */
#ifndef CT_TEST_QUESTION_MAKE_H
#define CT_TEST_QUESTION_MAKE_H

#include "ct/course/question.h"

static inline struct ct_option *make_options(struct ct_arena *a, const char *const *texts, size_t n,
                                             uint32_t right)
{
    struct ct_option *options = ct_arena_array(a, struct ct_option, n);
    for (size_t i = 0; i < n; i++) {
        options[i].plain = ct_sv_c(texts[i]);
        options[i].html = options[i].plain;
        options[i].right = (right >> i & 1u) != 0;
    }
    return options;
}

static inline struct ct_sv *make_texts(struct ct_arena *a, const char *const *texts, size_t n)
{
    struct ct_sv *views = ct_arena_array(a, struct ct_sv, n);
    for (size_t i = 0; i < n; i++)
        views[i] = ct_sv_c(texts[i]);
    return views;
}

/* A question whose parts are called "a", "b", …; `right` has a bit for each right option. */
static inline struct ct_question *make_question(struct ct_arena *a, enum ct_question_kind kind,
                                                const char *id, size_t n, uint32_t right)
{
    static const char *const letters[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    static const char *const capitals[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    struct ct_question *q = ct_arena_new(a, struct ct_question);
    q->kind = kind;
    q->id = ct_sv_c(id);
    q->points = 1;
    q->shuffle = true;
    q->disciplines = CT_DISC_ALL;
    if (n > 0) {
        q->options = make_options(a, letters, n, right);
        q->n_options = n;
    }
    if (kind == CT_Q_MATCH) {
        q->targets = make_options(a, capitals, n + 2, 0);
        q->n_targets = n + 2;
    }
    return q;
}

/* "A child under `18` cannot consent, so force is `(x) not required ( ) required`." */
static inline struct ct_question *make_gaps(struct ct_arena *a, const char *id)
{
    static const char *const accepted[] = {"18", "eighteen"};
    static const char *const options[] = {"not required", "required"};
    struct ct_question *q = make_question(a, CT_Q_GAPS, id, 0, 0);
    q->n_gaps = 2;
    q->gaps = ct_arena_array(a, struct ct_gap, 2);
    q->gaps[0].accepted = make_texts(a, accepted, 2);
    q->gaps[0].n = 2;
    q->gaps[1].is_choice = true;
    q->gaps[1].options = make_options(a, options, 2, 1);
    q->gaps[1].n = 2;
    return q;
}

/* One of each kind, with all that grading needs. */
static inline struct ct_question *make_kind(struct ct_arena *a, enum ct_question_kind kind)
{
    static const char *const accepted[] = {"safety plan", "safety planning"};
    struct ct_question *q;
    switch (kind) {
    case CT_Q_SINGLE:
        return make_question(a, kind, "single", 4, 0x2);
    case CT_Q_MULTIPLE:
        return make_question(a, kind, "multiple", 5, 0x15);
    case CT_Q_ORDER:
        return make_question(a, kind, "order", 5, 0);
    case CT_Q_MATCH:
        return make_question(a, kind, "match", 4, 0);
    case CT_Q_GAPS:
        return make_gaps(a, "gaps");
    case CT_Q_NUMBER:
        q = make_question(a, kind, "number", 0, 0);
        q->low = 70;
        q->high = 74;
        q->unit = CT_SV("hours");
        return q;
    case CT_Q_TEXT:
        q = make_question(a, kind, "text", 0, 0);
        q->accepted = make_texts(a, accepted, 2);
        q->n_accepted = 2;
        q->typos = 1;
        return q;
    case CT_Q_REFLECT:
        return make_question(a, kind, "reflect", 0, 0);
    }
    return NULL;
}

/* An answer of picks; -1: nothing picked. */
static inline struct ct_answer make_picks(struct ct_arena *a, const int *picks, size_t n)
{
    struct ct_answer ans = {ct_arena_array(a, struct ct_answer_part, n), n};
    for (size_t i = 0; i < n; i++)
        ans.parts[i].pick = picks[i];
    return ans;
}

static inline struct ct_answer make_typed(struct ct_arena *a, const char *text)
{
    struct ct_answer ans = {ct_arena_array(a, struct ct_answer_part, 1), 1};
    ans.parts[0].pick = -1;
    ans.parts[0].text = ct_sv_c(text);
    return ans;
}

/* The right answer to a question that make_kind made. */
static inline struct ct_answer make_right(struct ct_arena *a, const struct ct_question *q)
{
    static const int same[] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const int single[] = {1};
    static const int multiple[] = {0, 2, 4};
    struct ct_answer ans;
    switch (q->kind) {
    case CT_Q_SINGLE:
        return make_picks(a, single, 1);
    case CT_Q_MULTIPLE:
        return make_picks(a, multiple, 3);
    case CT_Q_ORDER:
    case CT_Q_MATCH:
        return make_picks(a, same, q->n_options);
    case CT_Q_GAPS:
        ans = make_picks(a, same, 2);
        ans.parts[0] = (struct ct_answer_part){-1, CT_SV("18")};
        ans.parts[1].pick = 0;
        return ans;
    case CT_Q_NUMBER:
        return make_typed(a, "72");
    case CT_Q_TEXT:
        return make_typed(a, "safety plan");
    case CT_Q_REFLECT:
        return make_typed(a, "we met once a week");
    }
    return make_typed(a, "");
}

/* Adds a field to a form with room for it. */
static inline void make_field(struct ct_arena *a, struct ct_form *f, struct ct_sv name,
                              struct ct_sv value)
{
    struct ct_form_field *fields = ct_arena_array(a, struct ct_form_field, f->n + 1);
    if (f->n > 0)
        memcpy(fields, f->fields, f->n * sizeof *fields);
    fields[f->n] = (struct ct_form_field){name, value};
    f->fields = fields;
    f->n++;
}

static const enum ct_question_kind make_kinds[] = {CT_Q_SINGLE, CT_Q_MULTIPLE, CT_Q_NUMBER,
                                                   CT_Q_TEXT,   CT_Q_ORDER,    CT_Q_MATCH,
                                                   CT_Q_GAPS,   CT_Q_REFLECT};

#endif
