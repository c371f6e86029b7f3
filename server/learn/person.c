/*
 * person.c: people and what may be said about them. One-time links are invite.c, sign-in is
 * session.c.
 */
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/learn/fact.h"

#include "ct/base/banned.h"

static const struct ct_sql INSERT = {
    "insert into person(email, email_key, name, discipline, roles, created_at)"
    " values(:email, :email_key, :name, :discipline, :roles, :now)"};
static const struct ct_sql INSERT_DISCIPLINE = {"insert into person_discipline(person, discipline, "
                                                "since) values(:person, :discipline, :since)"};
#define COLUMNS                                                                                    \
    "select id, email, name, discipline, roles, active, password is not null as has_password,"     \
    " created_at, signed_in_at from person"
static const struct ct_sql BY_ID = {COLUMNS " where id = :id"};
static const struct ct_sql BY_EMAIL = {COLUMNS " where email_key = :email_key"};
static const struct ct_sql EVERYBODY = {COLUMNS " order by name, id"};
static const struct ct_sql HAS_ADMIN = {
    "select count(*) as n from person"
    " where active = 1 and password is not null and roles & 8 <> 0"};
static const struct ct_sql SET_PASSWORD = {"update person set password = :password where id = :id"};
static const struct ct_sql SET_DISCIPLINE = {
    "update person set discipline = :discipline"
    " where id = :id and coalesce(discipline, '') <> :discipline"};
static const struct ct_sql EXISTS = {"select 1 as one from person where id = :id"};
static const struct ct_sql END_SESSIONS = {"delete from session where person = :person"};
static const struct ct_sql TENURES = {"select discipline, since from person_discipline"
                                      " where person = :person order by since, rowid"};

const struct ct_sql *const ct_person_sql[] = {
    &INSERT,       &INSERT_DISCIPLINE, &BY_ID,  &BY_EMAIL,     &EVERYBODY, &HAS_ADMIN,
    &SET_PASSWORD, &SET_DISCIPLINE,    &EXISTS, &END_SESSIONS, &TENURES,   NULL};

static const struct {
    const char *name;
    unsigned role;
} role_names[] = {
    {"administrator", CT_ROLE_ADMIN},
    {"manager", CT_ROLE_MANAGER},
    {"trainer", CT_ROLE_TRAINER},
    {"learner", CT_ROLE_LEARNER},
};
enum { N_ROLES = sizeof role_names / sizeof role_names[0] };

bool ct_roles_parse(struct ct_sv text, unsigned *ret)
{
    unsigned roles = CT_ROLE_LEARNER;
    struct ct_sv part;
    size_t n_parts = 0;

    while (ct_sv_split(&text, ',', &part)) {
        size_t i = 0;
        while (i < N_ROLES && !ct_sv_ieq(ct_sv_trim(part), ct_sv_c(role_names[i].name)))
            i++;
        if (i == N_ROLES)
            return false;
        roles |= role_names[i].role;
        n_parts++;
    }
    if (n_parts == 0)
        return false;
    *ret = roles;
    return true;
}

struct ct_sv ct_roles_name(struct ct_arena *a, unsigned roles)
{
    struct ct_sv name = CT_SV_NULL;

    for (size_t i = 0; i < N_ROLES; i++) {
        if (!(roles & role_names[i].role) || role_names[i].role == CT_ROLE_LEARNER)
            continue;
        name = name.n ? ct_arena_printf(a, "%.*s, %s", CT_SV_ARG(name), role_names[i].name)
                      : ct_sv_c(role_names[i].name);
    }
    return name.n ? name : CT_SV("learner");
}

struct ct_sv ct_email_key(struct ct_arena *a, struct ct_sv email)
{
    struct ct_sv trimmed = ct_sv_trim(email);
    char *key = ct_arena_cstr(a, trimmed);

    for (size_t i = 0; i < trimmed.n; i++)
        if (key[i] >= 'A' && key[i] <= 'Z')
            key[i] = (char)(key[i] - 'A' + 'a');
    return ct_sv_n(key, trimmed.n);
}

static bool has_control(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return true;
    return false;
}

int ct_person_check(const struct ct_person *p, struct ct_err *err)
{
    struct ct_sv email = ct_sv_trim(p->email), name = ct_sv_trim(p->name);
    size_t at = ct_sv_find(email, '@');

    if (email.n > CT_EMAIL_MAX || at == SIZE_MAX || at == 0 || at + 1 == email.n ||
        ct_sv_find(email, ' ') != SIZE_MAX || has_control(email) || !ct_sv_utf8(email) ||
        ct_sv_find(ct_sv_sub(email, at + 1, SIZE_MAX), '@') != SIZE_MAX)
        return ct_fail(err, CT_BAD_INPUT, "email", "not an e-mail address");
    if (name.n == 0 || name.n > CT_NAME_MAX || has_control(name) || !ct_sv_utf8(name))
        return ct_fail(err, CT_BAD_INPUT, "name", "a name has 1 to %d bytes", CT_NAME_MAX);
    if (p->roles < CT_ROLE_LEARNER ||
        p->roles > (CT_ROLE_LEARNER | CT_ROLE_TRAINER | CT_ROLE_MANAGER | CT_ROLE_ADMIN))
        return ct_fail(err, CT_BAD_INPUT, "roles", "no such role");
    if (p->discipline.n == 0 && p->roles == CT_ROLE_LEARNER)
        return ct_fail(err, CT_BAD_INPUT, "discipline", "a learner has a discipline");
    return CT_OK;
}

int ct_password_check(struct ct_sv password, struct ct_err *err)
{
    if (password.n > CT_PASSWORD_MAX)
        return ct_fail(err, CT_BAD_INPUT, "password", "at most %d bytes", CT_PASSWORD_MAX);
    if (ct_sv_runes(password) < CT_PASSWORD_MIN)
        return ct_fail(err, CT_BAD_INPUT, "password", "at least %d characters", CT_PASSWORD_MIN);
    return CT_OK;
}

static int discipline_insert(struct ct_db *db, int64_t id, struct ct_sv discipline, int64_t now,
                             struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_DISCIPLINE);

    ct_bind_i64(&st, ":person", id);
    ct_bind_sv(&st, ":discipline", discipline);
    ct_bind_i64(&st, ":since", now);
    return ct_stmt_run(&st, err);
}

int ct_person_insert(struct ct_db *db, struct ct_arena *a, const struct ct_person *p, int64_t now,
                     int64_t *ret_id, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    struct ct_err inner = CT_ERR_INIT;
    int r;

    ct_bind_sv(&st, ":email", ct_sv_trim(p->email));
    ct_bind_sv(&st, ":email_key", ct_email_key(a, p->email));
    ct_bind_sv(&st, ":name", ct_sv_trim(p->name));
    ct_bind_sv(&st, ":discipline", p->discipline.n ? p->discipline : CT_SV_NULL);
    ct_bind_i64(&st, ":roles", p->roles);
    ct_bind_i64(&st, ":now", now);
    r = ct_stmt_run(&st, &inner);
    if (r == CT_CONFLICT)
        return ct_fail(err, CT_CONFLICT, "email", "somebody has this e-mail address already");
    if (r < 0)
        return ct_fail(err, inner.code, inner.what, "%s", inner.text);
    *ret_id = ct_db_last_id(db);
    return p->discipline.n ? discipline_insert(db, *ret_id, p->discipline, now, err) : CT_OK;
}

struct add {
    const struct ct_person *person;
    int64_t now, id;
};

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct add *add = arg;
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    return ct_person_insert(db, &a, add->person, add->now, &add->id, err);
}

int ct_person_add(struct ct_store *s, const struct ct_clock *clock, const struct ct_person *p,
                  int64_t *ret_id, struct ct_err *err)
{
    struct add add = {p, ct_now(clock), 0};
    int r = ct_person_check(p, err);

    if (r < 0)
        return r;
    r = ct_store_write(s, add_job, &add, err);
    if (r < 0)
        return r;
    *ret_id = add.id;
    return CT_OK;
}

static struct ct_person row_person(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_person){
        .id = ct_col_i64(st, "id"),
        .email = ct_col_dup(st, "email", a),
        .name = ct_col_dup(st, "name", a),
        .discipline = ct_col_dup(st, "discipline", a),
        .roles = (unsigned)ct_col_i64(st, "roles"),
        .active = ct_col_i64(st, "active") != 0,
        .has_password = ct_col_i64(st, "has_password") != 0,
        .created_at = ct_col_i64(st, "created_at"),
        .signed_in_at = ct_col_i64(st, "signed_in_at"),
    };
}

static int one_person(struct ct_stmt *st, struct ct_arena *a, struct ct_person *ret,
                      struct ct_err *err)
{
    int r = ct_stmt_step(st, err);

    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "person", "nobody of that name");
    *ret = row_person(st, a);
    return CT_OK;
}

int ct_person_get(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_person *ret,
                  struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_ID);

    ct_bind_i64(&st, ":id", id);
    return one_person(&st, a, ret, err);
}

int ct_person_by_email(struct ct_db *db, struct ct_arena *a, struct ct_sv email,
                       struct ct_person *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_EMAIL);

    ct_bind_sv(&st, ":email_key", ct_email_key(a, email));
    return one_person(&st, a, ret, err);
}

int ct_person_list(struct ct_db *db, struct ct_arena *a, struct ct_person **ret, size_t *ret_n,
                   struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &EVERYBODY);
    struct ct_person *people = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, people, n, cap, row_person(&st, a));
    if (r < 0)
        return r;
    *ret = people;
    *ret_n = n;
    return CT_OK;
}

int ct_person_has_admin(struct ct_db *db, bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &HAS_ADMIN);
    int r = ct_stmt_step(&st, err);

    if (r < 0)
        return r;
    *ret = ct_col_i64(&st, "n") > 0;
    return CT_OK;
}

static int end_sessions(struct ct_db *db, int64_t person, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &END_SESSIONS);

    ct_bind_i64(&st, ":person", person);
    return ct_stmt_run(&st, err);
}

static int changed_somebody(struct ct_db *db, struct ct_err *err)
{
    return ct_db_changes(db) ? CT_OK : ct_fail(err, CT_NOT_FOUND, "person", "nobody of that name");
}

struct change {
    int64_t id, now;
    const char *hash;
    struct ct_sv discipline;
};

int ct_person_set_active(struct ct_store *s, const struct ct_clock *clock, int64_t id, bool active,
                         int64_t by, struct ct_err *err)
{
    return ct_fact_set(s, clock, id, CT_SV("active"), active ? CT_SV("yes") : CT_SV("no"),
                       CT_SV_NULL, by, NULL, err);
}

int ct_person_store_password(struct ct_db *db, int64_t id, const char *hash, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SET_PASSWORD);
    int r;

    ct_bind_c(&st, ":password", hash);
    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_run(&st, err)) < 0 || (r = changed_somebody(db, err)) < 0)
        return r;
    return end_sessions(db, id, err);
}

static int password_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;

    return ct_person_store_password(db, c->id, c->hash, err);
}

int ct_person_set_password(struct ct_store *s, int64_t id, struct ct_sv password,
                           struct ct_err *err)
{
    char hash[CT_PASSWORD_HASH];
    struct change c = {.id = id, .hash = hash};
    int r;

    /* The slow hash is made here, so that the writer's queue does not wait for it. */
    if ((r = ct_password_check(password, err)) < 0 ||
        (r = ct_password_hash(password, hash, err)) < 0)
        return r;
    return ct_store_write(s, password_job, &c, err);
}

int ct_person_put_discipline(struct ct_db *db, int64_t id, struct ct_sv discipline, int64_t now,
                             struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SET_DISCIPLINE);
    CT_AUTO_STMT exists = ct_db_stmt(db, &EXISTS);
    int r;

    ct_bind_i64(&exists, ":id", id);
    if ((r = ct_stmt_step(&exists, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "person", "nobody of that name");
    ct_bind_sv(&st, ":discipline", discipline);
    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    return ct_db_changes(db) ? discipline_insert(db, id, discipline, now, err) : CT_OK;
}

static int discipline_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;

    return ct_person_put_discipline(db, c->id, c->discipline, c->now, err);
}

int ct_person_set_discipline(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                             struct ct_sv discipline, struct ct_err *err)
{
    struct change c = {.id = id, .now = ct_now(clock), .discipline = discipline};

    if (discipline.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "discipline", "no discipline given");
    return ct_store_write(s, discipline_job, &c, err);
}

int ct_person_disciplines(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_tenure **ret,
                          size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &TENURES);
    struct ct_tenure *tenures = NULL;
    size_t n = 0, cap = 0;
    int r;

    ct_bind_i64(&st, ":person", id);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(
            a, tenures, n, cap,
            ((struct ct_tenure){ct_col_dup(&st, "discipline", a), ct_col_i64(&st, "since")}));
    if (r < 0)
        return r;
    *ret = tenures;
    *ret_n = n;
    return CT_OK;
}
