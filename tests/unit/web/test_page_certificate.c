/*
 * test_page_certificate.c: what a certificate's page says to whom; that guessing is told nothing;
 * files to take away; what administrators do.
 */
#include "walk.h"

#include "ct/learn/certificate_paper.h"

#include "ct/base/banned.h"

#define OLD "AAAABBBBCCCCDDDD"
#define NEW "AAAABBBBCCCCEEEE"
#define ASH "AAAABBBBCCCCFFFF"

enum { YEAR = 366 * 86400 };

static struct ct_err none;

static int add_certificates(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(
        db,
        "insert into completion(id, person, course, course_title, discipline, revision, score,"
        " minutes, at) values"
        "(1, 1, 'basics', 'The basics', 'prosecutor',"
        " '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 91, 40, 1690000000),"
        "(2, 1, 'basics', 'The basics', 'prosecutor',"
        " '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 95, 40, 1695000000),"
        "(3, 2, 'basics', 'The basics', 'judge',"
        " '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', null, 40,"
        " 1690000000);"
        "insert into certificate(code, completion, name, discipline_name, minutes, issued_at) "
        "values"
        "('" OLD "', 1, 'Pat <Prosecutor>', 'Prosecutor', 150, 1690000000),"
        "('" NEW "', 2, 'Pat <Prosecutor>', 'Prosecutor', 150, 1695000000),"
        "('" ASH "', 3, 'Jo Judge', 'Judge', 150, 1690000000);"
        "insert into certificate_term(code, months) values('" OLD "', 12), ('" NEW "', 12),"
        "('" ASH "', 0);",
        err);
}

static int open_certificates(void **state)
{
    if (site_open(state) != 0)
        return -1;
    site_person(*state, "pat@example.org", "Pat <Prosecutor>", "prosecutor", CT_ROLE_LEARNER);
    site_person(*state, "jo@example.org", "Jo Judge", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    site_person(*state, "ada@example.org", "Ada Admin", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    struct site *s = *state;
    CT_OK_("rows", ct_store_write(s->store, add_certificates, NULL, &none), &none);
    return 0;
}

static void each_status_is_said_with_its_dates(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    walk_page(&b, "/certificates/" NEW, "certificate.verify");
    CT_AUTO_JSON *valid = walk_json(&b, "/certificates/aaaa-bbbb-cccc-eeee");
    assert_true(walk_flag(valid, "is_valid"));
    CT_EQ_SV("until", walk_text(valid, "expires/iso"), CT_SV("2024-09-18"));
    CT_EQ_SV("hours", walk_text(valid, "hours"), CT_SV("2.5"));
    CT_EQ_SV("revision", walk_text(valid, "revision"), CT_SV("0123456789ab"));
    assert_true(json_is_null(walk_at(valid, "newer")));
    walk_page(&b, "/certificates/" OLD, "certificate.superseded");
    CT_AUTO_JSON *old = walk_json(&b, "/certificates/" OLD);
    assert_true(walk_flag(old, "is_superseded") && !walk_flag(old, "is_valid"));
    CT_EQ_SV("by", walk_text(old, "newer/code"), CT_SV("AAAA-BBBB-CCCC-EEEE"));
    CT_EQ_SV("there", walk_text(old, "newer/href"), CT_SV("/certificates/AAAA-BBBB-CCCC-EEEE"));
    s->now += YEAR;
    CT_AUTO_JSON *expired = walk_json(&b, "/certificates/" NEW);
    assert_true(walk_flag(expired, "is_expired"));
    CT_EQ_SV("word", walk_text(expired, "status"), CT_SV("expired"));
    CT_AUTO_JSON *endless = walk_json(&b, "/certificates/" ASH);
    assert_true(walk_flag(endless, "is_valid") && json_is_null(walk_at(endless, "expires")));
    CT_OK_(
        "revoked",
        ct_certificate_revoke(s->store, &s->clock, CT_SV(NEW), CT_SV("A secret reason"), 3, &none),
        &none);
    CT_AUTO_JSON *revoked = walk_json(&b, "/certificates/" NEW);
    assert_true(walk_flag(revoked, "is_revoked"));
    CT_EQ_SV("when", walk_text(revoked, "revoked/iso"), CT_SV("2024-11-14"));
    assert_true(json_is_null(walk_at(revoked, "pdf_href")));
    CT_AUTO_JSON *again = walk_json(&b, "/certificates/" OLD);
    assert_true(walk_flag(again, "is_expired")); /* a revoked one takes nobody's place */
}

static void strangers_are_told_no_former_name_and_no_reason(void **state)
{
    static const struct {
        const char *name, *email;
        bool is_told, is_owner, is_admin;
    } cases[] = {
        {"a stranger", NULL, false, false, false},
        {"the holder", "pat%40example.org", true, true, false},
        {"a manager", "jo%40example.org", false, false, false},
        {"an administrator", "ada%40example.org", true, false, true},
    };
    struct site *s = *state;

    CT_OK_("name",
           ct_certificate_set_name(s->store, &s->clock, 1, CT_SV("Patricia Pond"), 3, &none),
           &none);
    CT_OK_(
        "revoked",
        ct_certificate_revoke(s->store, &s->clock, CT_SV(NEW), CT_SV("A secret reason"), 3, &none),
        &none);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = s};
        if (c->email)
            browser_sign_in(&b, c->email);
        CT_AUTO_JSON *page = walk_json(&b, "/certificates/" NEW);
        CT_EQ_SV(c->name, walk_text(page, "name"), CT_SV("Patricia Pond"));
        CT_EQ_I64(c->name, json_array_size(walk_at(page, "former_names")), c->is_told);
        CT_EQ_I64(c->name, json_is_string(walk_at(page, "revoke_reason")), c->is_told);
        CT_EQ_I64(c->name, walk_flag(page, "is_owner"), c->is_owner);
        CT_EQ_I64(c->name, walk_flag(page, "is_admin"), c->is_admin);
        CT_EQ_I64(c->name, browser_get(&b, "/certificates/" NEW), 200);
        CT_EQ_I64(c->name, strstr(b.body, "Prosecutor&gt;") != NULL,
                  c->is_told); /* the former name; Pat's own head says it too */
        CT_EQ_I64(c->name, strstr(b.body, "A secret reason") != NULL, c->is_told);
        walk_tidy(&b, c->name);
    }
}

static void a_guess_is_told_nothing(void **state)
{
    static const char *const guesses[] = {"/certificates/AAAABBBBCCCCDDDE",
                                          "/certificates/x",
                                          "/certificates/----",
                                          "/certificates/%20",
                                          "/certificates/.pdf",
                                          "/certificates/AAAABBBBCCCCDDDE.pdf",
                                          "/certificates/%27%20or%20%271",
                                          "/certificates/AAAABBBBCCCCDDD",
                                          "/certificates/AAAABBBBCCCCDDDDD"};
    AUTO_BROWSER b = {.site = *state};
    char first[65536] = "";

    CT_EQ_I64("a page, for its cookie", browser_get(&b, "/sign-in"), 200);
    CT_EACH (guess, guesses) {
        CT_EQ_I64(*guess, browser_get(&b, *guess), 404);
        assert_true(strlen(b.body) < sizeof first);
        if (!first[0])
            snprintf(first, sizeof first, "%s", b.body);
        CT_EQ_STR(*guess, b.body, first);
        CT_EQ_I64(*guess, b.rs->retry_after, 0);
        assert_null(b.rs->disposition.p);
    }
}

static int get_from(struct browser *b, const char *target, const char *address)
{
    struct ct_request rq = {
        .method = CT_SV("GET"), .target = ct_sv_c(target), .remote = ct_sv_c(address)};

    return browser_send(b, &rq);
}

static void many_wrong_codes_have_to_wait_and_true_ones_not(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, pat = {.site = s};
    int answered = 0;

    browser_sign_in(&pat, "pat%40example.org");
    while (get_from(&b, "/certificates/WRONG", "192.0.2.1") == 404)
        answered++;
    CT_EQ_I64("tries", answered, 60);
    CT_EQ_I64("then", b.rs->status, 429);
    CT_EQ_I64("wait", b.rs->retry_after, 2);
    assert_null(strstr(b.body, "WRONG"));
    CT_EQ_I64("other forms alike", get_from(&b, "/certificates/W.pdf", "192.0.2.1"), 429);
    CT_EQ_I64("a true code from there", get_from(&b, "/certificates/" NEW, "192.0.2.1"), 200);
    CT_EQ_I64("another address", get_from(&b, "/certificates/WRONG", "192.0.2.2"), 404);
    CT_EQ_I64("who is signed in", get_from(&pat, "/certificates/WRONG", "192.0.2.1"), 404);
    s->now += 2;
    CT_EQ_I64("after the wait", get_from(&b, "/certificates/WRONG", "192.0.2.1"), 404);
}

static int verify(struct browser *b, json_t **ret)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR kept = CT_STR_INIT(CT_REPORT_MAX);
    struct ct_public_key *keys;
    const struct ct_public_key *by;
    size_t n;

    ct_str_add_sv(&kept, ct_str_sv(&b->rs->body));
    CT_EQ_I64("key", browser_get(b, "/certificates/key"), 200);
    CT_OK_("keys", ct_public_keys_read(&a, ct_sv_c(b->body), &keys, &n, &none), &none);
    return ct_certificate_verify(ct_str_sv(&kept), keys, n, ret, &by, NULL);
}

static void files_are_signed_by_the_key_of_the_site(void **state)
{
    static const struct {
        const char *name, *target, *type, *disposition;
    } cases[] = {
        {"document", "/certificates/AAAA-BBBB-CCCC-EEEE.json", "application/json",
         "attachment; filename=\"certificate-AAAA-BBBB-CCCC-EEEE.json\""},
        {"page", "/certificates/aaaabbbbcccceeee.pdf", "application/pdf",
         "attachment; filename=\"certificate-AAAA-BBBB-CCCC-EEEE.pdf\""},
    };
    struct site *s = *state;

    CT_OK_("name",
           ct_certificate_set_name(s->store, &s->clock, 1, CT_SV("Patricia Pond"), 3, &none),
           &none);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = s};
        CT_AUTO_JSON *facts = NULL;
        CT_EQ_I64(c->name, browser_get(&b, c->target), 200);
        CT_EQ_STR(c->name, b.rs->content_type, c->type);
        CT_EQ_SV(c->name, b.rs->disposition, ct_sv_c(c->disposition));
        CT_EQ_I64(c->name, verify(&b, &facts), CT_OK);
        CT_EQ_SV(c->name, ct_json_get_sv(facts, "certificate_name"), CT_SV("Patricia Pond"));
        CT_EQ_SV(c->name, ct_json_get_sv(facts, "issuer"), CT_SV("Alder County"));
    }
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *keys = NULL;
    b.accept = "application/json";
    CT_EQ_I64("keys", browser_get(&b, "/certificates/key"), 200);
    CT_OK_("as JSON", ct_json_parse(ct_sv_c(b.body), 4096, &keys, &none), &none);
    CT_EQ_SV("algorithm", walk_text(keys, "algorithm"), CT_SV("Ed25519"));
    CT_EQ_I64("length", walk_text(keys, "keys/0/public_key").n, CT_PUBLIC_KEY_TEXT);
    CT_OK_("revoked",
           ct_certificate_revoke(s->store, &s->clock, CT_SV(NEW), CT_SV("Why"), 0, &none), &none);
    CT_EACH (c, cases)
        CT_EQ_I64("a revoked one", browser_get(&b, c->target), 409);
}

static void a_key_that_cannot_be_used_is_our_fault(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    ct_temp_write(&s->temp, "test.key", "secret of mine");
    CT_EQ_I64("mode", chmod(s->key, 0600), 0);
    CT_EQ_I64("document", browser_get(&b, "/certificates/" NEW ".json"), 500);
    assert_null(strstr(b.body, "test.key"));
    assert_null(strstr(b.body, "secret of mine"));
    CT_EQ_I64("key", browser_get(&b, "/certificates/key"), 500);
    CT_EQ_I64("the page needs none", browser_get(&b, "/certificates/" NEW), 200);
}

static void only_administrators_change_what_is_said(void **state)
{
    static const char *const emails[] = {"pat%40example.org", "jo%40example.org"};
    static const char *const targets[] = {
        "/certificates/" NEW "/revoke", "/certificates/NOTHING/revoke",
        "/certificates/" NEW "/name", "/certificates/NOTHING/name"};
    struct site *s = *state;

    CT_EACH (email, emails) {
        AUTO_BROWSER b = {.site = s};
        browser_sign_in(&b, *email);
        CT_EACH (target, targets)
            CT_EQ_I64(*target, browser_post(&b, *target, "reason=a&name=b"), 403);
        CT_EQ_I64("list", browser_get(&b, "/certificates"), 403);
    }
}

static void an_administrator_revokes_and_renames(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char url[256];

    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/certificates", "certificates");
    walk_page(&b, "/certificates?text=nobody", "certificates.empty");
    CT_AUTO_JSON *list = walk_json(&b, "/certificates?text=Jo");
    CT_EQ_I64("found", json_array_size(walk_at(list, "rows")), 1);
    snprintf(url, sizeof url, "%.*s", CT_SV_ARG(walk_text(list, "rows/0/href")));
    walk_page(&b, url, "certificate.admin");
    CT_AUTO_JSON *page = walk_json(&b, url);
    char revoke[256], name[256];
    snprintf(revoke, sizeof revoke, "%.*s", CT_SV_ARG(walk_text(page, "revoke_action")));
    snprintf(name, sizeof name, "%.*s", CT_SV_ARG(walk_text(page, "name_action")));
    CT_EQ_I64("no reason", browser_post(&b, revoke, "reason=+"), 400);
    CT_EQ_I64("no name", browser_post(&b, name, "name="), 400);
    CT_EQ_I64("unknown", browser_post(&b, "/certificates/NOTHING/revoke", "reason=a"), 404);
    CT_EQ_I64("renamed", browser_post(&b, name, "name=Joanna+%D0%96"), 303);
    CT_EQ_SV("back", browser_location(&b), ct_sv_c(url));
    CT_EQ_I64("revoked", browser_post(&b, revoke, "reason=Wrong+person"), 303);
    CT_EQ_I64("once", browser_post(&b, revoke, "reason=Wrong+person"), 409);
    walk_page(&b, url, "certificate.revoked");
    CT_AUTO_JSON *after = walk_json(&b, url);
    CT_EQ_SV("name", walk_text(after, "name"), CT_SV("Joanna Ж"));
    CT_EQ_SV("reason", walk_text(after, "revoke_reason"), CT_SV("Wrong person"));
    CT_EQ_SV("before", walk_text(after, "former_names/0/name"), CT_SV("Jo Judge"));
    assert_true(json_is_null(walk_at(after, "revoke_action")));
}

static void the_owner_is_told_when_to_renew(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    browser_sign_in(&b, "pat%40example.org");
    CT_AUTO_JSON *early = walk_json(&b, "/certificates/" NEW);
    CT_EQ_SV("from", walk_text(early, "renewal/from/iso"), CT_SV("2024-06-18"));
    assert_false(walk_flag(early, "renewal/is_open"));
    AUTO_BROWSER stranger = {.site = s};
    CT_AUTO_JSON *seen = walk_json(&stranger, "/certificates/" NEW);
    assert_true(json_is_null(walk_at(seen, "renewal")));
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_certificates, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_status_is_said_with_its_dates),
        T(strangers_are_told_no_former_name_and_no_reason),
        T(a_guess_is_told_nothing),
        T(many_wrong_codes_have_to_wait_and_true_ones_not),
        T(files_are_signed_by_the_key_of_the_site),
        T(a_key_that_cannot_be_used_is_our_fault),
        T(only_administrators_change_what_is_said),
        T(an_administrator_revokes_and_renames),
        T(the_owner_is_told_when_to_renew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
