/*
 * studio_test.h: a content folder with a library, people who write, and drafts in one line each,
 * for the tests of the studio.
 */
#ifndef CT_TEST_STUDIO_TEST_H
#define CT_TEST_STUDIO_TEST_H

#include "ct_content.h"
#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/learn/studio.h"

enum { TESS = 1, BEN = 2 };

struct studio {
    struct ct_content in;
    struct ct_store *store;
    struct ct_library *lib;
    struct ct_arena a;
    struct ct_studio s;
};

static inline int studio_people(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db,
                      "insert into person(id, email, email_key, name, roles, created_at) values"
                      "(1, 'tess@example.org', 'tess@example.org', 'Tess Ito', 3, 0),"
                      "(2, 'ben@example.org', 'ben@example.org', 'Ben Čapek', 3, 0)",
                      err);
}

static inline void content_write(struct studio *t, const char *path, const char *text)
{
    ct_content_write(&t->in, path, text);
}

static inline int studio_open(void **state)
{
    struct studio *t = calloc(1, sizeof *t);
    struct ct_err err = CT_ERR_INIT;

    if (!t || ct_secret_init(NULL) < 0)
        return -1;
    ct_content_make(&t->in);
    ct_content_basics(&t->in, FIRST);
    t->store = ct_temp_store(&t->in.temp);
    CT_OK_("people", ct_store_write(t->store, studio_people, NULL, &err), &err);
    CT_OK_("library", ct_library_open(t->store, &t->in.clock, t->in.dir, 4, &t->lib, &err), &err);
    t->s =
        (struct ct_studio){t->store, t->lib, &t->in.clock, t->in.dir, ct_library_hold(t->lib, 0)};
    *state = t;
    return 0;
}

static inline int studio_close(void **state)
{
    struct studio *t = *state;

    ct_library_release(t->lib, 0);
    ct_library_close(t->lib);
    ct_store_close(t->store);
    ct_arena_release(&t->a);
    ct_content_remove(&t->in);
    free(t);
    return 0;
}

/* What a request does at its start. */
static inline void catch_up(struct studio *t)
{
    ct_library_release(t->lib, 0);
    t->s.cat = ct_library_hold(t->lib, 0);
}

/* Somebody saved in the folder with an editor. */
static inline void folder_saved(struct studio *t, const char *path, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    content_write(t, path, text);
    CT_OK_(path, ct_library_refresh(t->lib, &changed, &err), &err);
    catch_up(t);
}

static inline struct ct_sv file_text(struct studio *t, const char *path, char *ret_hash)
{
    struct ct_err err = CT_ERR_INIT;
    char hash[CT_HASH_HEX + 1];
    struct ct_sv text = CT_SV_NULL;

    CT_OK_(path,
           ct_studio_file(&t->s, &t->a, ct_sv_c(path), &text, ret_hash ? ret_hash : hash, &err),
           &err);
    return text;
}

static inline struct ct_draft draft_of(struct studio *t, const char *path)
{
    struct ct_draft d = {.version = 0};
    CT_AUTO_READER rd = ct_store_reader(t->store);

    ct_draft_get(rd.db, &t->a, ct_sv_c(path), &d, NULL);
    return d;
}

/* Tess writes a text in the browser, from the file as it is. Returns the draft's version. */
static inline int64_t write_draft(struct studio *t, const char *path, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    char base[CT_HASH_HEX + 1];
    int64_t version = 0;

    file_text(t, path, base);
    struct ct_draft d = {.path = ct_sv_c(path),
                         .base = ct_sv_c(base),
                         .source = ct_sv_c(text),
                         .person = TESS,
                         .version = draft_of(t, path).version};
    CT_OK_(path, ct_draft_save(t->store, &t->in.clock, &d, &version, &err), &err);
    return version;
}

/* The text of what learners get under an address of the course; null if there is none. */
static inline struct ct_sv live_text(struct studio *t, const char *slug)
{
    catch_up(t);
    const struct ct_course *c = ct_catalogue_course(t->s.cat, CT_SV("basics"));
    const struct ct_module *m = c ? ct_course_module(c, ct_sv_c(slug)) : NULL;

    return m ? m->source : CT_SV_NULL;
}

static inline int try_publish(struct studio *t, const char *path, const char *note, bool material,
                              struct ct_problems *ret_problems, struct ct_err *err)
{
    struct ct_publish_wish wish = {.path = ct_sv_c(path),
                                   .version = draft_of(t, path).version,
                                   .person = TESS,
                                   .material = material,
                                   .note = ct_sv_c(note)};
    char hash[CT_HASH_HEX + 1] = "";
    int r = ct_studio_publish(&t->s, &t->a, &wish, ret_problems, hash, err);

    assert_int_equal(r == CT_OK, hash[0] != '\0');
    catch_up(t);
    return r;
}

static inline void publish(struct studio *t, const char *path, const char *text, const char *note,
                           bool material)
{
    struct ct_problems problems = {.arena = &t->a};
    struct ct_err err = CT_ERR_INIT;

    write_draft(t, path, text);
    CT_OK_(path, try_publish(t, path, note, material, &problems, &err), &err);
}

static inline size_t history(struct studio *t, const char *path, struct ct_publication **ret)
{
    struct ct_err err = CT_ERR_INIT;
    size_t n = 0;
    CT_AUTO_READER rd = ct_store_reader(t->store);

    CT_OK_(path, ct_studio_history(rd.db, &t->a, ct_sv_c(path), ret, &n, &err), &err);
    return n;
}

#endif
