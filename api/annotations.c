/* GET /v1/articles/{id}/annotations: an article's statements for annotation tools. */
#include "api/format/json_web_annotation.h"
#include "api/query/parameters.h"
#include "api/resource.h"

struct listed {
	struct statement *v;
	size_t n, cap;
};

/* All of the article, in the order of the text, less what a person rejected and what counts
 * nowhere. */
static int list(struct request *rq, struct reader *r, int64_t article, struct listed *out,
		struct err *e)
{
	struct statement_filter f;
	statement_filter_init(&f);
	f.q.article = article;
	f.q.limit = PAGE_LIMIT_MAX;
	do {
		struct statement_list page = {0};
		if (store_statements(r, &f.q, rq->arena, &page, &f.q.after, e))
			return -1;
		if (arena_grow(rq->arena, (void **)&out->v, &out->cap, out->n + page.n,
			       sizeof *out->v))
			return arena_full(e);
		for (size_t i = 0; i < page.n; i++)
			if (!page.v[i].is_uncounted)
				out->v[out->n++] = page.v[i];
	} while (f.q.after);
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct reader *r, int64_t id,
		  struct err *e)
{
	struct article article;
	struct listed all = {0};
	struct str self = relative_link(rq, rq->path, STR_EMPTY);
	if (!self.p)
		return arena_full(e);
	if (store_article(r, id, rq->arena, &article, e) || list(rq, r, id, &all, e))
		return -1;
	struct web_annotations what = {.article = &article,
				       .v = all.v,
				       .n = all.n,
				       .self = self,
				       .path_to_root = rq->path_to_root,
				       .a = rq->arena};
	struct jw j = jw_into(&rs->body);
	if (web_annotations_write(&j, &what, e))
		return -1;
	rs->content_type = WEB_ANNOTATION_TYPE;
	answer_end(rs);
	return 0;
}

enum api_result get_article_annotations(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id;
	if (params_none(rq, e) || path_id(rq, "article", &id, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, r, id, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
