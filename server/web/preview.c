/*
 * preview.c: a whole file on one page, in written order, for who writes it.
 *
 * Nothing here may depend on the file being right: a scenario may lack scenes, a choice may lead
 * nowhere, a quiz may have no questions. What could be read is shown, what is wrong stands beside
 * it.
 */
#include "preview_make_priv.h"

#include "ct/base/banned.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

json_t *ct_preview_part(struct ct_preview_make *mk, const char *kind, struct ct_sv title_html,
                        int line, json_t *blocks)
{
    json_t *part =
        json_pack("{s:b, s:b, s:b, s:o, s:o, s:n, s:b, s:b, s:b, s:b, s:o, s:b, s:o}", "is_section",
                  strcmp(kind, "section") == 0, "is_quiz", strcmp(kind, "quiz") == 0, "is_scene",
                  strcmp(kind, "scene") == 0, "title_html", ct_view_text(title_html), "blocks",
                  blocks, "over", "is_good", 0, "is_bad", 0, "is_other", 0, "has_rules", 0, "rules",
                  json_array(), "has_choices", 0, "choices", json_array());

    json_object_set_new(part, "anchor", json_null());
    ct_preview_place(mk, part, line);
    return part;
}

static json_t *section(struct ct_preview_make *mk, const struct ct_section *s)
{
    json_t *part = ct_preview_part(mk, "section", s->title_html, s->line, json_null());
    struct ct_arena *a = mk->p->arena;
    struct ct_sv name;

    json_object_set_new(part, "blocks", ct_preview_blocks(mk, s->blocks, s->n_blocks));
    if (s->disciplines == CT_DISC_ALL)
        return part;
    name = ct_discipline_set_name(a, mk->p->disciplines, s->disciplines);
    if (ct_disc_has(s->disciplines, mk->view.own))
        name = ct_arena_printf(a, "A section for %.*s", CT_SV_ARG(name));
    else
        name = ct_arena_printf(a, "A section for %.*s; not on the way of this discipline",
                               CT_SV_ARG(name));
    json_object_set_new(part, "over", ct_json_sv(name));
    return part;
}

static struct ct_sv duration(struct ct_arena *a, int64_t seconds)
{
    static const struct {
        int64_t seconds;
        const char *one, *many;
    } units[] = {{DAY, "day", "days"}, {HOUR, "hour", "hours"}, {MINUTE, "minute", "minutes"}};

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (seconds % units[i].seconds == 0)
            return ct_arena_printf(a, "%lld %s", (long long)(seconds / units[i].seconds),
                                   seconds == units[i].seconds ? units[i].one : units[i].many);
    return ct_arena_printf(a, "%lld seconds", (long long)seconds);
}

static void add_rule(json_t *rules, struct ct_sv text)
{
    json_array_append_new(rules, json_pack("{s:o}", "text", ct_json_sv(text)));
}

static json_t *quiz_rules(const struct ct_preview_make *mk, const struct ct_quiz *q)
{
    const struct ct_module *m = mk->p->module;
    struct ct_arena *a = mk->p->arena;
    json_t *rules = json_array();

    add_rule(rules, q->draw ? ct_arena_printf(a, "Each try has %zu of these %zu questions.",
                                              q->draw, q->n_questions)
                            : ct_arena_printf(a, "Questions in each try: %zu.", q->n_questions));
    add_rule(rules, q->shuffle ? CT_SV("They come in a new order each time.")
                               : CT_SV("They come in the written order."));
    if (m->pass >= 0)
        add_rule(rules, ct_arena_printf(a, "Passed with %d %%.", m->pass));
    add_rule(rules, m->attempts ? ct_arena_printf(a, "Tries: %d.", m->attempts)
                                : CT_SV("Any number of tries."));
    if (q->wait)
        add_rule(rules, ct_arena_printf(a, "Between two tries pass %.*s.",
                                        CT_SV_ARG(duration(a, q->wait))));
    add_rule(rules, q->show == CT_SHOW_AFTER_PASSING
                        ? CT_SV("Feedback and right answers are shown after passing.")
                        : CT_SV("Feedback and right answers are shown after each try."));
    return rules;
}

static json_t *quiz(struct ct_preview_make *mk, const struct ct_quiz *q)
{
    json_t *part = ct_preview_part(mk, "quiz", q->title_html, q->line, json_null());
    struct ct_block *questions = ct_arena_array(mk->p->arena, struct ct_block, q->n_questions + 1);
    json_t *blocks = ct_preview_blocks(mk, q->intro, q->n_intro);
    json_t *list, *block;
    size_t n;

    for (size_t i = 0; i < q->n_questions; i++)
        questions[i] = (struct ct_block){
            .kind = CT_BLOCK_QUESTION, .line = q->questions[i]->line, .question = q->questions[i]};
    list = ct_preview_blocks(mk, questions, q->n_questions);
    json_array_foreach(list, n, block) /* those without a number are called practice */
        json_object_update_new(json_object_get(block, "question"),
                               json_pack("{s:b, s:i}", "has_number", 1, "number", (int)n + 1));
    json_array_extend(blocks, list);
    json_decref(list);
    json_object_set_new(part, "blocks", blocks);
    json_object_set_new(part, "has_rules", json_true());
    json_object_set_new(part, "rules", quiz_rules(mk, q));
    return part;
}

/* Sections and the quiz, which may stand between them. */
static void add_sections(struct ct_preview_make *mk, json_t *parts)
{
    const struct ct_module *m = mk->p->module;
    bool quiz_done = m->quiz == NULL;

    for (size_t i = 0; i < m->n_sections; i++) {
        if (!quiz_done && m->quiz->line < m->sections[i].line) {
            json_array_append_new(parts, quiz(mk, m->quiz));
            quiz_done = true;
        }
        json_array_append_new(parts, section(mk, &m->sections[i]));
    }
    if (!quiz_done)
        json_array_append_new(parts, quiz(mk, m->quiz));
}

static void add_module(struct ct_preview_make *mk, json_t *model)
{
    const struct ct_module *m = mk->p->module;
    json_t *parts = json_array();
    json_t *blocks = ct_preview_blocks(mk, m->intro, m->n_intro);

    if (m->scenario) {
        json_t *intro = ct_preview_blocks(mk, m->scenario->intro, m->scenario->n_intro);
        json_array_extend(blocks, intro);
        json_decref(intro);
    }
    json_object_set_new(model, "variables", ct_preview_variables(mk));
    json_object_set_new(model, "watches", ct_preview_watches(mk));
    add_sections(mk, parts);
    for (size_t i = 0; m->scenario && i < m->scenario->n_scenes; i++)
        json_array_append_new(parts, ct_preview_scene(mk, &m->scenario->scenes[i]));
    json_object_set_new(model, "blocks", blocks);
    json_object_set_new(model, "parts", parts);
}

static struct ct_preview_make make_of(const struct ct_preview *p)
{
    const struct ct_module *m = p->module;
    ct_disc_set own = CT_DISC_ALL;

    if (p->wish->as.n && ct_discipline_find(p->disciplines, p->wish->as) >= 0)
        own = ct_discipline_bit(p->disciplines, p->wish->as);
    return (struct ct_preview_make){.p = p,
                                    .view = {.arena = p->arena,
                                             .disciplines = p->disciplines,
                                             .own = own,
                                             .questions = CT_VIEW_STATIC,
                                             .module = m,
                                             .scenario = m ? m->scenario : NULL,
                                             .words = ct_arena_new(p->arena, struct ct_view_words),
                                             .by_line = true,
                                             .open_all = p->wish->open_all,
                                             .answers = p->wish->answers}};
}

json_t *ct_preview_model(const struct ct_preview *p)
{
    struct ct_preview_make mk = make_of(p);
    const struct ct_module *m = p->module;
    json_t *model = json_pack("{s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "lang",
                              m && m->lang.n ? ct_json_sv(m->lang) : json_string("en"),
                              "is_scenario", m && m->kind == CT_MODULE_SCENARIO, "title_html",
                              m ? ct_view_text(m->title_html) : json_null(), "content_note",
                              m ? ct_view_text(m->content_note) : json_null(), "facts", json_null(),
                              "variables", json_array(), "watches", json_array(), "blocks",
                              json_array(), "parts", json_array(), "play", json_null());

    json_object_set_new(model, "count", ct_model_problem_count(p->problems, p->n_problems));
    if (m && m->scenario && p->wish->scene.n)
        json_object_set_new(model, "play", ct_preview_play(&mk));
    else if (m)
        add_module(&mk, model);
    else
        json_object_set_new(model, "blocks", ct_preview_blocks(&mk, p->blocks, p->n_blocks));
    if (m && json_is_null(json_object_get(model, "play")))
        json_object_set_new(model, "facts", ct_preview_facts(&mk));
    json_object_set_new(model, "has_variables",
                        json_boolean(json_array_size(json_object_get(model, "variables")) > 0));
    json_object_set_new(model, "has_watches",
                        json_boolean(json_array_size(json_object_get(model, "watches")) > 0));
    json_object_set_new(model, "problems", ct_preview_problems(&mk));
    ct_view_add_words(model, &mk.view, mk.view.words);
    return model;
}
