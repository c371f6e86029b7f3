/*
 * ct/base/banned.h: functions that write past their buffers, depend on the locale or the process,
 * or read a clock that tests cannot fix. Using one is a compile error. Included by every .c file
 * last.
 */
#ifndef CT_BASE_BANNED_H
#define CT_BASE_BANNED_H

/* With fortified headers clang sees these two as macros, which cannot be poisoned. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atof localtime gmtime      \
    ctime asctime system popen strncpy strncat

#endif
