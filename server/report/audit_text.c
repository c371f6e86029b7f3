/*
 * audit_text.c: what an audit pack says of itself: README.txt for people, and the manifests by
 * which the rest is checked.
 */
#include "audit_priv.h"

#include "ct/text/json.h"

#include "ct/base/banned.h"

enum { README_MAX = 64 * 1024, MANIFEST_MAX = 128 * 1024 * 1024 };

static const char files[] =
    "What is in it\n"
    "-------------\n\n"
    "completions.csv         Every module and course that was completed in the period: by whom, "
    "as\n"
    "                        which discipline, on which text (content_hash, edition_version), "
    "with\n"
    "                        which score, on which day, and the certificate that followed. "
    "Without\n"
    "                        a module it is the whole course.\n"
    "assignments.csv         How everybody stood to everything that was required, at the end of "
    "the\n"
    "                        period: a row for each person, requirement and period, also of "
    "people\n"
    "                        who never signed in, and of people who were inactive by then.\n"
    "outside-training-and-waivers.csv\n"
    "                        Training elsewhere in the period, and waivers that held in it, with\n"
    "                        reason, evidence, approval, and who recorded it when.\n"
    "leave.csv               Leave that fell into the period, which stops the clock: from when "
    "until\n"
    "                        when, who recorded it when. Its reasons are not told.\n"
    "                        Of people named by a task force alone waivers, leave and what was\n"
    "                        written about training are in none of the files.\n"
    "corrections.csv         Waivers, outside training, leave and imported completions that were\n"
    "                        corrected or withdrawn: every version, oldest first, with who, when "
    "and\n"
    "                        why; state says which of them counts.\n"
    "requirements.csv        Each rule that held in the period, in a sentence, with the day from\n"
    "                        which it held, and who recorded it when. One that another of the "
    "same\n"
    "                        day took the place of says when, in replaced_at.\n"
    "credit.csv              Hours of credit that were earned in the period.\n"
    "credit-rules.csv        The rules by which, in a sentence.\n"
    "credit-approvals.csv    Approvals of courses by a body that held in the period.\n"
    "agencies-and-units.csv  Agencies, units and task forces at the end of the period, where "
    "units\n"
    "                        stand, and what was closed by then.\n"
    "changes-of-units.csv    What was closed, opened again and moved in the period, by whom.\n"
    "certificates.csv        The certificates of these completions, and what each was worth at "
    "the\n"
    "                        end of the period.\n"
    "certificates/           Each as PDF to read and as JSON, signed. The name is the one that "
    "the\n"
    "                        person bears today. One that was revoked since has no file.\n"
    "certificate-key.txt     The public keys by which they are confirmed.\n"
    "course-revisions.csv    Which texts of which modules a completed course consisted of.\n"
    "content/                These texts, as they were passed: the source of each, in Markdown,\n"
    "                        called by its path and the first digits of its content_hash.\n"
    "manifest.sha256         The SHA-256 sum of every file but this list itself.\n"
    "manifest.json           The same, with lengths and rows, for programs.\n\n"
    "Tables are CSV (RFC 4180) in UTF-8. An apostrophe before =, +, - or @ keeps a spreadsheet "
    "from\n"
    "taking a cell for a formula; it is not part of the cell.\n\n";

static const char checks[] =
    "How to check it\n"
    "---------------\n\n"
    "That nothing was changed or lost, in this folder:\n\n"
    "    sha256sum -c manifest.sha256\n\n"
    "That a certificate was issued by the holder of the key, without asking the site:\n\n"
    "    crosstrain certificate verify certificates/CODE.json --key certificate-key.txt\n\n"
    "The key should also be asked for at its source, %.*s/certificates/key, which is where the\n"
    "site says as well whether a certificate was revoked or replaced since.\n\n"
    "That a text is the one that somebody passed: its BLAKE2b sum is the content_hash in\n"
    "completions.csv.\n\n"
    "    b2sum -l 256 content/COURSE/FILE\n";

static struct ct_sv whom(struct ct_pack *p)
{
    const struct ct_scope *s = &p->scope;
    struct ct_sv text = CT_SV("everybody whom the reader may see by name");

    if (s->unit)
        text = ct_arena_printf(p->arena, "unit %.*s (%.*s)", CT_SV_ARG(s->unit->name),
                               CT_SV_ARG(s->unit->path));
    else if (s->agency)
        text = ct_arena_printf(p->arena, "agency %.*s (%.*s)", CT_SV_ARG(s->agency->name),
                               CT_SV_ARG(s->agency->path));
    if (s->task_force)
        text = ct_arena_printf(p->arena, "%.*s%stask force %.*s (%.*s)",
                               s->unit || s->agency ? (int)text.n : 0, text.p,
                               s->unit || s->agency ? " in " : "", CT_SV_ARG(s->task_force->name),
                               CT_SV_ARG(s->task_force->path));
    return text;
}

int ct_pack_readme(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(README_MAX);
    char as_of[CT_TIME_TEXT], now[CT_TIME_TEXT];

    ct_str_addf(&text, "Audit pack of completed training\n================================\n\n");
    ct_str_addf(&text, "Period:     %.*s to %.*s, both days included\n",
                CT_SV_ARG(ct_pack_day(p->arena, p->q->from)),
                CT_SV_ARG(ct_pack_day(p->arena, p->q->until)));
    ct_str_addf(&text, "People:     %zu, %.*s, as they belonged on the last day\n", p->n_people,
                CT_SV_ARG(whom(p)));
    ct_str_addf(&text, "As of:      what was recorded up to %s\n", ct_time_iso(p->as_of, as_of));
    ct_str_add_c(&text,
                 "Days:       in the time zone of each person's agency; moments in UTC (Z)\n");
    ct_str_addf(&text, "Made:       %s by %.*s, with crosstrain " CT_VERSION "\n",
                ct_time_iso(p->now, now), CT_SV_ARG(p->q->made_by));
    if (p->q->site.n)
        ct_str_addf(&text, "Site:       %.*s\n", CT_SV_ARG(p->q->site));
    ct_str_add_c(&text, "\n");
    ct_str_add_c(&text, files);
    ct_str_addf(&text, checks, CT_SV_ARG(p->q->site));
    return ct_pack_add(p, CT_SV("README.txt"), ct_str_sv(&text), err);
}

/* The folder's name is not part of it: sums are checked in the folder. */
static struct ct_sv path_of(const struct ct_pack *p, const struct ct_zip_entry *e)
{
    return ct_sv_sub(e->name, p->folder.n, SIZE_MAX);
}

static json_t *text_or_null(struct ct_sv s)
{
    return s.n ? ct_json_sv(s) : json_null();
}

static int write_json(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(MANIFEST_MAX);
    char as_of[CT_TIME_TEXT];
    size_t n;
    const struct ct_zip_entry *entries = ct_zip_entries(p->zip, &n);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:I, s:s, s:o}", "path", ct_json_sv(path_of(p, &entries[i])),
                            "bytes", (json_int_t)entries[i].size, "sha256", entries[i].sha256,
                            "rows", p->rows[i] < 0 ? json_null() : json_integer(p->rows[i])));
    CT_AUTO_JSON *model = json_pack(
        "{s:s, s:o, s:o, s:s, s:{s:o, s:o, s:o}, s:o}", "format", CT_AUDIT_FORMAT, "from",
        ct_json_sv(ct_pack_day(p->arena, p->q->from)), "until",
        ct_json_sv(ct_pack_day(p->arena, p->q->until)), "as_of", ct_time_iso(p->as_of, as_of),
        "filters", "agency", text_or_null(p->q->whom.agency), "unit", text_or_null(p->q->whom.unit),
        "task_force", text_or_null(p->q->whom.task_force), "files", list);
    ct_json_write(&text, model);
    ct_str_add_char(&text, '\n');
    return ct_str_ok(&text) ? ct_pack_add(p, CT_SV("manifest.json"), ct_str_sv(&text), err)
                            : ct_fail(err, CT_TOO_BIG, "manifest", "too many files");
}

int ct_pack_manifests(struct ct_pack *p, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(MANIFEST_MAX);
    const struct ct_zip_entry *entries;
    size_t n;
    int r = write_json(p, err);

    if (r < 0)
        return r;
    entries = ct_zip_entries(p->zip, &n);
    for (size_t i = 0; i < n; i++)
        ct_str_addf(&text, "%s  %.*s\n", entries[i].sha256, CT_SV_ARG(path_of(p, &entries[i])));
    return ct_str_ok(&text) ? ct_pack_add(p, CT_SV("manifest.sha256"), ct_str_sv(&text), err)
                            : ct_fail(err, CT_TOO_BIG, "manifest", "too many files");
}
