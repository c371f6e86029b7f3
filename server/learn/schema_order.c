/*
 * schema_order.c: the table of files that were asked for. They are no records of anybody's
 * training: a row is changed as its file is made.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

const char ct_schema_file_orders[] =
    "create table file_order("
    " id integer primary key,"
    " person integer not null references person(id),"
    " target text not null,"
    " state text not null"
    "  check(state in ('waiting', 'making', 'ready', 'failed', 'cancelled', 'expired')),"
    " done integer not null check(done >= 0),"
    " total integer not null check(total >= 0),"
    " asked_at integer not null,"
    " changed_at integer not null,"
    " expires_at integer,"
    " size integer check(size >= 0),"
    " name text,"
    " type text,"
    " problem text"
    ") strict;"
    "create index file_order_person on file_order(person, id);"
    "create index file_order_state on file_order(state, id);";

const char ct_schema_file_order_site[] = "alter table file_order add column site text not null"
                                         " default '';";

const char ct_schema_import_jobs[] =
    /* Files that were sent to be imported. Changed as they are looked at and done, like orders. */
    "create table import_job("
    " id integer primary key,"
    " person integer not null references person(id),"
    " kind text not null check(kind in ('people', 'memberships', 'completions')),"
    " file text not null unique,"
    " name text not null,"
    " size integer not null check(size >= 0),"
    " sent_at integer not null,"
    " checked_at integer,"
    " done_at integer,"
    " removed_at integer,"
    " lines integer not null default 0,"
    " added integer not null default 0,"
    " changed integer not null default 0,"
    " unchanged integer not null default 0,"
    " problems integer not null default 0"
    ") strict;"
    "create index import_job_person on import_job(person, id);"
    "create index import_job_removed on import_job(removed_at, id);"
    "alter table file_order add column import_job integer references import_job(id);"
    "alter table file_order add column imports integer not null default 0"
    " check(imports in (0, 1));" /* 0: looks only */
    "create index file_order_import on file_order(import_job, id);"
    /* What the person was allowed to see when the file was made (ct_org_sight). */
    "alter table file_order add column sight text not null default '';";
