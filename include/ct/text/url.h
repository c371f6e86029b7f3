/*
 * ct/text/url.h: building and taking apart addresses (RFC 3986). Addresses are never pasted
 * together elsewhere.
 */
#ifndef CT_TEXT_URL_H
#define CT_TEXT_URL_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/str.h"

/* Appends one path segment, percent-encoded; "/" becomes %2F, and the dots of "." and ".." %2E,
 * though browsers take these for steps all the same: name nothing so. */
void ct_url_add_segment(struct ct_str *out, struct ct_sv segment);

/* Appends `name=value` encoded for a query, with '?' or '&' in front as *first says, and clears it.
 */
void ct_url_add_query(struct ct_str *out, bool *first, struct ct_sv name, struct ct_sv value);

/* "/a/b/c" of n segments, in the arena. */
struct ct_sv ct_url_path(struct ct_arena *a, const struct ct_sv *segments, size_t n);
#define CT_URL(a, ...)                                                                             \
    ct_url_path((a), (const struct ct_sv[]){__VA_ARGS__},                                          \
                sizeof((const struct ct_sv[]){__VA_ARGS__}) / sizeof(struct ct_sv))

/* Decodes %XX of one segment. CT_BAD_INPUT for a broken escape, NUL, "/" or bytes that are not
 * UTF-8. */
int ct_url_decode_segment(struct ct_arena *a, struct ct_sv raw, struct ct_sv *ret,
                          struct ct_err *err);

/* Whether a link target stays on this site: a path with one leading slash, no scheme, no host, no
 * backslash, nothing but visible ASCII, at most CT_URL_MAX bytes. For "where to go after signing
 * in". */
bool ct_url_is_local(struct ct_sv target);

/* Whether it is the address of a page elsewhere, reached over https: a host name with a dot in it,
 * perhaps a port, no user, nothing but visible ASCII without quotes, backslash, angle brackets,
 * commas and semicolons, at most CT_URL_MAX bytes. So it can stand in a header and in an attribute
 * as it is. */
bool ct_url_is_https(struct ct_sv url);

/* Of such an address what stands before its path: "https://www.weather.gov". */
struct ct_sv ct_url_origin(struct ct_sv url);

/* The slug of a heading by GitHub's rule: lower case, letters, marks and digits of any script, "-"
 * and
 * "_" kept, each space to "-", the rest dropped, nothing trimmed. UTF-8 in, UTF-8 out. */
struct ct_sv ct_url_slug(struct ct_arena *a, struct ct_sv heading);

/* An address part of ours made of a text: "Tür 1 – Don't knock" gives "tur-1-dont-knock". Letters
 * with accents lose them, other scripts are dropped, it is cut between words where it grows too
 * long. The null view if nothing is left. */
struct ct_sv ct_url_name(struct ct_arena *a, struct ct_sv text);

/* Whether s could be an address part of ours: 1 to 64 of a-z 0-9 and "-", no dash at the ends. */
bool ct_url_is_slug(struct ct_sv s);

#endif
