/*
 * page_report_file.c: a report as a file to download or to read by program. The rows are the
 * page's; what stands in the file is written in learn.
 */
#include "core_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/report/report_file.h"
#include "ct/text/zone.h"

#include "ct/base/banned.h"

/* The end of the address says more than what a client would rather have. */
static bool format_of(const struct ct_request *rq, enum ct_report_format *ret)
{
    if (ct_sv_ends(rq->path, CT_SV(".json")))
        *ret = CT_REPORT_JSON;
    else if (ct_sv_ends(rq->path, CT_SV(".xlsx")))
        *ret = CT_REPORT_XLSX;
    else if (rq->wants_csv)
        *ret = CT_REPORT_CSV;
    else
        return false;
    return true;
}

bool ct_report_is_file(const struct ct_request *rq)
{
    enum ct_report_format format;

    return format_of(rq, &format);
}

enum {
    STREAMED_FROM = 2000, /* rows: fewer are one text, sent with its length in one write */
    /* Cells of a spreadsheet that take about a second, beside the counting: who is at a browser is
     * asked first whether to have them made in the background. Of text ten times as many do. */
    LONG_CELLS = 500 * 1000,
    TEXT_TIMES = 10
};

/* The document, to be written when its caller has returned. */
struct later {
    struct ct_arena *arena;
    struct ct_report_doc doc;
    enum ct_report_format format;
};

static int run_later(void *arg, struct ct_sink *out, struct ct_err *err)
{
    struct later *l = arg;

    return ct_report_stream(l->arena, &l->doc, l->format, out, NULL, err);
}

static void *copy(struct ct_arena *a, const void *items, size_t n, size_t size)
{
    void *kept = ct_arena_calloc(a, n ? n : 1, size);

    if (n)
        memcpy(kept, items, n * size);
    return kept;
}

/* What the caller may have on its stack is kept; rows and texts are in the arena. */
static struct ct_stream write_later(struct ct_request *rq, const struct ct_report_doc *doc,
                                    enum ct_report_format format)
{
    struct later *l = ct_arena_new(rq->arena, struct later);

    *l = (struct later){rq->arena, *doc, format};
    l->doc.choices = copy(rq->arena, doc->choices, doc->n_choices, sizeof *doc->choices);
    l->doc.columns = copy(rq->arena, doc->columns, doc->n_columns, sizeof *doc->columns);
    l->doc.words = copy(rq->arena, doc->words, doc->n_words, sizeof *doc->words);
    return (struct ct_stream){run_later, l};
}

static int write_now(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                     enum ct_report_format format, struct ct_err *err)
{
    if (rq->making)
        return ct_report_stream(rq->arena, doc, format, rq->making->out, rq->making->progress, err);
    return ct_report_write(rq->arena, doc, format, &rs->body, err);
}

/* A file that somebody at a browser would wait for without knowing how long. */
static bool takes_long(const struct ct_request *rq, const struct ct_report_doc *doc,
                       enum ct_report_format format)
{
    size_t most = rq->app->cfg.long_file ? rq->app->cfg.long_file : LONG_CELLS;

    most *= format == CT_REPORT_XLSX ? 1 : TEXT_TIMES;
    return doc->n_rows * doc->n_columns > most && !rq->making && !rq->is_program &&
           rq->app->files && (rq->route->needs & CT_MAY_WAIT) &&
           ct_sv_search(rq->accept, CT_SV("text/html")) != SIZE_MAX;
}

/* "1,234,567" */
static json_t *grouped(const struct ct_request *rq, size_t n)
{
    struct ct_sv digits = ct_arena_printf(rq->arena, "%zu", n);
    CT_AUTO_STR text = CT_STR_INIT(64);

    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            ct_str_add_char(&text, ',');
        ct_str_add_char(&text, digits.p[i]);
    }
    return ct_json_sv(ct_str_sv(&text));
}

static int offer(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                 enum ct_report_format format, struct ct_err *err)
{
    static const char *const names[] = {[CT_REPORT_CSV] = "CSV file",
                                        [CT_REPORT_JSON] = "JSON file",
                                        [CT_REPORT_XLSX] = "spreadsheet"};

    rq->wants_json = false; /* of the address, which ends so */
    return ct_page(rq, rs, "report-wait",
                   json_pack("{s:s, s:s, s:o, s:o, s:s}", "title", doc->title, "kind",
                             names[format], "rows", grouped(rq, doc->n_rows), "target",
                             ct_json_sv(rq->target), "action", "/reports/files"),
                   err);
}

/* The day of a report where its days begin; in UTC where these are several places. */
static const char *day_of(const struct ct_report_doc *doc, char *buf)
{
    struct ct_err none = CT_ERR_INIT;
    struct ct_zone *zone;

    if (ct_zone_open(doc->time_zone, &zone, &none) < 0)
        return ct_time_date(doc->as_of, buf);
    ct_day_text(ct_zone_day(zone, doc->as_of), buf);
    ct_zone_free(zone);
    return buf;
}

int ct_report_send(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                   struct ct_sv part, struct ct_err *err)
{
    enum ct_report_format format = CT_REPORT_CSV;
    char day[CT_TIME_TEXT];
    int r = CT_OK;

    format_of(rq, &format);
    if (takes_long(rq, doc, format))
        return offer(rq, rs, doc, format, err);
    if (doc->n_rows >= STREAMED_FROM && format != CT_REPORT_XLSX && !rq->making) {
        rs->stream = write_later(rq, doc, format);
    } else {
        /* Rows are made and let go of one by one, which an arena would all keep. */
        ct_json_use_arena(NULL);
        r = write_now(rq, rs, doc, format, err);
        ct_json_use_arena(rq->arena);
    }
    if (r < 0)
        return r;
    rs->content_type = ct_report_media_type(format);
    rs->disposition = ct_arena_printf(rq->arena, "attachment; filename=\"%s-%s%.*s.%s\"", doc->name,
                                      day_of(doc, day), CT_SV_ARG(part), ct_report_ending(format));
    return CT_OK;
}
