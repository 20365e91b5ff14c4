/* What the service holds in memory under load, without the page cache, and what a statement takes
 * on disk. */
#include <sys/stat.h>

#include "tests/bench/bench.h"
#include "tests/bench/pairs.h"
#include "tests/bench/prose.h"

struct mix {
	const struct pairs *pairs;
	const struct process *process;
	long most_kb, rss_kb;
};

/* One post to seven pages. */
static void make_mix(void *context, uint64_t i, struct buf *out)
{
	struct mix *m = context;
	if (i % 8 == 0) {
		struct buf body;
		buf_init(&body, 1 << 20);
		prose_json(&body, 3000000000u + i, 4096);
		load_post(out, "/v1/articles", buf_str(&body));
		buf_release(&body);
	} else {
		load_get(out, m->pairs->v[i * 7 % (uint64_t)m->pairs->n].target);
	}
	if (i % 512 == 0) {
		long kb = process_memory_kb(m->process, "RssAnon");
		m->most_kb = kb > m->most_kb ? kb : m->most_kb;
		m->rss_kb = process_memory_kb(m->process, "VmRSS");
	}
}

int bench_memory(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	struct process p = {0};
	struct mix mix = {.pairs = &pairs, .process = &p};
	struct load_result r = {0};
	struct stat st;
	int rc = -1;
	/* Before the mixed load adds to it. */
	if (stat(b->large, &st) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "no file \"%s\"", b->large);
	if (bench_serve(b, &p, b->large, NULL, e) || pairs_find(&pairs, &p.port, 1, e))
		goto out;
	struct load l = {.port = p.port,
			 .connections = 64,
			 .seconds = b->seconds * b->rounds,
			 .make = make_mix,
			 .context = &mix};
	if (load_run(&l, &r, e))
		goto out;
	report_line(&b->report, "anonymous resident memory under 64 connections", AT_MOST, 100,
		    (double)mix.most_kb / 1024, " MB",
		    "%llu requests, an eighth of them posts; resident with file pages %.0f MB; "
		    "%llu failed",
		    (unsigned long long)r.answers, (double)mix.rss_kb / 1024,
		    (unsigned long long)r.failures);
	report_line(&b->report, "bytes on disk a statement", JUST_SAID, 0,
		    (double)st.st_size / b->statements, "",
		    "%.1f MB with %d statements and their articles, indexes and full text",
		    (double)st.st_size / 1e6, b->statements);
	rc = 0;
out:
	load_result_release(&r);
	process_stop(&p);
	return rc;
}
