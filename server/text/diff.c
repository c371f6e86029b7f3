/*
 * diff.c: comparing and merging, by libgit2, whose header is included here only. What of it is
 * shown is for diff_lines.c and diff_words.c; what a change means, for ct/course/change.h.
 *
 * libgit2 compares texts by line. Words are given to it one a line, so there is one way to compare.
 * It takes seconds for two texts of half a million lines that have nothing to do with each other:
 * above PIECES_MAX that differ, what lies between the first and the last difference counts as
 * different.
 */
#include "diff_priv.h"

#include <git2.h>

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { PIECES_MAX = 100000 /* lines or words between the ends that are the same, of both texts */ };

/* libgit2 counts who uses it; the first waits some milliseconds for it. */
bool ct_diff_begin(void)
{
    return git_libgit2_init() > 0;
}

void ct_diff_end(bool *began)
{
    if (*began)
        git_libgit2_shutdown();
}

int ct_diff_not_begun(struct ct_err *err)
{
    return ct_fail(err, CT_INTERNAL, "diff", "libgit2 would not begin");
}

int ct_diff_check_sizes(struct ct_sv a, struct ct_sv b, struct ct_err *err)
{
    if (a.n > CT_SOURCE_MAX || b.n > CT_SOURCE_MAX)
        return ct_fail(err, CT_TOO_BIG, "diff", "over %d bytes", CT_SOURCE_MAX);
    return CT_OK;
}

struct ct_diff_pieces ct_diff_pieces_for(struct ct_arena *a, size_t n_max, size_t bytes)
{
    return (struct ct_diff_pieces){.items = ct_arena_array(a, struct ct_sv, n_max),
                                   .text = ct_arena_alloc(a, bytes + n_max + 1)};
}

/* The next line without its end; *rest moves behind the end. */
static struct ct_sv take_line(struct ct_sv *rest)
{
    size_t end = ct_sv_find(*rest, '\n');
    struct ct_sv line = end == SIZE_MAX ? *rest : ct_sv_n(rest->p, end);

    *rest = end == SIZE_MAX ? CT_SV_NULL : ct_sv_sub(*rest, end + 1, SIZE_MAX);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

struct ct_diff_pieces ct_diff_split_lines(struct ct_arena *a, struct ct_sv text)
{
    size_t n = 1;
    struct ct_diff_pieces p;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    p = ct_diff_pieces_for(a, n, text.n);
    while (text.n > 0) {
        struct ct_sv line = take_line(&text);

        p.items[p.n++] = line;
        if (line.n > 0)
            memcpy(p.text + p.text_n, line.p, line.n);
        p.text_n += line.n;
        p.text[p.text_n++] = '\n';
    }
    return p;
}

static int add_hunk(const git_diff_delta *delta, const git_diff_hunk *h, void *arg)
{
    struct ct_diff_hunks *hs = arg;
    struct ct_diff_hunk one = {.n_out = (size_t)h->old_lines, .n_in = (size_t)h->new_lines};

    (void)delta;
    /* Where nothing is taken, the number is that of the line in front. */
    one.out = (size_t)h->old_start - (h->old_lines > 0 ? 1 : 0);
    one.in = (size_t)h->new_start - (h->new_lines > 0 ? 1 : 0);
    CT_ARENA_PUSH(hs->arena, hs->items, hs->n, hs->cap, one);
    return 0;
}

static bool is_end(struct ct_sv piece)
{
    return ct_sv_eq(piece, CT_SV("\n")) || ct_sv_eq(piece, CT_SV("\r\n")) ||
           ct_sv_eq(piece, CT_SV(" "));
}

/* As libgit2 sees a piece: all line ends are a blank. */
static bool same_piece(struct ct_sv a, struct ct_sv b)
{
    return ct_sv_eq(a, b) || (is_end(a) && is_end(b));
}

/* From the first to the last difference. */
static struct ct_diff_hunk ends(const struct ct_diff_pieces *before,
                                const struct ct_diff_pieces *after)
{
    size_t n = before->n < after->n ? before->n : after->n, from = 0, to = 0;

    while (from < n && same_piece(before->items[from], after->items[from]))
        from++;
    while (to < n - from &&
           same_piece(before->items[before->n - 1 - to], after->items[after->n - 1 - to]))
        to++;
    return (struct ct_diff_hunk){from, before->n - from - to, from, after->n - from - to};
}

int ct_diff_compare(struct ct_arena *a, const struct ct_diff_pieces *before,
                    const struct ct_diff_pieces *after, struct ct_diff_hunks *ret,
                    struct ct_err *err)
{
    git_diff_options options = {.version = GIT_DIFF_OPTIONS_VERSION};
    struct ct_diff_hunk all = ends(before, after);

    *ret = (struct ct_diff_hunks){.arena = a};
    if (all.n_out == 0 && all.n_in == 0)
        return CT_OK;
    if (all.n_out == 0 || all.n_in == 0 || all.n_out + all.n_in > PIECES_MAX) {
        CT_ARENA_PUSH(a, ret->items, ret->n, ret->cap, all);
        return CT_OK;
    }
    options.flags = GIT_DIFF_FORCE_TEXT;
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_UNSPECIFIED;
    if (git_diff_buffers(before->text, before->text_n, NULL, after->text, after->text_n, NULL,
                         &options, NULL, NULL, add_hunk, NULL, ret) < 0)
        return ct_fail(err, CT_INTERNAL, "diff", "libgit2 could not compare");
    return CT_OK;
}

/* The text with LF alone and an end to its last line. */
static git_merge_file_input as_input(const struct ct_diff_pieces *p)
{
    return (git_merge_file_input){
        .version = GIT_MERGE_FILE_INPUT_VERSION, .ptr = p->text, .size = p->text_n};
}

static bool has_cr(struct ct_sv text)
{
    size_t end = ct_sv_find(text, '\n');

    return end != SIZE_MAX && end > 0 && text.p[end - 1] == '\r';
}

/* With CRLF where the base has it; without the last line's end where neither side has one. */
static struct ct_sv as_text(struct ct_arena *a, const char *p, size_t n, bool cr, bool end)
{
    char *text = ct_arena_alloc(a, n * 2 + 1);
    size_t at = 0;

    if (!end && n > 0 && p[n - 1] == '\n')
        n--;
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\n' && cr)
            text[at++] = '\r';
        text[at++] = p[i];
    }
    return ct_sv_n(text, at);
}

int ct_diff_merge(struct ct_arena *a, struct ct_sv base, struct ct_sv ours, struct ct_sv theirs,
                  struct ct_sv *ret, struct ct_err *err)
{
    int r = ct_diff_check_sizes(base.n > ours.n ? base : ours, theirs, err);
    CT_AUTO_GIT git = r == CT_OK && ct_diff_begin();
    struct ct_diff_pieces b, o, t;
    struct ct_diff_hunk in_ours, in_theirs;
    git_merge_file_result merged = {0};
    git_merge_file_input ib, io, it;

    if (r < 0)
        return r;
    if (!git)
        return ct_diff_not_begun(err);
    b = ct_diff_split_lines(a, base);
    o = ct_diff_split_lines(a, ours);
    t = ct_diff_split_lines(a, theirs);
    in_ours = ends(&b, &o);
    in_theirs = ends(&b, &t);
    if (in_ours.n_out + in_ours.n_in > PIECES_MAX || in_theirs.n_out + in_theirs.n_in > PIECES_MAX)
        return ct_fail(err, CT_TOO_BIG, "diff", "over %d lines differ", PIECES_MAX);
    ib = as_input(&b);
    io = as_input(&o);
    it = as_input(&t);
    if (git_merge_file(&merged, &ib, &io, &it, NULL) < 0)
        return ct_fail(err, CT_INTERNAL, "diff", "libgit2 could not merge");
    if (merged.automergeable)
        *ret = as_text(a, merged.ptr, merged.len, has_cr(base),
                       ct_sv_ends(ours, CT_SV("\n")) || ct_sv_ends(theirs, CT_SV("\n")));
    else
        r = ct_fail(err, CT_CONFLICT, "diff", "both changed the same place");
    git_merge_file_result_free(&merged);
    return r;
}
