/*
 * test_markdown.c: the tree, its lines and columns, taking it apart, rendering parts of it, and
 * what is refused. That whole documents render as specified: test_markdown_spec.c; tables:
 * test_table.c.
 */
#include "md_test.h"

#include <time.h>

#include "ct/base/banned.h"

/* ---- the tree -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *md, *want;
} trees[] = {
    {"empty", "", "document@1:1"},
    {"blocks and inlines", "# T\n\na *b* `c`\n",
     "document@1:1[h@1:1[text@1:3] p@3:1[text@3:1 em@3:3[text@3:4] text@3:6 code@3:8]]"},
    {"link, image, html, breaks", "[a](b)![c](d)<i>\\\ne\nf",
     "document@1:1[p@1:1[link@1:1[text@1:2] image@1:7[text@1:9] html@1:14 linebreak@1:0 "
     "text@2:1 softbreak@2:0 text@3:1]]"},
    {"quote, list, item", "> q\n\n- a\n- b\n\n1. c\n",
     "document@1:1[quote@1:1[p@1:3[text@1:3]] list@3:1[item@3:1[p@3:3[text@3:3]] "
     "item@4:1[p@4:3[text@4:3]]] list@6:1[item@6:1[p@6:4[text@6:4]]]]"},
    {"code, html, break", "```\nx\n```\n<p>\n\n***\n",
     "document@1:1[codeblock@1:1 htmlblock@4:1 break@6:1]"},
    {"later lines have columns of their own", "  a `b`\n   c `d`\n",
     "document@1:1[p@1:3[text@1:3 code@1:6 softbreak@1:0 text@2:4 code@2:7]]"},
    {"columns behind prefixes, and on lazy lines", "> - a\n>   *b*\n*c*\n",
     "document@1:1[quote@1:1[list@1:3[item@1:3[p@1:5[text@1:5 softbreak@1:0 em@2:5[text@2:6] "
     "softbreak@2:0 em@3:1[text@3:2]]]]]]"},
    {"after a backslash at the end of a line", "> ab\\\n> c `d`\n",
     "document@1:1[quote@1:1[p@1:3[text@1:3 linebreak@1:0 text@2:3 code@2:6]]]"},
    {"after a backslash above a lazy line", "> f\\\n  `g`\\\nh\n",
     "document@1:1[quote@1:1[p@1:3[text@1:3 linebreak@1:0 text@2:1 code@2:4 linebreak@2:0 "
     "text@3:1]]]"},
    {"breaks of both kinds between emphasis", "- *a*\\\n  *b*  \n  *c*\\\n  [](x)*d*\n",
     "document@1:1[list@1:1[item@1:1[p@1:3[em@1:3[text@1:4] linebreak@1:0 em@2:3[text@2:4] "
     "text@2:6 linebreak@2:0 em@3:3[text@3:4] linebreak@3:0 link@4:3 em@4:8[text@4:9]]]]]"},
    {"a link over two lines begins on the first", "x [a\nb](u) *c*\n",
     "document@1:1[p@1:1[text@1:1 link@1:3[text@1:4 softbreak@1:0 text@2:1] text@2:6 "
     "em@2:7[text@2:8]]]"},
    {"below definitions", "> [a]: u\n> [b]: v\n> 'w'\n>  c\\\n> `d`\n",
     "document@1:1[quote@1:1[p@1:3[text@4:4 linebreak@4:0 code@5:4]]]"},
    {"backticks that close nothing", "a\n`b *c* ``d\n",
     "document@1:1[p@1:1[text@1:1 softbreak@1:0 text@2:1 em@2:4[text@2:5] text@2:7]]"},
    {"lines are counted inside a code span", "`a\nb` *c*\n",
     "document@1:1[p@1:1[code@1:2 text@2:3 em@2:4[text@2:5]]]"},
    {"a mark at the front is no text", "\xEF\xBB\xBF# T\n", "document@1:1[h@1:1[text@1:3]]"},
    {"every line end counts", "a\r\n\r\nb\r\rc\n\nd",
     "document@1:1[p@1:1[text@1:1] "
     "p@3:1[text@3:1] p@5:1[text@5:1] "
     "p@7:1[text@7:1]]"},
};

static void trees_have_types_lines_and_columns(void **state)
{
    (void)state;
    CT_EACH (c, trees) {
        CT_AUTO_STR out = CT_STR_INIT(CT_PAGE_MAX);
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        md_dump(ct_md_root(md), &out);
        CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void lines_count_from_the_first_line_given(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_MD *md = NULL;
    CT_OK_("parse",
           ct_md_parse(CT_SV("# T\n\n- a\n  b\n\n| c |\n|---|\n"), 10, false, &md, NULL, &err),
           &err);
    CT_EQ_I64("heading", ct_md_line(md_at(md, "/0")), 10);
    CT_EQ_I64("item", ct_md_line(md_at(md, "/1/0")), 12);
    CT_EQ_I64("second line of its paragraph", ct_md_line(md_at(md, "/1/0/0/2")), 13);
    CT_EQ_I64("where the paragraph ends", ct_md_end_line(md_at(md, "/1/0/0")), 13);
    CT_EQ_I64("table", ct_md_line(md_at(md, "/2")), 15);
    CT_EQ_I64("where the table ends", ct_md_end_line(md_at(md, "/2")), 16);
    CT_EQ_I64("text in a cell", ct_md_line(md_at(md, "/2/0/0/0")), 15);
}

static void an_end_is_never_before_its_beginning(void **state)
{
    (void)state;
    CT_AUTO_MD *md = md_read("html block", CT_SV("<!-- a -->\nb\n"), false);
    CT_EQ_I64("end", ct_md_end_line(md_at(md, "/0")) >= 1, 1);
}

static void nodes_say_what_they_are(void **state)
{
    (void)state;
    CT_AUTO_MD *md = md_read("all",
                             CT_SV("### H\n\n7) a\n8) b\n\n- c\n\n- d\n\n~~~ c x\ny\n~~~\n\n"
                                   "[t](/u?a&b \"w\") ![i](j) `k` &amp;\n"),
                             false);
    CT_EQ_I64("level", ct_md_level(md_at(md, "/0")), 3);
    CT_EQ_I64("level of what is no heading", ct_md_level(md_at(md, "/1")), 0);
    CT_EQ_I64("numbered", ct_md_ordered(md_at(md, "/1")), true);
    CT_EQ_I64("bullets", ct_md_ordered(md_at(md, "/2")), false);
    CT_EQ_SV("info", ct_md_info(md_at(md, "/3")), CT_SV("c x"));
    CT_EQ_SV("code block", ct_md_literal(md_at(md, "/3")), CT_SV("y\n"));
    CT_EQ_SV("url", ct_md_url(md_at(md, "/4/0")), CT_SV("/u?a&b"));
    CT_EQ_SV("code", ct_md_literal(md_at(md, "/4/4")), CT_SV("k"));
    CT_EQ_SV("text", ct_md_literal(md_at(md, "/4/5")), CT_SV(" &"));
    CT_EQ_SV("literal of what has none", ct_md_literal(md_at(md, "/4")), CT_SV(""));
    CT_EQ_SV("url of what has none", ct_md_url(md_at(md, "/4")), CT_SV(""));
}

static void walking_ends_in_null(void **state)
{
    (void)state;
    CT_AUTO_MD *md = md_read("walk", CT_SV("a\n\nb\n"), false);
    struct ct_md_node *root = ct_md_root(md), *a = ct_md_first(root), *b = ct_md_last(root);
    assert_ptr_equal(ct_md_next(a), b);
    assert_ptr_equal(ct_md_prev(b), a);
    assert_ptr_equal(ct_md_parent(a), root);
    assert_null(ct_md_next(b));
    assert_null(ct_md_prev(a));
    assert_null(ct_md_parent(root));
    assert_null(ct_md_first(ct_md_first(a)));
}

static const struct {
    const char *name, *md, *path, *want;
} plains[] = {
    {"text and code", "a *b **c*** `d`", "/0", "a b c d"},
    {"line ends are blanks", "a\nb\\\nc", "/0", "a b c"},
    {"the text of links and images", "[a](b) ![c](d)", "/0", "a c"},
    {"entities are read", "&lt;a&gt; &amp; \\*", "/0", "<a> & *"},
    {"raw html is left out", "a <b>c</b>", "/0", "a c"},
    {"a blank between blocks", "> a\n>\n> b", "/0", "a b"},
    {"a table's cells", "| a | b |\n|---|---|\n| `c` ||", "", "a b c "},
    {"one text", "abc", "/0/0", "abc"},
    {"nothing", "", "", ""},
};

static void plain_text_is_what_one_would_read(void **state)
{
    (void)state;
    CT_EACH (c, plains) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        CT_EQ_SV(c->name, ct_md_plain(&a, md_at(md, c->path)), ct_sv_c(c->want));
    }
}

/* ---- rendering parts ------------------------------------------------------------------------- */

static const struct {
    const char *name, *md, *path, *html, *children;
} parts[] = {
    {"a paragraph, not its neighbours", "a\n\n*b*\n\nc", "/1", "<p><em>b</em></p>\n", "<em>b</em>"},
    {"a paragraph in a tight list has its p", "- a\n- b", "/0/0/0", "<p>a</p>\n", "a"},
    {"an item of a tight list", "- a\n- b", "/0/1", "b", "b"},
    {"an item of a loose list", "- a\n\n- b", "/0/1", "<p>b</p>\n", "<p>b</p>\n"},
    {"a tight item with a quote", "- a\n  > q\n- b", "/0/0",
     "a\n<blockquote>\n<p>q</p>\n</blockquote>\n", "a\n<blockquote>\n<p>q</p>\n</blockquote>\n"},
    {"a tight item with a list", "- a\n  - c\n- b", "/0/0", "a\n<ul>\n<li>c</li>\n</ul>\n",
     "a\n<ul>\n<li>c</li>\n</ul>\n"},
    {"a list", "- a\n- b\n\nc", "/0", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
     "<li>a</li>\n<li>b</li>\n"},
    {"a quote", "> a\n>\n> b\n\nc", "/0", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n",
     "<p>a</p>\n<p>b</p>\n"},
    {"a heading", "# a `b`\n\nc", "/0", "<h1>a <code>b</code></h1>\n", "a <code>b</code>"},
    {"an inline", "a *b* c", "/0/1", "<em>b</em>", "b"},
    {"a code block", "    <\n\nx", "/0", "<pre><code>&lt;\n</code></pre>\n", ""},
    {"a row", "| a | b |\n|---|:--|\n| 1 | 2 |", "/0/1",
     "<tr>\n<td>1</td>\n<td align=\"left\">2</td>\n</tr>\n",
     "<td>1</td>\n<td align=\"left\">2</td>\n"},
    {"a cell", "| *a* | b |\n|---|---|", "/0/0/0", "<th><em>a</em></th>\n", "<em>a</em>"},
};

static void parts_are_rendered_alone(void **state)
{
    (void)state;
    CT_EACH (c, parts) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_STR children = CT_STR_INIT(CT_PAGE_MAX);
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        CT_EQ_SV(c->name, md_html(&a, md_at(md, c->path)), ct_sv_c(c->html));
        ct_md_html_children(md_at(md, c->path), &children);
        CT_EQ_STR(c->name, children.p, c->children);
    }
}

static void rendering_appends(void **state)
{
    (void)state;
    CT_AUTO_STR out = CT_STR_INIT(CT_PAGE_MAX);
    CT_AUTO_MD *md = md_read("append", CT_SV("a\n\n- b\n"), false);
    ct_str_add_c(&out, "<div>");
    ct_md_html(ct_md_first(ct_md_root(md)), &out);
    ct_md_html_children(ct_md_root(md), &out);
    CT_EQ_STR("both", out.p, "<div><p>a</p>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n");
}

static void a_full_text_is_never_half_a_page(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("sweep", CT_SV("# a\n\n- b *c*\n\n| d |\n|---|\n"), false);
    struct ct_sv whole = md_html(&a, ct_md_root(md));
    for (size_t max = 0; max <= whole.n; max++) {
        CT_AUTO_STR out = CT_STR_INIT(max);
        ct_md_html_children(ct_md_root(md), &out);
        CT_EQ_I64("ok only when whole", ct_str_ok(&out), max == whole.n);
    }
}

/* ---- taking apart ---------------------------------------------------------------------------- */

static const struct {
    const char *name, *md, *path, *rest, *html; /* what is left, and what was taken */
} unlinked[] = {
    {"a paragraph", "a\n\nb\n\nc", "/1", "<p>a</p>\n<p>c</p>\n", "<p>b</p>\n"},
    {"an inline", "a *b* c", "/0/1", "<p>a  c</p>\n", "<em>b</em>"},
    {"feedback under an option", "- a\n  > q\n- b", "/0/0/1",
     "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "<blockquote>\n<p>q</p>\n</blockquote>\n"},
    {"a tight item stays tight", "- a\n  - c\n- b", "/0/0", "<ul>\n<li>b</li>\n</ul>\n",
     "a\n<ul>\n<li>c</li>\n</ul>\n"},
    {"a loose item stays loose", "- a\n\n- b", "/0/0", "<ul>\n<li>\n<p>b</p>\n</li>\n</ul>\n",
     "<p>a</p>\n"},
    {"a tight paragraph", "- a\n- b", "/0/0/0", "<ul>\n<li></li>\n<li>b</li>\n</ul>\n",
     "<p>a</p>\n"},
    {"the root stays", "a", "", "<p>a</p>\n", "<p>a</p>\n"},
};

static void unlinked_nodes_are_gone_and_still_render(void **state)
{
    (void)state;
    CT_EACH (c, unlinked) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = md_read(c->name, ct_sv_c(c->md), false);
        struct ct_md_node *n = md_at(md, c->path);
        ct_md_unlink(md, n);
        CT_EQ_SV(c->name, md_html(&a, ct_md_root(md)), ct_sv_c(c->rest));
        CT_EQ_SV(c->name, md_html(&a, n), ct_sv_c(c->html));
        assert_null(ct_md_parent(n));
        assert_null(ct_md_next(n));
        assert_null(ct_md_prev(n));
    }
}

static void a_node_may_be_unlinked_and_put_back_often(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("again", CT_SV("- a\n- b\n\n> q\n"), false);
    struct ct_md_node *list = md_at(md, "/0"), *item = ct_md_first(list), *quote = md_at(md, "/1");
    for (int i = 0; i < 3; i++) {
        ct_md_unlink(md, item);
        ct_md_unlink(md, item);
        ct_md_append(list, item);
        ct_md_unlink(md, quote);
        ct_md_append(item, quote); /* into a tree, while listed as loose */
    }
    CT_EQ_SV(
        "moved", md_html(&a, ct_md_root(md)),
        CT_SV("<ul>\n<li>b</li>\n<li>a\n<blockquote>\n<p>q</p>\n</blockquote>\n</li>\n</ul>\n"));
    ct_md_unlink(md, list); /* a loose tree with nodes that were loose: all freed once */
}

static void what_cannot_hold_a_node_leaves_it(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("refused", CT_SV("a\n\nb\n"), false);
    ct_md_append(md_at(md, "/0"), md_at(md, "/1")); /* a paragraph holds no paragraph */
    CT_EQ_SV("as before", md_html(&a, ct_md_root(md)), CT_SV("<p>a</p>\n<p>b</p>\n"));
}

static void literals_and_urls_are_set_and_stay_safe(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("set", CT_SV("a `b` [c](d) [e](f)\n"), false);
    ct_md_set_literal(md_at(md, "/0/0"), ct_sv_n("<x>yz", 3));
    ct_md_set_literal(md_at(md, "/0/1"), CT_SV("\"&"));
    ct_md_set_url(md_at(md, "/0/3"), CT_SV("/a b?\"c\"&d"));
    ct_md_set_url(md_at(md, "/0/5"), CT_SV("JavaScript:alert(1)"));
    CT_EQ_SV("set", md_html(&a, ct_md_root(md)),
             CT_SV("<p>&lt;x&gt;<code>&quot;&amp;</code> <a href=\"/a%20b?%22c%22&amp;d\">c</a> "
                   "<a href=\"\">e</a></p>\n"));
}

static void a_text_is_split_and_a_part_of_it_linked(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("split", CT_SV("one two\nthree *four*\n"), false);
    struct ct_md_node *two = ct_md_split(md, md_at(md, "/0/0"), strlen("one "));
    CT_EQ_SV("the front", ct_md_literal(md_at(md, "/0/0")), CT_SV("one "));
    CT_EQ_SV("the rest", ct_md_literal(two), CT_SV("two"));
    CT_EQ_I64("stands on its line", ct_md_line(two), 1);
    CT_EQ_I64("and in its column", ct_md_column(two), 5);
    struct ct_md_node *three = md_at(md, "/0/3");
    ct_md_split(md, three, strlen("three"));
    struct ct_md_node *link = ct_md_link(md, two, three, CT_SV("#a\"b"), CT_SV("x"), CT_SV("<i>"));
    CT_EQ_I64("is a link", ct_md_type(link), CT_MD_LINK);
    CT_EQ_I64("of a row of nodes", ct_md_line(ct_md_last(link)), 2);
    CT_EQ_SV("as HTML", md_html(&a, ct_md_root(md)),
             CT_SV("<p>one <a class=\"x\" id=\"&lt;i&gt;\" href=\"#a&quot;b\">two\nthree</a> "
                   "<em>four</em></p>\n"));
    CT_EQ_SV("as text", ct_md_plain(&a, ct_md_root(md)), CT_SV("one two three four"));
}

/* A tag that is cut off would take the text behind it into itself. */
static void a_link_to_a_long_name_is_whole(void **state)
{
    (void)state;
    static char name[60001];
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_MD *md = md_read("long", CT_SV("text\n"), false);
    memset(name, '"', sizeof name - 1);
    struct ct_md_node *text = md_at(md, "/0/0");
    ct_md_link(md, text, text, ct_sv_c(name), CT_SV("x"), ct_sv_c(name));
    struct ct_sv html = md_html(&a, ct_md_root(md));
    CT_EQ_I64("all of it", html.n,
              strlen("<p><a class=\"x\" id=\"\" href=\"\">text</a></p>\n") +
                  2 * 60000 * strlen("&quot;"));
    assert_true(ct_sv_ends(html, CT_SV("&quot;\">text</a></p>\n")));
}

/* ---- the guard ------------------------------------------------------------------------------- */

/* A source made of parts: `before`, `unit` n times, `after` m times. */
struct made {
    const char *name, *before, *unit;
    size_t n;
    const char *after;
    size_t m;
};

static struct ct_sv make(struct ct_arena *a, const struct made *c)
{
    size_t before = strlen(c->before), unit = strlen(c->unit), after = strlen(c->after);
    size_t size = before + unit * c->n + after * c->m;
    char *p = ct_arena_alloc(a, size), *at = p + before;
    memcpy(p, c->before, before);
    for (size_t i = 0; i < c->n; i++, at += unit)
        memcpy(at, c->unit, unit);
    for (size_t i = 0; i < c->m; i++, at += after)
        memcpy(at, c->after, after);
    return ct_sv_n(p, size);
}

static const struct {
    struct made made;
    enum ct_status status;
    int line;
    const char *text;
} refused[] = {
    {{"over a mebibyte", "", "abc\n", CT_SOURCE_MAX / 4, "x", 1},
     CT_TOO_BIG,
     1,
     "1048577 bytes; at most 1048576"},
    {{"a long line", "a\n", "b", CT_SOURCE_LINE_MAX + 1, "\n", 1},
     CT_TOO_BIG,
     2,
     "a line of 65537 bytes; at most 65536"},
    {{"quotes in quotes", "\n\n", ">", CT_SOURCE_DEPTH_MAX + 1, "a", 1},
     CT_TOO_BIG,
     3,
     "quotes, lists and emphasis nested over 32 levels deep"},
    {{"lists in lists", "", "- ", CT_SOURCE_DEPTH_MAX + 1, "a", 1},
     CT_TOO_BIG,
     1,
     "quotes, lists and emphasis nested over 32 levels deep"},
    {{"emphasis in emphasis", "x\n", "*a _b ", 20, "c_ d*", 20},
     CT_TOO_BIG,
     2,
     "quotes, lists and emphasis nested over 32 levels deep"},
    {{"links' texts in images' texts", "", "![", 40, "](a)", 40},
     CT_TOO_BIG,
     1,
     "quotes, lists and emphasis nested over 32 levels deep"},
    {{"so many quotes that cmark is not asked", "", "> ", 30000, "", 0},
     CT_TOO_BIG,
     1,
     "quotes and lists nested over 32 levels deep"},
    {{"empty lists in lists above empty lines", "", "+ ", 32, "\n", 500 * 1000},
     CT_TOO_BIG,
     121213,
     "too many lines inside deeply nested quotes and lists"},
    {{"links among unclosed images", "a\n", "![[]()\n", 20000, "", 0},
     CT_TOO_BIG,
     4474,
     "too many images and links in one paragraph; leave an empty line between them"},
    {{"a long definition used often", "[a]: /", "u", 60000, "\n\n[a]", 1000},
     CT_TOO_BIG,
     1,
     "the definition of a link is too long to be used so often"},
    {{"a long title used often", "\n[a]: u\n\"", "word\n", 20000, "\"\n\n[a]", 1000},
     CT_TOO_BIG,
     2,
     "the definition of a link is too long to be used so often"},
    {{"titles in titles", "", "[a]: b (\n", 20000, "", 0},
     CT_TOO_BIG,
     1,
     "the definition of a link is too long to be used so often"},
    {{"bytes that are no UTF-8", "a\nb\n", "\xC3", 1, "(", 1},
     CT_BAD_INPUT,
     3,
     "not UTF-8 text; save the file as UTF-8"},
};

static void what_would_cost_too_much_is_refused(void **state)
{
    (void)state;
    CT_EACH (c, refused) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_MD *md = NULL;
        int line = 0;
        int r = ct_md_parse(make(&a, &c->made), 1, false, &md, &line, &err);
        CT_EQ_I64(c->made.name, r, c->status);
        CT_EQ_STR(c->made.name, err.text, c->text);
        CT_EQ_I64(c->made.name, line, c->line);
        CT_EQ_I64(c->made.name, md != NULL, r == CT_OK);
    }
}

static void a_nul_byte_is_refused_with_its_line(void **state)
{
    (void)state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_MD *md = NULL;
    int line = 0;
    CT_EQ_I64("nul", ct_md_parse(CT_SV("a\nb\0c\n"), 5, true, &md, &line, &err), CT_BAD_INPUT);
    CT_EQ_I64("line, from the first", line, 6);
    CT_EQ_STR("what", err.what, "source");
}

static const struct made accepted[] = {
    {"a mebibyte", "", "abc\n", CT_SOURCE_MAX / 4, "", 0},
    {"a line as long as may be", "", "b", CT_SOURCE_LINE_MAX, "\r\n", 1},
    {"32 quotes", "", ">", CT_SOURCE_DEPTH_MAX, "a", 1},
    {"32 lists", "", "1. ", CT_SOURCE_DEPTH_MAX, "a", 1},
    {"a thematic break with many marks", "", "- ", 500, "\n", 1},
    {"many > in fenced code", "- ~~~\n  ", ">", 500, "\n", 1},
    {"many > in indented code", "    ", ">", 500, "\n", 1},
    {"many - in a fence in a quote", "> ``` x\n> ", "- ", 500, "x\n", 1},
    {"code indented far", "```\n", " ", 1000, "- x\n", 1},
    {"many empty lines", "- a\n", "\n", 500 * 1000, "", 0},
    {"many images, apart", "", "![a](b) [c](d)\n\n", 20000, "", 0},
    {"many images in one paragraph", "", "![a](b) [c](d)\n", 2000, "", 0},
    {"a long definition used now and then", "[a]: /", "u", 60000, "\n\n[a]", 200},
    {"many definitions in one block", "", "[a]: https://example.org/a/long/address 'A title'\n",
     5000, "\n[a]\n", 5000},
    {"marks of emphasis in text", "", "2 * 3 * 4 _ 5 ", 3000, "\n", 1},
};

static void what_a_text_may_hold_is_accepted(void **state)
{
    (void)state;
    CT_EACH (c, accepted) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = md_read(c->name, make(&a, c), false);
        assert_non_null(md);
    }
}

/* Without the guard the first five take minutes at this size; with it, whatever it decides, none
 * takes a second, so that the bound below is far from both even under a sanitizer. */
static const struct made hostile[] = {
    {"nested empty lists", "", "+ ", 32000, "\n", 900 * 1000},
    {"the same on many lines", "", "* * * * a\n\n", 90000, "", 0},
    {"nested empty lists in a quote", "> ", "+ ", 32000, ">\n", 400 * 1000},
    {"images around links", "", "![[]()\n", 140 * 1000, "", 0},
    {"emphasis in deep quotes", "", "> ", 30000, "*a_ ", 200 * 1000},
    {"brackets", "[x]: y\n\n", "[[[[[[[[\n", 50000, "]]]]]]]]\n", 50000},
    {"openers of emphasis", "", "*a **b _c\n", 100 * 1000, "", 0},
    {"backticks", "", "`a``b```c\n", 100 * 1000, "", 0},
    {"tags that are not closed", "", "<a href=\"<!--<?<![CDATA[\n", 40000, "", 0},
    {"definitions", "", "[a]: b '\n", 110 * 1000, "", 0},
    {"entities", "", "&#x26;&amp;&a\n", 70000, "", 0},
    {"backslashes and empty links", "", "\\\n[](x)", 110 * 1000, "", 0},
    {"tables that run into lists", "", "|a|\n|-|\n2. x\n", 70000, "", 0},
    {"one wide table", "", "|a|b\n|-|-\n", 1, "x\n", 500 * 1000},
    {"delimiter rows", "", "|-|\n", 250 * 1000, "", 0},
};

static void no_source_of_a_mebibyte_takes_long(void **state)
{
    (void)state;
    CT_EACH (c, hostile) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = NULL;
        CT_AUTO_STR out = CT_STR_INIT(64 * CT_PAGE_MAX);
        struct ct_sv text = make(&a, c);
        assert_true(text.n <= CT_SOURCE_MAX);
        clock_t start = clock();
        if (ct_md_parse(text, 1, false, &md, NULL, NULL) == CT_OK)
            ct_md_html(ct_md_root(md), &out);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 15)
            fail_msg("%s: %.1f s", c->name, seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_have_types_lines_and_columns),
        cmocka_unit_test(lines_count_from_the_first_line_given),
        cmocka_unit_test(an_end_is_never_before_its_beginning),
        cmocka_unit_test(nodes_say_what_they_are),
        cmocka_unit_test(walking_ends_in_null),
        cmocka_unit_test(plain_text_is_what_one_would_read),
        cmocka_unit_test(parts_are_rendered_alone),
        cmocka_unit_test(rendering_appends),
        cmocka_unit_test(a_full_text_is_never_half_a_page),
        cmocka_unit_test(unlinked_nodes_are_gone_and_still_render),
        cmocka_unit_test(a_node_may_be_unlinked_and_put_back_often),
        cmocka_unit_test(what_cannot_hold_a_node_leaves_it),
        cmocka_unit_test(literals_and_urls_are_set_and_stay_safe),
        cmocka_unit_test(a_text_is_split_and_a_part_of_it_linked),
        cmocka_unit_test(a_link_to_a_long_name_is_whole),
        cmocka_unit_test(what_would_cost_too_much_is_refused),
        cmocka_unit_test(a_nul_byte_is_refused_with_its_line),
        cmocka_unit_test(what_a_text_may_hold_is_accepted),
        cmocka_unit_test(no_source_of_a_mebibyte_takes_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
