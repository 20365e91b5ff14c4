/* The steps of an article in their order, up to coreference. */
#include "extract/analysis.h"

#include "base/utf8.h"
#include "extract/attribution/attributions.h"
#include "extract/attribution/quotation.h"
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

static int find_all(const struct engine *en, const struct article *article, struct arena *a,
		    struct analysis *an)
{
	struct text *t = &an->text;
	struct context context = {t, &an->forest, &an->entities, &en->attribution, a};
	if (text_tokenize(t, article->text, en->lexicon, a) < 0 || text_find_quotes(t, a) < 0 ||
	    text_find_sentences(t, a) < 0 || text_parse(t, en->syntax, a) < 0 ||
	    text_find_segments(t, a) < 0 || text_find_lemmas(t, en->lemmas, a) < 0 ||
	    forest_make(&an->forest, t, a) < 0)
		return -1;
	if (entities_find(&an->entities, t, &en->gazetteer, en->lexicon, article->title,
			  an->published, a) < 0 ||
	    times_find(en->time_words, t, an->published, a, &an->times) < 0)
		return -1;
	if (attributions_find(&context, &an->attributions) < 0 ||
	    attributions_join_quotes(t, a, &an->attributions) < 0)
		return -1;
	return coref_resolve(&an->entities, &en->gazetteer.coref);
}

int engine_analyze(const struct engine *en, const struct article *article, struct arena *a,
		   struct analysis *an, struct err *e)
{
	*an = (struct analysis){.published = article_day(article), .title = article->title};
	if (utf8_valid_prefix(article->text) != article->text.n)
		return err_set(e, ERR_INPUT, "text", "text is not UTF-8");
	if (article->text.n > UINT32_MAX / 2)
		return err_set(e, ERR_TOO_LARGE, "text", "text is too long");
	return analysis_end(a, find_all(en, article, a, an), e);
}
