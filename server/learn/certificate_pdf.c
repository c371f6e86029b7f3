/*
 * certificate_pdf.c: where what stands on a certificate's page. How it is drawn is text/pdf_page.
 *
 * The QR code holds the address at which the certificate is checked, short enough for any telephone
 * to read from paper. The signed document is attached to the PDF instead: a code that held it would
 * be five times as dense.
 */
#include "ct/learn/certificate_paper.h"

#include "ct/text/pdf_page.h"
#include "ct/text/qr.h"

#include "ct/base/banned.h"

/* US Letter, landscape, in points. */
enum { WIDTH = 792, HEIGHT = 612, EDGE = 28, INNER = 36, LEFT = 72, ROOM = WIDTH - 2 * LEFT };
enum { INK = 0x22292b, SOFT = 0x57605f, TEAL = 0x17454b, GOLD = 0xb48a4a, BLACK = 0 };
enum { FACTS_Y = 346, FACTS_MAX = 6, CODE_Y = 404, CODE_SIDE = 100, ITEMS_MAX = 32 };
/* Lines of credit between the facts and the code, which is smaller where there are many. */
enum { CREDIT_Y = 390, CREDIT_HEIGHT = 14, CREDIT_MAX = 4, CODE_END = 512 };

struct sheet {
    struct ct_arena *arena;
    double code_y, code_side;
    struct ct_pdf_item items[ITEMS_MAX];
    size_t n;
};

static struct ct_sv day_in_words(struct ct_arena *a, struct ct_date d)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};

    return ct_arena_printf(a, "%s %d, %d", months[d.month - 1], d.day, d.year);
}

static void frame(struct sheet *s, double inset, double line, uint32_t colour)
{
    s->items[s->n++] = (struct ct_pdf_item){.kind = CT_PDF_FRAME,
                                            .x = inset,
                                            .y = inset,
                                            .width = WIDTH - 2 * inset,
                                            .height = HEIGHT - 2 * inset,
                                            .line = line,
                                            .colour = colour};
}

/* A line of its own across the sheet; of the sizes the first that fits. */
static struct ct_pdf_item *line(struct sheet *s, struct ct_sv text, double y, double height,
                                double size, double size_min)
{
    struct ct_pdf_item *item = &s->items[s->n++];

    *item = (struct ct_pdf_item){.kind = CT_PDF_PARAGRAPH,
                                 .x = LEFT,
                                 .y = y,
                                 .width = ROOM,
                                 .height = height,
                                 .text = text,
                                 .face = CT_PDF_SERIF,
                                 .colour = INK,
                                 .size = size,
                                 .size_min = size_min,
                                 .lines = 1};
    return item;
}

static void add_head(struct sheet *s, const struct ct_certificate *c, struct ct_sv issuer)
{
    struct ct_pdf_item *item;

    line(s, issuer, 58, 28, 16, 10);
    line(s, CT_SV("Certificate of completion"), 92, 26, 17, 17)->colour = SOFT;
    item = line(s, c->name, 130, 76, 40, 15);
    item->kind = CT_PDF_HEADING;
    item->bold = true;
    item->lines = 2;
    line(s, c->discipline_name, 210, 22, 14, 9)->colour = SOFT;
    line(s, CT_SV("has completed"), 236, 22, 13, 13)->colour = SOFT;
    item = line(s, c->course_title, 262, 70, 24, 12);
    item->lines = 2;
}

struct fact {
    const char *name;
    struct ct_sv value;
    enum ct_pdf_face face;
};

static void add_facts(struct sheet *s, const struct ct_certificate *c)
{
    struct fact facts[FACTS_MAX];
    size_t n = 0;

    facts[n++] = (struct fact){"Date", day_in_words(s->arena, c->issued_on), CT_PDF_SANS};
    if (c->expires_on.year)
        facts[n++] =
            (struct fact){"Valid through", day_in_words(s->arena, c->expires_on), CT_PDF_SANS};
    facts[n++] =
        (struct fact){"Training time", ct_certificate_time(s->arena, c->minutes), CT_PDF_SANS};
    if (c->score >= 0)
        facts[n++] =
            (struct fact){"Quizzes", ct_arena_printf(s->arena, "%d %%", c->score), CT_PDF_SANS};
    facts[n++] = (struct fact){"Text revision", ct_sv_sub(c->revision, 0, 12), CT_PDF_MONO};
    facts[n++] = (struct fact){"Code", ct_certificate_dashed(s->arena, c->code), CT_PDF_MONO};
    for (size_t i = 0; i < n; i++) {
        double width = (double)ROOM / (double)n;
        struct ct_pdf_item *item = line(s, ct_sv_c(facts[i].name), FACTS_Y, 16, 9.5, 7);
        item->x += width * (double)i;
        item->width = width - 6;
        item->face = CT_PDF_SANS;
        item->colour = SOFT;
        item = line(s, facts[i].value, FACTS_Y + 16, 18, 10, 6);
        item->x += width * (double)i;
        item->width = width - 6;
        item->face = facts[i].face;
        item->bold = facts[i].face == CT_PDF_SANS;
    }
}

static void add_credit(struct sheet *s, const struct ct_certificate *c)
{
    size_t n = c->n_credit > CREDIT_MAX ? CREDIT_MAX : c->n_credit;

    for (size_t i = 0; i < n; i++) {
        struct ct_sv text = ct_credit_line(s->arena, &c->credit[i]);
        if (i + 1 == CREDIT_MAX && c->n_credit > CREDIT_MAX)
            text = ct_arena_printf(s->arena, "and %zu more, at the address below", c->n_credit - i);
        struct ct_pdf_item *item =
            line(s, text, CREDIT_Y + CREDIT_HEIGHT * (double)i, CREDIT_HEIGHT, 10, 6);
        item->face = CT_PDF_SANS;
    }
    s->code_y = CODE_Y;
    s->code_side = CODE_SIDE;
    if (n == 0)
        return;
    s->code_y = CREDIT_Y + CREDIT_HEIGHT * (double)n + 8;
    if (s->code_side > CODE_END - s->code_y)
        s->code_side = CODE_END - s->code_y;
}

static int add_check(struct sheet *s, struct ct_sv verify_url, struct ct_err *err)
{
    struct ct_qr qr;
    struct ct_pdf_item *item;
    int r = ct_qr_make(s->arena, verify_url, &qr, err);

    if (r < 0)
        return r;
    s->items[s->n++] = (struct ct_pdf_item){
        .kind = CT_PDF_SQUARES,
        .x = (WIDTH - s->code_side) / 2,
        .y = s->code_y,
        .width = s->code_side,
        .height = s->code_side,
        .text = ct_arena_printf(s->arena, "QR code of the address %.*s", CT_SV_ARG(verify_url)),
        .n = qr.n,
        .dark = qr.dark,
        .colour = BLACK};
    item = line(s,
                ct_arena_printf(s->arena, "Anybody can check this certificate at %.*s",
                                CT_SV_ARG(verify_url)),
                s->code_y + s->code_side + 10, 26, 10, 7);
    item->face = CT_PDF_SANS;
    item->lines = 2;
    item = line(s, CT_SV("This file carries the same, signed, as an attachment."),
                s->code_y + s->code_side + 38, 14, 8.5, 8.5);
    item->face = CT_PDF_SANS;
    item->colour = SOFT;
    return CT_OK;
}

int ct_certificate_pdf(struct ct_arena *a, const struct ct_certificate *c, struct ct_sv issuer,
                       struct ct_sv verify_url, struct ct_sv lang, struct ct_sv document,
                       struct ct_str *out, struct ct_err *err)
{
    struct sheet s = {.arena = a};
    int r;

    if (c->revoked_at)
        return ct_fail(err, CT_CONFLICT, "code",
                       "this certificate is revoked; it is not printed any more");
    frame(&s, EDGE, 1.5, TEAL);
    frame(&s, INNER, 0.75, GOLD);
    add_head(&s, c, issuer);
    add_facts(&s, c);
    add_credit(&s, c);
    if ((r = add_check(&s, verify_url, err)) < 0)
        return r;
    const struct ct_pdf_page page = {
        .width = WIDTH,
        .height = HEIGHT,
        .title = ct_arena_printf(a, "Certificate of completion: %.*s, %.*s", CT_SV_ARG(c->name),
                                 CT_SV_ARG(c->course_title)),
        .author = issuer,
        .subject = c->course_title,
        .lang = lang,
        .created_at = c->reissued_at ? c->reissued_at : c->issued_at,
        .items = s.items,
        .n_items = s.n,
        .file = {CT_SV(CT_CERTIFICATE_FILE), CT_SV("application/json"),
                 CT_SV("The certificate as a signed document"), document},
    };
    return ct_pdf_write(&page, out, err);
}
