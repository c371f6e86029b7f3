/*
 * nearly.c: what was nearly one of our constructs, and is ordinary text because a sign is missing:
 * the blank behind ##, the stars of a label, the backticks of a setting. Nothing is mended here.
 * The text is shown as it is written, which is why somebody has to be told.
 */
#include "labels_priv.h"

#include "ct/base/banned.h"

/* The number signs at the start of a line that would be a heading, were there a blank behind them.
 * One alone also begins a number or a word of social media; 0 for that. */
static size_t signs_without_blank(struct ct_sv line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] == '#')
        n++;
    if (n < 2 || n > 6 || n == line.n)
        return 0;
    unsigned char c = (unsigned char)line.p[n];
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    return is_letter ? n : 0;
}

/* E26: "##Quiz" is no heading in CommonMark, and the quiz below it would not be graded. */
static void check_signs(struct ct_lift *l, const struct ct_md_node *text)
{
    struct ct_sv line = ct_md_literal(text);
    size_t n = signs_without_blank(line);
    if (n == 0)
        return;
    struct ct_sv signs = ct_sv_sub(line, 0, n);
    struct ct_sv word = ct_clip(ct_sv_trim(ct_sv_sub(line, n, line.n)));
    ct_lift_problem(l, "E26", text,
                    "this line is no heading, because a blank is missing behind %.*s; write "
                    "`%.*s %.*s`",
                    CT_SV_ARG(signs), CT_SV_ARG(signs), CT_SV_ARG(word));
    ct_problem_meant(l->problems, signs, ct_arena_printf(l->arena, "%.*s ", CT_SV_ARG(signs)));
}

/* "id: school-call" as text, or the same between backticks with words behind it. */
static bool begins_with_setting(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    const struct ct_md_node *first = ct_md_first(paragraph);
    if (!first || ct_chips_only(paragraph))
        return false;
    enum ct_md_type type = ct_md_type(first);
    if (type != CT_MD_TEXT && type != CT_MD_CODE)
        return false;
    struct ct_sv text = ct_sv_trim(ct_arena_dup(l->arena, ct_md_literal(first)));
    size_t colon = ct_sv_find(text, ':');
    if (colon == SIZE_MAX)
        return false;
    for (const char *const *k = ct_question_keys; *k; k++) {
        if (ct_sv_eq_c(ct_sv_sub(text, 0, colon), *k))
            return true;
    }
    return false;
}

/* W32: the settings of a question that are a text for its readers. */
static void check_setting(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    const struct ct_md_node *heading = ct_md_prev(paragraph);
    if (!heading || !ct_keyword_is_question(ct_lift_heading_peek(l, heading)) ||
        !begins_with_setting(l, paragraph))
        return;
    bool code = ct_md_type(ct_md_first(paragraph)) == CT_MD_CODE;
    ct_lift_problem(
        l, "W32", paragraph,
        code ? "these settings share their paragraph with a text, so learners read them "
               "and they set nothing; leave an empty line behind the settings"
             : "this looks like a setting, but learners read it and it sets nothing; put "
               "each setting between backticks, as in `id: school-call`");
}

/* Labels that nobody writes as an ordinary beginning of a quote. */
static bool is_meant(struct ct_lift *l, enum ct_label label, struct ct_sv argument)
{
    struct ct_sv unknown;
    ct_disc_set set;
    if (label == CT_LABEL_FOR)
        return ct_lift_spelling(l, argument, &set, &unknown) != CT_NOT_MEANT;
    return label == CT_LABEL_TRAINER_NOTE || label == CT_LABEL_HINT || label == CT_LABEL_WHY ||
           label == CT_LABEL_IF_NOT_CHOSEN || label == CT_LABEL_EXTRA_CHOICES ||
           label == CT_LABEL_MODEL_ANSWER;
}

/* E21: "> Trainer note: …" without its stars is a quote that every learner reads. */
static void check_plain_label(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    const struct ct_md_node *first = ct_md_first(paragraph);
    const struct ct_md_node *around = ct_md_parent(ct_md_parent(paragraph));
    if (around && ct_md_type(around) == CT_MD_ITEM)
        return; /* feedback may say "Hint: look at the date" */
    if (ct_md_prev(paragraph) || !first ||
        (ct_md_type(first) != CT_MD_TEXT && ct_md_type(first) != CT_MD_EMPH))
        return;
    struct ct_sv text = ct_fold(l->arena, ct_md_plain(l->arena, first)), argument;
    size_t colon = ct_sv_find(text, ':');
    if (colon == SIZE_MAX)
        return;
    struct ct_sv label = ct_sv_trim(ct_sv_sub(text, 0, colon));
    if (label.n == 0 || label.p[0] == '*' ||
        !is_meant(l, ct_label_find(l->words, label, &argument), argument))
        return;
    ct_lift_problem(l, "E21", first,
                    "the label \"%.*s:\" is not bold, so this is an ordinary quote that everybody "
                    "reads; write `> **%.*s:** …`",
                    CT_SV_ARG(ct_clip(label)), CT_SV_ARG(ct_clip(label)));
    if (ct_md_type(first) == CT_MD_TEXT)
        ct_problem_meant(l->problems, ct_arena_printf(l->arena, "%.*s:", CT_SV_ARG(label)),
                         ct_arena_printf(l->arena, "**%.*s:**", CT_SV_ARG(label)));
}

void ct_lift_nearly(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    bool line_start = true;
    for (const struct ct_md_node *n = ct_md_first(paragraph); n; n = ct_md_next(n)) {
        enum ct_md_type type = ct_md_type(n);
        if (line_start && type == CT_MD_TEXT)
            check_signs(l, n);
        line_start = type == CT_MD_SOFTBREAK || type == CT_MD_LINEBREAK;
    }
    if (ct_md_type(ct_md_parent(paragraph)) == CT_MD_QUOTE)
        check_plain_label(l, paragraph);
    else
        check_setting(l, paragraph);
}
