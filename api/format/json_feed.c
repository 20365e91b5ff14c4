/* An item a statement. The standard knows absolute addresses alone, and the service does not know
 * its own, since any proxy may stand before it: the one address that is told is the article's. */
#include "api/format/json_feed.h"

/* "The Guardian, 2024-04-26: Wang Yi meets Blinken" */
static struct str summary_of(const struct statement *s, struct arena *a)
{
	return arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(s->outlet),
			    s->outlet.n && s->published_at.n ? ", " : "", STR_ARG(s->published_at),
			    s->article_title.n ? ": " : "", STR_ARG(s->article_title));
}

static void write_tags(struct jw *j, const struct statement *s)
{
	JW_NAME(j, "tags");
	jw_open_array(j);
	for (size_t i = 0; i < s->n_issues; i++)
		jw_string(j, s->issues[i].issue->label);
	jw_close_array(j);
}

/* An object, as the standard asks of what it does not name. */
static void write_own(struct jw *j, const struct statement *s)
{
	JW_NAME(j, "_demarche");
	jw_open_object(j);
	JW_MEMBER(j, "statement", s->id);
	JW_MEMBER(j, "article", s->article_id);
	JW_MEMBER(j, "speaker", s->speaker ? s->speaker->id : STR_EMPTY);
	JW_MEMBER(j, "published_at", s->published_at);
	JW_MEMBER(j, "confidence", s->confidence);
	JW_NAME(j, "status");
	jw_word(j, terms_word(&terms_status, s->status));
	jw_close_object(j);
}

static int write_item(struct jw *j, const struct feed_item *item, struct arena *a, struct err *e)
{
	const struct statement *s = &item->statement;
	struct str who = s->speaker ? s->speaker->name : STR("unnamed");
	struct str id = arena_printf(a, "urn:demarche:statement:%lld", (long long)s->id);
	struct str title = arena_printf(a, "%.*s: %.*s", STR_ARG(who), STR_ARG(s->content));
	struct str summary = summary_of(s, a);
	if (!id.p || !title.p || !summary.p)
		return arena_full(e);
	jw_open_object(j);
	JW_MEMBER(j, "id", id);
	if (s->article_url.n)
		JW_MEMBER(j, "external_url", s->article_url);
	JW_MEMBER(j, "title", title);
	JW_NAME(j, "content_text");
	jw_string(j, s->content);
	if (summary.n)
		JW_MEMBER(j, "summary", summary);
	JW_NAME(j, "date_published");
	jw_instant_or_null(j, item->received_ms);
	JW_NAME(j, "authors");
	jw_open_array(j);
	jw_open_object(j);
	JW_MEMBER(j, "name", who);
	jw_close_object(j);
	jw_close_array(j);
	write_tags(j, s);
	write_own(j, s);
	jw_close_object(j);
	return 0;
}

int json_feed_write(struct jw *j, const struct json_feed *about, const struct feed *feed,
		    struct arena *a, struct err *e)
{
	jw_open_object(j);
	JW_MEMBER(j, "version", STR("https://jsonfeed.org/version/1.1"));
	JW_NAME(j, "title");
	jw_string(j, about->title);
	JW_NAME(j, "_demarche");
	jw_open_object(j);
	JW_MEMBER(j, "since", about->since);
	JW_MEMBER(j, "has_more", feed->has_more);
	jw_close_object(j);
	JW_NAME(j, "items");
	jw_open_array(j);
	for (size_t i = 0; i < feed->n; i++)
		if (write_item(j, &feed->v[i], a, e))
			return -1;
	jw_close_array(j);
	jw_close_object(j);
	return 0;
}
