/*
 * measure_text.c: words, sentences and syllables of the HTML that our Markdown renders to. Code
 * says nothing that is read as prose, so it is left out. Headings and cells of tables are words,
 * but no sentences; a paragraph and an item of a list end one, whatever stands at their end.
 */
#include "measure_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { CLUE_WORDS = 5, CLUE_MAX = 200 };

/* A text that is being gone through, up to the next block. */
struct run {
    struct ct_tally *tally;
    struct ct_str text;
    int line;
    bool prose;
    unsigned code; /* depth of <pre> and <code> */
};

/* ---- where a sentence stands ---- */

static bool is_alnum(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Takes the next run of letters and digits off *s; *line counts the lines passed. */
static struct ct_sv next_letters(struct ct_sv *s, int *line)
{
    size_t i = 0, n;
    while (i < s->n && !is_alnum((unsigned char)s->p[i]))
        *line += s->p[i++] == '\n';
    for (n = i; n < s->n && is_alnum((unsigned char)s->p[n]); n++)
        continue;
    struct ct_sv word = ct_sv_sub(*s, i, n - i);
    *s = ct_sv_sub(*s, n, SIZE_MAX);
    return word;
}

/* The line at or below `at` where words stand one after the other, whatever marks are between them;
 * 0: nowhere. */
static int find_words(struct ct_sv source, int at, const struct ct_sv *clue, size_t n_clue)
{
    while (source.n > 0) {
        struct ct_sv word = next_letters(&source, &at);
        struct ct_sv ahead = source;
        size_t k = 0;
        int line = at;
        while (k < n_clue && ct_sv_eq(word, clue[k]) && ++k < n_clue)
            word = next_letters(&ahead, &line);
        if (k == n_clue)
            return at;
    }
    return 0;
}

/* By its first words, of which fewer are asked for where the address of a link stands between
 * them. */
int ct_tally_line(const struct ct_tally_sentence *sentence, struct ct_sv source)
{
    struct ct_sv clue[CLUE_WORDS], begin = sentence->begin, skipped;
    size_t n_clue = 0;
    int none = 0, found = 0;
    while (n_clue < CLUE_WORDS && begin.n > 0)
        if ((clue[n_clue] = next_letters(&begin, &none)).n > 0)
            n_clue++;
    for (int at = 1; at < sentence->from && ct_sv_split(&source, '\n', &skipped);)
        at++;
    for (; n_clue > 1 && found == 0; n_clue--)
        found = find_words(source, sentence->from, clue, n_clue);
    return found > 0 ? found : sentence->from;
}

/* ---- the longest sentences ---- */

/* Where a sentence of so many words belongs among the longest; 3: nowhere. */
static size_t rank(const struct ct_tally *t, size_t words)
{
    size_t i = 3;
    while (i > 0 && words > t->longest[i - 1].words)
        i--;
    return i;
}

static void insert(struct ct_tally *t, size_t i, const struct ct_tally_sentence *sentence)
{
    if (i == 3)
        return;
    memmove(&t->longest[i + 1], &t->longest[i], (2 - i) * sizeof t->longest[0]);
    t->longest[i] = *sentence;
}

static void note_length(struct ct_tally *t, size_t words, struct ct_sv sentence, int from)
{
    size_t i = rank(t, words);
    if (i < 3 && t->arena != NULL)
        insert(t, i,
               &(struct ct_tally_sentence){
                   words, from, ct_arena_dup(t->arena, ct_sv_sub(sentence, 0, CLUE_MAX))});
}

void ct_tally_add(struct ct_tally *t, const struct ct_tally *more)
{
    t->words += more->words;
    t->prose_words += more->prose_words;
    t->sentences += more->sentences;
    t->syllables += more->syllables;
    t->seconds += more->seconds;
    for (size_t i = 0; i < 3 && more->longest[i].words > 0; i++)
        insert(t, rank(t, more->longest[i].words), &more->longest[i]);
}

/* ---- words and sentences ---- */

static bool is_blank(uint32_t rune)
{
    return rune <= ' ' || rune == 0xa0 || rune == 0x2013 || rune == 0x2014;
}

/* The next word with the marks that touch it. */
static struct ct_sv next_token(struct ct_sv *s)
{
    struct ct_sv rest = *s;
    while (rest.n > 0 && is_blank(ct_sv_rune(&rest)))
        *s = rest;
    size_t n = 0;
    while (n < s->n) {
        size_t step = 1;
        if ((unsigned char)s->p[n] >= 0x80) { /* few are: looked at closely */
            rest = ct_sv_sub(*s, n, SIZE_MAX);
            if (is_blank(ct_sv_rune(&rest)))
                break;
            step = s->n - n - rest.n;
        } else if ((unsigned char)s->p[n] <= ' ') {
            break;
        }
        n += step;
    }
    struct ct_sv token = ct_sv_sub(*s, 0, n);
    *s = ct_sv_sub(*s, n, SIZE_MAX);
    return token;
}

static bool opens_or_closes(struct ct_sv s, size_t at)
{
    return strchr("\"')]*_", s.p[at]) != NULL;
}

/* How many bytes of marks a text begins or ends with: one of ASCII, or three of the block of curly
 * quotes and dashes, e2 80. */
static size_t mark_in_front(struct ct_sv s)
{
    if (s.n >= 3 && ct_sv_starts(s, CT_SV("\xe2\x80")))
        return 3;
    return s.n > 0 && !is_alnum((unsigned char)s.p[0]);
}

static size_t mark_behind(struct ct_sv s)
{
    if (s.n >= 3 && ct_sv_starts(ct_sv_sub(s, s.n - 3, 2), CT_SV("\xe2\x80")))
        return 3;
    return s.n > 0 && !is_alnum((unsigned char)s.p[s.n - 1]);
}

/* Without quotes, brackets and stops at both ends. */
static struct ct_sv core_of(struct ct_sv s)
{
    for (size_t n; (n = mark_in_front(s)) > 0;)
        s = ct_sv_sub(s, n, SIZE_MAX);
    for (size_t n; (n = mark_behind(s)) > 0;)
        s = ct_sv_sub(s, 0, s.n - n);
    return s;
}

static bool is_abbreviation(struct ct_sv core)
{
    static const char *const known[] = {"mr",   "ms",  "mrs",  "dr",   "st",   "no",  "sec",  "art",
                                        "cf",   "vs",  "v",    "jr",   "sr",   "etc", "ch",   "pp",
                                        "fig",  "inc", "dept", "rev",  "stat", "cir", "supp", "sra",
                                        "srta", "dra", "núm",  "págs", "pág"};
    if (core.n == 1 || ct_sv_find(core, '.') != SIZE_MAX)
        return true;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (ct_sv_ieq(core, ct_sv_c(known[i])))
            return true;
    return false;
}

/* Whether a sentence ends with a word; `next` is what follows it in the same text. */
static bool ends_sentence(struct ct_sv token, struct ct_sv next)
{
    size_t n = token.n;
    while (n > 0) {
        if (n >= 3 && ct_sv_starts(ct_sv_sub(token, n - 3, 2), CT_SV("\xe2\x80")) &&
            (unsigned char)token.p[n - 1] != 0xa6) /* a curly quote, no … */
            n -= 3;
        else if (opens_or_closes(token, n - 1))
            n--;
        else
            break;
    }
    if (n == 0)
        return false;
    char last = token.p[n - 1];
    if (last != '.' && last != '!' && last != '?' && (unsigned char)last != 0xa6)
        return false;
    if (last == '.' && is_abbreviation(core_of(token)))
        return false;
    struct ct_sv follows = core_of(next_token(&next));
    return follows.n == 0 || follows.p[0] < 'a' || follows.p[0] > 'z';
}

static void flush(struct run *r)
{
    struct ct_sv rest = ct_str_sv(&r->text);
    struct ct_sv begin = rest;
    struct ct_tally *t = r->tally;
    size_t words = 0;
    while (rest.n > 0) {
        struct ct_sv token = next_token(&rest);
        struct ct_sv core = core_of(token);
        if (core.n > 0) {
            words++;
            t->words++;
            if (r->prose && t->arena != NULL)
                t->syllables += ct_syllables(core, t->lang);
        }
        bool last = ct_sv_trim(rest).n == 0;
        if (words == 0 || (!last && !ends_sentence(token, rest)))
            continue;
        if (r->prose) {
            t->sentences++;
            t->prose_words += words;
            note_length(t, words, ct_sv_n(begin.p, begin.n - rest.n), r->line);
        }
        begin = rest;
        words = 0;
    }
    ct_str_reset(&r->text);
}

/* ---- HTML ---- */

static bool is_one_of(struct ct_sv name, const char *const *names)
{
    for (; *names; names++)
        if (ct_sv_eq_c(name, *names))
            return true;
    return false;
}

static void meet_tag(struct run *r, struct ct_sv tag)
{
    static const char *const inlines[] = {"a", "em", "strong", "img", "del", "sup", "sub", NULL};
    static const char *const code[] = {"pre", "code", NULL};
    static const char *const no_prose[] = {"h1", "h2", "h3", "h4", "h5", "h6", "th", "td", NULL};
    bool closes = ct_sv_starts(tag, CT_SV("/"));
    size_t n = closes;
    while (n < tag.n && is_alnum((unsigned char)tag.p[n]))
        n++;
    struct ct_sv name = ct_sv_sub(tag, closes, n - closes);
    if (name.n == 0)
        return; /* a comment: raw HTML was left out there */
    if (is_one_of(name, code)) {
        r->code += closes ? 0u : 1u;
        r->code -= closes && r->code > 0 ? 1u : 0u;
    } else if (ct_sv_eq_c(name, "br")) {
        ct_str_add_char(&r->text, ' ');
    } else if (!is_one_of(name, inlines)) {
        flush(r);
        r->prose = closes || !is_one_of(name, no_prose);
    }
}

/* Takes a mark off *s: an entity that our renderer writes, or else the one character. */
static char take_mark(struct ct_sv *s)
{
    static const struct {
        const char *name;
        char c;
    } known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (ct_sv_starts(*s, ct_sv_c(known[i].name))) {
            *s = ct_sv_sub(*s, strlen(known[i].name), SIZE_MAX);
            return known[i].c;
        }
    }
    char c = s->p[0];
    *s = ct_sv_sub(*s, 1, SIZE_MAX);
    return c;
}

void ct_tally_html(struct ct_tally *t, struct ct_sv html, int line)
{
    struct run r = {.tally = t, .line = line, .prose = true};
    ct_str_init(&r.text, CT_PAGE_MAX);
    while (html.n > 0) {
        size_t n = 0;
        while (n < html.n && html.p[n] != '<' && html.p[n] != '&')
            n++;
        if (n > 0 && r.code == 0)
            ct_str_add_sv(&r.text, ct_sv_sub(html, 0, n));
        html = ct_sv_sub(html, n, SIZE_MAX);
        if (html.n == 0)
            break;
        size_t end = html.p[0] == '<' ? ct_sv_find(html, '>') : SIZE_MAX;
        if (end != SIZE_MAX) {
            meet_tag(&r, ct_sv_sub(html, 1, end - 1));
            html = ct_sv_sub(html, end + 1, SIZE_MAX);
            continue;
        }
        char c = take_mark(&html);
        if (r.code == 0)
            ct_str_add_char(&r.text, c);
    }
    flush(&r);
    ct_str_release(&r.text);
}

void ct_tally_blocks(struct ct_tally *t, const struct ct_block *blocks, size_t n,
                     ct_disc_set disciplines)
{
    for (size_t i = 0; i < n; i++) {
        const struct ct_block *b = &blocks[i];
        switch (b->kind) {
        case CT_BLOCK_HTML:
            ct_tally_html(t, b->html, b->line);
            break;
        case CT_BLOCK_PASSAGE:
            if ((b->disciplines & disciplines) == 0)
                break;
            ct_tally_blocks(t, b->children, b->n_children, disciplines);
            break;
        case CT_BLOCK_NOTE:
            ct_tally_blocks(t, b->children, b->n_children, disciplines);
            break;
        case CT_BLOCK_MEDIA:
            t->seconds += (size_t)b->seconds;
            break;
        case CT_BLOCK_QUESTION: /* counted for itself: what of it is read, and how often */
            break;
        }
    }
}
