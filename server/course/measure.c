/*
 * measure.c: how long a module takes, how hard it reads, what its questions assess.
 */
#include "measure_priv.h"

#include "ct/base/banned.h"

enum { GRADE_WORDS_MIN = 100 };

/* ---- audiences ---- */

/* What the same disciplines read. A text is counted once, for its audience; what one discipline
 * reads is the sum of the audiences that it is of. */
struct audience {
    ct_disc_set who;
    struct ct_tally read;
    size_t quiz_words; /* of all questions of the quiz, of which it may draw some */
};

struct reading {
    struct ct_arena *arena;
    struct ct_sv lang;
    struct audience *items;
    size_t n, cap;
};

static struct audience *audience(struct reading *r, ct_disc_set who)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->items[i].who == who)
            return &r->items[i];
    struct audience new = {.who = who, .read = {.lang = r->lang, .arena = r->arena}};
    CT_ARENA_PUSH(r->arena, r->items, r->n, r->cap, new);
    return &r->items[r->n - 1];
}

static size_t words_in(struct ct_sv html, struct ct_sv lang)
{
    struct ct_tally t = {.lang = lang};
    ct_tally_html(&t, html, 0);
    return t.words;
}

static void read_blocks(struct reading *r, const struct ct_block *blocks, size_t n, ct_disc_set who)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == CT_BLOCK_PASSAGE)
            read_blocks(r, blocks[i].children, blocks[i].n_children, who & blocks[i].disciplines);
        else if (blocks[i].kind == CT_BLOCK_NOTE)
            read_blocks(r, blocks[i].children, blocks[i].n_children, who);
        else if (who != CT_DISC_NONE)
            ct_tally_blocks(&audience(r, who)->read, &blocks[i], 1, CT_DISC_ALL);
    }
}

static void read_scenario(struct reading *r, const struct ct_scenario *sc)
{
    read_blocks(r, sc->intro, sc->n_intro, sc->chairs);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        const struct ct_scene *s = &sc->scenes[i];
        if (!s->is_junction)
            audience(r, sc->chairs)->read.words += words_in(s->title_html, r->lang);
        read_blocks(r, s->blocks, s->n_blocks, sc->chairs);
        for (size_t k = 0; k < s->n_choices; k++) {
            struct ct_tally *t = &audience(r, sc->chairs & s->choices[k].chairs)->read;
            ct_tally_html(t, s->choices[k].html, s->choices[k].line);
            ct_tally_html(t, s->choices[k].consequence_html, s->choices[k].line);
        }
    }
}

/* What is read of a question: itself, its options, and what is said to who answers right. */
static size_t question_words(const struct ct_question *q, struct ct_sv lang)
{
    struct ct_tally t = {.lang = lang};
    ct_tally_blocks(&t, q->stem, q->n_stem, CT_DISC_ALL);
    for (size_t i = 0; i < q->n_options; i++) {
        t.words += words_in(q->options[i].html, lang);
        if (q->options[i].right)
            t.words += words_in(q->options[i].feedback_html, lang);
    }
    for (size_t i = 0; i < q->n_targets; i++)
        t.words += words_in(q->targets[i].html, lang);
    for (size_t i = 0; i < q->n_gaps; i++)
        t.words += words_in(q->gaps[i].before_html, lang);
    return t.words + words_in(q->after_html, lang) + words_in(q->why_html, lang) +
           words_in(q->model_html, lang);
}

static void read_module(struct reading *r, const struct ct_module *m)
{
    read_blocks(r, m->intro, m->n_intro, CT_DISC_ALL);
    for (size_t i = 0; i < m->n_sections; i++) {
        const struct ct_section *s = &m->sections[i];
        audience(r, s->disciplines)->read.words += words_in(s->title_html, r->lang);
        read_blocks(r, s->blocks, s->n_blocks, s->disciplines);
    }
    if (m->scenario != NULL)
        read_scenario(r, m->scenario);
    for (size_t i = 0; i < m->n_practice; i++)
        audience(r, m->practice[i]->disciplines)->read.words +=
            question_words(m->practice[i], r->lang);
    if (m->quiz == NULL)
        return;
    read_blocks(r, m->quiz->intro, m->quiz->n_intro, CT_DISC_ALL);
    for (size_t i = 0; i < m->quiz->n_questions; i++)
        audience(r, m->quiz->questions[i]->disciplines)->quiz_words +=
            question_words(m->quiz->questions[i], r->lang);
}

static size_t n_asked(const struct ct_quiz *quiz)
{
    return quiz->draw > 0 && quiz->draw < quiz->n_questions ? quiz->draw : quiz->n_questions;
}

/* What somebody of `who` reads of a module. */
static struct ct_tally sum(const struct reading *r, const struct ct_module *m, ct_disc_set who)
{
    struct ct_tally t = {.lang = r->lang};
    size_t quiz_words = 0;
    for (size_t i = 0; i < r->n; i++) {
        if ((r->items[i].who & who) == 0)
            continue;
        ct_tally_add(&t, &r->items[i].read);
        quiz_words += r->items[i].quiz_words;
    }
    if (quiz_words > 0)
        t.words += quiz_words * n_asked(m->quiz) / m->quiz->n_questions;
    return t;
}

/* What the discipline with the most text reads; everything, where nothing tells them apart. */
static struct ct_tally most_read(struct ct_arena *a, const struct ct_module *m)
{
    struct reading r = {.arena = a, .lang = m->lang};
    struct ct_tally most = {.words = 0};
    ct_disc_set told_apart = CT_DISC_NONE;
    read_module(&r, m);
    for (size_t i = 0; i < r.n; i++)
        told_apart |= r.items[i].who != CT_DISC_ALL ? r.items[i].who : CT_DISC_NONE;
    if (told_apart == CT_DISC_NONE)
        return sum(&r, m, CT_DISC_ALL);
    for (unsigned i = 0; i < CT_DISCIPLINES_MAX; i++) {
        if ((told_apart >> i & 1u) == 0)
            continue;
        struct ct_tally t = sum(&r, m, (ct_disc_set)1 << i);
        if (t.words > most.words)
            most = t;
    }
    return most;
}

/* ---- grade and minutes ---- */

static void set_grade(struct ct_measure *ret, struct ct_sv lang)
{
    bool english = ct_sv_eq_c(lang, "en"), spanish = ct_sv_eq_c(lang, "es");
    double words = (double)ret->prose_words;
    ret->has_grade = ret->prose_words >= GRADE_WORDS_MIN && (english || spanish);
    if (!ret->has_grade)
        return;
    double sentences = (double)ret->sentences, syllables = (double)ret->syllables;
    ret->grade = english ? 0.39 * words / sentences + 11.8 * syllables / words - 15.59
                         : 4.9 * syllables / words - 20.5 * sentences / words - 3.407;
    ret->grade = ret->grade < 0 ? 0 : ret->grade;
}

static double answer_seconds(const struct ct_question *const *list, size_t n)
{
    double seconds = 0;
    for (size_t i = 0; i < n; i++)
        seconds += list[i]->kind == CT_Q_REFLECT ? CT_REFLECTION_SECONDS : CT_QUESTION_SECONDS;
    return seconds;
}

/* Of a quiz that draws, its share. */
static double lesson_seconds(const struct ct_module *m, const struct ct_measure *ret)
{
    double seconds = (double)ret->words * 60 / CT_READING_WPM;
    seconds += answer_seconds(m->practice, m->n_practice);
    if (m->quiz != NULL && m->quiz->n_questions > 0)
        seconds += answer_seconds(m->quiz->questions, m->quiz->n_questions) *
                   (double)n_asked(m->quiz) / (double)m->quiz->n_questions;
    return seconds;
}

/* Of the chair whose runs are longest. */
static double scenario_seconds(const struct ct_module *m)
{
    double longest = 0, words, choices;
    for (unsigned i = 0; i < CT_DISCIPLINES_MAX; i++) {
        ct_disc_set chair = (ct_disc_set)1 << i;
        if (m->scenario->chairs != CT_DISC_ALL && (m->scenario->chairs & chair) == 0)
            continue;
        ct_measure_run(m->scenario, chair, m->lang, &words, &choices);
        double seconds = words * 60 / CT_READING_WPM + choices * CT_CHOICE_SECONDS;
        longest = seconds > longest ? seconds : longest;
        if (m->scenario->chairs == CT_DISC_ALL)
            break; /* nothing tells them apart */
    }
    return longest;
}

static int whole_minutes(double seconds)
{
    int minutes = (int)(seconds / 60);
    return (double)minutes * 60 < seconds ? minutes + 1 : minutes;
}

/* ---- objectives ---- */

static bool names(const struct ct_question *q, struct ct_sv objective)
{
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], objective))
            return true;
    return false;
}

static const struct ct_question *question_at(const struct ct_module *m, size_t i)
{
    return i < m->n_practice ? m->practice[i] : m->quiz->questions[i - m->n_practice];
}

static void set_coverage(struct ct_arena *a, const struct ct_module *m, struct ct_measure *ret)
{
    ret->n_graded = m->quiz != NULL ? m->quiz->n_questions : 0;
    ret->n_questions = m->n_practice + ret->n_graded;
    ret->coverage = ct_arena_array(a, struct ct_coverage, m->n_objectives);
    for (size_t i = 0; i < ret->n_questions; i++)
        ret->n_unassigned += question_at(m, i)->n_objectives == 0;
    for (size_t o = 0; o < m->n_objectives; o++) {
        struct ct_coverage *c = &ret->coverage[o];
        const struct ct_question **found =
            ct_arena_array(a, const struct ct_question *, ret->n_questions);
        c->objective = &m->objectives[o];
        for (size_t i = 0; i < ret->n_questions; i++) {
            if (!names(question_at(m, i), m->objectives[o].id))
                continue;
            found[c->n_questions++] = question_at(m, i);
            c->n_graded += i >= m->n_practice;
        }
        c->questions = found;
    }
}

void ct_module_measure(struct ct_arena *a, const struct ct_module *m, struct ct_measure *ret)
{
    CT_AUTO_ARENA counting = CT_ARENA_INIT;
    struct ct_tally most = most_read(&counting, m);
    *ret = (struct ct_measure){.words = 0};
    ret->words = most.words;
    ret->prose_words = most.prose_words;
    ret->sentences = most.sentences;
    ret->syllables = most.syllables;
    ret->media_seconds = (int)most.seconds;
    for (size_t i = 0; i < 3 && most.longest[i].words > 0; i++)
        ret->longest[i] = (struct ct_long_sentence){most.longest[i].words,
                                                    ct_tally_line(&most.longest[i], m->source)};
    set_grade(ret, m->lang);
    double seconds = m->scenario != NULL && m->scenario->n_scenes > 0 ? scenario_seconds(m)
                                                                      : lesson_seconds(m, ret);
    ret->minutes = whole_minutes(seconds + (double)most.seconds);
    set_coverage(a, m, ret);
}
