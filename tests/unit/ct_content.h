/*
 * ct_content.h: a content folder of its own for a test, at a time of its own, for those that open a
 * library over it.
 */
#ifndef CT_CONTENT_H
#define CT_CONTENT_H

#include "ct_temp.h"

#include "ct/base/clock.h"

#include <string.h>

struct ct_content {
    struct ct_temp temp;
    char dir[128];
    int64_t now;
    struct ct_clock clock;
};

/* The one module of the course that ct_content_basics() makes, and what a module may be. */
#define SEEING "basics/01-seeing.md"
#define FIRST  "# Seeing\n\n## One\n\nFirst text.\n"
#define SECOND "# Seeing\n\n## One\n\nSecond text.\n"
#define BROKEN "# Seeing\n\n## One\n\n### Question: Which?\n\nPick.\n\n- ( ) a\n- ( ) b\n"

static inline void ct_content_make(struct ct_content *c)
{
    ct_temp_make(&c->temp);
    snprintf(c->dir, sizeof c->dir, "%s/content", c->temp.dir);
    c->now = 1700000000;
    c->clock = (struct ct_clock){ct_fixed_now, &c->now};
}

/* `path` is below the content folder. */
static inline void ct_content_write(struct ct_content *c, const char *path, const char *text)
{
    char name[256];

    snprintf(name, sizeof name, "content/%s", path);
    ct_temp_write(&c->temp, name, text);
}

/* A curriculum of two disciplines and one course, whose module has this text. */
static inline void ct_content_basics(struct ct_content *c, const char *seeing)
{
    ct_content_write(c, "curriculum.md",
                     "---\ntitle: Test county\ndisciplines:\n  - prosecutor (prosecutors)\n"
                     "  - advocate (advocates)\ncourses: [basics]\n---\nWelcome.\n");
    ct_content_write(c, "basics/course.md", "---\ntitle: Basics\n---\nHello.\n");
    ct_content_write(c, SEEING, seeing);
}

static inline void ct_content_remove(struct ct_content *c)
{
    ct_temp_remove(&c->temp);
}

#endif
