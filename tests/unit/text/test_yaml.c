/*
 * test_yaml.c: front matter as a tree with lines, and what of YAML is refused.
 */
#include "ct_test.h"

#include "ct/base/str.h"
#include "ct/text/yaml.h"

#include <time.h>

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024 };

/* The tree as one line: scalars as they are ('quoted' ones in quotes), [a,b], {key:value}. */
static void show(const struct ct_yaml *node, struct ct_str *out)
{
    const char *open = node->type == CT_YAML_LIST ? "[" : "{";
    const char *close = node->type == CT_YAML_LIST ? "]" : "}";

    if (node->type == CT_YAML_SCALAR) {
        const char *quote = node->quoted ? "'" : "";
        ct_str_addf(out, "%s%.*s%s", quote, CT_SV_ARG(node->text), quote);
        return;
    }
    ct_str_add_c(out, open);
    for (const struct ct_yaml *child = node->first; child; child = child->next) {
        if (node->type == CT_YAML_MAP)
            ct_str_addf(out, "%.*s:", CT_SV_ARG(child->key));
        else
            assert_null(child->key.p);
        show(child, out);
        ct_str_add_c(out, child->next ? "," : "");
    }
    ct_str_add_c(out, close);
}

static void trees(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in, *want;
    } cases[] = {
        {"empty", "", "{}"},
        {"only a comment", "# nothing\n", "{}"},
        {"only a line", "---\n", "{}"},
        {"one setting", "title: Grooming", "{title:Grooming}"},
        {"line in front", "---\na: 1\n", "{a:1}"},
        {"line in front and end mark", "---\na: 1\n...\n", "{a:1}"},
        {"order is kept", "b: 1\na: 2\n", "{b:1,a:2}"},
        {"colons within a value", "a: 10:30, http://x", "{a:10:30, http://x}"},
        {"quotes of both kinds", "a: 'x'\nb: \"y\\n\"\nc: z", "{a:'x',b:'y\n',c:z}"},
        {"number, date and yes stay text", "a: 80%\nb: 2026-11-22\nc: yes\nd: 007",
         "{a:80%,b:2026-11-22,c:yes,d:007}"},
        {"null and tilde stay text", "a: null\nb: ~", "{a:null,b:~}"},
        {"no value", "a:\nb: 1", "{a:,b:1}"},
        {"empty quotes", "a: ''", "{a:''}"},
        {"block list", "a:\n  - x\n  - y\n", "{a:[x,y]}"},
        {"block list without indentation", "a:\n- x\n- y\nb: 1\n", "{a:[x,y],b:1}"},
        {"flow list", "a: [x, 'y', ]", "{a:[x,'y']}"},
        {"empty flow", "a: []\nb: {}", "{a:[],b:{}}"},
        {"flow map", "a: {b: 1, c: [2]}", "{a:{b:1,c:[2]}}"},
        {"list of maps", "- a: 1\n  b: 2\n- c: 3\n", "[{a:1,b:2},{c:3}]"},
        {"maps in maps", "a:\n  b:\n    c: 1\n", "{a:{b:{c:1}}}"},
        {"same key in two maps", "a: {x: 1}\nb: {x: 2}", "{a:{x:1},b:{x:2}}"},
        {"literal block", "a: |\n  x\n  y\nb: 1", "{a:x\ny\n,b:1}"},
        {"folded block", "a: >-\n  x\n  y\n", "{a:x y}"},
        {"value over two lines", "a: x\n  y\n", "{a:x y}"},
        {"comments", "a: 1 # one\n# two\nb: 2#3", "{a:1,b:2#3}"},
        {"any script", "título: «Señales» 字", "{título:«Señales» 字}"},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a: 1",
         "{a:1}"},
        {"Windows line breaks", "a: 1\r\nb: 2\r\n", "{a:1,b:2}"},
        {"quoted key", "'a b': 1", "{a b:1}"},
        {"root text", "just text", "just text"},
        {"escaped character", "a: \"\\u00e9\"", "{a:'é'}"},
        {"merge key is a key like others", "<<: 1", "{<<:1}"},
        {"16 levels", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR got = CT_STR_INIT(MAX);
        struct ct_yaml *root = NULL;
        int line = 0, column = 0;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_yaml_parse(&a, ct_sv_c(c->in), 1, &root, &line, &column, &err), &err);
        show(root, &got);
        CT_EQ_STR(c->name, got.p, c->want);
    }
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *in;
        int line, column; /* counted from line 10; column 0: any */
        const char *part; /* of the sentence */
    } cases[] = {
        {"anchor on a value", "a: &x 1\nb: 2", 10, 4, "anchors"},
        {"anchor on a list", "a: &x [1]", 10, 4, "anchors"},
        {"anchor on a map", "a: &x {b: 1}", 10, 4, "anchors"},
        {"anchor on a key", "&x a: 1", 10, 0, "anchors"},
        {"alias", "a: 1\nb: *x", 11, 4, "aliases"},
        {"tag on a value", "a: !!str 1", 10, 4, "tags"},
        {"tag of one's own", "a: !x 1", 10, 4, "tags"},
        {"tag without a name", "a: ! 1", 10, 4, "tags"},
        {"tag on a list", "a: !x [1]", 10, 4, "tags"},
        {"tag on a map", "a: !x {b: 1}", 10, 4, "tags"},
        {"undefined tag handle", "a: !x!y 1", 10, 4, "tags"},
        {"directive", "%YAML 1.1\n---\na: 1", 10, 1, "directives"},
        {"tag directive", "%TAG ! x:\n---\na: 1", 10, 1, "directives"},
        {"second document", "a: 1\n---\nb: 2", 11, 1, "second document"},
        {"empty second document", "a: 1\n---\n", 11, 1, "second document"},
        {"duplicate key", "a: 1\nb: 2\na: 3\nb: 4", 12, 1, "\"a\" comes twice"},
        {"duplicate key in another spelling", "a: 1\n'a': 2", 11, 1, "\"a\" comes twice"},
        {"duplicate key in a flow map", "x: {a: 1, b: 2, a: 3}", 10, 17, "comes twice"},
        {"duplicate key, three times", "a: 1\na: 2\na: 3", 11, 1, "comes twice"},
        {"17 levels", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", 10, 17, "deeper than 16"},
        {"17 levels of a block", "- - - - - - - - - - - - - - - - - x", 10, 0, "deeper than 16"},
        {"list as a key", "? [a]\n: 1", 10, 3, "a key is a word"},
        {"map as a key", "{{a: 1}: 2}", 10, 2, "a key is a word"},
        {"no key in a flow map", "a: {: 2}", 10, 5, "is missing here"},
        {"no key after a question mark", "?\n: 2", 10, 0, "key is missing"},
        {"no value in a flow list", "a: [b, , c]", 10, 8, "is missing here"},
        {"no key on a line of its own", "a: 1\n: 2", 11, 1, "does not fit in"},
        {"empty key", "'': 2", 10, 1, "key is missing"},
        {"second colon", "a: b: c", 10, 5, "a colon that is not expected"},
        {"indentation after a value", "a: b\n  c: d", 11, 4, "check the indentation"},
        {"tab as indentation", "a:\n\tb: 1", 11, 1, "tab"},
        {"value that begins with %", "a: %x", 10, 4, "put it in quotes"},
        {"value that begins with @", "a: @x", 10, 4, "put it in quotes"},
        {"value that begins with a backtick", "a: `x`", 10, 4, "put it in quotes"},
        {"quote not closed", "a: 'x\nb: 1", 10, 4, "not closed"},
        {"quote not closed before a line", "a: \"x\n---\n", 10, 4, "not closed"},
        {"list not closed", "a: [x\nb: 1", 10, 4, "not closed"},
        {"map not closed", "a: {x: 1\nb: 1", 10, 4, "not closed"},
        {"item outside of the list", "a:\n  - x\n  y: 1", 12, 3, "into the list"},
        {"text after the end", "a: 1\n...\nb", 12, 1, "outside of the settings"},
        {"no colon", "a: 1\nb\nc: 2", 11, 1, "colon"},
        {"text after a closing quote", "a: 'x' y", 10, 0, "quotes"},
        {"list on the line of its key", "a: - x", 10, 4, "list begins on a line of its own"},
        {"wrong indentation", "a:\n    b: 1\n  c: 2", 12, 0, "indentation"},
        {"unknown escape", "a: \"\\z\"", 10, 0, "escape"},
        {"escaped NUL", "a: \"x\\0\"", 10, 4, "escape"},
        {"escaped surrogate", "a: \"\\ud800\"", 10, 0, "escape"},
        {"control character", "a: 1\nb: x\x01y", 11, 5, "control character"},
        {"not UTF-8", "a: 1\nb: x\xFFy", 11, 5, "not UTF-8"},
        {"UTF-16",
         "\xFF\xFE"
         "a",
         10, 1, "not UTF-8"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_yaml *root = NULL;
        int line = 0, column = 0;
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, ct_yaml_parse(&a, ct_sv_c(c->in), 10, &root, &line, &column, &err),
                  CT_BAD_INPUT);
        assert_null(root);
        if (!strstr(err.text, c->part))
            CT_EQ_STR(c->name, err.text, c->part);
        CT_EQ_I64(c->name, line, c->line);
        CT_EQ_I64(c->name, c->column ? column : 0, c->column);
        assert_true(column >= 1);
    }
}

static void nul_bytes(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_yaml *root = NULL;
    int line = 0, column = 0;
    CT_EQ_I64("NUL", ct_yaml_parse(&a, CT_SV("a: 1\nb: \0\n"), 1, &root, &line, &column, NULL),
              CT_BAD_INPUT);
    CT_EQ_I64("line", line, 2);
    CT_EQ_I64("column", column, 4);
    CT_OK_("null view", ct_yaml_parse(&a, CT_SV_NULL, 1, &root, &line, &column, NULL), NULL);
    CT_EQ_I64("null view", root->type, CT_YAML_MAP);
}

static void places(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_yaml *root = NULL;
    struct ct_err err = CT_ERR_INIT;
    int line = 0, column = 0;
    CT_OK_("parse",
           ct_yaml_parse(&a, CT_SV("# about\ntitle: 'T'\n\naudience:\n  - police\n  - {a: b}\n"), 2,
                         &root, &line, &column, &err),
           &err);

    const struct ct_yaml *title = ct_yaml_get(root, "title");
    CT_EQ_I64("title line", title->line, 3);
    CT_EQ_I64("title column", title->column, 8);
    CT_EQ_I64("title key line", title->key_line, 3);
    CT_EQ_I64("title key column", title->key_column, 1);

    const struct ct_yaml *audience = ct_yaml_get(root, "audience");
    CT_EQ_I64("list line", audience->line, 6);
    CT_EQ_I64("list key line", audience->key_line, 5);
    CT_EQ_I64("item line", audience->first->line, 6);
    CT_EQ_I64("item column", audience->first->column, 5);
    const struct ct_yaml *inner = ct_yaml_get(audience->first->next, "a");
    CT_EQ_I64("inner line", inner->line, 7);
    CT_EQ_I64("inner key column", inner->key_column, 6);

    assert_null(ct_yaml_get(root, "absent"));
    assert_null(ct_yaml_get(audience, "a"));
    assert_null(ct_yaml_get(title, "a"));
}

/* Inputs on which a careless reader takes minutes or the whole stack. The bound is far above what
 * they take and far below what quadratic work would. */
static void hostile_sizes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *piece;
        int times, status;
    } cases[] = {
        {"many distinct keys", "k%d: 1\n", 60000, CT_OK},
        {"many items", "- %d\n", 100000, CT_OK},
        {"brackets", "[", 500000, CT_BAD_INPUT},
        {"braces", "{", 500000, CT_BAD_INPUT},
        {"dashes", "- ", 250000, CT_BAD_INPUT},
        {"question marks", "? ", 250000, CT_BAD_INPUT},
        {"colons", ": ", 250000, CT_BAD_INPUT},
        {"exclamation marks", "!", 500000, CT_BAD_INPUT},
        {"comments", "#\n", 250000, CT_OK},
        {"one long word", "aaaaaaaaaa", 50000, CT_OK},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR text = CT_STR_INIT(MAX);
        struct ct_yaml *root = NULL;
        int line = 0, column = 0;
        for (int i = 0; i < c->times; i++) {
            struct ct_sv piece = ct_sv_c(c->piece);
            size_t number = ct_sv_search(piece, CT_SV("%d"));
            ct_str_add_sv(&text, ct_sv_sub(piece, 0, number));
            if (number != SIZE_MAX) {
                ct_str_addf(&text, "%d", i);
                ct_str_add_sv(&text, ct_sv_sub(piece, number + 2, piece.n));
            }
        }
        clock_t before = clock();
        CT_EQ_I64(c->name, ct_yaml_parse(&a, ct_str_sv(&text), 1, &root, &line, &column, NULL),
                  c->status);
        clock_t took = clock() - before;
        if (took > 10 * CLOCKS_PER_SEC)
            CT_EQ_I64(c->name, took / CLOCKS_PER_SEC, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),  cmocka_unit_test(refused),       cmocka_unit_test(nul_bytes),
        cmocka_unit_test(places), cmocka_unit_test(hostile_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
