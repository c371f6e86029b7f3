/*
 * explain.c: finding and reading the page about a message of the checker. What the pages say is in
 * server/course/codes, what the codes are in problem.c.
 */
#include "ct/course/explain.h"

#include "ct/base/file.h"
#include "ct/text/markdown.h"

#include "ct/base/banned.h"

enum { PAGE_MAX = 16 * 1024, CODE_MAX = 8 };

static const struct {
    int last; /* number of the last code in the group */
    const char *name;
} groups[] = {
    {9, "The file"},
    {20, "Options of questions"},
    {26, "Labels and headings"},
    {35, "Questions and quizzes"},
    {44, "Folders and places"},
    {48, "Pictures, media and links"},
    {55, "Settings, conditions and effects"},
    {60, "Scenes and endings"},
    {69, "The module as a whole"},
    {75, "What measuring and comparing tell"},
    {99, "The glossary"},
};

/* The number of "E62" is 62; -1 without one. */
static int number_of(struct ct_sv code)
{
    int n = -1;
    for (size_t i = 0; i < code.n && n < 1000; i++) {
        if (code.p[i] >= '0' && code.p[i] <= '9')
            n = (n < 0 ? 0 : n * 10) + (code.p[i] - '0');
    }
    return n;
}

const char *ct_explain_group(const char *code)
{
    int number = number_of(ct_sv_c(code));
    size_t i = 0;
    while (i + 1 < sizeof groups / sizeof groups[0] && number > groups[i].last)
        i++;
    return groups[i].name;
}

static const struct ct_problem_code *find(struct ct_sv code)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);
    for (size_t i = 0; i < n; i++) {
        if (ct_sv_ieq(code, ct_sv_c(codes[i].code)))
            return &codes[i];
    }
    return NULL;
}

/* The code whose number is nearest, because people misremember the letter: W62 is E62. */
static const struct ct_problem_code *nearest(struct ct_sv code)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n), *best = NULL;
    int wanted = number_of(code), least = 0;
    for (size_t i = 0; i < n && wanted >= 0; i++) {
        int distance = number_of(ct_sv_c(codes[i].code)) - wanted;
        distance = distance < 0 ? -distance : distance;
        if (!best || distance < least) {
            best = &codes[i];
            least = distance;
        }
    }
    return best;
}

static int refuse(struct ct_sv code, struct ct_err *err)
{
    const struct ct_problem_code *near = nearest(code);
    struct ct_sv shown = ct_sv_sub(code, 0, CODE_MAX);
    if (!ct_sv_utf8(shown))
        shown = CT_SV("that");
    if (near)
        return ct_fail(err, CT_NOT_FOUND, "code",
                       "there is no message \"%.*s\"; the nearest is %s: %s", CT_SV_ARG(shown),
                       near->code, near->meaning);
    return ct_fail(err, CT_NOT_FOUND, "code",
                   "there is no message \"%.*s\"; they are named like E11 or W61",
                   CT_SV_ARG(shown));
}

/* "wrong course.md": what it is, and the name of the file it stands for. */
static bool read_info(struct ct_sv info, struct ct_example *ret)
{
    struct ct_sv rest = ct_sv_trim(info), word = CT_SV("");
    ct_sv_split(&rest, ' ', &word);
    ret->wrong = ct_sv_eq_c(word, "wrong");
    ret->file = ct_sv_trim(rest);
    if (ret->file.n == 0)
        ret->file = CT_SV("01-example.md");
    return ret->wrong || ct_sv_eq_c(word, "right");
}

static void find_examples(struct ct_arena *a, struct ct_md *md, struct ct_explanation *e)
{
    struct ct_example *items = NULL;
    size_t cap = 0;
    for (const struct ct_md_node *n = ct_md_first(ct_md_root(md)); n; n = ct_md_next(n)) {
        struct ct_example x;
        if (ct_md_type(n) != CT_MD_CODE_BLOCK || !read_info(ct_md_info(n), &x))
            continue;
        x.file = ct_arena_dup(a, x.file);
        x.source = ct_arena_dup(a, ct_md_literal(n));
        CT_ARENA_PUSH(a, items, e->n_examples, cap, x);
    }
    e->examples = items;
}

static int read_page(struct ct_arena *a, const char *dir, struct ct_explanation *e,
                     struct ct_err *err)
{
    struct ct_sv name = ct_arena_printf(a, "%s.md", e->code->code);
    struct ct_err why = CT_ERR_INIT;
    CT_AUTO_MD *md = NULL;
    CT_AUTO_STR html = CT_STR_INIT(16 * PAGE_MAX);
    if (ct_file_read(a, ct_path_join(a, dir, name), PAGE_MAX, &e->markdown, &why) < 0 ||
        ct_md_parse(e->markdown, 1, false, &md, NULL, &why) < 0)
        return ct_fail(err, CT_INTERNAL, "page", "the page about %s cannot be read: %s",
                       e->code->code, why.text);
    ct_md_html(ct_md_root(md), &html);
    if (!ct_str_ok(&html))
        return ct_fail(err, CT_INTERNAL, "page", "the page about %s is too big", e->code->code);
    e->html = ct_arena_dup(a, ct_str_sv(&html));
    find_examples(a, md, e);
    return CT_OK;
}

int ct_explain(struct ct_arena *a, const char *dir, struct ct_sv code, struct ct_explanation *ret,
               struct ct_err *err)
{
    struct ct_explanation e = {.code = find(code)};
    if (!e.code)
        return refuse(code, err);
    int r = read_page(a, dir, &e, err);
    if (r == CT_OK)
        *ret = e;
    return r;
}
