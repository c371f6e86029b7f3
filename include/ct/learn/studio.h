/*
 * ct/learn/studio.h: from the browser into the content folder: publishing, revisions, uploads.
 *
 * What is published becomes the same file that a trainer with an editor would have saved, so a
 * folder under version control sees an ordinary change, and everything that is done to files in the
 * folder (learners' revisions, last good texts) needs no second way.
 */
#ifndef CT_LEARN_STUDIO_H
#define CT_LEARN_STUDIO_H

#include "ct/learn/draft.h"
#include "ct/learn/library.h"

struct ct_studio { /* borrowed by all functions */
    struct ct_store *store;
    struct ct_library *library;
    const struct ct_clock *clock;
    const char *dir;                /* the content folder */
    const struct ct_catalogue *cat; /* that the caller holds: disciplines, and what is there */
};

/* Whether a path can be a file of the content folder that trainers write: "curriculum.md",
 * "glossary.md", "COURSE/course.md", "COURSE/NN-name.md", each part a slug. */
bool ct_studio_path(struct ct_sv path);

/* The file's text as it is in the folder now, and its hash (ret_hash[CT_HASH_HEX + 1]; "" if there
 * is no file, with the null view). CT_OK; CT_BAD_INPUT (what: "path"), also where a symbolic link
 * leads out of the content folder or nowhere, or where something lies that is no readable file;
 * CT_TOO_BIG; CT_INTERNAL. */
int ct_studio_file(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                   struct ct_sv *ret_source, char *ret_hash, struct ct_err *err);

/* The text that is live under a path, and its hash (ret_hash[CT_HASH_HEX + 1]): what learners get,
 * which is an older one while the file has errors. CT_NOT_FOUND if none ever was. */
int ct_studio_live(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                   struct ct_sv *ret_source, char *ret_hash, struct ct_err *err);

enum { CT_NOTE_MAX = 500 }; /* characters, as people count them */

struct ct_publish_wish {
    struct ct_sv path;
    int64_t version; /* of the draft that the writer has seen */
    int64_t person;
    bool material;     /* people who passed have something to read */
    struct ct_sv note; /* what changed, one line, at most CT_NOTE_MAX; needed if material */
};

/* Publishes the draft of a path: sets `version` and `change` in a module's front matter, checks it
 * among the files that are there, writes the file (with the line ends that it had), publishes the
 * folder, notes who did it, ends the draft. CT_OK with the revision's hash
 * (ret_hash[CT_HASH_HEX + 1]); CT_NOT_FOUND without a draft; CT_CONFLICT (what: "version") when the
 * draft has a newer version, or (what: "file") when the file in the folder is not the draft's base
 * any more; CT_BAD_INPUT with (what: "note"), (what: "path": no such file, or a course without
 * course.md, which is to be published first), or (what: "problems") when it has errors, which are
 * added to *ret_problems (arena set by the caller) with the lines of the draft; CT_INTERNAL when
 * the disk would not take it: draft and file are as they were.
 *
 * The wish rules, not what the writer put into the front matter by hand. Material: `version`
 * becomes the live one with its last number raised ("1" to "2", "2.9" to "2.10", "spring" to
 * "spring-2") until the file never had it, `change` the note. Immaterial: `version` becomes the
 * live one; where the draft had another, its `change` becomes the live one, too. Of a text that was
 * never live, both stay as written. course.md, curriculum.md and glossary.md have no version:
 * `material` means nothing for them.
 *
 * A draft that somebody saved anew while this went on does not end: its base becomes the text that
 * was published. One publication at a time: others wait, in other programs on the same folder, too.
 * Whoever calls may hold a reader; no other is borrowed. */
int ct_studio_publish(const struct ct_studio *s, struct ct_arena *a,
                      const struct ct_publish_wish *wish, struct ct_problems *ret_problems,
                      char *ret_hash, struct ct_err *err);

/* Publications of a path, newest first. */
struct ct_publication {
    int64_t id, at;
    struct ct_sv hash, version; /* version: of the text; "1" for none */
    struct ct_sv name;          /* who published in the browser; null: from the folder */
    struct ct_sv note; /* what changed; from the folder: its `change` if material; or null */
    bool material;     /* the version is another than that of the one before; false of the first */
};
int ct_studio_history(struct ct_db *db, struct ct_arena *a, struct ct_sv path,
                      struct ct_publication **ret, size_t *ret_n, struct ct_err *err);

/* Brings a revision back: its text becomes the draft of the path (which is then looked at, and
 * published like any other). `version`: of the draft that is there, 0 for none. CT_NOT_FOUND when
 * the path never had that revision; CT_CONFLICT as in ct_draft_save. */
int ct_studio_restore(const struct ct_studio *s, struct ct_arena *a, struct ct_sv path,
                      struct ct_sv hash, int64_t person, int64_t version, struct ct_err *err);

/* Files of a course that are no Markdown: pictures, media, captions; paths below the course,
 * sorted. CT_NOT_FOUND (what: "course"). */
struct ct_upload {
    struct ct_sv path; /* "images/door.png" */
    int64_t size;      /* bytes */
};
int ct_studio_uploads(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
                      struct ct_upload **ret, size_t *ret_n, struct ct_err *err);

/* Takes a file into a course: pictures into images/, captions into media/. The name becomes a-z 0-9
 * - and its ending ("Tür 1.PNG": "tur-1.png"); one that is taken by other bytes gets "-2"; the same
 * bytes under that name are there already, and stay. CT_OK with the path below the course;
 * CT_NOT_FOUND (what: "course"); CT_TOO_BIG over CT_UPLOAD_MAX; CT_BAD_INPUT as ct_sniff;
 * CT_INTERNAL when the disk would not take it. */
int ct_studio_upload(const struct ct_studio *s, struct ct_arena *a, struct ct_sv course,
                     struct ct_sv file_name, struct ct_sv bytes, struct ct_sv *ret_path,
                     struct ct_err *err);

#endif
