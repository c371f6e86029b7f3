/*
 * demo_answer.c: right and wrong answers to any question, as they are stored and as a form sends
 * them.
 */
#include "demo_priv.h"

#include "ct/base/banned.h"

static struct ct_answer with_parts(struct ct_arena *a, size_t n)
{
    struct ct_answer ans = {ct_arena_array(a, struct ct_answer_part, n), n};

    for (size_t i = 0; i < n; i++)
        ans.parts[i].pick = -1;
    return ans;
}

static struct ct_answer typed(struct ct_arena *a, struct ct_sv text)
{
    struct ct_answer ans = with_parts(a, 1);

    ans.parts[0].text = text;
    return ans;
}

/* The first option that is (or is not) right; the first of all where there is none. */
static int64_t first_option(const struct ct_option *options, size_t n, bool right)
{
    for (size_t i = 0; i < n; i++)
        if (options[i].right == right)
            return (int64_t)i;
    return 0;
}

static struct ct_answer several(struct ct_arena *a, const struct ct_question *q, bool right)
{
    struct ct_answer ans = with_parts(a, q->n_options);

    ans.n = 0;
    for (size_t i = 0; i < q->n_options; i++)
        if (q->options[i].right == right)
            ans.parts[ans.n++].pick = (int64_t)i;
    if (ans.n == 0)
        ans.parts[ans.n++].pick = 0;
    return ans;
}

/* Parts in written order are right; turned by one they are wrong. */
static struct ct_answer arranged(struct ct_arena *a, const struct ct_question *q, bool right)
{
    struct ct_answer ans = with_parts(a, q->n_options);

    for (size_t i = 0; i < ans.n; i++)
        ans.parts[i].pick = (int64_t)((i + (right ? 0 : 1)) % ans.n);
    return ans;
}

static struct ct_answer filled(struct ct_arena *a, const struct ct_question *q, bool right)
{
    struct ct_answer ans = with_parts(a, q->n_gaps);

    for (size_t i = 0; i < ans.n; i++) {
        const struct ct_gap *gap = &q->gaps[i];
        if (gap->is_choice)
            ans.parts[i].pick = first_option(gap->options, gap->n, right);
        else
            ans.parts[i].text = right && gap->n ? gap->accepted[0] : CT_SV("not sure");
    }
    return ans;
}

static struct ct_answer reflected(struct ct_arena *a, const struct ct_question *q)
{
    static const char *const sentences[] = {
        "In our last joint case the advocate knew first that she would not go back.",
        "I had not asked anybody what they were allowed to tell me, so I assumed they would not.",
        "Next time I will call before the meeting and write down who promised what.",
    };
    struct ct_sv text = CT_SV("");
    size_t n = 0;

    do {
        text = ct_arena_printf(a, "%.*s%s%s", CT_SV_ARG(text), n ? " " : "", sentences[n % 3]);
        n++;
    } while (ct_answer_words(text) < (size_t)q->words);
    return typed(a, text);
}

struct ct_answer ct_demo_answer(struct ct_arena *a, const struct ct_question *q, bool right)
{
    struct ct_answer ans;

    switch (q->kind) {
    case CT_Q_SINGLE:
        ans = with_parts(a, 1);
        ans.parts[0].pick = first_option(q->options, q->n_options, right);
        return ans;
    case CT_Q_MULTIPLE:
        return several(a, q, right);
    case CT_Q_NUMBER:
        return typed(a, ct_arena_printf(a, "%.10g", right ? q->low : q->high + 10));
    case CT_Q_TEXT:
        return typed(a, right && q->n_accepted ? q->accepted[0] : CT_SV("not sure"));
    case CT_Q_ORDER:
    case CT_Q_MATCH:
        return arranged(a, q, right);
    case CT_Q_GAPS:
        return filled(a, q, right);
    case CT_Q_REFLECT:
        return reflected(a, q);
    }
    return with_parts(a, 0);
}

/* The one of the wrong options that comes `which`-th, counted round. */
static int64_t wrong_option(const struct ct_option *options, size_t n, size_t which)
{
    size_t wrong = 0, k = 0;

    for (size_t i = 0; i < n; i++)
        wrong += !options[i].right;
    if (wrong == 0)
        return 0;
    while (options[k].right)
        k++;
    for (which %= wrong; which > 0; which--)
        for (k++; options[k].right; k++)
            continue;
    return (int64_t)k;
}

/* All that is right but one option, which is left out, or one too many. */
static struct ct_answer almost(struct ct_arena *a, const struct ct_question *q, size_t which)
{
    struct ct_answer ans = with_parts(a, q->n_options);
    size_t other = which % q->n_options;

    ans.n = 0;
    for (size_t i = 0; i < q->n_options; i++)
        if (q->options[i].right != (i == other))
            ans.parts[ans.n++].pick = (int64_t)i;
    return ans.n ? ans : several(a, q, false);
}

struct ct_answer ct_demo_slip(struct ct_arena *a, const struct ct_question *q, size_t which)
{
    struct ct_answer ans = ct_demo_answer(a, q, false);

    switch (q->kind) {
    case CT_Q_SINGLE:
        ans.parts[0].pick = wrong_option(q->options, q->n_options, which);
        return ans;
    case CT_Q_MULTIPLE:
        return almost(a, q, which);
    case CT_Q_GAPS: { /* one gap alone */
        struct ct_answer right = ct_demo_answer(a, q, true);
        if (right.n)
            right.parts[which % right.n] = ans.parts[which % right.n];
        return right;
    }
    case CT_Q_NUMBER:
    case CT_Q_TEXT:
    case CT_Q_ORDER:
    case CT_Q_MATCH:
    case CT_Q_REFLECT:
        return ans;
    }
    return ans;
}

/* The place at which a written index is shown. */
static size_t place_of(const struct ct_question *q, uint64_t seed, unsigned which, size_t n,
                       int64_t written)
{
    size_t order[CT_OPTIONS_MAX], place = 0;

    ct_question_order(q, seed, which, order);
    while (place + 1 < n && order[place] != (size_t)written)
        place++;
    return place;
}

static void add(struct ct_form *form, struct ct_sv name, struct ct_sv value)
{
    form->fields[form->n++] = (struct ct_form_field){name, value};
}

static struct ct_sv number_text(struct ct_arena *a, size_t n)
{
    return ct_arena_printf(a, "%zu", n);
}

static struct ct_sv part_name(struct ct_arena *a, const struct ct_question *q, size_t part)
{
    return ct_arena_printf(a, "q.%.*s.%zu", CT_SV_ARG(q->id), part);
}

static void add_gap(struct ct_arena *a, const struct ct_question *q, uint64_t seed, size_t i,
                    const struct ct_answer_part *part, struct ct_form *form)
{
    struct ct_sv value = part->text;

    if (q->gaps[i].is_choice)
        value = number_text(a, place_of(q, seed, (unsigned)(2 + i), q->gaps[i].n, part->pick));
    add(form, part_name(a, q, i), value);
}

void ct_demo_fields(struct ct_arena *a, const struct ct_question *q, uint64_t seed,
                    const struct ct_answer *answer, struct ct_form *form)
{
    struct ct_sv name = ct_arena_printf(a, "q.%.*s", CT_SV_ARG(q->id));

    for (size_t i = 0; i < answer->n; i++) {
        const struct ct_answer_part *part = &answer->parts[i];
        switch (q->kind) {
        case CT_Q_SINGLE:
        case CT_Q_MULTIPLE:
            add(form, name, number_text(a, place_of(q, seed, 0, q->n_options, part->pick)));
            break;
        case CT_Q_NUMBER:
        case CT_Q_TEXT:
        case CT_Q_REFLECT:
            add(form, name, part->text);
            break;
        case CT_Q_ORDER:
            add(form, part_name(a, q, place_of(q, seed, 0, q->n_options, part->pick)),
                number_text(a, i + 1));
            break;
        case CT_Q_MATCH:
            add(form, part_name(a, q, place_of(q, seed, 0, q->n_options, (int64_t)i)),
                number_text(a, place_of(q, seed, 1, q->n_targets, part->pick)));
            break;
        case CT_Q_GAPS:
            add_gap(a, q, seed, i, part, form);
            break;
        }
    }
}
