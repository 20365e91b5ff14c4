/* A feed of statements as Atom (RFC 4287). */
#ifndef DEMARCHE_API_FORMAT_ATOM_H
#define DEMARCHE_API_FORMAT_ATOM_H

#include "base/arena.h"
#include "base/buf.h"
#include "db/feed.h"

struct atom_feed {
	struct str title;
	struct str self;	 /* the link of the feed, relative to where it is read */
	struct str path_to_root; /* from there to what links begin with */
	uint64_t hash;		 /* tells feeds of different questions apart */
	int64_t now_ms;
};

void atom_write(struct buf *out, const struct atom_feed *about, const struct feed *feed);

#endif
