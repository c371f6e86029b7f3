/*
 * test_draft.c: texts that are being written: what is saved, what is refused, and that of two
 * people who save at once nobody overwrites what they have not seen.
 */
#include "fixture.h"

#include "../../../server/learn/draft_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/draft.h"

#include <pthread.h>

#include "ct/base/banned.h"

#define PATH "core/01-victims.md"
#define NOT  "there is no such draft"

static int try_save(struct world *w, int64_t person, int64_t from, const char *source,
                    int64_t *ret_version, struct ct_err *err)
{
    struct ct_draft d = {.path = CT_SV(PATH),
                         .base = CT_SV(""),
                         .source = ct_sv_c(source),
                         .person = person,
                         .version = from};

    return ct_draft_save(w->store, &w->clock, &d, ret_version, err);
}

static int64_t save(struct world *w, int64_t person, int64_t from, const char *source)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t version = -1;

    CT_OK_(source, try_save(w, person, from, source, &version, &err), &err);
    return version;
}

static void expect_conflict(struct world *w, int64_t person, int64_t from, const char *source)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t version = -1;

    CT_EQ_I64(source, try_save(w, person, from, source, &version, &err), CT_CONFLICT);
    CT_EQ_STR(source, err.what, "version");
    CT_EQ_I64("no version of it", version, -1);
}

static struct ct_draft get(struct world *w)
{
    struct ct_draft d = {.source = CT_SV(NOT)};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_READER rd = ct_store_reader(w->store);
    int r = ct_draft_get(rd.db, &w->arena, CT_SV(PATH), &d, &err);

    if (r != CT_NOT_FOUND)
        CT_OK_("get", r, &err);
    return d;
}

static int end(struct world *w, int64_t version)
{
    return ct_draft_end(w->store, &w->clock, CT_SV(PATH), version, NULL);
}

static void a_save_begins_a_draft_and_later_ones_go_on_with_it(void **state)
{
    struct world *w = *state;
    struct ct_draft d = {.path = CT_SV(PATH), .source = CT_SV("One.\n"), .person = BEN};
    struct ct_err err = CT_ERR_INIT;
    char base[CT_HASH_HEX + 1];
    int64_t version = 0, began = w->now;

    CT_EQ_SV("before", get(w).source, CT_SV(NOT));
    d.base = ct_sv_c(ct_hash_hex(CT_SV("The file.\n"), base));
    CT_OK_("first", ct_draft_save(w->store, &w->clock, &d, &version, &err), &err);
    CT_EQ_I64("first version", version, 1);
    w->now += 60;
    CT_EQ_I64("second version", save(w, BEN, 1, "One. Two.\n"), 2);
    d = get(w);
    CT_EQ_SV("path", d.path, CT_SV(PATH));
    CT_EQ_SV("text", d.source, CT_SV("One. Two.\n"));
    CT_EQ_SV("base of the beginning", d.base, ct_sv_c(base));
    CT_EQ_SV("who", d.name, CT_SV("Ben Čapek"));
    CT_EQ_I64("who", d.person, BEN);
    CT_EQ_I64("version", d.version, 2);
    CT_EQ_I64("began", d.began_at, began);
    CT_EQ_I64("saved", d.saved_at, began + 60);
    CT_EQ_I64("one person's texts replace each other",
              number(w, "select count(*) as n from draft_text"), 1);
}

static void two_people_take_turns_and_both_texts_stay(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("Ben", save(w, BEN, 0, "Ben's.\n"), 1);
    CT_EQ_I64("Cara, who has seen it", save(w, CARA, 1, "Ben's and Cara's.\n"), 2);
    CT_EQ_I64("Cara again", save(w, CARA, 2, "Ben's and Cara's!\n"), 3);
    CT_EQ_I64("Ben, who has seen it", save(w, BEN, 3, "Together.\n"), 4);
    CT_EQ_I64("a row a turn", number(w, "select count(*) as n from draft_text"), 3);
    CT_EQ_I64("the text that Cara built on is there",
              number(w, "select count(*) as n from draft_text where source = 'Ben''s.' || char(10)"
                        " and version = 1 and person = 2"),
              1);
    CT_EQ_SV("last", get(w).source, CT_SV("Together.\n"));
}

static void a_save_over_what_was_not_seen_is_refused(void **state)
{
    static const struct {
        const char *name;
        int64_t person, from;
    } cases[] = {
        {"another person, from the text before", CARA, 1},
        {"the same person, in another window", BEN, 1},
        {"as if there were none", CARA, 0},
        {"from a version that is not yet", CARA, 3},
        {"from no version", CARA, -1},
    };
    struct world *w = *state;

    save(w, BEN, 0, "One.\n");
    save(w, BEN, 1, "Two.\n");
    CT_EACH (c, cases) {
        expect_conflict(w, c->person, c->from, c->name);
        CT_EQ_SV(c->name, get(w).source, CT_SV("Two.\n"));
        CT_EQ_I64(c->name, get(w).version, 2);
    }
    CT_EQ_I64("nothing of them", number(w, "select count(*) as n from draft_text"), 1);
}

static void the_same_save_once_more_changes_nothing(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("first", save(w, BEN, 0, "One.\n"), 1);
    CT_EQ_I64("its answer was lost", save(w, BEN, 0, "One.\n"), 1);
    CT_EQ_I64("second", save(w, BEN, 1, "Two.\n"), 2);
    w->now += 60;
    CT_EQ_I64("its answer was lost", save(w, BEN, 1, "Two.\n"), 2);
    CT_EQ_I64("nothing new", save(w, BEN, 2, "Two.\n"), 2);
    CT_EQ_I64("another person has the same", save(w, CARA, 0, "Two.\n"), 2);
    CT_EQ_I64("still Ben's", get(w).person, BEN);
    CT_EQ_I64("of then", get(w).saved_at, w->now - 60);
}

static void what_cannot_be_a_source_is_refused(void **state)
{
    struct world *w = *state;
    char *big = calloc(1, (size_t)2 * CT_SOURCE_MAX + 2);
    struct ct_draft d = {.path = CT_SV(PATH), .base = CT_SV(""), .person = BEN};
    const struct {
        const char *name;
        struct ct_sv source, base;
        int64_t person;
        int want;
    } cases[] = {
        {"not UTF-8", CT_SV("a\xff"), CT_SV(""), BEN, CT_BAD_INPUT},
        {"a NUL", CT_SV("a\0b"), CT_SV(""), BEN, CT_BAD_INPUT},
        {"one byte too many", ct_sv_n(big, CT_SOURCE_MAX + 1), CT_SV(""), BEN, CT_TOO_BIG},
        {"far too many", ct_sv_n(big, (size_t)2 * CT_SOURCE_MAX + 1), CT_SV(""), BEN, CT_TOO_BIG},
        {"a base that is no hash", CT_SV("a"), CT_SV("abc"), BEN, CT_BAD_INPUT},
        {"nobody", CT_SV("a"), CT_SV(""), 77, CT_NOT_FOUND},
        {"as much as may be", ct_sv_n(big, CT_SOURCE_MAX), CT_SV(""), BEN, CT_OK},
    };

    memset(big, 'x', (size_t)2 * CT_SOURCE_MAX + 1);
    CT_EACH (c, cases) {
        int64_t version = 0;
        d.source = c->source;
        d.base = c->base;
        d.person = c->person;
        CT_EQ_I64(c->name, ct_draft_save(w->store, &w->clock, &d, &version, NULL), c->want);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from draft"), c->want == CT_OK);
    }
    free(big);
}

static void line_ends_are_kept_plain(void **state)
{
    struct world *w = *state;

    save(w, BEN, 0, "One.\r\n\r\nTwo.\r\nA lone \r stays.");
    CT_EQ_SV("from a browser", get(w).source, CT_SV("One.\n\nTwo.\nA lone \r stays."));
    CT_EQ_I64("the same again", save(w, BEN, 0, "One.\r\n\r\nTwo.\r\nA lone \r stays."), 1);
    CT_EQ_I64("all of it taken out", save(w, BEN, 1, ""), 2);
    CT_EQ_I64("an empty text is one", (int64_t)get(w).source.n, 0);
}

static void an_ended_draft_is_over_and_stays_as_a_row(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("there is none", end(w, 0), CT_OK);
    save(w, BEN, 0, "One.\n");
    save(w, CARA, 1, "Two.\n");
    CT_EQ_I64("not seen", end(w, 1), CT_CONFLICT);
    CT_EQ_SV("so it goes on", get(w).source, CT_SV("Two.\n"));
    CT_EQ_I64("ended", end(w, 2), CT_OK);
    CT_EQ_SV("over", get(w).source, CT_SV(NOT));
    CT_EQ_I64("once more", end(w, 2), CT_OK);
    expect_conflict(w, BEN, 2, "a save that comes late");
    CT_EQ_I64("the last text stays",
              number(w, "select count(*) as n from draft d join draft_text t on t.draft = d.id"
                        " where d.published = 0 and t.version = 2"),
              1);
    CT_EQ_I64("the one before is gone", number(w, "select count(*) as n from draft_text"), 1);
    CT_EQ_I64("a new one begins, with numbers of its own", save(w, BEN, 0, "Two.\n"), 3);
    expect_conflict(w, CARA, 2, "a page that was left open on the ended one");
    CT_EQ_I64("thrown away", end(w, 3), CT_OK);
    CT_EQ_I64("two rows of drafts", number(w, "select count(*) as n from draft"), 2);
    CT_EQ_I64("none published", number(w, "select sum(published) as n from draft"), 0);
}

static void a_draft_can_stand_on_another_file(void **state)
{
    struct world *w = *state;
    struct ct_sv path = CT_SV(PATH), base;
    char hash[CT_HASH_HEX + 1];

    base = ct_sv_c(ct_hash_hex(CT_SV("changed in the folder"), hash));
    CT_EQ_I64("none", ct_draft_rebase(w->store, path, 0, base, NULL), CT_NOT_FOUND);
    save(w, BEN, 0, "One.\n");
    save(w, CARA, 1, "Two.\n");
    CT_EQ_I64("not seen", ct_draft_rebase(w->store, path, 1, base, NULL), CT_CONFLICT);
    CT_EQ_I64("no hash", ct_draft_rebase(w->store, path, 2, CT_SV("x"), NULL), CT_BAD_INPUT);
    CT_EQ_SV("as it was", get(w).base, CT_SV(""));
    CT_EQ_I64("seen", ct_draft_rebase(w->store, path, 2, base, NULL), CT_OK);
    CT_EQ_SV("stands on it", get(w).base, base);
    CT_EQ_I64("no new version", get(w).version, 2);
    CT_EQ_I64("the file is gone", ct_draft_rebase(w->store, path, 2, CT_SV_NULL, NULL), CT_OK);
    CT_EQ_SV("stands on none", get(w).base, CT_SV(""));
}

struct published {
    struct ct_draft seen;
    struct ct_sv hash;
};

static int published_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct published *p = arg;

    return ct_draft_published(db, &p->seen, p->hash, 0, err);
}

static void what_was_saved_while_it_was_published_goes_on(void **state)
{
    struct world *w = *state;
    struct published p = {.hash = CT_SV_NULL};
    char hash[CT_HASH_HEX + 1];

    p.hash = ct_sv_c(ct_hash_hex(CT_SV("as published"), hash));
    save(w, BEN, 0, "One.\n");
    p.seen = get(w);
    save(w, CARA, 1, "Two.\n");
    assert_int_equal(ct_store_write(w->store, published_job, &p, NULL), CT_OK);
    CT_EQ_SV("Cara's text goes on", get(w).source, CT_SV("Two.\n"));
    CT_EQ_SV("on what was published", get(w).base, p.hash);
    p.seen = get(w);
    assert_int_equal(ct_store_write(w->store, published_job, &p, NULL), CT_OK);
    CT_EQ_SV("hers is published, too", get(w).source, CT_SV(NOT));
    w->now += 60;
    save(w, BEN, 0, "Three.\n");
    assert_int_equal(ct_store_write(w->store, published_job, &p, NULL), CT_OK);
    CT_EQ_SV("another draft is none of it", get(w).base, CT_SV(""));
}

static void all_drafts_are_listed_by_path(void **state)
{
    static const char *const paths[] = {"b/01-x.md", "a/course.md", "b/02-y.md"};
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_draft *list = NULL;
    size_t n = 1;
    int64_t version;

    CT_EACH (path, paths) {
        struct ct_draft d = {.path = ct_sv_c(*path), .source = ct_sv_c(*path), .person = DAN};
        CT_OK_(*path, ct_draft_save(w->store, &w->clock, &d, &version, &err), &err);
    }
    CT_OK_("end", ct_draft_end(w->store, &w->clock, CT_SV("b/01-x.md"), 1, &err), &err);
    CT_AUTO_READER rd = ct_store_reader(w->store);
    CT_OK_("list", ct_draft_list(rd.db, &w->arena, &list, &n, &err), &err);
    CT_EQ_I64("those being written", n, 2);
    CT_EQ_SV("first", list[0].path, CT_SV("a/course.md"));
    CT_EQ_SV("second", list[1].path, CT_SV("b/02-y.md"));
    CT_EQ_SV("who", list[0].name, CT_SV("Dan Roe"));
    assert_null(list[0].source.p);
}

enum { TURNS = 40 };
struct saver {
    struct world *w;
    int64_t person;
    char mark;
};

/* Adds its mark to whatever the text is now, until it has done so TURNS times. */
static void *save_on(void *arg)
{
    struct saver *s = arg;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    int64_t version;

    for (int i = 0; i < TURNS;) {
        struct ct_draft d = {.source = CT_SV("")};
        {
            CT_AUTO_READER rd = ct_store_reader(s->w->store);
            int r = ct_draft_get(rd.db, &a, CT_SV(PATH), &d, NULL);
            if (r < 0 && r != CT_NOT_FOUND)
                return "cannot read";
        }
        struct ct_sv source = ct_arena_printf(&a, "%.*s%c", CT_SV_ARG(d.source), s->mark);
        d = (struct ct_draft){CT_SV(PATH), CT_SV(""), source, d.version, s->person, {0}, 0, 0};
        int r = ct_draft_save(s->w->store, &s->w->clock, &d, &version, NULL);
        if (r < 0 && r != CT_CONFLICT)
            return "cannot save";
        i += r == CT_OK; /* who was refused reads again */
    }
    return NULL;
}

static void of_two_who_save_at_once_nobody_loses_a_word(void **state)
{
    struct world *w = *state;
    struct saver savers[] = {{w, BEN, 'b'}, {w, CARA, 'c'}};
    pthread_t threads[2];
    size_t marks[2] = {0, 0};

    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, save_on, &savers[i]), 0);
    for (size_t i = 0; i < 2; i++) {
        void *fault = NULL;
        pthread_join(threads[i], &fault);
        CT_EQ_STR("no fault", fault, "");
    }
    struct ct_draft d = get(w);
    for (size_t i = 0; i < d.source.n; i++)
        marks[d.source.p[i] == 'c']++;
    CT_EQ_I64("Ben's marks", marks[0], TURNS);
    CT_EQ_I64("Cara's marks", marks[1], TURNS);
    CT_EQ_I64("a version a save", d.version, 2 * TURNS);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(a_save_begins_a_draft_and_later_ones_go_on_with_it),
        T(two_people_take_turns_and_both_texts_stay),
        T(a_save_over_what_was_not_seen_is_refused),
        T(the_same_save_once_more_changes_nothing),
        T(what_cannot_be_a_source_is_refused),
        T(line_ends_are_kept_plain),
        T(an_ended_draft_is_over_and_stays_as_a_row),
        T(a_draft_can_stand_on_another_file),
        T(what_was_saved_while_it_was_published_goes_on),
        T(all_drafts_are_listed_by_path),
        T(of_two_who_save_at_once_nobody_loses_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
