/*
 * audit_credit.c: tables of an audit pack about credit: hours that were earned in the period, the
 * rules by which, and the approvals of courses.
 */
#include "audit_priv.h"

#include "ct/report/credit_report.h"

#include "ct/base/banned.h"

#define N_OF(list) (sizeof(list) / sizeof(list)[0])

static size_t column_of(const struct ct_report_doc *doc, const char *name)
{
    for (size_t i = 0; i < doc->n_columns; i++)
        if (strcmp(doc->columns[i].name, name) == 0)
            return i;
    return 0;
}

int ct_pack_credit(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    const struct ct_credit_filter filter = {.scope = &p->scope};
    struct ct_report_doc doc;
    struct ct_pack_table file;
    int r = ct_credit_report(p->q->db, &scratch, p->as_of, &filter, &doc, err);

    if (r < 0)
        return r;
    const char **names = ct_arena_array(&scratch, const char *, doc.n_columns);
    for (size_t i = 0; i < doc.n_columns; i++)
        names[i] = doc.columns[i].name;
    r = ct_pack_table_begin(p, &file, "credit.csv", names, doc.n_columns, err);
    for (size_t i = 0; i < doc.n_rows && r == CT_OK; i++) {
        const struct ct_sv *row = &doc.cells[i * doc.n_columns];
        int on = CT_DAY_NONE;
        ct_day_parse(row[column_of(&doc, "completed_on")], &on);
        if (on >= p->q->from && on <= p->q->until)
            r = ct_pack_table_row(&file, row, err);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

/* Rules are by type, then day: whether one held on some day of the period. */
static bool held(const struct ct_audit *q, const struct ct_credit_rule *rules, size_t n, size_t i)
{
    bool replaced =
        i + 1 < n && ct_sv_eq(rules[i + 1].type, rules[i].type) && rules[i + 1].from <= q->from;

    return rules[i].from <= q->until && !replaced && !(rules[i].ends && rules[i].from < q->from);
}

int ct_pack_credit_rules(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"credit_type", "title",       "from_date",  "sentence",
                                          "source",      "recorded_at", "recorded_by"};
    struct ct_arena *a = p->arena;
    struct ct_credit_rule *rules;
    struct ct_pack_table file;
    size_t n;
    int r = ct_credit_rules(p->q->db, a, p->as_of, &rules, &n, err);

    if (r < 0)
        return r;
    r = ct_pack_table_begin(p, &file, "credit-rules.csv", columns, N_OF(columns), err);
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_credit_rule *rule = &rules[i];
        if (!held(p->q, rules, n, i))
            continue;
        const struct ct_sv cells[] = {rule->type,
                                      rule->title,
                                      ct_pack_day(a, rule->from),
                                      rule->ends ? CT_SV("Nothing is earned from this day on.")
                                                 : ct_credit_rule_text(a, p->q->cat, rule),
                                      rule->source,
                                      ct_pack_moment(a, rule->at),
                                      rule->by_name};
        r = ct_pack_table_row(&file, cells, err);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

int ct_pack_credit_approvals(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {
        "approval_id",  "course", "course_title", "credit_type", "approval_body",
        "approval_no",  "state",  "hours",        "from_date",   "until_date",
        "withdrawn_on", "note",   "recorded_at",  "recorded_by"};
    struct ct_arena *a = p->arena;
    struct ct_credit_approval *list;
    struct ct_pack_table file;
    size_t n;
    int r = ct_credit_approvals(p->q->db, a, p->as_of, &list, &n, err);

    if (r < 0)
        return r;
    r = ct_pack_table_begin(p, &file, "credit-approvals.csv", columns, N_OF(columns), err);
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_credit_approval *one = &list[i];
        if (one->from > p->q->until || (one->until != CT_DAY_NONE && one->until < p->q->from))
            continue;
        const struct ct_sv cells[] = {ct_pack_number(a, one->id),
                                      one->course,
                                      one->course_title,
                                      one->type,
                                      one->body,
                                      one->number,
                                      one->state,
                                      ct_credit_hours(a, one->hundredths),
                                      ct_pack_day(a, one->from),
                                      ct_pack_day(a, one->until),
                                      ct_pack_day(a, one->withdrawn),
                                      one->note,
                                      ct_pack_moment(a, one->at),
                                      one->by_name};
        r = ct_pack_table_row(&file, cells, err);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}
