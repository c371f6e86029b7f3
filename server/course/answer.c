/*
 * answer.c: answers from forms, and answers as they are stored. What an answer is worth is in
 * grade.c.
 */
#include "question_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum shape {
    SHAPE_PICKS, /* "q.ID" = place */
    SHAPE_TEXT,  /* "q.ID" = text */
    SHAPE_PARTS  /* "q.ID.PART" = place, position or text */
};

static enum shape shape_of(enum ct_question_kind kind)
{
    switch (kind) {
    case CT_Q_SINGLE:
    case CT_Q_MULTIPLE:
        return SHAPE_PICKS;
    case CT_Q_NUMBER:
    case CT_Q_TEXT:
    case CT_Q_REFLECT:
        return SHAPE_TEXT;
    case CT_Q_ORDER:
    case CT_Q_MATCH:
    case CT_Q_GAPS:
        return SHAPE_PARTS;
    }
    return SHAPE_TEXT;
}

static size_t part_count(const struct ct_question *q)
{
    return q->kind == CT_Q_GAPS ? q->n_gaps : q->n_options;
}

/* A place as our own pages write it: digits without a sign or leading zeros. */
static bool read_place(struct ct_sv s, size_t limit, size_t *ret)
{
    size_t v = 0;
    if (s.n == 0 || s.n > 4 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (size_t)(s.p[i] - '0');
    }
    if (v >= limit)
        return false;
    *ret = v;
    return true;
}

/* Splits "q.ID" and "q.ID.12": *ret_part is the null view or "12". False for other questions'
 * fields. */
static bool split_field(const struct ct_question *q, struct ct_sv field, struct ct_sv *ret_part)
{
    if (!ct_sv_starts(field, CT_SV("q.")))
        return false;
    struct ct_sv rest = ct_sv_sub(field, 2, field.n);
    if (!ct_sv_starts(rest, q->id))
        return false;
    rest = ct_sv_sub(rest, q->id.n, rest.n);
    *ret_part = CT_SV_NULL;
    if (rest.n == 0)
        return true;
    if (rest.n < 2 || rest.p[0] != '.')
        return false;
    for (size_t i = 1; i < rest.n; i++)
        if (rest.p[i] < '0' || rest.p[i] > '9')
            return false;
    *ret_part = ct_sv_sub(rest, 1, rest.n);
    return true;
}

bool ct_answer_owns(const struct ct_question *q, struct ct_sv field)
{
    struct ct_sv part;
    return split_field(q, field, &part);
}

/* What reading one form needs; `parts` is in written order but for ORDER, where it is by place. */
struct reader {
    struct ct_arena *arena;
    const struct ct_question *q;
    uint64_t seed;
    struct ct_answer_part *parts;
    size_t n;    /* parts there may be */
    bool *given; /* per part: its field was there */
    bool any;    /* something was answered */
    struct ct_err *err;
};

static int refuse_as(struct reader *r, enum ct_status code, struct ct_sv field, const char *why)
{
    char name[64];
    size_t n = field.n < sizeof name - 1 ? field.n : sizeof name - 1;
    if (n > 0)
        memcpy(name, field.p, n);
    name[n] = '\0';
    return ct_fail(r->err, code, name, "%s", why);
}

static int refuse(struct reader *r, struct ct_sv field, const char *why)
{
    return refuse_as(r, CT_BAD_INPUT, field, why);
}

static int read_text(struct reader *r, size_t part, const struct ct_form_field *f)
{
    if (f->value.n > CT_ANSWER_TEXT_MAX)
        return refuse_as(r, CT_TOO_BIG, f->name, "the answer is too long");
    struct ct_sv text = ct_sv_trim(f->value);
    if (text.n == 0)
        return CT_OK;
    r->parts[part].text = ct_arena_unix_lines(r->arena, text);
    r->any = true;
    return CT_OK;
}

/* A place among the n things of `which`, turned into the written index. Blank: nothing picked. */
static int read_pick(struct reader *r, unsigned which, const struct ct_form_field *f,
                     int64_t *ret_pick)
{
    size_t place;
    size_t order[CT_OPTIONS_MAX];
    struct ct_sv value = ct_sv_trim(f->value);
    *ret_pick = -1;
    if (value.n == 0)
        return CT_OK;
    if (!read_place(value, ct_question_count(r->q, which), &place))
        return refuse(r, f->name, "there is no such choice");
    ct_question_order(r->q, r->seed, which, order);
    *ret_pick = (int64_t)order[place];
    r->any = true;
    return CT_OK;
}

static int read_single(struct reader *r, const struct ct_form_field *f)
{
    int64_t pick;
    bool had = r->parts[0].pick >= 0;
    int s = read_pick(r, 0, f, &pick);
    if (s < 0 || pick < 0)
        return s;
    if (had)
        return refuse(r, f->name, "two answers to a question that takes one");
    r->parts[0].pick = pick;
    return CT_OK;
}

/* MULTIPLE keeps its picks as marks on the options until all are read. */
static int read_multiple(struct reader *r, const struct ct_form_field *f)
{
    int64_t pick;
    int s = read_pick(r, 0, f, &pick);
    if (s == CT_OK && pick >= 0)
        r->parts[pick].pick = pick;
    return s;
}

static int read_part(struct reader *r, struct ct_sv part, const struct ct_form_field *f)
{
    const struct ct_question *q = r->q;
    size_t place;
    size_t order[CT_OPTIONS_MAX];
    if (!read_place(part, r->n, &place))
        return refuse(r, f->name, "there is no such place in the question");
    if (r->given[place])
        return refuse(r, f->name, "two answers for one place");
    r->given[place] = true;
    if (q->kind == CT_Q_GAPS && !q->gaps[place].is_choice)
        return read_text(r, place, f);
    if (q->kind == CT_Q_GAPS)
        return read_pick(r, 2u + (unsigned)place, f, &r->parts[place].pick);
    if (q->kind == CT_Q_MATCH) {
        ct_question_order(q, r->seed, 0, order);
        return read_pick(r, 1, f, &r->parts[order[place]].pick);
    }
    struct ct_sv value = ct_sv_trim(f->value);
    size_t position;
    if (value.n == 0)
        return CT_OK;
    if (!read_place(value, r->n + 1, &position) || position == 0)
        return refuse(r, f->name, "there is no such position");
    r->parts[place].pick = (int64_t)position;
    r->any = true;
    return CT_OK;
}

static int read_field(struct reader *r, const struct ct_form_field *f)
{
    struct ct_sv part;
    if (!split_field(r->q, f->name, &part))
        return CT_OK;
    enum shape shape = shape_of(r->q->kind);
    if ((shape == SHAPE_PARTS) != (part.p != NULL))
        return refuse(r, f->name, "there is no such place in the question");
    if (shape == SHAPE_PARTS)
        return read_part(r, part, f);
    if (shape == SHAPE_PICKS)
        return r->q->kind == CT_Q_SINGLE ? read_single(r, f) : read_multiple(r, f);
    if (r->given[0])
        return refuse(r, f->name, "two answers to a question that takes one");
    r->given[0] = true;
    return read_text(r, 0, f);
}

/* From positions by place to items by position. Equal positions follow the display, blank ones come
 * last. */
static void settle_order(struct reader *r)
{
    size_t order[CT_OPTIONS_MAX];
    struct ct_answer_part *sorted = ct_arena_array(r->arena, struct ct_answer_part, r->n);
    size_t k = 0;
    ct_question_order(r->q, r->seed, 0, order);
    for (int64_t position = 1; position <= (int64_t)r->n + 1; position++) {
        int64_t wanted = position <= (int64_t)r->n ? position : -1;
        for (size_t place = 0; place < r->n; place++)
            if (r->parts[place].pick == wanted)
                sorted[k++].pick = (int64_t)order[place];
    }
    r->parts = sorted;
}

static void settle(struct reader *r, struct ct_answer *ret)
{
    ret->parts = r->parts;
    ret->n = 0;
    if (!r->any)
        return;
    ret->n = r->n;
    if (r->q->kind == CT_Q_ORDER) {
        settle_order(r);
        ret->parts = r->parts;
    } else if (r->q->kind == CT_Q_MULTIPLE) {
        ret->n = 0;
        for (size_t i = 0; i < r->n; i++)
            if (r->parts[i].pick >= 0)
                ret->parts[ret->n++].pick = r->parts[i].pick;
    }
}

static size_t parts_of(const struct ct_question *q)
{
    if (q->kind == CT_Q_MULTIPLE || shape_of(q->kind) == SHAPE_PARTS)
        return part_count(q);
    return 1;
}

static struct ct_answer_part *blank_parts(struct ct_arena *a, size_t n)
{
    struct ct_answer_part *parts = ct_arena_array(a, struct ct_answer_part, n);
    for (size_t i = 0; i < n; i++)
        parts[i].pick = -1;
    return parts;
}

int ct_answer_read(struct ct_arena *a, const struct ct_question *q, uint64_t seed,
                   const struct ct_form *form, struct ct_answer *ret, struct ct_err *err)
{
    struct reader r = {.arena = a, .q = q, .seed = seed, .n = parts_of(q), .err = err};
    r.parts = blank_parts(a, r.n);
    r.given = ct_arena_array(a, bool, r.n);
    for (size_t i = 0; i < form->n; i++) {
        int s = read_field(&r, &form->fields[i]);
        if (s < 0)
            return s;
    }
    settle(&r, ret);
    return CT_OK;
}

size_t ct_answer_words(struct ct_sv text)
{
    size_t words = 0;
    bool inside = false;
    while (text.n > 0) {
        uint32_t c = ct_sv_rune(&text);
        bool blank = c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x3000;
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

json_t *ct_answer_json(const struct ct_answer *ans)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ans->n; i++) {
        const struct ct_answer_part *part = &ans->parts[i];
        if (part->text.p != NULL)
            json_array_append_new(array, ct_json_sv(part->text));
        else if (part->pick >= 0)
            json_array_append_new(array, json_integer(part->pick));
        else
            json_array_append_new(array, json_null());
    }
    return array;
}

/* How many things part i of an answer may pick from; 0: it is typed. */
static size_t picks_from(const struct ct_question *q, size_t i)
{
    if (shape_of(q->kind) == SHAPE_TEXT)
        return 0;
    if (q->kind == CT_Q_GAPS)
        return ct_question_count(q, 2u + (unsigned)i);
    return q->kind == CT_Q_MATCH ? q->n_targets : q->n_options;
}

static bool may_be_null(enum ct_question_kind kind)
{
    return kind == CT_Q_MATCH || kind == CT_Q_GAPS;
}

static bool part_from_json(struct ct_arena *a, const struct ct_question *q, size_t i,
                           const json_t *json, struct ct_answer_part *ret)
{
    size_t picks = picks_from(q, i);
    ret->pick = -1;
    if (json_is_null(json))
        return may_be_null(q->kind);
    if (picks > 0) {
        json_int_t pick = json_integer_value(json);
        if (!json_is_integer(json) || pick < 0 || pick >= (json_int_t)picks)
            return false;
        ret->pick = pick;
        return true;
    }
    if (!json_is_string(json) || json_string_length(json) > CT_ANSWER_TEXT_MAX)
        return false;
    struct ct_sv text = {json_string_value(json), json_string_length(json)};
    if (ct_sv_trim(text).n == 0)
        return false;
    ret->text = ct_arena_dup(a, text);
    return true;
}

/* What holds between the parts: enough of them, ascending picks, each item once. */
static bool whole_is_sane(const struct ct_question *q, const struct ct_answer *ans)
{
    bool seen[CT_OPTIONS_MAX] = {false};
    bool any = false;
    size_t want = q->kind == CT_Q_MULTIPLE ? ans->n : parts_of(q);
    if (ans->n != want || ans->n > parts_of(q))
        return false;
    for (size_t i = 0; i < ans->n; i++) {
        int64_t pick = ans->parts[i].pick;
        any = any || pick >= 0 || ans->parts[i].text.p != NULL;
        if (q->kind == CT_Q_MULTIPLE && i > 0 && ans->parts[i - 1].pick >= pick)
            return false;
        if (q->kind == CT_Q_ORDER && seen[pick])
            return false;
        if (q->kind == CT_Q_ORDER)
            seen[pick] = true;
    }
    return any;
}

int ct_answer_from_json(struct ct_arena *a, const struct ct_question *q, const json_t *json,
                        struct ct_answer *ret, struct ct_err *err)
{
    if (!json_is_array(json) || json_array_size(json) > parts_of(q))
        return ct_fail(err, CT_BAD_INPUT, "answer", "not an answer to this question");
    struct ct_answer ans = {.n = json_array_size(json)};
    ans.parts = blank_parts(a, ans.n);
    for (size_t i = 0; i < ans.n; i++)
        if (!part_from_json(a, q, i, json_array_get(json, i), &ans.parts[i]))
            return ct_fail(err, CT_BAD_INPUT, "answer", "part %zu is no answer to this question",
                           i + 1);
    if (ans.n > 0 && !whole_is_sane(q, &ans))
        return ct_fail(err, CT_BAD_INPUT, "answer", "not an answer to this question");
    *ret = ans;
    return CT_OK;
}
