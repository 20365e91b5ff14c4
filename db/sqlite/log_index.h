/* Which pages of the file the log beside it may have newer ones of, as the log's index in shared
 * memory says (sqlite.org/walformat.html, "WAL-Index Format"). A page that it does not name stands
 * in the file as every snapshot that holds now has it: what a snapshot reads from the log stays in
 * the index as long as the snapshot lasts, and nothing newer is copied back meanwhile. One thread
 * at a time. */
#ifndef DEMARCHE_DB_SQLITE_LOG_INDEX_H
#define DEMARCHE_DB_SQLITE_LOG_INDEX_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum { LOG_INDEX_PARTS = 8 };

struct log_index {
	uint32_t frames; /* so many pages are in the log */
	const unsigned char *parts[LOG_INDEX_PARTS];
};

/* Of the connection whose file it is, within a snapshot, of a database with a log. False where the
 * index is not as this program knows it, or names more pages than it looks at. */
bool log_index_open(struct log_index *l, sqlite3_file *file);
bool log_index_names(const struct log_index *l, uint32_t page);

#endif
