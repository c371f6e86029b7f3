/*
 * end.c: how a command that serves is asked to end: by SIGINT (Ctrl-C) or SIGTERM.
 */
#include "cli_priv.h"

#include <pthread.h>

#include "ct/base/banned.h"

void ct_cli_end_hold(sigset_t *ret)
{
    sigemptyset(ret);
    sigaddset(ret, SIGINT);
    sigaddset(ret, SIGTERM);
    pthread_sigmask(SIG_BLOCK, ret, NULL);
}

void ct_cli_end_wait(const sigset_t *held)
{
    int caught;

    sigwait(held, &caught);
}
