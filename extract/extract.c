/* The engine: the tables it reads once, and the steps that one article goes through. */
#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "extract/annotation.h"
#include "extract/engine.h"
#include "extract/entity/taught.h"
#include "extract/issue/headline.h"
#include "extract/issue/issue.h"
#include "extract/issue/issue_table.h"
#include "extract/stance/classifier.h"
#include "extract/stance/positions.h"
#include "extract/statement.h"
#include "extract/syntax/syntax.h"
#include "extract/text/language.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "extract/text/turn.h"
#include "extract/time/words.h"

struct actor_table {
	struct gazetteer gazetteer;
};

struct engine *engine_open_without_positions(struct err *e)
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
	en->issues = issue_table_open(en->lexicon, en->lemmas, en->syntax, NULL, 0, e);
	en->time_words = en->issues ? time_words_open(e) : NULL;
	en->classifier = en->time_words ? classifier_open(en->lexicon, NULL, e) : NULL;
	if (en->classifier)
		return en;
fail:
	engine_close(en);
	return NULL;
}

struct engine *engine_open(struct err *e)
{
	struct engine *en = engine_open_without_positions(e);
	if (en && (en->reader = position_reader_open(NULL, e)) != NULL) {
		en->positions_sure = POSITIONS_SURE;
		return en;
	}
	engine_close(en);
	return NULL;
}

void engine_close(struct engine *en)
{
	if (!en)
		return;
	position_reader_close(en->reader);
	classifier_close(en->classifier);
	time_words_close(en->time_words);
	issue_table_close(en->issues);
	gazetteer_close(&en->gazetteer);
	attribution_model_close(&en->attribution);
	lemmas_close(en->lemmas);
	lexicon_close(en->lexicon);
	syntax_close(en->syntax);
	free(en);
}

static bool is_english(struct str language)
{
	return language.n == 0 ||
	       (language.n >= 2 && str_eq_nocase(str_sub(language, 0, 2), STR("en")) &&
		(language.n == 2 || language.p[2] == '-' || language.p[2] == '_'));
}

enum unread engine_unread(const struct article *article)
{
	if (!is_english(article->language))
		return UNREAD_LANGUAGE_GIVEN;
	return language_is_foreign(article->text) ? UNREAD_LANGUAGE_FOUND : UNREAD_NO;
}

const char *unread_name(enum unread why)
{
#define X(name, word) word,
	static const char *const names[] = {UNREADS(X)};
#undef X
	return names[why];
}

/* Text that is not UTF-8 is an error in any language. */
static bool is_foreign(const struct article *article)
{
	return engine_unread(article) != UNREAD_NO &&
	       utf8_valid_prefix(article->text) == article->text.n;
}

static const struct gazetteer *gazetteer_of(const struct engine *en, struct engine_tables tables)
{
	return tables.actors ? &tables.actors->gazetteer : &en->gazetteer;
}

int engine_extract_on(const struct engine *en, struct engine_tables tables,
		      const struct article *article, struct arena *a, struct extraction *out,
		      struct err *e)
{
	struct analysis an;
	*out = (struct extraction){0};
	if (is_foreign(article))
		return 0;
	if (engine_analyze_on(en, gazetteer_of(en, tables), article, a, &an, e) < 0)
		return -1;
	if (analysis_end(a, statements_make(en, tables.issues, &an, out), e) == 0)
		return 0;
	*out = (struct extraction){0};
	return -1;
}

int engine_extract(const struct engine *en, const struct article *article, struct arena *a,
		   struct extraction *out, struct err *e)
{
	return engine_extract_on(en, (struct engine_tables){0}, article, a, out, e);
}

struct issue_table *engine_issues_open(const struct engine *en, const struct issue *extra, size_t n,
				       struct err *e)
{
	return issue_table_open(en->lexicon, en->lemmas, en->syntax, extra, n, e);
}

void engine_issues_close(struct issue_table *issues)
{
	issue_table_close(issues);
}

struct actor_table *engine_actors_open(const struct engine *en, const struct actor *v, size_t n,
				       size_t n_yielding, struct err *e)
{
	struct actor_table *actors = calloc(1, sizeof *actors);
	if (!actors) {
		arena_full(e);
		return NULL;
	}
	if (gazetteer_open(&actors->gazetteer, en->lexicon, e) == 0 &&
	    gazetteer_teach(&actors->gazetteer, en->lexicon, v, n, n_yielding, e) == 0)
		return actors;
	engine_actors_close(actors);
	return NULL;
}

void engine_actors_close(struct actor_table *actors)
{
	if (!actors)
		return;
	gazetteer_close(&actors->gazetteer);
	free(actors);
}

int engine_annotate(const struct engine *en, const struct article *article, struct arena *a,
		    struct annotation *out, struct err *e)
{
	struct analysis an;
	*out = (struct annotation){0};
	if (is_foreign(article))
		return 0;
	if (engine_analyze(en, article, a, &an, e) < 0)
		return -1;
	int rc = statements_make(en, NULL, &an, &out->found);
	if (rc == 0)
		rc = annotation_make(&an, out);
	if (analysis_end(a, rc, e) == 0)
		return 0;
	*out = (struct annotation){0};
	return -1;
}

int engine_sentences(const struct engine *en, struct str text, struct arena *a, struct spans *out,
		     struct err *e)
{
	struct text t = {0};
	*out = (struct spans){0};
	if (utf8_valid_prefix(text) != text.n)
		return err_set(e, ERR_INPUT, "text", "text is not UTF-8");
	int rc = text_tokenize(&t, text, en->lexicon, a) < 0 || text_find_turns(&t, a) < 0 ||
				 text_find_quotes(&t, a) < 0 || text_find_sentences(&t, a) < 0
			 ? -1
			 : 0;
	struct span *v = rc ? NULL : arena_array(a, t.n_sentences, sizeof *v);
	for (size_t i = 0; v && i < t.n_sentences; i++)
		v[i] = text_span(&t, t.sentences[i].first, t.sentences[i].end - 1);
	if (analysis_end(a, v ? 0 : -1, e))
		return -1;
	*out = (struct spans){v, t.n_sentences};
	return 0;
}

int engine_topic(const struct engine *en, struct str headline, struct arena *a, struct topic *out,
		 struct err *e)
{
	return analysis_end(a, issue_topic_of(en->issues, en->lexicon, headline, a, out), e);
}

int engine_explain_on(const struct engine *en, struct engine_tables tables,
		      const struct article *article, const struct statement *only, struct arena *a,
		      struct explanations *out, struct err *e)
{
	struct analysis an;
	struct extraction found;
	*out = (struct explanations){0};
	if (is_foreign(article))
		return 0;
	if (engine_analyze_on(en, gazetteer_of(en, tables), article, a, &an, e) < 0)
		return -1;
	int rc = statements_make(en, tables.issues, &an, &found);
	if (rc == 0)
		rc = explanations_make(&en->attribution, &an, &found, only, a, out);
	if (analysis_end(a, rc, e) == 0)
		return 0;
	*out = (struct explanations){0};
	return -1;
}

int engine_explain(const struct engine *en, const struct article *article,
		   const struct statement *only, struct arena *a, struct explanations *out,
		   struct err *e)
{
	return engine_explain_on(en, (struct engine_tables){0}, article, only, a, out, e);
}

struct knowledge engine_knowledge(const struct engine *en)
{
	struct knowledge k = {.engine = STR(ENGINE_VERSION),
			      .actors = en->gazetteer.actors,
			      .n_actors = en->gazetteer.n_actors};
	k.issues = issue_table_all(en->issues, &k.n_issues);
	return k;
}
