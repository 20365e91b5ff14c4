/* The table of issues in memory, for the files that look for issues: a trie of phrases over forms
 * and lemmas, and what each phrase says. Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_ISSUE_ISSUE_TABLE_H
#define DEMARCHE_EXTRACT_ISSUE_ISSUE_TABLE_H

#include "extract/issue/nearness.h"
#include "extract/syntax/lemma.h"
#include "extract/tables/map.h"
#include "extract/text/text.h"

struct lexicon;
struct syntax;
struct issue_weights;

enum issue_sense {
	SENSE_TERM,	   /* names the issue */
	SENSE_HINT,	   /* speaks for the issue's topic alone */
	SENSE_BARRED,	   /* a term that overlaps it does not count */
	SENSE_BARRED_NEAR, /* a term within ISSUE_NEAR words of it does not count */
	SENSE_SLOT	   /* one of the phrases of a pattern: `issue` is the pattern */
};

/* One thing that a phrase says; a phrase may say several. */
struct issue_use {
	uint32_t issue;
	uint32_t next; /* MAP_NONE at the end */
	uint8_t sense; /* enum issue_sense */
	uint8_t slot;
	bool is_label;
	bool is_name; /* written with a capital */
	bool turns;   /* who supports what it says is against the issue: "tax cut" of taxes */
};

/* Phrases that must stand near each other, in any order. */
struct issue_pattern {
	uint32_t issue;
	uint8_t sense; /* term, hint or barred */
	uint8_t slots;
	bool turns;
};

enum { ISSUE_NEAR = 10, ISSUE_SLOTS = 3, ISSUE_FORMS = 5, ISSUE_PHRASE_WORDS = 8 };

struct issue_table {
	struct arena a;
	const struct lemmas *lemmas;
	struct topics topics;
	struct nearness nearness;
	const struct issue_weights *weights; /* NULL without syntax */
	struct issue *issues;
	uint32_t *parents;	  /* by issue: its parent, or MAP_NONE */
	size_t n_issues, n_extra; /* the users' come first */
	uint32_t *nodes; /* by phrase: its first use, or MAP_NONE where it is the mere start of
			    longer ones */
	size_t n_nodes, cap_nodes;
	struct issue_use *uses;
	size_t n_uses, cap_uses;
	struct issue_pattern *patterns;
	size_t n_patterns, cap_patterns;
	struct map by_phrase, by_id;
	uint32_t country; /* node of the class "<country>", or MAP_NONE */
};

/* The table's issues and `extra` ones, which are copied: an extra one stands in for the table's of
 * the same id, and what several claim as their term is the extra one's. NULL with *e set when the
 * table is damaged, or ERR_TOO_LARGE. The lexicon is only needed during the call. The lemmas must
 * outlive the table; so must the syntax, whose word vectors the topics read, or it is NULL: then
 * nobody knows a topic. */
struct issue_table *issue_table_open(const struct lexicon *lx, const struct lemmas *ls,
				     const struct syntax *sx, const struct issue *extra,
				     size_t n_extra, struct err *e) MUST_CHECK;
void issue_table_close(struct issue_table *it); /* NULL is allowed */
const struct issue *issue_table_all(const struct issue_table *it, size_t *n);

/* The keys by which phrases know a token: its form, its form without a plural ending, its lemma,
 * and where it is all capitals that form too. How many of k are set; 0 when the arena is full. */
size_t issue_keys(const struct issue_table *it, const struct text *t, uint32_t i,
		  uint64_t k[ISSUE_FORMS], struct arena *a);
/* Is the token nothing to a phrase: the hyphen of "cease-fire", the ending of "women's"? */
bool issue_skips(const struct text *t, uint32_t i);

#endif
