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
    {"E01", "the file cannot be read: not UTF-8, too big, nested too deeply",
     "a text saved as UTF-8, under 1 MiB, without lists and quotes nested too deep"},
    {"E02", "the front matter is no YAML, or never ends",
     "a line ---, lines like `title: Victims, not delinquents`, and a line ---"},
    {"E03", "an unknown key in the front matter",
     "one of the keys that are known there, such as title, minutes, objectives"},
    {"E04", "a value in the front matter is missing or of the wrong kind",
     "a value of the kind that the key takes: a number, a list, a date"},
    {"E05", "the module has no title", "a first line like `# Victims, not delinquents`"},
    {"E06", "the module has two titles", "one heading with one #, and ## for sections"},
    {"E07", "the file is empty", "a title, `# …`, and at least one section, `## …`"},
    {"E08", "the lesson has no section", "a heading with two # for each page"},
    {"E09", "a section without a usable title",
     "a title behind ## that no page of the program uses"},
    /* options of questions */
    {"E10", "an option without a mark", "- ( ) or - [ ] and a space before every option"},
    {"E11", "feedback outside its option",
     "two spaces before >, so that it stands under the text of its option"},
    {"E12", "options split in two lists", "the same bullet, -, before every option"},
    {"E13", "options need \"- \" in front", "- ( ) or - [ ] and a space"},
    {"E14", "a link definition [x]: turns every [x] into a link",
     "another name than x in [x]:, or an ordinary link [text](address)"},
    {"E15", "a mark that is not written well: (x) ( ) [x] [ ] and a space",
     "(x) ( ) [x] [ ] and a space"},
    {"E16", "round and square marks mixed",
     "round marks everywhere (pick one) or square marks everywhere (pick all)"},
    {"E17", "no right option, or two where one is to be picked",
     "one (x) among round marks, at least one [x] among square marks"},
    {"W18", "all options are right", "at least one option that is not right"},
    {"E19", "two options are the same", "options that differ"},
    {"W20", "\"all of the above\" while the options are shuffled",
     "`shuffle: no`, or an option that names what it means"},
    /* labels and headings */
    {"E21", "a label that is not bold", "**For prosecutors:** and a space"},
    {"E22", "two labels in one quote", "an empty line between the two quotes"},
    {"W23", "a label where it means nothing",
     "a label that means something at this place, or **bold** without a colon"},
    {"E24", "an unknown discipline", "a discipline that curriculum.md lists"},
    {"W25", "a heading that looks like a misspelt keyword",
     "the keyword spelt exactly, like `### Question: …`"},
    {"E26", "a heading keyword where it means nothing",
     "the keyword behind # and a blank, in the kind of file and at the place that it is for"},
    {"E27", "a question without an answer, or with two ways of answering",
     "options, or `number:`, or `accept:`, or gaps: one of them"},
    {"E28", "the list or text of a question is not of the needed shape",
     "the list that this kind of question is made of"},
    {"E29", "a question's id is malformed or used twice",
     "`id:` with a-z, 0-9 and -, once in the module"},
    {"W30", "text behind a question's answers belongs to the question",
     "the text of the question above its answers"},
    {"W31", "--- directly below a text makes it a heading",
     "an empty line between the text and ---"},
    {"W32", "a settings line where it means nothing",
     "settings directly below the heading that they belong to"},
    {"W33", "text between the questions of a quiz",
     "the text above the first question, or within one"},
    {"E34", "the quiz cannot work: no questions, two quizzes, more drawn than there are",
     "one quiz, with at least as many questions as `draw:` takes"},
    {"E35", "over a limit: options, gaps, cases", "at most as many as the message says"},
    /* folders */
    {"E36", "a course in the list is not there", "the name of a folder beside curriculum.md"},
    {"E37", "a course's folder without course.md, or with a name that can be no address",
     "course.md in a folder named with a-z, 0-9 and -"},
    {"W38", "a file that is no module is not read", "a number, a name and .md: 01-its-name.md"},
    {"E39", "two modules have the same address or id",
     "an address and an id that no other module of the course has"},
    {"W40", "a symbolic link that leads out of the content folder is not followed",
     "a file or folder within the content folder"},
    {"E41", "the target of a link has spaces, or is no place of the scenario",
     "no spaces, or < and > around them; to a scene, #and-its-heading: [Go](#two-words)"},
    {"E42", "options outside a question", "a heading like `### Question: …` above the options"},
    {"W43", "text before the title", "the title as the first line below the front matter"},
    {"E44", "a passage or question that no discipline can see",
     "a passage for disciplines among those that see what is around it"},
    /* pictures, media, links */
    {"E45", "a picture, film or sound without alternative text",
     "words between the brackets: ![What the picture shows](picture.png)"},
    {"E46", "a film without captions", "a .vtt file of the same name beside the film"},
    {"E47", "a link or picture that leads nowhere",
     "the path of a file that is there, seen from this file"},
    {"E48", "a film or sound in the middle of a text",
     "the film or sound as a paragraph of its own"},
    /* settings */
    {"E50", "the value of a setting cannot be read", "a value of the form that the setting takes"},
    {"E51", "an unknown setting, or one that means nothing here",
     "a setting that means something there"},
    {"E52", "a variable that was not declared",
     "a variable declared below # Scenario:, like `trust = 1 (0 to 3)`"},
    {"E53", "an effect or value outside the variable's range",
     "a number within the range that was declared"},
    {"E54", "\"and\" mixed with \"or\" in a condition",
     "only `and`, or only `or`, in one condition"},
    {"E55", "a condition or effect that cannot be read",
     "a condition like `trust >= 2 and told = yes`, an effect like `trust +1`"},
    {"E56", "the last rule of a junction has a condition, or an earlier one has none",
     "`when …` before every link but the last"},
    {"E57", "an ending with choices", "an ending without links to scenes"},
    {"E58", "an ending without `pass` or `fail`, or with two",
     "one of `pass`, `fail`, `pass if …`"},
    {"E59", "two scenes have the same address", "headings whose addresses differ"},
    {"E60", "a scene without choices, or a scenario without scenes",
     "a list with a link for each choice"},
    /* the whole */
    {"W61", "a scene that is never reached", "a choice or rule somewhere that leads there"},
    {"E62", "a scene without an open choice in some state",
     "a choice that is open whatever was chosen before"},
    {"E63", "a loop without an exit", "a choice that leads out of the loop to an ending"},
    {"E64", "passing is impossible from a chair", "for every chair a way to an ending that passes"},
    {"W65", "an objective that no question assesses", "a question with `objective:` and its name"},
    {"E66", "a question names an objective that the module does not have",
     "an objective that the front matter lists"},
    {"E67", "an item, rule or text that cannot stand where it does",
     "something that this place takes: a choice, a rule, a quote or a text"},
    {"W68", "a link to a scene that is no choice", "the link at the start of a list item"},
    {"W69", "not proved: the scenario has too many states", "fewer variables, or smaller ranges"},
    /* what measuring and comparing tell */
    {"W70", "a variable that stays at one end of its range",
     "a range, or effects, that let it move both ways"},
    {"W71", "a question without an id whose text changed since it was published",
     "`id: …` below the question's heading"},
    {"W72", "a choice that can never be open", "a condition that some way of playing meets"},
    {"W73", "the stated minutes are far from what the text takes",
     "minutes near those that the message names"},
    {"W74", "the text reads harder than grade 12", "shorter sentences and plainer words"},
    {"W75", "an effect that never changes anything",
     "an effect that moves its variable in some way of playing"},
    /* glossary.md */
    {"E76", "a term or another spelling of one occurs twice in the glossary",
     "each name and each spelling once in glossary.md"},
    {"E77", "a term of the glossary without a definition",
     "one to three sentences below the heading of the term"},
    {"W78", "a term of the glossary without a source",
     "a quote that says where it comes from, `> **Source:** …`, below the definition"},
    {"E79", "something between the terms of the glossary that is no term",
     "only headings like `## Term: CAPTA`, each with what belongs to it"},
};

const struct ct_problem_code *ct_problem_codes(size_t *ret_n)
{
    *ret_n = sizeof codes / sizeof codes[0];
    return codes;
}

static const struct ct_problem_code *code_of(const char *code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(codes[i].code, code) == 0)
            return &codes[i];
    }
    return NULL;
}

const char *ct_problem_meaning(const char *code)
{
    const struct ct_problem_code *c = code_of(code);
    return c ? c->meaning : NULL;
}

const char *ct_problem_expected(const char *code)
{
    const struct ct_problem_code *c = code_of(code);
    return c ? c->expected : NULL;
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
    bool same_file = p->n > 0 && ct_sv_eq(p->items[p->n - 1].file, file);
    p->n_of_file = same_file ? p->n_of_file : 0;
    p->dropped = p->n_of_file >= CT_PROBLEMS_MAX;
    if (p->dropped)
        return;
    p->n_of_file++;

    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    while (length > 0 && !ct_sv_utf8(ct_sv_n(text, length)) && length + 4 > sizeof text - 1)
        length--; /* cut within a character */
    struct ct_problem item = {.code = code,
                              .severity = severity,
                              .file = ct_arena_dup(p->arena, file),
                              .line = line,
                              .column = column,
                              .text = one_line(p->arena, ct_sv_n(text, length))};
    CT_ARENA_PUSH(p->arena, p->items, p->n, p->cap, item);
}

void ct_problem_meant(struct ct_problems *p, struct ct_sv written, struct ct_sv meant)
{
    if (p->n == 0 || p->dropped)
        return;
    p->items[p->n - 1].written = ct_arena_dup(p->arena, written);
    p->items[p->n - 1].meant = ct_arena_dup(p->arena, meant);
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

const char *ct_severity_name(enum ct_severity severity)
{
    return severity == CT_ERROR ? "error" : "warning";
}

void ct_problem_write(struct ct_str *out, const struct ct_problem *p)
{
    ct_str_add_sv(out, p->file);
    ct_str_addf(out, ":%d:%d: %s %s: ", p->line, p->column > 0 ? p->column : 1,
                ct_severity_name(p->severity), p->code);
    ct_str_add_sv(out, p->text);
    ct_str_add_char(out, '\n');
}

static json_t *mend_json(const struct ct_mend *m)
{
    json_t *o = json_object();
    json_object_set_new(o, "line", json_integer(m->line));
    json_object_set_new(o, "lines", json_integer(m->n_lines));
    json_object_set_new(o, "text", json_null());
    if (m->text.p)
        ct_json_set_sv(o, "text", m->text);
    json_object_set_new(o, "safe", json_boolean(m->safe));
    ct_json_set_sv(o, "done", m->done);
    return o;
}

json_t *ct_problem_json(const struct ct_problem *p)
{
    json_t *o = json_object();
    ct_json_set_sv(o, "file", p->file);
    json_object_set_new(o, "line", json_integer(p->line));
    json_object_set_new(o, "column", json_integer(p->column));
    ct_json_set_sv(o, "severity", ct_sv_c(ct_severity_name(p->severity)));
    ct_json_set_sv(o, "code", ct_sv_c(p->code));
    ct_json_set_sv(o, "text", p->text);
    const char *expected = ct_problem_expected(p->code);
    json_object_set_new(o, "expected", expected ? json_string(expected) : json_null());
    json_object_set_new(o, "mend", p->mend ? mend_json(p->mend) : json_null());
    return o;
}
