/* Two buffers: threads add to one, the log's thread writes the other. */
#include "server/log.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"

enum {
	WAITING_MAX = 1 << 20,
	LINE_MAX_BYTES = 32 * 1024,
	CLOSE_MS = 2000,
	GATHER_MS = 10,
	STACK_BYTES = 256 * 1024
};

struct log {
	pthread_mutex_t lock;
	pthread_cond_t more;
	pthread_t thread;
	struct buf waiting, writing;
	uint64_t dropped;
	int fd, level;
	bool is_ending;
	int64_t give_up_ns; /* set at the end */
};

static const char *const level_words[] = {"debug", "info", "warn", "error", "info"};

bool log_wants(const struct log *l, int level)
{
	return l && level >= l->level;
}

void log_quote(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	while (s.n) {
		size_t valid = utf8_valid_prefix(s);
		size_t plain = 0;
		for (size_t i = 0; i < valid; i++) {
			unsigned char c = (unsigned char)s.p[i];
			if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
				continue;
			buf_add(out, str_sub(s, plain, i));
			plain = i + 1;
			if (c == '"' || c == '\\')
				buf_printf(out, "\\%c", c);
			else
				buf_printf(out, "\\u%04x", c);
		}
		buf_add(out, str_sub(s, plain, valid));
		if (valid < s.n) {
			buf_add(out, STR("\\ufffd"));
			valid++;
		}
		s = str_sub(s, valid, s.n);
	}
	buf_add_char(out, '"');
}

const char *log_quoted(char *space, size_t size, struct str s)
{
	struct buf b;
	buf_init(&b, size);
	log_quote(&b, s);
	snprintf(space, size, "%.*s", b.failed ? 2 : (int)b.n, b.failed ? "\"\"" : b.p);
	buf_release(&b);
	return space;
}

void log_begin(struct buf *out, int level, const char *message)
{
	char space[INSTANT_ROOM];
	buf_add(out, STR("{\"time\":\""));
	buf_add(out, instant_format(space, now_unix_ms()));
	buf_add(out, STR("\",\"level\":\""));
	buf_add(out, str_of(level_words[level]));
	buf_add(out, STR("\",\"message\":\""));
	buf_add(out, str_of(message));
	buf_add_char(out, '"');
}

void log_add(struct log *l, struct str line)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	bool was_empty = l->waiting.n == 0;
	if (l->waiting.n + line.n + 1 > WAITING_MAX) {
		l->dropped++;
	} else {
		buf_add(&l->waiting, line);
		buf_add_char(&l->waiting, '\n');
	}
	if (was_empty)
		pthread_cond_signal(&l->more);
	pthread_mutex_unlock(&l->lock);
}

void log_line(struct log *l, int level, const char *message, const char *members, ...)
{
	if (!log_wants(l, level))
		return;
	struct buf line;
	char text[2048];
	va_list args;
	buf_init(&line, LINE_MAX_BYTES);
	log_begin(&line, level, message);
	va_start(args, members);
	vsnprintf(text, sizeof text, members, args);
	va_end(args);
	buf_printf(&line, "%s%s}", *text ? "," : "", text);
	log_add(l, buf_str(&line));
	buf_release(&line);
}

/* A pipe that nobody reads must not keep the program from ending. */
static void write_out(struct log *l, struct str s)
{
	while (s.n) {
		pthread_mutex_lock(&l->lock);
		int64_t give_up = l->give_up_ns;
		pthread_mutex_unlock(&l->lock);
		if (give_up && now_monotonic_ns() > give_up)
			return;
		struct pollfd p = {.fd = l->fd, .events = POLLOUT};
		if (poll(&p, 1, 100) == 0)
			continue;
		ssize_t n = write(l->fd, s.p, s.n < PIPE_BUF ? s.n : PIPE_BUF);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (n > 0)
			s = str_sub(s, (size_t)n, s.n);
	}
}

static void *run(void *arg)
{
	struct log *l = arg;
	pthread_mutex_lock(&l->lock);
	for (;;) {
		while (l->waiting.n == 0 && !l->is_ending)
			pthread_cond_wait(&l->more, &l->lock);
		if (l->waiting.n == 0)
			break;
		if (!l->is_ending) { /* under load one write for many lines */
			pthread_mutex_unlock(&l->lock);
			nanosleep(&(struct timespec){.tv_nsec = GATHER_MS * 1000000}, NULL);
			pthread_mutex_lock(&l->lock);
		}
		struct buf full = l->waiting;
		l->waiting = l->writing;
		l->writing = full;
		uint64_t dropped = l->dropped;
		l->dropped = 0;
		pthread_mutex_unlock(&l->lock);
		write_out(l, buf_str(&l->writing));
		buf_clear(&l->writing);
		if (dropped)
			log_line(l, LOG_WARN, "log lines dropped", "\"count\":%llu",
				 (unsigned long long)dropped);
		pthread_mutex_lock(&l->lock);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

struct log *log_open(int fd, int level)
{
	struct log *l = calloc(1, sizeof *l);
	pthread_attr_t attr;
	if (!l)
		return NULL;
	l->fd = fd;
	l->level = level;
	buf_init(&l->waiting, WAITING_MAX + 1);
	buf_init(&l->writing, WAITING_MAX + 1);
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->more, NULL);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	int rc = pthread_create(&l->thread, &attr, run, l);
	pthread_attr_destroy(&attr);
	if (rc != 0) {
		free(l);
		return NULL;
	}
	return l;
}

void log_close(struct log *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->is_ending = true;
	l->give_up_ns = now_monotonic_ns() + (int64_t)CLOSE_MS * 1000000;
	pthread_cond_signal(&l->more);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	buf_release(&l->waiting);
	buf_release(&l->writing);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->more);
	free(l);
}
