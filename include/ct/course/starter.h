/*
 * ct/course/starter.h: texts to start from: files that pass the checker and explain themselves.
 *
 * They are Markdown files in server/course/starters/ with Mustache names for what is filled in, so
 * that trainers of an agency can put their own beside them. A file opens with a Mustache comment,
 * {{! what it is, in a line }}. Everything that is filled in is ready for its place and wants three
 * braces, because it is no HTML:
 *
 *   {{{title}}}       in a heading or text: what Markdown would read as its own is escaped, and a
 *                     title such as "Scenario: …" does not turn a lesson into a scenario
 *   {{{title_yaml}}}  in front matter: in quotes
 *   {{{slug}}}        the title as an address; empty if nothing of it can stand in one
 *   {{{one}}} {{{ones}}} {{{other}}} {{{others}}}
 *                     the first two disciplines: their short name, and how many are called
 *   {{#has_other}}    around what needs a second one
 */
#ifndef CT_COURSE_STARTER_H
#define CT_COURSE_STARTER_H

#include "ct/base/err.h"
#include "ct/course/discipline.h"

struct ct_starter {
    struct ct_sv name;    /* "lesson", "scenario", "course", "curriculum": the file's name */
    struct ct_sv summary; /* one line: its first comment */
};

/* All in the folder, by name. CT_OK; CT_NOT_FOUND. */
int ct_starter_list(struct ct_arena *a, const char *dir, struct ct_starter **ret, size_t *ret_n,
                    struct ct_err *err);

/* The text of one, filled in. CT_OK; CT_NOT_FOUND (what: "starter"); CT_BAD_INPUT (what: "title")
 * for a title that is empty, over one line or over CT_TITLE_MAX bytes, not UTF-8 or with control
 * characters; CT_BAD_INPUT, CT_TOO_BIG for a file that is no template. */
enum { CT_TITLE_MAX = 120 };
int ct_starter_make(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv title,
                    struct ct_sv *ret, struct ct_err *err);

/* The same for a curriculum with disciplines of its own; NULL or none: those that ours knows. */
int ct_starter_fill(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv title,
                    const struct ct_disciplines *disciplines, struct ct_sv *ret,
                    struct ct_err *err);

/* The name of a module's file made of a title: "03-first-words.md" from 3 and "First words". In the
 * arena; the null view if nothing of the title can stand in an address. */
struct ct_sv ct_starter_file_name(struct ct_arena *a, int number, struct ct_sv title);

/* The name of a new module's file in a course's folder: the next number, and the title's address,
 * or one that no module of the folder has ("04-first-words-2.md"). CT_OK; CT_NOT_FOUND,
 * CT_BAD_INPUT for what is no folder; CT_BAD_INPUT (what: "title") if nothing of the title can
 * stand in an address; CT_TOO_BIG (what: "folder") if the numbers or files are too many. */
int ct_starter_new_name(struct ct_arena *a, const char *folder, struct ct_sv title,
                        struct ct_sv *ret, struct ct_err *err);

/* Whether a file's name is a module's; then its address, "first-words" of "03-first-words.md". */
bool ct_starter_address(struct ct_sv file_name, struct ct_sv *ret);

/* The file of a folder that has this address; the null view if there is none. Status as above. */
int ct_starter_find(struct ct_arena *a, const char *folder, struct ct_sv address, struct ct_sv *ret,
                    struct ct_err *err);

#endif
