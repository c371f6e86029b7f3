/*
 * qr.c: libqrencode counts the modules, this draws them for pages.
 */
#include "ct/text/qr.h"

#include <qrencode.h>

#include <errno.h>

#include "ct/base/banned.h"

int ct_qr_make(struct ct_arena *a, struct ct_sv text, struct ct_qr *ret, struct ct_err *err)
{
    QRcode *code;
    unsigned char *dark;
    size_t n;

    if (text.n == 0 || ct_sv_find(text, '\0') != SIZE_MAX)
        return ct_fail(err, CT_BAD_INPUT, "qr", "a text without zero bytes is wanted");
    code = QRcode_encodeString8bit(ct_arena_cstr(a, text), 0, QR_ECLEVEL_M);
    if (!code)
        return errno == ERANGE
                   ? ct_fail(err, CT_TOO_BIG, "qr", "%zu bytes are too many for a code", text.n)
                   : ct_fail(err, CT_INTERNAL, "qr", "the code could not be made");
    n = (size_t)code->width;
    dark = ct_arena_alloc(a, n * n);
    for (size_t i = 0; i < n * n; i++)
        dark[i] = code->data[i] & 1;
    QRcode_free(code);
    *ret = (struct ct_qr){n, dark};
    return CT_OK;
}

void ct_qr_svg(const struct ct_qr *qr, struct ct_sv name, struct ct_str *out)
{
    size_t side = qr->n + (size_t)2 * CT_QR_QUIET;

    ct_str_add_c(out, "<svg class=\"qr\" role=\"img\" aria-label=\"");
    ct_str_add_html(out, name);
    ct_str_addf(out, "\" viewBox=\"-%d -%d %zu %zu\" shape-rendering=\"crispEdges\">", CT_QR_QUIET,
                CT_QR_QUIET, side, side);
    ct_str_addf(out, "<rect x=\"-%d\" y=\"-%d\" width=\"%zu\" height=\"%zu\" fill=\"#fff\"/>",
                CT_QR_QUIET, CT_QR_QUIET, side, side);
    ct_str_add_c(out, "<path fill=\"#000\" d=\"");
    for (size_t y = 0; y < qr->n; y++)
        for (size_t x = 0, length; x < qr->n; x += length) {
            const unsigned char *row = qr->dark + y * qr->n;
            for (length = 1; x + length < qr->n && row[x + length] == row[x];)
                length++;
            if (row[x])
                ct_str_addf(out, "M%zu %zuh%zuv1h-%zuz", x, y, length, length);
        }
    ct_str_add_c(out, "\"/></svg>");
}
