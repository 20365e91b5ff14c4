/* Keys that read feeds and frames and nothing else, for feed readers and pages of others, which
 * send no token; a part of the store's contract. Of a key its digest alone is kept. A key that was
 * revoked stays in the list: who gave what to others, and when that ended. */
#ifndef DEMARCHE_DB_READ_KEY_H
#define DEMARCHE_DB_READ_KEY_H

#include "db/store.h"

enum {
	READ_KEY_NAME_MAX = 200,   /* code points */
	READ_KEY_SITES_MAX = 2000, /* bytes */
	READ_KEYS_MAX = 500,	   /* in force at once, of one who makes them */
};

struct read_key {
	int64_t id;	 /* rises with time */
	struct str name; /* what it is for */
	struct str who;	 /* whose token it was made with */
	/* Origins that may show a frame read with it, parted by spaces; "" for any. */
	struct str sites;
	int64_t made_ms;
	int64_t revoked_ms; /* 0: in force */
	struct str revoked_by;
};

/* Submitted by its `write`, whose op is WRITE_READ_KEY. In write.err: ERR_CONFLICT (too many; it is
 * revoked already), ERR_NOT_FOUND (there is none, or none that this one may revoke). */
struct read_key_write {
	struct write write; /* first */
	struct str who;	    /* who makes or revokes it */
	int64_t revokes;    /* a key's id; 0: one is made */
	bool of_anyone;	    /* revokes what another one made, too */
	/* Of one that is made: */
	struct str name, sites;
	unsigned char digest[DIGEST_BYTES];
	int64_t id; /* out */
};

struct read_key_query {
	struct str who; /* who made them, "" for all */
	int limit;
	int64_t after; /* 0 for the first page */
};

struct read_key_list {
	struct read_key *v;
	size_t n;
};

/* Newest first; *next is the `after` of the next page, 0 on the last. 0, or -1 with *e. */
int store_read_keys(struct reader *r, const struct read_key_query *q, struct arena *a,
		    struct read_key_list *out, int64_t *next, struct err *e) MUST_CHECK;
/* The key that has this digest, revoked or not; id 0 where none has. 0, or -1 with *e. */
int store_read_key(struct reader *r, const unsigned char digest[DIGEST_BYTES], struct arena *a,
		   struct read_key *out, struct err *e) MUST_CHECK;

#endif
