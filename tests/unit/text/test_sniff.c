/*
 * test_sniff.c: files that are what their names say, and those that are not, or could do something.
 */
#include "ct_test.h"

#include "ct/base/str.h"
#include "ct/text/sniff.h"

#include <pthread.h>

#include "ct/base/banned.h"

/* The smallest of each kind. */
#define PNG                                                                                        \
    CT_SV("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"              \
          "\0\0\0\0IEND\xae\x42\x60\x82")
#define JPEG CT_SV("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9")
#define GIF  CT_SV("GIF89a\1\0\1\0\0\0\0;")
#define WEBP CT_SV("RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\7\x10\x11\x11\x88\x88\xfe\7\0")
#define PDF  CT_SV("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")
#define ZIP                                                                                        \
    CT_SV("PK\003\004\024\000\000\000\000\000\353\043v\135\254\052\223\330\002\000\000\000\002"    \
          "\000\000\000\005\000\000\000a."                                                         \
          "txthiPK\001\002\024\003\024\000\000\000\000\000\353\043v\135\254\052\223\330\002\000"   \
          "\000\000\002\000\000\000\005\000\000\000\000\000\000\000\000\000\000\000\200\001\000"   \
          "\000\000\000a."                                                                         \
          "txtPK\005\006\000\000\000\000\001\000\001\000\063\000\000\000\045\000\000\000\000\000")
#define EXE                                                                                        \
    CT_SV("\x7f"                                                                                   \
          "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")
#define HTML CT_SV("<!DOCTYPE html><html><script>alert(1)</script></html>")
#define NS   "xmlns=\"http://www.w3.org/2000/svg\""
#define XL   "xmlns:xlink=\"http://www.w3.org/1999/xlink\""
#define SVG  CT_SV("<svg " NS "><path d=\"M0 0h1\"/></svg>")
#define VTT  CT_SV("WEBVTT\n\n00:01.500 --> 00:04.000\nHello.\n")

static int sniff(const char *name, struct ct_sv bytes, const char **ret_type, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv copy = ct_arena_dup(&a, bytes);

    return ct_sniff(&a, ct_sv_c(name), copy, ret_type, err);
}

static void files_that_are_what_they_say(void **state)
{
    const struct {
        const char *name;
        struct ct_sv bytes;
        const char *want;
    } cases[] = {
        {"a.png", PNG, "image/png"},       {"a.jpg", JPEG, "image/jpeg"},
        {"a.jpeg", JPEG, "image/jpeg"},    {"a.gif", GIF, "image/gif"},
        {"a.webp", WEBP, "image/webp"},    {"a.svg", SVG, "image/svg+xml"},
        {"a.vtt", VTT, "text/vtt"},        {"Tür 1.PNG", PNG, "image/png"},
        {"a.b.Svg", SVG, "image/svg+xml"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_OK_(c->name, sniff(c->name, c->bytes, &type, &err), &err);
        CT_EQ_STR(c->name, type, c->want);
    }
}

static void files_that_are_something_else(void **state)
{
    const struct {
        const char *name;
        struct ct_sv bytes;
        const char *want;
    } cases[] = {
        {"photo.png", PDF, "photo.png is no PNG picture but a PDF document"},
        {"photo.png", JPEG, "photo.png is no PNG picture but a JPEG picture"},
        {"photo.jpg", PNG, "photo.jpg is no JPEG picture but a PNG picture"},
        {"photo.gif", HTML, "photo.gif is no GIF picture but a web page"},
        {"photo.webp", EXE, "photo.webp is no WebP picture but a program"},
        {"photo.png", ZIP, "photo.png is no PNG picture but a ZIP archive"},
        {"photo.png", SVG, "photo.png is no PNG picture but an SVG picture"},
        {"photo.png", CT_SV("hello\n"), "photo.png is no PNG picture but a text"},
        {"photo.png", CT_SV(""), "photo.png is no PNG picture but empty"},
        {"photo.png", CT_SV("\1\2\3\4"), "photo.png is no PNG picture but something unknown"},
        {"door.svg", PNG, "door.svg is no SVG picture but a PNG picture"},
        {"door.svg", HTML, "door.svg is no SVG picture but a web page"},
        {"door.svg", CT_SV("hello\n"), "door.svg is no SVG picture but a text"},
        {"door.svg", CT_SV(""), "door.svg is no SVG picture but empty"},
        {"talk.vtt", PNG, "talk.vtt is no WebVTT captions but a PNG picture"},
        {"talk.vtt", CT_SV(""), "talk.vtt is no WebVTT captions but empty"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_EQ_I64(c->want, sniff(c->name, c->bytes, &type, &err), CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.text, c->want);
        CT_EQ_STR(c->name, err.what, "file");
        assert_null(type);
    }
}

static void beginnings_of_pictures_are_none(void **state)
{
    const struct {
        const char *name;
        struct ct_sv bytes;
        size_t most; /* bytes that say nothing yet */
    } cases[] = {{"a.png", PNG, 7}, {"a.jpg", JPEG, 2}, {"a.gif", GIF, 3}, {"a.webp", WEBP, 11}};

    (void)state;
    CT_EACH (c, cases) {
        const char *type;
        for (size_t n = 0; n <= c->most; n++)
            CT_EQ_I64(c->name, sniff(c->name, ct_sv_sub(c->bytes, 0, n), &type, NULL),
                      CT_BAD_INPUT);
    }
}

static void files_that_a_course_does_not_take(void **state)
{
    static const char *const names[] = {"a.exe", "a.html", "a.mp4",     "a.md",   "png",     ".png",
                                        "a",     "",       "a.png.exe", "a.svgz", "a.pn\xff"};

    (void)state;
    CT_EACH (name, names) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_EQ_I64(*name, sniff(*name, PNG, &type, &err), CT_BAD_INPUT);
        assert_true(ct_sv_utf8(ct_sv_c(err.text)));
        assert_non_null(strstr(err.text, ".vtt"));
    }
}

/* ---- SVG ---- */

#define DRAW(inside) "<svg " NS " " XL ">" inside "</svg>"

static void pictures_that_stand_still(void **state)
{
    static const struct {
        const char *name, *svg;
    } cases[] = {
        {"with a declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
                               "<!-- Drawn by hand -->\n" DRAW("<g/>") "\n<!-- end -->\n"},
        {"a byte order mark", "\xef\xbb\xbf<svg " NS "/>"},
        {"ASCII", "<?xml version='1.0' encoding='us-ascii'?><svg " NS "/>"},
        {"a link inside", DRAW("<use href=\"#a\"/><use xlink:href=' #b'/><a href='#c'>x</a>")},
        {"a fill from inside", DRAW("<path fill=\"url(#a)\" style=\"mask: url( '#b' )\"/>")},
        {"a style", DRAW("<style>.a { fill: url(#b); } /* x */</style>")},
        {"a style in CDATA", DRAW("<style><![CDATA[ a > b { fill: red } ]]></style>")},
        {"names of a drawing program",
         "<svg xmlns:svg=\"http://www.w3.org/2000/svg\" " NS
         " xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\""
         " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
         " xmlns:ev=\"http://www.w3.org/2001/xml-events\"" /* and nothing of it */
         " inkscape:export-filename=\"C:\\Users\\ann\\a.png\"><inkscape:grid/>"
         "<metadata><rdf:RDF><rdf:Description rdf:about=\"\"><dc:source>by hand</dc:source>"
         "</rdf:Description></rdf:RDF></metadata></svg>"},
        {"text", DRAW("<title>A &amp; B &lt; &#x43; &#68;</title><text on='1'>ö</text>")},
        {"a prefix", "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\"><svg:g/></svg:svg>"},
        {"blanks in tags", "<svg\n a = '1'\tb='2' " NS " ><g ></g\n></svg >"},
        {"names in other letters", DRAW("<g id='\xc3\xb6'/><d:\xc3\xb6 xmlns:d='urn:d'/>")},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_OK_(c->name, sniff("a.svg", ct_sv_c(c->svg), &type, &err), &err);
    }
}

static void pictures_that_could_do_something(void **state)
{
    static const struct {
        const char *name, *svg, *want;
    } cases[] = {
        {"a script", DRAW("<script>x</script>"), "contains a script"},
        {"a script under a prefix", DRAW("<x:script xmlns:x='http://www.w3.org/2000/svg'/>"),
         "contains a script"},
        {"a script of another kind", DRAW("<x:script xmlns:x='urn:x'/>"), "contains a script"},
        {"a script of no kind", DRAW("<script xmlns=''/>"), "contains a script"},
        {"a script behind depth", DRAW("<g><g><script/></g></g>"), "contains a script"},
        {"a script in capitals", DRAW("<SCRIPT/>"), "contains a script"},
        {"a script elsewhere", DRAW("\n\n<script href=\"#a\"/>"), "line 3"},
        {"an event", "<svg " NS " onload=\"x()\"/>", "reacts to events (onload)"},
        {"an event in capitals", DRAW("<g ONCLICK='x'/>"), "reacts to events"},
        {"an event under a prefix", DRAW("<g x:onload='y' xmlns:x='urn:x'/>"), "reacts to events"},
        {"an event with a long name in other letters",
         DRAW(
             "<g on\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6"
             "\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6\xc3\xb6x\xc3\xb6='y'"
             "/>"),
         "reacts to events"},
        {"a handler told by an attribute",
         DRAW("<g e:event='load' xmlns:e='http://www.w3.org/2001/xml-events'/>"), "another kind"},
        {"a page inside", DRAW("<foreignObject/>"), "no part of a picture"},
        {"a page inside, by kind", DRAW("<b xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
         "another kind"},
        {"by kind, written otherwise", DRAW("<h:b xmlns:h=\"http://www.w3.org/1999/xhtm&#108;\"/>"),
         "another kind"},
        {"an iframe", DRAW("<iframe/>"), "no part of a picture"},
        {"a picture from elsewhere", DRAW("<image href=\"http://x.org/a.png\"/>"), "elsewhere"},
        {"by the old name", DRAW("<image xlink:href=\"//x.org/a.png\"/>"), "elsewhere"},
        {"by another prefix", DRAW("<image xmlns:y='urn:y' y:HREF=\"a.png\"/>"), "elsewhere"},
        {"a link out", DRAW("<a href=\"https://x.org\">x</a>"), "elsewhere"},
        {"a link that runs", DRAW("<a href=\"javascript:x()\">x</a>"), "elsewhere"},
        {"written otherwise", DRAW("<a href=\"&#x6a;avascript:x()\">x</a>"), "elsewhere"},
        {"data", DRAW("<use href=\"data:image/svg+xml,x\"/>"), "elsewhere"},
        {"an empty link", DRAW("<use href=\"\"/>"), "elsewhere"},
        {"broken by a line end", DRAW("<a href='java&#10;script:x()'/>"), "elsewhere"},
        {"a link behind a blank", DRAW("<use href=' &#160;#a'/>"), "elsewhere"},
        {"a link that tells on you", DRAW("<a href='#a' ping='//x.org'/>"), "elsewhere (ping)"},
        {"pictures to choose from", DRAW("<image srcset='a.png 1x'/>"), "elsewhere"},
        {"another base", DRAW("<g xml:base=\"http://x.org/\"/>"), "elsewhere"},
        {"a fill from elsewhere", DRAW("<g fill=\"url(http://x.org/a#b)\"/>"), "url(…)"},
        {"in capitals and quotes", DRAW("<g fill=\"URL( 'a.svg#b')\"/>"), "url(…)"},
        {"in references", DRAW("<g fill='&#117;rl(x)'/>"), "url(…)"},
        {"under a prefix", DRAW("<g x:a='url(x)' xmlns:x='urn:x'/>"), "url(…)"},
        {"with nothing in it", DRAW("<g fill='url()'/>"), "url(…)"},
        {"a filter that loads", DRAW("<feImage href='a.svg'/>"), "elsewhere"},
        {"the second of two", DRAW("<g style='a:url(#a);b:url(x)'/>"), "url(…)"},
        {"a letter written otherwise", DRAW("<g style='a:u\\72l(x)'/>"), "backslash"},
        {"in a fill", DRAW("<g fill='u\\72l(x)'/>"), "backslash"},
        {"a style from elsewhere", DRAW("<style>@import 'a.css';</style>"), "@import"},
        {"in pieces", DRAW("<style>@im<!-- -->port 'a.css';</style>"), "@import"},
        {"in CDATA", DRAW("<style>@im<![CDATA[port 'a']]></style>"), "@import"},
        {"in references", DRAW("<style>&#64;import 'a'</style>"), "@import"},
        {"a set of pictures", DRAW("<g style=\"a: image-set('x' 1x)\"/>"), "image-set("},
        {"a style sheet beside it", "<?xml-stylesheet href='a.css'?><svg " NS "/>", "instruction"},
        {"an instruction inside", DRAW("<?x y?>"), "instruction"},
        {"an instruction behind", DRAW("") "<?x y?>", "instruction"},
        {"a style of another kind", DRAW("<style xmlns=''>@import 'a';</style>"), "@import"},
        {"the second style", DRAW("<style/><style>a{}</style><style>a{b:url(x)}</style>"), "url("},
        {"an element in a style", DRAW("<style><g/></style>"), "other than text"},
        {"a link that changes", DRAW("<set attributeName='href' to='javascript:x'/>"), "moves"},
        {"motion under a prefix", DRAW("<x:set to='y' xmlns:x='http://www.w3.org/2000/svg'/>"),
         "moves"},
        {"motion", DRAW("<animate attributeName='x'/>"), "moves"},
        {"a DOCTYPE", "<!DOCTYPE svg PUBLIC \"x\" \"y\"><svg/>", "DOCTYPE"},
        {"an empty DOCTYPE", "<!DOCTYPE svg><svg/>", "DOCTYPE"},
        {"entities", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg>&a;</svg>", "DOCTYPE"},
        {"entities of entities",
         "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
         "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><svg>&c;</svg>",
         "DOCTYPE"},
        {"a file of this machine",
         "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg>&a;</svg>", "DOCTYPE"},
        {"attributes given by the DOCTYPE",
         "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]><svg " NS "/>", "DOCTYPE"},
        {"an entity in text", DRAW("&nbsp;"), "an entity"},
        {"an entity of its own", DRAW("<g a=\"&b;\"/>"), "an entity"},
        {"another encoding", "<?xml version='1.0' encoding='utf-7'?><svg/>", "UTF-8"},
        {"yet another", "<?xml version='1.0' encoding='UTF-16'?><svg " NS "/>", "UTF-8"},
        {"not UTF-8", DRAW("\xff"), "UTF-8"},
        {"no kind", "<svg/>", "lacks xmlns"},
        {"another kind", "<svg xmlns='http://www.w3.org/2000/svg/'/>", "lacks xmlns"},
        {"another root", "<g " NS "><svg/></g>", "is no SVG picture"},
        {"cut off in an element", "<svg " NS ">", "is cut off"},
        {"cut off in a tag", "<svg " NS "><g", "is cut off"},
        {"cut off in a text", "<svg " NS "><title>a", "is cut off"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_EQ_I64(c->name, sniff("a.svg", ct_sv_c(c->svg), &type, &err), CT_BAD_INPUT);
        if (!strstr(err.text, c->want))
            fail_msg("%s: «%s» says nothing of «%s»", c->name, err.text, c->want);
        assert_true(ct_sv_utf8(ct_sv_c(err.text)));
    }
}

static void broken_xml(void **state)
{
    static const char *const cases[] = {
        "<svg " NS "/>x",
        "<svg " NS "></g>",
        "<svg " NS "></svg></svg>",
        "<svg " NS "><g></svg></g>",
        "<svg " NS " a/>",
        "<svg " NS " a=b/>",
        "<svg " NS " a='b'c='d'/>",
        "<svg " NS " a='b/>",
        "<svg " NS " a='<'/>",
        "<svg " NS " a='b' a='c'/>",
        "<svg " NS "><1/></svg>",
        "<svg " NS ">< g/></svg>",
        "<svg " NS "><x:g/></svg>",
        "<svg " NS "><d:a xmlns:d='urn:d script'/></svg>", /* between them expat puts a blank */
        "<svg " NS " x:a='b'/>",
        "<svg " NS " xmlns:x=''/>",
        "<svg " NS ">& </svg>",
        "<svg " NS ">&#0;</svg>",
        "<svg " NS ">&#1;</svg>",
        "<svg " NS ">&#xd800;</svg>",
        "<svg " NS ">&#x110000;</svg>",
        "<svg " NS ">&#12a;</svg>",
        "<svg " NS ">&#;</svg>",
        "<svg " NS "><!-- a -- b --></svg>",
        "<svg " NS "><!--></svg>",
        "<svg " NS "><![CDATA[ </svg>",
        "<svg " NS ">]]></svg>",
        "<svg " NS "/><svg/>",
        "<svg " NS "><?xml version='1.0'?></svg>",
        "\n<?xml version='1.0'?><svg " NS "/>",
        "<svg",
    };

    (void)state;
    CT_EACH (svg, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        CT_EQ_I64(*svg, sniff("a.svg", ct_sv_c(*svg), &type, &err), CT_BAD_INPUT);
    }
}

static void other_encodings(void **state)
{
    const struct ct_sv cases[] = {
        CT_SV("<\0s\0v\0g\0/\0>\0"),
        CT_SV("\0<\0s\0v\0g\0/\0>"),
        CT_SV("\xff\xfe<\0s\0v\0g\0/\0>\0"),
        CT_SV("\0\0\0<\0\0\0s\0\0\0v\0\0\0g\0\0\0/\0\0\0>"),
        CT_SV("<svg " NS "/>\0"),
    };

    (void)state;
    CT_EACH (svg, cases) {
        const char *type = NULL;
        CT_EQ_I64("refused", sniff("a.svg", *svg, &type, NULL), CT_BAD_INPUT);
    }
}

static void depth_is_limited(void **state)
{
    CT_AUTO_STR deep = CT_STR_INIT(1 << 20);
    struct ct_err err = CT_ERR_INIT;
    const char *type;

    (void)state;
    ct_str_add_c(&deep, "<svg " NS ">");
    for (int i = 0; i < 100000; i++)
        ct_str_add_c(&deep, "<g>");
    CT_EQ_I64("deep", sniff("a.svg", ct_str_sv(&deep), &type, &err), CT_BAD_INPUT);
    assert_non_null(strstr(err.text, "too many"));
}

/* ---- captions ---- */

#define CUE "00:01.500 --> 00:04.000\nHello.\n"

static void captions(void **state)
{
    static const struct {
        const char *name, *vtt;
        const char *want; /* NULL: fine */
    } cases[] = {
        {"as small as can be", "WEBVTT\n\n00:01.500 --> 00:04.000", NULL},
        {"with a title, a note, a name, settings",
         "WEBVTT - Talk\n\nNOTE by hand\n\nintro\n00:00:01.500 --> 100:00:04.000 line:0\nHi.\n",
         NULL},
        {"line ends of Windows and of old", "WEBVTT\r\n\r\n00:01.500 --> 00:04.000\rHello.\r",
         NULL},
        {"a byte order mark", "\xef\xbb\xbfWEBVTT\n\n" CUE, NULL},
        {"no first line", CUE, "line 1: it does not begin with the line WEBVTT"},
        {"almost the first line", "WEBVTTX\n\n" CUE, "does not begin"},
        {"in small letters", "webvtt\n\n" CUE, "does not begin"},
        {"no caption", "WEBVTT\n\nHello.\n", "has no caption"},
        {"as SubRip has it", "WEBVTT\n\n1\n00:00:01,500 --> 00:00:04,000\nHi.\n",
         "line 4: it has a "
         "time with a comma"},
        {"the second", "WEBVTT\n\n" CUE "\n0:01.5 --> 0:04\nHi.\n", "line 6: it has a time that"},
        {"backwards", "WEBVTT\n\n00:04.000 --> 00:01.500\nHi.\n", "ends before it begins"},
        {"no length", "WEBVTT\n\n00:04.000 --> 00:04.000\nHi.\n", "ends before it begins"},
        {"sixty seconds", "WEBVTT\n\n00:01.000 --> 00:60.000\nHi.\n", "cannot be read"},
        {"two thousandths", "WEBVTT\n\n00:01.00 --> 00:02.000\nHi.\n", "cannot be read"},
        {"four thousandths", "WEBVTT\n\n00:01.000 --> 00:02.0000\nHi.\n", "cannot be read"},
        {"an arrow alone", "WEBVTT\n\n-->\n", "cannot be read"},
        {"no second time", "WEBVTT\n\n00:01.000 -->\n", "cannot be read"},
        {"something behind", "WEBVTT\n\n00:01.000 --> 00:02.000x\n", "cannot be read"},
        {"too many hours", "WEBVTT\n\n9999999:00:01.000 --> 9999999:00:02.000\n", "cannot be read"},
        {"not UTF-8", "WEBVTT\n\n" CUE "\xff\n", "UTF-8"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        const char *type = NULL;
        int r = sniff("a.vtt", ct_sv_c(c->vtt), &type, &err);
        CT_EQ_I64(c->name, r, c->want ? CT_BAD_INPUT : CT_OK);
        if (c->want && !strstr(err.text, c->want))
            fail_msg("%s: «%s» says nothing of «%s»", c->name, err.text, c->want);
    }
}

/* ---- all ---- */

static void names_of_any_length_make_a_sentence(void **state)
{
    char name[400];
    struct ct_err err = CT_ERR_INIT;
    const char *type;

    (void)state;
    for (size_t i = 0; i + 6 < sizeof name; i += 2) {
        name[i] = '\xc3';
        name[i + 1] = '\xb6';
    }
    memcpy(name + sizeof name - 6, "x.png", 6);
    CT_EQ_I64("long", sniff(name, PDF, &type, &err), CT_BAD_INPUT);
    assert_true(ct_sv_utf8(ct_sv_c(err.text)));
    assert_non_null(strstr(err.text, "x.png is no PNG picture but a PDF document"));
}

static uint32_t next(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

static void damaged_files_do_no_harm(void **state)
{
    static const char marks[] = "<>/='\"&#;![]-? \n:s\0\xff";
    static const char svg[] = "<?xml version='1.0' encoding='utf-8'?><!-- a -->\n" DRAW(
        "<style>a{b:url(#c)}<![CDATA[ @x ]]></style><g fill=\"url(#a)\" x='&#65;'>&amp;</g>");
    static const char vtt[] = "WEBVTT\n\na\n00:01.500 --> 00:04.000 line:0\nHello.\n\n" CUE;
    static const struct {
        const char *name;
        struct ct_sv bytes;
        int rounds;
    } files[] = {{"a.svg", {svg, sizeof svg - 1}, 1500}, {"a.vtt", {vtt, sizeof vtt - 1}, 700}};
    uint32_t seed = 88172645u;
    size_t fine = 0, refused = 0;

    (void)state;
    CT_EACH (f, files) {
        for (int i = 0; i < f->rounds; i++) {
            CT_AUTO_ARENA a = CT_ARENA_INIT;
            size_t n = next(&seed) % 4 ? f->bytes.n : next(&seed) % f->bytes.n;
            char *copy = ct_arena_alloc(&a, n + 1);
            const char *type;
            memcpy(copy, f->bytes.p, n);
            for (uint32_t k = next(&seed) % 3; k && n; k--)
                copy[next(&seed) % n] = marks[next(&seed) % (sizeof marks - 1)];
            int r = sniff(f->name, ct_sv_n(copy, n), &type, NULL);
            assert_true(r == CT_OK || r == CT_BAD_INPUT);
            fine += r == CT_OK;
            refused += r < 0;
        }
    }
    assert_true(fine > 100);
    assert_true(refused > 100);
}

static void *sniff_on(void *arg)
{
    (void)arg;
    for (int i = 0; i < 20; i++) {
        const char *type;
        if (sniff("a.png", PNG, &type, NULL) != CT_OK || sniff("a.gif", PNG, &type, NULL) == CT_OK)
            return "wrong";
    }
    return NULL;
}

static void several_may_sniff_at_once(void **state)
{
    pthread_t threads[4];

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, sniff_on, NULL), 0);
    for (size_t i = 0; i < 4; i++) {
        void *fault = NULL;
        pthread_join(threads[i], &fault);
        CT_EQ_STR("no fault", fault, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_what_they_say),
        cmocka_unit_test(files_that_are_something_else),
        cmocka_unit_test(beginnings_of_pictures_are_none),
        cmocka_unit_test(files_that_a_course_does_not_take),
        cmocka_unit_test(pictures_that_stand_still),
        cmocka_unit_test(pictures_that_could_do_something),
        cmocka_unit_test(broken_xml),
        cmocka_unit_test(other_encodings),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(captions),
        cmocka_unit_test(names_of_any_length_make_a_sentence),
        cmocka_unit_test(damaged_files_do_no_harm),
        cmocka_unit_test(several_may_sniff_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
