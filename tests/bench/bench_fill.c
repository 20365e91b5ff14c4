/* Makes the databases: articles of our prose with eight statements each, spread over the actors and
 * issues of the engine's tables, a few of them named very often and most of them seldom, as in
 * news. Written through the store as an import would. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"
#include "base/version.h"
#include "db/store.h"
#include "extract/extract.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"

enum {
	STATEMENTS_EACH = 8,
	ARTICLE_BYTES = 3900,
	CONTENT_BYTES = 170, /* about the mean of contents in news */
	BATCH = 512,
	BATCH_BYTES = 32 << 20,
	CACHE_MB = 512,
	DAYS = 1500,
};

struct fill {
	struct knowledge k;
	struct arena arena; /* of one batch */
	struct write writes[BATCH];
	struct write *refs[BATCH];
	uint64_t dice, articles;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t roll(struct fill *f, uint64_t sides)
{
	uint64_t z = (f->dice += 0x9e3779b97f4a7c15u);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (z ^ (z >> 31)) % sides;
}

/* A place in a list of n by a law near Zipf's: each doubling of the rank is as likely as the one
 * before. */
static size_t rank(struct fill *f, size_t n)
{
	double u = (double)roll(f, 1u << 30) / (double)(1u << 30);
	size_t i = (size_t)exp(u * log((double)n + 1)) - 1;
	return i < n ? i : n - 1;
}

static struct spans one_span(struct fill *f, uint32_t start, uint32_t end)
{
	struct span *s = arena_array(&f->arena, 1, sizeof *s);
	if (!s)
		abort();
	*s = (struct span){start, end};
	return (struct spans){s, 1};
}

/* The byte at or after `at` where a code point starts. */
static size_t whole(struct str s, size_t at)
{
	while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
		at++;
	return at < s.n ? at : s.n;
}

static void make_statement(struct fill *f, struct statement *s, struct str text, size_t number,
			   struct utf8_cursor *points)
{
	size_t room = text.n / STATEMENTS_EACH, from = whole(text, number * room + 30);
	size_t to = whole(text, from + CONTENT_BYTES - 60 + roll(f, 120));
	uint32_t p = (uint32_t)utf8_point_at(points, from), q = (uint32_t)utf8_point_at(points, to);
	size_t n_issues = 1 + roll(f, 2);
	struct issue_hit *hits = arena_array(&f->arena, n_issues, sizeof *hits);
	if (!hits)
		abort();
	size_t first = rank(f, f->k.n_issues);
	for (size_t i = 0; i < n_issues; i++) {
		hits[i] = (struct issue_hit){.issue = &f->k.issues[(first + i * 7) % f->k.n_issues],
					     .score = 0.9f - 0.2f * (float)i,
					     .evidence = one_span(f, p, p + 8),
					     .position = (enum position)roll(f, POSITION_COUNT),
					     .position_confidence = (float)roll(f, 1000) / 1000,
					     .position_evidence = one_span(f, p, p + 8)};
	}
	*s = (struct statement){
		.kind = (enum statement_kind)roll(f, KIND_COUNT),
		.content = str_sub(text, from, to),
		.spans = {.source = one_span(f, p - 20, p - 8),
			  .cue = one_span(f, p - 7, p - 2),
			  .content = one_span(f, p, q)},
		.speaker = &f->k.actors[rank(f, f->k.n_actors)],
		.speaker_via = VIA_NAME,
		.speaker_role = STR("foreign minister"),
		.issues = hits,
		.n_issues = n_issues,
		.stance = {.position = hits[0].position,
			   .act = (enum act)roll(f, ACT_COUNT),
			   .target = roll(f, 3) ? NULL : &f->k.actors[rank(f, f->k.n_actors)],
			   .intensity = 0.3f,
			   .confidence = 0.3f + (float)roll(f, 600) / 1000,
			   .evidence = one_span(f, p, p + 6)},
		.said_on = roll(f, 2) ? (struct said_on){.text = STR_EMPTY}
				      : (struct said_on){.text = STR("Friday"),
							 .date = STR("2024-04-26"),
							 .rule = STR("weekday before"),
							 .from = 19839,
							 .to = 19839},
		.confidence = 0.4f + (float)roll(f, 600) / 1000,
		.engine = STR(ENGINE_VERSION),
	};
}

static void make_article(struct fill *f, struct write *w, uint64_t number)
{
	struct buf text;
	struct statement *v = arena_array(&f->arena, STATEMENTS_EACH, sizeof *v);
	/* In the order of the days, as news comes in. */
	day_t day = day_from_civil((struct civil){.year = 2021, .month = 1, .day = 1}) +
		    (day_t)(number * DAYS / f->articles);
	buf_init(&text, 1 << 20);
	prose_text(&text, 2000000000u + number, ARTICLE_BYTES);
	*w = (struct write){.op = WRITE_ARTICLE,
			    .extraction = {.statements = v, .n_statements = STATEMENTS_EACH}};
	w->article = (struct article){
		.text = arena_str(&f->arena, buf_str(&text)),
		.title = arena_printf(&f->arena, "Dispatch %llu", (unsigned long long)number),
		.url = arena_printf(&f->arena, "https://example.org/dispatch/%llu",
				    (unsigned long long)number),
		.outlet = arena_printf(&f->arena, "Outlet %u", (unsigned)rank(f, 20)),
		.published_at = day_format(&f->arena, day),
		.published_on = day,
		.language = STR("en"),
		.received_ms = now_unix_ms()};
	buf_release(&text);
	if (!v || !w->article.text.p || !w->article.published_at.p)
		abort();
	digest_text(w->article.text, w->article.sha256);
	struct utf8_cursor points = {.text = w->article.text};
	for (size_t i = 0; i < STATEMENTS_EACH; i++)
		make_statement(f, &v[i], w->article.text, i, &points);
}

/* Articles of a transaction: TOGETHER=1 stores them as a service does that gets one at a time. */
static size_t together(void)
{
	const char *asked = getenv("TOGETHER");
	long n = asked ? strtol(asked, NULL, 10) : BATCH;
	return n > 0 && n < BATCH ? (size_t)n : BATCH;
}

static int fill_file(struct fill *f, const char *path, int statements, struct err *e)
{
	const size_t most = together();
	struct store_options o = {.path = path,
				  .readers = 1,
				  .reader_cache_mb = 8,
				  .writer_cache_mb = CACHE_MB,
				  .queue_max = 2 * BATCH,
				  .group_max = BATCH};
	struct store *s = store_open(&o, e);
	int rc = s ? store_seed(s, &f->k, e) : -1;
	/* As read by this engine: else the service reads all of it again while it is measured. */
	int64_t edition = s ? store_stats(s).reread.edition : 0;
	uint64_t articles = f->articles = (uint64_t)statements / STATEMENTS_EACH;
	for (uint64_t i = 0; rc == 0 && i < articles;) {
		size_t n = 0;
		arena_init(&f->arena, BATCH_BYTES);
		for (; n < most && i < articles; n++, i++) {
			make_article(f, &f->writes[n], i);
			f->writes[n].edition = edition;
			f->refs[n] = &f->writes[n];
		}
		rc = store_write_all(s, f->refs, n, e);
		arena_release(&f->arena);
	}
	store_close(s);
	return rc;
}

int bench_fill_file(const char *path, int statements, struct err *e)
{
	struct fill *f = calloc(1, sizeof *f);
	struct engine *en = engine_open(e);
	int rc = -1;
	if (f && en) {
		f->k = engine_knowledge(en);
		rc = fill_file(f, path, statements, e);
	}
	free(f);
	engine_close(en);
	return rc;
}

int bench_fill(struct bench *b, struct err *e)
{
	struct fill *f = calloc(1, sizeof *f);
	struct engine *en = engine_open(e);
	int rc = -1;
	if (!f || !en)
		goto out;
	f->k = engine_knowledge(en);
	int64_t began = now_monotonic_ns();
	if (access(b->large, F_OK) == 0 && access(b->small, F_OK) == 0) {
		report_note("databases of an earlier run in %s", b->folder);
		rc = 0;
		goto out;
	}
	if (fill_file(f, b->small, b->statements / 10, e) ||
	    fill_file(f, b->large, b->statements, e))
		goto out;
	report_note("databases filled in %.0f s: %zu actors, %zu issues",
		    (double)(now_monotonic_ns() - began) / 1e9, f->k.n_actors, f->k.n_issues);
	rc = 0;
out:
	free(f);
	engine_close(en);
	return rc;
}
