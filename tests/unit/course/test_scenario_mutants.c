/*
 * test_scenario_mutants.c: the proof of scenarios, proved. Correct scenarios lose one choice, rule,
 * condition or effect at a time; the checker must find fault with exactly those that a naive
 * interpreter (scenario_naive.h) finds broken, and name exactly the same scenes, choices, variables
 * and effects.
 */
#include "course_test.h"

#include "course/scenario_naive.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { FINDINGS_MAX = 256, MUTANTS_MAX = 2000 };

struct findings {
    struct finding {
        const char *code;
        int line, column;
    } items[FINDINGS_MAX];
    size_t n;
};

/* Each once: several chairs may meet the same. */
static void add_finding(struct findings *f, const char *code, int line, int column)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->items[i].code, code) == 0 && f->items[i].line == line &&
            f->items[i].column == column)
            return;
    assert_true(f->n < FINDINGS_MAX);
    f->items[f->n++] = (struct finding){code, line, column};
}

static int by_place(const void *pa, const void *pb)
{
    const struct finding *a = pa, *b = pb;
    int d = strcmp(a->code, b->code);
    return d != 0 ? d : a->line != b->line ? a->line - b->line : a->column - b->column;
}

static struct ct_sv write_findings(struct ct_arena *a, struct findings *f)
{
    struct ct_sv out = CT_SV("");
    qsort(f->items, f->n, sizeof f->items[0], by_place);
    for (size_t i = 0; i < f->n; i++)
        out = ct_arena_printf(a, "%.*s%s:%d:%d ", CT_SV_ARG(out), f->items[i].code,
                              f->items[i].line, f->items[i].column);
    return out;
}

/* ---- what brute force finds ---- */

static void want_scenes(const struct naive *n, struct findings *f)
{
    for (size_t i = 0; i < n->sc->n_scenes; i++) {
        const struct ct_scene *scene = &n->sc->scenes[i];
        if (!n->met[i])
            add_finding(f, "W61", scene->line, 0);
        if (n->dead_in[i])
            add_finding(f, "E62", scene->line, 0);
        for (size_t c = 0; c < scene->n_choices; c++) {
            const struct ct_choice *choice = &scene->choices[c];
            if (n->offered[i][c] && !n->opened[i][c])
                add_finding(f, "W72", choice->line, 0);
            for (size_t e = 0; e < choice->n_effects; e++)
                if (n->opened[i][c] && !n->moved[i][c][e])
                    add_finding(f, "W75", choice->effects[e].line, choice->effects[e].column);
        }
    }
}

static void want_whole(const struct naive *n, int title, struct findings *f)
{
    if (n->no_pass != CT_DISC_NONE)
        add_finding(f, "E64", title, 0);
    if (n->has_round)
        add_finding(f, "E63", 0, 0);
    for (size_t v = 0; v < n->sc->n_variables; v++)
        if (!n->off_low[v] || !n->off_high[v])
            add_finding(f, "W70", n->sc->variables[v].line, n->sc->variables[v].column);
}

/* ---- what the checker finds ---- */

static bool is_of_proof(const char *code)
{
    static const char *const codes[] = {"W61", "E62", "E63", "E64", "W70", "W72", "W75"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

/* False for a mutant that cannot be read at all. */
static bool was_proved(const struct parsed *p)
{
    for (size_t i = 0; i < p->problems.n; i++)
        if (p->problems.items[i].severity == CT_ERROR && !is_of_proof(p->problems.items[i].code))
            return false;
    return p->module->scenario != NULL;
}

static void collect(const struct parsed *p, const struct naive *n, struct findings *f)
{
    for (size_t i = 0; i < p->problems.n; i++) {
        const struct ct_problem *problem = &p->problems.items[i];
        bool column = strcmp(problem->code, "W70") == 0 || strcmp(problem->code, "W75") == 0;
        if (!is_of_proof(problem->code))
            continue;
        if (strcmp(problem->code, "E63") != 0) {
            add_finding(f, problem->code, problem->line, column ? problem->column : 0);
            continue;
        }
        /* A loop has many scenes: the one that is named must be a nearest one. */
        bool nearest = false;
        for (size_t s = 0; s < n->sc->n_scenes; s++)
            nearest = nearest || (n->round_in[s] && n->sc->scenes[s].line == problem->line);
        add_finding(f, "E63", nearest ? 0 : problem->line, 0);
    }
}

/* ---- mutants ---- */

struct mutants {
    struct ct_sv source;
    struct mutant {
        size_t from, to; /* these bytes … */
        const char *by;  /* … are replaced by these */
    } items[MUTANTS_MAX];
    size_t n;
};

static void add_mutant(struct mutants *m, const char *from, const char *to, const char *by)
{
    assert_true(m->n < MUTANTS_MAX);
    m->items[m->n++] =
        (struct mutant){(size_t)(from - m->source.p), (size_t)(to - m->source.p), by};
}

/* One comparison of several: "a and b" loses "a and " or " and b". */
static void add_parts(struct mutants *m, struct ct_sv chip)
{
    static const char *const joints[] = {" and ", " or "};
    for (size_t j = 0; j < 2; j++) {
        struct ct_sv rest = chip;
        struct ct_sv joint = ct_sv_c(joints[j]);
        for (size_t at; (at = ct_sv_search(rest, joint)) != SIZE_MAX;) {
            struct ct_sv behind = ct_sv_sub(rest, at + joint.n, SIZE_MAX);
            size_t n = ct_sv_search(behind, joint);
            n = n == SIZE_MAX ? behind.n : n;
            add_mutant(m, rest.p + at, behind.p + n, "");
            if (rest.p == chip.p) /* the first: keeps its `if`, `needs`, `when` */
                add_mutant(m, chip.p + ct_sv_find(chip, ' ') + 1, behind.p, "");
            rest = behind;
        }
    }
}

static void add_chip(struct mutants *m, struct ct_sv chip)
{
    size_t sign;
    add_mutant(m, chip.p - 1, chip.p + chip.n + 1, "");
    if (ct_sv_starts(chip, CT_SV("pass if ")))
        add_mutant(m, chip.p + 4, chip.p + chip.n, "");
    if (ct_sv_starts(chip, CT_SV("if ")) || ct_sv_starts(chip, CT_SV("needs ")) ||
        ct_sv_starts(chip, CT_SV("when ")))
        add_parts(m, chip);
    else if (ct_sv_starts(chip, CT_SV("pass if ")))
        add_parts(m, ct_sv_sub(chip, 5, SIZE_MAX));
    else if ((sign = ct_sv_find(chip, '+')) != SIZE_MAX) /* a gain becomes a loss */
        add_mutant(m, chip.p + sign, chip.p + sign + 1, "-");
}

static void add_chips(struct mutants *m, struct ct_sv line)
{
    for (size_t open; (open = ct_sv_find(line, '`')) != SIZE_MAX;) {
        struct ct_sv rest = ct_sv_sub(line, open + 1, SIZE_MAX);
        size_t close = ct_sv_find(rest, '`');
        if (close == SIZE_MAX)
            return;
        add_chip(m, ct_sv_sub(rest, 0, close));
        line = ct_sv_sub(rest, close + 1, SIZE_MAX);
    }
}

static void find_mutants(struct mutants *m, struct ct_sv source)
{
    struct ct_sv rest = source, line;
    *m = (struct mutants){.source = source};
    while (ct_sv_split(&rest, '\n', &line) && !ct_sv_starts(line, CT_SV("# ")))
        continue; /* the front matter */
    while (ct_sv_split(&rest, '\n', &line)) {
        add_chips(m, line);
        if (!ct_sv_starts(line, CT_SV("- ")) || ct_sv_search(line, CT_SV("](#")) == SIZE_MAX)
            continue;
        const char *end = line.p + line.n + 1; /* with the consequence below it */
        while (end + 1 < source.p + source.n && end[0] == ' ' && end[1] == ' ')
            end = strchr(end, '\n') + 1;
        add_mutant(m, line.p, end, "");
    }
}

struct tally {
    size_t mutants, unreadable, sound, broken, by_code[128];
};

static int title_line(const struct parsed *p)
{
    struct ct_sv rest = p->module->source, line;
    for (int n = 1; ct_sv_split(&rest, '\n', &line); n++)
        if (ct_sv_starts(line, CT_SV("# ")))
            return n;
    return 0;
}

static void check_chairs(const char *name, struct parsed *p, const struct naive *n)
{
    if (n->no_pass == CT_DISC_NONE || n->no_pass == n->sc->chairs)
        return;
    struct ct_sv chairs = ct_discipline_set_name(&p->arena, &p->disciplines, n->no_pass);
    struct ct_sv want =
        ct_arena_printf(&p->arena, "passing is impossible for %.*s,", CT_SV_ARG(chairs));
    for (size_t i = 0; i < p->problems.n; i++)
        if (strcmp(p->problems.items[i].code, "E64") == 0 &&
            !ct_sv_starts(p->problems.items[i].text, want))
            CT_EQ_SV(name, p->problems.items[i].text, want);
}

static void try_mutant(struct tally *t, struct ct_sv source, const struct mutant *mutant,
                       struct naive *n, struct naive_state *states)
{
    CT_AUTO_STR text = CT_STR_INIT(CT_SOURCE_MAX);
    struct findings got = {.n = 0}, want = {.n = 0};
    struct parsed p;
    ct_str_add_sv(&text, ct_sv_sub(source, 0, mutant->from));
    ct_str_add_c(&text, mutant->by);
    ct_str_add_sv(&text, ct_sv_sub(source, mutant->to, SIZE_MAX));
    test_parse(&p, ct_str_sv(&text), "05-case.md", "en", false);
    t->mutants++;
    if (!was_proved(&p)) {
        t->unreadable++;
        test_release(&p);
        return;
    }
    naive_explore(n, p.module->scenario, states);
    want_scenes(n, &want);
    want_whole(n, title_line(&p), &want);
    collect(&p, n, &got);
    struct ct_sv name =
        ct_arena_printf(&p.arena, "without «%.*s»%s%s", (int)(mutant->to - mutant->from),
                        source.p + mutant->from, mutant->by[0] ? ", but with " : "", mutant->by);
    CT_EQ_SV(name.p, write_findings(&p.arena, &got), write_findings(&p.arena, &want));
    check_chairs(name.p, &p, n);
    t->broken += want.n > 0;
    t->sound += want.n == 0;
    for (size_t i = 0; i < want.n; i++)
        t->by_code[(size_t)(want.items[i].code[1] - '0') * 10 +
                   (size_t)(want.items[i].code[2] - '0')]++;
    test_release(&p);
}

static void try_file(const char *path, struct tally *t)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv source;
    struct mutants *m = calloc(1, sizeof *m);
    struct naive *n = calloc(1, sizeof *n);
    struct naive_state *states = calloc(NAIVE_STATES, sizeof *states);
    const struct mutant none = {0, 0, ""};
    assert_true(m != NULL && n != NULL && states != NULL);
    CT_OK_("read",
           ct_file_read(&a, ct_path_join(&a, CT_SOURCE_DIR, ct_sv_c(path)), CT_SOURCE_MAX, &source,
                        &err),
           &err);
    source = ct_sv_c(ct_arena_cstr(&a, source));
    *t = (struct tally){.mutants = 0};
    try_mutant(t, source, &none, n, states);
    CT_EQ_I64("as it is, nothing is wrong with it", t->sound, 1);
    *t = (struct tally){.mutants = 0};
    find_mutants(m, source);
    for (size_t i = 0; i < m->n; i++)
        try_mutant(t, source, &m->items[i], n, states);
    print_message("%s: %zu mutants, %zu unreadable, %zu sound, %zu broken; findings W61 %zu, E62 "
                  "%zu, E63 %zu, E64 %zu, W70 %zu, W72 %zu, W75 %zu\n",
                  path, t->mutants, t->unreadable, t->sound, t->broken, t->by_code[61],
                  t->by_code[62], t->by_code[63], t->by_code[64], t->by_code[70], t->by_code[72],
                  t->by_code[75]);
    free(states);
    free(n);
    free(m);
}

static void the_motel_call_broken_in_every_way(void **state)
{
    struct tally t;
    (void)state;
    try_file("tests/unit/course/data/motel-call.md", &t);
    assert_true(t.broken >= 10 && t.sound >= 5);
    assert_int_equal(t.mutants, t.unreadable + t.sound + t.broken);
}

static void mayas_case_broken_in_every_way(void **state)
{
    struct tally t;
    (void)state;
    try_file("content/three-cases/01-maya-leaves-the-group-home.md", &t);
    assert_true(t.broken >= 10 && t.sound >= 50);
    assert_int_equal(t.mutants, t.unreadable + t.sound + t.broken);
}

/* Made so that much of it can go wrong: loops above all. */
static void a_waiting_room_broken_in_every_way(void **state)
{
    struct tally t;
    (void)state;
    try_file("tests/unit/course/data/waiting-room.md", &t);
    assert_true(t.by_code[62] > 0 && t.by_code[63] > 0 && t.by_code[64] > 0 && t.by_code[70] > 0);
    assert_int_equal(t.mutants, t.unreadable + t.sound + t.broken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_motel_call_broken_in_every_way),
        cmocka_unit_test(a_waiting_room_broken_in_every_way),
        cmocka_unit_test(mayas_case_broken_in_every_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
