/* The steps of an article in their order, up to coreference. */
#include "extract/analysis.h"

#include <string.h>

#include "base/utf8.h"
#include "extract/attribution/attributions.h"
#include "extract/attribution/nesting.h"
#include "extract/attribution/points.h"
#include "extract/attribution/quotation.h"
#include "extract/attribution/tidy.h"
#include "extract/attribution/turns.h"
#include "extract/engine.h"
#include "extract/entity/coref.h"
#include "extract/entity/label.h"
#include "extract/entity/monologue.h"
#include "extract/entity/recognition.h"
#include "extract/syntax/text_parse.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "extract/text/turn.h"
#include "extract/time/time.h"

int analysis_end(const struct arena *a, int rc, struct err *e)
{
	return rc < 0 || (a->budget && a->budget->end != BUDGET_LASTS) ? budget_fail(a->budget, e)
								       : 0;
}

/* Takes out the turns whose label is a name and no person's: what stands behind it is prose. */
static void drop_headings(struct text *t, struct referent *speakers)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n_turns; i++) {
		if (t->turns[i].is_name && !speakers[i].actor)
			continue;
		t->turns[n] = t->turns[i];
		speakers[n++] = speakers[i];
	}
	t->n_turns = n;
}

/* Who answers in all of a text's turns, more than once; NULL for several. */
static const struct referent *only_answerer(const struct analysis *an)
{
	const struct referent *found = NULL;
	size_t n = 0;
	for (size_t i = 0; i < an->text.n_turns; i++) {
		const struct referent *who = &an->speakers[i];
		if (an->text.turns[i].is_question)
			continue;
		if (!who->actor || (found && found->actor != who->actor))
			return NULL;
		found = who;
		n++;
	}
	return n > 1 ? found : NULL;
}

/* What stands above the first label in the first person is of who answers below: "Ladies and
 * gentlemen, I have just met the President." */
static int add_opening(struct analysis *an)
{
	enum { WORDS_LEAST = 40, OF_THOUSAND = 10 };
	struct text *t = &an->text;
	const struct referent *who = only_answerer(an);
	uint32_t words = 0, persons = 0, end = who ? t->turns[0].label.first : 0;
	for (uint32_t i = 0; i < end; i++) {
		words += (t->tokens[i].flags & TOK_WORD) && !t->tokens[i].quote;
		persons += !t->tokens[i].quote && text_is_in(t, i, SET_FIRST_PERSON_ANY);
	}
	if (words < WORDS_LEAST || 1000 * persons < OF_THOUSAND * words)
		return 0;
	struct arena *a = an->entities.a;
	struct turn *turns = arena_array(a, t->n_turns + 1, sizeof *turns);
	struct referent *speakers = arena_array(a, t->n_turns + 1, sizeof *speakers);
	if (!turns || !speakers)
		return -1;
	turns[0] = (struct turn){.label = RANGE_NONE, .first = 0, .end = end};
	speakers[0] = *who;
	memcpy(turns + 1, t->turns, t->n_turns * sizeof *turns);
	memcpy(speakers + 1, an->speakers, t->n_turns * sizeof *speakers);
	t->turns = turns;
	an->speakers = speakers;
	t->n_turns++;
	return 0;
}

/* "X released the following statement:" and what follows tells the speaker better than a title. */
static bool is_mostly_blocks(const struct text *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n_turns; i++)
		n += t->turns[i].end - t->turns[i].first;
	return 2 * n > t->n_tokens;
}

static int add_issuer(struct analysis *an, struct referent who)
{
	struct text *t = &an->text;
	uint32_t end = (uint32_t)t->n_tokens;
	size_t cap = t->n_turns;
	if (!who.actor)
		return 0;
	if (arena_grow(an->entities.a, (void **)&t->turns, &cap, t->n_turns + 1, sizeof *t->turns) <
	    0)
		return -1;
	t->turns[t->n_turns] = (struct turn){.label = RANGE_NONE, .first = end, .end = end};
	an->speakers[t->n_turns++] = who;
	t->issuer = (uint32_t)t->n_turns;
	return 0;
}

/* A text without labels may be one person's as a whole, and then is one turn. */
static int find_monologue(const struct article *article, struct analysis *an)
{
	struct text *t = &an->text;
	struct arena *a = an->entities.a;
	struct referent who, issuer;
	uint32_t first;
	int found = monologue_find(&an->entities, article, &who, &first);
	if (found < 0 || issuer_find(&an->entities, article, &issuer) < 0)
		return -1;
	bool is_known = who.actor || (!issuer.actor && t->n_turns == 0);
	bool is_one = found && !is_mostly_blocks(t) && is_known;
	if (is_one) {
		t->turns = arena_array(a, 1, sizeof *t->turns);
		if (!t->turns)
			return -1;
		t->turns[0] = (struct turn){.label = RANGE_NONE,
					    .first = first,
					    .end = (uint32_t)t->n_tokens,
					    .is_prose = found == MONOLOGUE_WRITTEN};
		t->n_turns = 1;
	}
	an->speakers = arena_array(a, t->n_turns + 1, sizeof *an->speakers);
	if (!an->speakers)
		return -1;
	if (is_one)
		an->speakers[0] = who;
	entities_find_home(&an->entities, an->speakers, t->n_turns);
	return is_one ? 0 : add_issuer(an, issuer);
}

/* Who speaks in the turns of a text; those of blocks are known once their cues are. */
static int find_speakers(const struct article *article, struct analysis *an)
{
	struct text *t = &an->text;
	if (t->n_turns > 0 && !t->turns[0].cue) {
		if (entities_of_labels(&an->entities, article->title, article->author,
				       &an->speakers) < 0)
			return -1;
		drop_headings(t, an->speakers);
		if (t->n_turns > 0)
			return add_opening(an);
	}
	return find_monologue(article, an);
}

static int find_all(const struct engine *en, const struct gazetteer *actors,
		    const struct article *article, struct arena *a, struct analysis *an)
{
	struct text *t = &an->text;
	struct context context = {t, &an->forest, &an->entities, &en->attribution, a, NULL};
	if (text_tokenize(t, article->text, en->lexicon, a) < 0 || text_find_turns(t, a) < 0 ||
	    text_find_quotes(t, a) < 0 || text_find_sentences(t, a) < 0 ||
	    text_parse(t, en->syntax, a) < 0 || text_find_segments(t, a) < 0 ||
	    text_find_lemmas(t, en->lemmas, a) < 0 || forest_make(&an->forest, t, a) < 0)
		return -1;
	if (entities_find(&an->entities, t, actors, en->lexicon, article->title, article->outlet,
			  an->published, a) < 0 ||
	    times_find(en->time_words, t, an->published, a, &an->times) < 0)
		return -1;
	context.rows = reading_rows_make(&en->attribution.network, a);
	if (!context.rows || find_speakers(article, an) < 0)
		return -1;
	an->entities.speakers = an->speakers;
	if (attributions_find(&context, &an->attributions) < 0)
		return -1;
	attributions_tidy(&context, &an->attributions);
	if (attributions_add_points(&context, &an->attributions) < 0 ||
	    attributions_add_turns(&context, &an->attributions) < 0 ||
	    attributions_join_quotes(t, a, &an->attributions) < 0 ||
	    attributions_mark_nested(t, a, &an->attributions) < 0)
		return -1;
	return coref_resolve(&an->entities, &actors->coref);
}

int engine_analyze_on(const struct engine *en, const struct gazetteer *actors,
		      const struct article *article, struct arena *a, struct analysis *an,
		      struct err *e)
{
	*an = (struct analysis){.published = article_day(article), .title = article->title};
	if (utf8_valid_prefix(article->text) != article->text.n)
		return err_set(e, ERR_INPUT, "text", "text is not UTF-8");
	if (article->text.n > UINT32_MAX / 2)
		return err_set(e, ERR_TOO_LARGE, "text", "text is too long");
	return analysis_end(a, find_all(en, actors, article, a, an), e);
}

int engine_analyze(const struct engine *en, const struct article *article, struct arena *a,
		   struct analysis *an, struct err *e)
{
	return engine_analyze_on(en, &en->gazetteer, article, a, an, e);
}
