/*
 * test_studio_publish.c: from a draft to the live text, and everything that keeps it from getting
 * there: then draft and file are as they were.
 */
#include "studio_test.h"

#include "ct/base/limits.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include "ct/base/banned.h"

#define FRONT(lines) "---\n" lines "---\n"

static int64_t number(struct studio *t, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    struct ct_sql sql = {text};
    int64_t n;

    CT_OK_(text, ct_db_open(ct_temp_path(&t->in.temp, "test.db"), true, &db, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &sql);
        CT_EQ_I64(text, ct_stmt_step(&st, &err), 1);
        n = ct_col_i64(&st, "n");
    }
    ct_db_close(db);
    return n;
}

static void a_draft_becomes_the_file_and_the_live_text(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_publish_wish wish = {.path = CT_SV(SEEING), .version = 1, .person = TESS};
    char hash[CT_HASH_HEX + 1], want[CT_HASH_HEX + 1];

    write_draft(t, SEEING, SECOND);
    CT_OK_("publish", ct_studio_publish(&t->s, &t->a, &wish, &problems, hash, &err), &err);
    CT_EQ_SV("the file", file_text(t, SEEING, want), CT_SV(SECOND));
    CT_EQ_STR("its hash", hash, want);
    CT_EQ_SV("live", live_text(t, "seeing"), CT_SV(SECOND));
    CT_EQ_I64("no draft", draft_of(t, SEEING).version, 0);
    CT_EQ_I64("noted", number(t, "select count(*) as n from publication_note where person = 1"), 1);
    CT_EQ_I64("as published", number(t, "select sum(published) as n from draft"), 1);
    CT_EQ_I64("once more", ct_studio_publish(&t->s, &t->a, &wish, &problems, hash, NULL),
              CT_NOT_FOUND);
}

static void the_wish_rules_the_front_matter(void **state)
{
    static const struct {
        const char *name, *live, *draft, *want;
        bool material;
    } cases[] = {
        {"immaterial, no version", FIRST, SECOND, SECOND, false},
        {"immaterial, the live version", FRONT("version: 2\n") FIRST, FRONT("version: 2\n") SECOND,
         FRONT("version: 2\n") SECOND, false},
        {"immaterial, though raised by hand", FRONT("version: 2\nchange: Old.\n") FIRST,
         FRONT("version: 3\nchange: New.\n") SECOND, FRONT("version: 2\nchange: Old.\n") SECOND,
         false},
        {"immaterial, though taken out", FRONT("minutes: 5\nversion: 2\n") FIRST,
         FRONT("minutes: 5\n") SECOND, FRONT("minutes: 5\nversion: 2\n") SECOND, false},
        {"immaterial, though put in", FIRST, FRONT("version: 7\nchange: A.\n") SECOND, SECOND,
         false},
        {"immaterial, the first version by name", FIRST, FRONT("version: 1\n") SECOND,
         FRONT("version: 1\n") SECOND, false},
        {"immaterial, the sentence corrected", FRONT("version: 2\nchange: Ld.\n") FIRST,
         FRONT("version: 2\nchange: Old.\n") SECOND, FRONT("version: 2\nchange: Old.\n") SECOND,
         false},
        {"material, no version", FIRST, SECOND, FRONT("version: 2\nchange: The law.\n") SECOND,
         true},
        {"material, a version", FRONT("version: 2\nchange: Old.\n") FIRST,
         FRONT("version: 2\nchange: Old.\n") SECOND, FRONT("version: 3\nchange: The law.\n") SECOND,
         true},
        {"material, raised by hand", FRONT("version: 2\n") FIRST, FRONT("version: 9\n") SECOND,
         FRONT("version: 3\nchange: The law.\n") SECOND, true},
        {"material, two numbers", FRONT("version: 2.9\n") FIRST, FRONT("version: 2.9\n") SECOND,
         FRONT("version: 2.10\nchange: The law.\n") SECOND, true},
        {"material, a date", FRONT("version: 2026-09\n") FIRST, FRONT("version: 2026-09\n") SECOND,
         FRONT("version: 2026-10\nchange: The law.\n") SECOND, true},
        {"material, behind the number", FRONT("version: 9 b\n") FIRST,
         FRONT("version: 9 b\n") SECOND, FRONT("version: 10 b\nchange: The law.\n") SECOND, true},
        {"material, a word", FRONT("version: spring\n") FIRST, FRONT("version: spring\n") SECOND,
         FRONT("version: spring-2\nchange: The law.\n") SECOND, true},
    };
    struct studio *t = *state;

    CT_EACH (c, cases) { /* a file each, for versions are not given twice */
        int i = (int)(c - cases);
        const char *slug = ct_arena_printf(&t->a, "case-%d", i).p;
        const char *path = ct_arena_printf(&t->a, "basics/%d-%s.md", 10 + i, slug).p;
        folder_saved(t, path, c->live);
        publish(t, path, c->draft, c->material ? " The law. " : "", c->material);
        CT_EQ_SV(c->name, file_text(t, path, NULL), ct_sv_c(c->want));
        CT_EQ_SV(c->name, live_text(t, slug), ct_sv_c(c->want));
    }
}

static void a_version_that_was_had_is_not_given_again(void **state)
{
    struct studio *t = *state;

    folder_saved(t, SEEING, FRONT("version: 2\n") FIRST);
    folder_saved(t, SEEING, FRONT("version: 3\n") FIRST);
    folder_saved(t, SEEING, FIRST);
    publish(t, SEEING, SECOND, "The law.", true);
    CT_EQ_SV("the next one", file_text(t, SEEING, NULL),
             CT_SV(FRONT("version: 4\nchange: The law.\n") SECOND));
}

static void the_other_files_have_no_version(void **state)
{
    struct studio *t = *state;
    struct ct_publication *list = NULL;

    publish(t, "basics/course.md", "---\ntitle: The basics\n---\nHello.\n", "Renamed.", true);
    CT_EQ_SV("as written", file_text(t, "basics/course.md", NULL),
             CT_SV("---\ntitle: The basics\n---\nHello.\n"));
    CT_EQ_I64("history", history(t, "basics/course.md", &list), 2);
    CT_EQ_SV("noted", list[0].note, CT_SV("Renamed."));
    assert_false(list[0].material);
    CT_EQ_SV("live", t->s.cat->courses[0].title, CT_SV("The basics"));
}

static void line_ends_of_windows_stay(void **state)
{
    struct studio *t = *state;

    folder_saved(t, SEEING, "# Seeing\r\n\r\n## One\r\n\r\nFirst text.\r\n");
    publish(t, SEEING, SECOND, "New.", true);
    CT_EQ_SV("file", file_text(t, SEEING, NULL),
             CT_SV("---\r\nversion: 2\r\nchange: New.\r\n---\r\n"
                   "# Seeing\r\n\r\n## One\r\n\r\nSecond text.\r\n"));
}

static void a_new_course_is_made_file_by_file(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    struct stat content, course;

    write_draft(t, "fresh/01-start.md", "# Start\n\n## One\n\nText.\n");
    CT_EQ_I64("no course yet", try_publish(t, "fresh/01-start.md", "", false, &problems, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("no course yet", err.what, "path");
    assert_int_equal(access(ct_temp_path(&t->in.temp, "content/fresh"), F_OK), -1);
    publish(t, "fresh/course.md", "---\ntitle: Fresh\n---\nHello.\n", "", false);
    assert_int_equal(stat(t->in.dir, &content), 0);
    assert_int_equal(stat(ct_temp_path(&t->in.temp, "content/fresh"), &course), 0);
    CT_EQ_I64("as open as the content folder", course.st_mode & 0777, content.st_mode & 0777);
    publish(t, "fresh/01-start.md", "# Start\n\n## One\n\nText.\n", "First.", true);
    CT_EQ_SV("no version for what is new", file_text(t, "fresh/01-start.md", NULL),
             CT_SV("# Start\n\n## One\n\nText.\n"));
    assert_non_null(
        ct_course_module(ct_catalogue_course(t->s.cat, CT_SV("fresh")), CT_SV("start")));
}

/* Nothing was published: the file, what is live, the draft, the folder are as before. */
static void expect_untouched(struct studio *t, const char *name, const char *draft)
{
    CT_EQ_SV(name, draft_of(t, SEEING).source, ct_sv_c(draft));
    CT_EQ_SV(name, file_text(t, SEEING, NULL), CT_SV(FIRST));
    CT_EQ_SV(name, live_text(t, "seeing"), CT_SV(FIRST));
    CT_EQ_I64(name, number(t, "select count(*) as n from publication_note"), 0);
}

static void errors_keep_a_draft_from_being_published(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;

    write_draft(t, SEEING, BROKEN);
    CT_EQ_I64("broken", try_publish(t, SEEING, "New.", true, &problems, &err), CT_BAD_INPUT);
    CT_EQ_STR("broken", err.what, "problems");
    CT_EQ_I64("told", problems.n_errors, 1);
    CT_EQ_STR("which", problems.items[0].code, "E17");
    CT_EQ_I64("in the draft's own lines", problems.items[0].line, 9);
    expect_untouched(t, "broken", BROKEN);
}

static void wishes_that_say_too_little_are_refused(void **state)
{
    static char long_note[CT_NOTE_MAX + 2];
    static const struct {
        const char *name, *path, *note;
        int64_t from; /* added to the version */
        bool material;
        int want;
        const char *what;
    } cases[] = {
        {"material, without a word", SEEING, "", 0, true, CT_BAD_INPUT, "note"},
        {"material, with a blank", SEEING, "  ", 0, true, CT_BAD_INPUT, "note"},
        {"two lines", SEEING, "a\nb", 0, false, CT_BAD_INPUT, "note"},
        {"too long", SEEING, long_note, 0, false, CT_BAD_INPUT, "note"},
        {"not UTF-8", SEEING, "\xff", 0, false, CT_BAD_INPUT, "note"},
        {"a path that leads out", "../01-x.md", "", 0, false, CT_BAD_INPUT, "path"},
        {"a file that nobody writes", "basics/02-x.md", "", 0, false, CT_NOT_FOUND, "draft"},
        {"an older draft", SEEING, "", -1, false, CT_CONFLICT, "version"},
        {"a newer draft", SEEING, "", 1, false, CT_CONFLICT, "version"},
    };
    struct studio *t = *state;

    memset(long_note, 'x', CT_NOTE_MAX + 1);
    write_draft(t, SEEING, SECOND);
    CT_EACH (c, cases) {
        struct ct_problems problems = {.arena = &t->a};
        struct ct_err err = CT_ERR_INIT;
        struct ct_publish_wish wish = {ct_sv_c(c->path), draft_of(t, SEEING).version + c->from,
                                       TESS, c->material, ct_sv_c(c->note)};
        char hash[CT_HASH_HEX + 1];
        CT_EQ_I64(c->name, ct_studio_publish(&t->s, &t->a, &wish, &problems, hash, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
        expect_untouched(t, c->name, SECOND);
    }
}

static void the_length_of_a_note_is_counted_in_characters(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    char note[3 * CT_NOTE_MAX + 4];

    for (size_t i = 0; i <= CT_NOTE_MAX; i++)
        memcpy(note + 3 * i, "\xe2\x82\xac", 4); /* an euro sign */
    write_draft(t, SEEING, SECOND);
    CT_EQ_I64("one too many", try_publish(t, SEEING, note, true, &problems, &err), CT_BAD_INPUT);
    CT_EQ_STR("one too many", err.what, "note");
    expect_untouched(t, "one too many", SECOND);
    note[3 * CT_NOTE_MAX] = '\0';
    ct_err_clear(&err);
    CT_OK_("the most", try_publish(t, SEEING, note, true, &problems, &err), &err);
    assert_true(ct_sv_search(file_text(t, SEEING, NULL), ct_sv_c(note)) != SIZE_MAX);
}

static void a_file_that_changed_meanwhile_is_not_overwritten(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    char hash[CT_HASH_HEX + 1];

    write_draft(t, SEEING, SECOND);
    content_write(t, SEEING, "# Seeing\n\n## One\n\nBy hand.\n"); /* not yet noticed */
    CT_EQ_I64("changed", try_publish(t, SEEING, "", false, &problems, &err), CT_CONFLICT);
    CT_EQ_STR("changed", err.what, "file");
    CT_EQ_SV("by hand", file_text(t, SEEING, hash), CT_SV("# Seeing\n\n## One\n\nBy hand.\n"));
    CT_EQ_SV("draft", draft_of(t, SEEING).source, CT_SV(SECOND));
    ct_err_clear(&err);
    CT_OK_("seen", ct_draft_rebase(t->store, CT_SV(SEEING), 1, ct_sv_c(hash), &err), &err);
    CT_OK_("published", try_publish(t, SEEING, "", false, &problems, &err), &err);
    CT_EQ_SV("live", live_text(t, "seeing"), CT_SV(SECOND));

    write_draft(t, SEEING, FIRST);
    unlink(ct_temp_path(&t->in.temp, "content/" SEEING));
    CT_EQ_I64("taken away", try_publish(t, SEEING, "", false, &problems, NULL), CT_CONFLICT);
    assert_null(file_text(t, SEEING, NULL).p);
}

/* Files grow no further than `bytes`, as on a disk that is full. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    signal(SIGXFSZ, bytes == RLIM_INFINITY ? SIG_DFL : SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Hidden ones, too: a file that is being written is one. */
static size_t files_in(struct studio *t, const char *folder)
{
    DIR *dir = opendir(ct_temp_path(&t->in.temp, folder));
    size_t n = 0;

    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2; /* itself and the one above */
}

static void a_full_disk_leaves_draft_and_file_as_they_were(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv big = ct_arena_printf(&t->a, "# Seeing\n\n## One\n\n%0*d\n", 60000, 0);
    struct ct_sv fresh = CT_SV("---\ntitle: Fresh\nsummary: A course that does not fit\n---\na\n");

    write_draft(t, SEEING, big.p);
    write_draft(t, "fresh/course.md", fresh.p);
    limit_files(20000);
    int r = try_publish(t, SEEING, "", false, &problems, &err);
    limit_files(10);
    int r_new = try_publish(t, "fresh/course.md", "", false, &problems, NULL);
    limit_files(RLIM_INFINITY);
    CT_EQ_I64("full", r, CT_INTERNAL);
    assert_true(err.text[0] != '\0');
    CT_EQ_I64("full", r_new, CT_INTERNAL);
    expect_untouched(t, "full", big.p);
    CT_EQ_I64("nothing half written", files_in(t, "content/basics"), 2);
    assert_int_equal(access(ct_temp_path(&t->in.temp, "content/fresh"), F_OK), -1);
    ct_err_clear(&err);
    CT_OK_("room again", try_publish(t, SEEING, "", false, &problems, &err), &err);
    CT_EQ_SV("live", live_text(t, "seeing"), big);
}

static int refuse_notes(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db,
                      "create trigger no before insert on publication_note begin"
                      " select raise(abort, 'no'); end",
                      err);
}

static void a_fault_of_the_records_puts_the_file_back(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("trigger", ct_store_write(t->store, refuse_notes, NULL, &err), &err);
    write_draft(t, SEEING, SECOND);
    assert_true(try_publish(t, SEEING, "", false, &problems, NULL) < 0);
    expect_untouched(t, "fault", SECOND);
    write_draft(t, "basics/02-new.md", "# New\n\n## One\n\nText.\n");
    assert_true(try_publish(t, "basics/02-new.md", "", false, &problems, NULL) < 0);
    assert_null(file_text(t, "basics/02-new.md", NULL).p);
    assert_null(live_text(t, "new").p);
}

static void what_the_course_would_not_take_is_not_published(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};

    /* Another file took the address after this request began. */
    const struct ct_catalogue *before = t->s.cat;
    content_write(t, "basics/02-twin.md", "# Twin\n\n## One\n\nText.\n");
    write_draft(t, "basics/03-twin.md", "# Twin\n\n## One\n\nOther.\n");
    t->s.cat = before;
    CT_EQ_I64("taken", try_publish(t, "basics/03-twin.md", "", false, &problems, NULL),
              CT_BAD_INPUT);
    assert_null(file_text(t, "basics/03-twin.md", NULL).p);
    CT_EQ_I64("the draft stays", draft_of(t, "basics/03-twin.md").version, 1);
    CT_EQ_SV("the other lives", live_text(t, "twin"), CT_SV("# Twin\n\n## One\n\nText.\n"));
}

static void a_draft_like_the_live_text_ends_without_a_publication(void **state)
{
    struct studio *t = *state;
    struct ct_publication *list = NULL;

    publish(t, SEEING, FIRST, "", false);
    CT_EQ_I64("publications", history(t, SEEING, &list), 1);
    assert_null(list[0].name.p);
    CT_EQ_I64("no draft", draft_of(t, SEEING).version, 0);
}

static void a_link_to_a_file_stays_a_link(void **state)
{
    struct studio *t = *state;
    struct stat st;
    char link[256];

    snprintf(link, sizeof link, "%s", ct_temp_path(&t->in.temp, "content/shared/01-seeing.md"));
    content_write(t, "shared/01-seeing.md", FIRST);
    unlink(ct_temp_path(&t->in.temp, "content/" SEEING));
    assert_int_equal(symlink("../shared/01-seeing.md", t->in.temp.path), 0);
    folder_saved(t, "basics/course.md", "---\ntitle: Basics\n---\nHello!\n");
    publish(t, SEEING, SECOND, "", false);
    assert_int_equal(lstat(ct_temp_path(&t->in.temp, "content/" SEEING), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    CT_EQ_SV("what it leads to", file_text(t, "shared/01-seeing.md", NULL), CT_SV(SECOND));
}

static void links_that_lead_out_are_not_written_through(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    char base[CT_HASH_HEX + 1], link[256];
    struct ct_draft d = {.path = CT_SV("basics/07-out.md"), .person = TESS};
    int64_t version;

    ct_temp_write(&t->in.temp, "outside.md", FIRST);
    snprintf(link, sizeof link, "%s/basics/07-out.md", t->in.dir);
    assert_int_equal(symlink("../../outside.md", link), 0);
    d.base = ct_sv_c(ct_hash_hex(CT_SV(FIRST), base));
    d.source = CT_SV(SECOND);
    assert_int_equal(ct_draft_save(t->store, &t->in.clock, &d, &version, NULL), CT_OK);
    CT_EQ_I64("refused", try_publish(t, "basics/07-out.md", "", false, &problems, NULL),
              CT_BAD_INPUT);
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv outside;
    assert_int_equal(
        ct_file_read(&a, ct_temp_path(&t->in.temp, "outside.md"), 1000, &outside, NULL), CT_OK);
    CT_EQ_SV("untouched", outside, CT_SV(FIRST));
}

/* ---- several at once ---- */

/* As many handlers as there are readers, each with one in its hand, one of them publishing. */
static void publishing_wants_no_reader(void **state)
{
    struct studio *t = *state;
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_publish_wish wish = {CT_SV(SEEING), 1, TESS, true, CT_SV("New.")};
    struct ct_reader readers[4]; /* all that ct_temp_store has */
    char hash[CT_HASH_HEX + 1];

    write_draft(t, SEEING, SECOND);
    content_write(t, "basics/course.md", "---\ntitel: Basics\n---\n"); /* its last good is asked */
    for (size_t i = 0; i < 4; i++)
        readers[i] = ct_store_reader(t->store);
    int r = ct_studio_publish(&t->s, &t->a, &wish, &problems, hash, &err);
    for (size_t i = 0; i < 4; i++)
        ct_store_return(&readers[i]);
    CT_OK_("published", r, &err);
    assert_true(live_text(t, "seeing").n > strlen(SECOND));
}

enum { ROUNDS = 12 };
struct publisher {
    struct studio *t;
    size_t slot;
    int64_t person;
    const char *path, *word;
    int done, refused;
};

/* Writes and publishes again and again, as a handler does: with a reader in its hand. */
static void *publish_on(void *arg)
{
    struct publisher *p = arg;

    for (int i = 0; i < ROUNDS; i++) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_READER rd = ct_store_reader(p->t->store);
        struct ct_studio s = p->t->s;
        struct ct_problems problems = {.arena = &a};
        struct ct_draft d = {.path = ct_sv_c(p->path), .person = p->person}, there;
        char base[CT_HASH_HEX + 1], hash[CT_HASH_HEX + 1];
        struct ct_sv file;
        int64_t version;
        s.cat = ct_library_hold(s.library, p->slot);
        if (ct_studio_file(&s, &a, d.path, &file, base, NULL) < 0)
            return "cannot read the file";
        if (ct_draft_get(rd.db, &a, d.path, &there, NULL) == CT_OK)
            d.version = there.version;
        d.base = ct_sv_c(base);
        d.source = ct_arena_printf(&a, "# Seeing\n\n## One\n\n%s %d.\n", p->word, i);
        int r = ct_draft_save(s.store, s.clock, &d, &version, NULL);
        struct ct_publish_wish wish = {d.path, version, p->person, true, CT_SV("New.")};
        if (r == CT_OK)
            r = ct_studio_publish(&s, &a, &wish, &problems, hash, NULL);
        ct_library_release(s.library, p->slot);
        if (r < 0 && r != CT_CONFLICT && r != CT_NOT_FOUND)
            return "cannot publish";
        p->done += r == CT_OK;
        p->refused += r < 0;
    }
    return NULL;
}

static void expect_no_fault(pthread_t *threads, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        void *fault = NULL;
        pthread_join(threads[i], &fault);
        CT_EQ_STR("no fault", fault, "");
    }
}

static void two_who_publish_different_files_do_not_disturb_each_other(void **state)
{
    struct studio *t = *state;
    struct ct_err err = CT_ERR_INIT;
    struct publisher publishers[] = {{t, 1, TESS, SEEING, "Tess", 0, 0},
                                     {t, 2, BEN, "basics/02-new.md", "Ben", 0, 0}};
    struct ct_publication *list = NULL;
    pthread_t threads[2];

    CT_OK_("watch", ct_library_watch(t->lib, NULL, NULL, &err), &err);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, publish_on, &publishers[i]), 0);
    expect_no_fault(threads, 2);
    CT_EQ_I64("all of Tess's", publishers[0].done, ROUNDS);
    CT_EQ_I64("all of Ben's", publishers[1].done, ROUNDS);
    CT_EQ_I64("a publication each", history(t, SEEING, &list), ROUNDS + 1);
    for (size_t i = 0; i < ROUNDS; i++)
        CT_EQ_SV("each noted, though the folder is watched", list[i].name, CT_SV("Tess Ito"));
    CT_EQ_SV("a version each", list[0].version, CT_SV("13"));
    CT_EQ_I64("and Ben's", history(t, "basics/02-new.md", &list), ROUNDS);
}

static void of_two_who_publish_one_file_each_text_is_seen_before_it_goes(void **state)
{
    struct studio *t = *state;
    struct publisher publishers[] = {{t, 1, TESS, SEEING, "Tess", 0, 0},
                                     {t, 2, BEN, SEEING, "Ben", 0, 0}};
    struct ct_publication *list = NULL;
    pthread_t threads[2];
    size_t n;

    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, publish_on, &publishers[i]), 0);
    expect_no_fault(threads, 2);
    n = history(t, SEEING, &list);
    CT_EQ_I64("a publication a success", n, publishers[0].done + publishers[1].done + 1);
    assert_true(n > 1);
    CT_EQ_SV("live is the last",
             ct_sv_c(ct_hash_hex(live_text(t, "seeing"), ct_arena_alloc(&t->a, CT_HASH_HEX + 1))),
             list[0].hash);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, studio_open, studio_close)
    const struct CMUnitTest tests[] = {
        T(a_draft_becomes_the_file_and_the_live_text),
        T(the_wish_rules_the_front_matter),
        T(a_version_that_was_had_is_not_given_again),
        T(the_other_files_have_no_version),
        T(line_ends_of_windows_stay),
        T(a_new_course_is_made_file_by_file),
        T(errors_keep_a_draft_from_being_published),
        T(wishes_that_say_too_little_are_refused),
        T(the_length_of_a_note_is_counted_in_characters),
        T(a_file_that_changed_meanwhile_is_not_overwritten),
        T(a_full_disk_leaves_draft_and_file_as_they_were),
        T(a_fault_of_the_records_puts_the_file_back),
        T(what_the_course_would_not_take_is_not_published),
        T(a_draft_like_the_live_text_ends_without_a_publication),
        T(a_link_to_a_file_stays_a_link),
        T(links_that_lead_out_are_not_written_through),
        T(publishing_wants_no_reader),
        T(two_who_publish_different_files_do_not_disturb_each_other),
        T(of_two_who_publish_one_file_each_text_is_seen_before_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
