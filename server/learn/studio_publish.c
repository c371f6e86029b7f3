/*
 * studio_publish.c: from a draft to the live text: what is written into the front matter, the
 * checker, the file, the record of who did it.
 *
 * The file is written before the records, because the folder is what counts: if the program ends in
 * between, the draft is still there and says that the file is another one now. What fails after the
 * file was written puts the old file back.
 */
#include "draft_priv.h"
#include "sql_priv.h"
#include "studio_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/base/str.h"
#include "ct/course/change.h"

#include <unistd.h>

#include "ct/base/banned.h"

static const struct ct_sql NOTE = {"insert into publication_note(publication, person, note)"
                                   " values(:publication, :person, :note) on conflict do nothing"};

static const struct ct_sql USED = {
    "select count(*) as n from publication p join edition e on e.hash = p.hash"
    " where p.path = :path and e.version = :version"};

const struct ct_sql *const ct_studio_publish_sql[] = {&NOTE, &USED, NULL};

struct publishing {
    const struct ct_studio *s;
    struct ct_arena *arena;
    const struct ct_publish_wish *wish;
    struct ct_problems *problems;
    struct ct_draft draft;
    struct ct_studio_latest live; /* before */
    struct ct_sv file;            /* in the folder before; null: there was none */
    char file_hash[CT_HASH_HEX + 1];
    const char *real; /* where it lies */
    bool made_folder;
    struct ct_sv version; /* of a material change */
    struct ct_sv text;    /* what is published */
    char hash[CT_HASH_HEX + 1];
    int64_t now;
};

/* ---- what is there ---- */

static int check_wish(const struct ct_publish_wish *w, struct ct_err *err)
{
    if (!ct_studio_path(w->path))
        return ct_fail(err, CT_BAD_INPUT, "path", "no such file of a course");
    if (!ct_sv_utf8(w->note))
        return ct_fail(err, CT_BAD_INPUT, "note", "not UTF-8 text");
    if (ct_sv_runes(w->note) > CT_NOTE_MAX)
        return ct_fail(err, CT_BAD_INPUT, "note", "at most %d characters", CT_NOTE_MAX);
    for (size_t i = 0; i < w->note.n; i++)
        if ((unsigned char)w->note.p[i] < 0x20)
            return ct_fail(err, CT_BAD_INPUT, "note", "one line, please");
    if (w->material && ct_sv_trim(w->note).n == 0)
        return ct_fail(err, CT_BAD_INPUT, "note",
                       "Say in a sentence what changed: people who passed will read it.");
    return CT_OK;
}

static int read_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct publishing *p = arg;
    int r = ct_draft_get(db, p->arena, p->wish->path, &p->draft, err);

    return r < 0 ? r : ct_studio_latest(db, p->arena, p->wish->path, &p->live, err);
}

static bool is_module(struct ct_sv path)
{
    return !ct_sv_eq_c(path, "curriculum.md") && !ct_sv_eq_c(path, "glossary.md") &&
           !ct_sv_ends(path, CT_SV("/course.md"));
}

/* A module of a course that is none yet would be read by nobody. */
static int check_course(const struct publishing *p, struct ct_err *err)
{
    struct ct_sv path = p->wish->path;
    size_t slash = ct_sv_find(path, '/');
    const char *real;
    bool there;

    if (!is_module(path))
        return CT_OK;
    path = ct_arena_printf(p->arena, "%.*s/course.md", (int)slash, path.p);
    int r = ct_studio_find(p->s, p->arena, path, &real, &there, err);
    if (r < 0 || there)
        return r;
    return ct_fail(err, CT_BAD_INPUT, "path",
                   "the course has no course.md yet; publish that first");
}

static int read_all(struct publishing *p, struct ct_err *err)
{
    bool there;
    int r = ct_store_write(p->s->store, read_job, p, err);

    if (r < 0)
        return r;
    if (p->draft.version != p->wish->version)
        return ct_fail(err, CT_CONFLICT, "version", "the draft is at version %lld, not %lld",
                       (long long)p->draft.version, (long long)p->wish->version);
    if ((r = ct_studio_file(p->s, p->arena, p->wish->path, &p->file, p->file_hash, err)) < 0 ||
        (r = ct_studio_find(p->s, p->arena, p->wish->path, &p->real, &there, err)) < 0)
        return r;
    if (!ct_sv_eq_c(p->draft.base, p->file_hash))
        return ct_fail(err, CT_CONFLICT, "file",
                       "the file in the folder is another one than the draft began from");
    return check_course(p, err);
}

/* ---- what is written into it ---- */

/* The module that a text is, as far as it goes; NULL for the other files. */
static int read_module(const struct publishing *p, struct ct_sv source,
                       struct ct_problems *problems, const struct ct_module **ret,
                       struct ct_err *err)
{
    const struct ct_block *blocks;
    size_t n;

    return ct_check_source(problems, p->s->dir, p->s->cat, p->wish->path, source, ret, &blocks, &n,
                           err);
}

/* The live version with its last number raised. */
static struct ct_sv next_version(struct ct_arena *a, struct ct_sv live)
{
    size_t end = live.n, start;
    int64_t number;

    while (end > 0 && (live.p[end - 1] < '0' || live.p[end - 1] > '9'))
        end--;
    for (start = end; start > 0 && live.p[start - 1] >= '0' && live.p[start - 1] <= '9'; start--)
        continue;
    if (start == end || !ct_sv_i64(ct_sv_sub(live, start, end - start), &number) ||
        number == INT64_MAX)
        return ct_arena_printf(a, "%.*s-2", CT_SV_ARG(live));
    return ct_arena_printf(a, "%.*s%0*lld%.*s", (int)start, live.p, (int)(end - start),
                           (long long)number + 1, (int)(live.n - end), live.p + end);
}

/* A version that the file had once, before somebody put an older text back in the folder, would
 * tell those who hold it that nothing is new. */
static int version_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct publishing *p = arg;
    int r;

    do {
        CT_AUTO_STMT st = ct_db_stmt(db, &USED);
        p->version = next_version(p->arena, p->version);
        ct_bind_sv(&st, ":path", p->wish->path);
        ct_bind_sv(&st, ":version", p->version);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        r = ct_col_i64(&st, "n") > 0;
    } while (r);
    return CT_OK;
}

/* The lines of the front matter that say what the wish says. */
static struct ct_sv with_version(const struct publishing *p, const struct ct_module *live,
                                 const struct ct_module *now, struct ct_sv text)
{
    if (p->wish->material) {
        text = ct_front_set(p->arena, text, "version", p->version);
        return ct_front_set(p->arena, text, "change", ct_sv_trim(p->wish->note));
    }
    if (ct_sv_eq(ct_module_version(now), ct_module_version(live)))
        return text;
    text = ct_front_set(p->arena, text, "version", live->version.n ? live->version : CT_SV_NULL);
    return ct_front_set(p->arena, text, "change", live->change.n ? live->change : CT_SV_NULL);
}

/* A file that had line ends of Windows keeps them, or version control would see every line change.
 */
static struct ct_sv with_line_ends(struct ct_arena *a, struct ct_sv file, struct ct_sv text)
{
    size_t end = ct_sv_find(file, '\n');
    CT_AUTO_STR out = CT_STR_INIT((size_t)3 * CT_SOURCE_MAX);
    struct ct_sv line;

    if (end == SIZE_MAX || end == 0 || file.p[end - 1] != '\r')
        return text;
    for (bool first = true; ct_sv_split(&text, '\n', &line); first = false) {
        ct_str_add_c(&out, first ? "" : "\r\n");
        ct_str_add_sv(&out, line);
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

static int refuse_problems(const struct publishing *p, struct ct_err *err)
{
    return ct_fail(err, CT_BAD_INPUT, "problems", "The checker found %zu %s.",
                   p->problems->n_errors, p->problems->n_errors == 1 ? "error" : "errors");
}

/* The draft is checked as the writer sees it, so that lines fit; then what was made of it. */
static int compose(struct publishing *p, struct ct_err *err)
{
    struct ct_problems of_live = {.arena = p->arena}, of_text = {.arena = p->arena};
    const struct ct_module *now = NULL, *live = NULL, *made;
    int r = read_module(p, p->draft.source, p->problems, &now, err);

    if (r < 0 || p->problems->n_errors)
        return r < 0 ? r : refuse_problems(p, err);
    if (now && p->live.id && (r = read_module(p, p->live.source, &of_live, &live, err)) < 0)
        return r;
    if (live && p->wish->material) {
        p->version = ct_module_version(live);
        if ((r = ct_store_write(p->s->store, version_job, p, err)) < 0)
            return r;
    }
    p->text = live ? with_version(p, live, now, p->draft.source) : p->draft.source;
    p->text = with_line_ends(p->arena, p->file, p->text);
    if ((r = read_module(p, p->text, &of_text, &made, err)) < 0)
        return r;
    if (of_text.n_errors) {
        *p->problems = of_text;
        return refuse_problems(p, err);
    }
    ct_hash_hex(p->text, p->hash);
    return CT_OK;
}

/* ---- into the folder, and out again ---- */

static int write_file(struct publishing *p, struct ct_err *err)
{
    struct ct_err fault = CT_ERR_INIT;

    if (strcmp(p->hash, p->file_hash) == 0)
        return CT_OK;
    int r = ct_studio_make_folder(p->arena, p->real, &p->made_folder, err);
    if (r < 0 || (r = ct_file_write(p->real, p->text, &fault)) == CT_OK)
        return r;
    ct_studio_drop_folder(p->arena, p->real, p->made_folder);
    return ct_fail(err, CT_INTERNAL, fault.what, "%s", fault.text);
}

static void put_back(struct publishing *p)
{
    bool changed;

    if (strcmp(p->hash, p->file_hash) == 0)
        return;
    if (p->file.p)
        ct_file_write(p->real, p->file, NULL);
    else
        unlink(p->real);
    ct_studio_drop_folder(p->arena, p->real, p->made_folder);
    ct_library_refresh(p->s->library, &changed, NULL);
}

/* The text is live now, whoever looked at the folder first. It was live before if nothing of it is
 * new; then nobody published anything. */
static int note_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct publishing *p = arg;
    struct ct_studio_latest latest;
    int r = ct_studio_latest(db, p->arena, p->wish->path, &latest, err);

    if (r < 0)
        return r;
    if (!ct_sv_eq_c(latest.hash, p->hash))
        return ct_fail(err, CT_BAD_INPUT, "problems",
                       "the course did not take the file; see what is wrong with the course");
    if (latest.id != p->live.id) {
        CT_AUTO_STMT note = ct_db_stmt(db, &NOTE);
        ct_bind_i64(&note, ":publication", latest.id);
        ct_bind_i64(&note, ":person", p->wish->person);
        ct_bind_sv(&note, ":note", p->wish->note.n ? ct_sv_trim(p->wish->note) : CT_SV_NULL);
        if ((r = ct_stmt_run(&note, err)) < 0)
            return r;
    }
    return ct_draft_published(db, &p->draft, ct_sv_c(p->hash), p->now, err);
}

static int publish(struct publishing *p, struct ct_err *err)
{
    bool changed;
    int r = write_file(p, err);

    if (r < 0)
        return r;
    r = ct_library_refresh(p->s->library, &changed, err);
    if (r == CT_OK)
        r = ct_store_write(p->s->store, note_job, p, err);
    if (r < 0)
        put_back(p);
    return r;
}

int ct_studio_publish(const struct ct_studio *s, struct ct_arena *a,
                      const struct ct_publish_wish *wish, struct ct_problems *ret_problems,
                      char *ret_hash, struct ct_err *err)
{
    struct publishing p = {
        .s = s, .arena = a, .wish = wish, .problems = ret_problems, .now = ct_now(s->clock)};
    CT_AUTO_STUDIO_LOCK lock = {-1};
    int r = check_wish(wish, err);

    if (r < 0 || (r = ct_studio_lock(s, &lock, err)) < 0 || (r = read_all(&p, err)) < 0 ||
        (r = compose(&p, err)) < 0 || (r = publish(&p, err)) < 0)
        return r;
    memcpy(ret_hash, p.hash, sizeof p.hash);
    return CT_OK;
}
