/*
 * requirement_rule.c: the rule that a command line asks for: whom, when due. Adding and changing is
 * requirement_add.c.
 */
#include "requirement_priv.h"

#include "ct/learn/person.h"

#include "ct/base/banned.h"

int ct_requirement_person(const struct ct_requirement_call *c, struct ct_db *db, const char *email,
                          int64_t *ret, struct ct_err *err)
{
    struct ct_err reason = CT_ERR_INIT;
    struct ct_person p;
    int r = ct_person_by_email(db, c->arena, ct_sv_c(email), &p, &reason);

    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, email, "there is nobody with this e-mail address");
    if (r < 0)
        return ct_fail(err, reason.code, reason.what, "%s", reason.text);
    *ret = p.id;
    return CT_OK;
}

struct naming {
    const struct ct_requirement_call *call;
    const struct ct_org *orgs;
    size_t n_orgs;
    int64_t *ids;
    size_t n, cap;
};

static int add_orgs(struct naming *nm, const struct ct_words *words, enum ct_org_kind kind,
                    struct ct_err *err)
{
    for (size_t i = 0; i < words->n; i++) {
        const struct ct_org *o = ct_org_find(nm->orgs, nm->n_orgs, kind, ct_sv_c(words->items[i]));
        if (!o)
            return ct_fail(err, CT_NOT_FOUND, words->items[i], "there is no such %s",
                           ct_org_kind_name(kind));
        CT_ARENA_PUSH(nm->call->arena, nm->ids, nm->n, nm->cap, o->id);
    }
    return CT_OK;
}

static int read_orgs(struct naming *nm, struct ct_requirement_rule *rule, struct ct_err *err)
{
    const struct ct_requirement_call *c = nm->call;
    int r;

    if ((r = add_orgs(nm, &c->agencies, CT_ORG_AGENCY, err)) < 0 ||
        (r = add_orgs(nm, &c->units, CT_ORG_UNIT, err)) < 0 ||
        (r = add_orgs(nm, &c->task_forces, CT_ORG_TASK_FORCE, err)) < 0)
        return r;
    rule->orgs = nm->ids;
    rule->n_orgs = nm->n;
    return CT_OK;
}

/* Whom: what is given takes the place of all that was. */
static int read_whom(struct naming *nm, struct ct_db *db, struct ct_requirement_rule *rule,
                     struct ct_err *err)
{
    const struct ct_requirement_call *c = nm->call;
    size_t given = c->agencies.n + c->units.n + c->task_forces.n + c->disciplines.n + c->people.n;
    struct ct_sv *slugs = ct_arena_array(c->arena, struct ct_sv, c->disciplines.n);
    int64_t *people = ct_arena_array(c->arena, int64_t, c->people.n);
    int r;

    if (given == 0 && !c->everybody)
        return CT_OK;
    rule->everybody = c->everybody;
    if ((r = read_orgs(nm, rule, err)) < 0)
        return r;
    for (size_t i = 0; i < c->disciplines.n; i++)
        slugs[i] = ct_sv_c(c->disciplines.items[i]);
    for (size_t i = 0; i < c->people.n; i++)
        if ((r = ct_requirement_person(c, db, c->people.items[i], &people[i], err)) < 0)
            return r;
    rule->disciplines = slugs;
    rule->n_disciplines = c->disciplines.n;
    rule->people = people;
    rule->n_people = c->people.n;
    return CT_OK;
}

/* The month in which the year begins: a number, that of the calendar, that of the first place's
 * agency. */
static int read_month(const struct naming *nm, const struct ct_requirement_rule *rule, int *ret,
                      struct ct_err *err)
{
    const char *text = nm->call->yearly;
    const struct ct_org *o =
        rule->n_orgs ? ct_org_by_id(nm->orgs, nm->n_orgs, rule->orgs[0]) : NULL;
    int64_t month;

    if (strcmp(text, "calendar") == 0) {
        *ret = 1;
        return CT_OK;
    }
    if (ct_sv_i64(ct_sv_c(text), &month) && month >= 1 && month <= 12) {
        *ret = (int)month;
        return CT_OK;
    }
    if (strcmp(text, "fiscal") != 0)
        return ct_fail(err, CT_BAD_INPUT, "yearly",
                       "calendar, fiscal, personal or a month from 1 to 12");
    if (o && o->agency)
        o = ct_org_by_id(nm->orgs, nm->n_orgs, o->agency);
    if (!o || o->kind != CT_ORG_AGENCY)
        return ct_fail(err, CT_BAD_INPUT, "yearly",
                       "fiscal is the year of an agency: say --agency or --unit, or a month");
    *ret = o->fiscal_month;
    return CT_OK;
}

static int read_after(const char *text, enum ct_due_kind *ret, struct ct_err *err)
{
    static const struct {
        const char *name;
        enum ct_due_kind kind;
    } names[] = {
        {"hire", CT_DUE_HIRED}, {"assignment", CT_DUE_ASSIGNED}, {"discipline", CT_DUE_DISCIPLINE}};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i].name, text) == 0) {
            *ret = names[i].kind;
            return CT_OK;
        }
    return ct_fail(err, CT_BAD_INPUT, "after", "hire, assignment or discipline");
}

/* When it is due: a new kind begins with nothing of the old one. */
static int read_kind(const struct naming *nm, struct ct_requirement_rule *rule, struct ct_err *err)
{
    const struct ct_requirement_call *c = nm->call;
    struct ct_due_rule *d = &rule->due;
    bool days_after = c->after || (c->within >= 0 && !c->due);
    int r = CT_OK;

    if ((c->due != NULL) + (c->yearly != NULL) + days_after > 1)
        return ct_fail(err, CT_BAD_INPUT, "due", "one of --due, --within and --yearly");
    if (!c->due && !c->yearly && !days_after)
        return CT_OK;
    d->fixed = CT_DAY_NONE;
    d->month = 0;
    if (c->due) {
        d->kind = CT_DUE_FIXED;
        return ct_requirement_day(c->due, "due", CT_DAY_NONE, &d->fixed, err);
    }
    if (c->yearly) {
        bool personal = strcmp(c->yearly, "personal") == 0;
        d->kind = personal ? CT_DUE_PERSONAL : CT_DUE_YEAR;
        d->every = 0;
        return personal ? CT_OK : read_month(nm, rule, &d->month, err);
    }
    if (c->after || d->kind == CT_DUE_FIXED || ct_due_is_yearly(d->kind))
        r = read_after(c->after ? c->after : "assignment", &d->kind, err);
    return r;
}

int ct_requirement_read(const struct ct_requirement_call *c, struct ct_db *db,
                        struct ct_requirement_rule *rule, struct ct_err *err)
{
    struct naming nm = {.call = c};
    struct ct_due_rule *d = &rule->due;
    struct ct_org *orgs;
    int r = ct_org_list(db, c->arena, &orgs, &nm.n_orgs, err);

    nm.orgs = orgs;
    if (r < 0 || (r = read_whom(&nm, db, rule, err)) < 0 || (r = read_kind(&nm, rule, err)) < 0 ||
        (r = ct_requirement_day(c->from, "from", ct_day_of(ct_now(&ct_clock_system)), &d->from,
                                err)) < 0)
        return r;
    if (c->hours && (r = ct_requirement_minutes(c, &rule->minutes, err)) < 0)
        return r;
    if (c->chairs >= 0)
        rule->chairs = c->chairs;
    if (c->within >= 0)
        d->days = c->within;
    if (c->every >= 0)
        d->every = c->every;
    if (c->window >= 0)
        d->window = c->window;
    if (c->grace >= 0)
        d->grace = c->grace;
    if (c->early && strcmp(c->early, "expiry") != 0 && strcmp(c->early, "completion") != 0)
        return ct_fail(err, CT_BAD_INPUT, "early", "completion or expiry");
    if (c->early)
        d->from_expiry = strcmp(c->early, "expiry") == 0;
    if (c->title)
        rule->title = ct_sv_c(c->title);
    return CT_OK;
}
