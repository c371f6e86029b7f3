/*
 * audit_work.c: what was completed in the period of an audit pack, and the texts on which it was.
 */
#include "audit_priv.h"
#include "sql_priv.h"

#include "ct/learn/library.h"

#include <stdlib.h>

#include "ct/base/banned.h"

enum { DAY_SECONDS = 86400, SHORT_HASH = 12, PEOPLE_A_STEP = 200 };

static const struct ct_sql DONE = {
    "select c.id, c.course, c.course_title, c.module, c.module_title, c.discipline, c.revision,"
    " coalesce(c.score, -1) as score, c.minutes, c.at, e.version, k.code from completion c"
    " left join edition e on e.hash = c.revision left join certificate k on k.completion = c.id"
    " where c.person = :person and c.at >= :since and c.at <= :until order by c.at, c.id"};
static const struct ct_sql PARTS = {
    "select p.module, p.revision, r.path from completion_part p"
    " join revision r on r.hash = p.revision where p.completion = :completion order by r.path"};

const struct ct_sql *const ct_audit_work_sql[] = {&DONE, &PARTS, NULL};

/* There are few texts beside many completions, and most of these are on a late one. */
static void add_text(struct ct_pack *p, struct ct_pack_texts *to, struct ct_sv hash,
                     struct ct_sv path, int64_t completion)
{
    struct ct_pack_text text = {.completion = completion};

    for (size_t i = to->n; i > 0; i--)
        if (ct_sv_eq(to->items[i - 1].hash, hash) && ct_sv_eq(to->items[i - 1].path, path))
            return;
    text.hash = ct_arena_dup(p->arena, hash);
    text.path = ct_arena_dup(p->arena, path);
    CT_ARENA_PUSH(p->arena, to->items, to->n, to->cap, text);
}

static int write_done(struct ct_pack_table *file, const struct ct_someone *who, struct ct_stmt *st,
                      struct ct_arena *scratch, struct ct_err *err)
{
    struct ct_pack *p = file->pack;
    int64_t score = ct_col_i64(st, "score"), at = ct_col_i64(st, "at");
    struct ct_sv code = ct_col_sv(st, "code"), revision = ct_col_sv(st, "revision");
    char moment[CT_TIME_TEXT];
    const struct ct_sv cells[] = {
        ct_arena_printf(scratch, "%lld", (long long)who->who.id),
        who->who.last_name,
        who->who.first_name,
        who->who.email,
        who->who.agency,
        who->who.unit,
        ct_col_sv(st, "course"),
        ct_col_sv(st, "course_title"),
        ct_col_sv(st, "module"),
        ct_col_sv(st, "module_title"),
        ct_col_sv(st, "discipline"),
        revision,
        ct_col_sv(st, "version"),
        score < 0 ? CT_SV("") : ct_arena_printf(scratch, "%lld", (long long)score),
        ct_arena_printf(scratch, "%lld", (long long)ct_col_i64(st, "minutes")),
        ct_pack_day(scratch, ct_home_day(who->home, at)),
        ct_arena_dup(scratch, ct_sv_c(ct_time_iso(at, moment))),
        code,
        CT_SV("crosstrain"),
        CT_SV(""),
        CT_SV("")};

    if (code.n) {
        struct ct_pack_certificate c = {ct_arena_dup(p->arena, code), who};
        CT_ARENA_PUSH(p->arena, p->certificates, p->n_certificates, p->cap_certificates, c);
    }
    if (ct_col_null(st, "module"))
        add_text(p, &p->courses, revision, ct_col_sv(st, "course"), ct_col_i64(st, "id"));
    else
        add_text(p, &p->modules, revision, CT_SV(""), 0);
    return ct_pack_table_row(file, cells, err);
}

/* The days are the person's own; a day more on both sides holds them in any time zone. */
static int write_person(struct ct_pack_table *file, const struct ct_someone *who,
                        struct ct_arena *scratch, struct ct_err *err)
{
    const struct ct_audit *q = file->pack->q;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(q->db, &DONE);

    ct_bind_i64(&st, ":person", who->who.id);
    ct_bind_i64(&st, ":since", ct_date_begin(ct_day_date(q->from)) - DAY_SECONDS);
    ct_bind_i64(&st, ":until", file->pack->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int day = ct_home_day(who->home, ct_col_i64(&st, "at"));
        if (day < q->from || day > q->until)
            continue;
        if ((r = write_done(file, who, &st, scratch, err)) < 0)
            return r;
    }
    return r;
}

/* What was imported has no text, no moment and no certificate of ours. */
static int write_imported(struct ct_pack_table *file, const struct ct_someone *who,
                          struct ct_arena *scratch, struct ct_err *err)
{
    const struct ct_audit *q = file->pack->q;
    int r = CT_OK;

    for (size_t i = 0; i < who->n_imported && r == CT_OK; i++) {
        const struct ct_past_completion *c = &who->imported[i];
        if (c->on < q->from || c->on > q->until)
            continue;
        const struct ct_sv cells[] = {
            ct_arena_printf(scratch, "%lld", (long long)who->who.id),
            who->who.last_name,
            who->who.first_name,
            who->who.email,
            who->who.agency,
            who->who.unit,
            c->course,
            c->course_title,
            CT_SV(""),
            CT_SV(""),
            c->discipline,
            CT_SV(""),
            CT_SV(""),
            c->score < 0 ? CT_SV("") : ct_arena_printf(scratch, "%d", c->score),
            c->minutes ? ct_arena_printf(scratch, "%d", c->minutes) : CT_SV(""),
            ct_pack_day(scratch, c->on),
            CT_SV(""),
            CT_SV(""),
            CT_SV("imported"),
            c->evidence,
            c->source};
        r = ct_pack_table_row(file, cells, err);
    }
    return r;
}

int ct_pack_completions(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {
        "person_id",    "last_name",    "first_name",       "email",         "agency",
        "unit",         "course",       "course_title",     "module",        "module_title",
        "discipline",   "content_hash", "edition_version",  "score_percent", "minutes",
        "completed_on", "completed_at", "certificate_code", "source",        "evidence",
        "note"};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "completions.csv", columns,
                                sizeof columns / sizeof columns[0], err);

    for (size_t i = 0; i < p->n_people && r >= 0; i++) {
        r = write_person(&file, p->people[i], &scratch, err);
        if (r >= 0)
            r = write_imported(&file, p->people[i], &scratch, err);
        ct_arena_reset(&scratch);
        if (r >= 0 && i % PEOPLE_A_STEP == 0)
            r = ct_pack_step(p, err);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* ---- what courses consisted of ---- */

static int cmp_text(const void *pa, const void *pb)
{
    const struct ct_pack_text *a = pa, *b = pb;
    int c = ct_sv_cmp(a->path, b->path);

    return c ? c : ct_sv_cmp(a->hash, b->hash);
}

/* "content/basics/01-seeing@0123456789ab.md": as it is in the archive, with an ending by which it
 * opens. */
static struct ct_sv place_of(struct ct_arena *a, struct ct_sv path, struct ct_sv hash)
{
    const struct ct_sv ending = CT_SV(".md");
    bool has = ct_sv_ends(path, ending);

    return ct_arena_printf(a, "content/%.*s@%.*s%s",
                           CT_SV_ARG(ct_sv_sub(path, 0, has ? path.n - ending.n : path.n)),
                           CT_SV_ARG(ct_sv_sub(hash, 0, SHORT_HASH)), has ? ".md" : "");
}

static int write_course(struct ct_pack_table *file, const struct ct_pack_text *course,
                        struct ct_err *err)
{
    struct ct_pack *p = file->pack;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(p->q->db, &PARTS);

    ct_bind_i64(&st, ":completion", course->completion);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_sv hash = ct_col_sv(&st, "revision"), path = ct_col_sv(&st, "path");
        const struct ct_sv cells[] = {course->path, course->hash, ct_col_sv(&st, "module"), hash,
                                      place_of(p->arena, path, hash)};
        add_text(p, &p->modules, hash, CT_SV(""), 0);
        if ((r = ct_pack_table_row(file, cells, err)) < 0)
            return r;
    }
    return r;
}

int ct_pack_courses(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"course", "content_hash", "module", "module_content_hash",
                                          "file"};
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "course-revisions.csv", columns,
                                sizeof columns / sizeof columns[0], err);

    if (p->courses.n)
        qsort(p->courses.items, p->courses.n, sizeof *p->courses.items, cmp_text);
    for (size_t i = 0; i < p->courses.n && r >= 0; i++)
        r = write_course(&file, &p->courses.items[i], err);
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* ---- the texts ---- */

int ct_pack_content(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_pack_texts *texts = &p->modules;
    struct ct_sv source, path;
    int r = CT_OK;

    for (size_t i = 0; i < texts->n && r == CT_OK; i++) {
        r = ct_revision_source(p->q->db, &scratch, texts->items[i].hash, &source, &path, err);
        if (r == CT_OK)
            texts->items[i].path = ct_arena_dup(p->arena, path);
        ct_arena_reset(&scratch);
    }
    if (r == CT_OK && texts->n)
        qsort(texts->items, texts->n, sizeof *texts->items, cmp_text);
    for (size_t i = 0; i < texts->n && r == CT_OK; i++) {
        const struct ct_pack_text *t = &texts->items[i];
        r = ct_revision_source(p->q->db, &scratch, t->hash, &source, &path, err);
        if (r == CT_OK)
            r = ct_pack_add(p, place_of(&scratch, path, t->hash), source, err);
        ct_arena_reset(&scratch);
        if (r == CT_OK)
            r = ct_pack_step(p, err);
    }
    return r;
}
