/*
 * ct/base/limits.h: every size that somebody outside can make grow, with its bound. Bytes unless
 * said otherwise.
 */
#ifndef CT_BASE_LIMITS_H
#define CT_BASE_LIMITS_H

enum {
    CT_SOURCE_MAX = 1024 * 1024,    /* a Markdown file */
    CT_SOURCE_LINE_MAX = 64 * 1024, /* one line of it */
    CT_SOURCE_DEPTH_MAX = 32,       /* levels of nested quotes, lists and emphasis */
    CT_PAGE_MAX = 2 * 1024 * 1024,  /* a rendered page or section */
    CT_FORM_MAX = 64 * 1024,        /* a posted form */
    CT_JSON_MAX = 256 * 1024,       /* a posted JSON document */
    CT_SOURCE_FORM_MAX =
        4 * 1024 * 1024, /* a posted form with a Markdown file in it, percent-encoded */
    CT_UPLOAD_MAX = 10 * 1024 * 1024,  /* a picture or captions sent by a trainer */
    CT_JSON_DEPTH_MAX = 64,            /* arrays and objects in each other */
    CT_REPORT_MAX = 128 * 1024 * 1024, /* a report as a file */
    CT_FIELDS_MAX = 512,               /* fields of a form */
    CT_URL_MAX = 4096,                 /* a request target */
    CT_ANSWER_TEXT_MAX = 8 * 1024,     /* a written answer */
    CT_MEDIA_MAX = 64 * 1024 * 1024,   /* a picture or film */
    CT_COURSES_MAX = 500,              /* folders below content/ */
    CT_MODULES_MAX = 500,              /* modules of a course */
    CT_PROBLEMS_MAX = 1000             /* problems reported for one file */
};

#endif
