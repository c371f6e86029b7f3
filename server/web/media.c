/*
 * media.c: pictures, films and captions of a course, sent from the content folder.
 *
 * Only files of known media types inside the folder are sent: never a source, a hidden file, or
 * something that a symbolic link leads to outside. One range of bytes is honoured (RFC 9110, 14),
 * because browsers seek in films by it.
 */
#include "core_priv.h"
#include "pages_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/url.h"
#include "ct/web/app.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "ct/base/banned.h"

static int no_file(struct ct_err *err)
{
    return ct_fail(err, CT_NOT_FOUND, "file", "no such file");
}

/* dir/course/rest with each part decoded and harmless; the real path, checked to lie inside dir. */
static int find_file(struct ct_request *rq, const char *dir, char *ret_real, struct ct_err *err)
{
    struct ct_sv rest = rq->params[1], raw, part;
    const char *path = ct_path_join(rq->arena, dir, rq->params[0]);
    char root[PATH_MAX];
    size_t n;
    int r;

    if (rq->params[0].n == 0 || rq->params[0].p[0] == '.')
        return no_file(err);
    while (ct_sv_split(&rest, '/', &raw)) {
        if ((r = ct_url_decode_segment(rq->arena, raw, &part, err)) < 0)
            return r;
        if (part.n == 0 || part.p[0] == '.')
            return no_file(err);
        path = ct_path_join(rq->arena, path, part);
    }
    if (!realpath(dir, root) || !realpath(path, ret_real))
        return no_file(err);
    n = strlen(root);
    if (strncmp(ret_real, root, n) != 0 || ret_real[n] != '/')
        return no_file(err);
    return CT_OK;
}

/* "bytes=a-b", "bytes=a-", "bytes=-n"; false for anything else, which is then ignored. */
static bool parse_range(struct ct_sv range, int64_t size, int64_t *ret_from, int64_t *ret_to)
{
    struct ct_sv spec = ct_sv_sub(range, strlen("bytes="), SIZE_MAX), first;
    int64_t from = 0, to = size - 1;

    if (!ct_sv_starts(range, CT_SV("bytes=")) || ct_sv_find(spec, ',') != SIZE_MAX ||
        !ct_sv_split(&spec, '-', &first) || spec.p == NULL)
        return false;
    if (first.n == 0) {
        if (!ct_sv_i64(spec, &from) || from <= 0)
            return false;
        from = from < size ? size - from : 0;
    } else {
        if (!ct_sv_i64(first, &from) || from < 0)
            return false;
        if (spec.n && (!ct_sv_i64(spec, &to) || to < from))
            return false;
    }
    *ret_from = from;
    *ret_to = to < size ? to : size - 1;
    return true;
}

static void apply_range(struct ct_request *rq, struct ct_response *rs, int64_t size)
{
    int64_t from, to;

    if (rq->range.p == NULL || !parse_range(rq->range, size, &from, &to))
        return;
    if (from >= size) {
        rs->status = 416;
        rs->file_length = 0;
        rs->content_range = ct_arena_printf(rq->arena, "bytes */%lld", (long long)size);
        return;
    }
    rs->status = 206;
    rs->file_offset = from;
    rs->file_length = to - from + 1;
    rs->content_range = ct_arena_printf(rq->arena, "bytes %lld-%lld/%lld", (long long)from,
                                        (long long)to, (long long)size);
}

int ct_get_media(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    char real[PATH_MAX];
    struct stat st;
    int r = find_file(rq, rq->app->cfg.content_dir, real, err);

    if (r < 0)
        return r;
    rs->content_type = ct_media_type(ct_sv_c(real));
    if (!rs->content_type || stat(real, &st) != 0 || !S_ISREG(st.st_mode) ||
        st.st_size > CT_MEDIA_MAX)
        return no_file(err);
    rs->etag = ct_arena_printf(rq->arena, "\"%llx-%llx\"", (unsigned long long)st.st_size,
                               (unsigned long long)st.st_mtim.tv_sec * 1000000000u +
                                   (unsigned long long)st.st_mtim.tv_nsec);
    rs->cache = "private, max-age=60";
    if (ct_sv_eq(rq->if_none_match, rs->etag)) {
        rs->status = 304;
        return CT_OK;
    }
    rs->file = ct_arena_cstr(rq->arena, ct_sv_c(real));
    rs->file_length = st.st_size;
    apply_range(rq, rs, st.st_size);
    return CT_OK;
}
