/*
 * starter.c: texts to start from, filled in. Where they are put is for commands and pages to say.
 */
#include "ct/course/starter.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/mustache.h"
#include "ct/text/url.h"

#include "escape_priv.h"

#include "ct/base/banned.h"

enum { STARTERS_MAX = 1000, STARTER_MAX = 64 * 1024 };

#define CT_AUTO_TEMPLATES __attribute__((cleanup(ct_templates_freep))) struct ct_templates

/* ---- titles ---- */

/* Characters that would end a line, or that cannot be seen at all. */
static bool is_control(uint32_t r)
{
    return r < 0x20 || (r >= 0x7f && r < 0xa0) || r == 0x2028 || r == 0x2029 || r == 0xfeff ||
           r >= 0x10fffe || (r & 0xfffe) == 0xfffe;
}

static int check_title(struct ct_sv title, struct ct_err *err)
{
    if (title.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "title", "it is empty");
    if (title.n > CT_TITLE_MAX)
        return ct_fail(err, CT_BAD_INPUT, "title", "it is over %d bytes", CT_TITLE_MAX);
    if (!ct_sv_utf8(title))
        return ct_fail(err, CT_BAD_INPUT, "title", "it is not UTF-8");
    for (struct ct_sv rest = title; rest.n > 0;)
        if (is_control(ct_sv_rune(&rest)))
            return ct_fail(err, CT_BAD_INPUT, "title",
                           "it is over one line, or has characters that cannot be seen");
    return CT_OK;
}

static struct ct_sv as_yaml(struct ct_arena *a, struct ct_sv title)
{
    CT_AUTO_STR out = CT_STR_INIT(4 * CT_TITLE_MAX);

    ct_str_add_char(&out, '"');
    for (size_t i = 0; i < title.n; i++) {
        if (title.p[i] == '"' || title.p[i] == '\\')
            ct_str_add_char(&out, '\\');
        ct_str_add_char(&out, title.p[i]);
    }
    ct_str_add_char(&out, '"');
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* ---- files ---- */

/* The text of the comment that a starter opens with. */
static struct ct_sv summary_of(struct ct_sv source)
{
    size_t end = ct_sv_search(source, CT_SV("}}"));
    if (!ct_sv_starts(source, CT_SV("{{!")) || end == SIZE_MAX)
        return CT_SV("");
    struct ct_sv text = ct_sv_trim(ct_sv_sub(source, 3, end - 3));
    size_t line = ct_sv_find(text, '\n');
    return ct_sv_trim(ct_sv_sub(text, 0, line));
}

static bool is_starter(const struct ct_dir_entry *e)
{
    return !e->is_dir && e->name.n > 3 && ct_sv_ends(e->name, CT_SV(".md")) &&
           ct_url_is_slug(ct_sv_sub(e->name, 0, e->name.n - 3));
}

int ct_starter_list(struct ct_arena *a, const char *dir, struct ct_starter **ret, size_t *ret_n,
                    struct ct_err *err)
{
    struct ct_dir_entry *entries;
    struct ct_starter *items = NULL;
    size_t n_entries, n = 0, cap = 0;
    int r = ct_dir_list(a, dir, STARTERS_MAX, &entries, &n_entries, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < n_entries; i++) {
        struct ct_starter s = {ct_sv_sub(entries[i].name, 0, entries[i].name.n - 3), CT_SV_NULL};
        struct ct_sv source;
        if (!is_starter(&entries[i]))
            continue;
        r = ct_file_read(a, ct_path_join(a, dir, entries[i].name), STARTER_MAX, &source, err);
        if (r < 0)
            return r;
        s.summary = summary_of(source);
        CT_ARENA_PUSH(a, items, n, cap, s);
    }
    *ret = items;
    *ret_n = n;
    return CT_OK;
}

static int read_starter(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv *ret,
                        struct ct_err *err)
{
    struct ct_sv file = ct_arena_printf(a, "%.*s.md", CT_SV_ARG(name));
    struct ct_err why = CT_ERR_INIT;
    if (!ct_url_is_slug(name))
        return ct_fail(err, CT_NOT_FOUND, "starter", "no text to start from can be called so");
    int r = ct_file_read(a, ct_path_join(a, dir, file), STARTER_MAX, ret, &why);
    if (r == CT_NOT_FOUND)
        return ct_fail(err, CT_NOT_FOUND, "starter", "there is no \"%.*s\"", CT_SV_ARG(name));
    return r < 0 ? ct_fail(err, (enum ct_status)r, why.what, "%s", why.text) : CT_OK;
}

/* ---- filling in ---- */

/* The first two disciplines, or twice the only one. */
static void set_disciplines(struct ct_arena *a, json_t *view, const struct ct_disciplines *d)
{
    struct ct_disciplines ours;
    if (!d || d->n == 0) {
        ct_disciplines_default(&ours);
        d = &ours;
    }
    const struct ct_discipline *one = &d->items[0], *other = &d->items[d->n > 1 ? 1 : 0];
    json_object_set_new(view, "has_other", json_boolean(d->n > 1));
    ct_json_set_sv(view, "one", one->slug);
    ct_json_set_sv(view, "ones", ct_escape_title(a, ct_sv_sub(one->plural, 0, CT_TITLE_MAX)));
    ct_json_set_sv(view, "other", other->slug);
    ct_json_set_sv(view, "others", ct_escape_title(a, ct_sv_sub(other->plural, 0, CT_TITLE_MAX)));
}

int ct_starter_fill(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv title,
                    const struct ct_disciplines *disciplines, struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_TEMPLATES *templates = ct_templates_new();
    CT_AUTO_JSON *view = json_object();
    CT_AUTO_STR out = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_sv source, slug;
    int r;

    title = ct_sv_trim(title);
    if ((r = read_starter(a, dir, name, &source, err)) < 0 || (r = check_title(title, err)) < 0 ||
        (r = ct_templates_add(templates, "starter", source, err)) < 0)
        return r;
    slug = ct_url_name(a, title);
    ct_json_set_sv(view, "title", ct_escape_title(a, title));
    ct_json_set_sv(view, "title_yaml", as_yaml(a, title));
    ct_json_set_sv(view, "slug", slug.n ? slug : CT_SV(""));
    set_disciplines(a, view, disciplines);
    if ((r = ct_templates_render(templates, "starter", view, &out, err)) < 0)
        return r;
    *ret = ct_arena_dup(a, ct_str_sv(&out));
    return CT_OK;
}

int ct_starter_make(struct ct_arena *a, const char *dir, struct ct_sv name, struct ct_sv title,
                    struct ct_sv *ret, struct ct_err *err)
{
    return ct_starter_fill(a, dir, name, title, NULL, ret, err);
}
