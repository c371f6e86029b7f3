/*
 * certificate_file.c: certificates as files: printing and signing one, confirming one, the keys.
 */
#include "certificate_priv.h"

#include "ct/base/file.h"
#include "ct/text/pdf_page.h"
#include "ct/text/url.h"

#include <stdio.h>

#include "ct/base/banned.h"

static int load_keys(const struct ct_certificate_call *c, struct ct_certificate_keys *ret,
                     struct ct_err *err)
{
    const char *path = ct_cli_key(c->arena, ct_cli_data(c->arena, c->data), c->database);

    return ct_certificate_keys_load(c->arena, path, &ct_clock_system, ret, err);
}

/* ---- printing and signing ---- */

/* What is on paper beside the certificate itself. */
struct head {
    struct ct_sv issuer, lang;
};

/* The curriculum's title up to its tagline, as pages have it. */
static int read_head(const struct ct_certificate_call *c, struct ct_store *store, struct head *ret,
                     struct ct_err *err)
{
    CT_AUTO_LIBRARY *library = NULL;
    int r = ct_library_open(store, &ct_clock_system,
                            c->content ? c->content : ct_cli_content(c->arena), 1, &library, err);

    if (r < 0)
        return r;
    const struct ct_catalogue *cat = ct_library_hold(library, 0);
    ret->issuer =
        ct_arena_dup(c->arena, ct_sv_sub(cat->title, 0, ct_sv_search(cat->title, CT_SV(": "))));
    ret->lang = ct_arena_dup(c->arena, cat->lang);
    ct_library_release(library, 0);
    return CT_OK;
}

/* The certificate, and its document in `document`. */
static int sign(const struct ct_certificate_call *c, struct ct_certificate *ret, struct head *head,
                struct ct_str *document, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_KEYS keys = {.n = 0};
    int r;

    if ((r = ct_cli_store_open(c->arena, ct_cli_data(c->arena, c->data), c->database, 2,
                               CT_CLI_MUST_EXIST, &store, err)) < 0 ||
        (r = read_head(c, store, head, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    if ((r = ct_certificate_get(rd.db, c->arena, ct_sv_c(c->operand), ret, err)) < 0 ||
        (r = ct_certificate_credit(rd.db, c->arena, ret, ct_now(&ct_clock_system), err)) < 0 ||
        (r = load_keys(c, &keys, err)) < 0)
        return r;
    return ct_certificate_document(ret, head->issuer, &keys, document, err);
}

int ct_certificate_print_document(const struct ct_certificate_call *c, struct ct_err *err)
{
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    struct ct_certificate k;
    struct head head;
    int r = sign(c, &k, &head, &document, err);

    if (r < 0)
        return r;
    if (c->output)
        return ct_file_write(c->output, ct_str_sv(&document), err);
    fwrite(document.p, 1, document.n, stdout);
    return CT_EXIT_OK;
}

int ct_certificate_print_pdf(const struct ct_certificate_call *c, struct ct_err *err)
{
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX), pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_certificate k;
    struct ct_sv site = CT_SV_NULL, path;
    struct head head;
    int r;

    if ((r = ct_cli_site(c->arena, c->site, ct_cli_data(c->arena, c->data), c->database, &site,
                         err)) < 0 ||
        (r = sign(c, &k, &head, &document, err)) < 0)
        return r;
    path = CT_URL(c->arena, CT_SV("certificates"), ct_certificate_dashed(c->arena, k.code));
    r = ct_certificate_pdf(c->arena, &k, head.issuer,
                           ct_arena_printf(c->arena, "%.*s%.*s", CT_SV_ARG(site), CT_SV_ARG(path)),
                           head.lang, ct_str_sv(&document), &pdf, err);
    return r < 0 ? r : ct_file_write(c->output, ct_str_sv(&pdf), err);
}

/* ---- keys ---- */

int ct_certificate_print_key(const struct ct_certificate_call *c, struct ct_err *err)
{
    const char *data = ct_cli_data(c->arena, c->data);
    CT_AUTO_KEYS keys = {.n = 0};
    struct ct_sv text;
    int r;

    if (!ct_cli_is_folder(data))
        return ct_fail(err, CT_NOT_FOUND, data, "there are no records; --data names their folder");
    r = c->rotate ? ct_certificate_keys_rotate(c->arena, ct_cli_key(c->arena, data, c->database),
                                               &ct_clock_system, &keys, err)
                  : load_keys(c, &keys, err);
    if (r < 0)
        return r;
    text = ct_certificate_keys_text(c->arena, &keys);
    fwrite(text.p, 1, text.n, stdout);
    return CT_EXIT_OK;
}

/* ---- confirming ---- */

/* Keys of the command line: each a key, or a file of some. */
static int read_trusted(const struct ct_certificate_call *c, struct ct_public_key **ret,
                        size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(1 << 20);

    for (size_t i = 0; i < c->n_trusted; i++) {
        struct ct_public_key *one;
        struct ct_sv given = ct_sv_c(c->trusted[i]);
        size_t n;
        int r;
        if (ct_public_keys_read(c->arena, given, &one, &n, NULL) < 0 &&
            (r = ct_file_read(c->arena, c->trusted[i], 1 << 16, &given, err)) < 0)
            return r;
        ct_str_add_sv(&text, given);
        ct_str_add_char(&text, '\n');
    }
    return ct_public_keys_read(c->arena, ct_str_sv(&text), ret, ret_n, err);
}

/* Whom to trust when nobody says: the site whose records are here, if there are some. */
static int own_keys(const struct ct_certificate_call *c, struct ct_public_key **ret, size_t *ret_n,
                    struct ct_err *err)
{
    const char *path = ct_cli_key(c->arena, ct_cli_data(c->arena, c->data), c->database);
    CT_AUTO_KEYS keys = {.n = 0};
    int r;

    if (!ct_cli_is_there(path))
        return ct_fail(err, CT_BAD_INPUT, "--key",
                       "no key is here to confirm it by; name the site's public key, which "
                       "stands at its address /certificates/key");
    if ((r = load_keys(c, &keys, err)) < 0)
        return r;
    *ret = (struct ct_public_key *)(uintptr_t)keys.list;
    *ret_n = keys.n;
    return CT_OK;
}

static void print_fact(const char *name, const json_t *value)
{
    if (json_is_integer(value))
        printf("%s: %lld\n", name, (long long)json_integer_value(value));
    else if (json_is_string(value))
        printf("%s: %s\n", name, json_string_value(value));
}

static void print_facts(const json_t *facts, const struct ct_public_key *key)
{
    const char *name;
    json_t *value;

    printf("valid signature by %s\n", key->text);
    json_object_foreach((json_t *)(uintptr_t)facts, name, value)
    {
        print_fact(name, value);
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *part;
            json_t *said;
            json_object_foreach(json_array_get(value, i), part, said)
            {
                print_fact(part, said);
            }
        }
    }
    puts("Whether it was revoked or replaced since, its site says.");
}

int ct_certificate_confirm(const struct ct_certificate_call *c, struct ct_err *err)
{
    CT_AUTO_JSON *facts = NULL;
    struct ct_public_key *trusted;
    const struct ct_public_key *key;
    struct ct_sv bytes;
    size_t n;
    int r;

    if ((r = c->n_trusted ? read_trusted(c, &trusted, &n, err) : own_keys(c, &trusted, &n, err)) <
            0 ||
        (r = ct_file_read(c->arena, c->operand, CT_PDF_MAX, &bytes, err)) < 0 ||
        (r = ct_certificate_verify(bytes, trusted, n, &facts, &key, err)) < 0)
        return r;
    print_facts(facts, key);
    return CT_EXIT_OK;
}
