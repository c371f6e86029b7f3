/*
 * server/cli/cli_priv.h: what several commands share: options, where things are, the data folder,
 * tables.
 */
#ifndef CT_CLI_CLI_PRIV_H
#define CT_CLI_CLI_PRIV_H

#include "ct/base/log.h"
#include "ct/cli/command.h"
#include "ct/learn/library.h"
#include "ct/report/report.h"
#include "ct/report/report_file.h"
#include "ct/text/json.h"

#include <getopt.h>
#include <signal.h>

/* ---- option.c ---- */

/* Values of the options that more than one command has; a command's own begin at CT_OPT_OWN. Above
 * the characters, so that a short option is told from a long one. */
enum {
    CT_OPT_HELP = 'h',
    CT_OPT_CONTENT = 256,
    CT_OPT_DATA,
    CT_OPT_FORMAT,
    CT_OPT_DEMO,
    CT_OPT_OWN
};

/* Lines of `--help` for options that several commands have. */
#define CT_HELP_CONTENT                                                                            \
    "  --content DIR          the courses (default: content in this folder, else the program's)\n"
#define CT_HELP_DATA                                                                               \
    "  --data DIR             where records are kept (default: data, beside the default "          \
    "content)\n"
#define CT_HELP_DEMO   "  --demo                 the records of the demonstration instead\n"
#define CT_HELP_FORMAT "  --format FORMAT        table (default), csv or json\n"
#define CT_HELP_HELP   "  -h, --help             print this and end\n"

/* The next option by getopt_long (operands may stand between options), -1 after the last. '?' after
 * a complaint: return CT_EXIT_USAGE. */
int ct_cli_option(const char *command, int argc, char **argv, const struct option *options);

/* ct_cli_fail, where what is wrong may be what an option said: "due_from" of a report is called
 * "--due-from", as it was typed. */
int ct_cli_fail_option(const char *command, const struct option *options, const struct ct_err *err);

/* What a command can be asked to do: "add" of `crosstrain user add EMAIL`. A command's own table
 * has rows that begin with one. */
struct ct_cli_verb {
    const char *name, *needs; /* needs: what its operands are called */
    int operands;             /* that it must have */
    int optional;             /* that it may have behind them */
};

/* The row that the first operand names, in `rows` of n rows of `size` bytes; the operands behind it
 * are as many as it takes. NULL after a complaint; `some` names some verbs for it. */
const void *ct_cli_verb(const char *command, int argc, char **argv, const char *some,
                        const void *rows, size_t n, size_t size);

/* Operand i of a verb that was found, from 0; NULL if it was not given. */
static inline const char *ct_cli_operand(int argc, char **argv, int i)
{
    return optind + 1 + i < argc ? argv[optind + 1 + i] : NULL;
}

/* ---- place.c ---- */

/* The courses: ./content if it is a curriculum, else the program's own; never NULL. */
const char *ct_cli_content(struct ct_arena *a);

/* The folder of records: `given`, else "data" beside ct_cli_content(). */
const char *ct_cli_data(struct ct_arena *a, const char *given);

/* ---- folder.c ---- */

bool ct_cli_is_folder(const char *path);
bool ct_cli_is_there(const char *path); /* also a symbolic link that leads nowhere */

/* Makes a folder as people do, for everybody to read; CT_OK also if it was there. CT_NOT_FOUND if
 * the one above it is not; CT_INTERNAL. */
int ct_cli_make_folder(const char *path, struct ct_err *err);

/* Whether a folder's name can be a course's address: CT_OK, or CT_BAD_INPUT with a better one. */
int ct_cli_check_course(struct ct_arena *a, const char *path, struct ct_err *err);

/* "a/b" of "a/b/", in the arena. */
const char *ct_cli_without_slashes(struct ct_arena *a, const char *path);

/* "First words" of "first-words". */
struct ct_sv ct_cli_title_of(struct ct_arena *a, struct ct_sv name);

/* ---- data.c ---- */

enum ct_cli_opening {
    CT_CLI_MUST_EXIST, /* a folder without a database is a mistake */
    CT_CLI_MAY_CREATE
};

/* Opens the database DIR/NAME ("crosstrain.db"). Says in a sentence what is wrong with a folder
 * that cannot be written, a database that is newer than the program, none where one must be. */
int ct_cli_store_open(struct ct_arena *a, const char *dir, const char *name, unsigned readers,
                      enum ct_cli_opening opening, struct ct_store **ret, struct ct_err *err);

/* Where the key is that signs the certificates of a database: DIR/NAME.key, beside NAME.db. */
const char *ct_cli_key(struct ct_arena *a, const char *dir, const char *name);

/* Where the files are that a server makes behind the reply: DIR/NAME.files. */
const char *ct_cli_files(struct ct_arena *a, const char *dir, const char *name);

/* Marks a database as served by this process: CT_CONFLICT if it is by another. *ret_fd is to be
 * closed at the end. The mark holds the server's address, for ct_cli_served_at. */
int ct_cli_lock(struct ct_arena *a, const char *dir, const char *name, int *ret_fd,
                struct ct_err *err);
void ct_cli_lock_note(int fd, struct ct_sv address);

/* "http://127.0.0.1:8080" if the database is being served, else the null view. */
struct ct_sv ct_cli_served_at(struct ct_arena *a, const char *dir, const char *name);

/* The site's address without a slash at its end: `given`, else where the database is being served.
 * CT_BAD_INPUT (what: "--site") if neither is one. */
int ct_cli_site(struct ct_arena *a, const char *given, const char *dir, const char *name,
                struct ct_sv *ret, struct ct_err *err);

static inline void ct_cli_store_closep(struct ct_store **s)
{
    ct_store_close(*s);
}
#define CT_AUTO_STORE __attribute__((cleanup(ct_cli_store_closep))) struct ct_store

static inline void ct_cli_library_closep(struct ct_library **l)
{
    ct_library_close(*l);
}
#define CT_AUTO_LIBRARY __attribute__((cleanup(ct_cli_library_closep))) struct ct_library

/* data.c: the records, which must be there, and the courses; `data`, `content` NULL: the defaults.
 * What was opened is closed by the caller, also after a failure. */
int ct_cli_open(struct ct_arena *a, const char *data, const char *database, const char *content,
                struct ct_store **ret_store, struct ct_library **ret_library, struct ct_err *err);

#define CT_CLI_DATABASE "crosstrain.db"
#define CT_CLI_DEMO     "demo.db"

/* ---- table.c ---- */

enum ct_cli_format { CT_CLI_TABLE, CT_CLI_CSV, CT_CLI_JSON };

/* Reads "table", "csv", "json"; false for anything else. */
bool ct_cli_format_parse(const char *text, enum ct_cli_format *ret);

/* Prints on standard output: for eyes with columns of even width; CSV; or a JSON list of objects,
 * in which counts are numbers, yes and no are booleans, and an empty cell is null. Returns the exit
 * status: a table over CT_REPORT_MAX is refused. */
int ct_cli_print(const char *command, const struct ct_table *t, enum ct_cli_format format);

/* report_doc.c: what a command does with a report that is made. */
struct ct_cli_doc_wish {
    const char *file;         /* "csv", "json", "xlsx"; NULL: a table for eyes */
    const char *output;       /* the file to write; NULL: standard output */
    const char *const *shown; /* the columns of the table, each one of the report's */
    size_t n_shown;           /* 0: all */
};
/* Reads --format; checks what belongs together. CT_EXIT_OK, or CT_EXIT_USAGE after a complaint. */
int ct_cli_doc_format(const char *arg, struct ct_cli_doc_wish *w);
int ct_cli_doc_check(const struct ct_cli_doc_wish *w);
/* The exit status, or a negative one with *err. */
int ct_cli_doc_put(struct ct_arena *a, const struct ct_report_doc *doc,
                   const struct ct_cli_doc_wish *w, struct ct_err *err);
/* The file that the page gives for download, however long it is; `output` NULL: on standard output.
 * CT_OK; what ct_report_stream and ct_file_make say. */
int ct_cli_doc_write(struct ct_arena *a, const struct ct_report_doc *doc,
                     enum ct_report_format format, const char *output, struct ct_err *err);

/* A row as such an object. The caller's. */
json_t *ct_cli_json_row(const struct ct_table *t, size_t row);

/* ---- report_assignments.c ---- */

/* `crosstrain report assignments`, with that word as argv[0]. */
int ct_cli_report_assignments(int argc, char **argv);

/* ---- report_transcript.c ---- */

/* `crosstrain report transcript`, likewise. */
int ct_cli_report_transcript(int argc, char **argv);

/* ---- report_credit.c ---- */

/* `crosstrain report credit`, likewise. */
int ct_cli_report_credit(int argc, char **argv);

/* ---- report_audit.c ---- */

/* `crosstrain report audit`, likewise. */
int ct_cli_report_audit(int argc, char **argv);

/* report_team.c: `report coverage`, `trends`, `questions`. */
bool ct_cli_is_team_report(const char *name);
int ct_cli_report_team(int argc, char **argv);

/* ---- publish_log.c ---- */

struct ct_publish_log;

/* Logs publications (info), faults (error), and each problem of the content once: again only after
 * it was mended and came back. Not for two threads at once. */
struct ct_publish_log *ct_publish_log_new(const struct ct_log *log);
void ct_publish_log_free(struct ct_publish_log *p); /* NULL is fine */

/* What ct_library_watch calls: the catalogue as it is, or why there is no new one. */
void ct_publish_log_note(struct ct_publish_log *p, const struct ct_catalogue *cat,
                         const struct ct_err *err);

/* ---- end.c ---- */

/* Keeps the signals that end a server for ct_cli_end_wait. Before there is any thread, so that all
 * of them leave these signals alone. */
void ct_cli_end_hold(sigset_t *ret);
void ct_cli_end_wait(const sigset_t *held);

#endif
