/* The engine: the tables it reads once, and the steps that one article goes through. */
#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "extract/annotation.h"
#include "extract/attribution/attributions.h"
#include "extract/attribution/model.h"
#include "extract/entity/coref.h"
#include "extract/issue/issue.h"
#include "extract/stance/stance.h"
#include "extract/statement.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/lexicon.h"
#include "extract/time/time.h"

#define ENGINE_VERSION "0.5.0"

struct engine {
	struct syntax *syntax;
	struct lemmas *lemmas;
	struct attribution_model attribution;
	struct lexicon *lexicon;
	struct issue_table *issues;
	struct gazetteer gazetteer;
	struct time_words *time_words;
};

struct engine *engine_open(struct err *e)
{
	struct engine *en = calloc(1, sizeof *en);
	if (!en) {
		arena_full(e);
		return NULL;
	}
	en->syntax = syntax_open(NULL, e);
	en->lexicon = en->syntax ? lexicon_open(e) : NULL;
	en->lemmas = en->lexicon ? lemmas_open(e) : NULL;
	if (!en->lemmas || attribution_model_open(&en->attribution, NULL, e) < 0 ||
	    gazetteer_open(&en->gazetteer, en->lexicon, e) < 0)
		goto fail;
	en->issues = issue_table_open(en->lexicon, en->syntax, NULL, 0, e);
	en->time_words = en->issues ? time_words_open(e) : NULL;
	if (en->time_words)
		return en;
fail:
	engine_close(en);
	return NULL;
}

void engine_close(struct engine *en)
{
	if (!en)
		return;
	time_words_close(en->time_words);
	issue_table_close(en->issues);
	gazetteer_close(&en->gazetteer);
	attribution_model_close(&en->attribution);
	lemmas_close(en->lemmas);
	lexicon_close(en->lexicon);
	syntax_close(en->syntax);
	free(en);
}

const char *engine_version(void)
{
	return ENGINE_VERSION;
}

static bool is_english(struct str language)
{
	return language.n == 0 ||
	       (language.n >= 2 && str_eq_nocase(str_sub(language, 0, 2), STR("en")) &&
		(language.n == 2 || language.p[2] == '-' || language.p[2] == '_'));
}

/* How a piece of work ends: nothing that was made under a budget that gave out is whole, whoever
 * saw it first. */
static int end_work(const struct arena *a, int rc, struct err *e)
{
	return rc < 0 || (a->budget && a->budget->end != BUDGET_LASTS) ? budget_fail(a->budget, e)
								       : 0;
}

static int read_text(const struct engine *en, struct str bytes, struct arena *a, struct analysis *r)
{
	struct text *t = &r->text;
	struct context context = {t, &r->forest, &r->entities, &en->attribution, a};
	if (text_tokenize(t, bytes, en->lexicon, a) < 0 || text_find_quotes(t, a) < 0 ||
	    text_find_sentences(t, a) < 0 || text_parse(t, en->syntax, a) < 0 ||
	    text_find_segments(t, a) < 0 || forest_make(&r->forest, t, en->lemmas, a) < 0)
		return -1;
	if (entities_find(&r->entities, t, &en->gazetteer, en->lexicon, r->published, a) < 0 ||
	    times_find(en->time_words, t, r->published, a, &r->times) < 0)
		return -1;
	if (attributions_find(&context, en->lexicon, &r->attributions) < 0 ||
	    attributions_join_quotes(t, a, &r->attributions) < 0)
		return -1;
	return coref_resolve(&r->entities, &en->gazetteer.coref);
}

int engine_analyze(const struct engine *en, const struct article *article, struct arena *a,
		   struct analysis *r, struct err *e)
{
	*r = (struct analysis){.published = DAY_NONE};
	if (utf8_valid_prefix(article->text) != article->text.n)
		return err_set(e, ERR_INPUT, "text", "text is not UTF-8");
	if (article->text.n > UINT32_MAX / 2)
		return err_set(e, ERR_TOO_LARGE, "text", "text is too long");
	if (!day_parse(article->published_at, &r->published))
		r->published = DAY_NONE;
	return end_work(a, read_text(en, article->text, a, r), e);
}

static int make_statements(const struct issue_table *issues, struct analysis *r,
			   struct extraction *out)
{
	return statements_make(issues, &r->entities, &r->attributions, &r->times, r->published,
			       out) < 0 ||
			       entities_finish(&r->entities) < 0
		       ? -1
		       : 0;
}

int engine_extract_on(const struct engine *en, const struct issue_table *issues,
		      const struct article *article, struct arena *a, struct extraction *out,
		      struct err *e)
{
	struct analysis r;
	*out = (struct extraction){0};
	if (!is_english(article->language) && utf8_valid_prefix(article->text) == article->text.n)
		return 0;
	if (engine_analyze(en, article, a, &r, e) < 0)
		return -1;
	if (end_work(a, make_statements(issues ? issues : en->issues, &r, out), e) == 0)
		return 0;
	*out = (struct extraction){0};
	return -1;
}

int engine_extract(const struct engine *en, const struct article *article, struct arena *a,
		   struct extraction *out, struct err *e)
{
	return engine_extract_on(en, NULL, article, a, out, e);
}

struct issue_table *engine_issues_open(const struct engine *en, const struct issue *extra, size_t n,
				       struct err *e)
{
	return issue_table_open(en->lexicon, en->syntax, extra, n, e);
}

void engine_issues_close(struct issue_table *issues)
{
	issue_table_close(issues);
}

int engine_annotate(const struct engine *en, const struct article *article, struct arena *a,
		    struct annotation *out, struct err *e)
{
	struct analysis r;
	*out = (struct annotation){0};
	if (!is_english(article->language) && utf8_valid_prefix(article->text) == article->text.n)
		return 0;
	if (engine_analyze(en, article, a, &r, e) < 0)
		return -1;
	int rc = make_statements(en->issues, &r, &out->found) < 0 || annotation_make(&r, out) < 0
			 ? -1
			 : 0;
	if (end_work(a, rc, e) == 0)
		return 0;
	*out = (struct annotation){0};
	return -1;
}

int engine_topic(const struct engine *en, struct str headline, struct arena *a, struct topic *out,
		 struct err *e)
{
	return end_work(a, issue_topic_of(en->issues, en->lexicon, headline, a, out), e);
}

int engine_explain(const struct engine *en, const struct article *article,
		   const struct statement *only, struct arena *a, struct explanations *out,
		   struct err *e)
{
	struct analysis r;
	struct extraction found;
	struct entities before;
	*out = (struct explanations){0};
	if (!is_english(article->language) && utf8_valid_prefix(article->text) == article->text.n)
		return 0;
	if (engine_analyze(en, article, a, &r, e) < 0)
		return -1;
	struct context context = {&r.text, &r.forest, &before, &en->attribution, a};
	int rc = make_statements(en->issues, &r, &found);
	if (rc == 0)
		rc = entities_find(&before, &r.text, &en->gazetteer, en->lexicon, r.published, a);
	if (rc == 0)
		rc = explanations_make(&r, &context, &found, only, out);
	if (end_work(a, rc, e) == 0)
		return 0;
	*out = (struct explanations){0};
	return -1;
}

struct knowledge engine_knowledge(const struct engine *en)
{
	struct knowledge k = {.engine = STR(ENGINE_VERSION),
			      .actors = en->gazetteer.actors,
			      .n_actors = en->gazetteer.n_actors};
	k.issues = issue_table_all(en->issues, &k.n_issues);
	return k;
}
