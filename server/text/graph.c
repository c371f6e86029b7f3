/*
 * graph.c: Graphviz lays out, this draws. Graphviz never sees a word: it gets boxes of a size and
 * what leads where, so that no label can upset it, no font is looked for, and its own SVG, with
 * its colours, fonts and ids, does not have to be mended afterwards.
 *
 * Sizes are CSS pixels; Graphviz counts upwards from below, SVG downwards from above.
 */
#include "ct/text/graph.h"

#include <graphviz/gvc.h>

#include <pthread.h>
#include <stdlib.h>

#include "ct/base/banned.h"

enum {
    WRAP = 24,     /* characters of a line of a label */
    LINES_MAX = 4, /* of a label; what is longer ends in … */
    CHARACTER = 8, /* width, generously: the page chooses the font */
    LINE_HEIGHT = 18,
    PADDING = 12,
    BORDER = 8, /* around the whole */
    /* Rounds in which crossings and lengths are improved; less for the largest graphs, where they
     * would take minutes. */
    LARGE = 300,
    /* For Graphviz, which calls itself once for each rank that a line crosses, while a server's
     * threads have 100 kB. What is not used is never taken from the machine. */
    STACK = 512 * 1024 * 1024
};

/* An arrow's length, as a share of the room that Graphviz leaves for it, and half its width, as a
 * share of its length. */
static const double ARROW = 0.9, SLIMNESS = 0.4;

struct line {
    size_t from, n; /* bytes of the label */
};

struct box { /* a node: its label in lines, and its size */
    struct line lines[LINES_MAX];
    size_t n_lines;
    bool cut;
    double width, height;
    Agnode_t *node;
};

struct drawing {
    const struct ct_graph_node *nodes;
    const struct ct_graph_edge *edges;
    size_t n_nodes, n_edges;
    struct box *boxes;
    Agedge_t **lines;
    GVC_t *context;
    Agraph_t *graph;
    bool laid_out;
    boxf bounds;
};

/* ---- labels ---- */

/* How many columns a code point takes: East Asian ones are twice as wide, some have none. */
static size_t columns(uint32_t rune)
{
    if (rune < 0x20 || (rune >= 0x300 && rune < 0x370) || (rune >= 0x200b && rune <= 0x200f) ||
        (rune >= 0xfe00 && rune <= 0xfe0f))
        return 0;
    bool wide = (rune >= 0x1100 && rune < 0x1160) || (rune >= 0x2e80 && rune < 0xd7a4) ||
                (rune >= 0xf900 && rune < 0xfb00) || (rune >= 0xfe30 && rune < 0xfe70) ||
                (rune >= 0xff00 && rune < 0xff61) || rune >= 0x1f300;
    return wide ? 2 : 1;
}

static bool is_blank(uint32_t rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r');
}

/* Takes the next line off *rest: as many words as fit, at least a part of one. */
static struct ct_sv take_line(struct ct_sv *rest, size_t *ret_columns)
{
    size_t n = 0, good = 0, good_columns = 0;
    struct ct_sv s = *rest;
    while (s.n > 0) {
        struct ct_sv before = s;
        uint32_t rune = ct_sv_rune(&s);
        if (is_blank(rune)) {
            good = (size_t)(before.p - rest->p);
            good_columns = n;
        }
        if (n + columns(rune) > WRAP) {
            s = before;
            break;
        }
        n += columns(rune);
    }
    if (s.n == 0 || good == 0) {
        good = (size_t)(s.p - rest->p);
        good_columns = n;
    }
    struct ct_sv line = ct_sv_sub(*rest, 0, good);
    *rest = ct_sv_trim(ct_sv_sub(*rest, good, SIZE_MAX));
    *ret_columns = good_columns;
    return line;
}

static void measure(struct box *b, const struct ct_graph_node *node)
{
    struct ct_sv rest = ct_sv_trim(node->label);
    size_t widest = 4;
    while (rest.n > 0 && b->n_lines < LINES_MAX) {
        size_t n;
        struct ct_sv line = take_line(&rest, &n);
        b->lines[b->n_lines++] = (struct line){(size_t)(line.p - node->label.p), line.n};
        widest = n > widest ? n : widest;
    }
    b->cut = rest.n > 0;
    b->width = (double)(widest * CHARACTER + 2 * PADDING);
    b->height = (double)((b->n_lines > 0 ? b->n_lines : 1) * LINE_HEIGHT + 2 * PADDING);
    if (node->shape == CT_SHAPE_DIAMOND) { /* the text stands in the middle of it */
        b->width *= 1.5;
        b->height *= 1.6;
    }
}

/* ---- layout ---- */

static long to_whole(double value)
{
    return (long)(value < 0 ? value - 0.5 : value + 0.5);
}

static void set(void *object, const char *name, const char *value)
{
    /* Graphviz takes char * and does not write to them. */
    agsafeset(object, (char *)(uintptr_t)name, (char *)(uintptr_t)value, (char *)(uintptr_t) "");
}

static void set_number(void *object, const char *name, double value)
{
    CT_AUTO_STR text = CT_STR_INIT(64);
    long thousandths = to_whole(value * 1000); /* printf would ask the locale for a comma */
    ct_str_addf(&text, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
    set(object, name, text.p);
}

static int say_nothing(char *message)
{
    (void)message;
    return 0;
}

static bool build(struct drawing *d)
{
    char name[] = "g";
    d->context = gvContext();
    d->graph = d->context != NULL ? agopen(name, Agdirected, NULL) : NULL;
    if (d->graph == NULL)
        return false;
    set(d->graph, "rankdir", "TB");
    set(d->graph, "nodesep", "0.35");
    set(d->graph, "ranksep", "0.5");
    if (d->n_nodes + d->n_edges > LARGE) {
        set(d->graph, "nslimit", "0.2");
        set(d->graph, "nslimit1", "0.2");
        set(d->graph, "mclimit", "0.05");
        set(d->graph, "splines", "line");
    }
    for (size_t i = 0; i < d->n_nodes; i++) {
        struct box *b = &d->boxes[i];
        b->node = agnode(d->graph, NULL, 1);
        if (b->node == NULL)
            return false;
        set(b->node, "label", "");
        set(b->node, "shape", d->nodes[i].shape == CT_SHAPE_DIAMOND ? "diamond" : "box");
        set(b->node, "fixedsize", "true");
        set_number(b->node, "width", b->width / POINTS_PER_INCH);
        set_number(b->node, "height", b->height / POINTS_PER_INCH);
    }
    for (size_t i = 0; i < d->n_edges; i++) {
        d->lines[i] = agedge(d->graph, d->boxes[d->edges[i].from].node,
                             d->boxes[d->edges[i].to].node, NULL, 1);
        if (d->lines[i] == NULL)
            return false;
    }
    return true;
}

static bool lay_out(struct drawing *d)
{
    agseterrf(say_nothing);
    agseterr(AGMAX);
    if (!build(d) || gvLayout(d->context, d->graph, "dot") != 0)
        return false;
    d->bounds = GD_bb(d->graph);
    return true;
}

static void *lay_out_here(void *arg)
{
    struct drawing *d = arg;
    d->laid_out = lay_out(d);
    return NULL;
}

/* On a thread of its own, for its stack. */
static bool lay_out_apart(struct drawing *d)
{
    pthread_attr_t attr;
    pthread_t thread;
    if (pthread_attr_init(&attr) != 0)
        return false;
    bool begun = pthread_attr_setstacksize(&attr, STACK) == 0 &&
                 pthread_create(&thread, &attr, lay_out_here, d) == 0;
    pthread_attr_destroy(&attr);
    return begun && pthread_join(thread, NULL) == 0 && d->laid_out;
}

static void release(struct drawing *d)
{
    if (d->laid_out)
        gvFreeLayout(d->context, d->graph);
    if (d->graph != NULL)
        agclose(d->graph);
    if (d->context != NULL)
        gvFreeContext(d->context);
    free(d->boxes);
    free(d->lines);
}

/* ---- drawing ---- */

/* With one decimal, whatever the locale. */
static void add_number(struct ct_str *out, double value)
{
    long tenths = to_whole(value * 10);
    ct_str_addf(out, "%s%ld", tenths < 0 ? "-" : "", labs(tenths) / 10);
    if (tenths % 10 != 0)
        ct_str_addf(out, ".%ld", labs(tenths) % 10);
}

static void add_attribute(struct ct_str *out, const char *name, double value)
{
    ct_str_addf(out, " %s=\"", name);
    add_number(out, value);
    ct_str_add_char(out, '"');
}

static pointf place(const struct drawing *d, pointf p)
{
    return (pointf){p.x - d->bounds.LL.x + BORDER, d->bounds.UR.y - p.y + BORDER};
}

static void add_point(struct ct_str *out, const struct drawing *d, const char *before, pointf p)
{
    pointf q = place(d, p);
    ct_str_add_c(out, before);
    add_number(out, q.x);
    ct_str_add_char(out, ' ');
    add_number(out, q.y);
}

/* Text for a file that is XML as well: what XML has no place for becomes a blank. */
static void add_text(struct ct_str *out, struct ct_sv text)
{
    while (text.n > 0) {
        struct ct_sv before = text;
        uint32_t rune = ct_sv_rune(&text);
        if (rune < 0x20 || (rune >= 0x7f && rune < 0xa0) || rune == 0xfffe || rune == 0xffff)
            ct_str_add_char(out, ' ');
        else if (rune == 0xfffd)
            ct_str_add_rune(out, rune);
        else
            ct_str_add_html(out, ct_sv_n(before.p, before.n - text.n));
    }
}

static void add_class(struct ct_str *out, const char *own, struct ct_sv css)
{
    ct_str_addf(out, " class=\"%s", own);
    if (css.n > 0) {
        ct_str_add_char(out, ' ');
        add_text(out, css);
    }
    ct_str_add_char(out, '"');
}

static void add_title(struct ct_str *out, struct ct_sv title)
{
    if (title.n == 0)
        return;
    ct_str_add_c(out, "<title>");
    add_text(out, title);
    ct_str_add_c(out, "</title>");
}

/* A triangle from where the line ends to where the arrow points: Graphviz leaves ten pixels. */
static void add_arrow(struct ct_str *out, const struct drawing *d, pointf from, pointf to)
{
    double dx = (to.x - from.x) * ARROW, dy = (to.y - from.y) * ARROW;
    double side_x = dy * SLIMNESS, side_y = -dx * SLIMNESS;
    ct_str_add_c(out, "<path class=\"graph-arrow\" fill=\"currentColor\" d=\"");
    add_point(out, d, "M", to);
    add_point(out, d, "L", (pointf){to.x - dx + side_x, to.y - dy + side_y});
    add_point(out, d, "L", (pointf){to.x - dx - side_x, to.y - dy - side_y});
    ct_str_add_c(out, "Z\"/>");
}

static void add_edge(struct ct_str *out, const struct drawing *d, size_t i)
{
    const struct ct_graph_edge *e = &d->edges[i];
    const splines *s = ED_spl(d->lines[i]);
    ct_str_add_c(out, "<g");
    add_class(out, e->dashed ? "graph-edge is-dashed" : "graph-edge", e->css);
    ct_str_add_char(out, '>');
    add_title(out, e->title);
    for (int k = 0; s != NULL && k < s->size; k++) {
        const bezier *b = &s->list[k];
        if (b->size < 1)
            continue;
        ct_str_add_c(out, "<path fill=\"none\" stroke=\"currentColor\"");
        ct_str_add_c(out, e->dashed ? " stroke-dasharray=\"5 4\" d=\"" : " d=\"");
        add_point(out, d, "M", b->sflag ? b->sp : b->list[0]);
        if (b->sflag)
            add_point(out, d, "L", b->list[0]);
        for (int p = 1; p < b->size; p++)
            add_point(out, d, p % 3 == 1 ? "C" : " ", b->list[p]);
        ct_str_add_c(out, "\"/>");
        if (b->eflag)
            add_arrow(out, d, b->list[b->size - 1], b->ep);
    }
    ct_str_add_c(out, "</g>\n");
}

static void add_shape(struct ct_str *out, const struct drawing *d, size_t i, pointf middle)
{
    const struct box *b = &d->boxes[i];
    pointf at = ND_coord(b->node);
    double w = b->width / 2, h = b->height / 2;
    if (d->nodes[i].shape == CT_SHAPE_DIAMOND) {
        ct_str_add_c(out, "<path class=\"graph-shape\" fill=\"none\" stroke=\"currentColor\" d=\"");
        add_point(out, d, "M", (pointf){at.x, at.y + h});
        add_point(out, d, "L", (pointf){at.x + w, at.y});
        add_point(out, d, "L", (pointf){at.x, at.y - h});
        add_point(out, d, "L", (pointf){at.x - w, at.y});
        ct_str_add_c(out, "Z\"/>");
        return;
    }
    ct_str_add_c(out, "<rect class=\"graph-shape\" fill=\"none\" stroke=\"currentColor\"");
    add_attribute(out, "x", middle.x - w);
    add_attribute(out, "y", middle.y - h);
    add_attribute(out, "width", b->width);
    add_attribute(out, "height", b->height);
    add_attribute(out, "rx", d->nodes[i].shape == CT_SHAPE_ROUND ? h : 3);
    ct_str_add_c(out, "/>");
}

static void add_label(struct ct_str *out, const struct drawing *d, size_t i, pointf middle)
{
    const struct box *b = &d->boxes[i];
    if (b->n_lines == 0)
        return;
    /* The first line's foot, so that all of them stand around the middle. */
    double y = middle.y - (double)((b->n_lines - 1) * LINE_HEIGHT) / 2 + LINE_HEIGHT * 0.3;
    ct_str_add_c(out, "<text fill=\"currentColor\" text-anchor=\"middle\">");
    for (size_t k = 0; k < b->n_lines; k++) {
        ct_str_add_c(out, "<tspan");
        add_attribute(out, "x", middle.x);
        add_attribute(out, "y", y + (double)(k * LINE_HEIGHT));
        ct_str_add_char(out, '>');
        add_text(out, ct_sv_sub(d->nodes[i].label, b->lines[k].from, b->lines[k].n));
        if (b->cut && k + 1 == b->n_lines)
            ct_str_add_rune(out, 0x2026);
        else if (k + 1 < b->n_lines)
            ct_str_add_char(out, ' '); /* between words, where the text is read out or copied */
        ct_str_add_c(out, "</tspan>");
    }
    ct_str_add_c(out, "</text>");
}

static void add_node(struct ct_str *out, const struct drawing *d, size_t i)
{
    const struct ct_graph_node *node = &d->nodes[i];
    const char *element = node->href.n > 0 ? "a" : "g";
    pointf middle = place(d, ND_coord(d->boxes[i].node));
    ct_str_addf(out, "<%s", element);
    add_class(out, "graph-node", node->css);
    if (node->href.n > 0) {
        ct_str_add_c(out, " href=\"");
        add_text(out, node->href);
        ct_str_add_char(out, '"');
    }
    ct_str_add_char(out, '>');
    add_title(out, node->title);
    add_shape(out, d, i, middle);
    add_label(out, d, i, middle);
    ct_str_addf(out, "</%s>\n", element);
}

/* A group, and no role img: the links in an image are hidden from those who listen to a page. */
static void draw(struct ct_str *out, const struct drawing *d, struct ct_sv name)
{
    double width = d->bounds.UR.x - d->bounds.LL.x + 2 * BORDER;
    double height = d->bounds.UR.y - d->bounds.LL.y + 2 * BORDER;
    ct_str_add_c(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" role=\"group\" "
                      "aria-label=\"");
    add_text(out, name);
    ct_str_add_c(out, "\" viewBox=\"0 0 ");
    add_number(out, width);
    ct_str_add_char(out, ' ');
    add_number(out, height);
    ct_str_add_char(out, '"');
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    ct_str_add_c(out, " font-size=\"14\">\n");
    for (size_t i = 0; i < d->n_edges; i++)
        add_edge(out, d, i);
    for (size_t i = 0; i < d->n_nodes; i++)
        add_node(out, d, i);
    ct_str_add_c(out, "</svg>\n");
}

static int prepare(struct drawing *d, struct ct_err *err)
{
    if (d->n_nodes > CT_GRAPH_NODES_MAX || d->n_edges > CT_GRAPH_EDGES_MAX)
        return ct_fail(err, CT_TOO_BIG, "graph", "over %d nodes or %d edges", CT_GRAPH_NODES_MAX,
                       CT_GRAPH_EDGES_MAX);
    for (size_t i = 0; i < d->n_edges; i++)
        if (d->edges[i].from >= d->n_nodes || d->edges[i].to >= d->n_nodes)
            return ct_fail(err, CT_INTERNAL, "graph", "edge %zu leads to no node", i);
    d->boxes = calloc(d->n_nodes + 1, sizeof *d->boxes);
    d->lines = calloc(d->n_edges + 1, sizeof *d->lines);
    if (d->boxes == NULL || d->lines == NULL)
        return ct_fail(err, CT_INTERNAL, "graph", "out of memory");
    for (size_t i = 0; i < d->n_nodes; i++)
        measure(&d->boxes[i], &d->nodes[i]);
    return CT_OK;
}

int ct_graph_svg(const struct ct_graph_node *nodes, size_t n_nodes,
                 const struct ct_graph_edge *edges, size_t n_edges, struct ct_sv name,
                 struct ct_str *out, struct ct_err *err)
{
    struct drawing d = {.nodes = nodes, .edges = edges, .n_nodes = n_nodes, .n_edges = n_edges};
    int r = prepare(&d, err);
    if (r == CT_OK && !lay_out_apart(&d))
        r = ct_fail(err, CT_INTERNAL, "graph", "Graphviz could not lay it out");
    if (r == CT_OK)
        draw(out, &d, name);
    release(&d);
    if (r == CT_OK && !ct_str_ok(out))
        r = ct_fail(err, CT_TOO_BIG, "graph", "the drawing is over %zu bytes", out->max);
    return r;
}
