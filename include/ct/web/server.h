/*
 * ct/web/server.h: the socket, by CivetWeb. Its .c is the only file that includes <civetweb.h>.
 */
#ifndef CT_WEB_SERVER_H
#define CT_WEB_SERVER_H

#include "ct/web/app.h"

struct ct_server;

struct ct_server_config {
    const struct ct_app *app;
    const char *address; /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    unsigned threads;    /* a connection each; 0: 512 */
};

/* Listens and serves until ct_server_stop. CT_OK; CT_CONFLICT when the port is in use or may not be
 * listened on (the text is a sentence for the person who started it); CT_BAD_INPUT for an address
 * that is none. */
int ct_server_start(const struct ct_server_config *cfg, struct ct_server **ret, struct ct_err *err);
int ct_server_port(const struct ct_server *s); /* the port that it listens on */
void ct_server_stop(struct ct_server *s);      /* finishes what is being answered */

#endif
