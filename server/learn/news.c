/*
 * news.c: telling pages that follow a trainer's pen what was saved, and where in it.
 *
 * What changed is found by comparing the sources of two catalogues. A file with errors that does
 * not enter the catalogue is found by what the checker says about it.
 */
#include "library_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { MS_PER_S = 1000, NS_PER_MS = 1000000, NS_PER_S = 1000000000 };

struct file {
    struct ct_sv path, source;
};

/* File i of a catalogue: curriculum.md, glossary.md if there is one, then course.md and the modules
 * of each course. False behind the last. */
static bool file_at(const struct ct_catalogue *cat, size_t i, struct file *ret)
{
    *ret = (struct file){cat->path, cat->source};
    if (i-- == 0)
        return true;
    if (cat->glossary && i-- == 0) {
        *ret = (struct file){cat->glossary->path, cat->glossary->source};
        return true;
    }
    for (size_t c = 0; c < cat->n_courses; c++) {
        const struct ct_course *course = &cat->courses[c];
        if (i <= course->n_modules) {
            *ret = i == 0 ? (struct file){course->path, course->source}
                          : (struct file){course->modules[i - 1]->path,
                                          course->modules[i - 1]->source};
            return true;
        }
        i -= course->n_modules + 1;
    }
    return false;
}

/* Files keep their places from one publication to the next, so the same place is looked at first.
 */
static bool find_file(const struct ct_catalogue *cat, struct ct_sv path, size_t hint,
                      struct file *ret)
{
    if (file_at(cat, hint, ret) && ct_sv_eq(ret->path, path))
        return true;
    for (size_t i = 0; file_at(cat, i, ret); i++)
        if (ct_sv_eq(ret->path, path))
            return true;
    return false;
}

/* The first line of `b` that is not as in `a`; both differ. */
static int first_line(struct ct_sv a, struct ct_sv b)
{
    int line = 1;

    for (size_t i = 0; i < a.n && i < b.n && a.p[i] == b.p[i]; i++)
        line += b.p[i] == '\n';
    return line;
}

static void note(struct ct_library_news *news, struct ct_sv path, int line)
{
    snprintf(news->path, sizeof news->path, "%.*s", CT_SV_ARG(path));
    news->line = line;
}

static bool changed_file(const struct ct_catalogue *old, const struct ct_catalogue *now,
                         struct ct_library_news *ret)
{
    struct file f, before;

    for (size_t i = 0; file_at(now, i, &f); i++) {
        bool known = find_file(old, f.path, i, &before);
        if (known && ct_sv_eq(before.source, f.source))
            continue;
        note(ret, f.path, known ? first_line(before.source, f.source) : 1);
        return true;
    }
    for (size_t i = 0; file_at(old, i, &f); i++)
        if (!find_file(now, f.path, i, &before)) {
            note(ret, f.path, 0);
            return true;
        }
    return false;
}

static bool same_problem(const struct ct_problem *a, const struct ct_problem *b)
{
    return a->line == b->line && strcmp(a->code, b->code) == 0 && ct_sv_eq(a->file, b->file) &&
           ct_sv_eq(a->text, b->text);
}

/* Both lists are sorted, so the first place where they part is the first that changed. */
static void changed_problem(const struct ct_problems *old, const struct ct_problems *now,
                            struct ct_library_news *ret)
{
    size_t i = 0;

    while (i < old->n && i < now->n && same_problem(&old->items[i], &now->items[i]))
        i++;
    if (i < now->n)
        note(ret, now->items[i].file, now->items[i].line);
    else if (i < old->n)
        note(ret, old->items[i].file, 0);
}

void ct_news_of(const struct ct_catalogue *old, const struct ct_catalogue *now,
                struct ct_library_news *ret)
{
    *ret = (struct ct_library_news){.line = 0};
    if (old && !changed_file(old, now, ret))
        changed_problem(&old->problems, &now->problems, ret);
}

void ct_telling_init(struct ct_telling *t)
{
    pthread_condattr_t attr;

    pthread_mutex_init(&t->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&t->told, &attr);
    pthread_condattr_destroy(&attr);
}

void ct_telling_release(struct ct_telling *t)
{
    pthread_mutex_lock(&t->mutex);
    t->ended = true;
    pthread_cond_broadcast(&t->told);
    while (t->waiting > 0)
        pthread_cond_wait(&t->told, &t->mutex);
    pthread_mutex_unlock(&t->mutex);
    pthread_cond_destroy(&t->told);
    pthread_mutex_destroy(&t->mutex);
}

void ct_news_tell(struct ct_telling *t, const struct ct_library_news *news)
{
    uint64_t generation;

    pthread_mutex_lock(&t->mutex);
    generation = t->news.generation + 1;
    t->news = *news;
    t->news.generation = generation;
    pthread_cond_broadcast(&t->told);
    pthread_mutex_unlock(&t->mutex);
}

static struct timespec deadline(int timeout_ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += timeout_ms / MS_PER_S;
    at.tv_nsec += (long)(timeout_ms % MS_PER_S) * NS_PER_MS;
    if (at.tv_nsec >= NS_PER_S) {
        at.tv_sec++;
        at.tv_nsec -= NS_PER_S;
    }
    return at;
}

bool ct_library_wait(struct ct_library *lib, uint64_t seen, int timeout_ms,
                     struct ct_library_news *ret)
{
    struct ct_telling *t = &lib->telling;
    struct timespec until = deadline(timeout_ms);
    bool other;
    int r = 0;

    pthread_mutex_lock(&t->mutex);
    t->waiting++;
    while (t->news.generation == seen && !t->ended && r == 0)
        r = pthread_cond_timedwait(&t->told, &t->mutex, &until);
    t->waiting--;
    *ret = t->news;
    other = t->news.generation != seen;
    if (t->ended)
        pthread_cond_broadcast(&t->told);
    pthread_mutex_unlock(&t->mutex);
    return other;
}

/* A catalogue is swapped first and told then, so one that is still the present one after the number
 * was read cannot have had a later number. */
uint64_t ct_library_generation(struct ct_library *lib, const struct ct_catalogue *cat)
{
    struct ct_telling *t = &lib->telling;
    uint64_t generation;

    pthread_mutex_lock(&t->mutex);
    generation = t->news.generation;
    pthread_mutex_unlock(&t->mutex);
    return atomic_load(&lib->current) == cat ? generation : 0;
}

void ct_library_wake(struct ct_library *lib)
{
    struct ct_telling *t = &lib->telling;

    pthread_mutex_lock(&t->mutex);
    t->ended = true;
    pthread_cond_broadcast(&t->told);
    pthread_mutex_unlock(&t->mutex);
}
