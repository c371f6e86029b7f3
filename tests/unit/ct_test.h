/*
 * ct_test.h: cmocka, and a few macros so that a failure prints the case's name, what came and what
 * was wanted.
 */
#ifndef CT_TEST_H
#define CT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ct/base/err.h"
#include "ct/base/sv.h"

/* for each case of an array: CT_EACH(c, cases) { … c->name … } */
#define CT_EACH(it, array)                                                                         \
    for (__typeof__(&(array)[0]) it = (array); it < (array) + sizeof(array) / sizeof((array)[0]);  \
         it++)

static inline void ct_test_eq_sv(const char *name, struct ct_sv got, struct ct_sv want,
                                 const char *file, int line)
{
    if (got.n == want.n && (got.n == 0 || memcmp(got.p, want.p, got.n) == 0))
        return;
    print_error("%s\n  got:  «%.*s»\n  want: «%.*s»\n", name, CT_SV_ARG(got), CT_SV_ARG(want));
    _fail(file, line);
}

static inline void ct_test_eq_i64(const char *name, int64_t got, int64_t want, const char *file,
                                  int line)
{
    if (got == want)
        return;
    print_error("%s\n  got:  %lld\n  want: %lld\n", name, (long long)got, (long long)want);
    _fail(file, line);
}

static inline void ct_test_ok(const char *name, int status, const struct ct_err *err,
                              const char *file, int line)
{
    if (status >= 0)
        return;
    print_error("%s\n  failed: %d %s: %s\n", name, status, err ? err->what : "",
                err ? err->text : "");
    _fail(file, line);
}

#define CT_EQ_SV(name, got, want) ct_test_eq_sv((name), (got), (want), __FILE__, __LINE__)
#define CT_EQ_STR(name, got, want)                                                                 \
    ct_test_eq_sv((name), ct_sv_c(got), ct_sv_c(want), __FILE__, __LINE__)
#define CT_EQ_I64(name, got, want)                                                                 \
    ct_test_eq_i64((name), (int64_t)(got), (int64_t)(want), __FILE__, __LINE__)
#define CT_OK_(name, call, err) ct_test_ok((name), (call), (err), __FILE__, __LINE__)

#endif
