/*
 * ct/text/yaml.h: a YAML document as a tree with the line of every value, by libyaml. For front
 * matter: block and flow mappings, sequences and scalars; anchors, aliases, tags and more than one
 * document are refused, as are directives, duplicate or empty keys and nesting deeper than 16.
 *
 * Scalars stay text: whether "80%" or "2026-11-22" is what a key wants is for the reader of the key
 * to say, who knows its name and its line. Everything lives in the arena.
 */
#ifndef CT_TEXT_YAML_H
#define CT_TEXT_YAML_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

enum ct_yaml_type { CT_YAML_SCALAR, CT_YAML_LIST, CT_YAML_MAP };

struct ct_yaml {
    enum ct_yaml_type type;
    int line, column;  /* of the value, from 1, counted from `first_line` */
    struct ct_sv text; /* scalar: its value, UTF-8 */
    bool quoted;       /* scalar: written in quotes, so never a number or a bool */
    struct ct_sv key;  /* within a map: its key, else the null view */
    int key_line, key_column;
    struct ct_yaml *first; /* list, map: the children in written order */
    struct ct_yaml *next;  /* the next sibling */
};

/* Parses one document. Its first line counts as `first_line`. An empty document gives an empty map.
 * CT_OK; CT_BAD_INPUT with a sentence, and the place in *ret_line and *ret_column (never NULL). */
int ct_yaml_parse(struct ct_arena *a, struct ct_sv text, int first_line, struct ct_yaml **ret,
                  int *ret_line, int *ret_column, struct ct_err *err);

/* The value under a key of a map, NULL when absent. Borrowed. */
const struct ct_yaml *ct_yaml_get(const struct ct_yaml *map, const char *key);

#endif
