/*
 * test_people.c: the pages about people and agencies: what an administrator sees and changes there,
 * and that nobody else does.
 */
#include "walk.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

static void open_admin(struct browser *b)
{
    site_person(b->site, "ada@example.org", "Ada Admin", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(b->site, "pat@example.org", "Pat Ōta", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(b, "ada%40example.org");
}

/* Posts and is led on. */
static void does(struct browser *b, const char *target, const char *fields)
{
    browser_get(b, "/people");
    CT_EQ_I64(fields, browser_post(b, target, fields), 303);
}

static void make_county(struct browser *b)
{
    does(b, "/agencies/add",
         "kind=agency&path=dcs&name=Alder+DCS&time_zone=America%2FChicago&fiscal_month=7");
    does(b, "/agencies/add", "kind=unit&path=dcs%2Fintake&name=Intake&below=");
    does(b, "/agencies/add", "kind=unit&path=dcs%2Fnight&name=Night&below=dcs%2Fintake");
    does(b, "/agencies/add", "kind=task-force&path=mdt&name=MDT");
    does(b, "/agencies/lead", "org=2&email=pat%40example.org&on=");
    does(b, "/agencies/share", "org=4&agency=1&note=Memorandum+of+March");
    does(b, "/people/2/place", "org=3&on=2023-11-01&ends=");
    does(b, "/people/2/facts", "field=employer_id&value=E1&since=2023-11-02");
}

static void agencies_are_shown_with_who_leads_them(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    make_county(&b);
    walk_page(&b, "/agencies", "agencies");
    CT_AUTO_JSON *page = walk_json(&b, "/agencies");
    CT_EQ_SV("agency", walk_text(page, "agencies/0/name"), CT_SV("Alder DCS"));
    CT_EQ_I64("month", walk_int(page, "agencies/0/fiscal_month"), 7);
    CT_EQ_SV("its name", walk_text(page, "agencies/0/fiscal_begins"), CT_SV("July"));
    CT_EQ_SV("led", walk_text(page, "agencies/0/units/0/leads/0/email"), CT_SV("pat@example.org"));
    CT_EQ_I64("below", walk_int(page, "agencies/0/units/1/level"), 2);
    CT_EQ_I64("people", walk_int(page, "agencies/0/units/1/people"), 1);
    CT_EQ_SV("agreed", walk_text(page, "task_forces/0/sharings/0/note"),
             CT_SV("Memorandum of March"));
    does(&b, "/agencies/rename", "org=1&name=Alder+County+DCS");
    does(&b, "/agencies/lead", "org=2&email=pat%40example.org&ends=1");
    CT_AUTO_JSON *after = walk_json(&b, "/agencies");
    CT_EQ_SV("renamed", walk_text(after, "agencies/0/name"), CT_SV("Alder County DCS"));
    assert_false(walk_flag(after, "agencies/0/units/0/has_leads"));
}

static void wrong_input_is_named(void **state)
{
    static const struct {
        const char *name, *target, *fields;
        int want;
        const char *says;
    } cases[] = {
        {"an agency twice", "/agencies/add", "kind=agency&path=dcs&name=x", 400,
         "There is one of this short name already"},
        {"a kind that is none", "/agencies/add", "kind=club&path=x&name=x", 400, "kind"},
        {"a unit of nowhere", "/agencies/add", "kind=unit&path=pd%2Fx&name=x", 400,
         "There is no agency"},
        {"a lead who is nobody", "/agencies/lead", "org=1&email=no%40example.org", 400,
         "There is nobody with this e-mail address"},
        {"a day that was not", "/people/2/place", "org=1&on=2023-02-30", 400,
         "A day of the calendar is wanted, as in"},
        {"a place that is none", "/people/2/place", "org=99", 400, "There is no such agency"},
        {"somebody who is not there", "/people/99/place", "org=1", 404, "no such page"},
        {"a fact that is none", "/people/2/facts", "field=shoe&value=1", 400,
         "Nothing of this name is kept of people"},
        {"the own account", "/people/1/active", "active=0", 400, "Nobody disables the own account"},
        {"a discipline that is none", "/people/2/discipline", "discipline=wizard", 400,
         "No such discipline"},
        {"an address twice", "/people", "name=X&email=PAT%40example.org&discipline=judge", 400,
         "Somebody has this e-mail address already"},
        {"a learner without a discipline", "/people",
         "name=X&email=x%40example.org&discipline=", 400, "A learner has a discipline"},
    };
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    make_county(&b);
    CT_EACH (c, cases) {
        browser_get(&b, "/people");
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->fields), c->want);
        if (!strstr(b.body, c->says))
            fail_msg("%s: does not say %s", c->name, c->says);
    }
}

static void a_wrong_form_comes_back_as_it_was_typed(void **state)
{
    static const struct {
        const char *name, *target, *fields, *value, *error;
    } cases[] = {
        {"somebody new", "/people", "name=Xenia+%26+Co&email=PAT%40example.org&discipline=judge",
         "value=\"Xenia &amp; Co\"", "id=\"new-email-error\""},
        {"an option that was chosen", "/people", "name=X&email=x&discipline=judge&role=manager",
         "<option value=\"manager\" selected>", "id=\"new-email-error\""},
        {"an agency", "/agencies/add", "kind=agency&path=dcs&name=Second", "value=\"Second\"",
         "id=\"agency-path-error\""},
        {"a unit", "/agencies/add", "kind=unit&path=pd%2Fx&name=Vice", "value=\"Vice\"",
         "id=\"unit-path-error\""},
        {"a lead", "/agencies/lead", "org=1&email=no%40example.org", "value=\"no@example.org\"",
         "id=\"lead-email-error\""},
        {"a fact", "/people/2/facts", "field=hired_on&value=soon", "value=\"soon\"",
         "id=\"value-error\""},
        {"a place", "/people/2/place", "org=1&on=2023-02-30", "value=\"2023-02-30\"",
         "id=\"on-error\""},
    };
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    make_county(&b);
    CT_EACH (c, cases) {
        browser_get(&b, "/people");
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->fields), 400);
        if (!strstr(b.body, c->value) || !strstr(b.body, c->error))
            fail_msg("%s: %s", c->name, b.body);
        walk_tidy(&b, c->name);
    }
}

static void people_are_found(void **state)
{
    static const struct {
        const char *name, *target;
        int64_t total;
    } cases[] = {
        {"all", "/people", 2},
        {"by a part of the name, in any case", "/people?text=ōTA", 1},
        {"by address", "/people?text=ada%40", 1},
        {"by two words", "/people?text=pat+example", 1},
        {"by words that are not there", "/people?text=pat+ada", 0},
        {"by discipline", "/people?discipline=judge", 1},
        {"by agency, through a unit below", "/people?agency=dcs", 1},
        {"by unit", "/people?unit=dcs%2Fintake", 1},
        {"by task force", "/people?task_force=mdt", 0},
        {"who is not active", "/people?active=no", 0},
        {"behind the last page", "/people?page=9", 2},
    };
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    make_county(&b);
    CT_EACH (c, cases) {
        CT_AUTO_JSON *page = walk_json(&b, c->target);
        CT_EQ_I64(c->name, walk_int(page, "total"), c->total);
    }
    walk_page(&b, "/people?unit=dcs%2Fintake", "people");
    CT_EQ_I64("no such unit", browser_get(&b, "/people?unit=moon"), 400);
    CT_EQ_I64("no such state", browser_get(&b, "/people?active=maybe"), 400);
}

static void a_person_is_shown_with_all_that_was_recorded(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    make_county(&b);
    walk_page(&b, "/people/2", "person");
    CT_AUTO_JSON *page = walk_json(&b, "/people/2");
    CT_EQ_SV("fact", walk_text(page, "facts/0/value"), CT_SV("E1"));
    CT_EQ_SV("since", walk_text(page, "facts/0/since/iso"), CT_SV("2023-11-02"));
    CT_EQ_SV("by", walk_text(page, "history/0/by"), CT_SV("Ada Admin"));
    CT_EQ_SV("where", walk_text(page, "places/0/title"), CT_SV("Alder DCS: Night"));
    CT_EQ_SV("leads", walk_text(page, "leads/0/title"), CT_SV("Alder DCS: Intake"));
    does(&b, "/people/2/place", "org=3&ends=1");
    does(&b, "/people/2/discipline", "discipline=judge");
    CT_AUTO_JSON *after = walk_json(&b, "/people/2");
    assert_false(walk_flag(after, "has_places"));
    CT_EQ_I64("events", json_array_size(walk_at(after, "events")), 3);
    CT_EQ_I64("disciplines", json_array_size(walk_at(after, "tenures")), 2);
    CT_EQ_I64("nobody", browser_get(&b, "/people/99"), 404);
    CT_EQ_I64("no number", browser_get(&b, "/people/x"), 404);
}

static void a_link_lets_somebody_choose_a_password(void **state)
{
    AUTO_BROWSER b = {.site = *state}, guest = {.site = *state};
    char path[128];

    open_admin(&b);
    does(&b, "/people", "name=Nora+New&email=nora%40example.org&discipline=judge&role=learner");
    CT_EQ_SV("led to the person", browser_location(&b), CT_SV("/people/3"));
    browser_get(&b, "/people/3");
    CT_EQ_I64("link", browser_post(&b, "/people/3/link", ""), 200);
    const char *link = strstr(b.body, "http://localhost:8080/set-up/");
    assert_non_null(link);
    snprintf(path, sizeof path, "/set-up/%.*s", CT_TOKEN_TEXT,
             link + strlen("http://localhost:8080/set-up/"));
    CT_EQ_I64("works", browser_get(&guest, path), 200);
    does(&b, "/people/3/active", "active=0");
    CT_EQ_I64("not of who is disabled", browser_get(&guest, path), 404);
    does(&b, "/people/3/active", "active=1");
    CT_AUTO_JSON *page = walk_json(&b, "/people/3");
    assert_true(walk_flag(page, "is_active"));
    assert_null(strstr(b.body, "/set-up/"));
}

static void people_join_by_an_invitation(void **state)
{
    AUTO_BROWSER b = {.site = *state}, guest = {.site = *state}, late = {.site = *state};
    char path[128];

    open_admin(&b);
    make_county(&b);
    walk_page(&b, "/people/invitations", "invitations");
    CT_EQ_I64("too long",
              browser_post(&b, "/people/invitations", "discipline=judge&org=0&uses=1&days=365"),
              400);
    browser_get(&b, "/people/invitations");
    CT_EQ_I64("made",
              browser_post(&b, "/people/invitations", "discipline=judge&org=3&uses=1&days=7"), 200);
    walk_tidy(&b, "invitations");
    const char *link = strstr(b.body, "http://localhost:8080/join/");
    assert_non_null(link);
    snprintf(path, sizeof path, "/join/%.*s", CT_TOKEN_TEXT,
             link + strlen("http://localhost:8080/join/"));
    walk_page(&guest, path, "join");
    browser_get(&guest, path);
    assert_non_null(strstr(guest.body, "Alder DCS: Night"));
    CT_EQ_I64(
        "two passwords",
        browser_post(
            &guest, path,
            "name=Kai&email=kai%40example.org&password=three+good+words&password_again=others"),
        400);
    walk_tidy(&guest, "join, wrong");
    CT_EQ_I64("an address that is taken",
              browser_post(&guest, path,
                           "name=Kai&email=pat%40example.org&password=three+good+words&password_"
                           "again=three+good+words"),
              409);
    CT_EQ_I64("joins",
              browser_post(&guest, path,
                           "name=Kai&email=kai%40example.org&password=three+good+words&password_"
                           "again=three+good+words"),
              303);
    CT_EQ_I64("is signed in", browser_get(&guest, "/me"), 200);
    CT_EQ_I64("used up", browser_get(&late, path), 404);
    CT_AUTO_JSON *page = walk_json(&b, "/people?unit=dcs%2Fnight");
    CT_EQ_I64("is there", walk_int(page, "total"), 2);
    browser_get(&b, "/people/invitations");
    CT_EQ_I64("another",
              browser_post(&b, "/people/invitations", "discipline=judge&org=0&uses=5&days=7"), 200);
    link = strstr(b.body, "/join/");
    snprintf(path, sizeof path, "%.*s", CT_TOKEN_TEXT + 6, link);
    CT_EQ_I64("open", browser_get(&late, path), 200);
    does(&b, "/people/invitations/end", "invitation=2");
    CT_EQ_I64("taken back", browser_get(&late, path), 404);
    CT_EQ_I64("nonsense looks the same", browser_get(&late, "/join/nonsense"), 404);
}

static const char import_parts[] =
    "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\n%s\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\n"
    "%s\r\n--x\r\nContent-Disposition: form-data; name=\"file\";"
    " filename=\"people.csv\"\r\n\r\n%s\r\n--x--\r\n";

static int send_kind(struct browser *b, const char *what, const char *action, const char *csv)
{
    char body[4096];
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = CT_SV("/people/import"),
                            .content_type = CT_SV("multipart/form-data; boundary=x")};

    browser_get(b, "/people/import");
    snprintf(body, sizeof body, import_parts, b->csrf, what, action, csv);
    rq.body = ct_sv_c(body);
    return browser_send(b, &rq);
}

static int send_import(struct browser *b, const char *action, const char *csv)
{
    return send_kind(b, "people", action, csv);
}

static void past_completions_are_imported(void **state)
{
    static const char csv[] = "email,course,completed_on,source\n"
                              "ada@example.org,basics,2020-02-29,Old records\n";
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    CT_EQ_I64("a kind that is none", send_kind(&b, "horses", "check", csv), 400);
    CT_EQ_I64("looked at", send_kind(&b, "completions", "check", csv), 200);
    assert_non_null(strstr(b.body, "1 completion would be added"));
    assert_non_null(strstr(b.body, "<input type=\"hidden\" name=\"what\" value=\"completions\">"));
    walk_tidy(&b, "looked at");
    CT_EQ_I64("done", send_kind(&b, "completions", "import", csv), 200);
    assert_non_null(strstr(b.body, "1 completion added"));
    CT_EQ_I64("again", send_kind(&b, "completions", "import", csv), 200);
    assert_non_null(strstr(b.body, "0 completions added, 0 changed, 1 as they were"));
}

static void an_import_is_looked_at_before_it_is_done(void **state)
{
    static const char good[] = "email,name,discipline\nkai@example.org,Kai & Co,judge\n";
    AUTO_BROWSER b = {.site = *state};

    open_admin(&b);
    walk_page(&b, "/people/import", "people-import");
    CT_EQ_I64("nothing sent", send_import(&b, "check", ""), 400);
    assert_non_null(strstr(b.body, "Please choose a file or paste its text."));
    CT_EQ_I64("wrong lines", send_import(&b, "import", "email,name\nx,Y\nz@x.org,Z\n"), 200);
    assert_non_null(strstr(b.body, "Problems: 2. Nothing was changed"));
    walk_tidy(&b, "problems");
    CT_EQ_I64("Latin-1", send_import(&b, "check", "email,name\nx@x.org,Jos\xe9\n"), 200);
    assert_non_null(strstr(b.body, "not in UTF-8"));
    CT_EQ_I64("looked at", send_import(&b, "check", good), 200);
    assert_non_null(strstr(b.body, "1 person would be added"));
    assert_non_null(strstr(b.body, "Kai &amp; Co"));
    CT_AUTO_JSON *before = walk_json(&b, "/people");
    CT_EQ_I64("nobody yet", walk_int(before, "total"), 2);
    CT_EQ_I64("done", send_import(&b, "import", good), 200);
    walk_tidy(&b, "done");
    CT_AUTO_JSON *after = walk_json(&b, "/people");
    CT_EQ_I64("one more", walk_int(after, "total"), 3);
}

static void nobody_else_gets_in(void **state)
{
    static const char *const pages[] = {"/people", "/people/1", "/people/import",
                                        "/people/invitations", "/agencies"};
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "mo@example.org", "Mo", "judge",
                CT_ROLE_LEARNER | CT_ROLE_MANAGER | CT_ROLE_TRAINER);
    browser_sign_in(&b, "mo%40example.org");
    CT_EACH (page, pages)
        CT_EQ_I64(*page, browser_get(&b, *page), 403);
    browser_get(&b, "/");
    assert_null(strstr(b.body, "href=\"/people\""));
    CT_EQ_I64("a form", browser_post(&b, "/people/1/facts", "field=name&value=Mud"), 403);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(agencies_are_shown_with_who_leads_them),
        TEST(wrong_input_is_named),
        TEST(a_wrong_form_comes_back_as_it_was_typed),
        TEST(people_are_found),
        TEST(a_person_is_shown_with_all_that_was_recorded),
        TEST(a_link_lets_somebody_choose_a_password),
        TEST(people_join_by_an_invitation),
        TEST(an_import_is_looked_at_before_it_is_done),
        TEST(past_completions_are_imported),
        TEST(nobody_else_gets_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
