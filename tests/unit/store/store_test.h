/*
 * store_test.h: what the tests of store share: a folder of their own, small queries, expected
 * aborts.
 */
#ifndef CT_STORE_TEST_H
#define CT_STORE_TEST_H

#include "ct_test.h"

#include "ct/store/db.h"

#include <ftw.h>
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

#endif
