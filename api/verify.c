/* GET /v1/verify: is this quotation in the record, in these words, and by whom? */
#include <stdlib.h>

#include "api/format/json_statement.h"
#include "api/query/interpretation.h"
#include "api/query/quotation.h"
#include "api/resource.h"

enum {
	MATCHES_DEFAULT = 5,
	CANDIDATES_MAX = 200,
	/* Where the quotation is not found as it is: so many stretches of it are looked for, and
	 * the statements that have most of them compared with it. */
	STRETCHES_MAX = 24,
	STRETCH_WORDS = 3, /* or, where that finds nothing, fewer, down to */
	STRETCH_WORDS_LEAST = 2,
	STRETCH_HITS = 50,
	COMPARED_MAX = 50,
};

struct candidate {
	struct statement statement;
	int hits; /* stretches */
	struct comparison to;
	bool is_speaker; /* who was asked for */
};

struct search {
	struct reader *r;
	struct arena *a;
	const struct quotation *quotation;
	struct statement_query q; /* speakers, dates */
	struct candidate *v;
	size_t n;
};

static void add(struct search *s, const struct statement_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		size_t at = 0;
		while (at < s->n && s->v[at].statement.id != list->v[i].id)
			at++;
		if (at == s->n && s->n < CANDIDATES_MAX)
			s->v[s->n++] = (struct candidate){.statement = list->v[i]};
		if (at < s->n)
			s->v[at].hits++;
	}
}

/* The oldest first: what was said before it was said again. */
static int look_for(struct search *s, const struct str *phrases, size_t n, int limit, struct err *e)
{
	struct statement_query q = s->q;
	struct statement_list list;
	int64_t next;
	q.phrases = (struct strs){phrases, n};
	q.oldest_first = true;
	q.limit = limit;
	if (store_statements(s->r, &q, s->a, &list, &next, e))
		return -1;
	add(s, &list);
	return 0;
}

/* Spread over the whole quotation. */
static int look_for_stretches(struct search *s, size_t words, struct err *e)
{
	const struct quotation *t = s->quotation;
	size_t places = t->words.n - words + 1, n = places < STRETCHES_MAX ? places : STRETCHES_MAX;
	for (size_t i = 0; i < n; i++) {
		size_t from = i * places / n;
		struct str stretch = quotation_part(t, from, from + words);
		if (look_for(s, &stretch, 1, STRETCH_HITS, e))
			return -1;
	}
	return 0;
}

static int by_hits(const void *va, const void *vb)
{
	const struct candidate *a = va, *b = vb;
	if (a->hits != b->hits)
		return a->hits > b->hits ? -1 : 1;
	return (a->statement.id > b->statement.id) - (a->statement.id < b->statement.id);
}

static int by_likeness(const void *va, const void *vb)
{
	const struct candidate *a = va, *b = vb;
	if (a->to.wording != b->to.wording)
		return a->to.wording > b->to.wording ? -1 : 1;
	if (a->is_speaker != b->is_speaker)
		return a->is_speaker ? -1 : 1;
	if (a->to.share != b->to.share)
		return a->to.share > b->to.share ? -1 : 1;
	if (a->to.is_exact != b->to.is_exact)
		return a->to.is_exact ? -1 : 1;
	return (a->statement.id > b->statement.id) - (a->statement.id < b->statement.id);
}

/* What is alike stays. */
static int compare(struct search *s, struct err *e)
{
	size_t most = s->n < COMPARED_MAX ? s->n : COMPARED_MAX, kept = 0;
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_hits);
	for (size_t i = 0; i < most; i++) {
		struct candidate *c = &s->v[i];
		if (quotation_compare(s->quotation, c->statement.content, s->a, &c->to, e))
			return -1;
		if (c->to.wording != WORDING_NONE)
			s->v[kept++] = *c;
	}
	s->n = kept;
	return 0;
}

static int run(struct search *s, struct err *e)
{
	s->v = arena_array(s->a, CANDIDATES_MAX, sizeof *s->v);
	if (!s->v)
		return arena_full(e);
	if (look_for(s, s->quotation->pieces, s->quotation->n_pieces, COMPARED_MAX, e) ||
	    compare(s, e))
		return -1;
	for (size_t n = STRETCH_WORDS; n >= STRETCH_WORDS_LEAST && s->n == 0; n--)
		if (look_for_stretches(s, n, e) || compare(s, e))
			return -1;
	return 0;
}

/* Each statement once; those of `s` are the asked speaker's. */
static int join(struct search *s, const struct search *others, struct err *e)
{
	struct candidate *all = arena_array(s->a, s->n + others->n, sizeof *all);
	size_t n = 0;
	if (!all)
		return arena_full(e);
	for (; n < s->n; n++)
		all[n] = s->v[n];
	for (size_t i = 0; i < others->n; i++) {
		size_t at = 0;
		while (at < s->n && s->v[at].statement.id != others->v[i].statement.id)
			at++;
		if (at == s->n)
			all[n++] = others->v[i];
	}
	s->v = all;
	s->n = n;
	return 0;
}

/* Of the speaker who is asked for, then of anybody: it may be another's. */
static int search_all(struct search *s, struct err *e)
{
	bool has_speaker = s->q.speakers.n || s->q.not_speakers.n || s->q.is_void;
	struct search others = *s;
	if (!s->q.is_void && run(s, e))
		return -1;
	for (size_t i = 0; i < s->n; i++)
		s->v[i].is_speaker = true;
	others.q.speakers = others.q.not_speakers = (struct keys){0};
	others.q.is_void = false;
	if (has_speaker && (run(&others, e) || join(s, &others, e)))
		return -1;
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_likeness);
	return 0;
}

static struct str verdict(const struct search *s)
{
	if (s->n == 0)
		return STR("not found");
	return s->v[0].is_speaker ? terms_word(&terms_wording, (int)s->v[0].to.wording)
				  : STR("another speaker");
}

static void write_match(struct jw *j, const struct candidate *c)
{
	jw_open_object(j);
	JW_MEMBER(j, "wording", terms_word(&terms_wording, (int)c->to.wording));
	JW_MEMBER(j, "exact", c->to.is_exact);
	JW_MEMBER(j, "same_words", c->to.share);
	JW_NAME(j, "differences");
	jw_open_array(j);
	for (size_t i = 0; i < c->to.n; i++) {
		const struct alteration *a = &c->to.alterations[i];
		jw_open_object(j);
		JW_MEMBER(j, "how", terms_word(&terms_alteration, (int)a->kind));
		JW_MEMBER(j, "said", a->said);
		JW_MEMBER(j, "quoted", a->quoted);
		jw_close_object(j);
	}
	jw_close_array(j);
	JW_MEMBER(j, "is_speaker", c->is_speaker);
	JW_NAME(j, "statement");
	statement_write(j, &c->statement);
	jw_close_object(j);
}

static int answer(struct request *rq, struct response *rs, struct question *q,
		  struct verify_filter *f, struct reader *r, struct err *e)
{
	struct interpretation parts;
	struct quotation quotation;
	if (quotation_init(&quotation, q->phrase, rq->arena, e) ||
	    question_interpret(q, &f->of, r, NULL, &parts, e))
		return -1;
	struct search s = {.r = r, .a = rq->arena, .quotation = &quotation, .q = f->of.q};
	if (search_all(&s, e))
		return -1;
	size_t told = s.n < (size_t)f->limit ? s.n : (size_t)f->limit;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_MEMBER(&j, "verdict", verdict(&s));
	JW_NAME(&j, "matches");
	jw_open_array(&j);
	for (size_t i = 0; i < told; i++)
		write_match(&j, &s.v[i]);
	jw_close_array(&j);
	JW_MEMBER(&j, "matches_left_out", (int64_t)(s.n - told));
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &parts);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result get_verify(struct request *rq, struct response *rs, struct err *e)
{
	struct verify_filter f = {.limit = MATCHES_DEFAULT};
	struct question q;
	statement_filter_init(&f.of);
	question_init(&q, &params_verify, &f, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	if (q.phrase.n == 0) {
		err_set(e, ERR_MISSING, "text", "\"text\" is missing: which quotation?");
		return API_ERROR;
	}
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &f, r, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
