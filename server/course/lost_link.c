/*
 * server/course/lost_link.c: a link or picture that Markdown does not see, because its target has
 * blanks or one stands in front of it. Readers would see the brackets. It is told only where the
 * target looks like one: brackets with a remark in parentheses behind them are ordinary text.
 */
#include "targets_priv.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_web(struct ct_sv target)
{
    return ct_sv_starts(target, CT_SV("https://")) || ct_sv_starts(target, CT_SV("http://"));
}

/* ".md", ".png", ".docx", ".mp4" at the end. */
static bool is_file(struct ct_sv target)
{
    enum { SHORTEST = 2, LONGEST = 4 };
    size_t at = target.n;
    while (at > 0 &&
           (is_letter(target.p[at - 1]) || (target.p[at - 1] >= '0' && target.p[at - 1] <= '9')))
        at--;
    size_t n = target.n - at;
    return at > 1 && target.p[at - 1] == '.' && n >= SHORTEST && n <= LONGEST &&
           is_letter(target.p[at]) && target.p[at - 2] != ' ' && target.p[0] != '#';
}

/* What stands in the parenthesis that begins at `at`, itself with parentheses in pairs; the null
 * view if it does not end within a target's length. */
static struct ct_sv in_parenthesis(struct ct_sv text, size_t at)
{
    enum { LONGEST = 400 };
    size_t depth = 0;
    for (size_t i = at; i < text.n && i < at + LONGEST; i++) {
        depth += text.p[i] == '(';
        if (text.p[i] == ')' && --depth == 0)
            return ct_sv_sub(text, at + 1, i - at - 1);
    }
    return CT_SV_NULL;
}

/* The [ to which the ] at `end` of a line belongs; SIZE_MAX if none stands there, or either has a
 * backslash in front and is meant to be seen, or they are the mark of an option. */
static size_t opening(struct ct_sv line, size_t end)
{
    size_t depth = 0;
    if (end > 0 && line.p[end - 1] == '\\')
        return SIZE_MAX;
    for (size_t i = end + 1; i-- > 0;) {
        if (i > 0 && line.p[i - 1] == '\\')
            continue;
        depth += line.p[i] == ']';
        if (line.p[i] != '[' || --depth > 0)
            continue;
        struct ct_sv shown = ct_sv_trim(ct_sv_sub(line, i + 1, end - i - 1));
        bool mark = shown.n == 0 || (shown.n == 1 && (shown.p[0] == 'x' || shown.p[0] == 'X'));
        bool picture = i > 0 && line.p[i - 1] == '!';
        return mark && !picture ? SIZE_MAX : i;
    }
    return SIZE_MAX;
}

static void report_blanks(struct ct_lift *l, int line, int column, struct ct_sv target)
{
    ct_lift_problem_at(l, "E41", line, column,
                       "this is no link, because its target has blanks; write it between < and >, "
                       "`(<%.*s>)`, or give the file a name without blanks",
                       CT_SV_ARG(ct_clip(target)));
    if (is_file(target))
        ct_problem_meant(l->problems, ct_arena_printf(l->arena, "](%.*s)", CT_SV_ARG(target)),
                         ct_arena_printf(l->arena, "](<%.*s>)", CT_SV_ARG(target)));
}

static void report_parted(struct ct_lift *l, int line, int column, struct ct_sv target)
{
    ct_lift_problem_at(l, "E41", line, column,
                       "this is no link: between ] and ( stands a blank; take it out, "
                       "`](%.*s)`",
                       CT_SV_ARG(ct_clip(target)));
    ct_problem_meant(l->problems, ct_arena_printf(l->arena, "] (%.*s)", CT_SV_ARG(target)),
                     ct_arena_printf(l->arena, "](%.*s)", CT_SV_ARG(target)));
}

/* A ] of a text, where it stands in its line as it was written. */
static void check_bracket(struct ct_lift *l, int number, struct ct_sv text, size_t at)
{
    bool parted = at + 2 < text.n && text.p[at + 1] == ' ' && text.p[at + 2] == '(';
    if (!parted && (at + 1 >= text.n || text.p[at + 1] != '('))
        return;
    struct ct_sv target = in_parenthesis(text, at + (parted ? 2 : 1));
    bool blanks = ct_sv_find(target, ' ') != SIZE_MAX;
    if (target.n == 0 || ct_sv_find(target, '<') != SIZE_MAX || blanks == parted ||
        !(is_web(target) || (parted ? ct_sv_ends(target, CT_SV(".md")) : is_file(target))))
        return;
    if (++l->n_looked_up > CT_LOOK_UPS_MAX)
        return;
    struct ct_sv line = ct_lift_line(l, number);
    size_t end = ct_sv_search(
        line, ct_arena_printf(l->arena, "]%s(%.*s)", parted ? " " : "", CT_SV_ARG(target)));
    size_t from = end == SIZE_MAX ? SIZE_MAX : opening(line, end);
    if (from == SIZE_MAX)
        return;
    if (parted)
        report_parted(l, number, (int)from + 1, target);
    else
        report_blanks(l, number, (int)from + 1, target);
}

void ct_check_lost_links(struct ct_lift *l, const struct ct_md_node *text)
{
    struct ct_sv literal = ct_md_literal(text);
    for (size_t i = 0; i < literal.n; i++) {
        if (literal.p[i] == ']')
            check_bracket(l, ct_md_line(text), literal, i);
    }
}
