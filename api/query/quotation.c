/* Words, pieces found one after another, else the alignment with the fewest edits. */
#include "api/query/quotation.h"

#include <string.h>

#include "base/char.h"
#include "base/fold.h"

#define WORD(name, word) word,
static const char *const wording_words[] = {WORDINGS(WORD)};
static const char *const alteration_words[] = {ALTERATIONS(WORD)};
const struct terms terms_wording = {"wording", wording_words, WORDING_COUNT};
const struct terms terms_alteration = {"alteration", alteration_words, ALTERATION_COUNT};

/* --- words and pieces --- */

/* Runs of letters and digits, as the full-text index has them. */
static int find_words(struct str s, size_t most, struct arena *a, struct quoted_words *out,
		      struct err *e)
{
	size_t cap = 0;
	*out = (struct quoted_words){0};
	for (size_t at = 0, next = 0; at < s.n && out->n < most; at = next) {
		size_t start = at;
		if (!point_is_word(point_at(s, at, &next)))
			continue;
		while (next < s.n) {
			size_t after;
			if (!point_is_word(point_at(s, next, &after)))
				break;
			next = after;
		}
		if (arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v))
			return arena_full(e);
		struct quoted_word w = {str_fold(a, str_sub(s, start, next)), start, next};
		if (!w.folded.p)
			return arena_full(e);
		out->v[out->n++] = w;
	}
	return 0;
}

static bool is_mark_around(uint32_t c)
{
	static const uint32_t marks[] = {'"', '\'', 0x201C, 0x201D, 0x2018, 0x2019, 0xAB, 0xBB};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (c == marks[i])
			return true;
	return point_is_space(c);
}

static struct str without_marks_around(struct str s)
{
	size_t from = 0, to = 0;
	for (size_t at = 0, next; at < s.n; at = next) {
		bool is_around = is_mark_around(point_at(s, at, &next));
		if (!is_around)
			to = next;
		else if (to == 0)
			from = next;
	}
	return str_sub(s, from, to);
}

/* Is there an ellipsis between the words? */
static bool has_ellipsis(struct str gap)
{
	return str_find(gap, STR("..."), 0) != SIZE_MAX ||
	       str_find(gap, STR("\u2026"), 0) != SIZE_MAX ||
	       str_find(gap, STR(". . ."), 0) != SIZE_MAX;
}

struct str quotation_part(const struct quotation *q, size_t from, size_t to)
{
	return str_sub(q->text, q->words.v[from].start, q->words.v[to - 1].end);
}

int quotation_init(struct quotation *q, struct str text, struct arena *a, struct err *e)
{
	*q = (struct quotation){.text = without_marks_around(text)};
	if (find_words(q->text, SIZE_MAX, a, &q->words, e))
		return -1;
	size_t n = q->words.n, from = 0;
	if (n < QUOTATION_WORDS_MIN)
		return err_set(e, ERR_VALUE, "text",
			       "\"text\" has %zu words; fewer than %d are no quotation to look for",
			       n, QUOTATION_WORDS_MIN);
	q->pieces = arena_array(a, n, sizeof *q->pieces);
	q->ends = arena_array(a, n, sizeof *q->ends);
	if (!q->pieces || !q->ends)
		return arena_full(e);
	for (size_t i = 1; i <= n; i++) {
		if (i < n &&
		    !has_ellipsis(str_sub(q->text, q->words.v[i - 1].end, q->words.v[i].start)))
			continue;
		q->ends[q->n_pieces] = i;
		q->pieces[q->n_pieces++] = quotation_part(q, from, i);
		from = i;
	}
	return 0;
}

/* --- the same words --- */

struct comparing {
	const struct quotation *q;
	struct str said;
	struct quoted_words words; /* of what was said */
	struct arena *a;
	struct comparison *out;
	size_t cap;
};

static struct str part_of(struct str s, const struct quoted_words *w, size_t from, size_t to)
{
	return from < to ? str_sub(s, w->v[from].start, w->v[to - 1].end) : STR_EMPTY;
}

/* Words from..to of what was said stand for those of the quotation; none on either side is no
 * alteration. */
static int add_alteration(struct comparing *c, size_t from, size_t to, size_t quoted_from,
			  size_t quoted_to, struct err *e)
{
	struct comparison *out = c->out;
	if (from == to && quoted_from == quoted_to)
		return 0;
	if (arena_grow(c->a, (void **)&out->alterations, &c->cap, out->n + 1,
		       sizeof *out->alterations))
		return arena_full(e);
	out->alterations[out->n++] = (struct alteration){
		.kind = from == to		   ? ALTERATION_ADDED
			: quoted_from == quoted_to ? ALTERATION_LEFT_OUT
						   : ALTERATION_REPLACED,
		.said = part_of(c->said, &c->words, from, to),
		.quoted = part_of(c->q->text, &c->q->words, quoted_from, quoted_to)};
	return 0;
}

static bool is_here(const struct comparing *c, size_t at, size_t from, size_t to)
{
	if (to - from > c->words.n - at)
		return false;
	for (size_t i = from; i < to; i++)
		if (!str_eq(c->words.v[at + i - from].folded, c->q->words.v[i].folded))
			return false;
	return true;
}

/* Each piece where it first comes after the one before. What lies between is left out. 1 when all
 * are there, 0, or -1 with *e. */
static int find_pieces(struct comparing *c, struct err *e)
{
	size_t at = 0, from = 0, left_out = 0;
	for (size_t p = 0; p < c->q->n_pieces; from = c->q->ends[p++]) {
		size_t start = at, n = c->q->ends[p] - from;
		while (at < c->words.n && !is_here(c, at, from, c->q->ends[p]))
			at++;
		if (at >= c->words.n) {
			c->out->n = 0;
			return 0;
		}
		left_out += at - start;
		if (add_alteration(c, start, at, from, from, e))
			return -1;
		at += n;
	}
	left_out += c->words.n - at;
	c->out->wording = left_out ? WORDING_TRIMMED : WORDING_VERBATIM;
	c->out->share = 1;
	return add_alteration(c, at, c->words.n, from, from, e) ? -1 : 1;
}

/* --- other words --- */

enum step { STEP_SAME, STEP_REPLACE, STEP_ADD, STEP_LEAVE_OUT };

/* Edits by which the first i words of the quotation come from some stretch of what was said that
 * ends at j (Sellers 1980). */
struct alignment {
	uint16_t *costs; /* two rows */
	uint8_t *steps;	 /* a row a word of the quotation, from its first on */
	size_t width;
};

static void fill_row(const struct comparing *c, struct alignment *g, size_t i)
{
	uint16_t *above = g->costs + (i - 1) % 2 * g->width, *row = g->costs + i % 2 * g->width;
	uint8_t *steps = g->steps + i * g->width;
	row[0] = (uint16_t)i;
	steps[0] = STEP_ADD;
	for (size_t j = 1; j < g->width; j++) {
		bool same = str_eq(c->q->words.v[i - 1].folded, c->words.v[j - 1].folded);
		uint16_t best = (uint16_t)(above[j - 1] + !same);
		uint8_t step = same ? STEP_SAME : STEP_REPLACE;
		if (above[j] + 1 < best) {
			best = (uint16_t)(above[j] + 1);
			step = STEP_ADD;
		}
		if (row[j - 1] + 1 < best) {
			best = (uint16_t)(row[j - 1] + 1);
			step = STEP_LEAVE_OUT;
		}
		row[j] = best;
		steps[j] = step;
	}
}

/* Of equals the last: a word replaced says more than one added at the end. */
static size_t best_end(const struct alignment *g, size_t n)
{
	const uint16_t *row = g->costs + n % 2 * g->width;
	size_t best = 0;
	for (size_t j = 1; j < g->width; j++)
		best = row[j] <= row[best] ? j : best;
	return best;
}

/* Backwards from the end: runs of words that differ become one alteration each, here the last one
 * first. */
static int trace(struct comparing *c, const struct alignment *g, struct err *e)
{
	size_t n = c->q->words.n, i = n, j = best_end(g, n), end = j, same = 0;
	size_t i_to = i, j_to = j; /* where the run of differences ends */
	while (i > 0) {
		uint8_t step = g->steps[i * g->width + j];
		if (step == STEP_SAME) {
			if (add_alteration(c, j, j_to, i, i_to, e))
				return -1;
			i_to = i - 1;
			j_to = j - 1;
			same++;
		}
		i -= step != STEP_LEAVE_OUT;
		j -= step != STEP_ADD;
	}
	size_t longer = n > end - j ? n : end - j;
	c->out->share = (double)same / (double)longer;
	if (c->out->share >= QUOTATION_ALIKE && same >= QUOTATION_WORDS_MIN)
		c->out->wording = WORDING_ALTERED;
	return add_alteration(c, j, j_to, 0, i_to, e);
}

static void turn_round(struct comparison *out)
{
	for (size_t i = 0; i < out->n / 2; i++) {
		struct alteration last = out->alterations[out->n - 1 - i];
		out->alterations[out->n - 1 - i] = out->alterations[i];
		out->alterations[i] = last;
	}
}

static int align(struct comparing *c, struct err *e)
{
	struct arena scratch;
	arena_init_beside(&scratch, c->a);
	struct alignment g = {.width = c->words.n + 1};
	g.costs = arena_array(&scratch, 2 * g.width, sizeof *g.costs);
	g.steps = arena_array(&scratch, (c->q->words.n + 1) * g.width, sizeof *g.steps);
	int rc = g.costs && g.steps ? 0 : arena_full(e);
	for (size_t i = 1; i <= c->q->words.n && rc == 0; i++)
		fill_row(c, &g, i);
	rc = rc ? rc : trace(c, &g, e);
	arena_release(&scratch);
	turn_round(c->out);
	return rc;
}

int quotation_compare(const struct quotation *q, struct str said, struct arena *a,
		      struct comparison *out, struct err *e)
{
	struct comparing c = {.q = q, .said = said, .a = a, .out = out};
	*out = (struct comparison){.is_exact = str_find(said, q->text, 0) != SIZE_MAX};
	if (find_words(said, QUOTATION_SAID_MAX, a, &c.words, e))
		return -1;
	int found = find_pieces(&c, e);
	return found ? (found < 0 ? -1 : 0) : align(&c, e);
}
