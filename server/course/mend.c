/*
 * mend.c: mends, put into sources and tried. What might mend a problem is guessed in mend_rules.c
 * and mend_word.c; here it is proved, because a mend that makes things worse is worse than none.
 */
#include "mend_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

/* So many bytes of source are parsed again to try mends: some 50 milliseconds. */
enum { TRIAL_BYTES = 512 * 1024, CODES_MAX = 128 };

/* ---- putting in ---- */

struct choice {
    const struct ct_mend *mend;
    size_t index;
};

static int by_line(const void *pa, const void *pb)
{
    const struct choice *a = pa, *b = pb;
    if (a->mend->line != b->mend->line)
        return a->mend->line < b->mend->line ? -1 : 1;
    if (a->mend->n_lines != b->mend->n_lines) /* what is put in before a line comes first */
        return a->mend->n_lines < b->mend->n_lines ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

struct cursor {
    struct ct_sv source;
    size_t at; /* byte */
    int line;  /* the line that begins there */
};

/* Goes to the start of a line, or to the end; copies what lies between, unless `out` is NULL. */
static void go_to(struct cursor *c, int line, struct ct_str *out)
{
    size_t from = c->at;
    while (c->line < line && c->at < c->source.n) {
        size_t end = ct_sv_find(ct_sv_sub(c->source, c->at, c->source.n), '\n');
        c->at = end == SIZE_MAX ? c->source.n : c->at + end + 1;
        c->line++;
    }
    if (out)
        ct_str_add_sv(out, ct_sv_sub(c->source, from, c->at - from));
}

static void add_lines(struct ct_str *out, struct ct_sv text, const char *end, bool last_open)
{
    struct ct_sv part;
    bool more = true;
    while (more) {
        size_t at = ct_sv_find(text, '\n');
        more = at != SIZE_MAX;
        part = ct_sv_sub(text, 0, more ? at : text.n);
        text = more ? ct_sv_sub(text, at + 1, text.n) : CT_SV("");
        ct_str_add_sv(out, part);
        if (more || !last_open)
            ct_str_add_c(out, end);
    }
}

static void put_in(struct cursor *c, const struct ct_mend *m, const char *end, struct ct_str *out)
{
    go_to(c, m->line, out);
    if (c->at == c->source.n && out->n > 0 && out->p[out->n - 1] != '\n' && m->n_lines == 0)
        ct_str_add_c(out, end); /* behind a last line without an end */
    go_to(c, m->line + m->n_lines, NULL);
    bool open = m->n_lines > 0 && c->at == c->source.n && c->source.n > 0 &&
                c->source.p[c->source.n - 1] != '\n';
    if (m->text.p)
        add_lines(out, m->text, end, open);
}

struct ct_sv ct_mend_apply(struct ct_arena *a, struct ct_sv source,
                           const struct ct_mend *const *mends, size_t n, bool *taken)
{
    struct choice *order = ct_arena_array(a, struct choice, n ? n : 1);
    size_t first = ct_sv_find(source, '\n'), room = 2 * source.n + 1024;
    const char *end = first != SIZE_MAX && first > 0 && source.p[first - 1] == '\r' ? "\r\n" : "\n";
    struct cursor c = {source, 0, 1};
    int free_from = 1, put_before = 0;
    for (size_t i = 0; i < n; i++) {
        order[i] = (struct choice){mends[i], i};
        room += 2 * mends[i]->text.n + 8;
        taken[i] = false;
    }
    if (n > 1)
        qsort(order, n, sizeof *order, by_line);
    CT_AUTO_STR out = CT_STR_INIT(room);
    for (size_t i = 0; i < n; i++) {
        const struct ct_mend *m = order[i].mend;
        if (m->line < free_from || (m->n_lines == 0 && m->line == put_before))
            continue;
        put_in(&c, m, end, &out);
        free_from = m->line + m->n_lines;
        put_before = m->n_lines == 0 ? m->line : put_before;
        taken[order[i].index] = true;
    }
    ct_str_add_sv(&out, ct_sv_sub(source, c.at, source.n));
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* ---- lines ---- */

struct ct_lines ct_lines_of(struct ct_arena *a, struct ct_sv source)
{
    struct ct_lines l = {NULL, 0};
    size_t cap = 0;
    struct ct_sv line;
    while (ct_sv_split(&source, '\n', &line)) {
        if (ct_sv_ends(line, CT_SV("\r")))
            line.n--;
        CT_ARENA_PUSH(a, l.items, l.n, cap, line);
    }
    return l;
}

struct ct_sv ct_lines_at(const struct ct_lines *l, int n)
{
    return n >= 1 && (size_t)n <= l->n ? l->items[n - 1] : CT_SV_NULL;
}

/* ---- trying ---- */

struct tally { /* how often each code is there */
    size_t n[CODES_MAX];
};

static size_t index_of(const char *code)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    for (size_t i = 0; i < n && i < CODES_MAX; i++) {
        if (strcmp(codes[i].code, code) == 0)
            return i;
    }
    return 0;
}

static struct tally tally_of(const struct ct_problems *p, size_t from)
{
    struct tally t = {{0}};
    for (size_t i = from; i < p->n; i++)
        t.n[index_of(p->items[i].code)]++;
    return t;
}

/* Errors within a thing that could not be read at all before the mend, so they were there unseen.
 */
static bool was_hidden(const char *mended, const char *code)
{
    static const char *const of_options[] = {"E10", "E11", "E12", "E15", "E16",
                                             "E17", "E19", "E28", NULL};
    static const char *const of_choices[] = {"E24", "E50", "E51", "E52", "E53",
                                             "E54", "E55", "E56", NULL};
    static const struct {
        const char *mended;
        const char *const *hidden;
    } cases[] = {{"E10", of_options}, {"E11", of_options}, {"E12", of_options},
                 {"E13", of_options}, {"E41", of_choices}, {"E51", of_choices}};
    const char *const *list = NULL;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        list = strcmp(cases[i].mended, mended) == 0 ? cases[i].hidden : list;
    for (; list && *list; list++) {
        if (strcmp(*list, code) == 0)
            return true;
    }
    return false;
}

static bool is_better(const struct tally *before, const struct tally *after, const char *mended)
{
    size_t n, own = index_of(mended);
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    if (after->n[own] >= before->n[own])
        return false;
    for (size_t i = 0; i < n && i < CODES_MAX; i++) {
        if (codes[i].code[0] == 'E' && after->n[i] > before->n[i] &&
            !was_hidden(mended, codes[i].code))
            return false;
    }
    return true;
}

static bool helps(const struct ct_mend_trial *trial, const struct tally *before,
                  const struct ct_mend *mend, const char *code)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems after = {.arena = &a};
    bool taken;
    trial->check(trial->arg, ct_mend_apply(&a, trial->source, &mend, 1, &taken), &after);
    struct tally t = tally_of(&after, 0);
    return taken && is_better(before, &t, code);
}

void ct_mend_fill(struct ct_problems *problems, size_t from, const struct ct_mend_trial *trial)
{
    size_t tried = 0;
    struct tally before;
    struct ct_lines lines = {NULL, 0};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    for (size_t i = from; i < problems->n; i++) {
        struct ct_problem *p = &problems->items[i];
        struct ct_mend guess = {.line = p->line};
        if (tried > 0 && tried + trial->source.n > TRIAL_BYTES)
            return;
        if (!lines.items) {
            lines = ct_lines_of(&scratch, trial->source);
            before = tally_of(problems, from);
        }
        if (p->mend || p->line < 1 || !ct_mend_guess(problems->arena, &lines, p, &guess))
            continue;
        tried += trial->source.n;
        if (!helps(trial, &before, &guess, p->code))
            continue;
        struct ct_mend *kept = ct_arena_new(problems->arena, struct ct_mend);
        *kept = guess;
        p->mend = kept;
    }
}
