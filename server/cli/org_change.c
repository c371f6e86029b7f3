/*
 * org_change.c: closing agencies, units and task forces, opening them again, and moving units, from
 * the machine that the site runs on. It says whom that hits before it is done.
 */
#include "org_priv.h"

#include "ct/learn/org_change.h"

#include "ct/base/banned.h"

enum { NAMES_SHOWN = 20 };

static int64_t today(void)
{
    return ct_now(&ct_clock_system);
}

/* An agency, or a unit by its path, of agencies and units; a task force of task forces. */
static int find_any(const struct ct_org_call *c, const char *path, const char *what, int64_t *ret,
                    struct ct_err *err)
{
    enum ct_org_kind kind = c->command->kind == CT_ORG_TASK_FORCE ? CT_ORG_TASK_FORCE
                            : strchr(path, '/')                   ? CT_ORG_UNIT
                                                                  : CT_ORG_AGENCY;
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_err why = CT_ERR_INIT;
    int r = ct_org_find_path(c, rd.db, kind, path, ret, &why);

    return r < 0 ? ct_fail(err, r, what, "there is no such %s", ct_org_kind_name(kind)) : r;
}

static int find_it(const struct ct_org_call *c, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);

    return ct_org_find_path(c, rd.db, c->command->kind, c->path, ret, err);
}

/* ---- saying whom it hits ---- */

static void say_people(const struct ct_org_outlook *o)
{
    int64_t last = 0;
    size_t shown = 0;

    /* By name: whoever is there twice follows on himself or herself. */
    for (size_t i = 0; i < o->n_members && shown < NAMES_SHOWN; i++) {
        if (o->members[i].who == last)
            continue;
        last = o->members[i].who;
        shown++;
        printf("  %.*s (%.*s)\n", CT_SV_ARG(o->members[i].name), CT_SV_ARG(o->members[i].email));
    }
    if (o->n_people > shown)
        printf("  and %zu more\n", o->n_people - shown);
}

static void say_count(size_t n, const char *one, const char *many)
{
    printf("%zu %s", n, n == 1 ? one : many);
}

static void say_with(const struct ct_org_outlook *o)
{
    for (size_t i = 0; i < o->n_with; i++)
        printf("%s%.*s", i ? ", " : "", CT_SV_ARG(o->with[i]->path));
}

static void say_closing(const struct ct_org_call *c, const struct ct_org_outlook *o)
{
    printf("From %.*s on closed: ", CT_SV_ARG(o->day));
    say_with(o);
    puts(".");
    say_count(o->n_people, "person belongs", "people belong");
    printf(" to it then or later; from then on %s%s%s\n", c->people_to ? "they are in " : "to none",
           c->people_to ? c->people_to : "", o->n_people ? ":" : ".");
    say_people(o);
    if (o->n_leads) {
        say_count(o->n_leads, "lead ends", "leads end");
        puts(".");
    }
    if (o->n_sharings) {
        say_count(o->n_sharings, "agreement", "agreements");
        puts(" to share names ends.");
    }
    for (size_t i = 0; i < o->n_asked; i++) {
        const struct ct_org_asked *one = &o->asked[i];
        bool moves = c->requirements && strcmp(c->requirements, "move") == 0;
        printf("Requirement %.*s: %s\n", CT_SV_ARG(one->requirement->slug),
               !c->requirements   ? "asks them; say --requirements end, or move"
               : moves            ? "asks those of the other place from then on"
               : one->asks_others ? "goes on without it"
                                  : "ends");
    }
}

static void say_moving(const struct ct_org_call *c, const struct ct_org_outlook *o)
{
    printf("From %.*s on below %s: ", CT_SV_ARG(o->day), c->below);
    say_with(o);
    puts(".");
    say_count(o->n_people, "person belongs", "people belong");
    puts(" to it.");
    for (size_t i = 0; i < o->n_leads; i++)
        printf("%.*s (%.*s) %s\n", CT_SV_ARG(o->leads[i].name), CT_SV_ARG(o->leads[i].email),
               o->lead_begins[i] ? "comes to see them." : "sees them no more.");
    for (size_t i = 0; i < o->n_asked; i++)
        printf("Requirement %.*s %s\n", CT_SV_ARG(o->asked[i].requirement->slug),
               o->asked[i].begins ? "comes to ask them." : "asks them no more.");
}

static void say_undoing(const struct ct_org_outlook *o)
{
    printf("The closing on %.*s is undone: ", CT_SV_ARG(o->day));
    say_with(o);
    puts(".");
    say_count(o->n_people, "person comes", "people come");
    printf(" back from that day on%s\n", o->n_people ? ":" : ".");
    say_people(o);
    if (o->n_leads) {
        say_count(o->n_leads, "lead holds", "leads hold");
        puts(" again.");
    }
    if (o->n_sharings) {
        say_count(o->n_sharings, "agreement", "agreements");
        printf(" to share names %s again.\n", o->n_sharings == 1 ? "holds" : "hold");
    }
    for (size_t i = 0; i < o->n_stays; i++) {
        const struct ct_org *place = ct_org_by_id(o->orgs, o->n_orgs, o->stays[i].org);
        printf("%.*s (%.*s) was put elsewhere meanwhile (%.*s), and stays as recorded.\n",
               CT_SV_ARG(o->stays[i].name), CT_SV_ARG(o->stays[i].email), CT_SV_ARG(place->path));
    }
    for (size_t i = 0; i < o->n_asked; i++)
        printf("Requirement %.*s stays as the closing left it.\n",
               CT_SV_ARG(o->asked[i].requirement->slug));
}

/* ---- doing it ---- */

static int read_asking(const struct ct_org_call *c, enum ct_org_asking *ret, struct ct_err *err)
{
    *ret = CT_ORG_ASKING_UNSAID;
    if (!c->requirements)
        return CT_OK;
    if (strcmp(c->requirements, "end") == 0)
        *ret = CT_ORG_ASKING_ENDS;
    else if (strcmp(c->requirements, "move") == 0)
        *ret = CT_ORG_ASKING_MOVES;
    else
        return ct_fail(err, CT_BAD_INPUT, "requirements", "they end or move, not '%s'",
                       c->requirements);
    return CT_OK;
}

int ct_org_cli_close(const struct ct_org_call *c, struct ct_err *err)
{
    struct ct_org_closing k = {.on = ct_sv_c(c->on), .note = ct_sv_c(c->note)};
    struct ct_org_outlook o;
    int r;

    if ((r = read_asking(c, &k.asking, err)) < 0 || (r = find_it(c, &k.org, err)) < 0 ||
        (c->people_to && (r = find_any(c, c->people_to, "to", &k.to, err)) < 0))
        return r;
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        r = ct_org_close_outlook(rd.db, c->arena, &k, today(), &o, err);
    }
    if (r < 0)
        return r;
    say_closing(c, &o);
    k.seen_people = (int64_t)o.n_people;
    k.seen_asked = (int64_t)o.n_asked;
    return c->dry_run ? CT_OK : ct_org_close(c->store, &ct_clock_system, &k, err);
}

int ct_org_cli_reopen(const struct ct_org_call *c, struct ct_err *err)
{
    char day[CT_TIME_TEXT];
    struct ct_err why = CT_ERR_INIT;
    struct ct_org_undoing u = {.on = ct_sv_c(c->on)};
    struct ct_org_outlook o;
    int r = find_it(c, &u.org, err);

    if (r < 0)
        return r;
    if (!u.on.n && !c->undo)
        u.on = ct_sv_c(ct_time_date(today(), day));
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        r = ct_org_undo_outlook(rd.db, c->arena, u.org, u.on, today(), &o, &why);
    }
    if (r < 0 && (c->undo || r != CT_BAD_INPUT))
        return ct_fail(err, r, why.what, "%s", why.text);
    if (r == CT_OK) {
        say_undoing(&o);
        u.seen_people = (int64_t)o.n_people;
        return c->dry_run ? CT_OK : ct_org_undo(c->store, &ct_clock_system, &u, err);
    }
    printf("Open again from %.*s on; nobody comes back by it.\n", CT_SV_ARG(u.on));
    return c->dry_run ? CT_OK
                      : ct_org_reopen(c->store, &ct_clock_system, u.org, ct_sv_c(c->on), 0, err);
}

int ct_org_cli_move(const struct ct_org_call *c, struct ct_err *err)
{
    int64_t org = 0, below = 0;
    struct ct_org_outlook o;
    int r = find_it(c, &org, err);

    if (r < 0)
        return r;
    if (!c->below)
        return ct_fail(err, CT_BAD_INPUT, "below",
                       "say below which unit, or name the agency for directly below that");
    if (strchr(c->below, '/') && (r = find_any(c, c->below, "below", &below, err)) < 0)
        return r;
    if (!below && !ct_sv_starts(ct_sv_c(c->path), ct_arena_printf(c->arena, "%s/", c->below)))
        return ct_fail(err, CT_BAD_INPUT, "below", "a unit stays in its agency");
    {
        CT_AUTO_READER rd = ct_store_reader(c->store);
        r = ct_org_move_outlook(rd.db, c->arena, org, below, ct_sv_c(c->on), today(), &o, err);
    }
    if (r < 0)
        return r;
    say_moving(c, &o);
    return c->dry_run
               ? CT_OK
               : ct_org_move(c->store, &ct_clock_system, org, below, ct_sv_c(c->on), 0, NULL, err);
}
