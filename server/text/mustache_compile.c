/*
 * mustache_compile.c: template text into nodes. Renders nothing.
 *
 * The rules about lines are the hard part of the specification. A tag that makes no output by
 * itself and is alone on its line takes the whole line away with it. A partial alone on its line
 * lends its indentation to each line of what it includes; for that, nodes remember whether they
 * begin a line.
 */
#include "mustache_priv.h"

#include "ct/base/banned.h"

struct compiler {
    struct ct_templates *set;
    const char *name;
    struct ct_mu_template *out;
    struct ct_sv src;
    size_t pos;               /* what is before it is compiled */
    struct ct_sv open, close; /* the delimiters */
    struct ct_mu_node *nodes;
    size_t n, cap;
    bool line_start; /* nothing of this line has become a node yet */
    struct open_section {
        size_t node, pos; /* its index; its tag's place in the source */
        struct ct_sv name;
    } sections[CT_MU_SECTIONS_MAX]; /* those that are open */
    size_t depth;
    struct ct_err *err;
};

/* A tag: its bytes in the source, its sigil ('\0' for a plain name) and what it holds, trimmed. */
struct tag {
    size_t start, end;
    char sigil;
    struct ct_sv body;
    bool alone;            /* takes its line away */
    size_t line, line_end; /* the line that it takes: from, up to and with the line break */
};

static int fail(struct compiler *c, size_t pos, const char *sentence, struct ct_sv name)
{
    int line = 1;
    for (size_t i = 0; i < pos; i++)
        line += c->src.p[i] == '\n';

    struct ct_sv where = ct_arena_printf(&c->out->arena, "%.50s:%d", c->name, line);
    name = ct_sv_sub(name, 0, ct_sv_find(name, '\n'));
    return ct_fail(c->err, CT_BAD_INPUT, ct_arena_cstr(&c->out->arena, where), "%s: \"%.*s\"",
                   sentence, CT_SV_ARG(ct_sv_sub(name, 0, 80)));
}

static struct ct_mu_node *push(struct compiler *c, enum ct_mu_kind kind)
{
    struct ct_mu_node node = {.kind = kind, .line_start = c->line_start};
    CT_ARENA_PUSH(&c->out->arena, c->nodes, c->n, c->cap, node);
    c->line_start = false;
    return &c->nodes[c->n - 1];
}

static void push_text(struct compiler *c, size_t from, size_t to)
{
    if (from >= to)
        return;
    push(c, CT_MU_TEXT)->text = ct_sv_sub(c->src, from, to - from);
    c->line_start = c->src.p[to - 1] == '\n';
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

/* Whether only blanks stand around a tag on its line, and where that line ends. */
static void look_around(const struct compiler *c, struct tag *tag)
{
    size_t line = tag->start, end = tag->end;

    while (line > 0 && is_blank(c->src.p[line - 1]))
        line--;
    while (end < c->src.n && is_blank(c->src.p[end]))
        end++;
    if (end + 1 < c->src.n && c->src.p[end] == '\r' && c->src.p[end + 1] == '\n')
        end++;
    tag->alone =
        (line == 0 || c->src.p[line - 1] == '\n') && (end == c->src.n || c->src.p[end] == '\n');
    tag->line = line;
    tag->line_end = end < c->src.n ? end + 1 : end;
}

/* Reads the tag whose opening delimiter is at tag->start. */
static int read_tag(struct compiler *c, struct tag *tag)
{
    size_t from = tag->start + c->open.n;
    const char *mark = from < c->src.n ? memchr("#^/>!=&{", c->src.p[from], 8) : NULL;
    size_t extra = 0; /* the "=" or "}" in front of the closing delimiter */

    tag->sigil = mark ? *mark : '\0';
    from += mark ? 1 : 0;

    struct ct_sv rest = ct_sv_sub(c->src, from, c->src.n);
    size_t at = ct_sv_search(rest, c->close);
    if (tag->sigil == '{' || tag->sigil == '=') {
        char last = tag->sigil == '{' ? '}' : '=';
        struct ct_sv close = ct_arena_printf(&c->out->arena, "%c%.*s", last, CT_SV_ARG(c->close));
        at = ct_sv_search(rest, close);
        extra = 1;
    }
    if (at == SIZE_MAX)
        return fail(c, tag->start, "a tag is not ended",
                    ct_sv_trim(ct_sv_sub(rest, 0, ct_sv_find(rest, '\n'))));
    tag->body = ct_sv_trim(ct_sv_sub(rest, 0, at));
    tag->end = from + at + extra + c->close.n;
    return CT_OK;
}

static bool has_blank(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_blank(s.p[i]) || s.p[i] == '\n' || s.p[i] == '\r')
            return true;
    return false;
}

/* Splits a name at its dots, once and for all renderings. */
static int set_name(struct compiler *c, const struct tag *tag, struct ct_mu_node *node)
{
    struct ct_sv *keys = NULL, rest = tag->body, part;
    size_t n = 0, cap = 0;

    if (ct_sv_eq_c(tag->body, "."))
        return CT_OK;
    if (tag->body.n == 0 || has_blank(tag->body))
        return fail(c, tag->start, "a name is empty or has blanks", tag->body);
    if (memchr("<$*", tag->body.p[0], 3))
        return fail(c, tag->start, "inheritance and dynamic names are not known here", tag->body);
    while (ct_sv_split(&rest, '.', &part)) {
        if (part.n == 0)
            return fail(c, tag->start, "a dot too many", tag->body);
        CT_ARENA_PUSH(&c->out->arena, keys, n, cap, ct_arena_dup(&c->out->arena, part));
    }
    node->key = keys;
    node->n_keys = n;
    return CT_OK;
}

static int open_section(struct compiler *c, const struct tag *tag)
{
    if (c->depth == CT_MU_SECTIONS_MAX)
        return fail(c, tag->start, "sections are nested too deep", tag->body);
    c->sections[c->depth++] = (struct open_section){c->n, tag->start, tag->body};
    return set_name(c, tag, push(c, tag->sigil == '#' ? CT_MU_SECTION : CT_MU_ABSENT));
}

static int close_section(struct compiler *c, const struct tag *tag)
{
    if (c->depth == 0)
        return fail(c, tag->start, "no section is open to be closed by this", tag->body);

    const struct open_section *open = &c->sections[--c->depth];
    if (!ct_sv_eq(open->name, tag->body))
        return fail(c, tag->start, "another section is open where this is closed", tag->body);
    /* "{{/a}} text" within an indented partial: the indentation belongs into the section. */
    if (c->line_start)
        push(c, CT_MU_TEXT)->text = CT_SV("");
    c->nodes[open->node].end = c->n;
    return CT_OK;
}

static int include(struct compiler *c, const struct tag *tag)
{
    if (tag->body.n == 0 || has_blank(tag->body))
        return fail(c, tag->start, "a name is empty or has blanks", tag->body);
    if (tag->body.p[0] == '*')
        return fail(c, tag->start, "dynamic names are not known here", tag->body);

    struct ct_mu_node *node = push(c, CT_MU_PARTIAL);
    node->slot = ct_mu_slot(c->set, tag->body);
    if (tag->alone)
        node->text = ct_sv_sub(c->src, tag->line, tag->start - tag->line);
    return CT_OK;
}

static int set_delimiters(struct compiler *c, const struct tag *tag)
{
    struct ct_sv open = tag->body, close = tag->body;
    size_t i = 0;

    while (i < open.n && !has_blank(ct_sv_sub(open, i, 1)))
        i++;
    open = ct_sv_sub(tag->body, 0, i);
    close = ct_sv_trim(ct_sv_sub(tag->body, i, tag->body.n));
    if (open.n == 0 || close.n == 0 || has_blank(close) || ct_sv_find(tag->body, '=') != SIZE_MAX)
        return fail(c, tag->start, "delimiters are two words without =", tag->body);
    c->open = open;
    c->close = close;
    return CT_OK;
}

static int compile_tag(struct compiler *c, const struct tag *tag)
{
    switch (tag->sigil) {
    case '!':
        return CT_OK;
    case '=':
        return set_delimiters(c, tag);
    case '#':
    case '^':
        return open_section(c, tag);
    case '/':
        return close_section(c, tag);
    case '>':
        return include(c, tag);
    default:
        return set_name(c, tag, push(c, tag->sigil ? CT_MU_RAW : CT_MU_ESCAPED));
    }
}

static int compile_next(struct compiler *c)
{
    size_t at = ct_sv_search(ct_sv_sub(c->src, c->pos, c->src.n), c->open);
    struct tag tag = {.start = c->pos + at};

    if (at == SIZE_MAX) {
        push_text(c, c->pos, c->src.n);
        c->pos = c->src.n;
        return CT_OK;
    }
    int r = read_tag(c, &tag);
    if (r < 0)
        return r;
    if (tag.sigil && tag.sigil != '&' && tag.sigil != '{')
        look_around(c, &tag);
    push_text(c, c->pos, tag.alone ? tag.line : tag.start);
    if (tag.alone)
        c->line_start = false; /* there is no such line any more */
    if ((r = compile_tag(c, &tag)) < 0)
        return r;
    if (tag.alone)
        c->line_start = true;
    c->pos = tag.alone ? tag.line_end : tag.end;
    return CT_OK;
}

int ct_mu_compile(struct ct_templates *t, const char *name, struct ct_sv source,
                  struct ct_mu_template *ret, struct ct_err *err)
{
    struct compiler c = {.set = t,
                         .name = name,
                         .out = ret,
                         .src = ct_arena_dup(&ret->arena, source),
                         .open = CT_SV("{{"),
                         .close = CT_SV("}}"),
                         .line_start = true,
                         .err = err};
    while (c.pos < c.src.n) {
        int r = compile_next(&c);
        if (r < 0)
            return r;
    }
    if (c.depth > 0)
        return fail(&c, c.sections[c.depth - 1].pos, "a section is not closed",
                    c.sections[c.depth - 1].name);
    ret->nodes = c.nodes;
    ret->n = c.n;
    return CT_OK;
}
