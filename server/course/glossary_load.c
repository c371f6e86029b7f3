/*
 * glossary_load.c: glossary.md in the content folder.
 */
#include "loader_priv.h"

#include "ct/base/banned.h"

/* The curriculum's language, which the glossary has too unless it says otherwise; the curriculum is
 * read later, and its problems are said then. */
static struct ct_sv lang_around(struct ct_tree *t)
{
    struct ct_problems scratch = {.arena = t->arena};
    struct ct_tree quiet = *t;
    struct ct_curriculum c = {.lang = CT_SV("en")};
    struct ct_sv name = CT_SV("curriculum.md"), source;
    struct ct_source s;
    quiet.problems = &scratch;
    if (!ct_tree_has(t, CT_SV(""), "curriculum.md") || !ct_tree_source(&quiet, name, &source) ||
        ct_source_check(source, name, &scratch, NULL) < 0)
        return c.lang;
    ct_source_split(t->arena, source, name, &scratch, &s);
    ct_front_curriculum(t->arena, s.front, name, &scratch, &c);
    return c.lang;
}

struct ct_glossary *ct_tree_parse_glossary(struct ct_tree *t, struct ct_problems *problems,
                                           struct ct_sv path, struct ct_sv source)
{
    const struct ct_disciplines none = {0};
    struct ct_glossary *g = ct_arena_new(t->arena, struct ct_glossary);
    struct ct_module_context ctx =
        ct_course_context(t->arena, &none, NULL, CT_SV(""), lang_around(t), NULL);
    ctx.by_line = t->by_line;
    ct_glossary_parse(t->arena, source, path, &ctx, problems, g);
    return g;
}

void ct_tree_glossary(struct ct_tree *t)
{
    struct ct_sv name = CT_SV("glossary.md"), path = ct_tree_shown(t, name), source;
    struct ct_glossary *g = NULL;
    size_t before = t->problems->n_errors;
    t->glossary = NULL;
    if (!ct_tree_has(t, CT_SV(""), "glossary.md"))
        return;
    if (ct_tree_source(t, name, &source))
        g = ct_tree_parse_glossary(t, t->problems, path, source);
    if (g && (t->anyway || t->problems->n_errors == before)) {
        t->glossary = g;
        return;
    }
    source = ct_tree_last_good(t, name);
    if (!source.p)
        return;
    struct ct_problems scratch = {.arena = t->arena};
    g = ct_tree_parse_glossary(t, &scratch, path, source);
    t->glossary = scratch.n_errors == 0 ? g : NULL;
}
