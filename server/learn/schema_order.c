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
