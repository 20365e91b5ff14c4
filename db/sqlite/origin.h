/* What a statement's row has of its article (column `origin`), so that a page of statements reads
 * no rows of articles: outlet, day of publication, address and title, which never change, with
 * U+001F between. "" where one of the first three has that character, and in rows from before
 * schema 8 until their article is read again: then the article's row tells. */
#ifndef DEMARCHE_DB_SQLITE_ORIGIN_H
#define DEMARCHE_DB_SQLITE_ORIGIN_H

#include <string.h>

#include "base/arena.h"
#include "base/model.h"

/* Of an article's fields; p is NULL when the arena is full. */
static inline struct str origin_of(const struct article *of, struct arena *a)
{
	const struct str parts[] = {of->outlet, of->published_at, of->url};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].n && memchr(parts[i].p, '\x1f', parts[i].n))
			return STR_EMPTY;
	return arena_printf(a, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s", STR_ARG(parts[0]), STR_ARG(parts[1]),
			    STR_ARG(parts[2]), STR_ARG(of->title));
}

/* Views of the text into *s; false where it is "". */
static inline bool origin_read(struct str text, struct statement *s)
{
	return str_split(&text, '\x1f', &s->outlet) && str_split(&text, '\x1f', &s->published_at) &&
	       str_split(&text, '\x1f', &s->article_url) && ((void)(s->article_title = text), true);
}

#endif
