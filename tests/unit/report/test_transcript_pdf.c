/*
 * test_transcript_pdf.c: a transcript on paper has every section that has lines, in the order of
 * the page, says as of when it is and what the words of status mean, and is read aloud as a table.
 */
#include "ct_pdf.h"

#include "ct/report/transcript_section.h"

#include "ct/base/banned.h"

enum { COURSES = 60 };

static struct ct_catalogue catalogue(void)
{
    struct ct_catalogue cat = {.title = CT_SV("Bridges"), .lang = CT_SV("en")};

    cat.disciplines.items[cat.disciplines.n].slug = CT_SV("judge");
    cat.disciplines.items[cat.disciplines.n++].name = CT_SV("Judge");
    return cat;
}

static struct ct_transcript_line line_of(enum ct_transcript_kind kind, const char *what)
{
    return (struct ct_transcript_line){.kind = kind,
                                       .on = 20000,
                                       .until = CT_DAY_NONE,
                                       .what = ct_sv_c(what),
                                       .discipline = CT_SV("judge"),
                                       .score = -1,
                                       .hundredths = -1,
                                       .expires = CT_DAY_NONE,
                                       .completed = CT_DAY_NONE};
}

static struct ct_transcript transcript(struct ct_arena *a)
{
    struct ct_transcript t = {.who = {.id = 7,
                                      .certificate_name = CT_SV("Čapek שרה 山田"),
                                      .email = CT_SV("ben@example.org"),
                                      .licence_body = CT_SV("State Bar"),
                                      .licence_no = CT_SV("77"),
                                      .discipline = CT_SV("judge"),
                                      .hired = CT_DAY_NONE},
                              .as_of = 1770000000,
                              .day_text = CT_SV("2026-02-02"),
                              .time_zone = CT_SV("America/Chicago"),
                              .lines = ct_arena_array(a, struct ct_transcript_line, COURSES + 4)};

    t.lines[t.n++] = line_of(CT_TRANSCRIPT_PLACE, "North County: Intake");
    for (int i = 0; i < COURSES; i++) {
        struct ct_transcript_line *l = &t.lines[t.n++];
        *l = line_of(CT_TRANSCRIPT_COURSE, ct_arena_printf(a, "Course %d", i + 1).p);
        l->score = 90;
        l->hundredths = 125;
        l->certificate = CT_SV("ABCDEFGHJKMNPQRS");
        l->worth = CT_SV("valid");
        l->status = CT_SV("completed");
        l->has_status = true;
        l->due = CT_DUE_COMPLETED;
        l->expires = 20400;
    }
    for (int i = 0; i < 2; i++) {
        struct ct_transcript_line *l = &t.lines[t.n++];
        *l = line_of(CT_TRANSCRIPT_CREDIT, "Continuing education");
        l->hundredths = 150;
        l->year = 2026;
    }
    return t;
}

static void make(struct ct_arena *a, const struct ct_transcript *t, enum ct_pdf_paper paper,
                 struct ct_str *out)
{
    const struct ct_catalogue cat = catalogue();
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("pdf", ct_transcript_pdf(a, &cat, t, CT_SV("Bridges"), paper, out, &err), &err);
}

static void it_says_what_the_page_says(void **state)
{
    static const char *const order[] = {"Čapek",
                                        "Transcript, as recorded by Bridges, as of 2026-02-02",
                                        "E-mail address: ben@example.org",
                                        "Discipline: Judge",
                                        "Licence: State Bar 77",
                                        "Agencies, units, task forces",
                                        "North County: Intake",
                                        "Completed courses",
                                        "Course 1",
                                        "2024-10-04",
                                        "Judge",
                                        "ABCD-EFGH-JKMN-PQRS",
                                        "good through",
                                        "Course 60",
                                        "Credit",
                                        "Continuing education, credit year 2026: 3 hours",
                                        "Hours of a course are",
                                        "What the words of status mean",
                                        "not started",
                                        "withdrawn"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_transcript t = transcript(&a);
    const char *text, *at;

    (void)state;
    make(&a, &t, CT_PDF_LETTER, &pdf);
    at = text = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext -raw $F - 2>&1");
    CT_EACH (part, order) {
        if (!(at = strstr(at, *part)))
            fail_msg("no %s where it is to be in\n%.3000s", *part, text);
    }
    ct_pdf_has(text, "山田");
    ct_pdf_has(text, "Page 2 of ");
    assert_null(strstr(text, "Waivers")); /* a section without lines is not there */
    const char *info = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F 2>&1");
    ct_pdf_has(info, "Title:           Transcript: Čapek");
    ct_pdf_has(info, "Subject:         Training record as of 2026-02-02");
    ct_pdf_has(info, "Tagged:          yes");
}

static void it_is_read_aloud_as_tables(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_transcript t = transcript(&a);

    (void)state;
    make(&a, &t, CT_PDF_A4, &pdf);
    const char *counts = ct_pdf_ask(&a, ct_str_sv(&pdf),
                                    "pdfinfo -struct $F | tr -d ' ' | grep -E '^(H1|H2|Table|TR)' "
                                    "| sort | uniq -c | tr -s ' \\n' ' '");
    CT_EQ_STR("headings, tables, rows with their heads", counts,
              " 1 H1(block) 4 H2(block) 77 TR 4 Table(block) ");
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F"), "(A4)");
}

static void hours_that_are_required_say_how_many(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_transcript t = transcript(&a);

    (void)state;
    t.lines[0] = line_of(CT_TRANSCRIPT_REQUIREMENT, "Hours of the year");
    t.lines[0].status = CT_SV("completed");
    t.lines[0].note = CT_SV("9 of the 9 hours asked");
    t.n = 1;
    make(&a, &t, CT_PDF_LETTER, &pdf);
    const char *text = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext -layout $F -");
    ct_pdf_has(text, "9 of the 9 hours");
    assert_null(strstr(text, "Hours of a course are")); /* no course and no credit stands in it */
}

static void nothing_is_said_to_be_nothing(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_transcript t = transcript(&a);

    (void)state;
    t.n = 0;
    make(&a, &t, CT_PDF_LETTER, &pdf);
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext $F -"), "Nothing is recorded yet.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_the_page_says),
        cmocka_unit_test(it_is_read_aloud_as_tables),
        cmocka_unit_test(hours_that_are_required_say_how_many),
        cmocka_unit_test(nothing_is_said_to_be_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
