/*
 * ct/learn/site.h: what this site is called among all others.
 *
 * A name made at random with the database, and kept in it: it stays the same when the server is
 * started again, moves to another machine or gets another address, and a calendar that was fetched
 * by one address, or by the command line, which knows none, has the entries of one that was fetched
 * by another. Two sites never have the same, whatever their addresses.
 */
#ifndef CT_LEARN_SITE_H
#define CT_LEARN_SITE_H

#include "ct/base/arena.h"
#include "ct/store/db.h"

enum { CT_SITE_UID = 26 }; /* characters of 5 bits */

/* The name, in the arena. */
int ct_site_uid(struct ct_db *db, struct ct_arena *a, struct ct_sv *ret, struct ct_err *err);

#endif
