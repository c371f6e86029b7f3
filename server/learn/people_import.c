/*
 * people_import.c: reading people from CSV: columns, lines, what is wrong with them. What a line
 * does is people_import_apply.c.
 */
#include "people_import_priv.h"

#include "ct/text/csv.h"

#include "ct/base/banned.h"

enum { PROGRESS_LINES = 500 };

static const char *const columns[CT_COL_N] = {
    "email", "name",        "last_name",  "first_name",   "discipline", "employer_id", "agency",
    "unit",  "task_forces", "supervisor", "licence_body", "licence_no", "hired_on",    "active"};

/* Which line first had an address or a number: open addressing, keys in the import's arena. */
struct seen {
    struct {
        struct ct_sv key;
        size_t line;
    } * slots;
    size_t cap, n;
};

struct import {
    struct ct_import_work work;
    struct ct_arena *arena;           /* of the result */
    struct ct_arena *keys;            /* of this pass */
    size_t of_cell[CT_CSV_CELLS_MAX]; /* the column of each cell of a line */
    size_t n_cells;
    struct seen seen;
    struct ct_import_result result;
    size_t cap;
    size_t line;
};

static int complain(struct import *im, const char *column, const char *text)
{
    struct ct_import_problem p = {
        .line = im->line,
        .column = column && *column ? ct_arena_dup(im->arena, ct_sv_c(column)) : CT_SV_NULL,
        .text = ct_arena_dup(im->arena, ct_sv_c(text))};

    CT_ARENA_PUSH(im->arena, im->result.problems, im->result.n_problems, im->cap, p);
    return CT_BAD_INPUT;
}

static size_t hash_of(struct ct_sv key)
{
    uint64_t h = 1469598103934665603u; /* FNV-1a */

    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29));
}

static size_t slot_of(const struct seen *seen, struct ct_sv key)
{
    size_t i = hash_of(key) & (seen->cap - 1);

    while (seen->slots[i].line && !ct_sv_eq(seen->slots[i].key, key))
        i = (i + 1) & (seen->cap - 1);
    return i;
}

static void grow(struct import *im)
{
    struct seen old = im->seen;

    im->seen.cap = old.cap ? 2 * old.cap : 1024;
    im->seen.slots = ct_arena_calloc(im->keys, im->seen.cap, sizeof *im->seen.slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].line)
            im->seen.slots[slot_of(&im->seen, old.slots[i].key)] = old.slots[i];
}

/* The line that had the key before; 0 if none did, and then it is this one's. */
static size_t seen_before(struct import *im, struct ct_sv key)
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

static int column_of(struct ct_sv name)
{
    for (int i = 0; i < CT_COL_N; i++)
        if (ct_sv_ieq(name, ct_sv_c(columns[i])))
            return i;
    return -1;
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

static struct ct_sv column_list(struct ct_arena *a)
{
    struct ct_sv list = CT_SV("");

    for (size_t i = 0; i < CT_COL_N; i++)
        list = ct_arena_printf(a, "%.*s%s%s", CT_SV_ARG(list), i ? ", " : "", columns[i]);
    return list;
}

static int read_head(struct import *im, const struct ct_sv *cells, size_t n)
{
    bool has[CT_COL_N] = {false};
    int r = CT_OK;

    if (!all_utf8(cells, n))
        return complain(im, NULL, wrong_encoding(im->work.wish->text));
    im->n_cells = n;
    for (size_t i = 0; i < n; i++) {
        struct ct_sv name = ct_sv_trim(cells[i]);
        int column = column_of(name);
        const char *said = ct_arena_cstr(im->arena, ct_sv_sub(name, 0, 60));
        if (column < 0)
            r = complain(im, said,
                         ct_arena_printf(im->arena, "there is no such column; there are %.*s",
                                         CT_SV_ARG(column_list(im->arena)))
                             .p);
        else if (has[column])
            r = complain(im, said, "this column is there twice");
        else
            has[column] = true;
        im->of_cell[i] = column < 0 ? CT_COL_N : (size_t)column;
    }
    if (r == CT_OK && !has[CT_COL_EMAIL] && !(has[CT_COL_EMPLOYER_ID] && has[CT_COL_AGENCY]))
        r = complain(im, NULL,
                     "people are known by email, or by employer_id and agency; these columns are "
                     "missing");
    return r;
}

static int64_t org_id(struct import *im, enum ct_org_kind kind, struct ct_sv path)
{
    const struct ct_org *o = ct_org_find(im->work.orgs, im->work.n_orgs, kind, path);

    return o ? o->id : 0;
}

static int find_unit(struct import *im, struct ct_import_line *line)
{
    struct ct_sv unit = line->cells[CT_COL_UNIT], agency = line->cells[CT_COL_AGENCY];
    struct ct_sv path =
        ct_sv_find(unit, '/') == SIZE_MAX
            ? ct_arena_printf(im->work.scratch, "%.*s/%.*s", CT_SV_ARG(agency), CT_SV_ARG(unit))
            : unit;
    const struct ct_org *o = ct_org_find(im->work.orgs, im->work.n_orgs, CT_ORG_UNIT, path);

    if (!o)
        return complain(im, "unit",
                        agency.n || path.p == unit.p
                            ? "there is no such unit in this agency"
                            : "a unit needs its agency, in the column agency or as in "
                              "alder-dcs/intake");
    if (line->agency && line->agency != o->agency)
        return complain(im, "unit", "this unit is of another agency");
    line->unit = o->id;
    line->agency = o->agency;
    return CT_OK;
}

static int find_orgs(struct import *im, struct ct_import_line *line)
{
    struct ct_sv rest = line->cells[CT_COL_TASK_FORCES], part;
    int r = CT_OK;

    if (line->cells[CT_COL_AGENCY].n &&
        !(line->agency = org_id(im, CT_ORG_AGENCY, line->cells[CT_COL_AGENCY])))
        return complain(im, "agency", "there is no such agency; make it first");
    if (line->cells[CT_COL_UNIT].n && (r = find_unit(im, line)) < 0)
        return r;
    while (ct_sv_split(&rest, ';', &part)) {
        part = ct_sv_trim(part);
        if (part.n == 0)
            continue;
        int64_t id = org_id(im, CT_ORG_TASK_FORCE, part);
        if (!id)
            return complain(im, "task_forces", "there is no such task force; make it first");
        if (line->n_task_forces == CT_IMPORT_FORCES_MAX)
            return complain(im, "task_forces", "too many for one person");
        line->task_forces[line->n_task_forces++] = id;
    }
    return CT_OK;
}

/* "TRUE", "1", "y" as spreadsheets and people write it. */
static struct ct_sv yes_or_no(struct ct_sv cell)
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

static int check_facts(struct import *im, const struct ct_import_line *line)
{
    int worst = CT_OK;

    for (size_t i = 0; i < CT_COL_N; i++) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv field = ct_sv_c(columns[i]);
        if (line->cells[i].n && ct_fact_is_field(field) &&
            ct_fact_check(field, line->cells[i], &err) < 0)
            worst = complain(im, columns[i], err.text);
    }
    struct ct_sv d = line->cells[CT_COL_DISCIPLINE];
    if (d.n && ct_discipline_find(im->work.wish->disciplines, d) < 0)
        worst = complain(im, "discipline", "the curriculum has no such discipline");
    return worst;
}

static int check_twice(struct import *im, const struct ct_import_line *line)
{
    struct ct_arena *a = im->work.scratch;
    struct ct_sv email = line->cells[CT_COL_EMAIL], number = line->cells[CT_COL_EMPLOYER_ID];
    size_t before = 0;
    const char *column = "email";

    if (email.n)
        before = seen_before(im, ct_email_key(a, email));
    if (!before && number.n && line->agency) {
        column = "employer_id";
        before = seen_before(
            im, ct_arena_printf(a, "%lld\n%.*s", (long long)line->agency, CT_SV_ARG(number)));
    }
    return before
               ? complain(im, column,
                          ct_arena_printf(im->arena, "line %zu is about the same person", before).p)
               : CT_OK;
}

/* The cells of a record by column, and the name that follows from them. */
static struct ct_import_line line_of(struct import *im, const struct ct_sv *cells, size_t n)
{
    struct ct_import_line line = {.name = CT_SV("")};

    for (size_t i = 0; i < CT_COL_N; i++)
        line.cells[i] = CT_SV("");
    for (size_t i = 0; i < n && i < im->n_cells; i++)
        if (im->of_cell[i] < CT_COL_N)
            line.cells[im->of_cell[i]] = ct_sv_trim(cells[i]);
    line.cells[CT_COL_ACTIVE] = yes_or_no(line.cells[CT_COL_ACTIVE]);
    line.name = line.cells[CT_COL_NAME].n
                    ? line.cells[CT_COL_NAME]
                    : ct_sv_trim(ct_arena_printf(im->work.scratch, "%.*s %.*s",
                                                 CT_SV_ARG(line.cells[CT_COL_FIRST_NAME]),
                                                 CT_SV_ARG(line.cells[CT_COL_LAST_NAME])));
    return line;
}

static int take_line(struct import *im, const struct ct_sv *cells, size_t n, struct ct_err *err)
{
    struct ct_err wrong = CT_ERR_INIT;
    enum ct_import_outcome outcome = CT_IMPORT_UNCHANGED;

    im->result.lines++;
    for (size_t i = 0; i < n; i++)
        if (cells[i].n > CT_IMPORT_CELL_MAX)
            return complain(im, NULL, "a cell is too long");
    if (!all_utf8(cells, n))
        return complain(im, NULL, wrong_encoding(CT_SV_NULL));
    if (n > im->n_cells)
        return complain(im, NULL, "this line has more cells than there are columns");
    struct ct_import_line line = line_of(im, cells, n);
    int r = check_facts(im, &line);
    if (find_orgs(im, &line) < 0 || check_twice(im, &line) < 0 || r < 0)
        return CT_BAD_INPUT;
    r = ct_import_apply(&im->work, &line, &outcome, &wrong);
    if (r == CT_INTERNAL)
        return ct_fail(err, r, wrong.what, "%s", wrong.text);
    if (r < 0)
        return complain(im, wrong.what, wrong.text);
    im->result.added += outcome == CT_IMPORT_ADDED;
    im->result.changed += outcome == CT_IMPORT_CHANGED;
    im->result.unchanged += outcome == CT_IMPORT_UNCHANGED;
    return CT_OK;
}

static int take_lines(struct import *im, struct ct_csv_reader *r, struct ct_err *err)
{
    const struct ct_import_wish *wish = im->work.wish;
    struct ct_sv cells[CT_CSV_CELLS_MAX];
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    size_t n, count = 0;
    int result;

    im->work.scratch = &scratch;
    for (;; ct_arena_reset(&scratch)) {
        struct ct_err wrong = CT_ERR_INIT;
        if (wish->progress && ++count % PROGRESS_LINES == 0)
            wish->progress(wish->arg, r->line);
        result = ct_csv_read(r, &scratch, cells, &n, &wrong);
        im->line = r->line;
        if (result == 0)
            return CT_OK;
        if (result < 0) {
            im->result.lines++;
            complain(im, NULL, wrong.text);
        } else if (take_line(im, cells, n, err) == CT_INTERNAL) {
            return CT_INTERNAL;
        }
    }
}

/* The whole file once. CT_BAD_INPUT if anything is wrong with it. */
static int pass(struct import *im, struct ct_err *err)
{
    struct ct_csv_reader reader;
    struct ct_sv head[CT_CSV_CELLS_MAX];
    struct ct_err wrong = CT_ERR_INIT;
    CT_AUTO_ARENA keys = CT_ARENA_INIT;
    struct ct_org *orgs;
    size_t n;
    int r = ct_org_list(im->work.db, &keys, &orgs, &im->work.n_orgs, err);

    if (r < 0)
        return r;
    im->keys = &keys;
    im->work.orgs = orgs;
    ct_csv_open(&reader, im->work.wish->text);
    r = ct_csv_read(&reader, &keys, head, &n, &wrong);
    im->line = reader.line ? reader.line : 1;
    if (r == 0)
        complain(im, NULL, "the file is empty; its first line names the columns");
    else if (r < 0)
        complain(im, NULL, wrong.text);
    else if (read_head(im, head, n) == CT_OK && (r = take_lines(im, &reader, err)) < 0)
        return r;
    return im->result.n_problems
               ? ct_fail(err, CT_BAD_INPUT, "file", "there are %zu problems; nothing was changed",
                         im->result.n_problems)
               : CT_OK;
}

static int import_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct import *im = arg;

    im->work.db = db;
    im->work.apply = true;
    return pass(im, err);
}

int ct_people_import(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                     const struct ct_import_wish *wish, struct ct_import_result *ret,
                     struct ct_err *err)
{
    struct import im = {.work = {.wish = wish, .now = ct_now(clock)}, .arena = a};
    int r = ct_org_day(a, wish->on, im.work.now, &im.work.on, err);

    if (r < 0)
        return r;
    char today[CT_TIME_TEXT];
    if (ct_sv_cmp(im.work.on, ct_sv_c(ct_time_date(im.work.now, today))) > 0)
        return ct_fail(err, CT_BAD_INPUT, "on", "an import holds from today on, or earlier");
    /* First it is only looked at, without keeping others from writing. */
    {
        CT_AUTO_READER rd = ct_store_reader(s);
        struct import look = im;
        look.work.db = rd.db;
        r = pass(&look, err);
        *ret = look.result;
    }
    if (r < 0 || wish->dry_run || ret->added + ret->changed == 0)
        return r;
    r = ct_store_write(s, import_job, &im, err);
    *ret = im.result;
    return r;
}
