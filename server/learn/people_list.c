/*
 * people_list.c: finding people. Everybody is read and looked at: a site has thousands of people,
 * and an administrator looks for one of them now and then.
 */
#include "ct/learn/people_list.h"

#include "ct/base/str.h"
#include "ct/text/unicode.h"

#include "ct/base/banned.h"

static struct ct_sv lower(struct ct_arena *a, struct ct_sv text)
{
    CT_AUTO_STR out = CT_STR_INIT(8 * text.n + 8);

    while (text.n)
        ct_str_add_rune(&out, ct_unicode_lower(ct_sv_rune(&text)));
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* `words`: in lower case. */
static bool has_words(struct ct_arena *a, const struct ct_person *p, struct ct_sv words)
{
    struct ct_sv name, email, word;

    if (words.n == 0)
        return true;
    name = lower(a, p->name);
    email = lower(a, p->email);
    while (ct_sv_split(&words, ' ', &word))
        if (word.n && ct_sv_search(name, word) == SIZE_MAX && ct_sv_search(email, word) == SIZE_MAX)
            return false;
    return true;
}

static bool is_meant(const struct ct_people_wish *wish, const struct ct_person *p)
{
    return (wish->active == CT_PEOPLE_ALL || (wish->active == CT_PEOPLE_ACTIVE) == p->active) &&
           (wish->discipline.n == 0 || ct_sv_eq(wish->discipline, p->discipline));
}

int ct_people_find(struct ct_db *db, struct ct_arena *a, const struct ct_people_wish *wish,
                   int64_t as_of, struct ct_people_found *ret, struct ct_err *err)
{
    const struct ct_viewer everybody = {.is_admin = true};
    struct ct_people_found found = {.rows = ct_arena_array(a, struct ct_people_row, wish->max)};
    struct ct_sv words = lower(a, ct_sv_trim(wish->text));
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_person *people;
    size_t n;
    int r;

    if ((r = ct_org_scope(db, a, &everybody, &wish->where, as_of, &found.scope, err)) < 0 ||
        (r = ct_person_list(db, a, &people, &n, err)) < 0)
        return r;
    for (size_t i = 0; i < n; i++) {
        const struct ct_scope_person *place = ct_scope_find(&found.scope, people[i].id);
        if ((found.scope.is_limited && !place) || !is_meant(wish, &people[i]) ||
            !has_words(&scratch, &people[i], words))
            continue;
        ct_arena_reset(&scratch);
        if (found.total++ < wish->first || found.n == wish->max)
            continue;
        found.rows[found.n++] = (struct ct_people_row){
            .person = people[i],
            .agency = place ? place->agency : CT_SV(""),
            .unit = place ? place->unit : CT_SV(""),
            .task_forces = place ? place->task_forces : CT_SV(""),
        };
    }
    *ret = found;
    return CT_OK;
}
