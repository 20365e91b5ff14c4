/* GET /v1/statements/{id}/context: a statement among the sentences around it, with offsets for
 * whoever counts in code points and for whoever counts in UTF-16. */
#include <string.h>

#include "api/format/json_statement.h"
#include "api/ingest.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/utf8.h"
#include "extract/extract.h"

enum { SENTENCES_DEFAULT = 2 };

struct placed {
	struct statement statement;
	struct article article;
	struct context_filter filter;
};

static int read_both(struct request *rq, int64_t id, struct placed *p, struct err *e)
{
	struct reader *r = request_reader(rq, e);
	if (!r)
		return -1;
	int rc =
		store_statement(r, id, rq->arena, &p->statement, e) ||
				store_article(r, p->statement.article_id, rq->arena, &p->article, e)
			? -1
			: 0;
	reader_return(r);
	return rc;
}

/* The code points that take two units in UTF-16, in rising order: few texts have any. */
struct wide_points {
	uint32_t *v;
	size_t n, cap;
};

static int find_wide(struct str text, struct arena *a, struct wide_points *out, struct err *e)
{
	uint32_t point = 0;
	for (size_t at = 0; at < text.n; point++) {
		if (utf8_decode(text, at, &at) < 0x10000)
			continue;
		if (arena_grow(a, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v))
			return arena_full(e);
		out->v[out->n++] = point;
	}
	return 0;
}

static uint32_t utf16_of(const struct wide_points *w, uint32_t point)
{
	size_t before = 0;
	while (before < w->n && w->v[before] < point)
		before++;
	return point + (uint32_t)before;
}

static int to_utf16(const struct wide_points *w, struct spans *spans, struct arena *a,
		    struct err *e)
{
	struct span *v = arena_array(a, spans->n, sizeof *v);
	if (!v)
		return arena_full(e);
	for (size_t i = 0; i < spans->n; i++)
		v[i] = (struct span){utf16_of(w, spans->v[i].start), utf16_of(w, spans->v[i].end)};
	spans->v = v;
	return 0;
}

/* The same spans in units of UTF-16. */
static int statement_to_utf16(const struct wide_points *w, struct statement *s, struct arena *a,
			      struct err *e)
{
	struct spans *const all[] = {&s->spans.source,	  &s->spans.cue,  &s->spans.content,
				     &s->spans.addressee, &s->spans.time, &s->spans.target};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (to_utf16(w, all[i], a, e))
			return -1;
	return 0;
}

/* From the first to the last word of the statement. */
static struct span extent_of(const struct statement *s)
{
	const struct spans *const all[] = {&s->spans.source,	&s->spans.cue,	&s->spans.content,
					   &s->spans.addressee, &s->spans.time, &s->spans.target};
	struct span whole = {UINT32_MAX, 0};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		for (size_t k = 0; k < all[i]->n; k++) {
			struct span one = all[i]->v[k];
			whole.start = one.start < whole.start ? one.start : whole.start;
			whole.end = one.end > whole.end ? one.end : whole.end;
		}
	return whole;
}

struct window {
	size_t first, end; /* sentences */
};

static struct window window_of(struct span extent, struct spans sentences, size_t around)
{
	size_t first = 0, end = sentences.n;
	while (first < sentences.n && sentences.v[first].end <= extent.start)
		first++;
	while (end > first && sentences.v[end - 1].start >= extent.end)
		end--;
	return (struct window){first > around ? first - around : 0,
			       end + around < sentences.n ? end + around : sentences.n};
}

/* A walk through the text, forwards. */
struct walk {
	struct str text;
	size_t byte;
	uint32_t point;
};

static size_t byte_at(struct walk *w, uint32_t point)
{
	while (w->point < point && w->byte < w->text.n) {
		(void)utf8_decode(w->text, w->byte, &w->byte);
		w->point++;
	}
	return w->byte;
}

static void write_sentence(struct jw *j, struct walk *w, struct span s, struct span extent,
			   const struct wide_points *wide)
{
	size_t start = byte_at(w, s.start), end = byte_at(w, s.end);
	bool is_of_statement = s.start < extent.end && s.end > extent.start;
	jw_open_object(j);
	JW_NAME(j, "text");
	jw_string(j, str_sub(w->text, start, end));
	JW_MEMBER(j, "start", s.start);
	JW_MEMBER(j, "end", s.end);
	JW_MEMBER(j, "start_utf16", utf16_of(wide, s.start));
	JW_MEMBER(j, "end_utf16", utf16_of(wide, s.end));
	JW_MEMBER(j, "is_of_statement", is_of_statement);
	jw_close_object(j);
}

static int write(struct response *rs, const struct placed *p, struct spans sentences,
		 const struct wide_points *wide, struct arena *a, struct err *e)
{
	struct statement utf16 = p->statement;
	struct span extent = extent_of(&p->statement);
	struct window w = window_of(extent, sentences, (size_t)p->filter.sentences);
	struct walk walk = {.text = p->article.text};
	struct jw j = jw_into(&rs->body);
	if (statement_to_utf16(wide, &utf16, a, e))
		return -1;
	jw_open_object(&j);
	JW_MEMBER(&j, "statement", p->statement.id);
	JW_MEMBER(&j, "article", p->article.id);
	JW_NAME(&j, "sentences");
	jw_open_array(&j);
	for (size_t i = w.first; i < w.end; i++)
		write_sentence(&j, &walk, sentences.v[i], extent, wide);
	jw_close_array(&j);
	JW_NAME(&j, "spans");
	statement_spans_write(&j, &p->statement);
	JW_NAME(&j, "spans_utf16");
	statement_spans_write(&j, &utf16);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

static enum api_result find_sentences(struct request *rq, struct response *rs, struct err *e)
{
	const struct placed *p = rq->state;
	struct spans sentences;
	struct wide_points wide = {0};
	if (engine_sentences(rq->api->engine, p->article.text, rq->arena, &sentences, e) ||
	    find_wide(p->article.text, rq->arena, &wide, e) ||
	    write(rs, p, sentences, &wide, rq->arena, e))
		return API_ERROR;
	return finish(rs, e);
}

enum api_result get_statement_context(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id;
	struct question q;
	struct placed *p = arena_alloc(rq->arena, sizeof *p);
	(void)rs;
	if (!p) {
		arena_full(e);
		return API_ERROR;
	}
	p->filter = (struct context_filter){.sentences = SENTENCES_DEFAULT};
	question_init(&q, &params_context, &p->filter, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || path_id(rq, "statement", &id, e) ||
	    read_both(rq, id, p, e))
		return API_ERROR;
	rq->state = p;
	rq->then = find_sentences;
	rq->long_bytes = ingest_bytes(rq->arena, p->article.text.n);
	return API_LONG;
}
