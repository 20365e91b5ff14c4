/* The log: one JSON object a line on a descriptor, written by a thread of its own, so that a slow
 * reader of the log never holds up a thread that serves. When 1 MiB waits, further lines are
 * dropped and counted; the count is logged. Any thread. */
#ifndef DEMARCHE_SERVER_LOG_H
#define DEMARCHE_SERVER_LOG_H

#include "base/buf.h"
#include "base/err.h"

struct log;

/* LOG_ALWAYS is for what the start says in any case. */
enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_ALWAYS };

/* `level`: LOG_DEBUG ... LOG_ERROR, the least that is written. NULL when memory or threads lack. */
struct log *log_open(int fd, int level);
/* Writes out what waits (for at most 2 s) and ends the thread. NULL is allowed. */
void log_close(struct log *l);
bool log_wants(const struct log *l, int level);

/* A message with members in printf style already made into JSON: log_line(l, LOG_INFO, "listening",
 * "\"port\":%d", 1). */
void log_line(struct log *l, int level, const char *message, const char *members, ...)
	__attribute__((format(printf, 4, 5)));
/* Adds a whole line without its end, such as log_begin started. */
void log_add(struct log *l, struct str line);
/* {"time":"...","level":"info","message":"..." -- to be followed by members and "}". */
void log_begin(struct buf *out, int level, const char *message);
/* A string as JSON with its quotes; bytes that are not UTF-8 become U+FFFD. */
void log_quote(struct buf *out, struct str s);
/* A string as JSON for log_line's "%s": valid until the buffer is reused. */
const char *log_quoted(char *space, size_t size, struct str s);

#endif
