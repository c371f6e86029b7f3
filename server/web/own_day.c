/*
 * own_day.c: the days of who is signed in, as his or her own pages show them: the same as in every
 * report (home.h), and not those of UTC.
 */
#include "own_day_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

int ct_own_home(const struct ct_request *rq, struct ct_homes **ret_homes,
                const struct ct_home **ret, struct ct_err *err)
{
    int64_t me = rq->desk.who.person;
    int r;

    *ret = NULL;
    if (!me)
        return CT_OK;
    if ((r = ct_homes_read(rq->desk.db, rq->arena, me, ct_now(rq->desk.clock), ret_homes, err)) < 0)
        return r;
    *ret = ct_home_of(*ret_homes, me);
    return CT_OK;
}

json_t *ct_view_own_day(const struct ct_home *home, int64_t t)
{
    return home && t ? ct_view_on(ct_home_day(home, t)) : ct_view_day(t);
}
