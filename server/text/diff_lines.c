/*
 * diff_lines.c: the lines that differ, with some around them; and where lines made room for others,
 * the words of both that do.
 */
#include "diff_priv.h"

#include "ct/base/banned.h"

enum {
    LINE_WORDS_MAX = 100000, /* words of lines that are looked at, of a whole difference */
    BLOCK_COST = 32          /* what it takes to begin a comparison, in words */
};

struct lines_job {
    struct ct_arena *arena;
    struct ct_diff_pieces out, in;
    struct ct_diff_hunks hunks;
    size_t context;
    struct ct_diff *diff;
    struct ct_diff_span *whole; /* a span for each line that is not told by word */
    size_t budget;              /* words that may still be compared */
};

static struct ct_diff_line *add_line(struct lines_job *job, enum ct_diff_kind kind, size_t before,
                                     size_t after)
{
    struct ct_diff *d = job->diff;
    struct ct_diff_line *line = &d->lines[d->n];
    struct ct_diff_span *span = &job->whole[d->n++];

    line->kind = kind;
    line->before = kind == CT_DIFF_IN ? 0 : (int)before + 1;
    line->after = kind == CT_DIFF_OUT ? 0 : (int)after + 1;
    line->text = kind == CT_DIFF_OUT ? job->out.items[before] : job->in.items[after];
    *span = (struct ct_diff_span){kind, line->text};
    line->spans = span;
    line->n_spans = 1;
    return line;
}

/* The lines that are the same in front of hunk i, or behind the last: those near a hunk. */
static size_t add_same(struct lines_job *job, size_t i, bool count_only)
{
    const struct ct_diff_hunk *prev = i > 0 ? &job->hunks.items[i - 1] : NULL;
    const struct ct_diff_hunk *next = i < job->hunks.n ? &job->hunks.items[i] : NULL;
    size_t out = prev ? prev->out + prev->n_out : 0, in = prev ? prev->in + prev->n_in : 0;
    size_t n = (next ? next->in : job->in.n) - in, shown = 0;

    for (size_t k = 0; k < n; k++) {
        bool near_prev = prev && k < job->context, near_next = next && n - k <= job->context;

        if (!near_prev && !near_next) {
            /* On to where the next hunk's surroundings begin. */
            k = next && n > job->context ? n - job->context - 1 : n - 1;
            continue;
        }
        shown++;
        if (!count_only)
            add_line(job, CT_DIFF_SAME, out + k, in + k);
    }
    return shown;
}

/* Bytes of words, and those of them that are in no hunk. */
static size_t kept_bytes(const struct ct_diff_pieces *p, const bool *changed, size_t *ret_all)
{
    size_t kept = 0;

    *ret_all = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t n = ct_diff_is_word(p->items[i]) ? p->items[i].n : 0;

        *ret_all += n;
        kept += changed[i] ? 0 : n;
    }
    return kept;
}

/* Gives the lines from `first` on their pieces. */
static void cut_lines(struct ct_arena *a, struct ct_diff_line *lines, size_t n_lines,
                      const struct ct_diff_pieces *words, const bool *changed)
{
    struct ct_diff_span *spans = ct_arena_array(a, struct ct_diff_span, words->n + n_lines);
    size_t w = 0;

    for (size_t i = 0; i < n_lines; i++) {
        struct ct_diff_span *first = spans, *last = NULL;

        for (; w < words->n && words->items[w].p[0] != '\n'; w++) {
            enum ct_diff_kind kind = changed[w] ? lines[i].kind : CT_DIFF_SAME;

            if (last && last->kind == kind) {
                last->text.n += words->items[w].n;
            } else {
                last = spans++;
                *last = (struct ct_diff_span){kind, words->items[w]};
            }
        }
        w++; /* the line's end */
        if (last) {
            lines[i].spans = first;
            lines[i].n_spans = (size_t)(spans - first);
        }
    }
}

static struct ct_diff_pieces words_of(struct ct_arena *a, const struct ct_diff_line *lines,
                                      size_t n)
{
    size_t bytes = 0;
    struct ct_diff_pieces p;

    for (size_t i = 0; i < n; i++)
        bytes += lines[i].text.n + 1;
    p = ct_diff_pieces_for(a, bytes, bytes);
    for (size_t i = 0; i < n; i++) {
        ct_diff_add_words(&p, lines[i].text);
        ct_diff_add_piece(&p, CT_SV("\n"));
    }
    return p;
}

/* Lines that made room for others: what of them is new or gone. Not where nearly all of it is, for
 * scattered common words would only confuse; nor when the budget is spent. */
static int mark_words(struct lines_job *job, size_t first, const struct ct_diff_hunk *h,
                      struct ct_err *err)
{
    struct ct_diff_line *lines = job->diff->lines + first;
    struct ct_diff_pieces out = words_of(job->arena, lines, h->n_out);
    struct ct_diff_pieces in = words_of(job->arena, lines + h->n_out, h->n_in);
    size_t cost = out.n + in.n + BLOCK_COST, all_out, all_in, kept;
    bool *gone = ct_arena_array(job->arena, bool, out.n);
    bool *new = ct_arena_array(job->arena, bool, in.n);
    struct ct_diff_hunks hs;
    int r;

    if (cost > job->budget) {
        job->budget = 0;
        return CT_OK;
    }
    job->budget -= cost;
    if ((r = ct_diff_compare(job->arena, &out, &in, &hs, err)) < 0)
        return r;
    ct_diff_join_over_blanks(&in, &hs);
    for (size_t i = 0; i < hs.n; i++) {
        memset(gone + hs.items[i].out, true, hs.items[i].n_out);
        memset(new + hs.items[i].in, true, hs.items[i].n_in);
    }
    kept = kept_bytes(&out, gone, &all_out);
    kept_bytes(&in, new, &all_in);
    if (kept * 3 < (all_out > all_in ? all_out : all_in))
        return CT_OK;
    cut_lines(job->arena, lines, h->n_out, &out, gone);
    cut_lines(job->arena, lines + h->n_out, h->n_in, &in, new);
    return CT_OK;
}

static size_t count_lines(struct lines_job *job)
{
    size_t n = 0;

    if (job->hunks.n == 0)
        return job->context == SIZE_MAX ? job->in.n : 0;
    for (size_t i = 0; i <= job->hunks.n; i++) {
        n += add_same(job, i, true);
        if (i < job->hunks.n)
            n += job->hunks.items[i].n_out + job->hunks.items[i].n_in;
    }
    return n;
}

static int add_changed(struct lines_job *job, const struct ct_diff_hunk *h, struct ct_err *err)
{
    size_t first = job->diff->n;

    for (size_t i = 0; i < h->n_out; i++)
        add_line(job, CT_DIFF_OUT, h->out + i, 0);
    for (size_t i = 0; i < h->n_in; i++)
        add_line(job, CT_DIFF_IN, 0, h->in + i);
    job->diff->n_out += h->n_out;
    job->diff->n_in += h->n_in;
    return h->n_out > 0 && h->n_in > 0 && job->budget > 0 ? mark_words(job, first, h, err) : CT_OK;
}

/* A line has a gap in front where its number is not the next of its text. */
static void mark_gaps(struct ct_diff *d)
{
    int before = 0, after = 0;

    for (size_t i = 0; i < d->n; i++) {
        struct ct_diff_line *line = &d->lines[i];

        line->gap_before = (line->before > 0 && line->before != before + 1) ||
                           (line->after > 0 && line->after != after + 1);
        if (line->gap_before) { /* both texts were passed over by as many lines */
            int skipped = line->before > 0 ? line->before - before - 1 : line->after - after - 1;

            before += skipped;
            after += skipped;
        }
        before = line->before > 0 ? line->before : before;
        after = line->after > 0 ? line->after : after;
    }
}

int ct_diff_lines(struct ct_arena *a, struct ct_sv before, struct ct_sv after, size_t context,
                  struct ct_diff *ret, struct ct_err *err)
{
    int r = ct_diff_check_sizes(before, after, err);
    CT_AUTO_GIT git = r == CT_OK && ct_diff_begin();
    struct ct_diff d = {0};
    struct lines_job job = {.arena = a, .context = context, .diff = &d, .budget = LINE_WORDS_MAX};
    size_t n;

    if (r < 0)
        return r;
    if (!git)
        return ct_diff_not_begun(err);
    job.out = ct_diff_split_lines(a, before);
    job.in = ct_diff_split_lines(a, after);
    if ((r = ct_diff_compare(a, &job.out, &job.in, &job.hunks, err)) < 0)
        return r;
    n = count_lines(&job);
    d.lines = ct_arena_array(a, struct ct_diff_line, n);
    job.whole = ct_arena_array(a, struct ct_diff_span, n);
    for (size_t i = 0; i < n && job.hunks.n == 0; i++)
        add_line(&job, CT_DIFF_SAME, i, i);
    for (size_t i = 0; i <= job.hunks.n && job.hunks.n > 0; i++) {
        add_same(&job, i, false);
        if (i < job.hunks.n && (r = add_changed(&job, &job.hunks.items[i], err)) < 0)
            return r;
    }
    mark_gaps(&d);
    *ret = d;
    return CT_OK;
}
