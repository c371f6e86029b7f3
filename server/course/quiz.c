/*
 * quiz.c: which questions an attempt asks, and in what order.
 */
#include "ct/course/module.h"

#include "order_priv.h"

#include "ct/base/banned.h"

/* The draw while it goes on. Objective numbers follow first appearance; a question without
 * objectives belongs to one of its own kind, so that such questions get their turn too. */
struct draw {
    const struct ct_question **pool; /* in dice order */
    bool *taken;
    size_t n;
    struct ct_sv *objectives; /* the null view: none */
    size_t *covered;          /* per objective: questions taken */
    size_t *turn;             /* objectives in dice order */
    size_t n_objectives;
};

static bool assesses(const struct ct_question *q, struct ct_sv objective)
{
    if (q->n_objectives == 0)
        return objective.p == NULL;
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], objective))
            return objective.p != NULL;
    return false;
}

static void note_objective(struct draw *d, struct ct_sv objective)
{
    for (size_t i = 0; i < d->n_objectives; i++)
        if (ct_sv_eq(d->objectives[i], objective) &&
            (d->objectives[i].p == NULL) == (objective.p == NULL))
            return;
    d->objectives[d->n_objectives++] = objective;
}

static void list_objectives(struct draw *d, struct ct_arena *a, const struct ct_question **asked)
{
    size_t room = 1;
    for (size_t i = 0; i < d->n; i++)
        room += asked[i]->n_objectives;
    d->objectives = ct_arena_array(a, struct ct_sv, room);
    for (size_t i = 0; i < d->n; i++) {
        for (size_t k = 0; k < asked[i]->n_objectives; k++)
            note_objective(d, asked[i]->objectives[k]);
        if (asked[i]->n_objectives == 0)
            note_objective(d, CT_SV_NULL);
    }
    d->covered = ct_arena_array(a, size_t, d->n_objectives);
    d->turn = ct_arena_array(a, size_t, d->n_objectives);
    for (size_t i = 0; i < d->n_objectives; i++)
        d->turn[i] = i;
}

/* The first question left of an objective; d->n if there is none. */
static size_t left_of(const struct draw *d, size_t objective)
{
    for (size_t i = 0; i < d->n; i++)
        if (!d->taken[i] && assesses(d->pool[i], d->objectives[objective]))
            return i;
    return d->n;
}

/* Takes a question of the objective that has had fewest, ties by turn. */
static void take_one(struct draw *d)
{
    size_t best = d->n;
    size_t fewest = SIZE_MAX;
    for (size_t t = 0; t < d->n_objectives; t++) {
        size_t objective = d->turn[t];
        if (d->covered[objective] >= fewest)
            continue;
        size_t i = left_of(d, objective);
        if (i < d->n) {
            best = i;
            fewest = d->covered[objective];
        }
    }
    if (best == d->n)
        return;
    d->taken[best] = true;
    for (size_t o = 0; o < d->n_objectives; o++)
        d->covered[o] += assesses(d->pool[best], d->objectives[o]);
}

static bool is_taken(const struct draw *d, const struct ct_question *q)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->pool[i] == q)
            return d->taken[i];
    return false;
}

size_t ct_quiz_draw(const struct ct_quiz *quiz, ct_disc_set discipline, uint64_t seed,
                    const struct ct_question **ret)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    size_t n = quiz->n_questions;
    const struct ct_question **asked = ct_arena_array(&scratch, const struct ct_question *, n);
    struct draw d = {.pool = ct_arena_array(&scratch, const struct ct_question *, n),
                     .taken = ct_arena_array(&scratch, bool, n)};
    for (size_t i = 0; i < n; i++)
        if (ct_disc_has(quiz->questions[i]->disciplines, discipline))
            asked[d.n++] = quiz->questions[i];
    list_objectives(&d, &scratch, asked);

    struct ct_dice dice = ct_dice_for(seed, CT_SV("quiz"), 0);
    size_t *order = ct_arena_array(&scratch, size_t, d.n);
    for (size_t i = 0; i < d.n; i++)
        order[i] = i;
    ct_dice_shuffle(&dice, order, d.n);
    ct_dice_shuffle(&dice, d.turn, d.n_objectives);
    for (size_t i = 0; i < d.n; i++)
        d.pool[i] = asked[order[i]];

    size_t wanted = quiz->draw == 0 || quiz->draw > d.n ? d.n : quiz->draw;
    for (size_t i = 0; i < wanted; i++)
        take_one(&d);
    size_t drawn = 0;
    for (size_t i = 0; i < d.n; i++) {
        const struct ct_question *q = quiz->shuffle ? d.pool[i] : asked[i];
        if (is_taken(&d, q))
            ret[drawn++] = q;
    }
    return drawn;
}
