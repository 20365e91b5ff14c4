/* What a user would pick instead, on the same work in the same run: a page of 50 by Node with
 * better-sqlite3 and by FastAPI, a small answer by nginx and h2o, words a second by wink-nlp and
 * compromise. They use one core or all, as they come: what is compared is CPU time. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/bench/pairs.h"
#include "tests/bench/prose.h"

/* A larger database takes Node minutes to fill; then the small one is taken. */
enum { ROWS_MAX = 200000 };
enum { START_MS = 60000, TEXTS = 256, TEXT_BYTES = 4096, PATH_BYTES = 600, OURS = 0, OURS_FRESH };

static const char folder[] = "tests/bench/peers";

/* A peer: its command line, in which "%p" is the port and "%f" the file it serves. */
struct peer {
	const char *name;
	const char *argv[8];
};

static int start_peer(const struct bench *b, const struct peer *peer, const char *file,
		      struct process *p, struct err *e)
{
	const char *argv[8] = {NULL};
	char number[16];
	int port = process_free_port();
	snprintf(number, sizeof number, "%d", port);
	for (size_t i = 0; peer->argv[i]; i++) {
		bool is_port = strcmp(peer->argv[i], "%p") == 0;
		bool is_file = strcmp(peer->argv[i], "%f") == 0;
		argv[i] = is_port ? number : is_file ? file : peer->argv[i];
	}
	return process_start(p, argv, port, b->log, START_MS, e);
}

static int run(struct err *e, const char *command)
{
	int status = system(command); /* NOLINT: the command is ours */
	return status == 0 ? 0 : err_set(e, ERR_INTERNAL, NULL, "failed: %s", command);
}

static void report_side(struct bench *b, const char *what, const struct side *peer,
			const struct side *ours)
{
	report_line(
		&b->report, what, AT_LEAST, 1, side_cpu_us(peer) / side_cpu_us(ours), " x",
		"%.1f and %.1f us of CPU each, %.0f and %.0f requests/s; anonymous memory %ld and "
		"%ld MB",
		side_cpu_us(peer), side_cpu_us(ours), side_rate(peer), side_rate(ours),
		process_memory_kb(&peer->process, "RssAnon") / 1024,
		process_memory_kb(&ours->process, "RssAnon") / 1024);
}

/* --- a page of 50 statements */

static void make_page(void *context, uint64_t i, struct buf *out)
{
	const struct pairs *p = context;
	load_get(out, p->v[i * 7 % (uint64_t)p->n].target);
}

static void make_fresh(void *context, uint64_t i, struct buf *out)
{
	const struct pairs *p = context;
	load_get_with(out, p->v[i * 7 % (uint64_t)p->n].target, FRESH);
}

/* The ids of a page's statements, joined; NULL where it cannot be had. */
static char *page_ids(int port, const char *target)
{
	struct buf request, body, ids;
	buf_init(&request, 1 << 16);
	buf_init(&body, 16 << 20);
	buf_init(&ids, 1 << 16);
	load_get(&request, target);
	int status = load_once(port, buf_str(&request), &body);
	json_t *page = status == 200 ? json_loadb(body.p, body.n, 0, NULL) : NULL, *s;
	size_t i;
	json_array_foreach(json_object_get(page, "statements"), i, s)
		buf_printf(&ids, "%lld ", (long long)json_integer_value(json_object_get(s, "id")));
	char *joined = page ? strndup(ids.p ? ids.p : "", ids.n) : NULL;
	json_decref(page);
	buf_release(&request);
	buf_release(&body);
	buf_release(&ids);
	return joined;
}

/* Leaves the pairs of which all sides give the same statements: who speaks for a country counts as
 * its speaker with us alone. */
static void keep_equal(struct pairs *pairs, const struct side *sides, int n)
{
	int kept = 0;
	for (int i = 0; i < pairs->n; i++) {
		char *want = page_ids(sides[OURS].process.port, pairs->v[i].target);
		bool same = want != NULL;
		for (int s = OURS_FRESH + 1; s < n; s++) {
			char *got = page_ids(sides[s].process.port, pairs->v[i].target);
			same = same && got && strcmp(got, want) == 0;
			free(got);
		}
		free(want);
		if (same)
			pairs->v[kept++] = pairs->v[i];
	}
	pairs->n = kept;
}

static const struct peer page_peers[] = {
	{"Node, better-sqlite3",
	 {"/usr/bin/env", "node", "tests/bench/peers/page.mjs", "%f", "%p"}},
	{"FastAPI, uvicorn", {"/usr/bin/python3", "tests/bench/peers/page.py", "%f", "%p"}},
};
enum { PAGE_PEERS = sizeof page_peers / sizeof *page_peers, PAGE_SIDES = PAGE_PEERS + 2 };

static int compare_pages(struct bench *b, struct side *sides, struct pairs *pairs, struct err *e)
{
	if (pairs_find(pairs, &sides[OURS].process.port, 1, e))
		return -1;
	keep_equal(pairs, sides, PAGE_SIDES);
	if (pairs->n == 0)
		return err_set(e, ERR_INTERNAL, NULL, "no page is the same with all");
	if (bench_rounds(b, sides, PAGE_SIDES, e))
		return -1;
	report_note("the same page of 50 of %d pairs of speaker and issue", pairs->n);
	for (int i = 0; i < PAGE_PEERS; i++) {
		char what[120];
		snprintf(what, sizeof what, "page of 50, %s against ours past all that is kept",
			 page_peers[i].name);
		report_side(b, what, &sides[OURS_FRESH + 1 + i], &sides[OURS_FRESH]);
		snprintf(what, sizeof what, "the same against ours that is kept");
		report_side(b, what, &sides[OURS_FRESH + 1 + i], &sides[OURS]);
	}
	return 0;
}

static int bench_pages(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	const char *database = b->statements > ROWS_MAX ? b->small : b->large;
	struct side sides[PAGE_SIDES] = {
		[OURS] = {.load.make = make_page}, [OURS_FRESH] = {.load.make = make_fresh}};
	struct process ours = {0};
	char file[PATH_BYTES], command[8192];
	int rc = -1;
	snprintf(file, sizeof file, "%s/peers.db", b->folder);
	snprintf(command, sizeof command,
		 "'%s' export --db '%s' --format ndjson nested=include | node %s/fill.mjs '%s'",
		 b->program, database, folder, file);
	if (run(e, command) || bench_serve(b, &ours, database, NULL, e))
		goto out;
	sides[OURS].process = sides[OURS_FRESH].process = ours;
	for (int i = 0; i < PAGE_SIDES; i++) {
		struct side *s = &sides[i];
		s->load.connections = b->connections;
		s->load.context = &pairs;
		if (i <= OURS_FRESH)
			continue;
		s->load.make = make_page;
		if (start_peer(b, &page_peers[i - OURS_FRESH - 1], file, &s->process, e))
			goto out;
	}
	rc = compare_pages(b, sides, &pairs, e);
out:
	process_stop(&ours);
	for (int i = OURS_FRESH + 1; i < PAGE_SIDES; i++)
		process_stop(&sides[i].process);
	return rc;
}

/* --- a small answer */

static void make_healthz(void *context, uint64_t i, struct buf *out)
{
	(void)context;
	(void)i;
	load_get(out, "/healthz");
}

static int write_text(const char *path, struct str text, struct err *e)
{
	FILE *f = fopen(path, "we");
	bool is_done = f && fwrite(text.p, 1, text.n, f) == text.n;
	if (f && fclose(f) != 0)
		is_done = false;
	return is_done ? 0 : err_set(e, ERR_INTERNAL, NULL, "cannot write \"%s\"", path);
}

static int start_nginx(struct bench *b, struct process *p, struct err *e)
{
	char path[PATH_BYTES], conf[2048];
	int port = process_free_port();
	snprintf(path, sizeof path, "%s/nginx.conf", b->folder);
	int n = snprintf(conf, sizeof conf,
			 "daemon off; master_process off; worker_processes 1; pid %s/nginx.pid;\n"
			 "error_log %s/log; events { worker_connections 1024; }\n"
			 "http { access_log off; keepalive_requests 1000000000;\n"
			 "server { listen 127.0.0.1:%d; location /healthz {\n"
			 "default_type application/json; return 200 '{\"status\":\"ok\"}'; } } }\n",
			 b->folder, b->folder, port);
	const char *argv[] = {"/usr/bin/env", "nginx", "-c", path, "-e", b->log, NULL};
	return write_text(path, (struct str){conf, (size_t)n}, e) ||
			       process_start(p, argv, port, b->log, START_MS, e)
		       ? -1
		       : 0;
}

static int start_h2o(struct bench *b, struct process *p, struct err *e)
{
	char path[PATH_BYTES], conf[2048];
	int port = process_free_port();
	snprintf(path, sizeof path, "%s/healthz", b->folder);
	if (write_text(path, STR("{\"status\":\"ok\"}"), e))
		return -1;
	snprintf(path, sizeof path, "%s/h2o.conf", b->folder);
	int n = snprintf(conf, sizeof conf,
			 "%snum-threads: %ld\nhosts:\n  default:\n    listen:\n"
			 "      host: 127.0.0.1\n      port: %d\n    paths:\n      \"/\":\n"
			 "        file.dir: %s\n",
			 geteuid() == 0 ? "user: root\n" : "", sysconf(_SC_NPROCESSORS_ONLN), port,
			 b->folder);
	const char *argv[] = {"/usr/bin/env", "h2o", "-c", path, NULL};
	return write_text(path, (struct str){conf, (size_t)n}, e) ||
			       process_start(p, argv, port, b->log, START_MS, e)
		       ? -1
		       : 0;
}

static int bench_small(struct bench *b, struct err *e)
{
	enum { NGINX = 1, H2O, SIDES };
	struct side sides[SIDES] = {0};
	int rc = -1;
	for (int i = 0; i < SIDES; i++)
		sides[i].load = (struct load){.connections = b->connections, .make = make_healthz};
	if (bench_serve(b, &sides[OURS].process, b->small, NULL, e) ||
	    start_nginx(b, &sides[NGINX].process, e) || start_h2o(b, &sides[H2O].process, e) ||
	    bench_rounds(b, sides, SIDES, e))
		goto out;
	report_side(b, "/healthz, nginx against ours", &sides[NGINX], &sides[OURS]);
	report_side(b, "/healthz, h2o against ours", &sides[H2O], &sides[OURS]);
	rc = 0;
out:
	for (int i = 0; i < SIDES; i++)
		process_stop(&sides[i].process);
	return rc;
}

/* --- reading a text */

static int write_prose(const char *path, struct err *e)
{
	struct buf out, text;
	buf_init(&out, 64 << 20);
	for (size_t i = 0; i < TEXTS; i++) {
		buf_init(&text, 1 << 20);
		prose_text(&text, i, TEXT_BYTES);
		json_t *j = json_stringn(text.p, text.n);
		char *line = json_dumps(j, JSON_ENCODE_ANY);
		buf_printf(&out, "%s\n", line ? line : "\"\"");
		free(line);
		json_decref(j);
		buf_release(&text);
	}
	int rc = write_text(path, buf_str(&out), e);
	buf_release(&out);
	return rc;
}

static int bench_reading(struct bench *b, struct err *e)
{
	static const char *const readers[] = {"wink", "compromise"};
	char path[PATH_BYTES];
	snprintf(path, sizeof path, "%s/texts", b->folder);
	if (write_prose(path, e) || (b->words_a_second <= 0 && bench_extract(b, e)))
		return -1;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		char command[PATH_BYTES + 200], what[100];
		double rate = 0, kb = 0;
		snprintf(command, sizeof command, "node %s/read.mjs %s '%s' %.1f", folder,
			 readers[i], path, 2 * b->seconds);
		FILE *f = popen(command, "re"); /* NOLINT: the command is ours */
		int got = f ? fscanf(f, "%lf %lf", &rate, &kb) : 0;
		if (!f || pclose(f) != 0 || got != 2)
			return err_set(e, ERR_INTERNAL, NULL, "failed: %s", command);
		snprintf(what, sizeof what, "words a second of CPU time, the engine against %s",
			 readers[i]);
		report_line(
			&b->report, what, AT_LEAST, 1, b->words_a_second / rate, " x",
			"%.0f k and %.0f k; %s finds sentences, tags and names, nobody's words; "
			"%.0f MB",
			b->words_a_second / 1000, rate / 1000, readers[i], kb / 1024);
	}
	return 0;
}

int bench_peers(struct bench *b, struct err *e)
{
	char installed[PATH_BYTES];
	snprintf(installed, sizeof installed, "%s/node_modules/better-sqlite3", folder);
	if (access(installed, R_OK) != 0) {
		report_note("peers are left out: make bench-peers installs and measures them");
		return 0;
	}
	return bench_pages(b, e) || bench_small(b, e) || bench_reading(b, e) ? -1 : 0;
}
