/*
 * The catalogue of a folder: order, what is left out, last good sources, symbolic links.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "ct/base/banned.h"

struct kept { /* last good sources: path, text, ended by a NULL */
    const char *path, *text;
};

static struct ct_sv last_good(void *arg, struct ct_arena *a, struct ct_sv path)
{
    for (const struct kept *k = arg; k->path; k++) {
        if (ct_sv_eq_c(path, k->path))
            return ct_arena_dup(a, ct_sv_c(k->text));
    }
    return CT_SV_NULL;
}

/* Loads; the codes of all problems with files: "E42 first/02-start.md:5". */
static struct ct_catalogue *load(struct temp_dir *t, struct kept *kept)
{
    struct ct_loader l = {.dir = t->path, .last_good = kept ? last_good : NULL, .arg = kept};
    struct ct_catalogue *cat = NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("load", ct_catalogue_load(&l, &cat, &err), &err);
    return cat;
}

static struct ct_sv codes_of(struct ct_catalogue *cat)
{
    struct ct_sv out = CT_SV("");
    for (size_t i = 0; i < cat->problems.n; i++) {
        const struct ct_problem *p = &cat->problems.items[i];
        out = ct_arena_printf(&cat->arena, "%.*s%s%s %.*s:%d", CT_SV_ARG(out), i ? ", " : "",
                              p->code, CT_SV_ARG(p->file), p->line);
    }
    return out;
}

static void a_folder_becomes_a_catalogue(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    struct ct_catalogue *cat = load(&t, NULL);
    CT_EQ_SV("problems", codes_of(cat), CT_SV(""));
    CT_EQ_SV("title", cat->title, CT_SV("C"));
    CT_EQ_I64("disciplines", cat->disciplines.n, 2);
    CT_EQ_I64("pass", cat->pass, 70);
    CT_EQ_SV("front page", cat->front[0].html,
             CT_SV("<p>Welcome to <a href=\"/courses/first\">one</a>.</p>\n"));
    CT_EQ_I64("courses", cat->n_courses, 2);
    CT_EQ_SV("in the order of the list", cat->courses[0].slug, CT_SV("second"));
    const struct ct_course *c = ct_catalogue_course(cat, CT_SV("first"));
    assert_non_null(c);
    CT_EQ_SV("title of the course", c->title, CT_SV("A course"));
    CT_EQ_I64("required for", c->required_for, 1);
    CT_EQ_I64("recommended for", c->recommended_for, 0);
    CT_EQ_I64("the curriculum's mark", c->pass, 70);
    CT_EQ_SV("introduction", c->intro_html, CT_SV("<p>Introduction.</p>\n"));
    CT_EQ_I64("modules", c->n_modules, 2);
    CT_EQ_SV("by number", c->modules[0]->slug, CT_SV("start"));
    CT_EQ_SV("path", c->modules[0]->path, CT_SV("first/02-start.md"));
    assert_ptr_equal(ct_course_module(c, CT_SV("last")), c->modules[1]);
    assert_ptr_equal(ct_course_module_by_id(c, CT_SV("last")), c->modules[1]);
    assert_null(ct_course_module(c, CT_SV("nothing")));
    assert_null(ct_catalogue_course(cat, CT_SV("nothing")));
    CT_EQ_I64("mark of a module", ct_course_pass_mark(c, c->modules[0]), 70);
    ct_catalogue_free(cat);
    ct_catalogue_free(NULL);
    temp_remove(&t);
}

static void it_tells_the_files_it_was_read_from(void **state)
{
    static const struct {
        const char *path;
        bool has;
    } cases[] = {{"curriculum.md", true},       {"glossary.md", false},
                 {"first/course.md", true},     {"first/02-start.md", true},
                 {"first/03-broken.md", false}, {"third/course.md", false}};
    struct temp_dir t;
    temp_content(&t);
    temp_write(&t, "first/03-broken.md", BROKEN);
    struct ct_catalogue *cat = load(&t, NULL);

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->path, ct_catalogue_has_file(cat, ct_sv_c(c->path)), c->has);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void what_is_wrong_is_said_and_left_out(void **state)
{
    static const struct {
        const char *name, *path, *text, *codes;
        size_t n_courses, n_modules; /* of the first course */
    } cases[] = {
        {"a broken module", "first/02-start.md", BROKEN, "E42 first/02-start.md:5", 2, 1},
        {"a broken course.md", "first/course.md", "---\nsummary: x\n---\n", "E04 first/course.md:1",
         1, 0},
        {"an unknown key in course.md", "first/course.md", "---\ntitle: A\ntitel: B\n---\n",
         "E03 first/course.md:3", 1, 0},
        {"credit is accepted", "first/course.md",
         "---\ntitle: A\ncredit:\n  - CLE 1.5 hours\n  - Social work, 1 hour\n---\n", "", 2, 2},
        {"credit without hours", "first/course.md", "---\ntitle: A\ncredit: [CLE]\n---\n",
         "E04 first/course.md:3", 1, 0},
        {"credit of a hundred hours", "first/course.md",
         "---\ntitle: A\ncredit: [CLE 100 hours]\n---\n", "E04 first/course.md:3", 1, 0},
        {"hours without their credit", "first/course.md", "---\ntitle: A\ncredit: [2 hours]\n---\n",
         "E04 first/course.md:3", 1, 0},
        {"credit in a mapping", "first/course.md",
         "---\ntitle: A\ncredit:\n  - bar: CLE\n    hours: 2\n---\n", "E04 first/course.md:4", 1,
         0},
        {"credit of a wrong kind", "first/course.md", "---\ntitle: A\ncredit: some\n---\n",
         "E04 first/course.md:3", 1, 0},
        {"recertify of a wrong kind", "first/course.md", "---\ntitle: A\nrecertify: 12\n---\n",
         "E04 first/course.md:3", 1, 0},
        {"an unknown discipline", "first/course.md", "---\ntitle: A\nrequired-for: [judge]\n---\n",
         "E24 first/course.md:3", 1, 0},
        {"a question in course.md", "first/course.md",
         "---\ntitle: A\n---\n### Question: Q\n\n- (x) a\n- ( ) b\n", "E26 first/course.md:4", 1,
         0},
        {"another Markdown file", "first/notes.md", "x", "W38 first/notes.md:1", 2, 2},
        {"a Markdown file above", "notes.md", "x", "W38 notes.md:1", 2, 2},
        {"a module of the same address", "first/03-start.md", MODULE, "E39 first/03-start.md:1", 2,
         2},
        {"a module of the same id", "first/03-other.md", "---\nid: start\n---\n" MODULE,
         "E39 first/03-other.md:1", 2, 2},
        {"modules without course.md", "third/01-a.md", MODULE, "E37 third/course.md:1", 2, 2},
        {"a folder that is no address", "Third/course.md", COURSE, "E37 Third:1", 2, 2},
        {"a folder of pictures", "pictures/a.png", "x", "", 2, 2},
        {"a hidden file", "first/.04-x.md", BROKEN, "", 2, 2},
        {"pictures of a course", "first/images/a.md", BROKEN, "", 2, 2},
        {"a file that is not UTF-8", "first/02-start.md", "\xff", "E01 first/02-start.md:1", 2, 1},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct temp_dir t;
        temp_content(&t);
        temp_write(&t, c->path, c->text);
        struct ct_catalogue *cat = load(&t, NULL);
        CT_EQ_SV(c->name, codes_of(cat), ct_sv_c(c->codes));
        CT_EQ_I64(c->name, cat->n_courses, c->n_courses);
        const struct ct_course *first = ct_catalogue_course(cat, CT_SV("first"));
        CT_EQ_I64(c->name, first ? first->n_modules : 0, c->n_modules);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

static void a_listed_course_that_is_missing_is_an_error(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_make(&t);
    temp_write(&t, "curriculum.md", CURRICULUM);
    temp_write(&t, "first/course.md", COURSE);
    temp_write(&t, "another/course.md", COURSE);
    struct ct_catalogue *cat = load(&t, NULL);
    CT_EQ_SV("problem", codes_of(cat), CT_SV("E36 curriculum.md:7"));
    CT_EQ_I64("what is there is served", cat->n_courses, 2);
    CT_EQ_SV("listed first", cat->courses[0].slug, CT_SV("first"));
    CT_EQ_SV("then by name", cat->courses[1].slug, CT_SV("another"));
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void broken_files_fall_back_on_their_last_good_source(void **state)
{
    static struct kept kept[] = {
        {"first/02-start.md", "# Old\n\n## S\n\n![gone](images/gone.png)\n"},
        {"first/course.md", "---\ntitle: Old course\n---\n"},
        {"second/01-only.md", BROKEN},
        {"curriculum.md", "---\ntitle: Old\ndisciplines: [prosecutor]\n---\n"},
        {NULL, NULL},
    };
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_write(&t, "first/02-start.md", BROKEN);
    temp_write(&t, "first/course.md", "---\ntitel: A\n---\n");
    temp_write(&t, "second/01-only.md", BROKEN);
    temp_write(&t, "curriculum.md", "---\ntitle: C\n---\n");
    struct ct_catalogue *cat = load(&t, kept);
    CT_EQ_SV("problems are those of today", codes_of(cat),
             CT_SV("E04 curriculum.md:1, E42 first/02-start.md:5, E04 first/course.md:1, "
                   "E03 first/course.md:2, E42 second/01-only.md:5"));
    CT_EQ_SV("curriculum", cat->title, CT_SV("Old"));
    const struct ct_course *first = ct_catalogue_course(cat, CT_SV("first"));
    assert_non_null(first);
    CT_EQ_SV("course", first->title, CT_SV("Old course"));
    CT_EQ_SV("module", first->modules[0]->title, CT_SV("Old"));
    CT_EQ_I64("a last good one that is broken is left out",
              ct_catalogue_course(cat, CT_SV("second"))->n_modules, 0);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void without_a_curriculum_there_is_no_catalogue(void **state)
{
    static struct kept kept[] = {{"curriculum.md", CURRICULUM}, {NULL, NULL}};
    struct temp_dir t;
    struct ct_catalogue *cat = NULL;
    struct ct_err err = CT_ERR_INIT;
    (void)state;
    temp_make(&t);
    struct ct_loader l = {.dir = t.path};
    CT_EQ_I64("no file", ct_catalogue_load(&l, &cat, &err), CT_NOT_FOUND);
    l.last_good = last_good;
    l.arg = kept;
    err = (struct ct_err)CT_ERR_INIT;
    CT_OK_("but a last good one", ct_catalogue_load(&l, &cat, &err), &err);
    CT_EQ_I64("and that it is gone is said", cat->problems.n_errors > 0, true);
    ct_catalogue_free(cat);
    l.last_good = NULL;
    temp_write(&t, "curriculum.md", "---\ntitle: C\n---\n");
    CT_EQ_I64("broken", ct_catalogue_load(&l, &cat, &err), CT_BAD_INPUT);
    assert_non_null(strstr(err.text, "curriculum.md:1: E04"));
    l.dir = "/nowhere/at/all";
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("no folder", ct_catalogue_load(&l, &cat, &err), CT_NOT_FOUND);
    temp_remove(&t);
}

static void questions_are_held_against_what_was_published(void **state)
{
#define ASKED(text) "# T\n\n## S\n\n### Question: Who?\n\n" text "\n\n- (x) I\n- ( ) you\n"
    static struct kept kept[] = {
        {"first/02-start.md", ASKED("x")}, {"second/01-only.md", ASKED("x")}, {NULL, NULL}};
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_write(&t, "first/02-start.md", ASKED("y"));
    temp_write(&t, "second/01-only.md", ASKED("x"));
    struct ct_catalogue *cat = load(&t, kept);
    CT_EQ_SV("the changed one is asked about", codes_of(cat), CT_SV("W71 first/02-start.md:5"));
    assert_non_null(cat->problems.items[0].mend);
    CT_EQ_SV("and is live", ct_catalogue_course(cat, CT_SV("first"))->modules[0]->source,
             CT_SV(ASKED("y")));
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void symbolic_links_that_lead_out_are_not_followed(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_link(&t, "first/03-out.md", "/etc/passwd");
    temp_link(&t, "first/04-in.md", "10-last.md");
    temp_link(&t, "etc", "/etc");
    temp_link(&t, "first/05-nowhere.md", "nothing");
    temp_link(&t, "first/images", "/usr");
    temp_write(&t, "second/01-only.md", "# T\n\n## S\n\n[a](../first/03-out.md)\n");
    struct ct_catalogue *cat = load(&t, NULL);
    CT_EQ_SV("problems", codes_of(cat),
             CT_SV("W40 etc:1, W40 first/03-out.md:1, W40 first/05-nowhere.md:1, W40 "
                   "first/images:1, E47 second/01-only.md:5"));
    CT_EQ_I64("modules", ct_catalogue_course(cat, CT_SV("first"))->n_modules, 3);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void revisions_follow_the_sources(void **state)
{
    struct temp_dir t;
    char before[CT_HASH_HEX + 1], module[CT_HASH_HEX + 1];
    (void)state;
    temp_content(&t);
    struct ct_catalogue *cat = load(&t, NULL);
    const struct ct_course *c = ct_catalogue_course(cat, CT_SV("first"));
    memcpy(before, c->revision, sizeof before);
    memcpy(module, c->modules[1]->revision, sizeof module);
    ct_catalogue_free(cat);
    temp_write(&t, "first/02-start.md", MODULE "more\n");
    cat = load(&t, NULL);
    c = ct_catalogue_course(cat, CT_SV("first"));
    assert_string_not_equal(c->revision, before);
    assert_string_equal(c->modules[1]->revision, module);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void an_old_source_is_parsed_again_as_it_was(void **state)
{
    struct temp_dir t;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    const struct ct_module *m = NULL;
    (void)state;
    temp_content(&t);
    struct ct_catalogue *cat = load(&t, NULL);
    const struct ct_course *c = &cat->courses[1];
    CT_OK_("reparse",
           ct_course_reparse(&a, cat, c, CT_SV("# T\n\n## S\n\n![p](images/gone.png)\n"),
                             CT_SV("first/02-start.md"), &m, &err),
           &err);
    CT_EQ_SV("addresses of today", m->sections[0].blocks[0].html,
             CT_SV("<p><img src=\"/content/first/images/gone.png\" alt=\"p\" /></p>\n"));
    CT_EQ_I64("not UTF-8", ct_course_reparse(&a, cat, c, CT_SV("\xff"), CT_SV("x.md"), &m, &err),
              CT_BAD_INPUT);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static struct ct_catalogue *load_with(struct temp_dir *t, bool anyway, bool by_line)
{
    struct ct_loader l = {.dir = t->path, .anyway = anyway, .by_line = by_line};
    struct ct_catalogue *cat = NULL;
    struct ct_err err = CT_ERR_INIT;
    CT_OK_("load", ct_catalogue_load(&l, &cat, &err), &err);
    return cat;
}

static void a_preview_holds_what_is_broken(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_write(&t, "curriculum.md", "---\ntitle: C\nnonsense: 1\n---\n");
    temp_write(&t, "first/course.md", "---\nnonsense: 1\n---\n");
    temp_write(&t, "first/02-start.md", BROKEN);
    temp_write(&t, "third/01-a.md", "\xff");
    struct ct_catalogue *cat = load_with(&t, true, false);
    const struct ct_course *c = ct_catalogue_course(cat, CT_SV("first"));
    assert_non_null(c);
    assert_non_null(ct_course_module(c, CT_SV("start")));
    assert_true(cat->disciplines.n > 0);
    c = ct_catalogue_course(cat, CT_SV("third"));
    assert_non_null(c);
    CT_EQ_SV("a course without course.md is named after its folder", c->title, CT_SV("third"));
    CT_EQ_I64("a module of which nothing could be read", c->n_modules, 1);
    CT_EQ_I64("is empty", c->modules[0]->n_sections, 0);
    assert_true(cat->problems.n_errors >= 4);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void by_line_each_piece_has_its_own(void **state)
{
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    temp_write(&t, "curriculum.md", CURRICULUM "\nMore.\n\n- x\n");
    temp_write(&t, "first/course.md", COURSE "\nMore.\n");
    temp_write(&t, "first/02-start.md",
               "# T\n\nintro\n\n## S\n\none\n\ntwo\nlines\n\n### three\n\n"
               "> **For caseworkers:** a\n>\n> b\n\n- c\n- d\n");
    for (int by_line = 0; by_line < 2; by_line++) {
        struct ct_catalogue *cat = load_with(&t, false, by_line);
        const struct ct_course *c = ct_catalogue_course(cat, CT_SV("first"));
        const struct ct_section *s = &ct_course_module(c, CT_SV("start"))->sections[0];
        CT_EQ_I64("front", cat->n_front, by_line ? 3 : 1);
        CT_EQ_I64("introduction", c->n_intro, by_line ? 2 : 1);
        CT_EQ_I64("blocks", s->n_blocks, by_line ? 5 : 3);
        CT_EQ_I64("first", s->blocks[0].line, 7);
        if (by_line) {
            CT_EQ_I64("second", s->blocks[1].line, 9);
            CT_EQ_I64("heading", s->blocks[2].line, 12);
            CT_EQ_I64("in a passage", s->blocks[3].children[1].line, 16);
            CT_EQ_I64("list", s->blocks[4].line, 18);
        }
        ct_catalogue_free(cat);
    }
    temp_remove(&t);
}

static void a_quick_exit_is_an_address_elsewhere_over_https(void **state)
{
    static const struct {
        const char *name, *front, *exit, *codes, *mend;
    } cases[] = {
        {"none", "", NULL, "", NULL},
        {"one", "quick-exit: https://www.weather.gov/\n", "https://www.weather.gov/", "", NULL},
        {"not secured", "quick-exit: http://www.weather.gov/\n", NULL, "E04 curriculum.md:4",
         "quick-exit: https://www.weather.gov/"},
        {"a host alone", "quick-exit: \"www.weather.gov\"\n", NULL, "E04 curriculum.md:4",
         "quick-exit: \"https://www.weather.gov\""},
        {"a user", "quick-exit: https://pat@a.org/\n", NULL, "E04 curriculum.md:4", NULL},
        {"a page of ours", "quick-exit: /calendar\n", NULL, "E04 curriculum.md:4", NULL},
        {"a script", "quick-exit: \"javascript:alert(1)\"\n", NULL, "E04 curriculum.md:4", NULL},
        {"nothing", "quick-exit: \"\"\n", NULL, "E04 curriculum.md:4", NULL},
        {"a list", "quick-exit: [https://a.org/]\n", NULL, "E04 curriculum.md:4", NULL},
        {"misspelt", "quick_exit: https://a.org/\n", NULL, "E03 curriculum.md:4",
         "quick-exit: https://a.org/"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR text = CT_STR_INIT(1024);
        struct temp_dir t;
        struct ct_catalogue *cat = NULL;
        struct ct_err err = CT_ERR_INIT;
        temp_make(&t);
        ct_str_addf(&text, "---\ntitle: C\ndisciplines: [pilot (pilots)]\n%s---\nWelcome.\n",
                    c->front);
        temp_write(&t, "curriculum.md", text.p);
        struct ct_loader l = {.dir = t.path, .anyway = true};
        CT_OK_(c->name, ct_catalogue_load(&l, &cat, &err), &err);
        CT_EQ_SV(c->name, cat->quick_exit, ct_sv_c(c->exit));
        CT_EQ_SV(c->name, codes_of(cat), ct_sv_c(c->codes));
        const struct ct_mend *mend = cat->problems.n ? cat->problems.items[0].mend : NULL;
        CT_EQ_SV(c->name, mend ? mend->text : CT_SV_NULL, ct_sv_c(c->mend));
        assert_false(mend && mend->safe);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

static void a_discipline_has_a_name_for_one_and_for_many(void **state)
{
    static const struct {
        const char *name, *line, *one, *many, *codes;
    } cases[] = {
        {"the slug alone", "judge", "Judge", "judge", ""},
        {"many", "law-enforcement (law enforcement)", "Law enforcement", "law enforcement", ""},
        {"one and many", "guardian (guardian ad litem / guardians ad litem)", "Guardian ad litem",
         "guardians ad litem", ""},
        {"without blanks", "health (CASA nurse/CASA nurses)", "CASA nurse", "CASA nurses", ""},
        {"nothing before the slash", "health (/ nurses)", NULL, NULL, "E04 curriculum.md:5"},
        {"nothing behind it", "health (nurse /)", NULL, NULL, "E04 curriculum.md:5"},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_STR text = CT_STR_INIT(1024);
        struct temp_dir t;
        struct ct_catalogue *cat = NULL;
        struct ct_err err = CT_ERR_INIT;
        temp_make(&t);
        ct_str_addf(&text, "---\ntitle: C\ndisciplines:\n  - pilot (pilots)\n  - %s\n---\nHi.\n",
                    c->line);
        temp_write(&t, "curriculum.md", text.p);
        struct ct_loader l = {.dir = t.path, .anyway = true};
        CT_OK_(c->name, ct_catalogue_load(&l, &cat, &err), &err);
        CT_EQ_SV(c->name, codes_of(cat), ct_sv_c(c->codes));
        CT_EQ_I64(c->name, cat->disciplines.n, c->one ? 2 : 1);
        if (c->one) {
            CT_EQ_SV(c->name, cat->disciplines.items[1].name, ct_sv_c(c->one));
            CT_EQ_SV(c->name, cat->disciplines.items[1].plural, ct_sv_c(c->many));
        }
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_discipline_has_a_name_for_one_and_for_many),
        cmocka_unit_test(a_folder_becomes_a_catalogue),
        cmocka_unit_test(it_tells_the_files_it_was_read_from),
        cmocka_unit_test(what_is_wrong_is_said_and_left_out),
        cmocka_unit_test(a_listed_course_that_is_missing_is_an_error),
        cmocka_unit_test(broken_files_fall_back_on_their_last_good_source),
        cmocka_unit_test(questions_are_held_against_what_was_published),
        cmocka_unit_test(without_a_curriculum_there_is_no_catalogue),
        cmocka_unit_test(symbolic_links_that_lead_out_are_not_followed),
        cmocka_unit_test(revisions_follow_the_sources),
        cmocka_unit_test(an_old_source_is_parsed_again_as_it_was),
        cmocka_unit_test(a_preview_holds_what_is_broken),
        cmocka_unit_test(by_line_each_piece_has_its_own),
        cmocka_unit_test(a_quick_exit_is_an_address_elsewhere_over_https),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
