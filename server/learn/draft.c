/*
 * draft.c: the texts that trainers are writing: each save checked against the version it was made
 * from, inside the writer's job, so that of two savers one always learns of the other.
 */
#include "draft_priv.h"
#include "sql_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

static const struct ct_sql GET = {
    "select d.id, d.path, d.base, d.began_at, t.id as text, t.version, t.person, p.name, t.source,"
    " t.at"
    " from draft d join draft_text t on t.draft = d.id"
    "  and t.version = (select max(version) from draft_text where draft = d.id)"
    " join person p on p.id = t.person"
    " where d.path = :path and d.ended_at is null"};
static const struct ct_sql LIST = {
    "select d.id, d.path, d.base, d.began_at, t.id as text, t.version, t.person, p.name,"
    " null as source, t.at"
    " from draft d join draft_text t on t.draft = d.id"
    "  and t.version = (select max(version) from draft_text where draft = d.id)"
    " join person p on p.id = t.person"
    " where d.ended_at is null order by d.path"};
static const struct ct_sql BEGIN = {"insert into draft(path, base, began_at)"
                                    " values(:path, :base, :now)"};
static const struct ct_sql LAST = {
    "select coalesce(max(t.version), 0) as last from draft d join draft_text t on t.draft = d.id"
    " where d.path = :path"};
static const struct ct_sql ADD = {"insert into draft_text(draft, version, person, source, at)"
                                  " values(:draft, :version, :person, :source, :now)"};
static const struct ct_sql REPLACE = {
    "update draft_text set version = :version, source = :source, at = :now where id = :text"};
static const struct ct_sql REBASE = {"update draft set base = :base where id = :draft"};
static const struct ct_sql CLEAR = {
    "delete from draft_text where draft = :draft and version < :version"};
static const struct ct_sql END = {
    "update draft set ended_at = :now, published = :published where id = :draft"};

const struct ct_sql *const ct_draft_sql[] = {&GET,     &LIST,   &BEGIN, &LAST, &ADD,
                                             &REPLACE, &REBASE, &CLEAR, &END,  NULL};

struct found { /* a draft, and its rows */
    struct ct_draft draft;
    int64_t id, text;
};

static struct found read_row(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct found){.draft = {.path = ct_col_dup(st, "path", a),
                                    .base = ct_col_dup(st, "base", a),
                                    .source = ct_col_dup(st, "source", a),
                                    .version = ct_col_i64(st, "version"),
                                    .person = ct_col_i64(st, "person"),
                                    .name = ct_col_dup(st, "name", a),
                                    .began_at = ct_col_i64(st, "began_at"),
                                    .saved_at = ct_col_i64(st, "at")},
                          .id = ct_col_i64(st, "id"),
                          .text = ct_col_i64(st, "text")};
}

/* The open draft; id 0 if there is none. */
static int find(struct ct_db *db, struct ct_arena *a, struct ct_sv path, struct found *ret,
                struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &GET);
    int r;

    *ret = (struct found){.id = 0};
    ct_bind_sv(&st, ":path", path);
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = read_row(&st, a);
    return r < 0 ? r : CT_OK;
}

int ct_draft_get(struct ct_db *db, struct ct_arena *a, struct ct_sv path, struct ct_draft *ret,
                 struct ct_err *err)
{
    struct found f;
    int r = find(db, a, path, &f, err);

    if (r < 0)
        return r;
    if (f.id == 0)
        return ct_fail(err, CT_NOT_FOUND, "draft", "nobody is writing this file");
    *ret = f.draft;
    return CT_OK;
}

int ct_draft_list(struct ct_db *db, struct ct_arena *a, struct ct_draft **ret, size_t *ret_n,
                  struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);
    struct ct_draft *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, read_row(&st, a).draft);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

/* What a writer-side change of a draft is made from and with. */
struct change {
    struct ct_draft d; /* path, version; for a save all that is saved */
    int64_t now;
    int64_t version; /* of the save */
};

static int conflict(struct ct_err *err, int64_t stored, int64_t seen)
{
    return ct_fail(err, CT_CONFLICT, "version", "the draft is at version %lld, not %lld",
                   (long long)stored, (long long)seen);
}

/* A page may still be open on a draft that has ended, so no later one may bear its numbers. */
static int last_version(struct ct_db *db, struct ct_sv path, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LAST);
    int r;

    ct_bind_sv(&st, ":path", path);
    if ((r = ct_stmt_step(&st, err)) <= 0)
        return r < 0 ? r : ct_fail(err, CT_INTERNAL, "sql", "no answer");
    *ret = ct_col_i64(&st, "last");
    return CT_OK;
}

/* The first text of a new draft. */
static int begin(struct ct_db *db, struct change *c, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BEGIN);
    CT_AUTO_STMT add = ct_db_stmt(db, &ADD);
    int64_t last = 0;
    int r = last_version(db, c->d.path, &last, err);

    if (r < 0)
        return r;
    ct_bind_sv(&st, ":path", c->d.path);
    ct_bind_sv(&st, ":base", c->d.base);
    ct_bind_i64(&st, ":now", c->now);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    ct_bind_i64(&add, ":draft", ct_db_last_id(db));
    ct_bind_i64(&add, ":version", last + 1);
    ct_bind_i64(&add, ":person", c->d.person);
    ct_bind_sv(&add, ":source", c->d.source);
    ct_bind_i64(&add, ":now", c->now);
    c->version = last + 1;
    return ct_stmt_run(&add, err);
}

/* The next text of a draft: in the place of one's own, beside another person's. */
static int go_on(struct ct_db *db, const struct found *f, struct change *c, struct ct_err *err)
{
    bool own = f->draft.person == c->d.person;
    CT_AUTO_STMT st = ct_db_stmt(db, own ? &REPLACE : &ADD);

    if (own) {
        ct_bind_i64(&st, ":text", f->text);
    } else {
        ct_bind_i64(&st, ":draft", f->id);
        ct_bind_i64(&st, ":person", c->d.person);
    }
    c->version = f->draft.version + 1;
    ct_bind_i64(&st, ":version", c->version);
    ct_bind_sv(&st, ":source", c->d.source);
    ct_bind_i64(&st, ":now", c->now);
    return ct_stmt_run(&st, err);
}

static int save_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct change *c = arg;
    struct found f;
    int r = find(db, &a, c->d.path, &f, err);

    if (r < 0)
        return r;
    if (f.id && ct_sv_eq(f.draft.source, c->d.source)) { /* sent twice, or nothing new to keep */
        c->version = f.draft.version;
        return CT_OK;
    }
    if (f.draft.version != c->d.version)
        return conflict(err, f.draft.version, c->d.version);
    return f.id ? go_on(db, &f, c, err) : begin(db, c, err);
}

static bool is_base(struct ct_sv base)
{
    return base.n == 0 || base.n == CT_HASH_HEX;
}

int ct_draft_save(struct ct_store *s, const struct ct_clock *clock, const struct ct_draft *d,
                  int64_t *ret_version, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct change c = {.d = *d, .now = ct_now(clock)};
    int r;

    if (d->source.n > (size_t)2 * CT_SOURCE_MAX)
        return ct_fail(err, CT_TOO_BIG, "source", "over %d bytes", CT_SOURCE_MAX);
    c.d.source = d->source.p ? ct_arena_unix_lines(&a, d->source) : CT_SV("");
    if (c.d.source.n > CT_SOURCE_MAX)
        return ct_fail(err, CT_TOO_BIG, "source", "over %d bytes", CT_SOURCE_MAX);
    if (!ct_sv_utf8(c.d.source))
        return ct_fail(err, CT_BAD_INPUT, "source", "not UTF-8 text");
    if (!is_base(d->base))
        return ct_fail(err, CT_BAD_INPUT, "base", "no hash of a text");
    if (!d->base.p)
        c.d.base = CT_SV("");
    if ((r = ct_store_write(s, save_job, &c, err)) < 0)
        return r;
    *ret_version = c.version;
    return CT_OK;
}

static int set_base(struct ct_db *db, const struct found *f, struct ct_sv base, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &REBASE);

    ct_bind_i64(&st, ":draft", f->id);
    ct_bind_sv(&st, ":base", base);
    return ct_stmt_run(&st, err);
}

static int rebase_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct change *c = arg;
    struct found f;
    int r = find(db, &a, c->d.path, &f, err);

    if (r < 0)
        return r;
    if (f.id == 0)
        return ct_fail(err, CT_NOT_FOUND, "draft", "nobody is writing this file");
    if (f.draft.version != c->d.version)
        return conflict(err, f.draft.version, c->d.version);
    return set_base(db, &f, c->d.base, err);
}

int ct_draft_rebase(struct ct_store *s, struct ct_sv path, int64_t version, struct ct_sv base,
                    struct ct_err *err)
{
    struct change c = {.d = {.path = path, .version = version, .base = base}};

    if (!is_base(base))
        return ct_fail(err, CT_BAD_INPUT, "base", "no hash of a text");
    if (!base.p)
        c.d.base = CT_SV("");
    return ct_store_write(s, rebase_job, &c, err);
}

/* The last text stays with the row; what it replaced was seen by whoever replaced it. */
static int end(struct ct_db *db, const struct found *f, bool published, int64_t now,
               struct ct_err *err)
{
    CT_AUTO_STMT clear = ct_db_stmt(db, &CLEAR);
    CT_AUTO_STMT st = ct_db_stmt(db, &END);
    int r;

    ct_bind_i64(&clear, ":draft", f->id);
    ct_bind_i64(&clear, ":version", f->draft.version);
    ct_bind_i64(&st, ":draft", f->id);
    ct_bind_i64(&st, ":now", now);
    ct_bind_i64(&st, ":published", published);
    r = ct_stmt_run(&clear, err);
    return r < 0 ? r : ct_stmt_run(&st, err);
}

static int end_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct change *c = arg;
    struct found f;
    int r = find(db, &a, c->d.path, &f, err);

    if (r < 0 || f.id == 0)
        return r;
    if (f.draft.version != c->d.version)
        return conflict(err, f.draft.version, c->d.version);
    return end(db, &f, false, c->now, err);
}

int ct_draft_published(struct ct_db *db, const struct ct_draft *seen, struct ct_sv hash,
                       int64_t now, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct found f;
    int r = find(db, &a, seen->path, &f, err);

    if (r < 0 || f.id == 0 || f.draft.began_at != seen->began_at)
        return r;
    return f.draft.version == seen->version ? end(db, &f, true, now, err)
                                            : set_base(db, &f, hash, err);
}

int ct_draft_end(struct ct_store *s, const struct ct_clock *clock, struct ct_sv path,
                 int64_t version, struct ct_err *err)
{
    struct change c = {.d = {.path = path, .version = version}, .now = ct_now(clock)};

    return ct_store_write(s, end_job, &c, err);
}
