/*
 * temp_dir.h: a content folder of its own for a test, gone afterwards.
 */
#ifndef CT_COURSE_TEMP_DIR_H
#define CT_COURSE_TEMP_DIR_H

#include "ct_test.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct temp_dir {
    char path[64];
};

static inline void temp_make(struct temp_dir *t)
{
    snprintf(t->path, sizeof t->path, "/tmp/crosstrain-course-XXXXXX");
    assert_non_null(mkdtemp(t->path));
}

static inline int temp_remove_one(const char *path, const struct stat *st, int flag,
                                  struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static inline void temp_remove(struct temp_dir *t)
{
    nftw(t->path, temp_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Writes a file, making the folders above it. */
static inline void temp_write(struct temp_dir *t, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", t->path, name);
    for (char *p = path + strlen(t->path) + 1; (p = strchr(p, '/')); *p++ = '/') {
        *p = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *p = '/';
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static inline void temp_link(struct temp_dir *t, const char *name, const char *target)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", t->path, name);
    assert_int_equal(symlink(target, path), 0);
}

#define CURRICULUM                                                                                 \
    "---\ntitle: C\ndisciplines:\n  - prosecutor (prosecutors)\n  - caseworker (caseworkers)\n"    \
    "pass: 70%\ncourses: [second, first]\n---\n\nWelcome to [one](first/course.md).\n"
#define COURSE "---\ntitle: A course\nrequired-for: [prosecutor]\n---\n\nIntroduction.\n"
#define MODULE "# T\n\n## S\n\ntext\n"
#define BROKEN "# T\n\n## S\n\n- (x) lost\n"

/* Two courses of two modules and one. */
static inline void temp_content(struct temp_dir *t)
{
    temp_make(t);
    temp_write(t, "curriculum.md", CURRICULUM);
    temp_write(t, "first/course.md", COURSE);
    temp_write(t, "first/10-last.md", MODULE);
    temp_write(t, "first/02-start.md", MODULE);
    temp_write(t, "second/course.md", COURSE);
    temp_write(t, "second/01-only.md", MODULE);
}

#endif
