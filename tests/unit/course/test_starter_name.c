/*
 * test_starter_name.c: what the files of new modules are called.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"
#include "ct/course/starter.h"

#include "ct/base/banned.h"

static void file_names_are_made_of_titles(void **state)
{
    static const struct {
        const char *name;
        int number;
        const char *title, *want;
    } cases[] = {
        {"words", 3, "First words", "03-first-words.md"},
        {"a number of three digits", 120, "A", "120-a.md"},
        {"accents and signs", 1, "¿Qué es \"ésto\"?", "01-que-es-esto.md"},
        {"nothing that can stand in an address", 1, "\xe6\x97\xa5\xe6\x9c\xac", ""},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv got = ct_starter_file_name(&a, c->number, ct_sv_c(c->title));
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
        CT_EQ_I64(c->name, got.p == NULL, *c->want == '\0');
    }
}

static void new_modules_get_the_next_number_and_a_free_address(void **state)
{
    static const struct {
        const char *name, *folder, *title, *want, *what;
        int status;
    } cases[] = {
        {"behind the last", "course", "First words", "11-first-words.md", "", CT_OK},
        {"an address that is taken", "course", "The call", "11-the-call-3.md", "", CT_OK},
        {"one that grows too long", "course",
         "abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcd",
         "11-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-ab-2.md", "", CT_OK},
        {"in an empty folder", "empty", "First words", "01-first-words.md", "", CT_OK},
        {"nothing that can stand in an address", "course", "\xe6\x97\xa5", "", "title",
         CT_BAD_INPUT},
        {"numbers that are used up", "full", "First words", "", "folder", CT_TOO_BIG},
        {"no folder", "nowhere", "First words", "", NULL, CT_NOT_FOUND},
        {"a file", "course/course.md", "First words", "", NULL, CT_BAD_INPUT},
    };
    struct temp_dir t;
    (void)state;
    temp_make(&t);
    temp_write(&t, "course/course.md", COURSE);
    temp_write(&t, "course/02-the-call.md", MODULE);
    temp_write(&t, "course/03-the-call-2.md", MODULE);
    temp_write(&t, "course/10-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcd.md",
               MODULE);
    temp_write(&t, "course/99 notes.md", "no module");
    temp_write(&t, "empty/notes.txt", "");
    temp_write(&t, "full/999999-last.md", MODULE);
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv got = CT_SV("");
        const char *folder = ct_arena_printf(&a, "%s/%s", t.path, c->folder).p;
        CT_EQ_I64(c->name, ct_starter_new_name(&a, folder, ct_sv_c(c->title), &got, &err),
                  c->status);
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
        if (c->what)
            CT_EQ_STR(c->name, err.what, c->what);
        struct ct_sv address;
        CT_EQ_I64(c->name, ct_starter_address(got, &address), c->status == CT_OK);
    }
    temp_remove(&t);
}

static void a_file_is_found_by_its_address(void **state)
{
    static const struct {
        const char *name, *address, *want;
    } cases[] = {
        {"a module's", "the-call", "02-the-call.md"},
        {"one that nobody has", "the-cal", ""},
        {"course.md has none", "course", ""},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv got;
    struct temp_dir t;
    (void)state;
    temp_make(&t);
    temp_write(&t, "course.md", COURSE);
    temp_write(&t, "02-the-call.md", MODULE);
    CT_EACH (c, cases) {
        CT_OK_(c->name, ct_starter_find(&a, t.path, ct_sv_c(c->address), &got, &err), &err);
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
    }
    CT_EQ_I64("no folder", ct_starter_find(&a, "/nowhere", CT_SV("a"), &got, &err), CT_NOT_FOUND);
    temp_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_names_are_made_of_titles),
        cmocka_unit_test(new_modules_get_the_next_number_and_a_free_address),
        cmocka_unit_test(a_file_is_found_by_its_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
