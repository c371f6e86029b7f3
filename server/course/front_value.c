/*
 * server/course/front_value.c: one function for each kind of value in front matter.
 */
#include "front_priv.h"

#include "ct/base/clock.h"

#include "ct/base/banned.h"

static void wrong(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                  const char *wanted)
{
    ct_problem_add(f->problems, "E04", f->path, v->line, v->column, "\"%s\" must be %s", key->name,
                   wanted);
}

static bool is_text(const struct ct_yaml *v)
{
    return v->type == CT_YAML_SCALAR && ct_sv_trim(v->text).n > 0;
}

static void *at(void *ret, size_t offset)
{
    return (char *)ret + offset;
}

static void read_text(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                      void *ret)
{
    if (!is_text(v)) {
        wrong(f, key, v, "a text (put it in quotes if it holds a colon)");
        return;
    }
    *(struct ct_sv *)at(ret, key->offset) = ct_sv_trim(v->text);
}

static void read_slug(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                      void *ret)
{
    if (!is_text(v) || !ct_url_is_slug(v->text))
        wrong(f, key, v, "a short name of a-z, 0-9 and -, at most 64, as in \"the-motel-call\"");
    else
        *(struct ct_sv *)at(ret, key->offset) = v->text;
}

static void read_lang(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                      void *ret)
{
    if (!is_text(v) || !ct_words_known(v->text))
        wrong(f, key, v, "en or es, the languages whose keywords are known");
    else
        *(struct ct_sv *)at(ret, key->offset) = v->text;
}

/* Only the scheme is guessed at, and only where nothing else is wrong. */
static void read_https(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                       void *ret)
{
    struct ct_sv text = is_text(v) ? ct_sv_trim(v->text) : CT_SV_NULL, meant = CT_SV_NULL;
    if (ct_url_is_https(text)) {
        *(struct ct_sv *)at(ret, key->offset) = text;
        return;
    }
    if (ct_sv_starts(text, CT_SV("http://")))
        meant = ct_arena_printf(f->arena, "https://%.*s",
                                CT_SV_ARG(ct_sv_sub(text, strlen("http://"), text.n)));
    else if (text.n > 0 && ct_sv_search(text, CT_SV("://")) == SIZE_MAX)
        meant = ct_arena_printf(f->arena, "https://%.*s", CT_SV_ARG(text));
    wrong(f, key, v,
          "an address that begins with https:// and names a host, without a user or password, as "
          "in https://www.weather.gov/");
    if (ct_url_is_https(meant))
        ct_problem_meant(f->problems, text, meant);
}

static bool looks_like_date(struct ct_sv s)
{
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (i != 4 && i != 7 && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    }
    return true;
}

static void read_version(struct ct_front *f, const struct ct_front_key *key,
                         const struct ct_yaml *v, void *ret)
{
    struct ct_date date;
    if (is_text(v) && looks_like_date(v->text) && !ct_date_parse(v->text, &date))
        wrong(f, key, v, "a day that exists, as in 2026-11-22");
    else
        read_text(f, key, v, ret);
}

static void read_int(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                     void *ret)
{
    if (v->type == CT_YAML_SCALAR &&
        ct_chip_int(v->text, key->low, key->high, at(ret, key->offset)))
        return;
    wrong(f, key, v,
          ct_arena_printf(f->arena, "a whole number from %d to %d", key->low, key->high).p);
}

static void read_percent(struct ct_front *f, const struct ct_front_key *key,
                         const struct ct_yaml *v, void *ret)
{
    if (v->type != CT_YAML_SCALAR || !ct_chip_percent(v->text, at(ret, key->offset)))
        wrong(f, key, v, "a percentage from 0% to 100%, as in 80%");
}

static void read_months(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                        void *ret)
{
    if (v->type != CT_YAML_SCALAR || !ct_chip_months(v->text, at(ret, key->offset)))
        wrong(f, key, v, "a number of months or years, as in \"12 months\"");
}

/* One "prosecutors" or "prosecutors and advocates" of a list, or the only one. */
static ct_disc_set read_part(struct ct_front *f, const struct ct_front_key *key,
                             const struct ct_yaml *v)
{
    ct_disc_set set = CT_DISC_NONE;
    struct ct_sv unknown;
    if (!is_text(v)) {
        wrong(f, key, v, "a list of disciplines, as in [prosecutor, caseworker]");
        return CT_DISC_NONE;
    }
    if (ct_sv_ieq(v->text, CT_SV("all")) || ct_sv_ieq(v->text, CT_SV("everybody")))
        return CT_DISC_ALL;
    if (ct_discipline_set_parse(f->disciplines, v->text, &set, &unknown))
        return set;
    struct ct_sv near = ct_discipline_suggest(f->disciplines, unknown);
    ct_problem_add(f->problems, "E24", f->path, v->line, v->column,
                   "unknown discipline \"%.*s\" in \"%s\"%s%.*s%s", CT_SV_ARG(ct_clip(unknown)),
                   key->name, near.n ? "; did you mean \"" : "", CT_SV_ARG(near),
                   near.n ? "\"?" : "; curriculum.md lists the known ones");
    if (near.n > 0)
        ct_problem_meant(f->problems, unknown, near);
    return set;
}

static void read_set(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                     void *ret)
{
    ct_disc_set set = CT_DISC_NONE;
    if (v->type == CT_YAML_MAP) {
        wrong(f, key, v, "a list of disciplines, as in [prosecutor, caseworker]");
        return;
    }
    if (v->type == CT_YAML_SCALAR)
        set = read_part(f, key, v);
    for (const struct ct_yaml *c = v->type == CT_YAML_LIST ? v->first : NULL; c; c = c->next)
        set |= read_part(f, key, c);
    *(ct_disc_set *)at(ret, key->offset) = set;
}

/* A list of texts; one text alone is a list of one. */
static void read_texts(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                       void *ret, bool slugs)
{
    struct ct_sv *items = NULL;
    size_t n = 0, cap = 0;
    const struct ct_yaml *c = v->type == CT_YAML_LIST ? v->first : v;
    for (; c; c = v->type == CT_YAML_LIST ? c->next : NULL) {
        if (!is_text(c))
            wrong(f, key, c, "a list of texts (put one in quotes if it holds a colon)");
        else if (slugs && !ct_url_is_slug(c->text))
            wrong(f, key, c, "a list of folder names, of a-z, 0-9 and -");
        else
            CT_ARENA_PUSH(f->arena, items, n, cap, ct_sv_trim(c->text));
    }
    *(const struct ct_sv **)at(ret, key->offset) = items;
    *(size_t *)at(ret, key->offset_n) = n;
}

enum { OBJECTIVES_MAX = 100 };

static void read_objectives(struct ct_front *f, const struct ct_front_key *key,
                            const struct ct_yaml *v, void *ret)
{
    struct ct_objective *items = NULL;
    size_t n = 0, cap = 0;
    if (v->type != CT_YAML_LIST) {
        wrong(f, key, v, "a list, with lines as `- O1 Recognise indicators`");
        return;
    }
    for (const struct ct_yaml *c = v->first; c; c = c->next) {
        if (n == OBJECTIVES_MAX) {
            wrong(f, key, c, "a list of at most 100");
            break;
        }
        struct ct_sv text = c->type == CT_YAML_SCALAR ? ct_sv_trim(c->text) : CT_SV_NULL;
        size_t blank = ct_sv_find(text, ' ');
        bool fits = blank != SIZE_MAX;
        struct ct_objective o = {ct_sv_sub(text, 0, blank), CT_SV_NULL};
        if (fits)
            o.text = ct_sv_trim(ct_sv_sub(text, blank, text.n));
        if (!fits) {
            wrong(f, key, c,
                  "a list of names with a text behind, as in `- O1 Recognise indicators` (put the "
                  "line in quotes if it holds a colon)");
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            if (ct_sv_ieq(items[i].id, o.id))
                ct_problem_add(f->problems, "E04", f->path, c->line, c->column,
                               "two objectives are called \"%.*s\"", CT_SV_ARG(ct_clip(o.id)));
        }
        CT_ARENA_PUSH(f->arena, items, n, cap, o);
    }
    *(const struct ct_objective **)at(ret, key->offset) = items;
    *(size_t *)at(ret, key->offset_n) = n;
}

enum { CREDIT_MAX = 20, HOURS_MAX = 9999 };

/* "CLE 1.5 hours", also with a comma behind the type. */
static bool parse_credit(struct ct_sv text, struct ct_course_credit *ret)
{
    struct ct_sv rest = ct_sv_trim(text);
    size_t blank;
    double hours;

    if (ct_sv_ends(rest, CT_SV(" hours")))
        rest = ct_sv_trim(ct_sv_sub(rest, 0, rest.n - 6));
    else if (ct_sv_ends(rest, CT_SV(" hour")))
        rest = ct_sv_trim(ct_sv_sub(rest, 0, rest.n - 5));
    else
        return false;
    for (blank = rest.n; blank > 0 && rest.p[blank - 1] != ' ';)
        blank--;
    if (blank == 0 || !ct_sv_double(ct_sv_sub(rest, blank, SIZE_MAX), &hours) || hours < 0.01 ||
        hours > HOURS_MAX / 100.0)
        return false;
    ret->type = ct_sv_trim(ct_sv_sub(rest, 0, blank));
    if (ct_sv_ends(ret->type, CT_SV(",")) || ct_sv_ends(ret->type, CT_SV(":")))
        ret->type.n--;
    ret->hundredths = (int)(hours * 100 + 0.5);
    return ret->type.n > 0;
}

static void read_credit(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                        void *ret)
{
    struct ct_course_credit *items = NULL;
    size_t n = 0, cap = 0;

    for (const struct ct_yaml *c = v->type == CT_YAML_LIST ? v->first : v; c;
         c = v->type == CT_YAML_LIST ? c->next : NULL) {
        struct ct_course_credit one;
        if (n == CREDIT_MAX) {
            wrong(f, key, c, "a list of at most 20");
            break;
        }
        if (!is_text(c) || !parse_credit(c->text, &one)) {
            wrong(f, key, c, "a list of types with their hours, as in `- CLE 1.5 hours`");
            continue;
        }
        CT_ARENA_PUSH(f->arena, items, n, cap, one);
    }
    *(const struct ct_course_credit **)at(ret, key->offset) = items;
    *(size_t *)at(ret, key->offset_n) = n;
}

/* Names of one are shown as labels: "Guardian ad litem". */
static struct ct_sv as_label(struct ct_arena *a, struct ct_sv one)
{
    char *p = ct_arena_cstr(a, one);
    if (one.n > 0 && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 'a' + 'A');
    return ct_sv_n(p, one.n);
}

/* "law-enforcement (law enforcement)": slug, plural; "guardian (guardian ad litem / guardians ad
 * litem)": with the name of one in front, where the slug does not say it. */
static void add_discipline(struct ct_front *f, const struct ct_front_key *key,
                           const struct ct_yaml *v, struct ct_disciplines *ret)
{
    struct ct_sv text = v->type == CT_YAML_SCALAR ? ct_sv_trim(v->text) : CT_SV_NULL;
    struct ct_sv slug = text, plural = CT_SV_NULL, one = CT_SV_NULL;
    size_t open = ct_sv_find(text, '('), slash = SIZE_MAX;
    if (open != SIZE_MAX && ct_sv_ends(text, CT_SV(")"))) {
        slug = ct_sv_trim(ct_sv_sub(text, 0, open));
        plural = ct_sv_trim(ct_sv_sub(text, open + 1, text.n - open - 2));
        slash = ct_sv_find(plural, '/');
    }
    if (slash != SIZE_MAX) {
        one = ct_sv_trim(ct_sv_sub(plural, 0, slash));
        plural = ct_sv_trim(ct_sv_sub(plural, slash + 1, plural.n));
    }
    if (!ct_url_is_slug(slug) || (open != SIZE_MAX && plural.n == 0) ||
        (slash != SIZE_MAX && one.n == 0)) {
        wrong(f, key, v, "a list of lines as `- law-enforcement (law enforcement)`");
    } else if (ct_discipline_find(ret, slug) >= 0) {
        wrong(f, key, v, "a list without one name twice");
    } else if (ret->n == CT_DISCIPLINES_MAX) {
        wrong(f, key, v, "a list of at most 32");
    } else {
        struct ct_discipline *d = &ret->items[ret->n++];
        d->slug = slug;
        d->name = one.n ? as_label(f->arena, one) : ct_discipline_name_of(f->arena, slug);
        d->plural = plural.n ? plural : slug;
    }
}

static void read_disciplines(struct ct_front *f, const struct ct_front_key *key,
                             const struct ct_yaml *v, void *ret)
{
    struct ct_disciplines *d = at(ret, key->offset);
    if (v->type != CT_YAML_LIST || !v->first) {
        wrong(f, key, v, "a list of lines as `- law-enforcement (law enforcement)`");
        return;
    }
    for (const struct ct_yaml *c = v->first; c; c = c->next)
        add_discipline(f, key, c, d);
}

void ct_front_read(struct ct_front *f, const struct ct_front_key *key, const struct ct_yaml *v,
                   void *ret)
{
    switch (key->kind) {
    case CT_FRONT_TEXT:
        read_text(f, key, v, ret);
        break;
    case CT_FRONT_SLUG:
        read_slug(f, key, v, ret);
        break;
    case CT_FRONT_LANG:
        read_lang(f, key, v, ret);
        break;
    case CT_FRONT_HTTPS:
        read_https(f, key, v, ret);
        break;
    case CT_FRONT_VERSION:
        read_version(f, key, v, ret);
        break;
    case CT_FRONT_INT:
        read_int(f, key, v, ret);
        break;
    case CT_FRONT_PERCENT:
        read_percent(f, key, v, ret);
        break;
    case CT_FRONT_MONTHS:
        read_months(f, key, v, ret);
        break;
    case CT_FRONT_SET:
        read_set(f, key, v, ret);
        break;
    case CT_FRONT_TEXTS:
    case CT_FRONT_SLUGS:
        read_texts(f, key, v, ret, key->kind == CT_FRONT_SLUGS);
        break;
    case CT_FRONT_OBJECTIVES:
        read_objectives(f, key, v, ret);
        break;
    case CT_FRONT_DISCIPLINES:
        read_disciplines(f, key, v, ret);
        break;
    case CT_FRONT_CREDIT:
        read_credit(f, key, v, ret);
        break;
    }
}
