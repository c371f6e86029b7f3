/*
 * report_transcript.c: `crosstrain report transcript`: one person's record, for a personnel file.
 * The rows are those of the page /people/:person/transcript.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/person.h"
#include "ct/report/transcript_section.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain report transcript EMAIL [OPTION]...\n"
    "Prints a person's record: places, disciplines, completed courses with certificates, training\n"
    "elsewhere, requirements, waivers, chairs, credit. CSV, JSON and XLSX have all columns, a "
    "table\n"
    "for eyes has the main ones.\n\n"
    "  --as-of DAY            as it was at the end of that day, as in 2026-03-31\n"
    "  --format FORMAT        table (default), csv, json, xlsx or pdf\n"
    "  --output FILE          write the file that the page gives for download; csv, json, xlsx "
    "or\n"
    "                         pdf\n"
    "  --paper PAPER          of a pdf: letter (default) or a4\n" CT_HELP_CONTENT CT_HELP_DATA
        CT_HELP_DEMO CT_HELP_HELP;

struct wish {
    struct ct_sv email, day;
    struct ct_cli_doc_wish put;
    const char *content, *data;
    enum ct_pdf_paper paper;
    bool demo, help, is_pdf;
};

enum { OPT_AS_OF = CT_OPT_OWN, OPT_OUTPUT, OPT_PAPER };
static const struct option options[] = {{"as-of", required_argument, NULL, OPT_AS_OF},
                                        {"format", required_argument, NULL, CT_OPT_FORMAT},
                                        {"output", required_argument, NULL, OPT_OUTPUT},
                                        {"paper", required_argument, NULL, OPT_PAPER},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_options(int argc, char **argv, struct wish *w)
{
    int c, r;

    while ((c = ct_cli_option("report", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        w->help |= c == CT_OPT_HELP;
        w->demo |= c == CT_OPT_DEMO;
        if (c == OPT_AS_OF)
            w->day = ct_sv_c(optarg);
        if (c == OPT_OUTPUT)
            w->put.output = optarg;
        if (c == CT_OPT_CONTENT)
            w->content = optarg;
        if (c == CT_OPT_DATA)
            w->data = optarg;
        if (c == CT_OPT_FORMAT)
            w->is_pdf = strcmp(optarg, "pdf") == 0;
        if (c == CT_OPT_FORMAT && !w->is_pdf &&
            (r = ct_cli_doc_format(optarg, &w->put)) != CT_EXIT_OK)
            return r;
        if (c == OPT_PAPER && !ct_pdf_paper_parse(ct_sv_c(optarg), &w->paper))
            return ct_cli_usage("report", "--paper takes letter or a4, not '%s'", optarg);
    }
    if (w->help)
        return CT_EXIT_OK;
    if (optind == argc)
        return ct_cli_usage("report", "'transcript' needs the e-mail address of a person");
    if (optind + 1 < argc)
        return ct_cli_usage("report", "unexpected argument '%s'", argv[optind + 1]);
    w->email = ct_sv_c(argv[optind]);
    if (w->is_pdf)
        return w->put.output ? CT_EXIT_OK : ct_cli_usage("report", "a PDF needs --output FILE");
    return ct_cli_doc_check(&w->put);
}

static int write_pdf(struct ct_arena *a, const struct wish *w, const struct ct_catalogue *cat,
                     const struct ct_transcript *t, struct ct_err *err)
{
    CT_AUTO_STR pdf = CT_STR_INIT(CT_PDF_MAX);
    struct ct_sv site = ct_sv_sub(cat->title, 0, ct_sv_search(cat->title, CT_SV(": ")));
    int r = ct_transcript_pdf(a, cat, t, site, w->paper, &pdf, err);

    return r < 0 ? r : ct_file_write(w->put.output, ct_str_sv(&pdf), err);
}

static int make(struct ct_arena *a, const struct wish *w, struct ct_err *err)
{
    CT_AUTO_STORE *store = NULL;
    CT_AUTO_LIBRARY *library = NULL;
    struct ct_report_moment at;
    struct ct_report_doc doc;
    struct ct_transcript t;
    struct ct_person p;
    int r;

    if ((r = ct_cli_open(a, w->data, w->demo ? CT_CLI_DEMO : CT_CLI_DATABASE, w->content, &store,
                         &library, err)) < 0)
        return r;
    CT_AUTO_READER rd = ct_store_reader(store);
    if ((r = ct_person_by_email(rd.db, a, w->email, &p, err)) < 0 ||
        (r = ct_transcript_moment(rd.db, a, &ct_clock_system, p.id, w->day, &at, err)) < 0)
        return r;
    const struct ct_catalogue *cat = ct_library_hold(library, 0);
    r = ct_curriculum_as_of(rd.db, a, cat, at.as_of, &cat, err);
    if (r == CT_OK)
        r = ct_transcript(rd.db, a, cat, p.id, &at, false, &t, err);
    if (r == CT_OK && w->is_pdf) {
        r = write_pdf(a, w, cat, &t, err);
    } else if (r == CT_OK) {
        ct_transcript_doc(a, &t, cat->title, &doc);
        r = ct_cli_doc_put(a, &doc, &w->put, err);
    }
    ct_library_release(library, 0);
    return r;
}

int ct_cli_report_transcript(int argc, char **argv)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    static const char *const shown[] = {"section",           "on",     "until", "what",
                                        "discipline",        "status", "hours", "certificate_code",
                                        "certificate_status"};
    struct wish wish = {.put = {.shown = shown, .n_shown = sizeof shown / sizeof shown[0]}};
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK || wish.help) {
        if (wish.help)
            fputs(help, stdout);
        return r;
    }
    r = make(&a, &wish, &err);
    return r < 0 ? ct_cli_fail_option("report", options, &err) : r;
}
