/*
 * own_day_priv.h: the days of who is signed in.
 */
#ifndef CT_WEB_OWN_DAY_PRIV_H
#define CT_WEB_OWN_DAY_PRIV_H

#include "ct/learn/home.h"
#include "ct/text/json.h"
#include "ct/web/http.h"

/* The home of who is signed in; NULL: nobody is. It lives as long as *ret_homes, which is to be a
 * CT_AUTO_HOMES. CT_OK, or a failure of the database. */
int ct_own_home(const struct ct_request *rq, struct ct_homes **ret_homes,
                const struct ct_home **ret, struct ct_err *err);

/* DATE of the day of a moment there; null for 0. Of nobody's home the day of UTC. */
json_t *ct_view_own_day(const struct ct_home *home, int64_t t);

#endif
