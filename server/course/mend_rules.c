/*
 * mend_rules.c: what a trainer probably meant, told by the lines alone. Guesses; mend.c proves
 * them.
 */
#include "mend_priv.h"

#include "ct/base/str.h"

#include "labels_priv.h"

#include "ct/base/banned.h"

/* How far a list may reach from the line that a problem names. */
enum { REACH = 200, TAB = 4 };

/* ---- lines ---- */

size_t ct_line_column(struct ct_sv line, size_t at)
{
    size_t column = 0;
    for (size_t i = 0; i < at && i < line.n; i++)
        column = line.p[i] == '\t' ? (column / TAB + 1) * TAB : column + 1;
    return column;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct ct_sv line, size_t at)
{
    while (at < line.n && is_blank(line.p[at]))
        at++;
    return at;
}

/* Behind the > and blanks that a line begins with. */
static size_t skip_quotes(struct ct_sv line, size_t *ret_depth)
{
    size_t at = 0;
    *ret_depth = 0;
    for (; at < line.n && (is_blank(line.p[at]) || line.p[at] == '>'); at++)
        *ret_depth += line.p[at] == '>';
    return at;
}

static bool is_sign(char c)
{
    return c == '-' || c == '*' || c == '+';
}

bool ct_bullet_of(struct ct_sv line, struct ct_bullet *ret)
{
    struct ct_bullet b = {.at = skip_quotes(line, &b.depth)};
    size_t end = b.at;
    while (end < line.n && line.p[end] >= '0' && line.p[end] <= '9')
        end++;
    if (end >= line.n ||
        !(end == b.at ? is_sign(line.p[end]) : line.p[end] == '.' || line.p[end] == ')'))
        return false;
    b.sign = line.p[end];
    b.content = skip_blanks(line, end + 1);
    if (b.content == end + 1 && b.content < line.n)
        return false;
    /* five blanks or more are one, and then code */
    if (ct_line_column(line, b.content) > ct_line_column(line, end + 1) + TAB)
        b.content = end + 2;
    *ret = b;
    return true;
}

static bool is_heading(struct ct_sv line)
{
    size_t depth, at = skip_quotes(line, &depth);
    return at < line.n && line.p[at] == '#';
}

static bool is_empty(struct ct_sv line)
{
    size_t depth;
    return skip_quotes(line, &depth) == line.n;
}

/* The nearest line above with a marker, within the same heading; 0 if there is none. */
static int bullet_above(const struct ct_lines *lines, int line, struct ct_bullet *ret)
{
    for (int n = line - 1; n >= 1 && n >= line - REACH; n--) {
        struct ct_sv s = ct_lines_at(lines, n);
        if (is_heading(s))
            return 0;
        if (ct_bullet_of(s, ret))
            return n;
    }
    return 0;
}

static struct ct_sv kept(struct ct_arena *a, const struct ct_str *out)
{
    return ct_arena_dup(a, ct_str_sv(out));
}

/* ---- E11: feedback outside its option ---- */

static size_t after_quotes(struct ct_sv line, size_t depth)
{
    size_t at = 0;
    for (; at < line.n && (is_blank(line.p[at]) || (line.p[at] == '>' && depth > 0)); at++)
        depth -= line.p[at] == '>';
    return at;
}

static bool indent_feedback(struct ct_arena *a, const struct ct_lines *lines,
                            const struct ct_problem *p, struct ct_mend *ret)
{
    struct ct_bullet option;
    int above = bullet_above(lines, p->line, &option), n = p->line;
    if (!above)
        return false;
    size_t want = ct_line_column(ct_lines_at(lines, above), option.content), pad = 0;
    CT_AUTO_STR out = CT_STR_INIT(256 * 1024);
    for (; n < p->line + REACH; n++) {
        struct ct_sv s = ct_lines_at(lines, n);
        size_t at = after_quotes(s, option.depth), column = ct_line_column(s, at);
        if (at >= s.n || s.p[at] != '>' || column >= want)
            break;
        pad = want - column;
        ct_str_addf(&out, "%s%.*s%*s%.*s", n > p->line ? "\n" : "", (int)at, s.p, (int)pad, "",
                    CT_SV_ARG(ct_sv_sub(s, at, s.n)));
    }
    if (n == p->line || !ct_str_ok(&out))
        return false;
    ret->n_lines = n - p->line;
    ret->text = kept(a, &out);
    ret->safe = !is_empty(ct_lines_at(lines, p->line - 1));
    ret->done = ct_arena_printf(a, "put %zu spaces before >", pad);
    return true;
}

/* ---- E12: another bullet ---- */

static bool same_bullet(struct ct_arena *a, const struct ct_lines *lines,
                        const struct ct_problem *p, struct ct_mend *ret)
{
    struct ct_bullet here, b;
    struct ct_sv first = ct_lines_at(lines, p->line);
    char sign = 0;
    if (!ct_bullet_of(first, &here) || !is_sign(here.sign))
        return false;
    for (int n = p->line; n > 0 && !sign;) {
        n = bullet_above(lines, n, &b);
        struct ct_sv s = ct_lines_at(lines, n);
        if (n && is_sign(b.sign) && b.depth == here.depth &&
            ct_line_column(s, b.at) == ct_line_column(first, here.at))
            sign = b.sign;
    }
    if (!sign || sign == here.sign)
        return false;
    CT_AUTO_STR out = CT_STR_INIT(256 * 1024);
    size_t whole = 0; /* bytes up to the last line that was changed */
    for (int n = p->line; n < p->line + REACH && (size_t)n <= lines->n; n++) {
        struct ct_sv s = ct_lines_at(lines, n);
        bool is_bullet = ct_bullet_of(s, &b) && b.at == here.at && is_sign(b.sign);
        if (is_heading(s) || (is_bullet && b.sign != here.sign))
            break;
        ct_str_addf(&out, "%s", n > p->line ? "\n" : "");
        if (is_bullet)
            ct_str_addf(&out, "%.*s%c%.*s", (int)b.at, s.p, sign,
                        CT_SV_ARG(ct_sv_sub(s, b.at + 1, s.n)));
        else
            ct_str_add_sv(&out, s);
        if (is_bullet) {
            whole = out.n;
            ret->n_lines = n - p->line + 1;
        }
    }
    if (!ct_str_ok(&out))
        return false;
    ret->text = ct_arena_dup(a, ct_sv_sub(ct_str_sv(&out), 0, whole));
    ret->safe = true;
    ret->done = ct_arena_printf(a, "wrote the bullet %c for %c", sign, here.sign);
    return true;
}

/* ---- E10, E13, E15: marks ---- */

static void add_mark(struct ct_str *out, const struct ct_mark *m, bool square)
{
    ct_str_addf(out, square ? "[%c] " : "(%c) ", m->right ? 'x' : ' ');
}

static size_t word_bullet(struct ct_sv s)
{
    static const char *const bullets[] = {"\xe2\x80\xa2", "\xc2\xb7",     "\xe2\x97\xa6",
                                          "\xe2\x96\xaa", "\xe2\x80\xa3", "\xef\x82\xb7"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        if (ct_sv_starts(s, ct_sv_c(bullets[i])))
            return strlen(bullets[i]);
    }
    return 0;
}

/* Word also makes a long dash of "- "; it is no bullet unless a mark follows. */
static struct ct_sv without_long_dash(struct ct_sv s)
{
    static const char *const dashes[] = {"\xe2\x80\x93", "\xe2\x80\x94"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        if (ct_sv_starts(s, ct_sv_c(dashes[i])))
            return ct_skip_blanks(ct_sv_sub(s, strlen(dashes[i]), s.n));
    }
    return s;
}

struct lost { /* a line that is an option without its "- " */
    struct ct_sv text;
    struct ct_mark mark;
};

static bool lost_option(struct ct_sv line, struct lost *ret)
{
    size_t depth, skip;
    struct ct_sv s = ct_sv_sub(line, skip_quotes(line, &depth), line.n);
    if ((skip = word_bullet(s)) > 0)
        s = ct_skip_blanks(ct_sv_sub(s, skip, s.n));
    else if (s.n > 1 && is_sign(s.p[0]) && !is_blank(s.p[1]))
        s = ct_sv_sub(s, 1, s.n);
    else
        s = without_long_dash(s);
    ret->mark = ct_mark_of(s);
    ret->text = ct_sv_sub(s, ret->mark.length, s.n);
    return ret->mark.kind != CT_MARK_NONE || skip > 0;
}

/* What stands before the lost options: the front of the list above that they continue, else their
 * own. */
static struct ct_sv front_of(struct ct_arena *a, const struct ct_lines *lines, int line)
{
    struct ct_bullet b;
    struct ct_sv s = ct_lines_at(lines, line);
    size_t depth, own = skip_quotes(s, &depth);
    int above = bullet_above(lines, line, &b);
    if (above && is_sign(b.sign) && b.depth == depth)
        return ct_arena_printf(a, "%.*s%c ", (int)b.at, ct_lines_at(lines, above).p, b.sign);
    return ct_arena_printf(a, "%.*s- ", (int)own, s.p);
}

static bool put_dashes(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                       struct ct_mend *ret)
{
    struct ct_sv front = front_of(a, lines, p->line);
    struct ct_bullet b;
    struct lost lost;
    CT_AUTO_STR out = CT_STR_INIT(256 * 1024);
    int n = p->line;
    ret->safe = true;
    for (; n < p->line + REACH; n++) {
        struct ct_sv s = ct_lines_at(lines, n);
        if (is_empty(s) || ct_bullet_of(s, &b) || !lost_option(s, &lost))
            break;
        ct_str_addf(&out, "%s%.*s", n > p->line ? "\n" : "", CT_SV_ARG(front));
        add_mark(&out, &lost.mark, lost.mark.square);
        ct_str_add_sv(&out, lost.text);
        ret->safe = ret->safe && lost.mark.kind != CT_MARK_NONE;
    }
    if (n == p->line || !ct_str_ok(&out))
        return false;
    ret->n_lines = n - p->line;
    ret->text = kept(a, &out);
    ret->done = ret->safe ? CT_SV("put \"- \" in front")
                          : CT_SV("made a list of it; mark the right option with x");
    return true;
}

static bool write_mark(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                       struct ct_mend *ret)
{
    struct ct_bullet b, above;
    struct ct_sv line = ct_lines_at(lines, p->line);
    if (!ct_bullet_of(line, &b))
        return false;
    struct ct_sv text = ct_sv_sub(line, b.content, line.n);
    struct ct_mark m = ct_mark_of(text);
    bool square = m.square, none = m.kind == CT_MARK_NONE;
    if (none && bullet_above(lines, p->line, &above)) {
        struct ct_sv s = ct_lines_at(lines, bullet_above(lines, p->line, &above));
        square = ct_mark_of(ct_sv_sub(s, above.content, s.n)).square;
    }
    CT_AUTO_STR out = CT_STR_INIT(2 * line.n + 16);
    ct_str_add_sv(&out, ct_sv_sub(line, 0, b.content));
    add_mark(&out, &m, square);
    ct_str_add_sv(&out, ct_sv_sub(text, m.length, text.n));
    ret->n_lines = 1;
    ret->text = kept(a, &out);
    ret->safe = !none;
    ret->done = none ? ct_arena_printf(a, "marked it as not right, %s", square ? "[ ]" : "( )")
                     : CT_SV("wrote the mark with its space");
    return true;
}

/* ---- labels, lines, headings ---- */

static bool space_after_label(struct ct_arena *a, const struct ct_lines *lines,
                              const struct ct_problem *p, struct ct_mend *ret)
{
    struct ct_sv line = ct_lines_at(lines, p->line);
    size_t at = ct_sv_search(line, CT_SV(":**"));
    if (at == SIZE_MAX || at + 3 >= line.n || is_blank(line.p[at + 3]))
        return false;
    ret->n_lines = 1;
    ret->text = ct_arena_printf(a, "%.*s %.*s", (int)(at + 3), line.p,
                                CT_SV_ARG(ct_sv_sub(line, at + 3, line.n)));
    ret->safe = true;
    ret->done = CT_SV("put a space after **");
    return true;
}

/* An empty line, of the quotes that go on around it. */
static bool empty_line(struct ct_arena *a, struct ct_sv line, size_t depth, struct ct_mend *ret)
{
    struct ct_sv front = ct_sv_sub(line, 0, after_quotes(line, depth));
    while (front.n > 0 && is_blank(front.p[front.n - 1]))
        front.n--;
    ret->text = ct_arena_dup(a, front.n ? front : CT_SV(""));
    return true;
}

static bool part_quotes(struct ct_arena *a, const struct ct_lines *lines,
                        const struct ct_problem *p, struct ct_mend *ret)
{
    struct ct_sv line = ct_lines_at(lines, p->line), above = ct_lines_at(lines, p->line - 1);
    size_t depth, of_above;
    skip_quotes(line, &depth);
    if (depth == 0)
        return false;
    if (is_empty(above) && skip_quotes(above, &of_above) > 0 && of_above == depth) {
        ret->line = p->line - 1; /* a line with nothing but > in it */
        ret->n_lines = 1;
    }
    ret->safe = true;
    ret->done = CT_SV("left an empty line between the two quotes");
    return empty_line(a, line, depth - 1, ret);
}

static bool is_sentence(struct ct_sv line)
{
    struct ct_sv s = ct_sv_trim(line);
    return s.n > 0 && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == '!' || s.p[s.n - 1] == '?' ||
                       s.p[s.n - 1] == ':');
}

static bool part_line(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                      struct ct_mend *ret)
{
    struct ct_sv line = ct_lines_at(lines, p->line);
    size_t depth;
    skip_quotes(line, &depth);
    ret->safe = is_sentence(ct_lines_at(lines, p->line - 1)); /* a heading is no sentence */
    ret->done = CT_SV("left an empty line above ---");
    return empty_line(a, line, depth, ret);
}

/* ## for another title. */
static bool lower_heading(struct ct_arena *a, const struct ct_lines *lines,
                          const struct ct_problem *p, struct ct_mend *ret)
{
    struct ct_sv line = ct_lines_at(lines, p->line);
    size_t at = skip_blanks(line, 0);
    if (at >= line.n || line.p[at] != '#')
        return false;
    ret->n_lines = 1;
    ret->text =
        ct_arena_printf(a, "%.*s#%.*s", (int)at, line.p, CT_SV_ARG(ct_sv_sub(line, at, line.n)));
    ret->done = CT_SV("wrote ## for #");
    return true;
}

bool ct_mend_guess(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                   struct ct_mend *ret)
{
    static const struct {
        const char *code;
        bool (*guess)(struct ct_arena *a, const struct ct_lines *lines, const struct ct_problem *p,
                      struct ct_mend *ret);
    } rules[] = {
        {"E06", lower_heading},     {"E10", write_mark},  {"E11", indent_feedback},
        {"E12", same_bullet},       {"E13", put_dashes},  {"E15", write_mark},
        {"E21", space_after_label}, {"E22", part_quotes}, {"W31", part_line},
    };
    *ret = (struct ct_mend){.line = p->line};
    if (p->meant.n > 0)
        return ct_mend_word(a, lines, p, ret);
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(rules[i].code, p->code) == 0)
            return ct_lines_at(lines, p->line).p && rules[i].guess(a, lines, p, ret);
    }
    return false;
}
