/* Reads the corpus: texts, their split and form, then the lines. */
#include "train/coded.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "train/file_text.h"

static const char *const split_names[CODED_SPLITS] = {"train", "dev", "test-a", "test-b"};

/* Where the articles of a corpus without articles.tsv come from, by how their source is called. */
static const struct {
	const char *words, *form;
} forms[] = {{"Congressional Record", "debate"},
	     {"Hansard", "debate"},
	     {"Dail Eireann", "debate"},
	     {"speech", "speech"},
	     {"PM Transcripts", "speech"},
	     {"briefing", "transcript"},
	     {"interview", "transcript"},
	     {"State Department", "transcript"},
	     {"Wikinews", "news"},
	     {"polnear", "news"},
	     {"Voice of America", "news"}};

struct reader {
	struct arena *a;
	struct err *e;
	struct coded *out;
	size_t cap;
	const char *path; /* of the file that is read */
};

static int wrong(const struct reader *r, const char *what)
{
	return err_set(r->e, ERR_INPUT, NULL, "%s: %s", r->path, what);
}

enum coded_split coded_split_of(struct str name)
{
	enum coded_split s = CODED_TRAIN;
	while (s < CODED_SPLITS && !str_eq(name, str_of(split_names[s])))
		s++;
	return s;
}

uint32_t coded_shared(struct span a, struct span b)
{
	uint32_t start = a.start > b.start ? a.start : b.start, end = a.end < b.end ? a.end : b.end;
	return end > start ? end - start : 0;
}

uint32_t coded_length(struct spans s)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.v[i].end - s.v[i].start;
	return n;
}

/* --- lines of JSON ---------------------------------------------------------------------------- */

static struct str string_of(const json_t *j, const char *key, struct arena *a)
{
	const json_t *s = json_object_get(j, key);
	return json_is_string(s)
		       ? arena_str(a, (struct str){json_string_value(s), json_string_length(s)})
		       : STR_EMPTY;
}

static struct span span_of(const json_t *j, const char *key)
{
	const json_t *s = json_object_get(j, key);
	return (struct span){(uint32_t)json_integer_value(json_array_get(s, 0)),
			     (uint32_t)json_integer_value(json_array_get(s, 1))};
}

/* Reads each line of a file as an object. */
static int read_lines(struct reader *r, struct str path,
		      int (*take)(struct reader *, const json_t *))
{
	struct arena whole;
	arena_init(&whole, SIZE_MAX);
	struct str text = path.p ? file_text(path.p, &whole, r->e) : path, line;
	int rc = text.p ? 0 : -1;
	r->path = path.p;
	while (rc == 0 && str_split(&text, '\n', &line)) {
		json_t *j = line.n ? json_loadb(line.p, line.n, 0, NULL) : NULL;
		rc = j ? take(r, j) : line.n ? wrong(r, "a line that is no JSON") : 0;
		json_decref(j);
	}
	arena_release(&whole);
	return rc;
}

/* --- articles --------------------------------------------------------------------------------- */

static struct coded_article *article_of_id(const struct reader *r, struct str id)
{
	for (size_t i = 0; i < r->out->n; i++)
		if (str_eq(r->out->v[i].id, id))
			return &r->out->v[i];
	return NULL;
}

/* Every fifth article is for development, by the sum of its id's bytes. */
static enum coded_split split_by_id(struct str id)
{
	unsigned char sum = 0;
	for (size_t i = 0; i < id.n; i++)
		sum = (unsigned char)(sum + (unsigned char)id.p[i]);
	return sum % 5 == 0 ? CODED_DEV : CODED_TRAIN;
}

static const char *form_of(struct str source)
{
	for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
		if (str_find(source, str_of(forms[k].words), 0) != SIZE_MAX)
			return forms[k].form;
	return "release";
}

static int take_text(struct reader *r, const json_t *j)
{
	struct coded_article x = {.id = string_of(j, "id", r->a),
				  .title = string_of(j, "title", r->a),
				  .published_at = string_of(j, "published_at", r->a),
				  .text = string_of(j, "text", r->a)};
	x.form = str_of(form_of(string_of(j, "source", r->a)));
	x.split = split_by_id(x.id);
	if (arena_grow(r->a, (void **)&r->out->v, &r->cap, r->out->n + 1, sizeof x) < 0)
		return arena_full(r->e);
	r->out->v[r->out->n++] = x;
	return 0;
}

/* The text of an article whose text the corpus does not have, by its id; one of PolNeAR is named
 * "polnear:" and its id there. */
static int take_elsewhere(struct reader *r, const json_t *j)
{
	struct str id = string_of(j, "id", r->a);
	struct coded_article *x = article_of_id(r, id);
	if (!x) {
		id = arena_printf(r->a, "polnear:%.*s", STR_ARG(id));
		x = article_of_id(r, id);
	}
	if (!x || x->text.n)
		return 0;
	x->title = string_of(j, "title", r->a);
	x->published_at = string_of(j, json_object_get(j, "date") ? "date" : "published_at", r->a);
	x->text = string_of(j, "text", r->a);
	return 0;
}

/* id, split, form, and more: after a head. */
static int read_splits(struct reader *r, struct str path)
{
	enum { ID, SPLIT, FORM, CELLS };
	struct str text = file_text(path.p, r->a, r->e), line;
	r->path = path.p;
	while (text.p && str_split(&text, '\n', &line)) {
		struct str cell[CELLS] = {{0}};
		for (size_t k = 0; k < CELLS; k++)
			(void)str_split(&line, '\t', &cell[k]);
		struct coded_article *x = article_of_id(r, cell[ID]);
		if (!x)
			continue;
		x->split = coded_split_of(cell[SPLIT]);
		x->form = cell[FORM];
		if (x->split == CODED_SPLITS)
			return wrong(r, "a split that nobody knows");
	}
	return text.p ? 0 : -1;
}

/* --- lines ------------------------------------------------------------------------------------ */

static int word_of(const json_t *j, const char *key, const struct terms *t, struct arena *a)
{
	return terms_find(t, string_of(j, key, a));
}

int coded_side_of(struct str word)
{
	static const struct {
		const char *word;
		enum position side;
	} sides[] = {{"none", POSITION_NEUTRAL},
		     {"for", POSITION_SUPPORT},
		     {"against", POSITION_OPPOSE},
		     {"concern", POSITION_CONCERN},
		     {"mixed", POSITION_MIXED}};
	for (size_t k = 0; k < sizeof sides / sizeof *sides; k++)
		if (str_eq(word, str_of(sides[k].word)))
			return (int)sides[k].side;
	return -1;
}

static int set_issues(struct reader *r, const json_t *list, struct coded_line *line)
{
	size_t n = json_array_size(list);
	struct coded_issue *v = arena_array(r->a, n, sizeof *v);
	for (size_t i = 0; v && i < n; i++) {
		const json_t *j = json_array_get(list, i);
		v[i] = (struct coded_issue){string_of(j, "id", r->a),
					    json_is_true(json_object_get(j, "turns")),
					    json_is_true(json_object_get(j, "topic_only"))};
	}
	line->issues = v;
	line->n_issues = n;
	return v ? 0 : arena_full(r->e);
}

static int take_line(struct reader *r, const json_t *j)
{
	int kind = word_of(j, "kind", &terms_statement_kind, r->a),
	    act = word_of(j, "act", &terms_act, r->a),
	    side = coded_side_of(string_of(j, "side", r->a));
	struct coded_article *x = article_of_id(r, string_of(j, "article", r->a));
	if (!x || kind < 0 || act < 0 || side < 0)
		return wrong(r, !x ? "a line of no article" : "a word that nobody knows");
	struct coded_line line = {.content = span_of(j, "content"),
				  .source = span_of(j, "source"),
				  .object = span_of(j, "object"),
				  .speaker = string_of(j, "speaker", r->a),
				  .name = string_of(j, "name", r->a),
				  .towards = string_of(j, "towards", r->a),
				  .kind = (enum statement_kind)kind,
				  .act = (enum act)act,
				  .side = (enum position)side,
				  .is_optional = json_is_true(json_object_get(j, "optional")),
				  .is_nested = json_is_true(json_object_get(j, "nested")),
				  .is_question = json_is_true(json_object_get(j, "question"))};
	if (set_issues(r, json_object_get(j, "issues"), &line) < 0 ||
	    arena_grow(r->a, (void **)&x->lines, &x->cap, x->n_lines + 1, sizeof line) < 0)
		return arena_full(r->e);
	x->lines[x->n_lines++] = line;
	return 0;
}

static void drop_empty(struct coded *out)
{
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].text.n && out->v[i].n_lines)
			out->v[n++] = out->v[i];
	out->n = n;
}

int coded_read_from(const char *folder, const char *polnear, const char *news, struct arena *a,
		    struct coded *out, struct err *e)
{
	struct str texts = arena_printf(a, "%s/texts.jsonl", folder),
		   splits = arena_printf(a, "%s/articles.tsv", folder),
		   lines = arena_printf(a, "%s/positions.jsonl", folder),
		   older = arena_printf(a, "%s/coded.jsonl", folder);
	struct reader r = {.a = a, .e = e, .out = out};
	*out = (struct coded){0};
	if (!texts.p || !splits.p || !lines.p || !older.p)
		return arena_full(e);
	if (read_lines(&r, texts, take_text) < 0 ||
	    read_lines(&r, str_of(polnear), take_elsewhere) < 0 ||
	    (news && read_lines(&r, str_of(news), take_elsewhere) < 0) ||
	    (access(splits.p, R_OK) == 0 && read_splits(&r, splits) < 0) ||
	    read_lines(&r, access(lines.p, R_OK) == 0 ? lines : older, take_line) < 0)
		return -1;
	drop_empty(out);
	return out->n ? 0 : wrong(&r, "no articles");
}

int coded_read(const char *data, struct arena *a, struct coded *out, struct err *e)
{
	bool is_ours = access("corpus/positions.jsonl", R_OK) == 0;
	struct str folder = is_ours ? STR("corpus") : arena_printf(a, "%s/positions", data),
		   polnear = arena_printf(a, "%s/polnear/train.jsonl", data),
		   news = arena_printf(a, "%s/news/articles.jsonl", data);
	if (!folder.p || !polnear.p || !news.p)
		return arena_full(e);
	return coded_read_from(folder.p, polnear.p, access(news.p, R_OK) == 0 ? news.p : NULL, a,
			       out, e);
}
