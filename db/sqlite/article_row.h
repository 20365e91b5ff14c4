/* Rows of articles. */
#ifndef DEMARCHE_DB_SQLITE_ARTICLE_ROW_H
#define DEMARCHE_DB_SQLITE_ARTICLE_ROW_H

#include "db/sqlite/reader.h"

/* Of ARTICLE_COLUMNS and the digest. 0, or -1 with *e. */
int article_read_row(sqlite3_stmt *st, struct arena *a, struct article *out,
		     struct err *e) MUST_CHECK;
/* By its id: R_ARTICLE with its text, R_ARTICLE_ROW without. 0, or -1 with *e. */
int article_fetch(struct reader *r, enum reader_sql which, int64_t id, struct arena *a,
		  struct article *out, struct err *e) MUST_CHECK;
/* What these leave out: the sources of out->id. 0, or -1 with *e. */
int article_read_sources(struct reader *r, struct arena *a, struct article *out,
			 struct err *e) MUST_CHECK;

#endif
