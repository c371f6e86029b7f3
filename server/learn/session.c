/*
 * session.c: opening, finding and ending sessions, and slowing down who guesses passwords.
 */
#include "ct/learn/session.h"

#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

enum {
    FAILURES_MAX = 10,         /* wrong passwords for an address ... */
    FAILURES_WINDOW = 15 * 60, /* ... within these seconds */
    SEEN_STEP = 10 * 60        /* seconds between two notes that a session is in use */
};

static const struct ct_sql CREDENTIALS = {
    "select id, active, password from person where email_key = :email_key"};
static const struct ct_sql FAILURES = {"select count(*) as n from sign_in_failure"
                                       " where email_key = :email_key and at > :since"};
static const struct ct_sql FAILED = {
    "insert into sign_in_failure(email_key, at) values(:email_key, :now)"};
static const struct ct_sql FORGET_FAILURES = {
    "delete from sign_in_failure where email_key = :email_key or at <= :since"};
static const struct ct_sql OPEN = {"insert into session(token_hash, person, created_at, seen_at)"
                                   " values(:token_hash, :person, :now, :now)"};
static const struct ct_sql SIGNED_IN = {"update person set signed_in_at = :now where id = :person"};
static const struct ct_sql EXPIRE = {
    "delete from session where person = :person and (seen_at < :idle or created_at < :age)"};
static const struct ct_sql FIND = {
    "select s.person, s.created_at, s.seen_at, p.roles, p.name, p.email, p.discipline"
    " from session s join person p on p.id = s.person"
    " where s.token_hash = :token_hash and p.active = 1"};
static const struct ct_sql SEEN = {
    "update session set seen_at = :now where token_hash = :token_hash"};
static const struct ct_sql CLOSE = {"delete from session where token_hash = :token_hash"};

const struct ct_sql *const ct_session_sql[] = {&CREDENTIALS, &FAILURES,  &FAILED, &FORGET_FAILURES,
                                               &OPEN,        &SIGNED_IN, &EXPIRE, &FIND,
                                               &SEEN,        &CLOSE,     NULL};

void ct_sessions_init(struct ct_sessions *ss, struct ct_store *store, const struct ct_clock *clock)
{
    ss->store = store;
    ss->clock = clock;
    atomic_init(&ss->generation, 1); /* a zeroed cache is thus out of date */
    sem_init(&ss->verifying, 0, CT_VERIFYING_MAX);
}

void ct_sessions_changed(struct ct_sessions *ss)
{
    atomic_fetch_add_explicit(&ss->generation, 1, memory_order_release);
}

const char *ct_csrf_of(struct ct_sv secret, char *buf)
{
    return ct_hash_keyed_hex(CT_SV("crosstrain form token v1"), secret, buf);
}

struct opening {
    struct ct_sv email_key; /* null: without a password */
    int64_t person, now;
    char token_hash[CT_HASH_HEX + 1];
    bool locked; /* too many tries failed of late */
};

/* Notes a try as failed before it is verified, unless there were too many of late: so that tries at
 * the same time are counted as well. A try that turns out right takes the note away again. */
static int try_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct opening *o = arg;
    CT_AUTO_STMT failures = ct_db_stmt(db, &FAILURES);
    CT_AUTO_STMT failed = ct_db_stmt(db, &FAILED);
    int r;

    ct_bind_sv(&failures, ":email_key", o->email_key);
    ct_bind_i64(&failures, ":since", o->now - FAILURES_WINDOW);
    if ((r = ct_stmt_step(&failures, err)) < 0)
        return r;
    o->locked = ct_col_i64(&failures, "n") >= FAILURES_MAX;
    if (o->locked)
        return CT_OK;
    ct_bind_sv(&failed, ":email_key", o->email_key);
    ct_bind_i64(&failed, ":now", o->now);
    return ct_stmt_run(&failed, err);
}

static int forget_failures(struct ct_db *db, const struct opening *o, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &FORGET_FAILURES);

    ct_bind_sv(&st, ":email_key", o->email_key);
    ct_bind_i64(&st, ":since", o->now - FAILURES_WINDOW);
    return ct_stmt_run(&st, err);
}

static int expire_old(struct ct_db *db, const struct opening *o, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &EXPIRE);

    ct_bind_i64(&st, ":person", o->person);
    ct_bind_i64(&st, ":idle", o->now - CT_SESSION_IDLE);
    ct_bind_i64(&st, ":age", o->now - CT_SESSION_AGE);
    return ct_stmt_run(&st, err);
}

static int open_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct opening *o = arg;
    CT_AUTO_STMT open = ct_db_stmt(db, &OPEN);
    CT_AUTO_STMT signed_in = ct_db_stmt(db, &SIGNED_IN);
    int r;

    if (o->email_key.p && (r = forget_failures(db, o, err)) < 0)
        return r;
    if ((r = expire_old(db, o, err)) < 0)
        return r;
    ct_bind_c(&open, ":token_hash", o->token_hash);
    ct_bind_i64(&open, ":person", o->person);
    ct_bind_i64(&open, ":now", o->now);
    if ((r = ct_stmt_run(&open, err)) < 0)
        return r;
    ct_bind_i64(&signed_in, ":now", o->now);
    ct_bind_i64(&signed_in, ":person", o->person);
    return ct_stmt_run(&signed_in, err);
}

static int write_session(struct ct_sessions *ss, struct opening *o, char *ret_token,
                         struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];
    int r;

    ct_random_token(token);
    ct_hash_hex(ct_sv_c(token), o->token_hash);
    if ((r = ct_store_write(ss->store, open_job, o, err)) < 0)
        return r;
    memcpy(ret_token, token, sizeof token);
    return CT_OK;
}

/* What the database says about an address: the person, and the hash to verify against ("" if there
 * is none to be had). */
static int credentials(struct ct_sessions *ss, struct opening *o, struct ct_arena *a,
                       const char **ret_hash, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(ss->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &CREDENTIALS);
    int r;

    *ret_hash = "";
    ct_bind_sv(&st, ":email_key", o->email_key);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r > 0 && ct_col_i64(&st, "active")) {
        o->person = ct_col_i64(&st, "id");
        *ret_hash = ct_arena_cstr(a, ct_col_sv(&st, "password"));
    }
    return CT_OK;
}

static bool verify(struct ct_sessions *ss, const char *hash, struct ct_sv password)
{
    bool right;

    while (sem_wait(&ss->verifying) != 0) /* a signal came in between */
        continue;
    right = ct_password_verify(hash, password);
    sem_post(&ss->verifying);
    return right;
}

int ct_session_open(struct ct_sessions *ss, struct ct_sv email, struct ct_sv password,
                    char *ret_token, struct ct_err *err)
{
    static const char refusal[] = "the e-mail address and the password do not belong together";
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct opening o = {.email_key = ct_email_key(&a, email), .now = ct_now(ss->clock)};
    const char *hash;
    int r;

    if (o.email_key.n > CT_EMAIL_MAX || password.n > CT_PASSWORD_MAX)
        return ct_fail(err, CT_DENIED, "password", "%s", refusal);
    if ((r = ct_store_write(ss->store, try_job, &o, err)) < 0 ||
        (r = credentials(ss, &o, &a, &hash, err)) < 0)
        return r;
    /* The reader has gone back before the slow part; the time is the same whoever asks. */
    if (verify(ss, o.locked ? "" : hash, password))
        return write_session(ss, &o, ret_token, err);
    return ct_fail(err, CT_DENIED, "password", "%s", refusal);
}

int ct_session_open_for(struct ct_sessions *ss, int64_t person, char *ret_token, struct ct_err *err)
{
    struct opening o = {.person = person, .now = ct_now(ss->clock)};

    return write_session(ss, &o, ret_token, err);
}

static void copy_text(char *to, size_t size, struct ct_sv from)
{
    size_t n = from.n < size ? from.n : size - 1;

    if (n)
        memcpy(to, from.p, n);
    to[n] = '\0';
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

struct seen {
    char token_hash[CT_HASH_HEX + 1];
    int64_t now;
};

static int seen_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct seen *seen = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &SEEN);

    ct_bind_i64(&st, ":now", seen->now);
    ct_bind_c(&st, ":token_hash", seen->token_hash);
    return ct_stmt_run(&st, err);
}

/* Reads the session of s->token_hash into *s; false if there is none that is still good. */
static bool look_up(struct ct_sessions *ss, struct ct_session *s, struct ct_sv token, int64_t now)
{
    CT_AUTO_READER rd = ct_store_reader(ss->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &FIND);
    int64_t seen_at, ends_at;

    ct_bind_c(&st, ":token_hash", s->token_hash);
    if (ct_stmt_step(&st, NULL) <= 0)
        return false;
    seen_at = ct_col_i64(&st, "seen_at");
    ends_at = ct_col_i64(&st, "created_at") + CT_SESSION_AGE;
    if (now >= least(seen_at + CT_SESSION_IDLE, ends_at))
        return false;
    s->person = ct_col_i64(&st, "person");
    s->roles = (unsigned)ct_col_i64(&st, "roles");
    /* In the cache an entry lives for a few seconds, after which the database is asked again. */
    s->expires_at = least(now + CT_SESSION_RECHECK, ends_at);
    copy_text(s->name, sizeof s->name, ct_col_sv(&st, "name"));
    copy_text(s->email, sizeof s->email, ct_col_sv(&st, "email"));
    copy_text(s->discipline, sizeof s->discipline, ct_col_sv(&st, "discipline"));
    ct_csrf_of(token, s->csrf);
    if (now - seen_at >= SEEN_STEP) {
        struct seen seen = {.now = now};
        memcpy(seen.token_hash, s->token_hash, sizeof seen.token_hash);
        ct_store_write_behind(ss->store, seen_job, &seen, sizeof seen);
    }
    return true;
}

const struct ct_session *ct_session_find(struct ct_sessions *ss, struct ct_session_cache *cache,
                                         struct ct_sv token)
{
    uint64_t generation = atomic_load_explicit(&ss->generation, memory_order_acquire);
    int64_t now = ct_now(ss->clock);
    struct ct_session found = {.person = 0};
    struct ct_session *slot = NULL;

    if (token.n != CT_TOKEN_TEXT)
        return NULL;
    if (cache->generation != generation) {
        memset(cache, 0, sizeof *cache);
        cache->generation = generation;
    }
    ct_hash_hex(token, found.token_hash);
    for (size_t i = 0; i < CT_SESSION_CACHE; i++) {
        struct ct_session *s = &cache->items[i];
        if (s->person == 0 || memcmp(s->token_hash, found.token_hash, CT_HASH_HEX) != 0)
            continue;
        if (now < s->expires_at)
            return s;
        slot = s;
    }
    if (!look_up(ss, &found, token, now)) {
        if (slot)
            memset(slot, 0, sizeof *slot);
        return NULL;
    }
    if (!slot)
        slot = &cache->items[cache->next++ % CT_SESSION_CACHE];
    *slot = found;
    return slot;
}

static int close_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &CLOSE);

    ct_bind_c(&st, ":token_hash", arg);
    return ct_stmt_run(&st, err);
}

int ct_session_close(struct ct_sessions *ss, struct ct_sv token, struct ct_err *err)
{
    char hash[CT_HASH_HEX + 1];
    int r = ct_store_write(ss->store, close_job, (void *)(uintptr_t)ct_hash_hex(token, hash), err);

    ct_sessions_changed(ss);
    return r;
}
