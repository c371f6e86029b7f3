/*
 * server/course/list_lift.c: "Put in order" and "Match", whose lists need no marks.
 */
#include "question_lift_priv.h"

#include "ct/base/banned.h"

/* One more item; false when there are too many. */
static bool add_option(struct ct_reading *r, struct ct_option **items, size_t *n, size_t *cap,
                       struct ct_option o, const struct ct_md_node *at)
{
    if (*n == CT_OPTIONS_MAX) {
        ct_lift_problem(r->l, "E35", at, "there may be at most %d items", CT_OPTIONS_MAX);
        return false;
    }
    if (o.html.n == 0)
        ct_lift_problem(r->l, "E28", at, "this item has no text");
    CT_ARENA_PUSH(r->l->arena, *items, *n, *cap, o);
    return true;
}

void ct_lift_order(struct ct_reading *r)
{
    struct ct_question *q = r->q;
    size_t cap = 0;
    q->kind = CT_Q_ORDER;
    if (!r->list) {
        ct_lift_problem(
            r->l, "E27", r->heading,
            "there is nothing to put in order; write a numbered list, `1. first`, in the "
            "right order");
        return;
    }
    if (!ct_md_ordered(r->list))
        ct_lift_problem(r->l, "E28", r->list,
                        "what is to be put in order is a numbered list: `1. first`, `2. second`");
    for (struct ct_md_node *item = ct_md_first(r->list); item; item = ct_md_next(item)) {
        if (!add_option(r, &q->options, &q->n_options, &cap, ct_option_of_item(r, item), item))
            break;
    }
    if (q->n_options < 2)
        ct_lift_problem(r->l, "E28", r->list, "there must be two items or more to put in order");
    ct_check_duplicates(r, q->options, q->n_options, r->list);
}

/* The list within a prompt's item, taken out of it; NULL if there is none. */
static struct ct_md_node *take_answers(struct ct_reading *r, struct ct_md_node *item)
{
    for (struct ct_md_node *n = ct_md_first(item); n; n = ct_md_next(n)) {
        if (ct_md_type(n) == CT_MD_LIST) {
            ct_md_unlink(r->l->md, n);
            return n;
        }
    }
    return NULL;
}

static bool lift_pair(struct ct_reading *r, struct ct_md_node *item, size_t *cap_prompts,
                      size_t *cap_targets)
{
    struct ct_question *q = r->q;
    struct ct_md_node *answers = take_answers(r, item);
    struct ct_option target = {.right = false};
    if (!answers) {
        ct_lift_problem(r->l, "E28", item,
                        "this item has no partner; write it below, indented: `  - its partner`");
        target.html = CT_SV("?");
        target.plain = CT_SV(""); /* nobody wrote it, so it stands nowhere twice */
    } else {
        struct ct_md_node *only = ct_md_first(answers);
        if (ct_md_next(only))
            ct_lift_problem(r->l, "E28", answers, "this item has two partners, but may have one");
        target = ct_option_of_item(r, only);
    }
    return add_option(r, &q->options, &q->n_options, cap_prompts, ct_option_of_item(r, item),
                      item) &&
           add_option(r, &q->targets, &q->n_targets, cap_targets, target, item);
}

static void lift_extra(struct ct_reading *r, size_t *cap)
{
    struct ct_question *q = r->q;
    bool any = false;
    for (struct ct_md_node *n = ct_md_first(r->extra); n; n = ct_md_next(n)) {
        if (ct_md_type(n) != CT_MD_LIST)
            continue;
        any = true;
        for (struct ct_md_node *item = ct_md_first(n); item; item = ct_md_next(item)) {
            if (!add_option(r, &q->targets, &q->n_targets, cap, ct_option_of_item(r, item), item))
                return;
        }
    }
    if (!any)
        ct_lift_problem(
            r->l, "E28", r->extra,
            "extra choices are a list within the quote: `> - Signs the search warrant`");
}

void ct_lift_match(struct ct_reading *r)
{
    struct ct_question *q = r->q;
    size_t cap_prompts = 0, cap_targets = 0;
    q->kind = CT_Q_MATCH;
    if (!r->list) {
        ct_lift_problem(r->l, "E27", r->heading,
                        "there is nothing to match; write a list, and below each item its partner, "
                        "indented by two spaces");
        return;
    }
    for (struct ct_md_node *item = ct_md_first(r->list); item; item = ct_md_next(item)) {
        if (!lift_pair(r, item, &cap_prompts, &cap_targets))
            break;
    }
    if (r->extra && q->n_targets == q->n_options)
        lift_extra(r, &cap_targets);
    if (q->n_options < 2 && q->n_targets < 2)
        ct_lift_problem(r->l, "E28", r->list, "there must be two pairs or more to match");
    ct_check_duplicates(r, q->options, q->n_options, r->list);
    ct_check_duplicates(r, q->targets, q->n_targets, r->list);
}
