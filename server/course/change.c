/*
 * change.c: two texts of a module side by side: which section, scene and question of the one is
 * which of the other, and whether it says the same.
 */
#include "change_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

enum {
    /* Parts that have lost their address and their title are looked for by what they say; that
     * compares each with each, so only so many of them. */
    ALIKE_MAX = 48
};
static const double alike_enough = 0.5;

/* One part of either text: a section or a scene. */
struct part {
    struct ct_sv name, title, text;
    size_t other; /* its index in the other text; SIZE_MAX: not found */
    bool met;     /* by the discipline */
};

struct parts {
    struct part *items;
    size_t n;
};

/* ---- Matching ---- */

struct named {
    struct ct_sv name;
    size_t index;
};

static int cmp_named(const void *pa, const void *pb)
{
    const struct named *a = pa, *b = pb;
    int d = ct_sv_cmp(a->name, b->name);

    return d ? d : (a->index > b->index) - (a->index < b->index);
}

/* Those that have no partner yet, by address or title. */
static struct named *names_of(struct ct_arena *a, const struct parts *p, bool title, size_t *ret_n)
{
    struct named *names = ct_arena_array(a, struct named, p->n);
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        if (p->items[i].other == SIZE_MAX)
            names[n++] = (struct named){title ? p->items[i].title : p->items[i].name, i};
    if (n > 1)
        qsort(names, n, sizeof *names, cmp_named);
    *ret_n = n;
    return names;
}

static void pair(struct parts *x, size_t i, struct parts *y, size_t k)
{
    x->items[i].other = k;
    y->items[k].other = i;
}

static void match_by_name(struct ct_arena *a, struct parts *x, struct parts *y, bool title)
{
    size_t n, m;
    struct named *in_x = names_of(a, x, title, &n), *in_y = names_of(a, y, title, &m);

    for (size_t i = 0, k = 0; i < n && k < m;) {
        int d = ct_sv_cmp(in_x[i].name, in_y[k].name);

        if (d == 0)
            pair(x, in_x[i++].index, y, in_y[k++].index);
        else if (d < 0)
            i++;
        else
            k++;
    }
}

/* In the order of the new text: with what is most like each, if half of it is. */
static void match_by_text(struct ct_arena *a, struct parts *x, struct parts *y)
{
    size_t n, m;
    struct named *in_x = names_of(a, x, false, &n), *in_y = names_of(a, y, false, &m);

    if (n > ALIKE_MAX || m > ALIKE_MAX)
        return;
    for (size_t k = 0; k < m; k++) {
        double best = 0;
        size_t at = SIZE_MAX;

        for (size_t i = 0; i < n; i++) {
            double alike =
                x->items[in_x[i].index].other == SIZE_MAX
                    ? ct_change_alike(a, x->items[in_x[i].index].text, y->items[in_y[k].index].text)
                    : 0;

            if (alike >= alike_enough && alike > best) {
                best = alike;
                at = in_x[i].index;
            }
        }
        if (at != SIZE_MAX)
            pair(x, at, y, in_y[k].index);
    }
}

/* ---- Parts ---- */

static struct ct_sv kept(struct ct_arena *a, struct ct_str *text)
{
    struct ct_sv copy = ct_arena_dup(a, ct_str_sv(text));

    ct_str_reset(text);
    return copy;
}

static struct parts sections_of(struct ct_arena *a, const struct ct_module *m, ct_disc_set set)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_CHANGE_TEXT_MAX);
    struct parts p = {ct_arena_array(a, struct part, m->n_sections), m->n_sections};

    for (size_t i = 0; i < p.n; i++) {
        const struct ct_section *s = &m->sections[i];

        ct_change_section(&text, s, set);
        p.items[i] = (struct part){s->slug, s->title, kept(a, &text), SIZE_MAX,
                                   ct_disc_has(s->disciplines, set)};
    }
    return p;
}

static struct parts scenes_of(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set set)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_CHANGE_TEXT_MAX);
    struct parts p = {ct_arena_array(a, struct part, sc->n_scenes), sc->n_scenes};

    for (size_t i = 0; i < p.n; i++) {
        ct_change_scene(&text, sc, &sc->scenes[i], set);
        p.items[i] = (struct part){sc->scenes[i].anchor, sc->scenes[i].title, kept(a, &text),
                                   SIZE_MAX, true};
    }
    return p;
}

static struct parts parts_of(struct ct_arena *a, const struct ct_module *m, ct_disc_set set)
{
    return m->scenario ? scenes_of(a, m->scenario, set) : sections_of(a, m, set);
}

static enum ct_change_kind kind_of(const struct part *before, const struct part *after)
{
    bool was = before && before->met, is = after && after->met;

    if (!was || !is)
        return is ? CT_CHANGE_ADDED : CT_CHANGE_REMOVED;
    return ct_sv_eq(before->text, after->text) ? CT_CHANGE_NONE : CT_CHANGE_EDITED;
}

static void add_part(struct ct_module_change *ret, const struct ct_module *before, size_t b,
                     const struct ct_module *after, size_t k, enum ct_change_kind kind)
{
    struct ct_part_change *part = &ret->parts[ret->n_parts++];

    *part =
        (struct ct_part_change){.kind = kind, .scene_before = SIZE_MAX, .scene_after = SIZE_MAX};
    ret->n_changed += kind != CT_CHANGE_NONE;
    if (b != SIZE_MAX && before->scenario)
        part->scene_before = b;
    else if (b != SIZE_MAX)
        part->before = &before->sections[b];
    if (k != SIZE_MAX && after->scenario)
        part->scene_after = k;
    else if (k != SIZE_MAX)
        part->after = &after->sections[k];
}

static void compare_parts(struct ct_arena *a, const struct ct_module *before,
                          const struct ct_module *after, ct_disc_set set,
                          struct ct_module_change *ret)
{
    struct parts x = parts_of(a, before, set), y = parts_of(a, after, set);

    if (!before->scenario == !after->scenario) {
        match_by_name(a, &x, &y, false);
        match_by_name(a, &x, &y, true);
        match_by_text(a, &x, &y);
    }
    ret->parts = ct_arena_array(a, struct ct_part_change, x.n + y.n);
    for (size_t k = 0; k < y.n; k++) {
        const struct part *was = y.items[k].other == SIZE_MAX ? NULL : &x.items[y.items[k].other];

        if (!y.items[k].met && !(was && was->met))
            continue;
        if (y.items[k].met)
            add_part(ret, before, was && was->met ? y.items[k].other : SIZE_MAX, after, k,
                     kind_of(was, &y.items[k]));
    }
    for (size_t i = 0; i < x.n; i++) {
        bool stays = x.items[i].other != SIZE_MAX && y.items[x.items[i].other].met;

        if (x.items[i].met && !stays)
            add_part(ret, before, i, after, SIZE_MAX, CT_CHANGE_REMOVED);
    }
}

/* ---- Questions ---- */

struct asked {
    const struct ct_question *question;
    bool in_quiz;
};

static int cmp_asked(const void *pa, const void *pb)
{
    const struct asked *a = pa, *b = pb;

    return ct_sv_cmp(a->question->id, b->question->id);
}

/* Those that the discipline is asked. */
static struct asked *asked_of(struct ct_arena *a, const struct ct_module *m, ct_disc_set set,
                              size_t *ret_n)
{
    size_t in_quiz = m->quiz ? m->quiz->n_questions : 0, n = 0;
    struct asked *list = ct_arena_array(a, struct asked, in_quiz + m->n_practice);

    for (size_t i = 0; i < in_quiz + m->n_practice; i++) {
        const struct ct_question *q =
            i < in_quiz ? m->quiz->questions[i] : m->practice[i - in_quiz];

        if (ct_disc_has(q->disciplines, set))
            list[n++] = (struct asked){q, i < in_quiz};
    }
    *ret_n = n;
    return list;
}

static bool same_throughout(const struct asked *x, const struct asked *y)
{
    CT_AUTO_STR in_x = CT_STR_INIT(CT_CHANGE_TEXT_MAX), in_y = CT_STR_INIT(CT_CHANGE_TEXT_MAX);

    if (x->in_quiz != y->in_quiz || !ct_question_same(x->question, y->question))
        return false;
    ct_change_feedback(&in_x, x->question);
    ct_change_feedback(&in_y, y->question);
    return ct_sv_eq(ct_str_sv(&in_x), ct_str_sv(&in_y));
}

static void compare_questions(struct ct_arena *a, const struct ct_module *before,
                              const struct ct_module *after, ct_disc_set set,
                              struct ct_module_change *ret)
{
    size_t n, m;
    struct asked *x = asked_of(a, before, set, &n), *y = asked_of(a, after, set, &m);
    bool *found = ct_arena_array(a, bool, n);

    if (n > 1)
        qsort(x, n, sizeof *x, cmp_asked);
    ret->questions = ct_arena_array(a, struct ct_question_change, n + m);
    for (size_t k = 0; k < m; k++) {
        const struct asked *was = n ? bsearch(&y[k], x, n, sizeof *x, cmp_asked) : NULL;

        if (was)
            found[was - x] = true;
        if (was && same_throughout(was, &y[k]))
            continue;
        ret->questions[ret->n_questions++] =
            (struct ct_question_change){was ? CT_CHANGE_EDITED : CT_CHANGE_ADDED,
                                        was ? was->question : NULL, y[k].question, y[k].in_quiz};
    }
    for (size_t i = 0; i < n; i++)
        if (!found[i])
            ret->questions[ret->n_questions++] =
                (struct ct_question_change){CT_CHANGE_REMOVED, x[i].question, NULL, x[i].in_quiz};
}

bool ct_question_same(const struct ct_question *a, const struct ct_question *b)
{
    CT_AUTO_STR in_a = CT_STR_INIT(CT_CHANGE_TEXT_MAX), in_b = CT_STR_INIT(CT_CHANGE_TEXT_MAX);

    ct_change_question(&in_a, a);
    ct_change_question(&in_b, b);
    return ct_sv_eq(ct_str_sv(&in_a), ct_str_sv(&in_b));
}

/* ---- The module ---- */

static bool same_blocks(const struct ct_block *x, size_t n, const struct ct_block *y, size_t m,
                        ct_disc_set set)
{
    CT_AUTO_STR in_x = CT_STR_INIT(CT_CHANGE_TEXT_MAX), in_y = CT_STR_INIT(CT_CHANGE_TEXT_MAX);

    ct_change_blocks(&in_x, x, n, set);
    ct_change_blocks(&in_y, y, m, set);
    return ct_sv_eq(ct_str_sv(&in_x), ct_str_sv(&in_y));
}

static bool same_intro(const struct ct_module *x, const struct ct_module *y, ct_disc_set set)
{
    const struct ct_scenario *sx = x->scenario, *sy = y->scenario;

    return same_blocks(x->intro, x->n_intro, y->intro, y->n_intro, set) &&
           same_blocks(sx ? sx->intro : NULL, sx ? sx->n_intro : 0, sy ? sy->intro : NULL,
                       sy ? sy->n_intro : 0, set);
}

static bool same_quiz_rules(const struct ct_module *x, const struct ct_module *y, ct_disc_set set)
{
    const struct ct_quiz *qx = x->quiz, *qy = y->quiz;

    if (!qx || !qy)
        return !qx && !qy;
    return x->pass == y->pass && x->attempts == y->attempts && qx->draw == qy->draw &&
           qx->shuffle == qy->shuffle && qx->wait == qy->wait && qx->show == qy->show &&
           ct_sv_eq(qx->title_html, qy->title_html) &&
           same_blocks(qx->intro, qx->n_intro, qy->intro, qy->n_intro, set);
}

/* What the module's first page lists. */
static bool same_facts(const struct ct_module *x, const struct ct_module *y)
{
    if (x->minutes != y->minutes || x->n_objectives != y->n_objectives ||
        x->n_sources != y->n_sources || x->disciplines != y->disciplines)
        return false;
    for (size_t i = 0; i < x->n_objectives; i++)
        if (!ct_sv_eq(x->objectives[i].id, y->objectives[i].id) ||
            !ct_sv_eq(x->objectives[i].text, y->objectives[i].text))
            return false;
    for (size_t i = 0; i < x->n_sources; i++)
        if (!ct_sv_eq(x->sources[i], y->sources[i]))
            return false;
    return true;
}

static struct ct_sv anchor_of(const struct ct_scenario *sc, size_t scene)
{
    return scene < sc->n_scenes ? sc->scenes[scene].anchor : CT_SV("");
}

/* The numbers and the rules that hold in every scene. */
static bool same_machine(const struct ct_scenario *x, const struct ct_scenario *y)
{
    if (!x || !y)
        return !x && !y;
    if (x->n_variables != y->n_variables || x->n_watches != y->n_watches ||
        !ct_sv_eq(anchor_of(x, x->start), anchor_of(y, y->start)))
        return false;
    for (size_t i = 0; i < x->n_variables; i++) {
        const struct ct_variable *a = &x->variables[i], *b = &y->variables[i];

        if (!ct_sv_eq(a->name, b->name) || a->start != b->start || a->low != b->low ||
            a->high != b->high)
            return false;
    }
    for (size_t i = 0; i < x->n_watches; i++) {
        const struct ct_condition *a = x->watches[i].when, *b = y->watches[i].when;

        if (!ct_sv_eq(a ? a->text : CT_SV(""), b ? b->text : CT_SV("")) ||
            !ct_sv_eq(anchor_of(x, x->watches[i].target), anchor_of(y, y->watches[i].target)))
            return false;
    }
    return true;
}

void ct_module_compare(struct ct_arena *a, const struct ct_module *before,
                       const struct ct_module *after, ct_disc_set set, struct ct_module_change *ret)
{
    struct ct_module_change c = {0};

    c.material = !ct_sv_eq(ct_module_version(before), ct_module_version(after));
    c.title = !ct_sv_eq(before->title_html, after->title_html);
    c.content_note = !ct_sv_eq(before->content_note, after->content_note);
    c.intro = !same_intro(before, after, set);
    c.quiz_rules = !same_quiz_rules(before, after, set);
    c.facts = !same_facts(before, after) || !same_machine(before->scenario, after->scenario);
    compare_parts(a, before, after, set, &c);
    compare_questions(a, before, after, set, &c);
    c.same = !c.title && !c.content_note && !c.intro && !c.quiz_rules && !c.facts &&
             c.n_changed == 0 && c.n_questions == 0;
    *ret = c;
}

struct ct_sv ct_module_version(const struct ct_module *m)
{
    return m->version.p && m->version.n > 0 ? m->version : CT_SV("1");
}
