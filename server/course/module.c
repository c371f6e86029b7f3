/*
 * server/course/module.c: one Markdown file as a module. Splits it into title, sections and quiz,
 * or hands it to the lifter of scenarios; what the parts say is read elsewhere.
 */
#include "ct/course/module.h"

#include "ct/base/limits.h"

#include "glossary_priv.h"
#include "labels_priv.h"
#include "measure_priv.h"
#include "media_priv.h"
#include "mend_priv.h"
#include "module_priv.h"

#include "ct/base/banned.h"

/* ---- names ---- */

bool ct_module_name_parse(struct ct_sv file_name, int *ret_number, struct ct_sv *ret_slug)
{
    size_t i = 0;
    while (i < file_name.n && file_name.p[i] >= '0' && file_name.p[i] <= '9')
        i++;
    int64_t number;
    if (i == 0 || i > 6 || i >= file_name.n || file_name.p[i] != '-' ||
        !ct_sv_ends(file_name, CT_SV(".md")) || file_name.n < i + 4 ||
        !ct_sv_i64(ct_sv_sub(file_name, 0, i), &number))
        return false;
    struct ct_sv slug = ct_sv_sub(file_name, i + 1, file_name.n - i - 4);
    if (!ct_url_is_slug(slug))
        return false;
    *ret_number = (int)number;
    *ret_slug = slug;
    return true;
}

static struct ct_sv file_name_of(struct ct_sv path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return ct_sv_sub(path, from, path.n);
}

bool ct_module_name_of(struct ct_sv path, int *ret_number, struct ct_sv *ret_slug)
{
    struct ct_sv name = file_name_of(path);
    if (ct_module_name_parse(name, ret_number, ret_slug))
        return true;
    *ret_number = 0;
    *ret_slug = ct_sv_ends(name, CT_SV(".md")) ? ct_sv_sub(name, 0, name.n - 3) : name;
    return false;
}

/* ---- whether it can be read at all ---- */

static int line_of_bad_byte(struct ct_sv source)
{
    struct ct_sv line;
    int n = 1;
    for (; ct_sv_split(&source, '\n', &line); n++) {
        if (!ct_sv_utf8(line))
            return n;
    }
    return n;
}

void ct_source_too_big(struct ct_sv path, struct ct_problems *problems)
{
    ct_problem_add(problems, "E01", path, 1, 0,
                   "the file is over %d KiB; split it, or put pictures beside it",
                   CT_SOURCE_MAX / 1024);
}

int ct_source_check(struct ct_sv source, struct ct_sv path, struct ct_problems *problems,
                    struct ct_err *err)
{
    if (source.n > CT_SOURCE_MAX) {
        ct_source_too_big(path, problems);
        return ct_fail(err, CT_TOO_BIG, "source", "the file is over %d bytes", CT_SOURCE_MAX);
    }
    if (!ct_sv_utf8(source)) {
        bool binary = ct_sv_find(source, '\0') != SIZE_MAX;
        ct_problem_add(problems, "E01", path, line_of_bad_byte(source), 0,
                       binary ? "this line holds what no text holds: a picture, a Word document "
                                "or UTF-16 was saved under this name; save it as UTF-8 text"
                              : "the file is not UTF-8 from this line on; save it as UTF-8");
        return ct_fail(err, CT_BAD_INPUT, "source", "the file is not UTF-8");
    }
    return CT_OK;
}

int ct_source_parse(const struct ct_source *s, struct ct_sv path, struct ct_problems *problems,
                    struct ct_md **ret, struct ct_err *err)
{
    struct ct_err why = CT_ERR_INIT;
    int line = s->body_line;
    int r = ct_md_parse(s->body, s->body_line, false, ret, &line, &why);
    if (r == CT_OK)
        return r;
    if (r != CT_INTERNAL)
        ct_problem_add(problems, "E01", path, line > 0 ? line : 1, 0, "the file cannot be read: %s",
                       why.text);
    return ct_fail(err, (enum ct_status)r, "source", "%s", why.text);
}

static bool is_blank(struct ct_sv s)
{
    return ct_sv_trim(s).n == 0;
}

/* ---- sections ---- */

/* A heading that opens a section: of level 2, and no question that should have three #. */
static bool opens_section(struct ct_lift *l, const struct ct_md_node *n)
{
    return ct_md_type(n) == CT_MD_HEADING && ct_md_level(n) == 2 &&
           !ct_keyword_is_question(ct_lift_heading_peek(l, n));
}

static struct ct_md_node *next_section(struct ct_lift *l, struct ct_md_node *n)
{
    while (n && !opens_section(l, n))
        n = ct_md_next(n);
    return n;
}

static struct ct_sv section_slug(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv full)
{
    struct ct_sv plain = ct_url_slug(l->arena, full);
    return ct_lift_slug(l, names, plain.n ? full : CT_SV("section"));
}

/* The headings that a link to "#…" can mean, before anything is taken apart. */
static void find_places(struct ct_lift *l, struct ct_md_node *title, struct ct_places *ret)
{
    struct ct_lift_names sections = {.n = 0};
    struct ct_sv section = CT_SV_NULL;
    size_t cap = 0, n_sections = 0;
    for (struct ct_md_node *n = ct_md_first(ct_md_root(l->md)); n; n = ct_md_next(n)) {
        if (ct_md_type(n) != CT_MD_HEADING)
            continue;
        struct ct_sv full = ct_sv_trim(ct_md_plain(l->arena, n));
        if (n != title && opens_section(l, n))
            section = ct_lift_heading_peek(l, n) == CT_KEY_QUIZ ? CT_SV("quiz")
                                                                : section_slug(l, &sections, full);
        CT_ARENA_PUSH(l->arena, ret->sections, n_sections, cap, section);
        ct_lift_slug(l, &ret->slugs, full);
    }
}

static bool is_route(struct ct_sv slug)
{
    return ct_sv_eq_c(slug, "quiz") || ct_sv_eq_c(slug, "play") || ct_sv_eq_c(slug, "changes");
}

/* What learners see together. */
static void lift_page(struct ct_lift *l, struct ct_md_node *first, struct ct_md_node *end,
                      struct ct_block **ret, size_t *ret_n)
{
    struct ct_term_page page;
    ct_term_page_enter(l->linking, &page);
    ct_lift_blocks(l, first, end, ret, ret_n);
    ct_term_page_leave(l->linking);
}

static struct ct_section lift_section(struct ct_lift *l, struct ct_lift_names *names,
                                      struct ct_md_node *heading, struct ct_md_node *end)
{
    struct ct_heading h = ct_lift_heading(l, heading);
    struct ct_section s = {.line = h.line, .disciplines = h.disciplines};
    s.slug = section_slug(l, names, h.full);
    s.title = h.title.n ? h.title : h.full;
    s.title_html = h.title.n ? h.title_html : ct_lift_html_children(l, heading);
    if (h.keyword == CT_KEY_QUIZ)
        ct_lift_problem(l, "E34", heading,
                        "a module has one quiz, but this is the second; put its questions into "
                        "the first");
    else if (h.full.n == 0)
        ct_lift_problem(l, "E09", heading, "this section has no title; write one behind ##");
    else if (is_route(s.slug))
        ct_lift_problem(l, "E09", heading,
                        "the address \"%.*s\" belongs to a page of its own; call the section "
                        "differently",
                        CT_SV_ARG(s.slug));
    else if (h.keyword == CT_KEY_TERM)
        ct_lift_problem(l, "E26", heading,
                        "\"%s:\" means something only in glossary.md, beside curriculum.md",
                        ct_keyword_name(l->words, h.keyword));
    else if (h.keyword != CT_KEY_NONE)
        ct_lift_problem(
            l, "E26", heading, "\"%s:\" means something only in a file that begins with `# %s: …`",
            ct_keyword_name(l->words, h.keyword), ct_keyword_name(l->words, CT_KEY_SCENARIO));
    struct ct_block *blocks;
    l->around = h.disciplines;
    lift_page(l, ct_md_next(heading), end, &blocks, &s.n_blocks);
    l->around = CT_DISC_ALL;
    s.blocks = blocks;
    return s;
}

/* Questions of the module that are not the quiz's, in written order. */
static void set_practice(struct ct_lift *l, struct ct_module *m)
{
    const struct ct_question **items = NULL;
    size_t cap = 0, in_quiz = 0; /* the quiz's stand together, in the same order */
    for (size_t i = 0; i < l->n_questions; i++) {
        if (m->quiz && in_quiz < m->quiz->n_questions &&
            m->quiz->questions[in_quiz] == l->questions[i])
            in_quiz++;
        else
            CT_ARENA_PUSH(l->arena, items, m->n_practice, cap, l->questions[i]);
    }
    m->practice = items;
}

static void check_objectives(struct ct_lift *l, const struct ct_yaml *front)
{
    const struct ct_yaml *list = front ? ct_yaml_get(front, "objectives") : NULL;
    for (size_t o = 0; o < l->n_objectives; o++) {
        bool assessed = false;
        for (size_t i = 0; i < l->n_questions && !assessed; i++) {
            const struct ct_question *q = l->questions[i];
            for (size_t k = 0; k < q->n_objectives && !assessed; k++)
                assessed = ct_sv_eq(q->objectives[k], l->objectives[o].id);
        }
        if (!assessed)
            ct_lift_problem_at(l, "W65", list ? list->line : 1, 0,
                               "no question assesses the objective \"%.*s\"; give one the setting "
                               "`objective: %.*s`",
                               CT_SV_ARG(ct_clip(l->objectives[o].id)),
                               CT_SV_ARG(ct_clip(l->objectives[o].id)));
    }
}

static void lift_lesson(struct ct_lift *l, struct ct_md_node *from, struct ct_module *m)
{
    struct ct_section *sections = NULL;
    struct ct_lift_names names = {.n = 0};
    size_t cap = 0;
    struct ct_md_node *heading = next_section(l, from), *end;
    struct ct_block *intro;
    lift_page(l, from, heading, &intro, &m->n_intro);
    m->intro = intro;
    for (; heading; heading = end) {
        end = next_section(l, ct_md_next(heading));
        if (ct_lift_heading_peek(l, heading) == CT_KEY_QUIZ && !m->quiz) {
            struct ct_heading h = ct_lift_heading(l, heading);
            m->quiz = ct_lift_quiz(l, &h, heading, end);
            continue;
        }
        struct ct_section s = lift_section(l, &names, heading, end);
        CT_ARENA_PUSH(l->arena, sections, m->n_sections, cap, s);
    }
    m->sections = sections;
}

/* ---- the whole ---- */

static struct ct_md_node *first_of_level_1(struct ct_md *md)
{
    struct ct_md_node *n = ct_md_first(ct_md_root(md));
    while (n && (ct_md_type(n) != CT_MD_HEADING || ct_md_level(n) != 1))
        n = ct_md_next(n);
    return n;
}

static void check_titles(struct ct_lift *l, const struct ct_md_node *title, int body_line)
{
    if (!title) {
        ct_lift_problem_at(l, "E05", body_line, 0,
                           "the file has no title; begin it with a line like `# Victims, not "
                           "delinquents`");
        return;
    }
    if (!ct_md_first(title))
        ct_lift_problem(l, "E05", title, "the title is empty; write it behind the #");
    if (ct_md_prev(title))
        ct_lift_problem(l, "W43", ct_md_first(ct_md_root(l->md)),
                        "this stands before the title; begin the file with `# ` and the title");
    for (const struct ct_md_node *n = ct_md_next(title); n; n = ct_md_next(n)) {
        if (ct_md_type(n) == CT_MD_HEADING && ct_md_level(n) == 1)
            ct_lift_problem(l, "E06", n,
                            "a file has one title, but this is another; begin sections with ##");
    }
}

/* The title is taken when it comes first; else it is text like any other, so that all stays in
 * order. */
static void lift_title(struct ct_lift *l, struct ct_md_node *title, struct ct_module *m)
{
    if (!title)
        return;
    enum ct_keyword k = ct_lift_heading_peek(l, title);
    bool scenario = k == CT_KEY_SCENARIO;
    m->title = ct_sv_trim(ct_md_plain(l->arena, title));
    if (ct_md_prev(title) && !scenario)
        return;
    /* "# For prosecutors: …" is the title of a lesson, not a passage: nothing is cut off it. */
    if (scenario || (k == CT_KEY_NONE && !ct_lift_heading_is_passage(l, title))) {
        struct ct_heading h = ct_lift_heading(l, title);
        m->title = h.title;
    }
    m->title_html = ct_lift_html_children(l, title);
}

static int lift_document(struct ct_lift *l, const struct ct_source *s, struct ct_module *m,
                         struct ct_err *err)
{
    struct ct_md_node *root = ct_md_root(l->md), *title = first_of_level_1(l->md);
    struct ct_places places = {.sections = NULL};
    bool scenario = ct_lift_heading_peek(l, title) == CT_KEY_SCENARIO;
    m->kind = scenario ? CT_MODULE_SCENARIO : CT_MODULE_LESSON;
    find_places(l, title, &places);
    check_titles(l, title, s->body_line);
    if (!scenario && !next_section(l, ct_md_first(root)))
        ct_lift_problem_at(
            l, "E08", s->body_line, 0,
            "the lesson has no section, so there is no page to show; begin each page "
            "with a heading of two #, `## First page`");
    ct_tidy(l, scenario ? NULL : &places);
    lift_title(l, title, m);
    if (!scenario) {
        bool leads = title && title == ct_md_first(root);
        lift_lesson(l, leads ? ct_md_next(title) : ct_md_first(root), m);
        check_objectives(l, s->front);
        return CT_OK;
    }
    struct ct_block *intro;
    lift_page(l, ct_md_first(root), title, &intro, &m->n_intro);
    m->intro = intro;
    return ct_lift_scenario(l, title, m, err);
}

static const struct ct_disciplines no_disciplines;

struct ct_lift ct_lift_of(struct ct_arena *a, struct ct_md *md, struct ct_sv source,
                          struct ct_sv path, const struct ct_module_context *ctx, struct ct_sv lang,
                          struct ct_problems *problems)
{
    return (struct ct_lift){
        .arena = a,
        .md = md,
        .source = source,
        .path = path,
        .ctx = ctx,
        .disciplines = ctx->disciplines ? ctx->disciplines : &no_disciplines,
        .words = ct_words_of(lang),
        .problems = problems,
        .around = CT_DISC_ALL,
    };
}

static struct ct_module *new_module(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                                    const struct ct_module_context *ctx)
{
    struct ct_module *m = ct_arena_new(a, struct ct_module);
    m->source = ct_arena_dup(a, source);
    m->path = ct_arena_dup(a, path);
    m->lang = ctx->lang.n ? ctx->lang : CT_SV("en");
    m->disciplines = CT_DISC_ALL;
    m->pass = -1;
    ct_module_name_of(m->path, &m->number, &m->slug);
    m->id = m->slug;
    ct_hash_hex(m->source, m->revision);
    return m;
}

/* `plain`: what it says is read, and nothing is proved of it or tried on it. */
static int parse(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                 const struct ct_module_context *ctx, bool plain, struct ct_problems *problems,
                 struct ct_module **ret, struct ct_err *err)
{
    struct ct_module *m = new_module(a, source, path, ctx);
    *ret = m;
    int r = ct_source_check(m->source, m->path, problems, err);
    if (r < 0)
        return r;
    struct ct_source s;
    struct ct_problems unsaid = {.arena = a};
    ct_source_split(a, m->source, m->path, problems, &s);
    problems = s.lost ? &unsaid : problems;
    ct_front_module(a, s.front, m->path, ctx->disciplines ? ctx->disciplines : &no_disciplines,
                    problems, m);
    if (m->disciplines == CT_DISC_NONE) /* an empty `for:` */
        m->disciplines = CT_DISC_ALL;
    if (is_blank(s.body)) {
        ct_problem_add(problems, "E07", m->path, 1, 0,
                       "the file has no text; begin with `# ` and a title");
        return CT_OK;
    }
    CT_AUTO_MD *md = NULL;
    if ((r = ct_source_parse(&s, m->path, problems, &md, err)) < 0)
        return r;
    struct ct_lift l = ct_lift_of(a, md, m->source, m->path, ctx, m->lang, problems);
    CT_AUTO_LINKING linking;
    ct_linking_init(&linking, ctx->glossary);
    l.linking = plain ? NULL : &linking;
    l.plain = plain;
    l.objectives = m->objectives;
    l.n_objectives = m->n_objectives;
    r = lift_document(&l, &s, m, err);
    set_practice(&l, m);
    if (!plain && r == CT_OK) {
        const struct ct_yaml *minutes = s.front ? ct_yaml_get(s.front, "minutes") : NULL;
        ct_measure_check(&l, m, minutes ? minutes->line : 1, s.body_line);
    }
    return r;
}

struct trial {
    struct ct_sv path;
    const struct ct_module_context *ctx;
};

static void check_again(void *arg, struct ct_sv source, struct ct_problems *ret)
{
    const struct trial *t = arg;
    struct ct_module *m;
    parse(ret->arena, source, t->path, t->ctx, true, ret, &m, NULL);
}

int ct_module_parse(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                    const struct ct_module_context *ctx, struct ct_problems *problems,
                    struct ct_module **ret, struct ct_err *err)
{
    size_t before = problems->n;
    int r = parse(a, source, path, ctx, false, problems, ret, err);
    if (r == CT_OK && problems->n > before) {
        struct trial t = {path, ctx};
        struct ct_mend_trial trial = {check_again, &t, source};
        ct_mend_fill(problems, before, &trial);
    }
    return r;
}

int ct_text_parse(struct ct_arena *a, const struct ct_source *source, struct ct_sv whole,
                  struct ct_sv path, const struct ct_module_context *ctx,
                  struct ct_problems *problems, const struct ct_block **ret, size_t *ret_n,
                  struct ct_err *err)
{
    CT_AUTO_MD *md = NULL;
    int r = ct_source_parse(source, path, problems, &md, err);
    if (r < 0)
        return r;
    struct ct_lift l = ct_lift_of(a, md, whole, path, ctx, ctx->lang, problems);
    struct ct_block *blocks;
    CT_AUTO_LINKING linking;
    ct_linking_init(&linking, ctx->glossary);
    l.linking = &linking;
    ct_tidy(&l, NULL);
    lift_page(&l, ct_md_first(ct_md_root(md)), NULL, &blocks, ret_n);
    *ret = blocks;
    for (size_t i = 0; i < l.n_questions; i++)
        ct_lift_problem_at(&l, "E26", l.questions[i]->line, 0,
                           "a question stands in a module, not in this file");
    return CT_OK;
}

const struct ct_section *ct_module_section(const struct ct_module *m, struct ct_sv slug)
{
    for (size_t i = 0; i < m->n_sections; i++) {
        if (ct_sv_eq(m->sections[i].slug, slug))
            return &m->sections[i];
    }
    return NULL;
}

const struct ct_question *ct_quiz_question(const struct ct_quiz *quiz, struct ct_sv id)
{
    for (size_t i = 0; quiz && i < quiz->n_questions; i++) {
        if (ct_sv_eq(quiz->questions[i]->id, id))
            return quiz->questions[i];
    }
    return NULL;
}
