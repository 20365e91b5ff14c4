/* Faults over the whole server: while it runs, one call after another fails (of allocation, of the
 * database's files, of sockets) during each request of a fixed mix. Each answer is true or an error
 * of the server's, or the connection is cut; nothing crashes or hangs; without the fault all is
 * well again. At the end the server starts anew, and all that it acknowledged is there.
 *
 * A sample of the calls, or all with FAULTS_STEP=1 (make torture-faults). With FAULTS_TRACE=1 the
 * server's log tells where each fault came (function names: addr2line). */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/http/json.h"
#include "tests/torture/faults.h"
#include "tests/unit/unit.h"

enum {
	SAMPLE = 10, /* faults of each kind a request, unless FAULTS_STEP says more */
	SEEDS = 4,   /* articles that all questions are about */
	ACKNOWLEDGED_MAX = 200000,
	ENDS = 3, /* so often in a row no fault came: there are no more calls */
};

struct acknowledged {
	long long id;
	int number;
};

struct bed {
	char folder[64], database[128], control[128];
	struct faults *faults;
	struct server *server;
	struct acknowledged *v;
	size_t n;
	int number;	   /* of the next article */
	long at;	   /* the call that fails */
	long long seed_id; /* of the first seed */
	long runs, fired, refused, cut;
};

/* --- the mix */

enum kind { ASK, EXTRACT, POST, BATCH, CHANGE, DELETE };

struct request {
	const char *name;
	enum kind kind;
	const char *target, *headers; /* ASK */
};

#define ACCEPT(type) "Accept: " type "\r\n"
static const struct request requests[] = {
	{"a page of statements", ASK, "/v1/statements?outlet=Seed&limit=50", ""},
	{"a query", ASK, "/v1/query?q=all%20statements%20by%20Wang%20Yi%20until%202024-04-30", ""},
	{"counts", ASK, "/v1/stats?by=issue&interval=month&outlet=Seed", ""},
	{"an export", ASK, "/v1/statements?outlet=Seed", ACCEPT("text/csv")},
	{"actors", ASK, "/v1/actors?name=Wang%20Yi", ""},
	{"an extraction", EXTRACT, NULL, NULL},
	{"a change of an issue", CHANGE, NULL, NULL},
	{"a deletion", DELETE, NULL, NULL},
	{"a batch", BATCH, NULL, NULL},
	{"an article", POST, NULL, NULL},
};
enum { REQUESTS = sizeof requests / sizeof requests[0] };

static struct str article_json(char out[512], const char *outlet, int number)
{
	int n = snprintf(out, 512,
			 "{\"text\": \"China firmly opposes the new tariffs, Foreign Minister Wang "
			 "Yi said on Monday. \\\"We will "
			 "defend our core interests,\\\" he told reporters. Number %d.\", "
			 "\"outlet\": \"%s\", \"published_at\": "
			 "\"%s\"}\n",
			 number, outlet, strcmp(outlet, "Seed") == 0 ? "2024-04-26" : "2024-05-26");
	return (struct str){out, (size_t)n};
}

static struct reply send_post(struct bed *b, int number)
{
	char json[512];
	return http_post(b->server, "/v1/articles", "application/json",
			 article_json(json, "Load", number));
}

static struct reply send_batch(struct bed *b, int number)
{
	char json[2][512], both[1024];
	struct str one = article_json(json[0], "Load", number),
		   two = article_json(json[1], "Load", number + 1);
	int n = snprintf(both, sizeof both, "%.*s%.*s", STR_ARG(one), STR_ARG(two));
	return http_post(b->server, "/v1/articles/batch", "application/x-ndjson",
			 (struct str){both, (size_t)n});
}

static struct reply send_change(struct bed *b, int number)
{
	char json[256];
	int n = snprintf(json, sizeof json,
			 "{\"label\": \"quotas %d\", \"terms\": [\"export quotas\"]}", number);
	return http_request(b->server, "PUT", "/v1/issues/quotas",
			    "Content-Type: application/json\r\n", (struct str){json, (size_t)n});
}

static struct reply send_extract(struct bed *b)
{
	char json[512];
	return http_post(b->server, "/v1/extract", "application/json",
			 article_json(json, "Seed", 0));
}

static struct reply send_delete(struct bed *b, long long id)
{
	char target[64];
	snprintf(target, sizeof target, "/v1/articles/%lld", id);
	return http_request(b->server, "DELETE", target, "", STR_EMPTY);
}

/* --- what must hold */

static int status_of(struct reply r)
{
	int status = r.is_cut ? 0 : r.status;
	reply_release(&r);
	return status;
}

static void acknowledge(struct bed *b, long long id, int number)
{
	ck_assert_msg(id > 0 && b->n < ACKNOWLEDGED_MAX,
		      "article %d was acknowledged with the id %lld", number, id);
	b->v[b->n++] = (struct acknowledged){id, number};
}

/* The article is there, whole, with its statements. */
static void check_article(struct bed *b, const struct acknowledged *a)
{
	char target[64], end[64];
	snprintf(target, sizeof target, "/v1/articles/%lld", a->id);
	snprintf(end, sizeof end, "Number %d.", a->number);
	json_t *j = json_of(http_get(b->server, target), 200);
	ck_assert_msg(strstr(text_at(j, "text"), end), "article %lld has another text", a->id);
	ck_assert_int_ge(int_at(j, "statement_count"), 2);
	json_decref(j);
	snprintf(target, sizeof target, "/v1/articles/%lld/statements", a->id);
	j = json_of(http_get(b->server, target), 200);
	ck_assert_uint_ge(json_array_size(json_object_get(j, "statements")), 2);
	json_decref(j);
}

/* 413: the issues of users have a memory of their own, which does not tell its bound from that of
 * the system. */
static bool is_refusal(const struct request *q, int status)
{
	ck_assert_msg(status == 0 || status == 500 || status == 503 ||
			      (status == 413 && q->kind == CHANGE),
		      "%s under a fault: %d", q->name, status);
	return true;
}

static void take_post(struct bed *b, struct reply r, int number)
{
	json_t *j = json_loadb(r.body.p, r.body.n, 0, NULL);
	ck_assert_msg(j, "not JSON: %.*s", STR_ARG(r.body));
	acknowledge(b, int_at(j, "id"), number);
	check_article(b, &b->v[b->n - 1]);
	json_decref(j);
}

/* A line each: what it says of itself must be so. */
static void take_batch(struct bed *b, struct reply r, int number)
{
	struct str rest = r.body, line;
	for (int i = 0; i < 2 && str_split(&rest, '\n', &line); i++) {
		json_t *j = json_loadb(line.p, line.n, 0, NULL);
		ck_assert_msg(j, "not JSON: %.*s", STR_ARG(line));
		bool is_error = strcmp(text_at(j, "status"), "error") == 0;
		if (is_error)
			is_refusal(&requests[REQUESTS - 2],
				   (int)int_at(json_object_get(j, "problem"), "status"));
		if (!is_error) {
			acknowledge(b, int_at(j, "id"), number + i);
			check_article(b, &b->v[b->n - 1]);
		}
		json_decref(j);
	}
}

static void check_issue(struct bed *b, bool is_changed, int number)
{
	char label[64];
	snprintf(label, sizeof label, "quotas %d", number);
	json_t *j = json_of(http_get(b->server, "/v1/issues/quotas"), 200);
	ck_assert_msg(!is_changed || strcmp(text_at(j, "label"), label) == 0,
		      "the issue has \"%s\", acknowledged was %d", text_at(j, "label"), number);
	json_decref(j);
}

static void check_deleted(struct bed *b, bool is_deleted, long long id)
{
	char target[64];
	snprintf(target, sizeof target, "/v1/articles/%lld", id);
	int status = status_of(http_get(b->server, target));
	ck_assert_msg(status == 404 || (status == 200 && !is_deleted),
		      "article %lld, %s, is answered with %d", id,
		      is_deleted ? "deleted" : "not deleted", status);
}

static void check_lives(struct bed *b, const struct request *q)
{
	int status;
	if (waitpid(server_pid(b->server), &status, WNOHANG) == 0)
		return;
	char *log = server_log(b->server);
	size_t n = strlen(log);
	ck_abort_msg("the server ended during %s, wait status %d: %s", q->name, status,
		     log + (n > 2000 ? n - 2000 : 0));
}

/* --- one request under one fault
 * ----------------------------------------------------------------------------------- */

struct fault {
	enum fault_kind kind;
	int error;
	bool is_sticky;
	const char *name;
};

static void arm(struct bed *b, const struct fault *f, long n)
{
	atomic_store(&b->faults->error, f->error);
	atomic_store(&b->faults->is_sticky, f->is_sticky);
	atomic_store(&b->faults->fired, 0);
	atomic_store(&b->faults->left, n);
	atomic_store(&b->faults->kind, (int)f->kind);
}

/* How many calls are left to the fault; whether it came. */
static long disarm(struct bed *b, bool *fired)
{
	atomic_store(&b->faults->kind, FAULT_NONE);
	*fired = atomic_load(&b->faults->fired) > 0;
	return atomic_load(&b->faults->left);
}

static struct reply send(struct bed *b, const struct request *q, long long id)
{
	switch (q->kind) {
	case ASK:
		return http_request(b->server, "GET", q->target, q->headers, STR_EMPTY);
	case EXTRACT:
		return send_extract(b);
	case POST:
		return send_post(b, b->number);
	case BATCH:
		return send_batch(b, b->number);
	case CHANGE:
		return send_change(b, b->number);
	default:
		return send_delete(b, id);
	}
}

/* Tells where they differ: the whole may be long. */
static void check_same(const struct bed *b, const struct request *q, const struct reply *r,
		       const struct str *want)
{
	enum { SHOWN = 200 };
	size_t at = 0;
	while (at < r->body.n && at < want->n && r->body.p[at] == want->p[at])
		at++;
	struct str got_end = str_sub(r->body, at, at + SHOWN),
		   want_end = str_sub(*want, at, at + SHOWN);
	ck_assert_msg(at == r->body.n && at == want->n,
		      "%s, call %ld: at byte %zu \"%.*s\", not \"%.*s\"", q->name, b->at, at,
		      STR_ARG(got_end), STR_ARG(want_end));
}

/* An answer of success says what is so; afterwards the same question is answered as ever. */
static void judge(struct bed *b, const struct request *q, struct reply r, long long id,
		  const struct str *want)
{
	int status = r.is_cut ? 0 : r.status;
	bool is_done = status / 100 == 2 || !is_refusal(q, status);
	b->refused += status / 100 == 5;
	b->cut += status == 0;
	if (want && is_done)
		check_same(b, q, &r, want);
	if (q->kind == POST && is_done)
		take_post(b, r, b->number);
	if (q->kind == BATCH && is_done)
		take_batch(b, r, b->number);
	if (q->kind == CHANGE)
		check_issue(b, is_done, b->number);
	if (q->kind == DELETE)
		check_deleted(b, is_done, id);
	reply_release(&r);
	if (!want)
		return;
	r = send(b, q, 0);
	ck_assert_msg(r.status == 200 && !r.is_cut, "%s after a fault: %d", q->name, r.status);
	check_same(b, q, &r, want);
	reply_release(&r);
}

/* False when the fault did not come; *calls: how many there were. */
static bool try_once(struct bed *b, const struct request *q, const struct fault *f, long n,
		     const struct str *want, long *calls)
{
	long long id = 0;
	bool fired;
	if (q->kind == DELETE) {
		json_t *j = json_of(send_post(b, b->number), 201);
		id = int_at(j, "id");
		json_decref(j);
	}
	b->at = n;
	arm(b, f, n);
	struct reply r = send(b, q, id);
	long left = disarm(b, &fired);
	*calls = n - left;
	check_lives(b, q);
	judge(b, q, r, id, want);
	b->number += 2;
	b->runs++;
	b->fired += fired;
	return fired;
}

static long step_of(long calls)
{
	const char *given = getenv("FAULTS_STEP");
	long step = given && *given ? strtol(given, NULL, 10) : calls / SAMPLE;
	return step > 0 ? step : 1;
}

static void try_each(struct bed *b, const struct request *q, const struct fault *f)
{
	enum { NEVER = 1000000000 };
	struct reply r = {0};
	struct str want = {0};
	bool is_question = q->kind == ASK || q->kind == EXTRACT;
	long calls, ignored, tried = 0;
	if (is_question) {
		r = send(b, q, 0);
		ck_assert_msg(r.status == 200 && !r.is_cut, "%s: %d", q->name, r.status);
		want = r.body;
	}
	ck_assert(!try_once(b, q, f, NEVER, is_question ? &want : NULL, &calls));
	long step = step_of(calls);
	for (long n = 0, ends = 0; ends < ENDS; n += step, tried++)
		ends = try_once(b, q, f, n, is_question ? &want : NULL, &ignored) ? 0 : ends + 1;
	printf("%-22s %-28s %6ld calls, %6ld tried\n", q->name, f->name, calls, tried);
	fflush(stdout);
	reply_release(&r);
}

/* --- the bed */

static void set_library(const struct bed *b)
{
	char path[1024], *slash;
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
	ck_assert_int_gt(n, 0);
	path[n] = '\0';
	slash = strrchr(path, '/');
	ck_assert_ptr_nonnull(slash);
	memcpy(slash, "/libfaults.so", sizeof "/libfaults.so");
	ck_assert_msg(access(path, R_OK) == 0, "no library at %s", path);
	ck_assert(setenv("LD_PRELOAD", path, 1) == 0 &&
		  setenv(FAULTS_VARIABLE, b->control, 1) == 0);
}

static void bed_make(struct bed *b)
{
	*b = (struct bed){.number = 1};
	snprintf(b->folder, sizeof b->folder, "/tmp/demarche-faults-XXXXXX");
	ck_assert(mkdtemp(b->folder));
	snprintf(b->database, sizeof b->database, "%s/faults.db", b->folder);
	snprintf(b->control, sizeof b->control, "%s/control", b->folder);
	int fd = open(b->control, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert(fd >= 0 && ftruncate(fd, sizeof *b->faults) == 0);
	b->faults = mmap(NULL, sizeof *b->faults, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ck_assert(b->faults != MAP_FAILED);
	close(fd);
	snprintf(b->faults->prefix, sizeof b->faults->prefix, "%s", b->database);
	b->v = calloc(ACKNOWLEDGED_MAX, sizeof *b->v);
	ck_assert_ptr_nonnull(b->v);
}

static void bed_remove(struct bed *b)
{
	static const char *const files[] = {"faults.db",      "faults.db-wal", "faults.db-shm",
					    "faults.db.lock", "control",       "log"};
	char path[256];
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", b->folder, files[i]);
		unlink(path);
	}
	ck_assert(rmdir(b->folder) == 0);
	munmap(b->faults, sizeof *b->faults);
	free(b->v);
}

static void bed_open(struct bed *b)
{
	char json[512];
	bed_make(b);
	set_library(b);
	/* Without caches and maps: every page is read from the file. */
	b->server =
		server_start_on(b->database, (const char *[]){"--reader-map", "0", "--reader-cache",
							      "1", "--writer-cache", "1", NULL});
	unsetenv("LD_PRELOAD");
	for (int i = 0; i < SEEDS; i++) {
		struct str body = article_json(json, "Seed", 1000000 + i);
		json_t *j = json_of(http_post(b->server, "/v1/articles", "application/json", body),
				    201);
		acknowledge(b, int_at(j, "id"), 1000000 + i);
		json_decref(j);
	}
	struct str issue = STR("{\"label\": \"quotas\", \"terms\": [\"export quotas\"]}");
	ck_assert_int_eq(status_of(http_post(b->server, "/v1/issues", "application/json", issue)),
			 202);
}

/* After a start without faults all is there, and the check is content. */
static void bed_close(struct bed *b)
{
	server_stop(b->server);
	char *out, *err;
	int rc = program_run((const char *[]){"check", "--db", b->database, NULL}, STR_EMPTY, &out,
			     &err);
	ck_assert_msg(rc == 0, "check: %s%s", out, err);
	free(out);
	free(err);
	b->server = server_start_on(b->database, NULL);
	for (size_t i = 0; i < b->n; i++)
		check_article(b, &b->v[i]);
	server_stop(b->server);
	printf("%ld requests, %ld faults, %ld refused, %ld cut, %zu articles acknowledged\n",
	       b->runs, b->fired, b->refused, b->cut, b->n);
	bed_remove(b);
}

static void run_faults(const struct fault *v, size_t n)
{
	struct bed b;
	bed_open(&b);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < REQUESTS; k++)
			try_each(&b, &requests[k], &v[i]);
	bed_close(&b);
}

START_TEST(serve__an_allocation_fails__answers_truly_and_goes_on)
{
	static const struct fault v[] = {{FAULT_MEMORY, 0, false, "an allocation"},
					 {FAULT_MEMORY, 0, true, "all allocations"}};
	run_faults(v, 2);
}
END_TEST

START_TEST(serve__a_file_access_fails__answers_truly_and_goes_on)
{
	static const struct fault v[] = {
		{FAULT_FILES, EIO, false, "a file access"},
		{FAULT_FILES, EIO, true, "all file accesses"},
		{FAULT_FILES, ENOSPC, true, "all, with ENOSPC"},
		{FAULT_FILES, 0, false, "a write, by half"},
	};
	run_faults(v, sizeof v / sizeof v[0]);
}
END_TEST

START_TEST(serve__a_socket_call_fails__goes_on)
{
	static const struct fault v[] = {{FAULT_SOCKETS, ECONNRESET, false, "a socket call"}};
	run_faults(v, 1);
}
END_TEST

/* --- the start */

/* Starts the program with the fault armed; true when it listens, false when it ended by itself,
 * with a reason and a status. */
static bool starts(struct bed *b, const struct fault *f, long n, pid_t *pid)
{
	char log[128], text[8192] = "";
	snprintf(log, sizeof log, "%s/log", b->folder);
	unlink(log);
	arm(b, f, n);
	*pid = fork();
	ck_assert_int_ge(*pid, 0);
	if (*pid == 0) {
		int fd = open(log, O_CREAT | O_WRONLY | O_APPEND, 0600);
		dup2(fd, 1);
		dup2(fd, 2);
		set_library(b);
		execl(program_path(), program_path(), "serve", "--listen", "127.0.0.1:0", "--db",
		      b->database, (char *)NULL);
		_exit(127);
	}
	for (int64_t end = now_monotonic_ns() + WAIT_MS * (int64_t)1000000;
	     now_monotonic_ns() < end;) {
		int status, fd = open(log, O_RDONLY | O_CLOEXEC);
		bool has_ended = waitpid(*pid, &status, WNOHANG) == *pid;
		ssize_t got = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
		text[got > 0 ? got : 0] = '\0';
		close(fd);
		ck_assert_msg(!has_ended || (WIFEXITED(status) && WEXITSTATUS(status) && text[0]),
			      "call %ld: the start ended with wait status %d: %s", n, status, text);
		/* The second line comes after the first; one fault may cost one of
		 * them, not both. */
		if (has_ended || strstr(text, "\"message\":\"no tokens") ||
		    strstr(text, "\"message\":\"listening\""))
			return !has_ended;
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	ck_abort_msg("call %ld: the program neither listens nor ends: %s", n, text);
}

/* A program that started all the same ends as it should. */
static void end_start(struct bed *b, pid_t pid)
{
	int status;
	bool fired;
	disarm(b, &fired);
	kill(pid, SIGTERM);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
		      "wait status %d after a start under a fault", status);
}

static void try_starts(struct bed *b, const struct fault *f)
{
	enum { NEVER = 1000000000, STARTS_MAX = 500 };
	pid_t pid;
	bool fired;
	long started = 0, tried = 0;
	ck_assert(starts(b, f, NEVER, &pid));
	long calls = NEVER - disarm(b, &fired), step = step_of(calls);
	step = step > calls / STARTS_MAX ? step : calls / STARTS_MAX;
	end_start(b, pid);
	for (long n = 0; n < calls; n += step, tried++) {
		bool is_up = starts(b, f, n, &pid);
		started += is_up;
		if (is_up)
			end_start(b, pid);
		else
			disarm(b, &fired);
	}
	printf("%-22s %-28s %6ld calls, %6ld tried, %ld started\n", "a start", f->name, calls,
	       tried, started);
}

START_TEST(serve__a_call_fails_at_the_start__starts_or_says_why_not)
{
	static const struct fault v[] = {{FAULT_MEMORY, 0, false, "an allocation"},
					 {FAULT_FILES, EIO, false, "a file access"}};
	struct bed b;
	bed_make(&b);
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		try_starts(&b, &v[i]);
	char *out, *err;
	int rc = program_run((const char *[]){"check", "--db", b.database, NULL}, STR_EMPTY, &out,
			     &err);
	ck_assert_msg(rc == 0, "check: %s%s", out, err);
	free(out);
	free(err);
	bed_remove(&b);
}
END_TEST

UNIT_MAIN("faults", serve__an_allocation_fails__answers_truly_and_goes_on,
	  serve__a_file_access_fails__answers_truly_and_goes_on,
	  serve__a_socket_call_fails__goes_on,
	  serve__a_call_fails_at_the_start__starts_or_says_why_not)
