/*
 * server/course/heading.c: what a heading says: its keyword, for whom it is, its title.
 */
#include "labels_priv.h"

#include "ct/base/banned.h"

/* What stands before the first colon, which must be in the first text; the whole heading without
 * one. */
struct scan {
    struct ct_sv before;
    size_t cut; /* bytes of the first text up to and with the colon; 0: no colon */
};

static struct scan scan_of(struct ct_lift *l, const struct ct_md_node *heading)
{
    struct scan s = {CT_SV_NULL, 0};
    const struct ct_md_node *first = ct_md_first(heading);
    if (!first || ct_md_type(first) != CT_MD_TEXT)
        return s;
    struct ct_sv text = ct_arena_dup(l->arena, ct_md_literal(first));
    size_t colon = ct_sv_find(text, ':');
    if (colon != SIZE_MAX)
        s.cut = colon + 1;
    else if (ct_md_next(first))
        return s;
    s.before = ct_sv_trim(ct_fold(l->arena, ct_sv_sub(text, 0, colon)));
    return s;
}

static enum ct_keyword keyword_of(struct ct_lift *l, const struct scan *s)
{
    enum ct_keyword k = s->before.n > 0 ? ct_keyword_find(l->words, s->before) : CT_KEY_NONE;
    return k == CT_KEY_QUIZ || s->cut > 0 ? k : CT_KEY_NONE;
}

enum ct_keyword ct_lift_heading_peek(struct ct_lift *l, const struct ct_md_node *heading)
{
    if (!heading || ct_md_type(heading) != CT_MD_HEADING)
        return CT_KEY_NONE;
    struct scan s = scan_of(l, heading);
    return keyword_of(l, &s);
}

bool ct_lift_heading_is_passage(struct ct_lift *l, const struct ct_md_node *heading)
{
    struct scan s = scan_of(l, heading);
    struct ct_sv argument, unknown;
    ct_disc_set set;
    return s.before.n > 0 && ct_label_find(l->words, s.before, &argument) == CT_LABEL_FOR &&
           ct_lift_spelling(l, argument, &set, &unknown) == CT_SPELT_RIGHT;
}

/* Takes `cut` bytes off the first text, and the blanks behind them. */
static void cut_front(struct ct_lift *l, struct ct_md_node *heading, size_t cut)
{
    struct ct_md_node *first = ct_md_first(heading);
    struct ct_sv text = ct_arena_dup(l->arena, ct_md_literal(first));
    ct_md_set_literal(first, ct_sv_sub(text, cut, text.n));
    ct_lift_cut_blanks(l, first);
}

/* "For prosecutors: …", also when it is misspelt. */
static void read_passage(struct ct_lift *l, const struct ct_md_node *heading, const struct scan *s,
                         struct ct_heading *h)
{
    struct ct_sv argument, unknown;
    ct_disc_set set;
    if (ct_label_find(l->words, s->before, &argument) != CT_LABEL_FOR)
        return;
    switch (ct_lift_spelling(l, argument, &set, &unknown)) {
    case CT_SPELT_RIGHT:
        h->is_passage = true;
        h->disciplines = set;
        break;
    case CT_MISSPELT:
        ct_lift_disciplines(l, argument, h->line, ct_md_column(heading), &set);
        break;
    case CT_NOT_MEANT:
        break;
    }
}

/* Labels belong to quotes: a heading "Trainer note: …" would show its text to learners. */
static void report_label(struct ct_lift *l, const struct ct_md_node *heading, const struct scan *s)
{
    struct ct_sv argument;
    enum ct_label label = ct_label_find(l->words, s->before, &argument);
    if (s->cut == 0)
        return;
    if (label == CT_LABEL_TRAINER_NOTE)
        ct_lift_problem(l, "E26", heading,
                        "a trainer note is a quote, not a heading: learners would see it; "
                        "write `> **%s:** …`",
                        ct_label_name(l->words, label));
    else if (label == CT_LABEL_HINT || label == CT_LABEL_WHY || label == CT_LABEL_MODEL_ANSWER ||
             label == CT_LABEL_EXTRA_CHOICES || label == CT_LABEL_IF_NOT_CHOSEN)
        ct_lift_problem(l, "W23", heading,
                        "\"%s:\" means something at the start of a quote only; "
                        "write `> **%s:** …` instead of a heading",
                        ct_label_name(l->words, label), ct_label_name(l->words, label));
}

/* "## Quizz" has no colon, and what stands below it would be practice. */
static void report_near_quiz(struct ct_lift *l, const struct ct_md_node *heading,
                             const struct scan *s)
{
    const char *quiz = ct_keyword_name(l->words, CT_KEY_QUIZ);
    if (s->cut > 0 || ct_md_level(heading) != 2 || ct_sv_find(s->before, ' ') != SIZE_MAX ||
        !ct_is_near(s->before, ct_sv_c(quiz)))
        return;
    ct_lift_problem(l, "W25", heading, "\"%.*s\" is no keyword; did you mean \"%s\"?",
                    CT_SV_ARG(ct_clip(s->before)), quiz);
    ct_problem_meant(l->problems, s->before, ct_sv_c(quiz));
}

static void report_near_keyword(struct ct_lift *l, const struct ct_md_node *heading,
                                const struct scan *s)
{
    struct ct_sv near = s->cut > 0 ? ct_keyword_suggest(l->words, s->before) : CT_SV_NULL;
    if (near.n == 0)
        return;
    ct_lift_problem(l, "W25", heading, "\"%.*s:\" is no keyword; did you mean \"%.*s:\"?",
                    CT_SV_ARG(ct_clip(s->before)), CT_SV_ARG(near));
    ct_problem_meant(l->problems, s->before, near);
}

struct ct_heading ct_lift_heading(struct ct_lift *l, struct ct_md_node *heading)
{
    struct ct_heading h = {
        .disciplines = CT_DISC_ALL, .level = ct_md_level(heading), .line = ct_md_line(heading)};
    h.full = ct_sv_trim(ct_md_plain(l->arena, heading));
    struct scan s = {CT_SV_NULL, 0};
    if (ct_md_type(heading) == CT_MD_HEADING)
        s = scan_of(l, heading);
    h.keyword = keyword_of(l, &s);
    if (h.keyword == CT_KEY_NONE && s.before.n > 0) {
        read_passage(l, heading, &s, &h);
        if (!h.is_passage) {
            report_label(l, heading, &s);
            report_near_keyword(l, heading, &s);
            report_near_quiz(l, heading, &s);
        }
    }
    if ((h.keyword != CT_KEY_NONE || h.is_passage) && s.cut > 0)
        cut_front(l, heading, s.cut);
    /* A heading without a colon is nothing but its keyword: no title of its own is left. */
    if (s.cut == 0 && (h.keyword != CT_KEY_NONE || h.is_passage)) {
        h.title = h.title_html = CT_SV("");
        return h;
    }
    h.title = ct_sv_trim(ct_md_plain(l->arena, heading));
    h.title_html = ct_lift_html_children(l, heading);
    return h;
}
