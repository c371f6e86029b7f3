/*
 * check_priv.h: what the files of `crosstrain check` share: the result, and the lines that it is
 * about.
 */
#ifndef CT_CLI_CHECK_PRIV_H
#define CT_CLI_CHECK_PRIV_H

#include "ct/course/catalogue.h"

#include <time.h>

#include "cli_priv.h"

struct ct_check_result {
    struct ct_problems problems;
    size_t n_files;
    int64_t started;         /* ct_monotonic_us() */
    struct timespec checked; /* when the files were last read */
};

/* The lines of the file that problems are about, read when they are asked for; one file at a time,
 * because problems come by file. A text from standard input is given at the start. */
struct ct_check_lines {
    struct ct_arena arena;
    struct ct_sv file; /* of which `lines` are */
    struct ct_sv *lines;
    size_t n;
    bool crlf;
    struct ct_sv given_name, given; /* null: none */
};
void ct_check_lines_release(struct ct_check_lines *l);
#define CT_AUTO_CHECK_LINES __attribute__((cleanup(ct_check_lines_release))) struct ct_check_lines

/* A line without its end; the null view if it cannot be read any more. */
struct ct_sv ct_check_line(struct ct_check_lines *l, struct ct_sv file, int line);

/* Characters of a line in front of a column, which counts bytes from 1. */
size_t ct_check_characters(struct ct_sv line, int column);

enum ct_check_format { CT_CHECK_TEXT, CT_CHECK_JSON, CT_CHECK_SARIF };

/* Prints the result on standard output (the sum of the text on standard error). `excerpts`: with
 * the lines, what was expected and what to write. Returns the exit status, of printing only. */
int ct_check_print_text(const struct ct_check_result *r, struct ct_check_lines *lines,
                        bool excerpts);
int ct_check_print_json(const struct ct_check_result *r);
int ct_check_print_sarif(const struct ct_check_result *r, struct ct_check_lines *lines);

/* Applies the safe mends of the problems to their files, each below one of the paths, and tells
 * `told` what was done. *ret_n: how many were applied; 0: there is nothing left to do. CT_OK; what
 * ct_file_write says. */
int ct_check_fix(const struct ct_check_result *r, char *const *paths, size_t n_paths, FILE *told,
                 size_t *ret_n, struct ct_err *err);

#endif
