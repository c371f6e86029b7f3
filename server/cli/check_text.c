/*
 * check_text.c: the result of `crosstrain check` for people: a line for each problem, and where
 * somebody reads along the line it is about, what was expected and what to write.
 */
#include "check_priv.h"

#include "ct/base/clock.h"
#include "ct/base/limits.h"

#include <stdlib.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { EXCERPT_MAX = 160 }; /* characters of a line that are shown */

struct voice {
    struct ct_check_lines *lines;
    struct ct_str *out;
    bool colours;
    struct ct_sv *seen; /* codes that were told how to look up */
    size_t n_seen, cap_seen;
    struct ct_arena *arena;
};

/* https://no-color.org: set and not empty. */
static bool wants_colours(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(STDOUT_FILENO) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static void add_styled(struct voice *v, const char *style, const char *text)
{
    if (v->colours)
        ct_str_addf(v->out, "\033[%sm%s\033[0m", style, text);
    else
        ct_str_add_c(v->out, text);
}

/* What a file says goes to a terminal: without anything that could steer it. */
static void add_tame(struct ct_str *out, struct ct_sv text, size_t most)
{
    for (; text.n && most > 0; most--) {
        uint32_t rune = ct_sv_rune(&text);
        ct_str_add_rune(out, rune < 0x20 || (rune >= 0x7f && rune < 0xa0) ? ' ' : rune);
    }
    if (text.n)
        ct_str_add_c(out, " …");
}

static struct ct_sv without_indent(struct ct_sv line)
{
    while (line.n && (*line.p == ' ' || *line.p == '\t'))
        line = ct_sv_sub(line, 1, SIZE_MAX);
    return line;
}

/* The line, and a mark below its place: a long line from shortly before that place on. */
static void add_excerpt(struct voice *v, const struct ct_problem *p)
{
    struct ct_sv line = ct_check_line(v->lines, p->file, p->line), shown = without_indent(line);

    if (shown.n == 0)
        return;
    bool marked =
        p->column > 0 && (size_t)p->column <= line.n + 1 && (size_t)p->column > line.n - shown.n;
    int column = marked ? p->column - (int)(line.n - shown.n) : 1;
    size_t before = ct_check_characters(shown, column);
    bool cut = before > EXCERPT_MAX / 2;
    while (before > EXCERPT_MAX / 2) {
        ct_sv_rune(&shown);
        before--;
    }
    ct_str_add_c(v->out, cut ? "    … " : "    ");
    add_tame(v->out, shown, EXCERPT_MAX);
    ct_str_addf(v->out, "\n");
    if (!marked)
        return;
    ct_str_addf(v->out, "    %*s", (int)before + (cut ? 2 : 0), "");
    add_styled(v, "1;32", "^");
    ct_str_add_char(v->out, '\n');
}

static void add_mend(struct voice *v, const struct ct_mend *m)
{
    struct ct_sv rest = m->text, line;
    const char *front = "write:    ";

    if (!m->text.p) {
        ct_str_addf(v->out, "    take out %s %d\n", m->n_lines == 1 ? "line" : "from line",
                    m->line);
        return;
    }
    if (m->text.n == 0 && m->n_lines == 0)
        ct_str_addf(v->out, "    write:    an empty line above line %d\n", m->line);
    else if (m->text.n == 0)
        ct_str_addf(v->out, "    write:    an empty line as line %d\n", m->line);
    while (m->text.n > 0 && ct_sv_split(&rest, '\n', &line)) {
        ct_str_addf(v->out, "    %s", front);
        add_tame(v->out, line, EXCERPT_MAX);
        ct_str_add_char(v->out, '\n');
        front = "          ";
    }
}

static bool is_new(struct voice *v, const char *code)
{
    for (size_t i = 0; i < v->n_seen; i++) {
        if (ct_sv_eq_c(v->seen[i], code))
            return false;
    }
    CT_ARENA_PUSH(v->arena, v->seen, v->n_seen, v->cap_seen, ct_sv_c(code));
    return true;
}

static void add_details(struct voice *v, const struct ct_problem *p)
{
    const char *expected = ct_problem_expected(p->code);

    if (p->line > 0)
        add_excerpt(v, p);
    if (expected)
        ct_str_addf(v->out, "    expected: %s\n", expected);
    if (p->mend)
        add_mend(v, p->mend);
    if (is_new(v, p->code))
        ct_str_addf(v->out, "    see:      crosstrain explain %s\n", p->code);
}

static void add_headline(struct voice *v, const struct ct_problem *p)
{
    if (!v->colours) {
        ct_problem_write(v->out, p);
        return;
    }
    ct_str_addf(v->out, "\033[1m%.*s:%d:%d:\033[0m \033[1;%sm%s %s:\033[0m %.*s\n",
                CT_SV_ARG(p->file), p->line, p->column > 0 ? p->column : 1,
                p->severity == CT_ERROR ? "31" : "35", ct_severity_name(p->severity), p->code,
                CT_SV_ARG(p->text));
}

static void print_sum(const struct ct_check_result *r)
{
    size_t n_errors = r->problems.n_errors, n_warnings = 0;
    double seconds = (double)(ct_monotonic_us() - r->started) / 1e6;

    for (size_t i = 0; i < r->problems.n; i++)
        n_warnings += r->problems.items[i].severity == CT_WARNING;
    fprintf(stderr, "%zu file%s: ", r->n_files, r->n_files == 1 ? "" : "s");
    if (n_errors + n_warnings == 0)
        fputs("no problems", stderr);
    if (n_errors)
        fprintf(stderr, "%zu error%s", n_errors, n_errors == 1 ? "" : "s");
    if (n_warnings)
        fprintf(stderr, "%s%zu warning%s", n_errors ? ", " : "", n_warnings,
                n_warnings == 1 ? "" : "s");
    fprintf(stderr, ", in %.*f s\n", seconds < 0.01 ? 3 : 2, seconds);
}

int ct_check_print_text(const struct ct_check_result *r, struct ct_check_lines *lines,
                        bool excerpts)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct voice v = {.lines = lines, .colours = wants_colours(), .arena = &a};

    for (size_t i = 0; i < r->problems.n; i++) {
        CT_AUTO_STR out = CT_STR_INIT(CT_SOURCE_MAX);
        v.out = &out;
        add_headline(&v, &r->problems.items[i]);
        if (excerpts || isatty(STDOUT_FILENO))
            add_details(&v, &r->problems.items[i]);
        fwrite(out.p, 1, out.n, stdout);
    }
    fflush(stdout);
    print_sum(r);
    return CT_EXIT_OK;
}
