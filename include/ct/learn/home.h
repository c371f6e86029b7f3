/*
 * ct/learn/home.h: on which day a moment is for a person. This is the one rule: every report, due
 * date, credit, transcript, certificate and calendar asks here.
 *
 * A moment is on the day that it has in the time zone of the person's home at that moment. The home
 * is the agency to which, or to a unit of which, the person belonged then: of several the first by
 * path. Where the person belonged to none it is the home of the last moment before at which there
 * was one, and before the first membership that of the first. Who never belonged to any has the
 * zone in which all agencies are that were recorded by then, or UTC where they are in several
 * (ct_org_zone_as_of). Task forces are nobody's home.
 *
 * A membership holds from the first moment of its day where its agency is, and ends with the first
 * moment of the day on which it ends there. So a day that was Chicago's stays Chicago's when the
 * person moves on to Portland. All of it is as known at a moment: of membership the rows recorded
 * up to it are read, also those about days to come.
 *
 * Of what only a day is known, as of training elsewhere, that day is taken as it is.
 */
#ifndef CT_LEARN_HOME_H
#define CT_LEARN_HOME_H

#include "ct/learn/org.h"
#include "ct/text/zone.h"

/* Something that holds from a day on, until another of the same org. */
struct ct_member_event {
    size_t org; /* its place in the list of orgs */
    bool begins;
    int on;
};

/* From a moment on; the first one also of all time before. */
struct ct_home_spell {
    int64_t from;
    size_t agency; /* a place in the list of orgs */
};

/* Of one person, with the memberships from which it follows. */
struct ct_home {
    const struct ct_homes *of;
    int64_t person;
    const struct ct_member_event *members; /* by day, and of one day in the order of recording */
    size_t n_members;
    const struct ct_home_spell *spells; /* none: the person has no home */
    size_t n_spells;
};

/* Of everybody, or of one person. */
struct ct_homes {
    struct ct_arena *arena;
    struct ct_org *orgs; /* as ct_org_list_as_of */
    size_t n_orgs;
    const struct ct_org **by_id;
    size_t *agencies;       /* of each org the place of its agency; SIZE_MAX: of a task force */
    struct ct_zone **zones; /* of agencies to which somebody belonged; else NULL */
    struct ct_zone *site;   /* of who never belonged to one */
    struct ct_sv site_name;
    struct ct_home *list; /* by person: who has any row */
    size_t n;
    struct ct_home nobody;
};

/* As known at a moment. `person`: 0: everybody's. All of it lives in the arena but the zones: it is
 * to be ended by ct_homes_free. */
int ct_homes_read(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                  struct ct_homes **ret, struct ct_err *err);

/* The same of these people, whose ids ascend, each once; none: everybody's. */
int ct_homes_read_of(struct ct_db *db, struct ct_arena *a, const int64_t *people, size_t n,
                     int64_t as_of, struct ct_homes **ret, struct ct_err *err);
void ct_homes_free(struct ct_homes *homes); /* NULL is fine */

static inline void ct_homes_end(struct ct_homes **homes)
{
    ct_homes_free(*homes);
}
#define CT_AUTO_HOMES __attribute__((cleanup(ct_homes_end))) struct ct_homes

/* Never NULL: also who never belonged to an agency has days. */
const struct ct_home *ct_home_of(const struct ct_homes *homes, int64_t person);

/* The day of a moment, and the last moment of a day: it is not later than the end of that day in
 * the zone in which it ends. */
int ct_home_day(const struct ct_home *home, int64_t at);
int64_t ct_home_day_end(const struct ct_home *home, int day);

/* The name of the zone at a moment: "America/Chicago". */
struct ct_sv ct_home_zone(const struct ct_home *home, int64_t at);

/* The home of a day, by the days of the memberships: whose fiscal year it is. NULL: the person
 * never belonged to an agency. */
const struct ct_org *ct_home_agency(const struct ct_home *home, int day);

#endif
