/*
 * mustache.c: a set of templates, and rendering from it. The language is mustache_compile.c's.
 *
 * Every page goes through here, so nothing is allocated while rendering: names were split when the
 * template was compiled, partials are indexes, the context is a chain of frames on the C stack
 * whose values are borrowed, and text goes out in the largest pieces there are.
 */
#include "mustache_priv.h"

#include <stdio.h>
#include <stdlib.h>

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include "ct/base/banned.h"

/* A name and, once it was added, its template. */
struct slot {
    struct ct_sv name;
    uint32_t hash;
    bool added;
    struct ct_mu_template template;
};

struct ct_templates {
    struct ct_arena arena; /* names and slots */
    struct slot *slots;
    size_t n, cap;
};

struct ct_templates *ct_templates_new(void)
{
    struct ct_templates *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    return t;
}

void ct_templates_free(struct ct_templates *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n; i++)
        ct_arena_release(&t->slots[i].template.arena);
    ct_arena_release(&t->arena);
    free(t);
}

static uint32_t hash_of(struct ct_sv name)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < name.n; i++)
        hash = (hash ^ (unsigned char)name.p[i]) * 16777619U;
    return hash;
}

static size_t find_slot(const struct ct_templates *t, struct ct_sv name)
{
    uint32_t hash = hash_of(name);
    for (size_t i = 0; i < t->n; i++)
        if (t->slots[i].hash == hash && ct_sv_eq(t->slots[i].name, name))
            return i;
    return SIZE_MAX;
}

size_t ct_mu_slot(struct ct_templates *t, struct ct_sv name)
{
    size_t at = find_slot(t, name);
    if (at != SIZE_MAX)
        return at;

    struct slot slot = {.name = ct_arena_dup(&t->arena, name), .hash = hash_of(name)};
    CT_ARENA_PUSH(&t->arena, t->slots, t->n, t->cap, slot);
    return t->n - 1;
}

int ct_templates_add(struct ct_templates *t, const char *name, struct ct_sv source,
                     struct ct_err *err)
{
    struct ct_mu_template compiled = {.arena = CT_ARENA_INIT};
    int r = ct_mu_compile(t, name, source, &compiled, err);
    if (r < 0) {
        ct_arena_release(&compiled.arena);
        return r;
    }
    size_t at = ct_mu_slot(t, ct_sv_c(name)); /* may move the slots */
    struct slot *slot = &t->slots[at];
    ct_arena_release(&slot->template.arena);
    slot->template = compiled;
    slot->added = true;
    return CT_OK;
}

int ct_templates_load(struct ct_templates *t, const char *dir, struct ct_err *err)
{
    enum { FILES_MAX = 10000 };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_dir_entry *entries = NULL;
    size_t n = 0;

    int r = ct_dir_list(&a, dir, FILES_MAX, &entries, &n, err);
    for (size_t i = 0; r == CT_OK && i < n; i++) {
        const struct ct_sv ending = CT_SV(".mustache");
        struct ct_sv file = entries[i].name, source;
        if (entries[i].is_dir || file.n == ending.n || !ct_sv_ends(file, ending))
            continue;
        r = ct_file_read(&a, ct_path_join(&a, dir, file), CT_SOURCE_MAX, &source, err);
        if (r == CT_OK)
            r = ct_templates_add(t, ct_arena_cstr(&a, ct_sv_sub(file, 0, file.n - ending.n)),
                                 source, err);
    }
    return r;
}

/* The context: a section puts a frame in front of those around it. */
struct frame {
    const json_t *value;
    const struct frame *outer;
};

/* The indentation of partials around: each adds its own to that of those around it. */
struct indent {
    struct ct_sv text;
    const struct indent *outer;
};

struct renderer {
    const struct ct_templates *set;
    struct ct_str *out;
    int depth; /* of partials */
};

/* NULL when the name leads nowhere. The innermost object that has the first part decides, even if
 * the other parts lead nowhere from there. */
static const json_t *look_up(const struct frame *frame, const struct ct_mu_node *node)
{
    const json_t *value = NULL;

    if (node->n_keys == 0)
        return frame->value;
    for (; frame && !value; frame = frame->outer)
        value = json_object_getn(frame->value, node->key[0].p, node->key[0].n);
    for (size_t i = 1; value && i < node->n_keys; i++)
        value = json_object_getn(value, node->key[i].p, node->key[i].n);
    return value;
}

static void add_integer(struct ct_str *out, json_int_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long rest = (unsigned long long)value;

    if (value < 0)
        rest = 0 - rest;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        digits[--at] = '-';
    ct_str_add(out, digits + at, sizeof digits - at);
}

/* The fewest digits that read back as the same number. */
static void add_real(struct ct_str *out, double value)
{
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    ct_str_add_c(out, digits);
}

static void add_value(struct ct_str *out, const json_t *value, bool escape)
{
    if (!value)
        return;
    switch (json_typeof(value)) {
    case JSON_STRING: {
        struct ct_sv text = {json_string_value(value), json_string_length(value)};
        if (escape)
            ct_str_add_html(out, text);
        else
            ct_str_add_sv(out, text);
        return;
    }
    case JSON_INTEGER:
        add_integer(out, json_integer_value(value));
        return;
    case JSON_REAL:
        add_real(out, json_real_value(value));
        return;
    case JSON_TRUE:
        ct_str_add_c(out, "true");
        return;
    case JSON_FALSE:
        ct_str_add_c(out, "false");
        return;
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        return;
    }
}

static bool is_falsey(const json_t *value)
{
    return !value || json_is_null(value) || json_is_false(value) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_string(value) && json_string_length(value) == 0);
}

/* Outermost first. As deep as partials nest, which is bounded. */
static void add_indent(struct ct_str *out, const struct indent *indent)
{
    if (!indent)
        return;
    add_indent(out, indent->outer);
    ct_str_add_sv(out, indent->text);
}

/* Text within an indented partial: each further line of it begins with the indentation too. */
static void add_lines(struct ct_str *out, struct ct_sv text, const struct indent *indent)
{
    while (text.n > 0) {
        size_t end = ct_sv_find(text, '\n');
        if (end == SIZE_MAX || end + 1 == text.n)
            break;
        ct_str_add(out, text.p, end + 1);
        add_indent(out, indent);
        text = ct_sv_sub(text, end + 1, text.n);
    }
    ct_str_add_sv(out, text);
}

static int render_nodes(struct renderer *rn, const struct ct_mu_node *nodes, size_t from, size_t to,
                        const struct frame *frame, const struct indent *indent);

static int render_section(struct renderer *rn, const struct ct_mu_node *nodes, size_t at,
                          const struct frame *frame, const struct indent *indent)
{
    const json_t *value = look_up(frame, &nodes[at]);
    struct frame inner = {value, frame};

    if (nodes[at].kind == CT_MU_ABSENT)
        return is_falsey(value) ? render_nodes(rn, nodes, at + 1, nodes[at].end, frame, indent)
                                : CT_OK;
    if (is_falsey(value))
        return CT_OK;
    if (!json_is_array(value))
        return render_nodes(rn, nodes, at + 1, nodes[at].end, &inner, indent);
    for (size_t i = 0; i < json_array_size(value); i++) {
        inner.value = json_array_get(value, i);
        int r = render_nodes(rn, nodes, at + 1, nodes[at].end, &inner, indent);
        if (r < 0)
            return r;
    }
    return CT_OK;
}

static int render_partial(struct renderer *rn, const struct ct_mu_node *node,
                          const struct frame *frame, const struct indent *indent)
{
    const struct ct_mu_template *template = &rn->set->slots[node->slot].template;
    struct indent inner = {node->text, indent};

    if (template->n == 0) /* empty, or never added */
        return CT_OK;
    if (rn->depth == CT_MU_PARTIALS_MAX)
        return CT_TOO_BIG;
    rn->depth++;
    int r = render_nodes(rn, template->nodes, 0, template->n, frame,
                         node->text.n > 0 ? &inner : indent);
    rn->depth--;
    return r;
}

static int render_nodes(struct renderer *rn, const struct ct_mu_node *nodes, size_t from, size_t to,
                        const struct frame *frame, const struct indent *indent)
{
    for (size_t i = from; i < to; i++) {
        const struct ct_mu_node *node = &nodes[i];
        int r = CT_OK;

        if (indent && node->line_start)
            add_indent(rn->out, indent);
        switch (node->kind) {
        case CT_MU_TEXT:
            if (indent)
                add_lines(rn->out, node->text, indent);
            else
                ct_str_add_sv(rn->out, node->text);
            break;
        case CT_MU_ESCAPED:
        case CT_MU_RAW:
            add_value(rn->out, look_up(frame, node), node->kind == CT_MU_ESCAPED);
            break;
        case CT_MU_SECTION:
        case CT_MU_ABSENT:
            r = render_section(rn, nodes, i, frame, indent);
            i = node->end - 1;
            break;
        case CT_MU_PARTIAL:
            r = render_partial(rn, node, frame, indent);
            break;
        }
        if (r < 0 || rn->out->failed)
            return CT_TOO_BIG;
    }
    return CT_OK;
}

int ct_templates_render(const struct ct_templates *t, const char *name, const json_t *view,
                        struct ct_str *out, struct ct_err *err)
{
    struct renderer rn = {t, out, 0};
    struct frame frame = {view, NULL};
    size_t at = find_slot(t, ct_sv_c(name));

    if (at == SIZE_MAX || !t->slots[at].added)
        return ct_fail(err, CT_NOT_FOUND, name, "there is no template of this name");

    const struct ct_mu_template *template = &t->slots[at].template;
    if (render_nodes(&rn, template->nodes, 0, template->n, &frame, NULL) == CT_OK)
        return CT_OK;
    if (out->failed)
        return ct_fail(err, CT_TOO_BIG, name, "the text is over %zu bytes", out->max);
    return ct_fail(err, CT_TOO_BIG, name, "partials are nested deeper than %d", CT_MU_PARTIALS_MAX);
}
