/* Facets of a statement, and their text. */
#include "db/facets.h"

#include <stdio.h>

speaker_key_t speaker_key(int64_t actor, bool with_members)
{
	return actor * 2 + with_members;
}

bool facets_has_members(const struct actor *a)
{
	return a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION;
}

static void add_once(int64_t *v, size_t *n, int64_t key)
{
	for (size_t i = 0; i < *n; i++)
		if (v[i] == key)
			return;
	v[(*n)++] = key;
}

void facets_add_speaker(struct facets *f, const struct actor *speaker, int64_t key, int64_t country)
{
	add_once(f->speakers, &f->n_speakers, speaker_key(key, false));
	if (facets_has_members(speaker))
		add_once(f->speakers, &f->n_speakers, speaker_key(key, true));
	if (country)
		add_once(f->speakers, &f->n_speakers, speaker_key(country, true));
}

int facets_set_issues(struct facets *f, const int64_t *keys, size_t n, struct arena *a,
		      struct err *e)
{
	f->n_issues = 0;
	f->issues = arena_array(a, n, sizeof *f->issues);
	if (!f->issues)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		add_once(f->issues, &f->n_issues, keys[i]);
	return 0;
}

int facets_format(const struct facets *f, struct arena *a, struct str *out, struct err *e)
{
	enum { TOKEN_BYTES = 21 }; /* a letter, at most 19 digits, a space */
	size_t room = (1 + f->n_speakers + f->n_issues) * TOKEN_BYTES + 1, n = 0;
	char *p = arena_alloc(a, room);
	if (!p)
		return arena_full(e);
	if (f->is_uncounted)
		p[n++] = 'u';
	for (size_t i = 0; i < f->n_speakers; i++)
		n += (size_t)snprintf(p + n, room - n, "%ss%lld", n ? " " : "",
				      (long long)f->speakers[i]);
	for (size_t i = 0; i < f->n_issues; i++)
		n += (size_t)snprintf(p + n, room - n, "%si%lld", n ? " " : "",
				      (long long)f->issues[i]);
	*out = (struct str){p, n};
	return 0;
}

int facets_parse(struct str text, struct arena *a, struct facets *out, struct err *e)
{
	*out = (struct facets){0};
	out->issues = arena_array(a, text.n / 2 + 1, sizeof *out->issues);
	if (!out->issues)
		return arena_full(e);
	for (struct str token; str_split(&text, ' ', &token);) {
		int64_t key;
		bool is_speaker = token.n && token.p[0] == 's';
		if (str_eq(token, STR("u"))) {
			out->is_uncounted = true;
			continue;
		}
		if (!token.n || !str_to_i64(str_sub(token, 1, token.n), &key) ||
		    (is_speaker && out->n_speakers == FACET_SPEAKERS_MAX))
			return err_set(e, ERR_DB, NULL, "a statement's facets are damaged");
		if (is_speaker)
			out->speakers[out->n_speakers++] = key;
		else
			out->issues[out->n_issues++] = key;
	}
	return 0;
}

int64_t facets_next(struct str *text, char letter)
{
	int64_t key;
	for (struct str token; str_split(text, ' ', &token);)
		if (token.n && token.p[0] == letter && str_to_i64(str_sub(token, 1, token.n), &key))
			return key;
	return 0;
}

int64_t facets_member_of(const struct facets *f)
{
	int64_t last = 0;
	for (size_t i = 0; i < f->n_speakers; i++)
		last = f->speakers[i] & 1 ? f->speakers[i] / 2 : last;
	return last;
}

speaker_key_t facets_own_key(const struct facets *f, int64_t speaker)
{
	bool with_members = false;
	for (size_t i = 0; i < f->n_speakers && !with_members; i++)
		with_members = f->speakers[i] == speaker_key(speaker, true);
	return speaker ? speaker_key(speaker, with_members) : 0;
}

int64_t facets_last_member_of(struct str text)
{
	int64_t last = 0;
	for (speaker_key_t key; (key = facets_next_speaker(&text)) != 0;)
		last = key & 1 ? key / 2 : last;
	return last;
}
