/*
 * import.c: reading a CSV file that is to be imported: its columns, its lines, what is wrong with
 * them. What a line means is said by the kind of import.
 */
#include "import_priv.h"

#include "ct/base/banned.h"

static const struct ct_import_file *const files[] = {
    [CT_IMPORT_PEOPLE] = &ct_import_people,
    [CT_IMPORT_MEMBERSHIPS] = &ct_import_memberships,
    [CT_IMPORT_COMPLETIONS] = &ct_import_completions,
};
enum { N_FILES = sizeof files / sizeof files[0] };

bool ct_import_kind_parse(struct ct_sv name, enum ct_import_kind *ret)
{
    for (size_t i = 0; i < N_FILES; i++)
        if (ct_sv_eq_c(name, files[i]->name)) {
            *ret = (enum ct_import_kind)i;
            return true;
        }
    return false;
}

const char *ct_import_kind_name(enum ct_import_kind kind)
{
    return files[kind]->name;
}

const char *ct_import_kind_noun(enum ct_import_kind kind, size_t n)
{
    static const char *const one[] = {[CT_IMPORT_PEOPLE] = "person",
                                      [CT_IMPORT_MEMBERSHIPS] = "membership",
                                      [CT_IMPORT_COMPLETIONS] = "completion"};

    return ct_plural(n, one[kind], files[kind]->name);
}

const char *const *ct_import_columns(enum ct_import_kind kind)
{
    return files[kind]->columns;
}

int ct_import_complain(struct ct_import *im, const char *column, const char *text)
{
    if (im->result.n_problems++ >= CT_IMPORT_LISTED_MAX) /* nobody reads so far */
        return CT_BAD_INPUT;
    struct ct_import_problem p = {
        .line = im->line,
        .column = column && *column ? ct_arena_dup(im->arena, ct_sv_c(column)) : CT_SV_NULL,
        .text = ct_arena_dup(im->arena, ct_sv_c(text))};

    CT_ARENA_PUSH(im->arena, im->result.problems, im->result.n_listed, im->cap, p);
    return CT_BAD_INPUT;
}

static size_t hash_of(struct ct_sv key)
{
    uint64_t h = 1469598103934665603u; /* FNV-1a */

    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29));
}

static size_t slot_of(const struct ct_import_seen *seen, struct ct_sv key)
{
    size_t i = hash_of(key) & (seen->cap - 1);

    while (seen->slots[i].line && !ct_sv_eq(seen->slots[i].key, key))
        i = (i + 1) & (seen->cap - 1);
    return i;
}

static void grow(struct ct_import *im)
{
    struct ct_import_seen old = im->seen;

    im->seen.cap = old.cap ? 2 * old.cap : 1024;
    im->seen.slots = ct_arena_calloc(im->keys, im->seen.cap, sizeof *im->seen.slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].line)
            im->seen.slots[slot_of(&im->seen, old.slots[i].key)] = old.slots[i];
}

size_t ct_import_seen(struct ct_import *im, struct ct_sv key)
{
    if (2 * (im->seen.n + 1) > im->seen.cap)
        grow(im);
    size_t i = slot_of(&im->seen, key);
    if (im->seen.slots[i].line)
        return im->seen.slots[i].line;
    im->seen.slots[i].key = ct_arena_dup(im->keys, key);
    im->seen.slots[i].line = im->line;
    im->seen.n++;
    return 0;
}

struct ct_sv ct_import_yes_or_no(struct ct_sv cell)
{
    static const char *const yes[] = {"yes", "y", "true", "1", "x", "active"};
    static const char *const no[] = {"no", "n", "false", "0", "inactive"};

    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        if (ct_sv_ieq(cell, ct_sv_c(yes[i])))
            return CT_SV("yes");
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (ct_sv_ieq(cell, ct_sv_c(no[i])))
            return CT_SV("no");
    return cell;
}

/* Latin-1 and UTF-16 are what spreadsheets write when nobody asks them for UTF-8. */
static const char *wrong_encoding(struct ct_sv text)
{
    if (ct_sv_starts(text, CT_SV("\xff\xfe")) || ct_sv_starts(text, CT_SV("\xfe\xff")))
        return "this is UTF-16; save it as \"CSV UTF-8 (comma delimited)\"";
    if (text.n && memchr(text.p, '\0', text.n))
        return "this is no text file; save the sheet as \"CSV UTF-8 (comma delimited)\"";
    return "this line is not in UTF-8 but in an older encoding, such as Latin-1; save the sheet as "
           "\"CSV UTF-8 (comma delimited)\"";
}

static bool all_utf8(const struct ct_sv *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!ct_sv_utf8(cells[i]))
            return false;
    return true;
}

static struct ct_sv column_list(struct ct_arena *a, const struct ct_import_file *file)
{
    struct ct_sv list = CT_SV("");

    for (size_t i = 0; i < file->n; i++)
        list = ct_arena_printf(a, "%.*s%s%s", CT_SV_ARG(list), i ? ", " : "", file->columns[i]);
    return list;
}

/* Which column a name is; file->n for none. */
static size_t column_of(const struct ct_import_file *file, struct ct_sv name)
{
    size_t i = 0;

    while (i < file->n && !ct_sv_ieq(name, ct_sv_c(file->columns[i])))
        i++;
    return i;
}

static bool has_column(const struct ct_import *im, const char *name)
{
    size_t column = column_of(im->file, ct_sv_c(name));

    for (size_t i = 0; i < im->n_cells; i++)
        if (im->of_cell[i] == column)
            return true;
    return false;
}

/* That the columns tell whom a line is about, and what else it cannot do without. */
static int check_columns(struct ct_import *im)
{
    int r = CT_OK;

    if (!has_column(im, "email") && !(has_column(im, "employer_id") && has_column(im, "agency")))
        r = ct_import_complain(im, NULL,
                               "people are known by email, or by employer_id and agency; these "
                               "columns are missing");
    for (size_t i = 0; im->file->needed[i]; i++)
        if (!has_column(im, im->file->needed[i]))
            r = ct_import_complain(im, im->file->needed[i], "this column is missing");
    return r;
}

static int read_head(struct ct_import *im, const struct ct_sv *cells, size_t n)
{
    int r = CT_OK;

    if (!all_utf8(cells, n))
        return ct_import_complain(im, NULL, wrong_encoding(im->wish->text));
    for (size_t i = 0; i < n; i++) {
        struct ct_sv name = ct_sv_trim(cells[i]);
        const char *said = ct_arena_cstr(im->arena, ct_sv_sub(name, 0, 60));
        size_t column = column_of(im->file, name);
        if (column == im->file->n)
            r = ct_import_complain(im, said,
                                   ct_arena_printf(im->arena,
                                                   "there is no such column; there are %.*s",
                                                   CT_SV_ARG(column_list(im->arena, im->file)))
                                       .p);
        else if (has_column(im, im->file->columns[column]))
            r = ct_import_complain(im, said, "this column is there twice");
        im->of_cell[im->n_cells++] = column;
    }
    return r < 0 ? r : check_columns(im);
}

/* Keeps a line that changes something: what is sure of it, or else its cells. */
static void plan_line(struct ct_import *im, const struct ct_sv *cells,
                      enum ct_import_outcome outcome)
{
    struct ct_import_plan *plan = im->plan;
    struct ct_import_step step = {.line = im->line, .outcome = outcome, .sure = im->sure};

    if (!step.sure) {
        struct ct_sv *copy = ct_arena_array(&plan->arena, struct ct_sv, im->file->n);
        for (size_t i = 0; i < im->file->n; i++)
            copy[i] = ct_arena_dup(&plan->arena, cells[i]);
        step.cells = copy;
    }
    CT_ARENA_PUSH(&plan->arena, plan->steps, plan->n, plan->cap, step);
}

int ct_import_take(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                   struct ct_err *err)
{
    struct ct_err wrong = CT_ERR_INIT;
    size_t complained = im->result.n_problems;
    int r;

    *ret = CT_IMPORT_UNCHANGED;
    im->sure = NULL;
    r = im->file->take(im, cells, ret, &wrong);
    if (r == CT_INTERNAL)
        return ct_fail(err, r, wrong.what, "%s", wrong.text);
    if (r < 0)
        return im->result.n_problems > complained ? CT_BAD_INPUT
                                                  : ct_import_complain(im, wrong.what, wrong.text);
    im->result.added += *ret == CT_IMPORT_ADDED;
    im->result.changed += *ret == CT_IMPORT_CHANGED;
    im->result.unchanged += *ret == CT_IMPORT_UNCHANGED;
    return CT_OK;
}

static int take_line(struct ct_import *im, const struct ct_sv *cells, size_t n, struct ct_err *err)
{
    struct ct_sv *line = ct_arena_array(im->scratch, struct ct_sv, im->file->n);
    enum ct_import_outcome outcome;

    im->result.lines++;
    for (size_t i = 0; i < n; i++)
        if (cells[i].n > CT_IMPORT_CELL_MAX)
            return ct_import_complain(im, NULL, "a cell is too long");
    if (!all_utf8(cells, n))
        return ct_import_complain(im, NULL, wrong_encoding(CT_SV_NULL));
    if (n > im->n_cells)
        return ct_import_complain(im, NULL, "this line has more cells than there are columns");
    for (size_t i = 0; i < im->file->n; i++)
        line[i] = CT_SV("");
    for (size_t i = 0; i < n; i++)
        line[im->of_cell[i]] = ct_sv_trim(cells[i]);
    int r = ct_import_take(im, line, &outcome, err);
    if (r == CT_OK && im->plan && outcome != CT_IMPORT_UNCHANGED)
        plan_line(im, line, outcome);
    return r;
}

static int tell(struct ct_import *im, const struct ct_csv_reader *r, struct ct_err *err)
{
    const struct ct_import_wish *wish = im->wish;
    struct ct_import_state at = {.line = r->line,
                                 .done = wish->text.n - r->rest.n,
                                 .total = wish->text.n,
                                 .writes = im->apply};

    return wish->progress ? wish->progress(wish->arg, &at, err) : CT_OK;
}

static int take_lines(struct ct_import *im, struct ct_csv_reader *r, struct ct_err *err)
{
    struct ct_sv cells[CT_CSV_CELLS_MAX];
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    size_t n, count = 0;
    int result;

    im->scratch = &scratch;
    for (;; ct_arena_reset(&scratch)) {
        struct ct_err wrong = CT_ERR_INIT;
        if (++count % CT_IMPORT_TELL_LINES == 0 && (result = tell(im, r, err)) < 0)
            return result;
        result = ct_csv_read(r, &scratch, cells, &n, &wrong);
        im->line = r->line;
        if (result == 0)
            return CT_OK;
        if (im->result.lines == CT_IMPORT_LINES_MAX) {
            ct_import_complain(im, NULL, "there are more than a million lines; send it in parts");
            return CT_OK;
        }
        if (result < 0) {
            im->result.lines++;
            ct_import_complain(im, NULL, wrong.text);
        } else if (take_line(im, cells, n, err) == CT_INTERNAL) {
            return CT_INTERNAL;
        }
    }
}

int ct_import_pass(struct ct_import *im, struct ct_err *err)
{
    struct ct_csv_reader reader;
    struct ct_sv head[CT_CSV_CELLS_MAX];
    struct ct_err wrong = CT_ERR_INIT;
    CT_AUTO_ARENA keys = CT_ARENA_INIT;
    struct ct_org *orgs;
    size_t n;
    int r = ct_org_list(im->db, im->plan ? &im->plan->arena : &keys, &orgs, &im->n_orgs, err);

    if (r < 0)
        return r;
    im->keys = &keys;
    im->orgs = orgs;
    im->n_cells = 0;
    ct_csv_open(&reader, im->wish->text);
    r = ct_csv_read(&reader, &keys, head, &n, &wrong);
    im->line = reader.line ? reader.line : 1;
    if (r == 0)
        ct_import_complain(im, NULL, "the file is empty; its first line names the columns");
    else if (r < 0)
        ct_import_complain(im, NULL, wrong.text);
    else if (read_head(im, head, n) == CT_OK && (r = take_lines(im, &reader, err)) < 0)
        return r;
    return im->result.n_problems
               ? ct_fail(err, CT_BAD_INPUT, "file", "there %s %zu %s; nothing was changed",
                         ct_plural(im->result.n_problems, "is", "are"), im->result.n_problems,
                         ct_plural(im->result.n_problems, "problem", "problems"))
               : CT_OK;
}

/* Without keeping others from writing. */
static int look(struct ct_store *s, struct ct_import *im, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(s);
    struct ct_import look = *im;
    int r = CT_OK;

    look.db = rd.db;
    if (im->plan && (r = ct_import_stamp(rd.db, &im->plan->stamp, err)) < 0)
        return r;
    r = ct_import_pass(&look, err);
    im->result = look.result;
    im->orgs = look.orgs;
    im->n_orgs = look.n_orgs;
    return r;
}

int ct_import(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
              enum ct_import_kind kind, const struct ct_import_wish *wish,
              struct ct_import_result *ret, struct ct_err *err)
{
    struct ct_import_plan plan = {.arena = CT_ARENA_INIT};
    struct ct_import im = {.file = files[kind],
                           .wish = wish,
                           .now = ct_now(clock),
                           .arena = a,
                           .plan = wish->dry_run ? NULL : &plan};
    char today[CT_TIME_TEXT];
    int r = ct_org_day(a, wish->on, im.now, &im.on, err);

    if (r < 0)
        return r;
    if (ct_sv_cmp(im.on, ct_sv_c(ct_time_date(im.now, today))) > 0)
        return ct_fail(err, CT_BAD_INPUT, "on", "an import holds from today on, or earlier");
    r = look(s, &im, err);
    if (r == CT_OK && !wish->dry_run && (plan.n || wish->finish))
        r = ct_import_write(s, &im, err);
    *ret = im.result;
    ct_arena_release(&plan.arena);
    return r;
}
