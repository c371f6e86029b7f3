/*
 * test_answer.c: answers out of forms, into JSON and back.
 */
#include "ct_test.h"

#include "question_make.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { SEED = 7 };

/* Where a thing stands in the order shown. */
static size_t place_of(const struct ct_question *q, uint64_t seed, unsigned which, int64_t index)
{
    size_t order[CT_OPTIONS_MAX];
    size_t place = 0;
    ct_question_order(q, seed, which, order);
    while ((int64_t)order[place] != index)
        place++;
    return place;
}

/* The form that a browser would send for an answer. */
static void present(struct ct_arena *a, const struct ct_question *q, uint64_t seed,
                    const struct ct_answer *ans, struct ct_form *ret)
{
    *ret = (struct ct_form){NULL, 0};
    struct ct_sv id = q->id;
    struct ct_sv whole = ct_arena_printf(a, "q.%.*s", CT_SV_ARG(id));
    for (size_t i = 0; i < ans->n; i++) {
        const struct ct_answer_part *p = &ans->parts[i];
        struct ct_sv name = whole;
        struct ct_sv value = p->text;
        if (q->kind == CT_Q_SINGLE || q->kind == CT_Q_MULTIPLE)
            value = ct_arena_printf(a, "%zu", place_of(q, seed, 0, p->pick));
        if (q->kind == CT_Q_ORDER) {
            name = ct_arena_printf(a, "q.%.*s.%zu", CT_SV_ARG(id), place_of(q, seed, 0, p->pick));
            value = ct_arena_printf(a, "%zu", i + 1);
        }
        if (q->kind == CT_Q_MATCH) {
            name =
                ct_arena_printf(a, "q.%.*s.%zu", CT_SV_ARG(id), place_of(q, seed, 0, (int64_t)i));
            value =
                p->pick < 0 ? CT_SV("") : ct_arena_printf(a, "%zu", place_of(q, seed, 1, p->pick));
        }
        if (q->kind == CT_Q_GAPS) {
            name = ct_arena_printf(a, "q.%.*s.%zu", CT_SV_ARG(id), i);
            if (p->pick >= 0)
                value = ct_arena_printf(a, "%zu", place_of(q, seed, 2 + (unsigned)i, p->pick));
        }
        make_field(a, ret, name, value);
    }
}

static void same_answer(const char *name, const struct ct_answer *got, const struct ct_answer *want)
{
    CT_EQ_I64(name, got->n, want->n);
    for (size_t i = 0; i < want->n; i++) {
        CT_EQ_I64(name, got->parts[i].pick, want->parts[i].pick);
        CT_EQ_SV(name, got->parts[i].text, want->parts[i].text);
        CT_EQ_I64(name, got->parts[i].text.p == NULL, want->parts[i].text.p == NULL);
    }
}

/* A small generator of its own, so that the test does not lean on what it tests. */
static uint32_t roll(uint32_t *s, uint32_t bound)
{
    *s = *s * 1664525u + 1013904223u;
    return (*s >> 16) % bound;
}

static struct ct_answer random_answer(struct ct_arena *a, const struct ct_question *q, uint32_t *s)
{
    static const char *const texts[] = {"72", "safety plan", "ein Wort", "a b", "¿sí?", "18"};
    int picks[8] = {0};
    size_t n = 0;
    struct ct_answer ans;
    switch (q->kind) {
    case CT_Q_SINGLE:
        picks[0] = (int)roll(s, (uint32_t)q->n_options);
        return make_picks(a, picks, 1);
    case CT_Q_MULTIPLE:
        for (int i = 0; i < (int)q->n_options; i++)
            if (roll(s, 2) == 1)
                picks[n++] = i;
        return make_picks(a, picks, n);
    case CT_Q_ORDER:
        for (n = 0; n < q->n_options; n++) {
            size_t j = roll(s, (uint32_t)n + 1);
            if (j < n)
                picks[n] = picks[j];
            picks[j] = (int)n;
        }
        return make_picks(a, picks, n);
    case CT_Q_MATCH:
        picks[0] = (int)roll(s, (uint32_t)q->n_targets);
        for (n = 1; n < q->n_options; n++)
            picks[n] = (int)roll(s, (uint32_t)q->n_targets + 1) - 1;
        return make_picks(a, picks, n);
    case CT_Q_GAPS:
        picks[0] = -1;
        picks[1] = (int)roll(s, 3) - 1;
        ans = make_picks(a, picks, 2);
        ans.parts[0].text = ct_sv_c(texts[roll(s, 6)]);
        return ans;
    case CT_Q_NUMBER:
    case CT_Q_TEXT:
    case CT_Q_REFLECT:
        return make_typed(a, texts[roll(s, 6)]);
    }
    return make_picks(a, picks, 0);
}

static void what_is_presented_is_read_back(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    uint32_t dice = 2024;
    CT_EACH (kind, make_kinds) {
        const struct ct_question *q = make_kind(&a, *kind);
        for (uint64_t seed = 0; seed < 200; seed++) {
            struct ct_answer want = random_answer(&a, q, &dice);
            struct ct_answer got;
            struct ct_form form;
            struct ct_err err = CT_ERR_INIT;
            present(&a, q, seed, &want, &form);
            CT_OK_("read", ct_answer_read(&a, q, seed, &form, &got, &err), &err);
            same_answer(q->id.p, &got, &want);
        }
    }
}

static void what_is_stored_comes_back(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    uint32_t dice = 99;
    CT_EACH (kind, make_kinds) {
        const struct ct_question *q = make_kind(&a, *kind);
        for (int i = 0; i < 50; i++) {
            struct ct_answer want = random_answer(&a, q, &dice);
            struct ct_answer got;
            struct ct_err err = CT_ERR_INIT;
            CT_AUTO_JSON *json = ct_answer_json(&want);
            CT_OK_("back", ct_answer_from_json(&a, q, json, &got, &err), &err);
            same_answer(q->id.p, &got, &want);
        }
    }
}

static void forms_that_are_no_answer_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ct_question_kind kind;
        const char *query;
        const char *field;
    } cases[] = {
        {"no such place", CT_Q_SINGLE, "q.single=4", "q.single"},
        {"far too large a place", CT_Q_SINGLE, "q.single=18446744073709551616", "q.single"},
        {"negative", CT_Q_SINGLE, "q.single=-1", "q.single"},
        {"no number", CT_Q_SINGLE, "q.single=x", "q.single"},
        {"leading zero", CT_Q_SINGLE, "q.single=01", "q.single"},
        {"two picks for one", CT_Q_SINGLE, "q.single=1&q.single=2", "q.single"},
        {"the same pick twice", CT_Q_SINGLE, "q.single=1&q.single=1", "q.single"},
        {"a part of what has none", CT_Q_SINGLE, "q.single.0=1", "q.single.0"},
        {"one of several places wrong", CT_Q_MULTIPLE, "q.multiple=1&q.multiple=5", "q.multiple"},
        {"two numbers", CT_Q_NUMBER, "q.number=1&q.number=2", "q.number"},
        {"two texts, the first blank", CT_Q_TEXT, "q.text=&q.text=b", "q.text"},
        {"a text in parts", CT_Q_TEXT, "q.text.0=b", "q.text.0"},
        {"order as a whole", CT_Q_ORDER, "q.order=1", "q.order"},
        {"order of no item", CT_Q_ORDER, "q.order.5=1", "q.order.5"},
        {"position 0", CT_Q_ORDER, "q.order.0=0", "q.order.0"},
        {"position past the end", CT_Q_ORDER, "q.order.1=6", "q.order.1"},
        {"position in words", CT_Q_ORDER, "q.order.1=first", "q.order.1"},
        {"two positions for one item", CT_Q_ORDER, "q.order.1=1&q.order.1=2", "q.order.1"},
        {"two names of one place", CT_Q_ORDER, "q.order.1=1&q.order.01=2", "q.order.01"},
        {"no such prompt", CT_Q_MATCH, "q.match.4=0", "q.match.4"},
        {"no such target", CT_Q_MATCH, "q.match.0=6", "q.match.0"},
        {"no such gap", CT_Q_GAPS, "q.gaps.2=x", "q.gaps.2"},
        {"no such option of a gap", CT_Q_GAPS, "q.gaps.1=2", "q.gaps.1"},
        {"a place too long to be one", CT_Q_GAPS, "q.gaps.00000000000000001=0",
         "q.gaps.00000000000000001"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        const struct ct_question *q = make_kind(&a, c->kind);
        struct ct_form form;
        struct ct_err err = CT_ERR_INIT;
        struct ct_answer ans = {NULL, 77};
        CT_OK_(c->name, ct_form_parse(&a, ct_sv_c(c->query), &form, &err), &err);
        CT_EQ_I64(c->name, ct_answer_read(&a, q, SEED, &form, &ans, &err), CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->field);
        CT_EQ_I64("nothing is written on failure", ans.n, 77);
    }
}

static void blank_is_not_answered(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ct_question_kind kind;
        const char *query;
    } cases[] = {
        {"nothing at all", CT_Q_SINGLE, ""},
        {"another's fields", CT_Q_SINGLE, "q.singleton=1&q.other=1&single=1&csrf=x"},
        {"a name that goes on", CT_Q_SINGLE, "q.single.x=1&q.single.=2"},
        {"no choice", CT_Q_SINGLE, "q.single="},
        {"no choices", CT_Q_MULTIPLE, "q.multiple="},
        {"blank number", CT_Q_NUMBER, "q.number=+%0D%0A"},
        {"blank text", CT_Q_REFLECT, "q.reflect=+++"},
        {"no positions", CT_Q_ORDER, "q.order.0=&q.order.1=+"},
        {"no targets", CT_Q_MATCH, "q.match.0=&q.match.3="},
        {"no gaps", CT_Q_GAPS, "q.gaps.0=&q.gaps.1="},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        const struct ct_question *q = make_kind(&a, c->kind);
        struct ct_form form;
        struct ct_err err = CT_ERR_INIT;
        struct ct_answer ans = {NULL, 77};
        struct ct_grade grade;
        CT_OK_(c->name, ct_form_parse(&a, ct_sv_c(c->query), &form, &err), &err);
        CT_OK_(c->name, ct_answer_read(&a, q, SEED, &form, &ans, &err), &err);
        CT_EQ_I64(c->name, ans.n, 0);
        ct_question_grade(&a, q, &ans, &grade);
        CT_EQ_I64(c->name, grade.answered || grade.right, false);
    }
}

/* Positions by place in the display, and the display order of the items that must come out. */
static void positions_become_an_order(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *positions[5];
        size_t want[5]; /* places */
    } cases[] = {
        {"as displayed", {"1", "2", "3", "4", "5"}, {0, 1, 2, 3, 4}},
        {"turned round", {"5", "4", "3", "2", "1"}, {4, 3, 2, 1, 0}},
        {"blanks come last", {"", "1", "", "2", ""}, {1, 3, 0, 2, 4}},
        {"equal ones follow the display", {"2", "1", "2", "1", "2"}, {1, 3, 0, 2, 4}},
        {"one position only", {NULL, NULL, " 5 ", NULL, NULL}, {2, 0, 1, 3, 4}},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_question *q = make_kind(&a, CT_Q_ORDER);
    size_t order[CT_OPTIONS_MAX];
    ct_question_order(q, SEED, 0, order);
    CT_EACH (c, cases) {
        struct ct_form form = {NULL, 0};
        struct ct_err err = CT_ERR_INIT;
        struct ct_answer ans;
        for (size_t i = 0; i < 5; i++)
            if (c->positions[i] != NULL)
                make_field(&a, &form, ct_arena_printf(&a, "q.order.%zu", i),
                           ct_sv_c(c->positions[i]));
        CT_OK_(c->name, ct_answer_read(&a, q, SEED, &form, &ans, &err), &err);
        CT_EQ_I64(c->name, ans.n, 5);
        for (size_t i = 0; i < 5; i++)
            CT_EQ_I64(c->name, ans.parts[i].pick, order[c->want[i]]);
    }
}

static void texts_are_trimmed_and_limited(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_question *q = make_kind(&a, CT_Q_REFLECT);
    struct ct_form form = {NULL, 0};
    struct ct_err err = CT_ERR_INIT;
    struct ct_answer ans;
    make_field(&a, &form, CT_SV("q.reflect"), CT_SV("\r\n one\r\ntwo\r\n\r\nthree \r\n"));
    CT_OK_("read", ct_answer_read(&a, q, SEED, &form, &ans, &err), &err);
    CT_EQ_SV("lines as Unix has them", ans.parts[0].text, CT_SV("one\ntwo\n\nthree"));

    char *text = ct_arena_alloc(&a, CT_ANSWER_TEXT_MAX + 1);
    memset(text, 'x', CT_ANSWER_TEXT_MAX + 1);
    form.fields[0].value = ct_sv_n(text, CT_ANSWER_TEXT_MAX);
    CT_OK_("as long as allowed", ct_answer_read(&a, q, SEED, &form, &ans, &err), &err);
    CT_EQ_I64("whole", ans.parts[0].text.n, CT_ANSWER_TEXT_MAX);
    form.fields[0].value = ct_sv_n(text, CT_ANSWER_TEXT_MAX + 1);
    CT_EQ_I64("too long", ct_answer_read(&a, q, SEED, &form, &ans, &err), CT_TOO_BIG);
    CT_EQ_STR("field", err.what, "q.reflect");
}

static void picks_of_several_are_ascending_and_single(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_question *q = make_kind(&a, CT_Q_MULTIPLE);
    struct ct_form form;
    struct ct_err err = CT_ERR_INIT;
    struct ct_answer ans;
    CT_OK_(
        "form",
        ct_form_parse(&a, CT_SV("q.multiple=4&q.multiple=0&q.multiple=4&q.multiple="), &form, &err),
        &err);
    CT_OK_("read", ct_answer_read(&a, q, SEED, &form, &ans, &err), &err);
    CT_EQ_I64("two picks", ans.n, 2);
    assert_true(ans.parts[0].pick < ans.parts[1].pick);
}

static void stored_nonsense_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ct_question_kind kind;
        const char *json;
        int want;
    } cases[] = {
        {"unanswered", CT_Q_SINGLE, "[]", CT_OK},
        {"no array", CT_Q_SINGLE, "{}", CT_BAD_INPUT},
        {"two picks for one", CT_Q_SINGLE, "[1,2]", CT_BAD_INPUT},
        {"pick past the end", CT_Q_SINGLE, "[4]", CT_BAD_INPUT},
        {"negative pick", CT_Q_SINGLE, "[-1]", CT_BAD_INPUT},
        {"text for a pick", CT_Q_SINGLE, "[\"1\"]", CT_BAD_INPUT},
        {"real for a pick", CT_Q_SINGLE, "[1.0]", CT_BAD_INPUT},
        {"null for a pick", CT_Q_SINGLE, "[null]", CT_BAD_INPUT},
        {"not ascending", CT_Q_MULTIPLE, "[2,1]", CT_BAD_INPUT},
        {"twice", CT_Q_MULTIPLE, "[2,2]", CT_BAD_INPUT},
        {"number as a number", CT_Q_NUMBER, "[72]", CT_BAD_INPUT},
        {"blank text", CT_Q_TEXT, "[\" \"]", CT_BAD_INPUT},
        {"order too short", CT_Q_ORDER, "[0,1,2]", CT_BAD_INPUT},
        {"order with a repeat", CT_Q_ORDER, "[0,1,2,3,3]", CT_BAD_INPUT},
        {"whole order", CT_Q_ORDER, "[4,1,2,0,3]", CT_OK},
        {"match with gaps", CT_Q_MATCH, "[null,5,null,0]", CT_OK},
        {"match of nothing", CT_Q_MATCH, "[null,null,null,null]", CT_BAD_INPUT},
        {"match of no target", CT_Q_MATCH, "[0,1,2,6]", CT_BAD_INPUT},
        {"text in a gap that picks", CT_Q_GAPS, "[\"18\",\"required\"]", CT_BAD_INPUT},
        {"pick in a gap that types", CT_Q_GAPS, "[0,0]", CT_BAD_INPUT},
        {"second gap alone", CT_Q_GAPS, "[null,1]", CT_OK},
        {"too many gaps", CT_Q_GAPS, "[null,1,1]", CT_BAD_INPUT},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_answer ans;
        CT_AUTO_JSON *json = NULL;
        CT_OK_(c->name, ct_json_parse(ct_sv_c(c->json), 1000, &json, &err), &err);
        CT_EQ_I64(c->name, ct_answer_from_json(&a, make_kind(&a, c->kind), json, &ans, &err),
                  c->want);
    }
}

static void fields_know_their_question(void **state)
{
    (void)state;
    static const struct {
        const char *name, *field;
        bool want;
    } cases[] = {
        {"whole", "q.order", true},          {"part", "q.order.12", true},
        {"longer id", "q.order-2", false},   {"other part", "q.order.a", false},
        {"no part", "q.order.", false},      {"shorter", "q.orde", false},
        {"without q", "order", false},       {"empty", "", false},
        {"two parts", "q.order.1.2", false}, {"another letter", "p.order", false},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_question *q = make_kind(&a, CT_Q_ORDER);
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_answer_owns(q, ct_sv_c(c->field)), c->want);
}

static void words_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        size_t want;
    } cases[] = {
        {"none", "", 0},
        {"blanks", " \n\t", 0},
        {"three", "one two\nthree", 3},
        {"no-break space",
         "uno\xc2\xa0"
         "dos",
         2},
        {"accents are letters", "sí señora", 2},
        {"edges", "  a  ", 1},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_answer_words(ct_sv_c(c->text)), c->want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_presented_is_read_back),
        cmocka_unit_test(what_is_stored_comes_back),
        cmocka_unit_test(forms_that_are_no_answer_are_refused),
        cmocka_unit_test(blank_is_not_answered),
        cmocka_unit_test(positions_become_an_order),
        cmocka_unit_test(texts_are_trimmed_and_limited),
        cmocka_unit_test(picks_of_several_are_ascending_and_single),
        cmocka_unit_test(stored_nonsense_is_refused),
        cmocka_unit_test(fields_know_their_question),
        cmocka_unit_test(words_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
