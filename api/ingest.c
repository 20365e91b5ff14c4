/* Known texts are recognized before the engine reads them. */
#include "api/ingest.h"

#include <string.h>

#include "api/issue_registry.h"
#include "base/clock.h"
#include "db/copies.h"

enum {
	BYTES_A_BYTE = 350,   /* of memory, of marks, a token each; short sentences and prose take
				 less */
	BYTES_A_TOKEN = 1400, /* the same by the tokens, of which there is a bound */
	BASE_BYTES = 656 * 1024,
};

/* The reader goes back before the engine works. */
static int look_up(const struct api *api, struct write *w, struct arena *a, enum ingest_step *next,
		   struct err *e)
{
	struct article stored;
	struct reader *r = store_reader(
		api->store, now_monotonic_ns() + (int64_t)api->deadline_ms * 1000000, e);
	if (!r)
		return -1;
	int rc = store_article_of(r, w->article.sha256, a, &stored, e);
	reader_return(r);
	if (rc)
		return -1;
	if (stored.id == 0)
		return store_stats(api->store).leads
			       ? 0
			       : err_set(e, ERR_BUSY, NULL, "another copy of the service writes");
	w->id = stored.id;
	w->is_new = false;
	w->article.statement_count = stored.statement_count;
	bool is_full = stored.n_sources >= ARTICLE_SOURCES_MAX;
	*next = is_full || article_has_source(&stored, w->article.outlet, w->article.url)
			? INGEST_DONE
			: INGEST_SUBMIT;
	return 0;
}

int ingest_look_up(const struct api *api, struct write *w, struct arena *a, enum ingest_step *next,
		   struct err *e)
{
	*next = INGEST_READ;
	w->article.received_ms = now_unix_ms();
	digest_text(w->article.text, w->article.sha256);
	return api->extracts ? look_up(api, w, a, next, e) : 0;
}

int ingest_read(const struct api *api, struct write *w, struct arena *a, struct err *e)
{
	if (!api->extracts)
		return 0;
	store_expect(api->store, 1);
	int rc = issue_registry_extract(api, &w->article, a, &w->extraction, &w->edition, e);
	store_expect(api->store, -1);
	return rc;
}

size_t ingest_bytes(const struct arena *a, size_t text)
{
	size_t n = text * BYTES_A_BYTE, tokens_max = a->budget ? a->budget->tokens_max : 0;
	if (tokens_max && n > tokens_max * BYTES_A_TOKEN)
		n = tokens_max * BYTES_A_TOKEN;
	return n + BASE_BYTES;
}
