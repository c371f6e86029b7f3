/*
 * curriculum.h: a small curriculum made by hand, without parsing, for the tests of learning.
 *
 * Disciplines: prosecutor, caseworker, advocate, judge.
 * Course "core", required for prosecutors and caseworkers, recommended for advocates:
 *   "victims"  a lesson: sections opening, charging (prosecutors), practice; a quiz of 4 questions
 *   "law"      a lesson for prosecutors: one section, no quiz
 *   "motel"    a scenario with chairs for prosecutor, caseworker and judge (whose run ends at once)
 * Course "extra", for nobody in particular:
 *   "deep"     a quiz alone: two tries, an hour between them, answers shown after passing
 *   "feelings" a quiz of one question that is not graded
 */
#ifndef CT_TEST_LEARN_CURRICULUM_H
#define CT_TEST_LEARN_CURRICULUM_H

#include "ct/course/catalogue.h"

enum { PROSECUTOR = 1, CASEWORKER = 2, ADVOCATE = 4, JUDGE = 8 };

static inline struct ct_option *make_choices(struct ct_arena *a, size_t n, unsigned right)
{
    struct ct_option *options = ct_arena_array(a, struct ct_option, n);

    for (size_t i = 0; i < n; i++) {
        options[i].plain = options[i].html = ct_arena_printf(a, "option %zu", i);
        options[i].right = (right >> i & 1u) != 0;
    }
    return options;
}

/* Shown in written order, so that places in forms are written indexes. */
static inline struct ct_question *make_asked(struct ct_arena *a, enum ct_question_kind kind,
                                             const char *id, unsigned right, int points)
{
    struct ct_question *q = ct_arena_new(a, struct ct_question);

    q->kind = kind;
    q->id = ct_sv_c(id);
    q->title = q->id;
    q->points = points;
    q->disciplines = CT_DISC_ALL;
    if (kind == CT_Q_SINGLE || kind == CT_Q_MULTIPLE) {
        q->options = make_choices(a, 4, right);
        q->n_options = 4;
        q->each = kind == CT_Q_MULTIPLE;
    }
    if (kind == CT_Q_NUMBER) {
        q->low = 70;
        q->high = 74;
    }
    return q;
}

static inline struct ct_quiz *make_quiz(struct ct_arena *a, const struct ct_question **questions,
                                        size_t n)
{
    struct ct_quiz *quiz = ct_arena_new(a, struct ct_quiz);

    quiz->title = CT_SV("Quiz");
    quiz->questions = questions;
    quiz->n_questions = n;
    return quiz;
}

/* A module with its revision: the hash of its id and `edition`. */
static inline struct ct_module *make_module(struct ct_arena *a, const char *id, int minutes,
                                            ct_disc_set disciplines, const char *edition)
{
    struct ct_module *m = ct_arena_new(a, struct ct_module);
    struct ct_sv parts[] = {ct_sv_c(id), ct_sv_c(edition)};

    m->id = m->slug = m->title = ct_sv_c(id);
    m->path = ct_arena_printf(a, "core/01-%s.md", id);
    m->minutes = minutes;
    m->disciplines = disciplines;
    m->pass = -1;
    m->source = CT_SV("");
    ct_hash_parts_hex(parts, 2, m->revision);
    return m;
}

static inline struct ct_module *make_victims(struct ct_arena *a, const char *edition)
{
    struct ct_module *m = make_module(a, "victims", 45, CT_DISC_ALL, edition);
    struct ct_section *s = ct_arena_array(a, struct ct_section, 3);
    struct ct_block *blocks = ct_arena_array(a, struct ct_block, 2);
    struct ct_block *inside = ct_arena_array(a, struct ct_block, 1);
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 4);
    const struct ct_question **practice = ct_arena_array(a, const struct ct_question *, 2);
    struct ct_question *look = make_asked(a, CT_Q_SINGLE, "look", 2, 1);
    struct ct_question *visit = make_asked(a, CT_Q_SINGLE, "visit", 1, 1);

    visit->disciplines = CASEWORKER;
    inside[0] = (struct ct_block){.kind = CT_BLOCK_QUESTION, .question = visit};
    blocks[0] = (struct ct_block){.kind = CT_BLOCK_QUESTION, .question = look};
    blocks[1] = (struct ct_block){.kind = CT_BLOCK_PASSAGE,
                                  .id = CT_SV("p1"),
                                  .disciplines = CASEWORKER,
                                  .children = inside,
                                  .n_children = 1};
    s[0] = (struct ct_section){.slug = CT_SV("opening"), .disciplines = CT_DISC_ALL};
    s[1] = (struct ct_section){.slug = CT_SV("charging"), .disciplines = PROSECUTOR};
    s[2] = (struct ct_section){
        .slug = CT_SV("practice"), .disciplines = CT_DISC_ALL, .blocks = blocks, .n_blocks = 2};
    asked[0] = make_asked(a, CT_Q_SINGLE, "who", 1, 1);
    asked[1] = make_asked(a, CT_Q_MULTIPLE, "signs", 5, 2);
    asked[2] = make_asked(a, CT_Q_NUMBER, "hours", 0, 1);
    asked[3] = make_asked(a, CT_Q_REFLECT, "team", 0, 1);
    practice[0] = look;
    practice[1] = visit;
    m->sections = s;
    m->n_sections = 3;
    m->quiz = make_quiz(a, asked, 4);
    m->practice = practice;
    m->n_practice = 2;
    return m;
}

static inline struct ct_module *make_law(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "law", 20, PROSECUTOR, "1");
    struct ct_section *s = ct_arena_array(a, struct ct_section, 1);

    s[0] = (struct ct_section){.slug = CT_SV("statutes"), .disciplines = CT_DISC_ALL};
    m->sections = s;
    m->n_sections = 1;
    return m;
}

static inline const struct ct_condition *make_trust(struct ct_arena *a, int at_least)
{
    struct ct_condition *c = ct_arena_new(a, struct ct_condition);

    c->tests = ct_arena_alloc(a, sizeof *c->tests);
    c->tests->op = CT_GE;
    c->tests->value = at_least;
    c->n = 1;
    return c;
}

/* Scenes of the motel. */
enum { S_FIRST, S_PHONE, S_PLAN, S_RUNS, S_WHERE, N_SCENES };

static inline struct ct_choice make_choice(size_t target, ct_disc_set chairs)
{
    return (struct ct_choice){.target = target, .chairs = chairs, .once = -1};
}

static inline struct ct_module *make_motel(struct ct_arena *a, const char *edition)
{
    struct ct_module *m = make_module(a, "motel", 30, CT_DISC_ALL, edition);
    struct ct_scenario *sc = ct_arena_new(a, struct ct_scenario);
    struct ct_variable *trust = ct_arena_new(a, struct ct_variable);
    struct ct_scene *scenes = ct_arena_array(a, struct ct_scene, N_SCENES);
    struct ct_choice *first = ct_arena_array(a, struct ct_choice, 4);
    struct ct_choice *phone = ct_arena_array(a, struct ct_choice, 2);
    struct ct_effect *effects = ct_arena_array(a, struct ct_effect, 2);
    struct ct_rule *rules = ct_arena_array(a, struct ct_rule, 2);

    *trust = (struct ct_variable){.name = CT_SV("trust"), .start = 1, .high = 3};
    effects[0].value = 1;
    effects[1].value = -1;
    first[0] = make_choice(S_PHONE, CT_DISC_ALL);
    first[0].effects = &effects[0];
    first[0].n_effects = 1;
    first[1] = make_choice(S_PHONE, CT_DISC_ALL);
    first[1].effects = &effects[1];
    first[1].n_effects = 1;
    first[2] = make_choice(S_RUNS, CASEWORKER);
    first[3] = make_choice(S_PLAN, CT_DISC_ALL);
    first[3].needs = make_trust(a, 3);
    phone[0] = make_choice(S_PLAN, CT_DISC_ALL);
    phone[0].shown_if = make_trust(a, 2);
    phone[1] = make_choice(S_RUNS, CT_DISC_ALL);
    rules[0] = (struct ct_rule){.chairs = JUDGE, .target = S_RUNS};
    rules[1] = (struct ct_rule){.chairs = CT_DISC_ALL, .target = S_FIRST};
    scenes[S_FIRST] =
        (struct ct_scene){.anchor = CT_SV("first-words"), .choices = first, .n_choices = 4};
    scenes[S_PHONE] =
        (struct ct_scene){.anchor = CT_SV("the-phone"), .choices = phone, .n_choices = 2};
    scenes[S_PLAN] = (struct ct_scene){.anchor = CT_SV("ending-a-plan"),
                                       .title = CT_SV("A plan"),
                                       .is_ending = true,
                                       .outcome = CT_PASS};
    scenes[S_RUNS] = (struct ct_scene){.anchor = CT_SV("ending-she-runs"),
                                       .title = CT_SV("She runs"),
                                       .is_ending = true,
                                       .outcome = CT_FAIL};
    scenes[S_WHERE] = (struct ct_scene){
        .anchor = CT_SV("where"), .is_junction = true, .rules = rules, .n_rules = 2};
    *sc = (struct ct_scenario){.variables = trust,
                               .n_variables = 1,
                               .scenes = scenes,
                               .n_scenes = N_SCENES,
                               .start = S_WHERE,
                               .chairs = PROSECUTOR | CASEWORKER | JUDGE};
    m->kind = CT_MODULE_SCENARIO;
    m->scenario = sc;
    return m;
}

static inline struct ct_module *make_deep(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "deep", 0, CT_DISC_ALL, "1");
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 2);
    struct ct_quiz *quiz;

    asked[0] = make_asked(a, CT_Q_SINGLE, "one", 1, 1);
    asked[1] = make_asked(a, CT_Q_SINGLE, "two", 1, 2);
    quiz = make_quiz(a, asked, 2);
    quiz->wait = 3600;
    quiz->show = CT_SHOW_AFTER_PASSING;
    m->quiz = quiz;
    m->attempts = 2;
    m->pass = 60;
    return m;
}

static inline struct ct_module *make_feelings(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "feelings", 5, CT_DISC_ALL, "1");
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 1);

    asked[0] = make_asked(a, CT_Q_REFLECT, "how", 0, 1);
    m->quiz = make_quiz(a, asked, 1);
    return m;
}

static inline void make_disciplines(struct ct_disciplines *d)
{
    static const char *const names[][3] = {{"prosecutor", "Prosecutor", "prosecutors"},
                                           {"caseworker", "Caseworker", "caseworkers"},
                                           {"advocate", "Advocate", "advocates"},
                                           {"judge", "Judge", "judges"}};

    for (d->n = 0; d->n < 4; d->n++)
        d->items[d->n] = (struct ct_discipline){ct_sv_c(names[d->n][0]), ct_sv_c(names[d->n][1]),
                                                ct_sv_c(names[d->n][2])};
}

static inline struct ct_course make_course(struct ct_arena *a, const char *slug, const char *title,
                                           struct ct_module **modules, size_t n)
{
    struct ct_course c = {.slug = ct_sv_c(slug), .title = ct_sv_c(title), .pass = 80};
    const struct ct_module **list = ct_arena_array(a, const struct ct_module *, n);

    for (size_t i = 0; i < n; i++)
        list[i] = modules[i];
    c.modules = list;
    c.n_modules = n;
    ct_hash_hex(ct_arena_printf(a, "%s %s", slug, n ? modules[0]->revision : ""), c.revision);
    return c;
}

/* The curriculum; `edition` makes other revisions of victims and motel. */
static inline struct ct_catalogue *make_catalogue(struct ct_arena *a, const char *edition)
{
    struct ct_catalogue *cat = ct_arena_new(a, struct ct_catalogue);
    struct ct_course *courses = ct_arena_array(a, struct ct_course, 2);
    struct ct_module *core[] = {make_victims(a, edition), make_law(a), make_motel(a, edition)};
    struct ct_module *extra[] = {make_deep(a), make_feelings(a)};

    make_disciplines(&cat->disciplines);
    courses[0] = make_course(a, "core", "The core course", core, 3);
    courses[0].required_for = PROSECUTOR | CASEWORKER;
    courses[0].recommended_for = ADVOCATE;
    courses[1] = make_course(a, "extra", "More", extra, 2);
    cat->courses = courses;
    cat->n_courses = 2;
    cat->pass = 80;
    return cat;
}

#endif
