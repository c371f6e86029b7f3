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
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
