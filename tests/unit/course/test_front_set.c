/*
 * test_front_set.c: one line of front matter set; the rest of the source stays byte by byte.
 */
#include "ct/course/change.h"

#include "course/course_test.h"

#include "ct/base/banned.h"

#include "ct/base/banned.h"

static const struct set_case {
    const char *name, *source, *key, *value, *want; /* value NULL: taken out */
} set_cases[] = {
    {"a new key comes last", "---\nid: a\n---\n# T\n", "version", "2",
     "---\nid: a\nversion: 2\n---\n# T\n"},
    {"a key that is there is set in its place", "---\nversion: 1\nid: a\n---\n# T\n", "version",
     "2", "---\nversion: 2\nid: a\n---\n# T\n"},
    {"comments and empty lines stay", "---\nversion: 1 # old\n\n# about\nid: a\n---\n# T\n",
     "version", "2", "---\nversion: 2\n\n# about\nid: a\n---\n# T\n"},
    {"a comment at the end stays", "---\nversion: 1\n# end\n---\n# T\n", "version", "2",
     "---\nversion: 2\n# end\n---\n# T\n"},
    {"a value of several lines is replaced whole",
     "---\nchange: >\n  one\n\n  two\nid: a\n---\n# T\n", "change", "three",
     "---\nchange: three\nid: a\n---\n# T\n"},
    {"a list below its key is replaced whole", "---\nsources:\n- a\n- b\nid: a\n---\n# T\n",
     "sources", "x", "---\nsources: x\nid: a\n---\n# T\n"},
    {"text in quotes that looks like a key is none", "---\nchange: \"a\n  version: 9\"\n---\n# T\n",
     "version", "2", "---\nchange: \"a\n  version: 9\"\nversion: 2\n---\n# T\n"},
    {"a key is taken out", "---\nid: a\nchange: x\n---\n# T\n", "change", NULL,
     "---\nid: a\n---\n# T\n"},
    {"taking out what is not there changes nothing", "---\nid: a\n---\n# T\n", "change", NULL,
     "---\nid: a\n---\n# T\n"},
    {"nor where there is no front matter", "# T\n", "change", NULL, "# T\n"},
    {"with the last key the front matter goes", "---\nchange: x\n---\n# T\n", "change", NULL,
     "# T\n"},
    {"front matter is made", "# T\n", "version", "2", "---\nversion: 2\n---\n# T\n"},
    {"for an empty file, too", "", "version", "2", "---\nversion: 2\n---\n"},
    {"a line of dashes is no front matter", "---\n\n# T\n", "version", "2",
     "---\nversion: 2\n---\n---\n\n# T\n"},
    {"line ends are those of the file", "---\r\nid: a\r\n---\r\n# T\r\n", "version", "2",
     "---\r\nid: a\r\nversion: 2\r\n---\r\n# T\r\n"},
    {"a byte order mark stays in front", "\xef\xbb\xbf# T\n", "version", "2",
     "\xef\xbb\xbf---\nversion: 2\n---\n# T\n"},
    {"and is no hindrance", "\xef\xbb\xbf---\nversion: 1\n---\n# T\n", "version", "2",
     "\xef\xbb\xbf---\nversion: 2\n---\n# T\n"},
    {"dots close front matter, too", "---\nid: a\n...\n# T\n", "version", "2",
     "---\nid: a\nversion: 2\n...\n# T\n"},
    {"front matter that cannot be read gets the line all the same", "---\nid: [a\n---\n# T\n",
     "version", "2", "---\nid: [a\nversion: 2\n---\n# T\n"},
    {"a sentence needs no quotes", "---\nid: a\n---\n", "change", "The phone, seized: not yet",
     "---\nid: a\nchange: \"The phone, seized: not yet\"\n---\n"},
    {"quotes and backslashes are escaped", "---\nid: a\n---\n", "change", "\"a\" \\ b",
     "---\nid: a\nchange: \"\\\"a\\\" \\\\ b\"\n---\n"},
    {"a value is one line", "---\nid: a\n---\n", "change",
     "a\nb\xe2\x80\xa8"
     "c",
     "---\nid: a\nchange: a b c\n---\n"},
    {"the source behind is not looked at", "---\nid: a\n---\nversion: 7\n", "version", "2",
     "---\nid: a\nversion: 2\n---\nversion: 7\n"},
};

static void one_line_is_set(void **state)
{
    (void)state;
    CT_EACH (c, set_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;

        CT_EQ_SV(c->name, ct_front_set(&a, ct_sv_c(c->source), c->key, ct_sv_c(c->value)),
                 ct_sv_c(c->want));
    }
}

/* What a trainer may say in a sentence, and what reading it gives back. */
static const struct value_case {
    const char *name, *value;
} value_cases[] = {
    {"plain", "New rules for hotel keys"},
    {"a colon", "Law: changed"},
    {"a colon at the end", "Changed:"},
    {"a hash", "See section #4 and # 5"},
    {"quotes", "It's \"new\" here"},
    {"a backslash", "C:\\new"},
    {"a dash in front", "- new"},
    {"brackets", "[new] {rules}"},
    {"a star", "*new*"},
    {"an at sign", "@new"},
    {"a percent sign", "%new"},
    {"a word of YAML", "no"},
    {"null", "null"},
    {"a tilde", "~"},
    {"a number", "2026"},
    {"accents", "Más señales — nuevas"},
    {"a question mark", "? new"},
    {"a bar", "| new"},
};

static void values_are_read_as_they_were_written(void **state)
{
    (void)state;
    CT_EACH (c, value_cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv source = CT_SV("---\nid: a\n---\n# T\n\n## S\n\nx\n");
        struct parsed p;

        source = ct_front_set(&a, source, "change", ct_sv_c(c->value));
        source = ct_front_set(&a, source, "version", CT_SV("2"));
        test_parse(&p, source, "01-a.md", "en", false);
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), CT_SV(""));
        CT_EQ_SV(c->name, p.module->change, ct_sv_c(c->value));
        CT_EQ_SV(c->name, p.module->version, CT_SV("2"));
        test_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_is_set),
        cmocka_unit_test(values_are_read_as_they_were_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
