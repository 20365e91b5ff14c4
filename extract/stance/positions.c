/* From readings to positions on issues. */
#include "extract/stance/positions.h"

#include <math.h>
#include <string.h>

#include "extract/issue/first_issue.h"
#include "extract/issue/hit_weights.h"
#include "extract/issue/issue_table.h"
#include "extract/issue/object_issue.h"
#include "extract/stance/act_side.h"
#include "extract/stance/asking.h"

/* Who merely states something takes sides less often than the networks think, who does something by
 * saying it more often: log odds. The fitted acts have seen the train part of the corpus, so that
 * these two numbers are from its dev part, where they differ by 0.7 at any confidence. */
static const float STATES = -0.65f, DOES = 0.05f;

static void weigh_act(struct position_reading *r, enum act act)
{
	for (size_t k = 0; k < r->n; k++) {
		float p = r->v[k].confidence, odds = p / (1 - p + 1e-6f);
		odds *= expf(act == ACT_STATE ? STATES : DOES);
		r->v[k].confidence = odds / (1 + odds);
	}
}

/* In the middle between the two choices of the act: by its features, and by its words in their
 * order; by the first alone where nobody asked the second. */
static void join_acts(const struct position_reading *r, const struct stance_facts *facts,
		      float acts[ACT_COUNT])
{
	float sum = 0;
	for (size_t k = 0; k < ACT_COUNT; k++)
		sum += acts[k] = sqrtf(facts->acts[k] * r->acts[k]);
	for (size_t k = 0; k < ACT_COUNT; k++)
		acts[k] = sum > 0 ? acts[k] / sum : facts->acts[k];
}

/* The act, now that it is known which side is taken; not where the rules know it for sure. */
static void choose_act(const struct position_reading *r, struct stance_facts *facts,
		       struct statement *s)
{
	const float none = 0.85f; /* of a content without anything to be for or against */
	const struct position_guess *best = r->n ? &r->v[0] : NULL;
	float acts[ACT_COUNT];
	for (size_t k = 1; k < r->n; k++)
		if (r->v[k].confidence > best->confidence)
			best = &r->v[k];
	if (facts->is_act_settled || facts->acts[ACT_STATE] <= 0)
		return;
	join_acts(r, facts, acts);
	enum act act = act_with_side(acts, best ? best->side : POSITION_NEUTRAL,
				     best ? best->confidence : none);
	if (act != ACT_DENY && act != ACT_DECLINE_COMMENT)
		s->stance.act = facts->act = act;
}

int positions_read(const struct positions_input *in, struct position_reading *out,
		   struct arena *scratch)
{
	struct position_reader_room *room = arena_room(scratch, 1, sizeof *room);
	if (!room)
		return -1;
	for (size_t i = 0; i < in->n; i++) {
		const struct attribution *at = &in->attributions->v[in->made_of[i]];
		if (!budget_allows_step(in->a->budget, i * 64))
			return -1;
		if (i > 0 && in->made_of[i] == in->made_of[i - 1])
			out[i] = out[i - 1];
		else
			position_read(in->reader, in->scene, at, &in->v[i], &in->facts[i], room,
				      &out[i]);
		out[i].attribution = at->p;
		out[i].speaker = in->v[i].speaker ? str_hash(in->v[i].speaker->id) : 0;
	}
	position_reader_settle(in->reader, out, in->n);
	for (size_t i = 0; i < in->n; i++) {
		enum act alone = in->facts[i].act;
		choose_act(&out[i], &in->facts[i], &in->v[i]);
		weigh_act(&out[i], alone);
	}
	return 0;
}

/* --- one statement ---------------------------------------------------------------------------- */

enum { HITS = 24 };

struct setter {
	const struct positions_input *in;
	const struct text *t;
	const struct attribution *at;
	const struct position_reading *r;
	struct statement *s;
	const struct stance_facts *facts;
	float chance[ISSUE_CANDIDATES]; /* of facts->first, to go first */
	const struct issue *spare;	/* NULL, or told only if it goes first */
	struct issue_hit hits[HITS];
	size_t rank[HITS]; /* of the guess whose side it has, else READING_GUESSES */
	size_t n, n_found; /* those of before come first */
};

static enum position opposite(enum position p)
{
	return p == POSITION_SUPPORT  ? POSITION_OPPOSE
	       : p == POSITION_OPPOSE ? POSITION_SUPPORT
				      : p;
}

static bool meets(const struct setter *x, const struct issue_hit *h, struct range r)
{
	struct span s = text_span(x->t, r.first, r.last);
	for (size_t e = 0; e < h->evidence.n; e++)
		if (h->evidence.v[e].start < s.end && s.start < h->evidence.v[e].end)
			return true;
	return false;
}

/* Can a side be taken on an issue of this kind? Places and domains are only talked about. */
static bool is_open_to_sides(const struct issue *is)
{
	return is->is_open || (is->kind != ISSUE_PLACE && is->kind != ISSUE_DOMAIN);
}

/* Is this position on an issue what the words mean that name it? Nobody is for a problem or against
 * a value, and who is against what belongs to an event ("the trial") is seldom against the event:
 * in the train part of the corpus, two readings of three and more are the other ones' that this
 * leaves out. */
static bool takes(const struct issue *is, enum position p)
{
	if (is->is_open)
		return true;
	switch (is->kind) {
	case ISSUE_PLACE:
	case ISSUE_DOMAIN:
		return false;
	case ISSUE_EVENT:
	case ISSUE_VALUE:
		return p == POSITION_SUPPORT;
	case ISSUE_PROBLEM:
		return p != POSITION_SUPPORT;
	default:
		return p != POSITION_CONCERN;
	}
}

/* Where a side is told, towards which words. */
struct side {
	enum position position;
	float confidence;
	uint32_t head;
	struct range phrase;
	size_t rank; /* of the guess */
};

/* The words of the object, and the cue or what governs it. */
static int set_evidence(const struct setter *x, const struct side *d, struct issue_hit *hit)
{
	struct span *v = arena_array(x->in->a, 2, sizeof *v);
	uint32_t up = x->t->tokens[d->head].head;
	if (!v)
		return -1;
	v[0] = text_span(x->t, d->phrase.first, d->phrase.last);
	if (!range_holds(d->phrase, up))
		v[1] = text_span(x->t, up, up);
	else if (range_is(x->at->cue) && !x->at->is_carried)
		v[1] = text_span(x->t, x->at->cue.first, x->at->cue.last);
	hit->position_evidence = (struct spans){v, v[1].end > v[1].start ? 2u : 1u};
	return 0;
}

static int take_side(struct setter *x, const struct side *d, struct issue_hit *hit)
{
	hit->position = hit->turns ? opposite(d->position) : d->position;
	hit->position_confidence = d->confidence;
	x->rank[hit - x->hits] = d->rank;
	return set_evidence(x, d, hit);
}

static enum position position_on(const struct issue_hit *hit, enum position of_object)
{
	return hit->turns ? opposite(of_object) : of_object;
}

/* "It": the first issue of what the content refers to, whose words stand outside of it. */
static struct issue_hit *meant_by_pronoun(struct setter *x, enum position side)
{
	for (size_t h = 0; h < x->n; h++) {
		struct issue_hit *hit = &x->hits[h];
		bool is_inside =
			hit->position_confidence > 0 || !takes(hit->issue, position_on(hit, side));
		for (size_t p = 0; p < x->at->n_parts; p++)
			is_inside = is_inside || meets(x, hit, x->at->parts[p]);
		if (!is_inside)
			return hit;
	}
	return NULL;
}

/* From this probability on an object is an issue of the table; where nothing else names it, from a
 * lower one, if its own words do. */
static const float TIED = 0.45f, TIED_ELSE_UNNAMED = 0.2f, TIED_BY_OTHERS = 0.3f;

/* Nobody is for a problem, however an object is tied to it. */
static bool is_free(const struct issue_hit *hit, enum position p)
{
	return tie_is_possible(hit->issue) && hit->position_confidence <= 0 &&
	       (hit->issue->kind != ISSUE_PROBLEM || p != POSITION_SUPPORT);
}

/* The side of a guess goes to the issue of the table that its object most probably is, if more so
 * than `most`; 1; 0 where it is none; -1 when the arena is full. */
static int tie(struct setter *x, const struct position_guess *g, const struct side *d, float most)
{
	const struct tie_scene scene = {x->in->scene, x->at, x->hits, x->n_found};
	const struct tie_object o = {g->head, g->core, g->side, g->is_pronoun};
	struct issue_hit *best = NULL;
	bool turns = false;
	for (size_t h = 0; h < scene.n_hits; h++) {
		bool is_turned = tie_is_turned(&scene, h, &o);
		for (int t = 0; t < 2; t++) {
			bool turned = t || is_turned;
			enum position side = turned ? opposite(g->side) : g->side;
			float p = is_free(&x->hits[h], side)
					  ? position_reader_tie(x->in->reader, &scene, h, &o, t)
					  : 0;
			if (p <= most || (p <= TIED_BY_OTHERS && !meets(x, &x->hits[h], g->phrase)))
				continue;
			most = p;
			best = &x->hits[h];
			turns = turned;
		}
	}
	if (!best)
		return 0;
	/* What stands between the object and the issue's words turns it: they do not. */
	bool own = best->turns;
	best->turns = turns;
	int rc = take_side(x, d, best);
	best->turns = own;
	return rc < 0 ? -1 : 1;
}

/* An open issue that was found already by the object's head, or NULL. */
static struct issue_hit *open_at(struct setter *x, uint32_t head)
{
	const struct range at = {head, head};
	for (size_t h = 0; h < x->n_found; h++)
		if (x->hits[h].issue->is_open && x->hits[h].position_confidence <= 0 &&
		    meets(x, &x->hits[h], at))
			return &x->hits[h];
	return NULL;
}

/* An open issue for the object itself, by its core, else by the whole phrase; 1, 0, or -1 when the
 * arena is full. */
static int add_own(struct setter *x, const struct position_guess *g, const struct side *d)
{
	const struct view_scene *v = x->in->scene;
	struct issue_hit own = {0};
	int rc = 0;
	for (int whole = 0; whole < 2 && rc == 0 && x->n < HITS; whole++) {
		uint32_t head = whole ? g->phrase_head : g->head;
		struct object o = {whole ? g->phrase : g->core, head,
				   map_get(&v->counts, v->f->lemma[head])};
		rc = issue_of_object(x->in->issues, v->f, v->es, &o, &own, x->in->a);
	}
	if (rc <= 0)
		return rc;
	size_t h = 0;
	while (h < x->n && !str_eq(x->hits[h].issue->id, own.issue->id))
		h++;
	if (h < x->n && x->hits[h].position_confidence > 0)
		return 1;
	x->hits[h] = own;
	x->n += h == x->n;
	return take_side(x, d, &x->hits[h]) < 0 ? -1 : 1;
}

/* The side of a guess goes to an issue of the table; where there is none, to an open one; where
 * there is none either, to the likeliest of the table. */
static int settle_guess(struct setter *x, const struct position_guess *g, size_t rank)
{
	struct side d = {g->side, g->confidence, g->head, g->phrase, rank};
	int rc = tie(x, g, &d, TIED);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	struct issue_hit *found = g->is_pronoun ? meant_by_pronoun(x, g->side) : NULL;
	if (!found && (rc = add_own(x, g, &d)) != 0)
		return rc < 0 ? -1 : 0;
	found = found ? found : open_at(x, g->head);
	if (found)
		return take_side(x, &d, found);
	return tie(x, g, &d, TIED_ELSE_UNNAMED) < 0 ? -1 : 0;
}

/* What is less probable by itself is not told for being what the statement is about most. */
static const float MAIN = 0.2f;

/* How probable it is that an issue is what the statement is about: of an open one with a side,
 * somewhat more than that its side is right; single words less so. Chosen on folds. */
static float is_main(const struct issue_hit *hit)
{
	const float phrase = 0.1f, word = -0.1f;
	if (!hit->issue->is_open || hit->position_confidence <= 0)
		return hit->main;
	bool is_phrase = str_find(hit->issue->label, STR(" "), 0) != SIZE_MAX;
	return hit->position_confidence + (is_phrase ? phrase : word);
}

/* Is one issue found by words that are among those of the other: "shipping" in "shipping levy"? */
static bool is_named_within(const struct issue_hit *wide, const struct issue_hit *narrow)
{
	for (size_t w = 0; w < wide->evidence.n; w++)
		for (size_t k = 0; k < narrow->evidence.n; k++)
			if (narrow->evidence.v[k].start <= wide->evidence.v[w].start &&
			    wide->evidence.v[w].end <= narrow->evidence.v[k].end)
				return true;
	return false;
}

/* An issue of the table with a side goes first. Before an open one goes one of the table that is
 * likelier to be the main one, though it is only mentioned; but not one that the open issue's own
 * words name. */
static void put_main_first(struct issue_hit *v, size_t n)
{
	size_t best = 0;
	if (n == 0 || (!v[0].issue->is_open && v[0].position_confidence > 0))
		return;
	bool is_sided = v[0].position_confidence > 0;
	float most = is_main(&v[0]);
	for (size_t h = 1; h < n; h++)
		if ((!v[h].issue->is_open || !is_sided) && is_main(&v[h]) > most &&
		    (!is_sided || !is_named_within(&v[h], &v[0]))) {
			best = h;
			most = is_main(&v[h]);
		}
	struct issue_hit first = v[best];
	memmove(v + 1, v, best * sizeof *v);
	v[0] = first;
}

/* Issues with a side before the others, those of the likeliest object first; no score is above the
 * one before. */
static void order(struct setter *x)
{
	struct issue_hit sorted[HITS];
	size_t n = 0;
	for (size_t rank = 0; rank <= READING_GUESSES; rank++)
		for (size_t h = 0; h < x->n; h++)
			if (x->rank[h] == rank)
				sorted[n++] = x->hits[h];
	put_main_first(sorted, n);
	for (size_t h = n; h-- > 1;)
		if (sorted[h - 1].score < sorted[h].score)
			sorted[h - 1].score = sorted[h].score;
	memcpy(x->hits, sorted, n * sizeof *sorted);
}

/* Are its words among those of an open issue with a side: "smart enforcement" in "smart enforcement
 * of the border"? A noun alone is no such part: the article keeps coming back to it. */
static bool is_part_of_own(const struct setter *x, const struct issue_hit *hit)
{
	bool is_phrase = str_find(hit->issue->label, STR(" "), 0) != SIZE_MAX;
	for (size_t h = 0; h < x->n && is_phrase; h++)
		if (x->hits[h].issue->is_open && x->hits[h].position_confidence > 0 &&
		    is_named_within(hit, &x->hits[h]))
			return true;
	return false;
}

/* Phrases of which fewer than one in four is what a reader names say little of a statement, nor do
 * those that are a part of what a side is told on. */
static void drop_stray(struct setter *x)
{
	const float least = 0.3f;
	size_t n = 0;
	for (size_t h = 0; h < x->n; h++) {
		const struct issue_hit *hit = &x->hits[h];
		if (hit->issue->is_open && hit->position_confidence <= 0 &&
		    (hit->score < least || is_part_of_own(x, hit)))
			continue;
		x->rank[n] = x->rank[h];
		x->hits[n++] = *hit;
	}
	x->n = n;
}

/* How likely each one told is to go first; and the likeliest of the others, which is told if it
 * does and else not at all. Where a side is taken it is on something else. */
static void weigh_first(struct setter *x, bool is_sided)
{
	const struct first_candidates *l = x->facts->first;
	size_t best = l->n;
	for (size_t h = 0; h < x->n; h++)
		x->hits[h].main = x->hits[h].issue->is_open ? x->hits[h].main : 0;
	for (size_t k = 0; k < l->n; k++) {
		size_t h = 0;
		while (h < x->n && x->hits[h].issue != l->v[k].hit.issue)
			h++;
		if (h < x->n)
			x->hits[h].main = x->chance[k];
		else if (x->chance[k] >= MAIN && (best == l->n || x->chance[k] > x->chance[best]))
			best = k;
	}
	x->spare = NULL;
	if (is_sided || best == l->n || x->n == HITS)
		return;
	x->rank[x->n] = READING_GUESSES;
	x->hits[x->n] = l->v[best].hit;
	x->hits[x->n++].main = x->chance[best];
	x->spare = l->v[best].hit.issue;
}

static void drop_spare(struct setter *x)
{
	for (size_t h = 1; x->spare && h < x->n; h++)
		if (x->hits[h].issue == x->spare) {
			x->n--;
			memmove(x->hits + h, x->hits + h + 1, (x->n - h) * sizeof *x->hits);
			return;
		}
}

/* What has no side is only mentioned, but for the main matter of a statement that takes none. */
static void set_others(struct setter *x, bool is_sided)
{
	for (size_t h = 0; h < x->n; h++) {
		struct issue_hit *hit = &x->hits[h];
		if (hit->position_confidence > 0)
			continue;
		bool is_main = h == 0 && !is_sided && is_open_to_sides(hit->issue);
		hit->position = is_main ? POSITION_NEUTRAL : POSITION_NONE;
	}
}

/* How the position was found, and how sure that makes the stance. */
static void set_confidence(const struct positions_input *in, struct statement *s,
			   struct stance_facts *facts)
{
	enum position p = s->stance.position;
	if (p != facts->position)
		facts->position_rule =
			p == POSITION_NEUTRAL ? POSITION_RULE_UNSURE : POSITION_RULE_READER;
	facts->position = p;
	s->stance.confidence = classifier_confidence(in->scene->cl, facts);
}

static float sign_of(enum position p)
{
	return p == POSITION_SUPPORT ? 1 : p == POSITION_OPPOSE || p == POSITION_CONCERN ? -1 : 0;
}

static bool has_guess_like(const struct positions_input *in, const struct position_reading *r,
			   const struct position_guess *g)
{
	for (size_t k = 0; k < r->n; k++)
		if (r->v[k].confidence >= in->sure && r->v[k].side == g->side &&
		    r->v[k].core.first <= g->phrase.last && g->phrase.first <= r->v[k].core.last)
			return true;
	return false;
}

/* "The Secretary reaffirmed support for the accord", in a readout of the spokesperson's or a turn
 * of a debate: who only tells it takes no side by that. In a quotation the words of the other one
 * may be what is judged ("his ignorant view of Islam"). */
static bool is_passed_on(const struct setter *x, const struct position_guess *g)
{
	const struct positions_input *in = x->in;
	size_t own = (size_t)(x->s - in->v);
	for (size_t k = 0; k < in->n && x->at->is_turn; k++) {
		const struct attribution *at = &in->attributions->v[in->made_of[k]];
		uint32_t source = at->source.first;
		if (k != own && in->v[k].reported_by == x->s->speaker && !at->is_turn &&
		    attribution_holds(x->at, source) && x->t->tokens[g->head].quote == 0 &&
		    has_guess_like(in, x->r + (k - own), g) &&
		    x->t->sentences[text_sentence(x->t, source)].first == source)
			return true;
	}
	return false;
}

/* "Refused to condemn": what was not said is no side, and the cue alone tells that. */
static bool takes_no_side(const struct setter *x)
{
	const struct stance_facts *facts = x->facts;
	enum act act = x->s->stance.act;
	return act == ACT_DENY || act == ACT_DECLINE_COMMENT || asks_yes_or_no(x->t, x->at) ||
	       (facts->position == POSITION_NEUTRAL && facts->position_rule == POSITION_RULE_CUE);
}

static int set_statement(struct setter *x)
{
	bool is_sideless = takes_no_side(x);
	const struct position_guess *first = NULL;
	struct statement *s = x->s;
	x->n = x->n_found = s->n_issues < HITS ? s->n_issues : HITS;
	memcpy(x->hits, s->issues, x->n * sizeof *x->hits);
	for (size_t h = 0; h < HITS; h++)
		x->rank[h] = READING_GUESSES;
	for (size_t k = 0; k < x->r->n && !is_sideless; k++) {
		const struct position_guess *g = &x->r->v[k];
		if (!position_is_told(x->r, g, x->in->sure) || is_passed_on(x, g))
			continue;
		first = first ? first : g;
		if (settle_guess(x, g, k) < 0)
			return -1;
	}
	drop_stray(x);
	weigh_first(x, first != NULL);
	order(x);
	drop_spare(x);
	set_others(x, first != NULL);
	struct issue_hit *kept = arena_array(x->in->a, x->n, sizeof *kept);
	if (!kept)
		return -1;
	memcpy(kept, x->hits, x->n * sizeof *kept);
	s->issues = kept;
	s->n_issues = x->n;
	s->stance.position = x->n && kept[0].position != POSITION_NONE ? kept[0].position
			     : first				       ? first->side
								       : POSITION_NEUTRAL;
	s->stance.intensity *= sign_of(s->stance.position);
	return 0;
}

static int read_firsts(const struct positions_input *in, struct first_article *out,
		       struct arena *scratch)
{
	struct first_statement *v = arena_array(scratch, in->n, sizeof *v);
	if (!v && in->n)
		return -1;
	for (size_t i = 0; i < in->n; i++)
		v[i] = (struct first_statement){
			in->facts[i].first, in->v[i].speaker ? str_hash(in->v[i].speaker->id) : 0};
	return first_article_init(out, v, in->n, scratch);
}

int positions_find(const struct positions_input *in)
{
	struct arena scratch;
	static const size_t none = 1;
	int rc = 0;
	arena_init_beside(&scratch, in->a);
	struct position_reading *v = arena_array(&scratch, in->n + none, sizeof *v);
	struct setter *x = arena_alloc(&scratch, sizeof *x);
	struct first_article firsts;
	if (!v || !x || read_firsts(in, &firsts, &scratch) < 0 ||
	    positions_read(in, v, &scratch) < 0)
		rc = -1;
	for (size_t i = 0; rc == 0 && i < in->n; i++) {
		*x = (struct setter){.in = in,
				     .t = in->scene->f->t,
				     .at = &in->attributions->v[in->made_of[i]],
				     .r = &v[i],
				     .s = &in->v[i],
				     .facts = &in->facts[i]};
		first_judge(&firsts, i, in->issues->weights->first, FIRST_TREES, x->chance);
		rc = set_statement(x);
		if (rc == 0)
			set_confidence(in, &in->v[i], &in->facts[i]);
	}
	arena_release(&scratch);
	return rc;
}
