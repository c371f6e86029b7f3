/*
 * audit_record.c: tables of an audit pack about what was recorded by hand: leave, and every version
 * of what was corrected or withdrawn since, with who did it, when and why.
 */
#include "audit_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static const struct ct_sql TRAININGS = {
    "select coalesce(t.corrects, t.id) as record, t.kind, coalesce(q.slug, '') as what, t.on_date,"
    " t.until_date, t.minutes, t.reason, t.evidence, t.approved_by, t.withdrawn, t.why, t.at,"
    " b.name as by_name from training t left join requirement q on q.id = t.requirement"
    " left join person b on b.id = t.by where t.person = :person and t.at <= :at"
    " order by record, t.at, t.id"};
static const struct ct_sql IMPORTED = {
    "select coalesce(c.corrects, c.id) as record, 'imported completion' as kind, c.course as what,"
    " c.on_date, c.on_date as until_date, c.minutes, c.source as reason, c.evidence,"
    " '' as approved_by, c.withdrawn, null as why, c.at, b.name as by_name"
    " from past_completion c left join person b on b.id = c.by"
    " where c.person = :person and c.at <= :at order by record, c.at, c.id"};

const struct ct_sql *const ct_audit_record_sql[] = {&TRAININGS, &IMPORTED, NULL};

static bool overlaps(const struct ct_audit *q, int on, int until)
{
    return on <= q->until && (until == CT_DAY_NONE || until >= q->from);
}

/* ---- leave ---- */

/* Why somebody was on leave is nobody's business but theirs and their manager's. */
static int write_leave(struct ct_pack_table *file, const struct ct_someone *p,
                       const struct ct_training *t, struct ct_err *err)
{
    struct ct_arena *a = file->pack->arena;
    const struct ct_sv cells[] = {ct_pack_number(a, p->who.id),
                                  p->who.last_name,
                                  p->who.first_name,
                                  p->who.agency,
                                  p->who.unit,
                                  ct_pack_day(a, t->on),
                                  ct_pack_day(a, t->until),
                                  t->approved_by,
                                  ct_pack_moment(a, t->at),
                                  t->by_name};

    return ct_pack_table_row(file, cells, err);
}

int ct_pack_leave(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"person_id",   "last_name",  "first_name", "agency",
                                          "unit",        "on_date",    "until_date", "approved_by",
                                          "recorded_at", "recorded_by"};
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "leave.csv", columns, N_OF(columns), err);

    for (size_t i = 0; i < p->n_people && r == CT_OK; i++)
        for (size_t k = 0; k < p->people[i]->n_trainings && r == CT_OK; k++) {
            if (p->people[i]->who.by_task_force)
                break;
            const struct ct_training *t = &p->people[i]->trainings[k];
            if (t->kind == CT_TRAINING_LEAVE && overlaps(p->q, t->on, t->until))
                r = write_leave(&file, p->people[i], t, err);
        }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* ---- corrections ---- */

/* A version of a record. */
struct version {
    int64_t record, at;
    struct ct_sv kind, what, reason, evidence, approved_by, why, by_name;
    int on, until, minutes;
    bool withdrawn;
};

struct correcting {
    struct ct_pack_table *file;
    const struct ct_someone *person;
    struct ct_arena *scratch;
    struct version *versions; /* of one record */
    size_t n, cap;
};

static int day_of(struct ct_stmt *st, const char *column)
{
    int day = CT_DAY_NONE;

    ct_day_parse(ct_col_sv(st, column), &day);
    return day;
}

static struct version version_of(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct version){.record = ct_col_i64(st, "record"),
                            .at = ct_col_i64(st, "at"),
                            .kind = ct_col_dup(st, "kind", a),
                            .what = ct_col_dup(st, "what", a),
                            .reason = ct_col_dup(st, "reason", a),
                            .evidence = ct_col_dup(st, "evidence", a),
                            .approved_by = ct_col_dup(st, "approved_by", a),
                            .why = ct_col_dup(st, "why", a),
                            .by_name = ct_col_dup(st, "by_name", a),
                            .on = day_of(st, "on_date"),
                            .until = day_of(st, "until_date"),
                            .minutes = (int)ct_col_i64(st, "minutes"),
                            .withdrawn = ct_col_i64(st, "withdrawn") != 0};
}

/* Of the period: one of its versions was about a day of it, or was recorded on one. */
static bool is_of_period(const struct correcting *c)
{
    const struct ct_audit *q = c->file->pack->q;

    for (size_t i = 0; i < c->n; i++) {
        const struct version *v = &c->versions[i];
        int recorded = ct_home_day(c->person->home, v->at);
        int until = ct_sv_eq_c(v->kind, "outside training") ? v->on : v->until;
        if (overlaps(q, v->on, until) || (recorded >= q->from && recorded <= q->until))
            return true;
    }
    return false;
}

/* Of who is told of by a task force alone neither waivers nor leave are. */
static bool is_covered(const struct correcting *c)
{
    struct ct_sv kind = c->versions[0].kind;

    return !c->person->who.by_task_force ||
           !(ct_sv_eq_c(kind, ct_training_kind_name(CT_TRAINING_WAIVER)) ||
             ct_sv_eq_c(kind, ct_training_kind_name(CT_TRAINING_LEAVE)));
}

static int write_version(struct correcting *c, size_t i, struct ct_err *err)
{
    const struct version *v = &c->versions[i];
    struct ct_arena *a = c->scratch;
    bool silent = c->person->who.by_task_force || ct_sv_eq_c(v->kind, "leave"),
         last = i + 1 == c->n;
    const struct ct_sv cells[] = {ct_pack_number(a, c->person->who.id),
                                  c->person->who.last_name,
                                  c->person->who.first_name,
                                  v->kind,
                                  ct_pack_number(a, v->record),
                                  ct_pack_number(a, (int64_t)i + 1),
                                  v->what,
                                  ct_pack_day(a, v->on),
                                  ct_pack_day(a, v->until),
                                  v->minutes ? ct_pack_number(a, v->minutes) : CT_SV(""),
                                  silent ? CT_SV("") : v->reason,
                                  silent ? CT_SV("") : v->evidence,
                                  v->approved_by,
                                  v->withdrawn ? CT_SV("withdrawn")
                                  : last       ? CT_SV("counts")
                                               : CT_SV("replaced"),
                                  silent ? CT_SV("") : v->why,
                                  ct_pack_moment(a, v->at),
                                  v->by_name};

    return ct_pack_table_row(c->file, cells, err);
}

/* A record with one version was never corrected. */
static int end_record(struct correcting *c, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < c->n && c->n > 1 && is_covered(c) && r == CT_OK && is_of_period(c); i++)
        r = write_version(c, i, err);
    c->n = 0;
    return r;
}

static int write_records(struct correcting *c, const struct ct_sql *sql, struct ct_err *err)
{
    struct ct_pack *p = c->file->pack;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(p->q->db, sql);

    ct_bind_i64(&st, ":person", c->person->who.id);
    ct_bind_i64(&st, ":at", p->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int64_t record = ct_col_i64(&st, "record");
        if (c->n && c->versions[0].record != record && (r = end_record(c, err)) < 0)
            return r;
        CT_ARENA_PUSH(c->scratch, c->versions, c->n, c->cap, version_of(&st, c->scratch));
    }
    return r < 0 ? r : end_record(c, err);
}

int ct_pack_corrections(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {
        "person_id",   "last_name", "first_name", "record",      "record_id",  "version",
        "what",        "on_date",   "until_date", "minutes",     "reason",     "evidence",
        "approved_by", "state",     "why",        "recorded_at", "recorded_by"};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "corrections.csv", columns, N_OF(columns), err);

    for (size_t i = 0; i < p->n_people && r == CT_OK; i++) {
        struct correcting c = {.file = &file, .person = p->people[i], .scratch = &scratch};
        r = write_records(&c, &TRAININGS, err);
        if (r == CT_OK)
            r = write_records(&c, &IMPORTED, err);
        ct_arena_reset(&scratch);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}
