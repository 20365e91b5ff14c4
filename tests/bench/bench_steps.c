/* Where the engine's time goes: its steps over the same articles, each timed alone. The order is
 * that of extract/extract.c. */
#include <time.h>

#include "extract/analysis.h"
#include "extract/attribution/attributions.h"
#include "extract/attribution/model.h"
#include "extract/entity/coref.h"
#include "extract/entity/entities.h"
#include "extract/statement.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/lexicon.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"

enum { ARTICLES = 48, ARTICLE_BYTES = 4096, ARENA_MAX = 64 << 20 };

/* What the engine has open, and one article on its way. */
struct steps {
	struct lexicon *lexicon;
	struct syntax *syntax;
	struct lemmas *lemmas;
	struct attribution_model attribution;
	struct gazetteer gazetteer;
	struct issue_table *issues;
	struct time_words *times;
	struct arena arena;
	struct str text;
	struct analysis r;
	struct extraction found;
};

static int tokenize(struct steps *s)
{
	return text_tokenize(&s->r.text, s->text, s->lexicon, &s->arena);
}

static int cut(struct steps *s)
{
	return text_find_quotes(&s->r.text, &s->arena) < 0
		       ? -1
		       : text_find_sentences(&s->r.text, &s->arena);
}

static int parse(struct steps *s)
{
	return text_parse(&s->r.text, s->syntax, &s->arena) < 0
		       ? -1
		       : text_find_segments(&s->r.text, &s->arena);
}

static int plant(struct steps *s)
{
	return forest_make(&s->r.forest, &s->r.text, s->lemmas, &s->arena);
}

static int find_cast(struct steps *s)
{
	return entities_find(&s->r.entities, &s->r.text, &s->gazetteer, s->lexicon, s->r.published,
			     &s->arena);
}

static int find_times(struct steps *s)
{
	return times_find(s->times, &s->r.text, s->r.published, &s->arena, &s->r.times);
}

static int attribute(struct steps *s)
{
	struct scene scene = {&s->r.text, &s->r.forest, &s->r.entities, &s->attribution, &s->arena};
	return attributions_find(&scene, s->lexicon, &s->r.attributions);
}

static int join_quotes(struct steps *s)
{
	return attributions_join_quotes(&s->r.text, &s->arena, &s->r.attributions);
}

static int resolve(struct steps *s)
{
	return coref_resolve(&s->r.entities, &s->gazetteer.coref);
}

static int make(struct steps *s)
{
	return statements_make(s->issues, &s->r.entities, &s->r.attributions, &s->r.times,
			       s->r.published, &s->found) < 0
		       ? -1
		       : entities_finish(&s->r.entities);
}

static const struct {
	const char *name;
	int (*run)(struct steps *);
} steps[] = {
	{"tokens", tokenize},
	{"quotations, sentences", cut},
	{"tags, trees, segments", parse},
	{"lemmas, yields", plant},
	{"mentions", find_cast},
	{"times", find_times},
	{"attributions", attribute},
	{"loose quotations", join_quotes},
	{"coreference", resolve},
	{"statements", make},
};

enum { STEPS = sizeof steps / sizeof steps[0] };

static double cpu_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int run_article(struct steps *s, struct str text, double *spent, struct err *e)
{
	s->text = text;
	s->r = (struct analysis){.published = DAY_NONE};
	s->found = (struct extraction){0};
	if (!day_parse(STR("2024-04-26"), &s->r.published))
		return -1;
	arena_init(&s->arena, ARENA_MAX);
	int rc = 0;
	for (size_t k = 0; k < STEPS && rc == 0; k++) {
		double began = cpu_now();
		rc = steps[k].run(s);
		spent[k] += cpu_now() - began;
	}
	arena_release(&s->arena);
	return rc < 0 ? arena_full(e) : 0;
}

static double wall_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int open_all(struct bench *b, struct steps *s, struct err *e)
{
	s->lexicon = lexicon_open(e);
	double began = wall_now();
	s->syntax = s->lexicon ? syntax_open(NULL, e) : NULL;
	bool is_open = s->syntax && attribution_model_open(&s->attribution, NULL, e) == 0;
	report_line(&b->report, "opening the models, their checksums included", AT_MOST, 50,
		    1e3 * (wall_now() - began), " ms",
		    "the models lie in the program; 21 MB are read");
	s->lemmas = is_open ? lemmas_open(e) : NULL;
	if (!s->lemmas || gazetteer_open(&s->gazetteer, s->lexicon, e) < 0)
		return -1;
	s->issues = issue_table_open(s->lexicon, s->syntax, NULL, 0, e);
	s->times = s->issues ? time_words_open(e) : NULL;
	return s->times ? 0 : -1;
}

static void close_all(struct steps *s)
{
	time_words_close(s->times);
	issue_table_close(s->issues);
	gazetteer_close(&s->gazetteer);
	attribution_model_close(&s->attribution);
	lemmas_close(s->lemmas);
	syntax_close(s->syntax);
	lexicon_close(s->lexicon);
}

int bench_steps(struct bench *b, struct err *e)
{
	static struct steps s;
	double spent[STEPS] = {0}, all = 0;
	size_t tokens = 0;
	int rc = open_all(b, &s, e);
	for (size_t i = 0; i < ARTICLES && rc == 0; i++) {
		struct buf text;
		buf_init(&text, 1 << 20);
		prose_text(&text, i, ARTICLE_BYTES);
		rc = run_article(&s, buf_str(&text), spent, e);
		tokens += s.r.text.n_tokens;
		buf_release(&text);
	}
	for (size_t k = 0; k < STEPS; k++)
		all += spent[k];
	for (size_t k = 0; k < STEPS && rc == 0; k++)
		report_line(&b->report, steps[k].name, JUST_SAID, 0, 100 * spent[k] / all, "%",
			    "of the engine's time; %.2f us a token",
			    1e6 * spent[k] / (double)tokens);
	close_all(&s);
	return rc;
}
