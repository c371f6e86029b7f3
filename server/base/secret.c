/*
 * secret.c: the only file that includes <sodium.h>.
 */
#include "ct/base/secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum { HASH_BYTES = CT_HASH_HEX / 2, TOKEN_BYTES = 32 };

_Static_assert(CT_PASSWORD_HASH == crypto_pwhash_STRBYTES, "the buffer holds libsodium's string");

int ct_secret_init(struct ct_err *err)
{
    if (sodium_init() < 0)
        return ct_fail(err, CT_INTERNAL, "random", "the system gives no randomness");
    return CT_OK;
}

void ct_random_bytes(void *p, size_t n)
{
    if (n)
        randombytes_buf(p, n);
}

const char *ct_random_token(char *buf)
{
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(buf, CT_TOKEN_TEXT + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return buf;
}

const char *ct_random_code(char *buf, size_t n)
{
    static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    ct_random_bytes(buf, n);
    for (size_t i = 0; i < n; i++)
        buf[i] = letters[(unsigned char)buf[i] % 32];
    buf[n] = '\0';
    return buf;
}

static const char *to_hex(const unsigned char *hash, char *buf)
{
    return sodium_bin2hex(buf, CT_HASH_HEX + 1, hash, HASH_BYTES);
}

const char *ct_hash_hex(struct ct_sv data, char *buf)
{
    unsigned char hash[HASH_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)data.p, data.n, NULL, 0);
    return to_hex(hash, buf);
}

const char *ct_hash_parts_hex(const struct ct_sv *parts, size_t n, char *buf)
{
    crypto_generichash_state state;
    unsigned char hash[HASH_BYTES];
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < n; i++) {
        unsigned char length[8]; /* little-endian, the same on every machine */
        for (size_t k = 0; k < sizeof length; k++)
            length[k] = (unsigned char)((uint64_t)parts[i].n >> (8 * k));
        crypto_generichash_update(&state, length, sizeof length);
        crypto_generichash_update(&state, (const unsigned char *)parts[i].p, parts[i].n);
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    return to_hex(hash, buf);
}

const char *ct_hash_keyed_hex(struct ct_sv key, struct ct_sv data, char *buf)
{
    unsigned char hash[HASH_BYTES];
    assert(key.n >= crypto_generichash_KEYBYTES_MIN && key.n <= crypto_generichash_KEYBYTES_MAX);
    /* an unkeyed or unmade hash would be a token that anybody can make: rather none at all */
    if (key.n < crypto_generichash_KEYBYTES_MIN ||
        crypto_generichash(hash, sizeof hash, (const unsigned char *)data.p, data.n,
                           (const unsigned char *)key.p, key.n) != 0)
        abort();
    return to_hex(hash, buf);
}

bool ct_secret_eq(struct ct_sv a, struct ct_sv b)
{
    return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

int ct_password_hash(struct ct_sv password, char *buf, struct ct_err *err)
{
    if (crypto_pwhash_str(buf, password.n ? password.p : "", password.n,
                          crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return ct_fail(err, CT_INTERNAL, "password", "not enough memory to hash a password");
    return CT_OK;
}

bool ct_password_verify(const char *hash, struct ct_sv password)
{
    const char *p = password.n ? password.p : "";
    char unused[CT_PASSWORD_HASH];
    if (hash && crypto_pwhash_str_needs_rehash(hash, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                               crypto_pwhash_MEMLIMIT_INTERACTIVE) >= 0)
        return crypto_pwhash_str_verify(hash, p, password.n) == 0;
    /* nothing to compare with: does the work all the same, for its time */
    (void)ct_password_hash(password, unused, NULL);
    return false;
}
