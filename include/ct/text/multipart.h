/*
 * ct/text/multipart.h: bodies of multipart/form-data (RFC 7578), as browsers send files.
 */
#ifndef CT_TEXT_MULTIPART_H
#define CT_TEXT_MULTIPART_H

#include "ct/base/arena.h"
#include "ct/base/err.h"

struct ct_part {
    struct ct_sv name;      /* of the field */
    struct ct_sv file_name; /* as sent: any bytes, perhaps with a path; null: an ordinary field; ""
                               of a file field where none was chosen */
    struct ct_sv type;      /* as claimed; or null */
    struct ct_sv bytes;     /* into the body */
};

/* Takes a body apart; views point into it or into the arena. What stands before the first boundary
 * and behind the last is passed over. CT_OK; CT_BAD_INPUT (what: "body") for a content type without
 * a usable boundary (RFC 2046, 5.1.1), a part without a name in UTF-8 or with headers that cannot
 * be read, a body that is cut off; CT_TOO_BIG over 32 parts. Reads the body once: its time grows
 * with its length alone. */
int ct_multipart_parse(struct ct_arena *a, struct ct_sv content_type, struct ct_sv body,
                       struct ct_part **ret, size_t *ret_n, struct ct_err *err);

#endif
