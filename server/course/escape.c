/*
 * escape.c: titles and other single lines of plain text, so that Markdown and the checker read
 * nothing into them.
 */
#include "escape_priv.h"

#include "ct/base/str.h"

#include "chips_priv.h"
#include "keywords_priv.h"

#include "ct/base/banned.h"

/* Whether a heading that begins so is more than a title to the checker: "Scenario: …", "Hint: …".
 */
static bool is_keyword(struct ct_sv before)
{
    static const char *const langs[] = {"en", "es"};
    struct ct_sv argument;
    for (size_t i = 0; i < sizeof langs / sizeof langs[0]; i++) {
        const struct ct_words *w = ct_words_of(ct_sv_c(langs[i]));
        if (ct_keyword_find(w, before) != CT_KEY_NONE || ct_keyword_suggest(w, before).n > 0 ||
            ct_label_find(w, before, &argument) != CT_LABEL_NONE)
            return true;
    }
    return false;
}

struct ct_sv ct_escape_title(struct ct_arena *a, struct ct_sv title)
{
    CT_AUTO_STR out = CT_STR_INIT(2 * title.n + 8);
    size_t colon = ct_sv_find(title, ':');
    bool keyword =
        colon != SIZE_MAX && is_keyword(ct_sv_trim(ct_fold(a, ct_sv_sub(title, 0, colon))));

    for (size_t i = 0; i < title.n; i++) {
        if (keyword && i == colon) {
            ct_str_add_c(&out, " \xe2\x80\x93"); /* a dash parts as well */
            continue;
        }
        if (strchr("\\`*_[]<>&#", title.p[i]))
            ct_str_add_char(&out, '\\');
        ct_str_add_char(&out, title.p[i]);
    }
    return ct_arena_dup(a, ct_str_sv(&out));
}
