/*
 * server/course/labels_priv.h: small tools of the lifters of quotes and headings, beside
 * lift_priv.h.
 */
#ifndef CT_COURSE_LABELS_PRIV_H
#define CT_COURSE_LABELS_PRIV_H

#include "lift_priv.h"

enum ct_spelling {
    CT_SPELT_RIGHT,
    CT_MISSPELT, /* one part is known, or near a known one */
    CT_NOT_MEANT /* "example" in "For example" */
};

/* What follows a "For". */
enum ct_spelling ct_lift_spelling(struct ct_lift *l, struct ct_sv text, ct_disc_set *ret_set,
                                  struct ct_sv *ret_unknown);

/* Whether a paragraph opens with a bold "Trainer note", with or without its colon: better to hide
 * one note too many than to show one. */
bool ct_lift_is_trainer_note(struct ct_lift *l, const struct ct_md_node *paragraph);

/* Reports in a paragraph what would be a heading, a label or a setting, were no sign missing. */
void ct_lift_nearly(struct ct_lift *l, const struct ct_md_node *paragraph);

/* Without blanks and no-break blanks in front. */
struct ct_sv ct_skip_blanks(struct ct_sv s);

/* Takes blanks and line breaks off the front of a row of inlines. */
void ct_lift_cut_blanks(struct ct_lift *l, struct ct_md_node *first);

/* A line of the source, from 1; the null view beyond its end. For messages that the tree cannot
 * make. */
struct ct_sv ct_lift_line(struct ct_lift *l, int line);

/* At most 60 bytes of a text, for quoting it in a message; whole characters. */
struct ct_sv ct_clip(struct ct_sv s);

/* Settings of questions, NULL-terminated. */
extern const char *const ct_question_keys[];

/* A mark that an option begins with. */
enum ct_mark_kind {
    CT_MARK_NONE,
    CT_MARK_GOOD,
    CT_MARK_EMPTY,   /* "[]" or "()": the blank is missing */
    CT_MARK_TOUCHING /* "(x)text": the blank behind is missing */
};

struct ct_mark {
    enum ct_mark_kind kind;
    bool square, right;
    size_t length; /* bytes up to the option's text */
};

struct ct_mark ct_mark_of(struct ct_sv text);

#endif
