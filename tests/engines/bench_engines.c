/* How the two engines do in one run: the same statements stored durably, and pages of 50 of them,
 * by speaker and issue and by words, with the CPU time of all processes. STATEMENTS=N of each
 * (20000). The server's address is in DEMARCHE_POSTGRESQL (tools/with-postgresql), and is taken as
 * it is. TOGETHER=N: articles of a transaction (512). FOLDER=F keeps the file there; what is filled
 * already is only asked. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/record_names.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 300, PAGE = 50, OLD_ARTICLES = 40 };

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* --- CPU time --- */

/* Of /proc/PID/stat, from the third field on: the parent is the second of these. */
static bool read_stat(const char *pid, long long out[16])
{
	char path[300], line[1024] = "";
	snprintf(path, sizeof path, "/proc/%s/stat", pid);
	FILE *f = fopen(path, "r");
	char *at = f && fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL;
	if (f)
		fclose(f);
	if (!at)
		return false;
	at += 3;
	for (int i = 1; i < 16; i++)
		out[i] = strtoll(at, &at, 10);
	return true;
}

/* The server's processes: the one that the folder names, and its children, dead ones too. */
static double server_cpu_s(const char *address)
{
	enum { PARENT = 1, USER = 11, CHILDREN = 13, TIMES = 2 };
	const char *host = address ? strstr(address, "host=") : NULL;
	char path[300], first[32] = "";
	long long v[16];
	double ticks = 0;
	snprintf(path, sizeof path, "%s/data/postmaster.pid", host ? host + strlen("host=") : "");
	FILE *f = fopen(path, "r");
	long long parent = f && fgets(first, sizeof first, f) ? strtoll(first, NULL, 10) : 0;
	if (f)
		fclose(f);
	DIR *all = parent ? opendir("/proc") : NULL;
	for (struct dirent *d; all && (d = readdir(all));) {
		bool is_first = strtoll(d->d_name, NULL, 10) == parent;
		if (*d->d_name < '1' || *d->d_name > '9' || !read_stat(d->d_name, v))
			continue;
		for (int i = 0; (is_first || v[PARENT] == parent) && i < (is_first ? 2 : 1); i++)
			for (int k = 0; k < TIMES; k++)
				ticks += (double)v[(i ? CHILDREN : USER) + k];
	}
	if (all)
		closedir(all);
	return ticks / (double)sysconf(_SC_CLK_TCK);
}

/* Once the server is at rest: what a process that ends has used is for a moment nobody's. */
static double cpu_s(const char *path)
{
	const struct timespec pause = {.tv_nsec = 50000000};
	struct timespec t;
	double before = -1, server = 0;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	for (int i = 0; strstr(path, "://") && i < 20 && server > before; i++) {
		before = server;
		nanosleep(&pause, NULL);
		server = server_cpu_s(path);
	}
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9 + server;
}

/* --- questions --- */

struct kind {
	const char *name;
	const char *phrases[4]; /* NULL: by speaker and issue */
};

static const struct kind kinds[] = {
	{"speaker and issue", {NULL}},
	{"a word", {"minister", "talks", "trade", "border"}},
	{"two words", {"the minister", "of the", "the talks", "on the"}},
	{"a word of old statements", {"quagga", "thylacine", "moa", "aurochs"}},
	{"two words of old statements",
	 {"quagga talks", "the thylacine", "of moa", "aurochs trade"}},
	{"words that nowhere follow one another",
	 {"trade minister of", "border talks the", "minister the trade", "talks border minister"}},
};

/* Keys as they come: the first are of the known actors and issues that most statements name. */
static struct statement_query question(const struct kind *kind, int round)
{
	static int64_t speaker, issue;
	static struct str phrase;
	struct statement_query q = {.said_after = DAY_NONE,
				    .said_before = DAY_NONE,
				    .published_after = DAY_NONE,
				    .published_before = DAY_NONE,
				    .limit = PAGE};
	speaker = speaker_key(1 + round % 40, false);
	issue = 1 + round % 30;
	if (kind->phrases[0]) {
		phrase = str_of(kind->phrases[round % 4]);
		q.phrases = (struct strs){&phrase, 1};
	} else {
		q.speakers = (struct keys){&speaker, 1};
		q.issues = (struct keys){&issue, 1};
	}
	return q;
}

static int ask(struct store *s, const struct kind *kind, int64_t times[ROUNDS], size_t *found,
	       struct err *e)
{
	*found = 0;
	for (int i = 0; i < ROUNDS; i++) {
		struct statement_query q = question(kind, i);
		struct statement_list list;
		struct arena a;
		int64_t next, began = now_monotonic_ns();
		arena_init(&a, (size_t)1 << 28);
		struct reader *r = store_reader(s, began + INT64_C(60000000000), e);
		int rc = r ? store_statements(r, &q, &a, &list, &next, e) : -1;
		reader_return(r);
		times[i] = now_monotonic_ns() - began;
		*found += rc ? 0 : list.n;
		arena_release(&a);
		if (rc)
			return -1;
	}
	return 0;
}

/* Of a kind's questions by words each alone: which of them is it that takes long? */
static void print_each(const struct kind *kind, const int64_t times[ROUNDS])
{
	enum { PHRASES = sizeof kind->phrases / sizeof kind->phrases[0], EACH = ROUNDS / PHRASES };
	for (int p = 0; p < PHRASES && kind->phrases[p]; p++) {
		int64_t v[EACH];
		for (int i = 0; i < EACH; i++)
			v[i] = times[i * PHRASES + p];
		qsort(v, EACH, sizeof *v, by_time);
		printf("    \"%s\": p50 %.2f ms, p99 %.2f ms\n", kind->phrases[p],
		       (double)v[EACH / 2] / 1e6, (double)v[EACH * 99 / 100] / 1e6);
	}
}

/* Articles of a day before all others, with words that nothing else has. */
static int store_old(const char *path, struct err *e)
{
	static const char *const contents[] = {"quagga talks go on", "the thylacine is a matter",
					       "the price of moa rises", "aurochs trade stops"};
	struct store_options o = {.path = path,
				  .readers = 1,
				  .reader_cache_mb = 8,
				  .writer_cache_mb = 8,
				  .queue_max = 8,
				  .group_max = 1};
	struct store *s = store_open(&o, e);
	int rc = s ? 0 : -1;
	for (int i = 0; i < OLD_ARTICLES && rc == 0; i++) {
		char text[64];
		struct statement is = {.content = str_of(contents[i % 4]),
				       .confidence = 0.9f,
				       .engine = STR("0.0")};
		struct write w = {.op = WRITE_ARTICLE,
				  .extraction = {.statements = &is, .n_statements = 1}},
			     *ref = &w;
		snprintf(text, sizeof text, "Old text %d: %s.", i, contents[i % 4]);
		w.article = (struct article){.text = str_of(text),
					     .published_at = STR("1990-01-01"),
					     .language = STR("en"),
					     .received_ms = 1};
		rc = article_publish(&w.article, w.article.published_at) ? 0 : -1;
		digest_text(w.article.text, w.article.sha256);
		rc = rc ? rc : store_write_all(s, &ref, 1, e);
	}
	store_close(s);
	return rc;
}

/* What a server does by itself in the minutes after so much was stored, beside the questions then.
 */
static int settle(const char *path, struct err *e)
{
	char command[600];
	snprintf(command, sizeof command, "psql -qX '%s' -c 'VACUUM ANALYZE' -c CHECKPOINT", path);
	return !strstr(path, "://") || system(command) == 0
		       ? 0
		       : err_set(e, ERR_DB, NULL, "psql cannot settle the server");
}

static int fill(const char *name, const char *path, int statements, struct err *e)
{
	double began_cpu = cpu_s(path);
	int64_t began = now_monotonic_ns();
	if (bench_fill_file(path, statements, e))
		return -1;
	double seconds = (double)(now_monotonic_ns() - began) / 1e9;
	printf("%s: %d statements stored, %.0f a second; CPU time %.0f us each\n", name, statements,
	       statements / seconds, (cpu_s(path) - began_cpu) / statements * 1e6);
	return store_old(path, e) || settle(path, e) ? -1 : 0;
}

static bool is_filled(const char *path)
{
	struct err ignored = {0};
	struct store_options o = {.path = path, .readers = 1, .reader_cache_mb = 8};
	struct store *s = store_open_reading(&o, &ignored);
	day_t day = DAY_NONE;
	struct reader *r = s ? store_reader(s, INT64_MAX, &ignored) : NULL;
	bool is = r && store_newest_day(r, &day, &ignored) == 0 && day != DAY_NONE;
	reader_return(r);
	store_close(s);
	return is;
}

static void print(const char *name, const struct kind *kind, const int64_t times[ROUNDS],
		  double cpu, size_t found)
{
	int64_t v[ROUNDS];
	memcpy(v, times, sizeof v);
	qsort(v, ROUNDS, sizeof *v, by_time);
	printf("%s: page of %d by %s: p50 %.2f ms, p99 %.2f ms, CPU time %.2f ms (%zu "
	       "statements)\n",
	       name, PAGE, kind->name, (double)v[ROUNDS / 2] / 1e6,
	       (double)v[ROUNDS * 99 / 100] / 1e6, cpu * 1e3, found);
	print_each(kind, times);
	fflush(stdout);
}

static int measure(const char *name, const char *path, int statements, struct err *e)
{
	if (!is_filled(path) && fill(name, path, statements, e))
		return -1;
	struct store_options o = {.path = path, .readers = 1, .reader_cache_mb = 64};
	struct store *s = store_open_reading(&o, e);
	int rc = s ? 0 : -1;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && rc == 0; i++) {
		int64_t times[ROUNDS];
		size_t found;
		double before = cpu_s(path);
		rc = ask(s, &kinds[i], times, &found, e);
		if (rc == 0)
			print(name, &kinds[i], times, (cpu_s(path) - before) / ROUNDS, found);
	}
	store_close(s);
	return rc;
}

int main(void)
{
	const char *server = getenv("DEMARCHE_POSTGRESQL"), *asked = getenv("STATEMENTS");
	const char *kept = getenv("FOLDER");
	int statements = asked ? (int)strtol(asked, NULL, 10) : 20000;
	char folder[200] = "/tmp/demarche-bench-XXXXXX", file[256];
	struct err e = {0};
	if (kept)
		snprintf(folder, sizeof folder, "%s", kept);
	if (!server || (!kept && !mkdtemp(folder))) {
		fprintf(stderr, "no DEMARCHE_POSTGRESQL: tools/with-postgresql sets it\n");
		return EXIT_FAILURE;
	}
	snprintf(file, sizeof file, "%s/bench.db", folder);
	int rc = measure("file", file, statements, &e) || measure("server", server, statements, &e);
	if (!kept) {
		unlink(file);
		rmdir(folder);
	}
	if (rc)
		fprintf(stderr, "%s\n", e.message);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
