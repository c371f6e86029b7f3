/*
 * ct/report/transcript.h: one person's record for a personnel file: where and as what the person
 * worked, what was completed when, on which text and with which certificate, what is required and
 * how that stands. As of a moment: it says later what it said then.
 *
 * Statuses are the words of due.h; what a certificate is worth is said in those of certificate.h,
 * of the day of the transcript. Of a completed course how it stands that day is said of the newest
 * completion of a discipline; one that a newer one with a certificate that counts follows is
 * completed, and no more. What was completed before has no status: requirements say what it is
 * good for.
 */
#ifndef CT_REPORT_TRANSCRIPT_H
#define CT_REPORT_TRANSCRIPT_H

#include "ct/report/assignment.h"
#include "ct/report/report_file.h"

enum ct_transcript_kind {
    CT_TRANSCRIPT_PLACE,       /* agency, unit, task force: from, until */
    CT_TRANSCRIPT_DISCIPLINE,  /* from, until */
    CT_TRANSCRIPT_COURSE,      /* a completed course */
    CT_TRANSCRIPT_PROGRESS,    /* one that was begun: from; until: last activity */
    CT_TRANSCRIPT_BEFORE,      /* completed before, as an import recorded it */
    CT_TRANSCRIPT_OUTSIDE,     /* training elsewhere */
    CT_TRANSCRIPT_REQUIREMENT, /* from: assigned; until: due */
    CT_TRANSCRIPT_WAIVER,      /* from, until */
    CT_TRANSCRIPT_CHAIR,       /* a case that was played to its end, once a chair: when it was first
                                * passed; of one that was not, when it was played last */
    CT_TRANSCRIPT_CREDIT       /* hours of a type that count, with their credit year */
};
enum { CT_TRANSCRIPT_KINDS = CT_TRANSCRIPT_CREDIT + 1 };
const char *ct_transcript_kind_name(enum ct_transcript_kind kind); /* "completed course" */

/* What a kind does not have is null, CT_DAY_NONE or negative. */
struct ct_transcript_line {
    enum ct_transcript_kind kind;
    int on, until;
    struct ct_sv what;       /* a title, a name */
    struct ct_sv discipline; /* a slug: as what; of a chair: which */
    struct ct_sv status;     /* a word of due.h; of a chair "passed" or "not passed" */
    bool has_status;         /* it is one of due.h: this one */
    enum ct_due_status due;
    struct ct_sv version, hash; /* of the text: editions of its modules; BLAKE2b of it */
    int score;                  /* percent */
    int hundredths;             /* of an hour */
    struct ct_sv certificate;   /* code */
    struct ct_sv worth;         /* of the certificate: "valid" */
    int expires;                /* the last day on which it counts */
    int completed;              /* of a requirement: when it was met, or CT_DAY_NONE */
    int year;                   /* of credit; 0: none */
    int64_t completion;         /* of a completed course: its number */
    struct ct_sv evidence, approved_by;
    struct ct_sv note; /* of a requirement of hours: how many there are of how many */
};

struct ct_transcript {
    struct ct_assignee who; /* name, numbers, licence of the day */
    int64_t as_of;
    struct ct_sv day_text, time_zone;
    struct ct_transcript_line *lines; /* by kind; newest first, places and disciplines oldest */
    size_t n;
};

/* The end of a day where the person's home was (home.h); null: now. As ct_report_moment. */
struct ct_report_moment;
int ct_transcript_moment(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                         int64_t person, struct ct_sv day, struct ct_report_moment *ret,
                         struct ct_err *err);

/* `at`: as that gave it. `by_task_force`: for a reader who is told the person's name by
 * a task force alone (org.h): what no agreement to share names covers is left out (assignment.h),
 * and waivers.
 *
 * CT_NOT_FOUND: nobody of this number, or not yet. */
int ct_transcript(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                  int64_t person, const struct ct_report_moment *at, bool by_task_force,
                  struct ct_transcript *ret, struct ct_err *err);

/* Of it the completed courses alone, for one's own record; quick whatever the number of people. */
int ct_transcript_courses(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                          int64_t person, const struct ct_report_moment *at,
                          struct ct_transcript *ret, struct ct_err *err);

/* The columns of its file, in order. */
const struct ct_column *ct_transcript_columns(size_t *ret_n);

/* The same as a document to be written to files, a row a line. `site`: by whom it is recorded. */
void ct_transcript_doc(struct ct_arena *a, const struct ct_transcript *t, struct ct_sv site,
                       struct ct_report_doc *ret);

#endif
