/*
 * gift_read.c: a block of a GIFT bank as a question. Everything stays a view of the bank, with its
 * escapes; what it becomes is gift_write.c's.
 */
#include "gift_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { ANSWERS_MAX = 100, NOTES_MAX = 1000 };

/* ---- notes and lines ---- */

void ct_gift_note(struct ct_gift_notes *n, int line, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    int length = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    struct ct_sv s = ct_sv_n(text, length < 0 ? 0 : strlen(text));
    while (s.n > 0 && !ct_sv_utf8(s))
        s.n--; /* cut within a character */
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)text[i] < ' ')
            text[i] = ' ';
    if (n->n >= NOTES_MAX)
        return;
    if (n->n == NOTES_MAX - 1)
        s = CT_SV("there is more to say; import the bank in parts");
    for (size_t i = n->n; i-- > 0 && n->items[i].line == line;)
        if (ct_sv_eq(n->items[i].text, s))
            return;
    struct ct_gift_note note = {line, ct_arena_dup(n->arena, s)};
    CT_ARENA_PUSH(n->arena, n->items, n->n, n->cap, note);
}

int ct_gift_line(const struct ct_gift_lines *lines, const char *p)
{
    size_t at = (size_t)(p - lines->bank), low = 0, high = lines->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (int)low + 1;
}

/* ---- pieces ---- */

size_t ct_gift_find(struct ct_sv s, char c)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == c)
            return i;
    }
    return SIZE_MAX;
}

/* The first of two signs. */
static size_t find_sign(struct ct_sv s, char a, char b)
{
    size_t x = ct_gift_find(s, a), y = ct_gift_find(s, b);
    return x < y ? x : y;
}

struct reading {
    struct ct_gift_notes *notes;
    const struct ct_gift_lines *lines;
    struct ct_gift_question *q;
    enum ct_gift_format format; /* of the question's text; others have the same unless they say */
    size_t cap;
};

static struct ct_gift_text text_of(const struct reading *r, struct ct_sv raw)
{
    static const struct {
        const char *tag;
        enum ct_gift_format format;
    } formats[] = {{"[html]", CT_GIFT_HTML},
                   {"[moodle]", CT_GIFT_MOODLE},
                   {"[plain]", CT_GIFT_PLAIN},
                   {"[markdown]", CT_GIFT_MARKDOWN}};
    struct ct_sv s = ct_sv_trim(raw);
    struct ct_gift_text t = {s, r->format, ct_gift_line(r->lines, s.n ? s.p : raw.p)};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct ct_sv tag = ct_sv_c(formats[i].tag);
        if (!ct_sv_ieq(ct_sv_sub(s, 0, tag.n), tag))
            continue;
        t.raw = ct_sv_trim(ct_sv_sub(s, tag.n, SIZE_MAX));
        t.format = formats[i].format;
    }
    return t;
}

/* Takes "%50%" off the front. */
static void take_weight(struct ct_sv *s, struct ct_gift_answer *ret)
{
    if (s->n == 0 || s->p[0] != '%')
        return;
    size_t end = ct_sv_find(ct_sv_sub(*s, 1, SIZE_MAX), '%');
    if (end == SIZE_MAX || !ct_sv_double(ct_sv_trim(ct_sv_sub(*s, 1, end)), &ret->weight))
        return;
    ret->has_weight = true;
    *s = ct_sv_trim(ct_sv_sub(*s, end + 2, SIZE_MAX));
}

/* "%50%text#feedback", for matching "text -> partner". */
static struct ct_gift_answer answer_of(const struct reading *r, char sign, struct ct_sv s)
{
    struct ct_gift_answer answer = {.sign = sign};
    s = ct_sv_trim(s);
    take_weight(&s, &answer);
    size_t hash = ct_gift_find(s, '#');
    struct ct_sv text = ct_sv_sub(s, 0, hash);
    if (hash != SIZE_MAX)
        answer.feedback = text_of(r, ct_sv_sub(s, hash + 1, SIZE_MAX));
    size_t arrow = r->q->kind == CT_GIFT_MATCH ? ct_sv_search(text, CT_SV("->")) : SIZE_MAX;
    answer.text = text_of(r, ct_sv_sub(text, 0, arrow));
    if (arrow != SIZE_MAX)
        answer.partner = text_of(r, ct_sv_sub(text, arrow + 2, SIZE_MAX));
    return answer;
}

static bool push(struct reading *r, struct ct_gift_answer answer)
{
    struct ct_gift_question *q = r->q;
    if (q->n == ANSWERS_MAX) {
        ct_gift_note(r->notes, q->line, "a question with over %d answers was left out",
                     ANSWERS_MAX);
        return false;
    }
    CT_ARENA_PUSH(r->notes->arena, q->answers, q->n, r->cap, answer);
    return true;
}

/* "=a ~b": each begins with its sign. */
static bool read_answers(struct reading *r, struct ct_sv s)
{
    size_t at = find_sign(s, '=', '~');
    struct ct_sv front = ct_sv_trim(ct_sv_sub(s, 0, at));
    bool bare = r->q->kind == CT_GIFT_SHORT || r->q->kind == CT_GIFT_NUMBER;
    if (front.n > 0 && bare && !push(r, answer_of(r, '\0', front)))
        return false;
    if (front.n > 0 && !bare)
        ct_gift_note(r->notes, ct_gift_line(r->lines, front.p),
                     "the text in front of the first answer was left out");
    s = at == SIZE_MAX ? CT_SV("") : ct_sv_sub(s, at, SIZE_MAX);
    while (s.n > 0) {
        size_t end = find_sign(ct_sv_sub(s, 1, SIZE_MAX), '=', '~');
        struct ct_sv one = ct_sv_sub(s, 1, end);
        if (!push(r, answer_of(r, s.p[0], one)))
            return false;
        s = end == SIZE_MAX ? CT_SV("") : ct_sv_sub(s, end + 1, SIZE_MAX);
    }
    return true;
}

/* "T", "FALSE#when wrong#when right" */
static bool read_true_false(struct reading *r, struct ct_sv s)
{
    size_t hash = ct_gift_find(s, '#');
    struct ct_sv word = ct_sv_trim(ct_sv_sub(s, 0, hash));
    bool is_true = ct_sv_ieq(word, CT_SV("t")) || ct_sv_ieq(word, CT_SV("true"));
    if (!is_true && !ct_sv_ieq(word, CT_SV("f")) && !ct_sv_ieq(word, CT_SV("false")))
        return false;
    r->q->kind = CT_GIFT_TRUE_FALSE;
    r->q->is_true = is_true;
    struct ct_gift_answer wrong = {.sign = '\0'}, right = {.sign = '\0'};
    if (hash != SIZE_MAX) {
        struct ct_sv rest = ct_sv_sub(s, hash + 1, SIZE_MAX);
        size_t second = ct_gift_find(rest, '#');
        wrong.feedback = text_of(r, ct_sv_sub(rest, 0, second));
        if (second != SIZE_MAX)
            right.feedback = text_of(r, ct_sv_sub(rest, second + 1, SIZE_MAX));
    }
    return push(r, wrong) && push(r, right);
}

/* What stands between the braces, without the general feedback. */
static bool read_braces(struct reading *r, struct ct_sv s)
{
    struct ct_gift_question *q = r->q;
    s = ct_sv_trim(s);
    q->kind = CT_GIFT_ESSAY;
    if (s.n == 0)
        return true;
    if (s.p[0] == '#') {
        q->kind = CT_GIFT_NUMBER;
        return read_answers(r, ct_sv_sub(s, 1, SIZE_MAX));
    }
    q->kind = CT_GIFT_CHOICE;
    if (ct_gift_find(s, '~') != SIZE_MAX)
        return read_answers(r, s);
    bool equal = ct_gift_find(s, '=') != SIZE_MAX;
    if (!equal && read_true_false(r, s))
        return true;
    q->kind = equal && ct_sv_search(s, CT_SV("->")) != SIZE_MAX ? CT_GIFT_MATCH : CT_GIFT_SHORT;
    return read_answers(r, s);
}

/* The last "####" and what is behind it, off the end of *s. */
static struct ct_sv take_general(struct ct_sv *s)
{
    struct ct_sv general = CT_SV_NULL, all = *s;
    for (size_t i = 0; i + 4 <= all.n; i++) {
        if (all.p[i] == '\\') {
            i++;
        } else if (ct_sv_starts(ct_sv_sub(all, i, SIZE_MAX), CT_SV("####"))) {
            *s = ct_sv_sub(all, 0, i);
            general = ct_sv_sub(all, i + 4, SIZE_MAX);
            i += 3;
        }
    }
    return general;
}

/* Takes "::name::" off the front. */
static void take_name(struct reading *r, struct ct_sv *s)
{
    if (!ct_sv_starts(*s, CT_SV("::")))
        return;
    struct ct_sv rest = ct_sv_sub(*s, 2, SIZE_MAX);
    for (size_t at = 0; at < rest.n;) {
        size_t colon = ct_gift_find(ct_sv_sub(rest, at, SIZE_MAX), ':');
        if (colon == SIZE_MAX)
            return;
        at += colon;
        if (at + 1 < rest.n && rest.p[at + 1] == ':') {
            struct ct_sv name = ct_sv_trim(ct_sv_sub(rest, 0, at));
            r->q->name = (struct ct_gift_text){name, CT_GIFT_PLAIN, r->q->line};
            *s = ct_sv_trim(ct_sv_sub(rest, at + 2, SIZE_MAX));
            return;
        }
        at++;
    }
}

static bool leave_out(const struct reading *r, const char *why)
{
    ct_gift_note(r->notes, r->q->line, "the question was left out: %s", why);
    return false;
}

bool ct_gift_read(struct ct_gift_notes *notes, const struct ct_gift_lines *lines,
                  struct ct_sv block, struct ct_gift_question *ret)
{
    struct reading r = {notes, lines, ret, CT_GIFT_MOODLE, 0};
    struct ct_sv id = ret->id;
    *ret = (struct ct_gift_question){.line = ct_gift_line(lines, block.p), .id = id};
    take_name(&r, &block);
    struct ct_gift_text whole = text_of(&r, block);
    r.format = whole.format;
    size_t open = ct_gift_find(whole.raw, '{');
    if (open == SIZE_MAX) {
        ret->kind = CT_GIFT_DESCRIPTION;
        ret->text = whole;
        return ct_gift_find(whole.raw, '}') == SIZE_MAX || leave_out(&r, "its { is missing");
    }
    struct ct_sv inside = ct_sv_sub(whole.raw, open + 1, SIZE_MAX);
    size_t close = ct_gift_find(inside, '}');
    if (close == SIZE_MAX)
        return leave_out(&r, "its } is missing");
    struct ct_sv behind = ct_sv_sub(inside, close + 1, SIZE_MAX);
    if (find_sign(behind, '{', '}') != SIZE_MAX)
        return leave_out(&r, "it has more than one pair of { }; part questions by an empty line");
    inside = ct_sv_sub(inside, 0, close);
    struct ct_sv general = take_general(&inside);
    ret->text = whole;
    ret->text.raw = ct_sv_sub(whole.raw, 0, open);
    if (ct_sv_trim(behind).n > 0)
        ret->behind = (struct ct_gift_text){behind, r.format, ct_gift_line(lines, behind.p)};
    if (general.p)
        ret->general = text_of(&r, general);
    return read_braces(&r, inside);
}
