/*
 * test_ics.c: calendars by the rules of RFC 5545: line ends and folding (3.1), escaping (3.3.11),
 * whole days (3.6.1), names that stay.
 */
#include "ct_test.h"

#include "ct/base/arena.h"
#include "ct/base/clock.h"
#include "ct/text/ics.h"

#include "ct/base/banned.h"

enum { MAX = 64 * 1024 };

static int day_in(const char *text)
{
    int day = CT_DAY_NONE;

    assert_true(ct_day_parse(ct_sv_c(text), &day));
    return day;
}

static void write_one(struct ct_sv summary, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_ics_day day = {.uid = CT_SV("p1.r2@crosstrain"),
                             .day = day_in("2028-02-29"),
                             .summary = summary,
                             .category = CT_SV("overdue")};
    struct ct_ics_calendar calendar = {CT_SV("Due, all"), 1700000000, &day, 1};

    CT_OK_("calendar", ct_ics_write(&calendar, out, &err), &err);
}

/* The text with folded lines put together again. */
static struct ct_sv unfolded(struct ct_arena *a, struct ct_sv text)
{
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    for (size_t i = 0; i < text.n; i++) {
        if (text.n - i > 2 && text.p[i] == '\r' && text.p[i + 1] == '\n' && text.p[i + 2] == ' ')
            i += 2;
        else
            ct_str_add_char(&out, text.p[i]);
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

static void a_day_is_an_entry_for_the_whole_day(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    (void)state;
    write_one(CT_SV("Due: the core course"), &out);
    CT_EQ_STR("all of it", out.p,
              "BEGIN:VCALENDAR\r\nPRODID:-//crosstrain//crosstrain//EN\r\nVERSION:2.0\r\n"
              "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Due\\, all\r\n"
              "BEGIN:VEVENT\r\nUID:p1.r2@crosstrain\r\nDTSTAMP:20231114T221320Z\r\n"
              "DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n"
              "SUMMARY:Due: the core course\r\nCATEGORIES:overdue\r\nTRANSP:TRANSPARENT\r\n"
              "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void texts_are_escaped(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"commas and semicolons", "a, b; c", "\r\nSUMMARY:a\\, b\\; c\r\n"},
        {"a backslash", "a\\n", "\r\nSUMMARY:a\\\\n\r\n"},
        {"a new line", "a\nb", "\r\nSUMMARY:a\\nb\r\n"},
        {"a line end that would begin another property", "a\r\nATTACH:x",
         "\r\nSUMMARY:a\\nATTACH:x\r\n"},
        {"control characters",
         "a\x01\x07"
         "b",
         "\r\nSUMMARY:ab\r\n"},
        {"bytes that are no text",
         "a\xff"
         "b",
         "\r\nSUMMARY:a\xEF\xBF\xBD"
         "b\r\n"},
        {"right to left", "שרה כהן", "\r\nSUMMARY:שרה כהן\r\n"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        write_one(ct_sv_c(c->text), &out);
        if (ct_sv_search(unfolded(&a, ct_str_sv(&out)), ct_sv_c(c->want)) == SIZE_MAX)
            fail_msg("%s: %s", c->name, out.p);
    }
}

static void lines_are_folded_between_characters(void **state)
{
    static const char *const words[] = {"欧阳伟", "word ", "é", "x", "🙂", "שָׁ"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (word, words)
        for (size_t n = 1; n < 120; n++) {
            CT_AUTO_STR text = CT_STR_INIT(MAX), out = CT_STR_INIT(MAX);
            struct ct_sv rest, line;
            for (size_t i = 0; i < n; i++)
                ct_str_add_c(&text, *word);
            write_one(ct_str_sv(&text), &out);
            rest = ct_str_sv(&out);
            while (ct_sv_split(&rest, '\n', &line)) {
                if (line.n == 0)
                    continue;
                if (line.p[line.n - 1] != '\r')
                    fail_msg("%zu times %s: %s", n, *word, out.p);
                assert_true(line.n - 1 <= 75);
                assert_true(ct_sv_utf8(line));
            }
            if (ct_sv_search(unfolded(&a, ct_str_sv(&out)), ct_sv_trim(ct_str_sv(&text))) ==
                SIZE_MAX)
                fail_msg("%zu times %s: %s", n, *word, out.p);
        }
}

static void none_is_a_calendar_too_and_too_many_are_refused(void **state)
{
    struct ct_ics_day day = {.uid = CT_SV("a"), .day = 0, .summary = CT_SV("b")};
    struct ct_ics_calendar calendar = {CT_SV("None"), 0, &day, 0};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STR out = CT_STR_INIT(MAX), small = CT_STR_INIT(200);

    (void)state;
    CT_OK_("none", ct_ics_write(&calendar, &out, &err), &err);
    assert_true(ct_sv_ends(ct_str_sv(&out), CT_SV("CALNAME:None\r\nEND:VCALENDAR\r\n")));
    calendar.n = 1;
    CT_EQ_I64("too big", ct_ics_write(&calendar, &small, &err), CT_TOO_BIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_an_entry_for_the_whole_day),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(lines_are_folded_between_characters),
        cmocka_unit_test(none_is_a_calendar_too_and_too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
