/* A file as one article. */
#ifndef DEMARCHE_CLI_ARTICLE_INPUT_H
#define DEMARCHE_CLI_ARTICLE_INPUT_H

#include "base/arena.h"
#include "base/model.h"
#include "cli/options.h"

/* Do the bytes start as a page in HTML does? */
bool article_input_is_page(struct str bytes);
/* A file's bytes as the one article that they are, by what they start with: a JSON object, a page
 * (api/format/webpage.h) in any charset, or a text, which is checked to be UTF-8 and gets the title
 * and date of the options. A byte order mark is no part of it. What is JSON, by its start or by the
 * name of the file, is never read as a text: a list, or articles on a line each, is refused with a
 * word on how to give them. Lives in `a` and `bytes`. */
int article_input_decode(struct str bytes, const char *path, const struct options *o,
			 struct arena *a, struct article *out, struct err *e) MUST_CHECK;

#endif
