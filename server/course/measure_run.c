/*
 * measure_run.c: how long a scenario takes: it is played a few dozen times by somebody who picks at
 * random, always the same way, so that the same text has the same length for ever.
 */
#include "measure_priv.h"

#include "ct/base/banned.h"

enum { RUNS = 64, STEPS_MAX = 100, OPEN_MAX = 64 };

struct length { /* words of a scene as shown, and of each consequence: measured once */
    size_t shown;
    size_t *consequences;
};

static size_t words_of(struct ct_sv html, struct ct_sv lang)
{
    struct ct_tally t = {.lang = lang};
    ct_tally_html(&t, html, 0);
    return t.words;
}

static void measure_scenes(struct ct_arena *a, const struct ct_scenario *sc, ct_disc_set chair,
                           struct ct_sv lang, struct length *ret)
{
    for (size_t i = 0; i < sc->n_scenes; i++) {
        const struct ct_scene *s = &sc->scenes[i];
        struct ct_tally t = {.lang = lang};
        ct_tally_blocks(&t, s->blocks, s->n_blocks, chair);
        ret[i].consequences = ct_arena_array(a, size_t, s->n_choices);
        for (size_t k = 0; k < s->n_choices; k++) {
            if (ct_disc_has(s->choices[k].chairs, chair))
                ct_tally_html(&t, s->choices[k].html, 0);
            ret[i].consequences[k] = words_of(s->choices[k].consequence_html, lang);
        }
        ret[i].shown = t.words;
    }
}

static size_t open_choices(const struct ct_scenario *sc, ct_disc_set chair,
                           const struct ct_state *s, size_t *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < sc->scenes[s->scene].n_choices && n < OPEN_MAX; i++)
        if (ct_scenario_choice(sc, chair, s, i) == CT_CHOICE_OPEN)
            ret[n++] = i;
    return n;
}

void ct_measure_run(const struct ct_scenario *sc, ct_disc_set chair, struct ct_sv lang,
                    double *ret_words, double *ret_choices)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct length *lengths = ct_arena_array(&a, struct length, sc->n_scenes);
    struct ct_tally intro = {.lang = lang};
    uint32_t dice = 1;
    size_t words = 0, choices = 0;
    measure_scenes(&a, sc, chair, lang, lengths);
    ct_tally_blocks(&intro, sc->intro, sc->n_intro, chair);
    for (int run = 0; run < RUNS; run++) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_state s;
        size_t open[OPEN_MAX], n;
        int r = ct_scenario_start(sc, chair, &s, &err);
        words += intro.words;
        for (int step = 0; r == CT_OK && step < STEPS_MAX; step++) {
            words += lengths[s.scene].shown;
            if ((n = open_choices(sc, chair, &s, open)) == 0)
                break;
            dice = dice * 1664525u + 1013904223u;
            size_t pick = open[(dice >> 16) % n];
            words += lengths[s.scene].consequences[pick];
            choices++;
            r = ct_scenario_choose(sc, chair, &s, pick, &s, &err);
        }
    }
    *ret_words = (double)words / RUNS;
    *ret_choices = (double)choices / RUNS;
}
