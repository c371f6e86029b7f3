/*
 * measure_check.c: what measuring a lesson has to warn of. A module that has only been begun is
 * left alone: its length and its grade say nothing yet.
 */
#include "measure_priv.h"

#include "ct/base/banned.h"

enum { WORDS_MIN = 100, MINUTES_APART = 10, GRADE_MAX = 12 };

static void check_minutes(struct ct_lift *l, const struct ct_module *m, const struct ct_measure *x,
                          int line)
{
    int apart = m->minutes > x->minutes ? m->minutes - x->minutes : x->minutes - m->minutes;
    if (m->minutes == 0 || apart < MINUTES_APART ||
        (m->minutes * 2 >= x->minutes && m->minutes <= 2 * x->minutes))
        return;
    ct_lift_problem_at(l, "W73", line, 0,
                       "%d minutes are stated, but the text takes about %d: %zu words at %d a "
                       "minute, %zu questions, %d minutes of film and sound; a warning comes where "
                       "one is more than twice the other",
                       m->minutes, x->minutes, x->words, CT_READING_WPM, x->n_questions,
                       (x->media_seconds + 59) / 60);
}

static void check_grade(struct ct_lift *l, const struct ct_measure *x, int line)
{
    CT_AUTO_STR longest = CT_STR_INIT(256);
    if (!x->has_grade || x->grade <= GRADE_MAX)
        return;
    for (size_t i = 0; i < 3 && x->longest[i].words > 0; i++)
        ct_str_addf(&longest, "%sline %d (%zu words)", i > 0 ? ", " : "", x->longest[i].line,
                    x->longest[i].words);
    ct_lift_problem_at(l, "W74", line, 0,
                       "the text reads at grade %.1f, above %d; shorten sentences and take plainer "
                       "words where the law allows it; the longest sentences begin in %s",
                       x->grade, GRADE_MAX, longest.p);
}

void ct_measure_check(struct ct_lift *l, const struct ct_module *m, int minutes_line,
                      int title_line)
{
    struct ct_measure x;
    if (m->kind != CT_MODULE_LESSON)
        return;
    ct_module_measure(l->arena, m, &x);
    if (x.words < WORDS_MIN)
        return;
    check_minutes(l, m, &x, minutes_line);
    check_grade(l, &x, title_line);
}
