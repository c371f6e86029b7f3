/*
 * ct/learn/certificate_key.h: the key by which a site signs its certificates, and those by which it
 * did before.
 *
 * A file in the folder of records, beside the database and never in it, readable by its owner
 * alone: made once, when it is first asked for. Rotating makes a new secret key and forgets the old
 * one; the old public key stays in the list, so that what it signed is confirmed as before. The
 * file is text:
 *
 *     secret BASE64               the 32 bytes from which the key in use is made
 *     public BASE64 SINCE         the key in use, and from which day on
 *     public BASE64 SINCE UNTIL   an earlier one; as many as there were, newest first
 */
#ifndef CT_LEARN_CERTIFICATE_KEY_H
#define CT_LEARN_CERTIFICATE_KEY_H

#include "ct/base/arena.h"
#include "ct/base/clock.h"
#include "ct/base/err.h"
#include "ct/base/secret.h"

enum { CT_PUBLIC_KEY_TEXT = 44 }; /* characters of a public key, in base64 */

struct ct_public_key {
    unsigned char bytes[CT_SIGN_KEY];
    char text[CT_PUBLIC_KEY_TEXT + 1];
    struct ct_date since, until; /* until: year 0 for the one in use */
};

struct ct_certificate_keys {
    unsigned char secret[CT_SIGN_KEY];
    const struct ct_public_key *list; /* the first is the one in use */
    size_t n;
};

/* Reads the file, or makes it with a fresh key if it is not there: of two who make it at once, one
 * does. CT_OK; CT_BAD_INPUT if others than its owner may read it, or it is not such a file;
 * CT_NOT_FOUND if its folder is not there; CT_INTERNAL. Wipe the result when it has served. */
int ct_certificate_keys_load(struct ct_arena *a, const char *path, const struct ct_clock *clock,
                             struct ct_certificate_keys *ret, struct ct_err *err);

/* Makes a new key the one in use. CT_CONFLICT if somebody else does so at this moment. */
int ct_certificate_keys_rotate(struct ct_arena *a, const char *path, const struct ct_clock *clock,
                               struct ct_certificate_keys *ret, struct ct_err *err);

/* Forgets the secret key. */
void ct_certificate_keys_wipe(struct ct_certificate_keys *k);
#define CT_AUTO_KEYS __attribute__((cleanup(ct_certificate_keys_wipe))) struct ct_certificate_keys

/* The public keys, a line each: BASE64, a blank, "since DAY" or "since DAY until DAY". */
struct ct_sv ct_certificate_keys_text(struct ct_arena *a, const struct ct_certificate_keys *k);

/* Reads public keys: one in base64, or lines that begin with one. CT_BAD_INPUT. */
int ct_public_keys_read(struct ct_arena *a, struct ct_sv text, struct ct_public_key **ret,
                        size_t *ret_n, struct ct_err *err);

#endif
