/*
 * test_author.c: the list of all that can be written, the editor, new files and pictures, as
 * trainers' browsers meet them.
 */
#include "walk.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

#define FILE_URL "/author/files/basics/01-seeing.md"

struct pair {
    const char *name, *value;
};

/* Posts fields, encoded, with the token of the last page. A NULL name ends them. */
static int post(struct browser *b, const char *target, const struct pair *fields)
{
    CT_AUTO_STR body = CT_STR_INIT(CT_SOURCE_FORM_MAX);
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = ct_sv_c(target),
                            .content_type = CT_SV("application/x-www-form-urlencoded")};
    bool first = true;

    ct_url_add_query(&body, &first, CT_SV("csrf"), ct_sv_c(b->csrf));
    for (; fields->name; fields++)
        ct_url_add_query(&body, &first, ct_sv_c(fields->name), ct_sv_c(fields->value));
    rq.body = ct_str_sv(&body);
    return browser_send(b, &rq);
}
#define POST(b, target, ...) post((b), (target), (const struct pair[]){__VA_ARGS__, {NULL, NULL}})

static json_t *body_json(const struct browser *b)
{
    struct ct_err err = CT_ERR_INIT;
    json_t *value = NULL;

    CT_OK_(b->body, ct_json_parse(ct_sv_c(b->body), CT_REPORT_MAX, &value, &err), &err);
    return value;
}

static void open_trainer(struct site *s, struct browser *b, const char *email, const char *name)
{
    char typed[128];
    const char *at = strchr(email, '@');

    site_person(s, email, name, "prosecutor", CT_ROLE_LEARNER | CT_ROLE_TRAINER);
    snprintf(typed, sizeof typed, "%.*s%%40%s", (int)(at - email), email, at + 1);
    browser_sign_in(b, typed);
}

static void publish(struct site *s)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    CT_OK_("publish", ct_library_refresh(s->library, &changed, &err), &err);
}

/* ---- the list ---- */

static void everything_that_can_be_written_is_listed(void **state)
{
    static const struct {
        const char *file;
        bool can_open, is_live, is_older, is_out, is_new, is_missing, has_errors, has_warnings;
    } rows[] = {
        {"course.md", true, true, false, false, false, false, false, false},
        {"01-seeing.md", true, false, true, false, false, false, true, false},
        {"02-the-call.md", true, true, false, false, false, false, false, false},
        {"03-new.md", true, false, false, false, true, false, false, false},
        {"09-broken.md", true, false, false, true, false, false, true, false},
        {"Notes.md", false, false, false, true, false, false, false, true},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    open_trainer(s, &b, "tess@example.org", "Tess");
    ct_temp_write(&s->temp, "content/basics/01-seeing.md", "# Seeing\n\n[x](#a b)\n\n![](a.png)\n");
    ct_temp_write(&s->temp, "content/basics/09-broken.md", "# Broken\n\n![](none.png)\n");
    ct_temp_write(&s->temp, "content/basics/Notes.md", "Notes.\n");
    ct_temp_write(&s->temp, "content/second/01-one.md", "# One\n\n## A\n\nText.\n");
    publish(s);
    CT_EQ_I64("a draft",
              POST(&b, "/author/new", {"course", "basics"}, {"kind", "lesson"}, {"title", "New"},
                   {"file", "03-new.md"}),
              303);
    model = walk_json(&b, "/author");
    const json_t *files = walk_at(model, "courses/0/files");
    CT_EQ_I64("rows", json_array_size(files), 6);
    for (size_t i = 0; i < 6; i++) {
        const json_t *row = json_array_get(files, i);
        CT_EQ_SV("order", walk_text(row, "file"), ct_sv_c(rows[i].file));
        CT_EQ_I64(rows[i].file, walk_flag(row, "can_open"), rows[i].can_open);
        CT_EQ_I64(rows[i].file, walk_flag(row, "is_live"), rows[i].is_live);
        CT_EQ_I64(rows[i].file, walk_flag(row, "is_older"), rows[i].is_older);
        CT_EQ_I64(rows[i].file, walk_flag(row, "is_out"), rows[i].is_out);
        CT_EQ_I64(rows[i].file, walk_flag(row, "is_new"), rows[i].is_new);
        CT_EQ_I64(rows[i].file, walk_flag(row, "is_missing"), rows[i].is_missing);
        CT_EQ_I64(rows[i].file, walk_flag(row, "has_errors"), rows[i].has_errors);
        CT_EQ_I64(rows[i].file, walk_flag(row, "has_warnings"), rows[i].has_warnings);
    }
    assert_true(walk_flag(files, "3/draft/is_mine"));
    CT_EQ_SV("a course without course.md", walk_text(model, "courses/1/slug"), CT_SV("second"));
    assert_false(walk_flag(model, "courses/1/is_live"));
    assert_true(walk_flag(model, "courses/1/files/0/is_missing"));
    assert_true(walk_int(model, "errors") >= 3);
    assert_true(walk_int(model, "warnings") >= 1);
    walk_page(&b, "/author", "author");
}

static void problems_without_a_row_are_told_too(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL;

    open_trainer(s, &b, "tess@example.org", "Tess");
    assert_int_equal(symlink("/nowhere", ct_temp_path(&s->temp, "content/basics/picture.png")), 0);
    publish(s);
    model = walk_json(&b, "/author");
    assert_true(walk_flag(model, "has_others"));
    CT_EQ_SV("file", walk_text(model, "others/0/file"), CT_SV("basics/picture.png"));
    assert_false(walk_flag(model, "is_fine"));
}

static void pages_of_trainers_are_for_trainers(void **state)
{
    static const char *const pages[] = {"/author", "/author/new", FILE_URL,
                                        "/author/uploads/basics"};
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "zoe@example.org", "Zoë", "advocate", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    CT_EACH (page, pages)
        CT_EQ_I64(*page, browser_get(&b, *page), 303);
    browser_sign_in(&b, "zoe%40example.org");
    CT_EACH (page, pages)
        CT_EQ_I64(*page, browser_get(&b, *page), 403);
    CT_EQ_I64("saving", POST(&b, FILE_URL, {"version", "0"}, {"source", "# X\n"}), 403);
}

/* ---- writing ---- */

static void files_open_with_what_is_stored(void **state)
{
    static const struct {
        const char *name, *target;
        int want;
    } cases[] = {
        {"a module", FILE_URL, 200},
        {"a course", "/author/files/basics/course.md", 200},
        {"the curriculum", "/author/files/-/curriculum.md", 200},
        {"a course's text that has to be written", "/author/files/third/course.md", 200},
        {"no such module", "/author/files/basics/07-none.md", 404},
        {"no file of a course", "/author/files/basics/notes.txt", 404},
        {"not up", "/author/files/basics/..", 404},
        {"not up, escaped", "/author/files/%2e%2e/curriculum.md", 404},
        {"nothing else of the folder", "/author/files/-/basics", 404},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_trainer(s, &b, "tess@example.org", "Tess");
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, browser_get(&b, c->target), c->want);
    CT_AUTO_JSON *model = walk_json(&b, FILE_URL);
    assert_true(ct_sv_starts(walk_text(model, "source"), CT_SV("---\nminutes: 10\n")));
    CT_EQ_I64("version", walk_int(model, "version"), 0);
    CT_EQ_I64("its hash", walk_text(model, "base").n, CT_HASH_HEX);
    assert_true(walk_flag(model, "is_stored"));
    walk_page(&b, FILE_URL, "editor");
    browser_get(&b, FILE_URL);
    /* A browser drops the first line end of a text box; the text has to be whole nevertheless. */
    assert_non_null(strstr(b.body, "aria-describedby=\"editor-hint\">\n---\nminutes: 10\n"));
}

static void drafts_are_saved_and_say_when(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s};
    CT_AUTO_JSON *first = NULL, *reply = NULL, *model = NULL;
    char base[CT_HASH_HEX + 1];

    open_trainer(s, &b, "tess@example.org", "Tess");
    open_trainer(s, &other, "dana@example.org", "Dana Ruiz");
    first = walk_json(&b, FILE_URL);
    snprintf(base, sizeof base, "%.*s", CT_SV_ARG(walk_text(first, "base")));
    b.accept = "application/json";
    CT_EQ_I64("save",
              POST(&b, FILE_URL, {"version", "0"}, {"base", base},
                   {"source", "# One\r\n\r\n## A\r\n\r\nText.\r\n"}),
              200);
    reply = body_json(&b);
    CT_EQ_I64("version", walk_int(reply, "version"), 1);
    CT_EQ_SV("base", walk_text(reply, "base"), ct_sv_c(base));
    CT_EQ_SV("saved", walk_text(reply, "saved/iso"), CT_SV("2023-11-14T22:13:20Z"));
    s->now += 130;
    model = walk_json(&other, FILE_URL);
    CT_EQ_SV("line ends of the file", walk_text(model, "source"),
             CT_SV("# One\n\n## A\n\nText.\n"));
    CT_EQ_SV("who", walk_text(model, "draft/name"), CT_SV("Tess"));
    assert_false(walk_flag(model, "draft/is_mine"));
    CT_EQ_SV("when", walk_text(model, "draft/ago"), CT_SV("2 minutes ago"));
    CT_EQ_I64("a page says so", browser_get(&other, FILE_URL), 200);
    assert_non_null(strstr(other.body, "<bdi>Tess</bdi> saved a draft 2 minutes ago."));
    CT_EQ_I64("without a script",
              POST(&other, FILE_URL, {"version", "1"}, {"base", base}, {"source", "# Two\n"}), 303);
    CT_EQ_SV("back", browser_location(&other), CT_SV(FILE_URL));
    CT_EQ_I64(
        "on to publishing",
        POST(&other, FILE_URL, {"version", "2"}, {"source", "# Three\n"}, {"then", "publish"}),
        303);
    CT_EQ_SV("there", browser_location(&other), CT_SV(FILE_URL "/publish"));
}

static void line_ends_alone_are_no_change(void **state)
{
    static const char *const target = "/author/files/basics/05-windows.md";
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL, *after = NULL;

    open_trainer(s, &b, "tess@example.org", "Tess");
    ct_temp_write(&s->temp, "content/basics/05-windows.md", "# One\r\n\r\n## A\r\n\r\nText.\r\n");
    browser_get(&b, target);
    CT_EQ_I64("the file's text",
              POST(&b, target, {"version", "0"}, {"source", "# One\n\n## A\n\nText.\n"}), 303);
    model = walk_json(&b, target);
    assert_true(json_is_null(walk_at(model, "draft")));
    CT_EQ_I64("another", POST(&b, target, {"version", "0"}, {"source", "# Two\r\n\r\n## A\r\n"}),
              303);
    after = walk_json(&b, target);
    CT_EQ_SV("is kept", walk_text(after, "source"), CT_SV("# Two\n\n## A\n"));
}

static void what_is_no_text_or_no_news_is_not_kept(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *model = NULL, *reply = NULL;
    char text[4096];

    open_trainer(s, &b, "tess@example.org", "Tess");
    model = walk_json(&b, FILE_URL);
    snprintf(text, sizeof text, "%.*s", CT_SV_ARG(walk_text(model, "source")));
    CT_EQ_I64("no text", POST(&b, FILE_URL, {"version", "0"}), 400);
    CT_EQ_I64("no version", POST(&b, FILE_URL, {"source", "# X\n"}), 400);
    CT_EQ_I64("no hash", POST(&b, FILE_URL, {"version", "0"}, {"base", "abc"}, {"source", "# X\n"}),
              400);
    b.accept = "application/json";
    CT_EQ_I64("the same text", POST(&b, FILE_URL, {"version", "0"}, {"source", text}), 200);
    reply = body_json(&b);
    CT_EQ_I64("is no draft", walk_int(reply, "version"), 0);
    CT_EQ_I64("nothing to throw away", POST(&b, FILE_URL "/discard", {"version", "0"}), 400);
}

static void nobody_covers_a_text_that_they_have_not_seen(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s};
    CT_AUTO_JSON *met = NULL, *apart = NULL, *gone = NULL;

    open_trainer(s, &b, "tess@example.org", "Tess");
    open_trainer(s, &other, "dana@example.org", "Dana Ruiz");
    CT_EQ_I64("begin", POST(&b, FILE_URL, {"version", "0"}, {"source", "# T\n\nA\n\nB\n\nC\n"}),
              303);
    CT_EQ_I64("hers",
              POST(&other, FILE_URL, {"version", "1"}, {"source", "# T\n\nA one\n\nB\n\nC\n"}),
              303);
    browser_get(&b, "/author");
    b.accept = "application/json";
    CT_EQ_I64("mine",
              POST(&b, FILE_URL, {"version", "1"}, {"source", "# T\n\nA\n\nB\n\nC two\n"},
                   {"began", "# T\n\nA\n\nB\n\nC\n"}),
              409);
    met = body_json(&b);
    CT_EQ_SV("who", walk_text(met, "draft/name"), CT_SV("Dana Ruiz"));
    CT_EQ_I64("version", walk_int(met, "version"), 2);
    CT_EQ_I64("what differs", walk_int(met, "diff/n_in"), 2);
    CT_EQ_SV("both", walk_text(met, "merged"), CT_SV("# T\n\nA one\n\nB\n\nC two\n"));
    CT_EQ_I64("one place",
              POST(&b, FILE_URL, {"version", "1"}, {"source", "# T\n\nA zwei\n\nB\n\nC\n"},
                   {"began", "# T\n\nA\n\nB\n\nC\n"}),
              409);
    apart = body_json(&b);
    assert_false(walk_flag(apart, "has_merged"));
    b.accept = NULL;
    CT_EQ_I64("as a page",
              POST(&b, FILE_URL, {"version", "1"}, {"source", "# T\n\nA\n\nB\n\nC <two>\n"}), 409);
    walk_tidy(&b, "conflict");
    assert_non_null(strstr(b.body, "C &lt;two&gt;"));
    CT_EQ_I64("replaced, when seen", POST(&b, FILE_URL, {"version", "2"}, {"source", "# Mine\n"}),
              303);
    CT_EQ_I64("an old version is not thrown away",
              POST(&other, FILE_URL "/discard", {"version", "2"}), 409);
    CT_EQ_I64("this one is", POST(&other, FILE_URL "/discard", {"version", "3"}), 303);
    b.accept = "application/json";
    CT_EQ_I64("the draft is gone", POST(&b, FILE_URL, {"version", "3"}, {"source", "# More\n"}),
              409);
    gone = body_json(&b);
    assert_true(json_is_null(walk_at(gone, "draft")));
    CT_EQ_I64("begins anew", walk_int(gone, "version"), 0);
    b.accept = NULL;
    CT_EQ_I64("another draft", POST(&other, FILE_URL, {"version", "0"}, {"source", "# New\n"}),
              303);
    CT_EQ_I64("is not taken for the one that ended",
              POST(&b, FILE_URL, {"version", "1"}, {"source", "# Old\n"}), 409);
    CT_EQ_I64("nor for its last version",
              POST(&b, FILE_URL, {"version", "3"}, {"source", "# Old\n"}), 409);
}

static void checking_stores_nothing(void **state)
{
    static const char broken[] =
        "# One\n\n## A\n\n### Question: Which?\n\nWhich?\n\n- (x) One\n- [ ] Two\n";
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_JSON *found = NULL, *model = NULL;

    open_trainer(s, &b, "tess@example.org", "Tess");
    CT_EQ_I64("a page",
              POST(&b, FILE_URL "/check", {"version", "0"}, {"source", broken}, {"as", "advocate"},
                   {"answers", "1"}),
              200);
    walk_tidy(&b, "checked");
    assert_non_null(strstr(b.body, "<option value=\"advocate\" selected>"));
    assert_non_null(strstr(b.body, "This text is not saved yet"));
    CT_EQ_I64("a fragment",
              POST(&b, FILE_URL "/check", {"version", "0"}, {"source", broken}, {"fragment", "1"}),
              200);
    assert_null(strstr(b.body, "<html"));
    assert_non_null(strstr(b.body, "data-preview"));
    b.accept = "application/json";
    CT_EQ_I64("for programs",
              POST(&b, FILE_URL "/check", {"version", "0"}, {"source", broken}, {"fragment", "1"}),
              200);
    found = body_json(&b);
    CT_EQ_SV("code", walk_text(found, "problems/0/code"), CT_SV("E16"));
    CT_EQ_SV("the line as it stands", walk_text(found, "problems/0/excerpt"), CT_SV("- (x) One"));
    CT_EQ_I64("its number", walk_int(found, "problems/0/line"), 9);
    assert_true(walk_flag(found, "has_errors"));
    model = walk_json(&b, FILE_URL);
    assert_true(json_is_null(walk_at(model, "draft")));
}

/* ---- new files ---- */

static void new_files_are_named_and_begin_as_drafts(void **state)
{
    static const struct {
        const char *name, *course, *kind, *title, *file;
        int want;
        const char *where;
    } cases[] = {
        {"the next number", "basics", "lesson", "First words", "", 303,
         "/author/files/basics/03-first-words.md"},
        {"drafts count", "basics", "scenario", "At night", "", 303,
         "/author/files/basics/04-at-night.md"},
        {"a name of one's own", "basics", "lesson", "T", "12-own.md", 303,
         "/author/files/basics/12-own.md"},
        {"taken by a draft", "basics", "lesson", "T", "12-own.md", 409, NULL},
        {"taken by a file", "basics", "lesson", "T", "01-seeing.md", 409, NULL},
        {"no module's name", "basics", "lesson", "T", "own.md", 400, NULL},
        {"not up", "basics", "lesson", "T", "../01-x.md", 400, NULL},
        {"no title", "basics", "lesson", " ", "", 400, NULL},
        {"a title of signs alone", "basics", "lesson", "???", "", 400, NULL},
        {"no such kind", "basics", "nothing", "T", "", 404, NULL},
        {"no such course", "none", "lesson", "T", "", 404, NULL},
        {"a course", "", "", "Interviewing", "", 303, "/author/files/interviewing/course.md"},
        {"a course that is there", "", "", "Basics", "", 409, NULL},
        {"a module of a course that is a draft", "interviewing", "lesson", "One", "", 303,
         "/author/files/interviewing/01-one.md"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_trainer(s, &b, "tess@example.org", "Tess");
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name,
                  POST(&b, "/author/new", {"course", c->course}, {"kind", c->kind},
                       {"title", c->title}, {"file", c->file}),
                  c->want);
        if (c->where)
            CT_EQ_SV(c->name, browser_location(&b), ct_sv_c(c->where));
        if (c->where) {
            CT_AUTO_JSON *model = walk_json(&b, c->where);
            assert_false(walk_flag(model, "has_errors"));
            assert_true(walk_flag(model, "is_new"));
        } else if (c->want != 404)
            walk_tidy(&b, c->name);
    }
    assert_int_not_equal(access(ct_temp_path(&s->temp, "content/basics/03-first-words.md"), F_OK),
                         0);
    walk_page(&b, "/author/new?course=basics", "author-new");
    walk_page(&b, "/author/new", "author-new.course");
}

/* ---- pictures ---- */

static int upload(struct browser *b, const char *name, struct ct_sv bytes, const char *alt)
{
    CT_AUTO_STR body = CT_STR_INIT(CT_UPLOAD_MAX);
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = CT_SV("/author/uploads/basics"),
                            .content_type = CT_SV("multipart/form-data; boundary=xYx")};

    ct_str_addf(&body, "--xYx\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n",
                b->csrf);
    if (alt)
        ct_str_addf(&body, "--xYx\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\n%s\r\n",
                    alt);
    ct_str_addf(&body,
                "--xYx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                "Content-Type: image/png\r\n\r\n",
                name);
    ct_str_add_sv(&body, bytes);
    ct_str_add_c(&body, "\r\n--xYx--\r\n");
    rq.body = ct_str_sv(&body);
    return browser_send(b, &rq);
}

/* One pixel. */
static const unsigned char pixel[] = {
    0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,   'I',  'H',
    'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    6,    0,    0,
    0,    0x1f, 0x15, 0xc4, 0x89, 0,    0,    0,    13,   'I',  'D',  'A',  'T',  0x78,
    0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0,    0x03, 0x86, 0x01, 0x80, 0x5a, 0x34,
    0x7d, 0x6b, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};

static void pictures_come_with_words(void **state)
{
    const struct ct_sv png = ct_sv_n((const char *)pixel, sizeof pixel);
    const struct {
        const char *name, *file, *alt;
        struct ct_sv bytes;
        int want;
        const char *says;
    } cases[] = {
        {"a picture", "Door 1.PNG", "A door", png, 200, "![A door](images/door-1.png)"},
        {"marks in its words are escaped", "b.png", "[a] *b*\nc", png, 200,
         "![\\[a\\] \\*b\\* c](images/b.png)"},
        {"no words", "c.png", NULL, png, 400, "say in words"},
        {"blank words", "c.png", "  ", png, 400, "say in words"},
        {"not what it is called", "d.png", "A door", CT_SV("%PDF-1.4\n"), 400, "d.png"},
        {"nothing that a course has", "run.exe", "A door", CT_SV("MZ"), 400, "run.exe"},
        {"captions need none", "talk.vtt", NULL,
         CT_SV("WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"), 200, "media/talk.vtt is there"},
        {"no file was chosen", "", "A door", CT_SV(""), 400, "hoose a file"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_trainer(s, &b, "tess@example.org", "Tess");
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, upload(&b, c->file, c->bytes, c->alt), c->want);
        if (!strstr(b.body, c->says))
            fail_msg("%s: no «%s» in\n%s", c->name, c->says, b.body);
        walk_tidy(&b, c->name);
    }
    walk_page(&b, "/author/uploads/basics", "uploads");
    CT_EQ_I64("no such course", browser_get(&b, "/author/uploads/none"), 404);
}

/* ---- large bodies ---- */

static void large_bodies_are_read_from_trainers_only(void **state)
{
    enum { SMALL = 1000, LARGE = CT_JSON_MAX + 1 };
    static const struct {
        const char *name, *method, *target;
        size_t n;
        bool stranger, learner, trainer;
    } cases[] = {
        {"a draft", "POST", FILE_URL, LARGE, false, false, true},
        {"a draft over its limit", "POST", FILE_URL, CT_SOURCE_FORM_MAX + 1, false, false, false},
        {"a picture", "POST", "/author/uploads/basics", CT_UPLOAD_MAX, false, false, true},
        {"a small form", "POST", "/sign-in", SMALL, true, true, true},
        {"a large form", "POST", "/sign-in", LARGE, false, false, false},
        {"a body where none belongs", "GET", FILE_URL, LARGE, false, false, false},
        {"no such address", "POST", "/none", SMALL, false, false, false},
        {"no address", "POST", "none", SMALL, false, false, false},
    };
    struct site *s = *state;
    AUTO_BROWSER learner = {.site = s}, trainer = {.site = s};

    site_person(s, "zoe@example.org", "Zoë", "advocate", CT_ROLE_LEARNER);
    browser_sign_in(&learner, "zoe%40example.org");
    open_trainer(s, &trainer, "tess@example.org", "Tess");
    CT_EACH (c, cases)
        for (size_t i = 0; i < 3; i++) {
            const char *token = i == 0 ? "" : i == 1 ? learner.session : trainer.session;
            bool want = i == 0 ? c->stranger : i == 1 ? c->learner : c->trainer;
            char cookie[CT_TOKEN_TEXT + 32];
            struct ct_request rq = {.method = ct_sv_c(c->method),
                                    .target = ct_sv_c(c->target),
                                    .http_version = CT_SV("1.1"),
                                    .host = CT_SV("localhost"),
                                    .n_hosts = 1};
            snprintf(cookie, sizeof cookie, "ct_session=%s", token);
            rq.cookie = ct_sv_c(cookie);
            CT_EQ_I64(c->name, ct_app_admits(&s->worker, &rq, c->n), want);
        }
}

static void a_busy_site_says_when_to_come_again(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_STR head = CT_STR_INIT(8192);
    struct ct_request rq = {.method = CT_SV("POST"), .target = CT_SV(FILE_URL), .body_busy = true};

    CT_EQ_I64("a stranger", browser_send(&b, &rq), 401);
    open_trainer(s, &b, "tess@example.org", "Tess");
    rq = (struct ct_request){.method = CT_SV("POST"), .target = CT_SV(FILE_URL), .body_busy = true};
    CT_EQ_I64("a trainer", browser_send(&b, &rq), 503);
    ct_response_head(s->app, &rq, b.rs, 5, false, &head);
    assert_non_null(strstr(head.p, "\r\nRetry-After: 5\r\n"));
    rq = (struct ct_request){.method = CT_SV("POST"), .target = CT_SV(FILE_URL), .broken = 408};
    CT_EQ_I64("a body that stalled", browser_send(&b, &rq), 408);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_that_can_be_written_is_listed),
        TEST(problems_without_a_row_are_told_too),
        TEST(pages_of_trainers_are_for_trainers),
        TEST(files_open_with_what_is_stored),
        TEST(drafts_are_saved_and_say_when),
        TEST(line_ends_alone_are_no_change),
        TEST(what_is_no_text_or_no_news_is_not_kept),
        TEST(nobody_covers_a_text_that_they_have_not_seen),
        TEST(checking_stores_nothing),
        TEST(new_files_are_named_and_begin_as_drafts),
        TEST(pictures_come_with_words),
        TEST(large_bodies_are_read_from_trainers_only),
        TEST(a_busy_site_says_when_to_come_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
