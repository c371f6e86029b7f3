/*
 * server/course/loader_priv.h: reading the files of a content folder, for the catalogue and for the
 * checker.
 */
#ifndef CT_COURSE_LOADER_PRIV_H
#define CT_COURSE_LOADER_PRIV_H

#include "ct/base/file.h"
#include "ct/base/str.h"
#include "ct/course/catalogue.h"

#include "module_priv.h"

struct ct_tree {
    struct ct_arena *arena;
    struct ct_problems *problems;
    const char *dir;                /* relative paths are below it */
    struct ct_sv prefix;            /* put before them in problems: "content/", or empty */
    const char *root;               /* real path; what lies outside is not read */
    const struct ct_loader *loader; /* asked for last good sources; NULL: there are none */
    size_t n_files;                 /* read so far */
};

struct ct_text_file { /* curriculum.md or course.md, as far as it could be used */
    struct ct_sv path, source;
    const struct ct_block *blocks;
    size_t n_blocks;
};

/* The real path of a folder, in the arena; NULL if there is none. */
char *ct_real_path(struct ct_arena *a, const char *path);

/* Reads curriculum.md, or its last good source if it has errors. True if `ret` can be used; with
 * `anyway` also when it has errors. */
bool ct_tree_curriculum(struct ct_tree *t, bool anyway, struct ct_curriculum *ret,
                        struct ct_text_file *ret_file);

/* Reads the course in `folder` ("" for the tree's own) with all its modules. False if course.md
 * cannot be used; its modules have then been checked all the same. */
bool ct_tree_course(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                    const struct ct_curriculum *around, struct ct_course *ret);

/* Reads course.md alone, without its modules and last good source. */
bool ct_tree_course_file(struct ct_tree *t, struct ct_sv folder, struct ct_sv slug,
                         const struct ct_curriculum *around, struct ct_course *ret);

/* Whether the folder has a file of that name; not a folder. */
bool ct_tree_has(struct ct_tree *t, struct ct_sv folder, const char *name);

/* Reads one module; NULL if it has errors and no last good source. With `anyway`: as far as it
 * goes. */
const struct ct_module *ct_tree_module(struct ct_tree *t, struct ct_sv folder, struct ct_sv file,
                                       const struct ct_module_context *ctx, bool anyway);

/* The context of a course's modules. */
struct ct_folder { /* the argument of its `exists` */
    struct ct_tree *tree;
    struct ct_sv path;
};
struct ct_module_context ct_course_context(struct ct_arena *a, const struct ct_disciplines *d,
                                           struct ct_sv slug, struct ct_sv lang,
                                           struct ct_folder *folder);

/* Entries of a folder that may be read: links that lead out are reported and left out. */
size_t ct_tree_entries(struct ct_tree *t, struct ct_sv folder, struct ct_dir_entry **ret);

/* The whole tree into a catalogue; with `anyway` a broken curriculum.md does not end it. In
 * catalogue.c. */
int ct_tree_catalogue(struct ct_tree *t, bool anyway, struct ct_catalogue *cat, struct ct_err *err);

#endif
