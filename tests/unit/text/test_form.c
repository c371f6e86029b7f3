/*
 * test_form.c: fields of queries and bodies, as browsers send them and as nobody should.
 */
#include "ct_test.h"

#include "ct/base/limits.h"
#include "ct/base/str.h"
#include "ct/text/form.h"

#include "ct/base/banned.h"

/* The fields as "name=value|name=value|". */
static void show(const struct ct_form *form, struct ct_str *out)
{
    for (size_t i = 0; i < form->n; i++)
        ct_str_addf(out, "%.*s=%.*s|", CT_SV_ARG(form->fields[i].name),
                    CT_SV_ARG(form->fields[i].value));
}

static void fields(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"one", "a=1", "a=1|"},
        {"order and repetition are kept", "b=2&a=1&b=3", "b=2|a=1|b=3|"},
        {"nothing", "", ""},
        {"only a question mark", "?", ""},
        {"question mark in front", "?a=1", "a=1|"},
        {"second question mark is a name", "??a=1", "?a=1|"},
        {"no value", "a", "a=|"},
        {"empty value", "a=", "a=|"},
        {"empty name", "=1", "=1|"},
        {"only an equals sign", "=", "=|"},
        {"second equals sign is a value", "a=b=c", "a=b=c|"},
        {"empty pieces", "&&a=1&&b=2&", "a=1|b=2|"},
        {"plus is a blank", "a+b=c+d", "a b=c d|"},
        {"escaped plus", "a=1%2B1", "a=1+1|"},
        {"escaped ampersand and equals sign", "a%3D=%26", "a==&|"},
        {"both cases of hexadecimal", "a=%c3%A9", "a=é|"},
        {"raw UTF-8", "a=é", "a=é|"},
        {"line breaks", "a=1%0D%0A2", "a=1\r\n2|"},
        {"semicolon is no separator", "a=1;b=2", "a=1;b=2|"},
        {"what was decoded is not decoded again", "a=%2541", "a=%41|"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR got = CT_STR_INIT(CT_FORM_MAX);
        struct ct_form form;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_form_parse(&a, ct_sv_c(c->in), &form, &err), &err);
        show(&form, &got);
        CT_EQ_STR(c->name, got.p, c->want);
    }
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct ct_sv in;
        const char *what;
    } cases[] = {
        {"% at the end", {"a=1&b=%", 7}, "b"},
        {"% and one digit", {"a=%4", 4}, "a"},
        {"% and no hexadecimal digit", {"a=%4g", 5}, "a"},
        {"% and a sign", {"a=%+1", 5}, "a"},
        {"% in a name", {"a%zz=1", 6}, "a%zz"},
        {"digits of the next field", {"a=%4&1=2", 8}, "a"},
        {"escaped NUL", {"a=x%00y", 7}, "a"},
        {"NUL", {"a=x\0y", 5}, "a"},
        {"not UTF-8", {"a=%FF", 5}, "a"},
        {"overlong", {"a=%C0%AF", 8}, "a"},
        {"surrogate", {"a=%ED%A0%80", 11}, "a"},
        {"name that is not UTF-8", {"\xFF=1", 3}, "form"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_form form = {NULL, 7};
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_form_parse(&a, c->in, &form, &err), CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
        CT_EQ_I64(c->name, form.n, 7);
    }
}

static void number_of_fields(void **state)
{
    (void)state;
    CT_AUTO_STR text = CT_STR_INIT(CT_FORM_MAX);
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_form form;
    struct ct_err err = CT_ERR_INIT;

    for (int i = 0; i < CT_FIELDS_MAX; i++)
        ct_str_add_c(&text, "a=1&");
    CT_OK_("as many as allowed", ct_form_parse(&a, ct_str_sv(&text), &form, &err), &err);
    CT_EQ_I64("as many as allowed", form.n, CT_FIELDS_MAX);
    ct_str_add_c(&text, "a");
    CT_EQ_I64("one more", ct_form_parse(&a, ct_str_sv(&text), &form, &err), CT_TOO_BIG);
}

static void first_value(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_form form;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("parse", ct_form_parse(&a, CT_SV("a=1&b=&a=2&c"), &form, &err), &err);
    CT_EQ_SV("first of two", ct_form_get(&form, "a"), CT_SV("1"));
    assert_non_null(ct_form_get(&form, "b").p);
    CT_EQ_I64("empty", ct_form_get(&form, "b").n, 0);
    assert_non_null(ct_form_get(&form, "c").p);
    assert_null(ct_form_get(&form, "A").p);
    assert_null(ct_form_get(&form, "").p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields),
        cmocka_unit_test(refused),
        cmocka_unit_test(number_of_fields),
        cmocka_unit_test(first_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
