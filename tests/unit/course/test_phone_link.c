/*
 * Telephone numbers that are written in full are links; what only looks like one is not.
 */
#include "course/course_test.h"

#include "ct/base/banned.h"

#define TEL "<a class=\"tel\" href=\"tel:+18883737888\">1-888-373-7888</a>"

static void numbers_in_full_can_be_called(void **state)
{
    static const struct {
        const char *name, *text, *html;
    } cases[] = {
        {"in a sentence", "Call 1-888-373-7888, or text.\n", "<p>Call " TEL ", or text.</p>\n"},
        {"alone", "1-888-373-7888\n", "<p>" TEL "</p>\n"},
        {"two", "1-888-373-7888 or 1-888-373-7888.\n", "<p>" TEL " or " TEL ".</p>\n"},
        {"in brackets", "(1-888-373-7888)\n", "<p>(" TEL ")</p>\n"},
        {"in strong text", "**1-888-373-7888**\n", "<p><strong>" TEL "</strong></p>\n"},
        {"in a list", "- 1-888-373-7888\n", "<ul>\n<li>" TEL "</li>\n</ul>\n"},
        {"a year and a day", "It was 1-888 in 2021-01-02.\n",
         "<p>It was 1-888 in 2021-01-02.</p>\n"},
        {"a digit more", "1-888-373-78881\n", "<p>1-888-373-78881</p>\n"},
        {"a digit less", "1-888-373-788\n", "<p>1-888-373-788</p>\n"},
        {"within a longer number", "21-888-373-7888\n", "<p>21-888-373-7888</p>\n"},
        {"a number that goes on", "1-888-373-7888-9\n", "<p>1-888-373-7888-9</p>\n"},
        {"of another form", "1.888.373.7888\n", "<p>1.888.373.7888</p>\n"},
        {"three digits", "988 is there.\n", "<p>988 is there.</p>\n"},
        {"code", "`1-888-373-7888`\n", "<p><code>1-888-373-7888</code></p>\n"},
        {"a link already", "[1-888-373-7888](https://a.org)\n",
         "<p><a href=\"https://a.org\">1-888-373-7888</a></p>\n"},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR source = CT_STR_INIT(4096);
        struct parsed p;
        ct_str_addf(&source, "# T\n\n## S\n\n%s", c->text);
        test_parse(&p, ct_str_sv(&source), "01-a.md", "en", false);
        CT_EQ_SV(c->name, p.module->sections[0].blocks[0].html, ct_sv_c(c->html));
        test_release(&p);
    }
}

static void numbers_in_tables_can_be_called(void **state)
{
    struct parsed p;

    (void)state;
    test_parse(&p,
               CT_SV("# T\n\n## S\n\n| Line | Number |\n| --- | --- |\n| A | 1-888-373-7888 |\n"),
               "01-a.md", "en", false);
    assert_true(ct_sv_search(p.module->sections[0].blocks[0].html, CT_SV("<td>" TEL "</td>")) !=
                SIZE_MAX);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_in_full_can_be_called),
        cmocka_unit_test(numbers_in_tables_can_be_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
