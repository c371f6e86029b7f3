/*
 * server/course/lift_priv.h: what all lifters share: those who turn a run of Markdown nodes into
 * blocks, questions, scenes.
 *
 * A *run* is a row of siblings from a first node up to but without an end node (NULL: to the last
 * sibling). Lifters may unlink and change what they have understood; what is left is rendered.
 * Links, pictures and media have been checked and rewritten before the first lifter runs.
 */
#ifndef CT_COURSE_LIFT_PRIV_H
#define CT_COURSE_LIFT_PRIV_H

#include "ct/course/module.h"
#include "ct/text/markdown.h"
#include "ct/text/url.h"

#include "chips_priv.h"
#include "keywords_priv.h"
#include "suggest_priv.h"

struct ct_lift;
struct ct_linking;

/* What a reader of scenes adds to ct_lift_blocks; every member may be NULL. Only nodes of the run
 * itself and of runs inside heading passages are offered, not the contents of quotes. */
struct ct_lift_hooks {
    void *arg;
    /* A node that means something to the caller (a list of choices, a settings line): true takes it
     * out of the blocks. Asked first, before anything else looks at the node. */
    bool (*take)(struct ct_lift *l, struct ct_md_node *n, void *arg);
    /* A quote opened with a code `if …`: reads the condition. NULL for one that cannot be read (a
     * problem has then been added); the quote is shown always. */
    const struct ct_condition *(*condition)(struct ct_lift *l, const struct ct_chip *chip,
                                            void *arg);
};

struct ct_lift_names { /* names in use: of sections, questions, scenes; all zero when empty */
    struct ct_lift_name {
        struct ct_sv name;
        unsigned suffix; /* the last that made a name unique: -1, -2 */
    } * items;
    size_t n, cap;
    uint32_t *slots; /* private */
    size_t n_slots;
};

/* So many wrong links of a file are compared with all its headings. */
enum { CT_LOOK_UPS_MAX = 50 };

struct ct_lift {
    struct ct_arena *arena; /* of the module */
    struct ct_md *md;
    struct ct_sv source; /* the whole file; only to name a line in a message */
    struct ct_sv path;
    const struct ct_module_context *ctx;
    const struct ct_disciplines *disciplines; /* never NULL */
    const struct ct_words *words;
    struct ct_problems *problems;
    const struct ct_objective *objectives; /* of the front matter */
    size_t n_objectives;

    const struct ct_lift_hooks *hooks; /* NULL outside scenes */
    struct ct_linking *linking;        /* of terms; NULL: none, as in questions */
    ct_disc_set around;                /* of the passage around: what questions are asked of */
    unsigned n_passages;               /* so far, for their ids */
    unsigned n_looked_up;              /* "did you mean" for links so far: of very many, no more */
    bool plain;                        /* nothing is proved: a mend is being tried */
    struct ct_sv *lines;               /* of the source, once one was asked for: ct_lift_line */
    size_t n_lines;
    int definition_line;                  /* of "[x]: …": 0 not looked for, -1 none */
    struct ct_lift_names question_ids;    /* unique in the module */
    const struct ct_question **questions; /* all so far, in written order */
    size_t n_questions, cap_questions;
};

/* Adds a problem. `n` gives line and column. */
void ct_lift_problem(struct ct_lift *l, const char *code, const struct ct_md_node *n,
                     const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The same at a line and column (0: the whole line). */
void ct_lift_problem_at(struct ct_lift *l, const char *code, int line, int column, const char *fmt,
                        ...) __attribute__((format(printf, 5, 6)));

/* Turns a run into blocks: neighbouring HTML merged, notes, passages by label or by heading, media,
 * questions. Trainer notes are dropped. Conditions of quotes through l->hooks. */
void ct_lift_blocks(struct ct_lift *l, struct ct_md_node *first, struct ct_md_node *end,
                    struct ct_block **ret, size_t *ret_n);

/* Where the thing that a heading opens ends: the next heading of its level or higher, a thematic
 * break, or `end`. */
struct ct_md_node *ct_lift_thing_end(const struct ct_md_node *heading, struct ct_md_node *end);

/* HTML in the arena: of a node; of its children only; of a run. */
struct ct_sv ct_lift_html(struct ct_lift *l, const struct ct_md_node *n);
struct ct_sv ct_lift_html_children(struct ct_lift *l, const struct ct_md_node *n);
struct ct_sv ct_lift_html_run(struct ct_lift *l, const struct ct_md_node *first,
                              const struct ct_md_node *end);

/* HTML of an item or quote: a single paragraph loses its <p>. */
struct ct_sv ct_lift_html_bare(struct ct_lift *l, const struct ct_md_node *n);

/* What a heading says. */
struct ct_heading {
    enum ct_keyword keyword; /* CT_KEY_NONE: an ordinary heading */
    struct ct_sv full;       /* plain text of all of it: what its address is made of */
    struct ct_sv title;      /* plain, without keyword or "For …:" (trimmed, may be empty) */
    struct ct_sv title_html; /* the same as inline HTML */
    bool is_passage;         /* "For prosecutors: …" */
    ct_disc_set disciplines; /* is_passage: for whom; else CT_DISC_ALL */
    int level, line;
};

/* Reads a heading (any other node: an ordinary heading without text), and cuts the keyword or "For
 * …:" out of the tree, so read each once; reports a misspelt discipline or keyword. */
struct ct_heading ct_lift_heading(struct ct_lift *l, struct ct_md_node *heading);

/* The keyword of a heading and nothing else; leaves the tree as it is, reports nothing. */
enum ct_keyword ct_lift_heading_peek(struct ct_lift *l, const struct ct_md_node *heading);

/* The label a quote opens with, CT_LABEL_NONE for other nodes. *ret_argument may be NULL. Leaves
 * the tree as it is, reports nothing. */
enum ct_label ct_lift_label(struct ct_lift *l, const struct ct_md_node *quote,
                            struct ct_sv *ret_argument);

/* Takes the label (with its colon and blank) out of a quote that has one. */
void ct_lift_label_cut(struct ct_lift *l, struct ct_md_node *quote);

/* Reports what is wrong with the labels of a quote: E21 no space after **, E22 two labels in one
 * quote. ct_lift_blocks and the question lifter do it for the quotes that they meet; a lifter of
 * other quotes (consequences of choices) calls it itself. */
void ct_lift_label_check(struct ct_lift *l, const struct ct_md_node *quote);

/* Reads disciplines, "prosecutor, caseworker". False after adding E24 (with "did you mean") at the
 * place; *ret_set is then what was understood. */
bool ct_lift_disciplines(struct ct_lift *l, struct ct_sv text, int line, int column,
                         ct_disc_set *ret_set);

/* A slug of `text` by GitHub's rule, made unique among `names` by -1, -2, and added to them; or a
 * name that is a slug already. */
struct ct_sv ct_lift_slug(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv text);
struct ct_sv ct_lift_name_unique(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv base);
size_t ct_lift_name_find(const struct ct_lift_names *names, struct ct_sv name); /* SIZE_MAX: none */
bool ct_lift_name_taken(const struct ct_lift_names *names, struct ct_sv name);
void ct_lift_name_add(struct ct_lift *l, struct ct_lift_names *names, struct ct_sv name);

/* Whether a paragraph is a settings line: only code, and one chip's key is in the NULL-terminated
 * list (or near a word of it). */
bool ct_lift_is_settings(struct ct_lift *l, const struct ct_md_node *n, const char *const *keys);

/* Adds E51 for a chip that nobody knows: "unknown setting `x`; did you mean …; accepted here: …".
 */
void ct_lift_unknown_chip(struct ct_lift *l, const struct ct_chip *chip, const char *const *keys);

/* Lifts the question that `heading` opens, up to `end`. Never NULL; added to l->questions. */
struct ct_question *ct_lift_question(struct ct_lift *l, struct ct_md_node *heading,
                                     struct ct_md_node *end);
bool ct_keyword_is_question(enum ct_keyword k);

/* Whether a heading opens a passage: "For prosecutors: …", spelt right. Leaves the tree as it is.
 */
bool ct_lift_heading_is_passage(struct ct_lift *l, const struct ct_md_node *heading);

/* Reports what in a subtree that is about to be rendered as it is looks like a construct of ours
 * that got lost: options, labels, settings, question headings. */
void ct_lift_strays(struct ct_lift *l, const struct ct_md_node *n);

/* Makes links of the telephone numbers in a block of the tree that is about to be rendered as it
 * is: <a class="tel" href="tel:+18883737888">. In phone_link.c. */
void ct_link_phones(struct ct_lift *l, struct ct_md_node *n);

/* The scenario whose title is `heading` (read already: the keyword is cut), which reaches to the
 * end of the document. Sets ret->scenario, never NULL. In scenario_lift.c. CT_OK; CT_INTERNAL. */
int ct_lift_scenario(struct ct_lift *l, struct ct_md_node *heading, struct ct_module *ret,
                     struct ct_err *err);

#endif
