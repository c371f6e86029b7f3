/*
 * test_revision.c: versions of texts that were published before versions were noted, and which
 * module each was.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/studio.h"

#include "../../../server/learn/revision_priv.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_arena a;
};

struct old {
    const char *name, *path, *source;
    const char *version, *change; /* NULL: none is noted */
};

static const struct old texts[] = {
    {"no front matter", "basics/01-a.md", "# A\n", "1", NULL},
    {"no version", "basics/01-a.md", "---\nid: a\n---\n# A\n", "1", NULL},
    {"a version", "basics/01-a.md", "---\nversion: 3\nchange: New rules\n---\n# A\n", "3",
     "New rules"},
    {"a version that is text", "basics/02-b.md", "---\nversion: \"2026-01\"\n---\n# B\n", "2026-01",
     NULL},
    {"line ends of Windows", "basics/02-b.md", "---\r\nversion: 4\r\n---\r\n# B\r\n", "4", NULL},
    {"keys of another time", "basics/02-b.md", "---\nold: 1\nfor: [nobody]\nversion: 5\n---\n# B\n",
     "5", NULL},
    {"front matter that cannot be read", "basics/02-b.md", "---\nversion: [\n---\n# B\n", "1",
     NULL},
    {"a version in the text", "basics/02-b.md", "# B\n\nversion: 7\n", "1", NULL},
    {"a course", "basics/course.md", "---\ntitle: Basics\n---\n", NULL, NULL},
    {"the curriculum", "curriculum.md", "---\ntitle: All\n---\n", NULL, NULL},
};

static const struct ct_sql EDITION = {
    "select version, coalesce(change, '-') as change from edition where hash = :hash"};
static const struct ct_sql EDITIONS = {"select count(*) as n from edition"};

static int keep_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct old *text = arg;
    char hash[CT_HASH_HEX + 1];
    struct ct_sv source = ct_sv_c(text->source);

    return ct_revision_keep(db, ct_hash_hex(source, hash), ct_sv_c(text->path), source, 1700000000,
                            err);
}

static int fill_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_edition_fill(db, err);
}

static void keep(struct fixture *f, const struct old *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct old copy = *text;

    CT_OK_(text->name, ct_store_write(f->store, keep_job, &copy, &err), &err);
}

static void fill(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("fill", ct_store_write(f->store, fill_job, NULL, &err), &err);
}

static int64_t editions(struct fixture *f)
{
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &EDITIONS);

    CT_EQ_I64("counted", ct_stmt_step(&st, NULL), 1);
    return ct_col_i64(&st, "n");
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    if (!f)
        return -1;
    ct_temp_make(&f->temp);
    f->store = ct_temp_store(&f->temp);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_store_close(f->store);
    ct_arena_release(&f->a);
    ct_temp_remove(&f->temp);
    free(f);
    return 0;
}

static void versions_are_read_from_the_texts(void **state)
{
    struct fixture *f = *state;

    CT_EACH (t, texts)
        keep(f, t);
    CT_EQ_I64("none yet", editions(f), 0);
    fill(f);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_EACH (t, texts) {
        CT_AUTO_STMT st = ct_db_stmt(rd.db, &EDITION);
        char hash[CT_HASH_HEX + 1];
        ct_bind_c(&st, ":hash", ct_hash_hex(ct_sv_c(t->source), hash));
        CT_EQ_I64(t->name, ct_stmt_step(&st, NULL), t->version != NULL);
        if (!t->version)
            continue;
        CT_EQ_SV(t->name, ct_col_sv(&st, "version"), ct_sv_c(t->version));
        CT_EQ_SV(t->name, ct_col_sv(&st, "change"), ct_sv_c(t->change ? t->change : "-"));
    }
}

/* By the id that it gives itself, else by its file's name, as under that path. */
static void which_module_a_text_was_is_read_too(void **state)
{
    static const struct {
        const char *name, *path, *source, *course, *module;
    } cases[] = {
        {"its own id", "basics/01-a.md", "---\nid: law\n---\n# A\n", "basics", "law"},
        {"the same text in another file", "basics/02-b.md", "---\nid: law\n---\n# A\n", "basics",
         "law"},
        {"no id", "basics/01-a.md", "# A\n", "basics", "a"},
        {"no id, in another file", "basics/03-c.md", "# A\n", "basics", "c"},
        {"in another course", "more/03-c.md", "# A\n", "more", "c"},
        {"an id that is none", "basics/01-a.md", "---\nid: [x]\n---\n# A\n", "basics", "a"},
    };
    static const struct ct_sql told = {
        "select course, module from module_text where path = :path and hash = :hash"};
    struct fixture *f = *state;

    CT_EACH (c, cases)
        keep(f, &(struct old){.name = c->name, .path = c->path, .source = c->source});
    fill(f);
    fill(f);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_EACH (c, cases) {
        CT_AUTO_STMT st = ct_db_stmt(rd.db, &told);
        char hash[CT_HASH_HEX + 1];
        ct_bind_c(&st, ":path", c->path);
        ct_bind_c(&st, ":hash", ct_hash_hex(ct_sv_c(c->source), hash));
        CT_EQ_I64(c->name, ct_stmt_step(&st, NULL), 1);
        CT_EQ_SV(c->name, ct_col_sv(&st, "course"), ct_sv_c(c->course));
        CT_EQ_SV(c->name, ct_col_sv(&st, "module"), ct_sv_c(c->module));
    }
}

static void only_what_has_none_is_given_a_version(void **state)
{
    struct fixture *f = *state;
    static const char old_note[] = "insert into edition(hash, version)"
                                   " select hash, 'as noted' from revision";
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db;

    keep(f, &texts[2]);
    CT_OK_("open", ct_db_open(ct_temp_path(&f->temp, "test.db"), false, &db, &err), &err);
    CT_OK_("note", ct_db_exec(db, old_note, &err), &err);
    ct_db_close(db);
    fill(f);
    fill(f);
    CT_EQ_I64("one", editions(f), 1);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &EDITION);
    char hash[CT_HASH_HEX + 1];
    ct_bind_c(&st, ":hash", ct_hash_hex(ct_sv_c(texts[2].source), hash));
    CT_EQ_I64("there", ct_stmt_step(&st, NULL), 1);
    CT_EQ_SV("as it was", ct_col_sv(&st, "version"), CT_SV("as noted"));
}

static void a_history_from_before_tells_its_versions(void **state)
{
    struct fixture *f = *state;
    struct ct_clock clock = {ct_fixed_now, &(int64_t){1700000000}};
    struct ct_library *lib;
    struct ct_publication *list;
    struct ct_err err = CT_ERR_INIT;
    size_t n;

    ct_temp_write(&f->temp, "content/curriculum.md",
                  "---\ntitle: All\ndisciplines: [advocate (advocates)]\ncourses: [basics]\n---\n");
    ct_temp_write(&f->temp, "content/basics/course.md", "---\ntitle: Basics\n---\n");
    ct_temp_write(&f->temp, "content/basics/01-a.md", "---\nversion: 4\n---\n# A\n\n## S\n\nx\n");
    keep(f, &texts[1]);
    keep(f, &texts[2]);
    CT_OK_("open",
           ct_library_open(f->store, &clock, ct_temp_path(&f->temp, "content"), 1, &lib, &err),
           &err);
    ct_library_close(lib);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("history", ct_studio_history(rd.db, &f->a, CT_SV("basics/01-a.md"), &list, &n, &err),
           &err);
    CT_EQ_I64("three", n, 3);
    CT_EQ_SV("now", list[0].version, CT_SV("4"));
    CT_EQ_SV("before", list[1].version, CT_SV("3"));
    CT_EQ_SV("what it said was new", list[1].note, CT_SV("New rules"));
    CT_EQ_I64("material", list[1].material, true);
    CT_EQ_SV("at first", list[2].version, CT_SV("1"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(versions_are_read_from_the_texts),
        TEST(which_module_a_text_was_is_read_too),
        TEST(only_what_has_none_is_given_a_version),
        TEST(a_history_from_before_tells_its_versions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
