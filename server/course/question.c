/*
 * question.c: the order in which a question's parts are shown. Reading answers is in answer.c,
 * grading in grade.c.
 */
#include "question_priv.h"

#include "order_priv.h"

#include "ct/base/banned.h"

size_t ct_question_count(const struct ct_question *q, unsigned which)
{
    if (which == 0)
        return q->n_options;
    if (which == 1)
        return q->n_targets;
    size_t gap = which - 2u;
    return gap < q->n_gaps && q->gaps[gap].is_choice ? q->gaps[gap].n : 0;
}

bool ct_question_tied(const struct ct_question *q, size_t i, size_t j)
{
    if (i == j)
        return true;
    if (q->tie_groups[i] != 0 && q->tie_groups[i] == q->tie_groups[j])
        return true;
    return ct_sv_eq(q->options[i].plain, q->options[j].plain) &&
           ct_sv_eq(q->options[i].html, q->options[j].html);
}

static bool looks_right(const struct ct_question *q, const size_t *order)
{
    for (size_t i = 0; i < q->n_options; i++)
        if (!ct_question_tied(q, i, order[i]))
            return false;
    return true;
}

/* Swaps the first two items whose places matter. Where all are tied every order is right. */
static void spoil(const struct ct_question *q, size_t *order)
{
    for (size_t i = 0; i < q->n_options; i++) {
        for (size_t j = i + 1; j < q->n_options; j++) {
            if (!ct_question_tied(q, order[i], order[j])) {
                size_t swap = order[i];
                order[i] = order[j];
                order[j] = swap;
                return;
            }
        }
    }
}

void ct_question_order(const struct ct_question *q, uint64_t seed, unsigned which, size_t *ret)
{
    size_t n = ct_question_count(q, which);
    for (size_t i = 0; i < n; i++)
        ret[i] = i;
    /* The targets of a match stand beside their prompts in the source: as written they are the
     * answer. */
    bool must = q->kind == CT_Q_ORDER || (q->kind == CT_Q_MATCH && which == 1);
    if (!q->shuffle && !must)
        return;
    struct ct_dice dice = ct_dice_for(seed, q->id, which);
    ct_dice_shuffle(&dice, ret, n);
    if (q->kind == CT_Q_ORDER && which == 0 && looks_right(q, ret))
        spoil(q, ret);
}
