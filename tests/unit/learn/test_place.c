/*
 * test_place.c: where a learner goes on.
 */
#include "fixture.h"

#include "ct/base/banned.h"

/* What a learner does, one letter a deed, and where it leads. */
static void act(struct world *w, int64_t person, char deed)
{
    w->now += 60;
    switch (deed) {
    case 'o':
        do_section(w, person, "victims", "opening");
        return;
    case 'c':
        do_section(w, person, "victims", "charging");
        return;
    case 'p':
        do_section(w, person, "victims", "practice");
        return;
    case 'l':
        do_section(w, person, "law", "statutes");
        return;
    case 'b':
        begin_quiz(w, person, "victims");
        return;
    case 'h':
        do_quiz(w, person, "victims", HALF);
        return;
    case 'q':
        do_quiz(w, person, "victims", ALL_RIGHT);
        return;
    case 's':
        start_run(w, person, "prosecutor");
        return;
    case 'r':
        do_run(w, person, "prosecutor");
        return;
    case 'd': /* uses up the tries of another course's quiz */
        do_quiz(w, person, "deep", "q.one=3");
        w->now += 3600;
        do_quiz(w, person, "deep", "q.one=3");
        return;
    default:
        abort();
    }
}

static void a_learner_resumes_where_the_work_is(void **state)
{
    static const struct {
        const char *name, *deeds;
        enum ct_place_kind kind;
        const char *module, *section;
    } cases[] = {
        {"nothing yet: the first section of what is required", "", CT_PLACE_SECTION, "victims",
         "opening"},
        {"the first section not done", "p", CT_PLACE_SECTION, "victims", "opening"},
        {"the next one", "o", CT_PLACE_SECTION, "victims", "charging"},
        {"the quiz when the sections are done", "ocp", CT_PLACE_QUIZ, "victims", NULL},
        {"an open attempt before sections", "ob", CT_PLACE_ATTEMPT, "victims", NULL},
        {"the quiz again when it was failed", "ocph", CT_PLACE_QUIZ, "victims", NULL},
        {"the next module when one is complete", "ocpq", CT_PLACE_SECTION, "law", "statutes"},
        {"a scenario to play", "ocpql", CT_PLACE_PLAY, "motel", NULL},
        {"an open run", "ocpqls", CT_PLACE_RUN, "motel", NULL},
        {"the latest module, not the first", "ols", CT_PLACE_RUN, "motel", NULL},
        {"what was left out", "lr", CT_PLACE_SECTION, "victims", "opening"},
        {"not where no try is left", "d", CT_PLACE_SECTION, "victims", "opening"},
        {"nothing when all is done", "ocpqlr", CT_PLACE_NONE, NULL, NULL},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *opened = NULL;
        struct ct_err err = CT_ERR_INIT;
        struct ct_place place;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        for (const char *d = c->deeds; *d; d++)
            act(w, ANNA, *d);
        {
            AUTO_SEAT seat = seat_take(w, ANNA);
            CT_OK_(c->name, ct_progress_resume(&seat.d, NULL, &place, &err), &err);
        }
        CT_EQ_I64(c->name, place.kind, c->kind);
        if (c->module)
            CT_EQ_SV(c->name, place.module->id, ct_sv_c(c->module));
        if (c->section)
            CT_EQ_SV(c->name, place.section->slug, ct_sv_c(c->section));
        CT_EQ_I64(c->name, place.id != 0, c->kind == CT_PLACE_RUN || c->kind == CT_PLACE_ATTEMPT);
        world_close(&opened);
    }
}

static void within_a_course_that_is_not_required(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_place place;

    {
        AUTO_SEAT seat = seat_take(w, DAN);
        CT_OK_("anywhere", ct_progress_resume(&seat.d, NULL, &place, &err), &err);
        CT_EQ_I64("a judge must nothing", place.kind, CT_PLACE_NONE);
        CT_OK_("within", ct_progress_resume(&seat.d, &w->cat->courses[1], &place, &err), &err);
    }
    CT_EQ_I64("within", place.kind, CT_PLACE_QUIZ);
    CT_EQ_SV("within", place.module->id, CT_SV("deep"));
}

static void next_leads_on(void **state)
{
    static const struct {
        const char *name, *deeds, *module;
        int after; /* section of victims; -1: none */
        enum ct_place_kind kind;
        const char *at, *section;
    } cases[] = {
        {"the next section", "o", "victims", 0, CT_PLACE_SECTION, "victims", "charging"},
        {"before an open attempt", "ob", "victims", 0, CT_PLACE_SECTION, "victims", "charging"},
        {"round to one left out", "cp", "victims", 2, CT_PLACE_SECTION, "victims", "opening"},
        {"over one that is done", "oc", "victims", 0, CT_PLACE_SECTION, "victims", "practice"},
        {"the quiz", "ocp", "victims", 2, CT_PLACE_QUIZ, "victims", NULL},
        {"the open attempt", "ocpb", "victims", 2, CT_PLACE_ATTEMPT, "victims", NULL},
        {"who reads again reads on", "ocpq", "victims", 0, CT_PLACE_SECTION, "victims", "charging"},
        {"behind the last section the next module", "ocpq", "victims", 2, CT_PLACE_SECTION, "law",
         "statutes"},
        {"after the quiz the next module", "ocpq", "victims", -1, CT_PLACE_SECTION, "law",
         "statutes"},
        {"after a failed quiz too", "ocph", "victims", -1, CT_PLACE_SECTION, "law", "statutes"},
        {"round to a module left out", "r", "motel", -1, CT_PLACE_SECTION, "victims", "opening"},
        {"nothing when all is done", "ocpqlr", "victims", 2, CT_PLACE_NONE, NULL, NULL},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *opened = NULL;
        struct ct_err err = CT_ERR_INIT;
        struct ct_place place;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        for (const char *d = c->deeds; *d; d++)
            act(w, ANNA, *d);
        const struct ct_module *m = module_of(w, c->module);
        {
            AUTO_SEAT seat = seat_take(w, ANNA);
            CT_OK_(c->name,
                   ct_progress_next(&seat.d, &w->cat->courses[0], m,
                                    c->after < 0 ? NULL : &m->sections[c->after], &place, &err),
                   &err);
        }
        CT_EQ_I64(c->name, place.kind, c->kind);
        if (c->at)
            CT_EQ_SV(c->name, place.module->id, ct_sv_c(c->at));
        if (c->section)
            CT_EQ_SV(c->name, place.section->slug, ct_sv_c(c->section));
        world_close(&opened);
    }
}

static void a_lesson_that_lost_its_last_section_can_be_finished(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_place place;

    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_section(w, BEN, "victims", "opening");
    ((struct ct_module *)module_of(w, "victims"))->n_sections = 2; /* without practice */
    {
        AUTO_SEAT seat = seat_take(w, BEN);
        CT_OK_("where", ct_progress_resume(&seat.d, NULL, &place, &err), &err);
    }
    CT_EQ_I64("a section", place.kind, CT_PLACE_SECTION);
    CT_EQ_SV("the last of one's own", place.section->slug, CT_SV("opening"));
    do_section(w, BEN, "victims", "opening");
    CT_EQ_I64("complete", number(w, "select count(*) as n from completion"), 1);
}

static void a_course_that_lost_its_last_module_can_be_finished(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_place place;

    do_quiz(w, BEN, "victims", ALL_RIGHT);
    do_section(w, BEN, "victims", "opening");
    do_section(w, BEN, "victims", "practice");
    ((struct ct_course *)course_of(w, "victims"))->n_modules = 1; /* without law and motel */
    {
        AUTO_SEAT seat = seat_take(w, BEN);
        CT_OK_("where", ct_progress_resume(&seat.d, NULL, &place, &err), &err);
    }
    CT_EQ_I64("a section", place.kind, CT_PLACE_SECTION);
    CT_EQ_SV("the last of one's own", place.section->slug, CT_SV("practice"));
    do_section(w, BEN, "victims", "practice");
    CT_EQ_I64("module and course",
              number(w, "select count(*) as n from completion where person = 2"), 2);
    AUTO_SEAT seat = seat_take(w, BEN);
    CT_OK_("then", ct_progress_resume(&seat.d, NULL, &place, &err), &err);
    CT_EQ_I64("nothing is left", place.kind, CT_PLACE_NONE);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_learner_resumes_where_the_work_is),
        T(within_a_course_that_is_not_required),
        cmocka_unit_test(next_leads_on),
        T(a_lesson_that_lost_its_last_section_can_be_finished),
        T(a_course_that_lost_its_last_module_can_be_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
