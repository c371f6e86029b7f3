/*
 * ct/text/json.h: JSON values, by Jansson. The only file that includes <jansson.h>: everybody else
 * includes this one, and uses Jansson's own functions (json_pack, json_object_get, ...) on values.
 *
 * A value is counted; json_decref() or CT_AUTO_JSON lets go of it. Text in a value is UTF-8.
 */
#ifndef CT_TEXT_JSON_H
#define CT_TEXT_JSON_H

#include "ct/base/arena.h"
#include "ct/base/err.h"
#include "ct/base/str.h"

#include <jansson.h>

/* Its result is not for free(), because values have memory of their own: use ct_json_write(). */
#pragma GCC poison json_dumps

#define CT_AUTO_JSON json_auto_t /* declare as `CT_AUTO_JSON *x = NULL;` */

/* Until the same with NULL, values that this thread makes live in the arena: building a page's
 * model then costs no malloc, and letting go of it nothing. They must be gone when the arena is
 * reset. Values of other threads, and those made before, are as ever. Under AddressSanitizer all
 * are, so that it sees what is used too late and what is never let go. */
void ct_json_use_arena(struct ct_arena *a);

/* A string value of a view; malformed UTF-8 is mended with U+FFFD. New reference, never NULL. */
json_t *ct_json_sv(struct ct_sv s);

/* obj[key] = string; nothing happens for a view with p == NULL. */
void ct_json_set_sv(json_t *obj, const char *key, struct ct_sv s);

/* The string at obj[key], borrowed from the value; the null view if absent or no string. */
struct ct_sv ct_json_get_sv(const json_t *obj, const char *key);

/* Parses a whole document of at most `max` bytes, refusing duplicate keys (RFC 8259 leaves them
 * open; we do not) and more than CT_JSON_DEPTH_MAX levels. CT_OK with a new reference; CT_TOO_BIG;
 * CT_BAD_INPUT with line and column. */
int ct_json_parse(struct ct_sv text, size_t max, json_t **ret, struct ct_err *err);

/* Appends the value as compact JSON with keys in the order they were set. */
void ct_json_write(struct ct_str *out, const json_t *value);

#endif
