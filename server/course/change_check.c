/*
 * change_check.c: W71, questions without an id whose text is another than in the text last
 * published. Records keep answers under a question's id; without one of its own that is made from
 * the title, so a new title makes a new question of it, and a new text keeps the old one's numbers.
 * Only the trainer knows which of both is meant.
 */
#include "change_priv.h"

#include <stdlib.h>

#include "labels_priv.h"

#include "ct/base/banned.h"

/* So many pairs are compared in the search for questions under another title. */
enum { PAIRS_MAX = 2000 };

static const double renamed_enough = 0.6;

/* ---- The questions of a module ---- */

struct by_id { /* sorted */
    const struct ct_question **items;
    size_t n;
};

struct check {
    struct ct_arena *arena;
    struct by_id published, now;
    const struct ct_module *module; /* now */
    size_t pairs;                   /* compared so far */
};

static int cmp_id(const void *pa, const void *pb)
{
    const struct ct_question *const *a = pa, *const *b = pb;

    return ct_sv_cmp((*a)->id, (*b)->id);
}

static struct by_id questions_of(struct ct_arena *a, const struct ct_module *m)
{
    size_t in_quiz = m->quiz ? m->quiz->n_questions : 0;
    struct by_id list = {ct_arena_array(a, const struct ct_question *, m->n_practice + in_quiz),
                         m->n_practice + in_quiz};

    for (size_t i = 0; i < list.n; i++)
        list.items[i] = i < m->n_practice ? m->practice[i] : m->quiz->questions[i - m->n_practice];
    if (list.n > 1)
        qsort(list.items, list.n, sizeof *list.items, cmp_id);
    return list;
}

static const struct ct_question *find(const struct by_id *list, struct ct_sv id)
{
    const struct ct_question wanted = {.id = id}, *key = &wanted;
    const struct ct_question **found =
        list->n ? bsearch(&key, list->items, list->n, sizeof *list->items, cmp_id) : NULL;

    return found ? *found : NULL;
}

static struct ct_sv text_of(struct ct_arena *a, const struct ct_question *q)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_CHANGE_TEXT_MAX);

    ct_change_question(&text, q);
    return ct_arena_dup(a, ct_str_sv(&text));
}

/* The published question that is not in the module any more and is most like this one; NULL if none
 * is much like it. */
static const struct ct_question *called_before(struct check *c, const struct ct_question *q)
{
    const struct ct_question *found = NULL;
    struct ct_sv text = text_of(c->arena, q);
    double best = 0;

    for (size_t i = 0; i < c->published.n && c->pairs < PAIRS_MAX; i++) {
        const struct ct_question *was = c->published.items[i];
        double alike;

        if (was->kind != q->kind || find(&c->now, was->id))
            continue;
        c->pairs++;
        alike = ct_change_alike(c->arena, text_of(c->arena, was), text);
        if (alike >= renamed_enough && alike > best) {
            best = alike;
            found = was;
        }
    }
    return found;
}

/* ---- Where the id goes ---- */

static struct ct_sv line_at(struct ct_sv source, int number)
{
    struct ct_sv line = CT_SV_NULL;

    for (int i = 0; i < number; i++)
        if (!ct_sv_split(&source, '\n', &line))
            return CT_SV_NULL;
    return ct_sv_ends(line, CT_SV("\r")) ? ct_sv_sub(line, 0, line.n - 1) : line;
}

/* What stands in front of the # of a heading: "> " within a passage. */
static struct ct_sv quoting(struct ct_sv heading)
{
    size_t n = 0;

    while (n < heading.n && (heading.p[n] == '>' || heading.p[n] == ' '))
        n++;
    return ct_sv_sub(heading, 0, n);
}

static struct ct_sv without(struct ct_sv line, struct ct_sv prefix)
{
    struct ct_sv cut = ct_sv_trim(prefix);

    line = ct_sv_trim(line);
    return cut.n > 0 && ct_sv_starts(line, cut) ? ct_sv_trim(ct_sv_sub(line, cut.n, SIZE_MAX))
                                                : line;
}

static bool underlines(struct ct_sv line)
{
    if (line.n == 0)
        return false;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '=' && line.p[i] != '-')
            return false;
    return true;
}

/* A line like `points: 2` `objective: O1`. */
static bool is_settings(struct ct_sv line)
{
    size_t end;

    if (line.n < 2 || line.p[0] != '`' || line.p[line.n - 1] != '`')
        return false;
    end = ct_sv_find(ct_sv_sub(line, 1, SIZE_MAX), '`');
    return ct_sv_search(ct_sv_sub(line, 1, end), CT_SV(":")) != SIZE_MAX;
}

/* In front of the settings that are there, else as a settings line below the heading. */
static struct ct_mend *mend_of(struct ct_arena *a, struct ct_sv source, const struct ct_question *q,
                               struct ct_sv id)
{
    struct ct_mend *mend = ct_arena_new(a, struct ct_mend);
    struct ct_sv prefix = quoting(line_at(source, q->line)), below;
    int line = q->line + 1;

    if (underlines(without(line_at(source, line), prefix)))
        line++;
    mend->done = ct_arena_printf(a, "gave the question the id \"%.*s\"", CT_SV_ARG(id));
    for (int at = line; at < line + 2; at++) {
        below = line_at(source, at);
        if (!is_settings(without(below, prefix)))
            continue;
        mend->line = at;
        mend->n_lines = 1;
        mend->text = ct_arena_printf(a, "%.*s`id: %.*s` %.*s", CT_SV_ARG(prefix), CT_SV_ARG(id),
                                     CT_SV_ARG(without(below, prefix)));
        return mend;
    }
    mend->line = line;
    below = without(line_at(source, line), prefix);
    mend->text = ct_arena_printf(a, "%.*s\n%.*s`id: %.*s`", CT_SV_ARG(ct_sv_trim(prefix)),
                                 CT_SV_ARG(prefix), CT_SV_ARG(id));
    if (below.n > 0)
        mend->text =
            ct_arena_printf(a, "%.*s\n%.*s", CT_SV_ARG(mend->text), CT_SV_ARG(ct_sv_trim(prefix)));
    return mend;
}

/* ---- The check ---- */

static void add(const struct check *c, const struct ct_question *q, const struct ct_question *was,
                struct ct_problems *problems)
{
    size_t n = problems->n;

    if (ct_sv_eq(was->id, q->id))
        ct_problem_add(problems, "W71", c->module->path, q->line, 0,
                       "the text of this question is another than in the text last published; if "
                       "it is the same question, write `id: %.*s` below its heading, else another "
                       "id",
                       CT_SV_ARG(ct_clip(was->id)));
    else
        ct_problem_add(problems, "W71", c->module->path, q->line, 0,
                       "this question was called \"%.*s\" in the text last published; if it is the "
                       "same, write `id: %.*s` below its heading, else another id",
                       CT_SV_ARG(ct_clip(was->title)), CT_SV_ARG(ct_clip(was->id)));
    if (problems->n > n)
        problems->items[n].mend = mend_of(problems->arena, c->module->source, q, was->id);
}

void ct_change_check(struct ct_arena *a, const struct ct_module *published,
                     const struct ct_module *now, struct ct_problems *problems)
{
    struct check c = {a, questions_of(a, published), questions_of(a, now), now, 0};

    for (size_t i = 0; i < c.now.n; i++) {
        const struct ct_question *q = c.now.items[i], *was = find(&c.published, q->id);

        if (q->id_given || (was && ct_question_same(was, q)))
            continue;
        if (!was)
            was = called_before(&c, q);
        if (was)
            add(&c, q, was, problems);
    }
}
