/*
 * preview_place.c: which problem stands beside which block.
 */
#include "preview_make_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { LINES_AT_FIRST = 512 };

static bool first_of_line(struct ct_preview_make *mk, int line)
{
    size_t at = line > 0 ? (size_t)line : 0;

    if (at >= mk->n_seen) {
        size_t n = at < LINES_AT_FIRST ? LINES_AT_FIRST : 2 * at;
        bool *seen = ct_arena_array(mk->p->arena, bool, n);
        if (mk->n_seen)
            memcpy(seen, mk->seen, mk->n_seen * sizeof *seen);
        mk->seen = seen;
        mk->n_seen = n;
    }
    if (line <= 0 || mk->seen[at])
        return false;
    mk->seen[at] = true;
    return true;
}

void ct_preview_place(struct ct_preview_make *mk, json_t *model, int line)
{
    struct ct_preview_place place = {line, model};

    json_object_set_new(model, "line", json_integer(line));
    json_object_set_new(model, "is_anchor", json_boolean(first_of_line(mk, line)));
    json_object_set_new(model, "problems", json_array());
    CT_ARENA_PUSH(mk->p->arena, mk->places, mk->n_places, mk->cap_places, place);
}

static bool is_true(const json_t *model, const char *key)
{
    return json_is_true(json_object_get(model, key));
}

/* The blocks of one list, then what they hold. A question's stem has its lines, for the scrolling,
 * but no problems: what is wrong with a question stands before all of it. */
static void place_blocks(struct ct_preview_make *mk, json_t *list, bool stem)
{
    size_t i;
    json_t *block;

    json_array_foreach(list, i, block)
    {
        int line = (int)json_integer_value(json_object_get(block, "line"));
        if (stem)
            json_object_set_new(block, "is_anchor", json_boolean(first_of_line(mk, line)));
        else
            ct_preview_place(mk, block, line);
        if (is_true(block, "is_question"))
            place_blocks(mk, json_object_get(json_object_get(block, "question"), "blocks"), true);
        else if (is_true(block, "is_note") || is_true(block, "is_passage"))
            place_blocks(mk, json_object_get(block, "blocks"), stem);
    }
}

json_t *ct_preview_blocks(struct ct_preview_make *mk, const struct ct_block *blocks, size_t n)
{
    json_t *list = ct_view_blocks(&mk->view, blocks, n);

    place_blocks(mk, list, false);
    return list;
}

/* The outermost of several that begin on the same line. */
static const struct ct_preview_place *place_of(const struct ct_preview_make *mk, int line)
{
    const struct ct_preview_place *best = NULL;

    for (size_t i = 0; i < mk->n_places; i++)
        if (mk->places[i].line > 0 && mk->places[i].line <= line &&
            (!best || mk->places[i].line > best->line))
            best = &mk->places[i];
    return best;
}

json_t *ct_preview_problems(struct ct_preview_make *mk)
{
    json_t *first = json_array();

    for (size_t i = 0; i < mk->p->n_problems; i++) {
        const struct ct_problem *p = &mk->p->problems[i];
        const struct ct_preview_place *place = place_of(mk, p->line);
        json_array_append_new(place ? json_object_get(place->model, "problems") : first,
                              ct_model_problem(p));
    }
    return first;
}

static const char *expected_of(const char *code)
{
    size_t n;
    const struct ct_problem_code *codes = ct_problem_codes(&n);

    for (size_t i = 0; i < n; i++)
        if (strcmp(codes[i].code, code) == 0)
            return codes[i].expected;
    return NULL;
}

json_t *ct_model_problem(const struct ct_problem *p)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const struct ct_mend *mend = p->mend;
    struct ct_sv explain = CT_URL(&a, CT_SV("explain"), ct_sv_c(p->code));
    json_t *model =
        json_pack("{s:s, s:b, s:i, s:b, s:i, s:o, s:s?, s:o}", "code", p->code, "is_error",
                  p->severity == CT_ERROR, "line", p->line, "has_column", p->column > 0, "column",
                  p->column, "text", ct_json_sv(p->text), "expected", expected_of(p->code),
                  "explain_href", ct_json_sv(explain));

    json_object_update_new(
        model, json_pack("{s:b, s:o, s:b, s:o, s:b, s:b, s:i, s:i}", "has_mend", mend != NULL,
                         "mend_text", mend ? ct_view_text(mend->text) : json_null(), "is_blank",
                         mend && mend->text.p && mend->text.n == 0, "mend_done",
                         mend ? ct_view_text(mend->done) : json_null(), "is_safe",
                         mend && mend->safe, "takes_out", mend && !mend->text.p, "mend_line",
                         mend ? mend->line : 0, "mend_lines", mend ? mend->n_lines : 0));
    return model;
}

json_t *ct_model_problem_count(const struct ct_problem *problems, size_t n)
{
    size_t errors = 0;

    for (size_t i = 0; i < n; i++)
        errors += problems[i].severity == CT_ERROR;
    return json_pack("{s:b, s:i, s:b, s:b, s:i, s:b, s:b}", "has_errors", errors > 0, "errors",
                     (int)errors, "is_one_error", errors == 1, "has_warnings", n > errors,
                     "warnings", (int)(n - errors), "is_one_warning", n == errors + 1, "is_fine",
                     n == 0);
}
