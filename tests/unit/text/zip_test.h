/*
 * zip_test.h: what unzip says about an archive.
 */
#ifndef CT_TEST_ZIP_H
#define CT_TEST_ZIP_H

#include "ct_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Runs `unzip WHAT FILE NAME`, what it prints in `answer`. Returns its exit status. */
static inline int zip_ask(struct ct_sv bytes, const char *what, const char *name, char *answer,
                          size_t size)
{
    char path[] = "/tmp/crosstrain-zip-XXXXXX", line[256];
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    snprintf(line, sizeof line, "unzip %s %s %s 2>&1", what, path, name);
    FILE *out = popen(line, "r");
    assert_non_null(out);
    answer[fread(answer, 1, size - 1, out)] = '\0';
    int status = pclose(out);
    unlink(path);
    return status;
}

#endif
