/* What the new texts of a transaction will ask of the database - is a text there, which texts are
 * near - known ahead, so that an engine on a server is asked once for all of them. Holds while the
 * transaction stores texts and nothing else. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_AHEAD_H
#define DEMARCHE_DB_SQLITE_AHEAD_H

#include "db/sqlite/transaction.h"

enum { AHEAD_NEAR_EACH = 16 }; /* of a band, the newest: as NEAR_BAND has it */

struct ahead_text {
	unsigned char sha256[DIGEST_BYTES];
	bool is_known; /* is stored, was edited, or comes twice in the transaction */
};

/* The articles with a band, newest first. */
struct ahead_band {
	int64_t key;
	int n;
	int64_t articles[AHEAD_NEAR_EACH];
};

struct ahead_signature {
	int64_t article;
	struct signature is;
};

struct ahead {
	struct arena *arena;
	struct ahead_text *texts; /* in the order of their digests */
	struct ahead_band *bands; /* in the order of their keys */
	size_t n_texts, n_bands;
	struct ahead_signature *signatures;
	size_t n_signatures, cap_signatures;
	uint32_t *slots; /* by hash of the article: an index of signatures + 1 */
	size_t n_slots;
};

/* The engine's own: sets t->ahead, where asking ahead pays. 0, or -1 with *e. */
int ahead_read(struct transaction *t, struct write *const *v, int n, struct err *e) MUST_CHECK;
/* The engine's own: what articles were is not so any more. */
void ahead_forget(struct transaction *t);

/* For ahead_read: about these texts nothing is known yet. NULL when the arena is full. */
struct ahead *ahead_new(struct arena *a, struct write *const *v, int n);
void ahead_take_band(struct ahead_band *b, int64_t article);

/* Is the text certainly new? */
bool ahead_is_new_text(const struct ahead *a, const unsigned char sha256[DIGEST_BYTES]);
/* That of an article whose bands are taken. 0, or -1 when the arena is full, as the next. */
int ahead_keep_signature(struct ahead *a, int64_t article, const struct signature *s) MUST_CHECK;
/* An article has the signature from here on. */
int ahead_add_signature(struct ahead *a, int64_t article, const struct signature *s) MUST_CHECK;
/* Those that share a band, each perhaps more than once; -1 when the arena is full. */
int ahead_near(const struct ahead *a, const struct signature *s,
	       const struct ahead_signature ***out);

#endif
