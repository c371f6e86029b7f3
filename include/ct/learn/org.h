/*
 * ct/learn/org.h: agencies with their units, task forces across agencies: who belongs to them, who
 * leads them, and whom a task force's lead is shown by name.
 *
 * An org is an agency, a unit of one, or a task force. It is called by its path: "alder-dcs",
 * "alder-dcs/intake", "alder-mdt"; units form a tree below their agency. Who belongs and who leads
 * is never overwritten: each change is a row with the day from which it holds and the moment at
 * which it was recorded. What held as of a moment follows from the rows recorded up to that moment
 * about days up to that day (UTC), so a past day's answer stays what it was, and a correction that
 * was recorded later changes only what is asked later. Of two rows about the same day the one that
 * was recorded last counts. Where a unit stands in the tree, and whether something is closed, is
 * kept in the same way (org_change.h).
 */
#ifndef CT_LEARN_ORG_H
#define CT_LEARN_ORG_H

#include "ct/base/clock.h"
#include "ct/store/store.h"

enum ct_org_kind { CT_ORG_AGENCY, CT_ORG_UNIT, CT_ORG_TASK_FORCE };
const char *ct_org_kind_name(enum ct_org_kind kind); /* "agency", "unit", "task force" */

enum { CT_ORG_NAME_MAX = 120, CT_ORG_SLUG_MAX = 64, CT_ORG_NOTE_MAX = 500 }; /* bytes */

struct ct_org {
    int64_t id;
    enum ct_org_kind kind;
    int64_t agency;          /* of a unit: the agency's id; else 0 */
    int64_t parent;          /* of a unit: the unit above it; 0: it is directly below the agency */
    struct ct_sv path, name; /* in the arena of the call; the name as of the moment of the list */
    struct ct_sv time_zone;  /* of an agency: an IANA name; else null */
    int fiscal_month;        /* of an agency: the month in which its fiscal year begins */
    int depth;               /* of a unit: how many units are above it */
    int64_t at;              /* when it was recorded */
    struct ct_sv closed_on;  /* the day since which it is closed; null: it is open */
    struct ct_sv closes_on;  /* of an open one the day to come on which it closes; or null */
    int64_t made_below;      /* of a unit: the parent that it was added with */
};

/* Everything: agencies by path, each followed by its units as a tree; then task forces by path;
 * called as they are now. For who looks for one by its path: where units stand and what is closed
 * is by all that was recorded, of days to come, too. Whoever asks for that names the moment. */
int ct_org_list(struct ct_db *db, struct ct_arena *a, struct ct_org **ret, size_t *ret_n,
                struct ct_err *err);

/* The same as of a moment: called, standing and closed as they were; what came later, by its first
 * name, and open. */
int ct_org_list_as_of(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_org **ret,
                      size_t *ret_n, struct ct_err *err);

/* The same as of a moment that falls on `day` where it is asked for; null: of each org the day in
 * its agency's time zone, of a task force that in UTC. */
int ct_org_list_on(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                   struct ct_org **ret, size_t *ret_n, struct ct_err *err);

/* The one of a list with this kind and path, or with this id; NULL if there is none. */
const struct ct_org *ct_org_find(const struct ct_org *all, size_t n, enum ct_org_kind kind,
                                 struct ct_sv path);
const struct ct_org *ct_org_by_id(const struct ct_org *all, size_t n, int64_t id);

/* The time zone of an agency of a list; null or unknown: that of all agencies which were recorded
 * by a moment, or first of all, where it is the same, else "UTC". One that comes later moves no day
 * of the past. */
struct ct_sv ct_org_zone_as_of(const struct ct_org *all, size_t n, struct ct_sv agency,
                               int64_t as_of);

/* What is to be added. `path` of a unit names its agency: "alder-dcs/intake"; `below` is the path
 * of the unit above it, or null. */
struct ct_org_new {
    enum ct_org_kind kind;
    struct ct_sv path, name, below;
    struct ct_sv time_zone; /* of an agency; null: "UTC" */
    int fiscal_month;       /* of an agency; 0: January */
};

/* CT_OK with the id; CT_BAD_INPUT (what: "path", "name", "time_zone", "fiscal_month", "below");
 * CT_NOT_FOUND (what: "agency") for a unit of an unknown agency; CT_CONFLICT (what: "path") if
 * there is one already. `by`: who does it, a person's id; 0: whoever has the machine. */
int ct_org_add(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_new *o,
               int64_t by, int64_t *ret_id, struct ct_err *err);

/* From now on it is called so; its path stays. CT_BAD_INPUT (what: "name"); CT_NOT_FOUND. */
int ct_org_rename(struct ct_store *s, const struct ct_clock *clock, int64_t org, struct ct_sv name,
                  int64_t by, struct ct_err *err);

/* Whether a name is one of the time zones that the machine knows. */
bool ct_org_is_time_zone(struct ct_sv name);

enum ct_org_tie {
    CT_TIE_MEMBER, /* a person belongs to an org */
    CT_TIE_LEAD,   /* a person leads an org; makes the person a manager, too */
    CT_TIE_SHARING /* an agency's people are named to the task force's lead; `note` is needed */
};

struct ct_org_change {
    enum ct_org_tie tie;
    int64_t org;       /* of SHARING: the task force */
    int64_t who;       /* a person; of SHARING an agency */
    bool ends;         /* else it begins */
    struct ct_sv on;   /* the day from which it holds, "2026-11-22"; null: today */
    struct ct_sv note; /* of SHARING: what was agreed */
    int64_t by;
};

/* Records it. *ret_changed (may be NULL) is false, and nothing was recorded, if that is so on that
 * day already. Nobody is put into what is closed on the day (what: "on"); what closes later ends
 * with that. CT_BAD_INPUT (what: "on", "note", "org"); CT_NOT_FOUND. */
int ct_org_record(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_change *c,
                  bool *ret_changed, struct ct_err *err);

/* Who is tied to what as of a moment. */
struct ct_org_bond {
    int64_t org, who;
    struct ct_sv since;             /* the day */
    struct ct_sv name, email, note; /* of the person; of the agreement */
};
int ct_org_bonds(struct ct_db *db, struct ct_arena *a, enum ct_org_tie tie, int64_t as_of,
                 struct ct_org_bond **ret, size_t *ret_n, struct ct_err *err);

/* Everything that was ever recorded of one person's belonging and leading, by day, then moment. */
struct ct_org_event {
    enum ct_org_tie tie;
    int64_t org;
    bool ends;
    struct ct_sv on, by_name; /* by_name: null for whoever had the machine */
    int64_t at;
};
int ct_org_events(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_org_event **ret,
                  size_t *ret_n, struct ct_err *err);

/* ---- who sees whom ---- */

/* Who asks. An administrator sees everybody, and so does person 0: whoever has the machine. */
struct ct_viewer {
    int64_t person;
    bool is_admin;
    int64_t now; /* when it is asked; 0: as_of */
};

/* Whom a report is to be about: paths; null: all. */
struct ct_scope_wish {
    struct ct_sv agency, unit, task_force;
    struct ct_sv day; /* on which as_of falls where the report is about; null: in UTC */
};

struct ct_scope_person {
    int64_t id;
    bool is_counted;                        /* may be counted, and not be named */
    bool by_task_force;                     /* is named because of a task force alone */
    struct ct_sv agency, unit, task_forces; /* paths, "; " between several; "" for none */
};

struct ct_scope {
    bool is_limited;                /* whoever is not in the list is not seen */
    struct ct_scope_person *people; /* by id */
    size_t n;
    const struct ct_org *agency, *unit, *task_force; /* what was chosen; NULL: nothing */
    struct ct_org *choices; /* what may be chosen, in the order of ct_org_list; also closed ones */
    bool *leads;            /* of each choice: the viewer leads it, or what it is below of */
    size_t n_choices;
};

/* Whether somebody of it is named because of a task force alone, of whom reports leave cells empty.
 */
bool ct_scope_shares_some(const struct ct_scope *scope);

/* The one place that decides whom somebody is shown. A manager sees the people of the units that
 * he or she leads and all below, of an agency all of it. The lead of a task force sees its members
 * of the own agencies by name, and those of others too where an agreement to share names is
 * recorded; the rest is only counted, and only when the task force is asked for, alone among the
 * three wishes. Who leads one task force and nothing else is shown that if nothing is wished for.
 * While there is no agency at all, every manager sees everybody.
 *
 * People and units are where they were as of the moment. What the viewer leads and what is below
 * that, where he or she belongs, and what is shared is asked of viewer.now: a past day is shown to
 * who may see such people today, and not to who could at that time.
 *
 * CT_OK; CT_DENIED (what: "leads") for a manager who leads nothing while there are agencies, with a
 * sentence that says whom to ask; CT_DENIED (what: "agency", "unit", "task_force") for a wish that
 * is not the viewer's, in the same words whether it exists or not; CT_BAD_INPUT for one that does
 * not exist, from who sees everybody. */
int ct_org_scope(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                 const struct ct_scope_wish *wish, int64_t as_of, struct ct_scope *ret,
                 struct ct_err *err);

/* What somebody may see, as a text to be kept: agencies, units and task forces that are led, whose
 * people are named, what is shared. Of viewer.now. */
int ct_org_sight(struct ct_db *db, struct ct_arena *a, const struct ct_viewer *viewer,
                 struct ct_sv *ret, struct ct_err *err);

/* Whether who has the one sight may still see what was made with the other; false for "", of which
 * nothing is known. */
bool ct_org_sight_covers(struct ct_sv now, struct ct_sv then);

/* The entry of a person; NULL if there is none. */
const struct ct_scope_person *ct_scope_find(const struct ct_scope *scope, int64_t person);

#endif
