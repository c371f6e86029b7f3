/*
 * gift_priv.h: a bank of questions on its way from GIFT into our Markdown.
 *
 *   gift.c        the bank: comments, blocks, categories, modules
 *   gift_read.c   a block as a question: what is text, what is an answer, still as written
 *   gift_text.c   a text as written (escapes, [html], [markdown]) into Markdown
 *   gift_html.c   the HTML in such a text
 *   gift_ink.c    writes Markdown in which nothing means more than it says
 *   gift_form.c   one form of a question in Markdown
 *   gift_write.c  a question in the first form that the checker accepts
 */
#ifndef CT_COURSE_GIFT_PRIV_H
#define CT_COURSE_GIFT_PRIV_H

#include "ct/base/str.h"
#include "ct/course/gift.h"
#include "ct/course/question.h"

/* ---- notes ---- */

struct ct_gift_notes {
    struct ct_arena *arena;
    struct ct_gift_note *items;
    size_t n, cap;
};

/* Adds a note, unless the line has it already. */
void ct_gift_note(struct ct_gift_notes *n, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- what was read ---- */

enum ct_gift_format { CT_GIFT_MOODLE, CT_GIFT_HTML, CT_GIFT_PLAIN, CT_GIFT_MARKDOWN };

struct ct_gift_text {
    struct ct_sv raw; /* with its escapes; null: there is none */
    enum ct_gift_format format;
    int line;
};

struct ct_gift_answer {
    char sign; /* = or ~; 0: it had none */
    bool has_weight;
    double weight; /* percent */
    struct ct_gift_text text;
    struct ct_gift_text partner; /* matching */
    struct ct_gift_text feedback;
};

enum ct_gift_kind {
    CT_GIFT_DESCRIPTION,
    CT_GIFT_ESSAY,
    CT_GIFT_TRUE_FALSE,
    CT_GIFT_CHOICE,
    CT_GIFT_SHORT,
    CT_GIFT_NUMBER,
    CT_GIFT_MATCH
};

struct ct_gift_question {
    enum ct_gift_kind kind;
    int line;
    struct ct_sv id;             /* of a comment [id:…]; or null */
    struct ct_gift_text name;    /* ::name:: */
    struct ct_gift_text text;    /* up to the braces */
    struct ct_gift_text behind;  /* them: a missing word */
    struct ct_gift_text general; /* feedback for everybody */
    struct ct_gift_answer *answers;
    size_t n;
    bool is_true; /* TRUE_FALSE: feedback of answers[0] when wrong, of answers[1] when right */
};

/* The line of a place in the bank. */
struct ct_gift_lines {
    const char *bank;
    size_t *starts;
    size_t n;
};
int ct_gift_line(const struct ct_gift_lines *lines, const char *p);

/* Reads a block. False after a note, when it is no question. */
bool ct_gift_read(struct ct_gift_notes *notes, const struct ct_gift_lines *lines,
                  struct ct_sv block, struct ct_gift_question *ret);

/* Place of the first c that has no backslash in front, SIZE_MAX if there is none. */
size_t ct_gift_find(struct ct_sv s, char c);

/* ---- texts ---- */

enum ct_gift_how { /* bits */
                   CT_GIFT_ONE_LINE = 1,
                   CT_GIFT_IN_QUOTE = 2, /* strong would make a label */
                   CT_GIFT_NO_CODE = 4,
                   CT_GIFT_NO_LIST = 8,
                   CT_GIFT_BARE = 16, /* no formatting at all */
                   CT_GIFT_RAW = 32   /* no Markdown: what a reader would see, on a line */
};

/* Without escapes. */
struct ct_sv ct_gift_unescape(struct ct_arena *a, struct ct_sv raw);

/* A text as Markdown, without blanks at its ends; empty for the null text. What could not be
 * carried over is noted. */
struct ct_sv ct_gift_markdown(struct ct_gift_notes *notes, const struct ct_gift_text *t,
                              unsigned how);

/* ---- ink ---- */

struct ct_gift_ink {
    struct ct_arena *arena;
    struct ct_str out;
    unsigned how;
    int due;            /* 0: nothing, 1: a line break, 2: a paragraph's */
    bool space;         /* a blank is due */
    bool line_start;    /* nothing is on the line yet */
    int depth;          /* emphasis in emphasis: only the outermost is written */
    const char *marks;  /* * or **, while open */
    bool marks_written; /* they stand before the first character, not before a blank */
    bool was_closed;    /* the last thing written was the end of emphasis … */
    bool closed_sign;   /* … behind a sign, so that a letter must not follow */
    bool in_list;
};

void ct_gift_ink_begin(struct ct_gift_ink *ink, struct ct_arena *a, unsigned how, size_t max);
void ct_gift_ink_text(struct ct_gift_ink *ink, struct ct_sv text); /* blanks are as one */
void ct_gift_ink_line(struct ct_gift_ink *ink);
void ct_gift_ink_paragraph(struct ct_gift_ink *ink);
void ct_gift_ink_item(struct ct_gift_ink *ink, bool numbered);
void ct_gift_ink_emphasis(struct ct_gift_ink *ink, bool strong, bool on);
void ct_gift_ink_code(struct ct_gift_ink *ink, struct ct_sv code);
void ct_gift_ink_link(struct ct_gift_ink *ink, struct ct_sv text, struct ct_sv url);
struct ct_sv ct_gift_ink_end(struct ct_gift_ink *ink); /* in the arena */

/* HTML into ink. `breaks`: a line break of the source is one. Names of what was lost are noted. */
void ct_gift_html(struct ct_gift_ink *ink, struct ct_sv html, bool breaks,
                  struct ct_gift_notes *notes, int line);

/* ---- questions ---- */

enum ct_gift_place { CT_GIFT_READ, CT_GIFT_THINK, CT_GIFT_ASK };

struct ct_gift_item { /* a question in Markdown */
    enum ct_gift_place place;
    const char *keyword;   /* "Question"; NULL: it is text */
    struct ct_sv title;    /* Markdown; or empty */
    struct ct_sv id;       /* wanted */
    struct ct_sv settings; /* " `scoring: each`" */
    struct ct_sv body;
    int line;
};

/* Appends an item as it stands in a module, under this id. */
void ct_gift_item_add(struct ct_str *out, const struct ct_gift_item *item, struct ct_sv id);

struct ct_gift_form { /* a question as it could be written, and what must be read in it then */
    const struct ct_gift_question *q;
    struct ct_gift_notes *notes; /* of this form */
    struct ct_gift_item *item;
    bool fill_in; /* as a text with gaps */
    int level;    /* of plainness: 0 as it is, 1 without lists, 2 without any formatting */
    enum ct_question_kind kind;
    size_t n;        /* options, accepted texts, gaps, pairs */
    size_t n_of_gap; /* what each gap takes; 0: there are none */
    struct ct_str out, settings;
};

/* "Question", "Match"; NULL for a text that asks nothing. */
const char *ct_gift_form_keyword(const struct ct_gift_form *f);

/* Writes body and settings; sets kind, n and what of the item depends on the answers. */
void ct_gift_form_write(struct ct_gift_form *f);

/* Whether every answer fits into a gap: nothing is told about one alone, and one is right. */
bool ct_gift_fits_gap(const struct ct_gift_question *q);

/* Writes a question. False after a note, when no form of it passes the checker. */
bool ct_gift_write(struct ct_gift_notes *notes, const struct ct_gift_question *q,
                   struct ct_gift_item *ret);

#endif
