/*
 * schema_activity.c: the steps of the schema about active time by day, and by quarter of an hour.
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

/* Days begin where people are, and all time zones differ from UTC by whole quarters of an hour: by
 * quarters, counted from 1970, the time of any day there can be told, and that up to its end. Of
 * before only days of UTC are known. Their time is put where the last event was if it was on that
 * day, else where the first was, else at noon, which is the same day nearly everywhere. */
const char ct_schema_activity_quarters[] =
    "create table activity_quarter("
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " quarter integer not null,"
    " seconds integer not null check(seconds >= 0),"
    " primary key(person, course, module, discipline, quarter)"
    ") strict, without rowid;"
    "insert into activity_quarter(person, course, module, discipline, quarter, seconds)"
    " select d.person, d.course, d.module, d.discipline,"
    " case when date(a.last_at, 'unixepoch') = d.on_date then a.last_at / 900"
    "  when date(a.started_at, 'unixepoch') = d.on_date then a.started_at / 900"
    "  else cast(julianday(d.on_date) - 2440587.5 as integer) * 96 + 48 end, d.seconds"
    " from activity_day d left join activity a on a.person = d.person and a.course = d.course"
    " and a.module = d.module and a.discipline = d.discipline;"
    "drop table activity_day;";
