/*
 * schema_view.c: reports that people kept under a name.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

const char ct_schema_saved_views[] =
    "create table saved_view("
    " id integer primary key,"
    " person integer not null references person(id),"
    " href text not null,"
    " at integer not null"
    ") strict;"
    "create index saved_view_person on saved_view(person, id);"
    /* The last row counts; without a name it is deleted. */
    "create table saved_view_name("
    " id integer primary key,"
    " view integer not null references saved_view(id),"
    " name text check(length(name) > 0),"
    " at integer not null"
    ") strict;"
    "create index saved_view_name_view on saved_view_name(view, id);";
