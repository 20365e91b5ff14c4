/* The coded corpus: articles read line by line for who is for or against what
 * (docs/coding-guide.md). Texts and lines are those of corpus/ (positions.jsonl, texts.jsonl,
 * articles.tsv) where there is one, else of DATA/positions (coded.jsonl, texts.jsonl); the texts of
 * PolNeAR, which may not be shipped, of DATA/polnear/train.jsonl, and a few others of
 * DATA/news/articles.jsonl where it is there. Data only; one thread. */
#ifndef DEMARCHE_TRAIN_CODED_H
#define DEMARCHE_TRAIN_CODED_H

#include "base/arena.h"
#include "base/err.h"
#include "base/model.h"

enum coded_split { CODED_TRAIN, CODED_DEV, CODED_TEST_A, CODED_TEST_B, CODED_SPLITS };

/* An issue of a line. */
struct coded_issue {
	struct str id;	    /* of data/issues.tsv */
	bool turns;	    /* the side towards it is the other one than that towards the object */
	bool is_topic_only; /* no side is taken on it */
};

struct coded_line {
	struct span content, source, object; /* code points; object.end 0: none */
	struct str speaker, name, towards;   /* "": none; name: of the object */
	enum statement_kind kind;
	enum act act;
	enum position side; /* towards the object by its name; NEUTRAL: none is taken */
	const struct coded_issue *issues;
	size_t n_issues;
	/* optional: what a careful reader might not code; it counts neither way. */
	bool is_optional, is_nested, is_question;
};

struct coded_article {
	struct str id, title, published_at, text;
	struct str form; /* "news", "release", "transcript", "debate", "speech" */
	enum coded_split split;
	struct coded_line *lines; /* in the order of the file */
	size_t n_lines, cap;
};

struct coded {
	struct coded_article *v; /* in the order of the file of texts */
	size_t n;
};

/* Reads all articles that have a text and a line. Everything lives in `a`. 0, or -1 with *e set
 * (ERR_INPUT, ERR_TOO_LARGE). */
int coded_read(const char *data, struct arena *a, struct coded *out, struct err *e) MUST_CHECK;
/* The same from a folder, a file of PolNeAR, and one of news or NULL. */
int coded_read_from(const char *folder, const char *polnear, const char *news, struct arena *a,
		    struct coded *out, struct err *e) MUST_CHECK;

/* The split of a name ("train", "dev", "test-a", "test-b"), or CODED_SPLITS. */
enum coded_split coded_split_of(struct str name);

/* The side of a word of the corpus ("none", "for", "against", "concern", "mixed"), or -1. */
int coded_side_of(struct str word);

/* Code points that two spans share. */
uint32_t coded_shared(struct span a, struct span b);
/* Code points of all spans together. */
uint32_t coded_length(struct spans s);

#endif
