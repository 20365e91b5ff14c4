/* Whole texts in the first person. */
#include "extract/entity/monologue.h"

#include "base/fold.h"
#include "extract/entity/person_words.h"
#include "extract/entity/post_words.h"
#include "extract/entity/presented.h"
#include "extract/entity/signature.h"
#include "extract/tables/lexicon.h"
#include "extract/text/token.h"

/* First persons outside of quotations, of a thousand words: of news they are 10 in one text of
 * twenty, of speeches 14 and more in nine of ten (counted on the train articles of corpus/). */
static const float first_person_least = 10.0f, titled_least = 4.0f;
/* With as many, so few words in quotations and so few words for saying outside of them (of a
 * thousand), 84 of 100 coded lines of releases and 95 of speeches are the author's own words; so
 * are 81 in the 12 of 924 news articles that are taken so, which are opinion. */
static const float quoted_most = 0.08f, saying_most = 2.0f;
enum { WORDS_LEAST = 60, FOUND_LEAST = 3 };

struct reader {
	struct entities *es;
	struct text title, author, outlet;
	float first_person; /* of a thousand words */
	float saying;	    /* words for saying, the same */
	float quoted;	    /* share of the words */
	bool is_plural;	    /* "we" rather than "I" */
};

static void count_persons(struct reader *r)
{
	const struct text *t = r->es->t;
	uint32_t words = 0, found = 0, quoted = 0, plural = 0, saying = 0;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (!(t->tokens[i].flags & TOK_WORD) || text_turn(t, i))
			continue;
		quoted += t->tokens[i].quote != 0;
		if (t->tokens[i].quote)
			continue;
		words++;
		found += text_is_in(t, i, SET_FIRST_PERSON_ANY);
		saying += text_is_one_of(t, i, "said says told tells according");
		plural += text_is_one_of(t, i, "we us our ours ourselves");
	}
	if (words >= WORDS_LEAST && found >= FOUND_LEAST)
		r->first_person = 1000.0f * (float)found / (float)words;
	r->saying = 1000.0f * (float)saying / (float)(words + 1);
	r->quoted = (float)quoted / (float)(words + quoted + 1);
	r->is_plural = 2 * plural > found;
}

/* --- names in titles and bylines -------------------------------------------------------------- */

/* Can the name of the one who speaks start here: "by", a title, a colon, the word for a speech? */
static bool may_start(const struct text *t, uint32_t i)
{
	return i == 0 || text_is_one_of(t, i - 1, "by from : - – —") ||
	       text_is_in(t, i - 1, SET_SPEECH_NOUN) || text_is_in(t, i - 1, SET_NAME_TITLE) ||
	       (i > 1 && text_is(t, i - 1, "of") && text_is_in(t, i - 2, SET_SPEECH_NOUN));
}

/* "the George Lee Policing Act": a name that goes on is a thing's. */
static bool goes_on(const struct text *t, uint32_t i)
{
	return i < t->n_tokens && (t->tokens[i].flags & TOK_CAPITAL) &&
	       !text_is_in(t, i, SET_SPEECH_NOUN) && !person_word_is_title(t, i) &&
	       t->tokens[i].word && tag_is_noun(t->tokens[i].word->tags[0]);
}

/* "Remarks by Secretary Ann Lee", "Financial statement: Ann Lee", "Inaugural address Ann Lee": the
 * first name in a title that has a word for a speech: "Ann Lee Statement on ...". */
static struct range name_in_title(const struct reader *r)
{
	const struct text *t = &r->title;
	struct range found = RANGE_NONE;
	bool is_speech = false;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (text_is_in(t, i, SET_SHARED_SPEECH) && !range_is(found))
			return RANGE_NONE;
		is_speech = is_speech || text_is_in(t, i, SET_SPEECH_NOUN);
		struct range name = !range_is(found) && may_start(t, i)
					    ? person_words_at(r->es, t, i)
					    : RANGE_NONE;
		if (range_is(name) && name.last + 1 < t->n_tokens &&
		    text_is_one_of(t, name.last + 1, "and &"))
			return RANGE_NONE;
		if (range_is(name) && !goes_on(t, name.last + 1))
			found = name;
	}
	return is_speech ? found : RANGE_NONE;
}

/* "The Prime Minister, the Rt. Hon. R.G. Menzies": of initials and a surname who held the post. */
static int name_of_title(const struct reader *r, struct range name, struct referent *out)
{
	const struct text *t = &r->title;
	struct entities *es = r->es;
	uint32_t index, known = MAP_NONE, i = name.first;
	while (i < name.last &&
	       (t->tokens[i].end - t->tokens[i].start <= 2 || text_token(t, i).p[1] == '.'))
		i++;
	if (i == name.last && name.first > 0)
		known = gazetteer_titled(es->g, t->tokens[i].key, t,
					 (struct range){0, name.first - 1}, es->day);
	if (known == MAP_NONE)
		return person_words_name(es, t, name, out);
	if (entities_of_known(es, known, &index) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 1;
}

/* Capitals and the small words of names, and nothing that organizations are called by. */
static bool is_person_like(const struct entities *es, const struct text *t, uint32_t first,
			   uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		bool is_part = (t->tokens[i].flags & TOK_CAPITAL) ||
			       !(t->tokens[i].flags & TOK_WORD) ||
			       text_is_in(t, i, SET_NAME_PARTICLE);
		if (!is_part || (gazetteer_noun(es->g, &t->tokens[i], NULL) & NOUN_ORGANIZATION))
			return false;
	}
	return true;
}

/* "Ministry of Ports and The Rt Hon Ann Lee MP": one person behind a public body. */
static struct range name_beside_body(const struct reader *r)
{
	const struct text *t = &r->author;
	uint32_t at = (uint32_t)t->n_tokens;
	bool has_body = false;
	while (at > 0 && !text_is_one_of(t, at - 1, "and ;"))
		at--;
	for (uint32_t i = 0; i + 1 < at; i++)
		has_body = has_body || text_is_in(t, i, SET_ISSUING_BODY);
	struct range name = has_body ? person_words_at(r->es, t, person_words_behind_titles(t, at))
				     : RANGE_NONE;
	bool is_whole = range_is(name) && (name.last + 1 == t->n_tokens ||
					   text_is_in(t, name.last + 1, SET_POSTNOMINAL));
	return is_whole ? name : RANGE_NONE;
}

/* "Lee, Ann" and "Ann Lee, Minister for Trade"; *is_turned: the family name comes first. */
static struct range name_in_author(const struct reader *r, bool *is_turned, bool *is_office)
{
	const struct text *t = &r->author;
	uint32_t n = (uint32_t)t->n_tokens, first = n > 1 && text_is(t, 0, "by") ? 1 : 0, comma = n;
	*is_office = *is_turned = false;
	if (n == 0)
		return RANGE_NONE;
	struct range behind = name_beside_body(r);
	if (range_is(behind))
		return behind;
	for (uint32_t i = first; i < n; i++) {
		if (text_is_one_of(t, i, "and & ; /") || text_is_in(t, i, SET_ISSUING_BODY))
			return RANGE_NONE;
		if (text_is(t, i, ",") && comma == n)
			comma = i;
		*is_office = *is_office || text_is_in(t, i, SET_POST_IN_TITLE);
	}
	first = person_words_behind_titles(t, first);
	if (first >= comma || comma - first > PERSON_WORDS_MAX ||
	    !is_person_like(r->es, t, first, comma))
		return RANGE_NONE;
	*is_turned = comma + 1 < n && n - comma <= 3 && person_word_is_given(r->es, t, comma + 1);
	return (struct range){first, comma - 1};
}

/* --- who -------------------------------------------------------------------------------------- */

/* Is the surname in the text, as of somebody who is spoken of? */
static bool is_spoken_of(const struct text *t, uint64_t surname)
{
	for (uint32_t i = 0; i < t->n_tokens; i++)
		if (t->tokens[i].key == surname)
			return true;
	return false;
}

/* "Statement by the Prime Minister", who is the author */
static bool has_speech_noun(const struct text *t)
{
	for (uint32_t i = 0; i < t->n_tokens; i++)
		if (text_is_in(t, i, SET_SPEECH_NOUN))
			return true;
	return false;
}

static int by_author(struct reader *r, struct referent *out)
{
	bool is_turned, is_office;
	struct text *t = &r->author;
	struct range name = name_in_author(r, &is_turned, &is_office);
	if (!range_is(name))
		return 0;
	uint64_t surname = t->tokens[name.last].key;
	if (is_turned) { /* "Lee, Ann" as "Ann Lee" */
		struct str last = text_range(t, name.first, name.last),
			   given = text_range(t, name.last + 2, (uint32_t)t->n_tokens - 1);
		struct str whole =
			arena_printf(r->es->a, "%.*s %.*s", STR_ARG(given), STR_ARG(last));
		if (!whole.p || text_tokenize(t, whole, r->es->lx, r->es->a) < 0)
			return -1;
		name = (struct range){0, (uint32_t)t->n_tokens - 1};
	}
	struct referent who = {.via = VIA_TURN, .role = STR_EMPTY};
	int rc = person_words_name(r->es, t, name, &who);
	if (rc <= 0)
		return rc;
	is_office = is_office || actor_post(who.actor, r->es->day).n > 0;
	if (r->first_person < (has_speech_noun(&r->title) ? titled_least : first_person_least) &&
	    !(is_office && !is_spoken_of(r->es->t, surname)))
		return 0;
	*out = who;
	return 1;
}

/* Does a title tell that several speak: "press conference", "President Ann Lee and the Minister"?
 */
static bool is_of_several(const struct reader *r)
{
	const struct text *t = &r->title;
	bool is_shared = false;
	for (uint32_t i = 0; i < t->n_tokens && !is_shared; i++) {
		struct range name = person_words_at(r->es, t, i);
		is_shared = text_is_in(t, i, SET_SHARED_SPEECH) ||
			    (range_is(name) && text_is_one_of(t, name.last + 1, "and &"));
	}
	return is_shared;
}

/* An author or outlet that is somebody's office. */
static int by_office(struct reader *r, struct referent *out)
{
	if (is_of_several(r))
		return 0;
	int rc = post_words_as_outlet(r->es, &r->author, out);
	return rc != 0 ? rc : post_words_as_outlet(r->es, &r->outlet, out);
}

/* A speech of whoever holds the post that its title tells, or whose office issues it. */
static int by_post(struct reader *r, struct referent *out)
{
	if (r->first_person < titled_least)
		return 0;
	int rc = post_words_in_title(r->es, &r->title, out);
	return rc != 0 || !has_speech_noun(&r->title) ? rc : by_office(r, out);
}

/* "This information was given by the Minister, Ann Lee, in a written reply": her answer to a
 * parliament, which is all of the text. */
static bool by_reply(const struct reader *r, struct referent *out)
{
	const struct entities *es = r->es;
	const struct text *t = es->t;
	uint32_t at = 0;
	for (uint32_t i = 1; i < t->n_tokens && !at; i++)
		if (text_is(t, i, "reply") && text_is(t, i - 1, "written"))
			at = i;
	if (!at)
		return false;
	const struct sentence *s = &t->sentences[text_sentence(t, at)];
	uint32_t best = TOKEN_NONE; /* the last before the words, else the first behind them */
	for (uint32_t i = s->first; i < s->end && (i < at || best == TOKEN_NONE); i++) {
		const struct mention *m = entities_mention(es, i);
		if (m && m->first < m->last && es->v[m->entity].actor->kind == ACTOR_PERSON)
			best = i;
	}
	if (best != TOKEN_NONE)
		out->actor = entities_named_at(es, best)->actor;
	return best != TOKEN_NONE;
}

/* A release: whoever issues it is its author or outlet, a public body. */
static int by_body(struct entities *es, struct str name, struct referent *out)
{
	struct text t;
	struct name_entry n = {.actor = MAP_NONE};
	uint32_t index;
	bool is_body = false;
	if (text_tokenize(&t, name, es->lx, es->a) < 0)
		return -1;
	for (uint32_t i = 0; i < t.n_tokens; i++)
		is_body = is_body || text_is_in(&t, i, SET_ISSUING_BODY);
	if (!is_body)
		return 0;
	size_t first = text_is(&t, 0, "the");
	size_t len = gazetteer_match(es->g, &t, first, t.n_tokens, &n);
	if (len && first + len < t.n_tokens && n.kind != NAME_BODY && n.actor != MAP_NONE &&
	    es->g->actors[n.actor].kind == ACTOR_COUNTRY) { /* "US Department of State" */
		struct str country = es->g->actors[n.actor].country;
		first += len + text_is_one_of(&t, first + len, "'s ’s");
		n.actor = MAP_NONE;
		len = gazetteer_match(es->g, &t, first, t.n_tokens, &n);
		if (n.actor != MAP_NONE && !str_eq(es->g->actors[n.actor].country, country))
			n.actor = MAP_NONE;
	}
	if (first + len == t.n_tokens && n.actor != MAP_NONE && n.kind != NAME_BODY) {
		if (entities_of_known(es, n.actor, &index) < 0)
			return -1;
	} else {
		struct str id = str_slug(es->a, name);
		if (!id.p || entities_get(es, id, name, ACTOR_ORGANIZATION, STR_EMPTY, &index) < 0)
			return -1;
	}
	out->actor = es->v[index].actor;
	return 1;
}

/* "Madam Speaker,", "My Lords,", "Ladies and gentlemen:" at the head of what starts at `first`. */
static bool opens_as_speech(const struct text *t, uint32_t first, uint32_t *at)
{
	enum { HEAD = 80 };
	for (uint32_t i = first + 1; i + 1 < t->n_tokens && i < first + HEAD; i++)
		if (text_is_in(t, i, SET_VOCATIVE) && text_is_in(t, i - 1, SET_VOCATIVE_OPENER) &&
		    !t->tokens[i].quote && text_is_one_of(t, i + 1, ", : ; — – .")) {
			*at = i;
			return true;
		}
	return false;
}

/* The country that a text opens with, where it says "we": "The United States welcomes". */
static void opening_country(const struct reader *r, struct referent *out)
{
	const struct entities *es = r->es;
	uint32_t first = text_is(es->t, 0, "the");
	const struct mention *m = entities_mention(es, first);
	if (r->is_plural && m && m->first == first && m->kind == NAME_FULL &&
	    es->v[m->entity].actor->kind == ACTOR_COUNTRY)
		out->actor = es->v[m->entity].actor;
}

int monologue_find(struct entities *es, const struct article *article, struct referent *out,
		   uint32_t *first)
{
	struct reader r = {.es = es};
	*first = 0;
	*out = (struct referent){.via = VIA_TURN, .role = STR_EMPTY};
	if (es->t->n_tokens < WORDS_LEAST)
		return 0;
	if (by_reply(&r, out))
		return 1;
	count_persons(&r);
	if (text_tokenize(&r.title, article->title, es->lx, es->a) < 0 ||
	    text_tokenize(&r.author, article->author, es->lx, es->a) < 0 ||
	    text_tokenize(&r.outlet, article->outlet, es->lx, es->a) < 0)
		return -1;
	struct range name = r.first_person < titled_least ? RANGE_NONE : name_in_title(&r);
	int rc = range_is(name) ? name_of_title(&r, name, out) : by_author(&r, out);
	name = rc != 0 || r.first_person < titled_least ? RANGE_NONE : signature_head(es);
	if (rc == 0)
		rc = range_is(name) ? person_words_name(es, es->t, name, out) : by_post(&r, out);
	if (rc != 0)
		return rc;
	uint32_t at;
	name = r.first_person < titled_least ? RANGE_NONE : signature_below(es);
	if (range_is(name)) {
		rc = person_words_name(es, es->t, name, out);
		return rc > 0 ? MONOLOGUE_WRITTEN : rc;
	}
	if (r.first_person < first_person_least)
		return MONOLOGUE_NONE;
	rc = es->t->n_turns ? 0 : presented_find(es, &r.title, out, first);
	if (rc != 0)
		return rc < 0				     ? -1
		       : opens_as_speech(es->t, *first, &at) ? MONOLOGUE_SPOKEN
							     : MONOLOGUE_WRITTEN;
	if (opens_as_speech(es->t, 0, &at)) {
		name = signature_above(es, at);
		rc = range_is(name) ? person_words_name(es, es->t, name, out) : by_office(&r, out);
		return rc < 0 ? -1 : MONOLOGUE_SPOKEN;
	}
	if (r.quoted > quoted_most || r.saying > saying_most)
		return MONOLOGUE_NONE;
	if (by_office(&r, out) < 0)
		return -1;
	if (!out->actor)
		opening_country(&r, out);
	return MONOLOGUE_WRITTEN;
}

int issuer_find(struct entities *es, const struct article *article, struct referent *out)
{
	struct text title;
	*out = (struct referent){.via = VIA_TURN, .role = STR_EMPTY};
	if (article->author.n == 0 && article->outlet.n == 0)
		return 0;
	if (text_tokenize(&title, article->title, es->lx, es->a) < 0)
		return -1;
	for (uint32_t i = 0; i < title.n_tokens; i++)
		if (text_is(&title, i, "joint"))
			return 0;
	int rc = by_body(es, article->author, out);
	return rc != 0 ? (rc < 0 ? -1 : 0) : by_body(es, article->outlet, out) < 0 ? -1 : 0;
}
