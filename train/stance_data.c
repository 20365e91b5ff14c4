/* Reads the corpora of acts and stance. */
#include "train/stance_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/syntax.h"
#include "extract/syntax/text_parse.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "train/file_text.h"

enum { SENTENCE_BYTES = 64 << 20, COLUMNS = 6 };

/* Of a sentence with a sentiment, beside one with a stance. By the development part. */
static const float NEWS_WEIGHT = 0.5f;

static struct str read_all(const char *folder, const char *name, struct arena *a, struct err *e)
{
	struct str path = arena_printf(a, "%s/%s", folder, name);
	return path.p ? file_text(path.p, a, e) : path;
}

/* Takes the marks out of a text and tells where each stood: where the text without them went on.
 * `from`: looks for the opening mark from this byte of the marked text on; the first pair of marks
 * around `words`, or around anything where `words` is empty. */
struct marked {
	struct str open, close;
	struct str words;
};

static const char *find(const char *at, const char *end, struct str what)
{
	return memmem(at, (size_t)(end - at), what.p, what.n);
}

static bool find_mark(struct str s, const struct marked *m, struct byte_range *inner)
{
	const char *end = s.p + s.n;
	for (const char *at = s.p; (at = find(at, end, m->open)) != NULL; at += m->open.n) {
		const char *in = at + m->open.n, *close = find(in, end, m->close);
		if (!close)
			return false;
		if (m->words.n &&
		    ((size_t)(close - in) != m->words.n || memcmp(in, m->words.p, m->words.n) != 0))
			continue;
		*inner = (struct byte_range){(size_t)(in - s.p), (size_t)(close - s.p)};
		return true;
	}
	return false;
}

/* The text without any of the marks; ranges of the marked text become ranges of it. */
static struct str strip(struct str s, const struct marked *m, size_t n_marks,
			struct byte_range **ranges, size_t n, struct arena *a)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t length = 0;
	size_t *now = arena_array(a, s.n + 1, sizeof *now);
	if (!p || !now)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < s.n;) {
		size_t skip = 0;
		for (size_t k = 0; k < n_marks; k++) {
			if (str_starts(str_sub(s, i, s.n), m[k].open))
				skip = m[k].open.n;
			if (str_starts(str_sub(s, i, s.n), m[k].close))
				skip = m[k].close.n;
		}
		for (size_t k = 0; k < (skip ? skip : 1); k++)
			now[i + k] = length;
		if (!skip)
			p[length++] = s.p[i];
		i += skip ? skip : 1;
	}
	now[s.n] = length;
	for (size_t k = 0; k < n; k++) {
		ranges[k]->start = now[ranges[k]->start];
		ranges[k]->end = now[ranges[k]->end];
	}
	return (struct str){p, length};
}

/* --- the three files -------------------------------------------------------------------------- */

static size_t cut_line(struct str line, struct str *cells)
{
	size_t n = 0;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	while (n < COLUMNS && str_split(&line, '\t', &cells[n]))
		n++;
	return n;
}

static int mark_case(struct str text, const struct marked *source, const struct marked *target,
		     size_t n_marks, struct arena *a, struct stance_case *c)
{
	const struct marked marks[2] = {*source, *target};
	struct byte_range *ranges[2] = {&c->source, &c->target};
	bool has_source = find_mark(text, source, &c->source),
	     has_target = find_mark(text, target, &c->target);
	if (!has_source && !has_target)
		return -1;
	c->text = strip(text, marks, n_marks, ranges, 2, a);
	return c->text.p ? 0 : -1;
}

static int plv_line(struct str *cells, size_t n, struct arena *a, struct stance_case *c)
{
	const struct marked source = {STR("<s>"), STR("</s>"), {NULL, 0}},
			    target = {STR("<t>"), STR("</t>"), {NULL, 0}};
	int act = n >= 5 ? terms_find(&terms_act, cells[4]) : -1;
	for (size_t k = 0; k < CLASSIFIER_ACTS_COUNT; k++)
		if (act >= 0 && classifier_acts[k] == (enum act)act) {
			c->label = (uint8_t)k;
			return mark_case(cells[1], &source, &target, 2, a, c);
		}
	return -1;
}

/* A cell in quotation marks, in which those of the text are doubled. */
static struct str unquote(struct str s, struct arena *a)
{
	if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return s;
	char *p = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 1; p && i + 1 < s.n; i++) {
		p[n++] = s.p[i];
		i += s.p[i] == '"' && s.p[i + 1] == '"';
	}
	return (struct str){p, p ? n : 0};
}

static int directed_line(struct str *cells, size_t n, struct arena *a, struct stance_case *c)
{
	for (size_t k = 0; k < 3; k++)
		cells[k] = unquote(cells[k], a);
	const struct marked source = {STR("["), STR("]"), cells[1]},
			    target = {STR("["), STR("]"), cells[2]};
	if (n < 4 || cells[3].n != 1 || cells[3].p[0] < '0' || cells[3].p[0] > '4')
		return -1;
	c->label = (uint8_t)(cells[3].p[0] - '0');
	return mark_case(cells[0], &source, &target, 1, a, c) < 0 || c->source.end == 0 ||
			       c->target.end == 0
		       ? -1
		       : 0;
}

static int add_case(struct stance_cases *out, size_t *cap, const struct stance_case *c,
		    struct arena *a)
{
	if (arena_grow(a, (void **)&out->v, cap, out->n + 1, sizeof *out->v) < 0)
		return -1;
	out->v[out->n++] = *c;
	return 0;
}

static int read_lines(const char *folder, const char *path, bool has_head,
		      int (*read)(struct str *, size_t, struct arena *, struct stance_case *),
		      struct arena *a, struct stance_cases *out, struct err *e)
{
	struct str rest = read_all(folder, path, a, e), line;
	size_t cap = 0, number = 0, skipped = 0;
	*out = (struct stance_cases){0};
	if (!rest.p)
		return -1;
	while (str_split(&rest, '\n', &line)) {
		struct str cells[COLUMNS] = {{0}};
		struct stance_case c = {0};
		if ((number++ == 0 && has_head) || line.n == 0)
			continue;
		if (read(cells, cut_line(line, cells), a, &c) < 0)
			skipped++;
		else if (add_case(out, &cap, &c, a) < 0)
			return arena_full(e);
	}
	if (skipped)
		fprintf(stderr, "%s: %zu of %zu lines are no cases\n", path, skipped, number);
	return out->n ? 0 : err_set(e, ERR_INPUT, NULL, "%s: no cases", path);
}

int stance_read_plv(const char *folder, struct arena *a, struct stance_cases *out, struct err *e)
{
	return read_lines(folder, "plv/train.tsv", true, plv_line, a, out, e);
}

int stance_read_directed(const char *folder, const char *part, struct arena *a,
			 struct stance_cases *out, struct err *e)
{
	struct str name = arena_printf(a, "directed/%s.tsv", part);
	return name.p ? read_lines(folder, name.p, false, directed_line, a, out, e) : arena_full(e);
}

/* The string of a JSON entity, without escapes; the file has none but \" \\ \/ \n \t. */
static struct str json_text(struct str line, struct str name, struct arena *a)
{
	const char *at = find(line.p, line.p + line.n, name), *end = line.p + line.n;
	char *p = arena_alloc(a, line.n + 1);
	size_t n = 0;
	if (!at || !p)
		return (struct str){NULL, 0};
	for (at += name.n; at < end && *at != '"'; at++) {
		if (*at == '\\' && at + 1 < end)
			at++;
		p[n++] = *at;
	}
	return (struct str){p, n};
}

static long json_number(const char **at, const char *end, struct str name)
{
	const char *hit = find(*at, end, name);
	if (!hit)
		return -1;
	*at = hit + name.n;
	return strtol(*at, NULL, 10);
}

static size_t byte_of_point(struct str s, long point)
{
	size_t i = 0;
	for (; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xC0) != 0x80 && point-- == 0)
			break;
	return i;
}

int stance_read_newsmtsc(const char *folder, struct arena *a, struct stance_cases *out,
			 struct err *e)
{
	struct str rest = read_all(folder, "newsmtsc/train.jsonl", a, e), line;
	size_t cap = 0;
	*out = (struct stance_cases){0};
	if (!rest.p)
		return -1;
	while (str_split(&rest, '\n', &line)) {
		struct str text = json_text(line, STR("\"sentence_normalized\": \""), a);
		const char *at = text.p ? find(line.p, line.p + line.n, STR("\"targets\"")) : NULL,
			   *end = line.p + line.n;
		while (at) {
			long from = json_number(&at, end, STR("\"from\": ")),
			     to = json_number(&at, end, STR("\"to\": ")),
			     polarity = json_number(&at, end, STR("\"polarity\": "));
			if (polarity < 0)
				break;
			struct stance_case c = {.text = text,
						.label = (uint8_t)(TOWARDS_BAD + polarity / 2 - 1)};
			c.target = (struct byte_range){byte_of_point(text, from),
						       byte_of_point(text, to)};
			if (add_case(out, &cap, &c, a) < 0)
				return arena_full(e);
		}
	}
	return out->n ? 0 : err_set(e, ERR_INPUT, NULL, "newsmtsc: no cases");
}

/* --- sentences to features -----------------------------------------------------------------------
 */

int stance_parser_open(struct stance_parser *r, struct err *e)
{
	*r = (struct stance_parser){.lexicon = lexicon_open(e)};
	r->syntax = r->lexicon ? syntax_open(NULL, e) : NULL;
	r->lemmas = r->syntax ? lemmas_open(e) : NULL;
	r->acts = r->lemmas ? act_words_open(e) : NULL;
	r->words = (struct feature_tables){r->lexicon, r->acts};
	return r->acts ? 0 : -1;
}

void stance_parser_close(struct stance_parser *r)
{
	act_words_close(r->acts);
	lemmas_close(r->lemmas);
	syntax_close(r->syntax);
	lexicon_close(r->lexicon);
}

struct range stance_tokens(const struct text *t, struct byte_range b)
{
	struct range r = RANGE_NONE;
	for (uint32_t i = 0; i < t->n_tokens; i++)
		if (t->tokens[i].start < b.end && b.start < t->tokens[i].end) {
			r.first = range_is(r) ? r.first : i;
			r.last = i;
		}
	return r;
}

struct sentence stance_sentence(const struct text *t, struct range source, struct range target)
{
	struct sentence s = {0, (uint32_t)t->n_tokens};
	if (!range_is(source) || !range_is(target))
		return s;
	uint32_t first = source.first < target.first ? source.first : target.first;
	uint32_t last = source.last > target.last ? source.last : target.last;
	for (size_t k = 0; k < t->n_sentences; k++) {
		if (t->sentences[k].first <= first)
			s.first = t->sentences[k].first;
		if (t->sentences[k].first <= last)
			s.end = t->sentences[k].end;
	}
	return s;
}

uint8_t stance_turned(uint8_t label)
{
	static const uint8_t turned[STANCE_CLASSES] = {STANCE_NONE, STANCE_FOR_BACK, STANCE_FOR,
						       STANCE_AGAINST_BACK, STANCE_AGAINST};
	return label < STANCE_CLASSES ? turned[label] : label;
}

struct stance_example stance_example_of(const struct stance_parser *r, const struct stance_case *c,
					bool is_turned, struct arena *keep)
{
	struct arena a;
	struct text t = {0};
	struct stance_features *p = arena_alloc(keep, sizeof *p);
	arena_init(&a, SENTENCE_BYTES);
	if (!p || text_tokenize(&t, c->text, r->lexicon, &a) < 0 || text_find_quotes(&t, &a) < 0 ||
	    text_find_sentences(&t, &a) < 0 || text_parse(&t, r->syntax, &a) < 0 ||
	    text_find_lemmas(&t, r->lemmas, &a) < 0)
		abort();
	struct range source = stance_tokens(&t, c->source), target = stance_tokens(&t, c->target);
	struct sentence s = stance_sentence(&t, source, target);
	stance_features_extract(&r->words, &t, s, is_turned ? target : source,
				is_turned ? source : target, p);
	arena_release(&a);
	return (struct stance_example){p, is_turned ? stance_turned(c->label) : c->label, 1};
}

int stance_corpora_read(const struct stance_parser *r, const char *folder, struct arena *a,
			struct stance_corpora *out, struct err *e)
{
	struct stance_cases directed, news, acts;
	if (stance_read_directed(folder, "train", a, &directed, e) < 0 ||
	    stance_read_newsmtsc(folder, a, &news, e) < 0 ||
	    stance_read_plv(folder, a, &acts, e) < 0)
		return -1;
	*out = (struct stance_corpora){.n_sides = directed.n + news.n, .n_acts = acts.n};
	out->sides = arena_array(a, out->n_sides, sizeof *out->sides);
	out->acts = arena_array(a, out->n_acts, sizeof *out->acts);
	if (!out->sides || !out->acts)
		return arena_full(e);
	for (size_t i = 0; i < directed.n; i++)
		for (size_t k = 0; k < 2; k++)
			out->sides[i].side[k] = stance_example_of(r, &directed.v[i], k == 1, a);
	for (size_t i = 0; i < news.n; i++) {
		struct stance_example l = stance_example_of(r, &news.v[i], false, a);
		l.weight = NEWS_WEIGHT;
		out->sides[directed.n + i] = (struct stance_sides){{l}};
	}
	for (size_t i = 0; i < acts.n; i++)
		out->acts[i] = stance_example_of(r, &acts.v[i], false, a);
	return 0;
}
