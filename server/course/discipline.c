/*
 * server/course/discipline.c: lists of professions as people write them, and back.
 */
#include "ct/course/discipline.h"

#include "suggest_priv.h"

#include "ct/base/banned.h"

int ct_discipline_find(const struct ct_disciplines *d, struct ct_sv slug)
{
    for (size_t i = 0; i < d->n; i++) {
        if (ct_sv_eq(d->items[i].slug, slug))
            return (int)i;
    }
    return -1;
}

ct_disc_set ct_discipline_bit(const struct ct_disciplines *d, struct ct_sv slug)
{
    int i = ct_discipline_find(d, slug);
    return i < 0 ? CT_DISC_NONE : (ct_disc_set)1 << i;
}

/* By slug, plural or name, in any case. */
static ct_disc_set bit_as_written(const struct ct_disciplines *d, struct ct_sv text)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct ct_discipline *it = &d->items[i];
        if (ct_sv_ieq(it->slug, text) || ct_sv_ieq(it->plural, text) || ct_sv_ieq(it->name, text))
            return (ct_disc_set)1 << i;
    }
    return CT_DISC_NONE;
}

/* The length of a separator at s[i]: a comma, or " and " (" y ", " e ") as far as its last blank.
 */
static size_t separator_at(struct ct_sv s, size_t i)
{
    static const char *const words[] = {" and ", " or ", " & ", " y ", " e ", " o "};
    if (s.p[i] == ',')
        return 1;
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t n = strlen(words[w]);
        if (i + n <= s.n && ct_sv_ieq(ct_sv_sub(s, i, n), ct_sv_n(words[w], n)))
            return n - 1;
    }
    return 0;
}

/* "…, and advocates": a comma and a word are one separator. */
static struct ct_sv without_leading_and(struct ct_sv s)
{
    static const char *const words[] = {"and ", "or ", "& ", "y ", "e ", "o "};
    s = ct_sv_trim(s);
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
        size_t n = strlen(words[w]);
        if (s.n > n && ct_sv_ieq(ct_sv_sub(s, 0, n), ct_sv_n(words[w], n)))
            return ct_sv_trim(ct_sv_sub(s, n, s.n));
    }
    return s;
}

/* Takes the longest known part off the front ("health and social workers" may be one discipline's
 * plural); a part up to the first separator, unknown, when there is none. */
static ct_disc_set take_part(const struct ct_disciplines *d, struct ct_sv *rest,
                             struct ct_sv *ret_part)
{
    struct ct_sv s = *rest;
    size_t shortest = s.n, shortest_next = s.n, best_next = 0;
    ct_disc_set best = bit_as_written(d, s);
    if (best)
        best_next = s.n;
    for (size_t i = s.n; i-- > 0;) {
        size_t n = separator_at(s, i);
        if (n == 0)
            continue;
        shortest = i;
        shortest_next = i + n;
        if (!best && (best = bit_as_written(d, ct_sv_trim(ct_sv_sub(s, 0, i)))))
            best_next = i + n;
    }
    *ret_part = ct_sv_trim(ct_sv_sub(s, 0, shortest));
    *rest = without_leading_and(ct_sv_sub(s, best ? best_next : shortest_next, s.n));
    return best;
}

bool ct_discipline_set_parse(const struct ct_disciplines *d, struct ct_sv text,
                             ct_disc_set *ret_set, struct ct_sv *ret_unknown)
{
    struct ct_sv rest = ct_sv_trim(text), unknown = CT_SV_NULL;
    ct_disc_set set = CT_DISC_NONE;
    bool all_known = rest.n > 0;
    while (rest.n > 0) {
        struct ct_sv part;
        ct_disc_set bit = take_part(d, &rest, &part);
        set |= bit;
        if (!bit && all_known) {
            all_known = false;
            unknown = part;
        }
    }
    *ret_set = set;
    *ret_unknown = unknown;
    return all_known;
}

struct ct_sv ct_discipline_suggest(const struct ct_disciplines *d, struct ct_sv text)
{
    struct ct_sv best = CT_SV_NULL;
    size_t best_distance = 3;
    for (size_t i = 0; i < d->n; i++) {
        const struct ct_sv forms[] = {d->items[i].plural, d->items[i].slug, d->items[i].name};
        for (size_t f = 0; f < 3; f++) {
            size_t distance = ct_edit_distance(text, forms[f], 2);
            if (distance < best_distance && ct_is_near(text, forms[f])) {
                best = d->items[i].plural;
                best_distance = distance;
            }
        }
    }
    return best;
}

struct ct_sv ct_discipline_set_name(struct ct_arena *a, const struct ct_disciplines *d,
                                    ct_disc_set set)
{
    ct_disc_set known = d->n == 32 ? CT_DISC_ALL : ((ct_disc_set)1 << d->n) - 1;
    if (set == CT_DISC_ALL || (d->n > 0 && (set & known) == known))
        return CT_SV("everybody");
    struct ct_sv out = CT_SV("");
    ct_disc_set left = set & known;
    for (size_t i = 0; i < d->n; i++) {
        ct_disc_set bit = (ct_disc_set)1 << i;
        if (!(left & bit))
            continue;
        left &= ~bit;
        const char *between = out.n == 0 ? "" : left ? ", " : " and ";
        out = ct_arena_printf(a, "%.*s%s%.*s", CT_SV_ARG(out), between,
                              CT_SV_ARG(d->items[i].plural));
    }
    return out;
}

struct ct_sv ct_discipline_name_of(struct ct_arena *a, struct ct_sv slug)
{
    char *p = ct_arena_cstr(a, slug);
    for (size_t i = 0; i < slug.n; i++) {
        if (p[i] == '-')
            p[i] = ' ';
    }
    if (slug.n > 0 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return ct_sv_n(p, slug.n);
}

bool ct_discipline_was(const struct ct_disciplines *d, struct ct_sv slug)
{
    for (size_t i = 0; i < d->n_former; i++)
        if (ct_sv_eq(d->former[i].slug, slug))
            return true;
    return ct_discipline_find(d, slug) >= 0;
}

struct ct_sv ct_discipline_called(struct ct_arena *a, const struct ct_disciplines *d,
                                  struct ct_sv slug)
{
    int at = ct_discipline_find(d, slug);
    struct ct_sv last = CT_SV_NULL;

    if (at >= 0)
        return d->items[at].name;
    for (size_t i = 0; i < d->n_former && !last.p; i++)
        if (ct_sv_eq(d->former[i].slug, slug))
            last = d->former[i].name;
    if (!last.p)
        last = ct_discipline_name_of(a, slug);
    return ct_arena_printf(a, "%.*s (no longer in the curriculum)", CT_SV_ARG(last));
}

struct ct_sv ct_discipline_many(struct ct_arena *a, const struct ct_disciplines *d,
                                struct ct_sv slug)
{
    int at = ct_discipline_find(d, slug);

    return at < 0 ? ct_discipline_called(a, d, slug) : d->items[at].plural;
}

void ct_disciplines_default(struct ct_disciplines *ret)
{
    static const char *const ours[][3] = {
        {"prosecutor", "Prosecutor", "prosecutors"},
        {"caseworker", "Caseworker", "caseworkers"},
        {"advocate", "Advocate", "advocates"},
        {"law-enforcement", "Law enforcement", "law enforcement"},
        {"juvenile-justice", "Juvenile justice", "juvenile justice"},
        {"defense-attorney", "Defense attorney", "defense attorneys"},
        {"civil-attorney", "Civil attorney", "civil attorneys"},
        {"guardian", "Guardian ad litem", "guardians ad litem"},
        {"immigration-attorney", "Immigration attorney", "immigration attorneys"},
        {"health", "Health professional", "health professionals"},
        {"judge", "Judge", "judges"},
    };
    memset(ret, 0, sizeof *ret);
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        struct ct_discipline *d = &ret->items[ret->n++];
        d->slug = ct_sv_c(ours[i][0]);
        d->name = ct_sv_c(ours[i][1]);
        d->plural = ct_sv_c(ours[i][2]);
    }
}
