/* Hash tables of 8,192 places for some 4,096 frames each, as SQLite has had them since 3.7.0. */
#include "db/sqlite/log_index.h"

#include <string.h>

enum {
	PART_BYTES = 32768,
	HEADER_BYTES = 48, /* twice, then what is copied back */
	START_BYTES = 136, /* of the first part, before its numbers of pages */
	FORMAT = 3007000,
	AT_IS_SET = 12,
	AT_FRAMES = 16,
	PAGES = 4096, /* a part, and fewer in the first: */
	FIRST_PAGES = (PART_BYTES / 2 - START_BYTES) / 4,
	PLACES = 8192,
	FACTOR = 383, /* of its hash */
};

static uint32_t number_at(const unsigned char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof v);
	return v;
}

static const unsigned char *part_of(sqlite3_file *file, int number)
{
	void volatile *p = NULL;
	if (file->pMethods->xShmMap(file, number, PART_BYTES, 0, &p))
		return NULL;
	return (const unsigned char *)p;
}

static bool is_known(const unsigned char *first)
{
	return number_at(first) == FORMAT && first[AT_IS_SET] &&
	       memcmp(first, first + HEADER_BYTES, HEADER_BYTES) == 0;
}

bool log_index_open(struct log_index *l, sqlite3_file *file)
{
	enum { XSHMMAP_SINCE = 2 };
	*l = (struct log_index){0};
	if (file->pMethods->iVersion < XSHMMAP_SINCE || !file->pMethods->xShmMap)
		return false;
	l->parts[0] = part_of(file, 0);
	if (!l->parts[0] || !is_known(l->parts[0]))
		return false;
	l->frames = number_at(l->parts[0] + AT_FRAMES);
	if (l->frames > FIRST_PAGES + (LOG_INDEX_PARTS - 1) * PAGES)
		return false;
	for (int i = 1; l->frames > FIRST_PAGES + (uint32_t)(i - 1) * PAGES; i++) {
		l->parts[i] = part_of(file, i);
		if (!l->parts[i])
			return false;
	}
	return true;
}

/* A place holds a frame's number in its part, from 1. */
static bool part_names(const unsigned char *part, const unsigned char *pages, uint32_t page)
{
	const unsigned char *places = part + PART_BYTES / 2;
	uint32_t at = page * FACTOR % PLACES;
	for (int tries = 0; tries < PLACES; tries++, at = (at + 1) % PLACES) {
		uint16_t frame;
		memcpy(&frame, places + 2 * (size_t)at, sizeof frame);
		if (frame == 0)
			return false;
		if (frame > PAGES || number_at(pages + 4 * (size_t)(frame - 1)) == page)
			return true;
	}
	return true;
}

bool log_index_names(const struct log_index *l, uint32_t page)
{
	if (l->frames == 0)
		return false;
	for (int i = 0; i < LOG_INDEX_PARTS && l->parts[i]; i++)
		if (part_names(l->parts[i], l->parts[i] + (i ? 0 : START_BYTES), page))
			return true;
	return false;
}
