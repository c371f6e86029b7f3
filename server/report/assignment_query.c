/*
 * assignment_query.c: what is asked of the assignment report: texts into a filter. What they are
 * called in words is assignment_choice.c.
 */
#include "ct/report/assignment_query.h"

#include "ct/learn/person.h"

#include <stdarg.h>
#include <stdio.h>

#include "ct/base/banned.h"

static const struct ct_ask_info infos[CT_ASKS] = {
    [CT_ASK_AGENCY] = {"agency", "Agency", "Only the people of this agency, by its short name",
                       160},
    [CT_ASK_UNIT] = {"unit", "Unit",
                     "Only the people of this unit and of those below it: agency/unit", 160},
    [CT_ASK_TASK_FORCE] = {"task_force", "Task force",
                           "Only the people of this task force, by its short name", 160},
    [CT_ASK_DISCIPLINE] = {"discipline", "Discipline", "Only this discipline, by its short name",
                           64},
    [CT_ASK_SUPERVISOR] = {"supervisor", "Supervisor",
                           "Only people with this supervisor, as recorded of them", 200},
    [CT_ASK_REQUIREMENT] = {"requirement", "Requirement",
                            "Only this requirement, by its short name", 64},
    [CT_ASK_COURSE] = {"course", "Course", "Only requirements of this course, by its short name",
                       64},
    [CT_ASK_STATUS] = {"status", "Status",
                       "Only these words of status, several times or with commas between", 200},
    [CT_ASK_DUE_FROM] = {"due_from", "Due from", "Due on this day or later: 2026-11-22", 64},
    [CT_ASK_DUE_UNTIL] = {"due_until", "Due until", "Due on this day or earlier", 64},
    [CT_ASK_DUE_WITHIN] = {"due_within", "Due within days",
                           "Due within so many days from the day of the report, or before it", 64},
    [CT_ASK_COMPLETED_FROM] = {"completed_from", "Completed from", "Completed on this day or later",
                               64},
    [CT_ASK_COMPLETED_UNTIL] = {"completed_until", "Completed until",
                                "Completed on this day or earlier", 64},
    [CT_ASK_EXPIRES_WITHIN] = {"expires_within", "Expires within days",
                               "What was completed and runs out within so many days", 64},
    [CT_ASK_CURRENT] = {"current", "Periods",
                        "yes (unless said otherwise): the present period of what is required that "
                        "day; no: past periods and what is no longer required, too",
                        64},
    [CT_ASK_INACTIVE] = {"inactive", "Inactive people", "yes: who is inactive that day, too", 64},
    [CT_ASK_AS_OF] = {"as_of", "As of", "As it was at the end of this day; now, if nothing is said",
                      64},
    [CT_ASK_PERSON] = {"person", "Person",
                       "Only this person, by the number person_id or the address of the account",
                       CT_EMAIL_MAX},
    [CT_ASK_BY] = {"by", "Group by", "What is counted together; a row an assignment without it",
                   64},
    [CT_ASK_THEN] = {"then", "Then by", "What each group is divided by", 64},
    [CT_ASK_SORT] = {"sort", "Order",
                     "What rows are sorted by; with a dash before it from the last to the first",
                     64},
};

const struct ct_ask_info *ct_ask_info(enum ct_ask ask)
{
    return &infos[ask];
}

static const struct {
    const char *name, *label;
    enum ct_ask ask;
} groups[CT_GROUPS] = {
    [CT_GROUP_NONE] = {"", "", CT_ASK_BY},
    [CT_GROUP_DISCIPLINE] = {"discipline", "Discipline", CT_ASK_DISCIPLINE},
    [CT_GROUP_AGENCY] = {"agency", "Agency", CT_ASK_AGENCY},
    [CT_GROUP_UNIT] = {"unit", "Unit", CT_ASK_UNIT},
    [CT_GROUP_TASK_FORCE] = {"task_force", "Task force", CT_ASK_TASK_FORCE},
    [CT_GROUP_COURSE] = {"course", "Course", CT_ASK_COURSE},
    [CT_GROUP_REQUIREMENT] = {"requirement", "Requirement", CT_ASK_REQUIREMENT},
    [CT_GROUP_SUPERVISOR] = {"supervisor", "Supervisor", CT_ASK_SUPERVISOR},
};

const char *ct_group_name(enum ct_group_by by)
{
    return groups[by].name;
}

const char *ct_group_label(enum ct_group_by by)
{
    return groups[by].label;
}

enum ct_ask ct_group_ask(enum ct_group_by by)
{
    return groups[by].ask;
}

static const char *const sorts[CT_SORTS] = {
    [CT_SORT_REQUIREMENT] = "requirement",
    [CT_SORT_NAME] = "name",
    [CT_SORT_AGENCY] = "agency",
    [CT_SORT_UNIT] = "unit",
    [CT_SORT_DISCIPLINE] = "discipline",
    [CT_SORT_COURSE] = "course",
    [CT_SORT_DUE] = "due",
    [CT_SORT_STATUS] = "status",
    [CT_SORT_SINCE] = "since",
    [CT_SORT_COMPLETED] = "completed",
    [CT_SORT_EXPIRES] = "expires",
};

const char *ct_sort_name(enum ct_assignment_sort sort)
{
    return sorts[sort];
}

/* ---- texts into a wish ---- */

struct reading {
    const struct ct_assignment_query *q;
    struct ct_ask_errors *errors;
};

static void say(struct ct_ask_errors *errors, enum ct_ask ask, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void say(struct ct_ask_errors *errors, enum ct_ask ask, const char *fmt, ...)
{
    char text[sizeof errors->of[0].text];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    errors->n += errors->of[ask].code == CT_OK;
    ct_fail(&errors->of[ask], CT_BAD_INPUT, infos[ask].name, "%s", text);
}

static int day_of(struct reading *rd, enum ct_ask ask)
{
    int day = CT_DAY_NONE;

    if (rd->q->text[ask].n && !ct_day_parse(rd->q->text[ask], &day))
        say(rd->errors, ask, CT_DAY_HOW);
    return day;
}

static int days_of(struct reading *rd, enum ct_ask ask)
{
    int64_t days = -1;

    if (rd->q->text[ask].n &&
        (!ct_sv_i64(rd->q->text[ask], &days) || days < 0 || days > CT_DUE_DAYS_MAX)) {
        say(rd->errors, ask, "a number of days from 0 to %d is wanted", CT_DUE_DAYS_MAX);
        days = -1;
    }
    return (int)days;
}

static bool flag_of(struct reading *rd, enum ct_ask ask, bool otherwise)
{
    struct ct_sv text = rd->q->text[ask];

    if (ct_sv_eq_c(text, "yes") || ct_sv_eq_c(text, "no"))
        return text.n == 3;
    if (text.n)
        say(rd->errors, ask, "yes or no is wanted");
    return otherwise;
}

static unsigned statuses_of(struct reading *rd)
{
    struct ct_sv rest = rd->q->text[CT_ASK_STATUS], word;
    enum ct_due_status status;
    unsigned all = 0;

    while (rest.n && ct_sv_split(&rest, ',', &word)) {
        word = ct_sv_trim(word);
        if (word.n && !ct_due_status_parse(word, &status))
            say(rd->errors, CT_ASK_STATUS, "there is no status '%.*s'", CT_SV_ARG(word));
        else if (word.n)
            all |= 1u << status;
    }
    return all;
}

static enum ct_group_by group_of(struct reading *rd, enum ct_ask ask)
{
    for (int by = CT_GROUP_NONE; by < CT_GROUPS; by++)
        if (ct_sv_eq_c(rd->q->text[ask], groups[by].name))
            return (enum ct_group_by)by;
    say(rd->errors, ask,
        "one of discipline, agency, unit, task_force, course, requirement, supervisor is wanted");
    return CT_GROUP_NONE;
}

static void read_sort(struct reading *rd, struct ct_assignment_wish *w)
{
    struct ct_sv name = rd->q->text[CT_ASK_SORT];

    w->descends = ct_sv_starts(name, CT_SV("-"));
    name = ct_sv_sub(name, w->descends, SIZE_MAX);
    for (int i = 0; i < CT_SORTS; i++)
        if (ct_sv_eq_c(name, sorts[i])) {
            w->sort = (enum ct_assignment_sort)i;
            return;
        }
    if (name.n || w->descends)
        say(rd->errors, CT_ASK_SORT, "rows cannot be sorted by that");
    w->descends = false;
}

/* Both ends of a span; one that ends before it begins holds nothing. */
static void read_span(struct reading *rd, enum ct_ask from_ask, enum ct_ask until_ask,
                      int *ret_from, int *ret_until)
{
    int from = day_of(rd, from_ask), until = day_of(rd, until_ask);

    if (from != CT_DAY_NONE && until != CT_DAY_NONE && until < from) {
        say(rd->errors, until_ask, "this is before the day in %s", infos[from_ask].label);
        until = CT_DAY_NONE;
    }
    *ret_from = from;
    *ret_until = until;
}

static struct ct_sv text_of(const struct ct_assignment_query *q, enum ct_ask ask)
{
    return q->text[ask].n ? q->text[ask] : CT_SV_NULL;
}

/* A path; or whoever is in none. */
static struct ct_sv org_of(const struct ct_assignment_query *q, enum ct_ask ask, bool *ret_none)
{
    struct ct_sv text = text_of(q, ask);

    *ret_none = ct_sv_eq_c(text, CT_ASSIGNMENT_NONE);
    return *ret_none ? CT_SV_NULL : text;
}

static void read_when(struct reading *rd, int64_t now, struct ct_assignment_wish *w)
{
    struct ct_assignment_filter *f = &w->filter;

    read_span(rd, CT_ASK_DUE_FROM, CT_ASK_DUE_UNTIL, &f->due_from, &f->due_until);
    read_span(rd, CT_ASK_COMPLETED_FROM, CT_ASK_COMPLETED_UNTIL, &f->completed_from,
              &f->completed_until);
    f->due_within = days_of(rd, CT_ASK_DUE_WITHIN);
    f->expires_within = days_of(rd, CT_ASK_EXPIRES_WITHIN);
    w->as_of = day_of(rd, CT_ASK_AS_OF);
    /* A day further in the East may be one more than in UTC. */
    if (w->as_of != CT_DAY_NONE && w->as_of > ct_day_of(now) + 1) {
        say(rd->errors, CT_ASK_AS_OF, CT_DAY_TO_COME);
        w->as_of = CT_DAY_NONE;
    }
    f->person = ct_assignment_query_person(rd->q);
    if (rd->q->text[CT_ASK_PERSON].n && !f->person)
        say(rd->errors, CT_ASK_PERSON, "a person's number or address is wanted");
}

int64_t ct_assignment_query_person(const struct ct_assignment_query *q)
{
    int64_t number;

    if (q->person)
        return q->person;
    return ct_sv_i64(q->text[CT_ASK_PERSON], &number) && number > 0 ? number : 0;
}

int ct_assignment_query_whom(struct ct_db *db, struct ct_arena *a, struct ct_assignment_query *q,
                             struct ct_err *err)
{
    struct ct_sv text = q->text[CT_ASK_PERSON];
    struct ct_err none = CT_ERR_INIT;
    struct ct_person p;
    int r;

    if (ct_sv_search(text, CT_SV("@")) == SIZE_MAX)
        return CT_OK;
    r = ct_person_by_email(db, a, ct_sv_trim(text), &p, &none);
    if (r < 0 && r != CT_NOT_FOUND && r != CT_BAD_INPUT)
        return ct_fail(err, r, none.what, "%s", none.text);
    q->person = r == CT_OK ? p.id : INT64_MAX;
    return CT_OK;
}

void ct_assignment_query_read(const struct ct_assignment_query *q, int64_t now,
                              struct ct_assignment_wish *ret, struct ct_ask_errors *errors)
{
    struct reading rd = {.q = q, .errors = errors};
    struct ct_assignment_wish w = {.filter = CT_ASSIGNMENT_FILTER_INIT};

    w.scope.agency = org_of(q, CT_ASK_AGENCY, &w.filter.no_agency);
    w.scope.unit = org_of(q, CT_ASK_UNIT, &w.filter.no_unit);
    w.scope.task_force = org_of(q, CT_ASK_TASK_FORCE, &w.filter.no_task_force);
    w.filter.discipline = text_of(q, CT_ASK_DISCIPLINE);
    w.filter.supervisor = text_of(q, CT_ASK_SUPERVISOR);
    w.filter.requirement = text_of(q, CT_ASK_REQUIREMENT);
    w.filter.course = text_of(q, CT_ASK_COURSE);
    w.filter.statuses = statuses_of(&rd);
    w.filter.current = flag_of(&rd, CT_ASK_CURRENT, true);
    w.filter.inactive = flag_of(&rd, CT_ASK_INACTIVE, false);
    read_when(&rd, now, &w);
    w.by = group_of(&rd, CT_ASK_BY);
    w.then = group_of(&rd, CT_ASK_THEN);
    if (w.by == CT_GROUP_NONE) {
        w.by = w.then; /* a second one alone is the first */
        w.then = CT_GROUP_NONE;
    }
    if (w.then == w.by)
        w.then = CT_GROUP_NONE;
    w.filter.counted = w.by != CT_GROUP_NONE;
    read_sort(&rd, &w);
    *ret = w;
}

/* ---- whether there is what is asked for ---- */

static bool is_chosen(const struct ct_assignment_query *q, enum ct_ask ask)
{
    return q->text[ask].n && !ct_sv_eq_c(q->text[ask], CT_ASSIGNMENT_NONE);
}

static bool has_course(const struct ct_assignments *report, const struct ct_catalogue *cat,
                       struct ct_sv course)
{
    for (size_t i = 0; i < report->n_requirements; i++)
        if (ct_sv_eq(report->requirements[i].course, course))
            return true;
    return cat && ct_catalogue_course(cat, course);
}

static bool has_discipline(const struct ct_assignments *report, const struct ct_catalogue *cat,
                           struct ct_sv discipline)
{
    for (size_t i = 0; i < report->n_people; i++)
        if (ct_sv_eq(report->people[i]->discipline, discipline))
            return true;
    return cat && ct_discipline_was(&cat->disciplines, discipline);
}

static bool has_supervisor(const struct ct_assignments *report, struct ct_sv supervisor)
{
    for (size_t i = 0; i < report->n_people; i++)
        if (ct_sv_eq(report->people[i]->supervisor, supervisor))
            return true;
    return false;
}

static bool has_person(const struct ct_assignments *report, int64_t id)
{
    for (size_t i = 0; i < report->n_people; i++)
        if (report->people[i]->id == id)
            return true;
    return false;
}

void ct_assignment_query_check(const struct ct_assignment_query *q,
                               const struct ct_assignments *report, const struct ct_catalogue *cat,
                               struct ct_ask_errors *errors)
{
    bool knows_people = report->n_requirements > 0; /* else nobody was looked at */

    if (is_chosen(q, CT_ASK_REQUIREMENT) &&
        !ct_requirement_find(report->requirements, report->n_requirements,
                             q->text[CT_ASK_REQUIREMENT]))
        say(errors, CT_ASK_REQUIREMENT, "there was no such requirement");
    if (is_chosen(q, CT_ASK_COURSE) && !has_course(report, cat, q->text[CT_ASK_COURSE]))
        say(errors, CT_ASK_COURSE, "there is no such course");
    if (is_chosen(q, CT_ASK_DISCIPLINE) && !has_discipline(report, cat, q->text[CT_ASK_DISCIPLINE]))
        say(errors, CT_ASK_DISCIPLINE, "there is no such discipline");
    if (knows_people && is_chosen(q, CT_ASK_SUPERVISOR) &&
        !has_supervisor(report, q->text[CT_ASK_SUPERVISOR]))
        say(errors, CT_ASK_SUPERVISOR, "nobody here has this supervisor");
    if (knows_people && is_chosen(q, CT_ASK_PERSON) && errors->of[CT_ASK_PERSON].code == CT_OK &&
        !has_person(report, ct_assignment_query_person(q)))
        say(errors, CT_ASK_PERSON, "there is no such person among those whom you see");
}
