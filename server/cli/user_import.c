/*
 * user_import.c: `crosstrain user import`: people, memberships and past completions
 * from a CSV file; and what is said of one person.
 */
#include "user_priv.h"

#include "ct/base/file.h"
#include "ct/learn/fact.h"
#include "ct/text/json.h"

#include "ct/base/banned.h"

struct progress {
    int64_t began, told; /* microseconds */
    size_t lines;
};

static size_t count_lines(struct ct_sv text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* After a second, and once a second from then on. */
static int tell(void *arg, const struct ct_import_state *at, struct ct_err *err)
{
    enum { SECOND = 1000000 };

    (void)err;
    struct progress *p = arg;
    int64_t now = ct_monotonic_us();

    if (now - p->began < SECOND || now - p->told < SECOND)
        return CT_OK;
    p->told = now;
    fprintf(stderr, "crosstrain user: %s line %zu of about %zu\n",
            at->writes ? "writing" : "looking at", at->line, p->lines);
    return CT_OK;
}

static void print_text(const struct ct_user_call *u, const struct ct_import_result *res)
{
    for (size_t i = 0; i < res->n_listed; i++) {
        const struct ct_import_problem *p = &res->problems[i];
        printf("%s:%zu: %.*s%s%.*s\n", u->email, p->line, CT_SV_ARG(p->column),
               p->column.n ? ": " : "", CT_SV_ARG(p->text));
    }
    if (res->n_problems)
        printf("%zu %s in %zu %s; nothing was changed.\n", res->n_problems,
               ct_plural(res->n_problems, "problem", "problems"), res->lines,
               ct_plural(res->lines, "line", "lines"));
    else
        printf("%zu %s: %zu %s %s, %zu changed, %zu as they were.\n", res->lines,
               ct_plural(res->lines, "line", "lines"), res->added,
               ct_import_kind_noun(u->what, res->added), u->dry_run ? "would be added" : "added",
               res->changed, res->unchanged);
}

static void print_json(const struct ct_user_call *u, const struct ct_import_result *res)
{
    CT_AUTO_STR out = CT_STR_INIT((size_t)256 * 1024 * 1024);
    json_t *problems = json_array();

    for (size_t i = 0; i < res->n_listed; i++) {
        const struct ct_import_problem *p = &res->problems[i];
        json_array_append_new(problems,
                              json_pack("{s:I, s:o, s:o}", "line", (json_int_t)p->line, "column",
                                        p->column.n ? ct_json_sv(p->column) : json_null(), "text",
                                        ct_json_sv(p->text)));
    }
    CT_AUTO_JSON *all = json_pack(
        "{s:b, s:I, s:I, s:I, s:I, s:o}", "done", !u->dry_run && !res->n_problems, "lines",
        (json_int_t)res->lines, "added", (json_int_t)res->added, "changed",
        (json_int_t)res->changed, "unchanged", (json_int_t)res->unchanged, "problems", problems);
    ct_json_write(&out, all);
    ct_str_add_char(&out, '\n');
    fwrite(out.p, 1, out.n, stdout);
}

int ct_user_import(const struct ct_user_call *u, struct ct_err *err)
{
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_err wrong = CT_ERR_INIT;
    struct ct_import_result result = {0};
    struct progress progress = {.began = ct_monotonic_us()};
    struct ct_import_wish wish = {
        .on = ct_sv_c(u->since), .dry_run = u->dry_run, .progress = tell, .arg = &progress};
    int r;

    if ((r = ct_file_read(u->arena, u->email, CT_IMPORT_FILE_MAX, &wish.text, err)) < 0 ||
        (r = ct_library_open(u->store, &ct_clock_system,
                             u->content ? u->content : ct_cli_content(u->arena), 1, &library,
                             err)) < 0)
        return r;
    progress.lines = count_lines(wish.text);
    wish.cat = ct_library_hold(library, 0);
    r = ct_import(u->store, &ct_clock_system, u->arena, u->what, &wish, &result, &wrong);
    ct_library_release(library, 0);
    if (r < 0 && result.n_problems == 0)
        return ct_fail(err, wrong.code, wrong.what, "%s", wrong.text);
    if (u->format == CT_CLI_JSON)
        print_json(u, &result);
    else
        print_text(u, &result);
    return r < 0 ? CT_EXIT_FAILED : CT_EXIT_OK;
}

static int set_fact(const struct ct_user_call *u, const char *field, const char *value,
                    struct ct_err *err)
{
    struct ct_person p;
    int r = ct_user_find(u, &p, err);

    return r < 0 ? r
                 : ct_fact_set(u->store, &ct_clock_system, p.id, ct_sv_c(field), ct_sv_c(value),
                               ct_sv_c(u->since), 0, NULL, err);
}

int ct_user_set(const struct ct_user_call *u, struct ct_err *err)
{
    return set_fact(u, u->second, u->third, err);
}

int ct_user_set_name(const struct ct_user_call *u, struct ct_err *err)
{
    return set_fact(u, "name", u->second, err);
}
