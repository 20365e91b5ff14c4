/* The full-text index gives statements that have the words near them; their posts are compared word
 * by word. */
#include "api/query/holder.h"

#include "api/query/phrase_words.h"
#include "base/fold.h"

/* Newest first: who is called so is called so again, and older posts are often another's. */
enum { LOOKED_AT = 200, STEM_LEAST = 4 };

struct seeking {
	struct str words[PHRASE_WORDS_MAX]; /* folded */
	bool says_post[PHRASE_WORDS_MAX];   /* "lawyer", "minister": the others say whose */
	size_t n;
};

static int fold_words(struct str words, struct arena *a, struct seeking *out, struct err *e)
{
	struct phrase_word *v = arena_array(a, PHRASE_WORDS_MAX, sizeof *v);
	size_t n;
	if (!v)
		return arena_full(e);
	if (words_split(words, v, &n, e))
		return -1;
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (word_has(&v[i], ROLE_EMPTY | ROLE_ASIDE))
			continue;
		struct str folded = str_fold(a, v[i].text);
		if (!folded.p)
			return arena_full(e);
		out->says_post[out->n] = word_has(&v[i], ROLE_POST | ROLE_RELATIVE);
		if (folded.n)
			out->words[out->n++] = folded;
	}
	return 0;
}

static bool stands_for(struct str word, struct str other)
{
	if (word.n > STEM_LEAST && word.p[word.n - 1] == 's')
		word.n--;
	return word.n < STEM_LEAST ? str_eq(word, other) : str_starts(other, word);
}

static bool is_pronoun(struct str word)
{
	static const char *const whose[] = {"his", "her", "their"};
	for (size_t i = 0; i < sizeof whose / sizeof whose[0]; i++)
		if (str_eq(word, str_of(whose[i])))
			return true;
	return false;
}

/* Has the post all the words, and is it none of the past? "His lawyer" is that of who is named near
 * it. */
static int is_called(const struct seeking *s, struct str role, struct arena *a, bool *out,
		     struct err *e)
{
	struct phrase_word *v = arena_array(a, PHRASE_WORDS_MAX, sizeof *v);
	struct err ignored = {0};
	size_t n;
	*out = false;
	if (!v)
		return arena_full(e);
	struct str folded = str_fold(a, role);
	if (!folded.p)
		return arena_full(e);
	if (words_split(folded, v, &n, &ignored)) /* longer than any post */
		return 0;
	for (size_t i = 0; i < n; i++)
		if (word_has(&v[i], ROLE_PAST) && v[i].number != PAST_BUT_NOW)
			return 0;
	bool says_whose = n < 2 || !is_pronoun(v[0].text), has_post = false;
	for (size_t k = 0; k < s->n; k++) {
		size_t i = 0;
		while (i < n && !stands_for(s->words[k], v[i].text))
			i++;
		has_post |= i < n && s->says_post[k];
		if (i == n && (says_whose || s->says_post[k]))
			return 0;
	}
	*out = says_whose || has_post;
	return 0;
}

/* "European Commission spokeswoman", of whom no article has a name: the words and a post. */
static int is_mouth(const struct seeking *s, const struct actor *who, struct arena *a, bool *out,
		    struct err *e)
{
	struct seeking name = {.n = 0};
	if (actor_kind_is_named(who->kind)) {
		*out = false;
		return 0;
	}
	if (fold_words(who->name, a, &name, e))
		return -1;
	*out = name.n == s->n + 1 && name.says_post[s->n];
	for (size_t k = 0; k < s->n && *out; k++)
		*out = str_eq(s->words[k], name.words[k]);
	return 0;
}

static bool is_known(const struct holder_list *h, struct str id)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->ids[i], id))
			return true;
	return false;
}

void holders_add(struct holder_list *h, const struct actor *a)
{
	bool is_foreign = h->country.n && a->country.n && !str_eq(a->country, h->country);
	if (h->n == HOLDERS_MAX || is_foreign || is_known(h, a->id))
		return;
	h->ids[h->n] = a->id;
	h->names[h->n++] = a->name;
}

/* Statements near which all the words stand. */
static int find_statements(struct reader *r, const struct seeking *s, struct arena *a,
			   struct statement_list *out, struct err *e)
{
	struct about_group *groups = arena_array(a, s->n, sizeof *groups);
	int64_t next;
	if (!groups)
		return arena_full(e);
	for (size_t i = 0; i < s->n; i++)
		groups[i] = (struct about_group){.any = {&s->words[i], 1}};
	struct about_way way = {groups, s->n};
	struct about about = {&way, 1};
	struct statement_query q = {.about = &about,
				    .n_about = 1,
				    .limit = LOOKED_AT,
				    .said_after = DAY_NONE,
				    .said_before = DAY_NONE,
				    .published_after = DAY_NONE,
				    .published_before = DAY_NONE};
	return store_statements(r, &q, a, out, &next, e);
}

int holders_find(struct reader *r, struct str words, struct arena *a, struct holder_list *out,
		 struct err *e)
{
	struct seeking s;
	struct statement_list found = {0};
	out->n = 0;
	if (fold_words(words, a, &s, e) || (s.n && find_statements(r, &s, a, &found, e)))
		return -1;
	for (size_t i = 0; i < found.n && out->n < HOLDERS_MAX; i++) {
		const struct statement *one = &found.v[i];
		bool is_one;
		if (!one->speaker || is_known(out, one->speaker->id))
			continue;
		if (is_mouth(&s, one->speaker, a, &is_one, e))
			return -1;
		if (!is_one && (one->speaker->kind != ACTOR_PERSON || !one->speaker_role.n))
			continue;
		if (!is_one && is_called(&s, one->speaker_role, a, &is_one, e))
			return -1;
		if (!is_one)
			continue;
		holders_add(out, one->speaker);
	}
	return 0;
}
