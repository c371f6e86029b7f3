/*
 * test_certificate_paper.c: what is signed can be confirmed, and nothing else; the page says all
 * that the certificate says, in its order, and carries the document.
 */
#include "ct_pdf.h"

#include "ct/learn/certificate_paper.h"
#include "ct/text/pdf_page.h"

#include "ct/base/banned.h"

#define ISSUER CT_SV("Bridging the Systems")
#define URL    CT_SV("https://training.example.org/certificates/ABCD-EFGH-JKMN-PQRS")

static struct ct_certificate_keys keys;
static struct ct_public_key key;

static int make_key(void **state)
{
    (void)state;
    if (ct_secret_init(NULL) < 0)
        return -1;
    ct_sign_make(keys.secret, key.bytes);
    ct_base64(key.bytes, sizeof key.bytes, key.text);
    keys.list = &key;
    keys.n = 1;
    return 0;
}

static struct ct_certificate sample(void)
{
    return (struct ct_certificate){
        .code = CT_SV("ABCDEFGHJKMNPQRS"),
        .name = CT_SV("María-José \"Mimí\" Ñúñez\\Peña"),
        .issued_name = CT_SV("María Peña"),
        .course = CT_SV("bridging-the-systems"),
        .course_title = CT_SV("Bridging the Systems: the core course"),
        .discipline = CT_SV("caseworker"),
        .discipline_name = CT_SV("Caseworker"),
        .revision = CT_SV("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        .email = CT_SV("secret@example.org"),
        .person = 7,
        .minutes = 150,
        .score = 91,
        .issued_at = 1770000000,
        .issued_on = {2026, 2, 2},
        .months = 12,
        .expires_on = {2027, 2, 2},
    };
}

static void sign(const struct ct_certificate *c, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("signed", ct_certificate_document(c, ISSUER, &keys, out, &err), &err);
}

static int verify(struct ct_sv bytes, struct ct_err *err)
{
    CT_AUTO_JSON *facts = NULL;
    const struct ct_public_key *by;

    return ct_certificate_verify(bytes, &key, 1, &facts, &by, err);
}

static void the_document_has_its_fields_in_their_order(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_STR bare = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    static const char want[] =
        "{\"certificate\":{\"certificate_code\":\"ABCD-EFGH-JKMN-PQRS\","
        "\"certificate_name\":\"María-José \\\"Mimí\\\" Ñúñez\\\\Peña\","
        "\"course\":\"bridging-the-systems\",\"course_revision\":"
        "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
        "\"course_title\":\"Bridging the Systems: the core course\","
        "\"discipline\":\"caseworker\",\"discipline_name\":\"Caseworker\","
        "\"expires_on\":\"2027-02-02\",\"format\":\"crosstrain-certificate-1\","
        "\"issued_on\":\"2026-02-02\",\"issuer\":\"Bridging the Systems\",\"minutes\":150,"
        "\"score_percent\":91},\"signature\":{\"algorithm\":\"Ed25519\",\"key\":\"";
    struct ct_certificate c = sample();

    (void)state;
    sign(&c, &out);
    CT_EQ_SV("document", ct_sv_sub(ct_str_sv(&out), 0, sizeof want - 1), ct_sv_c(want));
    CT_EQ_SV("a line", ct_sv_sub(ct_str_sv(&out), out.n - 3, 3), CT_SV("}}\n"));
    c.expires_on.year = 0;
    c.score = -1;
    sign(&c, &bare);
    assert_non_null(strstr(bare.p, "\"expires_on\":null"));
    assert_non_null(strstr(bare.p, "\"score_percent\":null"));
}

static void the_same_is_signed_the_same(void **state)
{
    CT_AUTO_STR one = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_STR two = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate c = sample();

    (void)state;
    sign(&c, &one);
    sign(&c, &two);
    CT_EQ_SV("bytes", ct_str_sv(&one), ct_str_sv(&two));
}

static void a_signed_document_is_confirmed(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate c = sample();
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_JSON *facts = NULL;
    struct ct_public_key trusted[2] = {{.text = "another"}, key};
    const struct ct_public_key *by = NULL;

    (void)state;
    sign(&c, &out);
    CT_OK_("confirmed", ct_certificate_verify(ct_str_sv(&out), trusted, 2, &facts, &by, &err),
           &err);
    CT_EQ_SV("name", ct_json_get_sv(facts, "certificate_name"), c.name);
    CT_EQ_I64("minutes", json_integer_value(json_object_get(facts, "minutes")), 150);
    assert_ptr_equal(by, &trusted[1]);
}

/* Another order of members, blanks, escapes: the same document. */
static void how_it_is_written_does_not_matter(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_JSON *document = NULL, *other = json_object();
    struct ct_certificate c = sample();
    const char *name;
    json_t *value;

    (void)state;
    sign(&c, &out);
    CT_OK_("parsed", ct_json_parse(ct_str_sv(&out), 1 << 16, &document, NULL), NULL);
    json_t *backwards = json_object(), *facts = json_object_get(document, "certificate");
    const char *names[32];
    size_t n = 0;
    json_object_foreach(facts, name, value)
    {
        names[n++] = name;
    }
    while (n--)
        json_object_set(backwards, names[n], json_object_get(facts, names[n]));
    json_object_set(other, "signature", json_object_get(document, "signature"));
    json_object_set_new(other, "certificate", backwards);
    char text[8192];
    size_t length = json_dumpb(other, text, sizeof text, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    assert_true(length > 0 && length < sizeof text);
    assert_non_null(strstr(ct_sv_n(text, length).p, "\\u00D1"));
    CT_EQ_I64("confirmed", verify(ct_sv_n(text, length), NULL), CT_OK);
}

/* Every byte of the document, changed in every way that leaves it what it is, is noticed. */
static void no_byte_of_it_can_change(void **state)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate c = sample();

    (void)state;
    sign(&c, &out);
    for (size_t i = 0; i + 1 < out.n; i++) { /* without the line end */
        char was = out.p[i];
        for (int bit = 0; bit < 8; bit++) {
            out.p[i] = (char)(was ^ (1 << bit));
            int r = verify(ct_str_sv(&out), NULL);
            if (r != CT_BAD_INPUT && r != CT_DENIED)
                fail_msg("byte %zu, bit %d: %d", i, bit, r);
        }
        out.p[i] = was;
    }
    CT_EQ_I64("as it was", verify(ct_str_sv(&out), NULL), CT_OK);
}

static void what_people_do_to_documents_is_noticed(void **state)
{
    static const struct {
        const char *name, *from, *to;
        int want;
        const char *what;
    } cases[] = {
        {"another name", "Ñúñez", "Xuxez", CT_DENIED, "signature"},
        {"more hours", "\"minutes\":150", "\"minutes\":950", CT_DENIED, "signature"},
        {"hours as text", "\"minutes\":150", "\"minutes\":\"150\"", CT_DENIED, "signature"},
        {"a later end", "2027-02-02", "2037-02-02", CT_DENIED, "signature"},
        {"no end", "\"2027-02-02\"", "null", CT_DENIED, "signature"},
        {"a member less", ",\"score_percent\":91", "", CT_DENIED, "signature"},
        {"a member more", "\"score_percent\":91", "\"score_percent\":91,\"grade\":\"A\"", CT_DENIED,
         "signature"},
        {"a member twice", "\"minutes\":150", "\"minutes\":150,\"minutes\":150", CT_BAD_INPUT,
         "document"},
        {"a fraction", "\"minutes\":150", "\"minutes\":150.0", CT_BAD_INPUT, "document"},
        {"a list", "\"minutes\":150", "\"minutes\":[150]", CT_BAD_INPUT, "document"},
        {"a line break in a name", "Ñúñez", "Ñ\\núñez", CT_BAD_INPUT, "document"},
        {"something beside it", "{\"certificate\"", "{\"note\":\"valid\",\"certificate\"",
         CT_BAD_INPUT, "document"},
        {"another format", "crosstrain-certificate-1", "crosstrain-certificate-2", CT_BAD_INPUT,
         "document"},
        {"another algorithm", "Ed25519", "none", CT_BAD_INPUT, "document"},
        {"no signature", ",\"signature\"", ",\"signatures\"", CT_BAD_INPUT, "document"},
        {"no value", "\"value\"", "\"values\"", CT_BAD_INPUT, "document"},
        {"cut off", "}}\n", "}", CT_BAD_INPUT, "document"},
        {"more behind it", "}}\n", "}} x", CT_BAD_INPUT, "document"},
    };
    CT_AUTO_STR out = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate c = sample();

    (void)state;
    sign(&c, &out);
    CT_EACH (one, cases) {
        CT_AUTO_STR changed = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
        struct ct_err err = CT_ERR_INIT;
        size_t at = ct_sv_search(ct_str_sv(&out), ct_sv_c(one->from));
        assert_true(at != SIZE_MAX);
        ct_str_add(&changed, out.p, at);
        ct_str_add_c(&changed, one->to);
        ct_str_add_c(&changed, out.p + at + strlen(one->from));
        CT_EQ_I64(one->name, verify(ct_str_sv(&changed), &err), one->want);
        CT_EQ_STR(one->name, err.what, one->what);
    }
}

static void a_key_of_one_s_own_confirms_nothing(void **state)
{
    CT_AUTO_STR forged = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate c = sample();
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate_keys own = {.n = 1};
    struct ct_public_key mine = {.since = {2026, 1, 1}};

    (void)state;
    ct_sign_make(own.secret, mine.bytes);
    ct_base64(mine.bytes, sizeof mine.bytes, mine.text);
    own.list = &mine;
    CT_OK_("signed", ct_certificate_document(&c, ISSUER, &own, &forged, &err), &err);
    CT_EQ_I64("not by the site's", verify(ct_str_sv(&forged), &err), CT_DENIED);
    CT_EQ_STR("why", err.what, "key");
    /* The site's key named, one's own signature kept. */
    size_t at = ct_sv_search(ct_str_sv(&forged), ct_sv_c(mine.text));
    memcpy(forged.p + at, key.text, strlen(key.text));
    ct_err_clear(&err);
    CT_EQ_I64("nor by its name", verify(ct_str_sv(&forged), &err), CT_DENIED);
    CT_EQ_STR("why", err.what, "signature");
}

static void what_is_no_document(void **state)
{
    static const struct {
        const char *name, *text;
        int want;
    } cases[] = {{"nothing", "", CT_BAD_INPUT},
                 {"text", "Certificate of completion", CT_BAD_INPUT},
                 {"a list", "[]", CT_BAD_INPUT},
                 {"an object", "{}", CT_BAD_INPUT},
                 {"another's PDF", "%PDF-1.4\nHello\n", CT_NOT_FOUND},
                 {"one that carries something else",
                  "%PDF-1.4\n/Type /EmbeddedFile /Length 3 >>\nstream\nabc", CT_BAD_INPUT}};

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, verify(ct_sv_c(c->text), NULL), c->want);
}

static void print(const struct ct_certificate *c, struct ct_str *out)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_err err = CT_ERR_INIT;

    sign(c, &document);
    CT_OK_("printed",
           ct_certificate_pdf(&a, c, ISSUER, URL, CT_SV("en"), ct_str_sv(&document), out, &err),
           &err);
}

static void the_page_is_read_in_its_order(void **state)
{
    static const char *const order[] = {"  P (block)\n    \"Bridging the Systems\"",
                                        "\"Certificate of completion\"",
                                        "  H1 (block)\n    \"María-José",
                                        "\"Caseworker\"",
                                        "\"has completed\"",
                                        "the core course\"",
                                        "\"Date\"",
                                        "\"February 2, 2026\"",
                                        "\"Valid through\"",
                                        "\"February 2, 2027\"",
                                        "\"Training time\"",
                                        "\"2.5 hours\"",
                                        "\"Quizzes\"",
                                        "\"91 %\"",
                                        "\"Text revision\"",
                                        "\"0123456789ab\"",
                                        "\"Code\"",
                                        "\"ABCD-EFGH-JKMN-PQRS\"",
                                        "  Figure",
                                        "Anybody can check this certificate at"};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_certificate c = sample();

    (void)state;
    print(&c, &pdf);
    const char *said = ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo -struct-text $F 2>&1");
    const char *at = said;
    CT_EACH (part, order) {
        const char *found = strstr(at, *part);
        if (!found)
            fail_msg("not behind what was before: %s\n%s", *part, said);
        at = found;
    }
    const char *info = ct_pdf_ask(&a, ct_str_sv(&pdf), "TZ=UTC pdfinfo $F 2>&1");
    ct_pdf_has(info, "Author:          Bridging the Systems\n");
    ct_pdf_has(info, "CreationDate:    Mon Feb  2 02:40:00 2026 UTC\n");
    ct_pdf_has(info, "Pages:           1\n");
    ct_pdf_has(info, "792 x 612 pts (letter)\n");
    ct_pdf_has(info, "Title:           Certificate of completion: María-José");
    assert_null(strstr(said, "secret@example.org"));
}

static void the_page_carries_the_document(void **state)
{
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX), again = CT_STR_INIT(CT_PDF_MAX);
    struct ct_certificate c = sample();
    struct ct_sv document;
    struct ct_err err = CT_ERR_INIT;

    (void)state;
    print(&c, &pdf);
    print(&c, &again);
    CT_EQ_I64("the same bytes", ct_sv_eq(ct_str_sv(&pdf), ct_str_sv(&again)), true);
    CT_OK_("confirmed", verify(ct_str_sv(&pdf), &err), &err);
    CT_OK_("attached", ct_pdf_file_of(ct_str_sv(&pdf), &document, &err), &err);
    ((char *)(uintptr_t)document.p)[document.n / 2] ^= 1;
    assert_true(verify(ct_str_sv(&pdf), NULL) < 0);
}

static void names_of_every_script_and_length_fit_on_it(void **state)
{
    static const char *const names[] = {
        "Nguyễn Thị Hoa",
        "Şebnem Yıldız",
        "משה כהן",
        "محمد علي",
        "山田太郎",
        "Li",
        "Maximiliane-Friederike Prinzessin zu Hohenlohe-Waldenburg-Schillingsfürst-Kaunitz"};

    (void)state;
    CT_EACH (name, names) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
        struct ct_certificate c = sample();
        c.name = ct_sv_c(*name);
        print(&c, &pdf);
        const char *said = ct_pdf_ask(&a, ct_str_sv(&pdf),
                                      "pdftotext $F - | tr '\\n' ' ' | "
                                      "sed -E 's/\xe2\x80[\xaa-\xae]//g; s/- /-/g'");
        ct_pdf_has(said, *name);
        CT_EQ_STR(*name, ct_pdf_ask(&a, ct_str_sv(&pdf), "pdfinfo $F | grep -c '^Pages:  *1$'"),
                  "1\n");
    }
}

static void a_revoked_one_is_neither_signed_nor_printed(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_STR out = CT_STR_INIT(CT_PDF_MAX);
    struct ct_certificate c = sample();

    (void)state;
    c.revoked_at = c.issued_at + 1;
    CT_EQ_I64("signed", ct_certificate_document(&c, ISSUER, &keys, &out, NULL), CT_CONFLICT);
    CT_EQ_I64("printed",
              ct_certificate_pdf(&a, &c, ISSUER, URL, CT_SV("en"), CT_SV("{}"), &out, NULL),
              CT_CONFLICT);
    CT_EQ_I64("nothing was written", out.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_has_its_fields_in_their_order),
        cmocka_unit_test(the_same_is_signed_the_same),
        cmocka_unit_test(a_signed_document_is_confirmed),
        cmocka_unit_test(how_it_is_written_does_not_matter),
        cmocka_unit_test(no_byte_of_it_can_change),
        cmocka_unit_test(what_people_do_to_documents_is_noticed),
        cmocka_unit_test(a_key_of_one_s_own_confirms_nothing),
        cmocka_unit_test(what_is_no_document),
        cmocka_unit_test(the_page_is_read_in_its_order),
        cmocka_unit_test(the_page_carries_the_document),
        cmocka_unit_test(names_of_every_script_and_length_fit_on_it),
        cmocka_unit_test(a_revoked_one_is_neither_signed_nor_printed),
    };
    return cmocka_run_group_tests(tests, make_key, NULL);
}
