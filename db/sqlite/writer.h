/* The writer's side: its connection, its statements of SQL, what it remembers, and one group of
 * writes in one transaction. Only the writer's thread touches these (and store_open before that
 * thread starts). */
#ifndef DEMARCHE_DB_SQLITE_WRITER_H
#define DEMARCHE_DB_SQLITE_WRITER_H

#include "base/buf.h"
#include "db/sqlite/sql.h"
#include "db/store.h"

#define WRITER_SQL(X)                                                                              \
	X(BEGIN, "BEGIN IMMEDIATE")                                                                \
	X(COMMIT, "COMMIT")                                                                        \
	X(ROLLBACK, "ROLLBACK")                                                                    \
	X(STATE, "SELECT counter, articles, statements, actors, issues, knowledge, commits FROM "  \
		 "state WHERE id = 1")                                                             \
	X(SAVE_STATE, "UPDATE state SET counter = ?1, articles = ?2, statements = ?3, actors = "   \
		      "?4, issues = ?5, knowledge = "                                              \
		      "?6, commits = ?7 WHERE id = 1")                                             \
	X(FIND_TEXT, "SELECT id, statement_count FROM article WHERE sha256 = ?1")                  \
	X(ADD_ARTICLE,                                                                             \
	  "INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, "   \
	  "title, url, author, language,"                                                          \
	  " edition, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)")         \
	X(ADD_TEXT, "INSERT INTO article_text(article, text) VALUES (?1, ?2)")                     \
	X(ADD_STATEMENT, "INSERT INTO statement(id, article, speaker, target, addressee, traits, " \
			 "said_from, said_to, role, "                                              \
			 "facets, content, detail, place, changed)"                                \
			 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)")  \
	X(SET_STATEMENT, "UPDATE statement SET article = ?2, speaker = ?3, target = ?4, "          \
			 "addressee = ?5, traits = ?6, "                                           \
			 "said_from = ?7, said_to = ?8, role = ?9, facets = ?10, content = ?11, "  \
			 "detail = ?12, place = ?13, "                                             \
			 "changed = ?14 WHERE id = ?1")                                            \
	X(SET_PLACE, "UPDATE statement SET place = ?2 WHERE id = ?1")                              \
	X(DROP_STATEMENT, "DELETE FROM statement WHERE id = ?1")                                   \
	X(ADD_FACET,                                                                               \
	  "INSERT INTO facet(speaker, issue, statement, traits) VALUES (?1, ?2, ?3, ?4)")          \
	X(DROP_FACET, "DELETE FROM facet WHERE speaker = ?1 AND issue = ?2 AND statement = ?3")    \
	X(ADD_FTS, "INSERT INTO statement_fts(rowid, content, facets) VALUES (?1, ?2, ?3)")        \
	X(DROP_FTS, "INSERT INTO statement_fts(statement_fts, rowid, content, facets) VALUES "     \
		    "('delete', ?1, ?2, ?3)")                                                      \
	X(FIND_ACTOR, "SELECT key, is_known, is_edited FROM actor WHERE slug = ?1")                \
	X(ADD_ACTOR, "INSERT INTO actor(slug, name, kind, country, wikidata, is_known, "           \
		     "is_edited, statement_count, "                                                \
		     "mention_count, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0, ?7)")       \
	X(SET_ACTOR, "UPDATE actor SET name = ?2, kind = ?3, country = ?4, wikidata = ?5, "        \
		     "is_known = 1, changed = ?6 WHERE key = ?1")                                  \
	X(TOUCH_ACTOR, "UPDATE actor SET changed = ?2 WHERE key = ?1")                             \
	X(COUNT_ACTOR, "UPDATE actor SET statement_count = statement_count + ?2, mention_count = " \
		       "mention_count + ?3, "                                                      \
		       "changed = ?4 WHERE key = ?1")                                              \
	X(IS_FORGOTTEN_ACTOR, "SELECT 1 FROM actor WHERE key = ?1 AND mention_count = 0 AND "      \
			      "is_known = 0 AND is_edited = 0 AND kind <> ?2")                     \
	X(DROP_ACTOR, "DELETE FROM actor WHERE key = ?1")                                          \
	X(ADD_ALIAS,                                                                               \
	  "INSERT OR IGNORE INTO actor_alias(folded, actor, alias) VALUES (?1, ?2, ?3)")           \
	X(COUNT_ALIASES, "SELECT count(*) FROM actor_alias WHERE actor = ?1")                      \
	X(DROP_ALIASES, "DELETE FROM actor_alias WHERE actor = ?1")                                \
	X(ADD_ROLE, "INSERT INTO role(actor, number, title, country, from_day, to_day) VALUES "    \
		    "(?1, ?2, ?3, ?4, ?5, ?6)")                                                    \
	X(DROP_ROLES, "DELETE FROM role WHERE actor = ?1")                                         \
	X(FIND_ISSUE, "SELECT key, NOT is_open, is_edited FROM issue WHERE slug = ?1")             \
	X(ADD_ISSUE, "INSERT INTO issue(slug, label, parent, cap_major, cap_sub, is_open, "        \
		     "is_edited, statement_count, changed)"                                        \
		     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)")                                 \
	X(SET_ISSUE, "UPDATE issue SET label = ?2, parent = ?3, cap_major = ?4, cap_sub = ?5, "    \
		     "is_open = ?6, changed = ?7 WHERE key = ?1")                                  \
	X(COUNT_ISSUE, "UPDATE issue SET statement_count = statement_count + ?2, uncounted_count " \
		       "= uncounted_count + ?3, "                                                  \
		       "changed = ?4 WHERE key = ?1")                                              \
	X(IS_FORGOTTEN_ISSUE, "SELECT 1 FROM issue WHERE key = ?1 AND statement_count = 0 AND "    \
			      "uncounted_count = 0 AND is_open = 1"                                \
			      " AND is_edited = 0")                                                \
	X(DROP_ISSUE, "DELETE FROM issue WHERE key = ?1")                                          \
	X(COUNT_TALLY, "INSERT INTO tally(key, statements) VALUES (?1, ?2) ON CONFLICT (key) DO "  \
		       "UPDATE SET statements = statements + ?2")                                  \
	X(DROP_TALLY, "DELETE FROM tally WHERE key = ?1 AND statements = 0")                       \
	X(EDIT_ISSUE, "UPDATE issue SET is_edited = ?2, changed = ?3 WHERE key = ?1")              \
	X(ISSUE_PARENT, "SELECT parent, is_open FROM issue WHERE slug = ?1")                       \
	X(HAS_CHILD, "SELECT slug FROM issue WHERE parent = ?1 AND parent <> '' LIMIT 1")          \
	X(SAVE_EDIT, "INSERT OR REPLACE INTO issue_edit(issue, terms) VALUES (?1, ?2)")            \
	X(DROP_EDIT, "DELETE FROM issue_edit WHERE issue = ?1")                                    \
	X(ADD_TERM, "INSERT OR IGNORE INTO issue_term(folded, issue, term) VALUES (?1, ?2, ?3)")   \
	X(DROP_TERMS, "DELETE FROM issue_term WHERE issue = ?1")                                   \
	X(EDITION_OF, "SELECT edition, statement_count FROM article WHERE id = ?1")                \
	X(STATEMENTS_OF, "SELECT id, speaker, target, addressee, facets, content, detail, "        \
			 "traits, place FROM statement"                                            \
			 " WHERE article = ?1")                                                    \
	X(DROP_STATEMENTS, "DELETE FROM statement WHERE article = ?1")                             \
	X(DROP_TEXT, "DELETE FROM article_text WHERE article = ?1")                                \
	X(DROP_ARTICLE, "DELETE FROM article WHERE id = ?1")                                       \
	X(SET_EDITION, "UPDATE article SET edition = ?2 WHERE id = ?1")                            \
	X(CHANGE_ARTICLE, "UPDATE article SET statement_count = ?2, changed = ?3 WHERE id = ?1")   \
	X(REREAD, "SELECT edition, stale, done, changed, failed, started_ms, finished_ms FROM "    \
		  "reread WHERE id = 1")                                                           \
	X(SAVE_REREAD, "UPDATE reread SET edition = ?1, stale = ?2, done = ?3, changed = ?4, "     \
		       "failed = ?5, started_ms = ?6, "                                            \
		       "finished_ms = ?7 WHERE id = 1")                                            \
	X(ENGINE, "SELECT engine FROM reread WHERE id = 1")                                        \
	X(SAVE_ENGINE, "UPDATE reread SET engine = ?1 WHERE id = 1")

enum writer_sql {
#define X(name, text) W_##name,
	WRITER_SQL(X)
#undef X
		W_COUNT
};

/* The row of the table `state`. */
struct state {
	int64_t counter, articles, statements, actors, issues, knowledge, commits;
	struct reread_state reread; /* the table of that name */
};

/* Keys by slug, so that the usual actors and issues cost no look-up. Direct-mapped; emptied when a
 * transaction fails. */
enum { SLUGS = 4096, SLUG_MAX = 48 };
struct slug {
	int64_t key;
	uint64_t names; /* hash of the names last added, for actors found in texts */
	bool is_known;
	unsigned char n;
	char slug[SLUG_MAX];
};

struct writer {
	sqlite3 *db;
	sqlite3_stmt *st[W_COUNT];
	struct state state; /* as committed */
	struct slug *actors, *issues;
	int wal_frames; /* after the last commit */
};

struct facet_op {
	int64_t speaker, issue, statement, traits;
	size_t number; /* keeps the order among equals */
	bool is_drop;
};
struct fts_op {
	int64_t statement;
	struct str content, facets;
	size_t number;
	bool is_drop;
};
/* Changes of an actor's or an issue's counts, or of a tally. `mentions`: of an actor in whatever
 * part of a statement, of an issue in statements that are not counted. */
struct count_op {
	int64_t key, statements, mentions;
};

/* One transaction in the making. What sorts well or must come in rising order waits for the end. */
struct group {
	struct writer *w;
	struct budget budget; /* no bounds: it tells an allocation that the system refused from one
				 beyond the arena's */
	struct arena arena;
	struct buf detail;
	struct state state;
	int64_t commit;	 /* the number of this transaction, if it changes a row */
	int64_t changes; /* of rows, before it */
	bool renames;	 /* a row that readers may remember changes */
	bool is_stale;	 /* the article at hand was read with an older edition than the one in force
			  */
	struct facet_op *facets;
	struct fts_op *fts;
	struct count_op *actors, *issues, *tallies;
	size_t n_facets, cap_facets, n_fts, cap_fts, n_actors, cap_actors, n_issues, cap_issues,
		n_tallies, cap_tallies;
};

int writer_prepare(struct writer *w, sqlite3 *db,
		   struct err *e) MUST_CHECK; /* takes db over, even on failure */
void writer_release(struct writer *w);
void writer_forget(struct writer *w); /* empties the memory of slugs */

/* group.c: 0, or -1 with *e, after which the transaction must be rolled back. */
int group_begin(struct group *g, struct writer *w, struct err *e) MUST_CHECK;
int group_flush(struct group *g, struct err *e) MUST_CHECK; /* all but COMMIT */
/* The counter of ids goes on by so many: the last of them is in state.counter. */
int group_take_numbers(struct group *g, size_t n, struct err *e) MUST_CHECK;
int group_add_facet(struct group *g, const struct facet_op *op, struct err *e) MUST_CHECK;
int group_add_fts(struct group *g, const struct fts_op *op, struct err *e) MUST_CHECK;
int group_count_actor(struct group *g, int64_t key, int64_t statements, int64_t mentions,
		      struct err *e) MUST_CHECK;
int group_count_issue(struct group *g, int64_t key, int64_t statements, int64_t uncounted,
		      struct err *e) MUST_CHECK;
int group_count_tally(struct group *g, int64_t key, int64_t statements,
		      struct err *e) MUST_CHECK; /* tally_key() */

/* gate.c: -1 with ERR_INTERNAL and the string's name where one is not UTF-8. Asked before anything
 * of them is written. */
int gate_article(const struct article *a, struct err *e) MUST_CHECK;
int gate_statement(const struct statement *s,
		   struct err *e) MUST_CHECK; /* with its actors and issues */
int gate_issue(const struct issue *i, struct err *e) MUST_CHECK;

/* save.c */
/* What the store knows a text by: its SHA-256. Any thread. */
void digest_text(struct str text, unsigned char out[32]);
int save_article(struct group *g, struct write *w, struct err *e) MUST_CHECK;
int drop_article(struct group *g, struct write *w,
		 struct err *e) MUST_CHECK; /* not found: in w->err, and 0 */

/* file.c: one statement as its row, and all that hangs from it: facets, words, counts. */

/* The speaker keys and issues that find a statement. Issues have no bound, speaker keys four. */
enum { FACET_SPEAKERS = 4 };
struct facets {
	int64_t speakers[FACET_SPEAKERS], *issues;
	size_t n_speakers, n_issues;
};
/* What the row holds; strings in the group's arena, or in the statement that it was made of. */
struct filed {
	int64_t id, article, place, traits;
	int64_t speaker, target, addressee, reported_by; /* keys of actors, 0 for none */
	struct facets facets;
	struct str words; /* these as the row holds them: "s0 s24 i33" */
	struct str role, content, detail;
	day_t said_from, said_to; /* DAY_NONE: not known */
};
/* Finds or adds the actors and issues that it names. Ids and place are the caller's to set. */
int file_make(struct group *g, const struct statement *s, struct filed *out,
	      struct err *e) MUST_CHECK;
/* From a row of STATEMENTS_OF; *is has what lies in traits and detail. Role and days are left out:
 * the detail has them, too. */
int file_read(struct group *g, sqlite3_stmt *st, struct filed *out, struct statement *is,
	      struct err *e) MUST_CHECK;
int file_add(struct group *g, const struct filed *f, struct err *e) MUST_CHECK;
/* The row stays when the caller drops all of an article's at once. */
int file_drop(struct group *g, const struct filed *f, bool with_row, struct err *e) MUST_CHECK;
/* The row `old` becomes `f`, which has its id. *is_changed is set when that is another one; else
 * nothing but its place was written. */
int file_replace(struct group *g, const struct filed *old, const struct filed *f, bool *is_changed,
		 struct err *e) MUST_CHECK;

/* edit.c */
int edit_issue(struct group *g, struct write *w,
	       struct err *e) MUST_CHECK; /* refusals: in w->err, and 0 */

/* reread.c */
int reread_load(struct writer *w, struct err *e) MUST_CHECK;
int reread_flush(struct group *g, struct err *e) MUST_CHECK;
/* The edition rises: all that is stored is stale. */
void reread_raise(struct group *g);
/* The edition with which an article is stored that was read with `edition`; counts it when that is
 * stale. */
int64_t reread_note(struct group *g, int64_t edition);
/* An article of this edition goes. */
void reread_forget(struct group *g, int64_t edition);
int save_reread(struct group *g, struct write *w, struct err *e) MUST_CHECK;

/* again.c */
/* What an article's statements become when `found` is what the engine finds in it now. */
struct again {
	int64_t counted; /* the article's */
	int64_t changed; /* added, changed, removed */
};
int save_again(struct group *g, int64_t article, const struct extraction *found, struct again *out,
	       struct err *e) MUST_CHECK;

/* known.c */
/* A row's key and flags by slug; key 0 where there is none. */
struct row {
	int64_t key;
	bool is_known, is_edited;
};
int find_actor(struct group *g, struct str slug, struct row *out, struct err *e) MUST_CHECK;
int find_issue(struct group *g, struct str slug, struct row *out, struct err *e) MUST_CHECK;
int insert_issue(struct group *g, const struct issue *i, int64_t *key, struct err *e) MUST_CHECK;
/* All but the counts and is_edited, terms included. */
int set_issue(struct group *g, const struct issue *i, int64_t key, struct err *e) MUST_CHECK;
int name_issue(struct group *g, const struct issue *i, int64_t key, struct err *e) MUST_CHECK;
int actor_key(struct group *g, const struct actor *a, int64_t *key,
	      struct err *e) MUST_CHECK; /* NULL: 0 */
int country_key(struct group *g, struct str code, int64_t *key, struct err *e) MUST_CHECK;
int issue_key(struct group *g, const struct issue *i, int64_t *key, struct err *e) MUST_CHECK;
int seed(struct group *g, const struct knowledge *k, struct err *e) MUST_CHECK;

#endif
