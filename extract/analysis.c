/* The steps of an article in their order, up to coreference. */
#include "extract/analysis.h"

#include "base/utf8.h"
#include "extract/attribution/attributions.h"
#include "extract/engine.h"
#include "extract/entity/coref.h"
#include "extract/entity/recognition.h"
#include "extract/syntax/text_parse.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "extract/time/time.h"

int analysis_end(const struct arena *a, int rc, struct err *e)
{
	return rc < 0 || (a->budget && a->budget->end != BUDGET_LASTS) ? budget_fail(a->budget, e)
								       : 0;
}

static int read_text(const struct engine *en, const struct article *article, struct arena *a,
		     struct analysis *r)
{
	struct text *t = &r->text;
	struct context context = {t, &r->forest, &r->entities, &en->attribution, a};
	if (text_tokenize(t, article->text, en->lexicon, a) < 0 || text_find_quotes(t, a) < 0 ||
	    text_find_sentences(t, a) < 0 || text_parse(t, en->syntax, a) < 0 ||
	    text_find_segments(t, a) < 0 || forest_make(&r->forest, t, en->lemmas, a) < 0)
		return -1;
	if (entities_find(&r->entities, t, &en->gazetteer, en->lexicon, article->title,
			  r->published, a) < 0 ||
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
	return analysis_end(a, read_text(en, article, a, r), e);
}
