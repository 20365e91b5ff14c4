/* From scores to guesses, and how sure they are. */
#include "extract/stance/position_reading.h"

#include <math.h>

static const enum position positions[SIDES] = {
	[SIDE_FOR] = POSITION_SUPPORT,
	[SIDE_AGAINST] = POSITION_OPPOSE,
	[SIDE_CONCERN] = POSITION_CONCERN,
};

/* A guess that is less likely than this is none. */
static const float LEAST = 0.02f;

/* Tokens in common over those of both (Dice 1945). */
static float likeness(struct range a, struct range b)
{
	uint32_t first = a.first > b.first ? a.first : b.first,
		 last = a.last < b.last ? a.last : b.last;
	return first > last ? 0
			    : 2 * (float)(last - first + 1) /
				      (float)(a.last - a.first + b.last - b.first + 2);
}

/* How much is expected to be right of a candidate's words with a side: by all phrases like it. What
 * is longer than objects are tells a story and names nothing. */
static float expected(const struct position_view *view, const float *p, size_t c, size_t side)
{
	const float longest = 12;
	const struct range own = view->candidates[c].words;
	float sum = 0, size = (float)(own.last - own.first + 1),
	      share = size > longest ? longest / size : 1;
	for (size_t z = 0; z < view->n_candidates; z++) {
		float of = p[1 + z * SIDES + side];
		if (of > LEAST / 4)
			sum += of * sqrtf(likeness(own, view->candidates[z].words));
	}
	return sum * share;
}

/* The pair of which most is expected, of candidates that overlap with no guess yet; 0: none is
 * left. */
static size_t next_pair(const struct position_view *view, const float *p,
			const struct position_reading *r)
{
	size_t best = 0;
	float most = LEAST;
	for (size_t c = 0; c < view->n_candidates; c++) {
		bool is_taken = false;
		for (size_t g = 0; g < r->n; g++)
			is_taken = is_taken ||
				   likeness(view->candidates[c].phrase, r->v[g].phrase) > 0;
		for (size_t s = 0; s < SIDES && !is_taken; s++) {
			float x = expected(view, p, c, s);
			best = x > most ? 1 + c * SIDES + s : best;
			most = x > most ? x : most;
		}
	}
	return best;
}

static float near_of(const struct position_view *view, const float *p, struct range phrase,
		     size_t side)
{
	float sum = 0;
	for (size_t c = 0; c < view->n_candidates; c++)
		if (likeness(view->candidates[c].phrase, phrase) > 0)
			sum += p[1 + c * SIDES + side];
	return sum;
}

static float other_of(const struct position_view *view, const float *p, struct range phrase,
		      size_t side)
{
	float sum = 0;
	for (size_t k = 0; k < SIDES; k++)
		sum += k == side ? 0 : near_of(view, p, phrase, k);
	return sum;
}

/* Is another side likelier for a candidate? */
static bool is_rather(const float *p, size_t z, size_t side)
{
	for (size_t s = 0; s < SIDES; s++)
		if (p[1 + z * SIDES + s] > p[1 + z * SIDES + side])
			return true;
	return false;
}

/* Of the candidates that overlap with one, the likeliest with a side: it names the object. What is
 * rather something for the other side is not it: in "condemned attempts to block the truce" the
 * attempts are, not the truce. */
static const struct view_candidate *core_of(const struct position_view *view, const float *p,
					    size_t c, size_t side)
{
	size_t best = c;
	for (size_t z = 0; z < view->n_candidates; z++)
		if (likeness(view->candidates[z].phrase, view->candidates[c].phrase) > 0 &&
		    p[1 + z * SIDES + side] > p[1 + best * SIDES + side] && !is_rather(p, z, side))
			best = z;
	return &view->candidates[best];
}

static void add_guess(const struct position_view *view, const float *p, size_t k,
		      struct position_reading *out)
{
	size_t at = (k - 1) / SIDES, side = (k - 1) % SIDES;
	const struct view_candidate *c = &view->candidates[at], *core = core_of(view, p, at, side);
	out->v[out->n++] =
		(struct position_guess){.candidate = (uint32_t)at,
					.core_candidate = (uint32_t)(core - view->candidates),
					.phrase = c->phrase,
					.core = core->phrase,
					.head = core->token,
					.phrase_head = c->token,
					.object = core->lemma,
					.side = positions[side],
					.p = p[k],
					.near = near_of(view, p, c->phrase, side),
					.expected = expected(view, p, at, side),
					.other = other_of(view, p, c->phrase, side),
					.is_known = core->at != VIEW_NONE &&
						    (view->tokens[core->at].bits >> VIEW_ISSUE & 1),
					.is_pronoun = core->is_pronoun,
					.is_before = core->is_before};
}

static bool is_noun(unsigned xpos)
{
	return xpos == XPOS_NN || xpos == XPOS_NNS || xpos == XPOS_NNP || xpos == XPOS_NNPS;
}

void position_obey_cue(const struct position_view *view, float *p)
{
	bool is_side = view->rule == POSITION_SUPPORT || view->rule == POSITION_OPPOSE;
	if (view->way != POSITION_RULE_CUE || !is_side || view->top == VIEW_NONE ||
	    !is_noun(view->tokens[view->top].rows[VIEW_xpos]))
		return;
	size_t told = view->rule == POSITION_SUPPORT ? SIDE_FOR : SIDE_AGAINST,
	       other = told == SIDE_FOR ? SIDE_AGAINST : SIDE_FOR;
	for (size_t c = 0; c < view->n_candidates; c++) {
		float *of = p + 1 + c * SIDES;
		if (view->candidates[c].at != view->top)
			continue;
		of[told] += of[other];
		of[other] = 0;
	}
}

void position_reading_of(const struct position_view *view, const float *p,
			 struct position_reading *out)
{
	*out = (struct position_reading){.rule = (enum position)view->rule,
					 .is_cue_rule = view->way == POSITION_RULE_CUE,
					 .none = p[0],
					 .words = view->to - view->from + 1u,
					 .candidates = view->n_candidates};
	for (size_t k; out->n < READING_GUESSES && (k = next_pair(view, p, out)) != 0;)
		add_guess(view, p, k, out);
}

/* --- settling --------------------------------------------------------------------------------- */

/* Statements away that are near, and that are looked at. */
enum { NEXT = 2, FAR = 40 };

static float odds(float p)
{
	const float least = 0.002f;
	p = p < least ? least : p > 1 - least ? 1 - least : p;
	return logf(p / (1 - p));
}

/* The mean log odds of a side in the statements up to `reach` away, those of one speaker where it
 * is not 0; what stands nearer weighs more. */
static float sided_around(const struct position_reading *v, size_t n, size_t i, size_t reach,
			  uint64_t speaker)
{
	float sum = 0, weight = 0;
	size_t first = i > reach ? i - reach : 0, end = i + reach + 1 < n ? i + reach + 1 : n;
	for (size_t k = first; k < end; k++) {
		float share = 1 / (float)(k < i ? i - k : k - i);
		if (k == i || (speaker && v[k].speaker != speaker))
			continue;
		sum += share * odds(1 - v[k].none);
		weight += share;
	}
	return weight > 0 ? sum / weight : 0;
}

/* What other statements say of the same object: of the speaker by side, of others any. */
static void set_others(const struct position_reading *v, size_t n, size_t i,
		       const struct position_guess *g, float *agrees, float *common)
{
	size_t first = i > FAR ? i - FAR : 0, end = i + FAR + 1 < n ? i + FAR + 1 : n;
	*agrees = *common = 0;
	for (size_t k = first; k < end; k++)
		for (size_t j = 0; k != i && j < v[k].n; j++) {
			const struct position_guess *o = &v[k].v[j];
			if (o->object != g->object || g->is_pronoun)
				continue;
			if (v[i].speaker && v[k].speaker == v[i].speaker)
				*agrees += o->side == g->side ? o->p : -o->p;
			else
				*common += o->p;
		}
	*agrees = fminf(fmaxf(*agrees, -1), 1);
	*common = fminf(*common, 1);
}

void position_settling_features(const struct position_reading *v, size_t n, size_t i, size_t k,
				float x[SETTLING_WEIGHTS])
{
	const struct position_reading *r = &v[i];
	const struct position_guess *g = &r->v[k];
	x[SETTLING_BASE] = 1;
	x[SETTLING_PAIR] = odds(g->p);
	x[SETTLING_NEAR] = odds(g->near);
	x[SETTLING_EXPECTED] = odds(g->expected);
	x[SETTLING_SIDED] = odds(1 - r->none);
	x[SETTLING_SIGN] = odds(g->near / (g->near + g->other));
	x[SETTLING_SECOND] = k > 0;
	x[SETTLING_AROUND] = sided_around(v, n, i, NEXT, 0);
	x[SETTLING_ARTICLE] = sided_around(v, n, i, FAR, 0);
	x[SETTLING_SPEAKER] = r->speaker ? sided_around(v, n, i, FAR, r->speaker) : 0;
	set_others(v, n, i, g, &x[SETTLING_AGREES], &x[SETTLING_COMMON]);
	bool is_ruled = r->rule == POSITION_SUPPORT || r->rule == POSITION_OPPOSE,
	     agrees = r->rule == g->side;
	x[SETTLING_RULED] = is_ruled && agrees;
	x[SETTLING_RULED_CUE] = is_ruled && agrees && r->is_cue_rule;
	x[SETTLING_OVERRULED] = is_ruled && !agrees;
	x[SETTLING_AGAINST] = g->side == POSITION_OPPOSE;
	x[SETTLING_CONCERN] = g->side == POSITION_CONCERN;
	x[SETTLING_LENGTH] = logf((float)r->words) - 2.5f;
	x[SETTLING_CHOICE] = logf((float)r->candidates) - 2;
	x[SETTLING_ATTRIBUTION] = r->attribution;
	x[SETTLING_KNOWN] = g->is_known;
	x[SETTLING_PRONOUN] = g->is_pronoun;
	x[SETTLING_BEFORE] = g->is_before;
}

void position_settle(const float w[SETTLING_WEIGHTS], struct position_reading *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++) {
			float x[SETTLING_WEIGHTS], sum = 0;
			position_settling_features(v, n, i, k, x);
			for (size_t d = 0; d < SETTLING_WEIGHTS; d++)
				sum += w[d] * x[d];
			v[i].v[k].confidence = 1 / (1 + expf(-sum));
		}
}

/* On folds of the train part, at the same number of right sides, an eighth fewer of the statements
 * that take none are given one than with one bar for all. */
bool position_is_told(const struct position_reading *r, const struct position_guess *g, float sure)
{
	const float none = 0.1f, share = 0.1f;
	float more = share * fmaxf(odds(r->none) - odds(none), 0);
	return odds(g->confidence) - more >= odds(sure);
}
