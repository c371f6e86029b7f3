/*
 * requirement_add.c: adding, changing and ending requirements, telling first what that means.
 */
#include "requirement_priv.h"

#include "ct/base/banned.h"

/* Both are asked, each with its own days: whoever asks should know. */
static void note_overlaps(const struct ct_requirement_overlap *overlaps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("Note: %zu of them %s under \"%.*s\" (%.*s), too.\n", overlaps[i].n,
               overlaps[i].n == 1 ? "is" : "are", CT_SV_ARG(overlaps[i].requirement->slug),
               CT_SV_ARG(overlaps[i].rule->title));
}

int ct_requirement_tell(const struct ct_requirement_call *c, struct ct_db *db,
                        const struct ct_requirement *q, const struct ct_requirement_rule *rule,
                        bool names, struct ct_err *err)
{
    int64_t now = ct_now(&ct_clock_system);
    struct ct_requirement_overlap *overlaps;
    const struct ct_assignee **who;
    struct ct_sv sentence;
    struct ct_sv renewal = ct_requirement_renewal(c->arena, c->cat, q, rule);
    size_t n, n_overlaps;
    int r;

    if ((r = ct_requirement_sentence(db, c->arena, c->cat, q, rule, &sentence, err)) < 0 ||
        (r = ct_requirement_preview(db, c->arena, rule, now, &who, &n, err)) < 0 ||
        (r = ct_requirement_overlaps(db, c->arena, q, rule, now, &overlaps, &n_overlaps, err)) < 0)
        return r;
    printf("%.*s\nIt hits %zu %s today.\n", CT_SV_ARG(sentence), n, n == 1 ? "person" : "people");
    if (renewal.n)
        printf("Note: %.*s\n", CT_SV_ARG(renewal));
    note_overlaps(overlaps, n_overlaps);
    for (size_t i = 0; i < n && names; i++)
        printf("  %.*s <%.*s>\n", CT_SV_ARG(who[i]->name), CT_SV_ARG(who[i]->email));
    return CT_OK;
}

/* What is asked for. */
static int read_what(const struct ct_requirement_call *c, struct ct_requirement *q,
                     struct ct_err *err)
{
    struct ct_sv rest = ct_sv_c(c->scenario), course;

    q->kind = c->hours      ? CT_REQUIREMENT_HOURS
              : c->scenario ? CT_REQUIREMENT_SCENARIO
                            : CT_REQUIREMENT_COURSE;
    q->course = ct_sv_c(c->course);
    q->credit_type = ct_sv_c(c->credit);
    if (c->scenario) {
        ct_sv_split(&rest, '/', &course);
        q->course = course;
        q->module = rest;
    }
    return ct_requirement_name(c->cat, q, err);
}

int ct_requirement_do_add(struct ct_requirement_call *c, struct ct_err *err)
{
    struct ct_requirement_rule rule = {.due = {.kind = CT_DUE_ASSIGNED, .fixed = CT_DAY_NONE},
                                       .chairs = c->scenario ? 1 : 0};
    struct ct_requirement q = {.slug = ct_sv_c(c->operands[0]), .rules = &rule, .n_rules = 1};
    int64_t id;
    int r;

    if ((c->course != NULL) + (c->hours != NULL) + (c->scenario != NULL) != 1)
        return ct_cli_usage("requirement", "'add' needs one of --course COURSE, --hours N and "
                                           "--scenario COURSE/MODULE");
    if (c->credit && !c->hours)
        return ct_cli_usage("requirement", "--credit says of which credit --hours are");
    if (!c->due && !c->yearly && c->within < 0)
        return ct_cli_usage("requirement", "'add' needs --due, --within or --yearly");
    if ((r = read_what(c, &q, err)) < 0)
        return r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((r = ct_requirement_read(c, rd.db, &rule, err)) < 0)
            return r;
        if (rule.title.n == 0)
            rule.title = ct_requirement_title(c->arena, &q, &rule);
        if ((r = ct_requirement_check(c->cat, &q, &rule, err)) < 0 ||
            (r = ct_requirement_tell(c, rd.db, &q, &rule, c->dry_run, err)) < 0)
            return r;
    }
    return c->dry_run ? CT_EXIT_OK
                      : ct_requirement_add(c->store, &ct_clock_system, c->cat, &q, 0, &id, err);
}

/* The rule to begin with: the last one, as far as it is not changed. */
int ct_requirement_do_change(struct ct_requirement_call *c, struct ct_err *err)
{
    struct ct_requirement_rule rule;
    struct ct_requirement *q;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((r = ct_requirement_called(c, rd.db, &q, err)) < 0)
            return r;
        rule = *ct_requirement_asking(q, INT_MAX);
        /* "12 hours of training a year" says how many: with others it is called otherwise. */
        if (ct_sv_eq(rule.title, ct_requirement_title(c->arena, q, &rule)))
            rule.title = CT_SV_NULL;
        if ((r = ct_requirement_read(c, rd.db, &rule, err)) < 0)
            return r;
        if (rule.title.n == 0)
            rule.title = ct_requirement_title(c->arena, q, &rule);
        if ((r = ct_requirement_check(c->cat, q, &rule, err)) < 0 ||
            (r = ct_requirement_tell(c, rd.db, q, &rule, c->dry_run, err)) < 0)
            return r;
    }
    return c->dry_run
               ? CT_EXIT_OK
               : ct_requirement_change(c->store, &ct_clock_system, c->cat, q->id, &rule, 0, 0, err);
}

int ct_requirement_do_end(struct ct_requirement_call *c, struct ct_err *err)
{
    struct ct_requirement_rule rule = {.ends = true};
    struct ct_requirement *q;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        if ((r = ct_requirement_called(c, rd.db, &q, err)) < 0 ||
            (r = ct_requirement_day(c->on, "on", ct_day_of(ct_now(&ct_clock_system)),
                                    &rule.due.from, err)) < 0)
            return r;
    }
    return ct_requirement_change(c->store, &ct_clock_system, c->cat, q->id, &rule, 0, 0, err);
}
