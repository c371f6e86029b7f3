/*
 * ct/course/question.h: questions and their grading. Pure: a question, an answer, a grade.
 *
 * The written order is the right order, so what a browser gets is shuffled: an order of
 * presentation is made from a seed (of the attempt, or of the learner and question for practice),
 * values in forms are places in that order, and reading an answer turns them back. Stored answers
 * are in written order and thus comparable between people.
 */
#ifndef CT_COURSE_QUESTION_H
#define CT_COURSE_QUESTION_H

#include "ct/base/err.h"
#include "ct/course/block.h"
#include "ct/text/form.h"
#include "ct/text/json.h"

enum ct_question_kind {
    CT_Q_SINGLE,   /* ( ) pick one */
    CT_Q_MULTIPLE, /* [ ] pick all that apply */
    CT_Q_NUMBER,   /* number: 72 +/- 2 */
    CT_Q_TEXT,     /* accept: … */
    CT_Q_ORDER,    /* Put in order: */
    CT_Q_MATCH,    /* Match: */
    CT_Q_GAPS,     /* Fill in: */
    CT_Q_REFLECT   /* Reflect: */
};

enum { CT_OPTIONS_MAX = 32, CT_GAPS_MAX = 32, CT_POINTS_MAX = 100 };

struct ct_option {
    struct ct_sv html;  /* full Markdown, rendered; a tight single paragraph has no <p> */
    struct ct_sv plain; /* as text, for reports and labels */
    bool right;
    struct ct_sv feedback_html;   /* when chosen; or null */
    struct ct_sv not_chosen_html; /* **If not chosen:**, when right and left out; or null */
};

struct ct_case { /* **If 24:** */
    bool is_range;
    double low, high;  /* is_range: low <= answer <= high */
    struct ct_sv text; /* else the answer, compared as short text is */
    struct ct_sv html;
};

struct ct_gap {
    struct ct_sv before_html;  /* the text in front of this gap; see ct_question.after_html */
    bool is_choice;            /* (x) a ( ) b: pick from options; else type */
    struct ct_option *options; /* is_choice */
    struct ct_sv *accepted;    /* typed: any of these */
    size_t n;                  /* how many options or accepted texts */
};

struct ct_question {
    enum ct_question_kind kind;
    struct ct_sv id; /* from `id:`, else the slug of the title; unique in its module */
    bool id_given;
    struct ct_sv title_html; /* inline */
    struct ct_sv title;      /* plain */
    int line;
    int points;               /* 1..CT_POINTS_MAX */
    bool each;                /* scoring: each: partial credit; else all or nothing */
    bool shuffle;             /* false: written order is shown (never for ORDER) */
    bool survey;              /* no right answer, never graded */
    struct ct_sv *objectives; /* ids as in the module's front matter */
    size_t n_objectives;
    ct_disc_set disciplines; /* asked of these; CT_DISC_ALL unless inside a passage */
    struct ct_block *stem;   /* the question itself: HTML, notes, media */
    size_t n_stem;

    struct ct_option *options; /* SINGLE, MULTIPLE; ORDER: the items; MATCH: the prompts */
    size_t n_options;
    uint32_t
        tie_groups[CT_OPTIONS_MAX]; /* ORDER: items of one nonzero group may stand either way */
    struct ct_option *targets;      /* MATCH: target i belongs to prompt i; extra ones follow */
    size_t n_targets;
    struct ct_gap *gaps; /* GAPS */
    size_t n_gaps;
    struct ct_sv
        after_html;         /* GAPS: the text behind the last gap; all pieces joined are the HTML */
    double low, high;       /* NUMBER: low <= answer <= high is right */
    struct ct_sv unit;      /* NUMBER: "hours", or null */
    struct ct_sv *accepted; /* TEXT: any of these */
    size_t n_accepted;
    int typos;             /* TEXT, GAPS: edits forgiven (Levenshtein), 0..3 */
    struct ct_case *cases; /* NUMBER, TEXT: feedback for an answer */
    size_t n_cases;
    int words;                                    /* REFLECT: at least so many; 0: any */
    bool share_trainer;                           /* REFLECT: trainers may read it */
    struct ct_sv hint_html, why_html, model_html; /* or null */
};

struct ct_answer_part {
    int64_t pick;      /* index in written order; -1: nothing picked or not a pick */
    struct ct_sv text; /* what was typed; else null */
};

/* SINGLE: no or one pick. MULTIPLE: the picks, ascending. NUMBER, TEXT, REFLECT: one text. ORDER:
 * part i is the item put i-th. MATCH: part i is the target for prompt i. GAPS: part i fills gap i.
 */
struct ct_answer {
    struct ct_answer_part *parts;
    size_t n; /* 0: not answered */
};

/* The order in which the n (<= CT_OPTIONS_MAX) options or targets are shown: ret[place] = written
 * index. The same seed gives the same order for ever (it is stored with attempts); an ORDER
 * question of two or more items is never shown in the right order (unless every order is right),
 * and the targets of a MATCH are shuffled always. `which`: 0 options, 1 targets, 2+i the options of
 * gap i. */
void ct_question_order(const struct ct_question *q, uint64_t seed, unsigned which, size_t *ret);

/* Reads the answer to q out of a form. Fields, with ID the question's id: SINGLE, MULTIPLE: "q.ID"
 * = place (repeated); NUMBER, TEXT, REFLECT: "q.ID" = text; ORDER: "q.ID.PLACE" = position from 1
 * (blank or equal positions: in order of display); MATCH: "q.ID.PLACE-OF-PROMPT" = place of target;
 * GAPS: "q.ID.GAP" = text or place. Absent or blank: not answered. CT_OK; CT_BAD_INPUT (what: the
 * field) for places that are not there or two answers to pick one; CT_TOO_BIG over
 * CT_ANSWER_TEXT_MAX. */
int ct_answer_read(struct ct_arena *a, const struct ct_question *q, uint64_t seed,
                   const struct ct_form *form, struct ct_answer *ret, struct ct_err *err);

/* Whether a form field belongs to q, by its name: "q.ID" or "q.ID." and digits. */
bool ct_answer_owns(const struct ct_question *q, struct ct_sv field);

/* How many words a text has, as `words:` of a reflection counts them. */
size_t ct_answer_words(struct ct_sv text);

/* An answer as it is stored: an array of integers, strings and nulls. New reference. */
json_t *ct_answer_json(const struct ct_answer *ans);
/* Back; CT_BAD_INPUT if it is no answer that q could have. */
int ct_answer_from_json(struct ct_arena *a, const struct ct_question *q, const json_t *json,
                        struct ct_answer *ret, struct ct_err *err);

struct ct_grade {
    bool answered;    /* a reflection: with as many words as it asks for */
    bool graded;      /* false for surveys and reflections */
    bool right;       /* full marks */
    double share;     /* 0..1 of the points */
    bool *part_right; /* per part of the answer as ct_answer orders them: ORDER, MATCH, GAPS; else
                         NULL */
    const struct ct_case *hit; /* NUMBER, TEXT: the case that speaks to this answer, or NULL */
};

/* Grades. MULTIPLE with `each`: (right picks - wrong picks) / right options, not below 0. ORDER,
 * MATCH, GAPS with `each`: right parts / parts. Typed text: case, doubled blanks, final
 * punctuation, curly quotes ignored; typos are forgiven in letters only, never in digits; numbers
 * may carry the unit, a comma as thousands separator. Options and targets that read the same count
 * as the same. */
void ct_question_grade(struct ct_arena *a, const struct ct_question *q, const struct ct_answer *ans,
                       struct ct_grade *ret);

#endif
