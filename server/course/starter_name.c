/*
 * starter_name.c: what the files of new modules are called.
 */
#include "ct/course/starter.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "module_priv.h"

#include "ct/base/banned.h"

enum { ENTRIES_MAX = 4 * CT_MODULES_MAX, NUMBER_MAX = 999999 };

struct ct_sv ct_starter_file_name(struct ct_arena *a, int number, struct ct_sv title)
{
    struct ct_sv name = ct_url_name(a, title);
    if (name.n == 0)
        return CT_SV_NULL;
    return ct_arena_printf(a, "%02d-%.*s.md", number, CT_SV_ARG(name));
}

bool ct_starter_address(struct ct_sv file_name, struct ct_sv *ret)
{
    int number;
    return ct_module_name_parse(file_name, &number, ret);
}

static struct ct_sv find(const struct ct_dir_entry *entries, size_t n, struct ct_sv address)
{
    struct ct_sv slug;
    for (size_t i = 0; i < n; i++)
        if (ct_starter_address(entries[i].name, &slug) && ct_sv_eq(slug, address))
            return entries[i].name;
    return CT_SV_NULL;
}

int ct_starter_find(struct ct_arena *a, const char *folder, struct ct_sv address, struct ct_sv *ret,
                    struct ct_err *err)
{
    struct ct_dir_entry *entries;
    size_t n;
    int r = ct_dir_list(a, folder, ENTRIES_MAX, &entries, &n, err);
    if (r < 0)
        return r;
    *ret = find(entries, n, address);
    return CT_OK;
}

/* "name", "name-2", "name-3": the first that is free, within the length of an address. */
static struct ct_sv free_address(struct ct_arena *a, const struct ct_dir_entry *entries, size_t n,
                                 struct ct_sv name)
{
    enum { ADDRESS_MAX = 64 };
    struct ct_sv address = name;
    for (size_t i = 2; find(entries, n, address).p; i++) {
        struct ct_sv suffix = ct_arena_printf(a, "-%zu", i);
        struct ct_sv front = ct_sv_sub(name, 0, ADDRESS_MAX - suffix.n);
        while (ct_sv_ends(front, CT_SV("-")))
            front.n--;
        address = ct_arena_printf(a, "%.*s%.*s", CT_SV_ARG(front), CT_SV_ARG(suffix));
    }
    return address;
}

int ct_starter_new_name(struct ct_arena *a, const char *folder, struct ct_sv title,
                        struct ct_sv *ret, struct ct_err *err)
{
    struct ct_dir_entry *entries;
    struct ct_sv name = ct_url_name(a, title), slug;
    size_t n;
    int number, last = 0;
    int r = ct_dir_list(a, folder, ENTRIES_MAX, &entries, &n, err);

    if (r < 0)
        return r;
    if (name.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "title",
                       "none of its letters can stand in an address, which has a-z, 0-9 and -");
    for (size_t i = 0; i < n; i++)
        if (ct_module_name_parse(entries[i].name, &number, &slug) && number > last)
            last = number;
    if (last >= NUMBER_MAX)
        return ct_fail(err, CT_TOO_BIG, "folder", "there is no number above %d", NUMBER_MAX);
    *ret =
        ct_arena_printf(a, "%02d-%.*s.md", last + 1, CT_SV_ARG(free_address(a, entries, n, name)));
    return CT_OK;
}
