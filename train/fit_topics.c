/* fit_topics TITLES.tsv OUT [FOLD]: fits data/topics.bin on coded titles ("code", "date", "title",
 * parted by tabs; the codes are those of newspapers' codebook). With FOLD, a number below FOLDS,
 * every FOLDS-th title is left out and scored instead of writing anything. */
#include <stdio.h>
#include <stdlib.h>

#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/issue/headline.h"
#include "extract/syntax/syntax.h"
#include "train/file_text.h"
#include "train/model_write.h"
#include "train/topic_fit.h"

enum { FILE_BYTES = 64 << 20, TITLE_BYTES = 16 << 20, TITLES = 1 << 16, ROUNDS = 30, FOLDS = 10 };

struct lessons {
	struct topic_lesson *v;
	size_t n;
};

static uint8_t class_of(int64_t code)
{
	const int64_t arts = 28, culture = 23;
	for (int c = 0; c < TOPIC_CLASSES; c++)
		if (topic_codes[c] == (code == arts ? culture : code))
			return (uint8_t)c;
	return 0;
}

static int read_title(const struct engine *en, struct str line, struct lessons *l)
{
	struct str code, date, title;
	int64_t number;
	if (!str_split(&line, '\t', &code) || !str_split(&line, '\t', &date) ||
	    !str_split(&line, '\t', &title) || !str_to_i64(code, &number) || l->n == TITLES)
		return 0;
	struct arena a;
	arena_init(&a, TITLE_BYTES);
	struct topic_lesson *lesson = &l->v[l->n++];
	lesson->class = class_of(number);
	int rc = issue_topic_words_of(en->issues, en->lexicon, title, &a, &lesson->words);
	arena_release(&a);
	return rc;
}

static int read_titles(const struct engine *en, const char *path, struct lessons *l, struct err *e)
{
	struct arena a;
	arena_init(&a, FILE_BYTES);
	struct str text = file_text(path, &a, e), line;
	int rc = text.p ? 0 : -1;
	while (rc == 0 && str_split(&text, '\n', &line))
		if (read_title(en, line, l) < 0)
			rc = arena_full(e);
	arena_release(&a);
	return rc;
}

/* The lessons of the fold behind the others. */
static size_t part(struct lessons *l, size_t fold)
{
	size_t kept = 0, n_left = 0;
	struct topic_lesson *left = calloc(l->n + 1, sizeof *left);
	if (!left)
		exit(1);
	for (size_t i = 0; i < l->n; i++) {
		if (i % FOLDS == fold)
			left[n_left++] = l->v[i];
		else
			l->v[kept++] = l->v[i];
	}
	for (size_t i = 0; i < n_left; i++)
		l->v[kept + i] = left[i];
	free(left);
	return kept;
}

static void score(const struct topics *ts, const struct topic_lesson *v, size_t n)
{
	unsigned coded = 0, right = 0, sure = 0, sure_right = 0;
	for (size_t i = 0; i < n; i++) {
		struct topic_shares s;
		int major = topic_major(topic_codes[v[i].class]);
		topics_tell(ts, &v[i].words, &s);
		struct topic best = topic_best(&s);
		if (major == 0)
			continue;
		coded++;
		right += best.cap_major == major;
		sure += best.confidence >= TOPIC_SURE;
		sure_right += best.confidence >= TOPIC_SURE && best.cap_major == major;
	}
	printf("%u titles left out: %.1f %% right; sure of %.1f %%, of these %.1f %%\n", coded,
	       100.0 * right / coded, 100.0 * sure / coded, 100.0 * sure_right / sure);
}

static int write_or_score(const struct engine *en, const char *out, const char *fold,
			  struct lessons *l)
{
	struct topics ts = en->issues->topics;
	struct topic_weights w;
	static int8_t rows[TOPIC_ROWS][TOPIC_CLASSES];
	size_t n = fold ? part(l, strtoul(fold, NULL, 10)) : l->n;
	topic_fit(&ts, l->v, n, ROUNDS, &w);
	topic_pack(&w, rows);
	topics_use(&ts, &w.layers);
	ts.rows = (const int8_t(*)[TOPIC_CLASSES])rows;
	if (fold)
		score(&ts, l->v + n, l->n - n);
	const struct str parts[] = {{(const char *)&w.layers, sizeof w.layers},
				    {(const char *)rows, sizeof rows}};
	bool written = fold || model_write(out, TOPIC_KIND, TOPIC_VERSION, parts, 2);
	topic_weights_release(&w);
	return written ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc < 3) {
		fprintf(stderr, "usage: fit_topics TITLES.tsv OUT [FOLD]\n");
		return 2;
	}
	struct lessons l = {calloc(TITLES, sizeof *l.v), 0};
	struct engine *en = engine_open(&e);
	int rc = 1;
	if (!en || !l.v || read_titles(en, argv[1], &l, &e) < 0)
		fprintf(stderr, "fit_topics: %s\n", e.message);
	else
		rc = write_or_score(en, argv[2], argc > 3 ? argv[3] : NULL, &l);
	engine_close(en);
	free(l.v);
	return rc;
}
