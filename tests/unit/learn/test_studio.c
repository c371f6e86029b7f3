/*
 * test_studio.c: which files are written, where they lie, what is live, what was, and bringing it
 * back.
 */
#include "studio_test.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

static void only_files_of_courses_are_written(void **state)
{
    static const struct {
        const char *path;
        bool want;
    } cases[] = {
        {"curriculum.md", true},
        {"glossary.md", true},
        {"basics/course.md", true},
        {"basics/01-seeing.md", true},
        {"a/1-b.md", true},
        {"bridging-the-systems/000012-the-motel-call.md", true},
        {"", false},
        {"course.md", false},
        {"01-seeing.md", false},
        {"README.md", false},
        {"basics/", false},
        {"/basics/01-a.md", false},
        {"basics//01-a.md", false},
        {"basics/seeing.md", false},
        {"basics/01-.md", false},
        {"basics/01-a", false},
        {"basics/01-a.txt", false},
        {"basics/01-a.md.md", false},
        {"basics/01-A.md", false},
        {"basics/01-\xc3\xa9.md", false},
        {"basics/-a.md", false},
        {"basics/1234567-a.md", false},
        {"basics/images/01-a.md", false},
        {"basics/curriculum.md", false},
        {"basics/glossary.md", false},
        {"../course.md", false},
        {"../01-a.md", false},
        {"basics/../01-a.md", false},
        {"./course.md", false},
        {".git/course.md", false},
        {"Basics/course.md", false},
        {"basics\\course.md", false},
    };

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->path, ct_studio_path(ct_sv_c(c->path)), c->want);
    assert_false(ct_studio_path(CT_SV_NULL));
    assert_false(ct_studio_path(CT_SV("basics/01-a\0.md")));
}

static void a_file_is_read_as_it_is(void **state)
{
    struct studio *t = *state;
    char hash[CT_HASH_HEX + 1], want[CT_HASH_HEX + 1];

    CT_EQ_SV("text", file_text(t, SEEING, hash), CT_SV(FIRST));
    CT_EQ_STR("hash", hash, ct_hash_hex(CT_SV(FIRST), want));
    assert_null(file_text(t, "basics/02-new.md", hash).p);
    CT_EQ_STR("no file", hash, "");
    assert_null(file_text(t, "other/course.md", hash).p);
    CT_EQ_STR("no folder", hash, "");
}

static void links_that_lead_out_are_refused(void **state)
{
    static const struct {
        const char *name, *target, *link, *path;
        int want;
    } cases[] = {
        {"a file outside", "/etc/hostname", "basics/07-out.md", "basics/07-out.md", CT_BAD_INPUT},
        {"a file above", "../../test.db", "basics/08-up.md", "basics/08-up.md", CT_BAD_INPUT},
        {"nowhere", "gone.md", "basics/09-gone.md", "basics/09-gone.md", CT_BAD_INPUT},
        {"itself", "10-round.md", "basics/10-round.md", "basics/10-round.md", CT_BAD_INPUT},
        {"a folder outside", "/tmp", "away", "away/course.md", CT_BAD_INPUT},
        {"a folder that begins with the same letters", "../content-2", "beside", "beside/01-a.md",
         CT_BAD_INPUT},
        {"a folder that is nowhere", "gone", "lost", "lost/01-new.md", CT_BAD_INPUT},
        {"another file of the course", "01-seeing.md", "basics/11-in.md", "basics/11-in.md", CT_OK},
        {"another course", "basics", "again", "again/01-seeing.md", CT_OK},
        {"another course, a new file", "basics", "anew", "anew/02-new.md", CT_OK},
    };
    struct studio *t = *state;

    ct_temp_write(&t->in.temp, "content-2/01-a.md", "x");
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        char hash[CT_HASH_HEX + 1], link[256];
        struct ct_sv text;
        snprintf(link, sizeof link, "%s/%s", t->in.dir, c->link);
        assert_int_equal(symlink(c->target, link), 0);
        CT_EQ_I64(c->name, ct_studio_file(&t->s, &t->a, ct_sv_c(c->path), &text, hash, &err),
                  c->want);
        CT_EQ_STR(c->name, err.what, c->want == CT_OK ? "" : "path");
    }
}

static void what_cannot_be_read_says_so(void **state)
{
    struct studio *t = *state;
    char *big = calloc(1, CT_SOURCE_MAX + 2), hash[CT_HASH_HEX + 1];
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text;

    memset(big, 'x', CT_SOURCE_MAX + 1);
    content_write(t, "basics/05-big.md", big);
    free(big);
    CT_EQ_I64("big", ct_studio_file(&t->s, &t->a, CT_SV("basics/05-big.md"), &text, hash, NULL),
              CT_TOO_BIG);
    content_write(t, "basics/06-folder.md/x", "x");
    CT_EQ_I64("a folder",
              ct_studio_file(&t->s, &t->a, CT_SV("basics/06-folder.md"), &text, hash, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("it says what lies there", err.text,
              "what lies there cannot be read: not a regular file");
    err = (struct ct_err)CT_ERR_INIT;
    content_write(t, "file", "no folder");
    CT_EQ_I64("a file in a folder's place",
              ct_studio_file(&t->s, &t->a, CT_SV("file/01-a.md"), &text, hash, &err), CT_BAD_INPUT);
    CT_EQ_STR("it says what is in the way", err.text, "a file lies where a folder should be");
    CT_EQ_I64("no path", ct_studio_file(&t->s, &t->a, CT_SV("../x"), &text, hash, NULL),
              CT_BAD_INPUT);
}

static void live_is_the_last_text_without_errors(void **state)
{
    struct studio *t = *state;
    struct ct_err err = CT_ERR_INIT;
    char hash[CT_HASH_HEX + 1], want[CT_HASH_HEX + 1];
    struct ct_sv text;

    folder_saved(t, SEEING, SECOND);
    folder_saved(t, SEEING, BROKEN);
    CT_AUTO_READER rd = ct_store_reader(t->store);
    CT_OK_("live", ct_studio_live(rd.db, &t->a, CT_SV(SEEING), &text, hash, &err), &err);
    CT_EQ_SV("text", text, CT_SV(SECOND));
    CT_EQ_STR("hash", hash, ct_hash_hex(CT_SV(SECOND), want));
    CT_EQ_I64("never", ct_studio_live(rd.db, &t->a, CT_SV("basics/09-x.md"), &text, hash, NULL),
              CT_NOT_FOUND);
}

static void history_tells_who_and_what(void **state)
{
    struct studio *t = *state;
    struct ct_publication *list = NULL;
    char hash[CT_HASH_HEX + 1];
    int64_t began = t->in.now;

    t->in.now += 60;
    publish(t, SEEING, SECOND, "The law changed.", true);
    t->in.now += 60;
    folder_saved(t, SEEING, "---\nversion: 3\nchange: In the folder.\n---\n" FIRST);
    t->in.now += 60;
    folder_saved(t, SEEING, "---\nversion: 3\nchange: In the folder.\n---\n" FIRST "\nMore.\n");
    CT_EQ_I64("publications", history(t, SEEING, &list), 4);
    CT_EQ_I64("newest first", list[0].at, began + 180);
    CT_EQ_I64("the oldest", list[3].at, began);
    CT_EQ_SV("its text", list[3].hash, ct_sv_c(ct_hash_hex(CT_SV(FIRST), hash)));
    CT_EQ_SV("no version counts as the first", list[3].version, CT_SV("1"));
    assert_false(list[3].material);
    assert_null(list[3].name.p);
    assert_null(list[3].note.p);
    CT_EQ_SV("raised", list[2].version, CT_SV("2"));
    assert_true(list[2].material);
    CT_EQ_SV("by whom", list[2].name, CT_SV("Tess Ito"));
    CT_EQ_SV("why", list[2].note, CT_SV("The law changed."));
    CT_EQ_SV("by hand", list[1].version, CT_SV("3"));
    assert_true(list[1].material);
    assert_null(list[1].name.p);
    CT_EQ_SV("its own sentence", list[1].note, CT_SV("In the folder."));
    assert_false(list[0].material);
    assert_null(list[0].note.p);
    CT_EQ_I64("of no file", history(t, "basics/77-x.md", &list), 0);
}

static int restore(struct studio *t, const char *path, const char *text, int64_t version)
{
    char hash[CT_HASH_HEX + 1];

    ct_hash_hex(ct_sv_c(text), hash);
    return ct_studio_restore(&t->s, &t->a, ct_sv_c(path), ct_sv_c(hash), BEN, version, NULL);
}

static void a_text_that_was_live_comes_back_as_a_draft(void **state)
{
    struct studio *t = *state;
    char now[CT_HASH_HEX + 1];

    folder_saved(t, SEEING, SECOND);
    CT_EQ_I64("never had it", restore(t, SEEING, "other", 0), CT_NOT_FOUND);
    CT_EQ_I64("another file had it", restore(t, "basics/course.md", FIRST, 0), CT_NOT_FOUND);
    CT_EQ_I64("no path", restore(t, "../x", FIRST, 0), CT_BAD_INPUT);
    CT_EQ_I64("no draft", draft_of(t, SEEING).version, 0);
    CT_EQ_I64("brought back", restore(t, SEEING, FIRST, 0), CT_OK);
    CT_EQ_SV("as a draft", draft_of(t, SEEING).source, CT_SV(FIRST));
    CT_EQ_SV("on the file as it is", draft_of(t, SEEING).base,
             ct_sv_c(ct_hash_hex(CT_SV(SECOND), now)));
    CT_EQ_I64("by whom", draft_of(t, SEEING).person, BEN);
    CT_EQ_SV("the file stays", file_text(t, SEEING, NULL), CT_SV(SECOND));
    CT_EQ_I64("over a draft not seen", restore(t, SEEING, SECOND, 0), CT_CONFLICT);
    CT_EQ_I64("over one that was", restore(t, SEEING, SECOND, 1), CT_OK);
    CT_EQ_SV("instead", draft_of(t, SEEING).source, CT_SV(SECOND));
}

static void a_text_that_was_live_can_be_live_again(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_publication *list = NULL;

    publish(t, SEEING, SECOND, "", false);
    CT_EQ_I64("brought back", restore(t, SEEING, FIRST, 0), CT_OK);
    CT_OK_("published", try_publish(t, SEEING, "", false, &problems, &err), &err);
    CT_EQ_SV("live", live_text(t, "seeing"), CT_SV(FIRST));
    CT_EQ_I64("a publication of its own", history(t, SEEING, &list), 3);
    CT_EQ_SV("of the same text", list[0].hash, list[2].hash);
    CT_EQ_SV("by whom", list[0].name, CT_SV("Tess Ito"));
    assert_null(list[2].name.p);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, studio_open, studio_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_files_of_courses_are_written),
        T(a_file_is_read_as_it_is),
        T(links_that_lead_out_are_refused),
        T(what_cannot_be_read_says_so),
        T(live_is_the_last_text_without_errors),
        T(history_tells_who_and_what),
        T(a_text_that_was_live_comes_back_as_a_draft),
        T(a_text_that_was_live_can_be_live_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
