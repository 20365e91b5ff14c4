/* A feed of statements as JSON Feed, version 1.1 (https://jsonfeed.org/version/1.1). */
#ifndef DEMARCHE_API_FORMAT_JSON_FEED_H
#define DEMARCHE_API_FORMAT_JSON_FEED_H

#include "api/format/json_write.h"
#include "base/arena.h"
#include "db/feed.h"

struct json_feed {
	struct str title;
	struct str since; /* where the next question goes on */
};

/* 0, or -1 with *e when the arena is full. */
int json_feed_write(struct jw *j, const struct json_feed *about, const struct feed *feed,
		    struct arena *a, struct err *e) MUST_CHECK;

#endif
