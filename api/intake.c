/* Known texts are told apart before the engine reads them: that takes microseconds, reading an article milliseconds. */
#include "api/intake.h"

#include "api/issue_set.h"
#include "base/date.h"

/* The reader goes back before the engine works. */
static int look_up(const struct api *api, struct write *w, struct arena *a, bool *is_known, struct err *e)
{
	struct article stored;
	struct reader *r = store_reader(api->store, now_monotonic_ns() + (int64_t)api->deadline_ms * 1000000, e);
	if (!r)
		return -1;
	int rc = store_article_of(r, w->article.text, a, &stored, e);
	reader_return(r);
	*is_known = rc == 0 && stored.id;
	if (*is_known) {
		w->id = stored.id;
		w->is_new = false;
		w->article.statement_count = stored.statement_count;
	}
	return rc;
}

int intake(const struct api *api, struct write *w, struct arena *a, bool *is_known, struct err *e)
{
	*is_known = false;
	w->article.received_ms = now_unix_ms();
	if (!api->extracts)
		return 0;
	if (look_up(api, w, a, is_known, e))
		return -1;
	return *is_known ? 0 : issue_shelf_extract(api, &w->article, a, &w->extraction, &w->edition, e);
}
