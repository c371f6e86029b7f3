/*
 * ct/report/audit.h: everything that an auditor asks about a period, in one archive: who stood how
 * to what was required at its end, who completed what in it, the certificates, the texts as they
 * were passed, and sums by which all of it can be checked without this program.
 *
 * What is in it follows from what was recorded up to the end of the period, so that the pack of a
 * past period has the same bytes whenever it is asked for, but for the moment in README.txt and the
 * sums of that file. Three things are those of the day on which the pack is made, because the site
 * gives out no others: the name on a certificate (a former one is told to nobody), the key that
 * signs it, and that one which was revoked since is listed without its file.
 *
 * It is about the people whom the reader may see by name, as they belonged on the last day; who is
 * only counted is not in it. Days are those of the time zone of each person's agency. Of leave it
 * has the days and who recorded them, which say why a due day is later; its reasons are nobody's
 * business. Of who is named by a task force alone it has what an agreement covers (assignment.h),
 * and neither waivers nor leave. What was corrected or withdrawn is in it with every version, who,
 * when and why; so are hours of credit with the rules and approvals they stand on, and the agencies
 * and units of the reader with what was closed and moved.
 */
#ifndef CT_REPORT_AUDIT_H
#define CT_REPORT_AUDIT_H

#include "ct/base/sink.h"
#include "ct/course/catalogue.h"
#include "ct/learn/org.h"

#define CT_AUDIT_FORMAT "crosstrain-audit-1" /* of manifest.json */

enum { CT_AUDIT_DAYS_MAX = 3660 }; /* of a period */

struct ct_audit {
    struct ct_db *db; /* a reader: it is read until the pack is written */
    const struct ct_catalogue *cat;
    const struct ct_clock *clock;
    struct ct_viewer viewer;     /* who asks; viewer.now is set by the functions below */
    struct ct_scope_wish whom;   /* null: all that the viewer may see */
    int from, until;             /* days, both included */
    struct ct_sv made_by;        /* "Ruth Achterberg" */
    const char *certificate_key; /* the file (certificate_key.h); NULL: no certificates */
    struct ct_sv site;           /* where certificates can be checked: "https://example.org" */
};

/* Whether such a pack can be made. CT_OK; CT_BAD_INPUT (what: "from", "until") for days that are no
 * period, or that lie ahead; what ct_org_scope says. */
int ct_audit_check(struct ct_arena *a, const struct ct_audit *q, struct ct_err *err);

/* "audit-2026-01-01-to-2026-06-30-alder-dcs": the name of the archive, less ".zip", and of the
 * folder in it. */
struct ct_sv ct_audit_name(struct ct_arena *a, const struct ct_audit *q);

/* Writes the archive. What ct_audit_check says; what the sink and whoever is told of the progress
 * fail with; CT_INTERNAL. */
int ct_audit_write(const struct ct_audit *q, struct ct_sink *out,
                   const struct ct_progress *progress, struct ct_err *err);

#endif
