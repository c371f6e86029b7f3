/*
 * page_author_new.c: a new course, lesson or scenario, begun from a text that explains itself. It
 * is a draft: nothing is in the content folder until it is published.
 */
#include "core_priv.h"
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/course/starter.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { KIND_MAX = 64, FILE_MAX = 80 };

#define ROW(member) offsetof(struct ct_author_new_input, member)

const struct ct_field ct_author_new_query[] = {
    {"course", CT_FIELD_SLUG, ROW(course), false, 0, KIND_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
/* What a title may be is for the starters to say; this only bounds it. */
const struct ct_field ct_author_new_form[] = {
    {"course", CT_FIELD_SLUG, ROW(course), false, 0, KIND_MAX},
    {"kind", CT_FIELD_TEXT, ROW(kind), false, 0, KIND_MAX},
    {"title", CT_FIELD_TEXT, ROW(title), false, 0, 1024},
    {"file", CT_FIELD_TEXT, ROW(file), false, 0, FILE_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct newcomer {
    struct ct_author_course course; /* slug null: a course is made */
    struct ct_sv kind, title;
    struct ct_sv file; /* of a module its name, of a course its folder's */
};

static bool makes_course(const struct newcomer *n)
{
    return n->course.slug.n == 0;
}

/* The next number that no module of the course has, neither in the folder nor as a draft. */
static int next_number(const struct ct_author_course *c)
{
    int64_t last = 0;

    for (size_t i = 0; i < c->n; i++)
        if (c->rows[i].number != INT64_MAX && c->rows[i].number > last)
            last = c->rows[i].number;
    return last < INT32_MAX - 1 ? (int)last + 1 : 1;
}

static int find_course(struct ct_request *rq, struct ct_sv slug, struct newcomer *n,
                       struct ct_err *err)
{
    int r;

    if (slug.n == 0)
        return CT_OK;
    r = ct_author_shelf_course(rq, slug, &n->course, err);
    return r == CT_OK && n->course.n == 0 ? ct_fail(err, CT_NOT_FOUND, "course", "no such course")
                                          : r;
}

/* What a module can begin as: all starters but those of what is no module. */
static int kinds_model(struct ct_request *rq, const struct newcomer *n, json_t **ret,
                       struct ct_err *err)
{
    struct ct_starter *all;
    json_t *list;
    size_t count;
    int r = ct_starter_list(rq->arena, rq->app->cfg.starters_dir, &all, &count, err);

    if (r < 0)
        return ct_fail(err, CT_INTERNAL, "starters", "they cannot be read");
    list = json_array();
    for (size_t i = 0; i < count; i++)
        if (!ct_sv_eq_c(all[i].name, "course") && !ct_sv_eq_c(all[i].name, "curriculum") &&
            !ct_sv_eq_c(all[i].name, "glossary"))
            json_array_append_new(
                list, json_pack("{s:o, s:o, s:b}", "name", ct_json_sv(all[i].name), "summary",
                                ct_json_sv(all[i].summary), "is_chosen",
                                ct_sv_eq(n->kind.n ? n->kind : CT_SV("lesson"), all[i].name)));
    *ret = list;
    return CT_OK;
}

static json_t *problem_of(const struct ct_err *problem, const char *field)
{
    return problem && strcmp(problem->what, field) == 0 ? ct_json_sv(ct_sv_c(problem->text))
                                                        : json_null();
}

static bool has_field(const struct ct_err *problem)
{
    return problem && (strcmp(problem->what, "title") == 0 || strcmp(problem->what, "file") == 0);
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct newcomer *n,
                const struct ct_err *problem, struct ct_err *err)
{
    bool course = makes_course(n);
    struct ct_sv title = n->course.live ? n->course.live->title : n->course.slug;
    json_t *kinds = NULL, *where = NULL;
    int r = kinds_model(rq, n, &kinds, err);

    if (r < 0)
        return r;
    where = course ? json_null()
                   : json_pack("{s:o, s:o}", "slug", ct_json_sv(n->course.slug), "title",
                               ct_json_sv(title));
    return ct_page(
        rq, rs, "author-new",
        json_pack(
            "{s:s, s:b, s:o, s:o, s:i, s:o, s:o, s:i, s:o, s:o, s:o}", "title",
            course ? "New course" : "New module", "is_course", course, "course", where, "kinds",
            kinds, "number", next_number(&n->course), "typed_title", ct_view_text(n->title),
            "typed_file", ct_view_text(n->file), "title_max", CT_TITLE_MAX, "error_title",
            problem_of(problem, "title"), "error_file", problem_of(problem, "file"), "error",
            problem && !has_field(problem) ? ct_json_sv(ct_sv_c(problem->text)) : json_null()),
        err);
}

int ct_get_author_new(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_author_new_input *in = rq->input;
    struct newcomer n = {.kind = CT_SV_NULL};
    int r = find_course(rq, in->course, &n, err);

    return r < 0 ? r : show(rq, rs, &n, NULL, err);
}

/* Fills in the file's name where none was typed, and says what is wrong with one that was. */
static int name_it(struct ct_request *rq, struct newcomer *n, struct ct_author_file *ret,
                   struct ct_err *problem)
{
    struct ct_arena *a = rq->arena;
    struct ct_sv made = makes_course(n)
                            ? ct_url_name(a, n->title)
                            : ct_starter_file_name(a, next_number(&n->course), n->title);

    if (n->file.n == 0 && made.n == 0)
        return ct_fail(problem, CT_BAD_INPUT, "file",
                       "Please type a name: nothing of this title can stand in an address.");
    if (n->file.n == 0)
        n->file = made;
    if (makes_course(n))
        *ret = (struct ct_author_file){.course = n->file, .file = CT_SV("course.md")};
    else
        *ret = (struct ct_author_file){.course = n->course.slug, .file = n->file};
    ret->path = ct_arena_printf(a, "%.*s/%.*s", CT_SV_ARG(ret->course), CT_SV_ARG(ret->file));
    if (ct_studio_path(ret->path))
        return CT_OK;
    return ct_fail(problem, CT_BAD_INPUT, "file",
                   makes_course(n)
                       ? "A folder's name has only a-z, 0-9 and -, as in first-steps."
                       : "A module's file is called 01-its-name.md: a number, then a-z, "
                         "0-9 and -, then .md.");
}

static int taken(struct ct_err *problem)
{
    return ct_fail(problem, CT_CONFLICT, "file",
                   "There is one of this name already. Please choose another.");
}

/* Begins the draft. */
static int begin(struct ct_request *rq, const struct newcomer *n, const struct ct_author_file *f,
                 struct ct_err *problem)
{
    struct ct_studio studio = ct_author_studio(rq);
    struct ct_draft d = {
        .path = f->path, .base = CT_SV(""), .version = 0, .person = rq->session->person};
    struct ct_author_course there;
    struct ct_draft draft;
    struct ct_sv file;
    char hash[CT_HASH_HEX + 1];
    int64_t version;
    int r = ct_studio_file(&studio, rq->arena, f->path, &file, hash, problem);

    if (r < 0)
        return r;
    if (file.p || ct_draft_get(rq->desk.db, rq->arena, f->path, &draft, NULL) == CT_OK)
        return taken(problem);
    if (makes_course(n) && (r = ct_author_shelf_course(rq, f->course, &there, problem)) < 0)
        return r;
    if (makes_course(n) && there.n > 0)
        return taken(problem);
    r = ct_starter_fill(rq->arena, rq->app->cfg.starters_dir,
                        makes_course(n) ? CT_SV("course") : n->kind, n->title,
                        &rq->cat->disciplines, &d.source, problem);
    if (r < 0)
        return r;
    r = ct_draft_save(rq->desk.store, rq->desk.clock, &d, &version, NULL);
    if (r == CT_CONFLICT)
        return taken(problem);
    return r < 0 ? ct_fail(problem, r, "draft", "The draft could not be saved.") : CT_OK;
}

static bool is_for_the_writer(const struct ct_err *problem)
{
    return problem->code == CT_BAD_INPUT || problem->code == CT_CONFLICT ||
           (problem->code == CT_NOT_FOUND && strcmp(problem->what, "starter") == 0);
}

int ct_post_author_new(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_author_new_input *in = rq->input;
    struct newcomer n = {
        .kind = in->kind, .title = ct_sv_trim(in->title), .file = ct_sv_trim(in->file)};
    struct ct_err problem = CT_ERR_INIT;
    struct ct_author_file file;
    int r = find_course(rq, in->course, &n, err);

    if (r < 0)
        return r;
    if (n.title.n == 0)
        ct_fail(&problem, CT_BAD_INPUT, "title", "Please type a title.");
    else if (name_it(rq, &n, &file, &problem) == CT_OK && begin(rq, &n, &file, &problem) == CT_OK)
        return ct_see_other(rq, rs, ct_author_href(rq, &file, NULL));
    if (!is_for_the_writer(&problem))
        return ct_fail(err, problem.code, problem.what, "%s", problem.text);
    rs->status = ct_status_http(problem.code);
    r = show(rq, rs, &n, &problem, err);
    return r < 0 ? r : ct_answered(&problem, err);
}
