/*
 * server/text/markdown_guard.c: what is said no to before cmark sees it, because cmark cannot be
 * interrupted. Looks at raw text only.
 */
#include "markdown_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

int ct_md_guard_utf8(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    int line = 1;
    if (ct_sv_utf8(text))
        return CT_OK;
    for (struct ct_sv rest = text, part; ct_sv_split(&rest, '\n', &part); line++)
        if (!ct_sv_utf8(part))
            break;
    *ret_line = line;
    return ct_fail(err, CT_BAD_INPUT, "source", "not UTF-8 text; save the file as UTF-8");
}

int ct_md_guard(struct ct_sv text, int *ret_line, struct ct_err *err)
{
    if (text.n > CT_SOURCE_MAX) {
        *ret_line = 1;
        return ct_fail(err, CT_TOO_BIG, "source", "%zu bytes; at most %d", text.n, CT_SOURCE_MAX);
    }
    return CT_OK;
}
