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

/* Unpacks it into a folder and has sha256sum go through the manifest in the one folder within.
 * Returns the exit status. */
static inline int zip_check_sums(struct ct_sv bytes, char *answer, size_t size)
{
    char dir[] = "/tmp/crosstrain-sums-XXXXXX", line[512];

    assert_non_null(mkdtemp(dir));
    snprintf(line, sizeof line, "%s/pack.zip", dir);
    FILE *out = fopen(line, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, out), bytes.n);
    fclose(out);
    snprintf(line, sizeof line,
             "(cd %s && unzip -q pack.zip && cd */ && sha256sum -c --quiet manifest.sha256 &&"
             " find . -type f | wc -l && wc -l <manifest.sha256) 2>&1; r=$?; rm -r %s; exit $r",
             dir, dir);
    FILE *in = popen(line, "r");
    assert_non_null(in);
    answer[fread(answer, 1, size - 1, in)] = '\0';
    return pclose(in);
}

#endif
