/*
 * server/course/gap_lift.c: "Fill in": every code in the text is a gap.
 *
 * The text is rendered with a stand-in in each gap's code, then cut at the stand-ins. They hold a
 * control character, so only a code that we made can look like one.
 */
#include "question_lift_priv.h"

#include "ct/base/limits.h"
#include "ct/base/str.h"

#include "ct/base/banned.h"

enum { TEXT_MAX = 16 * CT_SOURCE_MAX };

static struct ct_sv stand_in(struct ct_arena *a, size_t i)
{
    return ct_arena_printf(a, "\x02gap %zu\x02", i);
}

/* Where the next mark begins at or behind `from`; s.n if there is none. */
static size_t next_mark(struct ct_sv s, size_t from)
{
    for (size_t i = from; i < s.n; i++) {
        bool opens = (s.p[i] == '(' || s.p[i] == '[') && (i == 0 || s.p[i - 1] == ' ');
        if (opens && ct_mark_of(ct_sv_sub(s, i, s.n)).kind != CT_MARK_NONE)
            return i;
    }
    return s.n;
}

static struct ct_sv escaped(struct ct_arena *a, struct ct_sv s)
{
    CT_AUTO_STR out = CT_STR_INIT(6 * s.n + 1);
    ct_str_add_html(&out, s);
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* `(x) not required ( ) required` */
static void read_options(struct ct_reading *r, struct ct_gap *gap, struct ct_sv s,
                         const struct ct_md_node *code)
{
    size_t cap = 0, n_right = 0;
    gap->is_choice = true;
    for (size_t at = 0; at < s.n;) {
        struct ct_mark m = ct_mark_of(ct_sv_sub(s, at, s.n));
        size_t end = next_mark(s, at + m.length);
        struct ct_option o = {.right = m.right};
        o.plain = ct_sv_trim(ct_sv_sub(s, at + m.length, end - at - m.length));
        o.html = escaped(r->l->arena, o.plain);
        n_right += o.right;
        if (o.plain.n == 0)
            ct_lift_problem(r->l, "E28", code, "an option of this gap has no text");
        if (gap->n == CT_OPTIONS_MAX) {
            ct_lift_problem(r->l, "E35", code, "a gap has at most %d options", CT_OPTIONS_MAX);
            return;
        }
        CT_ARENA_PUSH(r->l->arena, gap->options, gap->n, cap, o);
        at = end;
    }
    if (n_right != 1)
        ct_lift_problem(r->l, "E17", code,
                        "one option of a gap is right, but here %zu are; write "
                        "`(x) this one ( ) not this one`",
                        n_right);
    if (gap->n < 2)
        ct_lift_problem(r->l, "E28", code, "a gap to pick from needs two options or more");
    ct_check_duplicates(r, gap->options, gap->n, code);
}

/* `hotline | child abuse hotline` */
static void read_accepted(struct ct_reading *r, struct ct_gap *gap, struct ct_sv s,
                          const struct ct_md_node *code)
{
    struct ct_sv part;
    size_t cap = 0;
    while (ct_sv_split(&s, '|', &part)) {
        part = ct_sv_trim(part);
        if (part.n > 0)
            CT_ARENA_PUSH(r->l->arena, gap->accepted, gap->n, cap, part);
    }
    if (gap->n == 0)
        ct_lift_problem(r->l, "E28", code,
                        "this gap has no answer; write it between the backticks");
}

static void add_gap(struct ct_reading *r, struct ct_md_node *code, size_t *cap)
{
    struct ct_question *q = r->q;
    if (q->n_gaps == CT_GAPS_MAX) {
        ct_lift_problem(r->l, "E35", code, "a text has at most %d gaps", CT_GAPS_MAX);
        return;
    }
    struct ct_gap gap = {.is_choice = false};
    struct ct_sv s = ct_chip_of(r->l->arena, code).text;
    if (s.n > 0 && next_mark(s, 0) == 0)
        read_options(r, &gap, s, code);
    else
        read_accepted(r, &gap, s, code);
    ct_md_set_literal(code, stand_in(r->l->arena, q->n_gaps));
    CT_ARENA_PUSH(r->l->arena, q->gaps, q->n_gaps, *cap, gap);
}

/* Headings keep their code, and what a picture shows is no place for a gap. */
static void find_gaps(struct ct_reading *r, struct ct_md_node *n, size_t *cap)
{
    if (ct_md_type(n) == CT_MD_CODE)
        add_gap(r, n, cap);
    if (ct_md_type(n) == CT_MD_HEADING || ct_md_type(n) == CT_MD_IMAGE)
        return;
    for (struct ct_md_node *c = ct_md_first(n), *next; c; c = next) {
        next = ct_md_next(c);
        find_gaps(r, c, cap);
    }
}

static void cut_at_gaps(struct ct_reading *r, struct ct_sv html)
{
    struct ct_arena *a = r->l->arena;
    for (size_t i = 0; i < r->q->n_gaps; i++) {
        struct ct_sv mark = stand_in(a, i);
        struct ct_sv code = ct_arena_printf(a, "<code>%.*s</code>", CT_SV_ARG(mark));
        size_t at = ct_sv_search(html, code);
        if (at == SIZE_MAX)
            continue;
        r->q->gaps[i].before_html = ct_sv_sub(html, 0, at);
        html = ct_sv_sub(html, at + code.n, html.n);
    }
    r->q->after_html = html;
}

/* Labelled quotes and films are no text with gaps; they stay for the stem. */
static bool is_text(struct ct_lift *l, const struct ct_md_node *n)
{
    return ct_md_type(n) != CT_MD_QUOTE || ct_lift_label(l, n, NULL) == CT_LABEL_NONE;
}

void ct_lift_gaps(struct ct_reading *r, struct ct_md_node *first, struct ct_md_node *end)
{
    struct ct_lift *l = r->l;
    size_t cap = 0;
    CT_AUTO_STR html = CT_STR_INIT(TEXT_MAX);
    r->q->kind = CT_Q_GAPS;
    for (struct ct_md_node *n = first, *next; n && n != end; n = next) {
        next = ct_md_next(n);
        if (!is_text(l, n))
            continue;
        find_gaps(r, n, &cap);
        ct_md_html(n, &html);
        ct_md_unlink(l->md, n);
    }
    if (!ct_str_ok(&html))
        ct_lift_problem(l, "E35", r->heading, "this text is too big when it is rendered; split it");
    cut_at_gaps(r, ct_arena_dup(l->arena, ct_str_sv(&html)));
    if (r->q->n_gaps == 0 && !r->broken)
        ct_lift_problem(l, "E27", r->heading,
                        "there is nothing to fill in; put the missing words between backticks: "
                        "A child under `18` …");
}
