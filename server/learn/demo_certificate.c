/*
 * demo_certificate.c: what happens to certificates after they were issued: the administrator of
 * Alder County revokes one, and somebody marries.
 */
#include "demo_priv.h"

#include "ct/learn/certificate.h"

#include "ct/base/banned.h"

enum { LATER = 3 * 24 * 3600 };

static int64_t later(void *arg)
{
    return *(int64_t *)arg;
}

int ct_demo_revoke(struct ct_store *s, int64_t today, struct ct_sv email, int64_t by,
                   struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_certificate_filter filter = {.email = email, .max = 1};
    struct ct_certificate *list;
    size_t n;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(s);
        r = ct_certificate_list(rd.db, &a, &filter, &list, &n, err);
    }
    if (r < 0 || n == 0)
        return r;
    int64_t at = list[0].issued_at + LATER < today ? list[0].issued_at + LATER : today;
    const struct ct_clock clock = {later, &at};
    return ct_certificate_revoke(s, &clock, list[0].code,
                                 CT_SV("A colleague had answered the quizzes from this account."),
                                 by, err);
}

int ct_demo_rename(struct ct_store *s, int64_t today, int64_t person, const char *name, int64_t by,
                   struct ct_err *err)
{
    int64_t at = today - LATER;
    const struct ct_clock clock = {later, &at};

    return ct_certificate_set_name(s, &clock, person, ct_sv_c(name), by, err);
}
