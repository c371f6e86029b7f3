/*
 * server/course/option_lift.c: lists of options, their marks and their feedback.
 */
#include "question_lift_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

/* ---- marks ---- */

struct ct_mark ct_mark_of(struct ct_sv text)
{
    struct ct_mark m = {CT_MARK_NONE, false, false, 0};
    struct ct_sv s = ct_skip_blanks(text);
    if (s.n < 2 || (s.p[0] != '(' && s.p[0] != '['))
        return m;
    m.square = s.p[0] == '[';
    struct ct_sv inside = ct_sv_sub(s, 1, s.n), rest = ct_skip_blanks(inside);
    bool blank = rest.n < inside.n;
    if (rest.n > 0 && (rest.p[0] == 'x' || rest.p[0] == 'X')) {
        m.right = true;
        rest = ct_skip_blanks(ct_sv_sub(rest, 1, rest.n));
    }
    if (rest.n == 0 || rest.p[0] != (m.square ? ']' : ')'))
        return (struct ct_mark){CT_MARK_NONE, false, false, 0};
    rest = ct_sv_sub(rest, 1, rest.n);
    struct ct_sv behind = ct_skip_blanks(rest);
    m.kind = !m.right && !blank                 ? CT_MARK_EMPTY
             : rest.n > 0 && behind.n == rest.n ? CT_MARK_TOUCHING
                                                : CT_MARK_GOOD;
    m.length = text.n - behind.n;
    return m;
}

static struct ct_md_node *first_text(const struct ct_md_node *item)
{
    struct ct_md_node *p = ct_md_first(item);
    if (!p || ct_md_type(p) != CT_MD_PARAGRAPH)
        return NULL;
    return ct_md_first(p);
}

/* "[x]" that a definition somewhere has made a link. */
static bool is_linked_mark(struct ct_lift *l, const struct ct_md_node *inline_node)
{
    return inline_node && ct_md_type(inline_node) == CT_MD_LINK &&
           ct_sv_ieq(ct_sv_trim(ct_md_plain(l->arena, inline_node)), CT_SV("x"));
}

static struct ct_mark mark_of_item(struct ct_lift *l, const struct ct_md_node *item)
{
    const struct ct_md_node *first = first_text(item);
    if (first && ct_md_type(first) == CT_MD_TEXT)
        return ct_mark_of(ct_md_literal(first));
    if (is_linked_mark(l, first))
        return (struct ct_mark){CT_MARK_GOOD, true, true, 0};
    return (struct ct_mark){CT_MARK_NONE, false, false, 0};
}

bool ct_is_option_list(struct ct_lift *l, const struct ct_md_node *list)
{
    if (ct_md_type(list) != CT_MD_LIST)
        return false;
    for (const struct ct_md_node *item = ct_md_first(list); item; item = ct_md_next(item)) {
        if (mark_of_item(l, item).kind != CT_MARK_NONE)
            return true;
    }
    return false;
}

/* The line of "[x]: …", which left no trace in the tree but the links it made; -1 if there is none.
 */
static int definition_line(struct ct_lift *l)
{
    if (l->definition_line != 0)
        return l->definition_line;
    l->definition_line = -1;
    struct ct_sv line;
    for (int n = 1; (line = ct_lift_line(l, n)).p; n++) {
        struct ct_sv s = ct_sv_trim(line);
        while (ct_sv_starts(s, CT_SV(">")))
            s = ct_sv_trim(ct_sv_sub(s, 1, s.n));
        if (ct_sv_ieq(ct_sv_sub(s, 0, 4), CT_SV("[x]:")))
            return l->definition_line = n;
    }
    return -1;
}

static void report_linked_mark(struct ct_reading *r, const struct ct_md_node *link)
{
    int line = definition_line(r->l);
    if (line > 0)
        ct_lift_problem_at(
            r->l, "E14", line, 0,
            "this definition makes a link of every [x], so options lose their marks; "
            "give it another name than x");
    else
        ct_lift_problem(r->l, "E14", link,
                        "this [x] is a link, so the option has no mark; write a blank behind [x]");
}

/* ---- items ---- */

static struct ct_sv joined(struct ct_reading *r, struct ct_sv a, struct ct_sv b)
{
    return a.n == 0 ? b : ct_arena_printf(r->l->arena, "%.*s%.*s", CT_SV_ARG(a), CT_SV_ARG(b));
}

static void take_feedback(struct ct_reading *r, struct ct_md_node *quote, struct ct_option *o)
{
    struct ct_lift *l = r->l;
    ct_lift_label_check(l, quote);
    enum ct_label label = ct_lift_label(l, quote, NULL);
    if (label == CT_LABEL_IF_NOT_CHOSEN)
        ct_lift_label_cut(l, quote);
    else if (label == CT_LABEL_HINT || label == CT_LABEL_FOR || label == CT_LABEL_EXTRA_CHOICES ||
             label == CT_LABEL_MODEL_ANSWER)
        ct_lift_problem(l, "W23", quote,
                        "\"%s\" means nothing within an option, where a quote is its feedback; "
                        "take the two spaces away to tell it of the whole question",
                        ct_label_name(l->words, label));
    for (const struct ct_md_node *n = ct_md_first(quote); n; n = ct_md_next(n)) {
        ct_lift_strays(l, n);
        /* A line that is neither quoted nor an item goes on with the paragraph above it. */
        if (ct_md_type(n) == CT_MD_PARAGRAPH)
            ct_check_lost_options(r, n, true);
    }
    struct ct_sv html = ct_lift_html_children(l, quote);
    if (label == CT_LABEL_IF_NOT_CHOSEN)
        o->not_chosen_html = joined(r, o->not_chosen_html, html);
    else
        o->feedback_html = joined(r, o->feedback_html, html);
    ct_md_unlink(l->md, quote);
}

struct ct_option ct_option_of_item(struct ct_reading *r, struct ct_md_node *item)
{
    struct ct_option o = {.right = false};
    int n_quotes = 0;
    for (struct ct_md_node *n = ct_md_first(item), *next; n; n = next) {
        next = ct_md_next(n);
        if (ct_md_type(n) == CT_MD_QUOTE && ++n_quotes <= CT_FEEDBACK_MAX)
            take_feedback(r, n, &o);
        else if (ct_md_type(n) == CT_MD_QUOTE && n_quotes == CT_FEEDBACK_MAX + 1)
            ct_lift_problem(r->l, "E35", n, "an option has at most %d quotes", CT_FEEDBACK_MAX);
        else if (ct_md_type(n) == CT_MD_PARAGRAPH)
            ct_check_lost_options(r, n, true);
    }
    o.html = ct_lift_html_bare(r->l, item);
    o.plain = ct_sv_trim(ct_md_plain(r->l->arena, item));
    return o;
}

/* Whether a line of text begins as an option would that lost its "- ". */
static bool is_lost_option(struct ct_sv text, bool in_item)
{
    static const char *const bullets[] = {"\xe2\x80\xa2", "\xc2\xb7",     "\xe2\x97\xa6",
                                          "\xe2\x96\xaa", "\xe2\x80\xa3", "\xef\x82\xb7"};
    text = ct_skip_blanks(text);
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        if (ct_sv_starts(text, ct_sv_c(bullets[i])))
            return !in_item;
    }
    if (text.n > 1 && (text.p[0] == '-' || text.p[0] == '*' || text.p[0] == '+'))
        return ct_mark_of(ct_sv_sub(text, 1, text.n)).kind != CT_MARK_NONE;
    enum ct_mark_kind kind = ct_mark_of(text).kind;
    return kind == CT_MARK_GOOD || kind == CT_MARK_EMPTY;
}

/* Whether a paragraph begins as Word writes a list of dashes: a long one, and a mark. */
static bool is_dashed_option(struct ct_sv text)
{
    static const char *const dashes[] = {"\xe2\x80\x93", "\xe2\x80\x94"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        struct ct_sv dash = ct_sv_c(dashes[i]);
        if (ct_sv_starts(text, dash))
            return ct_mark_of(ct_skip_blanks(ct_sv_sub(text, dash.n, text.n))).kind != CT_MARK_NONE;
    }
    return false;
}

void ct_check_lost_options(struct ct_reading *r, const struct ct_md_node *paragraph, bool in_item)
{
    bool line_start = !in_item; /* an item's own first line has had its mark read */
    if (r->keyword != CT_KEY_QUESTION)
        return;
    for (const struct ct_md_node *n = ct_md_first(paragraph); n; n = ct_md_next(n)) {
        enum ct_md_type type = ct_md_type(n);
        if (line_start && type == CT_MD_TEXT &&
            (is_lost_option(ct_md_literal(n), in_item) ||
             (!ct_md_prev(n) && is_dashed_option(ct_md_literal(n))))) {
            ct_lift_problem(r->l, "E13", n,
                            "this option is no item of a list; write `- ` in front, as in "
                            "`- (x) text`");
            r->broken = true;
            return;
        }
        line_start = type == CT_MD_SOFTBREAK || type == CT_MD_LINEBREAK;
    }
}

/* ---- the list ---- */

/* Takes the mark off an item and says what it was; reports a mark that is not good. */
static struct ct_mark take_mark(struct ct_reading *r, struct ct_md_node *item)
{
    struct ct_lift *l = r->l;
    struct ct_md_node *first = first_text(item);
    struct ct_mark m = mark_of_item(l, item);
    if (m.kind == CT_MARK_NONE) {
        ct_lift_problem(
            l, "E10", item,
            "this option has no mark; write (x) or ( ) in front of its text, [x] or [ ] "
            "where several may be picked");
        return m;
    }
    if (m.kind == CT_MARK_EMPTY)
        ct_lift_problem(l, "E15", item, "write a space between the brackets: %s",
                        m.square ? "`[ ]`" : "`( )`");
    if (m.kind == CT_MARK_TOUCHING)
        ct_lift_problem(l, "E15", item, "write a space behind the mark: %s",
                        m.square ? "`[x] text`" : "`(x) text`");
    struct ct_md_node *rest = first;
    if (ct_md_type(first) == CT_MD_LINK) {
        report_linked_mark(r, first);
        rest = ct_md_next(first);
        ct_md_unlink(l->md, first);
    } else {
        struct ct_sv text = ct_arena_dup(l->arena, ct_md_literal(first));
        ct_md_set_literal(first, ct_sv_sub(text, m.length, text.n));
    }
    ct_lift_cut_blanks(l, rest);
    return m;
}

static struct ct_sv comparable(struct ct_arena *a, struct ct_sv s)
{
    struct ct_sv f = ct_sv_trim(ct_fold(a, s));
    while (f.n > 0 && (f.p[f.n - 1] == '.' || f.p[f.n - 1] == ' '))
        f.n--;
    return f;
}

void ct_check_duplicates(struct ct_reading *r, const struct ct_option *options, size_t n,
                         const struct ct_md_node *at)
{
    for (size_t i = 0; i < n; i++) {
        struct ct_sv a = comparable(r->l->arena, options[i].plain);
        for (size_t k = 0; k < i; k++) {
            struct ct_sv b = comparable(r->l->arena, options[k].plain);
            if (a.n == 0 || !ct_sv_ieq(a, b))
                continue;
            ct_lift_problem(r->l, "E19", at,
                            "\"%.*s\" stands here twice; no learner can tell them "
                            "apart",
                            CT_SV_ARG(ct_clip(options[i].plain)));
            break;
        }
    }
}

static void check_right(struct ct_reading *r, size_t n_right)
{
    const struct ct_question *q = r->q;
    const struct ct_md_node *at = r->list;
    if (q->survey) {
        if (n_right > 0)
            ct_lift_problem(r->l, "E17", at,
                            "a survey has no right option; take the x out of its marks");
    } else if (n_right == 0) {
        ct_lift_problem(r->l, "E17", at,
                        "no option is right; mark the right one with x, as in `- %s text`",
                        q->kind == CT_Q_SINGLE ? "(x)" : "[x]");
    } else if (q->kind == CT_Q_SINGLE && n_right > 1) {
        ct_lift_problem(
            r->l, "E17", at,
            "%zu options are right, but round marks pick one; use square marks, [x] and "
            "[ ], to let learners pick several",
            n_right);
    } else if (n_right == q->n_options) {
        ct_lift_problem(r->l, "W18", at, "all options are right, so there is nothing to decide");
    }
}

static void check_options(struct ct_reading *r, size_t n_square, size_t n_round)
{
    const struct ct_question *q = r->q;
    size_t n_right = 0;
    for (size_t i = 0; i < q->n_options; i++) {
        n_right += q->options[i].right;
        if (q->shuffle && ct_words_of_the_above(r->l->words, q->options[i].plain))
            ct_lift_problem(r->l, "W20", r->list,
                            "\"%.*s\" makes no sense when the options are shuffled; name them, or "
                            "set `shuffle: no`",
                            CT_SV_ARG(ct_clip(q->options[i].plain)));
        if (q->options[i].html.n == 0)
            ct_lift_problem(r->l, "E28", r->list, "an option has no text");
    }
    if (n_square > 0 && n_round > 0)
        ct_lift_problem(
            r->l, "E16", r->list,
            "round and square marks are mixed; ( ) lets learners pick one, [ ] several");
    else
        check_right(r, n_right);
    if (q->n_options < 2)
        ct_lift_problem(r->l, "E28", r->list, "a question needs two options or more");
    ct_check_duplicates(r, q->options, q->n_options, r->list);
}

void ct_lift_options(struct ct_reading *r)
{
    struct ct_question *q = r->q;
    size_t cap = 0, n_square = 0, n_round = 0;
    for (struct ct_md_node *item = ct_md_first(r->list); item; item = ct_md_next(item)) {
        if (q->n_options == CT_OPTIONS_MAX) {
            ct_lift_problem(r->l, "E35", item, "a question has at most %d options", CT_OPTIONS_MAX);
            break;
        }
        struct ct_mark m = take_mark(r, item);
        struct ct_option o = ct_option_of_item(r, item);
        o.right = m.right;
        if (m.kind != CT_MARK_NONE)
            *(m.square ? &n_square : &n_round) += 1;
        CT_ARENA_PUSH(r->l->arena, q->options, q->n_options, cap, o);
    }
    q->kind = n_square > n_round ? CT_Q_MULTIPLE : CT_Q_SINGLE;
    check_options(r, n_square, n_round);
    for (size_t i = 0; i < q->n_options && q->survey; i++)
        q->options[i].right = false;
}
