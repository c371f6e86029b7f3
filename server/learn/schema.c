/*
 * schema.c: the steps that make the database. Tables of people, texts, and what people did.
 *
 * Moments are Unix seconds. Courses are named by slug, modules by id, sections by slug, disciplines
 * by slug: names that mean the same after the text has changed. `revision` is the BLAKE2b-256 of a
 * source.
 */
#include "schema_priv.h"

#include "ct/learn/schema.h"

#include "ct/base/banned.h"

static const char people[] =
    "create table person("
    " id integer primary key,"
    " email text not null check(length(email) between 3 and 254),"
    " email_key text not null unique," /* lower case: one person an address */
    " name text not null check(length(name) between 1 and 120),"
    " discipline text," /* of today; the history is person_discipline */
    " roles integer not null check(roles between 1 and 15),"
    " active integer not null default 1 check(active in (0, 1)),"
    " password text," /* Argon2id; null until one was chosen */
    " created_at integer not null,"
    " signed_in_at integer"
    ") strict;"
    "create table person_discipline("
    " person integer not null references person(id),"
    " discipline text not null,"
    " since integer not null"
    ") strict;"
    "create index person_discipline_person on person_discipline(person, since);"
    "create table invite("
    " token_hash text primary key,"
    " person integer references person(id)," /* null: makes the first administrator */
    " expires_at integer not null"
    ") strict, without rowid;"
    "create table session("
    " token_hash text primary key,"
    " person integer not null references person(id),"
    " created_at integer not null,"
    " seen_at integer not null"
    ") strict, without rowid;"
    "create index session_person on session(person);"
    "create table sign_in_failure("
    " email_key text not null,"
    " at integer not null"
    ") strict;"
    "create index sign_in_failure_email on sign_in_failure(email_key, at);";

static const char texts[] =
    "create table revision("
    " hash text primary key check(length(hash) = 64),"
    " path text not null," /* below the content folder, when first seen */
    " source text not null,"
    " first_at integer not null"
    ") strict;"
    /* What was live when: the latest row of a path is its last good text. */
    "create table publication("
    " id integer primary key,"
    " path text not null,"
    " hash text not null references revision(hash),"
    " at integer not null"
    ") strict;"
    "create index publication_path on publication(path, id);";

static const char work[] =
    /* One row the first time: what was opened, what is done, by discipline. */
    "create table section_opened("
    " person integer not null references person(id),"
    " course text not null, module text not null, section text not null, discipline text not null,"
    " at integer not null,"
    " primary key(person, course, module, section, discipline)"
    ") strict, without rowid;"
    "create table section_done("
    " person integer not null references person(id),"
    " course text not null, module text not null, section text not null, discipline text not null,"
    " revision text not null references revision(hash),"
    " at integer not null,"
    " primary key(person, course, module, section, discipline)"
    ") strict, without rowid;"
    "create table passage_opened("
    " person integer not null references person(id),"
    " course text not null, module text not null, section text not null, passage text not null,"
    " discipline text not null,"
    " at integer not null,"
    " primary key(person, course, module, section, passage, discipline)"
    ") strict, without rowid;"
    "create table practice("
    " id integer primary key,"
    " person integer not null references person(id),"
    " course text not null, module text not null, question text not null, discipline text not null,"
    " revision text not null references revision(hash),"
    " answer text not null," /* JSON, in written order */
    " share real,"           /* 0..1; null: not graded */
    " at integer not null"
    ") strict;"
    "create index practice_person on practice(person, course, module, question, id);"
    "create table attempt("
    " id integer primary key,"
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " revision text not null references revision(hash),"
    " seed integer not null,"
    " pass_mark integer not null check(pass_mark between 0 and 100),"
    " started_at integer not null"
    ") strict;"
    "create index attempt_person on attempt(person, course, module, discipline, id);"
    "create table attempt_answer("
    " id integer primary key,"
    " attempt integer not null references attempt(id),"
    " question text not null,"
    " answer text not null," /* JSON, in written order; the latest row of a question counts */
    " at integer not null"
    ") strict;"
    "create index attempt_answer_attempt on attempt_answer(attempt, question, id);"
    "create table attempt_result("
    " attempt integer primary key references attempt(id),"
    " score integer not null check(score between 0 and 100),"
    " passed integer not null check(passed in (0, 1)),"
    " at integer not null"
    ") strict;"
    /* How each question of a submitted attempt was graded, for who asks how questions do. */
    "create table attempt_grade("
    " attempt integer not null references attempt(id),"
    " question text not null,"
    " share real not null check(share between 0 and 1),"
    " points integer not null,"
    " primary key(attempt, question)"
    ") strict, without rowid;"
    "create table run("
    " id integer primary key,"
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " chair text not null,"
    " revision text not null references revision(hash),"
    " state text not null," /* JSON: where it began */
    " started_at integer not null"
    ") strict;"
    "create index run_person on run(person, course, module, id);"
    "create table run_step("
    " run integer not null references run(id),"
    " step integer not null check(step >= 1),"
    " choice integer not null,"
    " state text not null," /* JSON: after the choice */
    " at integer not null,"
    " primary key(run, step)"
    ") strict, without rowid;"
    "create table run_result("
    " run integer primary key references run(id),"
    " ending text not null," /* anchor */
    " ending_title text not null,"
    " passed integer not null check(passed in (0, 1)),"
    " at integer not null"
    ") strict;"
    /* Active time: one row a person, module and discipline, the only counter that is updated. */
    "create table activity("
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " started_at integer not null,"
    " last_at integer not null,"
    " seconds integer not null default 0,"
    " primary key(person, course, module, discipline)"
    ") strict, without rowid;";

static const char records[] =
    "create table completion("
    " id integer primary key,"
    " person integer not null references person(id),"
    " course text not null, course_title text not null,"
    " module text, module_title text," /* null: the whole course */
    " discipline text not null,"
    " revision text not null check(length(revision) = 64),"
    " score integer check(score between 0 and 100),"
    " minutes integer not null check(minutes >= 0),"
    " at integer not null"
    ") strict;"
    /* With the moment, so that reports read the index alone. */
    "create index completion_person on completion(person, course, module, discipline, at);"
    /* The modules that a completed course consisted of, so that the course's revision can be told.
     */
    "create table completion_part("
    " completion integer not null references completion(id),"
    " module text not null,"
    " revision text not null references revision(hash),"
    " primary key(completion, module)"
    ") strict, without rowid;"
    "create table certificate("
    " code text primary key,"
    " completion integer not null references completion(id),"
    " name text not null,"
    " discipline_name text not null,"
    " minutes integer not null,"
    " issued_at integer not null"
    ") strict, without rowid;"
    "create index certificate_completion on certificate(completion);";

static const char authoring[] =
    /* What version a published module says it is, and what it says is new. */
    "create table edition("
    " hash text primary key references revision(hash),"
    " version text not null,"
    " change text"
    ") strict, without rowid;"
    /* Somebody who had completed a module read what a material change changed. */
    "create table update_read("
    " id integer primary key,"
    " person integer not null references person(id),"
    " course text not null, module text not null, discipline text not null,"
    " revision text not null references revision(hash)," /* read up to this one */
    " at integer not null"
    ") strict;"
    "create index update_read_person on update_read(person, course, module, discipline, id);"
    /* How the questions of a module do is asked of all attempts at it. */
    "create index attempt_module on attempt(course, module, id);"
    /* Texts being written. The row with the highest version of a draft that has not ended is it. */
    "create table draft("
    " id integer primary key,"
    " path text not null,"
    " base text not null check(length(base) in (0, 64))," /* of its file; '' for a new one */
    " began_at integer not null,"
    " ended_at integer,"                            /* null: it is being written */
    " published integer check(published in (0, 1))" /* at the end; else it was thrown away */
    ") strict;"
    "create unique index draft_open on draft(path) where ended_at is null;"
    "create index draft_path on draft(path);"
    "create table draft_text("
    " id integer primary key,"
    " draft integer not null references draft(id),"
    " version integer not null check(version >= 1),"
    " person integer not null references person(id),"
    " source text not null,"
    " at integer not null"
    ") strict;"
    "create unique index draft_text_version on draft_text(draft, version);"
    /* Who published in the browser, and what they said about it. */
    "create table publication_note("
    " publication integer primary key references publication(id),"
    " person integer not null references person(id),"
    " note text"
    ") strict;";

static const char orgs[] =
    "create table org("
    " id integer primary key,"
    " kind text not null check(kind in ('agency', 'unit', 'task force')),"
    " path text not null,"                /* of a unit with its agency's: 'alder-dcs/intake' */
    " agency integer references org(id)," /* of a unit */
    " parent integer references org(id)," /* of a unit that is below another */
    " time_zone text,"                    /* of an agency */
    " fiscal_month integer check(fiscal_month between 1 and 12),"
    " at integer not null,"
    " by integer references person(id),"
    " unique(kind, path),"
    " check((kind = 'unit') = (agency is not null)),"
    " check(kind = 'unit' or parent is null)"
    ") strict;"
    "create table org_name("
    " id integer primary key,"
    " org integer not null references org(id),"
    " name text not null check(length(name) between 1 and 120),"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create index org_name_org on org_name(org, at, id);"
    /* From when on something holds, and when that was recorded. Of rows about one day the last
     * counts. */
    "create table membership_event("
    " id integer primary key,"
    " person integer not null references person(id),"
    " org integer not null references org(id),"
    " begins integer not null check(begins in (0, 1)),"
    " on_date text not null check(length(on_date) = 10),"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index membership_event_person on membership_event(person, org, on_date, at, id);"
    "create table lead_event("
    " id integer primary key,"
    " person integer not null references person(id),"
    " org integer not null references org(id),"
    " begins integer not null check(begins in (0, 1)),"
    " on_date text not null check(length(on_date) = 10),"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create index lead_event_person on lead_event(person, org, on_date, at, id);"
    /* An agreement by which the lead of a task force is shown the names of an agency's people. */
    "create table sharing_event("
    " id integer primary key,"
    " agency integer not null references org(id),"
    " org integer not null references org(id)," /* the task force */
    " begins integer not null check(begins in (0, 1)),"
    " note text not null,"
    " on_date text not null check(length(on_date) = 10),"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create index sharing_event_agency on sharing_event(agency, org, on_date, at, id);"
    /* What is said of a person, from a day on. */
    "create table person_fact("
    " id integer primary key,"
    " person integer not null references person(id),"
    " field text not null,"
    " value text not null," /* '' takes it back */
    " since text not null check(length(since) = 10),"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create index person_fact_person on person_fact(person, field, since, at, id);"
    "create index person_fact_value on person_fact(field, value, person);";

static const char certificates[] =
    /* How long the course said a completion counts on the day of issue. Those of before this table
     * have no row: they were issued without a term. */
    "create table certificate_term("
    " code text primary key references certificate(code),"
    " months integer not null check(months >= 0)" /* 0: does not expire */
    ") strict, without rowid;"
    /* The name that certificates of a person bear, from when it was recorded. */
    "create table certificate_name("
    " id integer primary key,"
    " person integer not null references person(id),"
    " name text not null,"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index certificate_name_person on certificate_name(person, id);"
    "create table certificate_revocation("
    " code text primary key references certificate(code),"
    " reason text not null,"
    " at integer not null,"
    " by integer references person(id)"
    ") strict, without rowid;";

static const char tokens[] =
    /* By which a program reads in the name of a person. */
    "create table token("
    " id integer primary key,"
    " person integer not null references person(id),"
    " name text not null check(length(name) between 1 and 60),"
    " scopes text not null," /* names with a blank between */
    " token_hash text not null unique,"
    " created_at integer not null,"
    " expires_at integer not null check(expires_at > created_at),"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index token_person on token(person, id);"
    "create table token_revocation("
    " token integer primary key references token(id),"
    " at integer not null,"
    " by integer references person(id)"
    ") strict;"
    "create table token_use(" /* the days on which it was used */
    " token integer not null references token(id),"
    " on_date text not null check(length(on_date) = 10),"
    " primary key(token, on_date)"
    ") strict, without rowid;"
    /* Refused ones, by the address that they came from; forgotten when they count no more. */
    "create table token_failure("
    " id integer primary key,"
    " remote text not null,"
    " at integer not null"
    ") strict;"
    "create index token_failure_remote on token_failure(remote, at);"
    "create index token_failure_at on token_failure(at);";

static const char invitations[] = "create table invitation("
                                  " id integer primary key,"
                                  " token_hash text not null unique check(length(token_hash) = 64),"
                                  " org integer references org(id)," /* an agency or a unit */
                                  " discipline text not null,"
                                  " uses integer not null check(uses >= 1),"
                                  " made_at integer not null,"
                                  " expires_at integer not null,"
                                  " by integer references person(id)"
                                  ") strict;"
                                  "create table invitation_use("
                                  " invitation integer not null references invitation(id),"
                                  " person integer not null references person(id),"
                                  " at integer not null,"
                                  " primary key(invitation, person)"
                                  ") strict, without rowid;"
                                  "create table invitation_end("
                                  " invitation integer primary key references invitation(id),"
                                  " at integer not null,"
                                  " by integer references person(id)"
                                  ") strict;";

static const char requirements[] =
    "create table requirement("
    " id integer primary key,"
    " slug text not null unique,"
    " course text not null, course_title text not null,"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    /* From when on a requirement asks what of whom. Of rows of one day the last counts. */
    "create table requirement_rule("
    " id integer primary key,"
    " requirement integer not null references requirement(id),"
    " from_date text not null check(length(from_date) = 10),"
    " ends integer not null check(ends in (0, 1)),"
    " everybody integer not null check(everybody in (0, 1)),"
    " title text not null check(length(title) between 1 and 200),"
    " kind text not null check(kind in ('fixed', 'hired', 'assigned', 'discipline', 'year')),"
    " fixed_date text check(length(fixed_date) = 10),"
    " days integer not null check(days >= 0),"
    " month integer not null check(month between 0 and 12),"
    " every integer not null check(every >= 0)," /* months; 0: once */
    " window integer not null check(window >= 0),"
    " from_expiry integer not null check(from_expiry in (0, 1)),"
    " grace integer not null check(grace >= 0),"
    " at integer not null,"
    " by integer references person(id),"
    " check((kind = 'fixed') = (fixed_date is not null)),"
    " check((kind = 'year') = (month > 0))"
    ") strict;"
    "create index requirement_rule_requirement"
    " on requirement_rule(requirement, from_date, at, id);"
    "create table requirement_target("
    " id integer primary key,"
    " rule integer not null references requirement_rule(id),"
    " org integer references org(id),"
    " discipline text,"
    " person integer references person(id),"
    " check((org is not null) + (discipline is not null) + (person is not null) = 1)"
    ") strict;"
    "create index requirement_target_rule on requirement_target(rule, id);"
    /* Waivers, training elsewhere, leave. A row that corrects names the first of its kind. */
    "create table training("
    " id integer primary key,"
    " corrects integer references training(id),"
    " person integer not null references person(id),"
    " requirement integer references requirement(id),"
    " kind text not null check(kind in ('waiver', 'outside training', 'leave')),"
    " on_date text not null check(length(on_date) = 10),"
    " until_date text check(length(until_date) = 10)," /* null: for good */
    " reason text not null,"
    " evidence text not null,"
    " approved_by text not null," /* '': nobody has yet */
    " withdrawn integer not null check(withdrawn in (0, 1)),"
    " at integer not null,"
    " by integer references person(id),"
    " check((kind = 'leave') = (requirement is null))"
    ") strict;"
    "create index training_person on training(person, on_date, id);"
    "create index training_corrects on training(corrects, at, id);"
    "create index completion_course on completion(course, person, at) where module is null;";

static const char past_completions[] =
    /* Courses completed before, or elsewhere, as imported. A row that corrects names the first. */
    "create table past_completion("
    " id integer primary key,"
    " corrects integer references past_completion(id),"
    " person integer not null references person(id),"
    " course text not null, course_title text not null,"
    " discipline text not null,"
    " on_date text not null check(length(on_date) = 10),"
    " score integer check(score between 0 and 100),"
    " minutes integer not null check(minutes >= 0)," /* credited; 0: not said */
    " source text not null,"
    " evidence text not null,"
    " withdrawn integer not null check(withdrawn in (0, 1)),"
    " at integer not null,"
    " by integer references person(id)" /* null: whoever had the machine */
    ") strict;"
    "create index past_completion_person on past_completion(person, course, on_date, at, id);"
    "create index past_completion_corrects on past_completion(corrects, at, id);";

/* Append only. Never edit, reorder or remove a released row: its index is the schema version on
 * people's disks. */
const struct ct_migration ct_learn_migrations[] = {
    {"people and sessions", people, NULL},
    {"published texts", texts, NULL},
    {"what people did", work, NULL},
    {"what people completed", records, NULL},
    {"drafts, versions, updates", authoring, NULL},
    {"agencies, units, task forces", orgs, NULL},
    {"certificates: terms, names, revocations", certificates, NULL},
    {"tokens for programs", tokens, NULL},
    {"invitations by link", invitations, NULL},
    {"requirements, waivers, outside training, leave", requirements, NULL},
    {"hours and scenarios as requirements", ct_schema_requirement_kinds, NULL},
    {"credit: rules, approvals, attestations, hours of outside training", ct_schema_credit, NULL},
    {"files that were asked for", ct_schema_file_orders, NULL},
    {"courses completed before", past_completions, NULL},
    {"active time by day", ct_schema_activity_days, NULL},
    {"outside training of no requirement, why it was corrected", ct_schema_training_hours, NULL},
    {"where files were asked for", ct_schema_file_order_site, NULL},
    {"what the curriculum had when", ct_schema_curriculum, NULL},
    {"reports kept under a name", ct_schema_saved_views, NULL},
    {"orgs closed and moved, the name of the site", ct_schema_org_changes, ct_schema_name_site},
    {"files to be imported, what files of reports were allowed to show", ct_schema_import_jobs,
     NULL},
    {"best tries, and who completed which text", ct_schema_report, NULL},
    {"active time by quarter of an hour", ct_schema_activity_quarters, NULL},
    {"texts taken out of the curriculum", ct_schema_text_changes, NULL},
    {"which module a text is", ct_schema_module_texts, NULL},
};
const size_t ct_learn_n_migrations = sizeof ct_learn_migrations / sizeof ct_learn_migrations[0];
