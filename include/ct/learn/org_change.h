/*
 * ct/learn/org_change.h: what becomes of agencies, units and task forces: they are closed, opened
 * again, and units come to stand below another.
 *
 * Each is a row with the day from which it holds and the moment at which it was recorded, as all of
 * org.h: reports as of a day before show the tree, and what was open, as they were. A unit stays in
 * its agency, and never stands below itself, on no day.
 *
 * Closing is whole: what is below closes with it; from the day on nobody belongs to it, leads it or
 * shares names with it, which is recorded of each of them, and nobody can be put into it; who
 * belonged may be put somewhere else from the same day on. Requirements that name it end or ask
 * that other place: whoever closes it says which. Opening again from a later day on brings nobody
 * back; from the very day of the closing on it undoes the closing: whomever that took out is there
 * again. Reports as of moments before stay as they were.
 */
#ifndef CT_LEARN_ORG_CHANGE_H
#define CT_LEARN_ORG_CHANGE_H

#include "ct/learn/requirement.h"

/* A requirement that names what closes on the day or later, or what a unit comes to stand below. */
struct ct_org_asked {
    const struct ct_requirement *requirement;
    const struct ct_requirement_rule *rule; /* the one that holds then, or the first that will */
    bool asks_others;                       /* without these it still asks somebody */
    bool begins;                            /* of a move: it comes to be on them; else it ends */
};

/* Whom closing or moving hits, before it is done. */
struct ct_org_outlook {
    struct ct_sv day;
    struct ct_org *orgs; /* as they stand on the day */
    size_t n_orgs;
    const struct ct_org *org;
    const struct ct_org **with; /* what closes: it, and what is below it and open; what moves */
    size_t n_with;
    struct ct_org_bond *members; /* on the day or later, by name; somebody may be in several */
    size_t n_members, n_people;
    struct ct_org_bond *leads; /* of a move: who comes to see them, and who does no more */
    size_t n_leads;
    bool *lead_begins; /* of each lead of a move */
    size_t n_sharings; /* agreements that end; of undoing: that hold again */
    struct ct_org_asked *asked;
    size_t n_asked;
    struct ct_org_bond *stays; /* of undoing: who has been put elsewhere meanwhile, and where */
    size_t n_stays;
};

enum ct_org_asking {
    CT_ORG_ASKING_UNSAID, /* good where no requirement names it */
    CT_ORG_ASKING_ENDS,   /* they end; those that name others, or people, go on without it */
    CT_ORG_ASKING_MOVES   /* they ask those of `to` instead */
};

struct ct_org_closing {
    int64_t org;
    struct ct_sv on;   /* the day from which it is closed; null: today */
    int64_t to;        /* where its people are from then on; 0: nowhere */
    struct ct_sv note; /* why; or null */
    enum ct_org_asking asking;
    int64_t seen_people, seen_asked; /* what who does it was shown; -1: never mind */
    int64_t by;
};
enum { CT_ORG_UNSEEN = -1 };

/* org, on and to of *c are read; `now`: today's moment. CT_OK; CT_BAD_INPUT (what: "on": no day,
 * closed then already, something is to come below it later; "to": is none, closed, of another kind
 * or closing, too); CT_NOT_FOUND. */
int ct_org_close_outlook(struct ct_db *db, struct ct_arena *a, const struct ct_org_closing *c,
                         int64_t now, struct ct_org_outlook *ret, struct ct_err *err);

/* As above, and CT_BAD_INPUT (what: "requirements": they are there and nothing is said of them, or
 * there is nowhere to move them; "note"); CT_CONFLICT (what: "seen") where it hits others than were
 * shown. */
int ct_org_close(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_closing *c,
                 struct ct_err *err);

/* Open again from a day on (null: today); from the day of its closing on: ct_org_undo. CT_BAD_INPUT
 * (what: "on": it is open then; what it is below is closed then); CT_NOT_FOUND. */
int ct_org_reopen(struct ct_store *s, const struct ct_clock *clock, int64_t org, struct ct_sv on,
                  int64_t by, struct ct_err *err);

/* Takes back a closing with what it ended, all from the same days on: what closed with it is open,
 * who belonged to it or led it does so again, agreements hold again. Where the closing had put its
 * people they are no more. Nobody is taken from where he or she was put since the closing was
 * recorded, or brought back who has left where it had put them: `stays` of the outlook. What the
 * closing did to requirements stays (asked: with the rules it recorded). CT_BAD_INPUT (what: "on":
 * there is no such closing, it is undone, what it is below is closed); CT_NOT_FOUND; CT_CONFLICT
 * (what: "seen") where it brings back others than were shown. */
struct ct_org_undoing {
    int64_t org;
    struct ct_sv on;     /* the day of the closing; null: of the one that was recorded last */
    int64_t seen_people; /* or CT_ORG_UNSEEN */
    int64_t by;
};
int ct_org_undo_outlook(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on,
                        int64_t now, struct ct_org_outlook *ret, struct ct_err *err);
int ct_org_undo(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_undoing *u,
                struct ct_err *err);

/* A unit stands below another unit, or (0) directly below its agency, from a day on. CT_BAD_INPUT
 * (what: "on", "below": is no unit of the agency, is closed then, or would be below itself on a day
 * behind it; "org": is no unit); CT_NOT_FOUND. *ret_changed as in ct_org_record. */
int ct_org_move_outlook(struct ct_db *db, struct ct_arena *a, int64_t unit, int64_t below,
                        struct ct_sv on, int64_t now, struct ct_org_outlook *ret,
                        struct ct_err *err);
int ct_org_move(struct ct_store *s, const struct ct_clock *clock, int64_t unit, int64_t below,
                struct ct_sv on, int64_t by, bool *ret_changed, struct ct_err *err);

/* Everything that was recorded so of everything, by day, then moment, for who looks back. */
struct ct_org_past {
    int64_t org;
    enum { CT_ORG_CLOSED, CT_ORG_REOPENED, CT_ORG_MOVED } what;
    int64_t below; /* of MOVED: the unit; 0: the agency */
    struct ct_sv on, note, by_name;
    int64_t at;
};
int ct_org_pasts(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_org_past **ret,
                 size_t *ret_n, struct ct_err *err);

#endif
