/* eval_issues HEADLINES.csv: scores the CAP major topic that the engine gives headlines against
 * coded ones ("Article_ID";"Date";"Title"; "Subject";"Topic.Code", the codes those of an older
 * codebook for newspapers).
 *
 * The older codes are read as today's major topics:
 *   1-8, 10, 12-21  the same; 5 (labor and immigration) as 5 or 9, since immigration was a part of
 * labor then 24              state and local government: 20 (subtopic 2001) 26              weather
 * and natural disasters: 15 (1523, disaster relief) or 17 (1708, weather) 28              arts and
 * entertainment: 23 29              sports: 15 (1526) 27, 30, 31, 99  fires, death notices,
 * churches, other: no topic; such rows are no part of the accuracy, but it is said how often the
 *                   system is sure of one */
#include <stdio.h>
#include <string.h>

#include "extract/extract.h"
#include "train/file_text.h"

enum { FILE_BYTES = 64 << 20, HEADLINE_BYTES = 16 << 20, MAJORS = 24, FIELDS = 5, BINS = 10 };

struct tally {
	unsigned n, right, sure, sure_right, none, none_sure, policy, policy_right;
};

struct result {
	struct tally half[2]; /* odd and even rows */
	unsigned confusion[MAJORS][MAJORS];
	unsigned bin_n[BINS], bin_right[BINS];
};

/* The topics that stand for an older code; the second is 0 where there is one. */
static void read_code(int64_t code, int today[2])
{
	static const struct {
		int code, first, second;
	} changed[] = {{5, 5, 9},   {24, 20, 0}, {26, 15, 17}, {27, 0, 0}, {28, 23, 0},
		       {29, 15, 0}, {30, 0, 0},	 {31, 0, 0},   {99, 0, 0}};
	today[0] = code < MAJORS ? (int)code : 0;
	today[1] = 0;
	for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++)
		if (changed[i].code == code) {
			today[0] = changed[i].first;
			today[1] = changed[i].second;
		}
}

/* The next cell of the file, without its marks, and the separator behind it; doubled marks stay
 * doubled. */
static char take_cell(struct str *rest, struct str *cell)
{
	size_t at = 0, start = 0;
	bool quoted = rest->n > 0 && rest->p[0] == '"';
	if (quoted)
		for (at = start = 1; at < rest->n && (rest->p[at] != '"' ||
						      (at + 1 < rest->n && rest->p[at + 1] == '"'));
		     at++)
			at += rest->p[at] == '"';
	else
		while (at < rest->n && rest->p[at] != ';' && rest->p[at] != '\n')
			at++;
	*cell = str_sub(*rest, start, at);
	while (at < rest->n && rest->p[at] != ';' && rest->p[at] != '\n')
		at++;
	char separator = at < rest->n ? rest->p[at] : '\n';
	*rest = str_sub(*rest, at + 1 < rest->n ? at + 1 : rest->n, rest->n);
	return separator;
}

/* False where the row has other than FIELDS cells. */
static bool take_row(struct str *rest, struct str f[FIELDS])
{
	size_t n = 0;
	struct str cell;
	char separator;
	do {
		separator = take_cell(rest, &cell);
		if (n < FIELDS)
			f[n] = cell;
		n++;
	} while (separator != '\n' && rest->n > 0);
	return n == FIELDS;
}

static void count(struct result *r, size_t row, int64_t code, const struct topic *t)
{
	int today[2];
	read_code(code, today);
	struct tally *h = &r->half[row % 2 == 0];
	bool sure = t->confidence >= TOPIC_SURE;
	if (today[0] == 0) {
		h->none++;
		h->none_sure += sure;
		return;
	}
	bool right = t->cap_major == today[0] || (today[1] && t->cap_major == today[1]);
	size_t bin = (size_t)(t->confidence * BINS);
	bin = bin < BINS ? bin : BINS - 1;
	h->n++;
	h->right += right;
	h->sure += sure;
	h->sure_right += sure && right;
	h->policy += code <= 21;
	h->policy_right += code <= 21 && right;
	r->confusion[right ? t->cap_major : today[0]][t->cap_major]++;
	r->bin_n[bin]++;
	r->bin_right[bin] += right;
}

static double share(unsigned part, unsigned all)
{
	return all ? 100.0 * part / all : 0;
}

static void print_tally(const char *name, const struct tally *t)
{
	printf("%-10s %5u headlines: %.1f %% right (%.1f %% of the %u with codes 1-21); sure of "
	       "%.1f %%, of these %.1f %% "
	       "right; of %u without a topic "
	       "sure of %.1f %%\n",
	       name, t->n, share(t->right, t->n), share(t->policy_right, t->policy), t->policy,
	       share(t->sure, t->n), share(t->sure_right, t->sure), t->none,
	       share(t->none_sure, t->none));
}

static void print(const struct result *r)
{
	const struct tally *o = &r->half[0], *e = &r->half[1];
	struct tally all = {.n = o->n + e->n,
			    .right = o->right + e->right,
			    .sure = o->sure + e->sure,
			    .sure_right = o->sure_right + e->sure_right,
			    .none = o->none + e->none,
			    .none_sure = o->none_sure + e->none_sure,
			    .policy = o->policy + e->policy,
			    .policy_right = o->policy_right + e->policy_right};
	print_tally("odd rows", o);
	print_tally("even rows", e);
	print_tally("all", &all);
	printf("right by confidence:");
	for (size_t i = 0; i < BINS; i++)
		if (r->bin_n[i])
			printf(" .%zu-: %.0f %% of %u;", i, share(r->bin_right[i], r->bin_n[i]),
			       r->bin_n[i]);
	printf("\ncoded (rows, by today's topics) and given (columns):\n   ");
	for (int m = 1; m < MAJORS; m++)
		if (m != 11 && m != 22)
			printf("%5d", m);
	for (int g = 1; g < MAJORS; g++) {
		if (g == 11 || g == 22)
			continue;
		printf("\n%3d", g);
		for (int m = 1; m < MAJORS; m++)
			if (m != 11 && m != 22)
				printf("%5u", r->confusion[g][m]);
	}
	printf("\n");
}

static int score_file(const struct engine *en, struct str text, struct result *r, struct err *e)
{
	struct str f[FIELDS];
	for (size_t row = 0; text.n > 0; row++) {
		int64_t code;
		struct topic t;
		struct arena a;
		if (!take_row(&text, f) || row == 0 || !str_to_i64(str_trim(f[4]), &code))
			continue;
		arena_init(&a, HEADLINE_BYTES);
		int rc = engine_topic(en, f[2], &a, &t, e);
		arena_release(&a);
		if (rc < 0)
			return -1;
		count(r, row, code, &t);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct str text = {NULL, 0};
	static struct result r;
	if (argc != 2) {
		fprintf(stderr, "usage: eval_issues HEADLINES.csv\n");
		return 2;
	}
	arena_init(&a, FILE_BYTES);
	struct engine *en = engine_open(&e);
	if (en)
		text = file_text(argv[1], &a, &e);
	int rc = en && text.p ? score_file(en, text, &r, &e) : -1;
	if (rc == 0)
		print(&r);
	else
		fprintf(stderr, "%s\n", e.message);
	engine_close(en);
	arena_release(&a);
	return rc < 0;
}
