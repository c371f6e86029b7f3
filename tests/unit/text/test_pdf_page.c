/*
 * test_pdf_page.c: pages as other programs (poppler's) read them: tagged, their text in reading
 * order, with title and language, fonts embedded, what figures show, the attached file.
 */
#include "ct_pdf.h"

#include "ct/text/pdf_page.h"
#include "ct/text/qr.h"

#include "ct/base/banned.h"

static const unsigned char squares[] = {1, 0, 0, 1};

static const struct ct_pdf_item figure = {.kind = CT_PDF_SQUARES,
                                          .x = 300,
                                          .y = 300,
                                          .width = 50,
                                          .height = 50,
                                          .text = {"Ein Bild: \xf0\x9f\x99\x82 é", 17},
                                          .n = 2,
                                          .dark = squares};

static struct ct_pdf_item text_item(enum ct_pdf_kind kind, struct ct_sv text, double y)
{
    return (struct ct_pdf_item){.kind = kind,
                                .x = 50,
                                .y = y,
                                .width = 500,
                                .height = 60,
                                .text = text,
                                .face = CT_PDF_SERIF,
                                .size = 30,
                                .size_min = 10,
                                .lines = 1};
}

static struct ct_pdf_page page_of(const struct ct_pdf_item *items, size_t n)
{
    return (struct ct_pdf_page){.width = 612,
                                .height = 792,
                                .title = CT_SV("Title (of) é"),
                                .author = CT_SV("Author"),
                                .subject = CT_SV("Subject"),
                                .lang = CT_SV("en"),
                                .created_at = 1770000000,
                                .items = items,
                                .n_items = n,
                                .file = {CT_SV("a.json"), CT_SV("application/json"),
                                         CT_SV("Signed"), CT_SV("{\"a\":1}\n")}};
}

static void write_page(const struct ct_pdf_page *page, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("written", ct_pdf_write(page, out, &err), &err);
}

static void it_is_tagged_and_says_what_it_is(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_pdf_item items[] = {
        text_item(CT_PDF_PARAGRAPH, CT_SV("First the kind"), 50),
        text_item(CT_PDF_HEADING, CT_SV("Ben Čapek"), 100),
        figure,
        {.kind = CT_PDF_FRAME, .x = 10, .y = 10, .width = 500, .height = 700, .line = 2},
        text_item(CT_PDF_PARAGRAPH, CT_SV("Last the code"), 400)};
    struct ct_pdf_page page = page_of(items, 5);
    /* 🙂 takes two units of UTF-16. */
    static const char *const parts[] = {
        "/Lang <FEFF0065006E>", "/DisplayDocTitle true",
        "/Alt <FEFF00450069006E002000420069006C0064003A0020D83DDE42002000E9>"};

    (void)state;
    write_page(&page, &pdf);
    const char *info = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F 2>&1");
    ct_pdf_has(info, "Title:           Title (of) é\n");
    ct_pdf_has(info, "Author:          Author\n");
    ct_pdf_has(info, "Subject:         Subject\n");
    ct_pdf_has(info, "Tagged:          yes\n");
    ct_pdf_has(info, "Pages:           1\n");
    ct_pdf_has(info, "612 x 792 pts (letter)\n");
    assert_null(strstr(info, "Error"));
    const char *structure = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo -struct-text $F 2>&1");
    ct_pdf_has(structure, "Document\n  P (block)\n    \"First the kind\"\n  H1 (block)\n");
    ct_pdf_has(structure, "\"Ben Čapek\"\n  Figure");
    ct_pdf_has(structure, "P (block)\n    \"Last the code\"\n");
    CT_EACH (part, parts)
        if (ct_sv_search(ct_str_sv(&pdf), ct_sv_c(*part)) == SIZE_MAX)
            fail_msg("not in it: %s", *part);
    const char *fonts = ct_pdf_ask(&a, ct_str_sv(&pdf),
                                   "pdffonts $F 2>&1 | tail -n +3 | grep -vc 'yes yes yes'; true");
    CT_EQ_STR("every font is embedded, in part, with its letters", fonts, "0\n");
}

static void every_script_can_be_read_again(void **state)
{
    static const char *const names[] = {"María-José Ñúñez de la Peña",
                                        "Nguyễn Thị Hoa",
                                        "Şebnem Yıldız",
                                        "Łukasz Żółć",
                                        "Ελένη Παπαδοπούλου",
                                        "Наталія Шевченко",
                                        "משה כהן",
                                        "محمد علي",
                                        "山田太郎",
                                        "김영희",
                                        "O’Rourke & <Sons>",
                                        "Griffith Affleck fi",
                                        "Maximiliane-Friederike Prinzessin zu Hohenlohe"};

    (void)state;
    CT_EACH (name, names) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
        struct ct_pdf_item item = text_item(CT_PDF_HEADING, ct_sv_c(*name), 100);
        struct ct_pdf_page page = page_of(&item, 1);
        write_page(&page, &pdf);
        /* Marks of direction around what runs from right to left are poppler's. */
        const char *said =
            ct_pdf_ask(&a, ct_str_sv(&pdf), "pdftotext $F - | sed 's/\xe2\x80[\xaa-\xae]//g' 2>&1");
        ct_pdf_has(said, *name);
    }
}

/* The size of the first word, in tenths of a point. */
static long height_of(struct ct_str *pdf)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *said = ct_pdf_ask(&a, ct_str_sv(pdf), "pdftotext -bbox $F - | grep -m1 '<word'");
    double top, bottom;

    assert_int_equal(
        sscanf(strstr(said, "yMin"), "yMin=\"%lf\" xMax=\"%*[0-9.]\" yMax=\"%lf\"", &top, &bottom),
        2);
    return (long)((bottom - top) * 10);
}

static void long_texts_shrink_then_wrap_then_are_cut(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR brief = CT_STR_INIT(CT_PDF_MAX), longer = CT_STR_INIT(CT_PDF_MAX),
                cut = CT_STR_INIT(CT_PDF_MAX);
    char text[1001];
    struct ct_pdf_item item = text_item(CT_PDF_HEADING, CT_SV("Ben"), 100);
    struct ct_pdf_page page = page_of(&item, 1);

    (void)state;
    write_page(&page, &brief);
    item.text = CT_SV("Maximiliane-Friederike zu Hohenlohe-Waldenburg-Schillingsfürst");
    write_page(&page, &longer);
    assert_true(height_of(&longer) < height_of(&brief));
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&longer), "pdftotext -layout $F -"), "Schillingsfürst");
    memset(text, 'w', 1000);
    text[1000] = '\0';
    item.text = ct_sv_c(text);
    item.lines = 2;
    write_page(&page, &cut);
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&cut), "pdftotext $F -"), "…");
}

static void the_same_page_is_the_same_bytes(void **state)
{
    CT_AUTO_STR one = CT_STR_INIT(CT_PDF_MAX), two = CT_STR_INIT(CT_PDF_MAX);
    struct ct_pdf_item items[] = {text_item(CT_PDF_HEADING, CT_SV("Nguyễn محمد"), 100), figure};
    struct ct_pdf_page page = page_of(items, 2);

    (void)state;
    write_page(&page, &one);
    write_page(&page, &two);
    CT_EQ_I64("length", two.n, one.n);
    assert_memory_equal(one.p, two.p, one.n);
}

static void the_attached_file_is_found_again(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX), bare = CT_STR_INIT(CT_PDF_MAX);
    struct ct_err err = CT_ERR_INIT;
    struct ct_pdf_item item = text_item(CT_PDF_HEADING, CT_SV("Ben"), 100);
    struct ct_pdf_page page = page_of(&item, 1);
    struct ct_sv got;

    (void)state;
    write_page(&page, &pdf);
    CT_OK_("found", ct_pdf_file_of(ct_str_sv(&pdf), &got, &err), &err);
    CT_EQ_SV("bytes", got, page.file.bytes);
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfdetach -list $F"), "1: a.json");
    ct_pdf_has(ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfdetach -save 1 -o /dev/stdout $F"),
               "{\"a\":1}\n");
    page.file = (struct ct_pdf_file){.name = CT_SV_NULL};
    write_page(&page, &bare);
    CT_EQ_I64("none", ct_pdf_file_of(ct_str_sv(&bare), &got, NULL), CT_NOT_FOUND);
}

/* Whatever a file claims, nothing outside of it is read. */
static void broken_documents_have_no_file(void **state)
{
    static const struct {
        const char *name, *pdf;
    } cases[] = {
        {"nothing", ""},
        {"no document", "Hello"},
        {"no stream", "/Type /EmbeddedFile /Length 3 >>"},
        {"no length", "/Type /EmbeddedFile >>\nstream\nabc"},
        {"a length past the end", "/Type /EmbeddedFile /Length 4 >>\nstream\nabc"},
        {"a length of many digits", "/Type /EmbeddedFile /Length 99999999999999 >>\nstream\nabc"},
        {"a negative length", "/Type /EmbeddedFile /Length -1 >>\nstream\nabc"},
        {"packed", "/Type /EmbeddedFile /Filter /FlateDecode /Length 3 >>\nstream\nabc"},
    };
    struct ct_sv got;

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_pdf_file_of(ct_sv_c(c->pdf), &got, NULL), CT_NOT_FOUND);
    CT_OK_("a whole one",
           ct_pdf_file_of(CT_SV("/Type /EmbeddedFile /Length 3 >>\nstream\nabc"), &got, NULL),
           NULL);
    CT_EQ_SV("bytes", got, CT_SV("abc"));
}

static void a_page_that_is_too_big_is_none(void **state)
{
    struct ct_pdf_item item = text_item(CT_PDF_HEADING, CT_SV("Ben"), 100);
    struct ct_pdf_page page = page_of(&item, 1);
    CT_AUTO_STR small = CT_STR_INIT(1000);

    (void)state;
    CT_EQ_I64("small", ct_pdf_write(&page, &small, NULL), CT_TOO_BIG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_tagged_and_says_what_it_is),
        cmocka_unit_test(every_script_can_be_read_again),
        cmocka_unit_test(long_texts_shrink_then_wrap_then_are_cut),
        cmocka_unit_test(the_same_page_is_the_same_bytes),
        cmocka_unit_test(the_attached_file_is_found_again),
        cmocka_unit_test(broken_documents_have_no_file),
        cmocka_unit_test(a_page_that_is_too_big_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
