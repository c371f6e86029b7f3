/*
 * scenario_lift.c: a scenario out of the Markdown tree: what stands under the title, the scenes,
 * the endings. Lists are read by scenario_items.c, the whole is proved by scenario_check.c.
 */
#include "scenario_lift_priv.h"

#include "glossary_priv.h"
#include "labels_priv.h"

#include "ct/text/url.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { FAULT_TEXT = 1024 };

/* What a trainer wrote may be quoted at any length: cuts between characters, not within one. */
static void write_fault(char *text, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void write_fault(char *text, const char *fmt, va_list ap)
{
    int n = vsnprintf(text, FAULT_TEXT, fmt, ap);
    if (n < FAULT_TEXT)
        return;
    size_t end = FAULT_TEXT - 1;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xc0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xc0)
        end--;
    text[end] = '\0';
}

void ct_scenario_fault(struct ct_scenario_lift *s, const char *code, const struct ct_md_node *n,
                       const char *fmt, ...)
{
    char text[FAULT_TEXT];
    va_list ap;
    va_start(ap, fmt);
    write_fault(text, fmt, ap);
    va_end(ap);
    ct_lift_problem(s->l, code, n, "%s", text);
    s->broken = true;
}

void ct_scenario_chip_fault(struct ct_scenario_lift *s, const char *code,
                            const struct ct_chip *chip, const char *fmt, ...)
{
    char text[FAULT_TEXT];
    va_list ap;
    va_start(ap, fmt);
    write_fault(text, fmt, ap);
    va_end(ap);
    ct_lift_problem_at(s->l, code, chip->line, chip->column, "%s", text);
    s->broken = true;
}

const struct ct_condition *ct_scenario_condition(struct ct_scenario_lift *s,
                                                 const struct ct_chip *chip, struct ct_sv text)
{
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    const struct ct_condition *c = ct_condition_parse(s->l->arena, &s->variables, text, &fault);
    if (c == NULL)
        ct_scenario_chip_fault(s, fault.code, chip, "%.*s", CT_SV_ARG(fault.text));
    return c;
}

/* ---- variables ---- */

static void declare(struct ct_scenario_lift *s, const struct ct_chip *chip)
{
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    struct ct_variable v;
    if (!ct_variable_parse(s->l->arena, chip->text, &v, &fault))
        ct_scenario_chip_fault(s, fault.code, chip, "%.*s", CT_SV_ARG(fault.text));
    else if (ct_variable_find(&s->variables, v.name) < s->variables.n)
        ct_scenario_chip_fault(s, "E52", chip, "`%.*s` is declared twice", CT_SV_ARG(v.name));
    else if (s->variables.n == CT_VARS_MAX)
        ct_scenario_chip_fault(s, "E35", chip, "a scenario has at most %d variables", CT_VARS_MAX);
    else {
        v.line = chip->line;
        v.column = chip->column;
        s->variables.items[s->variables.n++] = v;
    }
}

/* Whether a paragraph is a settings line of a scenario: chips, and one of a kind that we know. */
static bool is_settings(struct ct_lift *l, const struct ct_md_node *n, size_t *ret_n,
                        struct ct_chip **ret_chips)
{
    struct ct_sv rest;
    if (ct_md_type(n) != CT_MD_PARAGRAPH || !ct_chips_only(n))
        return false;
    *ret_chips = ct_chips_in(l->arena, n, ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        if (ct_chip_kind_of((*ret_chips)[i].text, &rest) != CT_CHIP_UNKNOWN)
            return true;
    return false;
}

/* All of them first, because the rules beside them use them. */
static void read_variables(struct ct_scenario_lift *s, struct ct_md_node *end)
{
    struct ct_chip *chips;
    size_t n_chips;
    struct ct_sv rest;
    for (struct ct_md_node *n = ct_md_next(s->title), *next; n != end; n = next) {
        next = ct_md_next(n);
        if (!is_settings(s->l, n, &n_chips, &chips))
            continue;
        for (size_t i = 0; i < n_chips; i++) {
            enum ct_chip_kind kind = ct_chip_kind_of(chips[i].text, &rest);
            if (kind == CT_CHIP_VARIABLE || kind == CT_CHIP_EFFECT)
                declare(s, &chips[i]);
            else
                ct_scenario_chip_fault(s, "E51", &chips[i],
                                       "unknown `%.*s`; under the title variables are declared, "
                                       "`trust = 1 (0 to 3)` or `told = no`",
                                       CT_SV_ARG(ct_clip(chips[i].text)));
        }
        ct_md_unlink(s->l->md, n);
    }
    struct ct_variable *variables = ct_arena_array(s->l->arena, struct ct_variable, CT_VARS_MAX);
    memcpy(variables, s->variables.items, sizeof s->variables.items);
    s->sc->variables = variables;
    s->sc->n_variables = s->variables.n;
}

/* ---- headings ---- */

/* The next heading that opens a scene, from n on. A second title is a fault of its own, and the
 * scenes below it are still read. */
static struct ct_md_node *next_scene(struct ct_md_node *n)
{
    while (n != NULL && (ct_md_type(n) != CT_MD_HEADING || ct_md_level(n) > 2))
        n = ct_md_next(n);
    return n;
}

static struct ct_scene scene_of(struct ct_scenario_lift *s, struct ct_md_node *heading)
{
    struct ct_lift *l = s->l;
    struct ct_heading h = ct_lift_heading(l, heading);
    struct ct_scene scene = {.line = h.line, .title = h.title, .title_html = h.title_html};
    struct ct_sv anchor = ct_url_slug(l->arena, h.full);
    scene.is_ending = h.keyword == CT_KEY_ENDING;
    if (h.title.n == 0) {
        scene.title = h.full;
        scene.title_html = h.full;
        ct_scenario_fault(s, "E09", heading, "this scene has no title; write one behind ##");
    }
    if (ct_lift_name_taken(&s->anchors, anchor))
        ct_scenario_fault(s, "E59", heading,
                          "two scenes have the address `#%.*s`; call one of them differently",
                          CT_SV_ARG(ct_clip(anchor)));
    if (h.is_passage || (h.keyword != CT_KEY_NONE && !scene.is_ending))
        ct_scenario_fault(s, "E26", heading,
                          "two # begin a scene; a passage or question within one has three, and a "
                          "quiz is a module of its own");
    scene.anchor = ct_lift_slug(l, &s->anchors, h.full);
    return scene;
}

static void read_headings(struct ct_scenario_lift *s)
{
    size_t cap = 0;
    size_t cap_headings = 0;
    size_t n_headings = 0;
    for (struct ct_md_node *h = next_scene(ct_md_next(s->title)); h != NULL;
         h = next_scene(ct_md_next(h))) {
        if (s->n_scenes == CT_SCENES_MAX) {
            ct_scenario_fault(s, "E35", h, "a scenario has at most %d scenes", CT_SCENES_MAX);
            return;
        }
        struct ct_scene scene = scene_of(s, h);
        CT_ARENA_PUSH(s->l->arena, s->scenes, s->n_scenes, cap, scene);
        CT_ARENA_PUSH(s->l->arena, s->headings, n_headings, cap_headings, h);
    }
}

/* ---- what is offered by ct_lift_blocks ---- */

static void set_outcome(struct ct_scenario_lift *s, const struct ct_chip *chip,
                        enum ct_chip_kind kind, struct ct_sv rest)
{
    struct ct_scene *scene = &s->scenes[s->at];
    if (++s->n_outcomes > 1)
        ct_scenario_chip_fault(s, "E58", chip, "an ending says `pass` or `fail` once");
    scene->outcome = kind == CT_CHIP_PASS ? CT_PASS : kind == CT_CHIP_FAIL ? CT_FAIL : CT_PASS_IF;
    if (kind == CT_CHIP_PASS_IF)
        scene->pass_if = ct_scenario_condition(s, chip, rest);
}

/* A settings line within a scene: of an ending, pass or fail; of any other, nothing. */
static bool take_settings(struct ct_scenario_lift *s, const struct ct_md_node *n)
{
    struct ct_chip *chips;
    size_t n_chips;
    if (!is_settings(s->l, n, &n_chips, &chips))
        return false;
    for (size_t i = 0; i < n_chips; i++) {
        struct ct_sv rest;
        enum ct_chip_kind kind = ct_chip_kind_of(chips[i].text, &rest);
        bool outcome = kind == CT_CHIP_PASS || kind == CT_CHIP_FAIL || kind == CT_CHIP_PASS_IF;
        if (outcome && s->scenes[s->at].is_ending)
            set_outcome(s, &chips[i], kind, rest);
        else if (outcome)
            ct_scenario_chip_fault(
                s, "E51", &chips[i],
                "pass and fail belong to an ending, which begins with `## %s: …`",
                ct_keyword_name(s->l->words, CT_KEY_ENDING));
        else
            ct_scenario_chip_fault(
                s, "E51", &chips[i],
                "`%.*s` means nothing here: conditions and effects stand behind the link of a "
                "choice or at the front of a quote, variables under the title, `pass` and `fail` "
                "in an ending",
                CT_SV_ARG(ct_clip(chips[i].text)));
    }
    return true;
}

/* A quote that was meant as the consequence of the choice just above it. */
static void check_quote(struct ct_scenario_lift *s, const struct ct_md_node *quote)
{
    const struct ct_md_node *before = ct_md_prev(quote);
    struct ct_sv line = ct_lift_line(s->l, ct_md_line(quote) - 1);
    if (before == NULL || ct_md_type(before) != CT_MD_LIST || ct_sv_trim(line).n == 0 ||
        !s->has_list)
        return;
    ct_scenario_fault(s, "E11", quote,
                      "this consequence stands outside its choice: put two spaces before `>`");
}

static void report_links(struct ct_scenario_lift *s, const struct ct_md_node *n)
{
    if (ct_md_type(n) == CT_MD_LINK && ct_scenario_is_target(ct_md_url(n)))
        ct_lift_problem(s->l, "W68", n,
                        "a link to a scene is a choice only at the front of a list's item; here it "
                        "does nothing");
    for (const struct ct_md_node *c = ct_md_first(n); c != NULL; c = ct_md_next(c))
        report_links(s, c);
}

static bool take(struct ct_lift *l, struct ct_md_node *n, void *arg)
{
    struct ct_scenario_lift *s = arg;
    (void)l;
    if (ct_md_type(n) == CT_MD_LIST && ct_scenario_list(s, n))
        return true;
    if (s->at < s->n_scenes && take_settings(s, n))
        return true;
    if (ct_md_type(n) == CT_MD_QUOTE)
        check_quote(s, n);
    report_links(s, n);
    return false;
}

static const struct ct_condition *condition(struct ct_lift *l, const struct ct_chip *chip,
                                            void *arg)
{
    struct ct_sv rest;
    (void)l;
    if (ct_chip_kind_of(chip->text, &rest) != CT_CHIP_IF)
        rest = chip->text;
    return ct_scenario_condition(arg, chip, rest);
}

/* ---- scenes ---- */

static void note_chairs(struct ct_scenario_lift *s, const struct ct_block *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == CT_BLOCK_PASSAGE)
            s->readers |= blocks[i].disciplines;
        note_chairs(s, blocks[i].children, blocks[i].n_children);
    }
}

/* Reads a run of nodes: what is shown into blocks, lists into s->items. */
static void read_run(struct ct_scenario_lift *s, struct ct_md_node *first, struct ct_md_node *end,
                     const struct ct_block **ret, size_t *ret_n)
{
    struct ct_block *blocks;
    struct ct_term_page page;
    s->n_items = 0;
    s->has_list = false;
    s->n_outcomes = 0;
    ct_term_page_enter(s->l->linking, &page);
    ct_lift_blocks(s->l, first, end, &blocks, ret_n);
    ct_term_page_leave(s->l->linking);
    note_chairs(s, blocks, *ret_n);
    *ret = blocks;
}

/* What stands behind the --- that ended a scene belongs to none, and would be lost. */
static void check_behind(struct ct_scenario_lift *s, struct ct_md_node *n, struct ct_md_node *end)
{
    while (n != end && ct_md_type(n) == CT_MD_BREAK)
        n = ct_md_next(n);
    if (n != end)
        ct_scenario_fault(
            s, "E67", n,
            "the line --- ended the scene \"%.*s\", so this belongs to none; take the "
            "line away, or begin a scene with ##",
            CT_SV_ARG(ct_clip(s->scenes[s->at].title)));
}

static void finish_ending(struct ct_scenario_lift *s, const struct ct_scene *scene,
                          const struct ct_md_node *heading)
{
    if (s->n_items > 0)
        ct_scenario_fault(s, "E57", s->items[0].node,
                          "an ending has no choices: \"%.*s\" is where the case stops",
                          CT_SV_ARG(ct_clip(scene->title)));
    if (s->n_outcomes == 0)
        ct_scenario_fault(s, "E58", heading,
                          "this ending says neither `pass` nor `fail`; write `pass`, `fail` or "
                          "`pass if trust >= 2` on a line of its own below the heading");
}

static void read_scene(struct ct_scenario_lift *s, struct ct_md_node *end)
{
    struct ct_scene *scene = &s->scenes[s->at];
    struct ct_md_node *heading = s->headings[s->at];
    struct ct_md_node *stop = ct_md_next(heading);
    while (stop != end && ct_md_type(stop) != CT_MD_BREAK)
        stop = ct_md_next(stop);
    read_run(s, ct_md_next(heading), stop, &scene->blocks, &scene->n_blocks);
    check_behind(s, stop, end);
    if (scene->is_ending)
        finish_ending(s, scene, heading);
    else if (!s->has_list)
        ct_scenario_fault(s, "E60", heading,
                          "the scene \"%.*s\" has no choices; add `- [Go on](#…)`, or make it an "
                          "ending, `## %s: …`",
                          CT_SV_ARG(ct_clip(scene->title)),
                          ct_keyword_name(s->l->words, CT_KEY_ENDING));
    else
        ct_scenario_place_items(s, scene, scene->n_blocks > 0);
}

static void read_scenes(struct ct_scenario_lift *s)
{
    struct ct_md_node *first = next_scene(ct_md_next(s->title));
    read_variables(s, first);
    s->at = s->n_scenes;
    read_run(s, ct_md_next(s->title), first, &s->sc->intro, &s->sc->n_intro);
    ct_scenario_place_watches(s);
    for (s->at = 0; s->at < s->n_scenes; s->at++)
        read_scene(s, s->at + 1 < s->n_scenes ? s->headings[s->at + 1]
                                              : next_scene(ct_md_next(s->headings[s->at])));
}

/* A junction that tells chairs apart seats the learners, so that the chairs are those that `for:`
 * names; who is only spoken to in a passage (a debrief for judges) gets none. Without such a
 * junction whoever is named at all has a chair. */
static ct_disc_set chairs_of(const struct ct_scenario_lift *s)
{
    for (size_t i = 0; i < s->n_scenes; i++)
        for (size_t k = 0; k < s->scenes[i].n_rules; k++)
            if (s->scenes[i].rules[k].chairs != CT_DISC_ALL)
                return s->chairs;
    ct_disc_set named = s->chairs | s->readers;
    return named != CT_DISC_NONE ? named : CT_DISC_ALL;
}

int ct_lift_scenario(struct ct_lift *l, struct ct_md_node *heading, struct ct_module *ret,
                     struct ct_err *err)
{
    struct ct_scenario *sc = ct_arena_new(l->arena, struct ct_scenario);
    struct ct_scenario_lift s = {.l = l, .sc = sc, .title = heading};
    struct ct_lift_hooks hooks = {.arg = &s, .take = take, .condition = condition};
    const struct ct_lift_hooks *outside = l->hooks;
    ret->scenario = sc;
    read_headings(&s);
    if (s.n_scenes == 0)
        ct_scenario_fault(&s, "E60", heading,
                          "the scenario has no scene; begin each with a heading of two #");
    l->hooks = &hooks;
    read_scenes(&s);
    l->hooks = outside;
    sc->scenes = s.scenes;
    sc->n_scenes = s.n_scenes;
    sc->chairs = chairs_of(&s);
    return ct_scenario_check(&s, err);
}
