/*
 * editor_priv.h: what the pages share on which trainers write: the list of all files, the editor,
 * new files, pictures.
 */
#ifndef CT_WEB_EDITOR_PRIV_H
#define CT_WEB_EDITOR_PRIV_H

#include "author_priv.h"

/* page_author.c, page_editor.c, page_editor_check.c, page_author_new.c, page_uploads.c */
ct_handler ct_get_author, ct_get_author_new, ct_post_author_new;
ct_handler ct_get_editor, ct_post_editor, ct_post_editor_check, ct_post_editor_discard;
ct_handler ct_get_uploads, ct_post_uploads;

/* Of saving and of checking: the same form. */
struct ct_editor_input {
    struct ct_sv source;
    struct ct_sv base;  /* the hash of the file when writing began; "" or null: there was none */
    struct ct_sv began; /* the text that `source` was made from, sent after a conflict; or null */
    int64_t version;    /* of the draft that `source` was made from; 0: there was none */
    struct ct_sv as;    /* preview: a discipline's slug; "" for all */
    bool open_all, answers;
    bool fragment;     /* checking: only what was found, without the page around it */
    struct ct_sv then; /* saving: "publish" goes on there */
};
extern const struct ct_field ct_editor_form[];

struct ct_discard_input {
    int64_t version;
};
extern const struct ct_field ct_discard_form[];

struct ct_author_new_input {
    struct ct_sv course, kind, title, file;
};
extern const struct ct_field ct_author_new_query[], ct_author_new_form[];

struct ct_uploads_input {
    struct ct_part file;
    struct ct_sv alt;
};
extern const struct ct_field ct_uploads_form[];

/* ---- author_shelf.c: all that can be written, as it is now ---- */

struct ct_author_row {
    struct ct_author_file file;
    int64_t number; /* of a module's name; -1: course.md, curriculum.md, glossary.md */
    bool in_folder; /* else it is only a draft, or missing */
    bool is_live;   /* learners have it, perhaps an older text */
    bool can_open;  /* its name is one that a file of a course may have */
    const struct ct_draft *draft; /* NULL: none */
    size_t n_errors, n_warnings;  /* of the file in the folder */
};

struct ct_author_course {
    struct ct_sv slug;
    const struct ct_course *live; /* NULL: learners do not have it */
    struct ct_author_row *rows;   /* course.md first, then by number and name */
    size_t n;
};

struct ct_author_shelf {
    struct ct_author_row curriculum, glossary; /* of which the second may not be there */
    struct ct_author_course *courses; /* as learners see them, then what they do not see yet */
    size_t n;
};

/* CT_OK; CT_INTERNAL. */
int ct_author_shelf(struct ct_request *rq, struct ct_author_shelf *ret, struct ct_err *err);

/* One course; n == 0 when there is nothing of it, neither in the folder nor as a draft. */
int ct_author_shelf_course(struct ct_request *rq, struct ct_sv slug, struct ct_author_course *ret,
                           struct ct_err *err);

/* DRAFT: {name, is_mine, ago, saved DATE}; null for NULL. New reference. */
json_t *ct_model_draft(const struct ct_request *rq, const struct ct_draft *d);

/* The picture of a scenario that is live; null for anything else. New reference. */
json_t *ct_author_map_href(const struct ct_request *rq, const struct ct_author_file *f);

/* ---- editor.c: a file on the desk of who writes it ---- */

struct ct_editing {
    struct ct_author_file file;
    bool has_draft;
    struct ct_draft draft;
    struct ct_sv in_folder; /* the file's text; null: there is no file */
    char folder_hash[CT_HASH_HEX + 1];
    struct ct_sv lang;   /* of the course */
    struct ct_sv source; /* what is shown; */
    int64_t version;     /* what it was made from, */
    struct ct_sv base;
    bool is_stored; /* and whether it is as stored */
};

/* The file that the address names with its draft. CT_OK; CT_NOT_FOUND, if it must exist, for a
 * module that is neither in the folder nor being written. A text that comes from a browser is taken
 * all the same: its draft may have been thrown away by somebody else a minute ago. */
int ct_editing_open(struct ct_request *rq, bool must_exist, struct ct_editing *ret,
                    struct ct_err *err);

/* Puts the posted text in the place of the stored one. CT_BAD_INPUT without a text. */
int ct_editing_take(struct ct_request *rq, struct ct_editing *e, const struct ct_editor_input *in,
                    struct ct_err *err);

/* Answers with the editor, or, if asked for, with the fragment of what was found. `in`: how to
 * preview; NULL: everything as it is. */
int ct_editing_show(struct ct_request *rq, struct ct_response *rs, const struct ct_editing *e,
                    const struct ct_editor_input *in, struct ct_err *err);

/* page_editor_conflict.c: `e` holds both texts: the posted one, and what has been stored since. */
int ct_editing_conflict(struct ct_request *rq, struct ct_response *rs, const struct ct_editing *e,
                        const struct ct_editor_input *in, const struct ct_err *conflict,
                        struct ct_err *err);

#endif
