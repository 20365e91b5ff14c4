/* A collection whose one page holds all. */
#include "api/format/json_web_annotation.h"

#include "db/nearby.h"

/* What it is about: an actor or an issue of this service. */
static int resource_body(struct jw *j, const struct web_annotations *what, struct str purpose,
			 const char *path, struct str id, struct err *e)
{
	struct str source =
		arena_printf(what->a, "%.*s%s%.*s", STR_ARG(what->path_to_root), path, STR_ARG(id));
	if (!source.p)
		return arena_full(e);
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("SpecificResource"));
	JW_MEMBER(j, "purpose", purpose);
	JW_MEMBER(j, "source", source);
	jw_close_object(j);
	return 0;
}

/* "Said by Wang Yi, foreign minister. On core interests: support. Act: STATE. Machine, 0.93 sure."
 */
static struct str description_of(struct arena *a, const struct statement *s)
{
	struct str status = terms_word(&terms_status, (int)s->status);
	struct str all =
		arena_printf(a, "Said by %.*s%s%.*s.",
			     STR_ARG(s->speaker ? s->speaker->name : STR("somebody unnamed")),
			     s->speaker_role.n ? ", " : "", STR_ARG(s->speaker_role));
	for (size_t i = 0; i < s->n_issues && all.p; i++) {
		const struct issue_hit *hit = &s->issues[i];
		struct str position = terms_word(&terms_position, (int)hit->position);
		all = arena_printf(
			a, "%.*s On %.*s: %.*s.", STR_ARG(all), STR_ARG(hit->issue->label),
			STR_ARG(hit->position == POSITION_NONE ? STR("mentioned") : position));
	}
	if (all.p)
		all = arena_printf(a, "%.*s Act: %.*s. Read by engine %.*s, %.2f sure; %.*s.",
				   STR_ARG(all),
				   STR_ARG(terms_word(&terms_act, (int)s->stance.act)),
				   STR_ARG(s->engine.n ? s->engine : STR("none")),
				   (double)s->confidence, STR_ARG(status));
	return all;
}

static int write_bodies(struct jw *j, const struct web_annotations *what, const struct statement *s,
			struct err *e)
{
	struct str description = description_of(what->a, s);
	if (!description.p)
		return arena_full(e);
	JW_NAME(j, "body");
	jw_open_array(j);
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("TextualBody"));
	JW_MEMBER(j, "purpose", STR("describing"));
	JW_MEMBER(j, "value", description);
	JW_MEMBER(j, "format", STR("text/plain"));
	JW_MEMBER(j, "language", STR("en"));
	jw_close_object(j);
	if (s->speaker &&
	    resource_body(j, what, STR("identifying"), "v1/actors/", s->speaker->id, e))
		return -1;
	for (size_t i = 0; i < s->n_issues; i++)
		if (resource_body(j, what, STR("classifying"), "v1/issues/", s->issues[i].issue->id,
				  e))
			return -1;
	jw_close_array(j);
	return 0;
}

static struct str words(struct nearby *in, uint32_t from, uint32_t to)
{
	size_t start = nearby_byte_of(in, from), end = nearby_byte_of(in, to);
	return str_sub(in->text, start, end);
}

/* The words with what stands around them, which hold wherever the text stands; and where they are
 * in the text as it is stored. */
static void write_selectors(struct jw *j, struct nearby *in, struct span at)
{
	const uint32_t reach = WEB_ANNOTATION_REACH;
	JW_NAME(j, "selector");
	jw_open_array(j);
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("TextQuoteSelector"));
	JW_NAME(j, "prefix");
	jw_string(j, words(in, at.start > reach ? at.start - reach : 0, at.start));
	JW_NAME(j, "exact");
	jw_string(j, words(in, at.start, at.end));
	JW_NAME(j, "suffix");
	jw_string(j, words(in, at.end, at.end + reach));
	jw_close_object(j);
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("TextPositionSelector"));
	JW_MEMBER(j, "start", (int64_t)at.start);
	JW_MEMBER(j, "end", (int64_t)at.end);
	jw_close_object(j);
	jw_close_array(j);
}

/* A target each of its pieces. */
static int write_targets(struct jw *j, const struct web_annotations *what, struct nearby *in,
			 const struct statement *s, struct err *e)
{
	struct str source = what->article->url;
	if (!source.n)
		source = arena_printf(what->a, "urn:demarche:article:%lld",
				      (long long)what->article->id);
	if (!source.p)
		return arena_full(e);
	JW_NAME(j, "target");
	jw_open_array(j);
	for (size_t i = 0; i < s->spans.content.n; i++) {
		jw_open_object(j);
		JW_MEMBER(j, "type", STR("SpecificResource"));
		JW_MEMBER(j, "source", source);
		write_selectors(j, in, s->spans.content.v[i]);
		jw_close_object(j);
	}
	jw_close_array(j);
	return 0;
}

static int write_annotation(struct jw *j, const struct web_annotations *what, struct nearby *in,
			    const struct statement *s, struct err *e)
{
	struct str id = arena_printf(what->a, "urn:demarche:statement:%lld", (long long)s->id);
	if (!id.p)
		return arena_full(e);
	jw_open_object(j);
	JW_MEMBER(j, "id", id);
	JW_MEMBER(j, "type", STR("Annotation"));
	JW_MEMBER(j, "motivation", STR("describing"));
	JW_NAME(j, "generator");
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("Software"));
	JW_MEMBER(j, "name", STR("Demarche"));
	jw_close_object(j);
	if (write_bodies(j, what, s, e) || write_targets(j, what, in, s, e))
		return -1;
	jw_close_object(j);
	return 0;
}

int web_annotations_write(struct jw *j, const struct web_annotations *what, struct err *e)
{
	struct nearby in = {.title = what->article->title, .text = what->article->text};
	struct str page = arena_printf(what->a, "%.*s#page", STR_ARG(what->self));
	if (!page.p)
		return arena_full(e);
	jw_open_object(j);
	JW_MEMBER(j, "@context", STR(WEB_ANNOTATION_CONTEXT));
	JW_MEMBER(j, "id", what->self);
	JW_MEMBER(j, "type", STR("AnnotationCollection"));
	JW_MEMBER(j, "label", what->article->title.n ? what->article->title : STR("Untitled"));
	JW_MEMBER(j, "total", (int64_t)what->n);
	JW_NAME(j, "first");
	jw_open_object(j);
	JW_MEMBER(j, "id", page);
	JW_MEMBER(j, "type", STR("AnnotationPage"));
	JW_MEMBER(j, "startIndex", (int64_t)0);
	JW_NAME(j, "items");
	jw_open_array(j);
	for (size_t i = 0; i < what->n; i++)
		if (write_annotation(j, what, &in, &what->v[i], e))
			return -1;
	jw_close_array(j);
	jw_close_object(j);
	jw_close_object(j);
	return 0;
}
