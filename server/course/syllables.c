/*
 * syllables.c: how many syllables a word has, by the rules that reading formulas are usually
 * computed with. Nobody counts English exactly without a dictionary; over a text the slips even
 * out.
 */
#include "ct/course/measure.h"

#include "ct/base/banned.h"

enum { LETTERS_MAX = 64 };

/* What a word is to be counted by: small letters without accents; in Spanish an accent on i or u,
 * which parts it from its neighbour, makes it a capital. Other alphabets give "x". */
static size_t spell(struct ct_sv word, bool spanish, char *out)
{
    static const struct {
        uint32_t rune;
        char plain, parted;
    } accents[] = {{0xe1, 'a', 'a'}, {0xe9, 'e', 'e'}, {0xed, 'i', 'I'}, {0xf3, 'o', 'o'},
                   {0xfa, 'u', 'U'}, {0xfc, 'u', 'u'}, {0xf1, 'n', 'n'}, {0xe8, 'e', 'e'},
                   {0xe7, 'c', 'c'}, {0xea, 'e', 'e'}, {0xef, 'i', 'I'}};
    size_t n = 0;
    while (word.n > 0 && n < LETTERS_MAX) {
        uint32_t rune = ct_sv_rune(&word);
        char c = 'x';
        if (rune < 0x80)
            c = rune >= 'A' && rune <= 'Z' ? (char)(rune + 32) : (char)rune;
        else if (rune >= 0xc0 && rune <= 0xde)
            rune += 32;
        for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
            if (accents[i].rune == rune)
                c = spanish ? accents[i].parted : accents[i].plain;
        if (rune == 0x2019 || c == '\'')
            continue;
        out[n++] = c;
    }
    return n;
}

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool ends(const char *w, size_t n, const char *with)
{
    size_t m = strlen(with);
    return n >= m && memcmp(w + n - m, with, m) == 0;
}

/* Whether an e at the end of a word, or before its last letter, is not heard: "here", "named". */
static bool is_silent_end(const char *w, size_t n)
{
    if (n < 3)
        return false;
    if (w[n - 1] == 'e')
        return !is_in(w[n - 2], "aeiouy") && !(w[n - 2] == 'l' && !is_in(w[n - 3], "aeiouywr"));
    if (ends(w, n, "ed"))
        return !is_in(w[n - 3], "aeiouytd");
    if (ends(w, n, "es"))
        return !is_in(w[n - 3], "aeiouyszxcg") && !ends(w, n, "shes") && !ends(w, n, "ches") &&
               !(w[n - 3] == 'l' && n > 3 && !is_in(w[n - 4], "aeiouywr"));
    return false;
}

/* Two vowels side by side that are two syllables: "create", "being", "child's trial". */
static bool is_parted(const char *w, size_t n, size_t i)
{
    static const char *const pairs[] = {"ia",  "io",   "iu",   "eo",  "ua",
                                        "uou", "ying", "eing", "oing"};
    for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++) {
        size_t m = strlen(pairs[k]);
        if (i + m > n || memcmp(w + i, pairs[k], m) != 0)
            continue;
        /* "nation", "special", "region", "people", "question", "language" */
        bool soft = i > 0 && w[i] == 'i' && is_in(w[i - 1], "tscgx");
        bool people = i > 0 && w[i] == 'e' && w[i + 1] == 'o' && w[i - 1] == 'p';
        bool quiet = i > 0 && w[i] == 'u' && is_in(w[i - 1], "qg");
        return !soft && !people && !quiet;
    }
    return false;
}

static size_t english(const char *w, size_t n)
{
    size_t count = 0;
    bool in_vowels = false;
    for (size_t i = 0; i < n; i++) {
        /* y and u can open a syllable without being one: "you", "quick" */
        bool vowel =
            is_in(w[i], "aeiou") ||
            (w[i] == 'y' && i > 0 && !(i + 1 < n && in_vowels && is_in(w[i + 1], "aeiou")));
        if (vowel && (!in_vowels || (i > 0 && is_parted(w, n, i - 1))))
            count++;
        in_vowels = vowel;
    }
    if (count > 1 && is_silent_end(w, n))
        count--;
    if (ends(w, n, "sm")) /* "ism" */
        count++;
    if (n >= 4 && ends(w, n, "nt") && is_in(w[n - 3], "ds") && count == 1)
        count++; /* "didn't", "isn't", after the ' was dropped */
    return count;
}

static size_t spanish(const char *w, size_t n)
{
    size_t count = 0;
    char before = '\0';
    for (size_t i = 0; i < n; i++) {
        char c = w[i];
        if (c == 'y' && i + 1 == n)
            c = 'i';
        if (c == 'u' && i > 0 && is_in(w[i - 1], "q"))
            c = 'q';
        bool vowel = is_in(c, "aeiouIU");
        bool both_strong = is_in(c, "aeoIU") && is_in(before, "aeoIU");
        if (vowel && (!is_in(before, "aeiouIU") || both_strong))
            count++;
        before = c;
    }
    return count;
}

/* "FBI", "NCMEC": up to three capitals, or more without a vowel, are spelt. */
static size_t spelt(struct ct_sv word)
{
    size_t n = 0, vowels = 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < 'A' || word.p[i] > 'Z')
            return 0;
        n++;
        vowels += is_in(word.p[i], "AEIOUY");
    }
    return n >= 2 && (n <= 3 || vowels == 0) ? n : 0;
}

static size_t of_part(struct ct_sv part, bool is_spanish)
{
    char letters[LETTERS_MAX];
    size_t capitals = spelt(part);
    if (capitals > 0)
        return capitals;
    size_t n = spell(part, is_spanish, letters);
    size_t count = is_spanish ? spanish(letters, n) : english(letters, n);
    return count > 0 ? count : 1;
}

size_t ct_syllables(struct ct_sv word, struct ct_sv lang)
{
    size_t count = 0;
    struct ct_sv part;
    while (ct_sv_split(&word, '-', &part))
        if (part.n > 0)
            count += of_part(part, ct_sv_eq_c(lang, "es"));
    return count > 0 ? count : 1;
}
