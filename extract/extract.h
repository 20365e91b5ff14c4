/* The engine: the text of an article in, its statements out. Pure: no HTTP, no SQL, no JSON, no I/O
 * after it is open. */
#ifndef DEMARCHE_EXTRACT_EXTRACT_H
#define DEMARCHE_EXTRACT_EXTRACT_H

#include "base/arena.h"
#include "base/model.h"
#include "extract/explanation.h"

struct engine;

/* Reads the lexicons, gazetteers and models of data/, which are embedded in the program. NULL with
 * *e set when one is damaged (the message names table and line, or the model). Immutable once open:
 * any number of threads may extract with one engine. */
struct engine *engine_open(struct err *e) MUST_CHECK;
void engine_close(struct engine *en); /* NULL is allowed */

/* Work and memory of one article. a->budget (base/budget.h), where it is set, bounds the work
 * below: tokens are counted as they are found, so that a text of too many costs no more than
 * reading so far; time and interest are asked for every few milliseconds, under any text known to
 * be hostile within 50. What gives out is an error: ERR_TOO_LARGE (tokens, or the arena's own
 * bound), ERR_COSTLY (time), ERR_BUSY (cancelled, or others hold the memory). Then *out is empty
 * and nothing that was passed in has changed. Without a budget the arena alone bounds the work.
 *
 * Memory grows with the text: news takes up to 90 bytes of arena a byte of text, the worst text
 * known 180 (short sentences of which each makes a statement; brackets alone take 138), and 4 MB
 * more while it is parsed. */

/* Why no statement is looked for in an article, and its name in answers. */
#define UNREADS(X)                                                                                 \
	X(NO, "")                                                                                  \
	X(LANGUAGE_GIVEN,                                                                          \
	  "language_given") /* the tag given names another language than English */                \
	X(LANGUAGE_FOUND, "language_found") /* the text's own words are not English */

enum unread {
#define X(name, word) UNREAD_##name,
	UNREADS(X)
#undef X
};

/* Either is enough: a tag that is not "en" or "en-..." is believed, and one that is, or none, is
 * not, where the text tells otherwise (extract/text/language.h). Pure; any thread. */
enum unread engine_unread(const struct article *article);
const char *unread_name(enum unread why);

/* Finds the statements of one article. Reads article->text (well-formed UTF-8), ->title,
 * ->published_at, ->outlet and ->language; an article that is not read (engine_unread) gives no
 * statements. Everything in *out lives in `a` or in the engine.
 * Statement ids are 0, statuses STATUS_MACHINE. Returns 0, or -1 with *e set: ERR_INPUT when the
 * text is not UTF-8, else as said above. */
int engine_extract(const struct engine *en, const struct article *article, struct arena *a,
		   struct extraction *out, struct err *e) MUST_CHECK;

/* The same, and besides its statements all that the engine sees in the article: sentences, mentions
 * of actors, times. */
int engine_annotate(const struct engine *en, const struct article *article, struct arena *a,
		    struct annotation *out, struct err *e) MUST_CHECK;

/* The sentences of a text (well-formed UTF-8), in order, each from its first to its last token. 0,
 * or -1 with *e set as above. */
int engine_sentences(const struct engine *en, struct str text, struct arena *a, struct spans *out,
		     struct err *e) MUST_CHECK;

/* The topic of a headline (well-formed UTF-8), by its words and what the table of issues finds. 0,
 * or -1 with *e set as above. */
int engine_topic(const struct engine *en, struct str headline, struct arena *a, struct topic *out,
		 struct err *e) MUST_CHECK;

/* The engine's table of issues with further ones: an extra one stands in for the table's of the
 * same id. Immutable, any thread; the engine must outlive it. NULL with *e: ERR_TOO_LARGE. */
struct issue_table;
struct issue_table *engine_issues_open(const struct engine *en, const struct issue *extra, size_t n,
				       struct err *e) MUST_CHECK;
void engine_issues_close(struct issue_table *issues); /* NULL is allowed */

/* The engine's actors with those that persons gave, which stand in for the tables' of the same id
 * (extract/entity/taught.h says by which names they are found). The last n_yielding are the same as
 * others. Immutable, any thread; engine and actors must outlive it. NULL with *e: ERR_TOO_LARGE. */
struct actor_table;
struct actor_table *engine_actors_open(const struct engine *en, const struct actor *v, size_t n,
				       size_t n_yielding, struct err *e) MUST_CHECK;
void engine_actors_close(struct actor_table *actors); /* NULL is allowed */

/* Instead of the engine's own; NULL: its own. What is found points into them, too. */
struct engine_tables {
	const struct issue_table *issues;
	const struct actor_table *actors;
};

/* engine_extract with other tables. */
int engine_extract_on(const struct engine *en, struct engine_tables tables,
		      const struct article *article, struct arena *a, struct extraction *out,
		      struct err *e) MUST_CHECK;

/* Why the engine finds each statement of an article, or the statement nearest to `only` (its spans
 * and speaker are looked at; NULL: all). Nothing is found where the engine finds no statement that
 * overlaps with it. Lives in `a` as above. */
int engine_explain(const struct engine *en, const struct article *article,
		   const struct statement *only, struct arena *a, struct explanations *out,
		   struct err *e) MUST_CHECK;

/* engine_explain with other tables. */
int engine_explain_on(const struct engine *en, struct engine_tables tables,
		      const struct article *article, const struct statement *only, struct arena *a,
		      struct explanations *out, struct err *e) MUST_CHECK;

/* The actors and issues of the tables; lives as long as the engine. */
struct knowledge engine_knowledge(const struct engine *en);

#endif
