/*
 * md_test.h: what the tests of Markdown share: a tree as a line of text, HTML as a string, and
 * files of examples as CommonMark's specification has them:
 *
 *     ```````````````````````````````` example
 *     Markdown
 *     .
 *     HTML
 *     ````````````````````````````````
 */
#ifndef CT_MD_TEST_H
#define CT_MD_TEST_H

#include "ct_test.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/markdown.h"

#define MD_FENCE "````````````````````````````````"

struct md_example {
    int line; /* of its fence */
    struct ct_sv md, html;
};

/* Parses what must be accepted. */
static inline struct ct_md *md_read(const char *name, struct ct_sv text, bool trusted)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_md *md = NULL;
    CT_OK_(name, ct_md_parse(text, 1, trusted, &md, NULL, &err), &err);
    return md;
}

static inline struct ct_sv md_html(struct ct_arena *a, const struct ct_md_node *n)
{
    CT_AUTO_STR out = CT_STR_INIT(16 * CT_PAGE_MAX);
    ct_md_html(n, &out);
    assert_true(ct_str_ok(&out));
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* The node at "/1/0": the first child of the second child. */
static inline struct ct_md_node *md_at(struct ct_md *md, const char *path)
{
    struct ct_md_node *n = ct_md_root(md);
    for (; *path; path += 2) {
        n = ct_md_first(n);
        for (int i = path[1] - '0'; i > 0 && n; i--)
            n = ct_md_next(n);
        assert_non_null(n);
    }
    return n;
}

static inline const char *md_type_name(const struct ct_md_node *n)
{
    static const char *const names[] = {
        [CT_MD_DOCUMENT] = "document",
        [CT_MD_QUOTE] = "quote",
        [CT_MD_LIST] = "list",
        [CT_MD_ITEM] = "item",
        [CT_MD_CODE_BLOCK] = "codeblock",
        [CT_MD_HTML_BLOCK] = "htmlblock",
        [CT_MD_PARAGRAPH] = "p",
        [CT_MD_HEADING] = "h",
        [CT_MD_BREAK] = "break",
        [CT_MD_TABLE] = "table",
        [CT_MD_TABLE_ROW] = "row",
        [CT_MD_TABLE_CELL] = "cell",
        [CT_MD_TEXT] = "text",
        [CT_MD_SOFTBREAK] = "softbreak",
        [CT_MD_LINEBREAK] = "linebreak",
        [CT_MD_CODE] = "code",
        [CT_MD_HTML] = "html",
        [CT_MD_EMPH] = "em",
        [CT_MD_STRONG] = "strong",
        [CT_MD_LINK] = "link",
        [CT_MD_IMAGE] = "image",
    };
    return names[ct_md_type(n)];
}

/* "p@1:1[text@1:1 em@1:4[…]]" */
static inline void md_dump(const struct ct_md_node *n, struct ct_str *out)
{
    ct_str_addf(out, "%s@%d:%d", md_type_name(n), ct_md_line(n), ct_md_column(n));
    for (const struct ct_md_node *c = ct_md_first(n); c; c = ct_md_next(c)) {
        ct_str_add_char(out, c == ct_md_first(n) ? '[' : ' ');
        md_dump(c, out);
    }
    if (ct_md_first(n))
        ct_str_add_char(out, ']');
}

/* The lines up to one that is `end`; the arrows that stand for tabs are tabs. */
static inline struct ct_sv md_example_part(struct ct_arena *a, struct ct_sv *rest, const char *end,
                                           int *line)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_sv part;
    const struct ct_sv arrow = CT_SV("→");
    while (ct_sv_split(rest, '\n', &part)) {
        (*line)++;
        if (ct_sv_eq_c(part, end))
            return ct_arena_dup(a, ct_str_sv(&out));
        for (size_t at; (at = ct_sv_search(part, arrow)) != SIZE_MAX;) {
            ct_str_add_sv(&out, ct_sv_sub(part, 0, at));
            ct_str_add_char(&out, '\t');
            part = ct_sv_sub(part, at + arrow.n, part.n);
        }
        ct_str_add_sv(&out, part);
        ct_str_add_char(&out, '\n');
    }
    fail_msg("line %d: an example is not ended", *line);
    return CT_SV_NULL;
}

static inline size_t md_examples(struct ct_arena *a, const char *path, struct md_example **ret)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv rest = CT_SV_NULL, part;
    size_t n = 0, cap = 0;
    int line = 0;
    *ret = NULL;
    CT_OK_(path, ct_file_read(a, path, CT_SOURCE_MAX, &rest, &err), &err);
    while (ct_sv_split(&rest, '\n', &part)) {
        line++;
        if (!ct_sv_eq_c(part, MD_FENCE " example"))
            continue;
        struct md_example ex = {.line = line};
        ex.md = md_example_part(a, &rest, ".", &line);
        ex.html = md_example_part(a, &rest, MD_FENCE, &line);
        CT_ARENA_PUSH(a, *ret, n, cap, ex);
    }
    return n;
}

#endif
