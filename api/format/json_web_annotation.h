/* Statements of an article as a collection of the W3C's Web Annotation Data Model
 * (https://www.w3.org/TR/annotation-model/): JSON-LD that annotation tools read. */
#ifndef DEMARCHE_API_FORMAT_JSON_WEB_ANNOTATION_H
#define DEMARCHE_API_FORMAT_JSON_WEB_ANNOTATION_H

#include "api/format/json_write.h"
#include "base/arena.h"
#include "base/model.h"

#define WEB_ANNOTATION_CONTEXT "http://www.w3.org/ns/anno.jsonld"
#define WEB_ANNOTATION_TYPE    "application/ld+json; profile=\"" WEB_ANNOTATION_CONTEXT "\""

/* Code points of the text on either side of a quotation. */
enum { WEB_ANNOTATION_REACH = 32 };

struct web_annotations {
	const struct article *article; /* with its text */
	const struct statement *v;     /* in the order of the text */
	size_t n;
	struct str self;	 /* the link to the collection, relative to where it is read */
	struct str path_to_root; /* from there to what links begin with */
	struct arena *a;
};

/* 0, or -1 with *e when the arena is full. */
int web_annotations_write(struct jw *j, const struct web_annotations *what,
			  struct err *e) MUST_CHECK;

#endif
