/*
 * author_priv.h: what the pages of trainers share: the file that an address names, the studio, and
 * pieces of their models.
 *
 * Addresses: /author/files/COURSE/FILE and what hangs below it; "-" in the place of the course is
 * the content folder itself, whose files are curriculum.md and glossary.md.
 */
#ifndef CT_WEB_AUTHOR_PRIV_H
#define CT_WEB_AUTHOR_PRIV_H

#include "ct/learn/studio.h"
#include "ct/text/diff.h"

#include "pages_priv.h"

struct ct_author_file {
    struct ct_sv course, file; /* as in the address */
    struct ct_sv path;         /* below the content folder: "course/01-x.md", "curriculum.md" */
};

/* What params[0] and params[1] name. CT_OK; CT_NOT_FOUND for what can be no file of a course. */
int ct_author_file_of(const struct ct_request *rq, struct ct_author_file *ret, struct ct_err *err);

/* The address of the file's editor, or with `part` of a page below it ("publish", "revisions"). */
struct ct_sv ct_author_href(const struct ct_request *rq, const struct ct_author_file *f,
                            const char *part);

struct ct_studio ct_author_studio(const struct ct_request *rq);

/* FILE_REF: {course, file, path, href, publish_href, revisions_href, compare_href, questions_href
 * (null for what has no quiz live), live_href (null for what is not live)}. New reference. */
json_t *ct_author_model_file(const struct ct_request *rq, const struct ct_author_file *f);

/* The live module of a file; NULL if there is none. *ret_course may be NULL. */
const struct ct_module *ct_author_live_module(const struct ct_request *rq,
                                              const struct ct_author_file *f,
                                              const struct ct_course **ret_course);

/* Checks a text that is to become the file, as ct_check_source does, and also against the live
 * module (W71). The rest is of ct_check_source. */
int ct_author_check(const struct ct_request *rq, const struct ct_author_file *f,
                    struct ct_sv source, struct ct_problems *ret,
                    const struct ct_module **ret_module, const struct ct_block **ret_blocks,
                    size_t *ret_n_blocks, struct ct_err *err);

/* DIFF: what diff.mustache wants. New reference. */
json_t *ct_model_diff(const struct ct_diff *d);

/* [PROBLEM]: all of a list, by ct_model_problem. New reference. */
json_t *ct_model_problems(const struct ct_problem *items, size_t n);

/* What differs between two modules, of ct_module_compare: [{title, is_edited, is_added,
 * is_removed}], questions with in_quiz beside. New references. */
struct ct_module_change;
json_t *ct_model_parts(const struct ct_module *before, const struct ct_module *after,
                       const struct ct_module_change *change);
json_t *ct_model_question_changes(const struct ct_module_change *change);

/* page_publish.c, page_revisions.c, page_compare.c, page_questions.c */
ct_handler ct_get_publish, ct_post_publish, ct_get_revisions, ct_get_revision, ct_post_restore;
ct_handler ct_get_compare, ct_get_questions;

struct ct_publish_input {
    int64_t version;
    struct ct_sv material, note, file;
};
extern const struct ct_field ct_publish_form[];

struct ct_restore_input {
    int64_t version;
};
extern const struct ct_field ct_restore_form[];

struct ct_compare_input {
    struct ct_sv a, b;
};
extern const struct ct_field ct_compare_query[];

#endif
