/* Starts the program and speaks HTTP/1.1 to it over plain sockets: as little as the tests need,
 * and nothing assumed of the server. */
#include "tests/http/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <check.h>
#include <jansson.h>
#include <zlib.h>

#include "base/utf8.h"

enum { RECORD_MAX = 100000 };
enum { ARGS_MAX = 64, PAUSE_MS = 5 };

struct server {
	pid_t pid;
	int port;
	char folder[64], db[512], log[128];
	bool owns_db;
	const char *base_path; /* what follows --base-path, without a slash at its end */
};

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *program_path(void)
{
	static _Thread_local char path[1024];
	const char *given = getenv("DEMARCHE_BIN");
	if (given && *given)
		return given;
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
	ck_assert_int_gt(n, 0);
	path[n] = '\0';
	for (int up = 0; up < 3; up++) { /* .../tests/http/test_x */
		char *slash = strrchr(path, '/');
		ck_assert_ptr_nonnull(slash);
		*slash = '\0';
	}
	memcpy(path + strlen(path), "/demarche", sizeof "/demarche");
	return path;
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t n = 0, cap = 65536;
	char *p = malloc(cap);
	ck_assert_ptr_nonnull(p);
	for (size_t got = 0; f && (got = fread(p + n, 1, cap - n - 1, f)) > 0;) {
		n += got;
		if (cap - n < 2) {
			p = realloc(p, cap *= 2);
			ck_assert_ptr_nonnull(p);
		}
	}
	p[n] = '\0';
	if (f)
		fclose(f);
	return p;
}

/* --- the program */

static pid_t start(char *const *argv, int in, int out, int err)
{
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		dup2(in, 0);
		dup2(out, 1);
		dup2(err, 2);
		for (int fd = 3; fd < 256; fd++)
			close(fd);
		sigset_t none;
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

int program_run(const char *const *args, struct str input, char **out, char **err)
{
	char files[3][64] = {"/tmp/demarche-in-XXXXXX", "/tmp/demarche-out-XXXXXX",
			     "/tmp/demarche-err-XXXXXX"};
	int fds[3];
	char *argv[ARGS_MAX] = {(char *)program_path()};
	for (int i = 0; args[i] && i < ARGS_MAX - 2; i++)
		argv[i + 1] = (char *)args[i];
	for (int i = 0; i < 3; i++) {
		fds[i] = mkstemp(files[i]);
		ck_assert_int_ge(fds[i], 0);
	}
	ck_assert_int_eq(write(fds[0], input.p, input.n), (ssize_t)input.n);
	lseek(fds[0], 0, SEEK_SET);
	int status;
	ck_assert_int_ge(waitpid(start(argv, fds[0], fds[1], fds[2]), &status, 0), 0);
	if (out)
		*out = read_file(files[1]);
	if (err)
		*err = read_file(files[2]);
	for (int i = 0; i < 3; i++) {
		close(fds[i]);
		unlink(files[i]);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The port of the line {"...","message":"listening","address":"127.0.0.1:43121"}. */
static int logged_port(const struct server *s)
{
	char *log = read_file(s->log);
	const char *at = strstr(log, "\"message\":\"listening\"");
	const char *address = at ? strstr(at, "\"address\":\"") : NULL;
	const char *end = address ? strchr(address + 11, '"') : NULL;
	const char *colon = end;
	while (colon && colon > address && *colon != ':')
		colon--;
	int port = colon ? (int)strtol(colon + 1, NULL, 10) : 0;
	free(log);
	return port;
}

static void await_ready(struct server *s)
{
	for (int64_t end = now_ms() + WAIT_MS; now_ms() < end; sleep_ms(10)) {
		int status;
		if (waitpid(s->pid, &status, WNOHANG) == s->pid) {
			char *log = read_file(s->log);
			ck_abort_msg("the program ended at once (status %d): %s", status, log);
		}
		if (!s->port && !(s->port = logged_port(s)))
			continue;
		char target[256];
		snprintf(target, sizeof target, "%s/readyz", s->base_path);
		struct reply r = http_get(s, target);
		bool is_ready = r.status == 200;
		reply_release(&r);
		if (is_ready)
			return;
	}
	ck_abort_msg("the program was not ready in time: %s", read_file(s->log));
}

struct server *server_start_on(const char *db, const char *const *args)
{
	struct server *s = calloc(1, sizeof *s);
	ck_assert_ptr_nonnull(s);
	snprintf(s->folder, sizeof s->folder, "/tmp/demarche-http-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(s->folder));
	snprintf(s->log, sizeof s->log, "%s/log", s->folder);
	if (db)
		snprintf(s->db, sizeof s->db, "%s", db);
	else
		snprintf(s->db, sizeof s->db, "%s/demarche.db", s->folder);
	s->owns_db = !db;
	const char *patient[] = {program_path(),   "serve", "--listen",	       "127.0.0.1:0",
				 "--db",	   s->db,   "--body-timeout",  "10m",
				 "--idle-timeout", "10m",   "--read-deadline", "5m",
				 "--article-cpu",  "10m",   "--send-timeout",  "10m",
				 "--memory",	   "4G"};
	char *argv[ARGS_MAX];
	int n = sizeof patient / sizeof patient[0];
	memset(argv, 0, sizeof argv);
	memcpy(argv, patient, sizeof patient);
	s->base_path = "";
	for (int i = 0; args && args[i] && n < ARGS_MAX - 1; i++) {
		argv[n++] = (char *)args[i];
		if (i > 0 && strcmp(args[i - 1], "--base-path") == 0)
			s->base_path = args[i];
	}
	int null = open("/dev/null", O_RDWR),
	    log = open(s->log, O_CREAT | O_WRONLY | O_APPEND, 0600);
	ck_assert(null >= 0 && log >= 0);
	s->pid = start(argv, null, log, log);
	close(null);
	close(log);
	await_ready(s);
	return s;
}

struct server *server_start(const char *const *args)
{
	return server_start_on(NULL, args);
}

int server_wait(struct server *s)
{
	int status = 0;
	pid_t got = 0;
	for (int64_t end = now_ms() + 2 * WAIT_MS; got == 0 && now_ms() < end; sleep_ms(5))
		got = waitpid(s->pid, &status, WNOHANG);
	if (got != s->pid) {
		kill(s->pid, SIGKILL);
		ck_abort_msg("the program did not end: %s", read_file(s->log));
	}
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; s->owns_db && i < sizeof ends / sizeof ends[0]; i++) {
		char path[600];
		snprintf(path, sizeof path, "%s%s", s->db, ends[i]);
		unlink(path);
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		char *log = read_file(s->log);
		fprintf(stderr, "--- log of the program ---\n%s\n", log);
		free(log);
	}
	unlink(s->log);
	rmdir(s->folder);
	free(s);
	return status;
}

void server_stop(struct server *s)
{
	kill(s->pid, SIGTERM);
	int status = server_wait(s);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		      "the program ended with wait status %d", status);
}

int server_port(const struct server *s)
{
	return s->port;
}

pid_t server_pid(const struct server *s)
{
	return s->pid;
}

const char *server_db(const struct server *s)
{
	return s->db;
}

char *server_log(const struct server *s)
{
	return read_file(s->log);
}

char *server_await_log(const struct server *s, const char *part)
{
	for (int64_t end = now_ms() + WAIT_MS;; sleep_ms(PAUSE_MS)) {
		char *log = read_file(s->log);
		if (strstr(log, part))
			return log;
		ck_assert_msg(now_ms() < end, "no \"%s\" in the log: %s", part, log);
		free(log);
	}
}

void server_await_metric(int fd, const char *name, long value)
{
	char line[128];
	snprintf(line, sizeof line, "\n%s %ld\n", name, value);
	for (int64_t end = now_ms() + WAIT_MS;; sleep_ms(PAUSE_MS)) {
		conn_send(fd, STR("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"));
		struct reply r = conn_reply(fd, "GET");
		ck_assert_int_eq(r.status, 200);
		bool is_so = str_find(r.body, str_of(line), 0) != SIZE_MAX;
		ck_assert_msg(is_so || now_ms() < end, "never %s in %.*s", line + 1,
			      STR_ARG(r.body));
		reply_release(&r);
		if (is_so)
			return;
	}
}

/* --- sockets */

int conn_try_open(int port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_ge(fd, 0);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	return fd;
}

int conn_open(const struct server *s)
{
	int fd = conn_try_open(s->port);
	ck_assert_msg(fd >= 0, "cannot connect: %s", strerror(errno));
	return fd;
}

bool conn_try_send(int fd, struct str bytes)
{
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = send(fd, bytes.p + at, bytes.n - at, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

void conn_send(int fd, struct str bytes)
{
	ck_assert_msg(conn_try_send(fd, bytes), "cannot send: %s", strerror(errno));
}

void conn_close(int fd)
{
	close(fd);
}

bool conn_is_closed(int fd)
{
	char scrap[4096];
	for (int64_t end = now_ms() + WAIT_MS; now_ms() <= end;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if (poll(&p, 1, (int)(end - now_ms()) + 1) <= 0)
			return false;
		if (recv(fd, scrap, sizeof scrap, 0) <= 0)
			return true;
	}
	return false;
}

/* --- responses */

/* What has been read of a connection: grows as needed; exactly one response is taken from it. */
struct input {
	int fd;
	char *p;
	size_t n, cap;
	bool ended;
};

static bool input_more(struct input *in)
{
	struct pollfd p = {.fd = in->fd, .events = POLLIN};
	int ready = in->ended ? 0 : poll(&p, 1, WAIT_MS);
	if (ready < 0 && errno == EINTR)
		return true;
	if (!in->ended)
		ck_assert_msg(ready > 0, "no answer within %d ms; so far: %.*s", WAIT_MS,
			      (int)in->n, in->p);
	if (in->cap - in->n < 65536) {
		in->cap = (in->cap + 65536) * 2;
		in->p = realloc(in->p, in->cap);
		ck_assert_ptr_nonnull(in->p);
	}
	ssize_t n = in->ended ? 0 : recv(in->fd, in->p + in->n, in->cap - in->n, 0);
	if (n <= 0) {
		in->ended = true;
		return false;
	}
	in->n += (size_t)n;
	return true;
}

static bool header_at(struct str line, const char *name)
{
	size_t n = strlen(name);
	return line.n > n && line.p[n] == ':' && strncasecmp(line.p, name, n) == 0;
}

struct str reply_header(const struct reply *r, const char *name)
{
	struct str rest = r->head, line;
	while (str_split(&rest, '\n', &line))
		if (header_at(line, name))
			return str_trim(str_sub(line, strlen(name) + 1, line.n));
	return STR_EMPTY;
}

int reply_header_count(const struct reply *r, const char *name)
{
	int count = 0;
	struct str rest = r->head, line;
	while (str_split(&rest, '\n', &line))
		count += header_at(line, name);
	return count;
}

/* Puts the chunks at `from` together in place; false when the connection ended within. */
static bool read_chunks(struct input *in, size_t from, size_t *body_n)
{
	size_t at = from, to = from;
	for (;;) {
		char *nl;
		while (!(nl = memchr(in->p + at, '\n', in->n - at)))
			if (!input_more(in)) {
				*body_n = to - from;
				return false;
			}
		size_t size = strtoul(in->p + at, NULL, 16);
		at = (size_t)(nl - in->p) + 1;
		while (in->n < at + size + 2)
			if (!input_more(in)) {
				*body_n = to - from;
				return false;
			}
		memmove(in->p + to, in->p + at, size);
		to += size;
		at += size + 2;
		if (size == 0)
			break;
	}
	*body_n = to - from;
	return true;
}

static bool read_body(struct input *in, const struct reply *r, size_t from, const char *method,
		      size_t *body_n)
{
	*body_n = 0;
	if (strcmp(method, "HEAD") == 0 || r->status == 204 || r->status == 304 ||
	    r->status / 100 == 1)
		return true;
	if (str_eq_nocase(reply_header(r, "transfer-encoding"), STR("chunked")))
		return read_chunks(in, from, body_n);
	int64_t want = -1;
	bool is_known = str_to_i64(reply_header(r, "content-length"), &want);
	while (!is_known || in->n - from < (size_t)want)
		if (!input_more(in)) {
			*body_n = in->n - from;
			return !is_known;
		}
	*body_n = (size_t)want;
	return true;
}

/* --- what every answer must be
 * --------------------------------------------------------------------------------------- */

static void check_json(struct str text, const struct reply *r)
{
	json_error_t e;
	json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
	ck_assert_msg(j != NULL, "no JSON at byte %d: %s: %.*s%.*s", e.position, e.text,
		      STR_ARG(r->head), STR_ARG(text));
	json_decref(j);
}

static void check_lines(struct str lines, const struct reply *r)
{
	struct str line;
	ck_assert_msg(lines.n == 0 || lines.p[lines.n - 1] == '\n',
		      "the last line has no end: %.*s", STR_ARG(lines));
	while (str_split(&lines, '\n', &line))
		check_json(line, r);
}

static void check_text(struct str body, const struct reply *r)
{
	struct str parameters = reply_header(r, "content-type"), type = STR_EMPTY;
	size_t valid = utf8_valid_prefix(body);
	ck_assert_msg(valid == body.n, "no UTF-8 at byte %zu: %.*s%.*s", valid, STR_ARG(r->head),
		      STR_ARG(body));
	str_split(&parameters, ';', &type);
	if (str_is_one_of(type, "application/json application/problem+json application/ld+json "
				"application/feed+json"))
		check_json(body, r);
	else if (str_eq(type, STR("application/x-ndjson")))
		check_lines(body, r);
	else if (str_is_one_of(type, "application/graphml+xml application/gexf+xml"))
		ck_assert_msg(str_starts(body, STR("<?xml ")), "no XML: %.*s", STR_ARG(r->head));
	/* Without a type: what libmicrohttpd refuses by itself, and where it writes the head twice
	 * (0.9.75, a bad Content-Length). */
	else if (type.n == 0)
		ck_assert_msg(r->status >= 400 && (str_starts(body, STR("<html>")) ||
						   str_starts(body, STR("HTTP/1.1 4"))),
			      "a body without a type: %.*s", STR_ARG(r->head));
	else
		ck_assert_msg(
			str_is_one_of(type,
				      "text/csv text/plain text/html text/css application/atom+xml "
				      "text/javascript image/svg+xml application/yaml"),
			"a body of an unknown type: %.*s", STR_ARG(r->head));
}

/* The bytes before gzip packed them; the caller frees. */
static struct str unpack(struct str packed)
{
	enum { LARGEST = 1 << 26 };
	char *p = malloc(LARGEST);
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p,
		      .avail_in = (uInt)packed.n,
		      .next_out = (Bytef *)p};
	ck_assert_ptr_nonnull(p);
	z.avail_out = LARGEST;
	ck_assert_int_eq(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	size_t n = LARGEST - z.avail_out;
	inflateEnd(&z);
	return (struct str){p, n};
}

static void check_body(const struct reply *r)
{
	struct str coding = reply_header(r, "content-encoding");
	if (str_eq(coding, STR("br")))
		return; /* what was compressed beforehand: tests compare it with its file */
	if (!str_eq_nocase(coding, STR("gzip"))) {
		check_text(r->body, r);
		return;
	}
	struct str text = unpack(r->body);
	check_text(text, r);
	free((char *)(uintptr_t)text.p);
}

struct reply conn_reply(int fd, const char *method)
{
	struct input in = {.fd = fd};
	struct reply r = {0};
	size_t start = 0, body_n;
	char *end;
	do {
		while (!(end = in.n > start ? memmem(in.p + start, in.n - start, "\r\n\r\n", 4)
					    : NULL))
			if (!input_more(&in)) {
				r.is_closed = r.is_cut = true;
				r.memory = in.p;
				return r;
			}
		r.head = (struct str){in.p + start, (size_t)(end + 4 - in.p) - start};
		ck_assert_msg(r.head.n > 12 && memcmp(r.head.p, "HTTP/1.", 7) == 0,
			      "not HTTP: %.*s", STR_ARG(r.head));
		r.status = (int)strtol(r.head.p + 9, NULL, 10);
		size_t next = (size_t)(end + 4 - in.p);
		if (r.status == 100)
			start = next;
	} while (r.status == 100);
	size_t head_at = start, head_n = r.head.n, from = start + r.head.n;
	/* The buffer moves while the body is read: views are made again at the end. */
	char *head = strndup(r.head.p, r.head.n);
	ck_assert_ptr_nonnull(head);
	struct reply known = {.status = r.status, .head = {head, head_n}};
	r.is_cut = !read_body(&in, &known, from, method, &body_n);
	free(head);
	r.memory = in.p;
	r.head = (struct str){in.p + head_at, head_n};
	r.body = body_n ? (struct str){in.p + from, body_n} : STR_EMPTY;
	r.is_closed = in.ended;
	if (!r.is_cut && r.body.n)
		check_body(&r);
	return r;
}

void reply_release(struct reply *r)
{
	free(r->memory);
	*r = (struct reply){0};
}

static struct reply exchange(const struct server *s, struct str bytes, const char *method)
{
	int fd = conn_open(s);
	/* A server that refuses early may have closed before all was sent: what it said is still to
	 * be read. */
	conn_try_send(fd, bytes);
	struct reply r = conn_reply(fd, method);
	if (r.status != 0 && str_eq_nocase(reply_header(&r, "connection"), STR("close")))
		r.is_closed = conn_is_closed(fd);
	close(fd);
	return r;
}

struct reply http_raw(const struct server *s, struct str bytes)
{
	return exchange(s, bytes, "GET");
}

/* $DEMARCHE_RECORD is a folder for all requests that are sent so: for tools/check-contract. */
static void record(struct str bytes)
{
	static int number;
	const char *folder = getenv("DEMARCHE_RECORD");
	char path[512];
	if (!folder || bytes.n > RECORD_MAX)
		return;
	snprintf(path, sizeof path, "%s/%d-%d", folder, (int)getpid(), number++);
	FILE *f = fopen(path, "wb");
	ck_assert_msg(f != NULL, "cannot write %s", path);
	fwrite(bytes.p, 1, bytes.n, f);
	fclose(f);
}

struct reply http_request(const struct server *s, const char *method, const char *target,
			  const char *headers, struct str body)
{
	size_t cap = strlen(method) + strlen(target) + strlen(headers) + body.n + 256;
	char *p = malloc(cap);
	ck_assert_ptr_nonnull(p);
	bool has_body = body.n > 0 || strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0;
	int n = snprintf(p, cap, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s", method, target,
			 s->port, headers);
	if (has_body)
		n += snprintf(p + n, cap - (size_t)n, "Content-Length: %zu\r\n", body.n);
	n += snprintf(p + n, cap - (size_t)n, "\r\n");
	if (body.n)
		memcpy(p + n, body.p, body.n);
	record((struct str){p, (size_t)n + body.n});
	struct reply r = exchange(s, (struct str){p, (size_t)n + body.n}, method);
	free(p);
	return r;
}

struct reply http_get(const struct server *s, const char *target)
{
	return http_request(s, "GET", target, "", STR_EMPTY);
}

struct reply http_post(const struct server *s, const char *target, const char *content_type,
		       struct str body)
{
	char header[256];
	snprintf(header, sizeof header, "Content-Type: %s\r\n", content_type);
	return http_request(s, "POST", target, header, body);
}
