/*
 * page_uploads.c: a course's pictures, media and captions, each with the line that puts it into a
 * text; and taking new ones.
 */
#include "core_priv.h"
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { ALT_MAX = 1000, KILO = 1024 };

#define ROW(member) offsetof(struct ct_uploads_input, member)

const struct ct_field ct_uploads_form[] = {
    {"file", CT_FIELD_FILE, ROW(file), true, 0, CT_UPLOAD_MAX},
    {"alt", CT_FIELD_TEXT, ROW(alt), false, 0, ALT_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static bool is_captions(struct ct_sv name)
{
    return name.n >= 4 && ct_sv_ieq(ct_sv_sub(name, name.n - 4, 4), CT_SV(".vtt"));
}

static bool is_picture(struct ct_sv name)
{
    const char *type = ct_media_type(name);

    return type && strncmp(type, "image/", 6) == 0;
}

/* "![A closed door](images/door.png)": what is said of the picture with its marks escaped. */
static struct ct_sv markdown_of(struct ct_arena *a, struct ct_sv path, struct ct_sv alt)
{
    CT_AUTO_STR line = CT_STR_INIT((size_t)4 * ALT_MAX + CT_URL_MAX);

    ct_str_add_c(&line, "![");
    for (size_t i = 0; i < alt.n; i++) {
        char c = alt.p[i];
        if (strchr("\\[]`*_<&", c) && c)
            ct_str_add_char(&line, '\\');
        ct_str_add_char(&line, (unsigned char)c < 0x20 ? ' ' : c);
    }
    ct_str_add_c(&line, "](");
    for (size_t i = 0; i < path.n; i++) /* a space would end the target */
        if (path.p[i] == ' ')
            ct_str_add_c(&line, "%20");
        else
            ct_str_add_char(&line, path.p[i]);
    ct_str_add_c(&line, ")");
    return ct_str_ok(&line) ? ct_arena_dup(a, ct_str_sv(&line)) : CT_SV("");
}

/* UPLOAD: {path, href, is_picture, markdown (null for captions, which are found by their name)}. */
static json_t *upload_model(struct ct_request *rq, struct ct_sv path, struct ct_sv alt)
{
    CT_AUTO_STR href = CT_STR_INIT(CT_URL_MAX);
    struct ct_sv rest = path, part;

    ct_str_add_sv(&href, CT_URL(rq->arena, CT_SV("content"), rq->params[0]));
    while (ct_sv_split(&rest, '/', &part)) {
        ct_str_add_char(&href, '/');
        ct_url_add_segment(&href, part);
    }
    return json_pack("{s:o, s:o, s:b, s:o}", "path", ct_json_sv(path), "href",
                     ct_json_sv(ct_arena_dup(rq->arena, ct_str_sv(&href))), "is_picture",
                     is_picture(path), "markdown",
                     is_captions(path) ? json_null()
                                       : ct_json_sv(markdown_of(rq->arena, path, alt)));
}

static struct ct_sv size_text(struct ct_arena *a, int64_t bytes)
{
    if (bytes < KILO)
        return ct_arena_printf(a, "%lld bytes", (long long)bytes);
    if (bytes < KILO * KILO)
        return ct_arena_printf(a, "%lld kB", (long long)(bytes / KILO));
    return ct_arena_printf(a, "%.1f MB", (double)bytes / KILO / KILO);
}

static json_t *list_model(struct ct_request *rq, const struct ct_upload *all, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *one = upload_model(rq, all[i].path, CT_SV("What it shows"));
        json_object_set_new(one, "size", ct_json_sv(size_text(rq->arena, all[i].size)));
        json_array_append_new(list, one);
    }
    return list;
}

/* `added`: the UPLOAD that was just taken (stolen), or null; `problem`: why none was. */
static int show(struct ct_request *rq, struct ct_response *rs, json_t *added,
                const struct ct_uploads_input *in, const struct ct_err *problem, struct ct_err *err)
{
    struct ct_studio studio = ct_author_studio(rq);
    const struct ct_course *c = ct_catalogue_course(rq->cat, rq->params[0]);
    struct ct_upload *all;
    bool of_captions = in && is_captions(in->file.file_name);
    json_t *text = problem ? ct_json_sv(ct_sv_c(problem->text)) : json_null();
    size_t n;
    int r = ct_studio_uploads(&studio, rq->arena, rq->params[0], &all, &n, err);

    if (r < 0) {
        json_decref(added);
        json_decref(text);
        return r;
    }
    return ct_page(rq, rs, "uploads",
                   json_pack("{s:s, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:b, s:i}", "title",
                             "Pictures and captions", "course_title",
                             ct_json_sv(c ? c->title : rq->params[0]), "added", added, "error",
                             text, "typed_alt", problem && in ? ct_view_text(in->alt) : json_null(),
                             "error_of_captions", problem && of_captions, "has_files", n > 0,
                             "files", list_model(rq, all, n), "error_of_picture",
                             problem && !of_captions, "max_mb", CT_UPLOAD_MAX / KILO / KILO),
                   err);
}

int ct_get_uploads(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, json_null(), NULL, NULL, err);
}

static int take(struct ct_request *rq, const struct ct_uploads_input *in, struct ct_sv *ret_path,
                struct ct_err *problem)
{
    struct ct_studio studio = ct_author_studio(rq);

    if (!is_captions(in->file.file_name) && ct_sv_trim(in->alt).n == 0)
        return ct_fail(problem, CT_BAD_INPUT, "alt",
                       "Please say in words what the picture shows, for who does not see it.");
    return ct_studio_upload(&studio, rq->arena, rq->params[0], in->file.file_name, in->file.bytes,
                            ret_path, problem);
}

int ct_post_uploads(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_uploads_input *in = rq->input;
    struct ct_err problem = CT_ERR_INIT;
    struct ct_sv path;
    int r = take(rq, in, &path, &problem);

    if (r == CT_OK)
        return show(rq, rs, upload_model(rq, path, ct_sv_trim(in->alt)), in, NULL, err);
    if (r != CT_BAD_INPUT && r != CT_TOO_BIG)
        return ct_fail(err, r, problem.what, "%s", problem.text);
    rs->status = ct_status_http(r);
    r = show(rq, rs, json_null(), in, &problem, err);
    return r < 0 ? r : ct_answered(&problem, err);
}
