/*
 * view_common.c: dates, disciplines, status: the pieces that all models share.
 */
#include "view_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { DAY_SECONDS = 86400, MARKS = 12, REVISION_SHOWN = 12 };

json_t *ct_view_text(struct ct_sv s)
{
    return s.n ? ct_json_sv(s) : json_null();
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

json_t *ct_view_month(int month)
{
    return month >= 1 && month <= 12 ? json_string(months[month - 1]) : json_null();
}

/* As dates are written in the country that our courses are for. */
static void long_date(struct ct_date d, char *buf, size_t size)
{
    snprintf(buf, size, "%s %d, %d", months[d.month - 1], d.day, d.year);
}

static void long_day(int64_t t, char *buf, size_t size)
{
    long_date(ct_date_of(t), buf, size);
}

json_t *ct_view_date(struct ct_date d)
{
    char iso[CT_TIME_TEXT], text[CT_TIME_TEXT];

    if (!d.year)
        return json_null();
    long_date(d, text, sizeof text);
    snprintf(iso, sizeof iso, "%04d-%02d-%02d", d.year, d.month, d.day);
    return json_pack("{s:s, s:s}", "iso", iso, "long", text);
}

json_t *ct_view_day(int64_t t)
{
    char iso[CT_TIME_TEXT], text[CT_TIME_TEXT];

    if (!t)
        return json_null();
    long_day(t, text, sizeof text);
    return json_pack("{s:s, s:s}", "iso", ct_time_date(t, iso), "long", text);
}

json_t *ct_view_moment(int64_t t)
{
    char iso[CT_TIME_TEXT], day[CT_TIME_TEXT], text[2 * CT_TIME_TEXT];
    int minutes = (int)(((t % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS / 60);

    if (!t)
        return json_null();
    long_day(t, day, sizeof day);
    snprintf(text, sizeof text, "%s, %d:%02d UTC", day, minutes / 60, minutes % 60);
    return json_pack("{s:s, s:s}", "iso", ct_time_iso(t, iso), "long", text);
}

json_t *ct_view_on(int day)
{
    return day == CT_DAY_NONE ? json_null() : ct_view_date(ct_day_date(day));
}

json_t *ct_view_day_text(struct ct_sv day)
{
    int number;

    return ct_view_on(ct_day_parse(day, &number) ? number : CT_DAY_NONE);
}

void ct_view_add_noun(json_t *model, const char *key, size_t n, const char *one, const char *many)
{
    json_object_set_new(model, key, json_string(ct_plural(n, one, many)));
}

static const char *tone_of(enum ct_due_status status)
{
    switch (status) {
    case CT_DUE_COMPLETED:
        return "done";
    case CT_DUE_IN_PROGRESS:
    case CT_DUE_AWAITING:
        return "some";
    case CT_DUE_EXPIRING:
    case CT_DUE_UPDATE:
        return "soon";
    case CT_DUE_OVERDUE:
    case CT_DUE_EXPIRED:
        return "late";
    case CT_DUE_NOT_STARTED:
    case CT_DUE_EXEMPT:
    case CT_DUE_WITHDRAWN:
        break;
    }
    return "none";
}

json_t *ct_view_due(enum ct_due_status status)
{
    const char *word = ct_due_status_name(status);
    char title[CT_TIME_TEXT];

    snprintf(title, sizeof title, "%c%s", word[0] - 'a' + 'A', word + 1);
    return json_pack("{s:s, s:s, s:s}", "word", word, "title", title, "tone", tone_of(status));
}

void ct_view_add_status(json_t *model, enum ct_progress_status status)
{
    json_object_set_new(model, "is_not_started", json_boolean(status == CT_NOT_STARTED));
    json_object_set_new(model, "is_in_progress", json_boolean(status == CT_IN_PROGRESS));
    json_object_set_new(model, "is_completed", json_boolean(status == CT_COMPLETED));
}

json_t *ct_view_discipline(const struct ct_disciplines *d, struct ct_sv slug)
{
    int i = ct_discipline_find(d, slug);

    /* A record may name a discipline that the curriculum has dropped since: its last name does. */
    if (i < 0) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        return json_pack("{s:o, s:o, s:o, s:i}", "slug", ct_json_sv(slug), "name",
                         ct_json_sv(ct_discipline_called(&a, d, slug)), "plural", ct_json_sv(slug),
                         "mark", MARKS);
    }
    return json_pack("{s:o, s:o, s:o, s:i}", "slug", ct_json_sv(slug), "name",
                     ct_json_sv(d->items[i].name), "plural", ct_json_sv(d->items[i].plural), "mark",
                     1 + i % MARKS);
}

json_t *ct_view_disciplines(const struct ct_disciplines *d, ct_disc_set set)
{
    json_t *list = json_array();

    for (size_t i = 0; i < d->n; i++)
        if (set & ((ct_disc_set)1 << i))
            json_array_append_new(list, ct_view_discipline(d, d->items[i].slug));
    return list;
}

json_t *ct_view_revision(struct ct_sv revision)
{
    return ct_json_sv(ct_sv_sub(revision, 0, REVISION_SHOWN));
}
