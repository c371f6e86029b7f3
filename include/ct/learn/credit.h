/*
 * ct/learn/credit.h: how many hours of which kind of credit somebody earned by what he or she
 * completed, and when not, why not.
 *
 * Nothing here is law. What a board asks for is data that an administrator records, with its
 * source: a rule for each type of credit ("cle", "ce", "casa"), which holds from a day on, and the
 * approvals of courses by the bodies that give credit, each with its State, number, hours and the
 * days between which it is valid. Rows are only added: a changed rule, a corrected or withdrawn
 * approval and an attestation are rows with their moment. What is earned is computed from them as
 * of a moment and never stored, so that an approval that is recorded late gives credit to who had
 * completed the course while it was valid, and a report of an earlier moment stays as it was.
 *
 * One type is built in: "in-service", hours of training of any kind. Every completed course, all
 * outside training with hours that somebody approved and courses completed before
 * (past_completion.h) with hours count; an hour has 60 minutes, in steps of a quarter of an hour,
 * rounded down, by the fiscal year of the person's home on that day (home.h). A recorded rule of
 * this name takes its place from its day on.
 *
 * Active minutes are the time between a person's events, each gap counted for CT_IDLE_CAP at most
 * (progress.h). Of a course that was completed before they are those since then.
 */
#ifndef CT_LEARN_CREDIT_H
#define CT_LEARN_CREDIT_H

#include "ct/base/arena.h"
#include "ct/base/clock.h"
#include "ct/store/store.h"

#define CT_CREDIT_IN_SERVICE "in-service"

enum {
    CT_CREDIT_TYPE_MAX = 40,    /* bytes of a type's short name */
    CT_CREDIT_TEXT_MAX = 200,   /* of a title, body, number */
    CT_CREDIT_LONG_MAX = 1000,  /* of an attestation, of a source */
    CT_CREDIT_HOURS_MAX = 9999, /* hundredths of an hour of one course, 99.99 */
    CT_CREDIT_YEAR_MAX = 100000 /* hundredths of an hour a year */
};

/* ---- rules and approvals ---- */

enum ct_credit_basis {
    CT_CREDIT_STATED,  /* the minutes that the modules state */
    CT_CREDIT_ACTIVE,  /* active minutes, at most the stated ones */
    CT_CREDIT_APPROVED /* as many hours as the approval says, whatever the minutes */
};
enum ct_credit_rounding { CT_CREDIT_DOWN, CT_CREDIT_NEAREST }; /* half a step: up */
enum ct_credit_year { CT_CREDIT_CALENDAR, CT_CREDIT_FISCAL, CT_CREDIT_PERSONAL };

/* "stated", "active", "approved"; "down", "nearest"; "calendar", "fiscal", "personal". */
const char *ct_credit_basis_name(enum ct_credit_basis b);
const char *ct_credit_rounding_name(enum ct_credit_rounding r);
const char *ct_credit_year_name(enum ct_credit_year y);
bool ct_credit_basis_parse(struct ct_sv name, enum ct_credit_basis *ret);
bool ct_credit_rounding_parse(struct ct_sv name, enum ct_credit_rounding *ret);
bool ct_credit_year_parse(struct ct_sv name, enum ct_credit_year *ret);

/* How the times of one completion differ, as the record tells several of them: the hours of a
 * course, hours of credit, active minutes. A sentence, for wherever two stand together. */
struct ct_sv ct_credit_times(void);

struct ct_credit_rule {
    int64_t id;               /* 0: built in */
    struct ct_sv type, title; /* "cle", "Continuing legal education" */
    struct ct_sv source;      /* where it is written, as the administrator says */
    int from;                 /* the day from which it holds: of the day of completion */
    bool ends;                /* from that day on nothing is earned */
    int hour;                 /* minutes of an hour of credit: 50 or 60 */
    int step;                 /* hundredths of an hour */
    enum ct_credit_rounding rounding;
    enum ct_credit_basis basis;
    bool needs_approval;      /* of the course by a body; else each completed course counts */
    int active_share;         /* percent of the stated minutes that must be active; 0: not asked */
    int min_score;            /* percent in the quizzes; 0: passing them, which completing asks */
    struct ct_sv attestation; /* what the learner attests before it counts; null: nothing */
    bool repeats;             /* the same course counts more than once in a year */
    int year_max;             /* hundredths of an hour that count a year, of a body; 0: all */
    enum ct_credit_year year;
    int month; /* in which a fiscal year begins; 0: as the person's home has it (home.h) */
    const struct ct_sv *disciplines; /* who can earn it; none: everybody */
    size_t n_disciplines;
    int64_t at;           /* recorded; 0: built in */
    struct ct_sv by_name; /* null: whoever had the machine */
};

struct ct_credit_approval {
    int64_t id;  /* of the first row, also of a correction: it is called so for ever */
    int64_t row; /* of the one that counts; who corrects names it */
    struct ct_sv course, course_title, type;
    struct ct_sv state; /* as the body's State is written; null: it is of none */
    struct ct_sv body, number;
    int hundredths;    /* of an hour: the most that the course gives */
    int from, until;   /* days of completion, both included; until CT_DAY_NONE: it goes on */
    int withdrawn;     /* from this day on it does not count; CT_DAY_NONE: it was not withdrawn */
    struct ct_sv note; /* where the approval is kept; why it was corrected or withdrawn */
    int64_t at;
    struct ct_sv by_name;
};

/* ---- the arithmetic: it reads no database and no clock ---- */

/* A credit year is named by the calendar year in which it ends. */
struct ct_credit_span {
    int year, from, until; /* days, both included */
};

struct ct_credit_work {
    int on;     /* the day of completion, where the person was (home.h) */
    int stated; /* minutes */
    int active; /* minutes; negative: nobody knows, as of training elsewhere */
    int score;  /* percent; negative: nothing was graded */
    struct ct_sv discipline;
    bool attested, revoked;
    bool elsewhere;   /* outside training: whoever approved it has looked at all but the hours */
    bool repeated;    /* the same course gave credit of this kind on a day of this credit year */
    int hired;        /* the day on which a personal year begins; CT_DAY_NONE: January 1 */
    int fiscal_month; /* of the agency; 0: January */
    int earned;       /* hundredths of an hour in this credit year before */
    const struct ct_credit_span *year; /* if it is known already; else NULL */
};

enum ct_credit_why {
    CT_CREDIT_EARNED,
    CT_CREDIT_NO_RULE,     /* there was none on that day */
    CT_CREDIT_DISCIPLINE,  /* it is not for this discipline */
    CT_CREDIT_NO_APPROVAL, /* nobody has approved the course */
    CT_CREDIT_EARLY,       /* the approval began later */
    CT_CREDIT_LATE,        /* the approval had ended */
    CT_CREDIT_WITHDRAWN,   /* the approval was withdrawn by then */
    CT_CREDIT_REVOKED,     /* the certificate is revoked */
    CT_CREDIT_NOT_ENGAGED, /* too few active minutes */
    CT_CREDIT_SCORE,       /* too low */
    CT_CREDIT_SHORT,       /* less than a step */
    CT_CREDIT_REPEATED,    /* the same course counted in this year */
    CT_CREDIT_FULL,        /* the year's hours are reached */
    CT_CREDIT_NOT_ATTESTED /* all is well but for the attestation */
};
enum { CT_CREDIT_WHYS = CT_CREDIT_NOT_ATTESTED + 1 };
const char *ct_credit_why_name(enum ct_credit_why why); /* "earned", "not attested" */
/* What the word means: a sentence without its full stop. */
const char *ct_credit_why_meaning(enum ct_credit_why why);

struct ct_credit_result {
    enum ct_credit_why why;
    int hundredths;  /* 0 unless EARNED; with NOT_ATTESTED, which is asked last: what it would be */
    bool is_limited; /* the year's maximum left only so many */
    struct ct_credit_span year;
};

/* `rule`, `approval`: NULL for none. */
struct ct_credit_result ct_credit_of(const struct ct_credit_rule *rule,
                                     const struct ct_credit_approval *approval,
                                     const struct ct_credit_work *w);

/* The credit year of a day. */
struct ct_credit_span ct_credit_year_of(const struct ct_credit_rule *rule, int on, int hired,
                                        int fiscal_month);

/* The sentence behind the word: "engaged 12 of 60 minutes, and 30 are needed"; "the approval ended
 * on 2026-06-30". Of earned credit null, or what the year's maximum took. */
struct ct_sv ct_credit_why_text(struct ct_arena *a, const struct ct_credit_rule *rule,
                                const struct ct_credit_approval *approval,
                                const struct ct_credit_work *w, const struct ct_credit_result *r);

/* The built-in rule; of rules of one type, in the order of their days, the one that holds on a day;
 * NULL for none. */
const struct ct_credit_rule *ct_credit_built_in(void);
const struct ct_credit_rule *ct_credit_rule_on(const struct ct_credit_rule *rules, size_t n,
                                               struct ct_sv type, int day);

/* Whether an approval counts for what is completed on a day. */
bool ct_credit_approval_holds(const struct ct_credit_approval *a, int day);

/* "1.25": hundredths of an hour, without what is not needed; "1.25 hours", "1 hour". Reading takes
 * up to two decimals; false for anything else. */
struct ct_sv ct_credit_hours(struct ct_arena *a, int hundredths);
struct ct_sv ct_credit_time(struct ct_arena *a, int hundredths);
bool ct_credit_hours_parse(struct ct_sv text, int *ret);

/* ---- what people earned ---- */

struct ct_credit {
    int64_t person;
    int on;                             /* the day of completion, where the person was */
    struct ct_sv type;                  /* "cle", "in-service" */
    int hundredths;                     /* of a credit hour */
    struct ct_sv course;                /* its address; null: outside training */
    struct ct_sv body, number;          /* of the approval; null: it needs none */
    struct ct_sv certificate;           /* code; null: none */
    int64_t completion, training, past; /* one of them; 0: it is not that (past_completion.h) */
    int year;                           /* of credit: the calendar year in which it ends */
    int year_from, year_until;          /* its days, both included */
    /* Several bodies may give credit of one type for one course. Hours are counted once: those by
     * the body of the person's licence (fact.h) if it is one of them, else the most. Who adds up
     * hours of a type adds those that count; ct_credit_sum does. */
    bool counts;
    enum ct_credit_why why;                    /* EARNED, unless others were asked for */
    struct ct_sv why_text;                     /* null: nothing to say */
    const struct ct_credit_rule *rule;         /* NULL: there is none */
    const struct ct_credit_approval *approval; /* NULL: none */
};

/* What was earned as of a moment, by person, then day. `person`: 0: everybody's. */
int ct_credit_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                   struct ct_credit **ret, size_t *ret_n, struct ct_err *err);

/* The same for who has read these already, of the same people as of the same moment: they are not
 * read again. */
struct ct_credit_hired {
    int64_t person;
    int on; /* or CT_DAY_NONE */
};
struct ct_credit_known {
    struct ct_homes *homes;                /* home.h */
    const struct ct_training *trainings;   /* of ct_training_list, of all requirements */
    const struct ct_past_completion *past; /* of ct_past_completion_list */
    const struct ct_credit_hired *hired;   /* by person; who is not in it has no day of hire */
    size_t n_trainings, n_past, n_hired;
    const struct ct_sv *types; /* only of these types; none: of all */
    size_t n_types;
};
int ct_credit_list_known(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                         const struct ct_credit_known *known, struct ct_credit **ret, size_t *ret_n,
                         struct ct_err *err);

/* The same with what was not earned and the reason: of each type of which there is a rule for the
 * person's discipline, and which needs no approval or was approved for that course by anybody. */
int ct_credit_list_all(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                       struct ct_credit **ret, size_t *ret_n, struct ct_err *err);

/* Hundredths of an hour that count, of one person and type, on days from `from` until `until`, both
 * included. `type` null: in-service, which has all training in it. */
int ct_credit_sum(const struct ct_credit *list, size_t n, int64_t person, struct ct_sv type,
                  int from, int until);

/* "1.25 hours of Continuing legal education, Alder State Bar, number 26-114, Alder, credit year
 * 2026": a line as certificates have it. */
struct ct_sv ct_credit_line(struct ct_arena *a, const struct ct_credit *c);

/* ---- rows ---- */

/* As of a moment: rules by type, then day, one a day, without the built-in; approvals by course,
 * type, State, body, day, those that were withdrawn included. */
int ct_credit_rules(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                    struct ct_credit_rule **ret, size_t *ret_n, struct ct_err *err);
int ct_credit_approvals(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_credit_approval **ret, size_t *ret_n, struct ct_err *err);

/* The approval with this id, as it is now; every row of it, by moment. CT_NOT_FOUND. */
int ct_credit_approval_get(struct ct_db *db, struct ct_arena *a, int64_t id,
                           struct ct_credit_approval *ret, struct ct_err *err);
int ct_credit_approval_history(struct ct_db *db, struct ct_arena *a, int64_t id,
                               struct ct_credit_approval **ret, size_t *ret_n, struct ct_err *err);

/* Every rule of a type, also those that another of the same day has replaced, by moment. */
int ct_credit_rule_history(struct ct_db *db, struct ct_arena *a, struct ct_sv type,
                           struct ct_credit_rule **ret, size_t *ret_n, struct ct_err *err);

/* Records a rule; `ends` needs no more than type and day. `newest`: the id of the type's newest one
 * when who does it looked; CT_CONFLICT (what: "type") if somebody has recorded another meanwhile;
 * 0: never mind. CT_BAD_INPUT (what: "type", "title", "source", "from", "hour", "step", "basis",
 * "active", "score", "attestation", "maximum", "month", "discipline"). */
int ct_credit_rule_save(struct ct_store *s, const struct ct_clock *clock,
                        const struct ct_credit_rule *rule, int64_t newest, int64_t by,
                        int64_t *ret_id, struct ct_err *err);

/* Records an approval (id 0), or a correction of the one with this id, whose course and type stay;
 * with `withdrawn` a day, only that and the note are read of a correction. `row`: the last one when
 * who corrects looked, CT_CONFLICT (what: "id") if somebody was faster; 0: never mind.
 * CT_BAD_INPUT (what: "course", "type", "state", "body", "number", "hours", "from", "until",
 * "withdrawn", "note"); CT_NOT_FOUND (what: "id"); CT_CONFLICT (what: "from") for one that
 * overlaps another of the same course, type, State and body. */
int ct_credit_approval_save(struct ct_store *s, const struct ct_clock *clock,
                            const struct ct_credit_approval *approval, int64_t by, int64_t *ret_id,
                            struct ct_err *err);

/* Records that a person attests what the rule asks about a course that he or she completed. *ret
 * (may be NULL) false, and nothing was recorded, if that was done. CT_NOT_FOUND (what:
 * "completion") for one that is not the person's; CT_BAD_INPUT (what: "type") where nothing is
 * asked. */
int ct_credit_attest(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                     int64_t completion, struct ct_sv type, bool *ret, struct ct_err *err);

#endif
