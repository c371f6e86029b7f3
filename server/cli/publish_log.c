/*
 * publish_log.c: what publishing said, in the log: each problem once, not at every look at the
 * folder.
 */
#include "cli_priv.h"

#include "ct/base/secret.h"

#include <stdlib.h>

#include "ct/base/banned.h"

struct ct_publish_log {
    const struct ct_log *log;
    char (*said)[CT_HASH_HEX + 1]; /* of the problems that the content has now */
    size_t n_said;
};

struct ct_publish_log *ct_publish_log_new(const struct ct_log *log)
{
    struct ct_publish_log *p = calloc(1, sizeof *p);

    if (!p)
        abort();
    p->log = log;
    return p;
}

void ct_publish_log_free(struct ct_publish_log *p)
{
    if (!p)
        return;
    free(p->said);
    free(p);
}

static bool was_said(const struct ct_publish_log *p, const char *hash)
{
    for (size_t i = 0; i < p->n_said; i++)
        if (strcmp(p->said[i], hash) == 0)
            return true;
    return false;
}

static void log_problem(const struct ct_publish_log *p, const struct ct_problem *problem)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    ct_log_event(p->log, CT_LOG_WARN, "problem",
                 (const struct ct_log_pair[]){
                     {"code", ct_sv_c(problem->code)},
                     {"file", problem->file},
                     {"line", ct_arena_printf(&a, "%d", problem->line)},
                     {"text", problem->text},
                     {NULL, CT_SV_NULL},
                 });
}

static void log_problems(struct ct_publish_log *p, const struct ct_problems *problems)
{
    char(*now)[CT_HASH_HEX + 1] = calloc(problems->n + 1, sizeof *now);

    if (!now)
        abort();
    for (size_t i = 0; i < problems->n; i++) {
        CT_AUTO_STR line = CT_STR_INIT(SIZE_MAX);
        ct_problem_write(&line, &problems->items[i]);
        ct_hash_hex(ct_str_sv(&line), now[i]);
        if (!was_said(p, now[i]))
            log_problem(p, &problems->items[i]);
    }
    free(p->said);
    p->said = now;
    p->n_said = problems->n;
}

void ct_publish_log_note(struct ct_publish_log *p, const struct ct_catalogue *cat,
                         const struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t n_modules = 0;

    if (err) {
        ct_log_event(p->log, CT_LOG_ERROR, "publish-failed",
                     (const struct ct_log_pair[]){
                         {"what", ct_sv_c(err->what)},
                         {"error", ct_sv_c(err->text)},
                         {NULL, CT_SV_NULL},
                     });
        return;
    }
    for (size_t i = 0; i < cat->n_courses; i++)
        n_modules += cat->courses[i].n_modules;
    ct_log_event(p->log, CT_LOG_INFO, "published",
                 (const struct ct_log_pair[]){
                     {"courses", ct_arena_printf(&a, "%zu", cat->n_courses)},
                     {"modules", ct_arena_printf(&a, "%zu", n_modules)},
                     {"errors", ct_arena_printf(&a, "%zu", cat->problems.n_errors)},
                     {NULL, CT_SV_NULL},
                 });
    log_problems(p, &cat->problems);
}
