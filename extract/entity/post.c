/* Reads posts, and finds those that stand with names. */
#include "extract/entity/post.h"

#include "extract/entity/holders.h"
#include "extract/entity/jurisdiction.h"
#include "extract/tables/key.h"

enum {
	COMPLEMENT_MOST = 16, /* tokens behind the noun of a post */
	BEFORE_MOST = 16,     /* tokens of a post before a name and its comma */
	AFTER_MOST = 10,      /* tokens of a post behind a name up to its noun */
	POSTS_APART = 60      /* posts that a description may reach over */
};

/* --- reading ---------------------------------------------------------------------------------- */

static const struct actor *actor_at(const struct entities *es, uint32_t i)
{
	const struct entity *e = entities_named_at(es, i);
	return e ? e->actor : NULL;
}

/* The country of what a mention names, also of cities and regions, as an index of the gazetteer. */
static uint32_t home_of(const struct entities *es, const struct mention *m)
{
	const struct entity *e = &es->v[m->entity];
	uint32_t country = MAP_NONE;
	if (e->known != MAP_NONE)
		return es->g->homes[e->known];
	if (e->actor->country.n)
		return map_get(&es->g->by_id, str_hash(e->actor->country));
	(void)gazetteer_is_place(es->g, es->t, m->first, m->last, &country);
	return country;
}

/* Words for one post: "Sen. Lee" is the senator. */
static uint64_t word_of_post(const struct text *t, uint32_t i)
{
	static const struct {
		enum word_set set;
		const char *word;
	} same[] = {{SET_SENATOR_WORD, "senator"},
		    {SET_GOVERNOR_WORD, "governor"},
		    {SET_REPRESENTATIVE_WORD, "representative"},
		    {SET_GENERAL_WORD, "general"}};
	for (size_t k = 0; k < sizeof same / sizeof same[0]; k++)
		if (text_is_in(t, i, same[k].set))
			return word_key(str_of(same[k].word));
	return t->tokens[i].key;
}

static void add_word(const struct entities *es, uint32_t i, struct post *out)
{
	const struct text *t = es->t;
	if (!(t->tokens[i].flags & TOK_WORD) || t->tokens[i].tag == TAG_DT ||
	    t->tokens[i].tag == TAG_PRPS || t->tokens[i].tag == TAG_POS ||
	    holder_is_small_word(text_token(t, i)))
		return;
	if (text_is_in(t, i, SET_PAST_POST)) {
		out->is_past = true;
		return;
	}
	if (text_is_in(t, i, SET_PRESENT_POST) || text_is_in(t, i, SET_COURTESY_TITLE))
		return;
	out->is_deputy = out->is_deputy || text_is_in(t, i, SET_DEPUTY_POST);
	out->is_prime = out->is_prime || text_is(t, i, "prime");
	uint64_t share = holder_share(word_of_post(t, i));
	if (out->n_words < POST_WORDS)
		out->words[out->n_words++] = share;
	out->key += share;
}

/* A name in a post; returns its last token. */
static uint32_t add_name(const struct entities *es, uint32_t i, bool is_abroad, struct post *out)
{
	const struct mention *m = entities_mention(es, i);
	const struct actor *a = actor_at(es, i);
	if (a->kind == ACTOR_COUNTRY) {
		uint32_t *at = is_abroad ? &out->abroad : &out->country;
		if (*at == MAP_NONE)
			*at = home_of(es, m);
		else
			out->key += 1; /* of two countries: of none */
		return m->last;
	}
	if (out->body == MAP_NONE) {
		out->body = m->entity;
		out->home = home_of(es, m);
	}
	for (uint32_t k = i; k <= m->last; k++)
		if ((es->t->tokens[k].flags & TOK_WORD) &&
		    !holder_is_small_word(text_token(es->t, k)))
			out->body_key += holder_share(es->t->tokens[k].key);
	return m->last;
}

/* "Its", "the ministry's", "the French president's" before a post: a country, a body, somebody. */
static void add_owner(const struct entities *es, uint32_t i, struct post *out)
{
	uint32_t owner = entities_referred(es, i);
	if (owner == MAP_NONE || out->country != MAP_NONE || out->body != MAP_NONE)
		return;
	const struct entity *e = &es->v[owner];
	out->is_by_pronoun = true;
	if (e->actor->kind == ACTOR_COUNTRY && e->known != MAP_NONE) {
		out->country = es->g->homes[e->known];
		return;
	}
	out->body = owner;
	if (e->actor->country.n)
		out->home = map_get(&es->g->by_id, str_hash(e->actor->country));
}

/* "The Taoiseach", "the Prime Minister": there is one, who is no minister "for" anything ("I have
 * admired the Taoiseach for many years"). */
static bool is_whole_title(const struct entities *es, const struct post *p)
{
	return p->is_prime || map_get(&es->g->posts, p->key) != MAP_NONE;
}

/* Does a complement of a post begin with the preposition at i? */
static bool begins_complement(const struct entities *es, uint32_t head, uint32_t i)
{
	const struct text *t = es->t;
	/* not "thank the minister for that", "for her answer", "for two years", "for coming" */
	if (text_is_one_of(t, i, "of for"))
		return !text_is_one_of(t, i + 1, "this that these those") &&
		       (text_is(t, i, "of") ||
			(text_tag(t, i + 1) != TAG_PRPS && text_tag(t, i + 1) != TAG_CD &&
			 text_tag(t, i + 1) != TAG_VBG));
	uint32_t next = i + 1 + (text_tag(t, i + 1) == TAG_DT);
	const struct entity *named = next < t->n_tokens ? entities_named_at(es, next) : NULL;
	/* "Chief Secretary to the Treasury", but not "may I refer the minister to Norway" */
	bool is_other = text_is(t, i, "to") && text_is_in(t, head, SET_OFFICE_MINISTER) && named &&
			(named->actor->kind != ACTOR_ORGANIZATION || named->known == MAP_NONE);
	return text_is_in(t, i, SET_POST_ABROAD) && named && !is_other;
}

static bool goes_on(const struct text *t, uint32_t i, bool is_inside)
{
	unsigned tag = text_tag(t, i);
	if (tag == TAG_CC) /* "trade and industry" */
		return is_inside && text_is(t, i, "and") && tag_is_noun(text_tag(t, i + 1));
	if (!is_inside)
		return (tag == TAG_JJ && text_is_one_of(t, i + 1, "for of")) || text_is_joint(t, i);
	return tag_is_noun(tag) || tag == TAG_JJ || tag == TAG_DT || tag == TAG_POS ||
	       text_is_joint(t, i);
}

static bool is_person_at(const struct entities *es, uint32_t i)
{
	const struct actor *a = actor_at(es, i);
	return a && a->kind == ACTOR_PERSON;
}

/* A name that nobody's post has for its complement: a person's whole one. "Eastham" may be a place.
 */
static bool is_whole_person_at(const struct entities *es, uint32_t i)
{
	const struct mention *m = entities_mention(es, i);
	return is_person_at(es, i) &&
	       (m->first < m->last || m->outer < m->first || es->v[m->entity].known != MAP_NONE);
}

static void read_complements(const struct entities *es, struct post *out)
{
	const struct text *t = es->t;
	bool is_inside = false, is_abroad = false, is_whole = is_whole_title(es, out);
	if (text_is_joint(t, out->head + 1) && text_is_in(t, out->head + 2, SET_PAST_POST)) {
		out->is_past = true; /* "president-elect" */
		out->last += 2;
	}
	uint32_t general = out->head + 1 + text_is_joint(t, out->head + 1);
	if (text_is(t, general, "general")) { /* "Secretary-General" */
		add_word(es, general, out);
		out->last = general;
	}
	for (uint32_t i = out->last + 1; i < t->n_tokens && i < out->head + COMPLEMENT_MOST; i++) {
		if (t->tokens[i].flags & TOK_PARAGRAPH_START || is_whole_person_at(es, i))
			break;
		if (begins_complement(es, out->head, i) && !(is_whole && text_is(t, i, "for"))) {
			is_inside = true;
			is_abroad = text_is_in(t, i, SET_POST_ABROAD) || /* "envoy for Yemen" */
				    (text_is(t, i, "for") &&
				     text_is_in(t, out->head, SET_OFFICE_AMBASSADOR));
			continue;
		}
		if (es->mention_at[i]) {
			if (!is_inside)
				break;
			i = add_name(es, i, is_abroad, out);
		} else if (goes_on(t, i, is_inside)) {
			add_word(es, i, out);
		} else {
			break;
		}
		out->last = i;
	}
	uint32_t next = out->last + 1;
	bool goes_on = !(out->last == out->head && !is_inside) && next < t->n_tokens &&
		       (es->mention_at[next] || tag_is_noun(t->tokens[next].tag)) &&
		       !(t->tokens[next].flags & TOK_PARAGRAPH_START);
	out->is_cut = is_inside && !is_abroad && (out->last == out->head || goes_on);
}

/* "Assertive" of "the assertive Turkish president": an adjective right before the country says what
 * the holder is like, but for which of them it is, as "first" does. */
static bool is_before_country(const struct entities *es, uint32_t i, uint32_t last)
{
	const struct token *k = &es->t->tokens[i];
	const struct actor *next = i < last ? actor_at(es, i + 1) : NULL;
	return next && next->kind == ACTOR_COUNTRY && !es->mention_at[i] &&
	       (k->tag == TAG_JJ || k->tag == TAG_VBN) && !(k->flags & TOK_CAPITAL) &&
	       !text_is_in(es->t, i, SET_PAST_POST) && !text_is_in(es->t, i, SET_STANDING_IN) &&
	       !text_is_in(es->t, i, SET_WHICH_HOLDER) && !text_is_in(es->t, i, SET_DEPUTY_POST);
}

static void read_words(const struct entities *es, uint32_t first, uint32_t last, struct post *out)
{
	for (uint32_t i = first; i <= last; i++)
		if (is_before_country(es, i, last))
			continue;
		else if (es->mention_at[i])
			i = add_name(es, i, false, out);
		else if (es->t->tokens[i].tag == TAG_PRPS)
			add_owner(es, i, out);
		else
			add_word(es, i, out);
}

static struct post post_of(uint32_t first, uint32_t head)
{
	return (struct post){.first = first,
			     .last = head,
			     .head = head,
			     .country = MAP_NONE,
			     .abroad = MAP_NONE,
			     .body = MAP_NONE,
			     .home = MAP_NONE,
			     .entity = MAP_NONE};
}

/* Does the text speak of a country more than of any other, or of none? */
static bool is_foremost(const struct entities *es, uint32_t country)
{
	float its = 0, most = 0;
	for (size_t i = 0; i < es->about->n; i++) {
		const struct evidence *v = &es->about->v[i];
		most = v->weight > most ? v->weight : most;
		its = v->country == country ? v->weight : its;
	}
	return its >= most;
}

/* "The Taoiseach" is of Ireland; "the Home Secretary" may be of Britain. */
static void take_country_of_words(const struct entities *es, struct post *out)
{
	uint64_t key = out->key + out->body_key;
	if (out->country != MAP_NONE || out->abroad != MAP_NONE)
		return;
	out->country = map_get(&es->g->posts, key);
	uint32_t likely = map_get(&es->g->likely_posts, key);
	if (likely != MAP_NONE && (es->home == likely || is_foremost(es, likely)))
		out->country = likely;
}

void post_read(const struct entities *es, uint32_t first, uint32_t head, struct post *out)
{
	while (first > 0 && !(es->t->tokens[first].flags & TOK_PARAGRAPH_START) &&
	       (text_is_in(es->t, first - 1, SET_PAST_POST) ||
		text_is_in(es->t, first - 1, SET_STANDING_IN) ||
		text_is_in(es->t, first - 1, SET_DEPUTY_POST)))
		first--;
	if (first > 1 && es->t->tokens[first - 1].tag == TAG_POS &&
	    !(es->t->tokens[first].flags & TOK_PARAGRAPH_START)) { /* "Norway's" before it */
		const struct mention *owner = entities_mention(es, first - 2);
		first = owner ? owner->first : first;
	}
	*out = post_of(first, head);
	for (uint32_t i = head; i-- > first + 1;)
		if (es->t->tokens[i].tag == TAG_POS && entities_referred(es, i - 1) != MAP_NONE) {
			add_owner(es, i - 1, out);
			out->first = first = i + 1;
			break;
		}
	read_words(es, first, head, out);
	read_complements(es, out);
	take_country_of_words(es, out);
}

/* --- posts beside names ----------------------------------------------------------------------- */

static bool is_post_noun(const struct text *t, uint32_t i)
{
	return tag_is_noun(text_tag(t, i)) &&
	       (text_is_in(t, i, SET_ROLE) || text_is_in(t, i, SET_POST_NOUN));
}

static int add(struct entities *es, struct post p, uint32_t entity)
{
	if (arena_grow(es->a, (void **)&es->posts, &es->cap_posts, es->n_posts + 1,
		       sizeof *es->posts) < 0)
		return -1;
	p.entity = entity;
	es->posts[es->n_posts++] = p;
	return 0;
}

/* "Foreign Minister Ann Lee". */
static int titles_of(struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	uint32_t first = m->outer, head = MAP_NONE;
	while (first < m->first && text_is_in(t, first, SET_COURTESY_TITLE))
		first++;
	for (uint32_t i = first; i < m->first; i++)
		if (text_is_in(t, i, SET_ROLE) || text_is_in(t, i, SET_POST_NOUN) ||
		    word_of_post(t, i) != t->tokens[i].key) {
			head = i;
			if (text_is(t, i + 1, "of") || text_is(t, i + 1, "for"))
				break;
		}
	if (head == MAP_NONE)
		return 0;
	struct post p = post_of(first, head);
	read_words(es, first, m->first - 1, &p);
	p.last = m->first - 1;
	take_country_of_words(es, &p);
	return add(es, p, m->entity);
}

/* Where the words before the noun of a post begin: "the Russian deputy" minister. */
static uint32_t post_start(const struct entities *es, uint32_t head)
{
	const struct text *t = es->t;
	uint32_t i = head;
	while (i > 0 && head - i < BEFORE_MOST && !(t->tokens[i].flags & TOK_PARAGRAPH_START)) {
		unsigned tag = t->tokens[i - 1].tag;
		if (tag == TAG_DT || tag == TAG_PRPS)
			return i - 1;
		if (is_person_at(es, i - 1) ||
		    (!tag_is_noun(tag) && tag != TAG_JJ && tag != TAG_POS && tag != TAG_VBN &&
		     !es->mention_at[i - 1] && !text_is_joint(t, i - 1)))
			break;
		i--;
	}
	return i;
}

/* Where a bracket begins that ends before a token: "the head of CEI (bishops' conference), Ann
 * Lee"; the token where there is none. */
static uint32_t before_bracket(const struct text *t, uint32_t i)
{
	enum { BRACKET_MOST = 10 };
	for (uint32_t k = i; i > 0 && text_is(t, i - 1, ")") && k-- > 1 && i - k < BRACKET_MOST;)
		if (text_is(t, k, "("))
			return k;
	return i;
}

static bool is_capital_noun(const struct text *t, uint32_t i)
{
	return text_tag(t, i) == TAG_NNP && (t->tokens[i].flags & TOK_CAPITAL);
}

/* May no post stand at or before token i, of a name behind a comma? Commas of a list may be in it.
 */
static bool ends_before_comma(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag;
	bool is_list =
		tag == TAG_COMMA && i > 0 && is_capital_noun(t, i - 1) && is_capital_noun(t, i + 1);
	return (tag == TAG_COMMA && !is_list) || tag == TAG_STOP || tag == TAG_VBD ||
	       tag == TAG_VBP;
}

/* The same of a name in brackets, where any comma may be in it. */
static bool ends_before_bracket(const struct text *t, uint32_t i)
{
	return tag_is_finite(t->tokens[i].tag) || t->tokens[i].tag == TAG_STOP;
}

/* The first noun of a post before token `end`, back to where `ends` says so, a person or the
 * paragraph's start; MAP_NONE for none. */
static uint32_t post_noun_before(const struct entities *es, uint32_t end,
				 bool (*ends)(const struct text *, uint32_t))
{
	const struct text *t = es->t;
	uint32_t head = MAP_NONE;
	for (uint32_t i = end; i-- > 0 && end - i < BEFORE_MOST;) {
		if (ends(t, i) || is_whole_person_at(es, i))
			break;
		if (is_post_noun(t, i) && !is_post_noun(t, i + 1))
			head = i;
		if (t->tokens[i].flags & TOK_PARAGRAPH_START)
			break;
	}
	return head;
}

/* "The minister for trade, Ann Lee, said". */
static int post_before(struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	unsigned after = text_tag(t, m->last + 1);
	if (m->outer < 2 || t->tokens[m->outer - 1].tag != TAG_COMMA ||
	    (after != TAG_COMMA && after != TAG_STOP))
		return 0;
	uint32_t comma = before_bracket(t, m->outer - 1);
	uint32_t head = post_noun_before(es, comma, ends_before_comma);
	if (head == MAP_NONE)
		return 0;
	struct post p;
	post_read(es, post_start(es, head), head, &p);
	if (p.last + 1 < comma && text_is(t, p.last + 1, ",") && p.last > p.head)
		p.last = comma - 1; /* "of Environment, Forest and Water" */
	return p.last + 1 == comma ? add(es, p, m->entity) : 0;
}

/* "The Secretary of State for Wales (Mr. Paul Murphy)". */
static int post_before_bracket(struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	if (m->outer < 2 || !text_is(t, m->outer - 1, "(") || !text_is(t, m->last + 1, ")"))
		return 0;
	uint32_t open = m->outer - 1;
	uint32_t head = post_noun_before(es, open, ends_before_bracket);
	if (head == MAP_NONE)
		return 0;
	struct post p;
	post_read(es, post_start(es, head), head, &p);
	if (text_is(t, p.last + 1, ",") && is_capital_noun(t, p.last + 2))
		p.last = open - 1; /* "The Minister of State, Scotland Office" */
	return p.last + 1 == open ? add(es, p, m->entity) : 0;
}

/* The noun of a post that begins at token i; MAP_NONE for none. */
static uint32_t post_noun_from(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	for (uint32_t k = i; k < t->n_tokens && k < i + AFTER_MOST; k++) {
		unsigned tag = t->tokens[k].tag;
		if (is_post_noun(t, k) && !is_post_noun(t, k + 1))
			return k;
		if (is_person_at(es, k) || (!tag_is_noun(tag) && tag != TAG_DT && tag != TAG_PRPS &&
					    tag != TAG_JJ && tag != TAG_POS && tag != TAG_VBN &&
					    !es->mention_at[k] && !text_is_joint(t, k)))
			break;
	}
	return MAP_NONE;
}

/* "Ann Lee, the minister of Norway", "Ann Lee is the minister", "Ann Lee, who chairs the panel". */
static int post_after(struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	uint32_t i = m->last + 1;
	if (i + 1 >= t->n_tokens || (t->tokens[i].flags & TOK_PARAGRAPH_START))
		return 0;
	bool is_copula =
		text_is_one_of(t, i, "is was became remains") && text_tag(t, i + 1) == TAG_DT;
	if (!is_copula && t->tokens[i].tag != TAG_COMMA)
		return 0;
	i++;
	struct post p;
	if (text_is(t, i, "who") && i + 1 < t->n_tokens && t->lemmas &&
	    word_sets_has_nocase(t->word_sets, t->lemmas[i + 1], SET_POST_VERB)) {
		p = post_of(i + 1, i + 1);
		p.is_verb = true;
		return add(es, p, m->entity);
	}
	uint32_t head = post_noun_from(es, i);
	if (head == MAP_NONE)
		return 0;
	post_read(es, i, head, &p);
	/* "At talks with Ann Lee, the minister said": of the next clause */
	return !is_copula && tag_is_finite(text_tag(t, p.last + 1)) ? 0 : add(es, p, m->entity);
}

int posts_find(struct entities *es)
{
	for (size_t i = 0; i < es->n_mentions; i++) {
		const struct mention *m = &es->mentions[i];
		if (!budget_allows_step(es->a->budget, (uint32_t)i))
			return -1;
		if (es->v[m->entity].actor->kind != ACTOR_PERSON)
			continue;
		if (post_before(es, m) < 0 || post_before_bracket(es, m) < 0 ||
		    titles_of(es, m) < 0 || post_after(es, m) < 0)
			return -1;
	}
	return 0;
}

/* --- looking up ------------------------------------------------------------------------------- */

/* The first post whose noun is at a token or behind it. */
static size_t post_from(const struct entities *es, uint32_t head)
{
	size_t low = 0, high = es->n_posts;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (es->posts[mid].head < head)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct post *posts_at(const struct entities *es, uint32_t head)
{
	size_t i = post_from(es, head);
	return i < es->n_posts && es->posts[i].head == head ? &es->posts[i] : NULL;
}

static bool has_word(const struct post *p, uint64_t word)
{
	for (unsigned i = 0; i < p->n_words; i++)
		if (p->words[i] == word)
			return true;
	return false;
}

bool post_is_called(const struct entities *es, const struct post *p, const struct post *wanted,
		    bool exactly)
{
	const struct text *t = es->t;
	if (p->is_verb)
		return !exactly && str_starts(text_lower(t, wanted->head), t->lemmas[p->head]);
	if (word_of_post(t, p->head) != word_of_post(t, wanted->head) ||
	    p->is_deputy != wanted->is_deputy || p->is_past != wanted->is_past ||
	    p->is_prime != wanted->is_prime || (exactly && p->n_words != wanted->n_words) ||
	    (p->country != MAP_NONE && wanted->country != MAP_NONE &&
	     p->country != wanted->country) ||
	    (p->abroad != wanted->abroad && wanted->abroad != MAP_NONE) ||
	    (p->body != MAP_NONE && wanted->body != MAP_NONE && p->body != wanted->body))
		return false;
	for (unsigned i = 0; i < wanted->n_words; i++)
		if (!has_word(p, wanted->words[i]))
			return false;
	return true;
}

static bool leaves_out_country(const struct post *p, const struct post *wanted)
{
	return wanted->country != p->country && wanted->country != MAP_NONE;
}

const struct post *posts_called(const struct entities *es, const struct post *wanted,
				bool of_country)
{
	size_t from = post_from(es, wanted->head);
	for (size_t i = from; i-- > 0 && from - i <= POSTS_APART;) {
		const struct post *p = &es->posts[i];
		if (post_is_called(es, p, wanted, false) &&
		    !(of_country && leaves_out_country(p, wanted)))
			return p;
	}
	bool is_plain =
		wanted->n_words < 2 && wanted->country == MAP_NONE && wanted->body == MAP_NONE;
	for (size_t i = from; !is_plain && i < es->n_posts && i < from + POSTS_APART; i++) {
		const struct post *p = &es->posts[i];
		if (post_is_called(es, p, wanted, true) &&
		    !(of_country && leaves_out_country(p, wanted)))
			return p;
	}
	return NULL;
}

const struct post *posts_of(const struct entities *es, uint32_t entity, const struct post *wanted)
{
	size_t from = post_from(es, wanted->head);
	for (size_t i = from; i-- > 0 && from - i <= POSTS_APART;)
		if (es->posts[i].entity == entity &&
		    post_is_called(es, &es->posts[i], wanted, false))
			return &es->posts[i];
	return NULL;
}

bool post_fits_role(const struct entities *es, const struct post *p, const struct role *r)
{
	uint64_t key = p->key + p->body_key;
	if (titles_are_one(&es->g->holders, key, holder_title_key(r->title)))
		return true;
	return key == holder_title_key(STR("leader")) &&
	       (str_is_one_of(r->title, "president premier chancellor king emir") ||
		str_eq(r->title, STR("prime minister")));
}

bool post_noun_ends_title(const struct entities *es, struct str title, struct str noun)
{
	struct str rest = title, word, before = STR_EMPTY;
	while (str_split(&rest, ' ', &word)) {
		if (word_sets_has_nocase(es->t->word_sets, word, SET_DEPUTY_POST))
			return false;
		if (str_is_one_of(word, "of for"))
			return str_eq_nocase(before, noun);
		before = word;
	}
	return str_eq_nocase(before, noun);
}

bool post_noun_is_of_role(const struct entities *es, const struct role *r, struct str noun)
{
	return role_is_held(r, es->day) &&
	       !title_is_head(&es->g->holders, holder_title_key(r->title)) &&
	       post_noun_ends_title(es, r->title, noun);
}

bool post_is_definite(const struct entities *es, const struct post *p)
{
	uint32_t first = p->first;
	return map_get(&es->g->posts, p->key) != MAP_NONE ||
	       text_is_in(es->t, first, SET_DEMONSTRATIVE) || text_tag(es->t, first) == TAG_PRPS ||
	       es->mention_at[first];
}
