/*
 * yaml.c: the part of YAML that front matter needs, as a tree of text with lines. What a key means,
 * and whether its text is a number, is for whoever reads the tree.
 *
 * libyaml's events are taken one at a time, so that a document that nests too deep is refused
 * before it is read.
 */
#include "ct/text/yaml.h"

#include <stdlib.h>

#include <yaml.h>

#include "ct/base/banned.h"

enum { DEPTH_MAX = 16 };

struct reader {
    yaml_parser_t parser;
    struct ct_arena *arena;
    struct ct_sv text;
    int first_line;
    int *line, *column; /* where it failed */
    struct ct_err *err;
};

#define AUTO_EVENT __attribute__((cleanup(yaml_event_delete))) yaml_event_t

static int line_of(const struct reader *rd, yaml_mark_t mark)
{
    return rd->first_line + (int)mark.line;
}

static int fail_at(struct reader *rd, yaml_mark_t mark, const char *sentence)
{
    *rd->line = line_of(rd, mark);
    *rd->column = (int)mark.column + 1;
    return ct_fail(rd->err, CT_BAD_INPUT, "yaml", "%s", sentence);
}

/* libyaml speaks to programmers; trainers write the files. For some faults it was where the thing
 * began (the context) that helps, and not where libyaml gave up. */
static const struct fault {
    const char *problem, *sentence;
    bool at_context;
} faults[] = {
    {"mapping values are not allowed in this context",
     "a colon that is not expected here: check the indentation, or put the value in quotes", false},
    {"found character that cannot start any token",
     "a value cannot begin with this character (a tab, @, ` or %): put it in quotes", false},
    {"could not find expected ':'", "a setting needs a colon, a space and a value", true},
    {"did not find expected key", "this line does not fit in: check the indentation and quotes",
     false},
    {"did not find expected node content", "a key or a value is missing here", false},
    {"did not find expected '-' indicator",
     "this line does not fit into the list: check the indentation", false},
    {"did not find expected ',' or ']'", "a list in [ ] is not closed, or lacks a comma", true},
    {"did not find expected ',' or '}'", "a map in { } is not closed, or lacks a comma", true},
    {"found unexpected end of stream", "a quote is opened and not closed", true},
    {"found unexpected document indicator", "a quote is opened and not closed", true},
    {"found unknown escape character", "an unknown \\ escape in double quotes: use single quotes",
     false},
    {"found invalid Unicode character escape code", "an escape that is no character", false},
    {"control characters are not allowed", "a control character: remove it", false},
    {"found undefined tag handle", "tags (!) are not used here: put the value in quotes", false},
    {"block sequence entries are not allowed in this context",
     "a list begins on a line of its own, below its key", false},
    {"did not find expected <document start>",
     "this line is outside of the settings: check the indentation and quotes", false},
};

static int fail_as(struct reader *rd, yaml_mark_t mark)
{
    const yaml_parser_t *p = &rd->parser;
    const char *problem = p->problem ? p->problem : "this cannot be read";

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (strcmp(problem, faults[i].problem) == 0)
            return fail_at(rd, faults[i].at_context ? p->context_mark : mark, faults[i].sentence);
    return fail_at(rd, mark, problem);
}

/* The mark of a place that is known as an offset in bytes only. */
static yaml_mark_t mark_of_offset(struct ct_sv text, size_t offset)
{
    yaml_mark_t mark = {offset, 0, 0};
    for (size_t i = 0; i < offset && i < text.n; i++) {
        mark.column++;
        if (text.p[i] == '\n') {
            mark.line++;
            mark.column = 0;
        }
    }
    return mark;
}

static int next_event(struct reader *rd, yaml_event_t *event)
{
    if (yaml_parser_parse(&rd->parser, event))
        return CT_OK;

    const yaml_parser_t *p = &rd->parser;
    switch (p->error) {
    case YAML_MEMORY_ERROR:
        abort();
    case YAML_READER_ERROR:
        return fail_as(rd, mark_of_offset(rd->text, p->problem_offset));
    case YAML_NO_ERROR:
    case YAML_SCANNER_ERROR:
    case YAML_PARSER_ERROR:
    case YAML_COMPOSER_ERROR:
    case YAML_WRITER_ERROR:
    case YAML_EMITTER_ERROR:
        break;
    }
    return fail_as(rd, p->problem_mark);
}

static struct ct_yaml *new_node(struct reader *rd, enum ct_yaml_type type, yaml_mark_t mark)
{
    struct ct_yaml *node = ct_arena_new(rd->arena, struct ct_yaml);
    node->type = type;
    node->line = line_of(rd, mark);
    node->column = (int)mark.column + 1;
    return node;
}

static int read_scalar(struct reader *rd, const yaml_event_t *event, struct ct_yaml **ret)
{
    if (event->data.scalar.tag)
        return fail_at(rd, event->start_mark,
                       "tags (!) are not used here: put the value in quotes");
    if (event->data.scalar.anchor)
        return fail_at(rd, event->start_mark, "anchors (&) are not used here");

    struct ct_yaml *node = new_node(rd, CT_YAML_SCALAR, event->start_mark);
    node->text = ct_arena_dup(
        rd->arena, ct_sv_n((const char *)event->data.scalar.value, event->data.scalar.length));
    if (!ct_sv_utf8(node->text) && node->text.n > 0) /* "\0" and "\ud800" are escapes of YAML */
        return fail_at(rd, event->start_mark, "an escape that is no character");
    node->quoted = event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                   event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    *ret = node;
    return CT_OK;
}

static int read_node(struct reader *rd, const yaml_event_t *event, int depth, struct ct_yaml **ret);

static int read_list(struct reader *rd, const yaml_event_t *start, int depth, struct ct_yaml **ret)
{
    struct ct_yaml *list = new_node(rd, CT_YAML_LIST, start->start_mark);
    struct ct_yaml **end = &list->first;

    for (;;) {
        AUTO_EVENT event = {0};
        int r = next_event(rd, &event);
        if (r < 0)
            return r;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            break;
        if ((r = read_node(rd, &event, depth + 1, end)) < 0)
            return r;
        end = &(*end)->next;
    }
    *ret = list;
    return CT_OK;
}

static int by_key(const void *a, const void *b)
{
    const struct ct_yaml *x = *(const struct ct_yaml *const *)a;
    const struct ct_yaml *y = *(const struct ct_yaml *const *)b;
    int r = ct_sv_cmp(x->key, y->key);
    if (r != 0)
        return r;
    return x->key_line != y->key_line ? x->key_line - y->key_line : x->key_column - y->key_column;
}

/* The first pair, as written, whose key came before; NULL if there is none. By sorting, because a
 * hostile map may have a hundred thousand keys. */
static const struct ct_yaml *find_duplicate(struct reader *rd, const struct ct_yaml *map, size_t n)
{
    const struct ct_yaml **sorted = ct_arena_array(rd->arena, const struct ct_yaml *, n);
    const struct ct_yaml *found = NULL;
    size_t i = 0;

    for (const struct ct_yaml *pair = map->first; pair; pair = pair->next)
        sorted[i++] = pair;
    qsort(sorted, n, sizeof *sorted, by_key);
    for (i = 1; i < n; i++) {
        const struct ct_yaml *pair = sorted[i];
        if (!ct_sv_eq(pair->key, sorted[i - 1]->key))
            continue;
        if (!found || pair->key_line < found->key_line ||
            (pair->key_line == found->key_line && pair->key_column < found->key_column))
            found = pair;
    }
    return found;
}

static int read_key(struct reader *rd, const yaml_event_t *event, struct ct_yaml **ret)
{
    if (event->type != YAML_SCALAR_EVENT)
        return fail_at(rd, event->start_mark, "a key is a word, not a list or a map");

    int r = read_scalar(rd, event, ret);
    if (r == CT_OK && (*ret)->text.n == 0)
        return fail_at(rd, event->start_mark, "a key is missing in front of the colon");
    return r;
}

static int read_pair(struct reader *rd, const yaml_event_t *event, int depth, struct ct_yaml **ret)
{
    struct ct_yaml *key = NULL;
    AUTO_EVENT value = {0};
    int r;

    if ((r = read_key(rd, event, &key)) < 0 || (r = next_event(rd, &value)) < 0 ||
        (r = read_node(rd, &value, depth, ret)) < 0)
        return r;
    (*ret)->key = key->text;
    (*ret)->key_line = key->line;
    (*ret)->key_column = key->column;
    return CT_OK;
}

static int read_map(struct reader *rd, const yaml_event_t *start, int depth, struct ct_yaml **ret)
{
    struct ct_yaml *map = new_node(rd, CT_YAML_MAP, start->start_mark);
    struct ct_yaml **end = &map->first;
    size_t n = 0;

    for (;; n++) {
        AUTO_EVENT event = {0};
        int r = next_event(rd, &event);
        if (r < 0)
            return r;
        if (event.type == YAML_MAPPING_END_EVENT)
            break;
        if ((r = read_pair(rd, &event, depth + 1, end)) < 0)
            return r;
        end = &(*end)->next;
    }
    const struct ct_yaml *duplicate = find_duplicate(rd, map, n);
    if (duplicate) {
        *rd->line = duplicate->key_line;
        *rd->column = duplicate->key_column;
        return ct_fail(rd->err, CT_BAD_INPUT, "yaml", "the key \"%.*s\" comes twice",
                       CT_SV_ARG(ct_sv_sub(duplicate->key, 0, 64)));
    }
    *ret = map;
    return CT_OK;
}

/* `depth` is how many lists and maps lie around the node. */
static int read_node(struct reader *rd, const yaml_event_t *event, int depth, struct ct_yaml **ret)
{
    bool list = event->type == YAML_SEQUENCE_START_EVENT;

    if (event->type == YAML_SCALAR_EVENT)
        return read_scalar(rd, event, ret);
    if (event->type == YAML_ALIAS_EVENT)
        return fail_at(rd, event->start_mark, "aliases (*) are not used here: put it in quotes");
    if (depth >= DEPTH_MAX)
        return fail_at(rd, event->start_mark, "lists and maps are nested deeper than 16");
    if (list ? event->data.sequence_start.tag : event->data.mapping_start.tag)
        return fail_at(rd, event->start_mark, "tags (!) are not used here");
    if (list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor)
        return fail_at(rd, event->start_mark, "anchors (&) are not used here");
    return list ? read_list(rd, event, depth, ret) : read_map(rd, event, depth, ret);
}

static bool has_directives(const yaml_event_t *start)
{
    return start->data.document_start.version_directive ||
           start->data.document_start.tag_directives.start !=
               start->data.document_start.tag_directives.end;
}

/* Stream start, at most one document, stream end. *ret stays NULL for an empty document. */
static int read_stream(struct reader *rd, struct ct_yaml **ret)
{
    AUTO_EVENT stream = {0};
    AUTO_EVENT start = {0};
    AUTO_EVENT root = {0};
    AUTO_EVENT end = {0};
    AUTO_EVENT last = {0};
    int r;

    if ((r = next_event(rd, &stream)) < 0 || (r = next_event(rd, &start)) < 0)
        return r;
    if (start.type == YAML_STREAM_END_EVENT)
        return CT_OK;
    if (has_directives(&start))
        return fail_at(rd, start.start_mark, "directives (%) are not used here");
    if ((r = next_event(rd, &root)) < 0 || (r = read_node(rd, &root, 0, ret)) < 0 ||
        (r = next_event(rd, &end)) < 0 || (r = next_event(rd, &last)) < 0)
        return r;
    if (last.type != YAML_STREAM_END_EVENT)
        return fail_at(rd, last.start_mark, "a second document (---) begins here");
    if ((*ret)->type == CT_YAML_SCALAR && (*ret)->text.n == 0 && !(*ret)->quoted)
        *ret = NULL; /* "---" and nothing more */
    return CT_OK;
}

/* libyaml would find them too, but not NUL bytes, and it would guess at UTF-16. */
static int check_utf8(struct reader *rd)
{
    size_t good = 0;
    if (rd->text.n == 0 || ct_sv_utf8(rd->text))
        return CT_OK;
    for (struct ct_sv rest = rd->text, before = rest; rest.n > 0; before = rest) {
        uint32_t rune = ct_sv_rune(&rest);
        if (rune == 0 || (rune == 0xFFFD && before.n - rest.n == 1))
            break;
        good += before.n - rest.n;
    }
    return fail_at(rd, mark_of_offset(rd->text, good), "bytes that are not UTF-8 text");
}

int ct_yaml_parse(struct ct_arena *a, struct ct_sv text, int first_line, struct ct_yaml **ret,
                  int *ret_line, int *ret_column, struct ct_err *err)
{
    struct reader rd = {.arena = a,
                        .text = text,
                        .first_line = first_line,
                        .line = ret_line,
                        .column = ret_column,
                        .err = err};
    struct ct_yaml *root = NULL;

    int r = check_utf8(&rd);
    if (r < 0)
        return r;
    if (!yaml_parser_initialize(&rd.parser))
        abort();
    yaml_parser_set_encoding(&rd.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&rd.parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
    r = read_stream(&rd, &root);
    yaml_parser_delete(&rd.parser);
    if (r < 0)
        return r;

    yaml_mark_t top = {0, 0, 0};
    *ret = root ? root : new_node(&rd, CT_YAML_MAP, top);
    return CT_OK;
}

const struct ct_yaml *ct_yaml_get(const struct ct_yaml *map, const char *key)
{
    if (map->type != CT_YAML_MAP)
        return NULL;
    for (const struct ct_yaml *pair = map->first; pair; pair = pair->next)
        if (ct_sv_eq_c(pair->key, key))
            return pair;
    return NULL;
}
