/* What a page tells of itself: title, date, author, outlet, language, address. Several places tell
 * it; data/pages.tsv ranks them, and what an article could not have is passed over. */
#ifndef DEMARCHE_API_FORMAT_WEBPAGE_META_H
#define DEMARCHE_API_FORMAT_WEBPAGE_META_H

#include "api/format/article_field.h"
#include "api/format/webpage_words.h"

/* What the text of an element is read for, besides the body. */
enum webpage_capture { CAPTURE_NONE, CAPTURE_FIELD, CAPTURE_TITLE, CAPTURE_JSON };

struct webpage_meta {
	struct article found;
	int ranks[ARTICLE_FIELD_COUNT]; /* of what was found; 0: nothing */
	struct str page_title;		/* of <title>, which often ends in the outlet */
	struct str body;		/* articleBody of JSON-LD, or "" */
};

/* An offer of a value, by the name of a table's row ("meta" or "json") or as a field. It is
 * trimmed, normalized, and taken if it is valid and its rank lower than that of what is there. All
 * that lives, lives in `a`; a full arena offers nothing. */
void webpage_meta_offer(struct webpage_meta *m, const struct webpage_words *w, struct str table,
			struct str name, struct str value, struct arena *a);
void webpage_meta_offer_field(struct webpage_meta *m, enum article_field f, int rank,
			      struct str value, struct arena *a);
/* The rank and field that a table gives to a name; false without. */
bool webpage_meta_find(const struct webpage_words *w, struct str table, struct str name,
		       enum article_field *f, int *rank);
/* A script of JSON-LD: the first Article of schema.org in it. Anything else is ignored. */
void webpage_meta_json(struct webpage_meta *m, const struct webpage_words *w, struct str json,
		       struct arena *a);
/* Takes <title> where nothing better told one, without the outlet at its end. */
void webpage_meta_end(struct webpage_meta *m, struct arena *a);
/* Gives an article what it lacks. */
void webpage_meta_fill(const struct webpage_meta *m, struct article *out);

#endif
