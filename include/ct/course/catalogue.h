/*
 * ct/course/catalogue.h: a whole curriculum, read from a folder, immutable.
 *
 * content/curriculum.md, a folder a course with course.md, and numbered modules in it; glossary.md
 * beside curriculum.md, if there is one. A file with
 * errors does not enter the catalogue; the loader asks for its last good source instead, so that
 * what learners see is always a whole revision.
 */
#ifndef CT_COURSE_CATALOGUE_H
#define CT_COURSE_CATALOGUE_H

#include "ct/course/glossary.h"
#include "ct/course/module.h"

/* "credit" of course.md: what its author wrote it for, a line each: "- CLE 1.5 hours". Nobody earns
 * anything by that: bodies approve courses, and that is recorded elsewhere. */
struct ct_course_credit {
    struct ct_sv type; /* as it was written: "CLE" */
    int hundredths;    /* of an hour; 1 to 9999 */
};

struct ct_course {
    struct ct_sv slug, title, summary;
    struct ct_sv intro_html;
    const struct ct_block *intro;
    size_t n_intro;
    ct_disc_set required_for, recommended_for;
    int pass;      /* percent; already the curriculum's where the course has none */
    int recertify; /* months; 0: a completion does not expire */
    const struct ct_course_credit *credit;
    size_t n_credit;
    const struct ct_objective *objectives;
    size_t n_objectives;
    struct ct_sv lang;
    struct ct_sv path, source;          /* course.md */
    char own_revision[CT_HASH_HEX + 1]; /* of course.md */
    char revision[CT_HASH_HEX + 1];     /* of course.md and all its modules' revisions, in order */
    const struct ct_module *const *modules; /* by number */
    size_t n_modules;
};

struct ct_catalogue {
    struct ct_sv title, lang;
    struct ct_disciplines disciplines;
    int pass;                     /* percent, default 80 */
    struct ct_sv quick_exit;      /* https address that the quick exit leads to; null: our own */
    const struct ct_block *front; /* text of the front page */
    size_t n_front;
    struct ct_sv path, source; /* curriculum.md */
    char own_revision[CT_HASH_HEX + 1];
    const struct ct_glossary *glossary; /* NULL: there is none */
    const struct ct_course *courses;    /* in the order of curriculum.md, then the others by name */
    size_t n_courses;
    struct ct_problems problems; /* all that the checker says, of every file as it is now */
    struct ct_arena arena;       /* holds all of it */
};

/* A file as it was kept: "course/01-x.md" and what stood in it. */
struct ct_kept_file {
    struct ct_sv path, source;
};

struct ct_loader {
    const char *dir; /* the content folder */
    /* Instead of the folder: all its files, by path. */
    const struct ct_kept_file *files;
    size_t n_files;
    /* The source last published under a path ("course/01-x.md", "course/course.md",
     * "curriculum.md", "glossary.md"), copied into the arena; the null view if there is none. NULL:
     * broken files are left out. */
    struct ct_sv (*last_good)(void *arg, struct ct_arena *a, struct ct_sv path);
    void *arg;
    bool anyway;  /* for a preview: broken files are in it, as far as they could be read */
    bool by_line; /* for a preview: each piece of ordinary text is a block with its line */
};

/* Reads the folder. CT_OK with a catalogue to free with ct_catalogue_free. CT_NOT_FOUND if there is
 * no such folder or no curriculum.md and no last good one; CT_BAD_INPUT if curriculum.md has errors
 * and there is no last good one (first problem in err). Symbolic links that lead out of the folder,
 * hidden files and files that are no modules are not read. */
int ct_catalogue_load(const struct ct_loader *l, struct ct_catalogue **ret, struct ct_err *err);
void ct_catalogue_free(struct ct_catalogue *c); /* NULL is fine */

/* The curriculum of files that were kept, by path, in the caller's arena, which is all that there
 * is to free. Each was whole when it was published: what the checker would say of them today keeps
 * none of them out. CT_OK; CT_BAD_INPUT without a curriculum.md that can be read. */
int ct_catalogue_of(struct ct_arena *a, const struct ct_kept_file *files, size_t n,
                    const struct ct_catalogue **ret, struct ct_err *err);

/* Whether something of it was read from the file: "curriculum.md", "course/01-x.md". */
bool ct_catalogue_has_file(const struct ct_catalogue *c, struct ct_sv path);

/* The disciplines that a source of curriculum.md names, as far as they can be read: none of a text
 * that is broken. Into the arena. */
void ct_catalogue_disciplines(struct ct_arena *a, struct ct_sv source, struct ct_disciplines *ret);

/* Borrowed; NULL if there is none. */
const struct ct_course *ct_catalogue_course(const struct ct_catalogue *c, struct ct_sv slug);
const struct ct_module *ct_course_module(const struct ct_course *c, struct ct_sv slug);
const struct ct_module *ct_course_module_by_id(const struct ct_course *c, struct ct_sv id);

/* The mark that a module's quiz needs, in percent: the module's, else the course's. */
int ct_course_pass_mark(const struct ct_course *c, const struct ct_module *m);

/* Parses a source of a course again, as it was: for attempts and runs that began on an earlier
 * revision. Into the caller's arena. CT_OK; what ct_module_parse says. */
int ct_course_reparse(struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_course *course, struct ct_sv source, struct ct_sv path,
                      const struct ct_module **ret, struct ct_err *err);

/* Checks a text as if it stood in the content folder `dir` under `path` ("course/01-x.md",
 * "course/course.md", "curriculum.md", "glossary.md"), among the files that are there and the
 * disciplines of `cat`: for an editor. Problems, sorted, go to `ret` (arena set by the caller).
 * *ret_module: the module as far as it goes with a block a line (loader's by_line), NULL for
 * course.md, glossary.md and curriculum.md, whose text is then in *ret_blocks. CT_OK also for a
 * text full of errors; CT_BAD_INPUT (what: "path") for a path that no file of a course can have. */
int ct_check_source(struct ct_problems *ret, const char *dir, const struct ct_catalogue *cat,
                    struct ct_sv path, struct ct_sv source, const struct ct_module **ret_module,
                    const struct ct_block **ret_blocks, size_t *ret_n_blocks, struct ct_err *err);

/* Checks files and folders as `crosstrain check` does: a folder with curriculum.md is a curriculum,
 * any other folder a course, a file a module (its curriculum.md is looked for in the folders above
 * it, for the disciplines; without one the eleven of our own are taken). Problems go to `ret`
 * (arena set by the caller), sorted; paths are as given. Of `published` last_good and arg are used,
 * which give the texts last published to compare with; NULL: none. CT_OK; CT_NOT_FOUND if a path is
 * not there. */
int ct_check_path(struct ct_problems *ret, const char *path, const struct ct_loader *published,
                  size_t *ret_files, struct ct_err *err);

/* Checks a text that comes from elsewhere as if it stood in the file `path`, which need not be
 * there. CT_OK; CT_INTERNAL. */
int ct_check_text(struct ct_problems *ret, const char *path, struct ct_sv source,
                  const struct ct_loader *published, struct ct_err *err);

/* Parses one file with the context found around it, as ct_check_path does; for `render`. */
int ct_module_load(struct ct_arena *a, const char *path, struct ct_disciplines *ret_disciplines,
                   struct ct_problems *problems, struct ct_module **ret, struct ct_err *err);

#endif
