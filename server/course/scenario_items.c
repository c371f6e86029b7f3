/*
 * scenario_items.c: lists whose items begin with a link to a scene: choices, and rules of junctions
 * and of the whole scenario.
 */
#include "scenario_lift_priv.h"

#include "labels_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

#define CHOICE_CHIPS                                                                               \
    "behind a choice stand `if trust >= 2`, `needs trust >= 2`, `for: prosecutor`, `once`, "       \
    "`trust +1` or `told = yes`"

/* The pieces of an item's first paragraph. */
struct pieces {
    struct ct_md_node *link;
    struct ct_chip *chips;
    size_t n, cap;
    size_t n_before;   /* chips in front of the link */
    struct ct_sv text; /* all that is neither, joined */
    bool second_link;
};

bool ct_scenario_is_target(struct ct_sv url)
{
    return url.n > 0 && url.p[0] == '#';
}

static bool is_scene_link(const struct ct_md_node *n)
{
    return ct_md_type(n) == CT_MD_LINK && ct_scenario_is_target(ct_md_url(n));
}

static bool only_separators(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ' && s.p[i] != ',' && s.p[i] != ';')
            return false;
    return true;
}

static struct pieces pieces_of(struct ct_lift *l, const struct ct_md_node *item)
{
    struct pieces p = {.text = CT_SV("")};
    const struct ct_md_node *paragraph = ct_md_first(item);
    if (paragraph == NULL || ct_md_type(paragraph) != CT_MD_PARAGRAPH)
        return p;
    for (struct ct_md_node *n = ct_md_first(paragraph); n != NULL; n = ct_md_next(n)) {
        if (ct_md_type(n) == CT_MD_CODE) {
            CT_ARENA_PUSH(l->arena, p.chips, p.n, p.cap, ct_chip_of(l->arena, n));
            p.n_before += p.link == NULL;
        } else if (is_scene_link(n)) {
            p.second_link = p.link != NULL;
            p.link = p.link != NULL ? p.link : n;
        } else {
            struct ct_sv text = ct_fold(l->arena, ct_md_plain(l->arena, n));
            p.text = ct_arena_printf(l->arena, "%.*s%.*s", CT_SV_ARG(p.text), CT_SV_ARG(text));
        }
    }
    p.text = ct_sv_trim(p.text);
    return p;
}

/* "[Go](#two words)", "[Go] (#there)": meant as a link, read by cmark as text. */
static bool is_lost_link(struct ct_sv text)
{
    return ct_sv_starts(text, CT_SV("[")) && (ct_sv_search(text, CT_SV("](#")) != SIZE_MAX ||
                                              ct_sv_search(text, CT_SV("] (#")) != SIZE_MAX);
}

/* Whether an item begins as a choice or rule does: with the link, behind chips at most. */
static bool looks_like_one(struct ct_lift *l, const struct ct_md_node *item)
{
    struct pieces p = pieces_of(l, item);
    struct ct_sv rest;
    const struct ct_md_node *paragraph = ct_md_first(item);
    if (is_lost_link(p.text))
        return true;
    if (p.n_before > 0 && ct_chip_kind_of(p.chips[0].text, &rest) == CT_CHIP_WHEN)
        return true;
    for (const struct ct_md_node *n = p.link != NULL ? ct_md_first(paragraph) : NULL; n != p.link;
         n = ct_md_next(n))
        if (ct_md_type(n) != CT_MD_CODE && ct_md_type(n) != CT_MD_SOFTBREAK &&
            !only_separators(ct_fold(l->arena, ct_md_plain(l->arena, n))))
            return false;
    return p.link != NULL;
}

/* The scene that was probably meant; the null view if none is near. */
static struct ct_sv suggest_target(struct ct_scenario_lift *s, struct ct_sv target)
{
    struct ct_arena *a = s->l->arena;
    struct ct_sv slug = ct_url_slug(a, target);
    if (++s->l->n_looked_up > CT_LOOK_UPS_MAX)
        return CT_SV_NULL;
    const char **names = ct_arena_array(a, const char *, s->n_scenes + 1);
    struct ct_sv tail = ct_arena_printf(a, "-%.*s", CT_SV_ARG(slug));
    for (size_t i = 0; i < s->n_scenes; i++) {
        names[i] = ct_arena_cstr(a, s->scenes[i].anchor);
        if (ct_sv_eq(s->scenes[i].anchor, slug))
            return slug;
    }
    for (size_t i = 0; i < s->n_scenes && slug.n > 0; i++)
        if (ct_sv_ends(s->scenes[i].anchor, tail)) /* "#she-runs" for "#ending-she-runs" */
            return s->scenes[i].anchor;
    return ct_suggest(slug, names);
}

static void report_target(struct ct_scenario_lift *s, const struct ct_md_node *n,
                          struct ct_sv target, const char *what)
{
    struct ct_sv near = suggest_target(s, target);
    if (near.n > 0) {
        ct_scenario_fault(s, "E41", n, "%s; did you mean `#%.*s`?", what, CT_SV_ARG(near));
        ct_problem_meant(s->l->problems, target, near);
    } else {
        ct_scenario_fault(s, "E41", n, "%s; `#%.*s` is the address of no scene here", what,
                          CT_SV_ARG(ct_clip(ct_url_slug(s->l->arena, target))));
    }
}

static void report_lost_link(struct ct_scenario_lift *s, const struct ct_md_node *item,
                             struct ct_sv text)
{
    size_t blank = ct_sv_search(text, CT_SV("] (#"));
    size_t at = ct_sv_search(text, CT_SV("(#"));
    struct ct_sv target = ct_sv_sub(text, at + 2, text.n);
    size_t end = ct_sv_find(target, ')');
    target = ct_sv_trim(ct_sv_sub(target, 0, end));
    if (blank != SIZE_MAX && blank < at) {
        ct_scenario_fault(s, "E41", item, "a link has no space between ] and (, as in [Go](#%.*s)",
                          CT_SV_ARG(ct_clip(target)));
        ct_problem_meant(s->l->problems, CT_SV("] ("), CT_SV("]("));
    } else {
        report_target(s, item, target, "the target of a link has no spaces");
    }
}

static size_t find_target(struct ct_scenario_lift *s, const struct ct_md_node *link)
{
    struct ct_sv url = ct_md_url(link);
    struct ct_sv target = ct_sv_sub(url, 1, url.n);
    struct ct_sv plain = target;
    ct_url_decode_segment(s->l->arena, target, &plain, NULL);
    for (size_t i = 0; i < s->n_scenes; i++)
        if (ct_sv_eq(s->scenes[i].anchor, plain))
            return i;
    report_target(s, link, plain, "this choice leads to no scene");
    return SIZE_MAX;
}

static void read_chairs(struct ct_scenario_lift *s, const struct ct_chip *chip, struct ct_sv text,
                        struct ct_scenario_item *item)
{
    ct_disc_set set = CT_DISC_NONE;
    if (!ct_lift_disciplines(s->l, text, chip->line, chip->column, &set))
        s->broken = true;
    if (item->choice.chairs != CT_DISC_ALL)
        ct_scenario_chip_fault(s, "E51", chip,
                               "`for:` stands twice here: name all chairs in one, `for: "
                               "prosecutor, caseworker`");
    s->chairs |= set;
    item->choice.chairs = set;
    item->rule.chairs = set;
}

/* One condition each: two would leave open how they are joined. */
static void set_condition(struct ct_scenario_lift *s, const struct ct_chip *chip, struct ct_sv text,
                          const struct ct_condition **slot)
{
    const struct ct_condition *c = ct_scenario_condition(s, chip, text);
    if (*slot != NULL)
        ct_scenario_chip_fault(s, "E51", chip, "join the two conditions by `and` in one chip");
    *slot = c;
}

static void read_once(struct ct_scenario_lift *s, const struct ct_chip *chip, struct ct_choice *c)
{
    if (s->n_once < CT_ONCE_MAX)
        c->once = s->n_once++;
    else
        ct_scenario_chip_fault(s, "E35", chip, "a scenario has at most %d choices with `once`",
                               CT_ONCE_MAX);
}

static void read_effect(struct ct_scenario_lift *s, const struct ct_chip *chip, struct ct_choice *c,
                        size_t *cap)
{
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    struct ct_effect e;
    struct ct_effect *effects = (struct ct_effect *)c->effects;
    if (!ct_effect_parse(s->l->arena, &s->variables, chip->text, &e, &fault)) {
        ct_scenario_chip_fault(s, fault.code, chip, "%.*s", CT_SV_ARG(fault.text));
        return;
    }
    e.line = chip->line;
    e.column = chip->column;
    CT_ARENA_PUSH(s->l->arena, effects, c->n_effects, *cap, e);
    c->effects = effects;
}

static void report_unknown(struct ct_scenario_lift *s, const struct ct_chip *chip)
{
    static const char *const words[] = {"if", "needs", "for", "once", "when", NULL};
    struct ct_sv rest = chip->text;
    struct ct_sv word = CT_SV("");
    ct_sv_split(&rest, ' ', &word);
    struct ct_sv near = ct_suggest(word, words);
    if (near.n > 0) {
        ct_scenario_chip_fault(s, "E51", chip, "unknown `%.*s`; did you mean `%.*s`? " CHOICE_CHIPS,
                               CT_SV_ARG(ct_clip(chip->text)), CT_SV_ARG(near));
        ct_problem_meant(s->l->problems, word, near);
    } else {
        ct_scenario_chip_fault(s, "E51", chip, "unknown `%.*s`; " CHOICE_CHIPS,
                               CT_SV_ARG(ct_clip(chip->text)));
    }
}

static void read_choice_chip(struct ct_scenario_lift *s, const struct ct_chip *chip,
                             struct ct_scenario_item *item, size_t *cap_effects)
{
    struct ct_sv rest;
    switch (ct_chip_kind_of(chip->text, &rest)) {
    case CT_CHIP_IF:
        set_condition(s, chip, rest, &item->choice.shown_if);
        break;
    case CT_CHIP_NEEDS:
        set_condition(s, chip, rest, &item->choice.needs);
        break;
    case CT_CHIP_FOR:
        read_chairs(s, chip, rest, item);
        break;
    case CT_CHIP_ONCE:
        read_once(s, chip, &item->choice);
        break;
    case CT_CHIP_EFFECT:
        read_effect(s, chip, &item->choice, cap_effects);
        break;
    case CT_CHIP_VARIABLE:
        ct_scenario_chip_fault(s, "E51", chip, "variables are declared under the title only");
        break;
    case CT_CHIP_PASS:
    case CT_CHIP_PASS_IF:
    case CT_CHIP_FAIL:
        ct_scenario_chip_fault(s, "E51", chip,
                               "pass and fail belong to an ending: `%.*s` on a line of its own "
                               "below `## %s: …`",
                               CT_SV_ARG(ct_clip(chip->text)),
                               ct_keyword_name(s->l->words, CT_KEY_ENDING));
        break;
    case CT_CHIP_WHEN: /* would have made it a rule */
    case CT_CHIP_UNKNOWN:
        report_unknown(s, chip);
        break;
    }
}

static void read_rule_chip(struct ct_scenario_lift *s, const struct ct_chip *chip,
                           struct ct_scenario_item *item)
{
    struct ct_sv rest;
    enum ct_chip_kind kind = ct_chip_kind_of(chip->text, &rest);
    item->has_when = item->has_when || kind == CT_CHIP_WHEN;
    if (kind == CT_CHIP_WHEN)
        set_condition(s, chip, rest, &item->rule.when);
    else if (kind == CT_CHIP_FOR)
        read_chairs(s, chip, rest, item);
    else
        ct_scenario_chip_fault(s, "E51", chip,
                               "`%.*s` means nothing in a rule, which takes `when trust >= 2` and "
                               "`for: prosecutor`; what belongs to a choice stands behind its link",
                               CT_SV_ARG(ct_clip(chip->text)));
}

static bool is_rule(const struct pieces *p)
{
    struct ct_sv rest;
    for (size_t i = 0; i < p->n; i++)
        if (i < p->n_before || ct_chip_kind_of(p->chips[i].text, &rest) == CT_CHIP_WHEN)
            return true;
    return false;
}

/* A consequence is shown as it is: what has a meaning elsewhere has none here. */
static void check_consequence(struct ct_scenario_lift *s, const struct ct_md_node *quote)
{
    const struct ct_md_node *p = ct_md_first(quote);
    const struct ct_md_node *first =
        p != NULL && ct_md_type(p) == CT_MD_PARAGRAPH ? ct_md_first(p) : NULL;
    struct ct_sv rest;
    ct_lift_label_check(s->l, quote);
    if (ct_lift_label(s->l, quote, NULL) == CT_LABEL_FOR)
        ct_lift_problem(s->l, "W23", quote,
                        "everybody sees a consequence; for one chair alone, write a choice of its "
                        "own with `for: …`, or the passage into the next scene");
    if (first == NULL || ct_md_type(first) != CT_MD_CODE)
        return;
    struct ct_chip chip = ct_chip_of(s->l->arena, first);
    if (ct_chip_kind_of(chip.text, &rest) != CT_CHIP_UNKNOWN)
        ct_scenario_chip_fault(s, "E51", &chip,
                               "`%.*s` means nothing in a consequence; conditions and effects "
                               "stand behind the link of a choice",
                               CT_SV_ARG(ct_clip(chip.text)));
}

/* What stands below the first paragraph of an item: quotes, and nothing else. */
static void read_consequence(struct ct_scenario_lift *s, struct ct_scenario_item *item)
{
    struct ct_sv html = CT_SV_NULL;
    const struct ct_md_node *n = ct_md_first(item->node);
    for (n = n != NULL ? ct_md_next(n) : NULL; n != NULL; n = ct_md_next(n)) {
        if (ct_md_type(n) != CT_MD_QUOTE) {
            ct_scenario_fault(s, "E67", n,
                              "only a quote may stand below a choice: what it leads to, with `> ` "
                              "in front");
            continue;
        }
        check_consequence(s, n);
        struct ct_sv more = ct_lift_html_bare(s->l, n);
        html = html.p == NULL
                   ? more
                   : ct_arena_printf(s->l->arena, "%.*s\n%.*s", CT_SV_ARG(html), CT_SV_ARG(more));
    }
    item->choice.consequence_html = html;
    if (item->is_rule && html.p != NULL)
        ct_scenario_fault(s, "E67", item->node,
                          "a rule is never shown, so nobody would see the quote below it; put the "
                          "text into the scene that it leads to");
}

static void read_chips(struct ct_scenario_lift *s, const struct pieces *p,
                       struct ct_scenario_item *item)
{
    size_t cap_effects = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (item->is_rule)
            read_rule_chip(s, &p->chips[i], item);
        else
            read_choice_chip(s, &p->chips[i], item, &cap_effects);
    }
    /* In a passage for some, a choice is for them only. */
    item->choice.chairs &= s->l->around;
    item->rule.chairs &= s->l->around;
    if (item->choice.chairs == CT_DISC_NONE && !s->broken)
        ct_scenario_fault(s, "E44", item->node,
                          "this stands within a passage for others, so nobody could choose it");
}

static void report_shape(struct ct_scenario_lift *s, const struct ct_md_node *item,
                         const struct pieces *p)
{
    if (is_lost_link(p->text))
        report_lost_link(s, item, p->text);
    else if (p->link == NULL)
        ct_scenario_fault(s, "E67", item,
                          "this item is no choice: it needs a link in front, as in "
                          "`- [Ask her](#her-answer)`; two lists with only an empty line between "
                          "them are one, so part them by a sentence");
    else if (p->second_link)
        ct_scenario_fault(s, "E67", item, "a choice has one link; write an item for each");
    else
        ct_scenario_fault(s, "E67", item,
                          "only chips may stand beside the link of a choice, but here is "
                          "\"%.*s\"; put it into the brackets, or into a quote below",
                          CT_SV_ARG(ct_clip(p->text)));
}

/* An item without a link keeps its place, so that those around it are not blamed. */
static void push_lost(struct ct_scenario_lift *s, struct ct_scenario_item *item)
{
    const struct ct_md_node *p = ct_md_first(item->node);
    const struct ct_md_node *first = p != NULL ? ct_md_first(p) : NULL;
    item->is_rule = first != NULL && ct_md_type(first) == CT_MD_CODE;
    item->has_when = item->is_rule;
    item->bare = !item->is_rule;
    CT_ARENA_PUSH(s->l->arena, s->items, s->n_items, s->cap_items, *item);
}

static void read_item(struct ct_scenario_lift *s, struct ct_md_node *node)
{
    struct pieces p = pieces_of(s->l, node);
    struct ct_scenario_item item = {.node = node, .is_rule = is_rule(&p)};
    item.choice = (struct ct_choice){
        .target = SIZE_MAX, .chairs = CT_DISC_ALL, .once = -1, .line = ct_md_line(node)};
    item.rule =
        (struct ct_rule){.target = SIZE_MAX, .chairs = CT_DISC_ALL, .line = ct_md_line(node)};
    if (p.link == NULL || p.second_link || !only_separators(p.text))
        report_shape(s, node, &p);
    if (p.link == NULL) {
        push_lost(s, &item);
        return;
    }
    item.choice.html = item.rule.html = ct_lift_html_children(s->l, p.link);
    item.choice.plain = ct_sv_trim(ct_md_plain(s->l->arena, p.link));
    item.choice.target = item.rule.target = find_target(s, p.link);
    if (item.choice.plain.n == 0)
        ct_scenario_fault(s, "E67", node, "this choice says nothing: write its words between [ ]");
    read_chips(s, &p, &item);
    read_consequence(s, &item);
    item.bare = p.n == 0 && item.choice.consequence_html.p == NULL;
    CT_ARENA_PUSH(s->l->arena, s->items, s->n_items, s->cap_items, item);
}

bool ct_scenario_list(struct ct_scenario_lift *s, struct ct_md_node *list)
{
    bool any = false;
    for (struct ct_md_node *n = ct_md_first(list); n != NULL && !any; n = ct_md_next(n))
        any = looks_like_one(s->l, n);
    if (!any)
        return false;
    s->has_list = true;
    for (struct ct_md_node *n = ct_md_first(list); n != NULL; n = ct_md_next(n))
        read_item(s, n);
    return true;
}

static void place_choices(struct ct_scenario_lift *s, struct ct_scene *scene)
{
    struct ct_choice *choices = ct_arena_array(s->l->arena, struct ct_choice, s->n_items);
    for (size_t i = 0; i < s->n_items; i++)
        if (!s->items[i].is_rule)
            choices[scene->n_choices++] = s->items[i].choice;
    scene->choices = choices;
}

static void place_rules(struct ct_scenario_lift *s, struct ct_scene *scene)
{
    struct ct_rule *rules = ct_arena_array(s->l->arena, struct ct_rule, s->n_items);
    for (size_t i = 0; i < s->n_items; i++) {
        const struct ct_scenario_item *item = &s->items[i];
        bool last = i + 1 == s->n_items;
        rules[scene->n_rules++] = item->rule;
        if (!item->is_rule && !item->bare)
            ct_scenario_fault(s, "E67", item->node,
                              "a choice stands among rules: a scene is either shown, with choices, "
                              "or a junction, made of nothing but rules");
        else if (!item->is_rule && !last)
            ct_scenario_fault(s, "E56", item->node,
                              "only the last rule of a junction has no condition: those below this "
                              "one are never looked at");
        else if (item->is_rule && last)
            ct_scenario_fault(s, "E56", item->node,
                              "the last rule of a junction has no condition, so that there is "
                              "always a way on; add `- [Otherwise](#…)`");
    }
    scene->is_junction = true;
    scene->rules = rules;
}

void ct_scenario_place_items(struct ct_scenario_lift *s, struct ct_scene *scene, bool has_text)
{
    const struct ct_scenario_item *rule = NULL;
    for (size_t i = 0; i < s->n_items && rule == NULL; i++)
        if (s->items[i].is_rule)
            rule = &s->items[i];
    if (rule != NULL && !has_text) {
        place_rules(s, scene);
        return;
    }
    if (rule != NULL)
        ct_scenario_fault(s, "E67", rule->node,
                          "a rule stands in a scene of nothing but rules, or under the title; in a "
                          "scene that is shown write `if …` or `for: …` behind the link");
    place_choices(s, scene);
}

void ct_scenario_place_watches(struct ct_scenario_lift *s)
{
    struct ct_rule *watches = ct_arena_array(s->l->arena, struct ct_rule, s->n_items);
    for (size_t i = 0; i < s->n_items; i++) {
        if (s->items[i].has_when)
            watches[s->sc->n_watches++] = s->items[i].rule;
        else
            ct_scenario_fault(s, "E67", s->items[i].node,
                              "under the title stand only rules with a condition, as in `- `when "
                              "safety <= 0` [She runs](#ending-she-runs)`; choices belong to a "
                              "scene, which begins with ##");
    }
    s->sc->watches = watches;
}
