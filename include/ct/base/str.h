/*
 * ct/base/str.h: a growing text that is born with a maximum and remembers failure.
 *
 * Append freely and ask ct_str_ok() once at the end: after the first append that would pass `max`,
 * nothing more is added and ok stays false, so half a page is never mistaken for a page. `p` is
 * always a NUL-terminated string, "" when empty; n does not count the NUL.
 */
#ifndef CT_BASE_STR_H
#define CT_BASE_STR_H

#include "ct/base/sv.h"

struct ct_str {
    char *p;
    size_t n;    /* bytes in use */
    size_t cap;  /* bytes allocated; 0 while p points at the shared empty string */
    size_t max;  /* n never passes this */
    bool failed; /* an append was refused */
};

extern char ct_str_empty[1];
#define CT_STR_INIT(maximum)                                                                       \
    {                                                                                              \
        ct_str_empty, 0, 0, (maximum), false                                                       \
    }
#define CT_AUTO_STR __attribute__((cleanup(ct_str_release))) struct ct_str

void ct_str_init(struct ct_str *s, size_t max);
void ct_str_release(struct ct_str *s); /* frees; the text is empty and usable again */
void ct_str_reset(struct ct_str *s);   /* empty, not failed; keeps the memory */
bool ct_str_ok(const struct ct_str *s);

/* Each append adds all or nothing. What is appended must not be part of the text itself. */
void ct_str_add(struct ct_str *s, const char *p, size_t n);
void ct_str_add_sv(struct ct_str *s, struct ct_sv v);
void ct_str_add_c(struct ct_str *s, const char *c);
void ct_str_add_char(struct ct_str *s, char c);
void ct_str_add_rune(struct ct_str *s, uint32_t rune); /* as UTF-8; U+FFFD if it is no scalar */
void ct_str_addf(struct ct_str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Escapes & < > " for HTML text and double- or single-quoted attributes (' too). */
void ct_str_add_html(struct ct_str *s, struct ct_sv v);

/* What was written so far; valid until the next append. */
static inline struct ct_sv ct_str_sv(const struct ct_str *s)
{
    return (struct ct_sv){s->p, s->n};
}

/* The word for so many: of one thing `one`, else `many`. */
const char *ct_plural(size_t n, const char *one, const char *many);

#endif
