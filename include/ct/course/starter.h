/*
 * ct/course/starter.h: texts to start from: files that pass the checker and explain themselves.
 *
 * They are Markdown files in server/course/starters/ with Mustache names for what is filled in
 * (title, slug, …), so that trainers of an agency can put their own beside them.
 */
#ifndef CT_COURSE_STARTER_H
#define CT_COURSE_STARTER_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

struct ct_starter {
    struct ct_sv name;    /* "lesson", "scenario", "course", "curriculum": the file's name */
    struct ct_sv summary; /* one line: its first comment */
};

/* All in the folder, by name. CT_OK; CT_NOT_FOUND. */
int ct_starter_list(struct ct_arena *a, const char *dir, struct ct_starter **ret, size_t *ret_n,
                    struct ct_err *err);

/* The text of one, filled in. CT_OK; CT_NOT_FOUND (what: "starter"); CT_BAD_INPUT (what: "title")
 * for a title that is empty, over one line or over 120 bytes. */
int ct_starter_make(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv title,
                    struct ct_sv *ret, struct ct_err *err);

/* The name of a module's file made of a title: "03-first-words.md" from 3 and "First words". In the
 * arena; the null view if nothing of the title can stand in an address. */
struct ct_sv ct_starter_file_name(struct ct_arena *a, int number, struct ct_sv title);

#endif
