/*
 * server/course/question_lift.c: from a heading "Question: …" and what follows it to a question.
 * Finds the parts; options, lists, gaps and settings are read by files of their own.
 */
#include "question_lift_priv.h"

#include "ct/base/banned.h"

/* ---- the parts, in written order ---- */

static void read_settings(struct ct_reading *r, const struct ct_md_node *n)
{
    size_t n_chips;
    const struct ct_chip *chips = ct_chips_in(r->l->arena, n, &n_chips);
    for (size_t i = 0; i < n_chips; i++)
        ct_question_chip(r, &chips[i]);
}

static struct ct_sv label_html(struct ct_reading *r, struct ct_md_node *quote, struct ct_sv before)
{
    struct ct_lift *l = r->l;
    ct_lift_label_cut(l, quote);
    for (const struct ct_md_node *n = ct_md_first(quote); n; n = ct_md_next(n))
        ct_lift_strays(l, n);
    struct ct_sv html = ct_lift_html_children(l, quote);
    return before.n == 0
               ? html
               : ct_arena_printf(l->arena, "%.*s%.*s", CT_SV_ARG(before), CT_SV_ARG(html));
}

static void add_case(struct ct_reading *r, struct ct_md_node *quote, struct ct_sv argument)
{
    struct ct_pending_case c = {argument, CT_SV_NULL, quote};
    c.html = label_html(r, quote, CT_SV_NULL);
    CT_ARENA_PUSH(r->l->arena, r->cases, r->n_cases, r->cap_cases, c);
}

/* Whether a label belongs to the question; other quotes are part of its text. */
static bool is_ours(struct ct_reading *r, enum ct_label label)
{
    switch (label) {
    case CT_LABEL_HINT:
    case CT_LABEL_WHY:
        return true;
    case CT_LABEL_MODEL_ANSWER:
        return r->keyword == CT_KEY_REFLECT;
    case CT_LABEL_EXTRA_CHOICES:
        return r->keyword == CT_KEY_MATCH && !r->extra;
    case CT_LABEL_IF:
        return r->keyword == CT_KEY_QUESTION;
    case CT_LABEL_NONE:
    case CT_LABEL_FOR:
    case CT_LABEL_NOTE:
    case CT_LABEL_IMPORTANT:
    case CT_LABEL_CONTENT_NOTE:
    case CT_LABEL_TRAINER_NOTE:
    case CT_LABEL_IF_NOT_CHOSEN:
    case CT_LABEL_SOURCE:
        return false;
    }
    return false;
}

static bool take_labelled(struct ct_reading *r, struct ct_md_node *quote)
{
    struct ct_question *q = r->q;
    struct ct_sv argument;
    enum ct_label label = ct_lift_label(r->l, quote, &argument);
    if (!is_ours(r, label))
        return false;
    if (++r->n_labels > CT_LABELS_MAX) {
        if (r->n_labels == CT_LABELS_MAX + 1)
            ct_lift_problem(r->l, "E35", quote, "a question has at most %d hints and the like",
                            CT_LABELS_MAX);
        return false;
    }
    ct_lift_label_check(r->l, quote);
    if (label == CT_LABEL_HINT)
        q->hint_html = label_html(r, quote, q->hint_html);
    else if (label == CT_LABEL_WHY)
        q->why_html = label_html(r, quote, q->why_html);
    else if (label == CT_LABEL_MODEL_ANSWER)
        q->model_html = label_html(r, quote, q->model_html);
    else if (label == CT_LABEL_EXTRA_CHOICES)
        r->extra = quote;
    else
        add_case(r, quote, argument);
    ct_md_unlink(r->l->md, quote);
    return true;
}

static void report_outside(struct ct_reading *r, const struct ct_md_node *quote)
{
    ct_lift_problem(r->l, "E11", quote,
                    "this feedback stands outside its option; put two spaces before > so that it "
                    "belongs to the option above");
    r->broken = true;
}

/* A quote that belongs to the last option, had it been indented. */
static bool take_lost_feedback(struct ct_reading *r, struct ct_md_node *quote, bool after_options)
{
    enum ct_label label = ct_lift_label(r->l, quote, NULL);
    if (label != CT_LABEL_IF_NOT_CHOSEN && (label != CT_LABEL_NONE || !after_options))
        return false;
    if (r->keyword != CT_KEY_QUESTION || !r->list)
        return false;
    report_outside(r, quote);
    ct_md_unlink(r->l->md, quote);
    ct_md_append(ct_md_last(r->list), quote);
    return true;
}

static bool has_nested_list(const struct ct_md_node *list)
{
    const struct ct_md_node *n = ct_md_first(ct_md_first(list));
    while (n && ct_md_type(n) != CT_MD_LIST)
        n = ct_md_next(n);
    return n != NULL;
}

/* The list to put in order or to match: one of the right shape, else the first. */
static void find_answer_list(struct ct_reading *r, struct ct_md_node *first, struct ct_md_node *end)
{
    if (r->keyword != CT_KEY_ORDER && r->keyword != CT_KEY_MATCH)
        return;
    for (struct ct_md_node *n = first; n && n != end; n = ct_md_next(n)) {
        if (ct_md_type(n) != CT_MD_LIST)
            continue;
        bool fits = r->keyword == CT_KEY_ORDER ? ct_md_ordered(n) : has_nested_list(n);
        if (fits || !r->answer)
            r->answer = n;
        if (fits)
            return;
    }
}

static void take_list(struct ct_reading *r, struct ct_md_node *list)
{
    ct_md_unlink(r->l->md, list);
    if (!r->list) {
        r->list = list;
        return;
    }
    if (!r->broken) /* feedback outside its option has split the list: that was said */
        ct_lift_problem(r->l, "E12", list,
                        "the options stand in two lists; use the same bullet, -, for all of them, "
                        "and nothing between");
    r->broken = true;
    for (struct ct_md_node *item = ct_md_first(list), *next; item; item = next) {
        next = ct_md_next(item);
        ct_md_append(r->list, item);
    }
}

static void report_behind(struct ct_reading *r, const struct ct_md_node *n)
{
    if (!r->answered || r->broken || r->reported_behind)
        return;
    r->reported_behind = true;
    ct_lift_problem(
        r->l, "W30", n,
        "this text stands behind the question's answers, so it belongs to the question "
        "and is shown above them; put a line of --- in front of it to end the question");
}

/* One node of the question; returns whether it was options or feedback, so that a quote behind it
 * that stands too far left may be feedback as well. */
static bool take_part(struct ct_reading *r, struct ct_md_node *n, bool after_options)
{
    struct ct_lift *l = r->l;
    if (n == r->answer || (r->keyword == CT_KEY_QUESTION && ct_is_option_list(l, n))) {
        take_list(r, n);
        r->answered = true;
        return true;
    }
    if (ct_lift_is_settings(l, n, ct_question_keys)) {
        read_settings(r, n);
        ct_md_unlink(l->md, n);
        return false;
    }
    if (ct_md_type(n) == CT_MD_QUOTE) {
        if (take_lost_feedback(r, n, after_options))
            return true;
        if (take_labelled(r, n)) {
            r->answered = true;
            return false;
        }
    }
    if (ct_md_type(n) == CT_MD_PARAGRAPH)
        ct_check_lost_options(r, n, false);
    report_behind(r, n);
    return false;
}

/* Takes out of the tree what is not the question's text. */
static void take_parts(struct ct_reading *r, struct ct_md_node *first, struct ct_md_node *end)
{
    bool after_options = false;
    find_answer_list(r, first, end);
    for (struct ct_md_node *n = first, *next; n && n != end; n = next) {
        next = ct_md_next(n);
        after_options = take_part(r, n, after_options);
    }
}

/* ---- cases ---- */

/* "24 hours" where the unit is hours. */
static struct ct_sv without_unit(struct ct_sv s, struct ct_sv unit)
{
    if (unit.n > 0 && s.n > unit.n && ct_sv_ieq(ct_sv_sub(s, s.n - unit.n, unit.n), unit))
        return ct_sv_trim(ct_sv_sub(s, 0, s.n - unit.n));
    return s;
}

static void finish_cases(struct ct_reading *r)
{
    struct ct_question *q = r->q;
    size_t cap = 0;
    for (size_t i = 0; i < r->n_cases; i++) {
        const struct ct_pending_case *p = &r->cases[i];
        struct ct_case c = {.text = p->argument, .html = p->html};
        c.is_range = q->kind == CT_Q_NUMBER;
        if (q->kind != CT_Q_NUMBER && q->kind != CT_Q_TEXT) {
            ct_lift_problem(r->l, "W23", p->quote,
                            "\"If %.*s:\" speaks to a typed answer; write feedback of an option "
                            "below the option, indented by two spaces",
                            CT_SV_ARG(ct_clip(p->argument)));
            q->why_html = ct_arena_printf(r->l->arena, "%.*s%.*s", CT_SV_ARG(q->why_html),
                                          CT_SV_ARG(p->html)); /* rather than lose it */
        } else if (c.is_range && !ct_chip_range(r->l->arena, without_unit(p->argument, q->unit),
                                                &c.low, &c.high)) {
            ct_lift_problem(r->l, "E50", p->quote,
                            "\"%.*s\" is no number; write **If 24:** or **If 20 to 30:**",
                            CT_SV_ARG(ct_clip(p->argument)));
        } else {
            CT_ARENA_PUSH(r->l->arena, q->cases, q->n_cases, cap, c);
        }
    }
}

/* ---- the kind ---- */

static void finish_question(struct ct_reading *r)
{
    struct ct_question *q = r->q;
    bool accepts = q->n_accepted > 0;
    int ways = (r->list != NULL) + r->has_number + accepts;
    if (ways > 1)
        ct_lift_problem(r->l, "E27", r->heading,
                        "this question has two ways of answering; keep one of: a list of options, "
                        "`number:`, `accept:`");
    if (ways == 0 && !q->survey && !r->broken)
        ct_lift_problem(r->l, "E27", r->heading,
                        "this question cannot be answered; write options, `- (x) right`, `- ( ) "
                        "wrong`, or a settings line with `number: 72` or `accept: safety plan`");
    if (r->list)
        ct_lift_options(r);
    else
        q->kind = r->has_number ? CT_Q_NUMBER : CT_Q_TEXT;
}

static void finish_kind(struct ct_reading *r, struct ct_md_node *end)
{
    struct ct_md_node *first = ct_md_next(r->heading);
    if (r->keyword == CT_KEY_ORDER)
        ct_lift_order(r);
    else if (r->keyword == CT_KEY_MATCH)
        ct_lift_match(r);
    else if (r->keyword == CT_KEY_FILL_IN)
        ct_lift_gaps(r, first, end);
    else if (r->keyword == CT_KEY_REFLECT)
        r->q->kind = CT_Q_REFLECT;
    else
        finish_question(r);
}

/* ---- its name ---- */

static void finish_id(struct ct_reading *r)
{
    struct ct_lift *l = r->l;
    struct ct_question *q = r->q;
    q->id_given = r->id.p != NULL && ct_url_is_slug(r->id);
    if (r->id.p && !q->id_given)
        ct_lift_problem_at(l, "E29", r->id_line, r->id_column,
                           "the id \"%.*s\" is not usable; an id is made of a-z, 0-9 and -, as in "
                           "`id: school-call`",
                           CT_SV_ARG(ct_clip(r->id)));
    struct ct_sv id = q->id_given ? r->id : ct_url_slug(l->arena, q->title);
    if (id.n == 0)
        id = CT_SV("question");
    bool taken = ct_lift_name_taken(&l->question_ids, id);
    q->id = ct_lift_name_unique(l, &l->question_ids, id);
    if (taken)
        ct_lift_problem_at(
            l, "E29", q->id_given ? r->id_line : q->line, q->id_given ? r->id_column : 0,
            "two questions of this file are called \"%.*s\"; give each its own name, as in "
            "`id: school-call`",
            CT_SV_ARG(ct_clip(id)));
}

struct ct_question *ct_lift_question(struct ct_lift *l, struct ct_md_node *heading,
                                     struct ct_md_node *end)
{
    struct ct_question *q = ct_arena_new(l->arena, struct ct_question);
    const struct ct_lift_hooks *hooks = l->hooks;
    struct ct_linking *linking = l->linking;
    struct ct_heading h = ct_lift_heading(l, heading);
    struct ct_reading r = {.l = l, .q = q, .keyword = h.keyword, .heading = heading};
    q->title = h.title;
    q->title_html = h.title_html;
    q->line = h.line;
    q->points = 1;
    q->shuffle = true;
    q->disciplines = l->around;
    l->hooks = NULL;   /* a scene's lists are no part of a question */
    l->linking = NULL; /* a link would tell, or lead away */
    /* Named and counted before what stands within it, so that questions are in written order. */
    CT_ARENA_PUSH(l->arena, l->questions, l->n_questions, l->cap_questions, q);
    take_parts(&r, ct_md_next(heading), end);
    finish_id(&r);
    finish_kind(&r, end);
    finish_cases(&r);
    ct_question_chips_end(&r);
    ct_lift_blocks(l, ct_md_next(heading), end, &q->stem, &q->n_stem);
    l->hooks = hooks;
    l->linking = linking;
    return q;
}
