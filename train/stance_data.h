/* The corpora of acts and stance, and their sentences as pairs (extract/stance/features.h).
 * PLV: sentences with a marked source and target and a class of PLOVER
 * (github.com/snowood1/Zero-Shot-PLOVER). Directed: sentences with two marked entities and who of
 * them is for or against whom (Park, Pan and Joo, ACL 2021). NewsMTSC: sentences with marked
 * persons and the sentiment towards each (Hamborg and Donnay, EACL 2021). */
#ifndef DEMARCHE_TRAIN_STANCE_DATA_H
#define DEMARCHE_TRAIN_STANCE_DATA_H

#include "train/stance_fit.h"

struct byte_range {
	size_t start, end; /* start == end: none */
};

struct stance_case {
	struct str text; /* without marks */
	struct byte_range source, target;
	uint8_t label;
};

struct stance_cases {
	struct stance_case *v;
	size_t n;
};

/* From DATA/plv/train.tsv, directed/{train,valid}.tsv, newsmtsc/train.jsonl. Labels are columns of
 * classifier_acts, of enum stance_class from STANCE_NONE, and of it from TOWARDS_BAD. -1 with *e
 * set (ERR_INPUT). Everything lives in `a`. */
int stance_read_plv(const char *folder, struct arena *a, struct stance_cases *out,
		    struct err *e) MUST_CHECK;
int stance_read_directed(const char *folder, const char *part, struct arena *a,
			 struct stance_cases *out, struct err *e) MUST_CHECK;
int stance_read_newsmtsc(const char *folder, struct arena *a, struct stance_cases *out,
			 struct err *e) MUST_CHECK;

/* What reads sentences: as the engine does, up to the trees. */
struct stance_parser {
	struct lexicon *lexicon;
	struct syntax *syntax;
	struct lemmas *lemmas;
	struct act_words *acts;
	struct feature_tables words;
};

int stance_parser_open(struct stance_parser *r, struct err *e) MUST_CHECK;
void stance_parser_close(struct stance_parser *r);

/* What the model is fitted on. */
struct stance_corpora {
	struct stance_sides *sides;
	size_t n_sides;
	struct stance_example *acts;
	size_t n_acts;
};

/* From DATA/plv, directed and newsmtsc, all with their features. */
int stance_corpora_read(const struct stance_parser *r, const char *folder, struct arena *a,
			struct stance_corpora *out, struct err *e) MUST_CHECK;

/* The tokens that overlap a range of bytes. */
struct range stance_tokens(const struct text *t, struct byte_range b);
/* The sentences that hold both as one; the whole text where either is absent. */
struct sentence stance_sentence(const struct text *t, struct range source, struct range target);
/* The features of a case; with `is_turned`, of its source as target and the other way. Exits when
 * memory is out. */
struct stance_example stance_example_of(const struct stance_parser *r, const struct stance_case *c,
					bool is_turned, struct arena *a);
/* The class when source and target change places. */
uint8_t stance_turned(uint8_t label);

#endif
