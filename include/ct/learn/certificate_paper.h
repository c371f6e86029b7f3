/*
 * ct/learn/certificate_paper.h: a certificate for the hand: a small signed document that anybody
 * can confirm without the site, and a page to print that carries it.
 *
 * The document is JSON (RFC 8259), two members in one object:
 *
 *     "certificate"  an object of texts, whole numbers and nulls alone, with the names below
 *     "signature"    "algorithm" ("Ed25519"), "key" and "value" in base64
 *
 * What is signed is the line "crosstrain-certificate-1\n" and behind it the member "certificate" in
 * its canonical form: as RFC 8785 has it, in UTF-8, without blanks, its members by name. So
 * `jq -cjS .certificate` gives the same bytes. Names are never changed or reused; a new one needs a
 * new "format": certificate_code, certificate_name, course, course_revision (64 hexadecimal
 * digits), course_title, discipline, discipline_name, expires_on, format, issued_on, issuer,
 * minutes, score_percent. Days are YYYY-MM-DD; expires_on and score_percent may be null.
 *
 * One that bears credit has the format "crosstrain-certificate-2", which is also the first line of
 * what is signed, and two members more: "reissued_on", the day since which it bears it, or null,
 * and "credit", a list of objects of texts, whole numbers and nulls: approval_body, approval_no,
 * approval_state (all three null where a rule asks for no approval), credit_hours ("1.25", a text),
 * credit_title, credit_type, credit_year. Their members, too, stand by name.
 *
 * The document says what was issued to whom. Whether it was revoked since, or a newer one exists,
 * only the site knows.
 */
#ifndef CT_LEARN_CERTIFICATE_PAPER_H
#define CT_LEARN_CERTIFICATE_PAPER_H

#include "ct/learn/certificate.h"
#include "ct/learn/certificate_key.h"
#include "ct/text/json.h"

#define CT_CERTIFICATE_FORMAT        "crosstrain-certificate-1"
#define CT_CERTIFICATE_FORMAT_CREDIT "crosstrain-certificate-2"
#define CT_CERTIFICATE_FILE          "crosstrain-certificate.json" /* as it is called within a PDF */

enum { CT_CERTIFICATE_DOCUMENT_MAX = 64 * 1024 }; /* bytes */

/* Appends the document and a line end. The same certificate, issuer and key give the same bytes.
 * CT_CONFLICT for one that is revoked: nothing new is signed about it. */
int ct_certificate_document(const struct ct_certificate *c, struct ct_sv issuer,
                            const struct ct_certificate_keys *keys, struct ct_str *out,
                            struct ct_err *err);

/* Appends the certificate as a PDF of one US Letter page, landscape, with the document attached.
 * `verify_url`: where anybody can check it, also as a QR code; `lang`: of the course's title. The
 * same arguments give the same bytes. CT_CONFLICT likewise. */
int ct_certificate_pdf(struct ct_arena *a, const struct ct_certificate *c, struct ct_sv issuer,
                       struct ct_sv verify_url, struct ct_sv lang, struct ct_sv document,
                       struct ct_str *out, struct ct_err *err);

/* Confirms a document, or the one in a PDF, by public keys that the caller trusts. CT_OK with
 * *ret_certificate (a new reference) and which key it was; CT_BAD_INPUT for what is no such
 * document; CT_DENIED (what: "key", "signature") if none of the keys signed it. */
int ct_certificate_verify(struct ct_sv bytes, const struct ct_public_key *trusted, size_t n,
                          json_t **ret_certificate, const struct ct_public_key **ret_key,
                          struct ct_err *err);

#endif
