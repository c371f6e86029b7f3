/*
 * ct/text/zip.h: writing ZIP archives (APPNOTE.TXT) piece by piece, by libarchive. Its .c is the
 * only file that includes <archive.h>. Knows nothing of what it packs.
 *
 * What is packed is compressed on its way into a sink: memory holds a piece of it, however long it
 * is; archives and entries of more than 4 GiB are written as Zip64. Names are UTF-8. Each entry
 * bears the same given moment, no owner and mode 0644, so that the same entries give the same
 * bytes. Of each the length and the SHA-256 sum are kept, for a manifest.
 */
#ifndef CT_TEXT_ZIP_H
#define CT_TEXT_ZIP_H

#include "ct/base/arena.h"
#include "ct/base/secret.h"
#include "ct/base/sink.h"

struct ct_zip;

struct ct_zip_entry {
    struct ct_sv name;
    int64_t size; /* bytes, before they are compressed */
    char sha256[CT_HASH_HEX + 1];
};

/* Begins an archive. `at`: the moment of its entries. Free with ct_zip_free (NULL is fine), also
 * after a failure. CT_OK; CT_INTERNAL. */
int ct_zip_open(struct ct_arena *a, struct ct_sink *out, int64_t at, struct ct_zip **ret,
                struct ct_err *err);
void ct_zip_free(struct ct_zip *z);
static inline void ct_zip_freep(struct ct_zip **z)
{
    ct_zip_free(*z);
}
#define CT_AUTO_ZIP __attribute__((cleanup(ct_zip_freep))) struct ct_zip

/* An entry whose length is not known beforehand: begin, write as often as needed, end. What the
 * sink failed with comes out of any of these; then the archive is given up. CT_BAD_INPUT (what:
 * "name") for a name that is no relative path in UTF-8. That no name comes twice is the caller's
 * care. */
int ct_zip_begin(struct ct_zip *z, struct ct_sv name, struct ct_err *err);
int ct_zip_write(struct ct_zip *z, struct ct_sv bytes, struct ct_err *err);
int ct_zip_end(struct ct_zip *z, struct ct_err *err);

/* A whole entry. */
int ct_zip_add(struct ct_zip *z, struct ct_sv name, struct ct_sv bytes, struct ct_err *err);

/* Those that have ended, in their order; valid until the next one ends. */
const struct ct_zip_entry *ct_zip_entries(const struct ct_zip *z, size_t *ret_n);

/* Writes the directory. Without it nothing can read the archive. */
int ct_zip_close(struct ct_zip *z, struct ct_err *err);

#endif
