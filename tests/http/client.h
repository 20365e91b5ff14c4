/* The harness of the HTTP tests: the real program on a free port with a database of its own, and a
 *client on a plain socket.
 *
 * How to use it:
 *	struct server *s = server_start((const char *[]){"--read-deadline", "2s", NULL});
 *(NULL: no extra options) struct reply r = http_get(s, "/v1/articles"); ck_assert_int_eq(r.status,
 *200); assert_str(reply_header(&r, "content-type"), "application/json");
 *	... r.body is a view; reply_release(&r) gives its memory back ...
 *	r = http_post(s, "/v1/articles", "application/json", STR("{...}"));
 *	r = http_request(s, "DELETE", "/v1/articles/1", "Authorization: Bearer x\r\n", STR_EMPTY);
 *	r = http_raw(s, STR("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
 *	server_stop(s);		(SIGTERM, waits, and fails the test unless it exits with 0: so a
 *sanitizer's finding fails the test)
 *
 * The program: $DEMARCHE_BIN, else build/<kind>/demarche beside the test's own folder. Its log goes
 *to server_log(s). Every failure of the harness itself fails the Check test at hand. So does every
 *answer that is not what it says: all bodies that are read whole, over whichever of these
 *functions, must be UTF-8, and JSON, problems and NDJSON must parse, without a name twice.
 *
 * Time: a test never sleeps until the server "must have" done something; it waits for what it can
 *see (server_await_log, server_await_metric, conn_is_closed, a response). All such waits end after
 *WAIT_MS, which only a failing test reaches: a slow machine makes a test slow, not red. For the
 *same reason server_start sets the program's own time limits high; a test of such a limit gives it
 *in `args`, which come after. */
#ifndef DEMARCHE_TESTS_HTTP_CLIENT_H
#define DEMARCHE_TESTS_HTTP_CLIENT_H

#include <sys/types.h>

#include "base/str.h"

struct server;

enum { WAIT_MS = 300000 };

/* Starts `demarche serve --listen 127.0.0.1:0 --db <temporary> ...` and waits until /readyz answers
 * 200. */
struct server *server_start(const char *const *args);
/* The same on a database that is already there, which stays after server_stop (for restarts). */
struct server *server_start_on(const char *db, const char *const *args);
void server_stop(struct server *s);
/* After a signal of the test's own: waits and gives waitpid's status; frees. */
int server_wait(struct server *s);
int server_port(const struct server *s);
pid_t server_pid(const struct server *s);
const char *server_db(const struct server *s);
/* All the program has logged so far; owned by the caller (free). */
char *server_log(const struct server *s);
/* Waits until the log holds `part` (it is written a moment after the response), and gives the log
 * like server_log. */
char *server_await_log(const struct server *s, const char *part);
/* Waits until the metric without labels has the value, asking over `fd`, a connection of its own
 * that is open all the while: so the number of connections it sees is not in flux. A metric counts
 * what has ended shortly after the client sees the end. */
void server_await_metric(int fd, const char *name, long value);

/* Runs the program to its end: `input` on standard input, what it writes in *out and *err (owned by
 * the caller; either may be NULL). Returns the exit status, or -1 when a signal ended it. */
int program_run(const char *const *args, struct str input, char **out, char **err);
const char *program_path(void);

struct reply {
	int status;	 /* 0: the connection ended without a response */
	struct str head; /* from the status line to the empty line */
	struct str body; /* with the chunks put together */
	bool is_cut;	 /* the connection ended before the body did */
	bool is_closed;	 /* the server ended the connection after this response (as far as read) */
	char *memory;
};

void reply_release(struct reply *r);
/* The value of a header (name in any letter case), "" when absent. */
struct str reply_header(const struct reply *r, const char *name);
/* How many headers of this name there are. */
int reply_header_count(const struct reply *r, const char *name);

struct reply http_get(const struct server *s, const char *target);
struct reply http_post(const struct server *s, const char *target, const char *content_type,
		       struct str body);
/* `headers`: whole lines ending in "\r\n", or "". Host and Content-Length are added. */
struct reply http_request(const struct server *s, const char *method, const char *target,
			  const char *headers, struct str body);
/* Sends the bytes as they are and reads one response. */
struct reply http_raw(const struct server *s, struct str bytes);

/* A connection held by hand. */
int conn_open(const struct server *s);	      /* the socket */
int conn_try_open(int port);		      /* -1 when refused */
void conn_send(int fd, struct str bytes);     /* fails the test when the peer is gone */
bool conn_try_send(int fd, struct str bytes); /* false instead */
struct reply
conn_reply(int fd,
	   const char *method); /* reads one response to that method; keeps the connection */
bool conn_is_closed(int fd);	/* waits until the peer has ended it and nothing more comes */
void conn_close(int fd);

#endif
