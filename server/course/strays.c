/*
 * server/course/strays.c: what stands where it means nothing. It is shown as it is, and when it
 * looks like a construct of ours that got lost, that is said.
 */
#include "labels_priv.h"

#include "ct/base/banned.h"

static void stray_list(struct ct_lift *l, const struct ct_md_node *list)
{
    for (const struct ct_md_node *item = ct_md_first(list); item; item = ct_md_next(item)) {
        const struct ct_md_node *p = ct_md_first(item);
        const struct ct_md_node *text =
            p && ct_md_type(p) == CT_MD_PARAGRAPH ? ct_md_first(p) : NULL;
        if (!text || ct_md_type(text) != CT_MD_TEXT)
            continue;
        struct ct_mark m = ct_mark_of(ct_md_literal(text));
        /* Square marks are also how people write lists of things to do. */
        if (m.kind == CT_MARK_NONE || m.square)
            continue;
        ct_lift_problem(l, "E42", item,
                        "these options belong to no question, so everybody sees which is right; a "
                        "question begins with a heading `### %s: …`",
                        ct_keyword_name(l->words, CT_KEY_QUESTION));
        return;
    }
}

static void stray_settings(struct ct_lift *l, const struct ct_md_node *paragraph)
{
    size_t n;
    const struct ct_chip *chips = ct_chips_in(l->arena, paragraph, &n);
    for (size_t i = 0; i < n; i++) {
        for (const char *const *k = ct_question_keys; *k; k++) {
            if (!chips[i].value.p || !ct_sv_eq_c(chips[i].key, *k))
                continue;
            ct_lift_problem(l, "W32", paragraph,
                            "`%.*s` looks like a setting of a question, but stands in none; it is "
                            "shown as it is",
                            CT_SV_ARG(ct_clip(chips[i].text)));
            return;
        }
    }
}

static void stray_quote(struct ct_lift *l, const struct ct_md_node *quote)
{
    enum ct_label label = ct_lift_label(l, quote, NULL);
    ct_lift_label_check(l, quote);
    if (label == CT_LABEL_FOR || label == CT_LABEL_HINT || label == CT_LABEL_WHY ||
        label == CT_LABEL_IF_NOT_CHOSEN || label == CT_LABEL_EXTRA_CHOICES ||
        label == CT_LABEL_MODEL_ANSWER)
        ct_lift_problem(l, "W23", quote,
                        "a label means nothing within a list or another quote, so everybody sees "
                        "this; write the quote without spaces in front of >");
}

static void stray_heading(struct ct_lift *l, const struct ct_md_node *heading)
{
    enum ct_keyword k = ct_lift_heading_peek(l, heading);
    if (k == CT_KEY_NONE && !ct_lift_heading_is_passage(l, heading))
        return;
    ct_lift_problem(l, "E26", heading,
                    "this heading means nothing within a list or a quote; write it without spaces "
                    "or > in front of its #");
}

void ct_lift_strays(struct ct_lift *l, const struct ct_md_node *n)
{
    enum ct_md_type type = ct_md_type(n);
    if (type == CT_MD_LIST)
        stray_list(l, n);
    else if (type == CT_MD_QUOTE)
        stray_quote(l, n);
    else if (type == CT_MD_HEADING)
        stray_heading(l, n);
    else if (type == CT_MD_PARAGRAPH && ct_chips_only(n))
        stray_settings(l, n);
    if (type != CT_MD_LIST && type != CT_MD_ITEM && type != CT_MD_QUOTE)
        return;
    for (const struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c))
        ct_lift_strays(l, c);
}
