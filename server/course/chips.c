/*
 * server/course/chips.c: finding chips in the tree, folding what Word makes of plain characters,
 * and reading their values. Knows no thing's settings.
 */
#include "chips_priv.h"

#include "ct/base/str.h"

#include <math.h>

#include "ct/base/banned.h"

/* What a character stands for in plain ASCII; NULL: itself. */
static const char *plain_of(uint32_t r)
{
    if (r == '\t' || r == '\n' || r == '\r' || r == 0xa0 || (r >= 0x2000 && r <= 0x200a) ||
        r == 0x202f || r == 0x205f || r == 0x3000)
        return " ";
    if (r == 0xad || (r >= 0x200b && r <= 0x200f) || r == 0x2060 || r == 0xfeff)
        return "";
    if ((r >= 0x2010 && r <= 0x2015) || r == 0x2212)
        return "-";
    switch (r) {
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
        return "'";
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
        return "\"";
    case 0x2264:
        return "<=";
    case 0x2265:
        return ">=";
    case 0x2260:
        return "!=";
    case 0xb1:
        return "+/-";
    case 0x2026:
        return "...";
    default:
        return NULL;
    }
}

struct ct_sv ct_fold(struct ct_arena *a, struct ct_sv s)
{
    bool plain = true;
    for (size_t i = 0; i < s.n && plain; i++)
        plain = (unsigned char)s.p[i] < 0x80 && (unsigned char)s.p[i] >= ' ';
    if (plain)
        return s;
    /* No replacement is longer than three bytes, and none of its originals shorter than one. */
    CT_AUTO_STR out = CT_STR_INIT(3 * s.n + 1);
    while (s.n > 0) {
        uint32_t r = ct_sv_rune(&s);
        const char *p = plain_of(r);
        if (p)
            ct_str_add_c(&out, p);
        else
            ct_str_add_rune(&out, r);
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}

static struct ct_sv lower(struct ct_arena *a, struct ct_sv s)
{
    char *p = ct_arena_cstr(a, s);
    for (size_t i = 0; i < s.n; i++) {
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] - 'A' + 'a');
    }
    return ct_sv_n(p, s.n);
}

struct ct_chip ct_chip_of(struct ct_arena *a, const struct ct_md_node *code)
{
    struct ct_chip c = {
        .text = ct_sv_trim(ct_fold(a, ct_arena_dup(a, ct_md_literal(code)))),
        .line = ct_md_line(code),
        .column = ct_md_column(code),
    };
    size_t colon = ct_sv_find(c.text, ':');
    if (colon == SIZE_MAX) {
        c.key = lower(a, c.text);
    } else {
        c.key = lower(a, ct_sv_trim(ct_sv_sub(c.text, 0, colon)));
        c.value = ct_sv_trim(ct_sv_sub(c.text, colon + 1, c.text.n));
    }
    return c;
}

static bool is_between(struct ct_sv s)
{
    while (s.n > 0) {
        uint32_t r = ct_sv_rune(&s);
        const char *p = plain_of(r);
        if (r != ',' && r != ';' && r != ' ' && !(p && (p[0] == ' ' || p[0] == '\0')))
            return false;
    }
    return true;
}

bool ct_chips_only(const struct ct_md_node *n)
{
    if (ct_md_type(n) != CT_MD_PARAGRAPH)
        return false;
    bool any = false;
    for (const struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c)) {
        enum ct_md_type type = ct_md_type(c);
        if (type == CT_MD_CODE)
            any = true;
        else if (type == CT_MD_TEXT ? !is_between(ct_md_literal(c))
                                    : type != CT_MD_SOFTBREAK && type != CT_MD_LINEBREAK)
            return false;
    }
    return any;
}

struct ct_chip *ct_chips_in(struct ct_arena *a, const struct ct_md_node *n, size_t *ret_n)
{
    struct ct_chip *items = NULL;
    size_t count = 0, cap = 0;
    for (const struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c)) {
        if (ct_md_type(c) == CT_MD_CODE)
            CT_ARENA_PUSH(a, items, count, cap, ct_chip_of(a, c));
    }
    *ret_n = count;
    return items;
}

bool ct_chip_int(struct ct_sv value, int low, int high, int *ret)
{
    int64_t n;
    if (!ct_sv_i64(ct_sv_trim(value), &n) || n < low || n > high)
        return false;
    *ret = (int)n;
    return true;
}

bool ct_chip_bool(struct ct_sv value, bool *ret)
{
    static const char *const yes[] = {"yes", "true", "on", "sí", "si"};
    static const char *const no[] = {"no", "false", "off"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        if (ct_sv_ieq(value, ct_sv_c(yes[i]))) {
            *ret = true;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        if (ct_sv_ieq(value, ct_sv_c(no[i]))) {
            *ret = false;
            return true;
        }
    }
    return false;
}

struct unit {
    const char *name;
    int64_t size;
};

/* "12 months" against a list of units that ends with a NULL name. */
static bool read_units(struct ct_sv value, const struct unit *units, int64_t *ret)
{
    size_t i = 0;
    while (i < value.n && value.p[i] >= '0' && value.p[i] <= '9')
        i++;
    int64_t n;
    if (!ct_sv_i64(ct_sv_sub(value, 0, i), &n) || n > 100000)
        return false;
    struct ct_sv name = ct_sv_trim(ct_sv_sub(value, i, value.n));
    for (; units->name; units++) {
        if (ct_sv_ieq(name, ct_sv_c(units->name))) {
            *ret = n * units->size;
            return true;
        }
    }
    return false;
}

bool ct_chip_seconds(struct ct_sv value, int64_t *ret)
{
    static const struct unit units[] = {
        {"second", 1},      {"seconds", 1},      {"minute", 60},   {"minutes", 60},
        {"min", 60},        {"minuto", 60},      {"minutos", 60},  {"hour", 3600},
        {"hours", 3600},    {"h", 3600},         {"hora", 3600},   {"horas", 3600},
        {"day", 86400},     {"days", 86400},     {"día", 86400},   {"días", 86400},
        {"dia", 86400},     {"dias", 86400},     {"week", 604800}, {"weeks", 604800},
        {"semana", 604800}, {"semanas", 604800}, {NULL, 0},
    };
    return read_units(ct_sv_trim(value), units, ret);
}

bool ct_chip_months(struct ct_sv value, int *ret)
{
    static const struct unit units[] = {
        {"month", 1},  {"months", 1}, {"mes", 1},   {"meses", 1}, {"year", 12},
        {"years", 12}, {"año", 12},   {"años", 12}, {NULL, 0},
    };
    int64_t n;
    if (!read_units(ct_sv_trim(value), units, &n) || n > 1200)
        return false;
    *ret = (int)n;
    return true;
}

bool ct_chip_percent(struct ct_sv value, int *ret)
{
    value = ct_sv_trim(value);
    if (ct_sv_ends(value, CT_SV("%")))
        value = ct_sv_trim(ct_sv_sub(value, 0, value.n - 1));
    return ct_chip_int(value, 0, 100, ret);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ct_chip_number(struct ct_arena *a, struct ct_sv value, double *ret)
{
    /* Commas only as thousands separators: three digits follow each, digits stand before the first.
     */
    value = ct_sv_trim(value);
    char *p = ct_arena_cstr(a, value);
    size_t n = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != ',') {
            p[n++] = value.p[i];
            continue;
        }
        bool group = i > 0 && is_digit(value.p[i - 1]) && i + 3 < value.n &&
                     is_digit(value.p[i + 1]) && is_digit(value.p[i + 2]) &&
                     is_digit(value.p[i + 3]) && !(i + 4 < value.n && is_digit(value.p[i + 4]));
        if (!group)
            return false;
    }
    return ct_sv_double(ct_sv_n(p, n), ret);
}

/* "70 to 74", "70 a 74", "70-74": two numbers with a word or a dash between. */
static bool read_from_to(struct ct_arena *a, struct ct_sv s, double *ret_low, double *ret_high)
{
    static const char *const words[] = {" to ", " a ", " - ", "-"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct ct_sv word = ct_sv_c(words[i]);
        size_t at = ct_sv_search(ct_sv_sub(s, 1, s.n), word);
        double low, high;
        if (at != SIZE_MAX && ct_chip_number(a, ct_sv_sub(s, 0, at + 1), &low) &&
            ct_chip_number(a, ct_sv_sub(s, at + 1 + word.n, s.n), &high) && low <= high) {
            *ret_low = low;
            *ret_high = high;
            return true;
        }
    }
    return false;
}

bool ct_chip_range(struct ct_arena *a, struct ct_sv value, double *ret_low, double *ret_high)
{
    struct ct_sv s = ct_sv_trim(ct_fold(a, value));
    double n, tolerance;
    if (ct_sv_starts(s, CT_SV(">="))) {
        if (!ct_chip_number(a, ct_sv_sub(s, 2, s.n), &n))
            return false;
        *ret_low = n;
        *ret_high = HUGE_VAL;
        return true;
    }
    if (ct_sv_starts(s, CT_SV("<="))) {
        if (!ct_chip_number(a, ct_sv_sub(s, 2, s.n), &n))
            return false;
        *ret_low = -HUGE_VAL;
        *ret_high = n;
        return true;
    }
    size_t at = ct_sv_search(s, CT_SV("+/-"));
    if (at != SIZE_MAX) {
        struct ct_sv t = ct_sv_trim(ct_sv_sub(s, at + 3, s.n));
        bool percent = ct_sv_ends(t, CT_SV("%"));
        if (percent)
            t = ct_sv_sub(t, 0, t.n - 1);
        if (!ct_chip_number(a, ct_sv_sub(s, 0, at), &n) || !ct_chip_number(a, t, &tolerance) ||
            tolerance < 0)
            return false;
        if (percent)
            tolerance = (n < 0 ? -n : n) * tolerance / 100;
        *ret_low = n - tolerance;
        *ret_high = n + tolerance;
        return true;
    }
    if (ct_chip_number(a, s, &n)) {
        *ret_low = *ret_high = n;
        return true;
    }
    return read_from_to(a, s, ret_low, ret_high);
}
