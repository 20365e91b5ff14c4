/* The named entities of a text: its names, and what all mentions of an entity together tell of it:
 * its kind, gender, country and other names. */
#include "extract/entity/recognition.h"

#include "extract/entity/body_linking.h"
#include "extract/entity/jurisdiction.h"
#include "extract/entity/linking.h"
#include "extract/entity/name_type.h"
#include "extract/entity/names.h"
#include "extract/entity/outlet.h"
#include "extract/entity/post.h"

/* --- what mentions tell ----------------------------------------------------------------------- */

static bool holds(const struct text *t, size_t first, size_t last, enum word_set set)
{
	for (size_t i = first; i <= last; i++)
		if (text_is_in(t, i, set))
			return true;
	return false;
}

/* The country that the words before a name say it speaks for: a nationality with a post, "Chinese
 * Foreign Minister Wang Yi". */
static struct str country_of_office(const struct jurisdiction *j, const struct mention *m)
{
	const struct entities *es = j->es;
	struct str country = STR_EMPTY;
	if (m->outer == m->first || holds(es->t, m->outer, m->first - 1, SET_NOT_IN_OFFICE))
		return country;
	for (uint32_t i = m->outer;
	     i < m->first && holds(es->t, m->outer, m->first - 1, SET_POST_OF_COUNTRY); i++) {
		const struct entity *named = entities_named_at(es, i);
		if (named && named->actor->country.n)
			country = named->actor->country;
	}
	return country.n ? country : jurisdiction_of_office(j, m);
}

static void learn_countries(const struct jurisdiction *j)
{
	const struct entities *es = j->es;
	for (size_t m = 0; m < es->n_mentions; m++) {
		struct entity *who = &es->v[es->mentions[m].entity];
		if (who->actor->kind == ACTOR_PERSON && who->actor->country.n == 0)
			who->actor->country = country_of_office(j, &es->mentions[m]);
	}
}

/* Nouns beside a name that tell the gender: "the actress Ann Lee", "Lee, a businessman", "Lee's
 * wife", "Lee and her sister". */
static char gender_beside(const struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	uint32_t after = m->last + 1, before = m->outer;
	if (before > 0 && !(t->tokens[before].flags & TOK_PARAGRAPH_START)) {
		before -= t->tokens[before - 1].tag == TAG_COMMA && before > 1 ? 2 : 1;
		char g = t->tokens[before].tag == TAG_NN
				 ? gazetteer_noun_gender(es->g, &t->tokens[before])
				 : 0;
		if (g)
			return g;
	}
	if (after + 2 >= t->n_tokens)
		return 0;
	if (t->tokens[after].tag == TAG_POS)
		return text_is_one_of(t, after + 1, "husband boyfriend") ? 'f'
		       : text_is_one_of(t, after + 1, "wife girlfriend") ? 'm'
									 : 0;
	if (text_is(t, after, "and") && text_is_one_of(t, after + 1, "his her"))
		return text_is(t, after + 1, "his") ? 'm' : 'f';
	if (t->tokens[after].tag == TAG_COMMA &&
	    text_is_one_of(t, after + 1, "a an the his her their"))
		for (uint32_t i = after + 2; i < t->n_tokens && i < after + 6; i++) {
			unsigned tag = t->tokens[i].tag;
			if (tag == TAG_NN && gazetteer_noun_gender(es->g, &t->tokens[i]))
				return gazetteer_noun_gender(es->g, &t->tokens[i]);
			if (tag != TAG_JJ && tag != TAG_NNP && tag != TAG_NN && tag != TAG_VBN)
				break;
		}
	return 0;
}

/* What stands beside a name goes before the given name. */
static void learn_genders(struct entities *es)
{
	for (size_t i = 0; i < es->n_mentions; i++) {
		struct entity *m = &es->v[es->mentions[i].entity];
		char g = m->known == MAP_NONE && m->kind == MENTION_PERSON
				 ? gender_beside(es, &es->mentions[i])
				 : 0;
		if (g)
			m->gender = g;
	}
}

/* Votes of sentences that name one person only and have pronouns of one gender only. */
static void count_votes(struct entities *es)
{
	const struct text *t = es->t;
	for (uint32_t i = 0, end; i < t->n_tokens; i = end) {
		uint32_t only = MAP_NONE, he = 0, she = 0;
		bool several = false;
		for (end = i; end < t->n_tokens && es->sentence_of[end] == es->sentence_of[i];
		     end++) {
			uint32_t m = es->mention_at[end]
					     ? es->mentions[es->mention_at[end] - 1].entity
					     : MAP_NONE;
			if (m != MAP_NONE && es->v[m].kind == MENTION_PERSON) {
				several = several || (only != MAP_NONE && only != m);
				only = m;
			}
			he += text_is_in(t, end, SET_MASCULINE);
			she += text_is_in(t, end, SET_FEMININE);
		}
		if (only == MAP_NONE || several || (he > 0) == (she > 0))
			continue;
		struct entity *m = &es->v[only];
		if (he && m->votes < 100)
			m->votes++;
		else if (she && m->votes > -100)
			m->votes--;
	}
}

/* "Ann Lee, also known as Ann Reed", "Ann Lee (born Ann Reed)": the later name is the earlier
 * one's. */
static bool is_other_name(const struct entities *es, const struct mention *a,
			  const struct mention *b)
{
	const struct text *t = es->t;
	bool told = false;
	if (b->outer <= a->last + 1 || b->outer - a->last > 8 ||
	    !text_is_in(t, a->last + 1, SET_NAMING_START))
		return false;
	for (uint32_t i = a->last + 1; i < b->outer; i++) {
		bool word = text_is_in(t, i, SET_NAMING_WORD);
		told = told || word;
		if (!word && (t->tokens[i].flags & TOK_WORD) &&
		    !text_is_in(t, i, SET_NAMING_ADVERB))
			return false;
	}
	return told;
}

static void join_other_names(struct entities *es)
{
	for (size_t i = 0; i + 1 < es->n_mentions; i++) {
		uint32_t to = es->mentions[i].entity, from = es->mentions[i + 1].entity;
		if (to == from || es->v[to].kind != MENTION_PERSON ||
		    es->v[from].kind != MENTION_PERSON || es->v[from].known != MAP_NONE ||
		    es->v[from].joined || es->v[to].joined ||
		    !is_other_name(es, &es->mentions[i], &es->mentions[i + 1]))
			continue;
		es->v[from].joined = to + 1;
		if (!es->v[to].gender)
			es->v[to].gender = es->v[from].gender;
	}
	for (size_t i = 0; i < es->n_mentions; i++)
		if (es->v[es->mentions[i].entity].joined)
			es->mentions[i].entity = es->v[es->mentions[i].entity].joined - 1;
}

/* Do two words differ by one letter at most: "Saree" and "Sarea", "Bennett" and "Bennetts"? */
static bool is_near_spelling(struct str a, struct str b)
{
	enum { LEAST = 5 };
	size_t i = 0, k = 0, longest = a.n > b.n ? a.n : b.n, shortest = a.n > b.n ? b.n : a.n;
	if (shortest < LEAST || longest - shortest > 1)
		return false;
	while (i < shortest && a.p[i] == b.p[i])
		i++;
	while (k < shortest - i && a.p[a.n - 1 - k] == b.p[b.n - 1 - k])
		k++;
	return i + k + 1 >= longest;
}

/* One first name and almost one surname: a text spells one person in two ways. */
static bool is_same_person(const struct entity *a, const struct entity *b)
{
	return a->kind == MENTION_PERSON && b->kind == MENTION_PERSON && a->given &&
	       a->given == b->given && a->surname != b->surname && a->body == MAP_NONE &&
	       b->known == MAP_NONE && !a->joined && !b->joined &&
	       is_near_spelling(a->surname_text, b->surname_text);
}

static void join_spellings(struct entities *es)
{
	enum { MOST = 200 }; /* entities of a text that are looked at */
	size_t n = es->n < MOST ? es->n : MOST;
	bool any = false;
	for (uint32_t to = 0; to < n; to++)
		for (uint32_t from = 0; from < n; from++)
			if (from != to && (from > to || es->v[to].known != MAP_NONE) &&
			    is_same_person(&es->v[to], &es->v[from])) {
				es->v[from].joined = to + 1;
				es->v[from].actor = es->v[to].actor;
				any = true;
			}
	for (size_t i = 0; any && i < es->n_mentions; i++)
		if (es->v[es->mentions[i].entity].joined)
			es->mentions[i].entity = es->v[es->mentions[i].entity].joined - 1;
}

/* All mentions of a name weighed together. */
static void settle_kinds(struct entities *es)
{
	for (size_t i = 0; i < es->n; i++) {
		struct entity *m = &es->v[i];
		if (m->known != MAP_NONE || m->body != MAP_NONE ||
		    (m->actor->kind != ACTOR_PERSON && m->actor->kind != ACTOR_ORGANIZATION))
			continue;
		unsigned best = name_type_best(m->weigh);
		m->actor->kind = best == WEIGH_PERSON ? ACTOR_PERSON : ACTOR_ORGANIZATION;
		m->kind = best == WEIGH_PERSON	? MENTION_PERSON
			  : best == WEIGH_PLACE ? MENTION_PLACE
						: MENTION_ORGANIZATION;
	}
}

int entities_find(struct entities *es, const struct text *t, const struct gazetteer *g,
		  const struct lexicon *lx, struct str title, struct str outlet, day_t day,
		  struct arena *a)
{
	struct jurisdiction *j = arena_array(a, 1, sizeof *j);
	*es = (struct entities){.t = t,
				.g = g,
				.lx = lx,
				.a = a,
				.day = day,
				.about = j,
				.home = MAP_NONE,
				.home_of_outlet = MAP_NONE};
	es->mention_at = arena_array(a, t->n_tokens + 1, sizeof *es->mention_at);
	es->sentence_of = arena_array(a, t->n_tokens + 1, sizeof *es->sentence_of);
	es->reference_at = arena_array(a, t->n_tokens + 1, sizeof *es->reference_at);
	es->quoted = arena_array(a, t->n_quotes + 1, sizeof *es->quoted);
	if (!j || !es->mention_at || !es->sentence_of || !es->reference_at || !es->quoted)
		return -1;
	for (uint32_t k = 0; k < t->n_sentences; k++)
		for (uint32_t i = t->sentences[k].first; i < t->sentences[k].end; i++)
			es->sentence_of[i] = k;
	for (size_t i = 1; t->n_sentences == 0 && i < t->n_tokens; i++)
		es->sentence_of[i] =
			es->sentence_of[i - 1] +
			((t->tokens[i].flags & TOK_SEGMENT_START) && !t->tokens[i].quote);
	if (names_find(es) < 0 || outlet_find_home(es, outlet) < 0)
		return -1;
	settle_kinds(es);
	join_spellings(es);
	if (jurisdiction_weigh(j, es, title) < 0 || jurisdiction_settle_bodies(j) < 0 ||
	    posts_find(es) < 0 || linking_link(j) < 0 || bodies_take_countries(es) < 0)
		return -1;
	join_other_names(es);
	learn_genders(es);
	count_votes(es);
	learn_countries(j);
	return 0;
}
