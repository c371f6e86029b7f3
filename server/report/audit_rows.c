/*
 * audit_rows.c: tables of an audit pack: how everybody stands to what is required at the end of the
 * period, what was recorded beside completions, and the requirements themselves.
 */
#include "audit_priv.h"

#include "ct/report/requirement_right.h"

#include "ct/base/banned.h"

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

int ct_pack_assignments(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT; /* the largest report: gone before the next */
    CT_AUTO_ARENA row = CT_ARENA_INIT;
    struct ct_assignment_filter filter = CT_ASSIGNMENT_FILTER_INIT;
    const struct ct_assignments none = {.n = 0};
    struct ct_assignments report;
    struct ct_pack_table file;
    struct ct_table head;

    filter.scope = &p->scope;
    filter.inactive = true;
    int r = ct_assignments(p->q->db, &scratch, p->as_of, &filter, &report, err);
    if (r < 0)
        return r;
    ct_assignments_table(&scratch, &none, &head); /* for its columns */
    struct ct_sv *cells = ct_arena_array(&scratch, struct ct_sv, head.n_columns);
    r = ct_pack_table_begin(p, &file, "assignments.csv", head.columns, head.n_columns, err);
    for (size_t i = 0; i < report.n && r == CT_OK; i++) {
        for (size_t c = 0; c < head.n_columns; c++)
            cells[c] = CT_SV("");
        ct_assignments_row(&row, &report, i, cells);
        r = ct_pack_table_row(&file, cells, err);
        ct_arena_reset(&row);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* ---- outside training and waivers ---- */

static bool is_in_period(const struct ct_audit *q, const struct ct_training *t)
{
    switch (t->kind) {
    case CT_TRAINING_CREDIT:
        return t->on >= q->from && t->on <= q->until;
    case CT_TRAINING_WAIVER:
        return t->on <= q->until && (t->until == CT_DAY_NONE || t->until >= q->from);
    case CT_TRAINING_LEAVE:
        break;
    }
    return false;
}

static struct ct_sv slug_of(const struct ct_requirement *all, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id)
            return all[i].slug;
    return CT_SV("");
}

static int write_training(struct ct_pack_table *file, const struct ct_assignee *who,
                          const struct ct_training *t, struct ct_sv requirement, struct ct_err *err)
{
    struct ct_arena *a = file->pack->arena;
    const struct ct_sv cells[] = {
        ct_pack_number(a, who->id),
        who->last_name,
        who->first_name,
        requirement,
        ct_sv_c(ct_training_kind_name(t->kind)),
        ct_pack_day(a, t->on),
        ct_pack_day(a, t->kind == CT_TRAINING_WAIVER ? t->until : CT_DAY_NONE),
        t->minutes ? ct_pack_number(a, t->minutes) : CT_SV(""),
        t->credit_type,
        t->reason,
        t->evidence,
        t->approved_by,
        ct_pack_moment(a, t->at),
        t->by_name};

    return ct_pack_table_row(file, cells, err);
}

int ct_pack_trainings(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {
        "person_id", "last_name",   "first_name",  "requirement_id", "kind",
        "on_date",   "until_date",  "minutes",     "credit_type",    "reason",
        "evidence",  "approved_by", "recorded_at", "recorded_by"};
    struct ct_requirement *requirements;
    struct ct_pack_table file;
    size_t n;
    int r = ct_requirement_list(p->q->db, p->arena, p->as_of, &requirements, &n, err);

    if (r < 0)
        return r;
    r = ct_pack_table_begin(p, &file, "outside-training-and-waivers.csv", columns, N_OF(columns),
                            err);
    for (size_t i = 0; i < p->n_people && r == CT_OK; i++)
        for (size_t k = 0; k < p->people[i]->n_trainings && r == CT_OK; k++) {
            const struct ct_training *t = &p->people[i]->trainings[k];
            if (is_in_period(p->q, t) &&
                (!p->people[i]->who.by_task_force || ct_shared_name_covers(t->kind)))
                r = write_training(&file, &p->people[i]->who, t,
                                   slug_of(requirements, n, t->requirement), err);
        }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* ---- requirements ---- */

/* Whether a rule held on some day of the period. Its end is told, too, if it fell into it. */
static bool held(const struct ct_audit *q, const struct ct_requirement *requirement, size_t i)
{
    const struct ct_requirement_rule *rule = &requirement->rules[i];
    bool replaced = i + 1 < requirement->n_rules && requirement->rules[i + 1].due.from <= q->from;

    return rule->due.from <= q->until && !replaced && !(rule->ends && rule->due.from < q->from);
}

static int write_rule(struct ct_pack_table *file, const struct ct_asker *asker,
                      const struct ct_requirement *requirement,
                      const struct ct_requirement_rule *rule, int64_t replaced_at,
                      struct ct_err *err)
{
    struct ct_pack *p = file->pack;
    struct ct_arena *a = p->arena;
    struct ct_requirement_rule told = ct_asker_told(asker, a, rule);
    struct ct_sv sentence = CT_SV("Nothing is required from this day on.");
    int r = rule->ends ? CT_OK
                       : ct_requirement_sentence(p->q->db, a, p->q->cat, requirement, &told,
                                                 &sentence, err);
    const struct ct_sv cells[] = {requirement->slug,
                                  rule->title,
                                  ct_sv_c(ct_requirement_kind_name(requirement->kind)),
                                  requirement->course,
                                  ct_pack_day(a, rule->due.from),
                                  sentence,
                                  ct_pack_moment(a, rule->at),
                                  rule->by_name,
                                  replaced_at ? ct_pack_moment(a, replaced_at) : CT_SV("")};

    return r < 0 ? r : ct_pack_table_row(file, cells, err);
}

/* Rules that another of the same day, recorded later, has taken the place of. */
static int write_replaced(struct ct_pack_table *file, const struct ct_asker *asker,
                          const struct ct_requirement *requirement, size_t by, struct ct_err *err)
{
    const struct ct_requirement_rule *now = &requirement->rules[by];
    struct ct_pack *p = file->pack;
    struct ct_requirement_rule *all;
    size_t n;
    int r = ct_requirement_history(p->q->db, p->arena, requirement->id, &all, &n, err);

    for (size_t i = 0; i + 1 < n && r == CT_OK; i++) {
        size_t next = i + 1;
        if (all[i].due.from != now->due.from || all[i].id == now->id || all[i].at > p->as_of)
            continue;
        while (next < n && all[next].due.from != all[i].due.from)
            next++;
        if (next < n && all[next].at <= p->as_of)
            r = write_rule(file, asker, requirement, &all[i], all[next].at, err);
    }
    return r;
}

/* Of a reader who does not see everybody: those that the reader sees at all. */
static bool is_sight(const struct ct_sights *sights, int64_t id)
{
    for (size_t i = 0; i < sights->n; i++)
        if (sights->items[i].requirement->id == id)
            return true;
    return false;
}

int ct_pack_requirements(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"requirement_id", "requirement", "kind",
                                          "course",         "from_date",   "sentence",
                                          "recorded_at",    "recorded_by", "replaced_at"};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_sights sights = {.n = 0};
    struct ct_requirement *list;
    struct ct_asker asker;
    struct ct_pack_table file;
    size_t n;
    int r;

    if ((r = ct_requirement_list(p->q->db, p->arena, p->as_of, &list, &n, err)) < 0 ||
        (r = ct_asker_read(p->q->db, &scratch, &p->q->viewer, p->now, &asker, err)) < 0 ||
        (!asker.asks_all &&
         (r = ct_sights_read(p->q->db, &scratch, &asker, p->as_of, CT_SV_NULL, &sights, err)) < 0))
        return r;
    r = ct_pack_table_begin(p, &file, "requirements.csv", columns, N_OF(columns), err);
    for (size_t i = 0; i < n && r == CT_OK; i++)
        for (size_t k = 0; k < list[i].n_rules && r == CT_OK; k++) {
            if ((!asker.asks_all && !is_sight(&sights, list[i].id)) || !held(p->q, &list[i], k))
                continue;
            r = write_replaced(&file, &asker, &list[i], k, err);
            if (r == CT_OK)
                r = write_rule(&file, &asker, &list[i], &list[i].rules[k], 0, err);
        }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}
