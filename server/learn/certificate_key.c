/*
 * certificate_key.c: the file of the signing key: read, made once, rotated. Its bytes go nowhere
 * else.
 */
#include "ct/learn/certificate_key.h"

#include "ct/base/file.h"
#include "ct/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { FILE_MAX = 64 * 1024, OWNER_ALONE = 0600, OTHERS = 0077 };

/* ---- reading ---- */

static struct ct_sv word(struct ct_sv *line)
{
    struct ct_sv part = CT_SV("");

    ct_sv_split(line, ' ', &part);
    return part;
}

static bool read_public(struct ct_sv text, struct ct_public_key *ret)
{
    if (!ct_base64_read(text, ret->bytes, sizeof ret->bytes))
        return false;
    ct_base64(ret->bytes, sizeof ret->bytes, ret->text);
    return true;
}

static bool read_line(struct ct_arena *a, struct ct_sv line, struct ct_certificate_keys *k,
                      size_t *cap, bool *has_secret)
{
    struct ct_public_key key = {.until = {0, 0, 0}};
    struct ct_sv kind = word(&line), text = word(&line), until;

    if (ct_sv_eq_c(kind, "secret") && !*has_secret && !line.p)
        return *has_secret = ct_base64_read(text, k->secret, sizeof k->secret);
    if (!ct_sv_eq_c(kind, "public") || !read_public(text, &key) ||
        !ct_date_parse(word(&line), &key.since))
        return false;
    until = word(&line);
    if (k->n > 0 ? !ct_date_parse(until, &key.until) : until.n > 0)
        return false;
    struct ct_public_key *list = (struct ct_public_key *)(uintptr_t)k->list;
    CT_ARENA_PUSH(a, list, k->n, *cap, key);
    k->list = list;
    return line.p == NULL;
}

static int read_text(struct ct_arena *a, const char *path, struct ct_sv text,
                     struct ct_certificate_keys *ret, struct ct_err *err)
{
    CT_AUTO_KEYS k = {.n = 0};
    unsigned char own[CT_SIGN_KEY];
    bool has_secret = false;
    struct ct_sv line;
    size_t cap = 0;

    while (ct_sv_split(&text, '\n', &line))
        if (line.n && !read_line(a, line, &k, &cap, &has_secret))
            return ct_fail(err, CT_BAD_INPUT, path, "this is no file with the key of certificates");
    if (has_secret)
        ct_sign_public(k.secret, own);
    if (!has_secret || k.n == 0 || memcmp(own, k.list[0].bytes, sizeof own) != 0)
        return ct_fail(err, CT_BAD_INPUT, path,
                       "its secret key and its first public one do not fit");
    *ret = k;
    return CT_OK;
}

static int read_file(struct ct_arena *a, const char *path, struct ct_certificate_keys *ret,
                     struct ct_err *err)
{
    struct stat st;
    struct ct_sv text;
    int r;

    if (stat(path, &st) != 0)
        return ct_fail(err, errno == ENOENT ? CT_NOT_FOUND : CT_INTERNAL, path, "%s",
                       strerror(errno));
    if (st.st_mode & OTHERS)
        return ct_fail(err, CT_BAD_INPUT, path,
                       "others may read the key of certificates; chmod 600 it, and rotate it if "
                       "somebody did");
    if ((r = ct_file_read(a, path, FILE_MAX, &text, err)) < 0)
        return r;
    r = read_text(a, path, text, ret, err);
    ct_secret_wipe((void *)(uintptr_t)text.p, text.n);
    return r;
}

/* ---- writing ---- */

static void add_key(struct ct_str *out, const struct ct_public_key *key, const char *between,
                    const char *last)
{
    ct_str_addf(out, "%s%s%04d-%02d-%02d", key->text, between, key->since.year, key->since.month,
                key->since.day);
    if (key->until.year)
        ct_str_addf(out, "%s%04d-%02d-%02d", last, key->until.year, key->until.month,
                    key->until.day);
    ct_str_add_char(out, '\n');
}

/* The file with a fresh key in front of those that there were. */
static void compose(struct ct_str *out, const struct ct_certificate_keys *old, struct ct_date today)
{
    unsigned char secret[CT_SIGN_KEY];
    char text[CT_BASE64_TEXT(CT_SIGN_KEY) + 1];
    struct ct_public_key key = {.since = today};

    ct_sign_make(secret, key.bytes);
    ct_base64(key.bytes, sizeof key.bytes, key.text);
    ct_str_addf(out, "secret %s\n", ct_base64(secret, sizeof secret, text));
    ct_secret_wipe(secret, sizeof secret);
    ct_secret_wipe(text, sizeof text);
    ct_str_add_c(out, "public ");
    add_key(out, &key, " ", " ");
    for (size_t i = 0; i < old->n; i++) {
        struct ct_public_key former = old->list[i];
        if (i == 0)
            former.until = today;
        ct_str_add_c(out, "public ");
        add_key(out, &former, " ", " ");
    }
}

static int write_all(int fd, const struct ct_str *text)
{
    size_t done = 0;

    while (done < text->n) {
        ssize_t n = write(fd, text->p + done, text->n - done);
        if (n < 0 && errno != EINTR)
            return -1;
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd);
}

static int cannot(const char *path, struct ct_err *err)
{
    int why = errno;

    return ct_fail(err, why == ENOENT ? CT_NOT_FOUND : CT_INTERNAL, path,
                   "the key of certificates cannot be written: %s", strerror(why));
}

/* Into a file beside it, of its owner from the first byte on. */
static int write_beside(const char *beside, const struct ct_str *text, struct ct_err *err)
{
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, OWNER_ALONE);
    int r;

    if (fd < 0)
        return errno == EEXIST
                   ? ct_fail(err, CT_CONFLICT, beside,
                             "another program makes a key at this moment; if none does, remove "
                             "this file")
                   : cannot(beside, err);
    r = fchmod(fd, OWNER_ALONE) == 0 && write_all(fd, text) == 0 ? CT_OK : cannot(beside, err);
    if (close(fd) != 0 && r == CT_OK)
        r = cannot(beside, err);
    if (r < 0)
        unlink(beside);
    return r;
}

/* What two who come at once do: each makes a file of its own, and only one gets the name. */
static int make_first(struct ct_arena *a, const char *path, struct ct_date today,
                      struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(FILE_MAX);
    const struct ct_certificate_keys none = {.n = 0};
    char token[CT_TOKEN_TEXT + 1];
    const char *beside = ct_arena_printf(a, "%s.%s", path, ct_random_token(token)).p;
    int r;

    compose(&text, &none, today);
    r = write_beside(beside, &text, err);
    ct_secret_wipe(text.p, text.n);
    if (r < 0)
        return r;
    if (link(beside, path) != 0 && errno != EEXIST)
        r = cannot(path, err);
    unlink(beside);
    return r;
}

int ct_certificate_keys_load(struct ct_arena *a, const char *path, const struct ct_clock *clock,
                             struct ct_certificate_keys *ret, struct ct_err *err)
{
    struct ct_err absent = CT_ERR_INIT;
    int r = read_file(a, path, ret, &absent);

    if (r == CT_NOT_FOUND && (r = make_first(a, path, ct_date_of(ct_now(clock)), err)) == CT_OK)
        return read_file(a, path, ret, err);
    return r < 0 && absent.code != CT_NOT_FOUND ? ct_fail(err, r, absent.what, "%s", absent.text)
                                                : r;
}

int ct_certificate_keys_rotate(struct ct_arena *a, const char *path, const struct ct_clock *clock,
                               struct ct_certificate_keys *ret, struct ct_err *err)
{
    CT_AUTO_STR text = CT_STR_INIT(FILE_MAX);
    CT_AUTO_KEYS old = {.n = 0};
    const char *beside = ct_arena_printf(a, "%s.new", path).p;
    int r = ct_certificate_keys_load(a, path, clock, &old, err);

    if (r < 0)
        return r;
    compose(&text, &old, ct_date_of(ct_now(clock)));
    if (!ct_str_ok(&text))
        r = ct_fail(err, CT_TOO_BIG, path, "there were too many keys");
    else if ((r = write_beside(beside, &text, err)) == CT_OK && rename(beside, path) != 0) {
        r = cannot(path, err);
        unlink(beside);
    }
    ct_secret_wipe(text.p, text.n);
    return r < 0 ? r : read_file(a, path, ret, err);
}

void ct_certificate_keys_wipe(struct ct_certificate_keys *k)
{
    ct_secret_wipe(k->secret, sizeof k->secret);
}

/* ---- public keys as text ---- */

struct ct_sv ct_certificate_keys_text(struct ct_arena *a, const struct ct_certificate_keys *k)
{
    CT_AUTO_STR text = CT_STR_INIT(FILE_MAX);

    for (size_t i = 0; i < k->n; i++)
        add_key(&text, &k->list[i], " since ", " until ");
    return ct_arena_dup(a, ct_str_sv(&text));
}

int ct_public_keys_read(struct ct_arena *a, struct ct_sv text, struct ct_public_key **ret,
                        size_t *ret_n, struct ct_err *err)
{
    struct ct_public_key *list = NULL;
    size_t n = 0, cap = 0;
    struct ct_sv line;

    while (ct_sv_split(&text, '\n', &line)) {
        struct ct_public_key key = {.until = {0, 0, 0}};
        line = ct_sv_trim(line);
        if (line.n == 0)
            continue;
        if (!read_public(word(&line), &key))
            return ct_fail(err, CT_BAD_INPUT, "key",
                           "a public key is %d characters, as `crosstrain certificate key` prints",
                           CT_PUBLIC_KEY_TEXT);
        CT_ARENA_PUSH(a, list, n, cap, key);
    }
    if (n == 0)
        return ct_fail(err, CT_BAD_INPUT, "key", "there is no public key");
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
