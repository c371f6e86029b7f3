/*
 * Labels of quotes: notes, passages, what is dropped, what is nearly a label.
 */
#include "course/course_test.h"

#include "ct/base/banned.h"

static struct ct_sv blocks_of(struct parsed *p, const char *body, const char *lang)
{
    CT_AUTO_STR source = CT_STR_INIT(100000), out = CT_STR_INIT(100000);
    ct_str_addf(&source, "# T\n\n## S\n\n%s", body);
    test_parse(p, ct_str_sv(&source), "01-a.md", lang, false);
    dump_blocks(&out, p->module->sections[0].blocks, p->module->sections[0].n_blocks, 0);
    return ct_arena_dup(&p->arena, ct_str_sv(&out));
}

static void labelled_quotes_become_blocks(void **state)
{
    static const struct {
        const char *name, *lang, *body, *want, *codes;
    } cases[] = {
        {"a note", "en", "> **Note:** Careful.\n", "note:5\n  html:5 html=«<p>Careful.</p>\\n»\n",
         ""},
        {"the colon outside the bold", "en", "> **Note**: Careful.\n",
         "note:5\n  html:5 html=«<p>Careful.</p>\\n»\n", ""},
        {"any case and a no-break space", "en", "> **CONTENT\xc2\xa0note:** Careful.\n",
         "note:5 content\n  html:5 html=«<p>Careful.</p>\\n»\n", ""},
        {"important, with the text on the next line", "en", "> **Important:**\n> Careful.\n",
         "note:5 important\n  html:5 html=«<p>Careful.</p>\\n»\n", ""},
        {"important, with a list", "en", "> **Important:**\n>\n> - a\n",
         "note:5 important\n  html:7 html=«<ul>\\n<li>a</li>\\n</ul>\\n»\n", ""},
        {"a passage", "en", "> **For prosecutors:** *You.*\n",
         "passage:5 for=0x1 id=«p1»\n  html:5 html=«<p><em>You.</em></p>\\n»\n", ""},
        {"passages for two, counted", "en",
         "> **For caseworkers and advocates:** A.\n\n> **For judge:** B.\n",
         "passage:5 for=0x6 id=«p1»\n  html:5 html=«<p>A.</p>\\n»\n"
         "passage:7 for=0x400 id=«p2»\n  html:7 html=«<p>B.</p>\\n»\n",
         ""},
        {"a note within a passage", "en", "> **For prosecutors:** A.\n>\n> > **Note:** B.\n",
         "passage:5 for=0x1 id=«p1»\n  html:5 html=«<p>A.</p>\\n»\n"
         "  note:7\n    html:7 html=«<p>B.</p>\\n»\n",
         ""},
        {"a trainer note is not there", "en", "A.\n\n> **Trainer note:** Secret.\n\nB.\n",
         "html:5 html=«<p>A.</p>\\n<p>B.</p>\\n»\n", ""},
        {"nor is one without its colon", "en", "A.\n\n> **Trainer note** Secret.\n",
         "html:5 html=«<p>A.</p>\\n»\n", ""},
        {"nor is one in a list", "en", "- a\n\n  > **Trainer note:** Secret.\n",
         "html:5 html=«<ul>\\n<li>\\n<p>a</p>\\n</li>\\n</ul>\\n»\n", ""},
        {"an ordinary quote", "en", "> Said she.\n",
         "html:5 html=«<blockquote>\\n<p>Said she.</p>\\n</blockquote>\\n»\n", ""},
        {"for example", "en", "> **For example:** A.\n",
         "html:5 html=«<blockquote>\\n<p><strong>For example:</strong> A.</p>\\n"
         "</blockquote>\\n»\n",
         ""},
        {"an ordinary sentence with if", "en", "> **If you are in danger:** Call.\n",
         "html:5 html=«<blockquote>\\n<p><strong>If you are in danger:</strong> Call.</p>\\n"
         "</blockquote>\\n»\n",
         ""},
        {"bold without a colon", "en", "> **Note** this.\n",
         "html:5 html=«<blockquote>\\n<p><strong>Note</strong> this.</p>\\n</blockquote>\\n»\n",
         ""},
        {"a hint outside a question is kept and reported", "en", "> **Hint:** A.\n",
         "html:5 html=«<blockquote>\\n<p><strong>Hint:</strong> A.</p>\\n</blockquote>\\n»\n",
         "W23:5"},
        {"Spanish", "es", "> **Nota:** A.\n\n> **Para prosecutor y advocate:** B.\n",
         "note:5\n  html:5 html=«<p>A.</p>\\n»\n"
         "passage:7 for=0x5 id=«p1»\n  html:7 html=«<p>B.</p>\\n»\n",
         ""},
        {"English words in a Spanish course", "es", "> **Note:** A.\n",
         "note:5\n  html:5 html=«<p>A.</p>\\n»\n", ""},
        {"Spanish words in an English course are text", "en", "> **Nota:** A.\n",
         "html:5 html=«<blockquote>\\n<p><strong>Nota:</strong> A.</p>\\n</blockquote>\\n»\n", ""},
        {"a passage by a heading, to the next of its level", "en",
         "### For prosecutors: Charging *decisions*\n\nA.\n\n#### B\n\n### C\n",
         "passage:5 for=0x1 id=«p1» level=3 title=«Charging <em>decisions</em>»\n"
         "  html:7 html=«<p>A.</p>\\n<h4>B</h4>\\n»\nhtml:11 html=«<h3>C</h3>\\n»\n",
         ""},
        {"a passage by a heading, to a line", "en", "### For prosecutors\n\nA.\n\n---\n\nB.\n",
         "passage:5 for=0x1 id=«p1» level=3\n  html:7 html=«<p>A.</p>\\n»\n"
         "html:11 html=«<p>B.</p>\\n»\n",
         ""},
        {"a heading for example", "en", "### For example: A\n",
         "html:5 html=«<h3>For example: A</h3>\\n»\n", ""},
        {"a passage for others within a passage", "en",
         "### For prosecutors: A\n\n> **For judges:** B.\n",
         "passage:5 for=0x1 id=«p1» level=3 title=«A»\n  passage:7 for=0x400 id=«p2»\n"
         "    html:7 html=«<p>B.</p>\\n»\n",
         "E44:7"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        CT_EQ_SV(c->name, blocks_of(&p, c->body, c->lang), ct_sv_c(c->want));
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), ct_sv_c(c->codes));
        test_release(&p);
    }
}

static void an_unknown_discipline_has_a_suggestion(void **state)
{
    struct parsed p;
    (void)state;
    blocks_of(&p, "> **For prosecuters:** A.\n", "en");
    assert_int_equal(p.problems.n, 1);
    CT_EQ_SV("text", p.problems.items[0].text,
             CT_SV("unknown discipline \"prosecuters\"; did you mean \"prosecutors\"?"));
    test_release(&p);
    blocks_of(&p, "> **For prosecutors and firefighters:** A.\n", "en");
    assert_int_equal(p.problems.n, 1);
    assert_true(ct_sv_starts(p.problems.items[0].text,
                             CT_SV("unknown discipline \"firefighters\"; curriculum.md knows: "
                                   "prosecutors, caseworkers")));
    test_release(&p);
}

static void media_stand_alone(void **state)
{
    static const struct {
        const char *name, *body, *want;
    } cases[] = {
        {"a film", "![A talk](media/a.mp4)\n",
         "media:5 url=«media/a.mp4» captions=«media/a.vtt» label=«A talk» video\n"},
        {"a sound", "![A voice](s.mp3)\n", "media:5 url=«s.mp3» label=«A voice»\n"},
        {"a picture is text", "![A room](a.png)\n",
         "html:5 html=«<p><img src=\"a.png\" alt=\"A room\" /></p>\\n»\n"},
        {"a film elsewhere", "![A talk](https://example.org/a.mp4)\n",
         "media:5 url=«https://example.org/a.mp4» label=«A talk» video\n"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct parsed p;
        CT_EQ_SV(c->name, blocks_of(&p, c->body, "en"), ct_sv_c(c->want));
        test_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labelled_quotes_become_blocks),
        cmocka_unit_test(an_unknown_discipline_has_a_suggestion),
        cmocka_unit_test(media_stand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
