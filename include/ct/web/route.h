/*
 * ct/web/route.h: the table of all addresses, and what has to be true before a handler runs.
 *
 * The dispatcher answers 400, 401 (a redirect to /sign-in for pages), 403, 404, 405, 413 and 415 by
 * itself, so a handler holds no check of rights, token, method or size. A handler is four steps:
 * typed input, one call into learn or course, a view model, return.
 */
#ifndef CT_WEB_ROUTE_H
#define CT_WEB_ROUTE_H

#include "ct/text/multipart.h"
#include "ct/web/http.h"

enum ct_needs { /* bits */
                CT_NEEDS_NOTHING = 0,
                CT_NEEDS_LEARNER = 1, /* signed in */
                CT_NEEDS_MANAGER = 2, /* the manager's or administrator's role */
                CT_NEEDS_TRAINER = 4,
                CT_NEEDS_ADMIN = 8,
                CT_NEEDS_CSRF =
                    16, /* a current form token, in field "csrf" or header X-CSRF-Token */
                CT_NEEDS_DB =
                    32, /* a reader is borrowed for the handler (implied by LEARNER and above) */
                CT_NEEDS_ALONE = 64, /* waits until no other request to such a route is at work:
                                        for what takes seconds, or cannot be done twice at once */
                CT_MAY_WAIT = 256, /* no need: it can be asked for as a file that is made behind the
                                      reply (files.h) */
                CT_EXPLAINS = 512, /* no need: what is wrong with a filter, or not the reader's to
                                      see, is said on a page of its own (page_refused.c); of a
                                      file as a problem body, to who does not ask for HTML */
                CT_LEAVES = 128 /* no need: a quick exit. Whatever fails, also a need, is answered
                                   by the neutral page; the log has the failure */
};

/* Beside a session, a token with one of these scopes (ct/learn/token.h) opens the route, if its
 * person has the rights that the route needs. Only for GET: a token never writes. */
enum { CT_TAKES_SHIFT = 16 };
#define CT_TAKES(scopes) ((unsigned)(scopes) << CT_TAKES_SHIFT)

/* One input of a route: a form field (POST) or a query field (GET), parsed and checked once. Names
 * in `params` order come from the path by themselves. Fields that no row names are refused with
 * 400, naming them; "csrf" is the dispatcher's own. A row whose name ends in "." takes every field
 * that begins with it into a struct ct_form. */
enum ct_field_type {
    CT_FIELD_TEXT, /* struct ct_sv; at most `max` bytes; blanks at the ends kept */
    CT_FIELD_SLUG, /* struct ct_sv; ct_url_is_slug */
    CT_FIELD_I64,  /* int64_t; within min..max */
    CT_FIELD_FLAG, /* bool: "1", "on", "yes" */
    CT_FIELD_FORM, /* struct ct_form: all fields whose name begins with `name` */
    CT_FIELD_LIST, /* struct ct_form: the field, which may be given several times, at most `max`
                      bytes each */
    CT_FIELD_FILE  /* struct ct_part: a file of at most `max` bytes. A route with such a row is the
                      only kind that takes multipart/form-data; `required`: not an empty one */
};

struct ct_field {
    const char *name; /* NULL ends the rows */
    enum ct_field_type type;
    size_t offset; /* into the input struct */
    bool required;
    int64_t min, max;
};

/* CT_OK when the response is made. A handler that made a page out of a failure also returns CT_OK,
 * with the failure in *err, where only the log finds it; any other failure becomes an answer. */
typedef int ct_handler(struct ct_request *rq, struct ct_response *rs, struct ct_err *err);

struct ct_route {
    unsigned method;  /* CT_GET or CT_POST */
    const char *path; /* "/courses/:course/:module"; ":name*" at the end takes the rest */
    unsigned needs;
    const struct ct_field *input; /* NULL: takes no fields */
    size_t input_size;
    ct_handler *run;
    size_t body_max; /* bytes; 0: CT_FORM_MAX. What is over CT_JSON_MAX is read only from who has
                        the rights that the route needs */
};

extern const struct ct_route ct_routes[];
extern const size_t ct_n_routes;

/* Of `crosstrain preview`: nothing in it needs rights or writes anything. */
extern const struct ct_route ct_preview_routes[];
extern const size_t ct_n_preview_routes;

/* Finds the route of a method and path; params are decoded into the arena. CT_OK; CT_NOT_FOUND;
 * CT_DENIED when the path exists for other methods (*ret_allow is then "GET, HEAD" or the like);
 * CT_BAD_INPUT for a broken escape. A literal part goes before a parameter. */
int ct_route_find(const struct ct_route *routes, size_t n, struct ct_arena *a, enum ct_method verb,
                  struct ct_sv path, const struct ct_route **ret, struct ct_sv *params,
                  struct ct_sv *ret_allow, struct ct_err *err);

/* Parses fields into the input struct (zeroed, in the arena). CT_OK; CT_BAD_INPUT naming the field.
 */
int ct_input_parse(struct ct_arena *a, const struct ct_field *fields, size_t size,
                   const struct ct_form *form, void **ret, struct ct_err *err);

/* Puts files into an input struct that ct_input_parse made. CT_OK; CT_BAD_INPUT, CT_TOO_BIG naming
 * the field. */
int ct_input_files(const struct ct_field *fields, const struct ct_part *files, size_t n,
                   void *input, struct ct_err *err);

/* Whether a route takes files. */
bool ct_route_takes_files(const struct ct_route *route);

#endif
