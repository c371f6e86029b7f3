/*
 * test_scenario_picture.c: what the picture of a scenario tells, for sound scenarios and broken
 * ones.
 */
#include "course_test.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/course/scenario_picture.h"

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024 };

#define CASE "# Scenario: S\n\n`x = 1 (0 to 3)`\n\n## Start\n\nText.\n\n- [Go](#ending-end)\n"
#define END  "\n## Ending: End\n\n`pass`\n"

static void picture_of(struct parsed *p, struct ct_sv source, ct_disc_set chair,
                       struct ct_scenario_picture *ret)
{
    struct ct_err err = CT_ERR_INIT;
    test_parse(p, source, "05-case.md", "en", false);
    assert_non_null(p->module->scenario);
    CT_OK_("picture", ct_scenario_picture(&p->arena, p->module->scenario, chair, ret, &err), &err);
}

static struct ct_sv motel(struct ct_arena *a)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv source;
    CT_OK_("read",
           ct_file_read(a, CT_SOURCE_DIR "/tests/unit/course/data/motel-call.md", CT_SOURCE_MAX,
                        &source, &err),
           &err);
    return source;
}

static const struct ct_scene_info *scene(const struct ct_scenario_picture *p, const char *anchor)
{
    for (size_t i = 0; i < p->n; i++)
        if (ct_sv_eq_c(p->scenario->scenes[i].anchor, anchor))
            return &p->scenes[i];
    fail_msg("no scene %s", anchor);
    return NULL;
}

static void the_motel_call_is_told(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    struct ct_scenario_picture pic;
    picture_of(&p, motel(&a), CT_DISC_ALL, &pic);
    CT_EQ_I64("scenes", pic.n, 7);
    assert_true(pic.complete);
    CT_EQ_I64("states of the largest chair", pic.n_states, 25);
    CT_EQ_I64("first", scene(&pic, "first-words")->role, CT_ROLE_SCENE);
    CT_EQ_I64("open", scene(&pic, "ending-a-plan-she-chose")->role, CT_ROLE_OPEN);
    CT_EQ_I64("bad", scene(&pic, "ending-she-runs")->role, CT_ROLE_BAD);
    for (size_t i = 0; i < pic.n; i++) {
        assert_false(pic.scenes[i].unreached || pic.scenes[i].stuck);
        assert_true(pic.scenes[i].way.found);
        for (size_t k = 0; k < pic.scenes[i].n_links; k++)
            assert_false(pic.scenes[i].links[k].never_open);
    }
    const struct ct_scene_info *phone = scene(&pic, "the-phone");
    CT_EQ_I64("links", phone->n_links, 3);
    CT_EQ_SV("text", phone->links[0].text, CT_SV("Ask whether an advocate may sit with her"));
    CT_EQ_SV("terms", phone->links[0].terms, CT_SV("needs trust >= 1, trust +1, safety +1"));
    CT_EQ_SV("effects alone", phone->links[2].terms, CT_SV("trust -1"));
    assert_true(phone->links[2].chairs != CT_DISC_ALL);
    assert_true(phone->links[1].chairs == CT_DISC_ALL);
    CT_EQ_I64("watches", pic.n_watches, 1);
    CT_EQ_SV("watch", pic.watches[0].terms, CT_SV("when safety <= 0"));
    CT_EQ_I64("a way of one step", phone->way.n_steps, 1);
    test_release(&p);
}

static void a_chair_sees_its_own(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct parsed p;
    struct ct_scenario_picture pic;
    ct_disc_set advocate = CT_DISC_NONE;
    picture_of(&p, motel(&a), CT_DISC_ALL, &pic);
    for (size_t i = 0; i < p.disciplines.n; i++)
        if (ct_sv_eq_c(p.disciplines.items[i].slug, "advocate"))
            advocate = (ct_disc_set)1 << i;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("picture", ct_scenario_picture(&p.arena, p.module->scenario, advocate, &pic, &err),
           &err);
    CT_EQ_I64("states", pic.n_states, 22);
    assert_true(scene(&pic, "ending-suppressed")->unreached);
    assert_false(scene(&pic, "ending-she-runs")->unreached);
    test_release(&p);
}

/* "attic:unreached deep:stuck start.2:never" */
static struct ct_sv faults(struct ct_arena *a, const struct ct_scenario_picture *p)
{
    struct ct_sv s = CT_SV("");
    for (size_t i = 0; i < p->n; i++) {
        struct ct_sv name = p->scenario->scenes[i].anchor;
        if (p->scenes[i].unreached)
            s = ct_arena_printf(a, "%.*s%.*s:unreached ", CT_SV_ARG(s), CT_SV_ARG(name));
        if (p->scenes[i].stuck)
            s = ct_arena_printf(a, "%.*s%.*s:stuck ", CT_SV_ARG(s), CT_SV_ARG(name));
        for (size_t k = 0; k < p->scenes[i].n_links; k++)
            if (p->scenes[i].links[k].never_open)
                s = ct_arena_printf(a, "%.*s%.*s.%zu:never ", CT_SV_ARG(s), CT_SV_ARG(name), k);
    }
    return s;
}

static void what_is_broken_is_marked(void **state)
{
    (void)state;
    static const struct {
        const char *name, *source, *want;
    } cases[] = {
        {"nothing", CASE END, ""},
        {"a scene that nothing leads to", CASE "\n## Attic\n\nA.\n\n- [Down](#start)\n" END,
         "attic:unreached "},
        {"a dead end", CASE "- [Dive](#deep)\n\n## Deep\n\nD.\n\n- [Up](#start) `if x >= 2`\n" END,
         "deep:stuck deep.0:never "},
        {"a loop",
         CASE "- [On](#left)\n\n## Left\n\nL.\n\n- [On](#right)\n\n## Right\n\nR.\n\n"
              "- [On](#left)\n" END,
         "left:stuck right:stuck "},
        {"a choice never open", CASE "- [Up](#start) `needs x >= 2`\n" END, "start.1:never "},
    };
    CT_EACH (c, cases) {
        struct parsed p;
        struct ct_scenario_picture pic;
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        struct ct_err err = CT_ERR_INIT;
        picture_of(&p, ct_sv_c(c->source), CT_DISC_ALL, &pic);
        CT_EQ_SV(c->name, faults(&p.arena, &pic), ct_sv_c(c->want));
        CT_OK_(c->name, ct_scenario_svg(&pic, CT_SV("#"), &out, &err), &err);
        struct ct_sv svg = ct_str_sv(&out);
        CT_EQ_I64(c->name, ct_sv_search(svg, CT_SV("is-unreached")) != SIZE_MAX,
                  strstr(c->want, "unreached") != NULL);
        CT_EQ_I64(c->name, ct_sv_search(svg, CT_SV(", never reached</title>")) != SIZE_MAX,
                  strstr(c->want, "unreached") != NULL);
        CT_EQ_I64(c->name,
                  ct_sv_search(svg, CT_SV(", some ways get stuck here</title>")) != SIZE_MAX,
                  strstr(c->want, "stuck") != NULL);
        CT_EQ_I64(c->name, ct_sv_search(svg, CT_SV("never open")) != SIZE_MAX,
                  strstr(c->want, "never") != NULL);
        test_release(&p);
    }
}

/* What cannot be explored is told as far as it goes. */
static void a_circle_of_junctions_is_shown(void **state)
{
    (void)state;
    struct parsed p;
    struct ct_scenario_picture pic;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    test_parse(&p,
               CT_SV("# Scenario: S\n\n`x = 1 (0 to 3)`\n\n## One\n\n- `when x = 2` [A](#one)\n- "
                     "[B](#two)\n\n"
                     "## Two\n\n- `when x = 2` [A](#two)\n- [B](#one)\n" END),
               "05-case.md", "en", false);
    CT_EQ_I64("not explored",
              ct_scenario_picture(&p.arena, p.module->scenario, CT_DISC_ALL, &pic, &err),
              CT_INTERNAL);
    CT_EQ_I64("scenes", pic.n, 3);
    assert_false(pic.complete || pic.scenes[2].unreached);
    err = (struct ct_err)CT_ERR_INIT;
    CT_OK_("drawn", ct_scenario_svg(&pic, CT_SV("#"), &out, &err), &err);
    test_release(&p);
}

static void the_drawing_links_to_the_scenes(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    struct parsed p;
    struct ct_scenario_picture pic;
    struct ct_err err = CT_ERR_INIT;
    static const char *const wanted[] = {
        "<a class=\"graph-node scene is-start\" href=\"?scene=first-words\">"
        "<title>First words: scene, the start</title>",
        "<a class=\"graph-node scene-open\" href=\"?scene=ending-a-plan-she-chose\">",
        "A plan she chose: ending, passed on a condition</title>",
        "<title>Ask whether an advocate may sit with her (needs trust &gt;= 1, trust +1, "
        "safety +1); Preserve the phone and ask for a warrant (evidence +2)</title>",
        "Call the number that keeps ringing her (safety -2) – for some chairs</title>",
        "<g class=\"graph-node scene-watch\"><title>After any choice: rules of the whole "
        "scenario</title>",
    };
    picture_of(&p, motel(&a), CT_DISC_ALL, &pic);
    CT_OK_("draw", ct_scenario_svg(&pic, CT_SV("?scene="), &out, &err), &err);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        if (ct_sv_search(ct_str_sv(&out), ct_sv_c(wanted[i])) == SIZE_MAX)
            CT_EQ_STR("drawing", out.p, wanted[i]);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_motel_call_is_told),
        cmocka_unit_test(a_chair_sees_its_own),
        cmocka_unit_test(what_is_broken_is_marked),
        cmocka_unit_test(a_circle_of_junctions_is_shown),
        cmocka_unit_test(the_drawing_links_to_the_scenes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
