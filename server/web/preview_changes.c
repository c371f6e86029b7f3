/*
 * preview_changes.c: telling a page that something was saved: a finite piece of an event stream,
 * which the browser asks for again when it ends (HTML, 9.2, Server-sent events).
 *
 * A connection that waits keeps a thread, so only so many may wait at once; the rest are told at
 * once, and to come back later, so that pages always find a thread.
 */
#include "preview_pages_priv.h"

#include "ct/base/banned.h"

enum { WAIT_MS = 25000, WAITERS_MAX = 128, SOON_MS = 200, LATER_MS = 5000 };

const struct ct_field ct_changes_query[] = {
    {"seen", CT_FIELD_I64, offsetof(struct ct_changes_input, seen), false, 0, INT64_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* What the page last heard of: of the connection before this one, else as it was made. */
static uint64_t seen_by(const struct ct_request *rq)
{
    const struct ct_changes_input *in = rq->input;
    int64_t last;

    if (ct_sv_i64(rq->last_event_id, &last) && last >= 0)
        return (uint64_t)last;
    return (uint64_t)in->seen;
}

/* The page of a file; null for one that had none when this wait began. */
static json_t *page_of(const struct ct_request *rq, struct ct_sv path)
{
    const struct ct_catalogue *cat = rq->cat;

    for (size_t i = 0; i < cat->n_courses; i++) {
        const struct ct_course *c = &cat->courses[i];
        if (ct_sv_eq(c->path, path))
            return ct_json_sv(ct_href_course(rq, c));
        for (size_t k = 0; k < c->n_modules; k++)
            if (ct_sv_eq(c->modules[k]->path, path))
                return ct_json_sv(ct_href_module(rq, c, c->modules[k]));
    }
    return json_null();
}

static void write_event(const struct ct_request *rq, struct ct_response *rs,
                        const struct ct_library_news *news)
{
    CT_AUTO_JSON *data =
        json_pack("{s:I, s:o, s:i, s:o}", "generation", (json_int_t)news->generation, "path",
                  ct_json_sv(ct_arena_dup(rq->arena, ct_sv_c(news->path))), "line", news->line,
                  "href", page_of(rq, ct_sv_c(news->path)));

    ct_str_addf(&rs->body, "id: %llu\ndata: ", (unsigned long long)news->generation);
    ct_json_write(&rs->body, data);
    ct_str_add_c(&rs->body, "\n\n");
}

int ct_get_changes(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    _Atomic uint64_t *waiters = &rq->app->metrics->waiters;
    struct ct_library *lib = rq->app->cfg.library;
    struct ct_library_news news;
    bool waits = atomic_fetch_add(waiters, 1) < WAITERS_MAX;
    bool changed = ct_library_wait(lib, seen_by(rq), waits ? WAIT_MS : 0, &news);

    (void)err;
    atomic_fetch_sub(waiters, 1);
    rs->content_type = "text/event-stream";
    ct_str_addf(&rs->body, "retry: %d\n\n", waits ? SOON_MS : LATER_MS);
    if (changed)
        write_event(rq, rs, &news);
    return CT_OK;
}
