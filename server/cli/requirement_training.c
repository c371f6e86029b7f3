/*
 * requirement_training.c: recording waivers, training elsewhere and leave, and correcting them.
 */
#include "requirement_priv.h"

#include "ct/base/banned.h"

static int record(struct ct_requirement_call *c, enum ct_training_kind kind, const char *email,
                  struct ct_err *err)
{
    struct ct_training t = {.kind = kind,
                            .until = CT_DAY_NONE,
                            .reason = ct_sv_c(c->reason),
                            .evidence = ct_sv_c(c->evidence),
                            .approved_by = ct_sv_c(c->approved_by),
                            .credit_type = ct_sv_c(c->credit)};
    /* A waiver holds from today on unless said otherwise; the others have a day of their own. */
    int today = kind == CT_TRAINING_WAIVER ? ct_day_of(ct_now(&ct_clock_system)) : CT_DAY_NONE;
    struct ct_requirement *q = NULL;
    int64_t id;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((kind != CT_TRAINING_LEAVE && (r = ct_requirement_called(c, rd.db, &q, err)) < 0) ||
            (r = ct_requirement_person(c, rd.db, email, &t.person, err)) < 0 ||
            (r = ct_requirement_day(c->on, "on", today, &t.on, err)) < 0 ||
            (r = ct_requirement_day(c->until, "until", CT_DAY_NONE, &t.until, err)) < 0 ||
            (r = ct_requirement_minutes(c, &t.minutes, err)) < 0)
            return r;
    }
    t.requirement = q ? q->id : 0;
    r = ct_training_record(c->store, &ct_clock_system, &t, 0, &id, err);
    if (r == CT_OK)
        printf("recorded under the number %lld\n", (long long)id);
    return r;
}

int ct_requirement_do_waive(struct ct_requirement_call *c, struct ct_err *err)
{
    return record(c, CT_TRAINING_WAIVER, c->operands[1], err);
}

int ct_requirement_do_credit(struct ct_requirement_call *c, struct ct_err *err)
{
    return record(c, CT_TRAINING_CREDIT, c->operands[1], err);
}

int ct_requirement_do_leave(struct ct_requirement_call *c, struct ct_err *err)
{
    return record(c, CT_TRAINING_LEAVE, c->operands[0], err);
}

/* What is not said stays as it was recorded last. */
int ct_requirement_do_correct(struct ct_requirement_call *c, struct ct_err *err)
{
    struct ct_training t;
    int64_t id;
    int r;

    if (!ct_sv_i64(ct_sv_c(c->operands[0]), &id))
        return ct_cli_usage("requirement", "'correct' needs a number, not '%s'", c->operands[0]);
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((r = ct_training_get(rd.db, c->arena, id, &t, err)) < 0 ||
            (r = ct_requirement_day(c->on, "on", t.on, &t.on, err)) < 0 ||
            (r = ct_requirement_day(c->until, "until", t.until, &t.until, err)) < 0)
            return r;
    }
    if (c->hours && (r = ct_requirement_minutes(c, &t.minutes, err)) < 0)
        return r;
    t.credit_type = c->credit ? ct_sv_c(c->credit) : t.credit_type;
    t.withdrawn = c->withdraw;
    t.reason = c->reason ? ct_sv_c(c->reason) : t.reason;
    t.evidence = c->evidence ? ct_sv_c(c->evidence) : t.evidence;
    t.approved_by = c->approved_by ? ct_sv_c(c->approved_by) : t.approved_by;
    return ct_training_record(c->store, &ct_clock_system, &t, 0, NULL, err);
}
