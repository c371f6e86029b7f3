/*
 * credit_record.c: what the options of `crosstrain credit` say, put into rules and approvals, and
 * recorded.
 */
#include "credit_priv.h"

#include "ct/base/banned.h"

static int read_day(const char *text, const char *option, int *to, struct ct_err *err)
{
    if (text && !ct_day_parse(ct_sv_c(text), to))
        return ct_fail(err, CT_BAD_INPUT, option, CT_DAY_HOW);
    return CT_OK;
}

static int read_number(const char *text, const char *option, int *to, struct ct_err *err)
{
    int64_t number = 0;

    if (text && (!ct_sv_i64(ct_sv_c(text), &number) || number < 0 || number > CT_CREDIT_YEAR_MAX))
        return ct_fail(err, CT_BAD_INPUT, option, "a whole number, not '%s'", text);
    if (text)
        *to = (int)number;
    return CT_OK;
}

static int read_hours(const char *text, const char *option, int *to, struct ct_err *err)
{
    if (text && !ct_credit_hours_parse(ct_sv_c(text), to))
        return ct_fail(err, CT_BAD_INPUT, option, "hours are written as in 1.25, not '%s'", text);
    return CT_OK;
}

static void read_text(const char *text, struct ct_sv *to)
{
    if (text)
        *to = ct_sv_c(text);
}

/* ---- rules ---- */

static int read_year(const char *text, struct ct_credit_rule *rule, struct ct_err *err)
{
    int64_t month;

    if (!text)
        return CT_OK;
    rule->month = 0;
    if (ct_credit_year_parse(ct_sv_c(text), &rule->year))
        return CT_OK;
    if (!ct_sv_i64(ct_sv_c(text), &month) || month < 1 || month > 12)
        return ct_fail(err, CT_BAD_INPUT, "--year",
                       "calendar, fiscal, personal or a month from 1 to 12, not '%s'", text);
    rule->year = CT_CREDIT_FISCAL;
    rule->month = (int)month;
    return CT_OK;
}

static int read_ways(const struct ct_credit_call *c, struct ct_credit_rule *rule,
                     struct ct_err *err)
{
    if (c->round && !ct_credit_rounding_parse(ct_sv_c(c->round), &rule->rounding))
        return ct_fail(err, CT_BAD_INPUT, "--round", "down or nearest, not '%s'", c->round);
    if (c->basis && !ct_credit_basis_parse(ct_sv_c(c->basis), &rule->basis))
        return ct_fail(err, CT_BAD_INPUT, "--basis", "stated, active or approved, not '%s'",
                       c->basis);
    if ((c->approval && c->no_approval) || (c->repeats && c->once) ||
        (c->everybody && c->n_disciplines))
        return ct_fail(err, CT_BAD_INPUT, "options", "one says the contrary of another");
    rule->needs_approval = (rule->needs_approval || c->approval) && !c->no_approval;
    rule->repeats = (rule->repeats || c->repeats) && !c->once;
    return read_year(c->year, rule, err);
}

static int read_whom(const struct ct_credit_call *c, struct ct_credit_rule *rule,
                     struct ct_err *err)
{
    if (c->everybody || c->n_disciplines) {
        rule->disciplines = c->disciplines;
        rule->n_disciplines = c->n_disciplines;
    }
    for (size_t i = 0; i < c->n_disciplines; i++)
        if (ct_discipline_find(&c->cat->disciplines, c->disciplines[i]) < 0)
            return ct_fail(err, CT_BAD_INPUT, "--discipline",
                           "the curriculum knows no discipline '%.*s'",
                           CT_SV_ARG(c->disciplines[i]));
    return CT_OK;
}

/* The rule that the type has, or the one with which types begin. */
static int present(const struct ct_credit_call *c, struct ct_credit_rule *ret, struct ct_err *err)
{
    struct ct_credit_rule *all;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    int r = ct_credit_rule_history(rd.db, c->arena, ct_sv_c(c->operands[0]), &all, &n, err);

    if (r < 0)
        return r;
    *ret = n ? all[n - 1] : *ct_credit_built_in();
    if (n == 0)
        ret->needs_approval = !ct_sv_eq_c(ct_sv_c(c->operands[0]), CT_CREDIT_IN_SERVICE);
    if (n == 0 && ret->needs_approval) {
        ret->title = CT_SV("");
        ret->year = CT_CREDIT_CALENDAR;
    }
    ret->type = ct_sv_c(c->operands[0]);
    ret->from = ct_day_of(ct_now(&ct_clock_system));
    ret->ends = false;
    return CT_OK;
}

int ct_credit_do_rule(struct ct_credit_call *c, struct ct_err *err)
{
    struct ct_credit_rule rule;
    int r;

    if ((r = present(c, &rule, err)) < 0 ||
        (r = read_day(c->from, "--from", &rule.from, err)) < 0 ||
        (r = read_number(c->hour, "--hour", &rule.hour, err)) < 0 ||
        (r = read_hours(c->step, "--step", &rule.step, err)) < 0 ||
        (r = read_number(c->active, "--active", &rule.active_share, err)) < 0 ||
        (r = read_number(c->score, "--score", &rule.min_score, err)) < 0 ||
        (r = read_hours(c->max, "--max", &rule.year_max, err)) < 0 ||
        (r = read_ways(c, &rule, err)) < 0 || (r = read_whom(c, &rule, err)) < 0)
        return r;
    read_text(c->title, &rule.title);
    read_text(c->source, &rule.source);
    read_text(c->attest, &rule.attestation);
    struct ct_sv text = ct_credit_rule_text(c->arena, c->cat, &rule);
    if (!c->dry_run &&
        (r = ct_credit_rule_save(c->store, &ct_clock_system, &rule, 0, 0, NULL, err)) < 0)
        return r;
    printf("%.*s\n", CT_SV_ARG(text));
    return CT_EXIT_OK;
}

int ct_credit_do_end(struct ct_credit_call *c, struct ct_err *err)
{
    struct ct_credit_rule rule = {
        .type = ct_sv_c(c->operands[0]), .from = ct_day_of(ct_now(&ct_clock_system)), .ends = true};
    int r = read_day(c->on, "--on", &rule.from, err);

    return r < 0 ? r : ct_credit_rule_save(c->store, &ct_clock_system, &rule, 0, 0, NULL, err);
}

/* ---- approvals ---- */

static int read_approval(const struct ct_credit_call *c, struct ct_credit_approval *v,
                         struct ct_err *err)
{
    int r;

    if ((r = read_hours(c->hours, "--hours", &v->hundredths, err)) < 0 ||
        (r = read_day(c->from, "--from", &v->from, err)) < 0)
        return r;
    read_text(c->state, &v->state);
    read_text(c->body, &v->body);
    read_text(c->number, &v->number);
    read_text(c->note, &v->note);
    if (c->until && !*c->until)
        v->until = CT_DAY_NONE;
    else if ((r = read_day(c->until, "--until", &v->until, err)) < 0)
        return r;
    return CT_OK;
}

int ct_credit_do_approve(struct ct_credit_call *c, struct ct_err *err)
{
    struct ct_sv slug = ct_sv_c(c->operands[0]);
    const struct ct_course *course = ct_catalogue_course(c->cat, slug);
    struct ct_credit_approval v = {.course = slug,
                                   .type = ct_sv_c(c->operands[1]),
                                   .from = ct_day_of(ct_now(&ct_clock_system)),
                                   .until = CT_DAY_NONE,
                                   .withdrawn = CT_DAY_NONE};
    int64_t id;
    int r;

    if (!course)
        return ct_fail(err, CT_BAD_INPUT, "course", "there is no course '%s'", c->operands[0]);
    v.course_title = course->title;
    if ((r = read_approval(c, &v, err)) < 0 ||
        (r = ct_credit_approval_save(c->store, &ct_clock_system, &v, 0, &id, err)) < 0)
        return r;
    printf("recorded under the number %lld\n", (long long)id);
    return CT_EXIT_OK;
}

static int called(const struct ct_credit_call *c, struct ct_credit_approval *ret,
                  struct ct_err *err)
{
    int64_t id;
    CT_AUTO_READER rd = ct_store_reader(c->store);

    if (!ct_sv_i64(ct_sv_c(c->operands[0]), &id))
        return ct_fail(err, CT_BAD_INPUT, "id", "the number of an approval, not '%s'",
                       c->operands[0]);
    return ct_credit_approval_get(rd.db, c->arena, id, ret, err);
}

/* What is not said stays as it was recorded last; one that was withdrawn counts again. */
int ct_credit_do_correct(struct ct_credit_call *c, struct ct_err *err)
{
    struct ct_credit_approval v;
    int r;

    if ((r = called(c, &v, err)) < 0 || (r = read_approval(c, &v, err)) < 0)
        return r;
    v.withdrawn = CT_DAY_NONE;
    return ct_credit_approval_save(c->store, &ct_clock_system, &v, 0, NULL, err);
}

int ct_credit_do_withdraw(struct ct_credit_call *c, struct ct_err *err)
{
    struct ct_credit_approval v;
    int r;

    if ((r = called(c, &v, err)) < 0)
        return r;
    v.withdrawn = v.from;
    v.note = ct_sv_c(c->note);
    if ((r = read_day(c->on, "--on", &v.withdrawn, err)) < 0)
        return r;
    return ct_credit_approval_save(c->store, &ct_clock_system, &v, 0, NULL, err);
}
