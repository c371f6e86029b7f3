/*
 * test_training.c: waivers, training elsewhere and leave: what must be said, how it is corrected,
 * and what was known on an earlier day.
 */
#include "require_test.h"

#include "ct/base/banned.h"

static void what_is_missing_is_asked_for(void **state)
{
    struct site *s = *state;
    int64_t q = site_require(s, "yearly", yearly(s, "2024-01-01"));
    const struct {
        const char *name;
        struct ct_training t;
        int64_t by;
        int want;
        const char *what;
    } cases[] = {
        {"a waiver without a reason",
         {.kind = CT_TRAINING_WAIVER,
          .person = s->ann,
          .requirement = q,
          .on = 19722,
          .approved_by = CT_SV("C")},
         0,
         CT_BAD_INPUT,
         "reason"},
        {"a waiver that nobody approved",
         {.kind = CT_TRAINING_WAIVER,
          .person = s->ann,
          .requirement = q,
          .on = 19722,
          .reason = CT_SV("r"),
          .approved_by = CT_SV(" ")},
         0,
         CT_BAD_INPUT,
         "approved_by"},
        {"outside training without evidence",
         {.kind = CT_TRAINING_CREDIT,
          .person = s->ann,
          .requirement = q,
          .on = 19722,
          .reason = CT_SV("r")},
         0,
         CT_BAD_INPUT,
         "evidence"},
        {"outside training in the future",
         {.kind = CT_TRAINING_CREDIT,
          .person = s->ann,
          .requirement = q,
          .on = 19723,
          .reason = CT_SV("r"),
          .evidence = CT_SV("e")},
         0,
         CT_BAD_INPUT,
         "on"},
        {"approved by oneself",
         {.kind = CT_TRAINING_CREDIT,
          .person = s->ann,
          .requirement = q,
          .on = 19722,
          .reason = CT_SV("r"),
          .evidence = CT_SV("e"),
          .approved_by = CT_SV("Ann")},
         s->ann,
         CT_BAD_INPUT,
         "approved_by"},
        {"recorded by oneself, and waiting",
         {.kind = CT_TRAINING_CREDIT,
          .person = s->ann,
          .requirement = q,
          .on = 19722,
          .reason = CT_SV("r"),
          .evidence = CT_SV("e")},
         s->ann,
         CT_OK,
         ""},
        {"no day",
         {.kind = CT_TRAINING_LEAVE, .person = s->ann, .on = CT_DAY_NONE, .reason = CT_SV("r")},
         0,
         CT_BAD_INPUT,
         "on"},
        {"ends before it begins",
         {.kind = CT_TRAINING_LEAVE,
          .person = s->ann,
          .on = 19722,
          .until = 19721,
          .reason = CT_SV("r")},
         0,
         CT_BAD_INPUT,
         "until"},
        {"nobody",
         {.kind = CT_TRAINING_LEAVE, .person = 99, .on = 19722, .reason = CT_SV("r")},
         0,
         CT_NOT_FOUND,
         "person"},
        {"no such requirement",
         {.kind = CT_TRAINING_CREDIT,
          .person = s->ann,
          .requirement = 99,
          .on = 19722,
          .reason = CT_SV("r"),
          .evidence = CT_SV("e")},
         0,
         CT_NOT_FOUND,
         "person"},
        {"a correction of nothing",
         {.id = 77, .on = 19722, .reason = CT_SV("r")},
         0,
         CT_NOT_FOUND,
         "id"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_training t = c->t;
        if (t.until == 0)
            t.until = CT_DAY_NONE;
        CT_EQ_I64(c->name, ct_training_record(s->o.store, &s->o.clock, &t, c->by, NULL, &err),
                  c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

/* Ann is of Chicago, where the last six hours of a UTC day are of the same day, and its first six
 * of the day before. */
static void outside_training_is_of_no_day_to_come_where_the_person_is(void **state)
{
    static const struct {
        const char *name, *utc_day;
        int hour;
        const char *on;
        int want;
    } cases[] = {
        {"the evening before, in UTC the next day", "2024-03-05", 2, "2024-03-04", CT_OK},
        {"that day of UTC", "2024-03-05", 2, "2024-03-05", CT_BAD_INPUT},
        {"at noon", "2024-03-05", 18, "2024-03-05", CT_OK},
        {"tomorrow", "2024-03-05", 18, "2024-03-06", CT_BAD_INPUT},
    };
    struct site *s = *state;
    int64_t q = site_require(s, "yearly", yearly(s, "2024-01-01"));

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const struct ct_training t = {.kind = CT_TRAINING_CREDIT,
                                      .person = s->ann,
                                      .requirement = q,
                                      .on = day_in(c->on),
                                      .until = CT_DAY_NONE,
                                      .reason = CT_SV("r"),
                                      .evidence = CT_SV("e")};
        s->o.now = (int64_t)day_in(c->utc_day) * ORG_DAY + c->hour * 3600;
        CT_EQ_I64(c->name, ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err), c->want);
        CT_EQ_STR(c->name, err.text, c->want == CT_OK ? "" : CT_DAY_TO_COME);
    }
}

static size_t known(struct site *s, int64_t as_of, struct ct_training **ret)
{
    struct ct_err err = CT_ERR_INIT;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("list", ct_training_list(rd.db, &s->o.a, s->ann, 0, as_of, ret, &n, &err), &err);
    return n;
}

static void corrections_are_new_rows(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.kind = CT_TRAINING_LEAVE,
                            .person = s->ann,
                            .on = 19700,
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("leave")};
    struct ct_training *list, one;
    int64_t id, again;
    size_t n;

    CT_OK_("first", ct_training_record(s->o.store, &s->o.clock, &t, 0, &id, &err), &err);
    t = (struct ct_training){
        .id = id, .row = id, .on = 19700, .until = 19710, .reason = CT_SV("came back")};
    s->o.now += 100;
    CT_OK_("second", ct_training_record(s->o.store, &s->o.clock, &t, s->bob, &again, &err), &err);
    CT_EQ_I64("it keeps its number", again, id);
    CT_EQ_I64("whoever looked before is told",
              ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err), CT_CONFLICT);
    ct_err_clear(&err);
    t = (struct ct_training){.id = id, .withdrawn = true, .reason = CT_SV("a mistake")};
    s->o.now += 100;
    CT_OK_("third", ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err), &err);
    CT_EQ_I64("before anything", known(s, ORG_START - 1, &list), 0);
    CT_EQ_I64("at first", known(s, ORG_START, &list), 1);
    CT_EQ_I64("no end", list[0].until, CT_DAY_NONE);
    CT_EQ_I64("then", known(s, ORG_START + 100, &list), 1);
    CT_EQ_I64("an end", list[0].until, 19710);
    CT_EQ_I64("the same person", list[0].person, s->ann);
    CT_EQ_I64("the same number", list[0].id, id);
    CT_EQ_SV("by", list[0].by_name, CT_SV("Bob Abel"));
    CT_EQ_I64("now", known(s, s->o.now, &list), 0);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("history", ct_training_history(rd.db, &s->o.a, id, &list, &n, &err), &err);
    CT_EQ_I64("all rows stay", n, 3);
    CT_OK_("get", ct_training_get(rd.db, &s->o.a, id, &one, &err), &err);
    CT_EQ_I64("withdrawn", one.withdrawn, 1);
    CT_EQ_SV("why", one.reason, CT_SV("a mistake"));
    CT_EQ_I64("a correction's own number is none",
              ct_training_get(rd.db, &s->o.a, one.row, &one, &err), CT_NOT_FOUND);
}

/* Hours of no requirement count as hours; why something was corrected is kept beside what it was.
 */
static void hours_alone_can_be_recorded_and_corrected(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.kind = CT_TRAINING_CREDIT,
                            .person = s->ann,
                            .on = 19700,
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("a conference"),
                            .evidence = CT_SV("its programme"),
                            .why = CT_SV("a first row has none")};
    struct ct_training *list;
    int64_t id;
    size_t n;

    CT_EQ_I64("without hours", ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("without hours", err.what, "minutes");
    ct_err_clear(&err);
    t.minutes = 90;
    CT_OK_("with hours", ct_training_record(s->o.store, &s->o.clock, &t, 0, &id, &err), &err);
    t.id = id;
    t.withdrawn = true;
    t.why = CT_SV(" recorded twice ");
    CT_OK_("withdrawn", ct_training_record(s->o.store, &s->o.clock, &t, s->bob, NULL, &err), &err);
    CT_EQ_I64("it counts no more", known(s, s->o.now, &list), 0);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("all", ct_training_all(rd.db, &s->o.a, s->ann, 0, &list, &n, &err), &err);
    CT_EQ_I64("and is still there", n, 1);
    CT_EQ_SV("what it was", list[0].reason, CT_SV("a conference"));
    CT_EQ_SV("why it was withdrawn", list[0].why, CT_SV("recorded twice"));
    CT_OK_("history", ct_training_history(rd.db, &s->o.a, id, &list, &n, &err), &err);
    CT_EQ_SV("of the first row nothing", list[0].why, CT_SV(""));
    t = (struct ct_training){.kind = CT_TRAINING_WAIVER,
                             .person = s->ann,
                             .on = 19700,
                             .until = CT_DAY_NONE,
                             .reason = CT_SV("r"),
                             .approved_by = CT_SV("C")};
    assert_true(ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err) < 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(what_is_missing_is_asked_for),
        T(outside_training_is_of_no_day_to_come_where_the_person_is),
        T(corrections_are_new_rows),
        T(hours_alone_can_be_recorded_and_corrected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
