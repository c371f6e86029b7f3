/*
 * user_list.c: everybody as a table.
 */
#include "user_priv.h"

#include "ct/base/banned.h"

static struct ct_sv yes_no(bool yes)
{
    return yes ? CT_SV("yes") : CT_SV("no");
}

static struct ct_sv day(struct ct_arena *a, int64_t at)
{
    char text[CT_TIME_TEXT];

    return at ? ct_arena_dup(a, ct_sv_c(ct_time_date(at, text))) : CT_SV("");
}

int ct_user_list(const struct ct_user_call *u, struct ct_err *err)
{
    static const char *const columns[] = {"email",  "name",     "discipline", "roles",
                                          "active", "password", "added_at",   "signed_in_at"};
    enum { N = sizeof columns / sizeof columns[0] };
    CT_AUTO_READER rd = ct_store_reader(u->store);
    struct ct_person *people;
    size_t n;
    int r = ct_person_list(rd.db, u->arena, &people, &n, err);

    if (r < 0)
        return r;
    struct ct_table t = {columns, N, ct_arena_array(u->arena, struct ct_sv, n * N), n};
    for (size_t i = 0; i < n; i++) {
        const struct ct_person *p = &people[i];
        struct ct_sv *cell = &t.cells[i * N];
        cell[0] = p->email;
        cell[1] = p->name;
        cell[2] = p->discipline;
        cell[3] = ct_roles_name(u->arena, p->roles);
        cell[4] = yes_no(p->active);
        cell[5] = yes_no(p->has_password);
        cell[6] = day(u->arena, p->created_at);
        cell[7] = day(u->arena, p->signed_in_at);
    }
    return ct_cli_print("user", &t, u->format);
}
