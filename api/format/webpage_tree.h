/* A page as what is needed of it: its elements, its blocks of text, what it says of itself. Built
 * from events, of HTML (html.h) or of XHTML within a feed, so that no library's tree is held. One
 * thread at a time; everything lives in the page's arena. */
#ifndef DEMARCHE_API_FORMAT_WEBPAGE_TREE_H
#define DEMARCHE_API_FORMAT_WEBPAGE_TREE_H

#include "api/format/webpage_meta.h"

enum {
	PAGE_DEPTH_MAX = 512,	    /* real pages stay under 100; unclosed elements add up */
	PAGE_ELEMENTS_MAX = 200000, /* the largest news pages have some 10,000 */
};

enum webpage_flag {
	PAGE_SILENT = 1,  /* its text is read by nobody */
	PAGE_AWAY = 2,	  /* by its element or role, it is not of the body */
	PAGE_DROPPED = 4, /* by its classes */
	PAGE_LINK = 8,
	PAGE_INHERITED = PAGE_SILENT | PAGE_AWAY | PAGE_DROPPED | PAGE_LINK,
	PAGE_BLOCK = 16,
	PAGE_HEADING = 32,
	PAGE_ITEM = 64,	 /* a block that is often short */
	PAGE_KEEP = 128, /* likely holds the body */
	PAGE_BODY = 256, /* said to be the body: itemprop="articleBody" */
};

struct webpage_element {
	struct webpage_element *parent; /* NULL: outside of all elements */
	struct str name;		/* in the library's memory: only while it is open */
	unsigned flags;
	enum webpage_capture capture; /* what its text, from `from` on, is read for */
	enum article_field field;     /* of CAPTURE_FIELD */
	int rank;
	size_t from;
	size_t points, links; /* of the text in it, and of that in links */
	float score;	      /* webpage_body's */
};

/* A paragraph, mostly: text that no block element parts. */
struct webpage_block {
	size_t from, to;      /* in page.text */
	size_t points, links; /* code points, and of those in links */
	unsigned flags;
	struct webpage_element *in; /* the nearest block element */
};

struct webpage {
	struct arena *arena;
	struct webpage_words words;
	struct webpage_meta meta;
	char *text;
	size_t n, cap;
	struct webpage_block *blocks;
	size_t n_blocks, cap_blocks;
	struct webpage_element root, *top;
	int depth;
	size_t n_elements;
	/* Of the block that is open. */
	struct webpage_element *block_in;
	size_t block_from, block_links;
	int breaks;	/* <br> since the last text */
	bool has_space; /* white space since the last text */
	struct err err; /* once set, what comes is ignored */
};

/* For HTML of at most `max` bytes. 0, or -1 with *e. */
int webpage_init(struct webpage *p, size_t max, struct arena *a, struct err *e) MUST_CHECK;
/* The events. `attributes` is a list of names and values that ends in NULL, or NULL; a value may be
 * NULL. */
void webpage_start(struct webpage *p, const char *name, const char *const *attributes);
void webpage_end(struct webpage *p);
void webpage_text(struct webpage *p, struct str s);
/* After the last event. */
void webpage_close(struct webpage *p);

#endif
