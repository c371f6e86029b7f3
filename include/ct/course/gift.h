/*
 * ct/course/gift.h: question banks of Moodle in its GIFT format, turned into modules of ours.
 *
 * GIFT as docs.moodle.org ("GIFT format") describes it: // comments, $CATEGORY, ::title::,
 * [markdown] and other text formats, { } answers with = ~ %weight% # feedback #### general
 * feedback, true and false, numbers with : tolerance and .. range, = -> matching, a blank within a
 * sentence (missing word), essays. Each category becomes a module whose quiz has its questions;
 * texts without a question, essays (reflections of ours) and questions without a right answer
 * (surveys) stand on pages in front of it. A category that is too big for a module becomes several.
 *
 * Every question is checked on its way: it is written in the closest form that the checker reads as
 * what was meant, and left out if there is none. So whatever comes in, what comes out has no
 * errors.
 */
#ifndef CT_COURSE_GIFT_H
#define CT_COURSE_GIFT_H

#include "ct/course/problem.h"

struct ct_gift_note {  /* something that could not be carried over as it was */
    int line;          /* in the GIFT file */
    struct ct_sv text; /* a sentence: what, and what stands there instead */
};

struct ct_gift_module {
    struct ct_sv title;  /* the category's last part; "Imported questions" without one */
    struct ct_sv source; /* Markdown that passes the checker */
    size_t n_questions;  /* texts that ask nothing are not counted, here and below */
};

struct ct_gift {
    struct ct_gift_module *modules;
    size_t n_modules;
    struct ct_gift_note *notes; /* by line */
    size_t n_notes;
    size_t n_questions, n_left_out; /* of the bank: carried over; not at all */
};

/* Reads a bank, at most 5000 questions of it and 500 categories; what is beyond is noted. CT_OK
 * also when some or all questions were left out, which the notes say; CT_BAD_INPUT (not UTF-8,
 * and from which line on, or no text at all), CT_TOO_BIG (over CT_SOURCE_MAX). Everything in the
 * arena. */
int ct_gift_import(struct ct_arena *a, struct ct_sv bank, struct ct_gift *ret, struct ct_err *err);

#endif
