/*
 * credit_save.c: recording rules, approvals with their corrections and withdrawals, attestations:
 * what can be recorded, and the rows. Rows are only added.
 */
#include "credit_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql NEWEST = {"select max(id) as id from credit_rule where type = :type"};
static const struct ct_sql INSERT_RULE = {
    "insert into credit_rule(type, title, source, from_date, ends, hour, step, rounding, basis,"
    " approval, active_share, min_score, attestation, repeats, year_max, year, month, at, by)"
    " values(:type, :title, :source, :from_date, 0, :hour, :step, :rounding, :basis, :approval,"
    " :active_share, :min_score, :attestation, :repeats, :year_max, :year, :month, :now, :by)"};
static const struct ct_sql INSERT_END = {
    "insert into credit_rule(type, title, source, from_date, ends, hour, step, rounding, basis,"
    " approval, active_share, min_score, attestation, repeats, year_max, year, month, at, by)"
    " select type, title, source, :from_date, 1, hour, step, rounding, basis, approval,"
    " active_share, min_score, attestation, repeats, year_max, year, month, :now, :by"
    " from credit_rule where id = :newest"};
static const struct ct_sql INSERT_DISCIPLINE = {
    "insert into credit_rule_discipline(rule, discipline) values(:rule, :discipline)"
    " on conflict do nothing"};
static const struct ct_sql INSERT_APPROVAL = {
    "insert into credit_approval(corrects, course, course_title, type, state, body, number, hours,"
    " from_date, until_date, withdrawn_date, note, at, by) values(:corrects, :course,"
    " :course_title, :type, :state, :body, :number, :hours, :from_date, :until_date,"
    " :withdrawn_date, :note, :now, :by)"};
static const struct ct_sql DONE = {
    "select (select count(*) from attestation s where s.completion = c.id and"
    " s.type = :type) as n from completion c"
    " where c.id = :completion and c.person = :person and c.module is null"};
static const struct ct_sql INSERT_ATTESTATION = {
    "insert into attestation(person, completion, type, text, at)"
    " values(:person, :completion, :type, :text, :now)"};

const struct ct_sql *const ct_credit_save_sql[] = {
    &NEWEST,          &INSERT_RULE, &INSERT_END,         &INSERT_DISCIPLINE,
    &INSERT_APPROVAL, &DONE,        &INSERT_ATTESTATION, NULL};

/* ---- what can be recorded ---- */

static bool is_line(struct ct_sv s, size_t least, size_t most)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return s.n >= least && s.n <= most && ct_sv_utf8(s);
}

static bool is_slug(struct ct_sv s)
{
    bool fine = s.n > 0 && s.n <= CT_CREDIT_TYPE_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';

    for (size_t i = 0; fine && i < s.n; i++)
        fine =
            (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
    return fine;
}

static int check_texts(const struct ct_credit_rule *rule, struct ct_err *err)
{
    if (!is_line(rule->title, 1, CT_CREDIT_TEXT_MAX))
        return ct_fail(err, CT_BAD_INPUT, "title", "a name is one line of 1 to %d bytes",
                       CT_CREDIT_TEXT_MAX);
    if (!is_line(rule->source, 1, CT_CREDIT_LONG_MAX))
        return ct_fail(err, CT_BAD_INPUT, "source",
                       "say where this is written, on one line of at most %d bytes",
                       CT_CREDIT_LONG_MAX);
    if (rule->attestation.p && !is_line(rule->attestation, 1, CT_CREDIT_LONG_MAX))
        return ct_fail(err, CT_BAD_INPUT, "attestation", "one line of at most %d bytes",
                       CT_CREDIT_LONG_MAX);
    return CT_OK;
}

static int check_rule(const struct ct_credit_rule *rule, struct ct_err *err)
{
    int r = check_texts(rule, err);

    if (r < 0)
        return r;
    if (rule->hour != 50 && rule->hour != 60)
        return ct_fail(err, CT_BAD_INPUT, "hour", "an hour of credit has 50 or 60 minutes");
    if (rule->step < 1 || rule->step > 100)
        return ct_fail(err, CT_BAD_INPUT, "step", "a step has 0.01 hours to 1 hour");
    if (rule->basis == CT_CREDIT_APPROVED && !rule->needs_approval)
        return ct_fail(err, CT_BAD_INPUT, "basis",
                       "the hours that were approved count only where an approval is needed");
    if (rule->active_share < 0 || rule->active_share > 100)
        return ct_fail(err, CT_BAD_INPUT, "active", "0 to 100 percent");
    if (rule->min_score < 0 || rule->min_score > 100)
        return ct_fail(err, CT_BAD_INPUT, "score", "0 to 100 percent");
    if (rule->year_max < 0 || rule->year_max > CT_CREDIT_YEAR_MAX)
        return ct_fail(err, CT_BAD_INPUT, "maximum", "0 to %d hours", CT_CREDIT_YEAR_MAX / 100);
    if (rule->month < 0 || rule->month > 12)
        return ct_fail(err, CT_BAD_INPUT, "month", "a month from 1 to 12");
    if (rule->month && rule->year != CT_CREDIT_FISCAL)
        return ct_fail(err, CT_BAD_INPUT, "month", "only a fiscal year begins with a month");
    for (size_t i = 0; i < rule->n_disciplines; i++)
        if (!is_slug(rule->disciplines[i]))
            return ct_fail(err, CT_BAD_INPUT, "discipline", "'%.*s' names no discipline",
                           CT_SV_ARG(ct_sv_sub(rule->disciplines[i], 0, 40)));
    return CT_OK;
}

static int check_approval(const struct ct_credit_approval *v, struct ct_err *err)
{
    if (v->state.p && !is_line(v->state, 1, CT_CREDIT_TYPE_MAX))
        return ct_fail(err, CT_BAD_INPUT, "state", "one line of at most %d bytes",
                       CT_CREDIT_TYPE_MAX);
    if (!is_line(v->body, 1, CT_CREDIT_TEXT_MAX))
        return ct_fail(err, CT_BAD_INPUT, "body", "say who approved it, in at most %d bytes",
                       CT_CREDIT_TEXT_MAX);
    if (!is_line(v->number, 1, CT_CREDIT_TEXT_MAX))
        return ct_fail(err, CT_BAD_INPUT, "number",
                       "the number that the body gave it, in at most %d bytes", CT_CREDIT_TEXT_MAX);
    if (v->hundredths < 1 || v->hundredths > CT_CREDIT_HOURS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "hours", "hours as in 1.5, at most 99.99");
    if (v->from == CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "from", CT_DAY_HOW);
    if (v->until != CT_DAY_NONE && v->until < v->from)
        return ct_fail(err, CT_BAD_INPUT, "until", "the last day is before the first");
    if (!is_line(v->note, 0, CT_CREDIT_LONG_MAX))
        return ct_fail(err, CT_BAD_INPUT, "note", "one line of at most %d bytes",
                       CT_CREDIT_LONG_MAX);
    return CT_OK;
}

/* ---- rules ---- */

struct saving {
    struct ct_credit_rule rule;
    struct ct_credit_approval approval;
    struct ct_credit_attested attested;
    int64_t id, newest, person, now, by;
    bool is_new;
};

static void bind_id(struct ct_stmt *st, const char *name, int64_t id)
{
    if (id)
        ct_bind_i64(st, name, id);
    else
        ct_bind_null(st, name);
}

static int newest_of(struct ct_db *db, struct ct_sv type, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &NEWEST);
    int r;

    ct_bind_sv(&st, ":type", type);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = r ? ct_col_i64(&st, "id") : 0;
    return CT_OK;
}

static int insert_rule(struct ct_db *db, struct saving *s, struct ct_err *err)
{
    const struct ct_credit_rule *v = &s->rule;
    char from[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_RULE);

    ct_bind_sv(&st, ":type", v->type);
    ct_bind_sv(&st, ":title", v->title);
    ct_bind_sv(&st, ":source", v->source);
    ct_bind_c(&st, ":from_date", ct_day_text(v->from, from));
    ct_bind_i64(&st, ":hour", v->hour);
    ct_bind_i64(&st, ":step", v->step);
    ct_bind_c(&st, ":rounding", ct_credit_rounding_name(v->rounding));
    ct_bind_c(&st, ":basis", ct_credit_basis_name(v->basis));
    ct_bind_i64(&st, ":approval", v->needs_approval);
    ct_bind_i64(&st, ":active_share", v->active_share);
    ct_bind_i64(&st, ":min_score", v->min_score);
    ct_bind_sv(&st, ":attestation", v->attestation);
    ct_bind_i64(&st, ":repeats", v->repeats);
    ct_bind_i64(&st, ":year_max", v->year_max);
    ct_bind_c(&st, ":year", ct_credit_year_name(v->year));
    ct_bind_i64(&st, ":month", v->month);
    ct_bind_i64(&st, ":now", s->now);
    bind_id(&st, ":by", s->by);
    return ct_stmt_run(&st, err);
}

static int insert_end(struct ct_db *db, const struct saving *s, int64_t newest, struct ct_err *err)
{
    char from[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_END);

    ct_bind_i64(&st, ":newest", newest);
    ct_bind_c(&st, ":from_date", ct_day_text(s->rule.from, from));
    ct_bind_i64(&st, ":now", s->now);
    bind_id(&st, ":by", s->by);
    return ct_stmt_run(&st, err);
}

static int rule_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct saving *s = arg;
    int64_t newest;
    int r = newest_of(db, s->rule.type, &newest, err);

    if (r < 0)
        return r;
    if (s->newest && s->newest != newest)
        return ct_fail(err, CT_CONFLICT, "type",
                       "somebody changed this rule meanwhile; look at it again");
    if (s->rule.ends && newest == 0)
        return ct_fail(err, CT_BAD_INPUT, "type", "there is no rule of this type to end");
    r = s->rule.ends ? insert_end(db, s, newest, err) : insert_rule(db, s, err);
    s->id = ct_db_last_id(db);
    /* Who could earn it stays known of what has ended: nobody needs it. */
    for (size_t i = 0; i < s->rule.n_disciplines && !s->rule.ends && r == CT_OK; i++) {
        CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_DISCIPLINE);
        ct_bind_i64(&st, ":rule", s->id);
        ct_bind_sv(&st, ":discipline", s->rule.disciplines[i]);
        r = ct_stmt_run(&st, err);
    }
    return r;
}

int ct_credit_rule_save(struct ct_store *s, const struct ct_clock *clock,
                        const struct ct_credit_rule *rule, int64_t newest, int64_t by,
                        int64_t *ret_id, struct ct_err *err)
{
    struct saving saving = {.rule = *rule, .newest = newest, .now = ct_now(clock), .by = by};
    int r;

    saving.rule.title = ct_sv_trim(rule->title);
    saving.rule.source = ct_sv_trim(rule->source);
    saving.rule.attestation = ct_sv_trim(rule->attestation);
    if (saving.rule.attestation.n == 0)
        saving.rule.attestation = CT_SV_NULL;
    if (!is_slug(rule->type))
        return ct_fail(err, CT_BAD_INPUT, "type",
                       "a short name has only a-z, 0-9 and -, as in cle");
    if (rule->from == CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "from", CT_DAY_HOW);
    if ((!rule->ends && (r = check_rule(&saving.rule, err)) < 0) ||
        (r = ct_store_write(s, rule_job, &saving, err)) < 0)
        return r;
    if (ret_id)
        *ret_id = saving.id;
    return CT_OK;
}

/* ---- approvals ---- */

static bool overlap(const struct ct_credit_approval *a, const struct ct_credit_approval *b)
{
    int a_end = a->until, b_end = b->until;

    /* What was withdrawn leaves room for another from that day on. */
    if (a->withdrawn != CT_DAY_NONE && (a_end == CT_DAY_NONE || a->withdrawn <= a_end))
        a_end = a->withdrawn - 1;
    if (b->withdrawn != CT_DAY_NONE && (b_end == CT_DAY_NONE || b->withdrawn <= b_end))
        b_end = b->withdrawn - 1;
    return (a_end == CT_DAY_NONE || a_end >= b->from) &&
           (b_end == CT_DAY_NONE || b_end >= a->from) &&
           (a_end == CT_DAY_NONE || a_end >= a->from) && (b_end == CT_DAY_NONE || b_end >= b->from);
}

/* Two numbers of one body for one day would leave it open which hours count. */
static int check_others(struct ct_db *db, struct ct_arena *a, const struct saving *s,
                        struct ct_err *err)
{
    const struct ct_credit_approval *v = &s->approval;
    struct ct_credit_approval *all;
    size_t n;
    int r = ct_credit_approvals(db, a, INT64_MAX, &all, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++)
        if (all[i].id != v->id && ct_sv_eq(all[i].course, v->course) &&
            ct_sv_eq(all[i].type, v->type) && ct_sv_eq(all[i].state, v->state) &&
            ct_sv_eq(all[i].body, v->body) && overlap(&all[i], v))
            return ct_fail(err, CT_CONFLICT, "from",
                           "%.*s has approved this course for some of these days: number %.*s",
                           CT_SV_ARG(ct_sv_sub(v->body, 0, 60)),
                           CT_SV_ARG(ct_sv_sub(all[i].number, 0, 30)));
    return r;
}

static int insert_approval(struct ct_db *db, struct saving *s, struct ct_err *err)
{
    const struct ct_credit_approval *v = &s->approval;
    char from[CT_TIME_TEXT], until[CT_TIME_TEXT], withdrawn[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_APPROVAL);

    bind_id(&st, ":corrects", v->id);
    ct_bind_sv(&st, ":course", v->course);
    ct_bind_sv(&st, ":course_title", v->course_title.n ? v->course_title : v->course);
    ct_bind_sv(&st, ":type", v->type);
    ct_bind_sv(&st, ":state", v->state);
    ct_bind_sv(&st, ":body", v->body);
    ct_bind_sv(&st, ":number", v->number);
    ct_bind_i64(&st, ":hours", v->hundredths);
    ct_bind_c(&st, ":from_date", ct_day_text(v->from, from));
    ct_bind_c(&st, ":until_date", v->until == CT_DAY_NONE ? NULL : ct_day_text(v->until, until));
    ct_bind_c(&st, ":withdrawn_date",
              v->withdrawn == CT_DAY_NONE ? NULL : ct_day_text(v->withdrawn, withdrawn));
    ct_bind_sv(&st, ":note", v->note);
    ct_bind_i64(&st, ":now", s->now);
    bind_id(&st, ":by", s->by);
    return ct_stmt_run(&st, err);
}

/* Takes what a correction keeps from the row that it corrects. */
static int take_before(struct ct_db *db, struct ct_arena *a, struct saving *s, struct ct_err *err)
{
    struct ct_credit_approval before, *v = &s->approval;
    int r = ct_credit_approval_get(db, a, v->id, &before, err);

    if (r < 0)
        return r;
    if (v->row && v->row != before.row)
        return ct_fail(err, CT_CONFLICT, "id",
                       "somebody corrected this meanwhile; look at it again");
    if (v->withdrawn != CT_DAY_NONE) {
        before.withdrawn = v->withdrawn;
        before.note = v->note;
        *v = before;
        return v->note.n ? CT_OK : ct_fail(err, CT_BAD_INPUT, "note", "say why it is withdrawn");
    }
    v->course = before.course;
    v->course_title = before.course_title;
    v->type = before.type;
    return CT_OK;
}

static int approval_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct saving *s = arg;
    int64_t rule;
    int r;

    if (s->approval.id && (r = take_before(db, &a, s, err)) < 0)
        return r;
    if ((r = check_approval(&s->approval, err)) < 0 ||
        (r = newest_of(db, s->approval.type, &rule, err)) < 0)
        return r;
    if (rule == 0)
        return ct_fail(err, CT_BAD_INPUT, "type",
                       "there is no rule for credit of this type; record that first");
    if ((r = check_others(db, &a, s, err)) < 0 || (r = insert_approval(db, s, err)) < 0)
        return r;
    s->id = s->approval.id ? s->approval.id : ct_db_last_id(db);
    return CT_OK;
}

static struct ct_sv text_or_null(struct ct_sv s)
{
    struct ct_sv text = ct_sv_trim(s);

    return text.n ? text : CT_SV_NULL;
}

int ct_credit_approval_save(struct ct_store *s, const struct ct_clock *clock,
                            const struct ct_credit_approval *approval, int64_t by, int64_t *ret_id,
                            struct ct_err *err)
{
    struct saving saving = {.approval = *approval, .now = ct_now(clock), .by = by};
    struct ct_credit_approval *v = &saving.approval;
    int r;

    v->state = text_or_null(approval->state);
    v->body = ct_sv_trim(approval->body);
    v->number = ct_sv_trim(approval->number);
    v->note = approval->note.p ? ct_sv_trim(approval->note) : CT_SV("");
    if (!v->id && !is_line(v->course, 1, CT_CREDIT_TEXT_MAX))
        return ct_fail(err, CT_BAD_INPUT, "course", "say which course was approved");
    if (!v->id && v->withdrawn != CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "withdrawn", "what was not approved is not withdrawn");
    if ((r = ct_store_write(s, approval_job, &saving, err)) < 0)
        return r;
    if (ret_id)
        *ret_id = saving.id;
    return CT_OK;
}

/* ---- attestations ---- */

/* The text that the rule of the day of completion asks to be attested. */
static int asked(struct ct_db *db, struct ct_arena *a, const struct saving *s, struct ct_sv *ret,
                 struct ct_err *err)
{
    struct ct_credit *lines;
    size_t n;
    int r = ct_credit_list_all(db, a, s->person, s->now, &lines, &n, err);

    *ret = CT_SV_NULL;
    for (size_t i = 0; i < n && r == CT_OK; i++)
        if (lines[i].completion == s->attested.completion &&
            ct_sv_eq(lines[i].type, s->attested.type))
            *ret = lines[i].rule->attestation;
    if (r == CT_OK && !ret->n)
        r = ct_fail(err, CT_BAD_INPUT, "type", "nothing is asked for credit of this type");
    return r;
}

static int attest_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct saving *s = arg;
    struct ct_sv text;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &DONE);
        ct_bind_i64(&st, ":completion", s->attested.completion);
        ct_bind_i64(&st, ":person", s->person);
        ct_bind_sv(&st, ":type", s->attested.type);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        if (r == 0)
            return ct_fail(err, CT_NOT_FOUND, "completion", "you have not completed this");
        s->is_new = ct_col_i64(&st, "n") == 0;
    }
    if (!s->is_new)
        return CT_OK;
    if ((r = asked(db, &a, s, &text, err)) < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_ATTESTATION);
    ct_bind_i64(&st, ":person", s->person);
    ct_bind_i64(&st, ":completion", s->attested.completion);
    ct_bind_sv(&st, ":type", s->attested.type);
    ct_bind_sv(&st, ":text", text);
    ct_bind_i64(&st, ":now", s->now);
    return ct_stmt_run(&st, err);
}

int ct_credit_attest(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                     int64_t completion, struct ct_sv type, bool *ret, struct ct_err *err)
{
    struct saving saving = {.attested = {completion, type}, .person = person, .now = ct_now(clock)};
    int r = ct_store_write(s, attest_job, &saving, err);

    if (r == CT_OK && ret)
        *ret = saving.is_new;
    return r;
}
