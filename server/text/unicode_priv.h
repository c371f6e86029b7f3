/*
 * unicode_priv.h: the two questions about characters that slugs ask.
 */
#ifndef CT_TEXT_UNICODE_PRIV_H
#define CT_TEXT_UNICODE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a code point is a letter, a mark, a decimal digit or "_" and its like, of any script. */
bool ct_unicode_is_word(uint32_t rune);

/* Its lower case where that is one code point, else itself. */
uint32_t ct_unicode_lower(uint32_t rune);

#endif
