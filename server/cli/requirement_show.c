/*
 * requirement_show.c: requirements as a table with how people stand, and one of them with its
 * sentence, its rules and what was recorded for it.
 */
#include "requirement_priv.h"

#include "ct/base/banned.h"

static struct ct_sv number(struct ct_arena *a, size_t n)
{
    return ct_arena_printf(a, "%zu", n);
}

/* How the people stand who are under it today. */
static int count(const struct ct_requirement_call *c, struct ct_db *db, struct ct_sv slug,
                 struct ct_assignments *ret, struct ct_err *err)
{
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;

    f.requirement = slug;
    f.current = true;
    f.brief = c->format == CT_CLI_TABLE; /* a file has all columns */
    return ct_assignments(db, c->arena, ct_now(&ct_clock_system), &f, ret, err);
}

int ct_requirement_do_list(struct ct_requirement_call *c, struct ct_err *err)
{
    static const char *const columns[] = {"requirement_id", "requirement", "course",    "from",
                                          "ends",           "people",      "completed", "late",
                                          "sentence",       "kind"};
    enum { WIDTH = sizeof columns / sizeof columns[0] };
    CT_AUTO_READER rd = ct_store_reader(c->store);
    int today = ct_day_of(ct_now(&ct_clock_system));
    struct ct_requirement *all;
    char day[CT_TIME_TEXT];
    size_t n;
    int r = ct_requirement_list(rd.db, c->arena, ct_now(&ct_clock_system), &all, &n, err);

    if (r < 0)
        return r;
    struct ct_table t = {columns, WIDTH, ct_arena_array(c->arena, struct ct_sv, n * WIDTH), n};
    for (size_t i = 0; i < n; i++) {
        struct ct_sv *cell = &t.cells[i * WIDTH];
        const struct ct_requirement_rule *last = &all[i].rules[all[i].n_rules - 1];
        const struct ct_requirement_rule *rule = ct_requirement_asking(&all[i], today);
        struct ct_assignments counts;
        if ((r = count(c, rd.db, all[i].slug, &counts, err)) < 0 ||
            (r = ct_requirement_sentence(rd.db, c->arena, c->cat, &all[i], rule, &cell[8], err)) <
                0)
            return r;
        cell[0] = all[i].slug;
        cell[1] = rule->title;
        cell[2] = all[i].course.p ? all[i].course : CT_SV("");
        cell[9] = ct_sv_c(ct_requirement_kind_name(all[i].kind));
        cell[3] = ct_arena_dup(c->arena, ct_sv_c(ct_day_text(all[i].rules[0].due.from, day)));
        cell[4] = last->ends ? ct_arena_dup(c->arena, ct_sv_c(ct_day_text(last->due.from, day)))
                             : CT_SV("");
        cell[5] = number(c->arena, counts.n);
        cell[6] =
            number(c->arena, counts.by_status[CT_DUE_COMPLETED] + counts.by_status[CT_DUE_UPDATE]);
        cell[7] =
            number(c->arena, counts.by_status[CT_DUE_OVERDUE] + counts.by_status[CT_DUE_EXPIRED]);
    }
    return ct_cli_print("requirement", &t, c->format);
}

static int print_rules(const struct ct_requirement_call *c, struct ct_db *db,
                       const struct ct_requirement *q, struct ct_err *err)
{
    struct ct_requirement_rule *rules;
    struct ct_sv sentence;
    char day[CT_TIME_TEXT], at[CT_TIME_TEXT];
    size_t n;
    int r = ct_requirement_history(db, c->arena, q->id, &rules, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        sentence = CT_SV("nothing is required.");
        if (!rules[i].ends &&
            (r = ct_requirement_sentence(db, c->arena, c->cat, q, &rules[i], &sentence, err)) < 0)
            return r;
        printf("From %s: %.*s (recorded %s by %.*s)\n", ct_day_text(rules[i].due.from, day),
               CT_SV_ARG(sentence), ct_time_date(rules[i].at, at),
               CT_SV_ARG(rules[i].by_name.n ? rules[i].by_name : CT_SV("whoever had the machine")));
    }
    return r;
}

static int print_trainings(const struct ct_requirement_call *c, struct ct_db *db, int64_t id,
                           struct ct_err *err)
{
    struct ct_training *list;
    char on[CT_TIME_TEXT], until[CT_TIME_TEXT];
    size_t n;
    int r = ct_training_list(db, c->arena, 0, id, ct_now(&ct_clock_system), &list, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++)
        printf("%lld: %s of person %lld, %s%s%s: %.*s%s%.*s\n", (long long)list[i].id,
               ct_training_kind_name(list[i].kind), (long long)list[i].person,
               ct_day_text(list[i].on, on), list[i].until == CT_DAY_NONE ? "" : " to ",
               ct_day_text(list[i].until, until), CT_SV_ARG(list[i].reason),
               list[i].approved_by.n ? "; approved by " : "; waits for approval",
               CT_SV_ARG(list[i].approved_by));
    return r;
}

int ct_requirement_do_show(struct ct_requirement_call *c, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_assignments counts;
    struct ct_requirement *q;
    struct ct_table t;
    int r;

    if ((r = ct_requirement_called(c, rd.db, &q, err)) < 0 ||
        (r = count(c, rd.db, q->slug, &counts, err)) < 0)
        return r;
    if (c->format != CT_CLI_TABLE) {
        ct_assignments_table(c->arena, &counts, &t);
        return ct_cli_print("requirement", &t, c->format);
    }
    if ((r = print_rules(c, rd.db, q, err)) < 0)
        return r;
    printf("\n%zu %s today:\n", counts.n, counts.n == 1 ? "person" : "people");
    for (int i = 0; i < CT_DUE_STATUSES; i++)
        if (counts.by_status[i])
            printf("%6zu %s\n", counts.by_status[i], ct_due_status_name((enum ct_due_status)i));
    printf("\n");
    return print_trainings(c, rd.db, q->id, err);
}
