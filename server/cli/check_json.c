/*
 * check_json.c: the result of `crosstrain check` for programs: our own document, and SARIF 2.1.0
 * (OASIS, 2020), which editors and code hosts show beside the lines.
 */
#include "check_priv.h"

#include "ct/base/clock.h"
#include "ct/base/limits.h"
#include "ct/text/url.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "ct/base/banned.h"

static int print(const json_t *all)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_REPORT_MAX);

    ct_json_write(&out, all);
    ct_str_add_char(&out, '\n');
    if (!ct_str_ok(&out)) {
        fprintf(stderr, "crosstrain check: the document is over %d bytes\n", CT_REPORT_MAX);
        return CT_EXIT_FAILED;
    }
    fwrite(out.p, 1, out.n, stdout);
    return CT_EXIT_OK;
}

int ct_check_print_json(const struct ct_check_result *r)
{
    const struct ct_problems *ps = &r->problems;
    json_t *list = json_array();
    size_t n_warnings = 0;

    for (size_t i = 0; i < ps->n; i++) {
        n_warnings += ps->items[i].severity == CT_WARNING;
        json_array_append_new(list, ct_problem_json(&ps->items[i]));
    }
    CT_AUTO_JSON *all =
        json_pack("{s:I, s:I, s:I, s:f, s:o}", "files", (json_int_t)r->n_files, "errors",
                  (json_int_t)ps->n_errors, "warnings", (json_int_t)n_warnings, "seconds",
                  (double)(ct_monotonic_us() - r->started) / 1e6, "problems", list);
    return print(all);
}

/* ---- SARIF ---- */

struct sarif {
    const struct ct_check_result *r;
    struct ct_check_lines *lines;
    struct ct_arena *arena;
    const char *here; /* this folder, or NULL */
    const char **codes;
    size_t n_codes, cap_codes;
    json_t *rules;
};

static json_t *text_of(const char *text)
{
    return json_pack("{s:s}", "text", text);
}

static size_t rule_index(struct sarif *s, const char *code)
{
    for (size_t i = 0; i < s->n_codes; i++) {
        if (strcmp(s->codes[i], code) == 0)
            return i;
    }
    const char *meaning = ct_problem_meaning(code), *expected = ct_problem_expected(code);
    struct ct_sv full = ct_arena_printf(s->arena, "Wrong: %s. Expected: %s.",
                                        meaning ? meaning : code, expected ? expected : "");
    struct ct_sv help =
        ct_arena_printf(s->arena, "`crosstrain explain %s` tells more, with examples.", code);
    json_array_append_new(s->rules, json_pack("{s:s, s:o, s:o, s:o, s:{s:s}}", "id", code,
                                              "shortDescription", text_of(meaning ? meaning : code),
                                              "fullDescription", text_of(full.p), "help",
                                              text_of(help.p), "defaultConfiguration", "level",
                                              code[0] == 'W' ? "warning" : "error"));
    CT_ARENA_PUSH(s->arena, s->codes, s->n_codes, s->cap_codes, code);
    return s->n_codes - 1;
}

/* A path as a relative reference, seen from this folder; what lies elsewhere with a scheme. */
static struct ct_sv uri_of(struct sarif *s, struct ct_sv path)
{
    CT_AUTO_STR out = CT_STR_INIT(8 * PATH_MAX);
    struct ct_sv part;
    size_t n = s->here ? strlen(s->here) : 0;
    bool first = true;

    if (n > 1 && ct_sv_starts(path, ct_sv_c(s->here)) && path.n > n && path.p[n] == '/')
        path = ct_sv_sub(path, n + 1, SIZE_MAX);
    while (ct_sv_starts(path, CT_SV("./")))
        path = ct_sv_sub(path, 2, SIZE_MAX);
    if (ct_sv_starts(path, CT_SV("/")))
        ct_str_add_c(&out, "file://");
    while (ct_sv_split(&path, '/', &part)) {
        if (!first)
            ct_str_add_char(&out, '/');
        first = false;
        if (ct_sv_eq_c(part, ".."))
            ct_str_add_c(&out, "..");
        else if (part.n > 0)
            ct_url_add_segment(&out, part);
    }
    return ct_arena_dup(s->arena, ct_str_sv(&out));
}

static json_t *artifact(struct sarif *s, struct ct_sv file)
{
    json_t *o = json_object();

    ct_json_set_sv(o, "uri", uri_of(s, file));
    return o;
}

static json_t *region_of(struct sarif *s, const struct ct_problem *p)
{
    json_t *o = json_pack("{s:i}", "startLine", p->line > 0 ? p->line : 1);

    if (p->column > 0) {
        struct ct_sv line = ct_check_line(s->lines, p->file, p->line);
        json_object_set_new(o, "startColumn",
                            json_integer(1 + (json_int_t)ct_check_characters(line, p->column)));
    }
    return o;
}

/* The mend as a replacement: whole lines, from the first one's start to the last one's end. */
static json_t *replacement(struct sarif *s, const struct ct_problem *p)
{
    const struct ct_mend *m = p->mend;
    bool between = m->n_lines == 0, out = m->text.p == NULL;
    int last = between ? m->line : m->line + m->n_lines - (out ? 0 : 1);
    struct ct_sv line = ct_check_line(s->lines, p->file, last);
    size_t end = between || out ? 0 : ct_check_characters(line, (int)line.n + 1);
    const char *nl = s->lines->crlf ? "\r\n" : "\n";
    struct ct_sv rest = m->text, part, text = CT_SV("");

    for (bool first = true; rest.p && ct_sv_split(&rest, '\n', &part); first = false)
        text = ct_arena_printf(s->arena, "%.*s%s%.*s", CT_SV_ARG(text), first ? "" : nl,
                               CT_SV_ARG(part));
    if (between)
        text = ct_arena_printf(s->arena, "%.*s%s", CT_SV_ARG(text), nl);
    json_t *content = json_object();
    ct_json_set_sv(content, "text", text);
    return json_pack("{s:{s:i, s:i, s:i, s:I}, s:o}", "deletedRegion", "startLine", m->line,
                     "startColumn", 1, "endLine", last, "endColumn", (json_int_t)end + 1,
                     "insertedContent", content);
}

static json_t *fix_of(struct sarif *s, const struct ct_problem *p)
{
    json_t *done = json_object();

    ct_json_set_sv(done, "text", p->mend->done);
    return json_pack("{s:o, s:[{s:o, s:[o]}]}", "description", done, "artifactChanges",
                     "artifactLocation", artifact(s, p->file), "replacements", replacement(s, p));
}

static json_t *result_of(struct sarif *s, const struct ct_problem *p)
{
    json_t *message = json_object();
    size_t index = rule_index(s, p->code);

    ct_json_set_sv(message, "text", p->text);
    json_t *o = json_pack("{s:s, s:I, s:s, s:o, s:[{s:{s:o, s:o}}]}", "ruleId", p->code,
                          "ruleIndex", (json_int_t)index, "level", ct_severity_name(p->severity),
                          "message", message, "locations", "physicalLocation", "artifactLocation",
                          artifact(s, p->file), "region", region_of(s, p));
    if (p->mend)
        json_object_set_new(o, "fixes", json_pack("[o]", fix_of(s, p)));
    return o;
}

int ct_check_print_sarif(const struct ct_check_result *r, struct ct_check_lines *lines)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char here[PATH_MAX];
    struct sarif s = {.r = r,
                      .lines = lines,
                      .arena = &a,
                      .here = getcwd(here, sizeof here),
                      .rules = json_array()};
    json_t *results = json_array();

    for (size_t i = 0; i < r->problems.n; i++)
        json_array_append_new(results, result_of(&s, &r->problems.items[i]));
    CT_AUTO_JSON *all =
        json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:s, s:o}]}", "$schema",
                  "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs",
                  "tool", "driver", "name", "crosstrain", "version", CT_VERSION, "rules", s.rules,
                  "columnKind", "unicodeCodePoints", "results", results);
    return print(all);
}
