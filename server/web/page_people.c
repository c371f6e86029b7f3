/*
 * page_people.c: the list of people, with search and filters; adding one.
 */
#include "done_priv.h"
#include "filters_priv.h"
#include "form_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/people_list.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

enum { PER_PAGE = 100, PAGES_MAX = 100000, PATH_BYTES = 160 };

#define ROW(member) offsetof(struct ct_people_input, member)

const struct ct_field ct_people_query[] = {
    {"text", CT_FIELD_TEXT, ROW(text), false, 0, CT_EMAIL_MAX},
    {"discipline", CT_FIELD_SLUG, ROW(discipline), false, 0, 64},
    {"active", CT_FIELD_SLUG, ROW(active), false, 0, 16},
    {"agency", CT_FIELD_TEXT, ROW(agency), false, 0, PATH_BYTES},
    {"unit", CT_FIELD_TEXT, ROW(unit), false, 0, PATH_BYTES},
    {"task_force", CT_FIELD_TEXT, ROW(task_force), false, 0, PATH_BYTES},
    {"page", CT_FIELD_I64, ROW(page), false, 1, PAGES_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

#undef ROW
#define ROW(member) offsetof(struct ct_people_new_input, member)

const struct ct_field ct_people_new_form[] = {
    {"name", CT_FIELD_TEXT, ROW(name), true, 0, 1024},
    {"email", CT_FIELD_TEXT, ROW(email), true, 0, 1024},
    {"discipline", CT_FIELD_SLUG, ROW(discipline), false, 0, 64},
    {"role", CT_FIELD_SLUG, ROW(role), false, 0, 64},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct ct_sv ct_href_person(const struct ct_request *rq, int64_t id)
{
    return CT_URL(rq->arena, CT_SV("people"), ct_arena_printf(rq->arena, "%lld", (long long)id));
}

static const struct {
    const char *value;
    enum ct_people_active active;
} states[] = {
    {"yes", CT_PEOPLE_ACTIVE},
    {"no", CT_PEOPLE_INACTIVE},
    {"all", CT_PEOPLE_ALL},
};
enum { N_STATES = sizeof states / sizeof states[0] };

static int read_state(struct ct_sv text, enum ct_people_active *ret, struct ct_err *err)
{
    *ret = CT_PEOPLE_ACTIVE;
    if (text.n == 0)
        return CT_OK;
    for (size_t i = 0; i < N_STATES; i++)
        if (ct_sv_eq_c(text, states[i].value)) {
            *ret = states[i].active;
            return CT_OK;
        }
    return ct_fail(err, CT_BAD_INPUT, "active", "yes, no or all is wanted");
}

static json_t *row_of(const struct ct_request *rq, const struct ct_people_row *row)
{
    const struct ct_person *p = &row->person;

    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:o}", "href",
                     ct_json_sv(ct_href_person(rq, p->id)), "name", ct_json_sv(p->name), "email",
                     ct_json_sv(p->email), "discipline", ct_model_discipline(rq, p->discipline),
                     "agency", ct_view_text(row->agency), "unit", ct_view_text(row->unit),
                     "task_forces", ct_view_text(row->task_forces), "roles",
                     p->roles == CT_ROLE_LEARNER ? json_null()
                                                 : ct_json_sv(ct_roles_name(rq->arena, p->roles)),
                     "is_active", p->active, "has_password", p->has_password, "signed_in",
                     ct_view_day(p->signed_in_at));
}

/* The same list from another page on; null where there is none. */
static json_t *page_href(const struct ct_request *rq, const struct ct_people_input *in,
                         int64_t page, size_t total)
{
    const struct {
        const char *name;
        struct ct_sv value;
    } fields[] = {{"text", in->text},     {"discipline", in->discipline},
                  {"active", in->active}, {"agency", in->agency},
                  {"unit", in->unit},     {"task_force", in->task_force}};
    CT_AUTO_STR url = CT_STR_INIT(CT_URL_MAX);
    bool first = true;

    if (page < 1 || (size_t)(page - 1) * PER_PAGE >= total)
        return json_null();
    ct_str_add_c(&url, "/people");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (fields[i].value.n)
            ct_url_add_query(&url, &first, ct_sv_c(fields[i].name), fields[i].value);
    ct_url_add_query(&url, &first, CT_SV("page"),
                     ct_arena_printf(rq->arena, "%lld", (long long)page));
    return ct_json_sv(ct_str_sv(&url));
}

/* The form for somebody new; `problem` NULL: nothing was typed yet. */
static json_t *new_fields(const struct ct_request *rq, const struct ct_err *problem)
{
    static const struct ct_form_row rows[] = {
        {"new-name", "name", "Name", "text", CT_NAME_MAX, true, NULL},
        {"new-email", "email", "E-mail address", "email", CT_EMAIL_MAX, true, NULL},
        {"new-discipline", "discipline", "Discipline", NULL, 0, false, NULL},
        {"new-role", "role", "Role", NULL, 0, false, "learner"},
    };
    json_t *disciplines = json_pack("[{s:s, s:s}]", "value", "", "title", "None");
    json_t *roles =
        json_pack("[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}]", "value", "learner", "title",
                  "Learner", "value", "manager", "title", "Manager", "value", "trainer", "title",
                  "Trainer", "value", "administrator", "title", "Administrator");

    for (size_t i = 0; i < rq->cat->disciplines.n; i++)
        json_array_append_new(disciplines,
                              json_pack("{s:o, s:o}", "value",
                                        ct_json_sv(rq->cat->disciplines.items[i].slug), "title",
                                        ct_json_sv(rq->cat->disciplines.items[i].name)));
    return ct_form_fields(rq, rows, sizeof rows / sizeof rows[0], (json_t *[]){disciplines, roles},
                          problem);
}

/* `problem`: with somebody new who was typed in, or NULL. */
static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_people_input *in,
                const struct ct_err *problem, struct ct_err *err)
{
    int64_t page = in->page ? in->page : 1;
    struct ct_people_wish wish = {
        .text = in->text,
        .discipline = in->discipline,
        .where = {.agency = in->agency, .unit = in->unit, .task_force = in->task_force},
        .first = (size_t)(page - 1) * PER_PAGE,
        .max = PER_PAGE};
    struct ct_people_found found;
    json_t *list = json_array();
    int r;

    if ((r = read_state(in->active, &wish.active, err)) < 0 ||
        (r = ct_people_find(rq->desk.db, rq->arena, &wish, ct_now(rq->desk.clock), &found, err)) <
            0) {
        json_decref(list);
        return r;
    }
    for (size_t i = 0; i < found.n; i++)
        json_array_append_new(list, row_of(rq, &found.rows[i]));
    json_t *model = json_pack(
        "{s:s, s:{s:o}, s:i, s:b, s:i, s:i, s:o, s:o, s:o, s:b}", "title", "People", "new_form",
        "fields", new_fields(rq, problem), "total", (int)found.total, "has_people", found.n > 0,
        "first", (int)(found.n ? wish.first + 1 : 0), "last", (int)(wish.first + found.n), "people",
        list, "previous_href", page_href(rq, in, page - 1, found.total), "next_href",
        page_href(rq, in, page + 1, found.total), "is_filtered", rq->query.n > 0);
    ct_model_add_scope(rq, &found.scope, model);
    const struct ct_filter_facts facts = {.scope = &found.scope};
    if ((r = ct_model_add_fields(rq, &facts, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "people", model, err);
}

int ct_get_people(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return show(rq, rs, rq->input, NULL, err);
}

int ct_post_people_new(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_people_new_input *in = rq->input;
    struct ct_person p = {.email = in->email,
                          .name = in->name,
                          .discipline = in->discipline,
                          .roles = CT_ROLE_LEARNER};
    struct ct_err problem = CT_ERR_INIT;
    int64_t id;

    int r = CT_OK;

    if (in->discipline.n && ct_discipline_find(&rq->cat->disciplines, in->discipline) < 0)
        r = ct_fail(&problem, CT_BAD_INPUT, "discipline", "no such discipline");
    else if (in->role.n && !ct_roles_parse(in->role, &p.roles))
        r = ct_fail(&problem, CT_BAD_INPUT, "role", "no such role");
    else
        r = ct_person_add(rq->desk.store, rq->desk.clock, &p, &id, &problem);
    if (r == CT_OK)
        return ct_done(rq, rs, CT_DONE_PERSON, ct_href_person(rq, id));
    if (r != CT_BAD_INPUT && r != CT_CONFLICT)
        return ct_fail(err, problem.code, problem.what, "%s", problem.text);
    const struct ct_people_input all = {.page = 1};
    rs->status = 400;
    r = show(rq, rs, &all, &problem, err);
    return r < 0 ? r : ct_answered(&problem, err);
}
