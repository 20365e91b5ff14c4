/* Durable posts over HTTP against SQLite alone inserting the very same rows: what the service
 * stored in one copy of the large database is read back and inserted into another copy by a bare
 * loop with 128 articles a transaction. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/bench/bare_sql.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"

enum {
	CONNECTIONS = 128,
	GROUP = 128,
	POSTS_MAX = 20000,
	ARTICLE_BYTES = 4096,
	WRITER_CACHE_MB = 128,
	ROWS_MAX = 20000,
	TURNS = 2,
	TURN_ROUNDS = 6 /* what is under way when a turn ends is not counted: it must be little */
};

/* Requests made before the clock starts: writing prose costs as much as storing it. */
struct posts {
	uint64_t first; /* number of the first article */
	struct buf all;
	size_t ends[POSTS_MAX];
	uint64_t n;
};

static void prepare(struct posts *p, uint64_t n)
{
	struct buf body;
	buf_init(&body, 1 << 20);
	buf_clear(&p->all);
	for (p->n = 0; p->n < n; p->n++) {
		buf_clear(&body);
		prose_json(&body, p->first++, ARTICLE_BYTES);
		load_post(&p->all, "/v1/articles", buf_str(&body));
		p->ends[p->n] = p->all.n;
	}
	buf_release(&body);
}

static void make_post(void *context, uint64_t i, struct buf *out)
{
	const struct posts *p = context;
	buf_add(out, str_sub(buf_str(&p->all), i > 0 ? p->ends[i - 1] : 0, p->ends[i]));
}

/* A copy that is on disk before the clock starts, so that its writing back does not fall into the
 * measurement. */
static int copy(const char *from, const char *to, struct err *e)
{
	int in = open(from, O_RDONLY | O_CLOEXEC),
	    out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	struct stat st = {0};
	int rc = in >= 0 && out >= 0 ? fstat(in, &st) : -1;
	for (off_t at = 0; rc == 0 && at < st.st_size;) {
		if (sendfile(out, in, &at, 1 << 30) <= 0)
			rc = -1;
	}
	if (rc == 0)
		rc = fsync(out);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return rc ? err_set(e, ERR_INTERNAL, NULL, "cannot copy \"%s\" to \"%s\"", from, to) : 0;
}

static void drop(const char *database)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char path[320];
		snprintf(path, sizeof path, "%s%s", database, ends[i]);
		unlink(path);
	}
}

struct ingest {
	double http, bare, statements, cpu_us, failures;
	int articles;
};

/* The service's turn, on the copy at `path`. */
static int over_http(const struct bench *b, const char *path, const char *option,
		     struct posts *posts, struct ingest *t, struct err *e)
{
	struct process p;
	struct load_result r = {0};
	struct load l = {.connections = CONNECTIONS,
			 .seconds = TURN_ROUNDS * b->seconds,
			 .requests = POSTS_MAX,
			 .make = make_post,
			 .context = posts};
	prepare(posts, POSTS_MAX);
	if (bench_serve(b, &p, path, option, e))
		return -1;
	double cpu = process_cpu_s(&p);
	l.port = p.port;
	int rc = load_run(&l, &r, e);
	t->cpu_us += r.answers ? (process_cpu_s(&p) - cpu) * 1e6 / (double)r.answers / TURNS : 0;
	t->http += load_rate(&r) / TURNS;
	t->failures += (double)r.failures;
	load_result_release(&r);
	int status = process_stop(&p);
	return rc || status == 0
		       ? rc
		       : err_set(e, ERR_INTERNAL, NULL, "the service ended with status %d", status);
}

static int one_turn(const struct bench *b, const char *option, struct posts *posts,
		    struct ingest *t, struct err *e)
{
	char path[320];
	struct bare_rows *rows = NULL;
	double rate = 0;
	int64_t since = now_unix_ms();
	snprintf(path, sizeof path, "%s/ingest.db", b->folder);
	int rc = -1;
	if (copy(b->large, path, e) || over_http(b, path, option, posts, t, e))
		goto out;
	rows = bare_rows_read(path, since, ROWS_MAX, e);
	drop(path);
	if (!rows || copy(b->large, path, e) ||
	    bare_rows_insert(rows, path, GROUP, WRITER_CACHE_MB, &rate, e))
		goto out;
	t->bare += rate / TURNS;
	t->statements += bare_rows_statements(rows) / TURNS;
	t->articles += bare_rows_articles(rows);
	rc = 0;
out:
	bare_rows_free(rows);
	drop(path);
	return rc;
}

static int compare(struct bench *b, const char *what, const char *option, double target,
		   struct posts *posts, struct err *e)
{
	struct ingest t = {0};
	for (int i = 0; i < TURNS; i++) {
		if (one_turn(b, option, posts, &t, e))
			return -1;
	}
	report_line(&b->report, what, AT_LEAST, target, 100 * t.http / t.bare, " %",
		    "%.0f articles/s over %d connections, %.0f in the loop; %d articles of 4 kB, "
		    "%.1f statements each; CPU %.0f us each; %.0f failed",
		    t.http, CONNECTIONS, t.bare, t.articles, t.statements, t.cpu_us, t.failures);
	return 0;
}

int bench_ingest(struct bench *b, struct err *e)
{
	static struct posts posts = {.first = 1000000000};
	buf_init(&posts.all, 1 << 30);
	int rc = 0;
	if (compare(b, "durable posts without extraction, share of the bare loop", "--no-extract",
		    50, &posts, e) ||
	    compare(b, "durable posts with extraction, share of the bare loop", NULL, 35, &posts,
		    e))
		rc = -1;
	buf_release(&posts.all);
	return rc;
}
