/*
 * server/course/media.c: films and sounds, which stand alone in their paragraph.
 */
#include "media_priv.h"

#include "targets_priv.h"

#include "ct/base/banned.h"

static bool has_ending(struct ct_sv url, const char *const *endings)
{
    for (; *endings; endings++) {
        struct ct_sv e = ct_sv_c(*endings);
        if (url.n > e.n && ct_sv_ieq(ct_sv_sub(url, url.n - e.n, e.n), e))
            return true;
    }
    return false;
}

enum ct_media ct_media_of(struct ct_sv url)
{
    static const char *const film[] = {".mp4", ".webm", ".ogv", ".mov", ".m4v", NULL};
    static const char *const sound[] = {".mp3",  ".ogg", ".oga",  ".wav",
                                        ".flac", ".m4a", ".opus", NULL};
    url = ct_target_path(url);
    return has_ending(url, film)    ? CT_MEDIA_FILM
           : has_ending(url, sound) ? CT_MEDIA_SOUND
                                    : CT_MEDIA_PICTURE;
}

const struct ct_md_node *ct_media_alone(const struct ct_md_node *n)
{
    const struct ct_md_node *only = ct_md_type(n) == CT_MD_PARAGRAPH ? ct_md_first(n) : NULL;
    return only && !ct_md_next(only) && ct_md_type(only) == CT_MD_IMAGE ? only : NULL;
}

/* The .vtt beside it. The address was rewritten; the file is looked for as it was written. */
static struct ct_sv captions_of(struct ct_lift *l, struct ct_sv url, bool is_film)
{
    struct ct_sv path = ct_target_path(url);
    size_t dot = path.n;
    while (dot > 0 && path.p[dot - 1] != '.')
        dot--;
    struct ct_sv vtt = ct_arena_printf(l->arena, "%.*svtt", CT_SV_ARG(ct_sv_sub(path, 0, dot)));
    struct ct_sv base = l->ctx->base_url, relative = vtt;
    if (base.n > 0 && ct_sv_starts(vtt, base))
        relative = ct_sv_sub(vtt, base.n, vtt.n);
    if (!ct_target_is_relative(relative))
        return CT_SV_NULL;
    if (l->ctx->exists ? ct_target_exists(l, relative) : is_film)
        return vtt;
    return CT_SV_NULL;
}

bool ct_lift_media(struct ct_lift *l, const struct ct_md_node *n, struct ct_block *ret)
{
    const struct ct_md_node *image = ct_media_alone(n);
    if (!image)
        return false;
    struct ct_sv url = ct_arena_dup(l->arena, ct_md_url(image));
    enum ct_media kind = ct_media_of(url);
    if (kind == CT_MEDIA_PICTURE)
        return false;
    struct ct_block block = {.kind = CT_BLOCK_MEDIA,
                             .line = ct_md_line(n),
                             .url = url,
                             .label = ct_md_plain(l->arena, image),
                             .is_video = kind == CT_MEDIA_FILM};
    block.captions = captions_of(l, url, block.is_video);
    bool local =
        l->ctx->base_url.n > 0 ? ct_sv_starts(url, l->ctx->base_url) : ct_target_is_relative(url);
    if (block.is_video && block.captions.n == 0 && local && l->ctx->exists)
        ct_lift_problem(l, "E46", n,
                        "this film has no captions; put a file of the same name that ends in .vtt "
                        "beside it");
    *ret = block;
    return true;
}
