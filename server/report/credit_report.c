/*
 * credit_report.c: the hours of many people as one table.
 */
#include "ct/report/credit_report.h"

#include "assignment_priv.h"

#include "ct/base/banned.h"

enum { N_COLUMNS = 21 };
static const struct ct_column columns[N_COLUMNS] = {
    {"person_id", CT_COLUMN_INTEGER, "The number of the account"},
    {"last_name", CT_COLUMN_TEXT, "Last name at that moment"},
    {"first_name", CT_COLUMN_TEXT, "First name at that moment"},
    {"email", CT_COLUMN_TEXT, "Address of the account"},
    {"agency", CT_COLUMN_TEXT, "Agencies of the person"},
    {"unit", CT_COLUMN_TEXT, "Units of the person"},
    {"completed_on", CT_COLUMN_DATE, "The day, where the person was"},
    {"course", CT_COLUMN_TEXT, "The course; empty for training elsewhere"},
    {"credit_type", CT_COLUMN_TEXT, "The type of credit"},
    {"credit_hours", CT_COLUMN_DECIMAL, "Hours of credit, by the rule of the type"},
    {"credit_year", CT_COLUMN_INTEGER, "The calendar year in which the credit year ends"},
    {"year_from", CT_COLUMN_DATE, "The first day of the credit year"},
    {"year_until", CT_COLUMN_DATE, "The last day of the credit year"},
    {"approval_body", CT_COLUMN_TEXT, "Who approved the course"},
    {"approval_no", CT_COLUMN_TEXT, "The number of the approval"},
    {"approval_state", CT_COLUMN_TEXT, "The State of the approval"},
    {"certificate_code", CT_COLUMN_TEXT, "The certificate"},
    {"source", CT_COLUMN_TEXT, "crosstrain, outside training, or imported"},
    {"counts", CT_COLUMN_FLAG,
     "Whether the hours are added up: of several bodies those of one are"},
    {"status", CT_COLUMN_TEXT, "earned, or why not in a word"},
    {"reason", CT_COLUMN_TEXT, "Why not, in a sentence"},
};

struct table {
    struct ct_arena *arena;
    struct ct_sv *cells;
    size_t n, cap; /* of cells */
};

static void put(struct table *t, struct ct_sv text)
{
    CT_ARENA_PUSH(t->arena, t->cells, t->n, t->cap, text.p ? text : CT_SV(""));
}

static void put_number(struct table *t, int64_t number)
{
    put(t, ct_arena_printf(t->arena, "%lld", (long long)number));
}

static void put_day(struct table *t, int day)
{
    char text[CT_TIME_TEXT];

    if (day == CT_DAY_NONE)
        put(t, CT_SV(""));
    else
        put(t, ct_arena_dup(t->arena, ct_sv_c(ct_day_text(day, text))));
}

static void put_row(struct table *t, const struct ct_assignee *who, const struct ct_credit *c)
{
    put_number(t, c->person);
    put(t, who->last_name);
    put(t, who->first_name);
    put(t, who->email);
    put(t, who->agency);
    put(t, who->unit);
    put_day(t, c->on);
    put(t, c->course);
    put(t, c->type);
    put(t, ct_credit_hours(t->arena, c->why == CT_CREDIT_EARNED ? c->hundredths : 0));
    put_number(t, c->year);
    put_day(t, who->by_task_force ? CT_DAY_NONE : c->year_from); /* may be that of hire */
    put_day(t, who->by_task_force ? CT_DAY_NONE : c->year_until);
    put(t, c->body);
    put(t, c->number);
    put(t, c->approval ? c->approval->state : CT_SV_NULL);
    put(t, c->certificate);
    put(t, c->training ? CT_SV("outside training")
           : c->past   ? CT_SV("imported")
                       : CT_SV("crosstrain"));
    put(t, c->counts ? CT_SV("yes") : CT_SV("no"));
    put(t, ct_sv_c(ct_credit_why_name(c->why)));
    put(t, c->why_text);
}

static bool is_wanted(const struct ct_credit_filter *f, const struct ct_credit *c)
{
    const struct ct_scope_person *p =
        f->scope && f->scope->is_limited ? ct_scope_find(f->scope, c->person) : NULL;

    if (f->scope && f->scope->is_limited && (!p || p->is_counted))
        return false;
    return (!f->type.p || ct_sv_eq(f->type, c->type)) && (!f->year || f->year == c->year);
}

enum { N_CHOICES = 7 };

static struct ct_report_choice org_choice(const char *name, const char *label,
                                          const struct ct_org *o)
{
    return (struct ct_report_choice){name, label, o ? o->path : CT_SV_NULL,
                                     o ? o->name : CT_SV_NULL};
}

static void tell_words(struct ct_arena *a, struct ct_report_doc *doc)
{
    struct ct_report_word *words = ct_arena_array(a, struct ct_report_word, CT_CREDIT_WHYS);

    for (int i = 0; i < CT_CREDIT_WHYS; i++)
        words[i] = (struct ct_report_word){ct_credit_why_name((enum ct_credit_why)i),
                                           ct_credit_why_meaning((enum ct_credit_why)i)};
    doc->words = words;
    doc->n_words = CT_CREDIT_WHYS;
}

/* What was asked, and what the columns are. */
static void describe(struct ct_arena *a, const struct ct_credit_filter *filter,
                     struct ct_report_doc *doc)
{
    const struct ct_scope none = {.n = 0}, *scope = filter->scope ? filter->scope : &none;
    struct ct_report_choice *choices = ct_arena_array(a, struct ct_report_choice, N_CHOICES);

    choices[0] = (struct ct_report_choice){"person", "Person", filter->email, CT_SV_NULL};
    choices[1] = (struct ct_report_choice){"type", "Type of credit", filter->type, CT_SV_NULL};
    choices[2] = (struct ct_report_choice){
        "year", "Credit year", filter->year ? ct_arena_printf(a, "%d", filter->year) : CT_SV_NULL,
        CT_SV_NULL};
    choices[3] = (struct ct_report_choice){"refused", "Also what was not earned",
                                           filter->refused ? CT_SV("1") : CT_SV_NULL,
                                           filter->refused ? CT_SV("yes") : CT_SV_NULL};
    choices[4] = org_choice("agency", "Agency", scope->agency);
    choices[5] = org_choice("unit", "Unit", scope->unit);
    choices[6] = org_choice("task_force", "Task force", scope->task_force);
    doc->choices = choices;
    doc->n_choices = N_CHOICES;
    doc->columns = columns;
    doc->n_columns = N_COLUMNS;
    tell_words(a, doc);
}

const struct ct_column *ct_credit_columns(size_t *ret_n)
{
    *ret_n = N_COLUMNS;
    return columns;
}

int ct_credit_report(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                     const struct ct_credit_filter *filter, struct ct_report_doc *ret,
                     struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = as_of};
    struct ct_report_doc doc = {.name = "credit",
                                .title = "Hours and credit",
                                .as_of = as_of,
                                .time_zone = CT_SV("each person's agency's, else UTC")};
    struct table t = {.arena = a};
    struct ct_credit *list;
    size_t n;
    int r;

    if ((r = ct_everybody_read(&all, err)) < 0 ||
        (r = (filter->refused ? ct_credit_list_all : ct_credit_list)(db, a, filter->person, as_of,
                                                                     &list, &n, err)) < 0)
        return r;
    ct_everybody_share(&all, filter->scope);
    for (size_t i = 0; i < n; i++) {
        const struct ct_someone *p = ct_everybody_find(&all, list[i].person);
        if (p && is_wanted(filter, &list[i]))
            put_row(&t, &p->who, &list[i]);
    }
    describe(a, filter, &doc);
    doc.cells = t.cells;
    doc.n_rows = t.n / N_COLUMNS;
    *ret = doc;
    return CT_OK;
}
