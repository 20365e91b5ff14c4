/* An entry a statement. Links are relative: they hold behind any proxy. */
#include "api/format/atom.h"

#include "api/format/xml.h"
#include "base/date.h"

static void instant(struct buf *out, const char *name, int64_t ms)
{
	char space[INSTANT_ROOM];
	buf_printf(out, "<%s>%.*s</%s>", name, STR_ARG(instant_format(space, ms)), name);
}

static void write_entry(struct buf *out, const struct atom_feed *about,
			const struct feed_item *item)
{
	const struct statement *s = &item->statement;
	struct str who = s->speaker ? s->speaker->name : STR("unnamed");
	buf_printf(out, "<entry><id>urn:demarche:statement:%lld</id><title>", (long long)s->id);
	xml_text(out, who);
	buf_add(out, STR(": "));
	xml_text(out, s->content);
	buf_add(out, STR("</title>"));
	instant(out, "updated", item->received_ms);
	buf_add(out, STR("<author><name>"));
	xml_text(out, who);
	buf_add(out, STR("</name></author>"
			 "<link rel=\"alternate\" type=\"application/json\" href=\""));
	xml_text(out, about->path_to_root);
	buf_printf(out, "v1/statements/%lld\"/>", (long long)s->id);
	if (s->article_url.n) {
		buf_add(out, STR("<link rel=\"via\" href=\""));
		xml_text(out, s->article_url);
		buf_add(out, STR("\"/>"));
	}
	buf_add(out, STR("<summary>"));
	xml_text(out, s->outlet);
	buf_add(out, s->outlet.n && s->published_at.n ? STR(", ") : STR_EMPTY);
	xml_text(out, s->published_at);
	buf_add(out, s->article_title.n ? STR(": ") : STR_EMPTY);
	xml_text(out, s->article_title);
	buf_add(out, STR("</summary></entry>\n"));
}

void atom_write(struct buf *out, const struct atom_feed *about, const struct feed *feed)
{
	int64_t updated = feed->n ? 0 : about->now_ms;
	for (size_t i = 0; i < feed->n; i++)
		if (feed->v[i].received_ms > updated)
			updated = feed->v[i].received_ms;
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
	buf_printf(out, "<id>urn:demarche:feed:%016llx</id><title>",
		   (unsigned long long)about->hash);
	xml_text(out, about->title);
	buf_add(out, STR("</title>"));
	instant(out, "updated", updated);
	buf_add(out, STR("<link rel=\"self\" type=\"application/atom+xml\" href=\""));
	xml_text(out, about->self);
	buf_add(out, STR("\"/>\n"));
	for (size_t i = 0; i < feed->n; i++)
		write_entry(out, about, &feed->v[i]);
	buf_add(out, STR("</feed>\n"));
}
