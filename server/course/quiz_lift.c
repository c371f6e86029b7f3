/*
 * server/course/quiz_lift.c: the section "Quiz": its settings, what it opens with, its questions.
 */
#include "glossary_priv.h"
#include "labels_priv.h"
#include "module_priv.h"

#include "ct/base/banned.h"

static const char *const quiz_keys[] = {"draw", "shuffle", "wait", "show", NULL};

static bool read_show(struct ct_sv value, enum ct_quiz_show *ret)
{
    bool passing = ct_sv_ieq(value, CT_SV("after passing"));
    if (!passing && !ct_sv_ieq(value, CT_SV("after each")) &&
        !ct_sv_ieq(value, CT_SV("after each attempt")))
        return false;
    *ret = passing ? CT_SHOW_AFTER_PASSING : CT_SHOW_AFTER_EACH;
    return true;
}

static void read_chip(struct ct_lift *l, const struct ct_chip *c, struct ct_quiz *q)
{
    int n = 0;
    const char *forms = NULL;
    if (ct_sv_eq_c(c->key, "draw")) {
        if (ct_chip_int(c->value, 1, 1000, &n))
            q->draw = (size_t)n;
        else
            forms = "`draw: 8`";
    } else if (ct_sv_eq_c(c->key, "shuffle")) {
        if (!ct_chip_bool(c->value, &q->shuffle))
            forms = "`shuffle: no` or `shuffle: yes`";
    } else if (ct_sv_eq_c(c->key, "wait")) {
        if (!ct_chip_seconds(c->value, &q->wait))
            forms = "`wait: 1 hour`, `wait: 30 minutes` or `wait: 2 days`";
    } else if (ct_sv_eq_c(c->key, "show")) {
        if (!read_show(c->value, &q->show))
            forms = "`show: after passing` or `show: after each`";
    } else {
        ct_lift_unknown_chip(l, c, quiz_keys);
    }
    if (forms)
        ct_lift_problem_at(l, "E50", c->line, c->column, "`%.*s` cannot be read; write %s",
                           CT_SV_ARG(ct_clip(c->text)), forms);
}

/* Settings lines stand anywhere before the first heading of a question. */
static void read_settings(struct ct_lift *l, struct ct_md_node *first, struct ct_md_node *end,
                          struct ct_quiz *q)
{
    for (struct ct_md_node *n = first, *next; n && n != end; n = next) {
        next = ct_md_next(n);
        if (ct_md_type(n) == CT_MD_HEADING)
            return;
        if (!ct_lift_is_settings(l, n, quiz_keys))
            continue;
        size_t n_chips;
        const struct ct_chip *chips = ct_chips_in(l->arena, n, &n_chips);
        for (size_t i = 0; i < n_chips; i++)
            read_chip(l, &chips[i], q);
        ct_md_unlink(l->md, n);
    }
}

/* Whether a block is, or holds, a question. */
static bool holds_question(const struct ct_block *b)
{
    if (b->kind == CT_BLOCK_QUESTION)
        return true;
    for (size_t i = 0; i < b->n_children; i++) {
        if (holds_question(&b->children[i]))
            return true;
    }
    return false;
}

/* What of a row of blocks is no question, into `ret`: it opens the quiz. Text behind the first
 * question is no part of that question (a --- stands between) and of no other; it is kept, and
 * reported. */
static size_t keep_text(struct ct_lift *l, const struct ct_block *blocks, size_t n,
                        struct ct_block *ret, bool *asked)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct ct_block b = blocks[i];
        if (b.kind == CT_BLOCK_QUESTION) {
            *asked = true;
            continue;
        }
        if (holds_question(&b)) { /* a passage: its questions know for whom they are */
            struct ct_block *children = ct_arena_array(l->arena, struct ct_block, b.n_children);
            b.n_children = keep_text(l, b.children, b.n_children, children, asked);
            b.children = children;
            if (b.n_children == 0)
                continue;
        } else if (*asked) {
            ct_lift_problem_at(l, "W33", b.line, 0,
                               "this text stands between the questions of the quiz, but belongs to "
                               "none; it is shown above the first");
        }
        ret[kept++] = b;
    }
    return kept;
}

static void check_quiz(struct ct_lift *l, const struct ct_quiz *q, const struct ct_md_node *heading)
{
    size_t n_graded = 0;
    for (size_t i = 0; i < q->n_questions; i++)
        n_graded += !q->questions[i]->survey && q->questions[i]->kind != CT_Q_REFLECT;
    if (q->n_questions == 0)
        ct_lift_problem(l, "E34", heading, "the quiz has no questions; write `### %s: …` below it",
                        ct_keyword_name(l->words, CT_KEY_QUESTION));
    else if (n_graded == 0)
        ct_lift_problem(l, "E34", heading,
                        "the quiz has no question that is graded, so nobody could pass it");
    if (q->draw > q->n_questions && q->n_questions > 0)
        ct_lift_problem(l, "E34", heading, "the quiz is to draw %zu questions, but has %zu",
                        q->draw, q->n_questions);
}

const struct ct_quiz *ct_lift_quiz(struct ct_lift *l, const struct ct_heading *h,
                                   struct ct_md_node *heading, struct ct_md_node *end)
{
    struct ct_quiz *q = ct_arena_new(l->arena, struct ct_quiz);
    size_t first_question = l->n_questions;
    q->title = h->title.n ? h->title : ct_sv_c(ct_keyword_name(l->words, CT_KEY_QUIZ));
    q->title_html = h->title.n ? h->title_html : q->title;
    q->line = h->line;
    q->shuffle = true;
    read_settings(l, ct_md_next(heading), end, q);

    struct ct_block *blocks, *intro;
    size_t n_blocks;
    struct ct_term_page page;
    bool asked = false;
    ct_term_page_enter(l->linking, &page);
    ct_lift_blocks(l, ct_md_next(heading), end, &blocks, &n_blocks);
    ct_term_page_leave(l->linking);
    intro = ct_arena_array(l->arena, struct ct_block, n_blocks);
    q->n_intro = keep_text(l, blocks, n_blocks, intro, &asked);
    q->intro = intro;

    q->n_questions = l->n_questions - first_question;
    const struct ct_question **questions =
        ct_arena_array(l->arena, const struct ct_question *, q->n_questions);
    for (size_t i = 0; i < q->n_questions; i++)
        questions[i] = l->questions[first_question + i];
    q->questions = questions;
    check_quiz(l, q, heading);
    return q;
}
