/*
 * test_md_goldens.c: the pairs of Markdown and HTML in tests/md, written to be read.
 */
#include "md_test.h"

#include <stdio.h>

#include "ct/base/banned.h"

static int run_file(const char *path)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct md_example *ex;
    size_t n = md_examples(&a, path, &ex);
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        CT_AUTO_MD *md = md_read(path, ex[i].md, false);
        struct ct_sv got = md_html(&a, ct_md_root(md));
        if (ct_sv_eq(got, ex[i].html))
            continue;
        print_error("%s:%d\n%.*s  got:\n%.*s  want:\n%.*s", path, ex[i].line, CT_SV_ARG(ex[i].md),
                    CT_SV_ARG(got), CT_SV_ARG(ex[i].html));
        wrong++;
    }
    if (n == 0)
        fail_msg("%s has no examples", path);
    return wrong;
}

static void every_pair_is_as_written(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *folder = CT_SOURCE_DIR "/tests/md";
    struct ct_dir_entry *entry;
    struct ct_err err = CT_ERR_INIT;
    size_t n;
    int wrong = 0;
    CT_OK_(folder, ct_dir_list(&a, folder, 100, &entry, &n, &err), &err);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        if (ct_sv_ends(entry[i].name, CT_SV(".txt")))
            wrong += run_file(ct_path_join(&a, folder, entry[i].name));
    CT_EQ_I64("pairs that differ", wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_pair_is_as_written)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
