/*
 * test_secret.c: hashes against known answers (made with another implementation), passwords, shapes
 * of random texts.
 */
#include "ct_test.h"

#include "ct/base/secret.h"

#include "ct/base/banned.h"

static int start(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    return ct_secret_init(&err);
}

static void initialising_twice_is_fine(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("again", ct_secret_init(&err), &err);
}

static void hashes_have_known_answers(void **state)
{
    (void)state;
    char hex[CT_HASH_HEX + 1];
    assert_ptr_equal(ct_hash_hex(CT_SV_NULL, hex), hex);
    CT_EQ_STR("empty", hex, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CT_EQ_STR("abc", ct_hash_hex(CT_SV("abc"), hex),
              "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void keyed_hashes(void **state)
{
    (void)state;
    char hex[CT_HASH_HEX + 1], other[CT_HASH_HEX + 1];
    struct ct_sv key = CT_SV("0123456789abcdef");
    CT_EQ_STR("abc", ct_hash_keyed_hex(key, CT_SV("abc"), hex),
              "66b4857d42c644c61fca8c0bcea243e0e75088582c7964bbac6b92c02381d9c7");
    ct_hash_keyed_hex(CT_SV("0123456789abcdeF"), CT_SV("abc"), other);
    assert_string_not_equal(hex, other);
    char longest[64];
    memset(longest, 'k', sizeof longest);
    ct_hash_keyed_hex(ct_sv_n(longest, sizeof longest), CT_SV_NULL, hex);
    CT_EQ_I64("longest key", strlen(hex), CT_HASH_HEX);
}

static void borders_of_parts_count(void **state)
{
    (void)state;
    char hex[CT_HASH_HEX + 1], other[CT_HASH_HEX + 1];
    const struct ct_sv two[] = {{"ab", 2}, {"c", 1}}, moved[] = {{"a", 1}, {"bc", 2}};
    const struct ct_sv empty_too[] = {{"ab", 2}, {"c", 1}, {NULL, 0}};
    CT_EQ_STR("known", ct_hash_parts_hex(two, 2, hex),
              "20263e794775e4edf2b306c0f306af9e50175c831c857604b481e847f790bf95");
    assert_string_not_equal(ct_hash_parts_hex(moved, 2, other), hex);
    assert_string_not_equal(ct_hash_parts_hex(empty_too, 3, other), hex);
    CT_EQ_STR("no parts", ct_hash_parts_hex(NULL, 0, other), ct_hash_hex(CT_SV_NULL, hex));
}

static void comparing_secrets(void **state)
{
    (void)state;
    static const struct {
        const char *name, *a, *b;
        bool want;
    } cases[] = {
        {"same", "token", "token", true},
        {"last byte differs", "token", "tokem", false},
        {"first byte differs", "xoken", "token", false},
        {"prefix", "tok", "token", false},
        {"both empty", "", "", true},
        {"null and empty", NULL, "", true},
        {"empty and not", "", "a", false},
    };
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_secret_eq(ct_sv_c(c->a), ct_sv_c(c->b)), c->want);
}

static void tokens(void **state)
{
    (void)state;
    char a[CT_TOKEN_TEXT + 1], b[CT_TOKEN_TEXT + 1];
    assert_ptr_equal(ct_random_token(a), a);
    ct_random_token(b);
    CT_EQ_I64("length", strlen(a), CT_TOKEN_TEXT);
    assert_string_not_equal(a, b);
    for (const char *p = a; *p; p++)
        assert_true((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                    (*p >= '0' && *p <= '9') || *p == '-' || *p == '_');
}

static void codes(void **state)
{
    (void)state;
    char a[1001], none[1];
    bool seen[128] = {false};
    int kinds = 0;
    assert_ptr_equal(ct_random_code(a, 1000), a);
    CT_EQ_I64("length", strlen(a), 1000);
    for (const char *p = a; *p; p++) {
        assert_non_null(strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", *p));
        kinds += !seen[(int)*p];
        seen[(int)*p] = true;
    }
    CT_EQ_I64("every letter occurs", kinds, 32);
    CT_EQ_STR("none", ct_random_code(none, 0), "");
}

static void bytes(void **state)
{
    (void)state;
    unsigned char a[64] = {0}, b[64] = {0};
    ct_random_bytes(a, 32);
    ct_random_bytes(b, 32);
    ct_random_bytes(NULL, 0);
    assert_memory_not_equal(a, b, 32);
    for (size_t i = 32; i < sizeof a; i++)
        CT_EQ_I64("beyond the end", a[i], 0);
}

static void passwords(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    char hash[CT_PASSWORD_HASH], again[CT_PASSWORD_HASH];
    struct ct_sv right = CT_SV("correct horse battery staple");
    CT_OK_("hash", ct_password_hash(right, hash, &err), &err);
    CT_OK_("hash", ct_password_hash(right, again, &err), &err);
    assert_true(ct_sv_starts(ct_sv_c(hash), CT_SV("$argon2id$")));
    assert_string_not_equal(hash, again);
    assert_true(ct_password_verify(hash, right));
    assert_true(ct_password_verify(again, right));
    assert_false(ct_password_verify(hash, CT_SV("correct horse battery stapl")));
    assert_false(ct_password_verify(hash, CT_SV("Correct horse battery staple")));
    assert_false(ct_password_verify(hash, CT_SV_NULL));
}

static void the_empty_password_has_a_hash_too(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    char hash[CT_PASSWORD_HASH];
    CT_OK_("hash", ct_password_hash(CT_SV_NULL, hash, &err), &err);
    assert_true(ct_password_verify(hash, CT_SV("")));
    assert_false(ct_password_verify(hash, CT_SV("a")));
}

static void malformed_hashes_fit_nothing(void **state)
{
    (void)state;
    static const char *const hashes[] = {
        NULL,
        "",
        "x",
        "$argon2id$",
        "$argon2id$v=19$m=65536,t=2,p=1$",
        "$2b$10$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$!!!!"};
    CT_EACH (h, hashes) {
        CT_EQ_I64(*h ? *h : "null", ct_password_verify(*h, CT_SV("")), false);
        CT_EQ_I64(*h ? *h : "null", ct_password_verify(*h, CT_SV("password")), false);
    }
}

static void from_hex(const char *hex, unsigned char *ret)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; hex[2 * i]; i++)
        ret[i] = (unsigned char)((strchr(digits, hex[2 * i]) - digits) * 16 +
                                 (strchr(digits, hex[2 * i + 1]) - digits));
}

/* RFC 8032, 7.1, test 2. */
static void signatures_have_a_known_answer(void **state)
{
    unsigned char secret[CT_SIGN_KEY], want_public[CT_SIGN_KEY], want[CT_SIGN_BYTES];
    unsigned char public_key[CT_SIGN_KEY], got[CT_SIGN_BYTES];

    (void)state;
    from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", secret);
    from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", want_public);
    from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
             want);
    ct_sign_public(secret, public_key);
    assert_memory_equal(public_key, want_public, CT_SIGN_KEY);
    ct_sign(secret, CT_SV("r"), got);
    assert_memory_equal(got, want, CT_SIGN_BYTES);
    assert_true(ct_sign_verify(public_key, CT_SV("r"), got));
}

static void no_bit_of_what_was_signed_can_change(void **state)
{
    unsigned char secret[CT_SIGN_KEY], public_key[CT_SIGN_KEY], other[CT_SIGN_KEY];
    unsigned char signature[CT_SIGN_BYTES];
    char text[] = "who completed what";
    struct ct_sv bytes = ct_sv_c(text);

    (void)state;
    ct_sign_make(secret, public_key);
    ct_sign(secret, bytes, signature);
    assert_true(ct_sign_verify(public_key, bytes, signature));
    for (size_t i = 0; i < 8 * bytes.n; i++) {
        text[i / 8] = (char)(text[i / 8] ^ (1 << i % 8));
        assert_false(ct_sign_verify(public_key, bytes, signature));
        text[i / 8] = (char)(text[i / 8] ^ (1 << i % 8));
    }
    for (size_t i = 0; i < sizeof signature; i++) {
        signature[i] ^= 1;
        assert_false(ct_sign_verify(public_key, bytes, signature));
        signature[i] ^= 1;
    }
    assert_false(ct_sign_verify(public_key, ct_sv_sub(bytes, 0, bytes.n - 1), signature));
    ct_secret_wipe(secret, sizeof secret);
    ct_sign_make(secret, other);
    assert_false(ct_sign_verify(other, bytes, signature));
}

static void base64_is_read_as_it_is_written_and_no_other_way(void **state)
{
    static const struct {
        const char *name, *text;
        bool ok;
    } cases[] = {
        {"three bytes of two", "AQI=", true},
        {"no padding", "AQI", false},
        {"the URL's alphabet", "_-I=", false},
        {"bits of no byte", "AQJ=", false},
        {"a blank", "AQ I", false},
        {"too many bytes", "AQID", false},
        {"too few", "AQ==", false},
        {"nothing", "", false},
        {"more behind it", "AQI=AQI=", false},
    };
    unsigned char bytes[2];
    char text[CT_BASE64_TEXT(2) + 1];

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_base64_read(ct_sv_c(c->text), bytes, sizeof bytes), c->ok);
    bytes[0] = 0xfb;
    bytes[1] = 0xf0;
    CT_EQ_STR("written", ct_base64(bytes, sizeof bytes, text), "+/A=");
}

static void sha_256_has_known_answers(void **state)
{
    static const struct {
        const char *name, *one, *two, *want;
    } cases[] = {
        {"nothing", "", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"FIPS 180-4", "abc", "",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"in pieces", "a", "bc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    };
    char buf[CT_HASH_HEX + 1];

    (void)state;
    CT_EACH (c, cases) {
        struct ct_sha256 h;
        ct_sha256_begin(&h);
        ct_sha256_add(&h, ct_sv_c(c->one));
        ct_sha256_add(&h, ct_sv_c(c->two));
        CT_EQ_STR(c->name, ct_sha256_end(&h, buf), c->want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(initialising_twice_is_fine),
        cmocka_unit_test(hashes_have_known_answers),
        cmocka_unit_test(keyed_hashes),
        cmocka_unit_test(borders_of_parts_count),
        cmocka_unit_test(comparing_secrets),
        cmocka_unit_test(tokens),
        cmocka_unit_test(codes),
        cmocka_unit_test(bytes),
        cmocka_unit_test(passwords),
        cmocka_unit_test(the_empty_password_has_a_hash_too),
        cmocka_unit_test(malformed_hashes_fit_nothing),
        cmocka_unit_test(signatures_have_a_known_answer),
        cmocka_unit_test(no_bit_of_what_was_signed_can_change),
        cmocka_unit_test(sha_256_has_known_answers),
        cmocka_unit_test(base64_is_read_as_it_is_written_and_no_other_way),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
