/*
 * ct/base/secret.h: randomness, hashes and passwords, over libsodium.
 *
 * Call ct_secret_init() once at the start of a program. All functions are safe from any thread.
 */
#ifndef CT_BASE_SECRET_H
#define CT_BASE_SECRET_H

#include "ct/base/err.h"
#include "ct/base/sv.h"

enum {
    CT_HASH_HEX = 64,       /* characters of a BLAKE2b-256 in hexadecimal */
    CT_TOKEN_TEXT = 43,     /* characters of a 256-bit token, base64url without padding */
    CT_PASSWORD_HASH = 128, /* bytes that hold an Argon2id string with its NUL */
    CT_SIGN_KEY = 32,       /* bytes of an Ed25519 key: the secret seed, or the public key */
    CT_SIGN_BYTES = 64,     /* of a signature */
    CT_PASSWORD_MIN = 10,   /* characters: NIST SP 800-63B asks for 8 or more */
    CT_PASSWORD_MAX = 256   /* bytes */
};

/* CT_OK, or CT_INTERNAL if the machine gives no randomness. */
int ct_secret_init(struct ct_err *err);

void ct_random_bytes(void *p, size_t n);

/* A fresh token into buf[CT_TOKEN_TEXT + 1]; returns buf. 256 bits. */
const char *ct_random_token(char *buf);

/* n characters without look-alikes (Crockford's base 32, upper case) into buf[n + 1]. 5 bits each.
 */
const char *ct_random_code(char *buf, size_t n);

/* BLAKE2b-256 (RFC 7693) as lower-case hexadecimal into buf[CT_HASH_HEX + 1]; returns buf. */
const char *ct_hash_hex(struct ct_sv data, char *buf);

/* The same over several parts, each preceded by its length, so that borders count. */
const char *ct_hash_parts_hex(const struct ct_sv *parts, size_t n, char *buf);

/* BLAKE2b-256 keyed with `key` (16 to 64 bytes), in hexadecimal: a token that only we can make. */
const char *ct_hash_keyed_hex(struct ct_sv key, struct ct_sv data, char *buf);

/* SHA-256 (FIPS 180-4) of bytes that come in pieces, for manifests that others check with the tools
 * of their machine: begin, add, and the 64 hexadecimal digits into buf[CT_HASH_HEX + 1]. */
struct ct_sha256 {
    _Alignas(16) unsigned char state[128]; /* private */
};
void ct_sha256_begin(struct ct_sha256 *h);
void ct_sha256_add(struct ct_sha256 *h, struct ct_sv bytes);
const char *ct_sha256_end(struct ct_sha256 *h, char *buf);

/* Compares in time that depends only on the lengths. */
bool ct_secret_eq(struct ct_sv a, struct ct_sv b);

/* Argon2id with libsodium's interactive limits into buf[CT_PASSWORD_HASH]. Takes about 0.1 s and
 * 64 MiB. CT_OK; CT_INTERNAL when memory is short. The length rules are the caller's. */
int ct_password_hash(struct ct_sv password, char *buf, struct ct_err *err);

/* Whether the password belongs to the hash; an empty or malformed hash takes as long and is false,
 * so that a stranger cannot learn from the time which accounts exist. */
bool ct_password_verify(const char *hash, struct ct_sv password);

/* Ed25519 (RFC 8032): a fresh pair of keys; a signature, always the same of the same bytes; whether
 * one was made of these bytes by the owner of the public key. */
void ct_sign_make(unsigned char *ret_secret, unsigned char *ret_public); /* CT_SIGN_KEY each */
void ct_sign(const unsigned char *secret, struct ct_sv bytes, unsigned char *ret_signature);
bool ct_sign_verify(const unsigned char *public_key, struct ct_sv bytes,
                    const unsigned char *signature);
/* The public key of a secret one. */
void ct_sign_public(const unsigned char *secret, unsigned char *ret_public);

/* Forgets what a buffer held, whatever the optimiser thinks of it. */
void ct_secret_wipe(void *p, size_t n);

/* Base64 (RFC 4648, 4, padded) of n bytes into buf[CT_BASE64_TEXT(n) + 1]; returns buf. */
#define CT_BASE64_TEXT(n) (((n) + 2) / 3 * 4)
const char *ct_base64(const void *bytes, size_t n, char *buf);

/* Reads exactly n bytes; false for anything else, as a blank or what would be other bytes. */
bool ct_base64_read(struct ct_sv text, void *ret_bytes, size_t n);

#endif
