/*
 * update.c: what holders of a completion have to read after a material change, told from the
 * record; and noting that they did.
 */
#include "ct/learn/update.h"

#include "ct/course/change.h"
#include "ct/learn/library.h"

#include "event_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

#define KEYED                                                                                      \
    " where x.person = :person and x.course = :course and x.module = :module"                      \
    " and x.discipline = :discipline"

/* The texts that a person knows: completed on them, or read what changed up to them. */
static const struct ct_sql KNOWN = {
    "select x.revision, x.at, coalesce(e.version, '1') as version from completion x"
    " left join edition e on e.hash = x.revision" KEYED
    " union all select x.revision, x.at, coalesce(e.version, '1') from update_read x"
    " left join edition e on e.hash = x.revision" KEYED " order by 2, 1"};
/* What was published of the module, in whatever file, since a text was live for the last time. */
#define OF_MODULE                                                                                  \
    " from module_text t join publication p on p.path = t.path and p.hash = t.hash"                \
    " left join edition e on e.hash = p.hash where t.course = :course and t.module = :module"
static const struct ct_sql SINCE = {
    "select p.at, coalesce(e.version, '1') as version, e.change" OF_MODULE
    " and p.id > coalesce((select max(p.id)" OF_MODULE " and p.hash = :held), 0) order by p.id"};
static const struct ct_sql READ = {
    "insert into update_read(person, course, module, discipline, revision, at)"
    " select :person, :course, :module, :discipline, :revision, :at"
    " where not exists(select 1 from update_read x" KEYED " and x.revision = :revision)"};
static const struct ct_sql HOLDERS = {
    "select count(*) as n from person where active = 1 and exists(select 1 from completion x"
    " where x.person = person.id and x.course = :course and x.module = :module)"};

const struct ct_sql *const ct_update_sql[] = {&KNOWN, &SINCE, &READ, &HOLDERS, NULL};

struct held { /* the latest text that the person knows */
    struct ct_sv revision, version;
    int64_t at;
    bool due;
};

static int read_held(const struct ct_desk *d, const struct ct_key *key, struct ct_sv live_version,
                     struct held *ret, struct ct_err *err)
{
    struct held held = {.due = true};
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &KNOWN);

    ct_key_bind(&st, key);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        held.revision = ct_col_dup(&st, "revision", d->arena);
        held.version = ct_col_dup(&st, "version", d->arena);
        held.at = ct_col_i64(&st, "at");
        held.due = held.due && !ct_sv_eq(held.version, live_version);
    }
    if (r < 0)
        return r;
    if (!held.revision.p)
        return ct_fail(err, CT_NOT_FOUND, "module", "not completed");
    *ret = held;
    return CT_OK;
}

static int read_notes(const struct ct_desk *d, const struct ct_key *key, const struct held *held,
                      struct ct_update *ret, struct ct_err *err)
{
    struct ct_sv version = held->version;
    struct ct_update_note *notes = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &SINCE);

    ct_bind_sv(&st, ":course", key->course);
    ct_bind_sv(&st, ":module", key->module);
    ct_bind_sv(&st, ":held", held->revision);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_update_note note = {ct_col_i64(&st, "at"), ct_col_dup(&st, "version", d->arena),
                                      ct_col_dup(&st, "change", d->arena)};

        if (!ct_sv_eq(note.version, version))
            CT_ARENA_PUSH(d->arena, notes, n, cap, note);
        version = note.version;
    }
    for (size_t i = 0; i < n / 2; i++) {
        struct ct_update_note note = notes[i];

        notes[i] = notes[n - 1 - i];
        notes[n - 1 - i] = note;
    }
    ret->notes = notes;
    ret->n_notes = n;
    return r;
}

int ct_update_get(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                  struct ct_update *ret, struct ct_err *err)
{
    struct ct_key key = ct_key_of(d, c, m);
    struct ct_update u = {.module = m, .held = m};
    struct held held;
    int r = read_held(d, &key, ct_module_version(m), &held, err);

    if (r < 0)
        return r;
    u.held_at = held.at;
    u.due = held.due;
    if (u.due && ((r = read_notes(d, &key, &held, &u, err)) < 0 ||
                  (r = ct_revision_module(d->db, d->arena, d->cat, c, m->id, held.revision, &u.held,
                                          err)) < 0))
        return r;
    *ret = u;
    return CT_OK;
}

struct read_job {
    const struct ct_key *key;
    struct ct_sv revision;
    int64_t at;
};

static int read_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct read_job *job = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &READ);

    ct_key_bind(&st, job->key);
    ct_bind_sv(&st, ":revision", job->revision);
    ct_bind_i64(&st, ":at", job->at);
    return ct_stmt_run(&st, err);
}

int ct_update_read(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                   struct ct_sv revision, struct ct_err *err)
{
    struct ct_key key = ct_key_of(d, c, m);
    struct read_job job = {&key, revision, ct_now(d->clock)};
    struct held held;
    int r = read_held(d, &key, ct_module_version(m), &held, err);

    if (r < 0)
        return r;
    if (!ct_sv_eq_c(revision, m->revision))
        return ct_fail(err, CT_CONFLICT, "revision", "the text has changed again");
    return held.due ? ct_store_write(d->store, read_run, &job, err) : CT_OK;
}

int ct_update_holders(struct ct_db *db, struct ct_sv course, struct ct_sv module, int64_t *ret,
                      struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &HOLDERS);

    ct_bind_sv(&st, ":course", course);
    ct_bind_sv(&st, ":module", module);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = ct_col_i64(&st, "n");
    return CT_OK;
}
