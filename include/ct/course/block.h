/*
 * ct/course/block.h: what a section or scene consists of, in reading order.
 *
 * HTML in blocks was made by text/markdown and is safe to send as it is. Everything is immutable
 * and lives as long as its module.
 */
#ifndef CT_COURSE_BLOCK_H
#define CT_COURSE_BLOCK_H

#include "ct/course/discipline.h"

struct ct_question;
struct ct_condition;
struct ct_term;

/* A link from a text to the glossary; see ct/course/glossary.h. */
struct ct_term_use {
    const struct ct_term *term;
    int number; /* the id of the link is "use-NUMBER" */
};

enum ct_block_kind {
    CT_BLOCK_HTML,     /* ordinary Markdown */
    CT_BLOCK_NOTE,     /* **Note:**, **Important:**, **Content note:**; has children */
    CT_BLOCK_PASSAGE,  /* for some disciplines; has children */
    CT_BLOCK_QUESTION, /* practice in a section, graded in a quiz */
    CT_BLOCK_MEDIA     /* film or sound, standing alone in its paragraph */
};

enum ct_note_kind { CT_NOTE, CT_NOTE_IMPORTANT, CT_NOTE_CONTENT };

struct ct_block {
    enum ct_block_kind kind;
    int line;                       /* in the file */
    struct ct_sv html;              /* HTML */
    const struct ct_term_use *uses; /* HTML: the terms that it links to, in order */
    size_t n_uses;
    enum ct_note_kind note;  /* NOTE */
    ct_disc_set disciplines; /* PASSAGE: for whom */
    struct ct_sv title_html; /* PASSAGE made by a heading: its title, inline HTML; or null */
    struct ct_sv id;         /* PASSAGE: its name within the module, for recording that it
                                was opened: "p1", "p2", ... in written order */
    int level;               /* PASSAGE made by a heading: its level, else 0 */
    const struct ct_question *question; /* QUESTION */
    struct ct_sv url, captions, label; /* MEDIA: film or sound, its .vtt (or null), what it shows */
    bool is_video;                     /* MEDIA: else sound */
    int seconds;                       /* MEDIA: by the captions' last time; 0: not known */
    const struct ct_condition *shown_if; /* in a scene: only if this holds; NULL: always */
    const struct ct_block *children;     /* NOTE, PASSAGE */
    size_t n_children;
};

#endif
