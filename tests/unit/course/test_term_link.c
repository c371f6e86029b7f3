/*
 * Links from texts to the glossary: which words are linked, where, and how often.
 */
#include "course/course_test.h"

#include "../../../server/course/glossary_priv.h"

#include "ct/base/banned.h"

#define TERM(names) "## Term: " names "\n\nA definition.\n\n> **Source:** a book\n\n"

/* clang-format off */
static const char glossary_md[] =
    "---\ntitle: Words\n---\nHello.\n\n"
    TERM("CAPTA\n\n`also: Child Abuse Act`")
    TERM("Reporter")
    TERM("Mandated reporter\n\n`also: mandatory reporter`")
    TERM("Advocate, system-based\n\n`also: system-based advocate`")
    TERM("GAL\n\n`also: guardian ad litem` `also: guardians ad litem`")
    TERM("NIBRS 64A/64B\n\n`also: NIBRS 64A`")
    TERM("Safe Harbor")
    TERM("Niñez")
    TERM("Supplement B (I-918)")
    TERM("Árbol");
/* clang-format on */

struct linked {
    struct parsed p;
    struct ct_glossary g;
};

static void parse(struct linked *k, const char *source, const char *path)
{
    memset(k, 0, sizeof *k);
    k->p.problems.arena = &k->p.arena;
    ct_disciplines_default(&k->p.disciplines);
    struct ct_module_context ctx = {.disciplines = &k->p.disciplines};
    ct_glossary_parse(&k->p.arena, ct_sv_c(glossary_md), CT_SV("glossary.md"), &ctx, &k->p.problems,
                      &k->g);
    CT_EQ_I64("no fault in the glossary", k->p.problems.n, 0);
    ctx.glossary = &k->g;
    k->p.status = ct_module_parse(&k->p.arena, ct_sv_c(source), ct_sv_c(path), &ctx, &k->p.problems,
                                  &k->p.module, NULL);
}

/* `<a class="term" id="use-1" href="#term-capta">CAPTA</a>` as "{1 capta|CAPTA}". */
static struct ct_sv short_form(struct ct_arena *a, struct ct_sv html)
{
    const struct ct_sv open = CT_SV("<a class=\"term\" id=\"use-");
    CT_AUTO_STR out = CT_STR_INIT(16 * 1024 * 1024);
    size_t at;
    while ((at = ct_sv_search(html, open)) != SIZE_MAX) {
        ct_str_add_sv(&out, ct_sv_sub(html, 0, at));
        html = ct_sv_sub(html, at + open.n, html.n);
        ct_str_add_char(&out, '{');
        ct_str_add_sv(&out, ct_sv_sub(html, 0, ct_sv_find(html, '"')));
        html = ct_sv_sub(html, ct_sv_search(html, CT_SV("#term-")) + 6, html.n);
        ct_str_add_char(&out, ' ');
        ct_str_add_sv(&out, ct_sv_sub(html, 0, ct_sv_find(html, '"')));
        html = ct_sv_sub(html, ct_sv_find(html, '>') + 1, html.n);
        ct_str_add_char(&out, '|');
        at = ct_sv_search(html, CT_SV("</a>"));
        ct_str_add_sv(&out, ct_sv_sub(html, 0, at));
        html = ct_sv_sub(html, at + 4, html.n);
        ct_str_add_char(&out, '}');
    }
    ct_str_add_sv(&out, html);
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* All HTML of blocks, with [ ] around passages and notes. */
static void add_blocks(struct ct_str *out, const struct ct_block *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ct_str_add_sv(out, b[i].html);
        if (b[i].question)
            add_blocks(out, b[i].question->stem, b[i].question->n_stem);
        if (b[i].kind != CT_BLOCK_PASSAGE && b[i].kind != CT_BLOCK_NOTE)
            continue;
        ct_str_add_char(out, '[');
        add_blocks(out, b[i].children, b[i].n_children);
        ct_str_add_char(out, ']');
    }
}

static struct ct_sv html_of(struct linked *k, const struct ct_block *blocks, size_t n)
{
    CT_AUTO_STR out = CT_STR_INIT(16 * 1024 * 1024);
    add_blocks(&out, blocks, n);
    return short_form(&k->p.arena, ct_str_sv(&out));
}

struct link_case {
    const char *name, *text, *html;
};

static void check(const struct link_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CT_AUTO_STR source = CT_STR_INIT(1024 * 1024);
        struct linked k;
        ct_str_add_c(&source, "# T\n\n## S\n\n");
        ct_str_add_c(&source, cases[i].text);
        parse(&k, source.p, "01-a.md");
        const struct ct_section *s = &k.p.module->sections[0];
        CT_EQ_SV(cases[i].name, html_of(&k, s->blocks, s->n_blocks), ct_sv_c(cases[i].html));
        test_release(&k.p);
    }
}

static void whole_words_are_linked(void **state)
{
    static const struct link_case cases[] = {
        {"a name", "The CAPTA law.\n", "<p>The {1 capta|CAPTA} law.</p>\n"},
        {"at both ends", "CAPTA\n", "<p>{1 capta|CAPTA}</p>\n"},
        {"only its first use", "CAPTA and CAPTA\n", "<p>{1 capta|CAPTA} and CAPTA</p>\n"},
        {"another spelling is the same term", "the Child Abuse Act, CAPTA\n",
         "<p>the {1 capta|Child Abuse Act}, CAPTA</p>\n"},
        {"capitals as they are written", "capta, Capta\n", "<p>capta, Capta</p>\n"},
        {"so in several words", "a safe harbor, the Safe Harbor law\n",
         "<p>a safe harbor, the {1 safe-harbor|Safe Harbor} law</p>\n"},
        {"other names in any case", "the REPORTER\n", "<p>the {1 reporter|REPORTER}</p>\n"},
        {"in a longer word", "XCAPTA CAPTAX CAPTA2 CAPTA_x reporterly\n",
         "<p>XCAPTA CAPTAX CAPTA2 CAPTA_x reporterly</p>\n"},
        {"beside a letter of another script", "éCAPTA CAPTAЖ\n", "<p>éCAPTA CAPTAЖ</p>\n"},
        {"behind letters of another script", "cafárbol xñCAPTA\n", "<p>cafárbol xñCAPTA</p>\n"},
        {"between marks", "(CAPTA)–\"reporter\"\n",
         "<p>({1 capta|CAPTA})–&quot;{2 reporter|reporter}&quot;</p>\n"},
        {"a plural is part of the link", "GALs and reporters\n",
         "<p>{1 gal|GALs} and {2 reporter|reporters}</p>\n"},
        {"a plural with es", "reporteres\n", "<p>{1 reporter|reporteres}</p>\n"},
        {"another ending is another word", "reported GALes GALS\n",
         "<p>reported {1 gal|GALes} GALS</p>\n"},
        {"an apostrophe ends it", "CAPTA's GAL’s\n", "<p>{1 capta|CAPTA}'s {2 gal|GAL}’s</p>\n"},
        {"Spanish", "la niñez, los árboles\n",
         "<p>la {1 niñez|niñez}, los {2 árbol|árboles}</p>\n"},
        {"Spanish capitals", "NIÑEZ\n", "<p>{1 niñez|NIÑEZ}</p>\n"},
        {"a slash in the name", "Code NIBRS 64A/64B is used.\n",
         "<p>Code {1 nibrs-64a64b|NIBRS 64A/64B} is used.</p>\n"},
        {"a shorter spelling of it", "Code NIBRS 64A/64 is used.\n",
         "<p>Code {1 nibrs-64a64b|NIBRS 64A}/64 is used.</p>\n"},
        {"brackets in the name", "Supplement B (I-918), Supplement B (I-918)x\n",
         "<p>{1 supplement-b-i-918|Supplement B (I-918)}, Supplement B (I-918)x</p>\n"},
        {"a name that runs into a word", "Supplement B (I-918)x\n",
         "<p>Supplement B (I-918)x</p>\n"},
        {"marks that must be escaped", "A & CAPTA < b\n",
         "<p>A &amp; {1 capta|CAPTA} &lt; b</p>\n"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void the_longest_name_wins(void **state)
{
    static const struct link_case cases[] = {
        {"of two that begin apart", "a mandated reporter\n",
         "<p>a {1 mandated-reporter|mandated reporter}</p>\n"},
        {"what stands within it is not linked later", "mandated reporter, mandated reporter\n",
         "<p>{1 mandated-reporter|mandated reporter}, mandated reporter</p>\n"},
        {"both", "A reporter is a mandated reporter\n",
         "<p>A {1 reporter|reporter} is a {2 mandated-reporter|mandated reporter}</p>\n"},
        {"a front of a name is no name", "guardian ad\n", "<p>guardian ad</p>\n"},
        {"the front of one name before another", "guardian ad CAPTA\n",
         "<p>guardian ad {1 capta|CAPTA}</p>\n"},
        {"a plural within the name", "guardians ad litem\n", "<p>{1 gal|guardians ad litem}</p>\n"},
        {"with a hyphen", "A system-based advocate and a system based advocate\n",
         "<p>A {1 advocate-system-based|system-based advocate} and a system based advocate</p>\n"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void names_run_across_lines_and_marks(void **state)
{
    static const struct link_case cases[] = {
        {"a line break", "a mandated\nreporter here\n",
         "<p>a {1 mandated-reporter|mandated\nreporter} here</p>\n"},
        {"two line breaks", "the guardian\nad\nlitem.\n",
         "<p>the {1 gal|guardian\nad\nlitem}.</p>\n"},
        {"in a quote, where lines have marks", "> a mandated\n> reporter\n",
         "<blockquote>\n<p>a {1 mandated-reporter|mandated\nreporter}</p>\n</blockquote>\n"},
        {"several blanks and a no-break space", "mandated \xc2\xa0 reporter\n",
         "<p>{1 mandated-reporter|mandated \xc2\xa0 reporter}</p>\n"},
        {"a hard break parts them", "mandated\\\nreporter\n",
         "<p>mandated<br />\n{1 reporter|reporter}</p>\n"},
        {"a paragraph's end parts them", "mandated\n\nreporter\n",
         "<p>mandated</p>\n<p>{1 reporter|reporter}</p>\n"},
        {"within emphasis", "*CAPTA* and **the mandated\nreporter**\n",
         "<p><em>{1 capta|CAPTA}</em> and <strong>the {2 mandated-reporter|mandated\nreporter}"
         "</strong></p>\n"},
        {"emphasis at its end", "a mandated *reporter* here\n",
         "<p>a {1 mandated-reporter|mandated <em>reporter</em>} here</p>\n"},
        {"emphasis at its beginning", "**guardian** ad litem\n",
         "<p>{1 gal|<strong>guardian</strong> ad litem}</p>\n"},
        {"emphasis in the middle", "guardian *ad* litem.\n",
         "<p>{1 gal|guardian <em>ad</em> litem}.</p>\n"},
        {"emphasis in emphasis", "mandated ***reporter***\n",
         "<p>{1 mandated-reporter|mandated <em><strong>reporter</strong></em>}</p>\n"},
        {"two emphases", "*mandated* **reporter**\n",
         "<p>{1 mandated-reporter|<em>mandated</em> <strong>reporter</strong>}</p>\n"},
        {"emphasis of which it takes a part: what stands whole", "mandated *reporter and more*\n",
         "<p>mandated <em>{1 reporter|reporter} and more</em></p>\n"},
        {"emphasis that begins before it", "*Every mandated* reporter\n",
         "<p><em>Every mandated</em> {1 reporter|reporter}</p>\n"},
        {"a picture or an empty link in it",
         "mandated ![](a.png)reporter, guardian [](b)ad litem\n",
         "<p>mandated <img src=\"a.png\" alt=\"\" />{1 reporter|reporter}, guardian "
         "<a href=\"b\"></a>ad litem</p>\n"},
        {"emphasis around half a word", "re**porter** CAP*TA*\n",
         "<p>{1 reporter|re<strong>porter</strong>} {2 capta|CAP<em>TA</em>}</p>\n"},
        {"emphasis that ends at the word", "*the CAPTA*s\n", "<p><em>the CAPTA</em>s</p>\n"},
        {"emphasis that runs on", "**CAPTA**x\n", "<p><strong>CAPTA</strong>x</p>\n"},
        {"three in a line, one split", "GAL CAPTA mandated\nreporter Safe Harbor\n",
         "<p>{1 gal|GAL} {2 capta|CAPTA} {3 mandated-reporter|mandated\nreporter} "
         "{4 safe-harbor|Safe Harbor}</p>\n"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void links_stand_where_they_may(void **state)
{
    static const struct link_case cases[] = {
        {"a list", "- CAPTA\n- GAL\n",
         "<ul>\n<li>{1 capta|CAPTA}</li>\n<li>{2 gal|GAL}</li>\n</ul>\n"},
        {"a table", "| a | b |\n|---|---|\n| CAPTA | a mandated reporter |\n",
         "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
         "<td>{1 capta|CAPTA}</td>\n<td>a {2 mandated-reporter|mandated reporter}</td>\n</tr>\n"
         "</tbody>\n</table>\n"},
        {"a note", "> **Note:** CAPTA\n", "[<p>{1 capta|CAPTA}</p>\n]"},
        {"a heading", "### CAPTA\n\nCAPTA\n", "<h3>CAPTA</h3>\n<p>{1 capta|CAPTA}</p>\n"},
        {"a heading in a list", "- # CAPTA\n", "<ul>\n<li>\n<h1>CAPTA</h1>\n</li>\n</ul>\n"},
        {"a link", "[CAPTA](https://a.org) CAPTA\n",
         "<p><a href=\"https://a.org\">CAPTA</a> {1 capta|CAPTA}</p>\n"},
        {"emphasis in a link", "[*CAPTA*](https://a.org)\n",
         "<p><a href=\"https://a.org\"><em>CAPTA</em></a></p>\n"},
        {"code", "`CAPTA` CAPTA\n", "<p><code>CAPTA</code> {1 capta|CAPTA}</p>\n"},
        {"a block of code", "    CAPTA\n", "<pre><code>CAPTA\n</code></pre>\n"},
        {"a picture", "![CAPTA](https://a.org/a.png)\n",
         "<p><img src=\"https://a.org/a.png\" alt=\"CAPTA\" /></p>\n"},
        {"raw HTML", "<b>CAPTA</b>\n",
         "<p><!-- raw HTML omitted -->{1 capta|CAPTA}<!-- raw HTML omitted --></p>\n"},
        {"a block of raw HTML", "<div>CAPTA</div>\n", "<!-- raw HTML omitted -->\n"},
        {"a question, and then a text",
         "### Question: CAPTA?\n\nWhat is CAPTA?\n\n- (x) CAPTA\n- ( ) GAL\n\n---\n\nCAPTA\n",
         "<p>What is CAPTA?</p>\n<p>{1 capta|CAPTA}</p>\n"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void a_passage_is_a_page_within_the_page(void **state)
{
    static const struct link_case cases[] = {
        {"linked around it", "CAPTA\n\n> **For prosecutors:** CAPTA\n\nCAPTA\n",
         "<p>{1 capta|CAPTA}</p>\n[<p>CAPTA</p>\n]<p>CAPTA</p>\n"},
        {"first in it", "> **For prosecutors:** CAPTA, CAPTA\n\nCAPTA, CAPTA\n",
         "[<p>{1 capta|CAPTA}, CAPTA</p>\n]<p>{2 capta|CAPTA}, CAPTA</p>\n"},
        {"in two passages", "> **For prosecutors:** CAPTA\n\n> **For advocates:** CAPTA\n",
         "[<p>{1 capta|CAPTA}</p>\n][<p>{2 capta|CAPTA}</p>\n]"},
        {"by a heading", "### For prosecutors: A\n\nCAPTA\n\n---\n\nCAPTA\n",
         "[<p>{1 capta|CAPTA}</p>\n]<p>{2 capta|CAPTA}</p>\n"},
    };
    (void)state;
    check(cases, sizeof cases / sizeof cases[0]);
}

static void every_section_is_a_page(void **state)
{
    struct linked k;
    (void)state;
    parse(&k,
          "# T\n\nCAPTA\n\n## S\n\nCAPTA GAL\n\nCAPTA\n\n## U\n\nGAL\n\n## Quiz\n\nCAPTA\n\n"
          "### Question: Q\n\nCAPTA\n\n- (x) a\n- ( ) b\n",
          "01-a.md");
    const struct ct_module *m = k.p.module;
    CT_EQ_SV("before the first", html_of(&k, m->intro, m->n_intro),
             CT_SV("<p>{1 capta|CAPTA}</p>\n"));
    CT_EQ_SV("the first", html_of(&k, m->sections[0].blocks, m->sections[0].n_blocks),
             CT_SV("<p>{2 capta|CAPTA} {3 gal|GAL}</p>\n<p>CAPTA</p>\n"));
    CT_EQ_SV("the second", html_of(&k, m->sections[1].blocks, m->sections[1].n_blocks),
             CT_SV("<p>{4 gal|GAL}</p>\n"));
    CT_EQ_SV("the quiz", html_of(&k, m->quiz->intro, m->quiz->n_intro),
             CT_SV("<p>{5 capta|CAPTA}</p>\n"));
    const struct ct_block *b = &m->sections[0].blocks[0];
    CT_EQ_I64("uses of the block", b->n_uses, 2);
    CT_EQ_SV("in order", b->uses[0].term->name, CT_SV("CAPTA"));
    CT_EQ_SV("the next", b->uses[1].term->name, CT_SV("GAL"));
    CT_EQ_I64("with their numbers", b->uses[1].number, 3);
    CT_AUTO_STR plain = CT_STR_INIT(1024);
    ct_term_add_unlinked(&plain, b);
    CT_EQ_STR("without them", plain.p, "<p>CAPTA GAL</p>\n<p>CAPTA</p>\n");
    test_release(&k.p);
}

static void scenes_link_what_is_told_and_not_what_is_chosen(void **state)
{
    struct linked k;
    (void)state;
    parse(&k,
          "# Scenario: CAPTA\n\n`told = no`\n\nA GAL.\n\n## One\n\nThe CAPTA rule.\n\n"
          "> `if told = yes` The GAL and CAPTA.\n\nThe GAL.\n\n"
          "- [Ask the GAL](#ending-two) `told = yes`\n  > CAPTA says so.\n"
          "- [Go](#ending-two)\n\n## Ending: Two\n\n`pass`\n\nCAPTA.\n",
          "01-a.md");
    const struct ct_scenario *sc = k.p.module->scenario;
    CT_EQ_SV("above the scenes", html_of(&k, sc->intro, sc->n_intro),
             CT_SV("<p>A {1 gal|GAL}.</p>\n"));
    CT_EQ_SV("a scene", html_of(&k, sc->scenes[0].blocks, sc->scenes[0].n_blocks),
             CT_SV("<p>The {2 capta|CAPTA} rule.</p>\n<p>The {3 gal|GAL} and CAPTA.</p>\n"
                   "<p>The {4 gal|GAL}.</p>\n"));
    CT_EQ_SV("a choice", sc->scenes[0].choices[0].html, CT_SV("Ask the GAL"));
    CT_EQ_SV("what follows", sc->scenes[0].choices[0].consequence_html, CT_SV("CAPTA says so."));
    CT_EQ_SV("an ending", html_of(&k, sc->scenes[1].blocks, sc->scenes[1].n_blocks),
             CT_SV("<p>{5 capta|CAPTA}.</p>\n"));
    test_release(&k.p);
}

static void ten_thousand_uses_are_one_link(void **state)
{
    enum { USES = 10000 };
    CT_AUTO_STR source = CT_STR_INIT(1024 * 1024);
    struct linked k;
    (void)state;
    ct_str_add_c(&source, "# T\n\n## S\n\n");
    for (int i = 0; i < USES; i++)
        ct_str_add_c(&source, i % 10 ? "CAPTA " : "guardian ad\n");
    parse(&k, source.p, "01-a.md");
    const struct ct_section *s = &k.p.module->sections[0];
    CT_EQ_I64("links", s->blocks[0].n_uses, 1);
    struct ct_sv html = html_of(&k, s->blocks, s->n_blocks);
    CT_EQ_SV("the first of them", ct_sv_sub(html, 0, 40),
             CT_SV("<p>guardian ad\n{1 capta|CAPTA} CAPTA CAP"));
    test_release(&k.p);
}

static void a_glossary_changes_no_revision(void **state)
{
    static const char source[] = "# T\n\n## S\n\nCAPTA\n";
    struct linked k;
    struct parsed p;
    (void)state;
    parse(&k, source, "01-a.md");
    test_parse(&p, ct_sv_c(source), "01-a.md", "en", false);
    CT_EQ_STR("with and without", k.p.module->revision, p.module->revision);
    test_release(&k.p);
    test_release(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_words_are_linked),
        cmocka_unit_test(the_longest_name_wins),
        cmocka_unit_test(names_run_across_lines_and_marks),
        cmocka_unit_test(links_stand_where_they_may),
        cmocka_unit_test(a_passage_is_a_page_within_the_page),
        cmocka_unit_test(every_section_is_a_page),
        cmocka_unit_test(scenes_link_what_is_told_and_not_what_is_chosen),
        cmocka_unit_test(ten_thousand_uses_are_one_link),
        cmocka_unit_test(a_glossary_changes_no_revision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
