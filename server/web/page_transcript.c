/*
 * page_transcript.c: one person's record to print for a personnel file, or as a file: one's own, or
 * that of somebody whom the reader sees by name. Who that is is decided in learn (org.h).
 */
#include "assignments_priv.h"
#include "certificate_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "requirements_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/credit.h"
#include "ct/learn/curriculum.h"
#include "ct/report/report.h"
#include "ct/report/transcript_section.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { DAY_LENGTH = 64, PAPER_LENGTH = 16 };

const struct ct_field ct_transcript_query[] = {
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_transcript_input, as_of), false, 0, DAY_LENGTH},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_transcript_pdf_query[] = {
    {"as_of", CT_FIELD_TEXT, offsetof(struct ct_transcript_input, as_of), false, 0, DAY_LENGTH},
    {"paper", CT_FIELD_TEXT, offsetof(struct ct_transcript_input, paper), false, 0, PAPER_LENGTH},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

/* ---- cells: text, and beside it a sub-line, a link, a status, each or null; label: its column
 * ---- */

static json_t *cell_text(struct ct_sv text, bool is_num)
{
    return json_pack("{s:o, s:n, s:n, s:n, s:b}", "text", ct_view_text(text), "sub", "href", "due",
                     "is_num", is_num);
}

static struct ct_sv day_of(const struct ct_request *rq, int day)
{
    json_t *date = ct_view_on(day);
    struct ct_sv text =
        json_is_object(date) ? ct_arena_dup(rq->arena, ct_json_get_sv(date, "long")) : CT_SV_NULL;

    json_decref(date);
    return text;
}

static json_t *status_cell(const struct ct_request *rq, const struct ct_transcript_line *l)
{
    json_t *cell = cell_text(l->has_status ? CT_SV_NULL : l->status, false);

    if (l->has_status)
        json_object_set_new(cell, "due", ct_view_due(l->due));
    if (l->expires != CT_DAY_NONE && l->due != CT_DUE_EXPIRED)
        json_object_set_new(cell, "sub",
                            ct_json_sv(ct_arena_printf(rq->arena, "Good through %.*s",
                                                       CT_SV_ARG(day_of(rq, l->expires)))));
    else if (l->kind == CT_TRANSCRIPT_REQUIREMENT)
        json_object_set_new(cell, "sub", ct_view_text(l->note));
    return cell;
}

static json_t *certificate_cell(const struct ct_request *rq, const struct ct_transcript_line *l)
{
    json_t *cell = cell_text(
        l->certificate.n ? ct_certificate_dashed(rq->arena, l->certificate) : CT_SV_NULL, false);

    json_object_set_new(cell, "sub", ct_view_text(l->worth));
    if (l->certificate.n)
        json_object_set_new(cell, "href",
                            ct_json_sv(ct_certificate_href(rq, l->certificate, CT_SV(""))));
    return cell;
}

static json_t *text_cell(const struct ct_request *rq, const struct ct_transcript_line *l)
{
    json_t *cell =
        cell_text(l->version.n ? ct_arena_printf(rq->arena, "Version %.*s", CT_SV_ARG(l->version))
                               : CT_SV_NULL,
                  false);

    json_object_set_new(cell, "sub",
                        ct_view_text(ct_sv_sub(l->hash, 0, CT_TRANSCRIPT_HASH_DIGITS)));
    return cell;
}

static json_t *cell_of(const struct ct_request *rq, const struct ct_transcript_line *l,
                       enum ct_transcript_cell c)
{
    switch (c) {
    case CT_TRANSCRIPT_CELL_WHAT:
        return cell_text(l->what, false);
    case CT_TRANSCRIPT_CELL_ON:
        return cell_text(day_of(rq, l->on), false);
    case CT_TRANSCRIPT_CELL_UNTIL:
        return cell_text(day_of(rq, l->until), false);
    case CT_TRANSCRIPT_CELL_COMPLETED:
        return cell_text(day_of(rq, l->completed), false);
    case CT_TRANSCRIPT_CELL_AS:
        return cell_text(ct_transcript_discipline(rq->arena, rq->cat, l->discipline), false);
    case CT_TRANSCRIPT_CELL_SCORE:
        return cell_text(l->score < 0 ? CT_SV_NULL : ct_arena_printf(rq->arena, "%d %%", l->score),
                         true);
    case CT_TRANSCRIPT_CELL_HOURS:
        return cell_text(l->hundredths < 0 ? CT_SV_NULL : ct_credit_hours(rq->arena, l->hundredths),
                         true);
    case CT_TRANSCRIPT_CELL_YEAR:
        return cell_text(ct_arena_printf(rq->arena, "%d", l->year), true);
    case CT_TRANSCRIPT_CELL_TEXT:
        return text_cell(rq, l);
    case CT_TRANSCRIPT_CELL_CERTIFICATE:
        return certificate_cell(rq, l);
    case CT_TRANSCRIPT_CELL_STATUS:
        return status_cell(rq, l);
    case CT_TRANSCRIPT_CELL_EVIDENCE:
        return cell_text(l->evidence, false);
    case CT_TRANSCRIPT_CELL_APPROVED:
        return cell_text(l->approved_by, false);
    case CT_TRANSCRIPT_CELL_NOTE:
        return cell_text(l->note, false);
    case CT_TRANSCRIPT_CELL_NONE:
        break;
    }
    return json_null();
}

/* ---- sections ---- */

static json_t *row_of(const struct ct_request *rq, const struct ct_transcript_section *s,
                      const struct ct_transcript_line *l)
{
    json_t *cells = json_array();

    for (size_t i = 1; i < CT_TRANSCRIPT_CELLS_MAX && s->columns[i].cell; i++) {
        json_t *cell = cell_of(rq, l, s->columns[i].cell);
        json_object_set_new(cell, "label", json_string(s->columns[i].head));
        json_array_append_new(cells, cell);
    }
    return json_pack("{s:o, s:o}", "head", ct_json_sv(l->what), "cells", cells);
}

static json_t *heads_of(const struct ct_transcript_section *s)
{
    json_t *heads = json_array();

    for (size_t i = 0; i < CT_TRANSCRIPT_CELLS_MAX && s->columns[i].cell; i++)
        json_array_append_new(heads, json_pack("{s:s, s:b}", "head", s->columns[i].head, "is_num",
                                               ct_transcript_is_number(s->columns[i].cell)));
    return heads;
}

static json_t *sums_of(const struct ct_request *rq, const struct ct_transcript *t)
{
    json_t *list = json_array();
    struct ct_sv *sums;
    size_t n = ct_transcript_sums(rq->arena, t, &sums);

    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, ct_json_sv(sums[i]));
    return list;
}

static json_t *sections_of(const struct ct_request *rq, const struct ct_transcript *t)
{
    json_t *list = json_array();

    for (int kind = 0; kind < CT_TRANSCRIPT_KINDS; kind++) {
        json_t *rows = json_array();
        bool is_credit = kind == CT_TRANSCRIPT_CREDIT;
        json_t *sums = is_credit ? sums_of(rq, t) : json_array();
        for (size_t i = 0; i < t->n; i++)
            if ((int)t->lines[i].kind == kind)
                json_array_append_new(rows,
                                      row_of(rq, &ct_transcript_sections[kind], &t->lines[i]));
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:o, s:o, s:b, s:o}", "id",
                                              ct_transcript_sections[kind].id, "title",
                                              ct_transcript_sections[kind].title, "has_rows",
                                              json_array_size(rows) > 0, "heads",
                                              heads_of(&ct_transcript_sections[kind]), "rows", rows,
                                              "has_sums", json_array_size(sums) > 0, "sums", sums));
    }
    return list;
}

static json_t *facts_of(const struct ct_request *rq, const struct ct_assignee *w)
{
    struct ct_transcript_fact facts[CT_TRANSCRIPT_FACTS_MAX];
    size_t n = ct_transcript_facts(rq->arena, rq->cat, w, facts);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:o}", "label", facts[i].label, "value",
                      ct_json_sv(facts[i].text.n ? facts[i].text : day_of(rq, facts[i].day))));
    return list;
}

static struct ct_sv site_of(const struct ct_request *rq)
{
    struct ct_sv title = rq->cat->title;

    return ct_sv_sub(title, 0, ct_sv_search(title, CT_SV(": ")));
}

/* The same at another ending; without one the address of the form. */
static json_t *href_of(const struct ct_request *rq, const struct ct_transcript *t, bool is_own,
                       const char *ending)
{
    const struct ct_transcript_input *in = rq->input;
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    if (is_own)
        ct_str_addf(&url, "/me/transcript%s", ending);
    else
        ct_str_addf(&url, "/people/%lld/transcript%s", (long long)t->who.id, ending);
    if (in->as_of.n && *ending)
        ct_url_add_query(&url, &first, CT_SV("as_of"), in->as_of);
    return ct_json_sv(ct_arena_dup(rq->arena, ct_str_sv(&url)));
}

struct ct_sv ct_href_transcript(const struct ct_request *rq, int64_t person, struct ct_sv as_of)
{
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    ct_str_addf(&url, "/people/%lld/transcript", (long long)person);
    if (as_of.n)
        ct_url_add_query(&url, &first, CT_SV("as_of"), as_of);
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

/* All that is asked of the person, past periods too, of the same day. */
static json_t *assignments_href(const struct ct_request *rq, int64_t person)
{
    const struct ct_transcript_input *in = rq->input;
    struct ct_assignment_query q = {.text = {CT_SV_NULL}};

    q.text[CT_ASK_PERSON] = ct_arena_printf(rq->arena, "%lld", (long long)person);
    q.text[CT_ASK_CURRENT] = CT_SV("no");
    q.text[CT_ASK_INACTIVE] = CT_SV("yes");
    q.text[CT_ASK_AS_OF] = in->as_of;
    return ct_json_sv(ct_assignments_href(rq, "/reports/assignments", &q, 1));
}

/* Where a manager goes on to: only to what is open to the reader. */
static int add_ways(struct ct_request *rq, int64_t person, bool is_own, json_t *model,
                    struct ct_err *err)
{
    bool is_admin = rq->session && (rq->session->roles & CT_ROLE_ADMIN) != 0;
    struct ct_asker asker;
    bool names = false;
    int r = CT_OK;

    if (!is_own && (r = ct_requirement_asker(rq, &asker, err)) == CT_OK)
        names = ct_asker_names(&asker, person);
    json_object_set_new(model, "has_ways", json_boolean(!is_own));
    json_object_set_new(model, "assignments_href",
                        is_own ? json_null() : assignments_href(rq, person));
    json_object_set_new(model, "record_href",
                        names ? ct_json_sv(ct_href_requirement_person(rq, CT_SV("-"), person))
                              : json_null());
    json_object_set_new(model, "person_href",
                        !is_own && is_admin ? ct_json_sv(ct_href_person(rq, person)) : json_null());
    return r;
}

static int send_page(struct ct_request *rq, struct ct_response *rs, const struct ct_transcript *t,
                     const struct ct_report_moment *at, bool is_own, struct ct_err *err)
{
    json_t *model = json_pack(
        "{s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "title",
        ct_json_sv(
            ct_arena_printf(rq->arena, "Transcript: %.*s", CT_SV_ARG(t->who.certificate_name))),
        "name", ct_json_sv(t->who.certificate_name), "is_own", is_own, "site_name",
        ct_json_sv(site_of(rq)), "facts", facts_of(rq, &t->who), "sections", sections_of(rq, t),
        "here_href", href_of(rq, t, is_own, ""), "csv_href", href_of(rq, t, is_own, ".csv"),
        "json_href", href_of(rq, t, is_own, ".json"), "xlsx_href", href_of(rq, t, is_own, ".xlsx"),
        "pdf_href", href_of(rq, t, is_own, ".pdf"));

    ct_model_add_moment(rq, at, model);
    json_object_set_new(model, "time_zone", ct_json_sv(t->time_zone));
    json_object_set_new(model, "is_shared", json_boolean(t->who.by_task_force));
    json_object_set_new(model, "times", ct_view_text(ct_transcript_times(t)));
    int r = ct_model_add_fields(rq, &(struct ct_filter_facts){.scope = NULL}, model, err);
    if (r == CT_OK)
        r = ct_model_add_before(rq, at->as_of, model, err);
    if (r == CT_OK)
        r = add_ways(rq, t->who.id, is_own, model, err);
    if (r < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "transcript", model, err);
}

static int send_pdf(struct ct_request *rq, struct ct_response *rs, const struct ct_transcript *t,
                    struct ct_err *err)
{
    const struct ct_transcript_input *in = rq->input;
    enum ct_pdf_paper paper = CT_PDF_LETTER;
    int r;

    if (in->paper.n && !ct_pdf_paper_parse(in->paper, &paper))
        return ct_fail(err, CT_BAD_INPUT, "paper", "letter or a4");
    r = ct_transcript_pdf(rq->arena, rq->cat, t, site_of(rq), paper, &rs->body, err);
    if (r < 0)
        return r;
    rs->content_type = "application/pdf";
    rs->disposition =
        ct_arena_printf(rq->arena, "attachment; filename=\"transcript-%.*s-%lld.pdf\"",
                        CT_SV_ARG(t->day_text), (long long)t->who.id);
    return CT_OK;
}

static int send(struct ct_request *rq, struct ct_response *rs, int64_t person,
                const struct ct_report_moment *at, bool by_task_force, bool is_own,
                struct ct_err *err)
{
    struct ct_transcript t;
    struct ct_report_doc doc;
    int r = ct_curriculum_as_of(rq->desk.db, rq->arena, rq->cat, at->as_of, &rq->cat, err);

    if (r < 0 || (r = ct_transcript(rq->desk.db, rq->arena, rq->cat, person, at, by_task_force, &t,
                                    err)) < 0)
        return r;
    if (ct_sv_ends(rq->path, CT_SV(".pdf")))
        return send_pdf(rq, rs, &t, err);
    if (!ct_report_is_file(rq))
        return send_page(rq, rs, &t, at, is_own, err);
    ct_transcript_doc(rq->arena, &t, site_of(rq), &doc);
    return ct_report_send(rq, rs, &doc, ct_arena_printf(rq->arena, "-%lld", (long long)person),
                          err);
}

int ct_get_my_transcript(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_transcript_input *in = rq->input;
    struct ct_report_moment at;
    int r = ct_transcript_moment(rq->desk.db, rq->arena, rq->desk.clock, rq->desk.who.person,
                                 in->as_of, &at, err);

    return r < 0 ? r : send(rq, rs, rq->desk.who.person, &at, false, true, err);
}

/* Somebody whom the reader does not see by name is not there. */
static int not_there(struct ct_err *err)
{
    return ct_fail(err, CT_NOT_FOUND, "person", "there is nobody of this number whom you may see");
}

int ct_get_transcript(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_transcript_input *in = rq->input;
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (rq->session->roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    struct ct_err gone = CT_ERR_INIT;
    const struct ct_scope_person *place;
    struct ct_report_moment at;
    struct ct_scope scope;
    int64_t person;
    int r;

    if (ct_param_id(rq->params[0], &person, &gone) < 0)
        return not_there(err);
    if ((r = ct_transcript_moment(rq->desk.db, rq->arena, rq->desk.clock, person, in->as_of, &at,
                                  err)) < 0)
        return r;
    struct ct_scope_wish wish = {.day = at.day_text};
    if ((r = ct_org_scope(rq->desk.db, rq->arena, &viewer, &wish, at.as_of, &scope, err)) < 0)
        return r;
    place = ct_scope_find(&scope, person);
    if (scope.is_limited && (!place || place->is_counted))
        return not_there(err);
    r = send(rq, rs, person, &at, place && place->by_task_force, false, &gone);
    if (r == CT_NOT_FOUND)
        return not_there(err);
    return r < 0 ? ct_fail(err, gone.code, gone.what, "%s", gone.text) : r;
}
