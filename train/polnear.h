/* PolNeAR (Newell and others 2018): news articles with attributions, as JSON lines {"id", "text",
 * "attributions": [{"source": [[start, end],
 * ...], "cue": ..., "content": ...}]} with code points; read and parsed as the engine does, spans
 * as tokens. */
#ifndef DEMARCHE_TRAIN_POLNEAR_H
#define DEMARCHE_TRAIN_POLNEAR_H

#include <stdio.h>

#include "extract/attribution/rank.h"
#include "extract/extract.h"
#include "train/attribution_score.h"

/* The articles of a file, one after another, as they are marked. */
struct polnear_file {
	const char *path;
	FILE *f;
	char *line;
	size_t size;
};

struct polnear_record {
	struct str id, text;
	struct marked_list marked;
};

/* Errors end the process. */
struct polnear_file polnear_open(const char *path);
/* The next article, in `a`; false at the end. */
bool polnear_next(struct polnear_file *p, struct arena *a, struct polnear_record *out);
void polnear_close(struct polnear_file *p);

enum { GOLD_PARTS = 24 };

struct gold_spans {
	struct range v[GOLD_PARTS]; /* tokens, inclusive, in rising order */
	size_t n;
};

struct gold {
	struct gold_spans source, cue, content;
	uint32_t head; /* of the cue: the word that the rest of it hangs on */
};

struct polnear_article {
	struct arena arena;
	struct str text_bytes;
	struct text text;
	struct forest forest;
	struct entities entities;
	struct context context; /* without a model */
	struct marked_list marked;
	struct gold *gold;
	size_t n_gold;
};

struct polnear {
	struct polnear_article *v;
	size_t n, cap;
};

/* Reads a file and runs the engine's steps before attribution on each article. Errors end the
 * process. */
void polnear_read(struct polnear *p, const char *path);
/* The same with one article that is at hand; nothing of the record is kept. */
void polnear_take(struct polnear_article *p, const struct polnear_record *record);
void polnear_release(struct polnear *p);

/* Shared tokens over all tokens of both. */
double gold_overlap(const struct gold_spans *g, const struct range *v, size_t n);
/* The first parts as a candidate. */
struct candidate gold_candidate(const struct gold_spans *g);

#endif
