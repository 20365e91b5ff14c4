/* The writer's connection and all the SQL that it runs, prepared once. Only the writer's thread
 * touches it (and whoever opens the store, before that thread starts). */
#ifndef DEMARCHE_DB_SQLITE_WRITE_CONNECTION_H
#define DEMARCHE_DB_SQLITE_WRITE_CONNECTION_H

#include "db/sqlite/sql.h"
#include "db/statement_block.h"

#define WRITER_STATEMENT_COLUMNS                                                                   \
	"id, speaker, target, addressee, facets, content, detail, traits, place, nearby, edit,"    \
	" changed, article, said_from, said_to, role, origin"

#define WRITER_EDIT_COLUMNS "id, action, batch, thing, undoes, text, subject, before, after"

/* Of one band, the newest: texts made of one form fill some bands with whatever number of articles.
 * One question for all bands: each would be one more to a server. */
#define NEAR_BAND(n)                                                                               \
	"SELECT article FROM (SELECT article FROM article_band WHERE band = ?" #n                  \
	" ORDER BY article DESC LIMIT 16)"
#define NEAR_BANDS_4(a, b, c, d)                                                                   \
	NEAR_BAND(a)                                                                               \
	" UNION ALL " NEAR_BAND(b) " UNION ALL " NEAR_BAND(c) " UNION ALL " NEAR_BAND(d)
#define NEAR_BANDS_12(a, b, c, d, e, f, g, h, i, j, k, l)                                          \
	NEAR_BANDS_4(a, b, c, d)                                                                   \
	" UNION ALL " NEAR_BANDS_4(e, f, g, h) " UNION ALL " NEAR_BANDS_4(i, j, k, l)
#define NEAR_BANDS                                                                                 \
	NEAR_BANDS_12(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)                                       \
	" UNION ALL " NEAR_BANDS_12(13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24)

#define WRITER_SQL(X)                                                                              \
	X(BEGIN, "BEGIN IMMEDIATE")                                                                \
	X(COMMIT, "COMMIT")                                                                        \
	X(ROLLBACK, "ROLLBACK")                                                                    \
	X(DATA_VERSION, "PRAGMA data_version")                                                     \
	X(STATE, "SELECT counter, articles, statements, actors, issues, knowledge, commits"        \
		 " FROM state WHERE id = 1")                                                       \
	X(SAVE_STATE,                                                                              \
	  "UPDATE state SET counter = ?1, articles = ?2, statements = ?3, actors = ?4,"            \
	  " issues = ?5, knowledge = ?6, commits = ?7 WHERE id = 1")                               \
	X(FIND_TEXT, "SELECT id, statement_count FROM article WHERE sha256 = ?1")                  \
	X(ADD_ARTICLE,                                                                             \
	  "INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet,"    \
	  " title, url, author, language, edition, changed, copy_of)"                              \
	  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")                      \
	X(ADD_TEXT, "INSERT INTO article_text(article, text) VALUES (?1, ?2)")                     \
	X(ADD_STATEMENT,                                                                           \
	  "INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from,"      \
	  " said_to, role, facets, content, detail, place, changed, nearby, edit, origin)"         \
	  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)")  \
	X(SET_STATEMENT,                                                                           \
	  "UPDATE statement SET article = ?2, speaker = ?3, target = ?4, addressee = ?5,"          \
	  " traits = ?6, said_from = ?7, said_to = ?8, role = ?9, facets = ?10, content = ?11,"    \
	  " detail = ?12, place = ?13, changed = ?14, nearby = ?15, edit = ?16, origin = ?17"      \
	  " WHERE id = ?1")                                                                        \
	X(SET_ORDINAL, "UPDATE statement SET place = ?2 WHERE id = ?1")                            \
	X(SET_AROUND, "UPDATE statement SET place = ?2, nearby = ?3, origin = ?4 WHERE id = ?1")   \
	X(DROP_STATEMENT, "DELETE FROM statement WHERE id = ?1")                                   \
	X(ADD_FACET,                                                                               \
	  "INSERT INTO facet(speaker, issue, statement, traits) VALUES (?1, ?2, ?3, ?4)")          \
	X(DROP_FACET, "DELETE FROM facet WHERE speaker = ?1 AND issue = ?2 AND statement = ?3")    \
	X(BLOCK_AT, "SELECT first, " BLOCK_COLUMN_NAMES " FROM statement_block WHERE first <= ?1"  \
		    " ORDER BY first DESC LIMIT 1")                                                \
	X(BLOCK_AFTER, "SELECT min(first) FROM statement_block WHERE first > ?1")                  \
	X(SAVE_BLOCK, "INSERT OR REPLACE INTO statement_block(first, " BLOCK_COLUMN_NAMES ")"      \
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")     \
	X(DROP_BLOCK, "DELETE FROM statement_block WHERE first = ?1")                              \
	X(OUTLET_OF, "SELECT outlet FROM article WHERE id = ?1")                                   \
	X(OUTLET_KEY, "SELECT key FROM outlet WHERE name = ?1")                                    \
	X(ADD_OUTLET, "INSERT INTO outlet(name) VALUES (?1)")                                      \
	X(ADD_FTS, "INSERT INTO statement_fts(rowid, content, facets, nearby, role)"               \
		   " VALUES (?1, ?2, ?3, ?4, ?5)")                                                 \
	X(DROP_FTS, "INSERT INTO statement_fts(statement_fts, rowid, content, facets, nearby,"     \
		    " role) VALUES ('delete', ?1, ?2, ?3, ?4, ?5)")                                \
	X(FIND_ACTOR, "SELECT key, is_known, is_edited, merged, edit FROM actor WHERE slug = ?1")  \
	X(ADD_ACTOR, "INSERT INTO actor(slug, name, kind, country, wikidata, is_known, is_edited," \
		     " statement_count, mention_count, changed)"                                   \
		     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, ?7)")                              \
	X(SET_ACTOR,                                                                               \
	  "UPDATE actor SET name = ?2, kind = ?3, country = ?4, wikidata = ?5, is_known = 1,"      \
	  " changed = ?6 WHERE key = ?1")                                                          \
	X(TOUCH_ACTOR, "UPDATE actor SET changed = ?2 WHERE key = ?1")                             \
	X(COUNT_ACTOR, "UPDATE actor SET statement_count = statement_count + ?2,"                  \
		       " mention_count = mention_count + ?3, changed = ?4 WHERE key = ?1")         \
	X(IS_UNUSED_ACTOR,                                                                         \
	  "SELECT 1 FROM actor WHERE key = ?1 AND mention_count = 0 AND is_known = 0"              \
	  " AND is_edited = 0 AND edit = 0 AND kind <> ?2"                                         \
	  " AND NOT EXISTS (SELECT 1 FROM actor m WHERE m.merged = ?1)")                           \
	X(DROP_ACTOR, "DELETE FROM actor WHERE key = ?1")                                          \
	X(ADD_ALIAS,                                                                               \
	  "INSERT OR IGNORE INTO actor_alias(folded, actor, alias) VALUES (?1, ?2, ?3)")           \
	X(FOLDED_OF, "SELECT folded FROM actor_alias WHERE actor = ?1")                            \
	X(DROP_ALIASES, "DELETE FROM actor_alias WHERE actor = ?1")                                \
	X(ADD_ROLE, "INSERT INTO role(actor, number, title, country, from_day, to_day)"            \
		    " VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                                            \
	X(DROP_ROLES, "DELETE FROM role WHERE actor = ?1")                                         \
	X(FIND_ISSUE,                                                                              \
	  "SELECT key, NOT is_open, is_edited, merged, edit FROM issue WHERE slug = ?1")           \
	X(ADD_ISSUE,                                                                               \
	  "INSERT INTO issue(slug, label, parent, cap_major, cap_sub, is_open, is_edited,"         \
	  " statement_count, changed, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8)")        \
	X(SET_ISSUE, "UPDATE issue SET label = ?2, parent = ?3, cap_major = ?4, cap_sub = ?5,"     \
		     " is_open = ?6, changed = ?7, kind = ?8 WHERE key = ?1")                      \
	X(COUNT_ISSUE, "UPDATE issue SET statement_count = statement_count + ?2,"                  \
		       " uncounted_count = uncounted_count + ?3, changed = ?4 WHERE key = ?1")     \
	X(IS_UNUSED_ISSUE,                                                                         \
	  "SELECT 1 FROM issue WHERE key = ?1 AND statement_count = 0"                             \
	  " AND uncounted_count = 0 AND is_open = 1 AND is_edited = 0"                             \
	  " AND edit = 0 AND NOT EXISTS (SELECT 1 FROM issue m WHERE m.merged = ?1)")              \
	X(DROP_ISSUE, "DELETE FROM issue WHERE key = ?1")                                          \
	X(COUNT_TALLY,                                                                             \
	  "INSERT INTO tally(key, statements) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE"         \
	  " SET statements = statements + ?2")                                                     \
	X(DROP_TALLY, "DELETE FROM tally WHERE key = ?1 AND statements = 0")                       \
	X(EDIT_ISSUE, "UPDATE issue SET is_edited = ?2, changed = ?3 WHERE key = ?1")              \
	X(ISSUE_PARENT, "SELECT parent, is_open FROM issue WHERE slug = ?1")                       \
	X(HAS_CHILD, "SELECT slug FROM issue WHERE parent = ?1 AND parent <> '' LIMIT 1")          \
	X(SAVE_EDIT, "INSERT OR REPLACE INTO issue_edit(issue, terms) VALUES (?1, ?2)")            \
	X(DROP_EDIT, "DELETE FROM issue_edit WHERE issue = ?1")                                    \
	X(ADD_TERM, "INSERT OR IGNORE INTO issue_term(folded, issue, term) VALUES (?1, ?2, ?3)")   \
	X(DROP_TERMS, "DELETE FROM issue_term WHERE issue = ?1")                                   \
	X(EDITION_OF, "SELECT edition, statement_count FROM article WHERE id = ?1")                \
	X(STATEMENTS_OF, "SELECT " WRITER_STATEMENT_COLUMNS " FROM statement WHERE article = ?1")  \
	X(STATEMENT_OF, "SELECT " WRITER_STATEMENT_COLUMNS " FROM statement WHERE id = ?1")        \
	X(STATEMENT_BY_EDIT,                                                                       \
	  "SELECT " WRITER_STATEMENT_COLUMNS " FROM statement WHERE edit = ?1 AND edit > 0")       \
	X(SHIFT_ORDINALS,                                                                          \
	  "UPDATE statement SET place = place + 1 WHERE article = ?1 AND place >= ?2")             \
	X(DROP_STATEMENTS, "DELETE FROM statement WHERE article = ?1")                             \
	X(TEXT_OF, "SELECT a.title, t.text, a.sha256, a.edition, a.copy_of, a.outlet,"             \
		   " a.published_at, a.url FROM article a"                                         \
		   " CROSS JOIN article_text t ON t.article = a.id WHERE a.id = ?1")               \
	X(NEAR_ARTICLES, NEAR_BANDS)                                                               \
	X(ADD_BAND, "INSERT INTO article_band(band, article) VALUES (?1, ?2)")                     \
	X(DROP_BAND, "DELETE FROM article_band WHERE band = ?1 AND article = ?2")                  \
	X(SIGNATURE_OF, "SELECT signature FROM article_signature WHERE article = ?1")              \
	X(ADD_SIGNATURE, "INSERT INTO article_signature(article, signature) VALUES (?1, ?2)")      \
	X(DROP_SIGNATURE, "DELETE FROM article_signature WHERE article = ?1")                      \
	X(COPY_OF, "SELECT copy_of FROM article WHERE id = ?1")                                    \
	X(SET_COPY_OF, "UPDATE article SET copy_of = ?2, changed = ?3 WHERE id = ?1")              \
	X(NEXT_COPY,                                                                               \
	  "SELECT min(id) FROM article WHERE copy_of = ?1 AND copy_of > 0 HAVING min(id) > 0")     \
	X(JOIN_COPIES,                                                                             \
	  "UPDATE article SET copy_of = ?2, changed = ?3 WHERE copy_of = ?1 AND copy_of > 0")      \
	X(HAS_SOURCE,                                                                              \
	  "SELECT 1 FROM article WHERE id = ?1 AND (outlet = ?2 AND url = ?3 OR EXISTS"            \
	  " (SELECT 1 FROM article_source WHERE article = ?1 AND outlet = ?2 AND url = ?3)"        \
	  " OR (SELECT count(*) FROM article_source WHERE article = ?1) >= ?4)")                   \
	X(ADD_SOURCE, "INSERT INTO article_source(article, outlet, url, title, published_at,"      \
		      " received_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")                             \
	X(DROP_SOURCES, "DELETE FROM article_source WHERE article = ?1")                           \
	X(TOUCH_ARTICLE, "UPDATE article SET changed = ?2 WHERE id = ?1")                          \
	X(DROP_TEXT, "DELETE FROM article_text WHERE article = ?1")                                \
	X(DROP_ARTICLE, "DELETE FROM article WHERE id = ?1")                                       \
	X(SET_EDITION, "UPDATE article SET edition = ?2 WHERE id = ?1")                            \
	X(CHANGE_ARTICLE, "UPDATE article SET edition = ?2, statement_count = ?3, changed = ?4"    \
			  " WHERE id = ?1")                                                        \
	X(COUNT_ARTICLE, "UPDATE article SET statement_count = statement_count + ?2, changed = ?3" \
			 " WHERE id = ?1")                                                         \
	X(ADD_EDIT, "INSERT INTO edit(id, made_ms, who, action, batch, thing, undoes, text, "      \
		    "subject, before,"                                                             \
		    " after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")               \
	X(EDIT, "SELECT " WRITER_EDIT_COLUMNS " FROM edit WHERE id = ?1")                          \
	X(EDITS_OF_TEXT, "SELECT " WRITER_EDIT_COLUMNS                                             \
			 " FROM edit WHERE text = ?1 AND text IS NOT NULL ORDER BY thing, id")     \
	X(EDITS_OF_THING, "SELECT id, undoes FROM edit WHERE thing = ?1 ORDER BY id DESC")         \
	X(EDITS_OF_BATCH, "SELECT id FROM edit WHERE batch = ?1 ORDER BY id DESC")                 \
	X(DROP_EDITS, "DELETE FROM edit WHERE text = ?1 AND text IS NOT NULL")                     \
	X(ARTICLE_BY_TEXT, "SELECT id FROM article WHERE sha256 = ?1")                             \
	X(EDIT_ACTOR, "UPDATE actor SET name = ?2, kind = ?3, country = ?4, wikidata = ?5,"        \
		      " is_edited = ?6, edit = ?7, changed = ?8 WHERE key = ?1")                   \
	X(ACTOR_OF, "SELECT slug, name, kind, country, wikidata, mention_count, is_known,"         \
		    " merged, edit FROM actor WHERE key = ?1")                                     \
	X(ALIASES_OF, "SELECT alias FROM actor_alias WHERE actor = ?1 ORDER BY folded")            \
	X(ROLES_OF,                                                                                \
	  "SELECT title, country, from_day, to_day FROM role WHERE actor = ?1 ORDER BY number")    \
	X(MERGE_ACTOR, "UPDATE actor SET merged = ?2, edit = ?3, changed = ?4 WHERE key = ?1")     \
	X(ACTORS_MERGED, "SELECT key FROM actor WHERE merged = ?1")                                \
	X(ISSUES_MERGED, "SELECT key FROM issue WHERE merged = ?1")                                \
	X(MERGE_ISSUE, "UPDATE issue SET merged = ?2, edit = ?3, changed = ?4 WHERE key = ?1")     \
	X(ISSUE_OF, "SELECT slug, label, merged, edit FROM issue WHERE key = ?1")                  \
	X(STALE_BY_SPEAKER,                                                                        \
	  "UPDATE article SET edition = -1 WHERE edition = ?2 AND id IN (SELECT s.article"         \
	  " FROM facet f CROSS JOIN statement s ON s.id = f.statement"                             \
	  " WHERE f.speaker = ?1 * 2 AND f.issue = 0)")                                            \
	X(STALE_BY_TARGET, "UPDATE article SET edition = -1 WHERE edition = ?2 AND id IN"          \
			   " (SELECT article FROM statement WHERE target = ?1)")                   \
	X(STALE_BY_ADDRESSEE, "UPDATE article SET edition = -1 WHERE edition = ?2 AND id IN"       \
			      " (SELECT article FROM statement WHERE addressee = ?1)")             \
	X(STALE_BY_ISSUE,                                                                          \
	  "UPDATE article SET edition = -1 WHERE edition = ?2 AND id IN (SELECT s.article"         \
	  " FROM facet f CROSS JOIN statement s ON s.id = f.statement"                             \
	  " WHERE f.speaker = 0 AND f.issue = ?1)")                                                \
	X(COUNT_READ_KEYS, "SELECT count(*) FROM read_key WHERE who = ?1 AND revoked_ms = 0")      \
	X(ADD_READ_KEY, "INSERT INTO read_key(digest, name, who, sites, made_ms)"                  \
			" VALUES (?1, ?2, ?3, ?4, ?5)")                                            \
	X(READ_KEY, "SELECT who, revoked_ms FROM read_key WHERE id = ?1")                          \
	X(REVOKE_READ_KEY, "UPDATE read_key SET revoked_ms = ?2, revoked_by = ?3 WHERE id = ?1")   \
	X(REREAD, "SELECT edition, stale, done, changed, failed, started_ms, finished_ms"          \
		  " FROM reread WHERE id = 1")                                                     \
	X(SAVE_REREAD,                                                                             \
	  "UPDATE reread SET edition = ?1, stale = ?2, done = ?3, changed = ?4, failed = ?5,"      \
	  " started_ms = ?6, finished_ms = ?7 WHERE id = 1")                                       \
	X(ENGINE, "SELECT engine FROM reread WHERE id = 1")                                        \
	X(SAVE_ENGINE, "UPDATE reread SET engine = ?1 WHERE id = 1")

enum writer_sql {
#define X(name, text) W_##name,
	WRITER_SQL(X)
#undef X
		W_COUNT
};

struct write_connection {
	sqlite3 *db;
	sqlite3_stmt *st[W_COUNT];
	int wal_frames; /* in the write-ahead log after the last commit */
};

/* Opens the file that is there, brings it up to the newest schema, starts the write-ahead log. 0,
 * or -1 with *e, after which it is to be closed all the same. */
int write_connection_open(struct write_connection *c, const char *path, int cache_mb,
			  struct err *e) MUST_CHECK;
void write_connection_close(struct write_connection *c);

#endif
