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
_Static_assert(CT_SIGN_KEY == crypto_sign_SEEDBYTES && CT_SIGN_KEY == crypto_sign_PUBLICKEYBYTES &&
                   CT_SIGN_BYTES == crypto_sign_BYTES,
               "the sizes are those of Ed25519");
_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct ct_sha256) &&
                   crypto_hash_sha256_BYTES == HASH_BYTES,
               "libsodium's state fits");

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

static crypto_hash_sha256_state *sha_of(struct ct_sha256 *h)
{
    return (crypto_hash_sha256_state *)(void *)h->state;
}

void ct_sha256_begin(struct ct_sha256 *h)
{
    crypto_hash_sha256_init(sha_of(h));
}

void ct_sha256_add(struct ct_sha256 *h, struct ct_sv bytes)
{
    if (bytes.n)
        crypto_hash_sha256_update(sha_of(h), (const unsigned char *)bytes.p, bytes.n);
}

const char *ct_sha256_end(struct ct_sha256 *h, char *buf)
{
    unsigned char hash[HASH_BYTES];

    crypto_hash_sha256_final(sha_of(h), hash);
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

void ct_sign_make(unsigned char *ret_secret, unsigned char *ret_public)
{
    randombytes_buf(ret_secret, CT_SIGN_KEY);
    ct_sign_public(ret_secret, ret_public);
}

void ct_sign_public(const unsigned char *secret, unsigned char *ret_public)
{
    unsigned char pair[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(ret_public, pair, secret);
    sodium_memzero(pair, sizeof pair);
}

void ct_sign(const unsigned char *secret, struct ct_sv bytes, unsigned char *ret_signature)
{
    unsigned char pair[crypto_sign_SECRETKEYBYTES], public_key[CT_SIGN_KEY];

    crypto_sign_seed_keypair(public_key, pair, secret);
    crypto_sign_detached(ret_signature, NULL, (const unsigned char *)bytes.p, bytes.n, pair);
    sodium_memzero(pair, sizeof pair);
}

bool ct_sign_verify(const unsigned char *public_key, struct ct_sv bytes,
                    const unsigned char *signature)
{
    return crypto_sign_verify_detached(signature, (const unsigned char *)bytes.p, bytes.n,
                                       public_key) == 0;
}

void ct_secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

const char *ct_base64(const void *bytes, size_t n, char *buf)
{
    return sodium_bin2base64(buf, CT_BASE64_TEXT(n) + 1, bytes, n, sodium_base64_VARIANT_ORIGINAL);
}

bool ct_base64_read(struct ct_sv text, void *ret_bytes, size_t n)
{
    const char *end = NULL;
    size_t got = 0;

    /* libsodium refuses bits that no byte comes out of, so each key has one way to be written. */
    return text.n == CT_BASE64_TEXT(n) &&
           sodium_base642bin(ret_bytes, n, text.p, text.n, NULL, &got, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == n && end == text.p + text.n;
}
