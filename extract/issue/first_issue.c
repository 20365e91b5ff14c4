/* Evidence of candidates, and the trees over it. */
#include "extract/issue/first_issue.h"

#include <math.h>
#include <string.h>

#include "extract/attribution/features.h"
#include "extract/issue/issue_table.h"

/* Statements before and after one that are near to it, and how much less each one further away
 * counts. */
enum { NEAR = 8 };
static const float FADES = 0.7165f; /* exp(-1/3) */

/* What only other sentences name goes behind what a content's own words name, if the content is
 * about that with this probability, and it is the main matter with so much more than the other: the
 * widest bar that costs nothing, by cross-validation over the training part of the corpus. */
static const float NAMED_AT_ALL = 0.4f, NAMED_MORE = 0.2f;

/* Places in own evidence. */
enum {
	OWN_TERMS = 1,
	OWN_BACK = 3,
	OWN_NEAR = 5,
	OWN_NEAR_ARTICLE,
	OWN_TOPIC = 17,
	OWN_NEAR_TOPIC,
	OWN_WEIGHT,
	OWN_TITLE = 21,
	OWN_TITLE_HINTS
};

/* Over the statements that an issue is a candidate of, or over those of one speaker. */
struct first_sum {
	float score, main;
	unsigned tops; /* where it is the likeliest */
	unsigned n;    /* statements of the speaker */
};

/* --- by itself -------------------------------------------------------------------------------- */

static unsigned where_of(const struct issue_candidate *k)
{
	return k->terms			       ? 0
	       : k->hints		       ? 1
	       : k->sentences_back == 0	       ? 2
	       : k->sentences_back < ISSUE_FAR ? 3
					       : 4;
}

static unsigned words_before(const struct issue_content *c, const struct issue_evidence *e)
{
	uint32_t first = e->where[0].first;
	for (size_t p = 0; p < c->n_parts; p++)
		if (range_holds(c->parts[p], first))
			return first - c->parts[p].first;
	return first - c->parts[0].first;
}

static float *put_best(const struct issue_content *c, const struct issue_candidate *k, float *out)
{
	const struct issue_evidence *e = k->best.evidence;
	*out++ = e ? (float)k->best.depth : 0;
	*out++ = !e ? 0 : e->is_pattern ? 9 : (float)e->words;
	*out++ = e ? (float)words_before(c, e) : 0;
	*out++ = e && e->is_label;
	return out;
}

static float *put_article(const struct issue_content *c, const struct issue_candidate *k,
			  float *out)
{
	const struct issue_background *bg = c->bg;
	const struct issue_tally none = {.rank = UINT8_MAX}, *t = issue_tally_of(bg, k->issue);
	int major = bg->it->issues[k->issue].cap_major;
	t = t ? t : &none;
	major = major > 0 && major < TOPIC_MAJORS ? major : 0;
	*out++ = bg->topic.v[major];
	*out++ = c->topic.v[major];
	*out++ = c->near.v[major];
	*out++ = bg->weight > 0 ? t->weight / bg->weight : 0;
	*out++ = t->rank;
	*out++ = t->title;
	*out++ = t->title_hints;
	*out++ = t->lead;
	*out++ = t->terms;
	*out++ = t->hints;
	return out;
}

void first_own_evidence(const struct issue_content *c, const struct issue_candidates *l, size_t i,
			float out[FIRST_OWN])
{
	const struct issue_candidate *k = &l->v[i];
	unsigned named = 0, higher = 0;
	for (size_t q = 0; q < l->n; q++) {
		bool is_place = c->bg->it->issues[l->v[q].issue].kind == ISSUE_PLACE;
		named += q != i && !is_place && l->v[q].terms;
		higher += l->v[q].terms && l->v[q].best.depth < k->best.depth;
	}
	*out++ = (float)where_of(k);
	*out++ = k->terms;
	*out++ = k->hints;
	*out++ = k->sentences_back;
	*out++ = (float)c->bg->it->issues[k->issue].kind;
	*out++ = k->near;
	*out++ = k->near_article;
	*out++ = k->is_above;
	*out++ = c->refers;
	*out++ = (float)c->words;
	*out++ = (float)named;
	*out++ = (float)higher;
	out = put_best(c, k, out);
	put_article(c, k, out);
}

/* --- the article ------------------------------------------------------------------------------ */

static uint64_t key_of(const struct issue *is, uint64_t speaker)
{
	return feature_mix(str_hash(is->id) | 1, speaker);
}

static struct first_sum *sum_at(struct first_article *x, uint64_t key, struct arena *a)
{
	uint32_t *at = map_at(&x->by_issue, key, a);
	if (!at)
		return NULL;
	if (*at == MAP_NONE) {
		*at = (uint32_t)x->n_sums;
		if (arena_grow(a, (void **)&x->sums, &x->cap_sums, x->n_sums + 1, sizeof *x->sums) <
		    0)
			return NULL;
		x->sums[x->n_sums++] = (struct first_sum){0};
	}
	return &x->sums[*at];
}

static bool is_top(const struct first_candidates *l, size_t k)
{
	for (size_t q = 0; q < l->n; q++)
		if (l->v[q].hit.main > l->v[k].hit.main)
			return false;
	return l->v[k].hit.main > 0;
}

static int add(struct first_article *x, const struct first_statement *s, struct arena *a)
{
	const struct first_candidates *l = s->candidates;
	for (size_t k = 0; k < l->n; k++)
		for (int of_speaker = 0; of_speaker < 1 + (s->speaker != 0); of_speaker++) {
			const struct issue_hit *h = &l->v[k].hit;
			uint64_t key = key_of(h->issue, of_speaker ? s->speaker : 0);
			struct first_sum *sum = sum_at(x, key, a);
			if (!sum)
				return -1;
			sum->score += h->score;
			sum->main += h->main;
			sum->tops += is_top(l, k);
		}
	if (!s->speaker)
		return 0;
	struct first_sum *said = sum_at(x, s->speaker, a);
	if (!said)
		return -1;
	said->n++;
	return 0;
}

int first_article_init(struct first_article *x, const struct first_statement *v, size_t n,
		       struct arena *a)
{
	*x = (struct first_article){.v = v, .n = n};
	x->place = arena_array(a, n + 1, sizeof *x->place);
	x->at = arena_array(a, n + 1, sizeof *x->at);
	if (!x->place || !x->at)
		return -1;
	/* What several say together is one. */
	for (size_t i = 0; i < n; i++) {
		bool is_new = i == 0 || v[i].candidates != v[i - 1].candidates;
		if (is_new) {
			x->at[x->n_places++] = i;
			if (add(x, &v[i], a) < 0)
				return -1;
		}
		x->place[i] = x->n_places - 1;
	}
	return 0;
}

static const struct issue_hit *hit_in(const struct first_article *x, size_t place,
				      const struct issue *is)
{
	const struct first_candidates *l = x->v[x->at[place]].candidates;
	for (size_t k = 0; k < l->n; k++)
		if (l->v[k].hit.issue == is)
			return &l->v[k].hit;
	return NULL;
}

/* What the statements around say of an issue. */
struct around {
	float mean, mean_main, tops, speaker, speaker_main, near, near_main;
	float before, before_main, after, after_main;
};

static void look_near(const struct first_article *x, size_t place, const struct issue *is,
		      struct around *out)
{
	float all = 0, weight = 1;
	for (size_t step = 1; step <= NEAR; step++) {
		weight *= FADES;
		for (int after = 0; after < 2; after++) {
			if (after ? place + step >= x->n_places : step > place)
				continue;
			const struct issue_hit *h =
				hit_in(x, after ? place + step : place - step, is);
			all += weight;
			out->near += h ? weight * h->score : 0;
			out->near_main += h ? weight * h->main : 0;
			if (step == 1 && h) {
				*(after ? &out->after : &out->before) = h->score;
				*(after ? &out->after_main : &out->before_main) = h->main;
			}
		}
	}
	out->near = all > 0 ? out->near / all : -1;
	out->near_main = all > 0 ? out->near_main / all : -1;
}

static const struct first_sum *sum_of(const struct first_article *x, uint64_t key)
{
	static const struct first_sum none = {0};
	uint32_t at = map_get(&x->by_issue, key);
	return at == MAP_NONE ? &none : &x->sums[at];
}

static struct around look_around(const struct first_article *x, size_t i, size_t k)
{
	struct around out = {.speaker = -1, .speaker_main = -1};
	const struct first_statement *s = &x->v[x->at[x->place[i]]];
	const struct issue_hit *own = &s->candidates->v[k].hit;
	const struct first_sum *sum = sum_of(x, key_of(own->issue, 0));
	float others = x->n_places > 1 ? (float)(x->n_places - 1) : 1;
	out.mean = (sum->score - own->score) / others;
	out.mean_main = (sum->main - own->main) / others;
	out.tops = (float)(sum->tops - is_top(s->candidates, k)) / others;
	unsigned of_speaker = s->speaker ? sum_of(x, s->speaker)->n : 0;
	if (of_speaker > 1) {
		sum = sum_of(x, key_of(own->issue, s->speaker));
		out.speaker = (sum->score - own->score) / (float)(of_speaker - 1);
		out.speaker_main = (sum->main - own->main) / (float)(of_speaker - 1);
	}
	look_near(x, x->place[i], own->issue, &out);
	return out;
}

static float *put_around(const struct around *v, const struct first_article *x, size_t i,
			 float *out)
{
	*out++ = v->mean;
	*out++ = v->mean_main;
	*out++ = v->tops;
	*out++ = v->speaker;
	*out++ = v->speaker_main;
	*out++ = v->near;
	*out++ = v->near_main;
	*out++ = v->before;
	*out++ = v->before_main;
	*out++ = v->after;
	*out++ = v->after_main;
	*out++ = (float)x->n_places;
	*out++ = (float)x->place[i];
	return out;
}

/* Of one by itself and beside the others. */
static float *put_chances(const struct first_candidates *l, size_t k, float *out)
{
	const float small = 1e-3f;
	const struct issue_hit *own = &l->v[k].hit;
	float score = 0, main = 0;
	unsigned above = 0, above_main = 0;
	for (size_t q = 0; q < l->n; q++) {
		const struct issue_hit *h = &l->v[q].hit;
		if (q == k)
			continue;
		main = h->main > main ? h->main : main;
		above_main += h->main > own->main;
		if (h->issue->kind == ISSUE_PLACE)
			continue;
		score = h->score > score ? h->score : score;
		above += h->score > own->score;
	}
	*out++ = own->score;
	*out++ = own->main;
	*out++ = score;
	*out++ = main;
	*out++ = (float)above;
	*out++ = (float)above_main;
	*out++ = own->score / (score + small);
	*out++ = own->main / (main + small);
	return out;
}

/* What speaks for the best of the others. */
static float *put_beside(const struct first_candidates *l, size_t k, float *out)
{
	static const uint8_t places[] = {OWN_TOPIC, OWN_NEAR_TOPIC, OWN_NEAR, OWN_NEAR_ARTICLE,
					 OWN_WEIGHT};
	for (size_t p = 0; p < sizeof places; p++) {
		float most = -1;
		for (size_t q = 0; q < l->n; q++) {
			const struct first_candidate *other = &l->v[q];
			if (q != k && other->hit.issue->kind != ISSUE_PLACE &&
			    other->own[places[p]] > most)
				most = other->own[places[p]];
		}
		*out++ = most;
		*out++ = l->v[k].own[places[p]] - most;
	}
	*out++ = (float)l->n;
	return out;
}

void first_evidence(const struct first_article *x, size_t i, float (*out)[FIRST_EVIDENCE])
{
	struct around around[ISSUE_CANDIDATES];
	const struct first_candidates *l = x->v[i].candidates;
	for (size_t k = 0; k < l->n; k++)
		around[k] = look_around(x, i, k);
	for (size_t k = 0; k < l->n; k++) {
		float mean = 0, near = 0, *at = put_chances(l, k, out[k]);
		for (size_t q = 0; q < l->n; q++) {
			if (q == k || l->v[q].hit.issue->kind == ISSUE_PLACE)
				continue;
			mean = around[q].mean_main > mean ? around[q].mean_main : mean;
			near = around[q].near_main > near ? around[q].near_main : near;
		}
		at = put_around(&around[k], x, i, at);
		*at++ = around[k].mean_main - mean;
		*at++ = around[k].near_main - near;
		at = put_beside(l, k, at);
		memcpy(at, l->v[k].own, sizeof l->v[k].own);
	}
}

static bool only_others_name(const struct first_candidate *k)
{
	return k->own[OWN_TERMS] <= 0 && k->own[OWN_BACK] > 0 && k->own[OWN_TITLE] <= 0 &&
	       k->own[OWN_TITLE_HINTS] <= 0;
}

/* The likeliest one changes places with one that the content's own words name far more. */
static void prefer_own_words(const struct first_candidates *l, float *chance)
{
	size_t best = 0, own = l->n;
	for (size_t k = 0; k < l->n; k++) {
		best = chance[k] > chance[best] ? k : best;
		if (l->v[k].own[OWN_TERMS] > 0 &&
		    (own == l->n || l->v[k].hit.main > l->v[own].hit.main))
			own = k;
	}
	if (own == l->n || !only_others_name(&l->v[best]) || l->v[own].hit.score < NAMED_AT_ALL ||
	    l->v[own].hit.main - l->v[best].hit.main < NAMED_MORE)
		return;
	float most = chance[best];
	chance[best] = chance[own];
	chance[own] = most;
}

void first_judge(const struct first_article *x, size_t i, const struct tree *trees, size_t n_trees,
		 float *out)
{
	float evidence[ISSUE_CANDIDATES][FIRST_EVIDENCE];
	const struct first_candidates *l = x->v[i].candidates;
	first_evidence(x, i, evidence);
	for (size_t k = 0; k < l->n; k++) {
		float odds = 0;
		for (size_t t = 0; t < n_trees; t++)
			odds += tree_value(&trees[t], evidence[k]);
		out[k] = 1 / (1 + expf(-odds));
		out[k] = out[k] > l->v[k].least ? out[k] : l->v[k].least;
	}
	prefer_own_words(l, out);
}
