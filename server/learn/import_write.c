/*
 * import_write.c: the transaction of an import. It is short, because nobody else can write
 * meanwhile: what was found out while looking is written, and nothing is looked up.
 */
#include "import_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

/* Rows of these tables are added and never taken away, so each number only grows, and the sum is
 * the same only if all of them are. */
static const struct ct_sql STAMP = {"select (select coalesce(max(id), 0) from person)"
                                    " + (select coalesce(max(id), 0) from person_fact)"
                                    " + (select coalesce(max(id), 0) from membership_event)"
                                    " + (select coalesce(max(id), 0) from past_completion)"
                                    " + (select coalesce(max(id), 0) from org)"
                                    " + (select count(*) from org_state_event)"
                                    " + (select count(*) from org_name)"
                                    " + (select count(*) from certificate_name)"
                                    " + (select count(*) from person_discipline) as stamp"};

const struct ct_sql *const ct_import_write_sql[] = {&STAMP, NULL};

int ct_import_stamp(struct ct_db *db, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &STAMP);
    int r = ct_stmt_step(&st, err);

    if (r < 0)
        return r;
    *ret = ct_col_i64(&st, "stamp");
    return CT_OK;
}

/* What the line came to is counted anew: it was looked at without the lines before it. */
static int take_again(struct ct_import *im, const struct ct_import_step *step, struct ct_err *err)
{
    enum ct_import_outcome outcome;

    im->result.added -= step->outcome == CT_IMPORT_ADDED;
    im->result.changed -= step->outcome == CT_IMPORT_CHANGED;
    return ct_import_take(im, step->cells, &outcome, err);
}

static int tell(struct ct_import *im, size_t done, struct ct_err *err)
{
    const struct ct_import_wish *wish = im->wish;
    struct ct_import_state at = {
        .line = im->line, .done = done, .total = im->plan->n, .writes = true};

    return wish->progress ? wish->progress(wish->arg, &at, err) : CT_OK;
}

static int do_steps(struct ct_import *im, struct ct_err *err)
{
    const struct ct_import_plan *plan = im->plan;
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    CT_AUTO_ARENA keys = CT_ARENA_INIT;
    int r = CT_OK;

    im->scratch = &scratch;
    im->keys = &keys;
    im->seen = (struct ct_import_seen){.slots = NULL};
    for (size_t i = 0; i < plan->n && r == CT_OK; i++, ct_arena_reset(&scratch)) {
        const struct ct_import_step *step = &plan->steps[i];
        im->line = step->line;
        if ((i + 1) % CT_IMPORT_TELL_LINES == 0 && (r = tell(im, i, err)) < 0)
            return r;
        r = step->sure ? im->file->put(im, step->sure, err) : take_again(im, step, err);
        if (r == CT_BAD_INPUT && !step->sure) /* it complained; the rest is looked at, too */
            r = CT_OK;
    }
    if (r == CT_OK && im->result.n_problems)
        r = ct_fail(err, CT_BAD_INPUT, "file", "there %s %zu %s; nothing was changed",
                    ct_plural(im->result.n_problems, "is", "are"), im->result.n_problems,
                    ct_plural(im->result.n_problems, "problem", "problems"));
    return r;
}

/* Somebody recorded something in between: all of it anew, with everybody else waiting. */
static int do_all(struct ct_import *im, struct ct_err *err)
{
    im->plan = NULL;
    im->seen = (struct ct_import_seen){.slots = NULL};
    im->result = (struct ct_import_result){0};
    im->cap = 0;
    return ct_import_pass(im, err);
}

static int write_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct ct_import *im = arg;
    int64_t stamp;
    int r = ct_import_stamp(db, &stamp, err);

    im->db = db;
    im->apply = true;
    if (r == CT_OK)
        r = stamp == im->plan->stamp ? do_steps(im, err) : do_all(im, err);
    if (r == CT_OK && im->wish->finish)
        r = im->wish->finish(db, im->wish->arg, &im->result, err);
    return r;
}

int ct_import_write(struct ct_store *s, struct ct_import *im, struct ct_err *err)
{
    return ct_store_write(s, write_job, im, err);
}
