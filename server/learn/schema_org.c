/*
 * schema_org.c: the step of the schema about what becomes of agencies, units and task forces, and
 * about the site itself.
 */
#include "schema_priv.h"
#include "sql_priv.h"

#include "ct/base/secret.h"
#include "ct/learn/site.h"

#include "ct/base/banned.h"

const char ct_schema_org_changes[] =
    /* Closed, or open again, from a day on. Of rows about one day the last counts, as of all that
     * is said of orgs. */
    "create table org_state_event("
    " id integer primary key,"
    " org integer not null references org(id),"
    " closes integer not null check(closes in (0, 1)),"
    " on_date text not null check(length(on_date) = 10),"
    " note text not null,"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index org_state_event_org on org_state_event(org, on_date, at, id);"
    /* Below which unit a unit is from a day on. Until its first row it is where org has it. */
    "create table org_parent_event("
    " id integer primary key,"
    " org integer not null references org(id),"
    " parent integer references org(id)," /* null: directly below its agency */
    " on_date text not null check(length(on_date) = 10),"
    " at integer not null,"
    " by integer references person(id),"
    " check(parent is null or parent <> org)"
    ") strict;"
    "create index org_parent_event_org on org_parent_event(org, on_date, at, id);"
    /* One row: what this site is called among all others, for as long as there are its records. */
    "create table site("
    " id integer primary key check(id = 1),"
    " uid text not null check(length(uid) = 26)"
    ") strict;";

static const struct ct_sql NAME_SITE = {"insert into site(id, uid) values(1, :uid)"};

const struct ct_sql *const ct_schema_org_sql[] = {&NAME_SITE, NULL};

int ct_schema_name_site(struct ct_db *db, struct ct_err *err)
{
    char code[CT_SITE_UID + 1];
    CT_AUTO_STMT st = ct_db_stmt(db, &NAME_SITE);

    ct_bind_c(&st, ":uid", ct_random_code(code, CT_SITE_UID));
    return ct_stmt_run(&st, err);
}
