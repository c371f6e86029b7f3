/*
 * ct/text/graph.h: directed graphs drawn as SVG, laid out by Graphviz. The only place that includes
 * its headers.
 *
 * Graphviz keeps state of its own: one drawing at a time in the whole program, which the caller
 * sees to with a lock.
 */
#ifndef CT_TEXT_GRAPH_H
#define CT_TEXT_GRAPH_H

#include "ct/base/err.h"
#include "ct/base/str.h"

enum { CT_GRAPH_NODES_MAX = 500, CT_GRAPH_EDGES_MAX = 1500 };

enum ct_graph_shape { CT_SHAPE_BOX, CT_SHAPE_DIAMOND, CT_SHAPE_ROUND };

struct ct_graph_node {
    struct ct_sv label; /* plain text; wrapped at about 24 characters */
    struct ct_sv title; /* what a pointer and a screen reader get; or null */
    struct ct_sv href;  /* or null */
    struct ct_sv css;   /* classes, parted by blanks */
    enum ct_graph_shape shape;
};

struct ct_graph_edge {
    size_t from, to; /* indexes of nodes */
    struct ct_sv title, css;
    bool dashed;
};

/* Appends an <svg> element (no XML declaration, no style attributes, no scripts; colours are left
 * to the page's style sheet). Text is escaped. `name` goes into its aria-label. CT_OK; CT_TOO_BIG
 * over a limit; CT_INTERNAL. */
int ct_graph_svg(const struct ct_graph_node *nodes, size_t n_nodes,
                 const struct ct_graph_edge *edges, size_t n_edges, struct ct_sv name,
                 struct ct_str *out, struct ct_err *err);

#endif
