/* The longest words that are the title of somebody's office on the day. */
#include "extract/entity/post_words.h"

#include "extract/entity/linking.h"
#include "extract/entity/person_words.h"
#include "extract/tables/lexicon.h"
#include "extract/text/token.h"

enum { POST_TOKENS = 9, SPEECH_REACH = 3 };
static const char short_for_pm[] = "pm p.m.";

/* A country by its name or adjective at token i; the token behind it, or i. */
static uint32_t country_at(const struct entities *es, const struct text *t, uint32_t i,
			   uint32_t *country)
{
	struct name_entry n;
	uint32_t first = i + (i < t->n_tokens && text_is(t, i, "the"));
	size_t len = first < t->n_tokens ? gazetteer_match(es->g, t, first, t->n_tokens, &n) : 0;
	if (len == 0 || n.kind == NAME_BODY || n.actor == MAP_NONE ||
	    es->g->actors[n.actor].kind != ACTOR_COUNTRY)
		return i;
	*country = es->g->homes[n.actor];
	return first + (uint32_t)len;
}

static bool has_own(const struct text *t, uint32_t i)
{
	return text_is_one_of(t, i, "'s ’s ' ’");
}

/* The title of an office in [first, end): "PM" is short for one. */
static uint64_t title_of(const struct text *t, uint32_t first, uint32_t end)
{
	if (end == first + 1 && text_is_one_of(t, first, short_for_pm))
		return holder_title_key(STR("prime minister"));
	return holder_title_key(text_range(t, first, end - 1));
}

/* Heads of states and governments, and other offices by two words. */
static bool is_title(const struct entities *es, const struct text *t, uint32_t first, uint32_t end)
{
	const struct holders *h = &es->g->holders;
	uint64_t key = title_of(t, first, end);
	bool is_of_words = end > first + 1 && (title_kinds(h, key) & ~(1u << OFFICE_LEGISLATOR));
	return !holder_is_small_word(text_token(t, end - 1)) &&
	       (t->tokens[end - 1].flags & TOK_WORD) && (title_is_head(h, key) || is_of_words) &&
	       !text_is_in(t, first, SET_OFFICE_GOVERNOR);
}

/* "Prime Minister Lee" may be somebody else than who held the post at home. */
static bool is_name_at(const struct text *t, uint32_t i)
{
	return i < t->n_tokens && text_is_name_word(t, i) &&
	       (t->tokens[i].flags & (TOK_CAPITAL | TOK_ALL_CAPITALS)) == TOK_CAPITAL;
}

int post_words_holder(struct entities *es, const struct text *t, uint32_t i, struct referent *out,
		      uint32_t *end)
{
	uint32_t country = MAP_NONE, entity = MAP_NONE, first = country_at(es, t, i, &country);
	first += first > i && has_own(t, first);
	first += text_is(t, first, "the");
	uint32_t n = (uint32_t)t->n_tokens,
		 last = first + POST_TOKENS < n ? first + POST_TOKENS : n;
	while (last > first && !is_title(es, t, first, last))
		last--;
	*end = i;
	if (last <= first)
		return 0;
	uint32_t behind = last;
	if (text_is_one_of(t, last, "of for to") &&
	    (behind = country_at(es, t, last + 1, &country)) == last + 1)
		return 0;
	uint64_t key = title_of(t, first, last);
	int rc = es->day == DAY_NONE   ? 0
		 : country == MAP_NONE ? linking_holder_at_home(es, key, &entity)
				       : linking_holder_in(es, key, country, &entity);
	if (rc < 0)
		return -1;
	bool is_known = entity != MAP_NONE && es->v[entity].actor->kind == ACTOR_PERSON;
	if (is_name_at(t, behind) && !(is_known && t->tokens[behind].key == es->v[entity].surname))
		return 0;
	*end = behind;
	if (is_known)
		out->actor = es->v[entity].actor;
	return is_known;
}

/* A word for a speech at token i or little behind it: "closing remarks". */
static bool speaks_at(const struct text *t, uint32_t i)
{
	for (uint32_t k = i; k < t->n_tokens && k < i + SPEECH_REACH; k++)
		if (text_is_in(t, k, SET_SPEECH_NOUN))
			return true;
	return false;
}

/* May a post there be the speaker's: "by the", "speech of", or at the head of a title or behind its
 * colon? *is_told: in so many words. */
static bool may_start(const struct text *t, uint32_t i, bool *is_told)
{
	uint32_t before = i > 0 && text_is(t, i - 1, "the") ? i - 1 : i;
	*is_told = before > 0 && (text_is(t, before - 1, "by") ||
				  (before > 1 && text_is_one_of(t, before - 1, "of from") &&
				   text_is_in(t, before - 2, SET_SPEECH_NOUN)));
	return *is_told || before == 0 || text_is_one_of(t, before - 1, ": - – —");
}

/* "PM" as words of its own. */
static int pm_in_full(struct entities *es, struct referent *out)
{
	struct text t;
	if (text_tokenize(&t, STR("Prime Minister"), es->lx, es->a) < 0)
		return -1;
	return person_words_post(es, &t, (struct range){0, 1}, out);
}

/* A post whose holder at home is not known: the surname behind it tells ("the Prime Minister, Rt.
 * Hon. R G Lee"), or it stays a post. */
static int unknown_holder(struct entities *es, const struct text *t, struct range post,
			  struct referent *out)
{
	enum { REACH = 8 };
	uint32_t index, known = MAP_NONE;
	for (uint32_t i = post.last + 1; i < t->n_tokens && i <= post.last + REACH; i++) {
		known = gazetteer_titled(es->g, t->tokens[i].key, t, post, es->day);
		if (known == MAP_NONE)
			continue;
		if (entities_of_known(es, known, &index) < 0)
			return -1;
		out->actor = es->v[index].actor;
		return 1;
	}
	return post.first == post.last && text_is_one_of(t, post.first, short_for_pm)
		       ? pm_in_full(es, out)
		       : person_words_post(es, t, post, out);
}

int post_words_in_title(struct entities *es, const struct text *t, struct referent *out)
{
	bool is_told, is_speech = false;
	for (uint32_t i = 0; i < t->n_tokens; i++)
		is_speech = is_speech || text_is_in(t, i, SET_SPEECH_NOUN);
	for (uint32_t i = 0; is_speech && i < t->n_tokens; i++) {
		uint32_t end;
		if (text_is_in(t, i, SET_SHARED_SPEECH))
			return 0;
		if (text_is(t, i, "the") || !may_start(t, i, &is_told))
			continue;
		int rc = post_words_holder(es, t, i, out, &end);
		bool is_speakers = has_own(t, end)
					   ? speaks_at(t, end + 1)
					   : is_told || speaks_at(t, end) || text_is(t, end, ":");
		if (rc < 0 || (rc > 0 && is_speakers))
			return rc;
		out->actor = NULL;
		if (end > i && is_speakers)
			return unknown_holder(es, t, (struct range){i, end - 1}, out);
	}
	return 0;
}

int post_words_as_outlet(struct entities *es, const struct text *t, struct referent *out)
{
	uint32_t i = text_is(t, 0, "the"), end;
	i += text_is(t, i, "office") && text_is(t, i + 1, "of") ? 2 : 0;
	int rc = t->n_tokens ? post_words_holder(es, t, i, out, &end) : 0;
	if (rc <= 0)
		return rc;
	end += has_own(t, end) && text_is(t, end + 1, "office") ? 2 : 0;
	if (end < t->n_tokens && !text_is_one_of(t, end, ", ("))
		out->actor = NULL;
	return out->actor != NULL;
}
