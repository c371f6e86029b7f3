/*
 * sink.c: bytes into a file or onto a text, piece by piece.
 */
#include "ct/base/sink.h"

#include <errno.h>
#include <unistd.h>

#include "ct/base/banned.h"

int ct_sink_write(struct ct_sink *s, struct ct_sv bytes, struct ct_err *err)
{
    int r = bytes.n ? s->write(s->arg, bytes, err) : CT_OK;

    if (r == CT_OK)
        s->n += (int64_t)bytes.n;
    return r;
}

/* A disk that is full takes a part first, and the reason comes with the next write. */
static int write_fd(void *arg, struct ct_sv bytes, struct ct_err *err)
{
    const int *fd = arg;

    while (bytes.n > 0) {
        ssize_t n = write(*fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            const char *reason = strerrordesc_np(errno);
            return ct_fail(err, CT_INTERNAL, "disk", "%s", reason ? reason : "unknown fault");
        }
        bytes = ct_sv_sub(bytes, (size_t)n, SIZE_MAX);
    }
    return CT_OK;
}

struct ct_sink ct_sink_fd(int *fd)
{
    return (struct ct_sink){write_fd, fd, 0};
}

static int write_str(void *arg, struct ct_sv bytes, struct ct_err *err)
{
    struct ct_str *text = arg;

    ct_str_add_sv(text, bytes);
    return ct_str_ok(text) ? CT_OK : ct_fail(err, CT_TOO_BIG, "file", "over %zu bytes", text->max);
}

struct ct_sink ct_sink_str(struct ct_str *text)
{
    return (struct ct_sink){write_str, text, 0};
}

int ct_progress_tell(const struct ct_progress *p, int64_t done, int64_t total, struct ct_err *err)
{
    return p && p->tell ? p->tell(p->arg, done, total, err) : CT_OK;
}
