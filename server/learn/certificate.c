/*
 * certificate.c: reading certificates, and what they are worth as of a moment. Changing what is
 * said of them is certificate_change.c.
 */
#include "ct/learn/certificate.h"

#include "certificate_priv.h"
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

enum { MINUTES_AN_HOUR = 60, TENTHS = 10, CODE_GROUP = 4 };

/* The newest name of the person, and the newest certificate beside it that nobody revoked: issued
 * later, or in the same second with a later completion. */
#define COLUMNS                                                                                    \
    "select k.code, k.name as issued_name, coalesce((select n.name from certificate_name n"        \
    " where n.person = c.person order by n.id desc limit 1), k.name) as name,"                     \
    " k.discipline_name, k.minutes, k.issued_at, c.person, k.completion, c.course, "               \
    "c.course_title,"                                                                              \
    " c.discipline, c.revision, coalesce(c.score, -1) as score, p.email,"                          \
    " coalesce(t.months, 0) as months, coalesce(v.at, 0) as revoked_at, v.reason, b.name as by,"   \
    " s.code as newer, s.issued_at as newer_at from certificate k"                                 \
    " join completion c on c.id = k.completion join person p on p.id = c.person"                   \
    " left join certificate_term t on t.code = k.code"                                             \
    " left join certificate_revocation v on v.code = k.code left join person b on b.id = v.by"     \
    " left join certificate s on s.code = (select y.code from completion x"                        \
    "  join certificate y on y.completion = x.id"                                                  \
    "  where x.person = c.person and x.course = c.course and x.module is null"                     \
    "  and x.discipline = c.discipline and (y.issued_at, x.id) > (k.issued_at, c.id)"              \
    "  and not exists (select 1 from certificate_revocation z where z.code = y.code)"              \
    "  order by y.issued_at desc, x.id desc limit 1)"

static const struct ct_sql BY_CODE = {COLUMNS " where k.code = :code"};
static const struct ct_sql LIST = {
    COLUMNS " where (:email is null or p.email_key = :email)"
            " and (:course is null or c.course = :course)"
            " and (:text is null or instr(lower(p.name), :text) or instr(lower(p.email), :text)"
            "  or instr(lower(k.name), :text) or instr(lower(k.code), :code_text)"
            "  or exists (select 1 from certificate_name m where m.person = c.person"
            "  and instr(lower(m.name), :text)))"
            " order by k.issued_at desc, c.id desc limit :max"};
static const struct ct_sql NAMES = {
    "select name, at from certificate_name where person = :person order by id"};

const struct ct_sql *const ct_certificate_sql[] = {&BY_CODE, &LIST, &NAMES, NULL};

/* As it is stored: upper case, without dashes and blanks, and with the digits that Crockford's base
 * 32 means by O, I and L. What cannot be a code is the empty one, which is looked for like any. */
struct ct_sv ct_certificate_code(struct ct_arena *a, struct ct_sv typed)
{
    char *code = ct_arena_alloc(a, CT_CODE_MAX);
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == '-' || c == ' ')
            continue;
        if (n == CT_CODE_MAX)
            return CT_SV("");
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        code[n++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    return ct_sv_n(code, n);
}

struct ct_date ct_certificate_expiry(struct ct_date issued_on, int months)
{
    if (months <= 0)
        return (struct ct_date){0, 0, 0};
    return ct_date_add_months(issued_on, months);
}

struct ct_date ct_certificate_window(const struct ct_certificate *c)
{
    struct ct_date from;

    if (c->expires_on.year == 0)
        return c->expires_on;
    from = ct_date_add_months(c->expires_on, -CT_CERTIFICATE_WINDOW_MONTHS);
    return ct_date_cmp(from, c->issued_on) < 0 ? c->issued_on : from;
}

static struct ct_date date_of(const struct ct_home *home, int64_t at)
{
    return at ? ct_day_date(ct_home_day(home, at)) : (struct ct_date){0, 0, 0};
}

void ct_certificate_find_days(struct ct_certificate *c, const struct ct_home *home)
{
    c->issued_on = date_of(home, c->issued_at);
    c->superseded_on = date_of(home, c->superseded_at);
    c->revoked_on = date_of(home, c->revoked_at);
    c->expires_on = ct_certificate_expiry(c->issued_on, c->months);
    c->opens_at = c->ended_at = 0;
    if (!c->expires_on.year)
        return;
    c->opens_at = ct_home_day_end(home, ct_date_day(ct_certificate_window(c)) - 1) + 1;
    c->ended_at = ct_home_day_end(home, ct_date_day(c->expires_on));
}

/* The days of a list, whose people are one or many. */
static int find_days(struct ct_db *db, struct ct_certificate *list, size_t n, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_HOMES *homes = NULL;
    int64_t person = n ? list[0].person : 0;
    int r;

    for (size_t i = 0; i < n; i++)
        person = list[i].person == person ? person : 0;
    if (n == 0 || (r = ct_homes_read(db, &a, person, INT64_MAX, &homes, err)) == CT_OK) {
        for (size_t i = 0; i < n; i++)
            ct_certificate_find_days(&list[i], ct_home_of(homes, list[i].person));
        return CT_OK;
    }
    return r;
}

static struct ct_certificate read_row(struct ct_stmt *st, struct ct_arena *a)
{
    struct ct_certificate c = {
        .code = ct_col_dup(st, "code", a),
        .name = ct_col_dup(st, "name", a),
        .issued_name = ct_col_dup(st, "issued_name", a),
        .course = ct_col_dup(st, "course", a),
        .course_title = ct_col_dup(st, "course_title", a),
        .discipline = ct_col_dup(st, "discipline", a),
        .discipline_name = ct_col_dup(st, "discipline_name", a),
        .revision = ct_col_dup(st, "revision", a),
        .email = ct_col_dup(st, "email", a),
        .person = ct_col_i64(st, "person"),
        .completion = ct_col_i64(st, "completion"),
        .minutes = (int)ct_col_i64(st, "minutes"),
        .score = (int)ct_col_i64(st, "score"),
        .issued_at = ct_col_i64(st, "issued_at"),
        .months = (int)ct_col_i64(st, "months"),
        .superseded_by = ct_col_dup(st, "newer", a),
        .superseded_at = ct_col_i64(st, "newer_at"),
        .revoked_at = ct_col_i64(st, "revoked_at"),
        .revoke_reason = ct_col_dup(st, "reason", a),
        .revoked_by = ct_col_dup(st, "by", a),
    };

    return c;
}

int ct_certificate_get(struct ct_db *db, struct ct_arena *a, struct ct_sv code,
                       struct ct_certificate *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_CODE);

    ct_bind_sv(&st, ":code", ct_certificate_code(a, code));
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "code", "no certificate has this code");
    *ret = read_row(&st, a);
    return find_days(db, ret, 1, err);
}

/* As the database's lower() has it: ASCII letters alone. */
static struct ct_sv low(struct ct_arena *a, struct ct_sv s)
{
    return s.p ? ct_email_key(a, s) : s;
}

int ct_certificate_list(struct ct_db *db, struct ct_arena *a,
                        const struct ct_certificate_filter *filter, struct ct_certificate **ret,
                        size_t *ret_n, struct ct_err *err)
{
    struct ct_certificate *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);
    /* Of a text that is no code at all nothing is left: then codes are not searched. */
    struct ct_sv code = ct_certificate_code(a, filter->text);

    ct_bind_sv(&st, ":email", low(a, filter->email));
    ct_bind_sv(&st, ":course", filter->course);
    ct_bind_sv(&st, ":text", low(a, filter->text));
    ct_bind_sv(&st, ":code_text", code.n ? low(a, code) : CT_SV_NULL);
    ct_bind_i64(&st, ":max", filter->max ? (int64_t)filter->max : -1);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, read_row(&st, a));
    if (r < 0 || (r = find_days(db, list, n, err)) < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_certificate_names(struct ct_db *db, struct ct_arena *a, const struct ct_certificate *c,
                         struct ct_certificate_name **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_certificate_name *list = NULL;
    struct ct_sv name = c->issued_name;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &NAMES);

    ct_bind_i64(&st, ":person", c->person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_certificate_name one = {name, ct_col_i64(&st, "at")};
        if (one.until < c->issued_at || ct_sv_eq(name, ct_col_sv(&st, "name")))
            continue;
        CT_ARENA_PUSH(a, list, n, cap, one);
        name = ct_col_dup(&st, "name", a);
    }
    if (r < 0)
        return r;
    for (size_t i = 0; i < n / 2; i++) {
        struct ct_certificate_name swapped = list[i];
        list[i] = list[n - 1 - i];
        list[n - 1 - i] = swapped;
    }
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

enum ct_certificate_status ct_certificate_status(const struct ct_certificate *c, int64_t as_of)
{
    if (c->revoked_at && c->revoked_at <= as_of)
        return CT_CERTIFICATE_REVOKED;
    if (c->superseded_by.n && c->superseded_at <= as_of)
        return CT_CERTIFICATE_SUPERSEDED;
    if (c->ended_at && as_of > c->ended_at)
        return CT_CERTIFICATE_EXPIRED;
    return CT_CERTIFICATE_VALID;
}

const char *ct_certificate_status_name(enum ct_certificate_status s)
{
    switch (s) {
    case CT_CERTIFICATE_VALID:
        return "valid";
    case CT_CERTIFICATE_EXPIRED:
        return "expired";
    case CT_CERTIFICATE_SUPERSEDED:
        return "superseded";
    case CT_CERTIFICATE_REVOKED:
        return "revoked";
    }
    return "";
}

struct ct_sv ct_certificate_dashed(struct ct_arena *a, struct ct_sv code)
{
    char *text = ct_arena_alloc(a, 2 * code.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < code.n; i++) {
        if (i > 0 && i % CODE_GROUP == 0)
            text[n++] = '-';
        text[n++] = code.p[i];
    }
    return ct_sv_n(text, n);
}

struct ct_sv ct_certificate_hours(struct ct_arena *a, int minutes)
{
    int tenths = (minutes * TENTHS + MINUTES_AN_HOUR / 2) / MINUTES_AN_HOUR;

    if (tenths % TENTHS == 0)
        return ct_arena_printf(a, "%d", tenths / TENTHS);
    return ct_arena_printf(a, "%d.%d", tenths / TENTHS, tenths % TENTHS);
}

struct ct_sv ct_certificate_time(struct ct_arena *a, int minutes)
{
    struct ct_sv hours = ct_certificate_hours(a, minutes);

    return ct_arena_printf(a, "%.*s hour%s", CT_SV_ARG(hours), ct_sv_eq_c(hours, "1") ? "" : "s");
}
