/*
 * place.c: where the courses and the records are when nobody says.
 */
#include "cli_priv.h"

#include "ct/base/file.h"

#include <unistd.h>

#include "ct/base/banned.h"

const char *ct_cli_content(struct ct_arena *a)
{
    const char *own;

    if (access("content/curriculum.md", R_OK) == 0)
        return "content";
    own = ct_cli_home(a, "content");
    return own ? own : "content";
}

const char *ct_cli_data(struct ct_arena *a, const char *given)
{
    struct ct_sv content;

    if (given)
        return given;
    content = ct_sv_c(ct_cli_content(a));
    return ct_arena_printf(a, "%.*sdata", (int)(content.n - strlen("content")), content.p).p;
}
