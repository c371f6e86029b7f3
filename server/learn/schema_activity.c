/*
 * schema_activity.c: the step of the schema about active time by day.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

/* Active time by day, so that a past day's answer can be given. A row of before this table has all
 * of its time on the day of its last event. */
const char ct_schema_activity_days[] =
    "create table activity_day("
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " on_date text not null check(length(on_date) = 10)," /* UTC */
    " seconds integer not null check(seconds >= 0),"
    " primary key(person, course, module, discipline, on_date)"
    ") strict, without rowid;"
    "insert into activity_day(person, course, module, discipline, on_date, seconds)"
    " select person, course, module, discipline, date(last_at, 'unixepoch'), seconds from activity"
    " where seconds > 0;";
