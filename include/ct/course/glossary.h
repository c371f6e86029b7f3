/*
 * ct/course/glossary.h: the words that a curriculum explains, read from content/glossary.md.
 *
 * The file is optional and stands beside curriculum.md. Its text before the first term is an
 * introduction; then each heading "Term: …" opens a term: an optional settings line with other
 * spellings (`also: …`), the definition, an optional quote **Source:**. A term ends at the next
 * heading or at ---.
 *
 * In the text of lessons and scenarios the first use of a term on a page is a link to its
 * definition, <a class="term" id="use-N" href="#term-ANCHOR">, made on cmark's tree while a module
 * is parsed (struct ct_module_context has the glossary). A page is a section, a scene, what stands
 * before them, or the text of course.md or curriculum.md. A passage for some disciplines, and a
 * quote that is shown under a condition, is a page within the page: what is linked around it is not
 * linked again in it, and what is linked in it counts there only, because not every reader sees it.
 * Paragraphs, lists, tables, quotes and notes are linked; headings, links, code, pictures,
 * questions, choices and what follows from them are not, and no definition is. N counts through the
 * whole file. Which terms a block links to stands in struct ct_block.
 *
 * A name is found as a whole word (an s, es or 's may follow it), also across a line break, and
 * into emphasis that it takes whole ("mandated *reporter*"); the longest name wins. One with a
 * capital behind its first letter, or of capitals only, is found as it is written ("CAC", "Safe
 * Harbor"), any other without regard to case ("forensic interview").
 *
 * A glossary is no part of a module's revision: what it says may change at any time.
 */
#ifndef CT_COURSE_GLOSSARY_H
#define CT_COURSE_GLOSSARY_H

#include "ct/base/secret.h"
#include "ct/base/str.h"
#include "ct/course/block.h"

enum { CT_TERMS_MAX = 500, CT_TERM_NAME_MAX = 100 /* bytes of a name that is looked for */ };

struct ct_term {
    struct ct_sv name;       /* plain: "CAPTA" */
    struct ct_sv title_html; /* the same, inline */
    struct ct_sv anchor;     /* "term-capta", unique */
    struct ct_sv lang;       /* the glossary's */
    int line;
    const struct ct_sv *also; /* other spellings, as written */
    size_t n_also;
    const struct ct_block *definition;
    size_t n_definition;
    struct ct_sv source_html; /* without its label; or null */
};

struct ct_term_index; /* private: all names, for finding them in a text */

struct ct_glossary {
    struct ct_sv title, lang;
    const struct ct_block *intro;
    size_t n_intro;
    const struct ct_term *const *terms; /* by name */
    size_t n_terms;
    const struct ct_block *blocks; /* all of the file in written order, for a preview */
    size_t n_blocks;
    struct ct_sv path, source; /* glossary.md */
    char own_revision[CT_HASH_HEX + 1];
    const struct ct_term_index *index;
};

/* What a term is sorted by: its name in small letters without accents, "ninez" of "Niñez". */
struct ct_sv ct_term_letters(struct ct_arena *a, const struct ct_term *t);

/* Appends the HTML of a block without its links to terms, for comparing texts: a change of the
 * glossary is no change of theirs. */
void ct_term_add_unlinked(struct ct_str *out, const struct ct_block *b);

#endif
