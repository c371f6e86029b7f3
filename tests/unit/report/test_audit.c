/*
 * test_audit.c: an audit pack holds what it says, about whom the reader may see and no day more,
 * is the same each time, and never half.
 */
#include "assignment_test.h"
#include "text/zip_test.h"

#include "ct/learn/certificate_paper.h"
#include "ct/learn/org_change.h"
#include "ct/report/audit.h"

#include "ct/base/banned.h"

enum { PACK_MAX = 16 * 1024 * 1024 };

#define SOURCE "# Seeing\n\nText as it was passed.\n"

struct pack {
    struct ct_str bytes;
    struct ct_err err;
    int r;
};

static void release(struct pack *p)
{
    ct_str_release(&p->bytes);
}
#define AUTO_PACK __attribute__((cleanup(release))) struct pack

static struct ct_audit question(struct site *s, const char *from, const char *until)
{
    return (struct ct_audit){.cat = s->cat,
                             .clock = &s->o.clock,
                             .from = day_in(from),
                             .until = day_in(until),
                             .made_by = CT_SV("Ruth"),
                             .certificate_key =
                                 ct_arena_printf(&s->o.a, "%s/test.key", s->o.temp.dir).p,
                             .site = CT_SV("https://training.example.org")};
}

static struct pack write_with(struct site *s, struct ct_audit q, size_t max,
                              const struct ct_progress *progress)
{
    struct pack p = {.bytes = CT_STR_INIT(max), .err = CT_ERR_INIT};
    struct ct_sink out = ct_sink_str(&p.bytes);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    q.db = rd.db;
    p.r = ct_audit_write(&q, &out, progress, &p.err);
    return p;
}

static struct pack write_pack(struct site *s, struct ct_audit q)
{
    struct pack p = write_with(s, q, PACK_MAX, NULL);

    CT_OK_("pack", p.r, &p.err);
    return p;
}

/* A file of the pack as text. */
static const char *file_of(struct site *s, const struct pack *p, const char *name)
{
    char *text = ct_arena_alloc(&s->o.a, PACK_MAX);
    char pattern[128];

    snprintf(pattern, sizeof pattern, "'*/%s'", name);
    if (zip_ask(ct_str_sv(&p->bytes), "-p", pattern, text, PACK_MAX) != 0)
        return "";
    return text;
}

static void has(const char *name, const char *text, const char *part, bool wanted)
{
    if ((strstr(text, part) != NULL) != wanted)
        fail_msg("%s: %s «%s» in\n%s", name, wanted ? "no" : "a", part, text);
}

/* Ann completed the one module of the course and with it the course, at a moment. */
static void complete(struct site *s, int64_t person, int64_t id, int64_t at, const char *code)
{
    char hash[CT_HASH_HEX + 1];

    ct_hash_hex(CT_SV(SOURCE), hash);
    site_exec(s, ct_arena_printf(
                     &s->o.a,
                     "insert into revision values('%s', 'core/01-seeing.md', '%s', 1) on conflict"
                     " do nothing;"
                     "insert into edition values('%s', '2', null) on conflict do nothing;"
                     "insert into completion values(%lld, %lld, 'core', 'Core', 'seeing', 'Seeing',"
                     " 'caseworker', '%s', 90, 60, %lld);"
                     "insert into completion values(%lld, %lld, 'core', 'Core', null, null,"
                     " 'caseworker', '%064d', 90, 60, %lld);"
                     "insert into completion_part values(%lld, 'seeing', '%s');"
                     "insert into certificate values('%s', %lld, 'Name then', 'Caseworker', 60,"
                     " %lld)",
                     hash, SOURCE, hash, (long long)id, (long long)person, hash, (long long)at,
                     (long long)id + 1, (long long)person, 7, (long long)at, (long long)id + 1,
                     hash, code, (long long)id + 1, (long long)at)
                     .p);
}

static void fill(struct site *s)
{
    site_require(s, "core-yearly", yearly(s, "2024-01-01"));
    complete(s, s->ann, 100, noon("2024-02-10"), "ANNAAAAAAAAAAAAA");
    complete(s, s->bob, 200, noon("2024-03-10"), "BBBBBBBBBBBBBBBB");
    s->o.now = noon("2025-01-15");
}

static void it_holds_what_it_says(void **state)
{
    struct site *s = *state;
    char answer[4096], hash[CT_HASH_HEX + 1];

    fill(s);
    AUTO_PACK p = write_pack(s, question(s, "2024-01-01", "2024-12-31"));
    CT_EQ_I64("unzip -t", zip_ask(ct_str_sv(&p.bytes), "-tq", "", answer, sizeof answer), 0);
    if (zip_check_sums(ct_str_sv(&p.bytes), answer, sizeof answer) != 0)
        fail_msg("sha256sum: %s", answer);
    CT_EQ_STR("each file but the list is in the list", answer, "22\n21\n");
    const char *text = file_of(s, &p, "completions.csv");
    has("the module", text, "Ito,Ann Marie,ann@example.org,dcs,dcs/intake,core,Core,seeing,Seeing,",
        true);
    has("its text", text, ct_hash_hex(CT_SV(SOURCE), hash), true);
    has("version, score, minutes, day", text, ",2,90,60,2024-02-10,2024-02-10T18:00:00Z,,", true);
    has("the course with its certificate", text, ",ANNAAAAAAAAAAAAA,crosstrain", true);
    text = file_of(s, &p, "assignments.csv");
    has("who completed", text, "core-yearly", true);
    has("as of the last second in Chicago", text, "2025-01-01T05:59:59Z,America/Chicago", true);
    text = file_of(s, &p, "requirements.csv");
    has("in a sentence", text, "All people of North County CPS complete “The core course”", true);
    has("hours", file_of(s, &p, "credit.csv"), ",2024-02-10,core,in-service,1,", true);
    has("rules of credit", file_of(s, &p, "credit-rules.csv"), "credit_type,title,from_date", true);
    has("approvals", file_of(s, &p, "credit-approvals.csv"), "approval_id,course,", true);
    text = file_of(s, &p, "certificates.csv");
    has("certificates", text, "ANNA-AAAA-AAAA-AAAA", true);
    has("are files", text, "certificates/ANNA-AAAA-AAAA-AAAA.pdf", true);
    CT_EQ_STR("the text as it was passed", file_of(s, &p, "content/core/01-seeing@*.md"), SOURCE);
    has("what the course was", file_of(s, &p, "course-revisions.csv"), "content/core/01-seeing@",
        true);
    has("the readme", file_of(s, &p, "README.txt"), "2024-01-01 to 2024-12-31", true);
    has("for programs", file_of(s, &p, "manifest.json"), "\"format\":\"crosstrain-audit-1\"", true);
}

static void certificates_are_confirmed_by_the_key_in_it(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_public_key *keys;
    const struct ct_public_key *by;
    CT_AUTO_JSON *facts = NULL;
    size_t n;

    fill(s);
    AUTO_PACK p = write_pack(s, question(s, "2024-02-01", "2024-02-29"));
    const char *key = file_of(s, &p, "certificate-key.txt");
    const char *document = file_of(s, &p, "certificates/ANNA-AAAA-AAAA-AAAA.json");
    CT_OK_("key", ct_public_keys_read(&s->o.a, ct_sv_c(key), &keys, &n, &err), &err);
    CT_OK_("confirmed", ct_certificate_verify(ct_sv_c(document), keys, n, &facts, &by, &err), &err);
    CT_EQ_SV("name", ct_json_get_sv(facts, "certificate_name"), CT_SV("Name then"));
    CT_EQ_STR("bob's is of March", file_of(s, &p, "certificates/BBBB-BBBB-BBBB-BBBB.json"), "");
}

static void days_are_those_of_the_person(void **state)
{
    static const struct {
        const char *name, *from, *until;
        bool is_in;
    } cases[] = {
        {"the last minute of February in Chicago", "2024-02-01", "2024-02-29", true},
        {"which is March in UTC", "2024-03-01", "2024-03-31", false},
        {"that one day", "2024-02-29", "2024-02-29", true},
        {"the day before", "2024-02-28", "2024-02-28", false},
    };
    struct site *s = *state;

    complete(s, s->ann, 100, (int64_t)day_in("2024-03-01") * ORG_DAY + 6 * 3600 - 60,
             "ANNAAAAAAAAAAAAA");
    s->o.now = noon("2025-01-15");
    CT_EACH (c, cases) {
        AUTO_PACK p = write_pack(s, question(s, c->from, c->until));
        has(c->name, file_of(s, &p, "completions.csv"), "ann@example.org", c->is_in);
    }
}

static void a_manager_packs_the_own_people(void **state)
{
    struct site *s = *state;
    char answer[4096];
    int64_t lead;

    fill(s);
    lead = orgs_person(&s->o, "lead", CT_ROLE_MANAGER);
    orgs_tie(&s->o, CT_TIE_LEAD, lead, s->night, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, NULL);
    struct ct_audit q = question(s, "2024-01-01", "2024-12-31");
    q.viewer.person = lead;
    AUTO_PACK p = write_pack(s, q);
    if (zip_check_sums(ct_str_sv(&p.bytes), answer, sizeof answer) != 0)
        fail_msg("sha256sum: %s", answer);
    static const char *const tables[] = {"completions.csv", "assignments.csv", "certificates.csv"};
    CT_EACH (t, tables) {
        has(*t, file_of(s, &p, *t), "Abel", strcmp(*t, "certificates.csv") != 0);
        has(*t, file_of(s, &p, *t), "Ito", false);
        has(*t, file_of(s, &p, *t), "ANNA", false);
    }
    CT_EQ_STR("nor the file", file_of(s, &p, "certificates/ANNA*.pdf"), "");
    has("what is asked of them", file_of(s, &p, "requirements.csv"), "core-yearly", true);
    q.whom.agency = CT_SV("nowhere");
    AUTO_PACK denied = write_with(s, q, PACK_MAX, NULL);
    CT_EQ_I64("what is not theirs", denied.r, CT_DENIED);
    CT_EQ_I64("leaves nothing", (int64_t)denied.bytes.n, 0);
}

static void of_a_name_that_is_shared_no_more_is_packed_than_was_agreed(void **state)
{
    static const struct {
        enum ct_training_kind kind;
        const char *reason, *approved_by;
    } trainings[] = {{CT_TRAINING_WAIVER, "illness", "Waiver Approver"},
                     {CT_TRAINING_LEAVE, "family", "Leave Approver"},
                     {CT_TRAINING_CREDIT, "evening school", "Credit Approver"}};
    static const char *const hidden[] = {"dcs/intake",     "illness", "family", "evening school",
                                         "letter 3",       "Sue",     "E-7",    "Waiver Approver",
                                         "Leave Approver", "mistyped"};
    static const char *const tables[] = {
        "completions.csv", "assignments.csv", "outside-training-and-waivers.csv",
        "leave.csv",       "corrections.csv", "credit.csv",
        "certificates.csv"};
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t lead, id;

    fill(s);
    site_exec(s, "insert into person_fact(person, field, value, since, at) select 1, column1,"
                 " column2, '2024-01-01', 1704067200 from (values('employer_id', 'E-7'),"
                 " ('supervisor', 'Sue'))");
    for (size_t i = 0; i < sizeof trainings / sizeof trainings[0]; i++) {
        struct ct_training t = {.person = s->ann,
                                .requirement = trainings[i].kind == CT_TRAINING_LEAVE ? 0 : 1,
                                .kind = trainings[i].kind,
                                .on = day_in("2024-01-10"),
                                .until = CT_DAY_NONE,
                                .reason = ct_sv_c(trainings[i].reason),
                                .evidence = CT_SV("letter 3"),
                                .approved_by = ct_sv_c(trainings[i].approved_by)};
        CT_OK_("first", ct_training_record(s->o.store, &s->o.clock, &t, 0, &id, &err), &err);
        t.id = id;
        t.why = CT_SV("mistyped");
        t.on++;
        CT_OK_("again", ct_training_record(s->o.store, &s->o.clock, &t, 0, &id, &err), &err);
    }
    lead = orgs_person(&s->o, "lead", CT_ROLE_MANAGER);
    orgs_tie(&s->o, CT_TIE_LEAD, lead, s->mdt, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, "2024-01-01");
    orgs_tie(&s->o, CT_TIE_SHARING, s->dcs, s->mdt, false, NULL);
    struct ct_audit q = question(s, "2024-01-01", "2025-01-15");
    q.viewer.person = lead;
    AUTO_PACK p = write_pack(s, q);
    CT_EACH (t, tables)
        CT_EACH (h, hidden)
            has(*t, file_of(s, &p, *t), *h, false);
    has("her work", file_of(s, &p, "completions.csv"), "Ito", true);
    has("how she stands", file_of(s, &p, "assignments.csv"), "Ito", true);
    has("elsewhere", file_of(s, &p, "outside-training-and-waivers.csv"), "Credit Approver", true);
    has("no leave", file_of(s, &p, "leave.csv"), "Ito", false);
    has("corrected", file_of(s, &p, "corrections.csv"), "outside training", true);
    q.viewer.person = 0;
    AUTO_PACK all = write_pack(s, q);
    has("to who may see it", file_of(s, &all, "leave.csv"), "Leave Approver", true);
    has("and why", file_of(s, &all, "corrections.csv"), "illness", true);
}

static void who_leads_nothing_packs_nothing(void **state)
{
    struct site *s = *state;

    fill(s);
    struct ct_audit q = question(s, "2024-01-01", "2024-12-31");
    q.viewer.person = orgs_person(&s->o, "mo", CT_ROLE_MANAGER);
    AUTO_PACK p = write_with(s, q, PACK_MAX, NULL);
    CT_EQ_I64("denied", p.r, CT_DENIED);
    CT_EQ_STR("by", p.err.what, "leads");
}

/* The lines of the list of sums but those that a moment is in. */
static struct ct_sv lasting_sums(struct site *s, const struct pack *p)
{
    struct ct_sv rest = ct_sv_c(file_of(s, p, "manifest.sha256")), line, kept = CT_SV("");

    while (ct_sv_split(&rest, '\n', &line))
        if (!ct_sv_ends(line, CT_SV("README.txt")) && !ct_sv_ends(line, CT_SV("manifest.json")))
            kept = ct_arena_printf(&s->o.a, "%.*s%.*s\n", CT_SV_ARG(kept), CT_SV_ARG(line));
    return kept;
}

static void a_past_period_gives_the_same_each_time(void **state)
{
    struct site *s = *state;

    fill(s);
    AUTO_PACK one = write_pack(s, question(s, "2024-01-01", "2024-12-31"));
    AUTO_PACK two = write_pack(s, question(s, "2024-01-01", "2024-12-31"));
    assert_true(ct_sv_eq(ct_str_sv(&one.bytes), ct_str_sv(&two.bytes)));
    /* Everything goes on meanwhile: completions, people who leave, a changed rule. */
    s->o.now = noon("2025-06-01");
    complete(s, s->cy, 300, noon("2025-05-01"), "CYCYCYCYCYCYCYCY");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->intake, true, NULL);
    site_require(s, "another", yearly(s, "2025-06-01"));
    AUTO_PACK later = write_pack(s, question(s, "2024-01-01", "2024-12-31"));
    CT_EQ_SV("all but what says when it was made", lasting_sums(s, &later), lasting_sums(s, &one));
    assert_string_equal(file_of(s, &later, "completions.csv"), file_of(s, &one, "completions.csv"));
}

static void one_that_was_revoked_is_listed_without_a_file(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    fill(s);
    CT_OK_("revoke",
           ct_certificate_revoke(s->o.store, &s->o.clock, CT_SV("ANNAAAAAAAAAAAAA"),
                                 CT_SV("a mistake"), 0, &err),
           &err);
    AUTO_PACK p = write_pack(s, question(s, "2024-01-01", "2024-12-31"));
    has("valid at the end", file_of(s, &p, "certificates.csv"),
        ",caseworker,1,2024-02-10,,valid,\r\n", true);
    CT_EQ_STR("no file", file_of(s, &p, "certificates/ANNA*"), "");
}

static void outside_training_and_waivers_of_the_period(void **state)
{
    struct site *s = *state;

    int64_t id = site_require(s, "core-yearly", yearly(s, "2024-01-01"));
    s->o.now = noon("2024-03-01");
    record(s, (struct ct_training){.person = s->ann,
                                   .requirement = id,
                                   .kind = CT_TRAINING_CREDIT,
                                   .on = day_in("2024-02-20"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("court academy"),
                                   .evidence = CT_SV("=letter"),
                                   .approved_by = CT_SV("Ruth")});
    record(s, (struct ct_training){.person = s->bob,
                                   .requirement = id,
                                   .kind = CT_TRAINING_WAIVER,
                                   .on = day_in("2024-01-01"),
                                   .until = day_in("2024-01-31"),
                                   .reason = CT_SV("moved from another state"),
                                   .approved_by = CT_SV("Ruth")});
    record(s, (struct ct_training){.person = s->cy,
                                   .kind = CT_TRAINING_LEAVE,
                                   .on = day_in("2024-01-01"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("a secret")});
    s->o.now = noon("2024-06-01");
    AUTO_PACK p = write_pack(s, question(s, "2024-02-01", "2024-03-31"));
    const char *text = file_of(s, &p, "outside-training-and-waivers.csv");
    has("training", text, "core-yearly,outside training,2024-02-20,,,,court academy,'=letter,Ruth,",
        true);
    has("a waiver that was over", text, "another state", false);
    has("leave is a table of its own", text, "leave", false);
    text = file_of(s, &p, "leave.csv");
    has("its days", text, ",Cy,,,,2024-01-01,,,2024-03-01T18:00:00Z,", true);
    has("its reason is nobody's business", text, "secret", false);
    AUTO_PACK before = write_pack(s, question(s, "2023-02-01", "2023-03-31"));
    has("of its period alone", file_of(s, &before, "leave.csv"), "Cy", false);
}

static void corrections_are_told_with_who_when_and_why(void **state)
{
    struct site *s = *state;
    struct ct_training t = {.person = s->ann,
                            .kind = CT_TRAINING_CREDIT,
                            .on = day_in("2024-02-20"),
                            .until = CT_DAY_NONE,
                            .minutes = 60,
                            .reason = CT_SV("court academy"),
                            .evidence = CT_SV("letter"),
                            .approved_by = CT_SV("Ruth")};
    struct ct_training leave = {.person = s->bob,
                                .kind = CT_TRAINING_LEAVE,
                                .on = day_in("2024-02-01"),
                                .until = day_in("2024-02-10"),
                                .reason = CT_SV("a secret")};

    s->o.now = noon("2024-03-01");
    t.id = record(s, t);
    leave.id = record(s, leave);
    record(s, (struct ct_training){.person = s->cy,
                                   .kind = CT_TRAINING_LEAVE,
                                   .on = day_in("2024-02-01"),
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("never corrected")});
    s->o.now = noon("2024-03-05");
    t.minutes = 90;
    t.why = CT_SV("the letter says 90");
    record(s, t);
    leave.withdrawn = true;
    leave.why = CT_SV("another secret");
    record(s, leave);
    s->o.now = noon("2024-06-01");
    t.minutes = 30;
    record(s, t);
    AUTO_PACK p = write_pack(s, question(s, "2024-02-01", "2024-03-31"));
    const char *text = file_of(s, &p, "corrections.csv");
    has("the first", text,
        "Ito,Ann Marie,outside training,1,1,,2024-02-20,,60,court academy,letter,Ruth,replaced,,"
        "2024-03-01T18:00:00Z,",
        true);
    has("the one that counts", text,
        ",1,2,,2024-02-20,,90,court academy,letter,Ruth,counts,the "
        "letter says 90,2024-03-05T18:00:00Z,",
        true);
    has("leave that was withdrawn", text, "leave,2,2,,2024-02-01,2024-02-10,,,,,withdrawn,,", true);
    has("without its reasons", text, "secret", false);
    has("what was not corrected is no correction", text, "Cy", false);
    has("what was corrected later is not told", text, ",30,", false);
}

static void what_became_of_units_is_told(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    const struct ct_org_closing c = {.org = s->night,
                                     .on = CT_SV("2024-02-10"),
                                     .note = CT_SV("merged"),
                                     .seen_people = CT_ORG_UNSEEN,
                                     .seen_asked = CT_ORG_UNSEEN};
    int64_t pd;

    s->o.now = noon("2024-01-10");
    pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL);
    CT_OK_("move",
           ct_org_move(s->o.store, &s->o.clock, s->night, 0, CT_SV("2024-02-05"), 0, NULL, &err),
           &err);
    CT_OK_("close", ct_org_close(s->o.store, &s->o.clock, &c, &err), &err);
    s->o.now = noon("2024-06-01");
    orgs_add(&s->o, CT_ORG_AGENCY, "later", NULL);
    assert_true(pd > 0);
    AUTO_PACK p = write_pack(s, question(s, "2024-02-01", "2024-03-31"));
    const char *text = file_of(s, &p, "agencies-and-units.csv");
    has("an agency", text, "dcs,agency,North County CPS,,America/Chicago,7,,", true);
    has("what was closed", text, "dcs/night,unit,dcs/night,,,,2024-02-10,", true);
    has("another one", text, "pd,agency,", true);
    has("what came later", text, "later", false);
    text = file_of(s, &p, "changes-of-units.csv");
    has("moved", text, "dcs/night,unit,moved,dcs,2024-02-05,,2024-01-10T18:00:00Z,", true);
    has("closed", text, "dcs/night,unit,closed,,2024-02-10,merged,2024-01-10T18:00:00Z,", true);
    struct ct_audit of_dcs = question(s, "2024-01-01", "2024-01-31");
    of_dcs.whom.agency = CT_SV("dcs");
    AUTO_PACK before = write_pack(s, of_dcs);
    text = file_of(s, &before, "agencies-and-units.csv");
    has("open at the end of January", text, "dcs/night,unit,dcs/night,dcs/intake,,,,", true);
    has("of the agency alone", text, "pd,", false);
    has("recorded in January", file_of(s, &before, "changes-of-units.csv"), "closed", true);
}

static void rules_that_were_replaced_are_told(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    int64_t id = site_require(s, "core-yearly", rule);

    rule.due.days = 60;
    rule.title = CT_SV("Sixty days");
    s->o.now = noon("2024-02-01");
    CT_OK_("mended", ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 0, 0, &err),
           &err);
    s->o.now = noon("2024-06-01");
    AUTO_PACK p = write_pack(s, question(s, "2024-01-01", "2024-03-31"));
    const char *text = file_of(s, &p, "requirements.csv");
    has("the first, and when it was replaced", text,
        ",2024-01-01T00:00:00Z,,2024-02-01T18:00:00Z\r\n", true);
    has("the one that holds", text, "within 60 days", true);
    AUTO_PACK before = write_pack(s, question(s, "2024-01-01", "2024-01-31"));
    has("nobody knew in January", file_of(s, &before, "requirements.csv"), "60 days", false);
}

static void a_period_is_two_days_that_have_come(void **state)
{
    static const struct {
        const char *name, *from, *until, *what;
    } cases[] = {
        {"backwards", "2024-02-01", "2024-01-31", "until"},
        {"ahead", "2025-02-01", "2025-02-28", "from"},
        {"an end that is ahead", "2024-02-01", "2025-02-28", "until"},
        {"longer than ten years", "2010-02-01", "2024-02-28", "from"},
    };
    struct site *s = *state;

    fill(s);
    CT_EACH (c, cases) {
        AUTO_PACK p = write_with(s, question(s, c->from, c->until), PACK_MAX, NULL);
        CT_EQ_I64(c->name, p.r, CT_BAD_INPUT);
        CT_EQ_STR(c->name, p.err.what, c->what);
        CT_EQ_I64(c->name, (int64_t)p.bytes.n, 0);
    }
}

static int stop_at(void *arg, int64_t done, int64_t total, struct ct_err *err)
{
    int *left = arg;

    assert_true(done <= total || total == 0);
    return (*left)-- > 0 ? CT_OK : ct_fail(err, CT_CONFLICT, "order", "it was cancelled");
}

static void it_ends_wherever_it_is_stopped(void **state)
{
    struct site *s = *state;
    int steps = 1000, left = steps;
    struct ct_progress progress = {stop_at, &left};

    fill(s);
    AUTO_PACK whole = write_with(s, question(s, "2024-01-01", "2024-12-31"), PACK_MAX, &progress);
    CT_OK_("not stopped", whole.r, &whole.err);
    steps -= left;
    assert_true(steps > 5);
    for (int i = 0; i < steps; i++) {
        left = i;
        AUTO_PACK p = write_with(s, question(s, "2024-01-01", "2024-12-31"), PACK_MAX, &progress);
        CT_EQ_I64("stopped", p.r, CT_CONFLICT);
    }
    for (size_t max = 0; max < whole.bytes.n; max += whole.bytes.n / 7) {
        AUTO_PACK p = write_with(s, question(s, "2024-01-01", "2024-12-31"), max, NULL);
        CT_EQ_I64("full", p.r, CT_TOO_BIG);
    }
}

static void it_is_called_by_its_question(void **state)
{
    struct site *s = *state;
    struct ct_audit q = question(s, "2024-01-01", "2024-12-31");

    CT_EQ_SV("all", ct_audit_name(&s->o.a, &q), CT_SV("audit-2024-01-01-to-2024-12-31"));
    q.whom.agency = CT_SV("dcs");
    CT_EQ_SV("agency", ct_audit_name(&s->o.a, &q), CT_SV("audit-2024-01-01-to-2024-12-31-dcs"));
    q.whom.unit = CT_SV("dcs/intake");
    q.whom.task_force = CT_SV("mdt");
    CT_EQ_SV("more", ct_audit_name(&s->o.a, &q),
             CT_SV("audit-2024-01-01-to-2024-12-31-dcs-intake-mdt"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_holds_what_it_says, site_open, site_close),
        cmocka_unit_test_setup_teardown(certificates_are_confirmed_by_the_key_in_it, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(days_are_those_of_the_person, site_open, site_close),
        cmocka_unit_test_setup_teardown(a_manager_packs_the_own_people, site_open, site_close),
        cmocka_unit_test_setup_teardown(of_a_name_that_is_shared_no_more_is_packed_than_was_agreed,
                                        site_open, site_close),
        cmocka_unit_test_setup_teardown(corrections_are_told_with_who_when_and_why, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(what_became_of_units_is_told, site_open, site_close),
        cmocka_unit_test_setup_teardown(rules_that_were_replaced_are_told, site_open, site_close),
        cmocka_unit_test_setup_teardown(who_leads_nothing_packs_nothing, site_open, site_close),
        cmocka_unit_test_setup_teardown(a_past_period_gives_the_same_each_time, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(one_that_was_revoked_is_listed_without_a_file, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(outside_training_and_waivers_of_the_period, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_period_is_two_days_that_have_come, site_open, site_close),
        cmocka_unit_test_setup_teardown(it_ends_wherever_it_is_stopped, site_open, site_close),
        cmocka_unit_test_setup_teardown(it_is_called_by_its_question, site_open, site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
