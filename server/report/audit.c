/*
 * audit.c: an audit pack from the question to the last sum: whom and when it is about, and its
 * parts one after the other.
 */
#include "audit_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

enum { PARTS = 16 }; /* steps beside people, certificates and texts */

/* The last second of the period, where its people are. */
static int find_moment(const struct ct_audit *q, int64_t now, int64_t *ret, struct ct_err *err)
{
    struct ct_sv agency = q->whom.agency;

    if (!agency.n && q->whom.unit.n) /* "alder-dcs" of "alder-dcs/intake" */
        agency = ct_sv_sub(q->whom.unit, 0, ct_sv_find(q->whom.unit, '/'));
    return ct_assignment_moment(q->db, q->until, agency, now, ret, err);
}

static int check_days(const struct ct_audit *q, int64_t now, struct ct_err *err)
{
    if (q->until < q->from)
        return ct_fail(err, CT_BAD_INPUT, "until", "the period ends before it begins");
    /* Where it is later than in UTC, tomorrow has begun. */
    if (q->from > ct_day_of(now) + 1)
        return ct_fail(err, CT_BAD_INPUT, "from", "the period has not begun yet");
    if (q->until > ct_day_of(now) + 1)
        return ct_fail(err, CT_BAD_INPUT, "until", "the period may end today at the latest");
    if (q->until - q->from >= CT_AUDIT_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "from", "a period has %d days at most",
                       CT_AUDIT_DAYS_MAX);
    return CT_OK;
}

/* Days, moment and people; without reading more. */
static int aim(struct ct_pack *p, struct ct_arena *a, struct ct_err *err)
{
    const struct ct_audit *q = p->q;
    struct ct_viewer viewer = q->viewer;
    struct ct_scope_wish whom = q->whom;
    int r;

    p->now = viewer.now = ct_now(q->clock);
    /* Whoever names an agency that is not theirs is denied before anything is said about it. */
    if ((r = check_days(q, p->now, err)) < 0 ||
        (r = ct_org_scope(q->db, a, &viewer, &whom, p->now, &p->scope, err)) < 0 ||
        (r = find_moment(q, p->now, &p->as_of, err)) < 0)
        return r;
    whom.day = ct_pack_day(a, q->until);
    return ct_org_scope(q->db, a, &viewer, &whom, p->as_of, &p->scope, err);
}

int ct_audit_check(struct ct_arena *a, const struct ct_audit *q, struct ct_err *err)
{
    struct ct_pack p = {.q = q};

    return aim(&p, a, err);
}

static void add_part(struct ct_str *to, struct ct_sv path)
{
    if (path.n)
        ct_str_add_char(to, '-');
    for (size_t i = 0; i < path.n; i++)
        ct_str_add_char(to, path.p[i] == '/' ? '-' : path.p[i]);
}

struct ct_sv ct_audit_name(struct ct_arena *a, const struct ct_audit *q)
{
    CT_AUTO_STR name = CT_STR_INIT(1024);

    ct_str_addf(&name, "audit-%.*s-to-%.*s", CT_SV_ARG(ct_pack_day(a, q->from)),
                CT_SV_ARG(ct_pack_day(a, q->until)));
    if (!q->whom.unit.n)
        add_part(&name, q->whom.agency);
    add_part(&name, q->whom.unit);
    add_part(&name, q->whom.task_force);
    return ct_arena_dup(a, ct_str_sv(&name));
}

int ct_pack_step(struct ct_pack *p, struct ct_err *err)
{
    p->done += p->done < p->total; /* a text more or less was not known at first */
    return ct_progress_tell(p->progress, p->done, p->total, err);
}

static int cmp_someone(const void *pa, const void *pb)
{
    const struct ct_someone *const *a = pa, *const *b = pb;
    int c = ct_sv_cmp((*a)->who.last_name, (*b)->who.last_name);

    if (c == 0)
        c = ct_sv_cmp((*a)->who.first_name, (*b)->who.first_name);
    return c ? c : ((*a)->who.id > (*b)->who.id) - ((*a)->who.id < (*b)->who.id);
}

/* Of whom a limited reader is shown, places are those that the reader may be told. */
static void find_people(struct ct_pack *p)
{
    p->people = ct_arena_array(p->arena, const struct ct_someone *, p->all->n);
    ct_everybody_share(p->all, &p->scope);
    for (size_t i = 0; i < p->all->n; i++) {
        struct ct_someone *one = &p->all->people[i];
        const struct ct_scope_person *seen = ct_scope_find(&p->scope, one->who.id);
        if (p->scope.is_limited && (!seen || seen->is_counted))
            continue;
        if (p->scope.is_limited) {
            one->who.agency = seen->agency;
            one->who.unit = seen->unit;
        }
        p->people[p->n_people++] = one;
    }
    if (p->n_people)
        qsort(p->people, p->n_people, sizeof *p->people, cmp_someone);
}

static int write_parts(struct ct_pack *p, struct ct_err *err)
{
    static int (*const parts[])(struct ct_pack *, struct ct_err *) = {
        ct_pack_completions,      ct_pack_assignments,  ct_pack_trainings,     ct_pack_leave,
        ct_pack_corrections,      ct_pack_requirements, ct_pack_credit,        ct_pack_credit_rules,
        ct_pack_credit_approvals, ct_pack_places,       ct_pack_place_changes, ct_pack_certificates,
        ct_pack_courses,          ct_pack_content,      ct_pack_readme,        ct_pack_manifests};
    int r = CT_OK;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && r == CT_OK; i++) {
        r = parts[i](p, err);
        if (i == 0) /* now it is known what there is to do */
            p->total = PARTS + (int64_t)(p->n_certificates + p->modules.n);
        if (r == CT_OK)
            r = ct_pack_step(p, err);
    }
    return r;
}

static int load_keys(struct ct_pack *p, struct ct_err *err)
{
    struct ct_err why = CT_ERR_INIT;

    if (!p->q->certificate_key)
        return CT_OK;
    p->has_keys = true;
    /* Whatever is wrong with the file is not the reader's, who is not told where it is. */
    return ct_certificate_keys_load(p->arena, p->q->certificate_key, p->q->clock, &p->keys, &why) <
                   0
               ? ct_fail(err, CT_INTERNAL, "key", "%s", why.text)
               : CT_OK;
}

static int write_pack(struct ct_pack *p, struct ct_sink *out, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = p->q->db, .arena = p->arena, .as_of = p->as_of};
    CT_AUTO_ZIP *zip = NULL;
    int r;

    p->all = &all;
    p->folder = ct_arena_printf(p->arena, "%.*s/", CT_SV_ARG(ct_audit_name(p->arena, p->q)));
    if ((r = load_keys(p, err)) < 0 || (r = ct_everybody_read(&all, err)) < 0)
        return r;
    find_people(p);
    /* The entries bear the end of the period, at UTC: a moment that follows from the question. */
    r = ct_zip_open(p->arena, out, ct_date_begin(ct_day_date(p->q->until)), &zip, err);
    p->zip = zip;
    if (r == CT_OK)
        r = write_parts(p, err);
    return r == CT_OK ? ct_zip_close(zip, err) : r;
}

int ct_audit_write(const struct ct_audit *q, struct ct_sink *out,
                   const struct ct_progress *progress, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_pack p = {.q = q, .arena = &a, .progress = progress};
    int r = aim(&p, &a, err);

    if (r == CT_OK)
        r = write_pack(&p, out, err);
    if (p.has_keys)
        ct_certificate_keys_wipe(&p.keys);
    return r;
}
