/*
 * test_certificate_credit.c: a certificate bears the credit that is known: an approval recorded
 * late reissues it under its code; what is signed has the hours in it; older documents stay good.
 */
#include "credit_test.h"
#include "ct_pdf.h"

#include "ct/learn/certificate_paper.h"
#include "ct/text/pdf_page.h"

#include "ct/base/banned.h"

#define CODE CT_SV("0000000000000001")

static struct ct_certificate_keys keys;
static struct ct_public_key key;

/* What certificate 1 bears as of a day. */
static struct ct_certificate read_on(struct site *s, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate c;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("get", ct_certificate_get(rd.db, &s->o.a, CODE, &c, &err), &err);
    CT_OK_("credit", ct_certificate_credit(rd.db, &s->o.a, &c, noon(day), &err), &err);
    return c;
}

/* A certificate of March with an approval of May, corrected in June, withdrawn in July. */
static void fill(struct site *s)
{
    struct ct_credit_approval v = credit_approval("Bar", "2026-01-01", "2026-12-31");

    ct_sign_make(keys.secret, key.bytes);
    ct_base64(key.bytes, sizeof key.bytes, key.text);
    keys.list = &key;
    keys.n = 1;
    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 80, 80);
    s->o.now = noon("2026-05-01");
    v.id = credit_approve(s, v);
    s->o.now = noon("2026-05-20");
    credit_approve(s, credit_approval("Birch", "2028-01-01", NULL)); /* changes nothing here */
    s->o.now = noon("2026-06-01");
    v.hundredths = 100;
    credit_approve(s, v);
    s->o.now = noon("2026-07-01");
    v.withdrawn = day_in("2026-01-01");
    v.note = CT_SV("given in error");
    credit_approve(s, v);
}

static void it_is_reissued_under_its_code(void **state)
{
    static const struct {
        const char *name, *day, *credit, *reissued;
    } cases[] = {
        {"as issued", "2026-04-30", "", "1970-01-01"},
        {"approved late", "2026-05-01",
         "1.25 hours of Legal education, Bar, number A-1, Alder, credit year 2026", "2026-05-01"},
        {"another approval, that is not of this day", "2026-05-25",
         "1.25 hours of Legal education, Bar, number A-1, Alder, credit year 2026", "2026-05-01"},
        {"corrected", "2026-06-02",
         "1 hour of Legal education, Bar, number A-1, Alder, credit year 2026", "2026-06-01"},
        {"withdrawn", "2026-07-02", "", "2026-07-01"},
    };
    struct site *s = *state;
    struct ct_certificate_issue *issues;
    struct ct_err err = CT_ERR_INIT;
    char day[CT_TIME_TEXT];
    size_t n;

    fill(s);
    CT_EACH (c, cases) {
        struct ct_certificate k = read_on(s, c->day);
        CT_EQ_SV(c->name, k.n_credit ? ct_credit_line(&s->o.a, k.credit) : CT_SV(""),
                 ct_sv_c(c->credit));
        CT_EQ_STR(c->name, ct_time_date(k.reissued_at, day), c->reissued);
    }
    struct ct_certificate now = read_on(s, "2026-08-01");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("issues",
           ct_certificate_issues(rd.db, &s->o.a, &now, noon("2026-08-01"), &issues, &n, &err),
           &err);
    CT_EQ_I64("issued, and reissued three times", n, 4);
    CT_EQ_I64("the newest first", issues[0].at, noon("2026-07-01"));
    CT_EQ_I64("the first", issues[3].at, noon("2026-03-10"));
    CT_EQ_I64("with nothing", issues[3].n_credit, 0);
    CT_EQ_I64("as it was before the correction", issues[2].credit[0].hundredths, 125);
}

static void sign(const struct ct_certificate *c, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("signed", ct_certificate_document(c, CT_SV("Site"), &keys, out, &err), &err);
}

static int verify(struct ct_sv bytes, json_t **ret)
{
    const struct ct_public_key *by;

    return ct_certificate_verify(bytes, &key, 1, ret, &by, NULL);
}

static void the_signature_covers_the_credit(void **state)
{
    CT_AUTO_STR with = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_STR without = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_JSON *facts = NULL, *older = NULL, *none = NULL;
    struct site *s = *state;
    struct ct_certificate c;

    fill(s);
    c = read_on(s, "2026-04-30");
    sign(&c, &without);
    CT_EQ_I64("one of before is confirmed", verify(ct_str_sv(&without), &older), CT_OK);
    CT_EQ_SV("in the older format", ct_json_get_sv(older, "format"), CT_SV(CT_CERTIFICATE_FORMAT));
    c = read_on(s, "2026-05-02");
    sign(&c, &with);
    CT_EQ_I64("confirmed", verify(ct_str_sv(&with), &facts), CT_OK);
    const char *at = strstr(with.p, "\"credit\":[");
    assert_non_null(at);
    CT_EQ_SV("by name", ct_sv_sub(ct_sv_c(at), 0, 163),
             CT_SV("\"credit\":[{\"approval_body\":\"Bar\",\"approval_no\":\"A-1\","
                   "\"approval_state\":\"Alder\",\"credit_hours\":\"1.25\",\"credit_title\":"
                   "\"Legal education\",\"credit_type\":\"cle\",\"credit_ye"));
    assert_non_null(strstr(with.p, "\"reissued_on\":\"2026-05-01\""));
    char *hours = strstr(with.p, "1.25");
    *hours = '9';
    CT_EQ_I64("other hours", verify(ct_str_sv(&with), &none), CT_DENIED);
    *hours = '1';
    char *format = strstr(with.p, "certificate-2");
    format[12] = '1';
    CT_EQ_I64("credit in the older format", verify(ct_str_sv(&with), &none), CT_BAD_INPUT);
}

static void the_page_shows_the_credit(void **state)
{
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX), pdf = CT_STR_INIT(CT_PDF_MAX);
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit many[7];
    CT_AUTO_JSON *facts = NULL;

    fill(s);
    struct ct_certificate c = read_on(s, "2026-05-02");
    for (size_t i = 0; i < 7; i++)
        many[i] = c.credit[0];
    c.credit = many;
    c.n_credit = 7;
    sign(&c, &document);
    CT_OK_("printed",
           ct_certificate_pdf(&s->o.a, &c, CT_SV("Site"), CT_SV("https://site.example/x"),
                              CT_SV("en"), ct_str_sv(&document), &pdf, &err),
           &err);
    CT_EQ_I64("confirmed", verify(ct_str_sv(&pdf), &facts), CT_OK);
    const char *said = ct_pdf_ask(&s->o.a, ct_str_sv(&pdf), "pdftotext -raw $F - 2>&1");
    ct_pdf_has(said, "1.25 hours of Legal education, Bar, number A-1, Alder, credit year 2026\n");
    ct_pdf_has(said, "and 4 more, at the address below\n");
    CT_EQ_STR("one page",
              ct_pdf_ask(&s->o.a, ct_str_sv(&pdf), "pdfinfo $F | grep -c '^Pages:  *1$'"), "1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)
        TEST(it_is_reissued_under_its_code),
        TEST(the_signature_covers_the_credit),
        TEST(the_page_shows_the_credit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
