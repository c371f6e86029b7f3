/*
 * test_graph.c: pictures of graphs: well formed whatever the words are, without colours of their
 * own, silent, within limits.
 */
#include "ct_test.h"

#include "ct/base/clock.h"
#include "ct/text/graph.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024, DEPTH = 16 };

/* Constant, which CT_SV is not. */
/* clang-format off */
#define TEXT(lit) {lit, sizeof(lit) - 1}
#define NODE(lit) {.label = TEXT(lit)}
/* clang-format on */

/* Reads the drawing as strictly as XML is read: elements in each other, quoted attributes, nothing
 * unescaped. What is wrong, or NULL. */
static const char *fault_of(struct ct_sv svg)
{
    struct ct_sv open[DEPTH];
    size_t depth = 0;
    bool any = false;
    if (!ct_sv_utf8(svg))
        return "not UTF-8";
    for (size_t i = 0; i < svg.n; i++) {
        unsigned char c = (unsigned char)svg.p[i];
        if (c < 0x20 && c != '\n')
            return "a control character";
        if (c == '&') {
            struct ct_sv rest = ct_sv_sub(svg, i, 8);
            if (!ct_sv_starts(rest, CT_SV("&amp;")) && !ct_sv_starts(rest, CT_SV("&lt;")) &&
                !ct_sv_starts(rest, CT_SV("&gt;")) && !ct_sv_starts(rest, CT_SV("&quot;")) &&
                !ct_sv_starts(rest, CT_SV("&#")))
                return "a bare &";
        }
    }
    while (svg.n > 0) {
        size_t at = ct_sv_find(svg, '<');
        if (at == SIZE_MAX)
            return depth == 0 && any ? NULL : "an element left open";
        svg = ct_sv_sub(svg, at + 1, SIZE_MAX);
        bool closes = ct_sv_starts(svg, CT_SV("/"));
        svg = ct_sv_sub(svg, closes, SIZE_MAX);
        size_t n = 0;
        while (n < svg.n && ((svg.p[n] >= 'a' && svg.p[n] <= 'z') || svg.p[n] == '-'))
            n++;
        struct ct_sv name = ct_sv_sub(svg, 0, n);
        svg = ct_sv_sub(svg, n, SIZE_MAX);
        if (n == 0)
            return "a bare <";
        while (svg.n > 0 && svg.p[0] == ' ') {
            size_t equals = ct_sv_find(svg, '=');
            if (equals == SIZE_MAX || equals + 1 >= svg.n || svg.p[equals + 1] != '"')
                return "an attribute without quotes";
            svg = ct_sv_sub(svg, equals + 2, SIZE_MAX);
            size_t quote = ct_sv_find(svg, '"');
            if (ct_sv_find(ct_sv_sub(svg, 0, quote), '<') != SIZE_MAX)
                return "a < in an attribute";
            svg = ct_sv_sub(svg, quote + 1, SIZE_MAX);
        }
        if (ct_sv_starts(svg, CT_SV("/>"))) {
            svg = ct_sv_sub(svg, 2, SIZE_MAX);
        } else if (!ct_sv_starts(svg, CT_SV(">"))) {
            return "a tag that does not end";
        } else if (!closes) {
            if (depth == DEPTH || (depth == 0 && any))
                return "too deep, or a second root";
            open[depth++] = name;
            any = true;
        } else if (depth == 0 || !ct_sv_eq(open[--depth], name)) {
            return "the wrong element closed";
        }
    }
    return depth == 0 && any ? NULL : "an element left open";
}

static void draws(const char *name, const struct ct_graph_node *nodes, size_t n_nodes,
                  const struct ct_graph_edge *edges, size_t n_edges, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;
    ct_str_reset(out);
    CT_OK_(name, ct_graph_svg(nodes, n_nodes, edges, n_edges, CT_SV("A case"), out, &err), &err);
    const char *fault = fault_of(ct_str_sv(out));
    if (fault != NULL)
        CT_EQ_STR(name, fault, out->p);
}

static bool has(const struct ct_str *out, const char *text)
{
    return ct_sv_search(ct_str_sv(out), ct_sv_c(text)) != SIZE_MAX;
}

static size_t count(const struct ct_str *out, const char *text)
{
    struct ct_sv rest = ct_str_sv(out);
    size_t n = 0;
    for (size_t at; (at = ct_sv_search(rest, ct_sv_c(text))) != SIZE_MAX; n++)
        rest = ct_sv_sub(rest, at + 1, SIZE_MAX);
    return n;
}

static const struct ct_graph_node three[] = {
    {TEXT("First words"), TEXT("First words, the start"), TEXT("#first-words"),
     TEXT("scene is-start"), CT_SHAPE_BOX},
    {TEXT("Fork"), TEXT(""), TEXT(""), TEXT(""), CT_SHAPE_DIAMOND},
    {TEXT("Ending: She runs"), TEXT("failed"), TEXT("?scene=a&b"), TEXT("scene-bad"),
     CT_SHAPE_ROUND},
};

static const struct ct_graph_edge lines[] = {
    {0, 1, TEXT("Ask & wait"), TEXT("choice"), false},
    {1, 2, TEXT(""), TEXT(""), true},
    {2, 0, TEXT(""), TEXT(""), false},
};

static void a_graph_is_drawn(void **state)
{
    (void)state;
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    draws("three", three, 3, lines, 3, &out);
    assert_true(ct_sv_starts(ct_str_sv(&out), CT_SV("<svg ")));
    assert_true(has(&out, "role=\"group\" aria-label=\"A case\" viewBox=\"0 0 "));
    assert_true(has(&out, "<a class=\"graph-node scene is-start\" href=\"#first-words\">"));
    assert_true(has(&out, "<title>First words, the start</title>"));
    assert_true(has(&out, ">First words</tspan>"));
    assert_true(has(&out, "<g class=\"graph-node\"><path class=\"graph-shape\""));
    assert_true(has(&out, "href=\"?scene=a&amp;b\""));
    assert_true(has(&out, "<g class=\"graph-edge choice\"><title>Ask &amp; wait</title>"));
    assert_true(has(&out, "<g class=\"graph-edge is-dashed\">"));
    CT_EQ_I64("dashes", count(&out, "stroke-dasharray"), 1);
    CT_EQ_I64("arrows", count(&out, "graph-arrow"), 3);
    CT_EQ_I64("links", count(&out, "<a "), 2);
}

static void colours_and_fonts_are_left_to_the_page(void **state)
{
    (void)state;
    static const char *const never[] = {"style",    "black", "white",   "font-family", "#0",
                                        "<script",  "<?xml", "DOCTYPE", "<!--",        "Times",
                                        "polygon ", "id=\"", "xlink:",  "rgb",         "onload"};
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    draws("three", three, 3, lines, 3, &out);
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (has(&out, never[i]))
            CT_EQ_STR("not wanted", never[i], "");
    CT_EQ_I64("fills", count(&out, "fill=\""),
              count(&out, "fill=\"none\"") + count(&out, "fill=\"currentColor\""));
    CT_EQ_I64("strokes", count(&out, "stroke=\""), count(&out, "stroke=\"currentColor\""));
}

/* A thousand of these in one word. */
static struct ct_sv repeat(struct ct_str *out, const char *text)
{
    for (size_t i = 0; i < 1000; i++)
        ct_str_add_c(out, text);
    return ct_str_sv(out);
}

static void any_words_will_do(void **state)
{
    (void)state;
    CT_AUTO_STR much = CT_STR_INIT(MAX);
    CT_AUTO_STR wide = CT_STR_INIT(MAX);
    const struct {
        const char *name;
        struct ct_sv label;
        const char *want;
    } cases[] = {
        {"quotes", CT_SV("say \"yes\" or 'no'"), ">say &quot;yes&quot; or &#39;no&#39;<"},
        {"backslashes", CT_SV("a\\nb\\N\\G\\"), ">a\\nb\\N\\G\\<"},
        {"line breaks", CT_SV("one\ntwo\r\nthree"), ">one two  three<"},
        {"markup", CT_SV("<script>x</script>"), ">&lt;script&gt;x&lt;/script&gt;<"},
        {"Graphviz' own HTML", CT_SV("<<b>bold</b>>"), ">&lt;&lt;b&gt;bold&lt;/b&gt;&gt;<"},
        {"Graphviz' records", CT_SV("{a|b}|<p> c"), ">{a|b}|&lt;p&gt; c<"},
        {"entities", CT_SV("&amp; &#0; &"), ">&amp;amp; &amp;#0; &amp;<"},
        {"percent signs", CT_SV("100%s %n"), ">100%s %n<"},
        {"control characters", CT_SV("a\001b\033c"), ">a b c<"},
        {"accents", CT_SV("¿Qué pasó, Íñigo?"), ">¿Qué pasó, Íñigo?<"},
        {"Chinese", CT_SV("孩子在車站"), ">孩子在車站<"},
        {"a face", CT_SV("\xf0\x9f\x98\x80"), ">\xf0\x9f\x98\x80<"},
        {"empty", CT_SV(""), "<rect class=\"graph-shape\""},
        {"blank", CT_SV(" \t "), "<rect class=\"graph-shape\""},
        {"long words", repeat(&much, "loooong"), "\u2026</tspan>"},
        {"long, without a blank", repeat(&wide, "孩"), "\u2026</tspan>"},
        {"two lines", CT_SV("Ask whether an advocate may sit with her"),
         ">Ask whether an advocate </tspan>"},
    };
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    CT_EACH (c, cases) {
        const struct ct_graph_node nodes[] = {
            {c->label, c->label, c->label, CT_SV("scene"), CT_SHAPE_BOX},
            {c->label, CT_SV_NULL, CT_SV_NULL, c->label, CT_SHAPE_DIAMOND}};
        const struct ct_graph_edge edges[] = {{0, 1, c->label, c->label, false}};
        draws(c->name, nodes, 2, edges, 1, &out);
        if (!has(&out, c->want))
            CT_EQ_STR(c->name, out.p, c->want);
    }
}

static void odd_graphs_are_drawn(void **state)
{
    (void)state;
    static const struct ct_graph_node one[] = {NODE("alone")};
    static const struct ct_graph_edge loops[] = {{0, 0, TEXT("again"), TEXT(""), false},
                                                 {0, 0, TEXT("and again"), TEXT(""), true}};
    static const struct ct_graph_edge twice[] = {{0, 1, TEXT("a"), TEXT(""), false},
                                                 {0, 1, TEXT("b"), TEXT(""), false},
                                                 {1, 0, TEXT("c"), TEXT(""), false}};
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    draws("nothing", NULL, 0, NULL, 0, &out);
    draws("one node", one, 1, NULL, 0, &out);
    draws("a node that leads to itself", one, 1, loops, 2, &out);
    CT_EQ_I64("both ways are drawn", count(&out, "graph-arrow"), 2);
    draws("the same way twice", three, 3, twice, 3, &out);
    CT_EQ_I64("each is drawn", count(&out, "graph-arrow"), 3);
    draws("no way at all", three, 3, NULL, 0, &out);
}

static void the_same_graph_gives_the_same_drawing(void **state)
{
    (void)state;
    CT_AUTO_STR first = CT_STR_INIT(MAX);
    CT_AUTO_STR second = CT_STR_INIT(MAX);
    draws("first", three, 3, lines, 3, &first);
    draws("second", three, 3, lines, 3, &second);
    CT_EQ_SV("the same", ct_str_sv(&second), ct_str_sv(&first));
}

static void limits_are_kept(void **state)
{
    (void)state;
    static struct ct_graph_node nodes[CT_GRAPH_NODES_MAX + 1];
    static struct ct_graph_edge edges[CT_GRAPH_EDGES_MAX + 1];
    const struct ct_graph_edge astray = {0, 3, CT_SV_NULL, CT_SV_NULL, false};
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    struct ct_err err = CT_ERR_INIT;
    CT_EQ_I64("too many nodes",
              ct_graph_svg(nodes, CT_GRAPH_NODES_MAX + 1, NULL, 0, CT_SV(""), &out, &err),
              CT_TOO_BIG);
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("too many edges",
              ct_graph_svg(nodes, 1, edges, CT_GRAPH_EDGES_MAX + 1, CT_SV(""), &out, &err),
              CT_TOO_BIG);
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("to nowhere", ct_graph_svg(three, 3, &astray, 1, CT_SV(""), &out, &err), CT_INTERNAL);
    CT_EQ_I64("nothing was drawn", out.n, 0);
    draws("all of it", three, 3, lines, 3, &out);
    for (size_t max = 0; max < out.n; max += 97) {
        CT_AUTO_STR small = CT_STR_INIT(max);
        err = (struct ct_err)CT_ERR_INIT;
        CT_EQ_I64("no room", ct_graph_svg(three, 3, lines, 3, CT_SV(""), &small, &err), CT_TOO_BIG);
    }
}

/* Generous, because it runs under sanitizers and beside others. */
static void the_largest_graph_takes_seconds(void **state)
{
    (void)state;
    static struct ct_graph_node nodes[CT_GRAPH_NODES_MAX];
    static struct ct_graph_edge edges[CT_GRAPH_EDGES_MAX];
    uint32_t dice = 7;
    for (size_t i = 0; i < CT_GRAPH_NODES_MAX; i++)
        nodes[i].label = CT_SV("A scene of many");
    for (size_t i = 0; i < CT_GRAPH_EDGES_MAX; i++) {
        dice = dice * 1664525u + 1013904223u;
        edges[i].from = (dice >> 8) % CT_GRAPH_NODES_MAX;
        dice = dice * 1664525u + 1013904223u;
        edges[i].to = (dice >> 8) % CT_GRAPH_NODES_MAX;
    }
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    int64_t before = ct_monotonic_us();
    draws("largest", nodes, CT_GRAPH_NODES_MAX, edges, CT_GRAPH_EDGES_MAX, &out);
    int64_t took = ct_monotonic_us() - before;
    print_message("%d nodes, %d edges in %lld ms, %zu bytes\n", CT_GRAPH_NODES_MAX,
                  CT_GRAPH_EDGES_MAX, (long long)(took / 1000), out.n);
    assert_in_range(took, 0, 120 * 1000 * 1000);
}

/* A long row, and lines from its head to everywhere in it: Graphviz puts a point of its own on
 * each rank that a line crosses, and calls itself from each to the next. */
static void *draw_row(void *arg)
{
    static struct ct_graph_node nodes[CT_GRAPH_NODES_MAX];
    static struct ct_graph_edge edges[CT_GRAPH_EDGES_MAX];
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    for (size_t i = 0; i < CT_GRAPH_NODES_MAX; i++)
        nodes[i].label = CT_SV("A scene");
    for (size_t i = 0; i < CT_GRAPH_EDGES_MAX; i++)
        edges[i] = (struct ct_graph_edge){
            .from = i < CT_GRAPH_NODES_MAX - 1 ? i : i % 7,
            .to = i < CT_GRAPH_NODES_MAX - 1 ? i + 1 : i * 31 % CT_GRAPH_NODES_MAX};
    *(int *)arg =
        ct_graph_svg(nodes, CT_GRAPH_NODES_MAX, edges, CT_GRAPH_EDGES_MAX, CT_SV(""), &out, NULL);
    return NULL;
}

/* A server's threads have little: CivetWeb's, 100 kB. */
static void a_small_stack_is_enough(void **state)
{
    (void)state;
    enum { STACK = 128 * 1024 };
    pthread_attr_t attr;
    pthread_t thread;
    int r = CT_INTERNAL;
    assert_int_equal(pthread_attr_init(&attr), 0);
    assert_int_equal(pthread_attr_setstacksize(&attr, STACK), 0);
    assert_int_equal(pthread_create(&thread, &attr, draw_row, &r), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attr);
    CT_EQ_I64("drawn", r, CT_OK);
}

/* All other tests once more, with both ways out caught: nothing may come. */
static void nothing_is_said(void **state)
{
    (void)state;
    FILE *caught = tmpfile();
    assert_non_null(caught);
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    assert_true(saved >= 0 && dup2(fileno(caught), STDERR_FILENO) >= 0);
    any_words_will_do(NULL);
    odd_graphs_are_drawn(NULL);
    limits_are_kept(NULL);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    CT_EQ_I64("bytes on standard error", lseek(fileno(caught), 0, SEEK_END), 0);
    fclose(caught);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_graph_is_drawn),
        cmocka_unit_test(colours_and_fonts_are_left_to_the_page),
        cmocka_unit_test(any_words_will_do),
        cmocka_unit_test(odd_graphs_are_drawn),
        cmocka_unit_test(the_same_graph_gives_the_same_drawing),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(the_largest_graph_takes_seconds),
        cmocka_unit_test(a_small_stack_is_enough),
        cmocka_unit_test(nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
