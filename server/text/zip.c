/*
 * zip.c: ZIP archives by libarchive.
 *
 * libarchive converts names by the locale of its thread, and writes those beyond ASCII as UTF-8
 * only in a locale that is. The program has the C locale: for the length of a call this thread has
 * another.
 */
#include "ct/text/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "ct/base/banned.h"

enum {
    BLOCK = 64 * 1024, /* bytes that go to the sink at once */
    MODE = 0644,
    NAME_MAX_BYTES = 1024
};

struct ct_zip {
    struct ct_arena *arena;
    struct ct_sink *out;
    struct archive *archive;
    struct archive_entry *entry; /* that is being written; NULL between two */
    locale_t utf8;
    int64_t at;
    struct ct_err failure; /* of the sink, which libarchive does not hand on */
    struct ct_sha256 sum;
    int64_t size;
    struct ct_zip_entry *entries;
    size_t n, cap;
};

static int fail(const struct ct_zip *z, struct ct_err *err)
{
    const char *text = archive_error_string(z->archive);

    if (z->failure.code != CT_OK)
        return ct_fail(err, z->failure.code, z->failure.what, "%s", z->failure.text);
    return ct_fail(err, CT_INTERNAL, "zip", "%s", text ? text : "the archive could not be written");
}

/* libarchive 3.6 loses memory when it is told of a failure here: it is asked for afterwards, and
 * nothing more reaches the sink. */
static la_ssize_t give(struct archive *archive, void *arg, const void *bytes, size_t n)
{
    struct ct_zip *z = arg;

    (void)archive;
    if (z->failure.code == CT_OK)
        ct_sink_write(z->out, ct_sv_n(bytes, n), &z->failure);
    return (la_ssize_t)n;
}

static int check(const struct ct_zip *z, bool went_well, struct ct_err *err)
{
    return went_well && z->failure.code == CT_OK ? CT_OK : fail(z, err);
}

int ct_zip_open(struct ct_arena *a, struct ct_sink *out, int64_t at, struct ct_zip **ret,
                struct ct_err *err)
{
    struct ct_zip *z = ct_arena_new(a, struct ct_zip);

    z->arena = a;
    z->out = out;
    z->at = at;
    z->archive = archive_write_new();
    z->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    *ret = z;
    if (!z->archive || !z->utf8)
        return ct_fail(err, CT_INTERNAL, "zip", "out of memory");
    if (archive_write_set_format_zip(z->archive) != ARCHIVE_OK ||
        archive_write_zip_set_compression_deflate(z->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(z->archive, BLOCK) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(z->archive, 1) != ARCHIVE_OK || /* no padding */
        archive_write_open(z->archive, z, NULL, give, NULL) != ARCHIVE_OK)
        return fail(z, err);
    return CT_OK;
}

void ct_zip_free(struct ct_zip *z)
{
    if (!z)
        return;
    if (z->entry)
        archive_entry_free(z->entry);
    ct_fail(&z->failure, CT_CONFLICT, "zip", "the archive was given up");
    if (z->archive)
        archive_write_free(z->archive);
    if (z->utf8)
        freelocale(z->utf8);
    z->entry = NULL;
    z->archive = NULL;
    z->utf8 = (locale_t)0;
}

static bool is_path(struct ct_sv name)
{
    struct ct_sv part;

    if (name.n == 0 || name.n > NAME_MAX_BYTES || !ct_sv_utf8(name) ||
        ct_sv_find(name, '\\') != SIZE_MAX)
        return false;
    while (ct_sv_split(&name, '/', &part))
        if (part.n == 0 || ct_sv_eq_c(part, ".") || ct_sv_eq_c(part, ".."))
            return false;
    return true;
}

int ct_zip_begin(struct ct_zip *z, struct ct_sv name, struct ct_err *err)
{
    struct ct_zip_entry e = {.name = ct_arena_dup(z->arena, name)};

    if (!is_path(name))
        return ct_fail(err, CT_BAD_INPUT, "name", "no name that a file in an archive can have");
    z->entry = archive_entry_new();
    if (!z->entry)
        return ct_fail(err, CT_INTERNAL, "zip", "out of memory");
    CT_ARENA_PUSH(z->arena, z->entries, z->n, z->cap, e);
    ct_sha256_begin(&z->sum);
    z->size = 0;
    locale_t before = uselocale(z->utf8);
    archive_entry_set_pathname(z->entry, e.name.p);
    archive_entry_set_filetype(z->entry, AE_IFREG);
    archive_entry_set_perm(z->entry, MODE);
    archive_entry_set_mtime(z->entry, (time_t)z->at, 0);
    int r = archive_write_header(z->archive, z->entry);
    uselocale(before);
    return check(z, r == ARCHIVE_OK, err);
}

int ct_zip_write(struct ct_zip *z, struct ct_sv bytes, struct ct_err *err)
{
    ct_sha256_add(&z->sum, bytes);
    z->size += (int64_t)bytes.n;
    return check(
        z, bytes.n == 0 || archive_write_data(z->archive, bytes.p, bytes.n) == (la_ssize_t)bytes.n,
        err);
}

int ct_zip_end(struct ct_zip *z, struct ct_err *err)
{
    struct ct_zip_entry *e = &z->entries[z->n - 1];

    archive_entry_free(z->entry);
    z->entry = NULL;
    e->size = z->size;
    ct_sha256_end(&z->sum, e->sha256);
    return check(z, archive_write_finish_entry(z->archive) == ARCHIVE_OK, err);
}

int ct_zip_add(struct ct_zip *z, struct ct_sv name, struct ct_sv bytes, struct ct_err *err)
{
    int r = ct_zip_begin(z, name, err);

    if (r == CT_OK)
        r = ct_zip_write(z, bytes, err);
    return r == CT_OK ? ct_zip_end(z, err) : r;
}

const struct ct_zip_entry *ct_zip_entries(const struct ct_zip *z, size_t *ret_n)
{
    *ret_n = z->n;
    return z->entries;
}

int ct_zip_close(struct ct_zip *z, struct ct_err *err)
{
    locale_t before = uselocale(z->utf8);
    int r = archive_write_close(z->archive);

    uselocale(before);
    return check(z, r == ARCHIVE_OK, err);
}
