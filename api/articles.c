/* Articles: post one, list, read, delete; and extraction without storing. Not the batch. */
#include "api/export.h"
#include "api/format/csv_record.h"
#include "api/format/json_article.h"
#include "api/format/json_statement.h"
#include "api/ingest.h"
#include "api/issue_registry.h"
#include "api/jobs.h"
#include "api/query/cursor.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/clock.h"

/* An answer to a post has so many statements; statement_count has the number, the article's own
 * list has all. */
enum { STATEMENTS_RETURNED = 1000 };

/* A write under way. In the request's arena. */
struct posting {
	struct write write;
	struct request *rq;
	bool is_later; /* its statements are found in the background */
};

static void on_done(struct write *w)
{
	struct posting *p = w->context;
	request_resume(p->rq);
}

static struct posting *posting_new(struct request *rq, enum write_op op, api_handler *then,
				   struct err *e)
{
	struct posting *p = arena_alloc(rq->arena, sizeof *p);
	if (!p) {
		arena_full(e);
		return NULL;
	}
	p->rq = rq;
	p->write.op = op;
	p->write.done = on_done;
	p->write.context = p;
	rq->state = p;
	rq->then = then;
	return p;
}

/* None without a reader. */
static int write_statements(struct request *rq, struct reader *r, int64_t article, struct jw *j,
			    struct err *e)
{
	struct statement_filter filter;
	statement_filter_init(&filter);
	filter.q.article = article;
	filter.q.limit = PAGE_LIMIT_MAX;
	JW_NAME(j, "statements");
	jw_open_array(j);
	for (size_t written = 0; r && written < STATEMENTS_RETURNED;) {
		struct statement_list list;
		if (store_statements(r, &filter.q, rq->arena, &list, &filter.q.after, e))
			return -1;
		for (size_t i = 0; i < list.n; i++)
			statement_write(j, &list.v[i]);
		written += list.n;
		if (filter.q.after == 0)
			break;
	}
	jw_close_array(j);
	return 0;
}

/* The article with its statements, as both a new and a known text are answered. The statements are
 * read back, since the store has merged names and given ids; the members of a new article are what
 * was sent. */
static int write_stored(struct request *rq, struct response *rs, const struct posting *p,
			struct err *e)
{
	const struct write *w = &p->write;
	struct article article = w->article;
	article.id = w->id;
	bool reads_back = !w->is_new || w->extraction.n_statements > 0;
	struct reader *r = reads_back ? store_reader(rq->api->store, fresh_deadline(rq), e) : NULL;
	if (reads_back && !r)
		return -1;
	int rc = w->is_new ? 0 : store_article(r, w->id, rq->arena, &article, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		jw_open_object(&j);
		article_members(&j, &article, false);
		rc = write_statements(rq, r, w->id, &j, e);
		article.text = w->article.text; /* the same; a list of articles leaves it out */
		not_read_member(&j, &article);
		if (p->is_later) {
			struct store_stats stats = store_stats(rq->api->store);
			JW_NAME(&j, "job");
			reread_write_state(&j, &stats.reread);
		}
		jw_close_object(&j);
		buf_add_char(&rs->body, '\n');
	}
	reader_return(r);
	return rc;
}

static int answer_later(struct request *rq, struct response *rs, struct err *e)
{
	issue_registry_wake(rq->api->issues);
	rs->status = 202;
	return reread_link(rq, rs, e);
}

static enum api_result article_posted(struct request *rq, struct response *rs, struct err *e)
{
	struct posting *p = rq->state;
	if (p->write.err.kind != ERR_NONE) {
		*e = p->write.err;
		return API_ERROR;
	}
	p->is_later &= p->write.is_new;
	struct str path = arena_printf(rq->arena, "v1/articles/%lld", (long long)p->write.id);
	struct str location = path.p ? relative_link(rq, path, STR_EMPTY) : path;
	if (!location.p) {
		arena_full(e);
		return API_ERROR;
	}
	if (write_stored(rq, rs, p, e))
		return API_ERROR;
	rs->status = p->write.is_new ? 201 : 200;
	if (p->is_later && answer_later(rq, rs, e))
		return API_ERROR;
	response_header(rs, "Location", location);
	return finish(rs, e);
}

static enum api_result article_read(struct request *rq, struct response *rs, struct err *e)
{
	struct posting *p = rq->state;
	(void)rs;
	rq->then = article_posted;
	if (ingest_read(rq->api, &p->write, rq->arena, e))
		return API_ERROR;
	return store_submit(rq->api->store, &p->write, e) ? API_ERROR : API_LATER;
}

enum api_result post_article(struct request *rq, struct response *rs, struct err *e)
{
	struct posting *p = posting_new(rq, WRITE_ARTICLE, article_read, e);
	if (!p)
		return API_ERROR;
	struct write *w = &p->write;
	enum ingest_step next;
	bool is_later;
	if (reread_asked(rq, false, &is_later, e) ||
	    article_decode(rq->body, rq->arena, &w->article, e) ||
	    ingest_look_up(rq->api, w, rq->arena, &next, e))
		return API_ERROR;
	if (next == INGEST_DONE)
		return article_posted(rq, rs, e);
	p->is_later = next == INGEST_READ && is_later;
	if (p->is_later)
		w->edition = WRITE_EDITION_NEVER;
	if (next == INGEST_SUBMIT || p->is_later) {
		rq->then = article_posted;
		return store_submit(rq->api->store, w, e) ? API_ERROR : API_LATER;
	}
	if (!rq->api->extracts)
		return article_read(rq, rs, e);
	rq->long_bytes = ingest_bytes(rq->arena, w->article.text.n);
	return API_LONG;
}

/* An article that is read without being stored. */
struct reading {
	struct article article;
	bool is_page;
};

/* Of a page, what was read of it: the text that the offsets count in. */
static void write_page(struct jw *j, const struct article *article)
{
	JW_NAME(j, "article");
	jw_open_object(j);
#define X(NAME, name, max, check)                                                                  \
	JW_NAME(j, #name);                                                                         \
	jw_string(j, article_field_get(article, FIELD_##NAME));
	ARTICLE_FIELDS(X)
#undef X
	jw_close_object(j);
}

static enum api_result extract(struct request *rq, struct response *rs, struct err *e)
{
	const struct reading *reading = rq->state;
	struct extraction x = {0};
	if (issue_registry_extract(rq->api, &reading->article, rq->arena, &x, NULL, e))
		return API_ERROR;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	if (reading->is_page)
		write_page(&j, &reading->article);
	statements_member(&j, x.statements, x.n_statements, 0);
	not_read_member(&j, &reading->article);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return finish(rs, e);
}

enum api_result post_extract(struct request *rq, struct response *rs, struct err *e)
{
	struct reading *reading = arena_alloc(rq->arena, sizeof *reading);
	(void)rs;
	if (!reading) {
		arena_full(e);
		return API_ERROR;
	}
	if (params_none(rq, e) ||
	    article_decode_any(rq->body, rq->arena, &reading->article, &reading->is_page, e))
		return API_ERROR;
	reading->article.received_ms = now_unix_ms();
	rq->state = reading;
	rq->then = extract;
	rq->long_bytes = ingest_bytes(rq->arena, reading->article.text.n);
	return API_LONG;
}

static enum api_result article_deleted(struct request *rq, struct response *rs, struct err *e)
{
	const struct posting *p = rq->state;
	if (p->write.err.kind != ERR_NONE) {
		*e = p->write.err;
		return API_ERROR;
	}
	rs->status = 204;
	return API_DONE;
}

enum api_result delete_article(struct request *rq, struct response *rs, struct err *e)
{
	(void)rs;
	int64_t id;
	struct delete_filter filter = {0};
	struct question q;
	question_init(&q, &params_delete, &filter, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || path_id(rq, "article", &id, e))
		return API_ERROR;
	struct posting *p = posting_new(rq, WRITE_DELETE, article_deleted, e);
	if (!p)
		return API_ERROR;
	p->write.id = id;
	p->write.purges = filter.purges;
	return store_submit(rq->api->store, &p->write, e) ? API_ERROR : API_LATER;
}

enum api_result get_article(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id;
	struct article article;
	if (params_none(rq, e) || path_id(rq, "article", &id, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_article(r, id, rq->arena, &article, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		article_write(&j, &article, true);
		answer_end(rs);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

static int list_articles(struct request *rq, struct response *rs, struct reader *r,
			 struct question *q, struct err *e)
{
	struct article_query *aq = q->filter;
	struct article_list list;
	int64_t next = 0;
	if (store_articles(r, aq, rq->arena, &list, &next, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "articles");
	jw_open_array(&j);
	for (size_t i = 0; i < list.n; i++)
		article_write(&j, &list.v[i], false);
	jw_close_array(&j);
	struct str cursor = next ? cursor_encode_id(rq->arena, next, question_hash(q)) : STR_EMPTY;
	return cursor.p ? page_finish(rq, rs, q, &j, cursor, e) : arena_full(e);
}

enum api_result get_articles(struct request *rq, struct response *rs, struct err *e)
{
	struct article_query aq = {.published_after = DAY_NONE, .published_before = DAY_NONE};
	struct question q;
	question_init(&q, &params_articles, &aq, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	if (q.cursor.n && cursor_decode_id(q.cursor, question_hash(&q), rq->arena, &aq.after, e))
		return API_ERROR;
	aq.limit = q.limit;
	aq.oldest_first = q.oldest_first;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = list_articles(rq, rs, r, &q, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

static int article_rows(void *state, struct reader *r, const struct rows_wanted *w,
			struct rows_given *g, struct err *e)
{
	struct article_query *q = state;
	struct article_list list;
	int64_t next = 0;
	q->limit = w->most;
	if (store_articles(r, q, w->arena, &list, &next, e))
		return -1;
	for (; g->n < list.n; g->n++) {
		if (w->as_csv) {
			csv_article(g->out, &list.v[g->n]);
			continue;
		}
		struct jw j = jw_into(g->out);
		article_write(&j, &list.v[g->n], false);
		buf_add_char(g->out, '\n');
	}
	q->after = next;
	g->is_last = next == 0;
	return 0;
}

enum api_result get_articles_file(struct request *rq, struct response *rs, struct err *e)
{
	enum representation as = path_representation(rq);
	struct articles_file *f = arena_alloc(rq->arena, sizeof *f);
	struct question q;
	if (!f) {
		arena_full(e);
		return API_ERROR;
	}
	*f = (struct articles_file){
		.q = {.published_after = DAY_NONE, .published_before = DAY_NONE}};
	question_init(&q, as == AS_CSV ? &params_articles_csv : &params_articles_ndjson, f,
		      rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	f->q.oldest_first = q.oldest_first;
	const struct export_list list = {.csv_head = CSV_ARTICLE_HEAD,
					 .rows = article_rows,
					 .state = &f->q,
					 .limit = f->q.limit};
	if (file_begin(rq, rs, "articles", as, f->with_mark, e) ||
	    export_start(rq, rs, &list, as, e))
		return API_ERROR;
	return finish(rs, e);
}

/* In the order of the text, the whole article's page by page. */
static int list_statements(struct request *rq, struct response *rs, struct reader *r,
			   struct question *q, struct err *e)
{
	struct statement_filter *filter = q->filter;
	struct article article;
	struct statement_list list;
	int64_t next = 0;
	if (store_article(r, filter->q.article, rq->arena, &article, e) ||
	    store_statements(r, &filter->q, rq->arena, &list, &next, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	statements_member(&j, list.v, list.n, 0);
	struct str cursor = next ? cursor_encode_id(rq->arena, next,
						    question_hash(q) + (uint64_t)filter->q.article)
				 : STR_EMPTY;
	return cursor.p ? page_finish(rq, rs, q, &j, cursor, e) : arena_full(e);
}

enum api_result get_article_statements(struct request *rq, struct response *rs, struct err *e)
{
	struct statement_filter filter;
	struct question q;
	statement_filter_init(&filter);
	question_init(&q, &params_article_statements, &filter, rq->arena);
	if (path_id(rq, "article", &filter.q.article, e) ||
	    question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	uint64_t hash = question_hash(&q) + (uint64_t)filter.q.article;
	if (q.cursor.n && cursor_decode_id(q.cursor, hash, rq->arena, &filter.q.after, e))
		return API_ERROR;
	filter.q.limit = q.limit;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = list_statements(rq, rs, r, &q, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
