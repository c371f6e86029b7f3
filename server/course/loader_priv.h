/*
 * server/course/loader_priv.h: reading the files of a content folder, for the catalogue and for the
 * checker.
 */
#ifndef CT_COURSE_LOADER_PRIV_H
#define CT_COURSE_LOADER_PRIV_H

#include "ct/base/file.h"
#include "ct/base/str.h"
#include "ct/course/catalogue.h"

#include "glossary_priv.h"
#include "module_priv.h"

struct ct_tree {
    struct ct_arena *arena;
    struct ct_problems *problems;
    const char *dir;                /* relative paths are below it */
    struct ct_sv prefix;            /* put before them in problems: "content/", or empty */
    const char *root;               /* real path; what lies outside is not read */
    struct ct_sv above;             /* where dir stands in the content folder: "course", or empty */
    const struct ct_loader *loader; /* asked for last good sources; NULL: there are none */
    const struct ct_glossary *glossary; /* whose terms are linked; NULL: none */
    bool anyway, by_line;               /* as in struct ct_loader */
    size_t n_files;                     /* read so far */
};

struct ct_text_file { /* curriculum.md or course.md, as far as it could be used */
    struct ct_sv path, source;
    const struct ct_block *blocks;
    size_t n_blocks;
};

/* The real path of a folder, in the arena; NULL if there is none. */
char *ct_real_path(struct ct_arena *a, const char *path);

/* "folder/name"; "name" in the tree's own folder. */
struct ct_sv ct_tree_join(struct ct_arena *a, struct ct_sv folder, struct ct_sv name);

/* A path below the tree as problems show it. */
struct ct_sv ct_tree_shown(const struct ct_tree *t, struct ct_sv relative);

/* Reads a file below the tree; false after adding E01. */
bool ct_tree_source(struct ct_tree *t, struct ct_sv relative, struct ct_sv *ret);

/* The source last published under a path; the null view if there is none. */
struct ct_sv ct_tree_last_good(struct ct_tree *t, struct ct_sv relative);

/* Reads curriculum.md, or its last good source if it has errors. True if `ret` can be used; with
 * t->anyway also when it has errors. */
bool ct_tree_curriculum(struct ct_tree *t, struct ct_curriculum *ret,
                        struct ct_text_file *ret_file);

/* The same of a source that is there already: path and source of `file` are set. */
void ct_tree_parse_curriculum(struct ct_tree *t, struct ct_problems *problems, bool check_files,
                              struct ct_curriculum *ret, struct ct_text_file *file);

/* Reads glossary.md into t->glossary, or its last good source if it has errors; NULL without such a
 * file. With t->anyway as far as it goes. Comes first, because the texts of all others lead to it.
 * In glossary_load.c. */
void ct_tree_glossary(struct ct_tree *t);

/* The same of a source that is there already. */
struct ct_glossary *ct_tree_parse_glossary(struct ct_tree *t, struct ct_problems *problems,
                                           struct ct_sv path, struct ct_sv source);

/* A course of which nothing has been read yet. */
struct ct_course ct_tree_empty_course(const struct ct_tree *t, struct ct_sv folder,
                                      struct ct_sv slug, const struct ct_curriculum *around);

/* Reads ret->source as the course.md of a folder. */
void ct_tree_parse_course(struct ct_tree *t, struct ct_problems *problems, struct ct_sv folder,
                          bool check_files, const struct ct_curriculum *around,
                          struct ct_course *ret);

/* Reports E36 for the courses that curriculum.md names and that are not there. In catalogue.c. */
void ct_tree_check_courses(struct ct_tree *t, const struct ct_curriculum *c, struct ct_sv file);

/* Reads the course in `folder` ("" for the tree's own) with all its modules. False if course.md
 * cannot be used; its modules have then been checked all the same. */
bool ct_tree_course(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                    const struct ct_curriculum *around, struct ct_course *ret);

/* Reads course.md alone, without its modules and last good source. */
bool ct_tree_course_file(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                         const struct ct_curriculum *around, struct ct_course *ret);

/* Whether the folder has a file of that name; not a folder. */
bool ct_tree_has(struct ct_tree *t, struct ct_sv folder, const char *name);

/* Reads one module; NULL if it has errors and no last good source. With t->anyway: as far as it
 * goes. */
const struct ct_module *ct_tree_module(struct ct_tree *t, struct ct_sv folder, struct ct_sv file,
                                       const struct ct_module_context *ctx);

/* The context of a course's modules. */
struct ct_folder { /* the argument of its `exists` */
    struct ct_tree *tree;
    struct ct_sv path;
};
struct ct_module_context ct_course_context(struct ct_arena *a, const struct ct_disciplines *d,
                                           const struct ct_glossary *g, struct ct_sv slug,
                                           struct ct_sv lang, struct ct_folder *folder);

/* Whether an address or id of `m` is one of the first n modules'; E39 is added then. */
bool ct_tree_taken(struct ct_tree *t, const struct ct_module *const *modules, size_t n,
                   const struct ct_module *m);

/* Entries of a folder that may be read: links that lead out are reported and left out. */
size_t ct_tree_entries(struct ct_tree *t, struct ct_sv folder, struct ct_dir_entry **ret);

/* The whole tree into a catalogue; with t->anyway a broken curriculum.md does not end it. In
 * catalogue.c. */
int ct_tree_catalogue(struct ct_tree *t, struct ct_catalogue *cat, struct ct_err *err);

#endif
