/* How the two engines do in one run: the same statements stored durably, and pages of 50 of them,
 * by speaker and issue and by words. STATEMENTS=N of each (20000). The server's address is in
 * DEMARCHE_POSTGRESQL (tools/with-postgresql), and is taken as it is: empty. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "db/record_names.h"
#include "tests/bench/bench.h"

enum { ROUNDS = 300, PAGE = 50 };

static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* Keys as they come: the first are of the known actors and issues that most statements name. */
static struct statement_query question(int kind, int round)
{
	static int64_t speaker, issue;
	static struct str phrase;
	static const char *const words[][4] = {{"minister", "talks", "trade", "border"},
					       {"the minister", "of the", "the talks", "on the"}};
	struct statement_query q = {.said_after = DAY_NONE,
				    .said_before = DAY_NONE,
				    .published_after = DAY_NONE,
				    .published_before = DAY_NONE,
				    .limit = PAGE};
	speaker = speaker_key(1 + round % 40, false);
	issue = 1 + round % 30;
	phrase = str_of(words[kind == 2][round % 4]);
	if (kind == 0) {
		q.speakers = (struct keys){&speaker, 1};
		q.issues = (struct keys){&issue, 1};
	} else {
		q.phrases = (struct strs){&phrase, 1};
	}
	return q;
}

static int ask(struct store *s, int kind, int64_t times[ROUNDS], size_t *found, struct err *e)
{
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
	qsort(times, ROUNDS, sizeof *times, by_time);
	return 0;
}

static int measure(const char *name, const char *path, int statements, struct err *e)
{
	static const char *const kinds[] = {"speaker and issue", "a word", "two words"};
	int64_t began = now_monotonic_ns();
	if (bench_fill_file(path, statements, e))
		return -1;
	printf("%s: %d statements stored, %.0f a second\n", name, statements,
	       statements / ((double)(now_monotonic_ns() - began) / 1e9));
	struct store_options o = {.path = path, .readers = 1, .reader_cache_mb = 8};
	struct store *s = store_open_reading(&o, e);
	int rc = s ? 0 : -1;
	for (int kind = 0; kind < 3 && rc == 0; kind++) {
		int64_t times[ROUNDS];
		size_t found = 0;
		rc = ask(s, kind, times, &found, e);
		if (rc == 0)
			printf("%s: page of %d by %s: p50 %.2f ms, p99 %.2f ms (%zu statements)\n",
			       name, PAGE, kinds[kind], (double)times[ROUNDS / 2] / 1e6,
			       (double)times[ROUNDS * 99 / 100] / 1e6, found);
	}
	store_close(s);
	return rc;
}

int main(void)
{
	const char *server = getenv("DEMARCHE_POSTGRESQL"), *asked = getenv("STATEMENTS");
	int statements = asked ? (int)strtol(asked, NULL, 10) : 20000;
	char folder[] = "/tmp/demarche-bench-XXXXXX", file[64];
	struct err e = {0};
	if (!server || !mkdtemp(folder)) {
		fprintf(stderr, "no DEMARCHE_POSTGRESQL: tools/with-postgresql sets it\n");
		return EXIT_FAILURE;
	}
	snprintf(file, sizeof file, "%s/bench.db", folder);
	int rc = measure("file", file, statements, &e) || measure("server", server, statements, &e);
	unlink(file);
	rmdir(folder);
	if (rc)
		fprintf(stderr, "%s\n", e.message);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
