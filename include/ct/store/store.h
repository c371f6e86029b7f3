/*
 * ct/store/store.h: the database of a running program: one writer, a pool of readers.
 *
 * A write is a job for the one writer thread. It runs inside a savepoint of the current
 * transaction, which is committed with its neighbours in one fsync (group commit); only then does
 * ct_store_write() return, so what it acknowledged is on the disk. A job that fails undoes itself
 * and nobody else; only when SQLite gives up the whole transaction (disk full, a disk fault, an
 * interrupted write) do the jobs that shared it fail too, with CT_INTERNAL. Reads never wait for
 * writes (WAL): a reader sees the last commit before its first statement.
 */
#ifndef CT_STORE_STORE_H
#define CT_STORE_STORE_H

#include "ct/store/db.h"
#include "ct/store/migrate.h"

struct ct_store;

struct ct_store_config {
    const char *path; /* the database file; its folder exists */
    const struct ct_migration *migrations;
    size_t n_migrations;
    unsigned readers; /* connections for reading, 1..64; 0: one and a half a core, at least 4 */
};

/* Opens, migrates, starts the writer. CT_OK; CT_CONFLICT for a newer database; CT_INTERNAL. */
int ct_store_open(const struct ct_store_config *cfg, struct ct_store **ret, struct ct_err *err);

/* Finishes the jobs that wait, closes everything. NULL is fine. No reader may be out. */
void ct_store_close(struct ct_store *s);

/* Runs the job on the writer and waits until it is durable. Returns what the job returned
 * (negative: it was undone), or CT_INTERNAL if the commit failed, in which case nothing of it is in
 * the database. */
/* A job writes through `db` alone, never through ct_store_write() (that asserts), and ends no
 * transaction. A job that leaves deferred foreign keys unsatisfied fails with CT_NOT_FOUND. */
typedef int ct_store_job(struct ct_db *db, void *arg, struct ct_err *err);
int ct_store_write(struct ct_store *s, ct_store_job *job, void *arg, struct ct_err *err);

/* Hands the job over and returns at once; `arg` is copied (`size` bytes). For what a reply does not
 * depend on ("this page was opened"). A full queue (4096) or a fault drops the job and counts it.
 */
void ct_store_write_behind(struct ct_store *s, ct_store_job *job, const void *arg, size_t size);

/* Waits until all jobs handed over before are done. */
void ct_store_drain(struct ct_store *s);

/* Borrows a reader, waiting for a free one; give it back with ct_store_return, or by scope. A
 * borrowed reader is inside one read transaction, so that several statements see one state. A
 * thread borrows one at a time: whoever holds one and waits for a second may wait for ever. */
struct ct_reader {
    struct ct_store *store;
    struct ct_db *db; /* use this; NULL if the pool is broken: reads then fail with CT_INTERNAL */
};
struct ct_reader ct_store_reader(struct ct_store *s);
void ct_store_return(struct ct_reader *r);
#define CT_AUTO_READER __attribute__((cleanup(ct_store_return))) struct ct_reader

/* Ends the view that a borrowed reader has: its next statement sees what was committed meanwhile,
 * as one state again. For whoever has read, then written, and wants to tell what there is now. No
 * statement of the reader may be in use. CT_OK; CT_INTERNAL: reads then see a state each. */
int ct_store_renew(struct ct_db *reader, struct ct_err *err);

/* Whether the database answers a read and the writer takes a job (that writes nothing). For
 * /healthz. */
int ct_store_check(struct ct_store *s, struct ct_err *err);

struct ct_store_stats {
    uint64_t jobs;      /* run, since the start, as all counts here */
    uint64_t commits;   /* transactions that reached the disk */
    uint64_t failed;    /* jobs that were undone */
    uint64_t dropped;   /* jobs handed over that came to nothing, by a full queue or a fault */
    uint64_t commit_us; /* microseconds spent in commits */
};
struct ct_store_stats ct_store_stats(struct ct_store *s);

#endif
