/* The facets of a statement: the speaker keys and issues by which a question may name it, and their
 * text, "s0 s24 i33": a token for each, the speakers first, and "u" before them of a statement that
 * is not counted. Stored, and a column of the full-text index. */
#ifndef DEMARCHE_DB_FACETS_H
#define DEMARCHE_DB_FACETS_H

#include "base/arena.h"
#include "db/store.h"

enum { FACET_SPEAKERS_MAX = 4 };

struct facets {
	speaker_key_t speakers[FACET_SPEAKERS_MAX];
	int64_t *issues; /* each once */
	size_t n_speakers, n_issues;
	bool is_uncounted;
};

/* "With members" is kept of countries and organizations only: of others the actor alone is the
 * same. */
bool facets_has_members(const struct actor *a);
/* The speaker itself, with members where it can have some, and the country that it speaks for (a
 * key, 0 for none), which comes last. */
void facets_add_speaker(struct facets *f, const struct actor *speaker, int64_t key,
			int64_t country);
/* The keys in the order of the statement's issues; twice the same is once. 0, or -1 with *e. */
int facets_set_issues(struct facets *f, const int64_t *keys, size_t n, struct arena *a,
		      struct err *e) MUST_CHECK;

/* To text and back; 0, or -1 with *e (ERR_DB: damaged). */
int facets_format(const struct facets *f, struct arena *a, struct str *out,
		  struct err *e) MUST_CHECK;
int facets_parse(struct str text, struct arena *a, struct facets *out, struct err *e) MUST_CHECK;

/* The key of the next token of this letter, taken off the text; 0 at the end. */
int64_t facets_next(struct str *text, char letter);
static inline speaker_key_t facets_next_speaker(struct str *text)
{
	return facets_next(text, 's');
}
static inline int64_t facets_next_issue(struct str *text)
{
	return facets_next(text, 'i');
}
/* The key of the last actor that the speaker stands for as a member: its country, or, of an
 * organization without one, itself; 0 for none. */
int64_t facets_last_member_of(struct str text);
/* The same of facets that are no text. */
int64_t facets_member_of(const struct facets *f);
/* The speaker's own key, with members where the facets have that; 0 for nobody. */
speaker_key_t facets_own_key(const struct facets *f, int64_t speaker);

#endif
