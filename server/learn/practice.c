/*
 * practice.c: answers to questions outside the quiz: any number of tries, kept, never counted.
 */
#include "event_priv.h"
#include "sql_priv.h"

#include "ct/base/secret.h"
#include "ct/learn/progress.h"

#include "ct/base/banned.h"

static const struct ct_sql INSERT = {
    "insert into practice(person, course, module, question, discipline, revision, answer, share, "
    "at)"
    " values(:person, :course, :module, :question, :discipline, :revision, :answer, :share, :at)"};
static const struct ct_sql LATEST = {
    "select question, answer from practice where id in (select max(id) from practice"
    " where person = :person and course = :course and module = :module"
    " and discipline = :discipline group by question)"};

const struct ct_sql *const ct_practice_sql[] = {&INSERT, &LATEST, NULL};

uint64_t ct_practice_seed(const struct ct_desk *d, const struct ct_module *m,
                          const struct ct_question *q)
{
    struct ct_sv parts[] = {ct_sv_n((const char *)&d->who.person, sizeof d->who.person), m->id,
                            q->id};
    char hex[CT_HASH_HEX + 1];
    uint64_t seed = 0;

    ct_hash_parts_hex(parts, sizeof parts / sizeof parts[0], hex);
    for (int i = 0; i < 15; i++)
        seed = seed << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    return seed;
}

static const struct ct_question *practice_question(const struct ct_module *m, struct ct_sv id)
{
    for (size_t i = 0; i < m->n_practice; i++)
        if (ct_sv_eq(m->practice[i]->id, id))
            return m->practice[i];
    return NULL;
}

int ct_practice_read(const struct ct_desk *d, const struct ct_module *m, struct ct_sv question,
                     const struct ct_form *form, const struct ct_question **ret_question,
                     struct ct_answer *ret, struct ct_err *err)
{
    const struct ct_question *q = practice_question(m, question);
    int r;

    if (!q)
        return ct_fail(err, CT_BAD_INPUT, "question", "not a practice question of this module");
    if ((r = ct_fields_belong(&q, 1, form, d->arena, err)) < 0 ||
        (r = ct_answer_read(d->arena, q, ct_practice_seed(d, m, q), form, ret, err)) < 0)
        return r;
    *ret_question = q;
    return CT_OK;
}

static bool has_question(const struct ct_block *blocks, size_t n, const struct ct_question *q)
{
    for (size_t i = 0; i < n; i++)
        if ((blocks[i].kind == CT_BLOCK_QUESTION && ct_sv_eq(blocks[i].question->id, q->id)) ||
            has_question(blocks[i].children, blocks[i].n_children, q))
            return true;
    return false;
}

struct practice_job {
    struct ct_key key;
    const char *revision;
    struct ct_sv question, answer;
    bool graded;
    double share;
    int64_t at;
};

static int practice_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct practice_job *job = arg;

    {
        CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
        ct_key_bind(&st, &job->key);
        ct_bind_sv(&st, ":question", job->question);
        ct_bind_c(&st, ":revision", job->revision);
        ct_bind_sv(&st, ":answer", job->answer);
        if (job->graded)
            ct_bind_double(&st, ":share", job->share);
        else
            ct_bind_null(&st, ":share");
        ct_bind_i64(&st, ":at", job->at);
        int r = ct_stmt_run(&st, err);
        if (r < 0)
            return r;
    }
    return ct_activity_touch(db, &job->key, job->at, err);
}

int ct_practice_answer(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, const struct ct_section *s,
                       const struct ct_question *q, const struct ct_answer *answer,
                       struct ct_err *err)
{
    struct ct_grade grade;
    struct practice_job job = {.key = ct_key_of(d, c, m),
                               .revision = m->revision,
                               .question = q->id,
                               .at = ct_now(d->clock)};

    if (!has_question(s->blocks, s->n_blocks, q) || !ct_disc_has(q->disciplines, d->who.set))
        return ct_fail(err, CT_BAD_INPUT, "question", "not a practice question of this section");
    if (answer->n == 0)
        return ct_fail(err, CT_BAD_INPUT, "answer",
                       "choose or write something before you check it");
    ct_question_grade(d->arena, q, answer, &grade);
    job.graded = grade.graded;
    job.share = grade.share;
    CT_AUTO_JSON *json = ct_answer_json(answer);
    int r = ct_json_keep(d->arena, json, &job.answer, err);
    if (r < 0)
        return r;
    return ct_store_write(d->store, practice_run, &job, err);
}

/* The stored answer as one that the question as it is now could have; false if it no longer fits.
 */
static bool read_answer(struct ct_arena *a, const struct ct_question *q, struct ct_sv text,
                        struct ct_answer *ret)
{
    CT_AUTO_JSON *json = NULL;

    return ct_json_kept(text, &json, NULL) == CT_OK &&
           ct_answer_from_json(a, q, json, ret, NULL) == CT_OK;
}

int ct_practice_latest(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, struct ct_practised **ret, size_t *ret_n,
                       struct ct_err *err)
{
    struct ct_practised *list = NULL;
    struct ct_key key = ct_key_of(d, c, m);
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &LATEST);

    ct_key_bind(&st, &key);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_practised p = {.question = practice_question(m, ct_col_sv(&st, "question"))};
        if (!p.question || !read_answer(d->arena, p.question, ct_col_sv(&st, "answer"), &p.answer))
            continue;
        ct_question_grade(d->arena, p.question, &p.answer, &p.grade);
        CT_ARENA_PUSH(d->arena, list, n, cap, p);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
