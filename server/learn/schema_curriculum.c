/*
 * schema_curriculum.c: the steps of the schema about what the curriculum had when.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

/* From when on a course, a scenario ("course/module") or a discipline is in the curriculum, or is
 * not any more. What stood in a requirement or with a person and was not there when this was first
 * kept has a row, too. */
const char ct_schema_curriculum[] =
    "create table curriculum_change("
    " id integer primary key,"
    " kind text not null check(kind in ('course', 'scenario', 'discipline')),"
    " slug text not null,"
    " present integer not null check(present in (0, 1)),"
    " at integer not null"
    ") strict;"
    "create index curriculum_change_slug on curriculum_change(kind, slug, id);";

/* A text that was published is live until a row says that it is not, and again from the next. */
const char ct_schema_text_changes[] = "create table text_change("
                                      " id integer primary key,"
                                      " path text not null,"
                                      " present integer not null check(present in (0, 1)),"
                                      " at integer not null"
                                      ") strict;"
                                      "create index text_change_path on text_change(path, id);";

/* Which module a text was under the path that it was published under, as completions name it: the
 * same one under another path, and under the same path another. */
const char ct_schema_module_texts[] =
    "create table module_text("
    " path text not null,"
    " hash text not null references revision(hash),"
    " course text not null, module text not null,"
    " primary key(path, hash)"
    ") strict, without rowid;"
    "create index module_text_module on module_text(course, module);"
    "create index update_read_module on update_read(module, course, person, revision, at);";
