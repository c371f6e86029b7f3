/*
 * ct/base/sv.h: string views, a pointer and a length.
 *
 * A view owns nothing; whoever made the bytes says how long they live (an arena, a file, a
 * literal). `p` may be NULL when `n` is 0. Views need not end in a NUL byte, so they are never
 * passed to functions that want a C string: use ct_arena_cstr() for that.
 */
#ifndef CT_BASE_SV_H
#define CT_BASE_SV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ct_sv {
    const char *p;
    size_t n; /* bytes */
};

/* printf: "%.*s", CT_SV_ARG(view) */
#define CT_SV_ARG(sv) (int)(sv).n, (sv).p ? (sv).p : ""
#define CT_SV_NULL    ((struct ct_sv){NULL, 0})
#define CT_SV(lit)    ((struct ct_sv){"" lit, sizeof(lit) - 1}) /* of a string literal */

/* A view of a C string; NULL gives the empty view. */
static inline struct ct_sv ct_sv_c(const char *s)
{
    return (struct ct_sv){s, s ? strlen(s) : 0};
}

/* A view of n bytes at p. */
static inline struct ct_sv ct_sv_n(const char *p, size_t n)
{
    return (struct ct_sv){p, n};
}

bool ct_sv_eq(struct ct_sv a, struct ct_sv b);          /* same bytes */
bool ct_sv_eq_c(struct ct_sv a, const char *b);         /* same bytes as a C string */
bool ct_sv_ieq(struct ct_sv a, struct ct_sv b);         /* same but for ASCII case */
bool ct_sv_starts(struct ct_sv s, struct ct_sv prefix); /* s begins with prefix */
bool ct_sv_ends(struct ct_sv s, struct ct_sv suffix);   /* s ends with suffix */
int ct_sv_cmp(struct ct_sv a, struct ct_sv b);          /* <0, 0, >0 by bytes, as strcmp */

/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct ct_sv ct_sv_trim(struct ct_sv s);

/* From byte `from` on, at most n bytes; clipped to what is there. */
struct ct_sv ct_sv_sub(struct ct_sv s, size_t from, size_t n);

/* Position of the first c (or of needle; an empty one is at 0), or SIZE_MAX when there is none. */
size_t ct_sv_find(struct ct_sv s, char c);
size_t ct_sv_search(struct ct_sv s, struct ct_sv needle);

/* Takes the part before the first `sep` off *rest and puts it into *ret_part. The last part is what
 * is left without a separator. Returns false once nothing is left; "a,,b" gives "a", "", "b". A
 * view with p == NULL is exhausted. */
bool ct_sv_split(struct ct_sv *rest, char sep, struct ct_sv *ret_part);

/* Reads a whole decimal integer, optional sign, nothing around it. False on anything else or on
 * overflow; *ret is then untouched. */
bool ct_sv_i64(struct ct_sv s, int64_t *ret);

/* Reads a whole decimal number ("72", "-1.5", "+.5"; a dot wants a digit behind it), no exponent,
 * no hex, at most 40 bytes, without looking at the locale. The nearest double up to 15 digits,
 * beyond them within a few units of the last place. False on anything else; *ret is then untouched.
 */
bool ct_sv_double(struct ct_sv s, double *ret);

/* Whether the bytes are well-formed UTF-8 (RFC 3629) without NUL. */
bool ct_sv_utf8(struct ct_sv s);

/* Takes one code point off the front of well-formed UTF-8; 0 when empty. A malformed byte is
 * returned as U+FFFD and one byte is taken. */
uint32_t ct_sv_rune(struct ct_sv *s);

/* How many of them there are: what people call the characters of a text. */
size_t ct_sv_runes(struct ct_sv s);

#endif
