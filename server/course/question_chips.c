/*
 * server/course/question_chips.c: the settings of questions: one table of keys, a reader for each.
 */
#include "question_lift_priv.h"

#include "ct/base/banned.h"

const char *const ct_question_keys[] = {"id",      "points", "objective", "objectives", "scoring",
                                        "shuffle", "order",  "number",    "unit",       "accept",
                                        "typos",   "words",  "survey",    "share",      NULL};

static bool read_points(struct ct_reading *r, const struct ct_chip *c)
{
    return ct_chip_int(c->value, 1, CT_POINTS_MAX, &r->q->points);
}

static bool read_id(struct ct_reading *r, const struct ct_chip *c)
{
    r->id = c->value;
    r->id_line = c->line;
    r->id_column = c->column;
    return true; /* whether it is usable is said once, in question_lift.c */
}

static bool read_objectives(struct ct_reading *r, const struct ct_chip *c)
{
    struct ct_lift *l = r->l;
    struct ct_sv rest = c->value, part;
    size_t cap = r->q->n_objectives;
    bool any = false;
    while (ct_sv_split(&rest, ',', &part)) {
        part = ct_sv_trim(part);
        size_t i = 0;
        while (i < l->n_objectives && !ct_sv_ieq(l->objectives[i].id, part))
            i++;
        if (part.n == 0)
            continue;
        any = true;
        if (i < l->n_objectives)
            CT_ARENA_PUSH(l->arena, r->q->objectives, r->q->n_objectives, cap, l->objectives[i].id);
        else
            ct_lift_problem_at(
                l, "E66", c->line, c->column,
                "the module has no objective \"%.*s\"; its `objectives` stand in the "
                "front matter",
                CT_SV_ARG(ct_clip(part)));
    }
    return any;
}

static bool read_scoring(struct ct_reading *r, const struct ct_chip *c)
{
    r->q->each = ct_sv_ieq(c->value, CT_SV("each"));
    return r->q->each || ct_sv_ieq(c->value, CT_SV("all"));
}

static bool read_shuffle(struct ct_reading *r, const struct ct_chip *c)
{
    return ct_chip_bool(c->value, &r->q->shuffle);
}

static bool read_order(struct ct_reading *r, const struct ct_chip *c)
{
    (void)r; /* applied when the items are known: ct_question_chips_end */
    return c->value.n > 4 && ct_sv_ieq(ct_sv_sub(c->value, 0, 4), CT_SV("any "));
}

static bool read_number(struct ct_reading *r, const struct ct_chip *c)
{
    if (r->has_number)
        return false;
    r->has_number = true;
    r->broken = !ct_chip_range(r->l->arena, c->value, &r->q->low, &r->q->high);
    return !r->broken;
}

static bool read_unit(struct ct_reading *r, const struct ct_chip *c)
{
    r->q->unit = c->value;
    return c->value.n > 0;
}

static bool read_accept(struct ct_reading *r, const struct ct_chip *c)
{
    if (c->value.n == 0) {
        r->broken = true;
        return false;
    }
    CT_ARENA_PUSH(r->l->arena, r->q->accepted, r->q->n_accepted, r->cap_accepted, c->value);
    return true;
}

static bool read_typos(struct ct_reading *r, const struct ct_chip *c)
{
    return ct_chip_int(c->value, 0, 3, &r->q->typos);
}

static bool read_words(struct ct_reading *r, const struct ct_chip *c)
{
    return ct_chip_int(c->value, 0, 1000, &r->q->words);
}

static bool read_survey(struct ct_reading *r, const struct ct_chip *c)
{
    if (c->value.p)
        return ct_chip_bool(c->value, &r->q->survey);
    r->q->survey = true;
    return true;
}

static bool read_share(struct ct_reading *r, const struct ct_chip *c)
{
    r->q->share_trainer =
        ct_sv_ieq(c->value, CT_SV("trainer")) || ct_sv_ieq(c->value, CT_SV("trainers"));
    return r->q->share_trainer || ct_sv_ieq(c->value, CT_SV("no"));
}

#define KIND(k) (1u << (k))
enum {
    CHOICES = KIND(CT_Q_SINGLE) | KIND(CT_Q_MULTIPLE),
    TYPED = KIND(CT_Q_NUMBER) | KIND(CT_Q_TEXT),
    PARTS = KIND(CT_Q_ORDER) | KIND(CT_Q_MATCH) | KIND(CT_Q_GAPS),
    ANY = CHOICES | TYPED | PARTS | KIND(CT_Q_REFLECT)
};

static const struct {
    const char *key;
    unsigned kinds; /* in which it means something */
    bool repeatable;
    bool (*read)(struct ct_reading *r, const struct ct_chip *c);
    const char *forms;
} settings[] = {
    {"id", ANY, false, read_id, "`id: school-call`"},
    {"points", ANY & ~KIND(CT_Q_REFLECT), false, read_points, "`points: 2`, from 1 to 100"},
    {"objective", ANY, true, read_objectives, "`objective: O1` or `objective: O1, O2`"},
    {"objectives", ANY, true, read_objectives, "`objective: O1` or `objective: O1, O2`"},
    {"scoring", PARTS | KIND(CT_Q_MULTIPLE), false, read_scoring,
     "`scoring: each` or `scoring: all`"},
    {"shuffle", CHOICES | KIND(CT_Q_MATCH) | KIND(CT_Q_GAPS), false, read_shuffle,
     "`shuffle: no` or `shuffle: yes`"},
    {"order", KIND(CT_Q_ORDER), true, read_order, "`order: any 2,3`"},
    {"number", KIND(CT_Q_NUMBER), false, read_number,
     "`number: 72`, `number: 72 +/- 2`, `number: 72 +/- 5%` or `number: 70 to 74`, once"},
    {"unit", KIND(CT_Q_NUMBER), false, read_unit, "`unit: hours`"},
    {"accept", KIND(CT_Q_TEXT), true, read_accept, "`accept: safety plan`"},
    {"typos", KIND(CT_Q_TEXT) | KIND(CT_Q_GAPS), false, read_typos, "`typos: 1`, from 0 to 3"},
    {"words", KIND(CT_Q_REFLECT), false, read_words, "`words: 30`, from 0 to 1000"},
    {"survey", CHOICES | TYPED, false, read_survey, "`survey`"},
    {"share", KIND(CT_Q_REFLECT), false, read_share, "`share: trainer`"},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

static size_t setting_of(struct ct_sv key)
{
    size_t i = 0;
    while (i < SETTINGS && !ct_sv_eq_c(key, settings[i].key))
        i++;
    return i;
}

void ct_question_chip(struct ct_reading *r, const struct ct_chip *chip)
{
    size_t i = setting_of(chip->key);
    if (i == SETTINGS) {
        ct_lift_unknown_chip(r->l, chip, ct_question_keys);
        r->broken = true; /* perhaps it was to be the answer */
        return;
    }
    if (r->n_chips == CT_CHIPS_MAX) {
        ct_lift_problem_at(r->l, "E35", chip->line, chip->column,
                           "a question has at most %d settings", CT_CHIPS_MAX);
        return;
    }
    for (size_t k = 0; k < r->n_chips && !settings[i].repeatable; k++) {
        if (ct_sv_eq(r->chips[k].key, chip->key))
            ct_lift_problem_at(r->l, "E50", chip->line, chip->column,
                               "`%s` is set twice in this question", settings[i].key);
    }
    CT_ARENA_PUSH(r->l->arena, r->chips, r->n_chips, r->cap_chips, *chip);
    if (!settings[i].read(r, chip))
        ct_lift_problem_at(r->l, "E50", chip->line, chip->column, "`%.*s` cannot be read; write %s",
                           CT_SV_ARG(ct_clip(chip->text)), settings[i].forms);
}

/* "any 2,3" gives items 2 and 3 one tie group. */
static void apply_order(struct ct_reading *r, const struct ct_chip *c, uint32_t group)
{
    struct ct_sv rest = ct_sv_sub(c->value, 4, c->value.n), part;
    size_t members = 0;
    bool good = true;
    while (ct_sv_split(&rest, ',', &part)) {
        int n;
        if (ct_chip_int(part, 1, (int)r->q->n_options, &n)) {
            r->q->tie_groups[n - 1] = group;
            members++;
        } else {
            good = false;
        }
    }
    if (!good || members < 2)
        ct_lift_problem_at(r->l, "E50", c->line, c->column,
                           "`%.*s` cannot be read; name two or more of the %zu items by their "
                           "numbers, as in `order: any 2,3`",
                           CT_SV_ARG(ct_clip(c->text)), r->q->n_options);
}

void ct_question_chips_end(struct ct_reading *r)
{
    uint32_t group = 0;
    for (size_t k = 0; k < r->n_chips; k++) {
        const struct ct_chip *c = &r->chips[k];
        size_t i = setting_of(c->key);
        if (!(settings[i].kinds & KIND(r->q->kind)))
            ct_lift_problem_at(r->l, "E51", c->line, c->column,
                               "`%s` means nothing in this kind of question; take it out",
                               settings[i].key);
        else if (ct_sv_eq_c(c->key, "order") && read_order(r, c))
            apply_order(r, c, ++group);
    }
}
