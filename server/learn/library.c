/*
 * library.c: publishing: reading the folder, keeping what is new, swapping the catalogue under its
 * readers. Watching the folder is watch.c.
 *
 * A reader publishes the pointer it is about to use in its slot, then looks whether it is still the
 * present one; the publisher swaps first and looks at the slots afterwards. Both orders are
 * sequentially consistent, so either the reader sees the swap and tries again, or the publisher
 * sees the slot and keeps the catalogue. (Michael, "Hazard Pointers", IEEE TPDS 15(6), 2004.)
 */
#include "library_priv.h"
#include "revision_priv.h"

#include "ct/learn/curriculum.h"

#include <stdlib.h>

#include "ct/base/banned.h"

struct asking {
    struct ct_arena *arena; /* of whoever waits */
    struct ct_sv path, source;
};

static int last_good_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct asking *ask = arg;

    return ct_revision_last_good(db, ask->arena, ask->path, &ask->source, err);
}

/* Read on the writer: whoever publishes in the browser holds a reader already, and a thread that
 * waits for a second one may wait for ever. */
static struct ct_sv last_good(void *arg, struct ct_arena *a, struct ct_sv path)
{
    struct ct_library *lib = arg;
    struct asking ask = {a, path, CT_SV_NULL};

    return ct_store_write(lib->store, last_good_job, &ask, NULL) < 0 ? CT_SV_NULL : ask.source;
}

struct keeping {
    struct ct_catalogue *cat;
    int64_t now;
};

/* One transaction for the whole catalogue: a completion can never name a text that is not kept. */
static int keep_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct keeping *k = arg;
    struct ct_catalogue *cat = k->cat;
    struct ct_disciplines *d = &cat->disciplines;
    const struct ct_glossary *g = cat->glossary;
    int r = ct_revision_keep(db, cat->own_revision, cat->path, cat->source, k->now, err);

    if (r == CT_OK && g)
        r = ct_revision_keep(db, g->own_revision, g->path, g->source, k->now, err);
    for (size_t i = 0; i < cat->n_courses && r == CT_OK; i++) {
        const struct ct_course *c = &cat->courses[i];
        r = ct_revision_keep(db, c->own_revision, c->path, c->source, k->now, err);
        for (size_t j = 0; j < c->n_modules && r == CT_OK; j++) {
            const struct ct_module *m = c->modules[j];
            r = ct_revision_keep(db, m->revision, m->path, m->source, k->now, err);
            if (r == CT_OK)
                r = ct_edition_keep(db, m, err);
        }
    }
    if (r < 0 || (r = ct_curriculum_note(db, cat, k->now, err)) < 0)
        return r;
    return ct_curriculum_former(db, &cat->arena, d, k->now, &d->former, &d->n_former, err);
}

static bool in_use(const struct ct_library *lib, const struct ct_catalogue *cat)
{
    for (size_t i = 0; i < lib->n_slots; i++)
        if (atomic_load(&lib->slots[i].held) == cat)
            return true;
    return false;
}

/* Frees the replaced catalogues that nobody holds any more. */
static void sweep(struct ct_library *lib)
{
    struct ct_retired **link = &lib->retired;

    while (*link) {
        struct ct_retired *r = *link;
        if (in_use(lib, r->cat)) {
            link = &r->next;
            continue;
        }
        *link = r->next;
        ct_catalogue_free(r->cat);
        free(r);
    }
}

/* A preview keeps nothing, so it has no last good text to fall back on: it shows what is there. */
static struct ct_loader loader_of(struct ct_library *lib)
{
    bool keeps = lib->store != NULL;

    return (struct ct_loader){.dir = lib->dir,
                              .last_good = keeps ? last_good : NULL,
                              .arg = lib,
                              .anyway = !keeps,
                              .by_line = !keeps};
}

static int publish(struct ct_library *lib, struct ct_err *err)
{
    struct ct_loader loader = loader_of(lib);
    struct ct_retired *retired = malloc(sizeof *retired);
    struct keeping keeping = {NULL, ct_now(lib->clock)};
    struct ct_library_news news;
    struct ct_catalogue *cat;
    int r;

    if (!retired)
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    if ((r = ct_catalogue_load(&loader, &cat, err)) < 0) {
        free(retired);
        return r;
    }
    keeping.cat = cat;
    if (lib->store && (r = ct_store_write(lib->store, keep_job, &keeping, err)) < 0) {
        ct_catalogue_free(cat);
        free(retired);
        return r;
    }
    ct_news_of(atomic_load(&lib->current), cat, &news);
    retired->cat = atomic_exchange(&lib->current, cat);
    ct_news_tell(&lib->telling, &news);
    if (retired->cat) {
        retired->next = lib->retired;
        lib->retired = retired;
    } else {
        free(retired);
    }
    sweep(lib);
    return CT_OK;
}

int ct_library_refresh(struct ct_library *lib, bool *ret_changed, struct ct_err *err)
{
    char print[CT_HASH_HEX + 1];
    int r = CT_OK;

    pthread_mutex_lock(&lib->publishing);
    ct_folder_print(lib->dir, print);
    *ret_changed = strcmp(print, lib->print) != 0;
    if (*ret_changed) {
        r = publish(lib, err);
        memcpy(lib->print, print, sizeof print); /* also after a failure: it is said once */
    } else {
        sweep(lib);
    }
    pthread_mutex_unlock(&lib->publishing);
    return r;
}

static int fill_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_edition_fill(db, err);
}

int ct_library_open(struct ct_store *store, const struct ct_clock *clock, const char *dir,
                    size_t slots, struct ct_library **ret, struct ct_err *err)
{
    struct ct_library *lib = calloc(1, sizeof *lib);
    bool changed;
    int r;

    if (!lib)
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    lib->store = store;
    lib->clock = clock;
    lib->dir = dir;
    lib->n_slots = slots + 1; /* and the watching thread's */
    lib->slots = aligned_alloc(CT_CACHE_LINE, lib->n_slots * sizeof *lib->slots);
    pthread_mutex_init(&lib->publishing, NULL);
    ct_telling_init(&lib->telling);
    if (!lib->slots) {
        ct_library_close(lib);
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    }
    for (size_t i = 0; i < lib->n_slots; i++)
        atomic_init(&lib->slots[i].held, NULL);
    r = store ? ct_store_write(store, fill_job, NULL, err) : CT_OK;
    if (r < 0 || (r = ct_library_refresh(lib, &changed, err)) < 0) {
        ct_library_close(lib);
        return r;
    }
    *ret = lib;
    return CT_OK;
}

void ct_library_close(struct ct_library *lib)
{
    if (!lib)
        return;
    ct_library_unwatch(lib);
    ct_telling_release(&lib->telling);
    if (lib->slots)
        sweep(lib);
    ct_catalogue_free(atomic_load(&lib->current));
    pthread_mutex_destroy(&lib->publishing);
    free(lib->slots);
    free(lib);
}

const struct ct_catalogue *ct_library_hold(struct ct_library *lib, size_t slot)
{
    struct ct_catalogue *cat = atomic_load(&lib->current);

    for (;;) {
        struct ct_catalogue *now;
        atomic_store(&lib->slots[slot].held, cat);
        now = atomic_load(&lib->current);
        if (now == cat)
            return cat;
        cat = now;
    }
}

void ct_library_release(struct ct_library *lib, size_t slot)
{
    atomic_store_explicit(&lib->slots[slot].held, NULL, memory_order_release);
}
