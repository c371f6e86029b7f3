/*
 * render.c: `crosstrain render`: one module as HTML, with no site around it. A document in which
 * nothing is a construct of ours comes out byte for byte as cmark renders it.
 */
#include "cli_priv.h"

#include "ct/base/limits.h"
#include "ct/text/mustache.h"
#include "ct/web/view.h"

#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain render [OPTION]... FILE\n"
    "Prints a module as HTML: its title, then one section after the other; FILE - is standard "
    "input.\n"
    "Says on standard error what is wrong with it, and ends with 1 if there were errors.\n\n"
    "  --for DISCIPLINE       with the passages for this discipline open\n" CT_HELP_HELP;

static int read_stdin(struct ct_arena *a, struct ct_sv *ret, struct ct_err *err)
{
    /* One byte over the limit is enough for the parser to refuse it in its own words. */
    char *buf = ct_arena_alloc(a, CT_SOURCE_MAX + 1);
    size_t n = fread(buf, 1, CT_SOURCE_MAX + 1, stdin);

    if (ferror(stdin))
        return ct_fail(err, CT_INTERNAL, "standard input", "cannot be read");
    *ret = ct_sv_n(buf, n);
    return CT_OK;
}

static int load(struct ct_arena *a, const char *path, struct ct_disciplines *d,
                struct ct_problems *problems, struct ct_module **ret, struct ct_err *err)
{
    struct ct_module_context ctx = {.disciplines = d};
    struct ct_sv source;
    int r;

    if (strcmp(path, "-") != 0)
        return ct_module_load(a, path, d, problems, ret, err);
    ct_disciplines_default(d);
    if ((r = read_stdin(a, &source, err)) < 0)
        return r;
    return ct_module_parse(a, source, CT_SV("standard-input.md"), &ctx, problems, ret, err);
}

/* Appends " · more" to what is there. */
static void add_part(struct ct_arena *a, struct ct_sv *text, const char *before, struct ct_sv more)
{
    *text = ct_arena_printf(a, "%.*s%s%s%.*s", CT_SV_ARG(*text), text->n ? " · " : "", before,
                            CT_SV_ARG(more));
}

static json_t *or_null(struct ct_sv s)
{
    return s.n ? ct_json_sv(s) : json_null();
}

static struct ct_sv chairs_of(const struct ct_view *v, ct_disc_set chairs)
{
    return ct_discipline_set_name(v->arena, v->disciplines, chairs);
}

static json_t *choice_model(const struct ct_view *v, struct ct_sv html, size_t target,
                            struct ct_sv condition, struct ct_sv consequence)
{
    const struct ct_scene *to = &v->scenario->scenes[target];

    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "text_html", ct_json_sv(html), "target",
                     ct_json_sv(to->anchor), "target_title", ct_json_sv(to->title), "condition",
                     or_null(condition), "consequence_html", or_null(consequence));
}

static void add_choices(json_t *list, const struct ct_view *v, const struct ct_scene *s)
{
    for (size_t i = 0; i < s->n_choices; i++) {
        const struct ct_choice *c = &s->choices[i];
        struct ct_sv condition = CT_SV_NULL;
        if (c->chairs != CT_DISC_ALL)
            add_part(v->arena, &condition, "for ", chairs_of(v, c->chairs));
        if (c->shown_if)
            add_part(v->arena, &condition, "if ", c->shown_if->text);
        if (c->needs)
            add_part(v->arena, &condition, "needs ", c->needs->text);
        if (c->once >= 0)
            add_part(v->arena, &condition, "once", CT_SV(""));
        json_array_append_new(list,
                              choice_model(v, c->html, c->target, condition, c->consequence_html));
    }
}

static void add_rules(json_t *list, const struct ct_view *v, const struct ct_rule *rules, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ct_sv condition = CT_SV_NULL;
        if (rules[i].chairs != CT_DISC_ALL)
            add_part(v->arena, &condition, "for ", chairs_of(v, rules[i].chairs));
        if (rules[i].when)
            add_part(v->arena, &condition, "when ", rules[i].when->text);
        json_array_append_new(
            list, choice_model(v, rules[i].html, rules[i].target, condition, CT_SV_NULL));
    }
}

/* Takes over blocks and choices (NULL: none). */
static json_t *part_model(struct ct_sv title_html, struct ct_sv anchor, json_t *blocks,
                          json_t *choices)
{
    return json_pack("{s:o, s:o, s:o, s:b, s:o}", "title_html", ct_json_sv(title_html), "anchor",
                     or_null(anchor), "blocks", blocks, "has_choices",
                     choices && json_array_size(choices) > 0, "choices",
                     choices ? choices : json_array());
}

static json_t *scene_model(const struct ct_view *v, const struct ct_scene *s)
{
    json_t *choices = json_array();

    add_choices(choices, v, s);
    add_rules(choices, v, s->rules, s->n_rules);
    return part_model(s->title_html, s->anchor, ct_view_blocks(v, s->blocks, s->n_blocks), choices);
}

/* The questions of a quiz stand in its section like blocks. */
static json_t *quiz_model(const struct ct_view *v, const struct ct_quiz *quiz)
{
    struct ct_block *blocks =
        ct_arena_array(v->arena, struct ct_block, quiz->n_intro + quiz->n_questions);
    size_t n = 0;

    for (size_t i = 0; i < quiz->n_intro; i++)
        blocks[n++] = quiz->intro[i];
    for (size_t i = 0; i < quiz->n_questions; i++)
        blocks[n++] = (struct ct_block){.kind = CT_BLOCK_QUESTION, .question = quiz->questions[i]};
    return part_model(quiz->title_html, CT_SV_NULL, ct_view_blocks(v, blocks, n), NULL);
}

static json_t *module_model(struct ct_view *v, const struct ct_module *m)
{
    json_t *sections = json_array();
    struct ct_view_words words = {.n = 0};
    json_t *blocks, *model;

    v->words = &words;
    blocks = ct_view_blocks(v, m->intro, m->n_intro);
    for (size_t i = 0; i < m->n_sections; i++)
        json_array_append_new(
            sections,
            part_model(m->sections[i].title_html, CT_SV_NULL,
                       ct_view_blocks(v, m->sections[i].blocks, m->sections[i].n_blocks), NULL));
    if (m->scenario) {
        json_t *intro = ct_view_blocks(v, m->scenario->intro, m->scenario->n_intro);
        v->scenario = m->scenario;
        json_array_extend(blocks, intro);
        json_decref(intro);
        for (size_t i = 0; i < m->scenario->n_scenes; i++)
            json_array_append_new(sections, scene_model(v, &m->scenario->scenes[i]));
    }
    if (m->quiz)
        json_array_append_new(sections, quiz_model(v, m->quiz));
    model = json_pack("{s:o, s:b, s:o, s:o, s:o}", "lang", ct_json_sv(m->lang), "has_title",
                      m->title_html.p != NULL, "title_html", ct_json_sv(m->title_html), "blocks",
                      blocks, "sections", sections);
    ct_view_add_words(model, v, &words);
    v->words = NULL;
    return model;
}

static int print(struct ct_view *v, const struct ct_module *m, struct ct_err *err)
{
    CT_AUTO_JSON *model = module_model(v, m);
    CT_AUTO_STR out = CT_STR_INIT((size_t)8 * CT_SOURCE_MAX);
    const char *dir = ct_cli_home(v->arena, "server/web/templates");
    struct ct_templates *templates;
    int r;

    if (!dir)
        return ct_fail(err, CT_NOT_FOUND, "server/web/templates",
                       "this folder of the program is neither beside it nor where it was built");
    templates = ct_templates_new();
    r = ct_templates_load(templates, dir, err);
    if (r == CT_OK)
        r = ct_templates_render(templates, "render", model, &out, err);
    ct_templates_free(templates);
    if (r == CT_OK)
        fwrite(out.p, 1, out.n, stdout);
    return r;
}

static void complain(const struct ct_problems *problems)
{
    CT_AUTO_STR out = CT_STR_INIT(SIZE_MAX);

    for (size_t i = 0; i < problems->n; i++)
        ct_problem_write(&out, &problems->items[i]);
    fwrite(out.p, 1, out.n, stderr);
}

static int render(struct ct_arena *a, const char *path, const char *discipline, struct ct_err *err)
{
    struct ct_problems problems = {.arena = a};
    struct ct_disciplines disciplines;
    struct ct_module *m;
    struct ct_view v = {.arena = a, .disciplines = &disciplines, .questions = CT_VIEW_STATIC};
    int r = load(a, path, &disciplines, &problems, &m, err);

    complain(&problems);
    if (r < 0)
        return r;
    v.module = m;
    if (discipline) {
        v.own = ct_discipline_bit(&disciplines, ct_sv_c(discipline));
        if (v.own == CT_DISC_NONE)
            return ct_fail(err, CT_BAD_INPUT, "--for", "there is no discipline '%s'", discipline);
    }
    if ((r = print(&v, m, err)) < 0)
        return r;
    return problems.n_errors ? CT_EXIT_FAILED : CT_EXIT_OK;
}

enum { OPT_FOR = CT_OPT_OWN };
static const struct option options[] = {{"for", required_argument, NULL, OPT_FOR},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

int ct_cmd_render(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    const char *discipline = NULL;
    int c, r;

    while ((c = ct_cli_option("render", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == OPT_FOR)
            discipline = optarg;
        if (c == CT_OPT_HELP) {
            fputs(help, stdout);
            return CT_EXIT_OK;
        }
    }
    if (optind == argc)
        return ct_cli_usage("render", "the name of a FILE is missing");
    if (optind + 1 < argc)
        return ct_cli_usage("render", "unexpected argument '%s'", argv[optind + 1]);
    r = render(&a, argv[optind], discipline, &err);
    return r < 0 ? ct_cli_fail("render", &err) : r;
}
