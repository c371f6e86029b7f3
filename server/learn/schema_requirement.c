/*
 * schema_requirement.c: the steps of the schema about what can be required.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

/* What is asked for is a course, or hours, or a scenario: both tables are made anew with their
 * rows, as checks and columns that may be null cannot be changed in place. Rows that refer to them
 * wait for the same ids to be there again. */
const char ct_schema_requirement_kinds[] =
    "pragma defer_foreign_keys = on;"
    "create table requirement_before as select * from requirement;"
    "create table requirement_rule_before as select * from requirement_rule;"
    "drop table requirement_rule;"
    "drop table requirement;"
    "create table requirement("
    " id integer primary key,"
    " slug text not null unique,"
    " kind text not null check(kind in ('course', 'hours', 'scenario')),"
    " course text, course_title text,"
    " module text, module_title text," /* of a scenario */
    " credit_type text,"               /* of hours; null: any training */
    " at integer not null,"
    " by integer references person(id)," /* null: whoever had the machine */
    " check((kind = 'hours') = (course is null)),"
    " check((course is null) = (course_title is null)),"
    " check((kind = 'scenario') = (module is not null)),"
    " check((module is null) = (module_title is null)),"
    " check(kind = 'hours' or credit_type is null)"
    ") strict;"
    "create table requirement_rule("
    " id integer primary key,"
    " requirement integer not null references requirement(id),"
    " from_date text not null check(length(from_date) = 10),"
    " ends integer not null check(ends in (0, 1)),"
    " everybody integer not null check(everybody in (0, 1)),"
    " title text not null check(length(title) between 1 and 200),"
    " kind text not null"
    "  check(kind in ('fixed', 'hired', 'assigned', 'discipline', 'year', 'personal')),"
    " fixed_date text check(length(fixed_date) = 10),"
    " days integer not null check(days >= 0),"
    " month integer not null check(month between 0 and 12),"
    " every integer not null check(every >= 0)," /* months; 0: once */
    " window integer not null check(window >= 0),"
    " from_expiry integer not null check(from_expiry in (0, 1)),"
    " grace integer not null check(grace >= 0),"
    " minutes integer not null check(minutes >= 0)," /* of hours: in a year */
    " chairs integer not null check(chairs >= 0),"   /* of a scenario */
    " at integer not null,"
    " by integer references person(id),"
    " check((kind = 'fixed') = (fixed_date is not null)),"
    " check((kind = 'year') = (month > 0))"
    ") strict;"
    "insert into requirement(id, slug, kind, course, course_title, at, by)"
    " select id, slug, 'course', course, course_title, at, by from requirement_before order by id;"
    "insert into requirement_rule(id, requirement, from_date, ends, everybody, title, kind,"
    " fixed_date, days, month, every, window, from_expiry, grace, minutes, chairs, at, by)"
    " select id, requirement, from_date, ends, everybody, title, kind, fixed_date, days, month,"
    " every, window, from_expiry, grace, 0, 0, at, by from requirement_rule_before order by id;"
    "drop table requirement_rule_before;"
    "drop table requirement_before;"
    "create index requirement_rule_requirement"
    " on requirement_rule(requirement, from_date, at, id);";
