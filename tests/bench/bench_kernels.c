/* The engine by each kernel (extract/syntax/kernels.h), and by floats in vectors as wide: words a
 * second of one thread's CPU time, in turns of a few articles. */
#include <stdio.h>

#include "base/clock.h"
#include "base/hash.h"
#include "extract/extract.h"
#include "extract/syntax/kernels.h"
#include "tests/bench/bench.h"
#include "tests/bench/float_products.h"
#include "tests/bench/prose.h"

enum { ARTICLES = 96, TOGETHER = 8, ARTICLE_BYTES = 4096, ARENA_MAX = 64 << 20, WAYS_MAX = 6 };

/* One way to multiply, and what it came to. Of the rounds the least time of each article counts:
 * what else the machine does only adds to it. */
struct way {
	const struct kernel *kernel;
	bool are_floats;
	double spent[ARTICLES]; /* seconds */
	int articles, same;
};

/* The articles, and of each what the first way tells of it. */
struct work {
	struct buf texts[ARTICLES];
	uint64_t told[ARTICLES];
	size_t words;
	struct way ways[WAYS_MAX];
	int n_ways;
};

static uint64_t add(uint64_t hash, struct str s)
{
	return hash_bytes(s, hash);
}

/* All of the statements but how sure they are. */
static uint64_t hash_of(const struct extraction *x)
{
	uint64_t hash = x->n_statements;
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i];
		const int stance[] = {s->stance.act, s->stance.position, s->stance.target_position,
				      s->polarity, s->modality};
		hash = add(hash, s->content);
		hash = add(hash, s->speaker ? s->speaker->id : STR_EMPTY);
		hash = add(hash, s->stance.target ? s->stance.target->id : STR_EMPTY);
		hash = add(hash, (struct str){(const char *)stance, sizeof stance});
		for (size_t k = 0; k < s->n_issues; k++)
			hash = add(hash, s->issues[k].issue->id);
	}
	return hash;
}

/* Some articles by one way; the first way's statements are what the others' are compared with. */
static int run_some(const struct engine *en, struct work *w, struct way *way, size_t first,
		    struct err *e)
{
	kernel_choose(way->kernel);
	float_products_choose(way->are_floats);
	for (size_t i = first; i < first + TOGETHER; i++) {
		struct article article = article_of(buf_str(&w->texts[i]), STR("2024-04-26"));
		struct extraction x;
		struct arena arena;
		arena_init(&arena, ARENA_MAX);
		int64_t began = now_thread_ns();
		int rc = engine_extract(en, &article, &arena, &x, e);
		const double spent = (double)(now_thread_ns() - began) / 1e9;
		if (way->articles < ARTICLES || spent < way->spent[i])
			way->spent[i] = spent;
		uint64_t hash = rc ? 0 : hash_of(&x);
		arena_release(&arena);
		if (rc)
			return -1;
		if (way == w->ways)
			w->told[i] = hash;
		way->same += hash == w->told[i];
		way->articles++;
	}
	return 0;
}

static int run_all(const struct engine *en, struct work *w, int rounds, struct err *e)
{
	for (int round = 0; round < rounds; round++)
		for (size_t first = 0; first < ARTICLES; first += TOGETHER)
			for (int k = 0; k < w->n_ways; k++)
				if (run_some(en, w, &w->ways[k], first, e))
					return -1;
	return 0;
}

static void find_ways(struct work *w)
{
	for (size_t k = 0; k < n_kernels && w->n_ways + 1 < WAYS_MAX; k++)
		for (int are_floats = 0; are_floats < 2 && kernels[k]->runs_here(); are_floats++)
			w->ways[w->n_ways++] =
				(struct way){.kernel = kernels[k], .are_floats = are_floats};
}

static double rate(const struct work *w, const struct way *way)
{
	double spent = 0;
	for (size_t i = 0; i < ARTICLES; i++)
		spent += way->spent[i];
	return (double)w->words / spent;
}

/* Each kernel beside the floats of its width. */
static void tell(struct bench *b, const struct work *w)
{
	for (int k = 0; k + 1 < w->n_ways; k += 2) {
		const struct way *bytes = &w->ways[k], *floats = bytes + 1;
		const char *name = bytes->kernel->name;
		char what[80];
		snprintf(what, sizeof what, "words by bytes, of those by floats: %s", name);
		enum sense sense = bytes->kernel == &kernel_plain ? JUST_SAID : AT_LEAST;
		report_line(&b->report, what, sense, k == 0 && w->n_ways > 2 * 2 ? 2.4 : 1.5,
			    rate(w, bytes) / rate(w, floats), " x",
			    "%.1f k words a second for %.1f k; of %d articles the same statements "
			    "as by %s: %d, by floats %d",
			    rate(w, bytes) / 1e3, rate(w, floats) / 1e3, bytes->articles,
			    w->ways[0].kernel->name, bytes->same, floats->same);
	}
}

int bench_kernels(struct bench *b, struct err *e)
{
	static struct work w;
	struct engine *en = engine_open(e);
	find_ways(&w);
	for (size_t i = 0; i < ARTICLES; i++) {
		buf_init(&w.texts[i], 1 << 20);
		prose_text(&w.texts[i], i, ARTICLE_BYTES);
		w.words += prose_words(buf_str(&w.texts[i]));
	}
	int rc = en ? run_all(en, &w, b->rounds, e) : -1;
	if (rc == 0)
		tell(b, &w);
	kernel_choose(NULL);
	float_products_choose(false);
	for (size_t i = 0; i < ARTICLES; i++)
		buf_release(&w.texts[i]);
	engine_close(en);
	return rc;
}
