/*
 * check_lines.c: the lines that problems are about.
 */
#include "check_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

#include "ct/base/banned.h"

void ct_check_lines_release(struct ct_check_lines *l)
{
    ct_arena_release(&l->arena);
}

static void split(struct ct_check_lines *l, struct ct_sv source)
{
    struct ct_sv line;
    size_t cap = 0;

    while (ct_sv_split(&source, '\n', &line)) {
        if (ct_sv_ends(line, CT_SV("\r"))) {
            line.n--;
            l->crlf = true;
        }
        CT_ARENA_PUSH(&l->arena, l->lines, l->n, cap, line);
    }
}

struct ct_sv ct_check_line(struct ct_check_lines *l, struct ct_sv file, int line)
{
    if (!l->file.p || !ct_sv_eq(l->file, file)) {
        struct ct_sv source = l->given;
        ct_arena_reset(&l->arena);
        l->lines = NULL;
        l->n = 0;
        l->crlf = false;
        l->file = ct_arena_dup(&l->arena, file);
        if ((l->given.p && ct_sv_eq(l->given_name, file)) ||
            ct_file_read(&l->arena, ct_arena_cstr(&l->arena, file), CT_SOURCE_MAX, &source, NULL) ==
                CT_OK)
            split(l, source);
    }
    return line >= 1 && (size_t)line <= l->n ? l->lines[line - 1] : CT_SV_NULL;
}

size_t ct_check_characters(struct ct_sv line, int column)
{
    size_t n = 0;

    if (column < 1)
        return 0;
    for (struct ct_sv before = ct_sv_sub(line, 0, (size_t)column - 1); before.n; n++)
        ct_sv_rune(&before);
    return n;
}
