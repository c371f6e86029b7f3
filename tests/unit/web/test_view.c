/*
 * test_view.c: models of questions and blocks: what they say, and above all what they do not say
 * yet.
 */
#include "course/question_make.h"
#include "ct_test.h"

#include "ct/base/limits.h"
#include "ct/web/view.h"

#include "ct/base/banned.h"

/* A view in the initializer of something static. */
#define VIEW(lit)                                                                                  \
    {                                                                                              \
        "" lit, sizeof(lit) - 1                                                                    \
    }

static const struct ct_disciplines disciplines = {
    .items = {{VIEW("prosecutor"), VIEW("Prosecutor"), VIEW("prosecutors")},
              {VIEW("caseworker"), VIEW("Caseworker"), VIEW("caseworkers")}},
    .n = 2};
enum { PROSECUTOR = 1, CASEWORKER = 2 };

static struct ct_view view_of(struct ct_arena *a, enum ct_question_view how)
{
    return (struct ct_view){.arena = a,
                            .disciplines = &disciplines,
                            .own = PROSECUTOR,
                            .questions = how,
                            .practice_url = CT_SV("/here/practice"),
                            .csrf = "token"};
}

static char *text_of(const json_t *model)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_PAGE_MAX);

    ct_json_write(&text, model);
    return strdup(text.p);
}

/* Everything that must stay on the server, marked so that it can be found again. */
static void add_secrets(struct ct_arena *a, struct ct_question *q)
{
    static const char *const accepted[] = {"SECRET accepted"};
    struct ct_case *answer_case = ct_arena_new(a, struct ct_case);

    for (size_t i = 0; i < q->n_options; i++) {
        q->options[i].feedback_html = CT_SV("SECRET feedback");
        q->options[i].not_chosen_html = CT_SV("SECRET not chosen");
    }
    for (size_t i = 0; i < q->n_gaps; i++)
        if (!q->gaps[i].is_choice) {
            q->gaps[i].accepted = make_texts(a, accepted, 1);
            q->gaps[i].n = 1;
        }
    if (q->kind == CT_Q_TEXT) {
        q->accepted = make_texts(a, accepted, 1);
        q->n_accepted = 1;
    }
    *answer_case = (struct ct_case){.text = CT_SV("SECRET case"), .html = CT_SV("SECRET said")};
    q->cases = answer_case;
    q->n_cases = 1;
    q->why_html = CT_SV("SECRET why");
    q->model_html = CT_SV("SECRET model answer");
}

/* The same question with other things right. The written order is the right one, so for orders and
 * matches the written order changes. */
static struct ct_question *turned(struct ct_arena *a, enum ct_question_kind kind)
{
    struct ct_question *q = make_kind(a, kind);

    add_secrets(a, q);
    for (size_t i = 0; i < q->n_options; i++)
        q->options[i].right = !q->options[i].right;
    for (size_t i = 0; i < q->n_gaps; i++)
        for (size_t k = 0; q->gaps[i].is_choice && k < q->gaps[i].n; k++)
            q->gaps[i].options[k].right = !q->gaps[i].options[k].right;
    q->low += 1000;
    q->high += 2000;
    q->each = true;
    q->typos = 3;
    if (kind == CT_Q_ORDER)
        for (size_t i = 0; i < q->n_options / 2; i++) {
            struct ct_option o = q->options[i];
            q->options[i] = q->options[q->n_options - 1 - i];
            q->options[q->n_options - 1 - i] = o;
        }
    if (kind == CT_Q_MATCH) {
        struct ct_option o = q->targets[0];
        q->targets[0] = q->targets[1];
        q->targets[1] = o;
    }
    return q;
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The items of a list without their order, which is chance's: only what there is to be seen. */
static void unorder(json_t *list, const char *text_key)
{
    const char *texts[CT_OPTIONS_MAX];
    size_t n = json_array_size(list);

    for (size_t i = 0; i < n; i++)
        texts[i] = json_string_value(json_object_get(json_array_get(list, i), text_key));
    qsort(texts, n, sizeof texts[0], by_text);
    json_t *sorted = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(sorted, json_string(texts[i]));
    json_array_clear(list);
    json_array_extend(list, sorted);
    json_decref(sorted);
}

static json_t *open_model(struct ct_arena *a, const struct ct_question *q,
                          const struct ct_answer *answer, const struct ct_grade *grade)
{
    struct ct_view v = view_of(a, CT_VIEW_QUIZ);
    json_t *model = ct_view_question(&v, q, 7, answer, grade);
    json_t *prompt;
    size_t i;

    if (q->kind == CT_Q_ORDER)
        unorder(json_object_get(model, "items"), "label");
    json_array_foreach(json_object_get(model, "prompts"), i, prompt)
        unorder(json_object_get(prompt, "targets"), "text");
    return model;
}

static void an_open_quiz_is_the_same_whatever_is_right(void **state)
{
    (void)state;
    CT_EACH (kind, make_kinds) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_question *q = make_kind(&a, *kind);
        struct ct_grade right = {.answered = true, .graded = true, .right = true, .share = 1.0};
        struct ct_grade wrong = {.answered = true, .graded = true};
        add_secrets(&a, q);
        CT_AUTO_JSON *one = open_model(&a, q, NULL, NULL);
        CT_AUTO_JSON *other = open_model(&a, turned(&a, *kind), NULL, NULL);
        CT_AUTO_JSON *with_right = open_model(&a, q, NULL, &right);
        CT_AUTO_JSON *with_wrong = open_model(&a, q, NULL, &wrong);
        char *text = text_of(one);
        if (!json_equal(one, other) || strstr(text, "SECRET"))
            print_error("%.*s differs or tells: %s\n", CT_SV_ARG(q->id), text);
        assert_true(json_equal(one, other));
        assert_true(json_equal(one, with_right));
        assert_true(json_equal(one, with_wrong));
        assert_null(strstr(text, "SECRET"));
        free(text);
    }
}

static void a_saved_answer_is_shown_and_nothing_else(void **state)
{
    (void)state;
    CT_EACH (kind, make_kinds) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_view v = view_of(&a, CT_VIEW_QUIZ);
        struct ct_question *q = make_kind(&a, *kind);
        struct ct_answer answer = make_right(&a, q);
        struct ct_grade grade;
        add_secrets(&a, q);
        ct_question_grade(&a, q, &answer, &grade);
        CT_AUTO_JSON *model = ct_view_question(&v, q, 7, &answer, &grade);
        char *text = text_of(model);
        static const char *const marks[] = {"\"is_hit\":true", "\"is_slip\":true",
                                            "\"is_missed\":true"};
        CT_EACH (mark, marks)
            assert_null(strstr(text, *mark));
        assert_null(strstr(text, "SECRET"));
        assert_true(json_is_null(json_object_get(model, "result")));
        assert_true(strstr(text, "\"chosen\":true") || strstr(text, "\"selected\":true") ||
                    json_is_string(json_object_get(model, "value")));
        free(text);
    }
}

static bool flag(const json_t *object, const char *key)
{
    assert_true(json_is_boolean(json_object_get(object, key)));
    return json_is_true(json_object_get(object, key));
}

/* The list's element whose `key` is `text`. */
static const json_t *with(const json_t *model, const char *list, const char *key, const char *text)
{
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(model, list), i,
                       one) if (ct_sv_eq_c(ct_json_get_sv(one, key), text)) return one;
    fail_msg("%s has nothing with %s = %s", list, key, text);
    return NULL;
}

static json_t *answered(struct ct_arena *a, enum ct_question_view how, const struct ct_question *q,
                        const struct ct_answer *answer)
{
    struct ct_view v = view_of(a, how);
    struct ct_grade grade;

    ct_question_grade(a, q, answer, &grade);
    return ct_view_question(&v, q, 7, answer, &grade);
}

static void practice_tells_about_what_was_chosen(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *q = make_kind(&a, CT_Q_SINGLE); /* b is right */
    static const int picks[] = {2};
    struct ct_answer answer = make_picks(&a, picks, 1);
    const json_t *option, *result;

    (void)state;
    add_secrets(&a, q);
    q->options[2].feedback_html = CT_SV("About c");
    CT_AUTO_JSON *model = answered(&a, CT_VIEW_PRACTICE, q, &answer);
    option = with(model, "options", "text_html", "c");
    assert_true(flag(option, "chosen") && flag(option, "is_slip") && !flag(option, "is_hit"));
    CT_EQ_SV("feedback", ct_json_get_sv(option, "feedback_html"), CT_SV("About c"));
    option = with(model, "options", "text_html", "b");
    assert_false(flag(option, "is_missed")); /* one may try again */
    option = with(model, "options", "text_html", "a");
    assert_true(json_is_null(json_object_get(option, "feedback_html")));
    result = json_object_get(model, "result");
    assert_true(flag(result, "is_wrong") && !flag(result, "has_points"));
    assert_false(flag(model, "locked"));
    assert_false(flag(model, "is_graded"));
    CT_EQ_SV("form", ct_json_get_sv(model, "practice_action"), CT_SV("/here/practice"));
}

static void practice_without_an_answer_tells_nothing(void **state)
{
    (void)state;
    CT_EACH (kind, make_kinds) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_view v = view_of(&a, CT_VIEW_PRACTICE);
        struct ct_question *q = make_kind(&a, *kind);
        add_secrets(&a, q);
        CT_AUTO_JSON *model = ct_view_question(&v, q, 7, NULL, NULL);
        char *text = text_of(model);
        assert_null(strstr(text, "SECRET"));
        free(text);
    }
}

static void practice_never_gives_the_right_answer_away(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum ct_question_kind kind;
        const char *typed;
    } cases[] = {{"number", CT_Q_NUMBER, "5"}, {"text", CT_Q_TEXT, "no idea"}};

    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_question *q = make_kind(&a, c->kind);
        struct ct_answer answer = make_typed(&a, c->typed);
        CT_AUTO_JSON *model = answered(&a, CT_VIEW_PRACTICE, q, &answer);
        const json_t *result = json_object_get(model, "result");
        assert_true(json_is_null(json_object_get(result, "right_text")));
        assert_true(flag(result, "is_wrong"));
    }
}

static void a_result_shows_what_was_right(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const int picks[] = {0, 1};
    struct ct_question *q = make_kind(&a, CT_Q_MULTIPLE); /* a, c, e */
    struct ct_answer answer = make_picks(&a, picks, 2);
    const json_t *result;

    (void)state;
    q->each = true;
    q->points = 3;
    q->options[2].not_chosen_html = CT_SV("Think of c");
    q->why_html = CT_SV("Because");
    CT_AUTO_JSON *model = answered(&a, CT_VIEW_RESULT, q, &answer);
    assert_true(flag(with(model, "options", "text_html", "a"), "is_hit"));
    assert_true(flag(with(model, "options", "text_html", "b"), "is_slip"));
    assert_true(flag(with(model, "options", "text_html", "c"), "is_missed"));
    assert_false(flag(with(model, "options", "text_html", "d"), "is_missed"));
    CT_EQ_SV("left out", ct_json_get_sv(with(model, "options", "text_html", "c"), "feedback_html"),
             CT_SV("Think of c"));
    assert_true(flag(model, "locked") && flag(model, "is_graded"));
    result = json_object_get(model, "result");
    CT_EQ_SV("points", ct_json_get_sv(result, "points_got"), CT_SV("0"));
    CT_EQ_SV("why", ct_json_get_sv(result, "why_html"), CT_SV("Because"));
    assert_true(flag(result, "is_wrong") && !flag(result, "is_unanswered"));
}

static void parts_are_marked_one_by_one(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const int picks[] = {0, 2, 1, 3}; /* the second and third changed places */
    struct ct_question *q = make_kind(&a, CT_Q_MATCH);
    struct ct_answer answer = make_picks(&a, picks, 4);
    const json_t *prompt;

    (void)state;
    q->each = true;
    CT_AUTO_JSON *practice = answered(&a, CT_VIEW_PRACTICE, q, &answer);
    CT_AUTO_JSON *result = answered(&a, CT_VIEW_RESULT, q, &answer);
    prompt = with(practice, "prompts", "label", "b");
    assert_true(flag(prompt, "is_slip"));
    assert_true(json_is_null(json_object_get(prompt, "right_text")));
    assert_true(flag(with(practice, "prompts", "label", "a"), "is_hit"));
    CT_EQ_SV("chosen, in full", ct_json_get_sv(prompt, "chosen_text"), CT_SV("C"));
    CT_EQ_SV("right target", ct_json_get_sv(with(result, "prompts", "label", "b"), "right_text"),
             CT_SV("B"));
    assert_true(json_is_null(json_object_get(with(result, "prompts", "label", "a"), "right_text")));
    assert_true(flag(json_object_get(result, "result"), "is_partly"));
    CT_EQ_SV("half a point", ct_json_get_sv(json_object_get(result, "result"), "points_got"),
             CT_SV("0.5"));
}

static void an_order_stands_as_the_learner_put_it(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    static const int picks[] = {1, 0, 2, 3, 4};
    static const char *const labels[] = {"b", "a", "c", "d", "e"};
    struct ct_question *q = make_kind(&a, CT_Q_ORDER);
    struct ct_answer answer = make_picks(&a, picks, 5);
    json_t *item;
    size_t i;

    (void)state;
    CT_AUTO_JSON *model = answered(&a, CT_VIEW_RESULT, q, &answer);
    json_array_foreach(json_object_get(model, "items"), i, item)
    {
        const json_t *position = json_array_get(json_object_get(item, "positions"), i);
        CT_EQ_SV("item", ct_json_get_sv(item, "label"), ct_sv_c(labels[i]));
        assert_true(flag(position, "selected"));
        assert_true(flag(item, i < 2 ? "is_slip" : "is_hit"));
    }
    CT_EQ_I64("items", i, 5);
    assert_true(flag(json_object_get(model, "result"), "has_right_order"));
    CT_EQ_I64("right order",
              json_array_size(json_object_get(json_object_get(model, "result"), "right_order")), 5);
}

static void what_was_not_answered_is_said_so(void **state)
{
    static const struct {
        const char *name;
        enum ct_question_kind kind;
        const char *right;
    } cases[] = {{"number", CT_Q_NUMBER, "70 to 74 hours"}, {"text", CT_Q_TEXT, "safety plan"}};

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_answer none = {NULL, 0};
        CT_AUTO_JSON *model = answered(&a, CT_VIEW_RESULT, make_kind(&a, c->kind), &none);
        const json_t *result = json_object_get(model, "result");
        assert_true(flag(result, "is_wrong") && flag(result, "is_unanswered"));
        CT_EQ_SV(c->name, ct_json_get_sv(result, "right_text"), ct_sv_c(c->right));
        assert_true(json_is_null(json_object_get(model, "value")));
    }
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_answer none = {NULL, 0};
    CT_AUTO_JSON *gaps = answered(&a, CT_VIEW_RESULT, make_kind(&a, CT_Q_GAPS), &none);
    CT_EQ_SV("gap", ct_json_get_sv(json_array_get(json_object_get(gaps, "gaps"), 0), "right_text"),
             CT_SV("18"));
}

static void surveys_and_reflections_are_never_marked(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_question *survey = make_kind(&a, CT_Q_SINGLE);
    struct ct_question *reflect = make_kind(&a, CT_Q_REFLECT);
    struct ct_answer pick = make_right(&a, survey), few = make_typed(&a, "two words");

    (void)state;
    survey->survey = true;
    reflect->words = 5;
    reflect->model_html = CT_SV("Others wrote this");
    CT_AUTO_JSON *one = answered(&a, CT_VIEW_RESULT, survey, &pick);
    CT_AUTO_JSON *two = answered(&a, CT_VIEW_PRACTICE, reflect, &few);
    assert_false(flag(with(one, "options", "text_html", "b"), "is_hit"));
    assert_true(flag(json_object_get(one, "result"), "is_kept"));
    assert_false(flag(one, "is_graded"));
    assert_true(json_is_null(json_object_get(json_object_get(two, "result"), "model_html")));
    few = make_typed(&a, "but these are now five");
    CT_AUTO_JSON *three = answered(&a, CT_VIEW_PRACTICE, reflect, &few);
    CT_EQ_SV("model answer", ct_json_get_sv(json_object_get(three, "result"), "model_html"),
             CT_SV("Others wrote this"));
}

static void a_static_rendering_tells_nothing(void **state)
{
    (void)state;
    CT_EACH (kind, make_kinds) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_view v = view_of(&a, CT_VIEW_STATIC);
        struct ct_question *q = make_kind(&a, *kind);
        struct ct_answer answer = make_right(&a, q);
        struct ct_grade grade;
        add_secrets(&a, q);
        ct_question_grade(&a, q, &answer, &grade);
        CT_AUTO_JSON *model = ct_view_question(&v, q, 0, &answer, &grade);
        CT_AUTO_JSON *bare = ct_view_question(&v, q, 0, NULL, NULL);
        char *text = text_of(model);
        assert_true(json_equal(model, bare));
        assert_null(strstr(text, "SECRET"));
        assert_true(flag(model, "locked"));
        assert_true(json_is_null(json_object_get(model, "practice_action")));
        free(text);
    }
}

static const struct ct_block inner = {.kind = CT_BLOCK_HTML, .html = VIEW("<p>In</p>\n")};

static void blocks_carry_what_their_kind_has(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_view v = view_of(&a, CT_VIEW_PRACTICE);
    const struct ct_block blocks[] = {
        {.kind = CT_BLOCK_HTML, .html = CT_SV("<p>Text</p>\n")},
        {.kind = CT_BLOCK_NOTE, .note = CT_NOTE_CONTENT, .children = &inner, .n_children = 1},
        {.kind = CT_BLOCK_PASSAGE,
         .id = CT_SV("p1"),
         .disciplines = PROSECUTOR,
         .children = &inner,
         .n_children = 1},
        {.kind = CT_BLOCK_PASSAGE,
         .id = CT_SV("p2"),
         .disciplines = CASEWORKER,
         .level = 2,
         .title_html = CT_SV("A <em>title</em>"),
         .children = &inner,
         .n_children = 1},
        {.kind = CT_BLOCK_MEDIA, .url = CT_SV("/content/c/a.mp4"), .is_video = true},
    };
    const json_t *b;

    (void)state;
    v.opened_url = CT_SV("/here/opened");
    CT_AUTO_JSON *list = ct_view_blocks(&v, blocks, 5);
    CT_EQ_I64("blocks", json_array_size(list), 5);
    CT_EQ_SV("html", ct_json_get_sv(json_array_get(list, 0), "body_html"), CT_SV("<p>Text</p>\n"));
    b = json_array_get(list, 1);
    assert_true(flag(b, "is_note") && flag(b, "is_content") && !flag(b, "is_important"));
    CT_EQ_I64("child", json_array_size(json_object_get(b, "blocks")), 1);
    b = json_array_get(list, 2);
    assert_true(flag(b, "is_passage") && flag(b, "is_own") && !flag(b, "has_title"));
    CT_EQ_SV("name", ct_json_get_sv(b, "name"), CT_SV("prosecutors"));
    b = json_array_get(list, 3);
    assert_true(!flag(b, "is_own") && flag(b, "has_title"));
    CT_EQ_I64("level", json_integer_value(json_object_get(b, "level")), 3);
    CT_EQ_SV("opened", ct_json_get_sv(b, "opened_action"), CT_SV("/here/opened"));
    b = json_array_get(list, 4);
    assert_true(flag(b, "is_media") && flag(b, "is_video"));
    assert_true(json_is_null(json_object_get(b, "captions")));
}

static void what_is_asked_of_others_is_read_only(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_view v = view_of(&a, CT_VIEW_PRACTICE);
    struct ct_question *mine = make_kind(&a, CT_Q_SINGLE), *theirs = make_kind(&a, CT_Q_TEXT);
    const struct ct_block blocks[] = {{.kind = CT_BLOCK_QUESTION, .question = mine},
                                      {.kind = CT_BLOCK_QUESTION, .question = theirs}};

    (void)state;
    theirs->disciplines = CASEWORKER;
    CT_AUTO_JSON *list = ct_view_blocks(&v, blocks, 2);
    assert_false(flag(json_object_get(json_array_get(list, 0), "question"), "locked"));
    assert_true(flag(json_object_get(json_array_get(list, 1), "question"), "locked"));
}

static void a_scene_shows_what_holds(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_view v = view_of(&a, CT_VIEW_STATIC);
    struct ct_comparison test = {.variable = 0, .op = CT_GE, .value = 2};
    struct ct_condition trusted = {.tests = &test, .n = 1};
    const struct ct_block blocks[] = {
        {.kind = CT_BLOCK_HTML, .html = CT_SV("always")},
        {.kind = CT_BLOCK_HTML, .html = CT_SV("trusted"), .shown_if = &trusted}};
    struct ct_state now = {0};

    (void)state;
    CT_AUTO_JSON *whole = ct_view_blocks(&v, blocks, 2);
    v.state = &now;
    CT_AUTO_JSON *before = ct_view_blocks(&v, blocks, 2);
    now.variables[0] = 2;
    CT_AUTO_JSON *after = ct_view_blocks(&v, blocks, 2);
    CT_EQ_I64("without a state all", json_array_size(whole), 2);
    CT_EQ_I64("before", json_array_size(before), 1);
    CT_EQ_I64("after", json_array_size(after), 2);
}

static void a_discipline_is_named_and_marked(void **state)
{
    CT_AUTO_JSON *known = ct_view_discipline(&disciplines, CT_SV("caseworker"));
    CT_AUTO_JSON *gone = ct_view_discipline(&disciplines, CT_SV("law-enforcement"));

    (void)state;
    CT_EQ_SV("name", ct_json_get_sv(known, "name"), CT_SV("Caseworker"));
    CT_EQ_I64("mark", json_integer_value(json_object_get(known, "mark")), 2);
    CT_EQ_SV("one that is no more", ct_json_get_sv(gone, "name"),
             CT_SV("Law enforcement (no longer in the curriculum)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_quiz_is_the_same_whatever_is_right),
        cmocka_unit_test(a_saved_answer_is_shown_and_nothing_else),
        cmocka_unit_test(practice_tells_about_what_was_chosen),
        cmocka_unit_test(practice_without_an_answer_tells_nothing),
        cmocka_unit_test(practice_never_gives_the_right_answer_away),
        cmocka_unit_test(a_result_shows_what_was_right),
        cmocka_unit_test(parts_are_marked_one_by_one),
        cmocka_unit_test(an_order_stands_as_the_learner_put_it),
        cmocka_unit_test(what_was_not_answered_is_said_so),
        cmocka_unit_test(surveys_and_reflections_are_never_marked),
        cmocka_unit_test(a_static_rendering_tells_nothing),
        cmocka_unit_test(blocks_carry_what_their_kind_has),
        cmocka_unit_test(what_is_asked_of_others_is_read_only),
        cmocka_unit_test(a_scene_shows_what_holds),
        cmocka_unit_test(a_discipline_is_named_and_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
