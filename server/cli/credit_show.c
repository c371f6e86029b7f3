/*
 * credit_show.c: what was recorded about credit, printed: types with their rules, approvals.
 */
#include "credit_priv.h"

#include "ct/base/banned.h"

static struct ct_sv day(struct ct_arena *a, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(a, ct_sv_c(ct_day_text(day, text)));
}

static struct ct_sv shown(struct ct_sv s)
{
    return s.p ? s : CT_SV("");
}

int ct_credit_do_types(struct ct_credit_call *c, struct ct_err *err)
{
    static const char *const columns[] = {"credit_type", "from",   "title",
                                          "rule",        "source", "recorded_by"};
    enum { WIDTH = sizeof columns / sizeof columns[0] };
    struct ct_credit_rule *all;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    int r = ct_credit_rules(rd.db, c->arena, ct_now(&ct_clock_system), &all, &n, err);

    if (r < 0)
        return r;
    const struct ct_table t = {columns, WIDTH, ct_arena_array(c->arena, struct ct_sv, n * WIDTH),
                               n};
    for (size_t i = 0; i < n; i++) {
        struct ct_sv *cell = &t.cells[i * WIDTH];
        *cell++ = all[i].type;
        *cell++ = day(c->arena, all[i].from);
        *cell++ = all[i].title;
        *cell++ = ct_credit_rule_text(c->arena, c->cat, &all[i]);
        *cell++ = all[i].source;
        *cell = shown(all[i].by_name);
    }
    return ct_cli_print("credit", &t, c->format);
}

int ct_credit_do_list(struct ct_credit_call *c, struct ct_err *err)
{
    static const char *const columns[] = {
        "approval_id",  "course", "credit_type", "approval_state", "approval_body", "approval_no",
        "credit_hours", "from",   "until",       "withdrawn_from", "recorded_on",   "note"};
    enum { WIDTH = sizeof columns / sizeof columns[0] };
    struct ct_credit_approval *all;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    int r = ct_credit_approvals(rd.db, c->arena, ct_now(&ct_clock_system), &all, &n, err);

    if (r < 0)
        return r;
    const struct ct_table t = {columns, WIDTH, ct_arena_array(c->arena, struct ct_sv, n * WIDTH),
                               n};
    for (size_t i = 0; i < n; i++) {
        const struct ct_credit_approval *v = &all[i];
        struct ct_sv *cell = &t.cells[i * WIDTH];
        *cell++ = ct_arena_printf(c->arena, "%lld", (long long)v->id);
        *cell++ = v->course;
        *cell++ = v->type;
        *cell++ = shown(v->state);
        *cell++ = v->body;
        *cell++ = v->number;
        *cell++ = ct_credit_hours(c->arena, v->hundredths);
        *cell++ = day(c->arena, v->from);
        *cell++ = day(c->arena, v->until);
        *cell++ = day(c->arena, v->withdrawn);
        *cell++ = day(c->arena, ct_day_of(v->at));
        *cell = v->note;
    }
    return ct_cli_print("credit", &t, c->format);
}
