/*
 * demo_draft.c: what the trainer of Alder County is writing, so that the pages of trainers have
 * something on them.
 */
#include "demo_priv.h"

#include "ct/learn/draft.h"

#include "ct/base/banned.h"

enum { HOUR = 3600 };

static const char note[] =
    "> **Note:** The team of Alder County meets on Tuesdays at nine. (Ask the advocates: is that "
    "still so?)\n\n";

static int64_t that_moment(void *arg)
{
    return *(const int64_t *)arg;
}

/* Where the second section begins; the end of a text that has none. */
static size_t behind_first_section(struct ct_sv source)
{
    size_t first = ct_sv_search(source, CT_SV("\n## ")), next;

    if (first == SIZE_MAX)
        return source.n;
    next = ct_sv_search(ct_sv_sub(source, first + 1, SIZE_MAX), CT_SV("\n## "));
    return next == SIZE_MAX ? source.n : first + 1 + next + 1;
}

int ct_demo_write(struct ct_store *s, const struct ct_catalogue *cat, int64_t person, int64_t today,
                  struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    int64_t then = today - 3 * HOUR, version;
    struct ct_clock clock = {that_moment, &then};
    const struct ct_module *m;

    if (cat->n_courses == 0 || cat->courses[0].n_modules == 0)
        return CT_OK;
    m = cat->courses[0].modules[0];
    size_t at = behind_first_section(m->source);
    struct ct_sv rest = ct_sv_sub(m->source, at, SIZE_MAX);
    struct ct_draft d = {
        .path = m->path,
        .base = ct_sv_c(m->revision),
        .source = ct_arena_printf(&a, "%.*s%s%.*s", (int)at, m->source.p, note, CT_SV_ARG(rest)),
        .person = person};
    return ct_draft_save(s, &clock, &d, &version, err);
}
