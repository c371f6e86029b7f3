/*
 * outline_text.c: the outline of modules for eyes, out of the same facts that go out as JSON.
 */
#include "outline_priv.h"

#include "ct/base/banned.h"

#define SHARE_TOLD 0.005 /* what is rounded to nothing is not told */

static long long number(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static bool add_list(struct ct_str *out, const json_t *ids, const char *before)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        ct_str_add_c(out, i == 0 ? before : ", ");
        ct_str_add_c(out, json_string_value(json_array_get(ids, i)));
    }
    return json_array_size(ids) > 0;
}

/* "practice a, b; quiz c" */
static bool add_questions(struct ct_str *out, const json_t *o)
{
    bool practice = add_list(out, json_object_get(o, "practice"), "practice ");
    return add_list(out, json_object_get(o, "quiz"), practice ? "; quiz " : "quiz ") || practice;
}

static void add_lengths(struct ct_str *out, const json_t *m)
{
    const json_t *minutes = json_object_get(m, "minutes"), *grade = json_object_get(m, "grade");
    ct_str_addf(out, "  %lld words, %lld of them running text; about %lld minute%s",
                number(m, "words"), number(m, "prose_words"), number(m, "minutes_estimated"),
                number(m, "minutes_estimated") == 1 ? "" : "s");
    if (json_is_null(minutes))
        ct_str_add_c(out, " (none stated)");
    else
        ct_str_addf(out, " (%lld stated)", (long long)json_integer_value(minutes));
    if (json_is_null(grade))
        ct_str_add_c(out, ", no reading grade\n");
    else
        ct_str_addf(out, ", reads at grade %.1f\n", json_real_value(grade));
    if (number(m, "errors") > 0)
        ct_str_addf(out, "  %lld error%s; see `crosstrain check`\n", number(m, "errors"),
                    number(m, "errors") == 1 ? "" : "s");
}

static void add_objectives(struct ct_str *out, const json_t *m)
{
    const json_t *list = json_object_get(m, "objectives");
    const json_t *without = json_object_get(m, "without_objective");
    bool is_scenario = !json_is_null(json_object_get(m, "chairs"));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        ct_str_addf(out, "  %s  %s\n", json_string_value(json_object_get(o, "id")),
                    json_string_value(json_object_get(o, "text")));
        ct_str_add_c(out, "      ");
        if (!add_questions(out, o))
            ct_str_add_c(out, is_scenario ? "assessed by the case" : "no question assesses it");
        ct_str_add_char(out, '\n');
    }
    if (json_array_size(json_object_get(without, "practice")) +
            json_array_size(json_object_get(without, "quiz")) ==
        0)
        return;
    ct_str_add_c(out, "  Questions without an objective: ");
    add_questions(out, without);
    ct_str_add_char(out, '\n');
}

/* "    played with care: The bridge holds 97 %, Standing, but shaky 3 %" */
static void add_play(struct ct_str *out, const char *how, const json_t *play)
{
    const json_t *endings = json_object_get(play, "endings");
    double unended = json_real_value(json_object_get(play, "unended"));
    const char *before = ": ";
    ct_str_addf(out, "    played %s", how);
    for (size_t i = 0; i < json_array_size(endings); i++) {
        const json_t *e = json_array_get(endings, i);
        double share = json_real_value(json_object_get(e, "share"));
        if (share < SHARE_TOLD)
            continue;
        ct_str_addf(out, "%s%s %.0f %%", before, json_string_value(json_object_get(e, "ending")),
                    share * 100);
        before = "; ";
    }
    if (unended >= SHARE_TOLD)
        ct_str_addf(out, "%sno ending %.0f %%", before, unended * 100);
    ct_str_add_char(out, '\n');
}

static void add_chairs(struct ct_str *out, const json_t *m)
{
    const json_t *list = json_object_get(m, "chairs");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *c = json_array_get(list, i);
        ct_str_addf(out, "  %s: %lld state%s, %lld of %lld scenes, %lld of %lld endings, %s, ",
                    json_string_value(json_object_get(c, "chair")), number(c, "states"),
                    number(c, "states") == 1 ? "" : "s", number(c, "scenes_reached"),
                    number(c, "scenes"), number(c, "endings_reached"), number(c, "endings"),
                    json_is_true(json_object_get(c, "can_pass")) ? "can pass" : "cannot pass");
        if (json_is_true(json_object_get(c, "proved")))
            ct_str_add_c(out, "proved\n");
        else
            ct_str_addf(out, "not proved beyond %lld choices\n", number(c, "choices_followed"));
        const json_t *played = json_object_get(c, "played");
        if (json_is_null(played))
            continue;
        add_play(out, "at random", json_object_get(played, "random"));
        add_play(out, "mostly with care", json_object_get(played, "mostly_careful"));
        add_play(out, "with care", json_object_get(played, "careful"));
    }
}

void ct_cli_outline_text(struct ct_str *out, const json_t *modules)
{
    for (size_t i = 0; i < json_array_size(modules); i++) {
        const json_t *m = json_array_get(modules, i);
        ct_str_addf(out, "%s%s\n  %s\n", i > 0 ? "\n" : "",
                    json_string_value(json_object_get(m, "path")),
                    json_string_value(json_object_get(m, "title")));
        add_lengths(out, m);
        add_objectives(out, m);
        add_chairs(out, m);
    }
}
