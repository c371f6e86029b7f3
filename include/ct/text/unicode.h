/*
 * ct/text/unicode.h: two questions about single characters: whether they are part of a word, and
 * what their lower case is. By tables of our own: the C library's answers depend on the locale.
 */
#ifndef CT_TEXT_UNICODE_H
#define CT_TEXT_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a code point is a letter, a mark, a decimal digit or "_" and its like, of any script. */
bool ct_unicode_is_word(uint32_t rune);

/* Its lower case where that is one code point, else itself. */
uint32_t ct_unicode_lower(uint32_t rune);

#endif
