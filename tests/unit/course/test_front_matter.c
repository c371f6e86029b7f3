/*
 * Front matter: its borders, its keys, and the line of each mistake.
 */
#include "course/course_test.h"

#include "ct/base/banned.h"

#define BODY "# T\n\n## S\n\ntext\n"

static void it_exists_only_where_a_key_follows_three_dashes(void **state)
{
    static const struct {
        const char *name, *source;
        int minutes; /* 7: it was read */
        const char *codes;
    } cases[] = {
        {"keys", "---\nminutes: 7\n---\n" BODY, 7, ""},
        {"a comment first", "---\n# a comment\nminutes: 7\n---\n" BODY, 7, ""},
        {"CRLF", "---\r\nminutes: 7\r\n---\r\n# T\r\n\r\n## S\r\n\r\nt\r\n", 7, ""},
        {"a byte order mark", "\xef\xbb\xbf---\nminutes: 7\n---\n" BODY, 7, ""},
        {"dots end it", "---\nminutes: 7\n...\n" BODY, 7, ""},
        {"none", BODY, 0, ""},
        {"a thematic break", "---\nFoo\n\n" BODY, 0, "W43:1"},
        {"two thematic breaks", "---\n---\n" BODY, 0, "W43:1"},
        {"four dashes are a thematic break", "----\nminutes: 7\n\n" BODY, 0, "W43:1"},
        {"not in the first line", "\n---\nminutes: 7\n\n" BODY, 0, "E02:2"},
        {"a thematic break below an empty line", "\n---\nFoo\n\n" BODY, 0, "W43:2"},
        {"a web address is no key", "---\nhttp://example.org\n\n" BODY, 0, "W43:1"},
        {"not in the first line, ended", "\n---\nminutes: 7\n---\n" BODY, 0, "E02:2"},
        {"it never ends", "---\nminutes: 7\n\n# T\n\n## S\n", 0, "E02:1"},
        {"it never ends, nor has keys of ours", "---\nfoo: 7\n\ntext\n", 0, "E02:1"},
        {"it never ends, and what follows is wrong as well",
         "---\nminutes: 7\n" BODY "\n# U\n\n- (x) a\n\n[a](nowhere.md)\n", 0, "E02:1"},
        {"it ends with a line of the lesson", "---\nminutes: 7\n" BODY "\n---\n\n- (x) a\n", 0,
         "E02:1"},
        {"it cannot be read, and ends", "---\nminutes: [\n---\n" BODY "\n- (x) a\n", 0,
         "E02:3 E42:10"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        test_parse(&p, ct_sv_c(c->source), "01-a.md", "en", false);
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), ct_sv_c(c->codes));
        CT_EQ_I64(c->name, p.module->minutes, c->minutes);
        test_release(&p);
    }
}

static void mistakes_are_reported_with_their_line(void **state)
{
    static const struct {
        const char *name, *front, *codes;
    } cases[] = {
        {"all keys right",
         "id: a-name\nlang: es\nminutes: 30\nfor: [prosecutor, caseworkers]\npass: 80%\n"
         "attempts: 3\nversion: 2026-11-22\nchange: New law\ncontent-note: Careful\n"
         "sources:\n  - One\n  - \"Two: three\"\n",
         ""},
        {"an unknown key", "minutes: 3\nminuts: 4\n", "E03:3"},
        {"a far key", "colour: red\n", "E03:2"},
        {"a title", "minutes: 3\ntitle: T\n", "E03:3"},
        {"minutes in words", "# so long\nminutes: ten\n", "E04:3"},
        {"minutes out of range", "minutes: 0\n", "E04:2"},
        {"minutes as a list", "minutes: [3]\n", "E04:2"},
        {"pass over 100", "pass: 120%\n", "E04:2"},
        {"pass in words", "pass: most\n", "E04:2"},
        {"pass without a sign", "pass: 70\n", ""},
        {"attempts negative", "attempts: -1\n", "E04:2"},
        {"attempts without limit", "attempts: 0\n", ""},
        {"a day that does not exist", "version: 2026-02-30\n", "E04:2"},
        {"a version that is no day", "version: 3.1\n", ""},
        {"an id with blanks", "id: The Name\n", "E04:2"},
        {"an unknown language", "lang: fr\n", "E04:2"},
        {"a regional language", "lang: es-MX\n", ""},
        {"an unknown discipline", "minutes: 3\nfor:\n  - prosecutor\n  - prosecuter\n", "E24:5"},
        {"for everybody", "for: all\n", ""},
        {"disciplines as text", "for: prosecutors and advocates\n", ""},
        {"disciplines as a map", "for: {a: b}\n", "E04:2"},
        {"objectives as text", "objectives: O1 Do\n", "E04:2"},
        {"an objective without text", "objectives:\n  - O1\n", "E04:3"},
        {"an objective with a colon", "objectives:\n  - O1 Do: this\n", "E04:3"},
        {"two objectives of one name", "objectives: [O1 a, O1 b]\n", "W65:2 W65:2 E04:2"},
        {"broken YAML", "minutes: 3\nid: [a\n", "E02:3"},
        {"a key twice", "minutes: 3\nminutes: 4\n", "E02:3"},
        {"an empty text", "change: \"\"\n", "E04:2"},
        {"sources as one text", "sources: A book\n", ""},
        {"sources with a map", "sources:\n  - a: b\n", "E04:3"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        CT_AUTO_STR source = CT_STR_INIT(10000);
        ct_str_addf(&source, "---\n%s---\n" BODY, c->front);
        test_parse(&p, ct_str_sv(&source), "01-a.md", "en", false);
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), ct_sv_c(c->codes));
        test_release(&p);
    }
}

static void a_title_among_the_keys_is_told_where_titles_stand(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p, CT_SV("---\nTitle: T\n---\n" BODY), "01-a.md", "en", false);
    CT_EQ_SV("code", test_codes(&p.arena, &p.problems), CT_SV("E03:2"));
    assert_true(ct_sv_search(p.problems.items[0].text, CT_SV("begins with `# `")) != SIZE_MAX);
    test_release(&p);
}

static void values_reach_the_module(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p,
               CT_SV("---\nid: the-id\nminutes: 25\nobjectives:\n  - O1 First of all\n"
                     "  - O2 Second\nfor: advocates\npass: 75%\nattempts: 2\nversion: \"2\"\n"
                     "change: Said more\ncontent-note: \"Careful: harm\"\nsources: [One, Two]\n"
                     "---\n" BODY),
               "core/07-the-name.md", "en", false);
    const struct ct_module *m = p.module;
    CT_EQ_STR("id", m->id.p, "the-id");
    CT_EQ_SV("slug", m->slug, CT_SV("the-name"));
    CT_EQ_I64("number", m->number, 7);
    CT_EQ_I64("minutes", m->minutes, 25);
    CT_EQ_I64("objectives", m->n_objectives, 2);
    CT_EQ_SV("its id", m->objectives[0].id, CT_SV("O1"));
    CT_EQ_SV("its text", m->objectives[0].text, CT_SV("First of all"));
    CT_EQ_I64("for", m->disciplines, 4);
    CT_EQ_I64("pass", m->pass, 75);
    CT_EQ_I64("attempts", m->attempts, 2);
    CT_EQ_SV("version", m->version, CT_SV("2"));
    CT_EQ_SV("change", m->change, CT_SV("Said more"));
    CT_EQ_SV("note", m->content_note, CT_SV("Careful: harm"));
    CT_EQ_I64("sources", m->n_sources, 2);
    CT_EQ_SV("second source", m->sources[1], CT_SV("Two"));
    CT_EQ_I64("revision", strlen(m->revision), CT_HASH_HEX);
    test_release(&p);
}

static void what_is_not_said_has_defaults(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p, CT_SV(BODY), "12-some-name.md", "es", false);
    CT_EQ_SV("id is the address", p.module->id, CT_SV("some-name"));
    CT_EQ_I64("for everybody", p.module->disciplines, CT_DISC_ALL);
    CT_EQ_I64("the course's pass mark", p.module->pass, -1);
    CT_EQ_I64("any number of tries", p.module->attempts, 0);
    CT_EQ_SV("the context's language", p.module->lang, CT_SV("es"));
    test_release(&p);
}

static void lines_of_the_body_count_the_front_matter(void **state)
{
    struct parsed p;
    (void)state;
    test_parse(&p, CT_SV("---\nminutes: 7\n---\n\n# T\n\n## S\n\n- (x) lost\n"), "01-a.md", "en",
               false);
    CT_EQ_SV("codes", test_codes(&p.arena, &p.problems), CT_SV("E42:9"));
    CT_EQ_I64("section", p.module->sections[0].line, 7);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_exists_only_where_a_key_follows_three_dashes),
        cmocka_unit_test(mistakes_are_reported_with_their_line),
        cmocka_unit_test(a_title_among_the_keys_is_told_where_titles_stand),
        cmocka_unit_test(values_reach_the_module),
        cmocka_unit_test(what_is_not_said_has_defaults),
        cmocka_unit_test(lines_of_the_body_count_the_front_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
