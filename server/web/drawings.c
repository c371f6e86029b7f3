/*
 * drawings.c: pictures of scenarios that were drawn, kept for who asks again. Graphviz draws one at
 * a time in the whole program, takes long for a large one, and keeps a little memory for good each
 * time.
 */
#include "ct/web/drawings.h"

#include "ct/base/limits.h"

#include <pthread.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum { KEPT = 64 };

struct drawing {
    char key[CT_HASH_HEX + 1]; /* "" for none */
    char *svg;
    size_t n;
};

struct ct_drawings {
    pthread_mutex_t lock;
    struct drawing items[KEPT];
    size_t next; /* the oldest, which goes first */
};

struct ct_drawings *ct_drawings_new(void)
{
    struct ct_drawings *d = calloc(1, sizeof *d);

    if (d)
        pthread_mutex_init(&d->lock, NULL);
    return d;
}

void ct_drawings_free(struct ct_drawings *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < KEPT; i++)
        free(d->items[i].svg);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

void ct_drawings_lock(struct ct_drawings *d)
{
    pthread_mutex_lock(&d->lock);
}

void ct_drawings_unlock(struct ct_drawings *d)
{
    pthread_mutex_unlock(&d->lock);
}

static void keep(struct ct_drawings *d, const char *key, struct ct_sv svg)
{
    struct drawing *item = &d->items[d->next];
    char *copy = malloc(svg.n + 1);

    if (!copy)
        return; /* it is drawn anew then */
    memcpy(copy, svg.p, svg.n);
    free(item->svg);
    item->svg = copy;
    item->n = svg.n;
    memcpy(item->key, key, sizeof item->key);
    d->next = (d->next + 1) % KEPT;
}

static int draw(struct ct_drawings *d, const char *key, const struct ct_scenario_picture *p,
                struct ct_sv href_prefix, struct ct_str *out, struct ct_err *err)
{
    CT_AUTO_STR svg = CT_STR_INIT(CT_PAGE_MAX);

    for (size_t i = 0; i < KEPT; i++)
        if (strcmp(d->items[i].key, key) == 0) {
            ct_str_add_sv(out, ct_sv_n(d->items[i].svg, d->items[i].n));
            return CT_OK;
        }
    int r = ct_scenario_svg(p, href_prefix, &svg, err);
    if (r < 0)
        return r;
    keep(d, key, ct_str_sv(&svg));
    ct_str_add_sv(out, ct_str_sv(&svg));
    return CT_OK;
}

int ct_drawings_get(struct ct_drawings *d, const char *key, const struct ct_scenario_picture *p,
                    struct ct_sv href_prefix, struct ct_str *out, struct ct_err *err)
{
    ct_drawings_lock(d);
    int r = draw(d, key, p, href_prefix, out, err);
    ct_drawings_unlock(d);
    return r;
}
