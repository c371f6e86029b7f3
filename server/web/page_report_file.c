/*
 * page_report_file.c: a report as a file to download or to read by program. The rows are the
 * page's; what stands in the file is written in learn.
 */
#include "pages_priv.h"

#include "ct/learn/report_file.h"

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

int ct_report_send(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                   struct ct_sv part, struct ct_err *err)
{
    enum ct_report_format format = CT_REPORT_CSV;
    char day[CT_TIME_TEXT];
    int r;

    format_of(rq, &format);
    /* Rows are made and let go of one by one, which an arena would all keep. */
    ct_json_use_arena(NULL);
    r = ct_report_write(rq->arena, doc, format, &rs->body, err);
    ct_json_use_arena(rq->arena);
    if (r < 0)
        return r;
    rs->content_type = ct_report_media_type(format);
    rs->disposition =
        ct_arena_printf(rq->arena, "attachment; filename=\"%s-%s%.*s.%s\"", doc->name,
                        ct_time_date(doc->as_of, day), CT_SV_ARG(part), ct_report_ending(format));
    return CT_OK;
}
