/*
 * server/course/problem.c: the list of problems, and the one table of all their codes.
 */
#include "ct/course/problem.h"

#include "ct/base/limits.h"

#include <stdio.h>
#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_problem_code codes[] = {
    /* the file */
    {"E01", "the file cannot be read: not UTF-8, too big, nested too deeply", NULL},
    {"E02", "the front matter is no YAML, or never ends", NULL},
    {"E03", "an unknown key in the front matter", NULL},
    {"E04", "a value in the front matter is missing or of the wrong kind", NULL},
    {"E05", "the module has no title", NULL},
    {"E06", "the module has two titles", NULL},
    {"E07", "the file is empty", NULL},
    {"E08", "the lesson has no section", NULL},
    {"E09", "a section without a usable title", NULL},
    /* options of questions */
    {"E10", "an option without a mark", NULL},
    {"E11", "feedback outside its option", NULL},
    {"E12", "options split in two lists", NULL},
    {"E13", "options need \"- \" in front", NULL},
    {"E14", "a link definition [x]: turns every [x] into a link", NULL},
    {"E15", "a mark that is not written well: (x) ( ) [x] [ ] and a space", NULL},
    {"E16", "round and square marks mixed", NULL},
    {"E17", "no right option, or two where one is to be picked", NULL},
    {"W18", "all options are right", NULL},
    {"E19", "two options are the same", NULL},
    {"W20", "\"all of the above\" while the options are shuffled", NULL},
    /* labels and headings */
    {"E21", "no space after the ** of a label", NULL},
    {"E22", "two labels in one quote", NULL},
    {"W23", "a label where it means nothing", NULL},
    {"E24", "an unknown discipline", NULL},
    {"W25", "a heading that looks like a misspelt keyword", NULL},
    {"E26", "a heading keyword where it means nothing", NULL},
    {"E27", "a question without an answer, or with two ways of answering", NULL},
    {"E28", "the list or text of a question is not of the needed shape", NULL},
    {"E29", "a question's id is malformed or used twice", NULL},
    {"W30", "text behind a question's answers belongs to the question", NULL},
    {"W31", "--- directly below a text makes it a heading", NULL},
    {"W32", "a settings line where it means nothing", NULL},
    {"W33", "text between the questions of a quiz", NULL},
    {"E34", "the quiz cannot work: no questions, two quizzes, more drawn than there are", NULL},
    {"E35", "over a limit: options, gaps, cases", NULL},
    /* folders */
    {"E36", "a course in the list is not there", NULL},
    {"E37", "a course's folder without course.md, or with a name that can be no address", NULL},
    {"W38", "a file that is no module is not read", NULL},
    {"E39", "two modules have the same address or id", NULL},
    {"W40", "a symbolic link that leads out of the content folder is not followed", NULL},
    {"E41", "the target of a link has spaces, or is no place of the scenario", NULL},
    {"E42", "options outside a question", NULL},
    {"W43", "text before the title", NULL},
    {"E44", "a passage or question that no discipline can see", NULL},
    /* pictures, media, links */
    {"E45", "a picture, film or sound without alternative text", NULL},
    {"E46", "a film without captions", NULL},
    {"E47", "a link or picture that leads nowhere", NULL},
    {"E48", "a film or sound in the middle of a text", NULL},
    /* settings */
    {"E50", "the value of a setting cannot be read", NULL},
    {"E51", "an unknown setting, or one that means nothing here", NULL},
    {"E52", "a variable that was not declared", NULL},
    {"E53", "an effect or value outside the variable's range", NULL},
    {"E54", "\"and\" mixed with \"or\" in a condition", NULL},
    {"E55", "a condition or effect that cannot be read", NULL},
    {"E56", "the last rule of a junction has a condition, or an earlier one has none", NULL},
    {"E57", "an ending with choices", NULL},
    {"E58", "an ending without `pass` or `fail`, or with two", NULL},
    {"E59", "two scenes have the same address", NULL},
    {"E60", "a scene without choices, or a scenario without scenes", NULL},
    /* the whole */
    {"W61", "a scene that is never reached", NULL},
    {"E62", "a scene without an open choice in some state", NULL},
    {"E63", "a loop without an exit", NULL},
    {"E64", "passing is impossible from a chair", NULL},
    {"W65", "an objective that no question assesses", NULL},
    {"E66", "a question names an objective that the module does not have", NULL},
    {"E67", "an item, rule or text that cannot stand where it does", NULL},
    {"W68", "a link to a scene that is no choice", NULL},
    {"W69", "not proved: the scenario has too many states", NULL},
};

const struct ct_problem_code *ct_problem_codes(size_t *ret_n)
{
    *ret_n = sizeof codes / sizeof codes[0];
    return codes;
}

const char *ct_problem_meaning(const char *code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(codes[i].code, code) == 0)
            return codes[i].meaning;
    }
    return NULL;
}

/* One line: what a trainer wrote may be quoted in a message, line breaks and all. */
static struct ct_sv one_line(struct ct_arena *a, struct ct_sv s)
{
    char *p = ct_arena_cstr(a, s);
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = ' ';
    }
    return ct_sv_n(p, s.n);
}

void ct_problem_add(struct ct_problems *p, const char *code, struct ct_sv file, int line,
                    int column, const char *fmt, ...)
{
    enum ct_severity severity = code[0] == 'W' ? CT_WARNING : CT_ERROR;
    if (severity == CT_ERROR)
        p->n_errors++;
    size_t of_file = 0;
    while (of_file < p->n && ct_sv_eq(p->items[p->n - 1 - of_file].file, file))
        of_file++;
    if (of_file >= CT_PROBLEMS_MAX)
        return;

    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    while (length > 0 && !ct_sv_utf8(ct_sv_n(text, length)) && length + 4 > sizeof text - 1)
        length--; /* cut within a character */
    struct ct_problem item = {code, severity, ct_arena_dup(p->arena, file),
                              line, column,   one_line(p->arena, ct_sv_n(text, length)), NULL};
    CT_ARENA_PUSH(p->arena, p->items, p->n, p->cap, item);
}

static int cmp_int(int a, int b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *pa, const void *pb)
{
    const struct ct_problem *a = pa, *b = pb;
    int d = ct_sv_cmp(a->file, b->file);
    if (d == 0)
        d = cmp_int(a->line, b->line);
    if (d == 0)
        d = cmp_int(a->column, b->column);
    if (d == 0)
        d = strcmp(a->code, b->code);
    return d ? d : ct_sv_cmp(a->text, b->text);
}

void ct_problems_sort(struct ct_problems *p)
{
    if (p->n > 1)
        qsort(p->items, p->n, sizeof *p->items, by_place);
}

static const char *severity_name(enum ct_severity severity)
{
    return severity == CT_ERROR ? "error" : "warning";
}

void ct_problem_write(struct ct_str *out, const struct ct_problem *p)
{
    ct_str_add_sv(out, p->file);
    ct_str_addf(out, ":%d:%d: %s %s: ", p->line, p->column > 0 ? p->column : 1,
                severity_name(p->severity), p->code);
    ct_str_add_sv(out, p->text);
    ct_str_add_char(out, '\n');
}

json_t *ct_problem_json(const struct ct_problem *p)
{
    json_t *o = json_object();
    ct_json_set_sv(o, "file", p->file);
    json_object_set_new(o, "line", json_integer(p->line));
    json_object_set_new(o, "column", json_integer(p->column));
    ct_json_set_sv(o, "severity", ct_sv_c(severity_name(p->severity)));
    ct_json_set_sv(o, "code", ct_sv_c(p->code));
    ct_json_set_sv(o, "text", p->text);
    return o;
}
