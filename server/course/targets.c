/*
 * server/course/targets.c: one walk over a fresh document, before it is taken apart: trainer notes
 * go, headings made by accident are reported, links and pictures are checked and get their
 * addresses.
 */
#include "targets_priv.h"

#include "labels_priv.h"
#include "media_priv.h"
#include "module_priv.h"

#include "ct/base/banned.h"

struct ct_sv ct_target_path(struct ct_sv url)
{
    size_t n = 0;
    while (n < url.n && url.p[n] != '?' && url.p[n] != '#')
        n++;
    return ct_sv_sub(url, 0, n);
}

static struct ct_sv fragment_of(struct ct_sv url)
{
    size_t hash = ct_sv_find(url, '#');
    return hash == SIZE_MAX ? CT_SV_NULL : ct_sv_sub(url, hash + 1, url.n);
}

bool ct_target_is_relative(struct ct_sv url)
{
    if (url.n == 0 || url.p[0] == '/' || url.p[0] == '#' || url.p[0] == '?' || url.p[0] == '\\')
        return false;
    for (size_t i = 0; i < url.n && url.p[i] != '/' && url.p[i] != '?' && url.p[i] != '#'; i++) {
        if (url.p[i] == ':')
            return false;
    }
    return true;
}

bool ct_target_exists(struct ct_lift *l, struct ct_sv url)
{
    if (!l->ctx->exists)
        return true;
    struct ct_sv rest = ct_target_path(url), part, path = CT_SV("");
    while (ct_sv_split(&rest, '/', &part)) {
        struct ct_sv plain;
        if (ct_url_decode_segment(l->arena, part, &plain, NULL) < 0)
            return false;
        path = ct_arena_printf(l->arena, "%.*s%s%.*s", CT_SV_ARG(path), path.n ? "/" : "",
                               CT_SV_ARG(plain));
    }
    return l->ctx->exists(l->ctx->arg, path);
}

static bool climbs(struct ct_sv path)
{
    struct ct_sv part;
    while (ct_sv_split(&path, '/', &part)) {
        if (ct_sv_eq_c(part, ".."))
            return true;
    }
    return false;
}

static void set_url(struct ct_md_node *n, struct ct_lift *l, struct ct_sv base, struct ct_sv url)
{
    if (base.p)
        ct_md_set_url(n, ct_arena_printf(l->arena, "%.*s%.*s", CT_SV_ARG(base), CT_SV_ARG(url)));
}

/* A file beside the module: a picture, a film, a handout. */
static void read_file_target(struct ct_lift *l, struct ct_md_node *n, struct ct_sv url,
                             const char *what)
{
    struct ct_sv path = ct_target_path(url);
    if (ct_sv_starts(path, CT_SV("./")))
        url = ct_sv_sub(url, 2, url.n), path = ct_target_path(url);
    if (l->ctx->exists && (climbs(path) || !ct_target_exists(l, path)))
        ct_lift_problem(l, "E47", n,
                        "this %s leads nowhere: there is no file \"%.*s\" beside the "
                        "course's files",
                        what, CT_SV_ARG(ct_clip(path)));
    set_url(n, l, l->ctx->base_url, url);
}

/* Another module or course: [../][folder/]NN-name.md becomes its address. */
static void read_page_target(struct ct_lift *l, struct ct_md_node *n, struct ct_sv url)
{
    struct ct_sv path = ct_target_path(url), fragment = fragment_of(url);
    if (ct_sv_starts(path, CT_SV("./")))
        path = ct_sv_sub(path, 2, path.n);
    if (!ct_target_exists(l, path))
        ct_lift_problem(l, "E47", n, "this link leads nowhere: there is no file \"%.*s\"",
                        CT_SV_ARG(ct_clip(path)));
    struct ct_sv base = l->ctx->link_url;
    if (!base.p)
        return;
    if (ct_sv_starts(path, CT_SV("../"))) {
        path = ct_sv_sub(path, 3, path.n);
        base = ct_sv_sub(base, 0, base.n > 0 ? base.n - 1 : 0);
        while (base.n > 0 && base.p[base.n - 1] != '/')
            base.n--;
    }
    size_t slash = ct_sv_find(path, '/');
    struct ct_sv file = slash == SIZE_MAX ? path : ct_sv_sub(path, slash + 1, path.n);
    struct ct_sv folder = slash == SIZE_MAX ? CT_SV("") : ct_sv_sub(path, 0, slash + 1);
    struct ct_sv slug = CT_SV("");
    int number;
    if (!ct_sv_eq_c(file, "course.md") && !ct_module_name_parse(file, &number, &slug))
        slug = ct_sv_sub(file, 0, file.n - 3);
    struct ct_sv to = ct_arena_printf(l->arena, "%.*s%.*s%.*s", CT_SV_ARG(base), CT_SV_ARG(folder),
                                      CT_SV_ARG(slug));
    if (slug.n == 0 && to.n > 1 && ct_sv_ends(to, CT_SV("/")))
        to.n--;
    if (fragment.n > 0)
        to = ct_arena_printf(l->arena, "%.*s#%.*s", CT_SV_ARG(to), CT_SV_ARG(fragment));
    ct_md_set_url(n, to);
}

/* The heading that was probably meant; the null view if none is near. */
static struct ct_sv nearest_place(struct ct_lift *l, struct ct_sv target,
                                  const struct ct_places *places)
{
    struct ct_sv slug = ct_url_slug(l->arena, target);
    if (++l->n_looked_up > CT_LOOK_UPS_MAX)
        return CT_SV_NULL;
    for (size_t i = 0; i < places->slugs.n; i++) {
        struct ct_sv name = places->slugs.items[i].name;
        if (ct_sv_eq(name, slug) || ct_is_near(slug, name))
            return name;
    }
    return CT_SV_NULL;
}

/* "#a-heading" of this very lesson: the page of the section that it stands in. */
static void read_place(struct ct_lift *l, struct ct_md_node *n, struct ct_sv url,
                       const struct ct_places *places)
{
    struct ct_sv target = ct_sv_sub(url, 1, url.n), plain = target, own;
    ct_url_decode_segment(l->arena, target, &plain, NULL);
    int number;
    size_t i = ct_lift_name_find(&places->slugs, plain);
    if (i != SIZE_MAX) {
        struct ct_sv section = places->sections[i];
        if (l->ctx->link_url.p && ct_module_name_of(l->path, &number, &own))
            ct_md_set_url(n, ct_arena_printf(l->arena, "%.*s%.*s%s%.*s",
                                             CT_SV_ARG(l->ctx->link_url), CT_SV_ARG(own),
                                             section.n ? "/" : "", CT_SV_ARG(section)));
        return;
    }
    if (!l->ctx->exists)
        return;
    struct ct_sv near = nearest_place(l, plain, places);
    ct_lift_problem(l, "E47", n,
                    "this link leads nowhere: no heading of this file has the address \"#%.*s\"%s"
                    "%.*s%s",
                    CT_SV_ARG(ct_clip(target)), near.n ? "; did you mean \"#" : "", CT_SV_ARG(near),
                    near.n ? "\"?" : "");
    if (near.n > 0)
        ct_problem_meant(l->problems, target, near);
}

static void read_link(struct ct_lift *l, struct ct_md_node *n, const struct ct_places *places)
{
    struct ct_sv url = ct_arena_dup(l->arena, ct_md_url(n));
    if (url.n > 1 && url.p[0] == '#' && places)
        read_place(l, n, url, places);
    if (!ct_target_is_relative(url))
        return;
    if (ct_sv_ends(ct_target_path(url), CT_SV(".md")))
        read_page_target(l, n, url);
    else
        read_file_target(l, n, url, "link");
}

static void read_image(struct ct_lift *l, struct ct_md_node *n)
{
    struct ct_sv url = ct_arena_dup(l->arena, ct_md_url(n));
    enum ct_media kind = ct_media_of(url);
    const char *what = kind == CT_MEDIA_PICTURE ? "picture"
                       : kind == CT_MEDIA_FILM  ? "film"
                                                : "sound";
    if (ct_sv_trim(ct_md_plain(l->arena, n)).n == 0)
        ct_lift_problem(l, "E45", n,
                        "this %s has no alternative text; say in the brackets what it shows: "
                        "![two women at a desk](%.*s)",
                        what, CT_SV_ARG(ct_clip(url)));
    if (kind != CT_MEDIA_PICTURE && ct_media_alone(ct_md_parent(n)) != n)
        ct_lift_problem(l, "E48", n,
                        "a %s stands alone in its paragraph; leave an empty line in "
                        "front of it and behind it",
                        what);
    if (ct_target_is_relative(url))
        read_file_target(l, n, url, what);
}

static void split_lines(struct ct_lift *l)
{
    struct ct_sv rest = l->source, part;
    size_t cap = 0;
    while (ct_sv_split(&rest, '\n', &part))
        CT_ARENA_PUSH(l->arena, l->lines, l->n_lines, cap, part);
}

struct ct_sv ct_lift_line(struct ct_lift *l, int line)
{
    if (!l->lines)
        split_lines(l);
    return line >= 1 && (size_t)line <= l->n_lines ? l->lines[line - 1] : CT_SV_NULL;
}

/* The line of --- that made a heading of the text above it; 0 if there is none. cmark's end line of
 * such a heading is often the line behind it. */
static int underline_of(struct ct_lift *l, const struct ct_md_node *heading)
{
    for (int n = ct_md_line(heading) + 1; n <= ct_md_end_line(heading); n++) {
        struct ct_sv line = ct_lift_line(l, n);
        while (line.n > 0 && (line.p[0] == '>' || line.p[0] == ' '))
            line = ct_sv_sub(line, 1, line.n);
        if (ct_sv_eq_c(ct_sv_trim(line), "---"))
            return n;
    }
    return 0;
}

static void check_heading(struct ct_lift *l, const struct ct_md_node *n)
{
    int line = ct_md_level(n) == 2 ? underline_of(l, n) : 0;
    if (line > 0)
        ct_lift_problem_at(
            l, "W31", line, 0,
            "--- directly below a text makes the text a heading; leave an empty line "
            "between them, or write `## ` in front of the heading");
}

static bool is_trainer_quote(struct ct_lift *l, const struct ct_md_node *n)
{
    const struct ct_md_node *first = ct_md_type(n) == CT_MD_QUOTE ? ct_md_first(n) : NULL;
    return first && ct_lift_is_trainer_note(l, first);
}

/* A trainer note that is no quote would be shown to learners. */
static void check_paragraph(struct ct_lift *l, const struct ct_md_node *n)
{
    if (ct_md_type(ct_md_parent(n)) != CT_MD_QUOTE && ct_lift_is_trainer_note(l, n))
        ct_lift_problem(l, "E26", n,
                        "a trainer note is a quote, or learners would see it: write > in front of "
                        "each of its lines");
    ct_lift_nearly(l, n);
}

static void tidy_below(struct ct_lift *l, struct ct_md_node *parent, const struct ct_places *places)
{
    for (struct ct_md_node *n = ct_md_first(parent), *next; n; n = next) {
        next = ct_md_next(n);
        enum ct_md_type type = ct_md_type(n);
        if (is_trainer_quote(l, n)) {
            ct_lift_label_check(l, n); /* another label within would go unseen */
            ct_md_unlink(l->md, n);
            continue;
        }
        if (type == CT_MD_LINK)
            read_link(l, n, places);
        else if (type == CT_MD_IMAGE)
            read_image(l, n);
        else if (type == CT_MD_HEADING)
            check_heading(l, n);
        else if (type == CT_MD_PARAGRAPH)
            check_paragraph(l, n);
        else if (type == CT_MD_TEXT)
            ct_check_lost_links(l, n);
        tidy_below(l, n, places);
    }
}

void ct_tidy(struct ct_lift *l, const struct ct_places *places)
{
    tidy_below(l, ct_md_root(l->md), places);
}
