/*
 * server/course/labels.c: the bold label with a colon that a quote opens with, and the disciplines
 * in "For …:". Finds, cuts, and reports what was nearly a label.
 */
#include "labels_priv.h"

#include "ct/base/banned.h"

/* Whether text after `strong` begins with the colon that stands just outside it. */
static bool colon_follows(const struct ct_md_node *strong)
{
    const struct ct_md_node *next = ct_md_next(strong);
    return next && ct_md_type(next) == CT_MD_TEXT &&
           ct_sv_starts(ct_sv_trim(ct_md_literal(next)), CT_SV(":"));
}

/* The text of a bold label without its colon; the null view if there is no colon. */
static struct ct_sv strong_text(struct ct_lift *l, const struct ct_md_node *strong)
{
    struct ct_sv s = ct_sv_trim(ct_fold(l->arena, ct_md_plain(l->arena, strong)));
    if (ct_sv_ends(s, CT_SV(":")))
        return ct_sv_trim(ct_sv_sub(s, 0, s.n - 1));
    return colon_follows(strong) ? s : CT_SV_NULL;
}

static const struct ct_md_node *first_strong(const struct ct_md_node *quote)
{
    if (!quote || ct_md_type(quote) != CT_MD_QUOTE)
        return NULL;
    const struct ct_md_node *p = ct_md_first(quote);
    if (!p || ct_md_type(p) != CT_MD_PARAGRAPH)
        return NULL;
    const struct ct_md_node *strong = ct_md_first(p);
    return strong && ct_md_type(strong) == CT_MD_STRONG ? strong : NULL;
}

enum ct_spelling ct_lift_spelling(struct ct_lift *l, struct ct_sv text, ct_disc_set *ret_set,
                                  struct ct_sv *ret_unknown)
{
    if (ct_discipline_set_parse(l->disciplines, text, ret_set, ret_unknown))
        return CT_SPELT_RIGHT;
    bool meant =
        *ret_set != CT_DISC_NONE || ct_discipline_suggest(l->disciplines, *ret_unknown).n > 0;
    return meant ? CT_MISSPELT : CT_NOT_MEANT;
}

/* A label by its text; "For example" is none. */
static enum ct_label label_of(struct ct_lift *l, struct ct_sv text, struct ct_sv *ret_argument)
{
    *ret_argument = CT_SV_NULL;
    if (text.n == 0)
        return CT_LABEL_NONE;
    enum ct_label label = ct_label_find(l->words, text, ret_argument);
    ct_disc_set set;
    struct ct_sv unknown;
    if (label == CT_LABEL_FOR &&
        ct_lift_spelling(l, *ret_argument, &set, &unknown) != CT_SPELT_RIGHT)
        return CT_LABEL_NONE;
    return label;
}

enum ct_label ct_lift_label(struct ct_lift *l, const struct ct_md_node *quote,
                            struct ct_sv *ret_argument)
{
    struct ct_sv argument = CT_SV_NULL;
    const struct ct_md_node *strong = first_strong(quote);
    enum ct_label label = strong ? label_of(l, strong_text(l, strong), &argument) : CT_LABEL_NONE;
    if (ret_argument)
        *ret_argument = argument;
    return label;
}

bool ct_lift_is_trainer_note(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    const struct ct_md_node *strong = ct_md_first(paragraph);
    struct ct_sv argument;
    if (ct_md_type(paragraph) != CT_MD_PARAGRAPH || !strong || ct_md_type(strong) != CT_MD_STRONG)
        return false;
    struct ct_sv s = ct_sv_trim(ct_fold(l->arena, ct_md_plain(l->arena, strong)));
    if (ct_sv_ends(s, CT_SV(":")))
        s = ct_sv_trim(ct_sv_sub(s, 0, s.n - 1));
    return ct_label_find(l->words, s, &argument) == CT_LABEL_TRAINER_NOTE;
}

struct ct_sv ct_skip_blanks(struct ct_sv s)
{
    while (s.n > 0) {
        struct ct_sv rest = s;
        uint32_t r = ct_sv_rune(&rest);
        if (r != ' ' && r != '\t' && r != 0xa0 && r != 0x202f)
            break;
        s = rest;
    }
    return s;
}

void ct_lift_cut_blanks(struct ct_lift *l, struct ct_md_node *first)
{
    while (first) {
        struct ct_md_node *next = ct_md_next(first);
        enum ct_md_type type = ct_md_type(first);
        if (type == CT_MD_SOFTBREAK || type == CT_MD_LINEBREAK) {
            ct_md_unlink(l->md, first);
        } else if (type == CT_MD_TEXT) {
            struct ct_sv rest = ct_arena_dup(l->arena, ct_skip_blanks(ct_md_literal(first)));
            if (rest.n > 0) {
                ct_md_set_literal(first, rest);
                return;
            }
            ct_md_unlink(l->md, first);
        } else {
            return;
        }
        first = next;
    }
}

void ct_lift_label_cut(struct ct_lift *l, struct ct_md_node *quote)
{
    if (!first_strong(quote))
        return;
    struct ct_md_node *p = ct_md_first(quote), *strong = ct_md_first(p);
    struct ct_md_node *next = ct_md_next(strong);
    struct ct_sv inside = ct_sv_trim(ct_fold(l->arena, ct_md_plain(l->arena, strong)));
    if (!ct_sv_ends(inside, CT_SV(":")) && colon_follows(strong)) {
        struct ct_sv rest = ct_sv_trim(ct_arena_dup(l->arena, ct_md_literal(next)));
        ct_md_set_literal(next, ct_sv_sub(rest, 1, rest.n));
    }
    ct_md_unlink(l->md, strong);
    ct_lift_cut_blanks(l, next);
    if (!ct_md_first(p))
        ct_md_unlink(l->md, p);
}

/* E21: "**For prosecutors:**text" is no bold text in CommonMark, so it is found as text. */
static void check_no_space(struct ct_lift *l, const struct ct_md_node *text)
{
    struct ct_sv s = ct_sv_trim(ct_md_literal(text));
    if (!ct_sv_starts(s, CT_SV("**")))
        return;
    size_t end = ct_sv_search(s, CT_SV(":**"));
    if (end == SIZE_MAX || end < 2)
        return;
    struct ct_sv label = ct_sv_trim(ct_fold(l->arena, ct_sv_sub(s, 2, end - 2))), argument;
    if (ct_label_find(l->words, label, &argument) == CT_LABEL_NONE)
        return;
    ct_lift_problem(l, "E21", text,
                    "the label \"%.*s:\" is not bold, because a letter follows the ** directly; "
                    "put a space after **",
                    CT_SV_ARG(ct_clip(label)));
}

/* E24 in a quote that opens "For prosecuters:". */
static void check_spelling(struct ct_lift *l, const struct ct_md_node *quote)
{
    const struct ct_md_node *strong = first_strong(quote);
    struct ct_sv argument, unknown;
    ct_disc_set set;
    if (!strong)
        return;
    struct ct_sv text = strong_text(l, strong);
    if (text.n > 0 && ct_label_find(l->words, text, &argument) == CT_LABEL_FOR &&
        ct_lift_spelling(l, argument, &set, &unknown) == CT_MISSPELT)
        ct_lift_disciplines(l, argument, ct_md_line(strong), ct_md_column(strong), &set);
}

static void check_second_label(struct ct_lift *l, const struct ct_md_node *strong)
{
    struct ct_sv argument, text = strong_text(l, strong);
    enum ct_label label = label_of(l, text, &argument);
    if (label == CT_LABEL_NONE || label == CT_LABEL_SOURCE) /* which may close any quote */
        return;
    ct_lift_problem(l, "E22", strong,
                    "\"%.*s:\" stands in the quote before it, because no empty line is between; "
                    "leave an empty line (without >) between two quotes",
                    CT_SV_ARG(ct_clip(text)));
}

void ct_lift_label_check(struct ct_lift *l, const struct ct_md_node *quote)
{
    if (!quote || ct_md_type(quote) != CT_MD_QUOTE)
        return;
    check_spelling(l, quote);
    for (const struct ct_md_node *p = ct_md_first(quote); p; p = ct_md_next(p)) {
        if (ct_md_type(p) != CT_MD_PARAGRAPH)
            continue;
        bool line_start = true;
        bool first = p == ct_md_first(quote);
        for (const struct ct_md_node *c = ct_md_first(p); c; c = ct_md_next(c)) {
            enum ct_md_type type = ct_md_type(c);
            if (line_start && type == CT_MD_TEXT)
                check_no_space(l, c);
            if (line_start && type == CT_MD_STRONG && !first)
                check_second_label(l, c);
            line_start = type == CT_MD_SOFTBREAK || type == CT_MD_LINEBREAK;
            first = false;
        }
    }
}

bool ct_lift_disciplines(struct ct_lift *l, struct ct_sv text, int line, int column,
                         ct_disc_set *ret_set)
{
    struct ct_sv unknown;
    if (ct_discipline_set_parse(l->disciplines, text, ret_set, &unknown))
        return true;
    struct ct_sv all = CT_SV("");
    for (size_t i = 0; i < l->disciplines->n; i++)
        all = ct_arena_printf(l->arena, "%.*s%s%.*s", CT_SV_ARG(all), i ? ", " : "",
                              CT_SV_ARG(l->disciplines->items[i].plural));
    struct ct_sv near = ct_discipline_suggest(l->disciplines, unknown);
    if (near.n > 0) {
        ct_lift_problem_at(l, "E24", line, column,
                           "unknown discipline \"%.*s\"; did you mean \"%.*s\"?",
                           CT_SV_ARG(ct_clip(unknown)), CT_SV_ARG(near));
        ct_problem_meant(l->problems, unknown, near);
    } else {
        ct_lift_problem_at(l, "E24", line, column,
                           "unknown discipline \"%.*s\"; curriculum.md knows: %.*s",
                           CT_SV_ARG(ct_clip(unknown)), CT_SV_ARG(all));
    }
    return false;
}
