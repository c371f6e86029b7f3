/*
 * walk.h: pages as a test looks at them: as JSON, as HTML that tidy has nothing to say about, and
 * beside the sample models that the templates were designed with.
 */
#ifndef CT_TEST_WALK_H
#define CT_TEST_WALK_H

#include "site.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"

/* Writes a file of the content folder and has the site take it. */
static inline void walk_publish(struct site *site, const char *file, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    ct_temp_write(&site->temp, file, text);
    CT_OK_(file, ct_library_refresh(site->library, &changed, &err), &err);
    assert_true(changed);
}

/* GETs a page as JSON; NULL when the status is not 200. New reference. */
static inline json_t *walk_json(struct browser *b, const char *target)
{
    struct ct_err err = CT_ERR_INIT;
    json_t *model = NULL;

    b->accept = "application/json";
    int status = browser_get(b, target);
    b->accept = NULL;
    CT_EQ_I64(target, status, 200);
    CT_OK_(target, ct_json_parse(ct_sv_c(b->body), CT_REPORT_MAX, &model, &err), &err);
    return model;
}

/* The value at "questions/0/options/1/place". */
static inline const json_t *walk_at(const json_t *value, const char *path)
{
    struct ct_sv rest = ct_sv_c(path), part;
    char key[64];

    while (ct_sv_split(&rest, '/', &part)) {
        int64_t i;
        snprintf(key, sizeof key, "%.*s", CT_SV_ARG(part));
        value = json_is_array(value) && ct_sv_i64(part, &i) ? json_array_get(value, (size_t)i)
                                                            : json_object_get(value, key);
        if (!value)
            fail_msg("nothing at %s of %s", key, path);
    }
    return value;
}

static inline struct ct_sv walk_text(const json_t *value, const char *path)
{
    const json_t *v = walk_at(value, path);

    return ct_sv_c(json_is_string(v) ? json_string_value(v) : NULL);
}

static inline int64_t walk_int(const json_t *value, const char *path)
{
    return json_integer_value(walk_at(value, path));
}

static inline bool walk_flag(const json_t *value, const char *path)
{
    return json_is_true(walk_at(value, path));
}

/* Which element of a list has `text` under `key`; fails when none has. */
static inline size_t walk_find(const json_t *list, const char *key, const char *text)
{
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        if (ct_sv_eq_c(ct_json_get_sv(one, key), text))
            return i;
    }
    fail_msg("nothing has %s = %s", key, text);
    return 0;
}

static inline bool walk_same_type(const json_t *x, const json_t *y)
{
    return json_is_null(x) || json_is_null(y) || json_typeof(x) == json_typeof(y) ||
           (json_is_boolean(x) && json_is_boolean(y));
}

static inline bool walk_all_have(const json_t *list, const char *key)
{
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        if (!json_object_get(one, key))
            return false;
    }
    return true;
}

/* Whether `got` has all that `want` has, of the same types. What only some elements of a list have
 * (blocks differ by kind) is asked of none. */
static inline void walk_fits(const char *where, const json_t *want, const json_t *got)
{
    char path[512];
    const char *key;
    json_t *value, *one;
    size_t i;

    if (!got || !walk_same_type(want, got))
        fail_msg("%s is %s", where, got ? "of another type" : "missing");
    if (json_is_object(want) && json_is_object(got))
        json_object_foreach((json_t *)want, key, value)
        {
            snprintf(path, sizeof path, "%s.%s", where, key);
            walk_fits(path, value, json_object_get(got, key));
        }
    if (!json_is_array(want) || !json_is_array(got) || !json_is_object(json_array_get(want, 0)))
        return;
    json_array_foreach((json_t *)got, i, one)
    {
        json_object_foreach(json_array_get(want, 0), key, value)
        {
            snprintf(path, sizeof path, "%s[%zu].%s", where, i, key);
            if (walk_all_have(want, key))
                walk_fits(path, value, json_object_get(one, key));
        }
    }
}

/* Runs tidy over the last body; it complains on its output and by its status. Some attributes of
 * today's HTML (minlength, aria-current) are unknown to it. */
static inline void walk_tidy(struct browser *b, const char *target)
{
    char command[768], line[256];
    FILE *out;

    ct_temp_write(&b->site->temp, "page.html", b->body);
    snprintf(command, sizeof command,
             "tidy -q -e --drop-empty-elements no --warn-proprietary-attributes no '%s' 2>&1",
             ct_temp_path(&b->site->temp, "page.html"));
    out = popen(command, "r");
    assert_non_null(out);
    while (fgets(line, sizeof line, out))
        print_error("%s: %s", target, line);
    CT_EQ_I64(target, pclose(out), 0);
}

/* Opens a page both ways: the model has what the sample of its design has, the HTML is valid. */
static inline void walk_page(struct browser *b, const char *target, const char *sample)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text;
    char path[256];
    CT_AUTO_JSON *want = NULL, *got = walk_json(b, target);

    snprintf(path, sizeof path, CT_SOURCE_DIR "/tests/web/models/%s.json", sample);
    CT_OK_(path, ct_file_read(&a, path, CT_PAGE_MAX, &text, &err), &err);
    CT_OK_(path, ct_json_parse(text, CT_PAGE_MAX, &want, &err), &err);
    walk_fits(sample, want, got);
    CT_EQ_I64(target, browser_get(b, target), 200);
    CT_EQ_STR(target, b->rs->content_type, "text/html; charset=utf-8");
    walk_tidy(b, target);
}

/* The path of the last answer's Location, as a C string in `buf`, its fragment cut off. */
static inline const char *walk_location(const struct browser *b, char *buf, size_t size)
{
    struct ct_sv to = browser_location(b);
    size_t hash = ct_sv_find(to, '#');

    snprintf(buf, size, "%.*s", (int)(hash == SIZE_MAX ? to.n : hash), to.p ? to.p : "");
    return buf;
}

#endif
