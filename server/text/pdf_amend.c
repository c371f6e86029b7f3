/*
 * pdf_amend.c: what cairo 1.16 cannot say in a PDF, said in an update behind it: objects that it
 * wrote, written again with more in them, and new ones. And finding an attached file again.
 *
 * This reads only what cairo has just written: its table of objects stands at the end, each object
 * is a line of dictionary and ends with "endobj".
 */
#include "pdf_priv.h"

#include "ct/base/arena.h"
#include "ct/base/clock.h"

#include "ct/base/banned.h"

enum { OFFSET_DIGITS = 10, ENTRY = 20 };

struct change { /* an object that is written anew */
    size_t number, offset;
};

struct update {
    struct ct_arena arena;
    struct ct_sv pdf;
    const struct ct_pdf_facts *facts;
    const struct ct_pdf_pen *drawn;
    struct ct_str *out;
    size_t begins;                  /* of the document in `out` */
    size_t table, size, root, info; /* of the document as it was */
    struct ct_sv entries;           /* of its table: ENTRY bytes an object */
    struct change *changes;
    size_t n_changes, cap;
};

/* ---- reading ---- */

static size_t search_last(struct ct_sv s, struct ct_sv needle)
{
    size_t found = SIZE_MAX, from = 0, at;

    while ((at = ct_sv_search(ct_sv_sub(s, from, SIZE_MAX), needle)) != SIZE_MAX) {
        found = from + at;
        from = found + 1;
    }
    return found;
}

/* The number behind `name`; false if there is none. */
static bool number_after(struct ct_sv s, struct ct_sv name, size_t *ret)
{
    size_t at = ct_sv_search(s, name), n = 0;
    int64_t value;

    if (at == SIZE_MAX)
        return false;
    s = ct_sv_sub(s, at + name.n, SIZE_MAX);
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\n' || s.p[0] == '\r'))
        s = ct_sv_sub(s, 1, SIZE_MAX);
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    if (n > OFFSET_DIGITS || !ct_sv_i64(ct_sv_sub(s, 0, n), &value))
        return false;
    *ret = (size_t)value;
    return true;
}

static bool read_table(struct update *u)
{
    size_t trailer = search_last(u->pdf, CT_SV("trailer")), line;
    struct ct_sv end = ct_sv_sub(u->pdf, trailer, SIZE_MAX), table;

    if (trailer == SIZE_MAX || !number_after(end, CT_SV("/Size"), &u->size) ||
        !number_after(end, CT_SV("/Root"), &u->root) ||
        !number_after(end, CT_SV("/Info"), &u->info) ||
        !number_after(end, CT_SV("startxref"), &u->table) || u->table >= trailer)
        return false;
    table = ct_sv_sub(u->pdf, u->table, trailer - u->table);
    if (!ct_sv_starts(table, CT_SV("xref\n0 ")))
        return false;
    table = ct_sv_sub(table, CT_SV("xref\n").n, SIZE_MAX);
    line = ct_sv_find(table, '\n');
    if (line == SIZE_MAX)
        return false;
    u->entries = ct_sv_sub(table, line + 1, SIZE_MAX);
    return u->entries.n >= u->size * ENTRY;
}

/* The inside of an object's dictionary, without its brackets; the null view if it has none. */
static struct ct_sv dictionary_of(const struct update *u, size_t number)
{
    struct ct_sv object;
    int64_t offset;
    size_t end, from;

    if (number >= u->size ||
        !ct_sv_i64(ct_sv_sub(u->entries, number * ENTRY, OFFSET_DIGITS), &offset) ||
        (size_t)offset >= u->pdf.n)
        return CT_SV_NULL;
    object = ct_sv_sub(u->pdf, (size_t)offset, SIZE_MAX);
    end = ct_sv_search(object, CT_SV("endobj"));
    object = ct_sv_sub(object, 0, end);
    from = ct_sv_search(object, CT_SV("<<"));
    end = search_last(object, CT_SV(">>"));
    if (from == SIZE_MAX || end == SIZE_MAX || end < from + 2)
        return CT_SV_NULL;
    return ct_sv_sub(object, from + 2, end - from - 2);
}

/* ---- writing ---- */

/* A text string: UTF-16 with its mark, in hexadecimal. */
static void add_text(struct ct_str *out, struct ct_sv text)
{
    ct_str_add_c(out, "<FEFF");
    while (text.n) {
        uint32_t rune = ct_sv_rune(&text);
        if (rune < 0x10000)
            ct_str_addf(out, "%04X", (unsigned)rune);
        else
            ct_str_addf(out, "%04X%04X", 0xd800u + (unsigned)((rune - 0x10000) >> 10),
                        0xdc00u + (unsigned)((rune - 0x10000) & 0x3ff));
    }
    ct_str_add_char(out, '>');
}

static void begin_object(struct update *u, size_t number)
{
    struct change c = {number, u->out->n - u->begins};

    CT_ARENA_PUSH(&u->arena, u->changes, u->n_changes, u->cap, c);
    ct_str_addf(u->out, "%zu 0 obj\n<<", number);
}

static void end_object(struct update *u)
{
    ct_str_add_c(u->out, " >>\nendobj\n");
}

/* Elements of the structure are objects in the order in which they were drawn. */
static bool is_element(struct ct_sv dictionary, struct ct_sv kind)
{
    return ct_sv_starts(ct_sv_trim(dictionary), CT_SV("/Type /StructElem")) &&
           ct_sv_search(dictionary, kind) != SIZE_MAX;
}

static int describe_elements(struct update *u, struct ct_err *err)
{
    const struct ct_pdf_pen *d = u->drawn;
    size_t figure = 0, head = 0;

    for (size_t number = 1; number < u->size && (d->n_figures || d->n_heads); number++) {
        struct ct_sv dictionary = dictionary_of(u, number);
        bool shows = is_element(dictionary, CT_SV("/S /Figure")) && figure < d->n_figures;
        bool heads = is_element(dictionary, CT_SV("/S /TH\n")) && head < d->n_heads;
        if (!shows && !heads)
            continue;
        begin_object(u, number);
        ct_str_add_sv(u->out, dictionary);
        if (heads)
            ct_str_addf(u->out, "/A << /O /Table /Scope /%s >>",
                        d->heads[head++] ? "Row" : "Column");
        if (shows) {
            ct_str_add_c(u->out, "/Alt ");
            add_text(u->out, d->figures[figure++]);
        }
        end_object(u);
    }
    return figure == d->n_figures && head == d->n_heads
               ? CT_OK
               : ct_fail(err, CT_INTERNAL, "pdf",
                         "a figure or a head is not in the document's structure");
}

/* As the name of a PDF: what is not a letter or digit as #xx. */
static void add_name(struct ct_str *out, struct ct_sv name)
{
    ct_str_add_char(out, '/');
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            ct_str_add_char(out, c);
        else
            ct_str_addf(out, "#%02X", (unsigned)(unsigned char)c);
    }
}

/* The file as it is, not compressed, so that it is found again without a reader of PDF. */
static void attach(struct update *u)
{
    const struct ct_pdf_file *f = &u->facts->file;
    size_t stream = u->size, specification = u->size + 1;
    char day[CT_TIME_TEXT];

    begin_object(u, stream);
    ct_str_add_c(u->out, " /Type /EmbeddedFile /Subtype ");
    add_name(u->out, f->type);
    ct_str_addf(u->out, " /Params << /Size %zu /ModDate (D:", f->bytes.n);
    for (const char *p = ct_time_iso(u->facts->created_at, day); *p; p++)
        if ((*p >= '0' && *p <= '9') || *p == 'Z')
            ct_str_add_char(u->out, *p);
    ct_str_addf(u->out, ") >> /Length %zu >>\nstream\n", f->bytes.n);
    ct_str_add_sv(u->out, f->bytes);
    ct_str_add_c(u->out, "\nendstream\nendobj\n");
    begin_object(u, specification);
    ct_str_add_c(u->out, " /Type /Filespec /F ");
    add_text(u->out, f->name);
    ct_str_add_c(u->out, " /UF ");
    add_text(u->out, f->name);
    ct_str_add_c(u->out, " /Desc ");
    add_text(u->out, f->description);
    ct_str_addf(u->out, " /AFRelationship /Data /EF << /F %zu 0 R /UF %zu 0 R >>", stream, stream);
    end_object(u);
}

static void write_catalog(struct update *u, struct ct_sv old)
{
    const struct ct_pdf_file *f = &u->facts->file;

    begin_object(u, u->root);
    ct_str_add_sv(u->out, old);
    ct_str_add_c(u->out, "/Lang ");
    add_text(u->out, u->facts->lang);
    ct_str_add_c(u->out, " /ViewerPreferences << /DisplayDocTitle true >>");
    if (f->name.p) {
        ct_str_add_c(u->out, " /Names << /EmbeddedFiles << /Names [ ");
        add_text(u->out, f->name);
        ct_str_addf(u->out, " %zu 0 R ] >> >> /AF [ %zu 0 R ]", u->size + 1, u->size + 1);
    }
    end_object(u);
}

static void write_table(struct update *u)
{
    size_t at = u->out->n - u->begins;

    ct_str_add_c(u->out, "xref\n");
    for (size_t i = 0; i < u->n_changes; i++)
        ct_str_addf(u->out, "%zu 1\n%010zu 00000 n \n", u->changes[i].number, u->changes[i].offset);
    ct_str_addf(u->out,
                "trailer\n<< /Size %zu /Root %zu 0 R /Info %zu 0 R /Prev %zu >>\nstartxref\n%zu\n"
                "%%%%EOF\n",
                u->facts->file.name.p ? u->size + 2 : u->size, u->root, u->info, u->table, at);
}

int ct_pdf_amend(struct ct_sv pdf, const struct ct_pdf_facts *facts, const struct ct_pdf_pen *drawn,
                 struct ct_str *out, struct ct_err *err)
{
    struct update u = {.pdf = pdf, .facts = facts, .drawn = drawn, .out = out, .begins = out->n};
    struct ct_sv catalog;
    int r = CT_OK;

    if (!read_table(&u) || !(catalog = dictionary_of(&u, u.root)).p)
        return ct_fail(err, CT_INTERNAL, "pdf", "cairo wrote another kind of document");
    ct_str_add_sv(out, pdf);
    r = describe_elements(&u, err);
    write_catalog(&u, catalog);
    if (facts->file.name.p)
        attach(&u);
    write_table(&u);
    ct_arena_release(&u.arena);
    if (r == CT_OK && !ct_str_ok(out))
        r = ct_fail(err, CT_TOO_BIG, "pdf", "over %zu bytes", out->max);
    return r;
}

int ct_pdf_file_of(struct ct_sv pdf, struct ct_sv *ret, struct ct_err *err)
{
    static const char none[] = "no file is attached that could be read; a document that another "
                               "program has saved anew may have lost it";
    size_t at = search_last(pdf, CT_SV("/Type /EmbeddedFile")), begin, length;
    struct ct_sv object = ct_sv_sub(pdf, at, SIZE_MAX), head;

    if (at == SIZE_MAX || (begin = ct_sv_search(object, CT_SV("stream\n"))) == SIZE_MAX)
        return ct_fail(err, CT_NOT_FOUND, "pdf", "%s", none);
    head = ct_sv_sub(object, 0, begin);
    begin += CT_SV("stream\n").n;
    if (ct_sv_search(head, CT_SV("/Filter")) != SIZE_MAX ||
        !number_after(head, CT_SV("/Length"), &length) || length > object.n - begin)
        return ct_fail(err, CT_NOT_FOUND, "pdf", "%s", none);
    *ret = ct_sv_sub(object, begin, length);
    return CT_OK;
}
