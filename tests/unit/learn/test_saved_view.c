/*
 * test_saved_view.c: reports kept under a name: one's own, renamed, deleted, and nothing is lost.
 */
#include "org_test.h"

#include "ct/learn/saved_view.h"

#include <stdio.h>

#include "ct/base/banned.h"

#define HREF "/reports/assignments?status=overdue"

static struct ct_sv told(struct orgs *o, int64_t person)
{
    struct ct_saved_view *list;
    struct ct_sv all = CT_SV("");
    struct ct_err err = CT_ERR_INIT;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("list", ct_saved_views(rd.db, &o->a, person, &list, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        all = ct_arena_printf(&o->a, "%.*s%s%.*s", CT_SV_ARG(all), i ? "; " : "",
                              CT_SV_ARG(list[i].name));
    return all;
}

static int save(struct orgs *o, int64_t person, const char *name, int64_t *ret_id)
{
    struct ct_err err = CT_ERR_INIT;

    return ct_saved_view_add(o->store, &o->clock, person, ct_sv_c(name), CT_SV(HREF), ret_id, &err);
}

static void a_view_is_its_owners_from_first_to_last(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t ann = orgs_person(o, "ann", 4), bob = orgs_person(o, "bob", 4), late, mine, other;

    CT_EQ_I64("one", save(o, ann, "Late in my unit", &late), CT_OK);
    CT_EQ_I64("another", save(o, ann, " שרה  ", &mine), CT_OK);
    CT_EQ_I64("the same name of another person", save(o, bob, "Late in my unit", &other), CT_OK);
    CT_EQ_SV("by name", told(o, ann), CT_SV("Late in my unit; שרה"));
    CT_EQ_I64("a name twice", save(o, ann, "שרה", &other), CT_CONFLICT);
    CT_EQ_I64("renamed", ct_saved_view_rename(o->store, &o->clock, ann, late, CT_SV("Zeal"), &err),
              CT_OK);
    CT_EQ_SV("is called so", told(o, ann), CT_SV("Zeal; שרה"));
    CT_EQ_I64("its own name again",
              ct_saved_view_rename(o->store, &o->clock, ann, late, CT_SV("Zeal"), &err), CT_OK);
    CT_EQ_I64("the other's name",
              ct_saved_view_rename(o->store, &o->clock, ann, late, CT_SV("שרה"), &err),
              CT_CONFLICT);
    CT_EQ_I64("somebody else's",
              ct_saved_view_rename(o->store, &o->clock, bob, late, CT_SV("Mine"), NULL),
              CT_NOT_FOUND);
    CT_EQ_I64("somebody else's", ct_saved_view_delete(o->store, &o->clock, bob, late, NULL),
              CT_NOT_FOUND);
    CT_EQ_I64("deleted", ct_saved_view_delete(o->store, &o->clock, ann, late, NULL), CT_OK);
    CT_EQ_I64("twice", ct_saved_view_delete(o->store, &o->clock, ann, late, NULL), CT_OK);
    CT_EQ_I64("it has no name any more",
              ct_saved_view_rename(o->store, &o->clock, ann, late, CT_SV("Back"), NULL),
              CT_NOT_FOUND);
    CT_EQ_SV("gone", told(o, ann), CT_SV("שרה"));
    CT_EQ_I64("its name is free", save(o, ann, "Zeal", &late), CT_OK);
    CT_EQ_SV("the other's are untouched", told(o, bob), CT_SV("Late in my unit"));
}

static void what_is_no_name_is_refused(void **state)
{
    static const struct {
        const char *name, *given;
        int want;
    } cases[] = {
        {"nothing", "", CT_BAD_INPUT},
        {"blanks", "  \t ", CT_BAD_INPUT},
        {"two lines", "a\nb", CT_BAD_INPUT},
        {"eighty characters",
         "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé", CT_OK},
        {"eighty-one",
         "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
         CT_BAD_INPUT},
        {"what looks like markup", "<b>=1+1", CT_OK},
    };
    struct orgs *o = *state;
    int64_t ann = orgs_person(o, "ann", 4), id;

    CT_EACH (c, cases)
        CT_EQ_I64(c->name, save(o, ann, c->given, &id), c->want);
    CT_EQ_I64("no address",
              ct_saved_view_add(o->store, &o->clock, ann, CT_SV("x"), CT_SV(""), &id, NULL),
              CT_BAD_INPUT);
}

static void there_is_an_end_to_it(void **state)
{
    struct orgs *o = *state;
    int64_t ann = orgs_person(o, "ann", 4), id = 0;
    char name[32];

    for (int i = 0; i < CT_SAVED_VIEWS_MAX; i++) {
        snprintf(name, sizeof name, "view %d", i);
        CT_EQ_I64(name, save(o, ann, name, &id), CT_OK);
    }
    CT_EQ_I64("one too many", save(o, ann, "more", &id), CT_CONFLICT);
    CT_EQ_I64("deleted", ct_saved_view_delete(o->store, &o->clock, ann, id, NULL), CT_OK);
    CT_EQ_I64("room again", save(o, ann, "more", &id), CT_OK);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, orgs_open, orgs_close)
    const struct CMUnitTest tests[] = {
        T(a_view_is_its_owners_from_first_to_last),
        T(what_is_no_name_is_refused),
        T(there_is_an_end_to_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
