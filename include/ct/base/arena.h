/*
 * ct/base/arena.h: memory that goes away all at once.
 *
 * A request, a loaded catalogue, a command: each owns an arena, puts everything it needs into it
 * and releases it at the end. Nothing in an arena is freed singly. Not safe for two threads at
 * once. Out of memory ends the process: sizes are refused long before, by limits. Under
 * AddressSanitizer each allocation is a malloc of its own, so that overruns and stale pointers
 * show.
 */
#ifndef CT_BASE_ARENA_H
#define CT_BASE_ARENA_H

#include "ct/base/sv.h"

#include <stdarg.h>

struct ct_arena_block;
struct ct_arena {
    struct ct_arena_block *head; /* private */
    size_t used;                 /* bytes handed out since the last reset */
};

#define CT_ARENA_INIT                                                                              \
    {                                                                                              \
        NULL, 0                                                                                    \
    }
#define CT_AUTO_ARENA __attribute__((cleanup(ct_arena_release))) struct ct_arena

/* Frees everything; the arena may be used again. */
void ct_arena_release(struct ct_arena *a);

/* Forgets everything, keeps one block of moderate size for the next use. */
void ct_arena_reset(struct ct_arena *a);

/* n bytes, zeroed, aligned for any type; n == 0 gives a valid unique pointer. Never NULL. */
void *ct_arena_alloc(struct ct_arena *a, size_t n);

/* One object, or an array of n objects, zeroed. An array whose size overflows ends the process. */
#define ct_arena_new(a, type)      ((type *)ct_arena_alloc((a), sizeof(type)))
#define ct_arena_array(a, type, n) ((type *)ct_arena_calloc((a), (n), sizeof(type)))
void *ct_arena_calloc(struct ct_arena *a, size_t n, size_t size);

/* Makes room for one more element in a growing array: doubles `*items` when `n` has reached `*cap`,
 * copying. The old array stays in the arena. Returns the (new) array. */
void *ct_arena_grow(struct ct_arena *a, void *items, size_t n, size_t *cap, size_t size);

/* Appends `value` to array `items` (count n, capacity cap). */
#define CT_ARENA_PUSH(a, items, n, cap, value)                                                     \
    do {                                                                                           \
        (items) = ct_arena_grow((a), (items), (n), &(cap), sizeof *(items));                       \
        (items)[(n)++] = (value);                                                                  \
    } while (0)

struct ct_sv ct_arena_dup(struct ct_arena *a, struct ct_sv s); /* a copy, NUL-terminated beyond n */
/* A copy with line ends of Unix: browsers send CR LF, whatever was in the text area. Null stays
 * null. */
struct ct_sv ct_arena_unix_lines(struct ct_arena *a, struct ct_sv s);
char *ct_arena_cstr(struct ct_arena *a, struct ct_sv s); /* a NUL-terminated copy */
struct ct_sv ct_arena_printf(struct ct_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
