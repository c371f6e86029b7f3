/*
 * ct/report/requirement_right.h: who may ask something of whom, who may record something of whom,
 * and what of a requirement somebody is shown. The one place that decides this; pages ask it before
 * they show and again before they write. Who has the machine (person 0) may do everything.
 *
 *   asking       An administrator asks everybody. A manager asks the agencies, units and task
 *                forces that he or she leads today, and what is below them; disciplines only within
 *                those; people by name only whom he or she sees by name (org.h). "Everybody", and a
 *                discipline wherever it is, are for administrators.
 *   changing     Who may ask what the requirement asks now, from the day of the change on, and what
 *                it will ask then. Ending is changing.
 *   recording    Waivers, outside training and leave, corrections and approval: of people whom one
 *                sees by name. Of whom one sees by a task force alone no leave, which is their
 *                agency's business, and no waiver but of a requirement that one may change. Of
 *                oneself nobody records anything but outside training and its corrections, and
 *                nobody approves that.
 *   seeing       Who may change a requirement sees it; so does a manager of whose people it hits
 *                somebody, or did. Orgs and people that one may not know of are counted, not named.
 */
#ifndef CT_REPORT_REQUIREMENT_RIGHT_H
#define CT_REPORT_REQUIREMENT_RIGHT_H

#include "ct/report/assignment.h"

struct ct_asker {
    struct ct_viewer viewer;
    bool asks_all;
    struct ct_scope scope; /* whom the asker sees by name */
    int64_t *counted; /* by id: who is in a task force that the asker leads, and only counted */
    size_t n_counted;
};

/* Reads what somebody leads as of a moment. What ct_org_scope says, CT_DENIED for who leads nothing
 * among it. */
int ct_asker_read(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                  int64_t as_of, struct ct_asker *ret, struct ct_err *err);

bool ct_asker_leads(const struct ct_asker *k, int64_t org);
bool ct_asker_names(const struct ct_asker *k, int64_t person);

/* CT_OK; CT_DENIED (what: "everybody", "orgs", "disciplines", "people") with a sentence for the
 * person who asks. */
int ct_asker_may_ask(const struct ct_asker *k, const struct ct_requirement_rule *rule,
                     struct ct_err *err);

/* Whether all that *q asks on a day and later is the asker's to change. CT_OK; CT_DENIED (what:
 * "requirement"). What it becomes is ct_asker_may_ask's. */
int ct_asker_may_change(const struct ct_asker *k, const struct ct_requirement *q, int from,
                        struct ct_err *err);

/* A record of a kind. `of`: what it is for; NULL: nothing, or several. `day`: today. CT_OK;
 * CT_DENIED (what: "person"), in the same words for who is not seen and who does not exist. */
struct ct_asker_record {
    enum ct_training_kind kind;
    const struct ct_requirement *of;
    int day;
    int64_t person;
    bool approves;
};
int ct_asker_may_record(const struct ct_asker *k, const struct ct_asker_record *record,
                        struct ct_err *err);

/* How many of these people the asker does not name, in disciplines where they are at least
 * CT_REPORT_UNNAMED_MIN; of fewer nothing may be told. */
size_t ct_asker_unnamed(const struct ct_asker *k, const struct ct_assignee *const *people,
                        size_t n);

/* The rule as the asker is told it. */
struct ct_requirement_rule ct_asker_told(const struct ct_asker *k, struct ct_arena *a,
                                         const struct ct_requirement_rule *rule);

/* A requirement as the asker sees it. */
struct ct_sight {
    const struct ct_requirement *requirement;
    bool may_change;
    size_t people;  /* whom it hits that day and the asker sees or counts */
    size_t unnamed; /* of these whom the asker only counts: in disciplines with enough of them */
    size_t by_status[CT_DUE_STATUSES]; /* their last periods */
};

struct ct_sights {
    struct ct_sight *items; /* by slug */
    size_t n;
    struct ct_assignments report; /* of those whom the asker names: every period */
};

/* All requirements that the asker sees as of a moment, or the one with this slug. CT_NOT_FOUND
 * (what: "requirement") for one that there is not, or that the asker does not see. */
int ct_sights_read(struct ct_db *db, struct ct_arena *a, const struct ct_asker *k, int64_t as_of,
                   struct ct_sv slug, struct ct_sights *ret, struct ct_err *err);

#endif
