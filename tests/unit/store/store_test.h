/*
 * store_test.h: what the tests of store share: a folder of their own, small queries, expected
 * aborts; a connection with persons in it, for those of db; an open store with items in it, and a
 * gate that holds its writer, for those of store.
 */
#ifndef CT_STORE_TEST_H
#define CT_STORE_TEST_H

#include "ct_test.h"

#include "ct/store/db.h"
#include "ct/store/store.h"

#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

struct folder {
    char dir[32];
    char path[64]; /* a database in it, not yet there */
};

static inline int folder_make(struct folder *f)
{
    snprintf(f->dir, sizeof f->dir, "/tmp/ct-store-XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/test.db", f->dir);
    return 0;
}

static inline int folder_remove_one(const char *path, const struct stat *st, int type,
                                    struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static inline void folder_remove(struct folder *f)
{
    nftw(f->dir, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* The one number that a query gives as column n. */
static inline int64_t number_of(struct ct_db *db, const struct ct_sql *sql)
{
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STMT st = ct_db_stmt(db, sql);
    CT_EQ_I64(sql->text, ct_stmt_step(&st, &err), 1);
    return ct_col_i64(&st, "n");
}

/* Runs in a child, which must end by SIGABRT; its complaint is not for the log of the tests. */
static inline void expect_abort(const char *name, void (*run)(void *arg), void *arg)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        run(arg);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
        fail_msg("%s: did not abort (status %d)", name, status);
}

/* Interrupts at the n-th call. */
struct fuse {
    int64_t left;
};

static inline bool fuse_burn(void *arg)
{
    struct fuse *f = arg;
    return --f->left <= 0;
}

/* Those of db: a connection with persons, who have notes. */

struct db_fixture {
    struct ct_db *db;
    struct ct_err err;
    struct folder folder;
};

static const char db_schema[] =
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    "  age INTEGER CHECK(age >= 0), score REAL, photo BLOB) STRICT;"
    "CREATE TABLE note(id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id),"
    "  text TEXT) STRICT;"
    "CREATE TRIGGER keep BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'append only'); END;";

static const struct ct_sql ADD_PERSON = {
    "INSERT INTO person(name, age, score) VALUES(:name, :age, :score)"};
static const struct ct_sql COUNT_PERSONS = {"SELECT count(*) AS n FROM person"};

static inline int db_set_up(void **state)
{
    struct db_fixture *f = calloc(1, sizeof *f);
    if (!f || folder_make(&f->folder) != 0)
        return -1;
    *state = f;
    if (ct_db_open(f->folder.path, false, &f->db, &f->err) < 0)
        return -1;
    return ct_db_exec(f->db, db_schema, &f->err);
}

static inline int db_tear_down(void **state)
{
    struct db_fixture *f = *state;
    ct_db_close(f->db);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static inline int add_person(struct ct_db *db, const char *name, int64_t age, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_PERSON);
    ct_bind_c(&st, ":name", name);
    ct_bind_i64(&st, ":age", age);
    ct_bind_null(&st, ":score");
    return ct_stmt_run(&st, err);
}

/* Those of store: a store with items, which have parts, and with two accounts. */

static const struct ct_migration store_schema[] = {
    {"tables",
     "CREATE TABLE item(id INTEGER PRIMARY KEY, text TEXT) STRICT;"
     "CREATE TABLE part(id INTEGER PRIMARY KEY, item INTEGER NOT NULL"
     "  REFERENCES item(id) DEFERRABLE INITIALLY DEFERRED) STRICT;"
     "CREATE TABLE account(id INTEGER PRIMARY KEY, money INTEGER NOT NULL CHECK(money >= 0)) "
     "STRICT;"
     "INSERT INTO account VALUES(1, 1000), (2, 0)",
     NULL},
};

struct store_fixture {
    struct ct_store *store;
    struct ct_err err;
    struct folder folder;
};

static inline int store_open(struct store_fixture *f, unsigned readers)
{
    const struct ct_store_config cfg = {f->folder.path, store_schema, 1, readers};
    return ct_store_open(&cfg, &f->store, &f->err);
}

static inline int store_set_up(void **state)
{
    struct store_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return !f || folder_make(&f->folder) != 0 ? -1 : store_open(f, 4);
}

static inline int store_set_up_closed(void **state)
{
    struct store_fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f ? folder_make(&f->folder) : -1;
}

static inline int store_tear_down(void **state)
{
    struct store_fixture *f = *state;
    ct_store_close(f->store);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static const struct ct_sql COUNT_ITEMS = {"SELECT count(*) AS n FROM item"};

static inline int64_t store_count(struct ct_store *s, const struct ct_sql *sql)
{
    CT_AUTO_READER r = ct_store_reader(s);
    return number_of(r.db, sql);
}

static inline bool item_exists(struct ct_store *s, int64_t id)
{
    static const struct ct_sql FIND = {"SELECT id FROM item WHERE id = :id"};
    CT_AUTO_READER r = ct_store_reader(s);
    CT_AUTO_STMT st = ct_db_stmt(r.db, &FIND);
    ct_bind_i64(&st, ":id", id);
    return ct_stmt_step(&st, NULL) == 1;
}

static inline int add_item(struct ct_db *db, int64_t id, struct ct_err *err)
{
    static const struct ct_sql ADD_ITEM = {"INSERT INTO item(id) VALUES(:id)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &ADD_ITEM);
    ct_bind_i64(&st, ":id", id);
    return ct_stmt_run(&st, err);
}

/* Jobs. The argument of those that add is the number of an item. */

static inline int add_item_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    return add_item(db, *(int64_t *)arg, err);
}

static inline int seven_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)db, (void)arg, (void)err;
    return 7;
}

/*
 * A gate: the writer waits in it until it is opened. Where the order of jobs matters, it holds the
 * writer in a first job while the others queue up, so that no test depends on speed.
 */
struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t change;
    bool entered, open;
};

#define GATE_INIT                                                                                  \
    {                                                                                              \
        PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false                          \
    }

static inline int gate_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct gate *g = *(struct gate **)arg;
    (void)db, (void)err;
    pthread_mutex_lock(&g->mutex);
    g->entered = true;
    pthread_cond_broadcast(&g->change);
    while (!g->open)
        pthread_cond_wait(&g->change, &g->mutex);
    pthread_mutex_unlock(&g->mutex);
    return CT_OK;
}

/* Returns when the writer is held, and its queue empty. */
static inline void gate_close(struct ct_store *s, struct gate *g)
{
    ct_store_write_behind(s, gate_job, &g, sizeof g);
    pthread_mutex_lock(&g->mutex);
    while (!g->entered)
        pthread_cond_wait(&g->change, &g->mutex);
    pthread_mutex_unlock(&g->mutex);
}

static inline void gate_open(struct gate *g)
{
    pthread_mutex_lock(&g->mutex);
    g->open = true;
    pthread_cond_broadcast(&g->change);
    pthread_mutex_unlock(&g->mutex);
}

static inline void write_behind(struct ct_store *s, ct_store_job *job, int64_t id)
{
    ct_store_write_behind(s, job, &id, sizeof id);
}

#endif
