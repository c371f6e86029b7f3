/*
 * event.c: whose work it is and where it belongs; the active time; JSON as text in a row.
 */
#include "event_priv.h"
#include "sql_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/progress.h"
#include "ct/learn/tally.h"

#include "ct/base/banned.h"

/* Escapes make JSON up to six times as long as the form it came from. */
enum { KEPT_MAX = 8 * CT_FORM_MAX };

static const struct ct_sql TOUCH = {
    "insert into activity(person, course, module, discipline, started_at, last_at, seconds)"
    " values(:person, :course, :module, :discipline, :at, :at, 0)"
    " on conflict(person, course, module, discipline) do update set"
    " seconds = activity.seconds + case"
    "  when excluded.last_at <= activity.last_at then 0"
    "  when excluded.last_at - activity.last_at > :cap then :cap"
    "  else excluded.last_at - activity.last_at end,"
    " last_at = case when excluded.last_at > activity.last_at"
    "  then excluded.last_at else activity.last_at end"};

/* The same time in its quarter of an hour, from what TOUCH will find. */
static const struct ct_sql TOUCH_QUARTER = {
    "insert into activity_quarter(person, course, module, discipline, quarter, seconds)"
    " select x.person, x.course, x.module, x.discipline, :quarter,"
    " case when :at - x.last_at > :cap then :cap else :at - x.last_at end from activity x"
    " where x.person = :person and x.course = :course and x.module = :module"
    " and x.discipline = :discipline and x.last_at < :at"
    " on conflict(person, course, module, discipline, quarter) do update set"
    " seconds = activity_quarter.seconds + excluded.seconds"};

const struct ct_sql *const ct_event_sql[] = {&TOUCH, &TOUCH_QUARTER, NULL};

struct ct_key ct_key_of(const struct ct_desk *d, const struct ct_course *c,
                        const struct ct_module *m)
{
    return (struct ct_key){d->who.person, c->slug, m->id, ct_slug_kept(d->who.discipline)};
}

void ct_key_bind(struct ct_stmt *st, const struct ct_key *k)
{
    ct_bind_i64(st, ":person", k->person);
    ct_bind_sv(st, ":course", k->course);
    ct_bind_sv(st, ":module", k->module);
    ct_bind_sv(st, ":discipline", k->discipline);
}

static int touch_quarter(struct ct_db *db, const struct ct_key *k, int64_t at, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &TOUCH_QUARTER);

    ct_key_bind(&st, k);
    ct_bind_i64(&st, ":quarter", at / CT_QUARTER);
    ct_bind_i64(&st, ":at", at);
    ct_bind_i64(&st, ":cap", CT_IDLE_CAP);
    return ct_stmt_run(&st, err);
}

int ct_activity_touch(struct ct_db *db, const struct ct_key *k, int64_t at, struct ct_err *err)
{
    int r = touch_quarter(db, k, at, err);

    if (r < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &TOUCH);

    ct_key_bind(&st, k);
    ct_bind_i64(&st, ":at", at);
    ct_bind_i64(&st, ":cap", CT_IDLE_CAP);
    return ct_stmt_run(&st, err);
}

int ct_fields_belong(const struct ct_question *const *questions, size_t n,
                     const struct ct_form *form, struct ct_arena *a, struct ct_err *err)
{
    for (size_t f = 0; f < form->n; f++) {
        size_t i = 0;
        while (i < n && !ct_answer_owns(questions[i], form->fields[f].name))
            i++;
        if (i == n)
            return ct_fail(err, CT_BAD_INPUT, ct_arena_cstr(a, form->fields[f].name),
                           "not a field of a question that is asked here");
    }
    return CT_OK;
}

int ct_json_keep(struct ct_arena *a, const json_t *value, struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(KEPT_MAX);

    ct_json_write(&text, value);
    if (!ct_str_ok(&text))
        return ct_fail(err, CT_TOO_BIG, "answer", "over %d bytes", KEPT_MAX);
    *ret = ct_arena_dup(a, ct_str_sv(&text));
    return CT_OK;
}

int ct_json_kept(struct ct_sv text, json_t **ret, struct ct_err *err)
{
    struct ct_err fault = CT_ERR_INIT;

    if (ct_json_parse(text, KEPT_MAX, ret, &fault) < 0)
        return ct_fail(err, CT_INTERNAL, "record", "stored JSON: %s", fault.text);
    return CT_OK;
}
