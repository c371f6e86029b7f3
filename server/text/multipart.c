/*
 * multipart.c: bodies of multipart/form-data. Strict where browsers agree: lines end with \r\n, no
 * folded headers, no transfer encodings. Reads the body once, from front to back.
 */
#include "ct/text/multipart.h"

#include "ct/base/banned.h"

enum {
    PARTS_MAX = 32,
    BOUNDARY_MAX = 70, /* RFC 2046, 5.1.1 */
    HEADERS_MAX = 8192 /* bytes of a part's headers; browsers send about 200 */
};

static int refuse(struct ct_err *err, const char *why)
{
    return ct_fail(err, CT_BAD_INPUT, "body", "%s", why);
}

static struct ct_sv skip_blanks(struct ct_sv s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = ct_sv_sub(s, 1, SIZE_MAX);
    return s;
}

/* ---- values with parameters: "form-data; name=\"a\"; filename=\"b\"" ---- */

/* Takes a quoted string off the front. Browsers write a quote inside as %22 or \", and leave every
 * other backslash as it is, as in a path of Windows. False if it does not end. */
static bool take_quoted(struct ct_arena *a, struct ct_sv *rest, struct ct_sv *ret)
{
    struct ct_sv s = ct_sv_sub(*rest, 1, SIZE_MAX);
    bool escaped = false;
    size_t n = 0;

    for (; n < s.n && s.p[n] != '"'; n++) {
        if (s.p[n] == '\\' && n + 1 < s.n && s.p[n + 1] == '"') {
            escaped = true;
            n++;
        }
    }
    if (n == s.n)
        return false;
    *rest = ct_sv_sub(s, n + 1, SIZE_MAX);
    *ret = ct_sv_sub(s, 0, n);
    if (!escaped)
        return true;
    char *copy = ct_arena_alloc(a, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!(s.p[i] == '\\' && s.p[i + 1] == '"'))
            copy[k++] = s.p[i];
    *ret = ct_sv_n(copy, k);
    return true;
}

/* Takes "; name=value" off the front. False at the end, and with *bad on anything else. */
static bool take_parameter(struct ct_arena *a, struct ct_sv *rest, struct ct_sv *ret_name,
                           struct ct_sv *ret_value, bool *bad)
{
    struct ct_sv s = skip_blanks(*rest);
    size_t equals, end;

    *bad = false;
    if (s.n == 0)
        return false;
    *bad = true;
    if (s.p[0] != ';')
        return false;
    s = skip_blanks(ct_sv_sub(s, 1, SIZE_MAX));
    if (s.n == 0) { /* a last semicolon with nothing behind it */
        *bad = false;
        return false;
    }
    if ((equals = ct_sv_find(s, '=')) == SIZE_MAX)
        return false;
    *ret_name = ct_sv_trim(ct_sv_sub(s, 0, equals));
    s = ct_sv_sub(s, equals + 1, SIZE_MAX);
    if (s.n && s.p[0] == '"') {
        if (!take_quoted(a, &s, ret_value))
            return false;
    } else {
        end = ct_sv_find(s, ';');
        *ret_value = ct_sv_trim(ct_sv_sub(s, 0, end));
        s = end == SIZE_MAX ? CT_SV("") : ct_sv_sub(s, end, SIZE_MAX);
    }
    *bad = false;
    *rest = s;
    return true;
}

/* ---- the boundary ---- */

static bool is_boundary(struct ct_sv b)
{
    static const char marks[] = "'()+_,-./:=? ";

    for (size_t i = 0; i < b.n; i++) {
        char c = b.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || !strchr(marks, c)))
            return false;
    }
    return b.n >= 1 && b.n <= BOUNDARY_MAX && b.p[b.n - 1] != ' ';
}

static int find_boundary(struct ct_arena *a, struct ct_sv content_type, struct ct_sv *ret,
                         struct ct_err *err)
{
    size_t end = ct_sv_find(content_type, ';');
    struct ct_sv type = ct_sv_trim(ct_sv_sub(content_type, 0, end));
    struct ct_sv rest = end == SIZE_MAX ? CT_SV("") : ct_sv_sub(content_type, end, SIZE_MAX);
    struct ct_sv name, value, boundary = CT_SV_NULL;
    bool bad;

    if (!ct_sv_ieq(type, CT_SV("multipart/form-data")))
        return refuse(err, "the content type is not multipart/form-data");
    while (take_parameter(a, &rest, &name, &value, &bad)) {
        if (!ct_sv_ieq(name, CT_SV("boundary")))
            continue;
        if (boundary.p)
            return refuse(err, "the content type has two boundaries");
        boundary = value;
    }
    if (bad || !boundary.p || !is_boundary(boundary))
        return refuse(err, "the content type has no boundary that can be used");
    *ret = boundary;
    return CT_OK;
}

/* ---- parts ---- */

enum line { LINE_NONE, LINE_NEXT, LINE_LAST };

/* What stands at `s` if it is the line "--boundary"; *ret_rest is what follows that line. */
static enum line read_delimiter(struct ct_sv s, struct ct_sv delimiter, struct ct_sv *ret_rest)
{
    bool last;

    if (!ct_sv_starts(s, delimiter))
        return LINE_NONE;
    s = ct_sv_sub(s, delimiter.n, SIZE_MAX);
    last = ct_sv_starts(s, CT_SV("--"));
    if (last)
        s = ct_sv_sub(s, 2, SIZE_MAX);
    s = skip_blanks(s);
    if (last && s.n == 0) {
        *ret_rest = s;
        return LINE_LAST;
    }
    if (!ct_sv_starts(s, CT_SV("\r\n")))
        return LINE_NONE;
    *ret_rest = ct_sv_sub(s, 2, SIZE_MAX);
    return last ? LINE_LAST : LINE_NEXT;
}

/* Takes what stands before the next delimiter line, and that line. The text begins at the start of
 * a line. */
static enum line take_part(struct ct_sv *rest, struct ct_sv delimiter, struct ct_sv *ret)
{
    struct ct_sv s = *rest;
    enum line line = read_delimiter(s, delimiter, rest);

    *ret = CT_SV("");
    if (line != LINE_NONE)
        return line;
    for (size_t at = 0;;) {
        size_t next = ct_sv_search(ct_sv_sub(s, at, SIZE_MAX), CT_SV("\r\n--"));
        if (next == SIZE_MAX)
            return LINE_NONE;
        at += next;
        line = read_delimiter(ct_sv_sub(s, at + 2, SIZE_MAX), delimiter, rest);
        if (line != LINE_NONE) {
            *ret = ct_sv_sub(s, 0, at);
            return line;
        }
        at += 2;
    }
}

static int read_disposition(struct ct_arena *a, struct ct_sv value, struct ct_part *part,
                            struct ct_err *err)
{
    size_t end = ct_sv_find(value, ';');
    struct ct_sv kind = ct_sv_trim(ct_sv_sub(value, 0, end));
    struct ct_sv rest = end == SIZE_MAX ? CT_SV("") : ct_sv_sub(value, end, SIZE_MAX);
    struct ct_sv name, text;
    bool bad;

    if (part->name.p)
        return refuse(err, "a part has two Content-Disposition headers");
    if (!ct_sv_ieq(kind, CT_SV("form-data")))
        return refuse(err, "a part is no field of a form");
    while (take_parameter(a, &rest, &name, &text, &bad)) {
        if (ct_sv_ieq(name, CT_SV("name")))
            part->name = text;
        else if (ct_sv_ieq(name, CT_SV("filename")))
            part->file_name = text;
    }
    return bad ? refuse(err, "a Content-Disposition header cannot be read") : CT_OK;
}

static int read_header(struct ct_arena *a, struct ct_sv line, struct ct_part *part,
                       struct ct_err *err)
{
    size_t colon = ct_sv_find(line, ':');
    struct ct_sv name = ct_sv_sub(line, 0, colon), value;

    if (colon == SIZE_MAX || colon == 0 || name.p[0] == ' ' || name.p[0] == '\t')
        return refuse(err, "a part has a header that cannot be read");
    value = ct_sv_trim(ct_sv_sub(line, colon + 1, SIZE_MAX));
    if (ct_sv_ieq(name, CT_SV("content-disposition")))
        return read_disposition(a, value, part, err);
    if (ct_sv_ieq(name, CT_SV("content-type")))
        part->type = value;
    if (ct_sv_ieq(name, CT_SV("content-transfer-encoding")) && !ct_sv_ieq(value, CT_SV("binary")) &&
        !ct_sv_ieq(value, CT_SV("8bit")) && !ct_sv_ieq(value, CT_SV("7bit")))
        return refuse(err, "a part is encoded");
    return CT_OK;
}

/* Headers, an empty line, bytes. */
static int read_part(struct ct_arena *a, struct ct_sv whole, struct ct_part *ret,
                     struct ct_err *err)
{
    struct ct_part part = {.name = CT_SV_NULL};
    int r;

    for (size_t headers = 0;;) {
        struct ct_sv line = ct_sv_sub(whole, 0, HEADERS_MAX);
        size_t end = ct_sv_search(line, CT_SV("\r\n"));
        if (end == SIZE_MAX || (headers += end) > HEADERS_MAX)
            return refuse(err, "the headers of a part do not end");
        line = ct_sv_sub(line, 0, end);
        whole = ct_sv_sub(whole, end + 2, SIZE_MAX);
        if (line.n == 0)
            break;
        if ((r = read_header(a, line, &part, err)) < 0)
            return r;
    }
    if (part.name.n == 0 || !ct_sv_utf8(part.name))
        return refuse(err, "a part has no name");
    part.bytes = whole;
    *ret = part;
    return CT_OK;
}

int ct_multipart_parse(struct ct_arena *a, struct ct_sv content_type, struct ct_sv body,
                       struct ct_part **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_sv boundary = CT_SV_NULL, delimiter, whole;
    struct ct_part *parts = NULL;
    size_t n = 0, cap = 0;
    int r = find_boundary(a, content_type, &boundary, err);

    if (r < 0)
        return r;
    delimiter = ct_arena_printf(a, "--%.*s", CT_SV_ARG(boundary));
    enum line line = take_part(&body, delimiter, &whole); /* what a mail reader would show */
    while (line == LINE_NEXT) {
        struct ct_part part;
        line = take_part(&body, delimiter, &whole);
        if (line == LINE_NONE)
            break;
        if (n == PARTS_MAX)
            return ct_fail(err, CT_TOO_BIG, "body", "more than %d parts", PARTS_MAX);
        if ((r = read_part(a, whole, &part, err)) < 0)
            return r;
        CT_ARENA_PUSH(a, parts, n, cap, part);
    }
    if (line == LINE_NONE)
        return refuse(err, "the body is cut off");
    *ret = parts;
    *ret_n = n;
    return CT_OK;
}
