/*
 * page_exit.c: where the quick exit leads, and the page that says what it cannot do.
 *
 * Our own neutral page is an ordinary calendar. Whoever looks at the screen, or at the history, is
 * to find nothing of the training in it, so it is none of the site's pages: no model of the site,
 * no cookie, no referrer for what is reached from it. It may be kept by the browser for an hour, so
 * that exit.js can fetch it ahead and it is there without a network.
 */
#include "pages_priv.h"

#include "ct/base/clock.h"

#include "ct/base/banned.h"

enum { DAY = 86400, WEEK = 7, THURSDAY = 4 /* 1970-01-01 */ };

static const struct {
    const char *brief, *full;
} weekdays[WEEK] = {
    {"Sun", "Sunday"},   {"Mon", "Monday"}, {"Tue", "Tuesday"},  {"Wed", "Wednesday"},
    {"Thu", "Thursday"}, {"Fri", "Friday"}, {"Sat", "Saturday"},
};

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

struct ct_sv ct_exit_href(const struct ct_catalogue *cat)
{
    return cat && cat->quick_exit.n ? cat->quick_exit : CT_SV("/calendar");
}

/* Of the first day of the month that a moment lies in; 0 is Sunday. */
static int first_weekday(int64_t now, int day)
{
    int64_t days = now / DAY - (now % DAY < 0) - (day - 1);

    return (int)(((days + THURSDAY) % WEEK + WEEK) % WEEK);
}

static json_t *weeks_of(int64_t now)
{
    struct ct_date d = ct_date_of(now);
    int day = 1 - first_weekday(now, d.day);
    json_t *weeks = json_array();

    while (ct_date_valid((struct ct_date){d.year, d.month, day < 1 ? 1 : day})) {
        json_t *days = json_array();
        for (int i = 0; i < WEEK; i++, day++) {
            bool is_day = ct_date_valid((struct ct_date){d.year, d.month, day});
            json_array_append_new(
                days, json_pack("{s:b, s:i}", "is_day", is_day, "day", is_day ? day : 0));
        }
        json_array_append_new(weeks, json_pack("{s:o}", "days", days));
    }
    return weeks;
}

static json_t *calendar_of(const struct ct_request *rq)
{
    int64_t now = ct_now(rq->app->cfg.clock);
    struct ct_date d = ct_date_of(now);
    json_t *names = json_array();

    for (int i = 0; i < WEEK; i++)
        json_array_append_new(
            names, json_pack("{s:s, s:s}", "short", weekdays[i].brief, "long", weekdays[i].full));
    return json_pack("{s:s, s:o, s:o, s:o}", "title", "Calendar", "month",
                     ct_json_sv(ct_arena_printf(rq->arena, "%s %d", months[d.month - 1], d.year)),
                     "weekdays", names, "weeks", weeks_of(now));
}

int ct_get_calendar(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    CT_AUTO_JSON *model = calendar_of(rq);
    int r;

    rs->n_cookies = 0;
    rs->hides_referrer = true;
    if (rq->wants_json) {
        rs->content_type = "application/json";
        ct_json_write(&rs->body, model);
        return CT_OK;
    }
    if ((r = ct_templates_render(rq->app->templates, "calendar", model, &rs->body, err)) < 0)
        return r;
    rs->borrowed = ct_str_sv(&rs->body); /* the same for everybody: it varies by nothing */
    rs->cache = "private, max-age=3600";
    return CT_OK;
}

int ct_get_leaving_safely(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return ct_page(rq, rs, "leaving-safely",
                   json_pack("{s:s, s:s}", "title", "Leaving this site safely", "lang", "en"), err);
}
