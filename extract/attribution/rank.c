#include "extract/attribution/rank.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "extract/attribution/content.h"
#include "extract/attribution/content_features.h"
#include "extract/attribution/evidence.h"
#include "extract/attribution/extent.h"
#include "extract/attribution/source.h"

/* Log odds: one in ten; a signature; a cue inside of speech, of which the corpora mark few, and one
 * that is judged as if its speaker wrote it. */
static const float cue_least = -2.2f, signed_least = 3, speech_least = -1.2f, nested_least = -1;

const float attribution_hopeless = -6;

/* Log odds against what something was said in. */
static const float medium = 2;

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

/* What is reported inside of a speech does not end outside of it. */
static bool leaves_speech(const struct context *ctx, uint32_t cue, const struct candidate *c)
{
	uint32_t q = ctx->t->tokens[cue].quote;
	return ctx->t->tokens[c->part[0].first].quote != q ||
	       ctx->t->tokens[c->part[c->n_parts - 1].last].quote != q;
}

/* "the coalition, which, according to him, must go": he says no more than the relative clause. */
static bool leaves_clause(const struct context *ctx, uint32_t cue, const struct candidate *c)
{
	enum { CLIMB = 3, REACH = 40 };
	if (!text_is(ctx->t, cue, "according"))
		return false;
	uint32_t clause = ctx->t->tokens[cue].head;
	for (unsigned k = 0; k < CLIMB && context_class(ctx, clause) != CLASS_VERB; k++)
		clause = ctx->t->tokens[clause].head;
	for (uint32_t i = cue > REACH ? cue - REACH : 0; i < cue; i++)
		if (i >= ctx->f->left[clause] &&
		    (ctx->t->tokens[i].xpos == XPOS_WDT || ctx->t->tokens[i].xpos == XPOS_WP))
			return c->part[0].first < i;
	return false;
}

/* Log odds, up to a constant where candidates are compared. */
static float blend(const struct context *ctx, enum stage stage, float features,
		   const struct sighting *r)
{
	const struct attribution_weights *w = ctx->model->w;
	return w->blend[stage].features * features + w->blend[stage].bias +
	       w->blend[stage].network *
		       reading_score(ctx->rows, ctx->t, (enum reading_kind)stage, r);
}

/* "Keller agreed", "Lee alleged that": who says something is no content of it. */
static bool is_speaker(const struct context *ctx, const struct cue_head *cue,
		       const struct candidate *c)
{
	uint32_t subject = cue->subject;
	return c->n_parts == 1 && cue->class == CLASS_VERB && cue->link == SUBJECT_OWN &&
	       range_holds(c->part[0], subject) && ctx->t->tokens[subject].deprel == DEPREL_NSUBJ &&
	       (context_kind(ctx, subject) == 2 + MENTION_PERSON ||
		(gazetteer_noun(ctx->entities->g, &ctx->t->tokens[subject], NULL) &
		 (NOUN_HUMAN | NOUN_PEOPLE))) &&
	       context_top(ctx, c->part[0].first, c->part[0].last) == subject;
}

void contents_score(const struct context *ctx, const struct attribution *at, struct candidates *c)
{
	struct features f;
	struct sighting r;
	const struct cue_head cue = cue_head_of(ctx, at->head);
	for (size_t i = 0; i < c->n;) {
		if ((at->is_nested && leaves_speech(ctx, at->head, &c->v[i])) ||
		    leaves_clause(ctx, at->head, &c->v[i]) || is_speaker(ctx, &cue, &c->v[i])) {
			c->v[i] = c->v[--c->n];
			continue;
		}
		content_features(ctx, &cue, &c->v[i], &f);
		reading_of_content(ctx, &cue, &c->v[i], &r);
		c->v[i++].score = blend(ctx, STAGE_CONTENT,
					attribution_score(ctx->model, STAGE_CONTENT, &f), &r);
	}
}

/* "Lee answered in a statement": where it was said, and no source beside whoever made it. */
static bool is_medium(const struct context *ctx, const struct candidate *c)
{
	if (c->n_parts == 0)
		return false;
	uint32_t top = context_top(ctx, c->part[0].first, c->part[0].last),
		 by = forest_child(ctx->f, top, DEPREL_CASE);
	return by != FOREST_NONE && text_is(ctx->t, by, "in") &&
	       (gazetteer_noun(ctx->entities->g, &ctx->t->tokens[top], NULL) & NOUN_DOCUMENT);
}

void sources_score(const struct context *ctx, uint32_t cue, const struct candidate *content,
		   struct candidates *c)
{
	struct features f;
	struct sighting r;
	const struct cue_head head = cue_head_of(ctx, cue);
	for (size_t i = 0; i < c->n; i++) {
		source_features(ctx, &head, content, &c->v[i], &f);
		reading_of_source(ctx, &head, content, &c->v[i], &r);
		c->v[i].score = blend(ctx, STAGE_SOURCE,
				      attribution_score(ctx->model, STAGE_SOURCE, &f), &r) -
				(is_medium(ctx, &c->v[i]) ? medium : 0);
	}
}

static struct range choose_extent(const struct context *ctx, uint32_t cue,
				  const struct candidate *content, const struct candidate *source,
				  struct candidates *extents)
{
	struct features f;
	const struct cue_head head = cue_head_of(ctx, cue);
	extents_of(ctx, cue, content, extents);
	for (size_t i = 0; i < extents->n; i++) {
		extent_features(ctx, &head, content, source, &extents->v[i], &f);
		extents->v[i].score = attribution_score(ctx->model, STAGE_EXTENT, &f);
	}
	return extents->v[candidates_choose(extents).best].part[0];
}

/* --- the whole -------------------------------------------------------------------------------- */

/* What the prediction of the whole looks at: name, in words; in the order of the weights. Those of
 * the content's side follow the generators of content.c. */
#define WHOLE_QUESTIONS(X)                                                                         \
	X(STATES, "how the parser takes the words of it all")                                      \
	X(ALWAYS, "how often such findings are right at all")                                      \
	X(CUE, "how likely the cue is a cue")                                                      \
	X(CUE_UNLIKELY, "the cue is more likely no cue")                                           \
	X(CONTENT_P, "how likely the content is among all candidates")                             \
	X(CONTENT_LEAD, "how far the content is ahead of the next one")                            \
	X(SOURCE_P, "how likely the source is among all candidates")                               \
	X(NOBODY, "nobody is named as the source")                                                 \
	X(SOURCE_LEAD, "how far the source is ahead of the next one")                              \
	X(VERB, "the cue is a verb")                                                               \
	X(NOUN, "the cue is a noun")                                                               \
	X(ADJECTIVE, "the cue is an adjective")                                                    \
	X(OTHER, "the cue is no verb, noun or adjective")                                          \
	X(IN_SPEECH, "the cue stands inside of somebody's speech")                                 \
	X(IN_MARKS, "the cue stands among quoted words that are no speech")                        \
	X(RIGHT, "the content follows the cue")                                                    \
	X(LEFT, "the content stands before the cue")                                               \
	X(QUOTE, "the content is made of whole quotations")                                        \
	X(AROUND, "the content is what the sentence holds beside cue and source")                  \
	X(RAISED, "the content is the cue's subject with what follows the cue")                    \
	X(SUBJECT, "the content is the cue's subject")                                             \
	X(HEAD, "the content is the phrase that the cue belongs to")                               \
	X(QUOTED, "the content starts with a quotation mark")                                      \
	X(SHORT, "the content is one or two words")                                                \
	X(LONG, "the content is longer than 40 words")                                             \
	X(PERSON, "the source is a person's name")                                                 \
	X(SOURCE_SHORT, "the source is a single word")                                             \
	X(OTHER_SENTENCE, "the content starts in another sentence than the cue")                   \
	X(CUE_IN_SPEECH, "how likely the cue is a cue, inside of speech")                          \
	X(CUE_QUOTED, "how likely the cue is a cue, with a quotation as its content")              \
	X(PARTS, "the content is in two parts")                                                    \
	X(CONTENT_NEAR, "how likely contents are of which most words are in this one")             \
	X(SOURCE_NEAR, "how likely sources are that share a word with this one")

enum whole {
#define X(name, text) WHOLE_##name,
	WHOLE_QUESTIONS(X) WHOLE_COUNT
#undef X
};
static_assert((int)WHOLE_STATES == (int)WHOLE_READING, "the fit sets it");
static_assert((int)WHOLE_COUNT <= (int)WHOLE_FEATURES, "the model has too few weights");

const char *attribution_whole_text(unsigned place)
{
#define X(name, text) text,
	static const char *const texts[] = {WHOLE_QUESTIONS(X)};
#undef X
	return place < WHOLE_COUNT ? texts[place] : NULL;
}

static bool in_speech(const struct context *ctx, uint32_t i)
{
	uint32_t q = ctx->t->tokens[i].quote;
	return q && ctx->t->quotes[q - 1].is_speech;
}

static enum whole whole_class(enum word_class class)
{
	switch (class) {
	case CLASS_VERB:
		return WHOLE_VERB;
	case CLASS_NOUN:
		return WHOLE_NOUN;
	case CLASS_ADJECTIVE:
		return WHOLE_ADJECTIVE;
	default:
		return WHOLE_OTHER;
	}
}

/* The best content and source of a cue, with how clear each choice was. */
struct finding {
	struct candidate content, source;
	struct choice content_choice, source_choice;
	float content_near, source_near; /* probability of all that are near the chosen one */
};

static void look_at_whole(const struct context *ctx, const struct attribution *at, float cue,
			  const struct finding *found, float w[WHOLE_FEATURES])
{
	struct range r = at->parts[0];
	uint32_t q = ctx->t->tokens[r.first].quote;
	bool speech = in_speech(ctx, at->head);
	struct sighting seen;
	memset(w, 0, WHOLE_FEATURES * sizeof *w);
	w[WHOLE_ALWAYS] = 1;
	w[WHOLE_CUE] = cue > 6 ? 6 : cue;
	w[WHOLE_CUE_UNLIKELY] = cue < 0 ? cue : 0;
	w[WHOLE_CONTENT_P] = found->content_choice.log_p;
	w[WHOLE_CONTENT_LEAD] = found->content_choice.lead;
	w[WHOLE_SOURCE_P] = found->source_choice.log_p;
	w[WHOLE_NOBODY] = !range_is(at->source);
	w[WHOLE_SOURCE_LEAD] = found->source_choice.lead;
	w[whole_class(context_class(ctx, at->head))] = 1;
	w[WHOLE_IN_SPEECH] = !at->is_nested && speech;
	w[WHOLE_IN_MARKS] = ctx->t->tokens[at->head].quote && !speech;
	w[WHOLE_RIGHT + found->content.generator] = 1;
	w[WHOLE_QUOTED] = q && ctx->t->quotes[q - 1].open == r.first;
	w[WHOLE_SHORT] = r.last - r.first < 2;
	w[WHOLE_LONG] = r.last - r.first > 40;
	if (range_is(at->source)) {
		uint32_t top = context_top(ctx, at->source.first, at->source.last);
		w[WHOLE_PERSON] = context_kind(ctx, top) == 2 + MENTION_PERSON;
		w[WHOLE_SOURCE_SHORT] = at->source.first == at->source.last;
	}
	w[WHOLE_OTHER_SENTENCE] = ctx->f->sentence[r.first] != ctx->f->sentence[at->head];
	w[WHOLE_CUE_IN_SPEECH] = w[WHOLE_IN_SPEECH] * w[WHOLE_CUE];
	w[WHOLE_CUE_QUOTED] = w[WHOLE_QUOTED] * w[WHOLE_CUE];
	w[WHOLE_PARTS] = at->n_parts > 1;
	w[WHOLE_CONTENT_NEAR] = found->content_near;
	w[WHOLE_SOURCE_NEAR] = found->source_near;
	reading_of_whole(ctx, at, &seen);
	w[WHOLE_STATES] = reading_score(ctx->rows, ctx->t, READING_WHOLE, &seen);
}

static float whole_p(const struct attribution_model *m, const float *w)
{
	float z = 0;
	for (unsigned i = 0; i < WHOLE_FEATURES; i++)
		z += m->w->whole[i] * w[i];
	return 1 / (1 + expf(-z));
}

/* --- one cue after another -------------------------------------------------------------------- */

float attribution_score_cue(const struct context *ctx, struct attribution *at, struct features *f,
			    float *times, float *learnt)
{
	float count = 1;
	struct sighting r;
	cue_features(ctx, at->head, false, f);
	float score = attribution_score(ctx->model, STAGE_CUE, f);
	if (score > attribution_hopeless) {
		reading_of_cue(ctx, at->head, &r);
		score = blend(ctx, STAGE_CUE, score, &r);
		count = ctx->model->w->blend[STAGE_CUE].features;
	}
	at->is_nested = score < speech_least && in_speech(ctx, at->head);
	if (at->is_nested) { /* its states know that it is spoken */
		cue_features(ctx, at->head, true, f);
		count = 1;
		score = attribution_score(ctx->model, STAGE_CUE, f);
	}
	if (times)
		*times = count;
	if (learnt)
		*learnt = score;
	return cue_signs(ctx, at->head) && score < signed_least ? signed_least : score;
}

bool attribution_start(const struct context *ctx, uint32_t head, struct attribution *at,
		       struct cue_sight *cue)
{
	*at = (struct attribution){.head = head, .cue = {head, head}, .source = RANGE_NONE};
	if (!cue_may_be(ctx, head))
		return false;
	cue->score = attribution_score_cue(ctx, at, &cue->features, NULL, NULL);
	return cue->score >= (at->is_nested ? nested_least : cue_least);
}

/* Probability of all candidates that overlap with one of them by so much. */
static float probability_near(const struct candidates *c, const struct candidate *chosen,
			      float least)
{
	static const float hardly = 0.003f;
	float near = 0, all = 0, top = -INFINITY;
	for (size_t i = 0; i < c->n; i++)
		top = c->v[i].score > top ? c->v[i].score : top;
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *v = &c->v[i];
		float p = expf(v->score - top);
		all += p;
		if (p > hardly &&
		    (v->n_parts + chosen->n_parts == 0 ||
		     ranges_overlap(v->part, v->n_parts, chosen->part, chosen->n_parts) >= least))
			near += p;
	}
	return near / all;
}

/* Of the contents that score best, the one that is likeliest together with its best source. */
static bool find_content(const struct context *ctx, const struct attribution *at,
			 struct candidates *contents, struct candidates *sources,
			 struct finding *out)
{
	enum { BEHIND_MOST = 4 };
	static const float most = 0.5f, touch = 1e-6f;
	struct candidate *tried[CONTENTS_TRIED];
	float best = -INFINITY, scores[CONTENTS_TRIED];
	int n = 0;
	contents_of(ctx, at->head, contents);
	contents_score(ctx, at, contents);
	for (int k = 0; k < CONTENTS_TRIED && (size_t)k < contents->n; k++) {
		struct choice c = candidates_choose(contents);
		struct candidate *content = &contents->v[c.best];
		if (k > 0 && content->score < best - BEHIND_MOST)
			break;
		if (k == 0)
			out->content_choice = c;
		sources_of(ctx, at->head, sources);
		sources_score(ctx, at->head, content, sources);
		struct choice source = candidates_choose(sources);
		float together = out->content_choice.log_p + content->score + source.log_p;
		if (together > best) {
			best = together;
			out->content = *content;
			out->source = sources->v[source.best];
			out->source_choice = source;
			out->source_near =
				probability_near(sources, &sources->v[source.best], touch);
		}
		tried[n] = content;
		scores[n++] = content->score;
		content->score = -1e9f;
	}
	while (n-- > 0)
		tried[n]->score = scores[n];
	out->content_near = contents->n ? probability_near(contents, &out->content, most) : 0;
	return contents->n > 0;
}

bool attribution_rank(const struct context *ctx, struct attribution *at, float cue,
		      struct candidates memory[2], float whole[WHOLE_FEATURES])
{
	struct finding found = {0};
	if (!find_content(ctx, at, &memory[0], &memory[1], &found))
		return false;
	at->n_parts = found.content.n_parts;
	memcpy(at->parts, found.content.part, sizeof found.content.part);
	at->source = found.source.n_parts ? found.source.part[0] : RANGE_NONE;
	at->cue = choose_extent(ctx, at->head, &found.content, &found.source, &memory[1]);
	look_at_whole(ctx, at, cue, &found, whole);
	at->p = whole_p(ctx->model, whole);
	return true;
}

/* All of an article as they are ranked, each with its evidence. */
struct ranked {
	struct attributions *all;
	float (*evidence)[EVIDENCE_MAX];
	size_t cap;
};

/* Judges each once more, by what stands around it. */
static int judge_together(const struct context *ctx, const struct ranked *r)
{
	if (evidence_around(ctx, r->all, r->evidence) < 0)
		return -1;
	/* they were fitted on whole articles: in a text of few words little stands around */
	static const float few = 40;
	float n = (float)ctx->t->n_tokens, trust = n * n / (n * n + few * few);
	for (size_t i = 0; i < r->all->n; i++) {
		struct attribution *at = &r->all->v[i];
		if (at->is_nested)
			continue;
		at->around = trust * evidence_weight(ctx->model->w->trees, r->evidence[i]);
		if (!range_is(at->source) && at->around > 0) /* nobody's is made no likelier */
			at->around = 0;
		at->p = 1 / (1 + (1 - at->p) / at->p * expf(-at->around));
	}
	return 0;
}

static int rank_all(const struct context *ctx, struct arena *scratch, struct ranked *r)
{
	float whole[WHOLE_FEATURES];
	struct cue_sight cue;
	uint32_t sentence = FOREST_NONE, tried = 0;
	struct candidates *memory = arena_array(ctx->a, 2, sizeof *memory);
	struct attributions *out = r->all;
	if (!memory)
		return -1;
	for (uint32_t i = 0; i < ctx->t->n_tokens; i++) {
		struct attribution at;
		if (!budget_allows_step(ctx->a->budget, i))
			return -1;
		if (ctx->f->sentence[i] != sentence) {
			sentence = ctx->f->sentence[i];
			tried = 0;
		}
		if (tried == SENTENCE_CUES_MAX || !attribution_start(ctx, i, &at, &cue))
			continue;
		if (!budget_allows(ctx->a->budget))
			return -1;
		tried++;
		if (!attribution_rank(ctx, &at, cue.score, memory, whole))
			continue;
		if (arena_grow(ctx->a, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v) <
			    0 ||
		    arena_grow(scratch, (void **)&r->evidence, &r->cap, out->n + 1,
			       sizeof *r->evidence) < 0)
			return -1;
		if (!at.is_nested) /* the corpora mark none of them: nothing asks for it */
			evidence_own(ctx, &at, &cue, whole, r->evidence[out->n]);
		out->v[out->n++] = at;
	}
	return judge_together(ctx, r);
}

int attributions_rank(const struct context *ctx, struct attributions *out)
{
	struct arena scratch;
	struct ranked r = {.all = out};
	arena_init_beside(&scratch, ctx->a);
	*out = (struct attributions){0};
	int rc = rank_all(ctx, &scratch, &r);
	arena_release(&scratch);
	return rc;
}
