/*
 * vtt.c: whether a text is captions that a browser will show (WebVTT, W3C). Browsers pass over what
 * they cannot read without a word, so that a film would have no captions and nobody would know.
 */
#include "vtt_priv.h"

#include "ct/base/banned.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* So many digits, as a number; -1 if they are not there. */
static int take_number(struct ct_sv *s, size_t least, size_t most)
{
    size_t n = 0;
    int value = 0;

    while (n < s->n && n < most && is_digit(s->p[n]))
        value = value * 10 + (s->p[n++] - '0');
    if (n < least || (n < s->n && is_digit(s->p[n])))
        return -1;
    *s = ct_sv_sub(*s, n, SIZE_MAX);
    return value;
}

static bool take(struct ct_sv *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = ct_sv_sub(*s, 1, SIZE_MAX);
    return true;
}

/* "01:02.003" or "00:01:02.003", in milliseconds; -1 if it is none. */
static int64_t take_time(struct ct_sv *s)
{
    bool hours = s->n > 2 && !(s->n > 5 && s->p[2] == ':' && s->p[5] == '.');
    int h = hours ? take_number(s, 2, 6) : 0;
    int minutes, seconds, thousandths;

    if (h < 0 || (hours && !take(s, ':')) || (minutes = take_number(s, 2, 2)) < 0 || minutes > 59 ||
        !take(s, ':') || (seconds = take_number(s, 2, 2)) < 0 || seconds > 59 || !take(s, '.') ||
        (thousandths = take_number(s, 3, 3)) < 0)
        return -1;
    return (((int64_t)h * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
}

static void skip_blanks(struct ct_sv *s)
{
    while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
        *s = ct_sv_sub(*s, 1, SIZE_MAX);
}

/* "from --> to", and perhaps settings behind it. */
static bool read_times(struct ct_sv line, int64_t *ret_from, int64_t *ret_to)
{
    skip_blanks(&line);
    if ((*ret_from = take_time(&line)) < 0)
        return false;
    skip_blanks(&line);
    if (!ct_sv_starts(line, CT_SV("-->")))
        return false;
    line = ct_sv_sub(line, 3, SIZE_MAX);
    skip_blanks(&line);
    return (*ret_to = take_time(&line)) >= 0 &&
           (line.n == 0 || line.p[0] == ' ' || line.p[0] == '\t');
}

static const char *time_line_fault(struct ct_sv line)
{
    int64_t from, to;

    if (read_times(line, &from, &to))
        return to > from ? NULL : "has a caption that ends before it begins";
    return ct_sv_find(line, ',') != SIZE_MAX
               ? "has a time with a comma; WebVTT wants a dot, as in 00:01.500 --> 00:04.000"
               : "has a time that cannot be read; write 00:01.500 --> 00:04.000";
}

/* The next line, without its end, which may be \r\n, \n or \r. */
static bool take_line(struct ct_sv *rest, struct ct_sv *ret)
{
    size_t n = 0;

    if (rest->n == 0)
        return false;
    while (n < rest->n && rest->p[n] != '\r' && rest->p[n] != '\n')
        n++;
    *ret = ct_sv_sub(*rest, 0, n);
    n += n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n' ? 2 : 1;
    *rest = ct_sv_sub(*rest, n, SIZE_MAX);
    return true;
}

bool ct_vtt_begins(struct ct_sv bytes)
{
    struct ct_sv line = CT_SV("");

    if (ct_sv_starts(bytes, CT_SV("\xef\xbb\xbf")))
        bytes = ct_sv_sub(bytes, 3, SIZE_MAX);
    take_line(&bytes, &line);
    return ct_sv_starts(line, CT_SV("WEBVTT")) &&
           (line.n == 6 || line.p[6] == ' ' || line.p[6] == '\t');
}

const char *ct_vtt_fault(struct ct_sv bytes, int *ret_line)
{
    struct ct_sv line;
    const char *fault;
    size_t cues = 0;

    *ret_line = 1;
    if (!ct_sv_utf8(bytes))
        return "is not written in UTF-8";
    if (!ct_vtt_begins(bytes))
        return "does not begin with the line WEBVTT";
    for (int n = 1; take_line(&bytes, &line); n++) {
        if (ct_sv_search(line, CT_SV("-->")) == SIZE_MAX)
            continue;
        if ((fault = time_line_fault(line))) {
            *ret_line = n;
            return fault;
        }
        cues++;
    }
    return cues ? NULL : "has no caption: no line like 00:01.500 --> 00:04.000";
}
