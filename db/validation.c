/* Every string of a model struct, by its name. */
#include "db/validation.h"

#include "base/utf8.h"

static bool is_bad(struct str s)
{
	return s.n && utf8_valid_prefix(s) != s.n;
}

static bool holds_bad(struct strs list)
{
	for (size_t i = 0; i < list.n; i++)
		if (is_bad(list.v[i]))
			return true;
	return false;
}

struct named_str {
	const char *name;
	struct str s;
};

/* The name of the first bad one, or NULL. */
static const char *first_bad(const struct named_str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_bad(v[i].s))
			return v[i].name;
	return NULL;
}
#define FIRST_BAD(v) first_bad((v), sizeof(v) / sizeof *(v))

static const char *bad_of_actor(const struct actor *a)
{
	if (!a)
		return NULL;
	const struct named_str all[] = {{"actor's id", a->id},
					{"actor's name", a->name},
					{"actor's country", a->country},
					{"actor's wikidata", a->wikidata}};
	for (size_t i = 0; i < a->n_roles; i++)
		if (is_bad(a->roles[i].title) || is_bad(a->roles[i].country))
			return "actor's role";
	return holds_bad(a->aliases) ? "actor's alias" : FIRST_BAD(all);
}

static const char *bad_of_issue(const struct issue *i)
{
	const struct named_str all[] = {
		{"issue's id", i->id}, {"issue's label", i->label}, {"issue's parent", i->parent}};
	return holds_bad(i->terms) ? "issue's term" : FIRST_BAD(all);
}

static const char *bad_of_statement(const struct statement *s)
{
	const struct actor *const actors[] = {s->speaker, s->addressee, s->reported_by,
					      s->stance.target};
	const struct named_str all[] = {
		{"statement's content", s->content},   {"speaker's role", s->speaker_role},
		{"statement's engine", s->engine},     {"time's words", s->said_on.text},
		{"statement's date", s->said_on.date}, {"time's rule", s->said_on.rule}};
	const char *bad = FIRST_BAD(all);
	for (size_t i = 0; i < sizeof actors / sizeof *actors && !bad; i++)
		bad = bad_of_actor(actors[i]);
	for (size_t i = 0; i < s->n_issues && !bad; i++)
		bad = s->issues[i].issue ? bad_of_issue(s->issues[i].issue) : NULL;
	return bad;
}

/* A value that is stored in three bits and refused when it is read. */
static bool has_bad_position(const struct statement *s)
{
	bool is_bad = (unsigned)s->stance.position >= POSITION_COUNT ||
		      (unsigned)s->stance.target_position >= POSITION_COUNT;
	for (size_t i = 0; i < s->n_issues && !is_bad; i++)
		is_bad = (unsigned)s->issues[i].position >= POSITION_COUNT;
	return is_bad;
}

static int pass(const char *bad, struct err *e)
{
	return bad ? err_set(e, ERR_INTERNAL, NULL, "not stored: the %s is not UTF-8", bad) : 0;
}

static bool has_digest(const struct article *a)
{
	for (size_t i = 0; i < sizeof a->sha256; i++)
		if (a->sha256[i])
			return true;
	return false;
}

int validate_article(const struct article *a, struct err *e)
{
	const struct named_str all[] = {
		{"article's text", a->text},	     {"article's title", a->title},
		{"article's url", a->url},	     {"article's outlet", a->outlet},
		{"article's author", a->author},     {"article's published_at", a->published_at},
		{"article's language", a->language},
	};
	return has_digest(a)
		       ? pass(FIRST_BAD(all), e)
		       : err_set(e, ERR_INTERNAL, NULL, "not stored: the article has no digest");
}

int validate_statement(const struct statement *s, struct err *e)
{
	if (has_bad_position(s))
		return err_set(e, ERR_INTERNAL, NULL,
			       "not stored: a position is none that there is");
	return pass(bad_of_statement(s), e);
}

int validate_actor(const struct actor *a, struct err *e)
{
	return pass(bad_of_actor(a), e);
}

int validate_issue(const struct issue *i, struct err *e)
{
	return pass(bad_of_issue(i), e);
}
