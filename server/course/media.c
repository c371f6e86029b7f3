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

/* "01:02:03.456" or "02:03.456" at the front of a text, in seconds, begun ones whole; -1: none. */
static int64_t time_of(struct ct_sv s)
{
    int64_t sum = 0, part = 0;
    size_t i = 0, digits = 0;
    for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == ':'); i++) {
        if (s.p[i] == ':') {
            sum = (sum + part) * 60;
            part = 0;
        } else if (++digits <= 8) {
            part = part * 10 + (s.p[i] - '0');
        }
    }
    bool fraction = i + 1 < s.n && s.p[i] == '.';
    return digits == 0 ? -1 : sum + part + (fraction && s.p[i + 1] != '0');
}

/* The last time that captions name is where the film ends, or near it. */
static int length_of(struct ct_lift *l, struct ct_sv captions)
{
    enum { DAY = 24 * 60 * 60 };
    struct ct_sv base = l->ctx->base_url, text, line;
    int64_t last = 0;
    if (ct_sv_starts(captions, base))
        captions = ct_sv_sub(captions, base.n, SIZE_MAX);
    if (captions.n == 0 || !l->ctx->read || !l->ctx->read(l->ctx->arg, l->arena, captions, &text))
        return 0;
    while (ct_sv_split(&text, '\n', &line)) {
        size_t at = ct_sv_search(line, CT_SV("-->"));
        int64_t end = at == SIZE_MAX ? -1 : time_of(ct_sv_trim(ct_sv_sub(line, at + 3, SIZE_MAX)));
        last = end > last && end < DAY ? end : last;
    }
    return (int)last;
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
    block.seconds = length_of(l, block.captions);
    bool local =
        l->ctx->base_url.n > 0 ? ct_sv_starts(url, l->ctx->base_url) : ct_target_is_relative(url);
    if (block.is_video && block.captions.n == 0 && local && l->ctx->exists)
        ct_lift_problem(l, "E46", n,
                        "this film has no captions; put a file of the same name that ends in .vtt "
                        "beside it");
    *ret = block;
    return true;
}
