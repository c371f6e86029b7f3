/*
 * certificate_paper.c: the signed document: its canonical form, signing and confirming it.
 */
#include "ct/learn/certificate_paper.h"

#include "ct/text/pdf_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum { MEMBERS_MAX = 64 };

/* ---- the canonical form ---- */

static int by_name(const void *x, const void *y)
{
    const char *const *a = x, *const *b = y;

    /* Our names are ASCII, whose order is the same by bytes and by UTF-16, which RFC 8785 wants. */
    return strcmp(*a, *b);
}

/* A text without control characters, which are escaped in more than one way, a whole number, null.
 */
static bool is_plain_value(const json_t *value)
{
    for (size_t i = 0; json_is_string(value) && i < json_string_length(value); i++)
        if ((unsigned char)json_string_value(value)[i] < 0x20)
            return false;
    return json_is_string(value) || json_is_integer(value) || json_is_null(value);
}

static bool is_plain_name(const char *name)
{
    for (const char *p = name; *p; p++)
        if ((*p < 'a' || *p > 'z') && *p != '_')
            return false;
    return true;
}

static bool is_plain(const json_t *object)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        if (!is_plain_value(value) || !is_plain_name(name))
            return false;
    }
    return json_is_object(object) && json_object_size(object) <= MEMBERS_MAX;
}

/* The object without its list of credit is plain, and so is each entry of that. */
static bool is_plain_with_credit(const json_t *object)
{
    CT_AUTO_JSON *bare = json_copy((json_t *)(uintptr_t)object);
    const json_t *credit = json_object_get(object, "credit");

    if (!json_is_array(credit) || json_array_size(credit) > MEMBERS_MAX)
        return false;
    for (size_t i = 0; i < json_array_size(credit); i++)
        if (!is_plain(json_array_get(credit, i)))
            return false;
    json_object_del(bare, "credit");
    return is_plain(bare);
}

static json_t *sorted(const json_t *object)
{
    const char *names[MEMBERS_MAX + 1], *name;
    json_t *value, *to = json_object();
    size_t n = 0;

    json_object_foreach((json_t *)(uintptr_t)object, name, value)
    {
        names[n++] = name;
    }
    qsort(names, n, sizeof names[0], by_name);
    for (size_t i = 0; i < n; i++)
        json_object_set(to, names[i], json_object_get(object, names[i]));
    return to;
}

static void write_canonical(const json_t *object, struct ct_str *out)
{
    CT_AUTO_JSON *whole = sorted(object);
    const json_t *credit = json_object_get(object, "credit");

    if (json_is_array(credit)) {
        json_t *list = json_array();
        for (size_t i = 0; i < json_array_size(credit); i++)
            json_array_append_new(list, sorted(json_array_get(credit, i)));
        json_object_set_new(whole, "credit", list);
    }
    ct_json_write(out, whole);
}

/* The bytes that are signed. */
static void write_signed(const json_t *certificate, struct ct_str *out)
{
    ct_str_add_sv(out, ct_json_get_sv(certificate, "format"));
    ct_str_add_char(out, '\n');
    write_canonical(certificate, out);
}

/* Whether it is a certificate of one of the formats. */
static bool is_document(const json_t *facts)
{
    struct ct_sv format = ct_json_get_sv(facts, "format");

    return (ct_sv_eq_c(format, CT_CERTIFICATE_FORMAT) && is_plain(facts)) ||
           (ct_sv_eq_c(format, CT_CERTIFICATE_FORMAT_CREDIT) && is_plain_with_credit(facts));
}

/* ---- signing ---- */

static json_t *day_of(struct ct_date d)
{
    char text[CT_TIME_TEXT];

    if (!d.year)
        return json_null();
    snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    return json_string(text);
}

static json_t *text_or_null(struct ct_sv s)
{
    return s.n ? ct_json_sv(s) : json_null();
}

static json_t *credit_of(struct ct_arena *a, const struct ct_certificate *c)
{
    json_t *list = json_array();

    for (size_t i = 0; i < c->n_credit; i++) {
        const struct ct_credit *line = &c->credit[i];
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:i}", "approval_body",
                            text_or_null(line->body), "approval_no", text_or_null(line->number),
                            "approval_state",
                            text_or_null(line->approval ? line->approval->state : CT_SV_NULL),
                            "credit_hours", ct_json_sv(ct_credit_hours(a, line->hundredths)),
                            "credit_title", ct_json_sv(line->rule->title), "credit_type",
                            ct_json_sv(line->type), "credit_year", line->year));
    }
    return list;
}

static json_t *facts_of(const struct ct_certificate *c, struct ct_sv issuer)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    json_t *facts = json_object();

    json_object_set_new(facts, "certificate_code", ct_json_sv(ct_certificate_dashed(&a, c->code)));
    json_object_set_new(facts, "certificate_name", ct_json_sv(c->name));
    json_object_set_new(facts, "course", ct_json_sv(c->course));
    json_object_set_new(facts, "course_revision", ct_json_sv(c->revision));
    json_object_set_new(facts, "course_title", ct_json_sv(c->course_title));
    json_object_set_new(facts, "discipline", ct_json_sv(c->discipline));
    json_object_set_new(facts, "discipline_name", ct_json_sv(c->discipline_name));
    json_object_set_new(facts, "expires_on", day_of(c->expires_on));
    json_object_set_new(
        facts, "format",
        json_string(c->n_credit ? CT_CERTIFICATE_FORMAT_CREDIT : CT_CERTIFICATE_FORMAT));
    json_object_set_new(facts, "issued_on", day_of(c->issued_on));
    json_object_set_new(facts, "issuer", ct_json_sv(issuer));
    json_object_set_new(facts, "minutes", json_integer(c->minutes));
    json_object_set_new(facts, "score_percent",
                        c->score < 0 ? json_null() : json_integer(c->score));
    if (c->n_credit) {
        json_object_set_new(facts, "reissued_on", day_of(c->reissued_on));
        json_object_set_new(facts, "credit", credit_of(&a, c));
    }
    return facts;
}

int ct_certificate_document(const struct ct_certificate *c, struct ct_sv issuer,
                            const struct ct_certificate_keys *keys, struct ct_str *out,
                            struct ct_err *err)
{
    CT_AUTO_STR bytes = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_JSON *facts = facts_of(c, issuer);
    unsigned char signature[CT_SIGN_BYTES];
    char text[CT_BASE64_TEXT(CT_SIGN_BYTES) + 1];

    if (c->revoked_at)
        return ct_fail(err, CT_CONFLICT, "code",
                       "this certificate is revoked; nothing is signed about it any more");
    if (!is_document(facts))
        return ct_fail(err, CT_INTERNAL, "certificate", "a name in it has control characters");
    write_signed(facts, &bytes);
    if (!ct_str_ok(&bytes))
        return ct_fail(err, CT_TOO_BIG, "certificate", "over %d bytes",
                       CT_CERTIFICATE_DOCUMENT_MAX);
    ct_sign(keys->secret, ct_str_sv(&bytes), signature);
    ct_str_add_c(out, "{\"certificate\":");
    write_canonical(facts, out);
    ct_str_addf(out,
                ",\"signature\":{\"algorithm\":\"Ed25519\",\"key\":\"%s\",\"value\":\"%s\"}}\n",
                keys->list[0].text, ct_base64(signature, sizeof signature, text));
    return ct_str_ok(out) ? CT_OK
                          : ct_fail(err, CT_TOO_BIG, "certificate", "over %zu bytes", out->max);
}

/* ---- confirming ---- */

static int no_document(struct ct_err *err)
{
    return ct_fail(err, CT_BAD_INPUT, "document", "this is no signed certificate of crosstrain");
}

/* The document in a PDF, else the bytes themselves. */
static int find_document(struct ct_sv bytes, struct ct_sv *ret, struct ct_err *err)
{
    *ret = bytes;
    return ct_sv_starts(bytes, CT_SV("%PDF-")) ? ct_pdf_file_of(bytes, ret, err) : CT_OK;
}

static const struct ct_public_key *key_of(const struct ct_public_key *trusted, size_t n,
                                          struct ct_sv text)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq_c(text, trusted[i].text))
            return &trusted[i];
    return NULL;
}

int ct_certificate_verify(struct ct_sv bytes, const struct ct_public_key *trusted, size_t n,
                          json_t **ret_certificate, const struct ct_public_key **ret_key,
                          struct ct_err *err)
{
    CT_AUTO_STR was_signed = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_JSON *document = NULL;
    unsigned char value[CT_SIGN_BYTES];
    const struct ct_public_key *key;
    struct ct_sv text;
    int r = find_document(bytes, &text, err);

    if (r < 0)
        return r;
    if (ct_json_parse(text, CT_CERTIFICATE_DOCUMENT_MAX, &document, NULL) < 0)
        return no_document(err);
    json_t *facts = json_object_get(document, "certificate");
    const json_t *signature = json_object_get(document, "signature");
    if (!json_is_object(facts) || !json_is_object(signature) || json_object_size(document) != 2 ||
        !is_document(facts) || !ct_sv_eq_c(ct_json_get_sv(signature, "algorithm"), "Ed25519") ||
        !ct_base64_read(ct_json_get_sv(signature, "value"), value, sizeof value))
        return no_document(err);
    if (!(key = key_of(trusted, n, ct_json_get_sv(signature, "key"))))
        return ct_fail(err, CT_DENIED, "key",
                       "it names a key that is not among those that you trust");
    write_signed(facts, &was_signed);
    if (!ct_str_ok(&was_signed) || !ct_sign_verify(key->bytes, ct_str_sv(&was_signed), value))
        return ct_fail(err, CT_DENIED, "signature",
                       "the signature does not fit: this is not as it was signed");
    *ret_certificate = json_incref(facts);
    *ret_key = key;
    return CT_OK;
}
