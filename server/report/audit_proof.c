/*
 * audit_proof.c: the certificates of an audit pack: a list, each as PDF and as signed document, and
 * the public key by which they are confirmed.
 */
#include "audit_priv.h"

#include "ct/learn/certificate_paper.h"
#include "ct/text/pdf_page.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

/* The curriculum's title up to its tagline, as the head of every page has it. */
static struct ct_sv issuer_of(const struct ct_catalogue *cat)
{
    return ct_sv_sub(cat->title, 0, ct_sv_search(cat->title, CT_SV(": ")));
}

static struct ct_sv file_name(struct ct_arena *a, struct ct_sv code, const char *ending)
{
    return ct_arena_printf(a, "certificates/%.*s.%s", CT_SV_ARG(ct_certificate_dashed(a, code)),
                           ending);
}

/* Whether there is something to sign: nothing new is said about one that was revoked. */
static bool has_file(const struct ct_pack *p, const struct ct_certificate *c)
{
    return p->has_keys && c->revoked_at == 0;
}

static int write_files(struct ct_pack *p, const struct ct_certificate *c, struct ct_arena *scratch,
                       struct ct_err *err)
{
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX), pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_sv issuer = issuer_of(p->q->cat);
    struct ct_sv path =
        CT_URL(scratch, CT_SV("certificates"), ct_certificate_dashed(scratch, c->code));
    struct ct_sv url = ct_arena_printf(scratch, "%.*s%.*s", CT_SV_ARG(p->q->site), CT_SV_ARG(path));
    int r;

    if ((r = ct_certificate_document(c, issuer, &p->keys, &document, err)) < 0 ||
        (r = ct_certificate_pdf(scratch, c, issuer, url, p->q->cat->lang, ct_str_sv(&document),
                                &pdf, err)) < 0 ||
        (r = ct_pack_add(p, file_name(scratch, c->code, "json"), ct_str_sv(&document), err)) < 0)
        return r;
    return ct_pack_add(p, file_name(scratch, c->code, "pdf"), ct_str_sv(&pdf), err);
}

static struct ct_sv date_text(struct ct_arena *a, struct ct_date d)
{
    return d.year ? ct_arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day) : CT_SV("");
}

static int write_row(struct ct_pack_table *file, const struct ct_certificate *c, struct ct_arena *a,
                     struct ct_err *err)
{
    const struct ct_pack *p = file->pack;
    const struct ct_sv cells[] = {
        ct_certificate_dashed(a, c->code),
        ct_arena_printf(a, "%lld", (long long)c->person),
        c->name,
        c->course,
        c->course_title,
        c->discipline,
        ct_certificate_hours(a, c->minutes),
        date_text(a, c->issued_on),
        date_text(a, c->expires_on),
        ct_sv_c(ct_certificate_status_name(ct_certificate_status(c, p->as_of))),
        has_file(p, c) ? file_name(a, c->code, "pdf") : CT_SV("")};

    return ct_pack_table_row(file, cells, err);
}

static int get(struct ct_pack *p, size_t i, struct ct_arena *a, struct ct_certificate *ret,
               struct ct_err *err)
{
    return ct_certificate_get(p->q->db, a, p->certificates[i].code, ret, err);
}

static int write_list(struct ct_pack *p, struct ct_err *err)
{
    static const char *const columns[] = {"certificate_code",
                                          "person_id",
                                          "certificate_name",
                                          "course",
                                          "course_title",
                                          "discipline",
                                          "hours",
                                          "issued_on",
                                          "expires_on",
                                          "status",
                                          "file"};
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_certificate c;
    struct ct_pack_table file;
    int r = ct_pack_table_begin(p, &file, "certificates.csv", columns,
                                sizeof columns / sizeof columns[0], err);

    for (size_t i = 0; i < p->n_certificates && r == CT_OK; i++) {
        if ((r = get(p, i, &scratch, &c, err)) == CT_OK)
            r = write_row(&file, &c, &scratch, err);
        ct_arena_reset(&scratch);
    }
    int ended = ct_pack_table_end(&file, err);
    return r < 0 ? r : ended;
}

int ct_pack_certificates(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_certificate c;
    int r = write_list(p, err);

    for (size_t i = 0; i < p->n_certificates && r == CT_OK; i++) {
        if ((r = get(p, i, &scratch, &c, err)) == CT_OK && has_file(p, &c))
            r = write_files(p, &c, &scratch, err);
        ct_arena_reset(&scratch);
        if (r == CT_OK)
            r = ct_pack_step(p, err);
    }
    if (r < 0 || !p->has_keys)
        return r;
    return ct_pack_add(p, CT_SV("certificate-key.txt"),
                       ct_certificate_keys_text(p->arena, &p->keys), err);
}
