/* Seeds and mutations. All bytes are changed first; what is no UTF-8 after that is dropped. */
#include "tests/http/mutate.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "base/utf8.h"

enum { SEEDS_MAX = 4096, TEXT_MAX = 1200, MUTANT_MAX = 4096, MUTATIONS_MAX = 8 };

struct seeds {
	char *files[64];
	size_t n_files;
	struct str v[SEEDS_MAX];
	size_t n;
};

/* --- numbers */

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static size_t below(uint64_t *state, size_t n)
{
	return n ? (size_t)(draw(state) % n) : 0;
}

/* --- seeds */

static struct str load(struct seeds *s, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = malloc(1 << 20);
	ck_assert_msg(f && p && s->n_files < sizeof s->files / sizeof *s->files, "cannot read %s",
		      path);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	s->files[s->n_files++] = p;
	return (struct str){p, n};
}

static void add_seed(struct seeds *s, struct str text)
{
	text = str_trim(text);
	if (text.n && s->n < SEEDS_MAX)
		s->v[s->n++] = text;
}

/* "### name", a text, "---", what is expected. */
static void add_cases(struct seeds *s, struct str file)
{
	for (size_t at = str_find(file, STR("### "), 0); at != SIZE_MAX;
	     at = str_find(file, STR("\n### "), at + 1)) {
		size_t from = str_find(file, STR("\n"), at + 1),
		       to = from == SIZE_MAX ? from : str_find(file, STR("\n---"), from);
		if (to != SIZE_MAX)
			add_seed(s, str_sub(file, from, to));
	}
}

/* The text is the first column. */
static void add_lines(struct seeds *s, struct str file)
{
	struct str line, cell;
	while (str_split(&file, '\n', &line))
		if (!str_starts(line, STR("#")) && str_split(&line, '\t', &cell))
			add_seed(s, cell);
}

static void add_whole(struct seeds *s, struct str file)
{
	add_seed(s, file);
}

static void add_all(struct seeds *s, const char *pattern, void add(struct seeds *, struct str))
{
	glob_t found;
	ck_assert_msg(glob(pattern, 0, NULL, &found) == 0, "there is no %s", pattern);
	for (size_t i = 0; i < found.gl_pathc; i++)
		add(s, load(s, found.gl_pathv[i]));
	globfree(&found);
}

struct seeds *seeds_open(void)
{
	struct seeds *s = calloc(1, sizeof *s);
	ck_assert_ptr_nonnull(s);
	add_all(s, "tests/cases/wikinews/*.txt", add_whole);
	add_all(s, "tests/cases/extract/*.txt", add_cases);
	add_all(s, "tests/cases/stance.tsv", add_lines);
	return s;
}

void seeds_close(struct seeds *s)
{
	for (size_t i = 0; i < s->n_files; i++)
		free(s->files[i]);
	free(s);
}

/* --- what is put in */

/* clang-format off */
static const char *const pieces[] = {
	"俸", "中国说", "日本語の文", "한국어", "Ελλάδα", "Россия", "العربية", "עברית", "हिन्दी", "ไทย",
	"ქართული", "ἀρχή", "é", "e\u0301", "ñ", "ß", "ﬁ", "ǅ", "İ", "ı", "Å", "º", "°", "²", "½",
	"①", "Ⅻ", "٣", "\u0300", "\u0338\u0338", "\u20E3", "\u200B", "\u200C", "\u200D", "\u2060",
	"\uFEFF", "\u00AD", "\u200E", "\u200F", "\u202E", "\u2066", "\u2069", "👩‍👩‍👧‍👦",
	"🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇨🇳", "👍🏽", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "𠮷", "\U0010FFFF", "\uFFFD", "\uE000", "\uFFFE",
	"\u2028", "\u2029", "\xC2\x85", "\u00A0", "\u3000", "\u202F", "\u1680", "\x01", "\x7F",
	"\r", "\r\n\r\n", "\n", "\n\n", "\t", "“", "”", "‘", "’", "„", "«", "»", "‹", "「", "」",
	"\"", "'", "''", "``", "\uFF02", "\u02BC", "—", "–", "--", "-", "\u2010", "\u2011", "…",
	"....", "?!?!?!", "((((", "]]]]", "$$$", "%", "&amp;", "<b>", "\\u0000",
	"http://a.example/?", "a@b.example", "#tag", "@name", ":-)", "1,000,000", "9/11", "U.S.",
	"Mr. ", "p.m.", "3.5m", "n't", "’ll", "'s", " said ", " said: ", " according to ",
	" told reporters that ", " which he called ", " not ", " and ", " women", " cafés",
	" fiancés", " émigrés", " naïvetés", " clichés ", " it ", "China", "Erdoğan", "Müller",
	"Nguyễn", " he ", " they ", ", who said, ",
};
/* clang-format on */

/* Text under change. */
struct draft {
	char p[MUTANT_MAX];
	size_t n;
	uint64_t state;
};

static void insert(struct draft *d, size_t at, struct str s)
{
	if (s.n > sizeof d->p - d->n)
		return;
	memmove(d->p + at + s.n, d->p + at, d->n - at);
	memcpy(d->p + at, s.p, s.n);
	d->n += s.n;
}

static void drop(struct draft *d, size_t at, size_t n)
{
	n = n < d->n - at ? n : d->n - at;
	memmove(d->p + at, d->p + at + n, d->n - at - n);
	d->n -= n;
}

/* The start or the end of a word, where most that is odd is felt. */
static size_t edge(struct draft *d)
{
	size_t at = below(&d->state, d->n + 1);
	while (at < d->n && d->p[at] != ' ')
		at++;
	return at < d->n ? at + below(&d->state, 2) : at;
}

static struct str piece(struct draft *d)
{
	return str_of(pieces[below(&d->state, sizeof pieces / sizeof *pieces)]);
}

/* --- mutations */

typedef void mutation(struct draft *d, const struct seeds *s);

static void flip_bytes(struct draft *d, const struct seeds *s)
{
	(void)s;
	for (size_t k = 1 + below(&d->state, 4); k > 0 && d->n > 0; k--)
		d->p[below(&d->state, d->n)] ^= (char)(1 << below(&d->state, 8));
}

static void glue_piece(struct draft *d, const struct seeds *s)
{
	(void)s;
	insert(d, edge(d), piece(d));
}

static void put_piece_anywhere(struct draft *d, const struct seeds *s)
{
	(void)s;
	insert(d, below(&d->state, d->n + 1), piece(d));
}

static void repeat_piece(struct draft *d, const struct seeds *s)
{
	(void)s;
	struct str what = piece(d);
	size_t at = edge(d);
	for (size_t k = 2 + below(&d->state, 30); k > 0; k--)
		insert(d, at, what);
}

/* Every blank, or every so many, becomes a piece: words glued by a script, by soft hyphens, by
 * quotation marks. */
static void replace_blanks(struct draft *d, const struct seeds *s)
{
	(void)s;
	struct str what = piece(d);
	size_t one_in = 1 + below(&d->state, 6);
	for (size_t i = 0; i < d->n; i++)
		if (d->p[i] == ' ' && below(&d->state, one_in) == 0) {
			drop(d, i, below(&d->state, 2));
			insert(d, i, what);
			i += what.n;
		}
}

static void drop_blanks(struct draft *d, const struct seeds *s)
{
	(void)s;
	size_t one_in = 1 + below(&d->state, 4);
	for (size_t i = 0; i < d->n; i++)
		if (d->p[i] == ' ' && below(&d->state, one_in) == 0)
			drop(d, i, 1);
}

static void drop_marks(struct draft *d, const struct seeds *s)
{
	(void)s;
	static const char *const marks[] = {"“", "”", "\"", ".", ",", "’"};
	struct str mark = str_of(marks[below(&d->state, sizeof marks / sizeof *marks)]);
	for (size_t i = 0; i + mark.n <= d->n; i++)
		if (memcmp(d->p + i, mark.p, mark.n) == 0 && below(&d->state, 2))
			drop(d, i, mark.n);
}

static void drop_range(struct draft *d, const struct seeds *s)
{
	(void)s;
	drop(d, below(&d->state, d->n + 1), below(&d->state, 80));
}

static void truncate_end(struct draft *d, const struct seeds *s)
{
	(void)s;
	d->n = below(&d->state, d->n + 1);
}

static void repeat_range(struct draft *d, const struct seeds *s)
{
	(void)s;
	char copy[120];
	size_t from = below(&d->state, d->n + 1), n = below(&d->state, sizeof copy);
	n = n < d->n - from ? n : d->n - from;
	memcpy(copy, d->p + from, n);
	for (size_t k = 1 + below(&d->state, 5); k > 0; k--)
		insert(d, from, (struct str){copy, n});
}

static void swap_ranges(struct draft *d, const struct seeds *s)
{
	(void)s;
	char copy[120];
	size_t from = below(&d->state, d->n + 1), n = below(&d->state, sizeof copy);
	n = n < d->n - from ? n : d->n - from;
	memcpy(copy, d->p + from, n);
	drop(d, from, n);
	insert(d, below(&d->state, d->n + 1), (struct str){copy, n});
}

static void splice(struct draft *d, const struct seeds *s)
{
	struct str other = s->v[below(&d->state, s->n)];
	size_t from = below(&d->state, other.n), n = below(&d->state, 400);
	insert(d, below(&d->state, d->n + 1), str_sub(other, from, from + n));
}

static void long_word(struct draft *d, const struct seeds *s)
{
	(void)s;
	char word[300];
	size_t n = 20 + below(&d->state, sizeof word - 20);
	char first = "aAé-.9_"[below(&d->state, 8)];
	memset(word, first ? first : 'x', n);
	insert(d, edge(d), (struct str){word, n});
}

static void change_case(struct draft *d, const struct seeds *s)
{
	(void)s;
	bool up = below(&d->state, 2);
	size_t from = below(&d->state, d->n + 1), to = from + below(&d->state, 200);
	for (size_t i = from; i < to && i < d->n; i++)
		if (up ? d->p[i] >= 'a' && d->p[i] <= 'z' : d->p[i] >= 'A' && d->p[i] <= 'Z')
			d->p[i] ^= 32;
}

static mutation *const mutations[] = {
	flip_bytes,	glue_piece,  glue_piece, put_piece_anywhere, repeat_piece,
	replace_blanks, drop_blanks, drop_marks, drop_range,	     truncate_end,
	repeat_range,	swap_ranges, splice,	 long_word,	     change_case,
};

/* Drops what is no UTF-8. */
static void make_valid(struct draft *d)
{
	size_t at = 0;
	while ((at += utf8_valid_prefix((struct str){d->p + at, d->n - at})) < d->n)
		drop(d, at, 1);
}

void mutant_text(const struct seeds *s, uint64_t number, struct buf *out)
{
	struct draft d = {.state = number};
	for (size_t k = 1 + below(&d.state, 3); k > 0;
	     k--) { /* a few sentences, or a part of an article */
		struct str seed = s->v[below(&d.state, s->n)];
		size_t from = seed.n > TEXT_MAX ? below(&d.state, seed.n - TEXT_MAX) : 0;
		insert(&d, d.n, str_sub(seed, from, from + TEXT_MAX / 2));
		insert(&d, d.n, below(&d.state, 2) ? STR("\n\n") : STR(" "));
	}
	for (size_t k = 1 + below(&d.state, MUTATIONS_MAX); k > 0; k--)
		mutations[below(&d.state, sizeof mutations / sizeof *mutations)](&d, s);
	make_valid(&d);
	if (str_trim((struct str){d.p, d.n}).n == 0)
		insert(&d, 0, STR("She said no."));
	buf_add(out, (struct str){d.p, d.n});
}
