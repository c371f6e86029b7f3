/*
 * measure.c: how long a module takes, how hard it reads, what its questions assess.
 */
#include "measure_priv.h"

#include "ct/base/banned.h"

enum { GRADE_WORDS_MIN = 100 };

/* ---- disciplines ---- */

static void note_readers(const struct ct_block *blocks, size_t n, ct_disc_set *set)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[i].kind == CT_BLOCK_PASSAGE)
            *set |= blocks[i].disciplines;
        note_readers(blocks[i].children, blocks[i].n_children, set);
    }
}

/* Those whom anything in the module tells apart. */
static ct_disc_set readers_of(const struct ct_module *m)
{
    ct_disc_set set = CT_DISC_NONE;
    note_readers(m->intro, m->n_intro, &set);
    for (size_t i = 0; i < m->n_sections; i++) {
        if (m->sections[i].disciplines != CT_DISC_ALL)
            set |= m->sections[i].disciplines;
        note_readers(m->sections[i].blocks, m->sections[i].n_blocks, &set);
    }
    if (m->scenario != NULL) {
        set |= m->scenario->chairs != CT_DISC_ALL ? m->scenario->chairs : CT_DISC_NONE;
        for (size_t i = 0; i < m->scenario->n_scenes; i++)
            note_readers(m->scenario->scenes[i].blocks, m->scenario->scenes[i].n_blocks, &set);
    }
    return set;
}

static void tally_heading(struct ct_tally *t, struct ct_sv title_html)
{
    struct ct_tally heading = {.lang = t->lang};
    ct_tally_html(&heading, title_html, 0);
    t->words += heading.words;
}

static void tally_scenario(struct ct_tally *t, const struct ct_scenario *sc, ct_disc_set reader)
{
    ct_tally_blocks(t, sc->intro, sc->n_intro, reader);
    for (size_t i = 0; i < sc->n_scenes; i++) {
        const struct ct_scene *s = &sc->scenes[i];
        tally_heading(t, s->is_junction ? CT_SV_NULL : s->title_html);
        ct_tally_blocks(t, s->blocks, s->n_blocks, reader);
        for (size_t k = 0; k < s->n_choices; k++) {
            if ((s->choices[k].chairs & reader) == 0)
                continue;
            ct_tally_html(t, s->choices[k].html, s->choices[k].line);
            ct_tally_html(t, s->choices[k].consequence_html, s->choices[k].line);
        }
    }
}

static size_t words_in(struct ct_sv html, struct ct_sv lang)
{
    struct ct_tally t = {.lang = lang};
    ct_tally_html(&t, html, 0);
    return t.words;
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

static size_t all_words(const struct ct_question *const *questions, size_t n, ct_disc_set reader,
                        struct ct_sv lang)
{
    size_t words = 0;
    for (size_t i = 0; i < n; i++)
        if ((questions[i]->disciplines & reader) != 0 || reader == CT_DISC_ALL)
            words += question_words(questions[i], lang);
    return words;
}

static void tally_questions(struct ct_tally *t, const struct ct_module *m, ct_disc_set reader)
{
    const struct ct_quiz *quiz = m->quiz;
    t->words += all_words(m->practice, m->n_practice, reader, m->lang);
    if (quiz == NULL)
        return;
    size_t words = all_words(quiz->questions, quiz->n_questions, reader, m->lang);
    bool drawn = quiz->draw > 0 && quiz->draw < quiz->n_questions;
    t->words += drawn ? words * quiz->draw / quiz->n_questions : words;
}

/* `source`: the module's, to tell lines by, or null. */
static struct ct_tally tally_for(const struct ct_module *m, ct_disc_set reader, struct ct_sv source)
{
    struct ct_tally t = {.lang = m->lang, .source = source};
    ct_tally_blocks(&t, m->intro, m->n_intro, reader);
    for (size_t i = 0; i < m->n_sections; i++) {
        if ((m->sections[i].disciplines & reader) == 0)
            continue;
        tally_heading(&t, m->sections[i].title_html);
        ct_tally_blocks(&t, m->sections[i].blocks, m->sections[i].n_blocks, reader);
    }
    if (m->quiz != NULL)
        ct_tally_blocks(&t, m->quiz->intro, m->quiz->n_intro, reader);
    if (m->scenario != NULL)
        tally_scenario(&t, m->scenario, reader);
    tally_questions(&t, m, reader);
    return t;
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

static double lesson_seconds(const struct ct_module *m, const struct ct_measure *ret)
{
    size_t asked = m->n_practice;
    if (m->quiz != NULL)
        asked += m->quiz->draw > 0 && m->quiz->draw < m->quiz->n_questions ? m->quiz->draw
                                                                           : m->quiz->n_questions;
    return (double)ret->words * 60 / CT_READING_WPM + (double)asked * CT_QUESTION_SECONDS;
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

static ct_disc_set longest_reader(const struct ct_module *m)
{
    ct_disc_set readers = readers_of(m), longest = CT_DISC_ALL;
    size_t words = 0;
    for (unsigned i = 0; i < CT_DISCIPLINES_MAX; i++) {
        if ((readers >> i & 1u) == 0)
            continue;
        struct ct_tally t = tally_for(m, (ct_disc_set)1 << i, CT_SV_NULL);
        if (t.words > words || longest == CT_DISC_ALL)
            longest = (ct_disc_set)1 << i;
        words = t.words > words ? t.words : words;
    }
    return longest;
}

void ct_module_measure(struct ct_arena *a, const struct ct_module *m, struct ct_measure *ret)
{
    struct ct_tally most = tally_for(m, longest_reader(m), m->source);
    *ret = (struct ct_measure){.words = 0};
    ret->words = most.words;
    ret->prose_words = most.prose_words;
    ret->sentences = most.sentences;
    ret->syllables = most.syllables;
    ret->media_seconds = (int)most.seconds;
    memcpy(ret->longest, most.longest, sizeof ret->longest);
    set_grade(ret, m->lang);
    double seconds = m->scenario != NULL && m->scenario->n_scenes > 0 ? scenario_seconds(m)
                                                                      : lesson_seconds(m, ret);
    ret->minutes = whole_minutes(seconds + (double)most.seconds);
    set_coverage(a, m, ret);
}
