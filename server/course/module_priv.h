/*
 * server/course/module_priv.h: what module.c, the loader and the readers of course.md and
 * curriculum.md share.
 */
#ifndef CT_COURSE_MODULE_PRIV_H
#define CT_COURSE_MODULE_PRIV_H

#include "ct/course/catalogue.h"

#include "ct/text/yaml.h"

#include "lift_priv.h"

/* Number and slug from a file name, "01-victims.md"; false if it is not of that shape. */
bool ct_module_name_parse(struct ct_sv file_name, int *ret_number, struct ct_sv *ret_slug);

/* The same from a path; for any other name the number is 0 and the slug what is left of the name.
 * True if it is of the shape. */
bool ct_module_name_of(struct ct_sv path, int *ret_number, struct ct_sv *ret_slug);

/* A source taken apart: front matter, if it has one, and the body. Problems are added. */
struct ct_source {
    const struct ct_yaml *front; /* a map; NULL: none, or one that cannot be read */
    struct ct_sv body;
    int body_line; /* of the file */
    bool lost;     /* front matter that never ends, or does not begin the file: part of the body.
                      That was said; what else is wrong would be said of a text nobody wrote. */
};
void ct_source_split(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                     struct ct_problems *problems, struct ct_source *ret);

/* Whether the bytes may be parsed at all; else E01 is added, and a status returned. */
int ct_source_check(struct ct_sv source, struct ct_sv path, struct ct_problems *problems,
                    struct ct_err *err);

/* Parses the body; what cannot be parsed is E01. CT_OK with a document to free. */
int ct_source_parse(const struct ct_source *s, struct ct_sv path, struct ct_problems *problems,
                    struct ct_md **ret, struct ct_err *err);

/* What the lifters of a document begin with. */
struct ct_lift ct_lift_of(struct ct_arena *a, struct ct_md *md, struct ct_sv source,
                          struct ct_sv path, const struct ct_module_context *ctx, struct ct_sv lang,
                          struct ct_problems *problems);

/* Adds E01 for a file over CT_SOURCE_MAX. */
void ct_source_too_big(struct ct_sv path, struct ct_problems *problems);

/* Reads front matter into structures; every unknown key and wrong value is a problem. NULL: none.
 */
void ct_front_module(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                     const struct ct_disciplines *disciplines, struct ct_problems *problems,
                     struct ct_module *ret);
void ct_front_course(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                     const struct ct_disciplines *disciplines, struct ct_problems *problems,
                     struct ct_course *ret);
struct ct_curriculum {
    struct ct_sv title, organisation, lang;
    struct ct_disciplines disciplines;
    int pass;
    const struct ct_sv *courses;
    size_t n_courses;
    int courses_line;
    struct ct_sv quick_exit;
};
struct ct_glossary;
void ct_front_glossary(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                       struct ct_problems *problems, struct ct_glossary *ret);
void ct_front_curriculum(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                         struct ct_problems *problems, struct ct_curriculum *ret);

/* The blocks of a text without sections: the body of course.md or curriculum.md. */
int ct_text_parse(struct ct_arena *a, const struct ct_source *source, struct ct_sv whole,
                  struct ct_sv path, const struct ct_module_context *ctx,
                  struct ct_problems *problems, const struct ct_block **ret, size_t *ret_n,
                  struct ct_err *err);

/* The quiz section whose heading is `heading` (keyword and title read as `h`), up to `end`. */
const struct ct_quiz *ct_lift_quiz(struct ct_lift *l, const struct ct_heading *h,
                                   struct ct_md_node *heading, struct ct_md_node *end);

#endif
