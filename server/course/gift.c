/*
 * gift.c: a bank in Moodle's GIFT format: its comments, its blocks and categories, and the modules
 * that come out.
 */
#include "ct/base/limits.h"
#include "ct/course/module.h"

#include "escape_priv.h"
#include "gift_priv.h"
#include "lift_priv.h"

#include "ct/base/banned.h"

enum {
    QUESTIONS_MAX = 5000, /* of a bank */
    CATEGORIES_MAX = 500,
    DRAW_ABOVE = 40, /* questions; a quiz of more draws some of them */
    DRAW = 20,
    TITLE_BYTES = 120
};

#define CATEGORY "$CATEGORY:"

struct category {
    struct ct_sv path; /* as in the bank */
    struct ct_sv title;
    int line;
    struct ct_gift_item *items;
    size_t n, cap;
};

struct bank {
    struct ct_gift_notes notes;
    struct ct_gift_lines lines;
    struct category *categories;
    size_t n_categories, cap_categories;
    size_t current; /* category */
    size_t n_questions;
    struct ct_sv id; /* of the block's comment */
    size_t n_modules, cap_modules;
    struct ct_gift *ret;
};

/* ---- categories ---- */

static struct ct_sv title_of(struct ct_arena *a, struct ct_sv path)
{
    struct ct_sv last = path;
    for (size_t i = 0; i + 1 < path.n; i++)
        if (path.p[i] == '/') { /* two of them are one in a name */
            if (path.p[i + 1] == '/')
                i++;
            else
                last = ct_sv_sub(path, i + 1, SIZE_MAX);
        }
    struct ct_gift_notes nobody = {.arena = a};
    char *p = ct_arena_cstr(a, last);
    size_t n = 0;
    for (size_t i = 0; i < last.n; i++)
        if (n == 0 || p[n - 1] != '/' || last.p[i] != '/')
            p[n++] = last.p[i];
    struct ct_gift_text text = {ct_sv_n(p, n), CT_GIFT_PLAIN, 0};
    struct ct_sv title = ct_sv_sub(ct_gift_markdown(&nobody, &text, CT_GIFT_RAW), 0, TITLE_BYTES);
    while (title.n > 0 && !ct_sv_utf8(title))
        title.n--;
    title = ct_sv_trim(title);
    return title.n && !ct_sv_eq_c(title, "/") ? title : CT_SV("Imported questions");
}

static size_t category_of(struct bank *b, struct ct_sv path, int line)
{
    for (size_t i = 0; i < b->n_categories; i++)
        if (ct_sv_eq(b->categories[i].path, path))
            return i;
    if (b->n_categories == CATEGORIES_MAX) {
        ct_gift_note(&b->notes, line,
                     "a bank has at most %d categories here; this one's questions "
                     "are in the one before",
                     CATEGORIES_MAX);
        return b->n_categories - 1;
    }
    struct category c = {path, title_of(b->notes.arena, path), line, NULL, 0, 0};
    CT_ARENA_PUSH(b->notes.arena, b->categories, b->n_categories, b->cap_categories, c);
    return b->n_categories - 1;
}

/* ---- blocks ---- */

static void take_question(struct bank *b, struct ct_sv block)
{
    struct ct_gift_question q = {.id = b->id};
    struct ct_gift_item item;
    int line = ct_gift_line(&b->lines, block.p);
    b->n_questions++;
    if (b->n_questions > QUESTIONS_MAX) {
        b->ret->n_left_out++;
        if (b->n_questions == QUESTIONS_MAX + 1)
            ct_gift_note(&b->notes, line,
                         "from here on all was left out: a bank has at most %d questions",
                         QUESTIONS_MAX);
        return;
    }
    if (!ct_gift_read(&b->notes, &b->lines, block, &q) || !ct_gift_write(&b->notes, &q, &item)) {
        b->ret->n_left_out++;
        return;
    }
    if (b->n_categories == 0)
        b->current = category_of(b, CT_SV(""), 1);
    struct category *c = &b->categories[b->current];
    CT_ARENA_PUSH(b->notes.arena, c->items, c->n, c->cap, item);
}

static void take_block(struct bank *b, struct ct_sv block)
{
    struct ct_sv line;
    block = ct_sv_trim(block);
    if (ct_sv_starts(block, CT_SV(CATEGORY))) {
        int number = ct_gift_line(&b->lines, block.p);
        ct_sv_split(&block, '\n', &line);
        b->current =
            category_of(b, ct_sv_trim(ct_sv_sub(line, strlen(CATEGORY), SIZE_MAX)), number);
        block = ct_sv_trim(block);
    }
    if (block.n > 0)
        take_question(b, block);
    b->id = CT_SV_NULL;
}

/* "// [id:safety] [tag:hard]": what a comment says to Moodle. */
static void read_comment(struct bank *b, struct ct_sv line)
{
    size_t at = ct_sv_search(line, CT_SV("[id:"));
    if (at != SIZE_MAX) {
        struct ct_sv id = ct_sv_sub(line, at + 4, SIZE_MAX);
        b->id = ct_arena_dup(b->notes.arena, ct_sv_trim(ct_sv_sub(id, 0, ct_gift_find(id, ']'))));
    }
    if (ct_sv_search(line, CT_SV("[tag:")) != SIZE_MAX)
        ct_gift_note(&b->notes, ct_gift_line(&b->lines, line.p), "tags were left out");
}

static void take_blocks(struct bank *b, char *text, size_t n)
{
    struct ct_sv rest = ct_sv_n(text, n), line, block = CT_SV_NULL;
    while (ct_sv_split(&rest, '\n', &line)) {
        struct ct_sv seen = ct_sv_trim(line);
        if (ct_sv_starts(seen, CT_SV("//"))) {
            read_comment(b, line);
            memset(text + (line.p - text), ' ', line.n); /* it may stand within a question */
        } else if (seen.n == 0 || ct_sv_starts(seen, CT_SV(CATEGORY))) {
            take_block(b, block);
            block = CT_SV_NULL;
        }
        if (seen.n > 0)
            block = block.p ? ct_sv_n(block.p, (size_t)(line.p + line.n - block.p)) : line;
    }
    take_block(b, block);
}

/* ---- modules ---- */

static size_t count(const struct ct_gift_item *items, size_t n, enum ct_gift_place place)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += items[i].place == place;
    return found;
}

static void add_section(struct ct_arena *a, struct ct_str *out, const char *heading,
                        const struct ct_gift_item *items, size_t n, enum ct_gift_place place,
                        struct ct_lift_names *ids)
{
    enum { ID_MAX = 56 }; /* what tells two apart comes behind it */
    struct ct_lift l = {.arena = a};
    size_t found = count(items, n, place);
    if (found == 0)
        return;
    ct_str_addf(out, "## %s\n\n", heading);
    if (place == CT_GIFT_ASK && found > DRAW_ABOVE)
        ct_str_addf(out, "`draw: %d`\n\n", DRAW);
    for (size_t i = 0; i < n; i++) {
        if (items[i].place != place)
            continue;
        struct ct_sv id = ct_sv_sub(items[i].id, 0, ID_MAX);
        while (ct_sv_ends(id, CT_SV("-")))
            id.n--;
        if (items[i].keyword)
            id = ct_lift_name_unique(&l, ids, id);
        ct_gift_item_add(out, &items[i], id);
    }
}

static bool passes(struct ct_sv source)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_disciplines disciplines;
    struct ct_module_context ctx = {.disciplines = &disciplines};
    struct ct_module *m;
    ct_disciplines_default(&disciplines);
    return ct_module_parse(&a, source, CT_SV("01-x.md"), &ctx, &problems, &m, NULL) == CT_OK &&
           problems.n_errors == 0;
}

/* Texts ask nothing. */
static size_t count_questions(const struct ct_gift_item *items, size_t n)
{
    return n - count(items, n, CT_GIFT_READ);
}

/* A module of n items; two of half as many each where it would be too big. */
static void add_module(struct bank *b, const struct category *c, const struct ct_gift_item *items,
                       size_t n)
{
    struct ct_arena *a = b->notes.arena;
    CT_AUTO_STR out = CT_STR_INIT(CT_SOURCE_MAX);
    struct ct_lift_names ids = {.n = 0};
    ct_str_addf(&out, "# %.*s\n\n", CT_SV_ARG(ct_escape_title(a, c->title)));
    add_section(a, &out, "To read first", items, n, CT_GIFT_READ, &ids);
    add_section(a, &out, "To think about", items, n, CT_GIFT_THINK, &ids);
    add_section(a, &out, "Quiz", items, n, CT_GIFT_ASK, &ids);
    if (ct_sv_ends(ct_str_sv(&out), CT_SV("\n\n")))
        out.p[--out.n] = '\0';
    if (!ct_str_ok(&out) || !passes(ct_str_sv(&out))) {
        if (n > 1) {
            add_module(b, c, items, n / 2);
            add_module(b, c, items + n / 2, n - n / 2);
            return;
        }
        b->ret->n_left_out++;
        ct_gift_note(&b->notes, items->line, "the question was left out: it is too long");
        return;
    }
    if (count(items, n, CT_GIFT_ASK) > DRAW_ABOVE)
        ct_gift_note(&b->notes, c->line,
                     "the quiz of \"%.*s\" draws %d of its %zu questions; its `draw` says how many",
                     CT_SV_ARG(c->title), DRAW, count(items, n, CT_GIFT_ASK));
    struct ct_gift_module m = {c->title, ct_arena_dup(a, ct_str_sv(&out)),
                               count_questions(items, n)};
    CT_ARENA_PUSH(a, b->ret->modules, b->n_modules, b->cap_modules, m);
    b->ret->n_questions += m.n_questions;
}

/* Stable, and nearly sorted as it comes. */
static void sort_notes(struct ct_gift_notes *notes)
{
    for (size_t i = 1; i < notes->n; i++) {
        struct ct_gift_note note = notes->items[i];
        size_t k = i;
        for (; k > 0 && notes->items[k - 1].line > note.line; k--)
            notes->items[k] = notes->items[k - 1];
        notes->items[k] = note;
    }
}

/* ---- the bank ---- */

/* A copy in which every line ends with \n alone. */
static char *copy_of(struct ct_arena *a, struct ct_sv bank)
{
    char *p = ct_arena_cstr(a, bank);
    for (size_t i = 0; i < bank.n; i++)
        if (p[i] == '\r')
            p[i] = i + 1 < bank.n && p[i + 1] == '\n' ? ' ' : '\n';
    return p;
}

static struct ct_gift_lines lines_of(struct ct_arena *a, const char *text, size_t n)
{
    struct ct_gift_lines lines = {text, NULL, 0};
    size_t cap = 0;
    CT_ARENA_PUSH(a, lines.starts, lines.n, cap, 0);
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n')
            CT_ARENA_PUSH(a, lines.starts, lines.n, cap, i + 1);
    return lines;
}

static int not_text(struct ct_sv bank, struct ct_err *err)
{
    struct ct_sv line;
    int number = 1;
    if (ct_sv_find(bank, '\0') != SIZE_MAX)
        return ct_fail(err, CT_BAD_INPUT, "bank",
                       "it is no plain text, but UTF-16, a Word document or a picture; export it "
                       "in the GIFT format, as UTF-8");
    while (ct_sv_split(&bank, '\n', &line) && ct_sv_utf8(line))
        number++;
    return ct_fail(err, CT_BAD_INPUT, "bank", "it is not UTF-8 from line %d on; export it as UTF-8",
                   number);
}

int ct_gift_import(struct ct_arena *a, struct ct_sv bank, struct ct_gift *ret, struct ct_err *err)
{
    struct ct_gift gift = {.modules = NULL};
    struct bank b = {.notes = {.arena = a}, .ret = &gift};
    if (bank.n > CT_SOURCE_MAX)
        return ct_fail(err, CT_TOO_BIG, "bank", "it is over %d KiB; import it in parts",
                       CT_SOURCE_MAX / 1024);
    if (!ct_sv_utf8(bank))
        return not_text(bank, err);
    if (ct_sv_starts(bank, CT_SV("\xef\xbb\xbf")))
        bank = ct_sv_sub(bank, 3, SIZE_MAX);
    char *text = copy_of(a, bank);
    b.lines = lines_of(a, text, bank.n);
    take_blocks(&b, text, bank.n);
    for (size_t i = 0; i < b.n_categories; i++)
        if (b.categories[i].n > 0)
            add_module(&b, &b.categories[i], b.categories[i].items, b.categories[i].n);
    gift.n_modules = b.n_modules;
    sort_notes(&b.notes);
    gift.notes = b.notes.items;
    gift.n_notes = b.notes.n;
    *ret = gift;
    return CT_OK;
}
