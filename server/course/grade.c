/*
 * grade.c: what an answer is worth. Only compares: what was answered is read in answer.c.
 */
#include "question_priv.h"

#include "chips_priv.h"
#include "suggest_priv.h"

#include "ct/base/banned.h"

enum { DIGIT_GROUP = 3, NUMBER_TEXT_MAX = 40 };

/* Small letters for the alphabets that our courses are written in; not for all of Unicode. */
static uint32_t lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ||
        (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40f)
        return c + 0x50;
    /* Latin Extended-A: pairs of large and small, in two runs of different parity. */
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177))
        return c | 1u;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
        return c % 2 == 1 ? c + 1 : c;
    return c;
}

static bool ends_sentence(struct ct_sv s, size_t *ret_bytes)
{
    if (s.n >= 3 && memcmp(s.p + s.n - 3, "\xe2\x80\xa6", 3) == 0) {
        *ret_bytes = 3;
        return true;
    }
    *ret_bytes = 1;
    return s.n > 0 && strchr(".,;:!?", s.p[s.n - 1]) != NULL;
}

static struct ct_sv drop_punctuation(struct ct_sv s)
{
    size_t bytes;
    struct ct_sv kept = s;
    while (ends_sentence(kept, &bytes))
        kept = ct_sv_trim(ct_sv_sub(kept, 0, kept.n - bytes));
    while (ct_sv_starts(kept, CT_SV("\xc2\xbf")) || ct_sv_starts(kept, CT_SV("\xc2\xa1")))
        kept = ct_sv_trim(ct_sv_sub(kept, 2, kept.n)); /* ¿ ¡ belong to the end's ? ! */
    return kept.n > 0 ? kept : s;
}

struct ct_sv ct_text_fold(struct ct_arena *a, struct ct_sv text)
{
    struct ct_sv rest = ct_fold(a, text);
    CT_AUTO_STR out = CT_STR_INIT(SIZE_MAX / 2);
    bool blank = true;
    while (rest.n > 0) {
        uint32_t c = ct_sv_rune(&rest);
        bool is_blank = c <= ' ';
        if (is_blank && !blank)
            ct_str_add_char(&out, ' ');
        else if (!is_blank)
            ct_str_add_rune(&out, lower(c));
        blank = is_blank;
    }
    return drop_punctuation(ct_sv_trim(ct_arena_dup(a, ct_str_sv(&out))));
}

static bool next_digit(struct ct_sv *s, char *ret)
{
    while (s->n > 0) {
        *ret = s->p[0];
        *s = ct_sv_sub(*s, 1, s->n);
        if (*ret >= '0' && *ret <= '9')
            return true;
    }
    return false;
}

/* "18" for "16" is another fact, not a slip of the finger. */
static bool same_digits(struct ct_sv x, struct ct_sv y)
{
    char c = '\0';
    char d = '\0';
    for (;;) {
        bool more = next_digit(&x, &c);
        if (more != next_digit(&y, &d))
            return false;
        if (!more)
            return true;
        if (c != d)
            return false;
    }
}

static size_t runes(struct ct_sv s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

bool ct_text_near(struct ct_sv x, struct ct_sv y, int typos)
{
    if (ct_sv_eq(x, y))
        return true;
    size_t limit = typos > 0 ? (size_t)typos : 0;
    size_t nx = runes(x);
    size_t ny = runes(y);
    size_t shorter = nx < ny ? nx : ny;
    /* A word of which every letter may be wrong would accept anything as short. */
    if (limit >= shorter)
        limit = shorter > 0 ? shorter - 1 : 0;
    if (limit == 0 || (nx > ny ? nx - ny : ny - nx) > limit || !same_digits(x, y))
        return false;
    return ct_edit_distance(x, y, limit) <= limit;
}

static bool is_digit(struct ct_sv s, size_t i)
{
    return i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
}

/* Whether at i a separator (comma or blank) of thousands stands: `run` digits before it, exactly
 * three behind it. "0,500" is a half. */
static bool splits_thousands(struct ct_sv s, size_t i, size_t run, bool grouped)
{
    size_t digits = 0;
    while (is_digit(s, i + 1 + digits))
        digits++;
    if (digits != DIGIT_GROUP || run == 0 || run > DIGIT_GROUP)
        return false;
    return grouped || run > 1 || s.p[i - 1] != '0';
}

/* "1,000" and "1 000" lose their separators; a comma that separates no thousands is a decimal one.
 */
static bool plain_digits(struct ct_sv s, char *buf, size_t *ret_n)
{
    size_t n = 0;
    bool point = false;
    size_t run = 0; /* digits since the start or the last separator of thousands */
    bool grouped = false;
    if (s.n >= NUMBER_TEXT_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool separator = c == ',' || c == ' ';
        if (separator && !point && splits_thousands(s, i, run, grouped)) {
            grouped = true;
            run = 0;
            continue;
        }
        if (c == ' ' || (c == ',' && (point || grouped)))
            return false;
        point = point || c == ',' || c == '.';
        run += c >= '0' && c <= '9';
        buf[n++] = c == ',' ? '.' : c;
    }
    *ret_n = n;
    return true;
}

/* Takes the unit off either end: "72 hours", "72 hour", "$5". */
static struct ct_sv drop_unit(struct ct_sv s, struct ct_sv unit)
{
    if (unit.n == 0)
        return s;
    if (ct_sv_ends(s, unit))
        return ct_sv_trim(ct_sv_sub(s, 0, s.n - unit.n));
    if (ct_sv_starts(s, unit))
        return ct_sv_trim(ct_sv_sub(s, unit.n, s.n));
    return s;
}

bool ct_number_read(struct ct_arena *a, struct ct_sv text, struct ct_sv unit, double *ret)
{
    char buf[NUMBER_TEXT_MAX];
    size_t n;
    struct ct_sv s = ct_text_fold(a, text);
    struct ct_sv u = ct_text_fold(a, unit);
    struct ct_sv bare = drop_unit(s, u);
    if (bare.n == s.n && u.n > 1 && u.p[u.n - 1] == 's')
        bare = drop_unit(s, ct_sv_sub(u, 0, u.n - 1));
    else if (bare.n == s.n && u.n > 0)
        bare = drop_unit(s, ct_arena_printf(a, "%.*ss", CT_SV_ARG(u)));
    if (!plain_digits(bare, buf, &n))
        return false;
    return ct_sv_double(ct_sv_n(buf, n), ret);
}

/* Bounds come from sums like 72 - 0.1, which binary fractions miss by a hair. */
static bool within(double x, double low, double high)
{
    double size = x < 0 ? -x : x;
    double slack = 1e-9 * (size > 1.0 ? size : 1.0);
    return x >= low - slack && x <= high + slack;
}

static bool accepts(struct ct_arena *a, const struct ct_sv *accepted, size_t n, struct ct_sv answer,
                    int typos)
{
    struct ct_sv folded = ct_text_fold(a, answer);
    for (size_t i = 0; i < n; i++)
        if (ct_text_near(folded, ct_text_fold(a, accepted[i]), typos))
            return true;
    return false;
}

static bool case_hits(struct ct_arena *a, const struct ct_question *q, const struct ct_case *c,
                      struct ct_sv answer, int typos)
{
    double x;
    if (c->is_range)
        return ct_number_read(a, answer, q->unit, &x) && within(x, c->low, c->high);
    return accepts(a, &c->text, 1, answer, typos);
}

/* The case that is meant literally, before one that is meant up to a typo. A right answer is never
 * taken for a misspelt wrong one. */
static const struct ct_case *find_case(struct ct_arena *a, const struct ct_question *q,
                                       struct ct_sv answer, bool right)
{
    int most = right ? 0 : q->typos;
    for (int typos = 0; typos <= most; typos++)
        for (size_t i = 0; i < q->n_cases; i++)
            if (case_hits(a, q, &q->cases[i], answer, typos))
                return &q->cases[i];
    return NULL;
}

static double typed_share(struct ct_arena *a, const struct ct_question *q, struct ct_sv answer,
                          struct ct_grade *ret)
{
    double x;
    bool right = q->kind == CT_Q_NUMBER
                     ? ct_number_read(a, answer, q->unit, &x) && within(x, q->low, q->high)
                     : accepts(a, q->accepted, q->n_accepted, answer, q->typos);
    ret->hit = find_case(a, q, answer, right);
    return right ? 1.0 : 0.0;
}

static bool option_right(const struct ct_question *q, int64_t pick)
{
    return pick >= 0 && (size_t)pick < q->n_options && q->options[pick].right;
}

static double picks_share(const struct ct_question *q, const struct ct_answer *ans)
{
    size_t good = 0;
    size_t all = 0;
    for (size_t i = 0; i < ans->n; i++)
        good += option_right(q, ans->parts[i].pick);
    for (size_t i = 0; i < q->n_options; i++)
        all += q->options[i].right;
    size_t bad = ans->n - good;
    if (good == all && bad == 0 && all > 0)
        return 1.0;
    if (!q->each || good <= bad)
        return 0.0;
    return (double)(good - bad) / (double)all;
}

/* Two targets that read the same are the same to the learner. */
static bool target_right(const struct ct_question *q, size_t i, int64_t pick)
{
    if (pick < 0 || (size_t)pick >= q->n_targets || i >= q->n_targets)
        return false;
    return (size_t)pick == i || (ct_sv_eq(q->targets[pick].plain, q->targets[i].plain) &&
                                 ct_sv_eq(q->targets[pick].html, q->targets[i].html));
}

static bool gap_right(struct ct_arena *a, const struct ct_question *q, size_t i,
                      const struct ct_answer_part *part)
{
    const struct ct_gap *gap = &q->gaps[i];
    if (gap->is_choice)
        return part->pick >= 0 && (size_t)part->pick < gap->n && gap->options[part->pick].right;
    return part->text.p != NULL && accepts(a, gap->accepted, gap->n, part->text, q->typos);
}

static bool part_right(struct ct_arena *a, const struct ct_question *q, size_t i,
                       const struct ct_answer_part *part)
{
    if (q->kind == CT_Q_GAPS)
        return i < q->n_gaps && gap_right(a, q, i, part);
    if (q->kind == CT_Q_MATCH)
        return target_right(q, i, part->pick);
    return part->pick >= 0 && (size_t)part->pick < q->n_options && i < q->n_options &&
           ct_question_tied(q, i, (size_t)part->pick);
}

static double parts_share(struct ct_arena *a, const struct ct_question *q,
                          const struct ct_answer *ans, struct ct_grade *ret)
{
    size_t n = q->kind == CT_Q_GAPS ? q->n_gaps : q->n_options;
    size_t good = 0;
    ret->part_right = ct_arena_array(a, bool, ans->n);
    for (size_t i = 0; i < ans->n; i++) {
        ret->part_right[i] = part_right(a, q, i, &ans->parts[i]);
        good += ret->part_right[i];
    }
    if (good >= n)
        return 1.0;
    return q->each ? (double)good / (double)n : 0.0;
}

static double share_of(struct ct_arena *a, const struct ct_question *q, const struct ct_answer *ans,
                       struct ct_grade *ret)
{
    switch (q->kind) {
    case CT_Q_SINGLE:
        return option_right(q, ans->parts[0].pick) ? 1.0 : 0.0;
    case CT_Q_MULTIPLE:
        return picks_share(q, ans);
    case CT_Q_NUMBER:
    case CT_Q_TEXT:
        return typed_share(a, q, ans->parts[0].text, ret);
    case CT_Q_ORDER:
    case CT_Q_MATCH:
    case CT_Q_GAPS:
        return parts_share(a, q, ans, ret);
    case CT_Q_REFLECT:
        return 0.0;
    }
    return 0.0;
}

void ct_question_grade(struct ct_arena *a, const struct ct_question *q, const struct ct_answer *ans,
                       struct ct_grade *ret)
{
    *ret =
        (struct ct_grade){.answered = ans->n > 0, .graded = !q->survey && q->kind != CT_Q_REFLECT};
    if (q->kind == CT_Q_REFLECT && ret->answered && q->words > 0)
        ret->answered = ct_answer_words(ans->parts[0].text) >= (size_t)q->words;
    if (!ret->answered || !ret->graded)
        return;
    ret->share = share_of(a, q, ans, ret);
    ret->right = ret->share >= 1.0;
}
