/* Reads GAP and counts as its scorer does. */
#include "train/gap.h"

#include <string.h>

#include "train/file_text.h"

enum { COLUMNS = 11 };

static uint32_t points_in(struct str s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

static bool read_span(struct str words, struct str offset, struct span *out)
{
	int64_t start;
	if (!str_to_i64(offset, &start) || start < 0 || start > UINT32_MAX / 2)
		return false;
	*out = (struct span){(uint32_t)start, (uint32_t)start + points_in(words)};
	return true;
}

static bool read_line(struct str line, struct gap_case *g)
{
	struct str c[COLUMNS] = {{0}};
	size_t n = 0;
	while (n < COLUMNS && str_split(&line, '\t', &c[n]))
		n++;
	if (n < 10)
		return false;
	g->text = c[1];
	g->is_feminine = str_eq_nocase(c[2], STR("she")) || str_starts(c[2], STR("her")) ||
			 str_starts(c[2], STR("Her"));
	g->is_meant[0] = str_eq(c[6], STR("TRUE"));
	g->is_meant[1] = str_eq(c[9], STR("TRUE"));
	return read_span(c[2], c[3], &g->pronoun) && read_span(c[4], c[5], &g->name[0]) &&
	       read_span(c[7], c[8], &g->name[1]);
}

int gap_read(const char *path, struct arena *a, struct gap *out, struct err *e)
{
	struct str rest = file_text(path, a, e), line;
	struct gap_case *v = NULL;
	size_t cap = 0, number = 0;
	*out = (struct gap){0};
	if (!rest.p)
		return -1;
	while (str_split(&rest, '\n', &line)) {
		if (number++ == 0 || line.n == 0)
			continue;
		if (arena_grow(a, (void **)&v, &cap, out->n + 1, sizeof *v) < 0)
			return arena_full(e);
		v[out->n] = (struct gap_case){0};
		if (!read_line(line, &v[out->n]))
			return err_set(e, ERR_INPUT, NULL, "%s: line %zu is no case", path, number);
		out->n++;
	}
	out->v = v;
	return 0;
}

void gap_count(struct gap_score *s, const struct gap_case *g, const bool said[2])
{
	for (int i = 0; i < 2; i++) {
		s->hit[g->is_feminine] += said[i] && g->is_meant[i];
		s->spurious[g->is_feminine] += said[i] && !g->is_meant[i];
		s->missed[g->is_feminine] += !said[i] && g->is_meant[i];
	}
}

static double ratio(size_t a, size_t b)
{
	return b ? 100 * (double)a / (double)b : 0;
}

static double f1(size_t hit, size_t spurious, size_t missed)
{
	return ratio(2 * hit, 2 * hit + spurious + missed);
}

void gap_print(FILE *to, const struct gap_score *s, const char *what)
{
	size_t h = s->hit[0] + s->hit[1], x = s->spurious[0] + s->spurious[1],
	       m = s->missed[0] + s->missed[1];
	fprintf(to,
		"%-24s P %5.1f  R %5.1f  F1 %5.1f  masculine %5.1f  feminine %5.1f  bias %.2f\n",
		what, ratio(h, h + x), ratio(h, h + m), f1(h, x, m),
		f1(s->hit[0], s->spurious[0], s->missed[0]),
		f1(s->hit[1], s->spurious[1], s->missed[1]),
		f1(s->hit[1], s->spurious[1], s->missed[1]) /
			f1(s->hit[0], s->spurious[0], s->missed[0]));
}
