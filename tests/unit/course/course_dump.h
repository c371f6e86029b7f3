/*
 * course_dump.h: a module as text that a person can compare: every field that the lifters set.
 */
#ifndef CT_COURSE_DUMP_H
#define CT_COURSE_DUMP_H

#include "ct/base/str.h"
#include "ct/course/module.h"

static inline void dump_text(struct ct_str *o, const char *name, struct ct_sv s)
{
    if (s.p == NULL || s.n == 0)
        return;
    ct_str_addf(o, " %s=«", name);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            ct_str_add_c(o, "\\n");
        else
            ct_str_add_char(o, s.p[i]);
    }
    ct_str_add_c(o, "»");
}

static inline void dump_int(struct ct_str *o, const char *name, long long n, long long usual)
{
    if (n != usual)
        ct_str_addf(o, " %s=%lld", name, n);
}

static inline void dump_indent(struct ct_str *o, int depth)
{
    for (int i = 0; i < depth; i++)
        ct_str_add_c(o, "  ");
}

static inline void dump_set(struct ct_str *o, ct_disc_set set)
{
    if (set != CT_DISC_ALL)
        ct_str_addf(o, " for=%#x", (unsigned)set);
}

static inline void dump_options(struct ct_str *o, const char *what, const struct ct_option *options,
                                size_t n, int depth)
{
    for (size_t i = 0; i < n; i++) {
        dump_indent(o, depth);
        ct_str_addf(o, "%s%s", what, options[i].right ? " right" : "");
        dump_text(o, "html", options[i].html);
        if (!ct_sv_eq(options[i].html, options[i].plain))
            dump_text(o, "plain", options[i].plain);
        dump_text(o, "feedback", options[i].feedback_html);
        dump_text(o, "not-chosen", options[i].not_chosen_html);
        ct_str_add_char(o, '\n');
    }
}

static inline void dump_blocks(struct ct_str *o, const struct ct_block *blocks, size_t n,
                               int depth);

static inline void dump_gaps(struct ct_str *o, const struct ct_question *q, int depth)
{
    for (size_t i = 0; i < q->n_gaps; i++) {
        const struct ct_gap *g = &q->gaps[i];
        dump_indent(o, depth);
        ct_str_add_c(o, "gap");
        dump_text(o, "before", g->before_html);
        for (size_t k = 0; k < g->n && !g->is_choice; k++)
            dump_text(o, "accept", g->accepted[k]);
        ct_str_add_char(o, '\n');
        if (g->is_choice)
            dump_options(o, "option", g->options, g->n, depth + 1);
    }
    if (q->n_gaps > 0) {
        dump_indent(o, depth);
        ct_str_add_c(o, "after");
        dump_text(o, "html", q->after_html);
        ct_str_add_char(o, '\n');
    }
}

static inline void dump_question(struct ct_str *o, const struct ct_question *q, int depth)
{
    static const char *const kinds[] = {"single", "multiple", "number", "text",
                                        "order",  "match",    "gaps",   "reflect"};
    dump_indent(o, depth);
    ct_str_addf(o, "%s:%d", kinds[q->kind], q->line);
    dump_text(o, "id", q->id);
    ct_str_addf(o, "%s", q->id_given ? "!" : "");
    dump_text(o, "title", q->title_html);
    dump_int(o, "points", q->points, 1);
    ct_str_addf(o, "%s%s%s%s", q->each ? " each" : "", q->shuffle ? "" : " unshuffled",
                q->survey ? " survey" : "", q->share_trainer ? " shared" : "");
    for (size_t i = 0; i < q->n_objectives; i++)
        dump_text(o, "objective", q->objectives[i]);
    dump_set(o, q->disciplines);
    if (q->kind == CT_Q_NUMBER)
        ct_str_addf(o, " range=%g..%g", q->low, q->high);
    dump_text(o, "unit", q->unit);
    for (size_t i = 0; i < q->n_accepted; i++)
        dump_text(o, "accept", q->accepted[i]);
    dump_int(o, "typos", q->typos, 0);
    dump_int(o, "words", q->words, 0);
    dump_text(o, "hint", q->hint_html);
    dump_text(o, "why", q->why_html);
    dump_text(o, "model", q->model_html);
    ct_str_add_char(o, '\n');
    dump_blocks(o, q->stem, q->n_stem, depth + 1);
    dump_options(o, "option", q->options, q->n_options, depth + 1);
    for (size_t i = 0; i < q->n_options; i++) {
        if (q->tie_groups[i])
            ct_str_addf(o, "tie %zu=%u\n", i, q->tie_groups[i]);
    }
    dump_options(o, "target", q->targets, q->n_targets, depth + 1);
    dump_gaps(o, q, depth + 1);
    for (size_t i = 0; i < q->n_cases; i++) {
        dump_indent(o, depth + 1);
        ct_str_add_c(o, "case");
        if (q->cases[i].is_range)
            ct_str_addf(o, " %g..%g", q->cases[i].low, q->cases[i].high);
        else
            dump_text(o, "text", q->cases[i].text);
        dump_text(o, "html", q->cases[i].html);
        ct_str_add_char(o, '\n');
    }
}

static inline void dump_blocks(struct ct_str *o, const struct ct_block *blocks, size_t n, int depth)
{
    static const char *const kinds[] = {"html", "note", "passage", "question", "media"};
    static const char *const notes[] = {"", " important", " content"};
    for (size_t i = 0; i < n; i++) {
        const struct ct_block *b = &blocks[i];
        if (b->kind == CT_BLOCK_QUESTION) {
            dump_question(o, b->question, depth);
            continue;
        }
        dump_indent(o, depth);
        ct_str_addf(o, "%s:%d%s", kinds[b->kind], b->line,
                    b->kind == CT_BLOCK_NOTE ? notes[b->note] : "");
        dump_text(o, "html", b->html);
        if (b->kind == CT_BLOCK_PASSAGE)
            ct_str_addf(o, " for=%#x", (unsigned)b->disciplines);
        dump_text(o, "id", b->id);
        dump_int(o, "level", b->level, 0);
        dump_text(o, "title", b->title_html);
        dump_text(o, "url", b->url);
        dump_text(o, "captions", b->captions);
        dump_text(o, "label", b->label);
        ct_str_addf(o, "%s%s\n", b->is_video ? " video" : "", b->shown_if ? " if" : "");
        dump_blocks(o, b->children, b->n_children, depth + 1);
    }
}

static inline void dump_module(struct ct_str *o, const struct ct_module *m)
{
    ct_str_addf(o, "%s", m->kind == CT_MODULE_LESSON ? "lesson" : "scenario");
    dump_text(o, "id", m->id);
    dump_text(o, "slug", m->slug);
    dump_int(o, "number", m->number, 0);
    dump_text(o, "title", m->title_html);
    dump_int(o, "minutes", m->minutes, 0);
    dump_int(o, "pass", m->pass, -1);
    dump_int(o, "attempts", m->attempts, 0);
    dump_text(o, "version", m->version);
    dump_text(o, "change", m->change);
    dump_text(o, "content-note", m->content_note);
    dump_set(o, m->disciplines);
    for (size_t i = 0; i < m->n_objectives; i++)
        dump_text(o, "objective", m->objectives[i].id);
    ct_str_add_char(o, '\n');
    dump_blocks(o, m->intro, m->n_intro, 1);
    for (size_t i = 0; i < m->n_sections; i++) {
        const struct ct_section *s = &m->sections[i];
        ct_str_addf(o, "section:%d", s->line);
        dump_text(o, "slug", s->slug);
        dump_text(o, "title", s->title_html);
        dump_set(o, s->disciplines);
        ct_str_add_char(o, '\n');
        dump_blocks(o, s->blocks, s->n_blocks, 1);
    }
    if (!m->quiz)
        return;
    ct_str_addf(o, "quiz:%d", m->quiz->line);
    dump_text(o, "title", m->quiz->title_html);
    dump_int(o, "draw", (long long)m->quiz->draw, 0);
    dump_int(o, "wait", m->quiz->wait, 0);
    ct_str_addf(o, "%s%s\n", m->quiz->shuffle ? "" : " unshuffled",
                m->quiz->show == CT_SHOW_AFTER_PASSING ? " after-passing" : "");
    dump_blocks(o, m->quiz->intro, m->quiz->n_intro, 1);
    for (size_t i = 0; i < m->quiz->n_questions; i++)
        dump_question(o, m->quiz->questions[i], 1);
}

#endif
