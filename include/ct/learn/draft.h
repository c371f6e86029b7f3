/*
 * ct/learn/draft.h: texts that trainers are writing in the browser and have not published.
 *
 * One draft a file of the content folder; several people may work on it, and every save names the
 * version that it was made from, so nobody overwrites what they have not seen. A draft remembers
 * the text it began from (its base): so a change made in the folder meanwhile is noticed, too.
 * Texts that were overwritten by another person's stay in the table until the draft ends, and ended
 * drafts stay as rows with their last text: nothing is lost. Line ends are kept as \n, whatever the
 * browser sends.
 */
#ifndef CT_LEARN_DRAFT_H
#define CT_LEARN_DRAFT_H

#include "ct/base/clock.h"
#include "ct/base/secret.h"
#include "ct/store/store.h"

struct ct_draft {
    struct ct_sv path; /* below the content folder: "course/01-x.md" */
    struct ct_sv base; /* BLAKE2b-256 of the file's text when the draft began; "" for a new file */
    struct ct_sv source;
    int64_t version;   /* rises with every save of the path, from 1, also over drafts that ended */
    int64_t person;    /* who saved last */
    struct ct_sv name; /* the same, for people */
    int64_t began_at, saved_at;
};

/* The draft of a path. CT_OK; CT_NOT_FOUND. In the arena. */
int ct_draft_get(struct ct_db *db, struct ct_arena *a, struct ct_sv path, struct ct_draft *ret,
                 struct ct_err *err);

/* All drafts, by path; sources left null. */
int ct_draft_list(struct ct_db *db, struct ct_arena *a, struct ct_draft **ret, size_t *ret_n,
                  struct ct_err *err);

/* Saves. `d`: path, base (used when the draft begins), source, person, and the version that the
 * text was made from (0: there was none). CT_OK with the new version; also, with the version that
 * is stored, when the source is what is stored, so that a save whose answer was lost can be sent
 * again; CT_CONFLICT (what: "version") when the stored version is another, or the draft has ended:
 * the caller reads it and shows both; CT_TOO_BIG over CT_SOURCE_MAX; CT_BAD_INPUT (not UTF-8, no
 * hash); CT_NOT_FOUND for a person who does not exist. Saves of one person one after the other
 * replace each other; the first save after somebody else's is a row of its own. */
int ct_draft_save(struct ct_store *s, const struct ct_clock *clock, const struct ct_draft *d,
                  int64_t *ret_version, struct ct_err *err);

/* After the writer has seen the file as it is now: the draft's base becomes `base`. CT_CONFLICT as
 * in ct_draft_save; CT_NOT_FOUND. */
int ct_draft_rebase(struct ct_store *s, struct ct_sv path, int64_t version, struct ct_sv base,
                    struct ct_err *err);

/* Throws it away. CT_CONFLICT as above; CT_OK also if there is none. The next
 * save of the path, from version 0, begins a new draft. */
int ct_draft_end(struct ct_store *s, const struct ct_clock *clock, struct ct_sv path,
                 int64_t version, struct ct_err *err);

#endif
