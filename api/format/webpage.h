/* An article as the HTML of its page. Read by libxml2's parser alone: nothing is fetched, no DTD is
 * read, no entity but HTML's characters is known, and scripts are data. */
#ifndef DEMARCHE_API_FORMAT_WEBPAGE_H
#define DEMARCHE_API_FORMAT_WEBPAGE_H

#include "base/arena.h"
#include "base/model.h"

/* Makes out->text of the body's paragraphs, and what *out lacks (title, url, outlet, author,
 * published_at, language) of what the page tells of itself (webpage_meta.h). `html` is well-formed
 * UTF-8, whatever it says of its encoding. Lives in `a`. 0, or -1 with *e: ERR_VALUE (nested too
 * deep), ERR_COSTLY (too many elements, or the budget's time), ERR_NO_BODY, or what
 * budget_fail says. Any thread. */
int webpage_read(struct str html, struct arena *a, struct article *out, struct err *e) MUST_CHECK;
/* A piece of HTML, as feeds have it: the paragraphs of an article's body and no more, "" where
 * there is no text in it; or all of its text, as of a title. *text lives in `a`. */
enum webpage_part { WEBPAGE_BODY, WEBPAGE_ALL };
int webpage_read_fragment(struct str html, enum webpage_part part, struct arena *a,
			  struct str *text, struct err *e) MUST_CHECK;

#endif
