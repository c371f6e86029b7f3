/*
 * server/cli/certificate_priv.h: what `crosstrain certificate` was asked for. certificate.c reads
 * the command line, lists and revokes; certificate_file.c prints, signs and confirms.
 */
#ifndef CT_CLI_CERTIFICATE_PRIV_H
#define CT_CLI_CERTIFICATE_PRIV_H

#include "cli_priv.h"

#include "ct/learn/certificate_paper.h"

enum { CT_TRUSTED_MAX = 64 }; /* --key options */

struct ct_certificate_call {
    struct ct_arena *arena;
    const char *content, *data; /* as given; NULL: the default */
    const char *database;       /* its name in the folder of records */
    const char *operand;        /* the code, or the file */
    const char *person, *course, *reason, *output, *site;
    const char *trusted[CT_TRUSTED_MAX];
    size_t n_trusted;
    bool rotate;
    enum ct_cli_format format;
};

/* Each returns an exit status, or a negative status with *err. */
int ct_certificate_print_pdf(const struct ct_certificate_call *c, struct ct_err *err);
int ct_certificate_print_document(const struct ct_certificate_call *c, struct ct_err *err);
int ct_certificate_print_key(const struct ct_certificate_call *c, struct ct_err *err);
int ct_certificate_confirm(const struct ct_certificate_call *c, struct ct_err *err);

#endif
