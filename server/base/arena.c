/*
 * arena.c: a list of blocks, filled from the front.
 *
 * The first block is small, and a reset keeps no large one, because hundreds of workers each keep
 * one; later ones double, so that a catalogue needs few. What would waste much of a block gets one
 * of its own. Under AddressSanitizer everything does.
 */
#include "ct/base/arena.h"

#include <stdio.h>
#include <stdlib.h>

#include "ct/base/banned.h"

#if defined(__SANITIZE_ADDRESS__)
#define ALONE 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ALONE 1
#endif
#endif
#ifndef ALONE
#define ALONE 0
#endif

enum {
    FIRST_BLOCK = 16 * 1024, /* bytes of data */
    LARGEST_BLOCK = 1024 * 1024,
    KEPT_BLOCK = 256 * 1024, /* the largest that a reset keeps: an ordinary page needs no malloc */
    SHARE = 4,               /* more than a block's fourth gets a block of its own */
    ALIGN = _Alignof(max_align_t)
};

struct ct_arena_block {
    struct ct_arena_block *next;
    size_t size; /* bytes of data; a block of its own has used == size */
    size_t used;
    bool shared; /* filled from the front by many; else it is one allocation's own */
    max_align_t data[];
};

static _Noreturn void out_of_memory(void)
{
    fputs("crosstrain: out of memory\n", stderr);
    abort();
}

static struct ct_arena_block *block_new(size_t size)
{
    struct ct_arena_block *b;
    if (size > SIZE_MAX / 2)
        out_of_memory();
    b = calloc(1, sizeof *b + size);
    if (!b)
        out_of_memory();
    b->size = size;
    return b;
}

void ct_arena_release(struct ct_arena *a)
{
    for (struct ct_arena_block *b = a->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct ct_arena)CT_ARENA_INIT;
}

void ct_arena_reset(struct ct_arena *a)
{
    struct ct_arena_block *kept = NULL;
    for (struct ct_arena_block *b = a->head, *next; b; b = next) {
        struct ct_arena_block *drop = b;
        next = b->next;
        if (b->shared && b->size <= KEPT_BLOCK && (!kept || b->size > kept->size)) {
            drop = kept;
            kept = b;
        }
        free(drop);
    }
    if (kept) {
        /* zeroed here and not at each allocation, as new blocks come zeroed from calloc */
        memset(kept->data, 0, kept->used);
        kept->used = 0;
        kept->next = NULL;
    }
    a->head = kept;
    a->used = 0;
}

/* Puts a block of its own behind the head, so that the head goes on being filled. */
static void *alloc_alone(struct ct_arena *a, size_t n)
{
    struct ct_arena_block *b = block_new(n);
    b->used = n;
    if (a->head) {
        b->next = a->head->next;
        a->head->next = b;
    } else {
        a->head = b;
    }
    return b->data;
}

void *ct_arena_alloc(struct ct_arena *a, size_t n)
{
    a->used += n;
    if (ALONE)
        return alloc_alone(a, n);
    /* a size of zero takes room too: its pointer is promised to be unique */
    if (n > SIZE_MAX / 2)
        out_of_memory();
    size_t room = n ? (n + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    struct ct_arena_block *b = a->head;
    if (!b || b->size - b->used < room) {
        size_t size = b && b->size >= FIRST_BLOCK ? b->size * 2 : FIRST_BLOCK;
        if (size > LARGEST_BLOCK)
            size = LARGEST_BLOCK;
        if (room > size / SHARE)
            return alloc_alone(a, room);
        b = block_new(size);
        b->shared = true;
        b->next = a->head;
        a->head = b;
    }
    void *p = (char *)b->data + b->used;
    b->used += room;
    return p;
}

void *ct_arena_calloc(struct ct_arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        out_of_memory();
    return ct_arena_alloc(a, bytes);
}

void *ct_arena_grow(struct ct_arena *a, void *items, size_t n, size_t *cap, size_t size)
{
    enum { FIRST_ITEMS = 8 };
    if (n < *cap)
        return items;
    size_t wanted = *cap ? *cap : FIRST_ITEMS / 2;
    do {
        if (__builtin_mul_overflow(wanted, (size_t)2, &wanted))
            out_of_memory();
    } while (wanted <= n);
    void *grown = ct_arena_calloc(a, wanted, size);
    if (n)
        memcpy(grown, items, n * size);
    *cap = wanted;
    return grown;
}

struct ct_sv ct_arena_unix_lines(struct ct_arena *a, struct ct_sv s)
{
    if (!s.p)
        return s;
    char *copy = ct_arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r' || i + 1 == s.n || s.p[i + 1] != '\n')
            copy[n++] = s.p[i];
    return ct_sv_n(copy, n);
}

char *ct_arena_cstr(struct ct_arena *a, struct ct_sv s)
{
    char *p = ct_arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

struct ct_sv ct_arena_dup(struct ct_arena *a, struct ct_sv s)
{
    return ct_sv_n(ct_arena_cstr(a, s), s.n);
}

struct ct_sv ct_arena_printf(struct ct_arena *a, const char *fmt, ...)
{
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0)
        out_of_memory(); /* a text beyond 2 GiB: nothing else makes vsnprintf fail here */
    char *p = ct_arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof small)
        memcpy(p, small, (size_t)n);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return ct_sv_n(p, (size_t)n);
}
