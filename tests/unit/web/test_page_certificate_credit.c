/*
 * test_page_certificate_credit.c: a certificate's page with credit: who is told what, and the
 * holder's attestation.
 */
#include "walk.h"

#include "ct/learn/certificate_paper.h"

#include "ct/base/banned.h"

#define CODE "AAAABBBBCCCCDDDD"

static struct ct_err none;

static int add_certificate(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(
        db,
        "insert into completion(id, person, course, course_title, discipline, revision, score,"
        " minutes, at) values(1, 1, 'basics', 'The basics', 'prosecutor',"
        " '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 91, 60, 1690000000);"
        "insert into certificate(code, completion, name, discipline_name, minutes, issued_at)"
        " values('" CODE "', 1, 'Pat', 'Prosecutor', 60, 1690000000);",
        err);
}

/* A rule of before the day of issue, and an approval that is recorded today. */
static int open_credit(void **state)
{
    const struct ct_credit_rule rule = {.type = CT_SV("cle"),
                                        .title = CT_SV("Legal education"),
                                        .source = CT_SV("as the board says"),
                                        .from = 19000,
                                        .hour = 60,
                                        .step = 25,
                                        .needs_approval = true,
                                        .attestation = CT_SV("I took this <course> myself.")};
    const struct ct_credit_approval approval = {.course = CT_SV("basics"),
                                                .type = CT_SV("cle"),
                                                .state = CT_SV("Alder"),
                                                .body = CT_SV("Alder State Bar"),
                                                .number = CT_SV("26-1140"),
                                                .hundredths = 150,
                                                .from = 19000,
                                                .until = CT_DAY_NONE,
                                                .withdrawn = CT_DAY_NONE};

    struct ct_credit_approval later = approval;

    if (site_open(state) != 0)
        return -1;
    struct site *s = *state;
    later.body = CT_SV("Birch State Bar");
    later.from = 22000;
    site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    site_person(s, "jo@example.org", "Jo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(s, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    CT_OK_("rows", ct_store_write(s->store, add_certificate, NULL, &none), &none);
    CT_OK_("rule", ct_credit_rule_save(s->store, &s->clock, &rule, 0, 0, NULL, &none), &none);
    CT_OK_("approval", ct_credit_approval_save(s->store, &s->clock, &approval, 0, NULL, &none),
           &none);
    CT_OK_("one of later", ct_credit_approval_save(s->store, &s->clock, &later, 0, NULL, &none),
           &none);
    return 0;
}

static void only_the_holder_attests(void **state)
{
    static const struct {
        const char *name, *email;
        bool asked;
        int answer;
    } cases[] = {
        {"a manager", "jo%40example.org", false, 404},
        {"an administrator", "ada%40example.org", false, 404},
        {"the holder", "pat%40example.org", true, 303},
    };

    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = *state};
        browser_sign_in(&b, c->email);
        CT_AUTO_JSON *page = walk_json(&b, "/certificates/" CODE);
        CT_EQ_I64(c->name, walk_flag(page, "has_asks"), c->asked);
        CT_EQ_I64(c->name, walk_flag(page, "has_credit"), false);
        CT_EQ_I64(c->name, browser_post(&b, "/certificates/" CODE "/attest", "type=cle"),
                  c->answer);
    }
    AUTO_BROWSER b = {.site = *state};
    browser_sign_in(&b, "pat%40example.org");
    CT_EQ_I64("a type of which nothing is asked",
              browser_post(&b, "/certificates/" CODE "/attest", "type=ce"), 400);
}

static void what_was_attested_is_borne_for_all_to_see(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER pat = {.site = s}, stranger = {.site = s};

    browser_sign_in(&pat, "pat%40example.org");
    CT_EQ_I64("the form", browser_get(&pat, "/certificates/" CODE), 200);
    assert_non_null(strstr(pat.body, "I took this &lt;course&gt; myself."));
    assert_non_null(strstr(pat.body, "<button class=\"button\" type=\"submit\">I attest this"));
    walk_tidy(&pat, "the form");
    CT_EQ_I64("attest", browser_post(&pat, "/certificates/" CODE "/attest", "type=cle"), 303);
    CT_EQ_SV("back", browser_location(&pat), CT_SV("/certificates/AAAA-BBBB-CCCC-DDDD"));
    walk_page(&pat, "/certificates/" CODE, "certificate.admin");
    CT_AUTO_JSON *own = walk_json(&pat, "/certificates/" CODE);
    CT_EQ_I64("issued and reissued", json_array_size(walk_at(own, "issues")), 2);
    CT_EQ_SV("why not by another", walk_text(own, "refused/0/reason"),
             CT_SV("the approval begins on 2030-03-27"));
    CT_AUTO_JSON *seen = walk_json(&stranger, "/certificates/" CODE);
    CT_EQ_I64("no reasons for strangers", json_array_size(walk_at(seen, "refused")), 0);
    CT_EQ_SV("hours", walk_text(seen, "credit/0/credit_hours"), CT_SV("1"));
    CT_EQ_SV("number", walk_text(seen, "credit/0/approval_no"), CT_SV("26-1140"));
    assert_true(json_is_string(walk_at(seen, "reissued/iso")));
    CT_EQ_I64("no history for strangers", json_array_size(walk_at(seen, "issues")), 0);
    CT_EQ_I64("the document", browser_get(&stranger, "/certificates/" CODE ".json"), 200);
    assert_non_null(strstr(stranger.body, "\"credit_hours\":\"1\""));
}

static void a_person_s_own_record_has_the_hours(void **state)
{
    AUTO_BROWSER pat = {.site = *state};

    browser_sign_in(&pat, "pat%40example.org");
    CT_AUTO_JSON *before = walk_json(&pat, "/me");
    CT_EQ_SV("the form is here, too", walk_text(before, "asks/0/action"),
             CT_SV("/certificates/AAAA-BBBB-CCCC-DDDD/attest"));
    CT_EQ_I64("in-service alone", json_array_size(walk_at(before, "hours")), 1);
    CT_EQ_I64("attest", browser_post(&pat, "/certificates/" CODE "/attest", "type=cle"), 303);
    walk_page(&pat, "/me", "me.empty");
    CT_AUTO_JSON *after = walk_json(&pat, "/me");
    const json_t *hours = walk_at(after, "hours");
    const json_t *cle = json_array_get(hours, walk_find(hours, "credit_type", "cle"));
    CT_EQ_SV("hours", ct_json_get_sv(cle, "hours"), CT_SV("1"));
    CT_EQ_I64("year", walk_int(cle, "credit_year"), 2023);
    assert_false(walk_flag(after, "has_asks"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_credit, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(only_the_holder_attests),
        T(what_was_attested_is_borne_for_all_to_see),
        T(a_person_s_own_record_has_the_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
