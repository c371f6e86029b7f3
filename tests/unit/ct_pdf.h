/*
 * ct_pdf.h: what other programs (poppler's, of the package poppler-utils) say of a PDF.
 */
#ifndef CT_TEST_PDF_H
#define CT_TEST_PDF_H

#include "ct_test.h"

#include "ct/base/arena.h"

#include <stdio.h>
#include <unistd.h>

/* What a command of the shell prints, for which $F is a file with the bytes. */
static inline const char *ct_pdf_ask(struct ct_arena *a, struct ct_sv pdf, const char *command)
{
    char path[] = "/tmp/crosstrain-pdf-XXXXXX", line[512];
    int fd = mkstemp(path);
    char *said = ct_arena_alloc(a, 1 << 16);
    FILE *out;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.p, pdf.n), (ssize_t)pdf.n);
    close(fd);
    snprintf(line, sizeof line, "F=%s; %s", path, command);
    out = popen(line, "r");
    assert_non_null(out);
    said[fread(said, 1, (1 << 16) - 1, out)] = '\0';
    CT_EQ_I64(line, pclose(out), 0);
    unlink(path);
    return said;
}

static inline void ct_pdf_has(const char *said, const char *part)
{
    if (!strstr(said, part))
        fail_msg("not in it: %s\n%s", part, said);
}

#endif
