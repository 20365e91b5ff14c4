/* All names that somebody may be typing, of actors and of known issues, by the letters that their
 * words begin with: what is typed begins a word or, with a slip, shares its first letter. A reader
 * makes it of its snapshot, and keeps it as long as its snapshots are of one version. One thread at
 * a time, as the reader it belongs to. */
#ifndef DEMARCHE_DB_SQLITE_NAME_INDEX_H
#define DEMARCHE_DB_SQLITE_NAME_INDEX_H

#include "base/arena.h"
#include "db/sqlite/sql.h"
#include "db/suggestion.h"

struct indexed_name {
	struct str folded;
	int64_t key;
	enum suggested what;
};

struct name_index;

/* Is there one of the version, be it that the names were too many? Never of version 0. */
bool name_index_is_of(const struct name_index *x, uint64_t version);
/* Takes the rows (folded, key) of the two statements in the place of *x, NULL for none. Of more
 * than 4 MB of names none is kept. 0, or -1 with *e and *x NULL. */
int name_index_make(struct name_index **x, uint64_t version, sqlite3_stmt *aliases,
		    sqlite3_stmt *terms, struct err *e) MUST_CHECK;
void name_index_free(struct name_index *x);

/* The names that `typed` (folded) meets, of the kinds (1u << enum suggested), by how they meet it:
 * those of each meeting behind those of the one before, from[m] to before from[m + 1]. Views of the
 * index. 1, 0 where no names are kept, or -1 with *e. */
struct met_names {
	struct indexed_name *v;
	size_t from[MEETING_COUNT + 1];
};
int name_index_meet(const struct name_index *x, struct str typed, uint32_t what, struct arena *a,
		    struct met_names *out, struct err *e) MUST_CHECK;

#endif
