/*
 * gift_form.c: one form of a question in Markdown: its text, its answers, what is told about them,
 * and what the checker must read in it.
 */
#include "gift_priv.h"

#include "ct/base/limits.h"

#include "escape_priv.h"
#include "keywords_priv.h"

#include "ct/base/banned.h"

enum { ACCEPT_MAX = 100 };

static unsigned plainness(const struct ct_gift_form *f)
{
    return f->level == 0   ? 0
           : f->level == 1 ? CT_GIFT_NO_LIST
                           : CT_GIFT_NO_LIST | CT_GIFT_NO_CODE | CT_GIFT_BARE;
}

static struct ct_sv markdown(const struct ct_gift_form *f, const struct ct_gift_text *t,
                             unsigned how)
{
    return ct_gift_markdown(f->notes, t, how | plainness(f));
}

/* As a reader sees it, on a line; what was lost of it is said where it is Markdown. */
static struct ct_sv plain(const struct ct_gift_form *f, const struct ct_gift_text *t)
{
    struct ct_gift_notes nobody = {.arena = f->notes->arena};
    return ct_gift_markdown(&nobody, t, CT_GIFT_RAW);
}

static struct ct_sv clip(struct ct_sv s)
{
    enum { SHOWN = 60 };
    struct ct_sv c = ct_sv_sub(s, 0, SHOWN);
    while (c.n > 0 && !ct_sv_utf8(c))
        c.n--;
    return c;
}

/* ---- pieces ---- */

static void add_lines(struct ct_str *out, const char *first, const char *rest, struct ct_sv text)
{
    struct ct_sv line;
    for (bool head = true; text.p && ct_sv_split(&text, '\n', &line); head = false) {
        struct ct_sv front = ct_sv_c(head ? first : rest);
        while (line.n == 0 && ct_sv_ends(front, CT_SV(" ")))
            front.n--;
        ct_str_add_sv(out, front);
        ct_str_add_sv(out, line);
        ct_str_add_char(out, '\n');
    }
}

static void add_code(struct ct_str *out, const char *front, struct ct_sv text, const char *behind)
{
    size_t run = 0, longest = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    bool pad = text.n > 0 && !*behind && text.p[text.n - 1] == '`';
    for (size_t i = 0; i <= longest; i++)
        ct_str_add_char(out, '`');
    ct_str_addf(out, "%s%s%.*s%s%s", pad ? " " : "", front, CT_SV_ARG(text), behind,
                pad ? " " : "");
    for (size_t i = 0; i <= longest; i++)
        ct_str_add_char(out, '`');
}

static void add_setting(struct ct_gift_form *f, const char *key, struct ct_sv value)
{
    ct_str_add_char(&f->settings, ' ');
    add_code(&f->settings, ct_arena_printf(f->notes->arena, "%s: ", key).p, value, "");
}

/* The question itself; with a blank where words are missing. */
static void add_stem(struct ct_gift_form *f)
{
    struct ct_gift_text t = f->q->text;
    if (f->q->behind.raw.n > 0)
        t.raw = ct_arena_printf(f->notes->arena, "%.*s _____ %.*s", CT_SV_ARG(t.raw),
                                CT_SV_ARG(f->q->behind.raw));
    struct ct_sv stem = markdown(f, &t, f->kind == CT_Q_MATCH ? CT_GIFT_NO_LIST : 0);
    add_lines(&f->out, "", "", stem.n ? stem : f->item->title);
    ct_str_add_char(&f->out, '\n');
}

static void add_option(struct ct_gift_form *f, const char *mark, struct ct_sv text,
                       const struct ct_gift_text *feedback)
{
    struct ct_sv told = markdown(f, feedback, CT_GIFT_IN_QUOTE | CT_GIFT_NO_LIST);
    add_lines(&f->out, mark, "  ", text);
    if (told.n > 0)
        add_lines(&f->out, "  > ", "  > ", told);
    f->n++;
}

static void add_case(struct ct_gift_form *f, struct ct_sv answer,
                     const struct ct_gift_text *feedback)
{
    struct ct_sv told = markdown(f, feedback, CT_GIFT_IN_QUOTE | CT_GIFT_NO_LIST);
    if (told.n == 0)
        return;
    struct ct_sv label = ct_escape_title(f->notes->arena, answer);
    ct_str_addf(&f->out, "> **If %.*s:** ", CT_SV_ARG(label));
    add_lines(&f->out, "", "> ", told);
    ct_str_add_char(&f->out, '\n');
}

static void add_why(struct ct_gift_form *f)
{
    struct ct_sv told = markdown(f, &f->q->general, CT_GIFT_IN_QUOTE | CT_GIFT_NO_LIST);
    if (told.n == 0)
        return;
    ct_str_add_c(&f->out, "\n> **Why:** ");
    add_lines(&f->out, "", "> ", told);
}

/* ---- options ---- */

static const struct ct_gift_text nothing;

static void write_true_false(struct ct_gift_form *f)
{
    bool yes = f->q->is_true;
    const struct ct_gift_text *wrong = f->q->n ? &f->q->answers[0].feedback : &nothing;
    const struct ct_gift_text *right = f->q->n > 1 ? &f->q->answers[1].feedback : &nothing;
    f->kind = CT_Q_SINGLE;
    add_stem(f);
    add_option(f, yes ? "- (x) " : "- ( ) ", CT_SV("True"), yes ? right : wrong);
    add_option(f, yes ? "- ( ) " : "- (x) ", CT_SV("False"), yes ? wrong : right);
}

struct weights {
    bool single;     /* one is picked */
    size_t n_right;  /* options that give points */
    bool equal;      /* they give the same */
    double positive; /* so much each */
    bool penalised;  /* each wrong one takes away as much */
};

static double weight_of(const struct ct_gift_answer *a)
{
    if (a->has_weight)
        return a->weight;
    return a->sign == '=' ? 100 : 0;
}

static bool near(double a, double b)
{
    return a - b < 0.01 && b - a < 0.01;
}

static bool is_right(const struct weights *w, const struct ct_gift_answer *a)
{
    return w->single ? weight_of(a) > 99.99 : weight_of(a) > 0;
}

static struct weights weigh(const struct ct_gift_question *q)
{
    struct weights w = {.equal = true, .penalised = true};
    for (size_t i = 0; i < q->n; i++)
        w.single = w.single || q->answers[i].sign == '=';
    for (size_t i = 0; i < q->n; i++) {
        if (!is_right(&w, &q->answers[i]))
            continue;
        double value = weight_of(&q->answers[i]);
        w.equal = w.equal && (w.n_right == 0 || near(value, w.positive));
        w.positive = value;
        w.n_right++;
    }
    for (size_t i = 0; i < q->n; i++)
        if (!is_right(&w, &q->answers[i]))
            w.penalised = w.penalised && near(weight_of(&q->answers[i]), -w.positive);
    return w;
}

static void note_weights(struct ct_gift_form *f, const struct weights *w)
{
    const struct ct_gift_question *q = f->q;
    for (size_t i = 0; w->single && i < q->n; i++) {
        double weight = weight_of(&q->answers[i]);
        if (!is_right(w, &q->answers[i]) && !near(weight, 0))
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "an answer worth %g percent counts as wrong, and gives nothing", weight);
    }
    if (w->single && w->n_right > 1)
        ct_gift_note(f->notes, q->line,
                     "%zu answers are right where one was to be picked; here all of them are to be "
                     "picked",
                     w->n_right);
    if (w->single || w->n_right < 2)
        return;
    if (!w->equal)
        ct_gift_note(f->notes, q->line,
                     "the right answers were worth different shares; here each counts the same");
    if (!w->penalised)
        ct_gift_note(f->notes, q->line,
                     "a wrong pick cost another share; here it takes back what a right one gives");
}

static void write_choice(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    struct weights w = weigh(q);
    bool square = w.single ? w.n_right > 1 : w.n_right > 0;
    bool in_order = false;
    f->kind = square ? CT_Q_MULTIPLE : CT_Q_SINGLE;
    note_weights(f, &w);
    if (w.n_right == 0 && !w.single) {
        ct_str_add_c(&f->settings, " `survey`");
        f->item->place = CT_GIFT_THINK;
        ct_gift_note(f->notes, q->line, "no answer is right, so the question is a survey");
    }
    if (!w.single && w.n_right > 1)
        add_setting(f, "scoring", CT_SV("each"));
    add_stem(f);
    for (size_t i = 0; i < q->n; i++) {
        bool right = is_right(&w, &q->answers[i]);
        struct ct_sv text = markdown(f, &q->answers[i].text, CT_GIFT_ONE_LINE | CT_GIFT_NO_LIST);
        in_order = in_order ||
                   ct_words_of_the_above(ct_words_of(CT_SV("en")), plain(f, &q->answers[i].text));
        add_option(f, square ? (right ? "- [x] " : "- [ ] ") : (right ? "- (x) " : "- ( ) "), text,
                   &q->answers[i].feedback);
    }
    if (in_order)
        add_setting(f, "shuffle", CT_SV("no"));
}

/* ---- typed answers ---- */

static bool is_accepted(const struct ct_gift_answer *a)
{
    return !a->has_weight || a->weight > 99.99;
}

static void note_partial(struct ct_gift_form *f, const struct ct_gift_answer *a, struct ct_sv text)
{
    if (a->weight > 0)
        ct_gift_note(f->notes, a->text.line,
                     "\"%.*s\" was worth %g percent; here it counts as wrong",
                     CT_SV_ARG(clip(text)), a->weight);
}

static void write_short(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    f->kind = CT_Q_TEXT;
    add_stem(f);
    for (size_t i = 0; i < q->n; i++) {
        struct ct_sv text = plain(f, &q->answers[i].text);
        if (ct_sv_eq_c(text, "*")) {
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "what is told about any other answer, *, was left out");
            continue;
        }
        if (ct_sv_find(text, '*') != SIZE_MAX)
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "\"%.*s\" has a * that stood for any text; here it stands for itself",
                         CT_SV_ARG(clip(text)));
        if (!is_accepted(&q->answers[i]))
            note_partial(f, &q->answers[i], text);
        else if (text.n > 0 && f->n < ACCEPT_MAX) {
            add_setting(f, "accept", text);
            f->n++;
        }
        if (text.n > 0)
            add_case(f, text, &q->answers[i].feedback);
    }
}

/* "3:2" and "1..5" as we write it; the null view if it is neither. */
static struct ct_sv number_of(struct ct_arena *a, struct ct_sv s)
{
    size_t dots = ct_sv_search(s, CT_SV("..")), colon = ct_sv_find(s, ':');
    size_t cut = dots != SIZE_MAX ? dots : colon, width = dots != SIZE_MAX ? 2 : 1;
    struct ct_sv one = ct_sv_trim(ct_sv_sub(s, 0, cut)), two = CT_SV_NULL;
    double x, y = 0;
    if (cut != SIZE_MAX)
        two = ct_sv_trim(ct_sv_sub(s, cut + width, SIZE_MAX));
    if (!ct_sv_double(one, &x) || (two.p && !ct_sv_double(two, &y)))
        return CT_SV_NULL;
    if (!two.p || (dots == SIZE_MAX && near(y, 0)))
        return one;
    return ct_arena_printf(a, "%.*s %s %.*s", CT_SV_ARG(one), dots != SIZE_MAX ? "to" : "+/-",
                           CT_SV_ARG(two));
}

static void write_number(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    f->kind = CT_Q_NUMBER;
    add_stem(f);
    for (size_t i = 0; i < q->n; i++) {
        struct ct_sv text = plain(f, &q->answers[i].text);
        struct ct_sv number = number_of(f->notes->arena, text);
        if (!number.p) {
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "\"%.*s\" is no number; it was left out", CT_SV_ARG(clip(text)));
            continue;
        }
        if (!is_accepted(&q->answers[i]))
            note_partial(f, &q->answers[i], text);
        else if (f->n == 0) {
            add_setting(f, "number", number);
            f->n = 1;
        } else
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "\"%.*s\" was right as well; a question of ours has one number or range",
                         CT_SV_ARG(clip(text)));
        add_case(f, number, &q->answers[i].feedback);
    }
    f->n = 0; /* numbers have no list to count */
}

/* ---- matching and missing words ---- */

static void write_match(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    CT_AUTO_STR extra = CT_STR_INIT(CT_SOURCE_MAX);
    f->kind = CT_Q_MATCH;
    add_setting(f, "scoring", CT_SV("each"));
    add_stem(f);
    for (size_t i = 0; i < q->n; i++) {
        const unsigned how = CT_GIFT_ONE_LINE | CT_GIFT_NO_LIST;
        struct ct_sv text = markdown(f, &q->answers[i].text, how);
        struct ct_sv partner = markdown(f, &q->answers[i].partner, how);
        if (partner.n == 0) {
            ct_gift_note(f->notes, q->answers[i].text.line,
                         "\"%.*s\" has no partner; it was left out", CT_SV_ARG(clip(text)));
        } else if (text.n == 0) {
            add_lines(&extra, "> - ", "> ", partner);
        } else {
            add_lines(&f->out, "- ", "  ", text);
            add_lines(&f->out, "  - ", "    ", partner);
            f->n++;
        }
        if (q->answers[i].feedback.raw.n > 0)
            ct_gift_note(f->notes, q->answers[i].feedback.line,
                         "feedback of a pair was left out; a matching question has one for all");
    }
    if (extra.n > 0)
        ct_str_addf(&f->out, "\n> **Extra choices:**\n%s", extra.p);
}

/* A pair a line, where partners are not all different. */
static void write_match_gaps(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    f->kind = CT_Q_GAPS;
    add_setting(f, "scoring", CT_SV("each"));
    add_stem(f);
    for (size_t i = 0; i < q->n; i++) {
        struct ct_sv text =
            markdown(f, &q->answers[i].text, CT_GIFT_ONE_LINE | CT_GIFT_NO_LIST | CT_GIFT_NO_CODE);
        struct ct_sv right = plain(f, &q->answers[i].partner);
        CT_AUTO_STR gap = CT_STR_INIT(CT_SOURCE_MAX);
        size_t n_of_gap = 0;
        for (size_t k = 0; k < q->n; k++) {
            struct ct_sv other = plain(f, &q->answers[k].partner);
            bool met = other.n == 0;
            for (size_t m = 0; m < k && !met; m++)
                met = ct_sv_ieq(other, plain(f, &q->answers[m].partner));
            n_of_gap += !met;
            if (!met)
                ct_str_addf(&gap, "%s(%s) %.*s", gap.n ? " " : "",
                            ct_sv_ieq(other, right) ? "x" : " ", CT_SV_ARG(other));
        }
        if (text.n == 0)
            continue;
        f->n_of_gap = n_of_gap;
        ct_str_addf(&f->out, "%.*s: ", CT_SV_ARG(text));
        add_code(&f->out, "", ct_str_sv(&gap), "");
        ct_str_add_c(&f->out, "\n\n");
        f->n++;
    }
}

static void write_missing_word(struct ct_gift_form *f)
{
    const struct ct_gift_question *q = f->q;
    const unsigned how = CT_GIFT_NO_CODE | CT_GIFT_NO_LIST;
    CT_AUTO_STR gap = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_sv front = markdown(f, &q->text, how), behind = markdown(f, &q->behind, how);
    f->kind = CT_Q_GAPS;
    f->n = 1;
    for (size_t i = 0; i < q->n; i++) {
        struct ct_sv text = plain(f, &q->answers[i].text);
        if (q->kind == CT_GIFT_CHOICE)
            ct_str_addf(&gap, "%s(%s) ", i ? " " : "", q->answers[i].sign == '=' ? "x" : " ");
        else
            ct_str_add_c(&gap, i ? " | " : "");
        ct_str_add_sv(&gap, text);
        f->n_of_gap += text.n > 0;
    }
    bool blank = q->text.raw.n > 0 && strchr(" \t\n", q->text.raw.p[q->text.raw.n - 1]);
    ct_str_addf(&f->out, "%.*s%s", CT_SV_ARG(front), blank && front.n ? " " : "");
    add_code(&f->out, "", ct_str_sv(&gap), "");
    blank = strchr(" \t\n", q->behind.raw.p[0]) != NULL;
    ct_str_addf(&f->out, "%s%.*s\n", blank ? " " : "", CT_SV_ARG(behind));
}

bool ct_gift_fits_gap(const struct ct_gift_question *q)
{
    size_t n_right = 0;
    if (q->kind == CT_GIFT_MATCH)
        return true;
    if (q->behind.raw.n == 0 || (q->kind != CT_GIFT_CHOICE && q->kind != CT_GIFT_SHORT))
        return false;
    for (size_t i = 0; i < q->n; i++) {
        if (q->answers[i].has_weight || q->answers[i].feedback.raw.n > 0 ||
            ct_gift_find(q->answers[i].text.raw, '|') != SIZE_MAX)
            return false;
        n_right += q->answers[i].sign == '=';
    }
    return q->kind == CT_GIFT_SHORT || n_right == 1;
}

/* ---- the whole ---- */

const char *ct_gift_form_keyword(const struct ct_gift_form *f)
{
    switch (f->q->kind) {
    case CT_GIFT_DESCRIPTION:
        return NULL;
    case CT_GIFT_ESSAY:
        return "Reflect";
    case CT_GIFT_MATCH:
        return f->fill_in ? "Fill in" : "Match";
    case CT_GIFT_TRUE_FALSE:
    case CT_GIFT_CHOICE:
    case CT_GIFT_SHORT:
    case CT_GIFT_NUMBER:
        return f->fill_in ? "Fill in" : "Question";
    }
    return NULL;
}

void ct_gift_form_write(struct ct_gift_form *f)
{
    switch (f->q->kind) {
    case CT_GIFT_DESCRIPTION:
        ct_gift_note(f->notes, f->q->line,
                     "a text without a question stands on a page of its own, in front of the quiz");
        add_stem(f);
        break;
    case CT_GIFT_ESSAY:
        ct_gift_note(f->notes, f->q->line,
                     "an essay became a reflection, which nobody grades, in front of the quiz");
        f->kind = CT_Q_REFLECT;
        add_stem(f);
        break;
    case CT_GIFT_TRUE_FALSE:
        write_true_false(f);
        break;
    case CT_GIFT_CHOICE:
        f->fill_in ? write_missing_word(f) : write_choice(f);
        break;
    case CT_GIFT_SHORT:
        f->fill_in ? write_missing_word(f) : write_short(f);
        break;
    case CT_GIFT_NUMBER:
        write_number(f);
        break;
    case CT_GIFT_MATCH:
        f->fill_in ? write_match_gaps(f) : write_match(f);
        break;
    }
    add_why(f);
}
