/*
 * sniff.c: what an uploaded file is, by libmagic; SVG and captions are read through (svg.c, vtt.c),
 * other pictures only from piece to piece, to see that none is missing (picture.c).
 *
 * A cookie a call: a cookie may not be shared between threads. The file of signatures is named,
 * because libmagic's own search for it keeps its result in a static variable.
 */
#include "ct/text/sniff.h"

#include "picture_priv.h"
#include "svg_priv.h"
#include "vtt_priv.h"

#include <magic.h>

#include "ct/base/banned.h"

#define SIGNATURES "/usr/share/misc/magic"

enum { NAME_SHOWN = 80 };

static const struct format {
    const char *ending, *type, *article, *name;
} formats[] = {
    {".png", "image/png", "a ", "PNG picture"},    {".jpg", "image/jpeg", "a ", "JPEG picture"},
    {".jpeg", "image/jpeg", "a ", "JPEG picture"}, {".gif", "image/gif", "a ", "GIF picture"},
    {".webp", "image/webp", "a ", "WebP picture"}, {".svg", "image/svg+xml", "an ", "SVG picture"},
    {".vtt", "text/vtt", "", "WebVTT captions"},
};

/* What people send by mistake, by name. */
static const struct {
    const char *type, *name;
} known[] = {
    {"application/pdf", "a PDF document"},
    {"application/zip", "a ZIP archive"},
    {"application/x-dosexec", "a program"},
    {"application/x-executable", "a program"},
    {"application/x-pie-executable", "a program"},
    {"application/x-sharedlib", "a program"},
    {"application/x-empty", "empty"},
    {"application/octet-stream", "something unknown"},
    {"text/html", "a web page"},
    {"text/xml", "an XML file"},
    {"image/heic", "a HEIC picture"},
    {"image/tiff", "a TIFF picture"},
    {"image/bmp", "a BMP picture"},
    {"image/avif", "an AVIF picture"},
    {"video/mp4", "an MP4 film"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "a PowerPoint presentation"},
};

static const struct format *format_of(struct ct_sv name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct ct_sv ending = ct_sv_c(formats[i].ending);
        if (name.n > ending.n && ct_sv_ieq(ct_sv_sub(name, name.n - ending.n, ending.n), ending))
            return &formats[i];
    }
    return NULL;
}

static void close_magic(magic_t *m)
{
    if (*m)
        magic_close(*m);
}

/* Compressed files and those with a file system inside are not opened. */
static int ask_magic(struct ct_arena *a, struct ct_sv bytes, struct ct_sv *ret, struct ct_err *err)
{
    __attribute__((cleanup(close_magic))) magic_t m =
        magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                   MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_ELF);
    const char *type;

    if (!m || magic_load(m, SIGNATURES) != 0)
        return ct_fail(err, CT_INTERNAL, "libmagic", "%s",
                       m ? magic_error(m) : "cannot be started");
    type = magic_buffer(m, bytes.p ? bytes.p : "", bytes.n);
    if (!type)
        return ct_fail(err, CT_INTERNAL, "libmagic", "%s", magic_error(m));
    *ret = ct_arena_dup(a, ct_sv_c(type));
    return CT_OK;
}

/* "a PNG picture"; what nobody here has a name for by its media type. */
static struct ct_sv describe(struct ct_arena *a, struct ct_sv type)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (ct_sv_eq_c(type, formats[i].type))
            return ct_arena_printf(a, "%s%s", formats[i].article, formats[i].name);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (ct_sv_eq_c(type, known[i].type))
            return ct_sv_c(known[i].name);
    if (ct_sv_starts(type, CT_SV("text/")))
        return CT_SV("a text");
    return type;
}

/* The end of a long name, where the ending is, cut between characters. */
static struct ct_sv shown(struct ct_arena *a, struct ct_sv name)
{
    size_t from = name.n > NAME_SHOWN ? name.n - NAME_SHOWN : 0;

    while (from < name.n && ((unsigned char)name.p[from] & 0xc0) == 0x80)
        from++;
    name = ct_sv_sub(name, from, SIZE_MAX);
    return ct_sv_utf8(name) ? ct_arena_printf(a, "%s%.*s", from ? "…" : "", CT_SV_ARG(name))
                            : CT_SV("the file");
}

static int refuse_kind(struct ct_arena *a, struct ct_sv name, const struct format *f,
                       struct ct_sv type, struct ct_err *err)
{
    return ct_fail(err, CT_BAD_INPUT, "file", "%.*s is no %s but %.*s", CT_SV_ARG(shown(a, name)),
                   f->name, CT_SV_ARG(describe(a, type)));
}

static int check_svg(struct ct_arena *a, struct ct_sv name, const struct format *f,
                     struct ct_sv bytes, struct ct_sv type, struct ct_err *err)
{
    bool is_svg;
    int line;
    const char *fault = ct_svg_fault(a, bytes, &is_svg, &line);

    if (!fault)
        return CT_OK;
    if (!is_svg && !ct_sv_eq_c(type, f->type) && !ct_sv_eq_c(type, "text/xml"))
        return refuse_kind(a, name, f, type, err);
    return ct_fail(err, CT_BAD_INPUT, "file", "%.*s, line %d: it %s; save it as plain SVG",
                   CT_SV_ARG(shown(a, name)), line, fault);
}

static int check_vtt(struct ct_arena *a, struct ct_sv name, const struct format *f,
                     struct ct_sv bytes, struct ct_sv type, struct ct_err *err)
{
    int line;
    const char *fault = ct_vtt_fault(bytes, &line);

    if (!fault)
        return CT_OK;
    if (!ct_vtt_begins(bytes) && !ct_sv_starts(type, CT_SV("text/")))
        return refuse_kind(a, name, f, type, err);
    return ct_fail(err, CT_BAD_INPUT, "file", "%.*s, line %d: it %s", CT_SV_ARG(shown(a, name)),
                   line, fault);
}

int ct_sniff(struct ct_arena *a, struct ct_sv name, struct ct_sv bytes, const char **ret_type,
             struct ct_err *err)
{
    const struct format *f = format_of(name);
    struct ct_sv type;
    int r;

    if (!f)
        return ct_fail(err, CT_BAD_INPUT, "file",
                       "%.*s: a course takes pictures that end in .png, .jpg, .gif, .webp or .svg, "
                       "and captions that end in .vtt",
                       CT_SV_ARG(shown(a, name)));
    if ((r = ask_magic(a, bytes, &type, err)) < 0)
        return r;
    if (strcmp(f->ending, ".svg") == 0)
        r = check_svg(a, name, f, bytes, type, err);
    else if (strcmp(f->ending, ".vtt") == 0)
        r = check_vtt(a, name, f, bytes, type, err);
    else if (!ct_sv_eq_c(type, f->type))
        r = refuse_kind(a, name, f, type, err);
    else if (!ct_picture_whole(f->type, bytes))
        r = ct_fail(err, CT_BAD_INPUT, "file",
                    "%.*s is cut off: its end is missing; copy the picture once more, and send it "
                    "again",
                    CT_SV_ARG(shown(a, name)));
    if (r == CT_OK)
        *ret_type = f->type;
    return r;
}
