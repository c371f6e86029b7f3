/*
 * audit_priv.h: what the files of the audit pack share: a pack that is being written.
 */
#ifndef CT_REPORT_AUDIT_PRIV_H
#define CT_REPORT_AUDIT_PRIV_H

#include "ct/learn/certificate_key.h"
#include "ct/report/audit.h"
#include "ct/text/zip.h"

#include "assignment_priv.h"

/* Of a completion in the pack. */
struct ct_pack_certificate {
    struct ct_sv code;
    const struct ct_someone *person;
};

/* A text on which something was completed. */
struct ct_pack_text {
    struct ct_sv hash, path; /* of a course: its address */
    int64_t completion;      /* of a course: one that consisted of these modules */
};

struct ct_pack_texts {
    struct ct_pack_text *items;
    size_t n, cap;
};

struct ct_pack {
    const struct ct_audit *q;
    struct ct_arena *arena;
    struct ct_zip *zip;
    struct ct_sv folder; /* with its slash */
    int64_t as_of, now;
    struct ct_scope scope;
    struct ct_everybody *all;
    const struct ct_someone **people; /* those in it, by last name */
    size_t n_people;
    struct ct_pack_certificate *certificates; /* in the order of their completions */
    size_t n_certificates, cap_certificates;
    struct ct_pack_texts modules, courses;
    struct ct_certificate_keys keys;
    bool has_keys;
    const struct ct_progress *progress;
    int64_t done, total; /* steps; total 0: not known yet */
    int64_t *rows;       /* of each entry of the archive; -1: it is no table */
    size_t n_rows, cap_rows;
};

/* One step more. */
int ct_pack_step(struct ct_pack *p, struct ct_err *err);

/* ---- audit_table.c: files of rows ---- */

struct ct_pack_table {
    struct ct_pack *pack;
    struct ct_str text; /* what is not in the archive yet */
    size_t n_columns;
    int64_t rows;
};
int ct_pack_table_begin(struct ct_pack *p, struct ct_pack_table *t, const char *name,
                        const char *const *columns, size_t n, struct ct_err *err);
int ct_pack_table_row(struct ct_pack_table *t, const struct ct_sv *cells, struct ct_err *err);
int ct_pack_table_end(struct ct_pack_table *t, struct ct_err *err);

/* A file that is no table. */
int ct_pack_add(struct ct_pack *p, struct ct_sv name, struct ct_sv bytes, struct ct_err *err);

/* ---- the parts of a pack, in their order ---- */

/* audit_rows.c */
int ct_pack_assignments(struct ct_pack *p, struct ct_err *err);
int ct_pack_trainings(struct ct_pack *p, struct ct_err *err);
int ct_pack_requirements(struct ct_pack *p, struct ct_err *err);

/* audit_record.c */
int ct_pack_leave(struct ct_pack *p, struct ct_err *err);
int ct_pack_corrections(struct ct_pack *p, struct ct_err *err);

/* audit_place.c */
int ct_pack_places(struct ct_pack *p, struct ct_err *err);
int ct_pack_place_changes(struct ct_pack *p, struct ct_err *err);

/* audit_credit.c */
int ct_pack_credit(struct ct_pack *p, struct ct_err *err);
int ct_pack_credit_rules(struct ct_pack *p, struct ct_err *err);
int ct_pack_credit_approvals(struct ct_pack *p, struct ct_err *err);

/* audit_work.c; the first of them gathers the certificates and texts that the others write */
int ct_pack_completions(struct ct_pack *p, struct ct_err *err);
int ct_pack_courses(struct ct_pack *p, struct ct_err *err);
int ct_pack_content(struct ct_pack *p, struct ct_err *err);

/* audit_proof.c */
int ct_pack_certificates(struct ct_pack *p, struct ct_err *err);

/* audit_text.c */
int ct_pack_readme(struct ct_pack *p, struct ct_err *err);
int ct_pack_manifests(struct ct_pack *p, struct ct_err *err);

/* "2026-11-22"; "" for CT_DAY_NONE. */
struct ct_sv ct_pack_day(struct ct_arena *a, int day);
struct ct_sv ct_pack_number(struct ct_arena *a, int64_t n);
struct ct_sv ct_pack_moment(struct ct_arena *a, int64_t at); /* "2026-11-22T09:30:00Z" */

#endif
