/*
 * credit_test.h: rules, approvals and completed courses for the tests of credit.
 */
#ifndef CT_TEST_LEARN_CREDIT_TEST_H
#define CT_TEST_LEARN_CREDIT_TEST_H

#include "require_test.h"

#include "ct/learn/certificate.h"
#include "ct/learn/credit.h"

static inline struct ct_credit_rule credit_rule(const char *type, const char *from)
{
    return (struct ct_credit_rule){.type = ct_sv_c(type),
                                   .title = ct_sv_c("Legal education"),
                                   .source = ct_sv_c("as the board says"),
                                   .from = day_in(from),
                                   .hour = 60,
                                   .step = 25,
                                   .needs_approval = true};
}

static inline int64_t credit_save_rule(struct site *s, struct ct_credit_rule rule)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    CT_OK_("rule", ct_credit_rule_save(s->o.store, &s->o.clock, &rule, 0, 0, &id, &err), &err);
    return id;
}

static inline struct ct_credit_approval credit_approval(const char *body, const char *from,
                                                        const char *until)
{
    return (struct ct_credit_approval){.course = ct_sv_c("core"),
                                       .course_title = ct_sv_c("Core"),
                                       .type = ct_sv_c("cle"),
                                       .state = ct_sv_c("Alder"),
                                       .body = ct_sv_c(body),
                                       .number = ct_sv_c("A-1"),
                                       .hundredths = 150,
                                       .from = day_in(from),
                                       .until = day_in(until),
                                       .withdrawn = CT_DAY_NONE};
}

static inline int64_t credit_approve(struct site *s, struct ct_credit_approval v)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    CT_OK_("approve", ct_credit_approval_save(s->o.store, &s->o.clock, &v, 0, &id, &err), &err);
    return id;
}

/* A completed course with its certificate: minutes of activity until then, stated minutes. */
static inline void credit_complete(struct site *s, int64_t person, const char *course, int64_t at,
                                   int active, int stated)
{
    site_exec(s,
              ct_arena_printf(
                  &s->o.a,
                  "insert into completion(person, course, course_title, discipline, revision,"
                  " score, minutes, at) values(%lld, '%s', 'Core', 'caseworker', '%064d', 90, %d,"
                  " %lld); insert into certificate(code, completion, name, discipline_name,"
                  " minutes, issued_at) select printf('%%016d', id), id, 'Ann', 'Caseworker', %d,"
                  " at from completion order by id desc limit 1",
                  (long long)person, course, 7, active, (long long)at, stated)
                  .p);
}

/* The lines of somebody as of a moment: "2026-03-10 cle 1 2026 Bar A-1", a star behind what counts;
 * without the hours the reason. */
static inline struct ct_sv credit_told(struct site *s, int64_t person, int64_t as_of, bool all)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv told = CT_SV("");
    struct ct_credit *list;
    char day[CT_TIME_TEXT];
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(
        "list",
        (all ? ct_credit_list_all : ct_credit_list)(rd.db, &s->o.a, person, as_of, &list, &n, &err),
        &err);
    for (size_t i = 0; i < n; i++) {
        const struct ct_credit *c = &list[i];
        struct ct_sv hours = ct_credit_hours(&s->o.a, c->hundredths);
        told = ct_arena_printf(
            &s->o.a, "%.*s%s%s %.*s %.*s %d %.*s %.*s%s", CT_SV_ARG(told), i ? "\n" : "",
            ct_day_text(c->on, day), CT_SV_ARG(c->type),
            CT_SV_ARG(c->why == CT_CREDIT_EARNED ? hours : ct_sv_c(ct_credit_why_name(c->why))),
            c->year, CT_SV_ARG(c->body), CT_SV_ARG(c->number), c->counts ? "*" : "");
    }
    return told;
}

#endif
