/*
 * asset.c: the files of static/, read into memory when the program starts.
 */
#include "core_priv.h"
#include "pages_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include "ct/base/banned.h"

struct ct_asset {
    struct ct_sv name, bytes, etag;
    const char *type;
};

enum { ASSETS_MAX = 200 };

const char *ct_media_type(struct ct_sv name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".vtt", "text/vtt; charset=utf-8"},
        {".mp4", "video/mp4"},
        {".webm", "video/webm"},
        {".mp3", "audio/mpeg"},
        {".ogg", "audio/ogg"},
        {".m4a", "audio/mp4"},
        {".pdf", "application/pdf"},
        {".txt", "text/plain; charset=utf-8"},
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        size_t n = strlen(types[i].ending);
        if (name.n > n && ct_sv_ieq(ct_sv_sub(name, name.n - n, n), ct_sv_c(types[i].ending)))
            return types[i].type;
    }
    return NULL;
}

int ct_assets_load(struct ct_app *app, struct ct_err *err)
{
    struct ct_dir_entry *entries;
    size_t n;
    int r = ct_dir_list(&app->arena, app->cfg.static_dir, ASSETS_MAX, &entries, &n, err);

    if (r < 0)
        return r;
    app->assets = ct_arena_array(&app->arena, struct ct_asset, n);
    for (size_t i = 0; i < n; i++) {
        struct ct_asset *asset = &app->assets[app->n_assets];
        char hash[CT_HASH_HEX + 1];
        const char *path = ct_path_join(&app->arena, app->cfg.static_dir, entries[i].name);
        if (entries[i].is_dir || !ct_media_type(entries[i].name))
            continue;
        if ((r = ct_file_read(&app->arena, path, CT_PAGE_MAX, &asset->bytes, err)) < 0)
            return r;
        asset->name = entries[i].name;
        asset->type = ct_media_type(entries[i].name);
        asset->etag = ct_arena_printf(&app->arena, "\"%.16s\"", ct_hash_hex(asset->bytes, hash));
        app->n_assets++;
    }
    return CT_OK;
}

int ct_get_static(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    for (size_t i = 0; i < rq->app->n_assets; i++) {
        const struct ct_asset *asset = &rq->app->assets[i];
        if (!ct_sv_eq(asset->name, rq->params[0]))
            continue;
        rs->status = ct_sv_eq(rq->if_none_match, asset->etag) ? 304 : 200;
        rs->borrowed = asset->bytes;
        rs->content_type = asset->type;
        rs->etag = asset->etag;
        rs->cache = "public, max-age=300";
        return CT_OK;
    }
    return ct_fail(err, CT_NOT_FOUND, "file", "no such file");
}
