/* Names are the longest runs of words that the store knows, from the first word on. */
#include "api/query/about.h"

#include <string.h>

#include "api/query/phrase_words.h"
#include "base/embed.h"
#include "base/fold.h"
#include "db/record_names.h"

EMBED(word_forms_tsv, "data/word_forms.tsv");

enum { NAME_WORDS_MAX = 8, NAMES_OF_ACTOR_MAX = 24, WAYS_MAX = 16 };

struct about_reader {
	struct lookup *names;
	struct reader *r;
	struct arena *a;
	struct actor_matches *actors;
	size_t actors_cap, issues_cap;
	struct issue_matches *issues;
	struct phrase_word words[PHRASE_WORDS_MAX];
	size_t n;
	struct err *e;
};

/* --- groups --- */

static int add_string(struct about_reader *r, struct about_group *g, struct str s)
{
	struct str *v = arena_array(r->a, g->any.n + 1, sizeof *v);
	if (!v)
		return arena_full(r->e);
	if (g->any.n)
		memcpy(v, g->any.v, g->any.n * sizeof *v);
	v[g->any.n] = s;
	g->any = (struct strs){v, g->any.n + 1};
	return 0;
}

/* The word with the other form of its ending. */
static int add_forms(struct about_reader *r, struct about_group *g, struct str word)
{
	enum { STEM_LEAST = 3 }; /* letters before an ending; none before one of a number */
	struct str table = EMBEDDED(word_forms_tsv), line, first;
	while (str_split(&table, '\n', &line)) {
		if (str_starts(line, STR("#")) || !str_split(&line, '\t', &first))
			continue;
		struct str from = first, to = line;
		for (int way = 0; way < 2; way++, from = line, to = first) {
			bool is_number = from.p[0] >= '0' && from.p[0] <= '9';
			size_t stem_least = is_number ? 0 : STEM_LEAST;
			if (word.n < from.n + stem_least || !str_ends(word, from))
				continue;
			struct str stem = str_sub(word, 0, word.n - from.n);
			struct str other =
				arena_printf(r->a, "%.*s%.*s", STR_ARG(stem), STR_ARG(to));
			if (!other.p)
				return arena_full(r->e);
			if (add_string(r, g, other))
				return -1;
		}
	}
	return 0;
}

/* Is it a word of the language too, as "us" and "it" are in full text, which knows no capitals? */
static bool is_plain_word(struct str name)
{
	struct phrase_word words[PHRASE_WORDS_MAX];
	struct err ignored = {0};
	size_t n;
	enum { PLAIN = ROLE_PRONOUN | ROLE_EMPTY | ROLE_WHO | ROLE_ASK | ROLE_AUXILIARY };
	return words_split(name, words, &n, &ignored) == 0 && n == 1 && word_has(&words[0], PLAIN);
}

/* All names of an actor whom the name means beyond doubt. */
static int add_actor(struct about_reader *r, struct about_group *g, const struct actor_matches *m)
{
	enum { SURE = 4 }; /* times as often as the next who has the name */
	struct strs all;
	bool is_sure = m->n == 1 || m->v[0].actor.statement_count >
					    SURE * (uint64_t)m->v[1].actor.statement_count;
	if (!is_sure)
		return 0;
	if (store_actor_names(r->r, m->v[0].key, r->a, &all, r->e))
		return -1;
	for (size_t i = 0; i < all.n && i < NAMES_OF_ACTOR_MAX; i++)
		if (!is_plain_word(all.v[i]) && add_string(r, g, all.v[i]))
			return -1;
	return 0;
}

static int add_key(struct about_reader *r, struct keys *keys, int64_t key)
{
	int64_t *v = arena_array(r->a, keys->n + 1, sizeof *v);
	if (!v)
		return arena_full(r->e);
	if (keys->n)
		memcpy(v, keys->v, keys->n * sizeof *v);
	v[keys->n] = key;
	*keys = (struct keys){v, keys->n + 1};
	return 0;
}

static int add_issues(struct about_reader *r, struct about_group *g, const struct issue_matches *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct issue_matches below;
		if (add_key(r, &g->issues, m->v[i].key) ||
		    store_issues_below(r->r, m->v[i].issue.id, r->a, &below, r->e))
			return -1;
		for (size_t k = 0; k < below.n; k++)
			if (add_key(r, &g->issues, below.v[k].key))
				return -1;
		if (arena_grow(r->a, (void **)&r->issues->v, &r->issues_cap, r->issues->n + 1,
			       sizeof *r->issues->v))
			return arena_full(r->e);
		r->issues->v[r->issues->n++] = m->v[i];
	}
	return 0;
}

static int remember_actors(struct about_reader *r, const struct actor_matches *m)
{
	if (arena_grow(r->a, (void **)&r->actors->v, &r->actors_cap, r->actors->n + m->n,
		       sizeof *r->actors->v))
		return arena_full(r->e);
	for (size_t i = 0; i < m->n; i++)
		r->actors->v[r->actors->n++] = m->v[i];
	return 0;
}

/* --- names in the words --- */

static struct str text_of(const struct about_reader *r, size_t from, size_t to)
{
	const struct phrase_word *first = &r->words[from], *last = &r->words[to - 1];
	if (to - from == 1)
		return first->text;
	return (struct str){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
}

/* Is it what the issue is called, or part of that? The terms that an issue is found by are often
 * narrower: who asks about "extradition bill" does not ask for all on Hong Kong. */
static bool is_label(struct about_reader *r, const struct issue_match *m, struct str name)
{
	struct str label = str_fold(r->a, m->issue.label), rest = str_fold(r->a, name), word;
	if (!label.p || !rest.p)
		return false;
	while (str_split(&rest, ' ', &word))
		if (!str_has_word(label, word))
			return false;
	return true;
}

/* Issues by the name itself: not open ones, whose words are searched anyway, and not where it is
 * the contrary that has the name. */
static int find_issues(struct about_reader *r, struct str name, struct issue_matches *out)
{
	struct issue_matches all;
	*out = (struct issue_matches){0};
	if (lookup_issues(r->names, name, &all, r->e))
		return -1;
	out->v = arena_array(r->a, all.n, sizeof *out->v);
	if (!out->v)
		return arena_full(r->e);
	for (size_t i = 0; i < all.n; i++)
		if (!all.v[i].issue.is_open && !issue_match_turns(&all.v[i]) &&
		    is_label(r, &all.v[i], name))
			out->v[out->n++] = all.v[i];
	return 0;
}

/* Those that a text names: not "officials". */
static int find_actors(struct about_reader *r, struct str name, struct actor_matches *out)
{
	if (lookup_actors(r->names, name, out, r->e))
		return -1;
	if (out->n && !actor_kind_is_named(out->v[0].actor.kind) &&
	    out->v[0].actor.kind != ACTOR_GROUP)
		out->n = 0;
	return 0;
}

/* The group of the longest name that begins at *at, or of the one word. */
static int take_group(struct about_reader *r, size_t *at, struct about_group *g)
{
	size_t most = r->n - *at < NAME_WORDS_MAX ? r->n - *at : NAME_WORDS_MAX;
	*g = (struct about_group){0};
	for (size_t n = r->words[*at].is_quoted ? 0 : most; n > 0; n--) {
		struct actor_matches actors;
		struct issue_matches issues;
		struct str name = text_of(r, *at, *at + n);
		if (find_actors(r, name, &actors) || find_issues(r, name, &issues))
			return -1;
		if (!actors.n && !issues.n)
			continue;
		*at += n;
		return add_string(r, g, name) || remember_actors(r, &actors) ||
				       (actors.n && add_actor(r, g, &actors)) ||
				       add_issues(r, g, &issues)
			       ? -1
			       : 0;
	}
	struct str word = r->words[(*at)++].text;
	return add_string(r, g, word) || add_forms(r, g, word) ? -1 : 0;
}

static int read_way(struct about_reader *r, struct str value, struct about_way *out)
{
	if (words_split(value, r->words, &r->n, r->e))
		return -1;
	struct about_group *groups = arena_array(r->a, r->n, sizeof *groups);
	if (!groups)
		return arena_full(r->e);
	for (size_t at = 0; at < r->n;)
		if (take_group(r, &at, &groups[out->n++]))
			return -1;
	out->groups = groups;
	return 0;
}

int about_read(struct str value, struct lookup *names, struct reader *reader, struct arena *a,
	       struct about *out, struct actor_matches *actors, struct issue_matches *issues,
	       struct err *e)
{
	struct about_reader *r = arena_alloc(a, sizeof *r);
	struct about_way *ways = arena_array(a, WAYS_MAX, sizeof *ways);
	struct str part;
	if (!r || !ways)
		return arena_full(e);
	memset(r, 0, sizeof *r);
	r->names = names;
	r->r = reader;
	r->a = a;
	r->actors = actors;
	r->issues = issues;
	r->e = e;
	*out = (struct about){.ways = ways};
	while (str_split(&value, '|', &part)) {
		if (!str_trim(part).n)
			continue;
		if (out->n == WAYS_MAX)
			return err_set(e, ERR_VALUE, "about",
				       "\"about\" has more than %d alternatives", WAYS_MAX);
		ways[out->n] = (struct about_way){0};
		if (read_way(r, str_trim(part), &ways[out->n++]))
			return -1;
	}
	return 0;
}
