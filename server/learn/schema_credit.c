/*
 * schema_credit.c: the step that makes the tables of credit: rules, approvals, attestations, the
 * hours of outside training.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

const char ct_schema_credit[] =
    /* What a type of credit asks, from when on. Of rows of one day the last counts. */
    "create table credit_rule("
    " id integer primary key,"
    " type text not null check(length(type) between 1 and 40),"
    " title text not null,"
    " source text not null," /* where it is written, as who recorded it says */
    " from_date text not null check(length(from_date) = 10),"
    " ends integer not null check(ends in (0, 1)),"
    " hour integer not null check(hour in (50, 60)),"
    " step integer not null check(step between 1 and 100)," /* hundredths of an hour */
    " rounding text not null check(rounding in ('down', 'nearest')),"
    " basis text not null check(basis in ('stated', 'active', 'approved')),"
    " approval integer not null check(approval in (0, 1)),"
    " active_share integer not null check(active_share between 0 and 100),"
    " min_score integer not null check(min_score between 0 and 100),"
    " attestation text,"
    " repeats integer not null check(repeats in (0, 1)),"
    " year_max integer not null check(year_max >= 0)," /* hundredths of an hour; 0: all */
    " year text not null check(year in ('calendar', 'fiscal', 'personal')),"
    " month integer not null check(month between 0 and 12),"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index credit_rule_type on credit_rule(type, from_date, at, id);"
    "create table credit_rule_discipline("
    " rule integer not null references credit_rule(id),"
    " discipline text not null,"
    " primary key(rule, discipline)"
    ") strict, without rowid;"
    /* That a body gives credit for a course. A row that corrects names the first of its kind. */
    "create table credit_approval("
    " id integer primary key,"
    " corrects integer references credit_approval(id),"
    " course text not null, course_title text not null,"
    " type text not null,"
    " state text,"
    " body text not null, number text not null,"
    " hours integer not null check(hours between 1 and 9999)," /* hundredths */
    " from_date text not null check(length(from_date) = 10),"
    " until_date text check(length(until_date) = 10)," /* null: it goes on */
    " withdrawn_date text check(length(withdrawn_date) = 10),"
    " note text not null,"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create index credit_approval_corrects on credit_approval(corrects, at, id);"
    "create index credit_approval_course on credit_approval(course, type);"
    "create table attestation("
    " id integer primary key,"
    " person integer not null references person(id),"
    " completion integer not null references completion(id),"
    " type text not null,"
    " text text not null," /* what was attested, as it was read that day */
    " at integer not null,"
    " unique(completion, type)"
    ") strict;"
    "create index attestation_person on attestation(person, completion, type);"
    /* Hours of outside training, and the type of credit that it says it gives. */
    "alter table training add column minutes integer not null default 0"
    " check(minutes between 0 and 60000);"
    "alter table training add column credit_type text;"
    /* With all that hours are counted from, so that lists of everybody read the indexes alone. */
    "create index completion_hours on completion(person, at, id, course, discipline, minutes,"
    " score) where module is null;"
    "create index certificate_hours on certificate(completion, minutes);";
