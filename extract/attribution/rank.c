/* From scores to attributions: the best content of each likely cue, the best source given that, the
 * cue's own span given both; then one prediction of the whole, by which what is told twice and what
 * is unlikely goes. */
#include "extract/attribution/hypothesis.h"

#include <math.h>
#include <string.h>

/* Log odds: one in ten; a signature; a cue inside of speech, of which the corpora mark few. */
static const float cue_least = -2.2f, signed_least = 3, nested_least = -1;

/* Cues of one sentence that are tried, each with hundreds of contents and sources. Among 1.9
 * million words of news the sentence with the most has 13; what has more is no prose, and its
 * further words are not asked. */
enum { SENTENCE_CUES_MAX = 32 };

struct choice candidates_choose(const struct candidates *c)
{
	struct choice r = {0};
	float top = -INFINITY, second = -INFINITY, sum = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].score > top) {
			second = top;
			top = c->v[i].score;
			r.best = i;
		} else if (c->v[i].score > second) {
			second = c->v[i].score;
		}
	}
	for (size_t i = 0; i < c->n; i++)
		sum += expf(c->v[i].score - top);
	r.lead = top - second > 5 ? 5 : top - second;
	r.log_p = -logf(sum);
	return r;
}

/* What is told inside of a speech does not end outside of it. */
static bool leaves_speech(const struct context *s, uint32_t cue, const struct candidate *c)
{
	uint32_t q = s->t->tokens[cue].quote;
	return s->t->tokens[c->part[0].first].quote != q ||
	       s->t->tokens[c->part[c->n_parts - 1].last].quote != q;
}

/* "the coalition, which, according to him, must go": he says no more than the relative clause. */
static bool leaves_clause(const struct context *s, uint32_t cue, const struct candidate *c)
{
	enum { CLIMB = 3, REACH = 40 };
	if (!text_is(s->t, cue, "according"))
		return false;
	uint32_t clause = s->t->tokens[cue].head;
	for (unsigned k = 0; k < CLIMB && context_class(s, clause) != CLASS_VERB; k++)
		clause = s->t->tokens[clause].head;
	for (uint32_t i = cue > REACH ? cue - REACH : 0; i < cue; i++)
		if (i >= s->f->left[clause] &&
		    (s->t->tokens[i].xpos == XPOS_WDT || s->t->tokens[i].xpos == XPOS_WP))
			return c->part[0].first < i;
	return false;
}

void contents_score(const struct context *s, const struct hypothesis *a, struct candidates *c)
{
	struct features f;
	for (size_t i = 0; i < c->n; i++) {
		if ((a->is_nested && leaves_speech(s, a->head, &c->v[i])) ||
		    leaves_clause(s, a->head, &c->v[i])) {
			c->v[i] = c->v[--c->n];
			i--;
			continue;
		}
		content_features(s, a->head, &c->v[i], &f);
		c->v[i].score = attribution_score(s->m, STAGE_CONTENT, &f);
	}
}

void sources_score(const struct context *s, uint32_t cue, const struct candidate *content,
		   struct candidates *c)
{
	struct features f;
	for (size_t i = 0; i < c->n; i++) {
		source_features(s, cue, content, &c->v[i], &f);
		c->v[i].score = attribution_score(s->m, STAGE_SOURCE, &f);
	}
}

static void choose_extent(const struct context *s, struct hypothesis *a, struct candidates *room)
{
	struct features f;
	extents_of(s, a->head, &a->content, room);
	for (size_t i = 0; i < room->n; i++) {
		extent_features(s, a->head, &a->content, &a->source, &room->v[i], &f);
		room->v[i].score = attribution_score(s->m, STAGE_EXTENT, &f);
	}
	a->cue = room->v[candidates_choose(room).best];
}

static bool in_speech(const struct context *s, uint32_t i)
{
	uint32_t q = s->t->tokens[i].quote;
	return q && s->t->quotes[q - 1].is_speech;
}

static void look_at_whole(const struct context *s, struct hypothesis *a, float cue,
			  const struct choice *content, const struct choice *source)
{
	float *w = a->whole;
	const struct token *k = &s->t->tokens[a->head];
	enum word_class class = context_class(s, a->head);
	struct range r = a->content.part[0];
	uint32_t q = s->t->tokens[r.first].quote;
	bool quoted = q && s->t->quotes[q - 1].open == r.first;
	memset(w, 0, WHOLE_FEATURES * sizeof *w);
	w[0] = 1;
	w[1] = cue > 6 ? 6 : cue;
	w[2] = cue < 0 ? cue : 0;
	w[3] = content->log_p;
	w[4] = content->lead;
	w[5] = source->log_p;
	w[6] = a->source.n_parts == 0;
	w[7] = source->lead;
	w[8 + (class == CLASS_VERB	  ? 0
	       : class == CLASS_NOUN	  ? 1
	       : class == CLASS_ADJECTIVE ? 2
					  : 3)] = 1;
	w[12] = !a->is_nested && in_speech(s, a->head);
	w[13] = k->quote && !in_speech(s, a->head);
	w[14 + a->content.generator] = 1;
	w[21] = quoted;
	w[22] = r.last - r.first < 2;
	w[23] = r.last - r.first > 40;
	if (a->source.n_parts) {
		uint64_t kind = context_kind(
			s, context_top(s, a->source.part[0].first, a->source.part[0].last));
		w[24] = kind == 2 + MENTION_PERSON;
		w[25] = a->source.part[0].first == a->source.part[0].last;
	}
	w[26] = s->f->sentence[r.first] != s->f->sentence[a->head];
	w[27] = w[12] * w[1];
	w[28] = w[21] * w[1];
	w[29] = a->content.n_parts > 1;
}

const char *hypothesis_whole_text(unsigned place)
{
	static const char *const texts[WHOLE_FEATURES] = {
		[0] = "how often such findings are right at all",
		[1] = "how likely the cue is a cue",
		[2] = "the cue is more likely no cue",
		[3] = "how likely the content is among all candidates",
		[4] = "how far the content is ahead of the next one",
		[5] = "how likely the source is among all candidates",
		[6] = "nobody is named as the source",
		[7] = "how far the source is ahead of the next one",
		[8] = "the cue is a verb",
		[9] = "the cue is a noun",
		[10] = "the cue is an adjective",
		[11] = "the cue is no verb, noun or adjective",
		[12] = "the cue stands inside of somebody's speech",
		[13] = "the cue stands among quoted words that are no speech",
		[14] = "the content follows the cue",
		[15] = "the content stands before the cue",
		[16] = "the content is made of whole quotations",
		[17] = "the content is what the sentence holds beside cue and source",
		[18] = "the content is the cue's subject with what follows the cue",
		[19] = "the content is the cue's subject",
		[20] = "the content is the phrase that the cue belongs to",
		[21] = "the content starts with a quotation mark",
		[22] = "the content is one or two words",
		[23] = "the content is longer than 40 words",
		[24] = "the source is a person's name",
		[25] = "the source is a single word",
		[26] = "the content starts in another sentence than the cue",
		[27] = "how likely the cue is a cue, inside of speech",
		[28] = "how likely the cue is a cue, with a quotation as its content",
		[29] = "the content is in two parts",
	};
	return place < WHOLE_FEATURES ? texts[place] : NULL;
}

static float whole_p(const struct attribution_model *m, const float *w)
{
	float z = 0;
	for (unsigned i = 0; i < WHOLE_FEATURES; i++)
		z += m->w->whole[i] * w[i];
	return 1 / (1 + expf(-z));
}

float hypothesis_cue(const struct context *s, struct hypothesis *a, struct features *f)
{
	cue_features(s, a->head, false, f);
	float score = attribution_score(s->m, STAGE_CUE, f);
	a->is_nested = score < cue_least && in_speech(s, a->head);
	if (a->is_nested) {
		cue_features(s, a->head, true, f);
		score = attribution_score(s->m, STAGE_CUE, f);
	}
	return cue_signs(s, a->head) && score < signed_least ? signed_least : score;
}

void hypothesis_fill(const struct context *s, struct hypothesis *a, float cue,
		     struct candidates *contents, struct candidates *room)
{
	struct choice content = {0}, source = {0};
	float best = -INFINITY;
	contents_of(s, a->head, contents);
	a->content.n_parts = 0;
	contents_score(s, a, contents);
	if (contents->n == 0)
		return;
	for (int k = 0; k < CONTENTS_TRIED && contents->n; k++) {
		struct choice c = candidates_choose(contents);
		if (k > 0 && contents->v[c.best].score < best - 4)
			break;
		sources_of(s, a->head, room);
		sources_score(s, a->head, &contents->v[c.best], room);
		struct choice src = candidates_choose(room);
		float together =
			(k ? content.log_p : c.log_p) + contents->v[c.best].score + src.log_p;
		if (k == 0)
			content = c;
		if (together > best) {
			best = together;
			a->content = contents->v[c.best];
			a->source = room->v[src.best];
			source = src;
		}
		contents->v[c.best].score = -1e9f;
		if (contents->n == 1)
			break;
	}
	choose_extent(s, a, room);
	look_at_whole(s, a, cue, &content, &source);
	a->p = whole_p(s->m, a->whole);
}

int hypotheses_rank(const struct context *s, struct hypotheses *out)
{
	struct features f;
	uint32_t sentence = FOREST_NONE, tried = 0;
	struct candidates *memory = arena_array(s->a, 2, sizeof *memory);
	*out = (struct hypotheses){0};
	if (!memory)
		return -1;
	for (uint32_t i = 0; i < s->t->n_tokens; i++) {
		if (!budget_allows_step(s->a->budget, i))
			return -1;
		if (s->f->sentence[i] != sentence) {
			sentence = s->f->sentence[i];
			tried = 0;
		}
		if (tried == SENTENCE_CUES_MAX || !cue_may_be(s, i))
			continue;
		struct hypothesis found = {.head = i};
		float cue = hypothesis_cue(s, &found, &f);
		if (cue < (found.is_nested ? nested_least : cue_least))
			continue;
		if (arena_grow(s->a, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v) < 0)
			return -1;
		struct hypothesis *a = &out->v[out->n];
		*a = found;
		if (!budget_allows(s->a->budget))
			return -1;
		tried++;
		hypothesis_fill(s, a, cue, &memory[0], &memory[1]);
		out->n += a->content.n_parts > 0;
	}
	return 0;
}

/* --- what stays ------------------------------------------------------------------------------- */

/* Chosen on the train part, by articles that the weights had not seen. */
static const float least = 0.36f, speech_least = 0.12f, nested_p = 0.5f, same_content = 0.8f;

static float shared(const struct candidate *a, const struct candidate *b)
{
	uint32_t both = 0, all = 0;
	for (unsigned i = 0; i < a->n_parts; i++)
		all += a->part[i].last - a->part[i].first + 1;
	for (unsigned k = 0; k < b->n_parts; k++) {
		all += b->part[k].last - b->part[k].first + 1;
		for (unsigned i = 0; i < a->n_parts; i++) {
			uint32_t first = a->part[i].first > b->part[k].first ? a->part[i].first
									     : b->part[k].first;
			uint32_t last = a->part[i].last < b->part[k].last ? a->part[i].last
									  : b->part[k].last;
			both += first <= last ? last - first + 1 : 0;
		}
	}
	return (float)both / (float)(all - both);
}

/* Is it told better by a neighbor: the same content, or a cue that holds this one's head? */
static bool is_outdone(const struct hypotheses *all, size_t i)
{
	enum { REACH = 8 };
	const struct hypothesis *a = &all->v[i];
	for (size_t k = i > REACH ? i - REACH : 0; k < all->n && k < i + REACH; k++) {
		const struct hypothesis *b = &all->v[k];
		if (k != i && b->p > a->p &&
		    (candidate_holds(&b->cue, a->head) ||
		     shared(&a->content, &b->content) > same_content))
			return true;
	}
	return false;
}

/* The speech that a content holds as a whole, 1 + its number; 0 for none. */
static uint32_t speech_of(const struct context *s, const struct candidate *c)
{
	uint32_t q = s->t->tokens[c->part[0].first].quote;
	const struct quote *k = q ? &s->t->quotes[q - 1] : NULL;
	return k && k->is_speech && k->open >= c->part[0].first && k->close <= c->part[0].last ? q
											       : 0;
}

static void mark_owned(const struct context *s, const struct candidate *c, bool *owned)
{
	for (unsigned k = 0; k < c->n_parts; k++)
		for (uint32_t i = c->part[k].first; i <= c->part[k].last; i++)
			if (s->t->tokens[i].quote)
				owned[s->t->tokens[i].quote - 1] = true;
}

/* The so-called "reform": nobody says it. */
static bool is_scare_quote(const struct context *s, const struct hypothesis *a)
{
	uint32_t q = s->t->tokens[a->content.part[0].first].quote;
	return a->source.n_parts == 0 && q && !s->t->quotes[q - 1].is_speech &&
	       s->t->quotes[q - 1].close >= a->content.part[0].last;
}

/* "struck a softer tone": how something was said, not what. */
static bool is_manner(const struct context *s, const struct hypothesis *a)
{
	uint32_t top = context_top(s, a->content.part[0].first, a->content.part[0].last);
	return context_class(s, top) == CLASS_NOUN && text_is_in(s->t, top, SET_MANNER_NOUN);
}

/* What ends this one's content: the next report with a source of its own ("Lee said the road was
 * open, and Stone warned that it was not"), or one whose cue is joined to this one's ("is worried
 * that prices rise and is afraid of the winter"). */
static void cut_next_report(const struct context *s, struct hypothesis *a,
			    const struct hypothesis *next)
{
	struct range *r = &a->content.part[a->content.n_parts - 1];
	uint32_t first = next->source.n_parts ? next->source.part[0].first : 0,
		 joined = s->f->left[next->head];
	if (next->is_nested || first > next->head || next->head > r->last)
		return;
	if (s->t->tokens[next->head].deprel == DEPREL_CONJ &&
	    s->t->tokens[next->head].head == a->head && joined > r->first) {
		r->last = joined - 1;
		return;
	}
	if (first < r->first + 3 || s->t->tokens[first - 1].xpos != XPOS_CC ||
	    !text_is(s->t, first - 2, ",") ||
	    s->t->tokens[first].quote != s->t->tokens[first - 3].quote)
		return;
	r->last = first - 3;
}

/* Inside of a speech, its speaker says what is said there; only what others are named for is told
 * besides. */
static bool is_likely(const struct context *s, const struct hypothesis *a)
{
	if (!a->is_nested)
		return a->p >= least && !is_scare_quote(s, a) && !is_manner(s, a);
	bool is_named = false;
	for (uint32_t i = a->source.part[0].first; a->source.n_parts && i <= a->source.part[0].last;
	     i++)
		is_named = is_named || s->c->mention_at[i];
	return is_named && a->p >= nested_p;
}

int hypotheses_choose(const struct context *s, struct hypotheses *all)
{
	bool *stays = arena_array(s->a, all->n, sizeof *stays),
	     *owned = arena_array(s->a, s->t->n_quotes, sizeof *owned);
	size_t n = 0;
	if (!stays || !owned)
		return -1;
	for (size_t i = 0; i < all->n; i++) {
		if (!budget_allows_step(s->a->budget, i))
			return -1;
		stays[i] = is_likely(s, &all->v[i]) && !is_outdone(all, i);
		if (stays[i])
			mark_owned(s, &all->v[i].content, owned);
	}
	/* somebody said it: a speech that nobody has goes to the likeliest cue that wants it */
	for (size_t i = 0; i < all->n; i++) {
		if (!budget_allows_step(s->a->budget, i))
			return -1;
		uint32_t q = stays[i] ? 0 : speech_of(s, &all->v[i].content);
		if (!q || owned[q - 1] || all->v[i].p < speech_least || is_outdone(all, i))
			continue;
		stays[i] = true;
		mark_owned(s, &all->v[i].content, owned);
	}
	for (size_t i = 0; i < all->n; i++)
		if (stays[i])
			all->v[n++] = all->v[i];
	all->n = n;
	for (size_t i = 0; i + 1 < n; i++)
		cut_next_report(s, &all->v[i], &all->v[i + 1]);
	return 0;
}
