/*
 * section.c: recording that sections and passages were opened, and that sections are done.
 */
#include "completion_priv.h"
#include "sql_priv.h"

#include "ct/learn/progress.h"

#include "ct/base/banned.h"

static const struct ct_sql WAS_OPENED = {
    "select 1 as one from section_opened where person = :person and course = :course"
    " and module = :module and section = :section and discipline = :discipline"};
static const struct ct_sql OPENED = {
    "insert into section_opened(person, course, module, section, discipline, at)"
    " values(:person, :course, :module, :section, :discipline, :at) on conflict do nothing"};
static const struct ct_sql DONE = {
    "insert into section_done(person, course, module, section, discipline, revision, at)"
    " values(:person, :course, :module, :section, :discipline, :revision, :at)"
    " on conflict do nothing"};
static const struct ct_sql PASSAGE = {
    "insert into passage_opened(person, course, module, section, passage, discipline, at)"
    " values(:person, :course, :module, :section, :passage, :discipline, :at)"
    " on conflict do nothing"};

const struct ct_sql *const ct_section_sql[] = {&WAS_OPENED, &OPENED, &DONE, &PASSAGE, NULL};

/* A job that nobody waits for outlives the catalogue and the arena, so its names travel inside it.
 */
enum { N_NAMES = 4 };
struct opened_job {
    int64_t person, at;
    size_t length[N_NAMES]; /* course, module, discipline, section */
    char names[];
};

static int opened_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct opened_job *job = arg;
    struct ct_sv name[N_NAMES];
    const char *p = job->names;

    for (size_t i = 0; i < N_NAMES; i++) {
        name[i] = ct_sv_n(p, job->length[i]);
        p += job->length[i];
    }
    struct ct_key key = {job->person, name[0], name[1], name[2]};
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &OPENED);
        ct_key_bind(&st, &key);
        ct_bind_sv(&st, ":section", name[3]);
        ct_bind_i64(&st, ":at", job->at);
        int r = ct_stmt_run(&st, err);
        if (r < 0)
            return r;
    }
    return ct_activity_touch(db, &key, job->at, err);
}

static bool was_opened(struct ct_db *db, const struct ct_key *key, struct ct_sv section)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &WAS_OPENED);

    ct_key_bind(&st, key);
    ct_bind_sv(&st, ":section", section);
    return ct_stmt_step(&st, NULL) > 0;
}

void ct_section_opened(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, const struct ct_section *s)
{
    struct ct_key key = ct_key_of(d, c, m);
    const struct ct_sv names[N_NAMES] = {key.course, key.module, key.discipline, s->slug};
    size_t size = sizeof(struct opened_job);

    if (was_opened(d->db, &key, s->slug))
        return;
    for (size_t i = 0; i < N_NAMES; i++)
        size += names[i].n;
    struct opened_job *job = ct_arena_alloc(d->arena, size);
    job->person = key.person;
    job->at = ct_now(d->clock);
    char *p = job->names;
    for (size_t i = 0; i < N_NAMES; i++) {
        job->length[i] = names[i].n;
        if (names[i].n)
            memcpy(p, names[i].p, names[i].n);
        p += names[i].n;
    }
    ct_store_write_behind(d->store, opened_run, job, size);
}

struct section_job {
    struct ct_event event;
    struct ct_sv section, passage;
};

static int done_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct section_job *job = arg;
    int r;

    {
        CT_AUTO_STMT st = ct_db_stmt(db, &DONE);
        ct_key_bind(&st, &job->event.key);
        ct_bind_sv(&st, ":section", job->section);
        ct_bind_c(&st, ":revision", job->event.module->revision);
        ct_bind_i64(&st, ":at", job->event.at);
        if ((r = ct_stmt_run(&st, err)) < 0)
            return r;
    }
    if ((r = ct_activity_touch(db, &job->event.key, job->event.at, err)) < 0)
        return r;
    return ct_completion_check(db, &job->event, err);
}

int ct_section_done(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                    const struct ct_section *s, struct ct_err *err)
{
    struct section_job job = {ct_event_of(d, c, m), s->slug, CT_SV_NULL};

    return ct_store_write(d->store, done_run, &job, err);
}

static const struct ct_block *find_passage(const struct ct_block *blocks, size_t n, struct ct_sv id)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == CT_BLOCK_PASSAGE && ct_sv_eq(blocks[i].id, id))
            return &blocks[i];
        const struct ct_block *b = find_passage(blocks[i].children, blocks[i].n_children, id);
        if (b)
            return b;
    }
    return NULL;
}

static int passage_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct section_job *job = arg;
    int r;

    {
        CT_AUTO_STMT st = ct_db_stmt(db, &PASSAGE);
        ct_key_bind(&st, &job->event.key);
        ct_bind_sv(&st, ":section", job->section);
        ct_bind_sv(&st, ":passage", job->passage);
        ct_bind_i64(&st, ":at", job->event.at);
        if ((r = ct_stmt_run(&st, err)) < 0)
            return r;
    }
    return ct_activity_touch(db, &job->event.key, job->event.at, err);
}

int ct_passage_opened(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                      const struct ct_section *s, struct ct_sv passage, struct ct_err *err)
{
    const struct ct_block *b = find_passage(s->blocks, s->n_blocks, passage);
    struct section_job job = {ct_event_of(d, c, m), s->slug, passage};

    if (!b)
        return ct_fail(err, CT_BAD_INPUT, "passage", "no such passage in this section");
    if (ct_disc_has(b->disciplines, d->who.set))
        return CT_OK;
    return ct_store_write(d->store, passage_run, &job, err);
}
