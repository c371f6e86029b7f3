/*
 * ct/course/module.h: one Markdown file as a module: lesson with sections and a quiz, or a
 * scenario.
 *
 * Parsing never fails for what a trainer wrote: problems are collected, and the module holds what
 * could be read, so that it can be shown "as far as it goes". Whether it may be published is
 * `problems->n_errors == 0`. Everything is immutable and lives in the arena.
 */
#ifndef CT_COURSE_MODULE_H
#define CT_COURSE_MODULE_H

#include "ct/base/secret.h"
#include "ct/course/problem.h"
#include "ct/course/question.h"
#include "ct/course/scenario.h"

struct ct_section {
    struct ct_sv slug; /* its address: slug of the title, unique in the module */
    struct ct_sv title_html, title;
    int line;
    ct_disc_set disciplines; /* ## For prosecutors: … ; CT_DISC_ALL without */
    const struct ct_block *blocks;
    size_t n_blocks;
};

enum ct_quiz_show { CT_SHOW_AFTER_EACH, CT_SHOW_AFTER_PASSING };

struct ct_quiz {
    struct ct_sv title_html, title; /* "Quiz" without one of its own */
    int line;
    const struct ct_block *intro; /* what stands before the first question */
    size_t n_intro;
    const struct ct_question *const *questions; /* in written order */
    size_t n_questions;
    size_t draw;            /* so many of them an attempt; 0: all */
    bool shuffle;           /* questions in shuffled order */
    int64_t wait;           /* seconds between tries; 0: none */
    enum ct_quiz_show show; /* when feedback and right answers are shown */
};

enum ct_module_kind { CT_MODULE_LESSON, CT_MODULE_SCENARIO };

struct ct_objective {
    struct ct_sv id, text; /* "O1", "Recognise indicators" */
};

struct ct_module {
    enum ct_module_kind kind;
    struct ct_sv id;                /* stable name in records: front matter `id`, else the slug */
    struct ct_sv slug;              /* its address: file name without number and ending */
    struct ct_sv path;              /* as given: "bridging-the-systems/01-victims.md" */
    int number;                     /* from the file name; orders modules */
    struct ct_sv lang;              /* "en", "es" */
    char revision[CT_HASH_HEX + 1]; /* BLAKE2b-256 of the source bytes */
    struct ct_sv source;            /* the bytes themselves */
    struct ct_sv title_html, title;
    int minutes; /* 0: not stated */
    const struct ct_objective *objectives;
    size_t n_objectives;
    ct_disc_set disciplines; /* for: the module is meant for these; default all */
    int pass;     /* percent to pass the quiz, 0..100; -1: the course's, the curriculum's */
    int attempts; /* tries of the quiz; 0: any number */
    struct ct_sv version, change, content_note; /* or null */
    const struct ct_sv *sources;
    size_t n_sources;
    const struct ct_block
        *intro; /* between title and first section; also what stands before a title */
    size_t n_intro;
    const struct ct_section *sections;
    size_t n_sections;
    const struct ct_quiz *quiz;                /* NULL: none */
    const struct ct_scenario *scenario;        /* CT_MODULE_SCENARIO */
    const struct ct_question *const *practice; /* questions outside the quiz, in written order */
    size_t n_practice;
};

struct ct_glossary;

/* What a module needs to know of what stands around it. */
struct ct_module_context {
    const struct ct_disciplines *disciplines;
    const struct ct_glossary *glossary; /* whose terms are linked; NULL: none */
    struct ct_sv lang;                  /* default language, "en" if null */
    struct ct_sv base_url; /* put before relative targets of pictures and media: "/content/COURSE/";
                              null: leave them as they are */
    struct ct_sv link_url; /* put before links to other modules (`02-law.md` becomes the module's
                              address below it): "/courses/COURSE/"; null: leave them */
    bool by_line; /* neighbouring HTML is not merged: each paragraph is a block with its line */
    bool (*exists)(void *arg, struct ct_sv path); /* is there such a file beside the module; NULL:
                                                     do not check pictures, media, links */
    /* A text beside the module, into the arena; false if it cannot be read. For captions, which
     * tell how long a film takes; NULL: lengths are not known. */
    bool (*read)(void *arg, struct ct_arena *a, struct ct_sv path, struct ct_sv *ret);
    void *arg;
};

/* Parses one source. `path` names it in problems and gives slug and number. CT_OK also for a source
 * full of errors; CT_BAD_INPUT or CT_TOO_BIG only when nothing of it could be parsed (not UTF-8,
 * over a limit), which is then a problem too. *ret is always a module (perhaps empty) unless
 * CT_INTERNAL. */
int ct_module_parse(struct ct_arena *a, struct ct_sv source, struct ct_sv path,
                    const struct ct_module_context *ctx, struct ct_problems *problems,
                    struct ct_module **ret, struct ct_err *err);

/* By slug; NULL if there is none. */
const struct ct_section *ct_module_section(const struct ct_module *m, struct ct_sv slug);

/* A quiz question by id; NULL if there is none, or no quiz. */
const struct ct_question *ct_quiz_question(const struct ct_quiz *quiz, struct ct_sv id);

/* Whether a discipline is asked a question, steps through a section. */
static inline bool ct_disc_has(ct_disc_set set, ct_disc_set member)
{
    return (set & member) != 0 || set == CT_DISC_ALL;
}

/* The questions of an attempt: those asked of the discipline, drawn (spread over the objectives)
 * and shuffled by the seed. ret[] has room for quiz->n_questions; returns how many. The same seed
 * gives the same questions for ever. */
size_t ct_quiz_draw(const struct ct_quiz *quiz, ct_disc_set discipline, uint64_t seed,
                    const struct ct_question **ret);

#endif
