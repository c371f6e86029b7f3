/*
 * server/course/front_matter.c: where front matter begins and ends, and its keys: a table each
 * for modules, courses, the curriculum and the glossary. Reading single values is
 * front_value.c's.
 */
#include "front_priv.h"

#include "ct/course/change.h"
#include "ct/course/glossary.h"

#include "suggest_priv.h"

#include "ct/base/banned.h"

/* ---- the borders ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static struct ct_sv without_cr(struct ct_sv line)
{
    return ct_sv_ends(line, CT_SV("\r")) ? ct_sv_sub(line, 0, line.n - 1) : line;
}

/* "key:", or a comment: else the --- above is a thematic break. */
static bool opens_front_matter(struct ct_sv line)
{
    line = without_cr(line);
    if (line.n > 0 && line.p[0] == '#')
        return true;
    size_t n = 0;
    while (n < line.n && is_word(line.p[n]))
        n++;
    return n > 0 && n < line.n && line.p[n] == ':' &&
           (n + 1 == line.n || line.p[n + 1] == ' ' || line.p[n + 1] == '\t');
}

/* Text of the lesson, up to some --- within it: `## ` begins a section, and hardly a comment. */
static bool has_sections(struct ct_sv text)
{
    return ct_sv_search(text, CT_SV("\n## ")) != SIZE_MAX;
}

static void report_endless(struct ct_sv path, struct ct_problems *problems, struct ct_source *ret)
{
    ret->lost = true;
    ct_problem_add(problems, "E02", path, 1, 0,
                   "the front matter that begins here never ends; put a line of three dashes, ---, "
                   "behind its last key");
}

/* False if it is no front matter, but goes on into the lesson. */
static bool parse_yaml(struct ct_arena *a, struct ct_sv text, struct ct_sv path,
                       struct ct_problems *problems, struct ct_source *ret)
{
    struct ct_yaml *map;
    struct ct_err err = CT_ERR_INIT;
    int line = 2, column = 0;
    int r = ct_yaml_parse(a, text, 2, &map, &line, &column, &err);
    if (r < 0 && has_sections(text))
        return false;
    if (r < 0)
        ct_problem_add(problems, "E02", path, line, column, "the front matter cannot be read: %s",
                       err.text);
    else if (map->type != CT_YAML_MAP)
        ct_problem_add(problems, "E02", path, map->line, map->column,
                       "the front matter is no list of `key: value` lines");
    else
        ret->front = map;
    return true;
}

/* Front matter below empty lines is a text to Markdown, and its settings would be lost in silence.
 */
static bool begins_too_late(struct ct_sv rest, struct ct_sv path, struct ct_problems *problems)
{
    struct ct_sv line = CT_SV_NULL, next;
    int number = 0;
    do {
        if (!ct_sv_split(&rest, '\n', &line))
            return false;
        number++;
    } while (ct_sv_trim(line).n == 0);
    if (number == 1 || !ct_sv_eq_c(without_cr(line), "---") || !ct_sv_split(&rest, '\n', &next) ||
        !opens_front_matter(next) || next.p[0] == '#')
        return false;
    ct_problem_add(problems, "E02", path, number, 0,
                   "front matter begins on the first line of the file; take out the empty "
                   "lines above it");
    return true;
}

void ct_source_split(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                     struct ct_problems *problems, struct ct_source *ret)
{
    *ret = (struct ct_source){.body = source, .body_line = 1};
    struct ct_sv rest = source, line;
    if (ct_sv_starts(rest, CT_SV("\xef\xbb\xbf")))
        rest = ct_sv_sub(rest, 3, rest.n);
    ret->lost = begins_too_late(rest, path, problems);
    if (!ct_sv_split(&rest, '\n', &line) || !ct_sv_eq_c(without_cr(line), "---"))
        return;
    struct ct_sv text = rest, peek = rest;
    if (!ct_sv_split(&peek, '\n', &line) || !opens_front_matter(line))
        return;
    for (int number = 2; ct_sv_split(&rest, '\n', &line); number++) {
        struct ct_sv l = without_cr(line);
        if (!ct_sv_eq_c(l, "---") && !ct_sv_eq_c(l, "..."))
            continue;
        if (!parse_yaml(a, ct_sv_sub(text, 0, (size_t)(line.p - text.p)), path, problems, ret))
            break;
        ret->body = rest.p ? rest : CT_SV("");
        ret->body_line = number + 1;
        return;
    }
    report_endless(path, problems, ret);
}

/* ---- the keys ---- */

static const struct ct_front_key module_keys[] = {
    {"id", CT_FRONT_SLUG, offsetof(struct ct_module, id), 0, 0, 0},
    {"lang", CT_FRONT_LANG, offsetof(struct ct_module, lang), 0, 0, 0},
    {"minutes", CT_FRONT_INT, offsetof(struct ct_module, minutes), 0, 1, 6000},
    {"objectives", CT_FRONT_OBJECTIVES, offsetof(struct ct_module, objectives),
     offsetof(struct ct_module, n_objectives), 0, 0},
    {"for", CT_FRONT_SET, offsetof(struct ct_module, disciplines), 0, 0, 0},
    {"pass", CT_FRONT_PERCENT, offsetof(struct ct_module, pass), 0, 0, 0},
    {"attempts", CT_FRONT_INT, offsetof(struct ct_module, attempts), 0, 0, 1000},
    {"version", CT_FRONT_VERSION, offsetof(struct ct_module, version), 0, 0, 0},
    {"change", CT_FRONT_TEXT, offsetof(struct ct_module, change), 0, 0, 0},
    {"content-note", CT_FRONT_TEXT, offsetof(struct ct_module, content_note), 0, 0, 0},
    {"sources", CT_FRONT_TEXTS, offsetof(struct ct_module, sources),
     offsetof(struct ct_module, n_sources), 0, 0},
    {NULL, CT_FRONT_TEXT, 0, 0, 0, 0},
};

static const struct ct_front_key course_keys[] = {
    {"title", CT_FRONT_TEXT, offsetof(struct ct_course, title), 0, 0, 0},
    {"summary", CT_FRONT_TEXT, offsetof(struct ct_course, summary), 0, 0, 0},
    {"lang", CT_FRONT_LANG, offsetof(struct ct_course, lang), 0, 0, 0},
    {"required-for", CT_FRONT_SET, offsetof(struct ct_course, required_for), 0, 0, 0},
    {"recommended-for", CT_FRONT_SET, offsetof(struct ct_course, recommended_for), 0, 0, 0},
    {"pass", CT_FRONT_PERCENT, offsetof(struct ct_course, pass), 0, 0, 0},
    {"recertify", CT_FRONT_MONTHS, offsetof(struct ct_course, recertify), 0, 0, 0},
    {"credit", CT_FRONT_CREDIT, offsetof(struct ct_course, credit),
     offsetof(struct ct_course, n_credit), 0, 0},
    {"objectives", CT_FRONT_OBJECTIVES, offsetof(struct ct_course, objectives),
     offsetof(struct ct_course, n_objectives), 0, 0},
    {NULL, CT_FRONT_TEXT, 0, 0, 0, 0},
};

static const struct ct_front_key curriculum_keys[] = {
    {"title", CT_FRONT_TEXT, offsetof(struct ct_curriculum, title), 0, 0, 0},
    {"organisation", CT_FRONT_TEXT, offsetof(struct ct_curriculum, organisation), 0, 0, 0},
    {"organization", CT_FRONT_TEXT, offsetof(struct ct_curriculum, organisation), 0, 0, 0},
    {"lang", CT_FRONT_LANG, offsetof(struct ct_curriculum, lang), 0, 0, 0},
    {"disciplines", CT_FRONT_DISCIPLINES, offsetof(struct ct_curriculum, disciplines), 0, 0, 0},
    {"pass", CT_FRONT_PERCENT, offsetof(struct ct_curriculum, pass), 0, 0, 0},
    {"quick-exit", CT_FRONT_HTTPS, offsetof(struct ct_curriculum, quick_exit), 0, 0, 0},
    {"courses", CT_FRONT_SLUGS, offsetof(struct ct_curriculum, courses),
     offsetof(struct ct_curriculum, n_courses), 0, 0},
    {NULL, CT_FRONT_TEXT, 0, 0, 0, 0},
};

static const struct ct_front_key glossary_keys[] = {
    {"title", CT_FRONT_TEXT, offsetof(struct ct_glossary, title), 0, 0, 0},
    {"lang", CT_FRONT_LANG, offsetof(struct ct_glossary, lang), 0, 0, 0},
    {NULL, CT_FRONT_TEXT, 0, 0, 0, 0},
};

enum { KEYS_MAX = 16 };

static const struct ct_front_key *key_of(const struct ct_front_key *keys, struct ct_sv name)
{
    for (; keys->name; keys++) {
        if (ct_sv_eq_c(name, keys->name))
            return keys;
    }
    return NULL;
}

static void unknown_key(struct ct_front *f, const struct ct_yaml *v,
                        const struct ct_front_key *keys)
{
    const char *names[KEYS_MAX + 1];
    size_t n = 0;
    struct ct_sv all = CT_SV("");
    for (; keys->name && n < KEYS_MAX; keys++) {
        names[n++] = keys->name;
        all = ct_arena_printf(f->arena, "%.*s%s%s", CT_SV_ARG(all), n > 1 ? ", " : "", keys->name);
    }
    names[n] = NULL;
    struct ct_sv near = ct_suggest(v->key, names);
    if (near.n > 0) {
        ct_problem_add(f->problems, "E03", f->path, v->key_line, v->key_column,
                       "unknown key \"%.*s\" in the front matter; did you mean \"%.*s\"?",
                       CT_SV_ARG(ct_clip(v->key)), CT_SV_ARG(near));
        ct_problem_meant(f->problems, v->key, near);
    } else {
        ct_problem_add(f->problems, "E03", f->path, v->key_line, v->key_column,
                       "unknown key \"%.*s\" in the front matter; known here: %.*s",
                       CT_SV_ARG(ct_clip(v->key)), CT_SV_ARG(all));
    }
}

static void read_keys(struct ct_front *f, const struct ct_yaml *front,
                      const struct ct_front_key *keys, void *ret)
{
    for (const struct ct_yaml *v = front ? front->first : NULL; v; v = v->next) {
        const struct ct_front_key *key = key_of(keys, v->key);
        if (key)
            ct_front_read(f, key, v, ret);
        else if (keys == module_keys && ct_sv_ieq(v->key, CT_SV("title")))
            ct_problem_add(f->problems, "E03", f->path, v->key_line, v->key_column,
                           "a module has no key \"%.*s\": its title is the line that begins with "
                           "`# `; take this line out",
                           CT_SV_ARG(ct_clip(v->key)));
        else
            unknown_key(f, v, keys);
    }
}

static void require(struct ct_front *f, const struct ct_yaml *front, const char *key,
                    const char *example)
{
    if (front && ct_yaml_get(front, key))
        return;
    ct_problem_add(f->problems, "E04", f->path, 1, 0,
                   "the front matter needs \"%s\"; write between two lines of ---: %s", key,
                   example);
}

void ct_front_module(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                     const struct ct_disciplines *disciplines, struct ct_problems *problems,
                     struct ct_module *ret)
{
    struct ct_front f = {a, path, disciplines, problems};
    read_keys(&f, front, module_keys, ret);
}

void ct_front_edition(struct ct_arena *a, struct ct_sv path, struct ct_sv source,
                      struct ct_edition *ret)
{
    const struct ct_disciplines none = {0};
    struct ct_problems ignored = {.arena = a};
    struct ct_module m = {0};
    struct ct_source parts;

    ct_module_name_of(path, &m.number, &m.id);
    ct_source_split(a, source, path, &ignored, &parts);
    ct_front_module(a, parts.front, path, &none, &ignored, &m);
    *ret = (struct ct_edition){m.id, ct_module_version(&m), m.change};
}

void ct_front_course(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                     const struct ct_disciplines *disciplines, struct ct_problems *problems,
                     struct ct_course *ret)
{
    struct ct_front f = {a, path, disciplines, problems};
    read_keys(&f, front, course_keys, ret);
    require(&f, front, "title", "title: Interviewing a child");
}

void ct_front_glossary(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                       struct ct_problems *problems, struct ct_glossary *ret)
{
    const struct ct_disciplines none = {0};
    struct ct_front f = {a, path, &none, problems};
    read_keys(&f, front, glossary_keys, ret);
}

void ct_front_curriculum(struct ct_arena *a, const struct ct_yaml *front, struct ct_sv path,
                         struct ct_problems *problems, struct ct_curriculum *ret)
{
    struct ct_front f = {a, path, &ret->disciplines, problems};
    read_keys(&f, front, curriculum_keys, ret);
    require(&f, front, "title", "title: Bridging the Systems");
    require(&f, front, "disciplines", "disciplines: [prosecutor (prosecutors)]");
    const struct ct_yaml *courses = front ? ct_yaml_get(front, "courses") : NULL;
    ret->courses_line = courses ? courses->line : 1;
}
