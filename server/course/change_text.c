/*
 * change_text.c: sections, scenes and questions as texts to compare. Each value stands behind a
 * letter and ends with a byte that no source has, so that two different parts never read the same.
 */
#include "change_priv.h"

#include "ct/course/glossary.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static void add(struct ct_str *out, char what, struct ct_sv value)
{
    if (!value.p)
        return;
    ct_str_add_char(out, what);
    ct_str_add_sv(out, value);
    ct_str_add_char(out, '\x1f');
}

static void add_html(struct ct_str *out, const struct ct_block *b)
{
    if (!b->html.p)
        return;
    ct_str_add_char(out, 'h');
    ct_term_add_unlinked(out, b);
    ct_str_add_char(out, '\x1f');
}

static void add_number(struct ct_str *out, char what, double value)
{
    ct_str_addf(out, "%c%.17g\x1f", what, value);
}

static void add_condition(struct ct_str *out, char what, const struct ct_condition *c)
{
    if (c)
        add(out, what, c->text);
}

/* ---- Questions ---- */

static void add_options(struct ct_str *out, char what, const struct ct_option *options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        add_number(out, what, options[i].right);
        add(out, 'h', options[i].html);
    }
}

static void add_gaps(struct ct_str *out, const struct ct_question *q)
{
    for (size_t i = 0; i < q->n_gaps; i++) {
        const struct ct_gap *g = &q->gaps[i];

        add(out, 'b', g->before_html);
        if (g->is_choice)
            add_options(out, 'o', g->options, g->n);
        for (size_t k = 0; k < g->n && !g->is_choice; k++)
            add(out, 'a', g->accepted[k]);
    }
    add(out, 'b', q->after_html);
}

void ct_change_question(struct ct_str *out, const struct ct_question *q)
{
    add_number(out, 'k', q->kind);
    add_number(out, 's', q->survey);
    add(out, 't', q->title_html);
    ct_change_blocks(out, q->stem, q->n_stem, CT_DISC_ALL);
    add_options(out, 'o', q->options, q->n_options);
    for (size_t i = 0; i < q->n_options && q->kind == CT_Q_ORDER; i++)
        add_number(out, 'g', q->tie_groups[i]);
    add_options(out, 'p', q->targets, q->n_targets);
    add_gaps(out, q);
    if (q->kind == CT_Q_NUMBER) {
        add_number(out, 'l', q->low);
        add_number(out, 'h', q->high);
        add(out, 'u', q->unit);
    }
    for (size_t i = 0; i < q->n_accepted; i++)
        add(out, 'a', q->accepted[i]);
    add_number(out, 'y', q->typos);
    add_number(out, 'w', q->words);
}

void ct_change_feedback(struct ct_str *out, const struct ct_question *q)
{
    for (size_t i = 0; i < q->n_options; i++) {
        add_number(out, 'o', (double)i);
        add(out, 'f', q->options[i].feedback_html);
        add(out, 'n', q->options[i].not_chosen_html);
    }
    for (size_t i = 0; i < q->n_cases; i++) {
        add_number(out, 'l', q->cases[i].low);
        add_number(out, 'h', q->cases[i].high);
        add(out, 't', q->cases[i].text);
        add(out, 'f', q->cases[i].html);
    }
    for (size_t i = 0; i < q->n_objectives; i++)
        add(out, 'j', q->objectives[i]);
    add_number(out, 'p', q->points);
    add_number(out, 'e', q->each);
    add_number(out, 's', q->share_trainer);
    add(out, 'i', q->hint_html);
    add(out, 'w', q->why_html);
    add(out, 'm', q->model_html);
}

/* ---- Parts ---- */

/* Passages meant for others are left out: who wants to look through their eyes may, but need not.
 */
void ct_change_blocks(struct ct_str *out, const struct ct_block *blocks, size_t n, ct_disc_set set)
{
    for (size_t i = 0; i < n; i++) {
        const struct ct_block *b = &blocks[i];

        if (b->kind == CT_BLOCK_PASSAGE && !ct_disc_has(b->disciplines, set))
            continue;
        add_number(out, 'B', b->kind == CT_BLOCK_NOTE ? 100 + (int)b->note : (int)b->kind);
        add_html(out, b);
        add(out, 't', b->title_html);
        add(out, 'u', b->url);
        add(out, 'l', b->label);
        add_condition(out, 'i', b->shown_if);
        if (b->question) {
            ct_change_question(out, b->question);
            ct_change_feedback(out, b->question);
        }
        ct_change_blocks(out, b->children, b->n_children, set);
        add(out, 'E', CT_SV(""));
    }
}

void ct_change_section(struct ct_str *out, const struct ct_section *s, ct_disc_set set)
{
    add(out, 't', s->title_html);
    ct_change_blocks(out, s->blocks, s->n_blocks, set);
}

/* A text that is being written may lead nowhere, and name what it has not declared. */
static struct ct_sv anchor_of(const struct ct_scenario *sc, size_t scene)
{
    return scene < sc->n_scenes ? sc->scenes[scene].anchor : CT_SV("");
}

static void add_choice(struct ct_str *out, const struct ct_scenario *sc, const struct ct_choice *c)
{
    add(out, 'C', c->html);
    add(out, 'g', anchor_of(sc, c->target));
    add_condition(out, 'i', c->shown_if);
    add_condition(out, 'n', c->needs);
    add_number(out, 'o', c->once >= 0);
    for (size_t i = 0; i < c->n_effects; i++) {
        if (c->effects[i].variable < sc->n_variables)
            add(out, 'v', sc->variables[c->effects[i].variable].name);
        add_number(out, c->effects[i].set ? '=' : '+', c->effects[i].value);
    }
    add(out, 'q', c->consequence_html);
}

void ct_change_scene(struct ct_str *out, const struct ct_scenario *sc, const struct ct_scene *scene,
                     ct_disc_set set)
{
    add(out, 't', scene->title_html);
    ct_change_blocks(out, scene->blocks, scene->n_blocks, set);
    for (size_t i = 0; i < scene->n_choices; i++)
        if (ct_disc_has(scene->choices[i].chairs, set))
            add_choice(out, sc, &scene->choices[i]);
    for (size_t i = 0; i < scene->n_rules; i++) {
        if (!ct_disc_has(scene->rules[i].chairs, set))
            continue;
        add_condition(out, 'r', scene->rules[i].when);
        add(out, 'g', anchor_of(sc, scene->rules[i].target));
    }
    if (scene->is_ending)
        add_number(out, 'e', scene->outcome);
    add_condition(out, 'p', scene->pass_if);
}

/* ---- How alike ---- */

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

static int cmp_hash(const void *pa, const void *pb)
{
    const uint32_t *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

/* Where the next word may begin: behind a tag, and behind the letter that opens a value. */
static size_t skip(struct ct_sv s, size_t i)
{
    bool opens = i == 0 || s.p[i - 1] == '\x1f';
    size_t end = s.p[i] == '<' ? ct_sv_find(ct_sv_sub(s, i, SIZE_MAX), '>') : SIZE_MAX;

    if (opens)
        return i + 1;
    return end == SIZE_MAX ? i : i + end + 1;
}

/* Hashes of the words, sorted. */
static uint32_t *words_of(struct ct_arena *a, struct ct_sv s, size_t *ret_n)
{
    uint32_t *words = ct_arena_array(a, uint32_t, s.n / 2 + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n;) {
        uint32_t h = 2166136261u; /* FNV-1a */
        size_t from = skip(s, i);

        if (from > i) {
            i = from;
            continue;
        }
        for (; i < s.n && is_letter(s.p[i]); i++)
            h = (h ^ (unsigned char)s.p[i]) * 16777619u;
        if (i > from)
            words[n++] = h;
        else
            i++;
    }
    if (n > 1)
        qsort(words, n, sizeof *words, cmp_hash);
    *ret_n = n;
    return words;
}

double ct_change_alike(struct ct_arena *a, struct ct_sv x, struct ct_sv y)
{
    size_t n, m, common = 0;
    const uint32_t *in_x = words_of(a, x, &n), *in_y = words_of(a, y, &m);

    for (size_t i = 0, k = 0; i < n && k < m;) {
        common += in_x[i] == in_y[k];
        if (in_x[i] == in_y[k])
            i++, k++;
        else if (in_x[i] < in_y[k])
            i++;
        else
            k++;
    }
    return n + m == 0 ? 1 : 2 * (double)common / (double)(n + m);
}
