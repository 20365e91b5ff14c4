/* Where the engine's time goes: its steps over the same articles, each timed alone. The order is
 * that of extract/extract.c. */

#include "base/clock.h"
#include "extract/analysis.h"
#include "extract/attribution/attributions.h"
#include "extract/attribution/model.h"
#include "extract/attribution/quotation.h"
#include "extract/engine.h"
#include "extract/entity/coref.h"
#include "extract/entity/entities.h"
#include "extract/entity/recognition.h"
#include "extract/extract.h"
#include "extract/statement.h"
#include "extract/syntax/syntax.h"
#include "extract/syntax/text_parse.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "extract/time/time.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"

enum { ARTICLES = 48, ARTICLE_BYTES = 4096, ARENA_MAX = 64 << 20 };

/* What the engine has open, and one article on its way. */
struct steps {
	struct engine *en;
	struct arena arena;
	struct str text;
	struct analysis r;
	struct extraction found;
};

static int tokenize(struct steps *s)
{
	return text_tokenize(&s->r.text, s->text, s->en->lexicon, &s->arena);
}

static int cut(struct steps *s)
{
	return text_find_quotes(&s->r.text, &s->arena) < 0
		       ? -1
		       : text_find_sentences(&s->r.text, &s->arena);
}

static int parse(struct steps *s)
{
	return text_parse(&s->r.text, s->en->syntax, &s->arena) < 0
		       ? -1
		       : text_find_segments(&s->r.text, &s->arena);
}

static int plant(struct steps *s)
{
	return text_find_lemmas(&s->r.text, s->en->lemmas, &s->arena) < 0
		       ? -1
		       : forest_make(&s->r.forest, &s->r.text, &s->arena);
}

static int find_cast(struct steps *s)
{
	return entities_find(&s->r.entities, &s->r.text, &s->en->gazetteer, s->en->lexicon,
			     STR_EMPTY, STR_EMPTY, s->r.published, &s->arena);
}

static int find_times(struct steps *s)
{
	return times_find(s->en->time_words, &s->r.text, s->r.published, &s->arena, &s->r.times);
}

static int attribute(struct steps *s)
{
	struct context context = {
		&s->r.text,	&s->r.forest,
		&s->r.entities, &s->en->attribution,
		&s->arena,	reading_rows_make(&s->en->attribution.network, &s->arena)};
	return attributions_find(&context, &s->r.attributions);
}

static int join_quotes(struct steps *s)
{
	return attributions_join_quotes(&s->r.text, &s->arena, &s->r.attributions);
}

static int resolve(struct steps *s)
{
	return coref_resolve(&s->r.entities, &s->en->gazetteer.coref);
}

static int make(struct steps *s)
{
	return statements_make(s->en, NULL, &s->r, &s->found);
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
		int64_t began = now_thread_ns();
		rc = steps[k].run(s);
		spent[k] += (double)(now_thread_ns() - began) / 1e9;
	}
	arena_release(&s->arena);
	return rc < 0 ? arena_full(e) : 0;
}

static struct engine *open_engine(struct bench *b, struct err *e)
{
	int64_t began = now_monotonic_ns();
	struct engine *en = engine_open(e);
	report_line(&b->report, "opening the engine, its models' checksums included", AT_MOST, 50,
		    (double)(now_monotonic_ns() - began) / 1e6, " ms",
		    "tables and models lie in the program; 21 MB are read");
	return en;
}

int bench_steps(struct bench *b, struct err *e)
{
	static struct steps s;
	double spent[STEPS] = {0}, all = 0;
	size_t tokens = 0;
	s.en = open_engine(b, e);
	int rc = s.en ? 0 : -1;
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
	engine_close(s.en);
	return rc;
}
