/*
 * glossary_index.c: the names of all terms as one table, and finding them in a text.
 *
 * A name is a row of tokens: a word, a run of blanks, or one other character. The table holds a
 * hash for the front of each name up to each of its tokens, so a text is read once: from each of
 * its words on as far as some name goes. Hashes only lead there; what was found is compared with
 * the name itself.
 */
#include "glossary_priv.h"

#include "ct/text/unicode.h"

#include "ct/base/banned.h"

enum { SUFFIX_NONE, SUFFIX_S, SUFFIX_ES, N_SUFFIXES };

static const uint64_t SEED = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;

struct name {
    struct ct_sv text; /* as written, trimmed */
    size_t term;
    bool exact; /* found only as it is written */
};

struct front {               /* of one name or of several */
    uint64_t hash;           /* 0: free */
    const struct name *name; /* that ends here; NULL: none does */
};

struct ct_term_index {
    struct front *slots;
    size_t n_slots;         /* a power of two */
    uint32_t opens[128][4]; /* by the first letter of a name, a bit for the second; ASCII */
};

/* ---- tokens ---- */

struct token {
    size_t from, to;
    bool is_word;
    uint64_t hash[N_SUFFIXES]; /* of a word also without its s, es; 0 if it has none */
    size_t end[N_SUFFIXES];    /* where it ends then */
};

/* The next character; most are ASCII, and this is where a text's time is spent. */
static inline uint32_t take(struct ct_sv *s)
{
    if (s->n == 0 || (unsigned char)*s->p >= 0x80)
        return ct_sv_rune(s);
    s->n--;
    return (unsigned char)*s->p++;
}

static inline bool is_letter(uint32_t r)
{
    if (r >= 0x80)
        return ct_unicode_is_word(r);
    return (r | 32) - 'a' < 26 || r - '0' < 10 || r == '_';
}

static inline bool is_blank(uint32_t r)
{
    return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == 0xa0 || r == 0x202f;
}

/* What phones and Word make of plain characters, turned back. */
static inline uint32_t plain(uint32_t r)
{
    if (r < 0x80)
        return r - 'A' < 26 ? r + 32 : is_blank(r) ? ' ' : r;
    if (r == 0x2018 || r == 0x2019)
        return '\'';
    return r == 0x2010 || r == 0x2011 ? '-' : is_blank(r) ? ' ' : ct_unicode_lower(r);
}

static inline uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * PRIME;
    return hash ^ hash >> 29;
}

/* The token at byte `at`, which is before the end. */
static struct token token_at(struct ct_sv text, size_t at)
{
    struct ct_sv rest = ct_sv_sub(text, at, text.n);
    uint32_t r = take(&rest);
    struct token t = {.from = at, .is_word = is_letter(r), .hash = {mix(SEED, plain(r))}};
    uint64_t before[2] = {0, 0}; /* the hash without the last, without the last two characters */
    uint32_t last = r, second = 0;
    size_t n = 1;
    struct ct_sv behind = rest;
    for (; (r = take(&behind)) && (t.is_word ? is_letter(r) : is_blank(last) && is_blank(r));
         rest = behind, n++) {
        if (!t.is_word)
            continue; /* blanks are one */
        before[1] = before[0];
        before[0] = t.hash[SUFFIX_NONE];
        t.hash[SUFFIX_NONE] = mix(t.hash[SUFFIX_NONE], plain(r));
        second = last;
        last = r;
    }
    t.to = text.n - rest.n;
    t.end[SUFFIX_NONE] = t.to;
    if (last == 's' && n > 1) {
        t.hash[SUFFIX_S] = before[0];
        t.end[SUFFIX_S] = t.to - 1;
    }
    if (last == 's' && second == 'e' && n > 2) {
        t.hash[SUFFIX_ES] = before[1];
        t.end[SUFFIX_ES] = t.to - 2;
    }
    return t;
}

/* ---- the table ---- */

static uint64_t usable(uint64_t hash)
{
    return hash ? hash : 1;
}

static struct front *slot_of(const struct ct_term_index *index, uint64_t hash)
{
    size_t i = (size_t)(hash * PRIME >> 20) & (index->n_slots - 1);
    while (index->slots[i].hash && index->slots[i].hash != hash)
        i = (i + 1) & (index->n_slots - 1);
    return &index->slots[i];
}

struct ct_sv ct_term_fold(struct ct_arena *a, struct ct_sv name)
{
    CT_AUTO_STR out = CT_STR_INIT(16 * CT_TERM_NAME_MAX);
    struct ct_sv rest = ct_sv_trim(name);
    uint32_t last = 0, r;
    while ((r = take(&rest))) {
        r = plain(r);
        if (r != ' ' || last != ' ')
            ct_str_add_rune(&out, r);
        last = r;
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* "CAC", "NIBRS 64A", "Safe Harbor"; a name of one letter too. */
static bool is_exact(struct ct_sv name)
{
    bool lower = false, first = true;
    uint32_t r;
    while ((r = take(&name))) {
        bool capital = ct_unicode_lower(r) != r;
        if (capital && !first)
            return true;
        lower = lower || (is_letter(r) && !capital);
        first = false;
    }
    return !lower;
}

static size_t count_tokens(struct ct_sv name)
{
    size_t n = 0;
    for (size_t at = 0; at < name.n; n++)
        at = token_at(name, at).to;
    return n;
}

static bool can_be_found(struct ct_sv name)
{
    struct ct_sv rest = name;
    return name.n > 0 && name.n <= CT_TERM_NAME_MAX && is_letter(take(&rest));
}

/* So that most words of a text are passed over without a closer look. */
static void add_opening(struct ct_term_index *index, struct ct_sv name)
{
    unsigned char first = (unsigned char)name.p[0];
    unsigned char second = name.n > 1 ? (unsigned char)name.p[1] : ' ';
    if (first >= 0x80)
        return; /* such words are always looked at */
    uint32_t *bits = index->opens[plain(first)];
    if (second < 0x80 && is_letter(second))
        bits[plain(second) / 32] |= (uint32_t)1 << plain(second) % 32;
    else
        memset(bits, 0xff, sizeof index->opens[0]);
}

/* Whether some name can begin with the word here. */
static bool may_open(const struct ct_term_index *index, struct ct_sv text, size_t at)
{
    unsigned char first = (unsigned char)text.p[at];
    unsigned char second = at + 1 < text.n ? (unsigned char)text.p[at + 1] : ' ';
    if (first >= 0x80 || second >= 0x80)
        return true;
    return index->opens[plain(first)][plain(second) / 32] >> plain(second) % 32 & 1;
}

/* Behind a word that no name begins with. */
static size_t skip_word(struct ct_sv text, size_t at)
{
    struct ct_sv rest = ct_sv_sub(text, at, text.n), behind = rest;
    while (behind.n > 0 && is_letter(take(&behind)))
        rest = behind;
    return text.n - rest.n;
}

static void add_name(struct ct_arena *a, struct ct_term_index *index, struct ct_sv text,
                     size_t term)
{
    text = ct_sv_trim(text);
    if (!can_be_found(text))
        return;
    struct name *name = ct_arena_new(a, struct name);
    *name = (struct name){text, term, is_exact(text)};
    add_opening(index, text);
    uint64_t hash = SEED;
    struct front *f = NULL;
    for (size_t at = 0; at < text.n;) {
        struct token t = token_at(text, at);
        hash = usable(mix(hash, t.hash[SUFFIX_NONE]));
        f = slot_of(index, hash);
        f->hash = hash;
        at = t.to;
    }
    if (f && !f->name) /* of two that are spelt alike, which is an error, the first */
        f->name = name;
}

const struct ct_term_index *ct_term_index_make(struct ct_arena *a, const struct ct_term *const *t,
                                               size_t n)
{
    struct ct_term_index *index = ct_arena_new(a, struct ct_term_index);
    size_t tokens = 0;
    for (size_t i = 0; i < n; i++) {
        tokens += count_tokens(t[i]->name);
        for (size_t k = 0; k < t[i]->n_also; k++)
            tokens += count_tokens(t[i]->also[k]);
    }
    for (index->n_slots = 64; index->n_slots < 2 * tokens;)
        index->n_slots *= 2;
    index->slots = ct_arena_array(a, struct front, index->n_slots);
    for (size_t i = 0; i < n; i++) {
        add_name(a, index, t[i]->name, i);
        for (size_t k = 0; k < t[i]->n_also; k++)
            add_name(a, index, t[i]->also[k], i);
    }
    return index;
}

/* ---- finding ---- */

/* Whether a piece of text is the name: in the same letters, or but for their case. */
static bool is_name(const struct name *name, struct ct_sv piece)
{
    struct ct_sv rest = name->text;
    uint32_t a = take(&rest), b = take(&piece);
    while (a && b) {
        if (name->exact && is_letter(a) ? a != b : plain(a) != plain(b))
            return false;
        bool blank = is_blank(a);
        do
            a = take(&rest);
        while (blank && a && is_blank(a));
        do
            b = take(&piece);
        while (blank && b && is_blank(b));
    }
    return a == b;
}

/* A name that ends in ")" must not run into a word. */
static bool runs_on(struct ct_sv text, const struct token *last)
{
    struct ct_sv rest = ct_sv_sub(text, last->to, text.n);
    return !last->is_word && is_letter(take(&rest));
}

struct candidate { /* by its hash */
    const struct name *name;
    size_t end, to; /* of what is to be the name; with its s or es */
};

/* A name has no more tokens than bytes. */
enum { CANDIDATES = CT_TERM_NAME_MAX * N_SUFFIXES };

/* Notes the names that may end with a token, the whole of it last. */
static size_t look(const struct ct_term_index *index, struct ct_sv text, uint64_t hash,
                   const struct token *t, struct candidate *ret, size_t room)
{
    size_t n = 0;
    for (int s = N_SUFFIXES - 1; s >= 0 && n < room; s--) {
        if (s != SUFFIX_NONE && !t->hash[s])
            continue;
        const struct name *name = slot_of(index, usable(mix(hash, t->hash[s])))->name;
        if (name && !runs_on(text, t))
            ret[n++] = (struct candidate){name, t->end[s], t->to};
    }
    return n;
}

/* Those that are names, from the longest on. Only so many are compared as are wanted, because
 * names may be each other's beginnings. */
static size_t choose(struct ct_sv text, size_t from, const struct candidate *c, size_t n_candidates,
                     struct ct_term_match *ret, size_t max)
{
    size_t n = 0;
    for (size_t i = n_candidates; i-- > 0 && n < max;)
        if (is_name(c[i].name, ct_sv_sub(text, from, c[i].end - from)))
            ret[n++] = (struct ct_term_match){from, c[i].to, c[i].name->term};
    return n;
}

size_t ct_term_index_find(const struct ct_term_index *index, struct ct_sv text, size_t from,
                          struct ct_term_match *ret, size_t max, size_t *ret_next)
{
    struct candidate candidates[CANDIDATES];
    size_t n = 0;
    for (size_t at = from; at < text.n && n == 0; at = *ret_next) {
        unsigned char c = (unsigned char)text.p[at];
        if (c < 0x80 && (!is_letter(c) || !may_open(index, text, at))) {
            *ret_next = is_letter(c) ? skip_word(text, at) : at + 1;
            continue;
        }
        struct token t = token_at(text, at);
        uint64_t hash = SEED;
        size_t n_candidates = 0;
        *ret_next = t.to;
        if (!t.is_word)
            continue;
        for (;;) {
            n_candidates +=
                look(index, text, hash, &t, candidates + n_candidates, CANDIDATES - n_candidates);
            hash = usable(mix(hash, t.hash[SUFFIX_NONE]));
            if (!slot_of(index, hash)->hash || t.to >= text.n)
                break;
            t = token_at(text, t.to);
        }
        n = choose(text, at, candidates, n_candidates, ret, max);
    }
    if (n == 0)
        *ret_next = text.n;
    return n;
}
