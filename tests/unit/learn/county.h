/*
 * county.h: Anna and Ben, who learn, with a course of two modules that is published anew while they
 * do: through files, the library and the parser, as in life.
 */
#ifndef CT_TEST_LEARN_COUNTY_H
#define CT_TEST_LEARN_COUNTY_H

#include "ct_content.h"
#include "ct_test.h"

#include "ct/learn/learner.h"
#include "ct/learn/library.h"

#define LAW_FILE   "core/01-law.md"
#define MOTEL_FILE "core/02-motel.md"

struct county {
    struct ct_content in;
    struct ct_store *store;
    struct ct_library *lib;
    struct ct_arena a;
};

static inline int county_people(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(
        db,
        "insert into person(id, email, email_key, name, discipline, roles, created_at) values"
        "(1, 'a@x.org', 'a@x.org', 'Anna', 'prosecutor', 1, 0),"
        "(2, 'b@x.org', 'b@x.org', 'Ben', 'prosecutor', 1, 0);"
        "insert into person_discipline select id, discipline, 0 from person",
        err);
}

static inline int county_open(void **state, const char *law, const char *motel)
{
    struct county *c = calloc(1, sizeof *c);
    struct ct_err err = CT_ERR_INIT;

    if (!c || ct_secret_init(NULL) < 0)
        return -1;
    ct_content_make(&c->in);
    ct_content_write(&c->in, "curriculum.md",
                     "---\ntitle: Bridges\ndisciplines:\n  - prosecutor (prosecutors)\n"
                     "  - caseworker (caseworkers)\npass: 80%\ncourses: [core]\n---\nWelcome.\n");
    ct_content_write(&c->in, "core/course.md",
                     "---\ntitle: The core\nsummary: Two modules.\nrequired-for: [prosecutor]\n"
                     "---\nBegin.\n");
    ct_content_write(&c->in, LAW_FILE, law);
    ct_content_write(&c->in, MOTEL_FILE, motel);
    c->store = ct_temp_store(&c->in.temp);
    CT_OK_("people", ct_store_write(c->store, county_people, NULL, &err), &err);
    CT_OK_("content", ct_library_open(c->store, &c->in.clock, c->in.dir, 1, &c->lib, &err), &err);
    *state = c;
    return 0;
}

static inline int county_close(void **state)
{
    struct county *c = *state;

    ct_library_close(c->lib);
    ct_store_close(c->store);
    ct_arena_release(&c->a);
    ct_content_remove(&c->in);
    free(c);
    return 0;
}

/* Puts another text in the place of a file. */
static inline void county_publish(struct county *c, const char *path, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    ct_content_write(&c->in, path, text);
    CT_OK_(path, ct_library_refresh(c->lib, &changed, &err), &err);
    assert_true(changed);
}

/* One request: a reader, and the catalogue of its moment. */
struct request {
    struct county *c;
    struct ct_reader reader;
    struct ct_desk d;
    const struct ct_course *course;
    const struct ct_module *law, *motel;
};

static inline void request_end(struct request *rq)
{
    ct_store_return(&rq->reader);
    ct_library_release(rq->c->lib, 0);
}
#define AUTO_REQUEST __attribute__((cleanup(request_end))) struct request

/* `law` and `motel` are NULL where the course does not have them any more. */
static inline struct request request_any(struct county *c, int64_t person, const char *discipline)
{
    struct request rq = {.c = c, .reader = ct_store_reader(c->store)};
    const struct ct_catalogue *cat = ct_library_hold(c->lib, 0);

    rq.d = (struct ct_desk){.store = c->store,
                            .db = rq.reader.db,
                            .cat = cat,
                            .clock = &c->in.clock,
                            .arena = &c->a,
                            .who = {person, ct_sv_c(discipline),
                                    ct_discipline_bit(&cat->disciplines, ct_sv_c(discipline))}};
    rq.course = ct_catalogue_course(cat, CT_SV("core"));
    assert_non_null(rq.course);
    rq.law = ct_course_module_by_id(rq.course, CT_SV("law"));
    rq.motel = ct_course_module_by_id(rq.course, CT_SV("motel"));
    return rq;
}

static inline struct request request_as(struct county *c, int64_t person, const char *discipline)
{
    struct request rq = request_any(c, person, discipline);

    assert_non_null(rq.law);
    assert_non_null(rq.motel);
    return rq;
}

/* Anna's. */
static inline struct request request(struct county *c)
{
    return request_as(c, 1, "prosecutor");
}

#endif
