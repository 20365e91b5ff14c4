/* The paragraphs of a page that are its article: no navigation, captions, teasers or lines about
 * cookies. */
#ifndef DEMARCHE_API_FORMAT_WEBPAGE_BODY_H
#define DEMARCHE_API_FORMAT_WEBPAGE_BODY_H

#include "api/format/webpage_tree.h"

/* The body of a page that is closed, its paragraphs parted by an empty line; "" when it has none; p
 * is NULL when the arena is full. `is_fragment`: all of it is the article, as in a feed, so that no
 * part of it has to be chosen. */
struct str webpage_body(struct webpage *p, bool is_fragment);
/* All of its text, the blocks parted by a line's end. */
struct str webpage_all(const struct webpage *p);

#endif
