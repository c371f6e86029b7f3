/*
 * schema_training.c: the steps of the schema about training beside completions.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

/* Outside training may be for no requirement: hours alone. And a correction says why it was made.
 * The table is made anew with its rows, as a check cannot be changed in place. */
const char ct_schema_training_hours[] =
    "pragma defer_foreign_keys = on;"
    "create table training_before as select * from training;"
    "drop table training;"
    "create table training("
    " id integer primary key,"
    " corrects integer references training(id),"
    " person integer not null references person(id),"
    " requirement integer references requirement(id)," /* null: of all, or of none */
    " kind text not null check(kind in ('waiver', 'outside training', 'leave')),"
    " on_date text not null check(length(on_date) = 10),"
    " until_date text check(length(until_date) = 10)," /* null: for good */
    " reason text not null,"
    " evidence text not null,"
    " approved_by text not null," /* '': nobody has yet */
    " minutes integer not null check(minutes between 0 and 60000),"
    " credit_type text,"
    " why text not null," /* of a correction; '': not said */
    " withdrawn integer not null check(withdrawn in (0, 1)),"
    " at integer not null,"
    " by integer references person(id),"
    " check(kind <> 'leave' or requirement is null),"
    " check(kind <> 'waiver' or requirement is not null),"
    " check(requirement is not null or kind = 'leave' or minutes > 0)"
    ") strict;"
    "insert into training(id, corrects, person, requirement, kind, on_date, until_date, reason,"
    " evidence, approved_by, minutes, credit_type, why, withdrawn, at, by) select id, corrects,"
    " person, requirement, kind, on_date, until_date, reason, evidence, approved_by, minutes,"
    " credit_type, '', withdrawn, at, by from training_before order by id;"
    "drop table training_before;"
    "create index training_person on training(person, on_date, id);"
    "create index training_corrects on training(corrects, at, id);";
