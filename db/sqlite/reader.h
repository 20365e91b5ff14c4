/* A reader: a connection that is one snapshot with a deadline while it is lent, and all the SQL
 * whose text is known beforehand. One thread at a time. */
#ifndef DEMARCHE_DB_SQLITE_READER_H
#define DEMARCHE_DB_SQLITE_READER_H

#include "db/sqlite/lookup_cache.h"
#include "db/sqlite/name_cache.h"
#include "db/sqlite/name_index.h"
#include "db/sqlite/signals.h"
#include "db/sqlite/tokenizer.h"
#include "db/store.h"

#define ARTICLE_COLUMNS                                                                            \
	"a.id, a.received_ms, a.statement_count, a.published_at, a.outlet, a.title, a.url,"        \
	" a.author, a.language, a.copy_of"
#define STATEMENT_COLUMNS                                                                          \
	"s.id, s.article, s.speaker, s.target, s.addressee, s.traits, s.content, s.detail,"        \
	" s.origin, s.place, s.changed, s.edit"
#define ACTOR_COLUMNS                                                                              \
	"a.key, a.slug, a.name, a.kind, a.country, a.wikidata, a.statement_count, a.edit"
#define ISSUE_COLUMNS                                                                              \
	"i.key, i.slug, i.label, i.parent, i.cap_major, i.cap_sub, i.is_open, i.statement_count,"  \
	" i.is_edited, i.kind, i.edit"
#define SUGGESTED_ACTOR_COLUMNS                                                                    \
	"l.folded, l.alias, a.key, a.statement_count, a.slug, a.name, a.kind, a.country"
/* A term that is a pattern (data/issues.tsv) is nothing that somebody types. */
#define PLAIN_TERM		" AND l.term NOT GLOB '*[&/|]*' AND l.term NOT GLOB '-*'"
#define SUGGESTED_ISSUE_COLUMNS "l.folded, l.term, i.key, i.statement_count, i.slug, i.label, 0, ''"
#define EDIT_COLUMNS                                                                               \
	"d.id, d.made_ms, d.who, d.action, d.batch, d.thing, d.undoes, d.text, d.subject,"         \
	" d.before, d.after"
#define READ_KEY_COLUMNS "id, name, who, sites, made_ms, revoked_ms, revoked_by"
enum {
	ARTICLE_COLUMN_COUNT = 10,
	ARTICLE_COPY_OF = 9,
	ACTOR_COLUMN_COUNT = 8,
	ISSUE_COLUMN_COUNT = 11,
	STATEMENT_ORDINAL = 9, /* the columns */
	STATEMENT_VERSION = 10,
	STATEMENT_EDIT = 11,
};

#define READER_SQL(X)                                                                              \
	X(BEGIN, "BEGIN")                                                                          \
	X(COMMITS, "SELECT commits FROM state WHERE id = 1")                                       \
	X(END, "ROLLBACK")                                                                         \
	X(HURRY, "SAVEPOINT hurry")                                                                \
	X(CUT, "ROLLBACK TO hurry")                                                                \
	X(HURRIED, "RELEASE hurry")                                                                \
	X(ARTICLE, "SELECT " ARTICLE_COLUMNS ", a.sha256, t.text FROM article a"                   \
		   " CROSS JOIN article_text t ON t.article = a.id WHERE a.id = ?1")               \
	X(ARTICLE_ROW, "SELECT " ARTICLE_COLUMNS ", a.sha256 FROM article a WHERE a.id = ?1")      \
	X(ARTICLE_IDS_DOWN, "SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2" \
			    " ORDER BY a.id DESC")                                                 \
	X(ARTICLE_IDS_UP, "SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2"   \
			  " ORDER BY a.id ASC")                                                    \
	X(ARTICLE_OF, "SELECT " ARTICLE_COLUMNS ", a.sha256 FROM article a WHERE a.sha256 = ?1")   \
	X(SOURCES, "SELECT outlet, url, title, published_at, received_ms FROM article_source"      \
		   " WHERE article = ?1")                                                          \
	X(GROUP_DOWN, "SELECT id FROM article WHERE copy_of = ?1 AND copy_of > 0 AND id > ?2"      \
		      " AND id < ?3 UNION ALL SELECT id FROM article WHERE id = ?1 AND id > ?2"    \
		      " AND id < ?3 ORDER BY 1 DESC")                                              \
	X(GROUP_UP, "SELECT id FROM article WHERE copy_of = ?1 AND copy_of > 0 AND id > ?2"        \
		    " AND id < ?3 UNION ALL SELECT id FROM article WHERE id = ?1 AND id > ?2"      \
		    " AND id < ?3 ORDER BY 1 ASC")                                                 \
	X(STATEMENT, "SELECT " STATEMENT_COLUMNS " FROM statement s WHERE s.id = ?1")              \
	X(SHOWN_ARTICLE, "SELECT title, url, outlet, published_at, copy_of FROM article"           \
			 " WHERE id = ?1")                                                         \
	X(ACTOR_NAME, "SELECT a.slug, a.name, a.kind, a.country, a.wikidata FROM actor m"          \
		      " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key) WHERE m.key = ?1") \
	X(ISSUE_NAME,                                                                              \
	  "SELECT i.slug, i.label, i.parent, i.cap_major, i.cap_sub, i.is_open, i.kind"            \
	  " FROM issue m CROSS JOIN issue i ON i.key = coalesce(m.merged, m.key)"                  \
	  " WHERE m.key = ?1")                                                                     \
	X(FIND_ACTORS, "SELECT " ACTOR_COLUMNS ", l.alias FROM actor_alias l"                      \
		       " CROSS JOIN actor m ON m.key = l.actor"                                    \
		       " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key)"                  \
		       " WHERE l.folded = ?1"                                                      \
		       " ORDER BY a.statement_count DESC, a.is_known DESC, a.key")                 \
	/* Whole names between two ends. */                                                        \
	X(FIND_GIVEN, "SELECT " ACTOR_COLUMNS ", l.alias FROM actor_alias l"                       \
		      " CROSS JOIN actor m ON m.key = l.actor"                                     \
		      " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key)"                   \
		      " WHERE l.folded > ?1 AND l.folded < ?2 AND a.kind = ?3"                     \
		      " AND a.statement_count > 0 AND l.alias = a.name"                            \
		      " ORDER BY a.statement_count DESC, a.key LIMIT 20")                          \
	X(FIND_ISSUES, "SELECT " ISSUE_COLUMNS                                                     \
		       ", l.term FROM issue_term l CROSS JOIN issue m ON m.key = l.issue"          \
		       " CROSS JOIN issue i ON i.key = coalesce(m.merged, m.key)"                  \
		       " WHERE l.folded = ?1"                                                      \
		       " ORDER BY i.statement_count DESC, i.is_open, i.key")                       \
	X(NEXT_OUTLET, "SELECT outlet FROM article INDEXED BY article_outlet WHERE outlet > ?1"    \
		       " ORDER BY outlet LIMIT 1")                                                 \
	X(NEXT_SOURCE, "SELECT outlet FROM article_source INDEXED BY article_source_outlet"        \
		       " WHERE outlet > ?1 ORDER BY outlet LIMIT 1")                               \
	X(OUTLET, "SELECT count(*), sum(statement_count), min(id >> 31), max(id >> 31)"            \
		  " FROM article INDEXED BY article_outlet WHERE outlet = ?1")                     \
	/* Of articles that another outlet printed first; one step for all addresses of an         \
	 * article. */                                                                             \
	X(OUTLET_SOURCES, "SELECT count(*), sum(a.statement_count), min(a.id >> 31),"              \
			  " max(a.id >> 31) FROM (SELECT DISTINCT article FROM article_source"     \
			  " INDEXED BY article_source_outlet WHERE outlet = ?1) x"                 \
			  " CROSS JOIN article a ON a.id = x.article WHERE a.outlet <> ?1")        \
	X(SUGGEST_ACTORS, "SELECT " SUGGESTED_ACTOR_COLUMNS " FROM actor_alias l"                  \
			  " CROSS JOIN actor m ON m.key = l.actor"                                 \
			  " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key)"               \
			  " WHERE l.folded >= ?1 AND l.folded < ?2")                               \
	X(SUGGEST_ALIASES, "SELECT folded, actor FROM actor_alias")                                \
	X(SUGGEST_ACTOR, "SELECT " SUGGESTED_ACTOR_COLUMNS " FROM actor_alias l"                   \
			 " CROSS JOIN actor m ON m.key = l.actor"                                  \
			 " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key)"                \
			 " WHERE l.actor = ?1 AND l.folded = ?2")                                  \
	X(SUGGEST_TERMS, "SELECT l.folded, l.issue FROM issue i INDEXED BY issue_known"            \
			 " CROSS JOIN issue_term l INDEXED BY issue_term_issue ON l.issue = i.key" \
			 " WHERE i.is_open = 0")                                                   \
	X(SUGGEST_ISSUE, "SELECT " SUGGESTED_ISSUE_COLUMNS " FROM issue_term l"                    \
			 " CROSS JOIN issue m ON m.key = l.issue"                                  \
			 " CROSS JOIN issue i ON i.key = coalesce(m.merged, m.key)"                \
			 " WHERE l.issue = ?1 AND l.folded = ?2" PLAIN_TERM)                       \
	X(SUGGEST_OPEN_ISSUES, "SELECT " SUGGESTED_ISSUE_COLUMNS " FROM issue_term l"              \
			       " CROSS JOIN issue m ON m.key = l.issue"                            \
			       " CROSS JOIN issue i ON i.key = coalesce(m.merged, m.key)"          \
			       " WHERE l.folded >= ?1 AND l.folded < ?2" PLAIN_TERM)               \
	X(NEAR_NAMES, "SELECT l.folded, a.statement_count FROM actor_alias l"                      \
		      " CROSS JOIN actor a ON a.key = l.actor WHERE l.folded >= ?1"                \
		      " AND l.folded < ?2 AND length(l.folded) BETWEEN ?3 AND ?4")                 \
	X(HAS_WORD, "SELECT 1 FROM statement_fts WHERE statement_fts MATCH ?1 LIMIT 1")            \
	X(FEED_AFTER, "SELECT changed, id, received_ms FROM article INDEXED BY article_changed"    \
		      " WHERE (changed, id) > (?1, ?2) ORDER BY changed, id LIMIT ?3")             \
	X(FEED_LATEST, "SELECT changed, id, received_ms FROM article INDEXED BY article_changed"   \
		       " ORDER BY changed DESC, id DESC LIMIT ?1")                                 \
	X(NEWEST, "SELECT max(id) FROM article")                                                   \
	X(ISSUES_BELOW, "SELECT " ISSUE_COLUMNS ", i.label FROM issue i"                           \
			" WHERE i.parent = ?1 AND i.parent <> '' ORDER BY i.key")                  \
	X(ISSUES_OF_MAJOR, "SELECT " ISSUE_COLUMNS ", i.label FROM issue i WHERE i.cap_major = ?1" \
			   " AND i.cap_major > 0 ORDER BY i.key")                                  \
	X(ISSUES_OF_SUB, "SELECT " ISSUE_COLUMNS ", i.label FROM issue i WHERE i.cap_sub = ?1"     \
			 " AND i.cap_sub > 0 ORDER BY i.key")                                      \
	X(ACTOR, "SELECT " ACTOR_COLUMNS ", a.name FROM actor m"                                   \
		 " CROSS JOIN actor a ON a.key = coalesce(m.merged, m.key) WHERE m.slug = ?1")     \
	X(ISSUE, "SELECT " ISSUE_COLUMNS ", i.label FROM issue m"                                  \
		 " CROSS JOIN issue i ON i.key = coalesce(m.merged, m.key) WHERE m.slug = ?1")     \
	X(ACTORS_MERGED, "SELECT slug FROM actor WHERE merged = ?1 ORDER BY slug")                 \
	X(ISSUES_MERGED, "SELECT slug FROM issue WHERE merged = ?1 ORDER BY slug")                 \
	X(EDITS, "SELECT " EDIT_COLUMNS " FROM edit d WHERE d.id < ?1 AND (?2 = '' OR d.who = ?2)" \
		 " ORDER BY d.id DESC")                                                            \
	X(EDITS_OF, "SELECT " EDIT_COLUMNS " FROM edit d WHERE d.thing = (SELECT x.thing"          \
		    " FROM edit x WHERE x.id = ?3) AND d.id < ?1"                                  \
		    " AND (?2 = '' OR d.who = ?2) ORDER BY d.id DESC")                             \
	X(EDITS_OF_BATCH, "SELECT " EDIT_COLUMNS " FROM edit d WHERE d.batch = ?3 AND d.id < ?1"   \
			  " AND (?2 = '' OR d.who = ?2) ORDER BY d.id DESC")                       \
	X(EDIT_OF_STATEMENT, "SELECT edit FROM statement WHERE id = ?1")                           \
	X(EDIT_OF_ACTOR, "SELECT edit FROM actor WHERE slug = ?1")                                 \
	X(EDIT_OF_ISSUE, "SELECT edit FROM issue WHERE slug = ?1")                                 \
	X(EDIT, "SELECT " EDIT_COLUMNS " FROM edit d WHERE d.id = ?3 AND d.id < ?1"                \
		" AND (?2 = '' OR d.who = ?2)")                                                    \
	X(EDITS_LAST, "SELECT " EDIT_COLUMNS " FROM edit d WHERE d.id < ?1"                        \
		      " AND (?2 = '' OR d.who = ?2) AND d.text IS NOT NULL AND NOT EXISTS"         \
		      " (SELECT 1 FROM edit y WHERE y.thing = d.thing AND y.id > d.id)"            \
		      " ORDER BY d.id DESC")                                                       \
	X(EDITS_OF_THING, "SELECT id, undoes FROM edit WHERE thing = ?1 ORDER BY id DESC")         \
	X(STATEMENT_BY_EDIT, "SELECT id FROM statement WHERE edit = ?1 AND edit > 0")              \
	X(READ_KEYS, "SELECT " READ_KEY_COLUMNS " FROM read_key WHERE (?1 = '' OR who = ?1)"       \
		     " AND id < ?2 ORDER BY id DESC LIMIT ?3")                                     \
	X(READ_KEY_OF_DIGEST, "SELECT " READ_KEY_COLUMNS " FROM read_key WHERE digest = ?1")       \
	X(ALIASES, "SELECT alias FROM actor_alias WHERE actor = ?1 ORDER BY folded")               \
	X(EDITED_TERMS, "SELECT terms FROM issue_edit WHERE issue = ?1")                           \
	X(EDITED_ACTORS, "SELECT " ACTOR_COLUMNS ", CAST(a.merged IS NOT NULL AS TEXT)"            \
			 " FROM actor a WHERE a.is_edited = 1"                                     \
			 " ORDER BY a.merged IS NOT NULL, a.key")                                  \
	X(EDITED_ISSUES, "SELECT " ISSUE_COLUMNS ", i.label FROM issue_edit d"                     \
			 " CROSS JOIN issue i ON i.key = d.issue ORDER BY d.issue")                \
	X(KNOWN_ISSUES,                                                                            \
	  "SELECT key FROM issue INDEXED BY issue_known WHERE is_open = 0 ORDER BY key")           \
	X(COUNT_ALL, "SELECT statements FROM state WHERE id = 1")                                  \
	X(COUNT_SPEAKERS, "SELECT key, statement_count FROM actor WHERE statement_count > 0")      \
	X(COUNT_ISSUES, "SELECT key, statement_count FROM issue WHERE statement_count > 0")        \
	X(COUNT_KNOWN_ISSUES,                                                                      \
	  "SELECT key, statement_count FROM issue INDEXED BY issue_known WHERE is_open = 0"        \
	  " AND statement_count > 0")                                                              \
	X(COUNT_OUTLETS, "SELECT outlet, sum(statement_count)"                                     \
			 " FROM article INDEXED BY article_outlet GROUP BY outlet")                \
	/* Counts that end where there are many. */                                                \
	X(FEW_OF_OUTLET, "SELECT count(*) FROM (SELECT 1 FROM article INDEXED BY article_outlet"   \
			 " WHERE outlet = ?1 LIMIT ?2)")                                           \
	X(FEW_OF_SOURCE, "SELECT count(*) FROM (SELECT 1 FROM article_source"                      \
			 " INDEXED BY article_source_outlet WHERE outlet = ?1 LIMIT ?2)")          \
	X(FEW_SAID, "SELECT count(*) FROM (SELECT 1 FROM statement INDEXED BY statement_said"      \
		    " WHERE said_to >= ?1 LIMIT ?2)")                                              \
	X(FEW_SURE, "SELECT count(*) FROM (SELECT 1 FROM statement INDEXED BY statement_sure"      \
		    " WHERE (traits & 1023) >> 5 = ?1 AND traits >> 33 & 1023 >= ?2 LIMIT ?3)")    \
	X(FEW_FACETS,                                                                              \
	  "SELECT count(*) FROM (SELECT 1 FROM facet WHERE speaker = ?1 AND issue = ?2"            \
	  " AND statement > ?3 AND statement < ?4 LIMIT ?5)")                                      \
	X(FEW_OF_TARGET,                                                                           \
	  "SELECT count(*) FROM (SELECT 1 FROM statement INDEXED BY statement_target"              \
	  " WHERE target = ?1 AND id > ?2 AND id < ?3 LIMIT ?4)")                                  \
	X(OUTLET_KEY, "SELECT key FROM outlet WHERE name = ?1")                                    \
	X(OUTLET_NAME, "SELECT name FROM outlet WHERE key = ?1")                                   \
	X(COUNT_TALLIES, "SELECT key, statements FROM tally")                                      \
	X(EDITION, "SELECT edition FROM reread WHERE id = 1")                                      \
	X(STALE, "SELECT a.id FROM article a INDEXED BY article_edition"                           \
		 " WHERE a.edition = (SELECT min(edition)"                                         \
		 " FROM article INDEXED BY article_edition) AND a.edition < (SELECT edition"       \
		 " FROM reread WHERE id = 1) ORDER BY a.id DESC LIMIT ?1")                         \
	X(TERMS, "SELECT term FROM issue_term WHERE issue = ?1 ORDER BY folded")                   \
	X(ROLES,                                                                                   \
	  "SELECT title, country, from_day, to_day FROM role WHERE actor = ?1 ORDER BY number")    \
	X(ACTORS, "SELECT " ACTOR_COLUMNS ", a.name FROM actor a WHERE a.slug > ?1"                \
		  " AND a.merged IS NULL AND (?2 < 0 OR a.kind = ?2)"                              \
		  " AND (?3 = '' OR a.country = ?3)"                                               \
		  " AND (NOT ?4 OR a.mention_count > 0) ORDER BY a.slug LIMIT ?6")                 \
	X(ACTORS_NAMED, "SELECT " ACTOR_COLUMNS ", a.name FROM actor a WHERE a.slug > ?1"          \
			" AND a.merged IS NULL AND (?2 < 0 OR a.kind = ?2)"                        \
			" AND (?3 = '' OR a.country = ?3)"                                         \
			" AND (NOT ?4 OR a.mention_count > 0) AND EXISTS (SELECT 1"                \
			" FROM actor_alias l INDEXED BY actor_alias_actor WHERE l.actor = a.key"   \
			" AND instr(' ' || l.folded, ?5) > 0) ORDER BY a.slug LIMIT ?6")           \
	X(ISSUES,                                                                                  \
	  "SELECT " ISSUE_COLUMNS ", i.label FROM issue i WHERE i.slug > ?1"                       \
	  " AND i.merged IS NULL AND (NOT ?4 OR i.statement_count > 0) ORDER BY i.slug LIMIT ?6")  \
	X(ISSUES_NAMED,                                                                            \
	  "SELECT " ISSUE_COLUMNS ", i.label FROM issue i WHERE i.slug > ?1"                       \
	  " AND i.merged IS NULL AND (NOT ?4 OR i.statement_count > 0) AND EXISTS (SELECT 1"       \
	  " FROM issue_term l INDEXED BY issue_term_issue WHERE l.issue = i.key"                   \
	  " AND instr(' ' || l.folded, ?5) > 0) ORDER BY i.slug LIMIT ?6")

enum reader_sql {
#define X(name, text) R_##name,
	READER_SQL(X)
#undef X
		R_COUNT
};

/* The texts of SQL, for the test that explains each. */
const char *reader_sql_text(enum reader_sql at);

/* Questions of the same shape share a prepared statement; the least used goes. */
enum { READER_PREPARED_MAX = 48 };
struct prepared {
	sqlite3_stmt *st;
	uint64_t hash, used;
};

struct engine;

struct reader {
	const struct engine *engine; /* the dispatcher's */
	struct pool *pool;	     /* whose it is */
	struct reader *next;	     /* in the pool */
	const struct signals *signals;
	sqlite3 *db;
	sqlite3_stmt *st[R_COUNT];
	struct prepared prepared[READER_PREPARED_MAX];
	uint64_t uses; /* of these: a clock for their ages */
	struct name_cache names;
	struct lookup_cache lookups;
	struct tokenizer *tokenizer;   /* word_walk.c; or NULL */
	struct name_index *name_index; /* suggestion.c; or NULL */
	int64_t statement_root;	       /* page_ahead.c; -1: not known yet */
	int64_t statement_schema;      /* for which it was looked for */
	int64_t deadline_ns, commit;
	uint64_t version, changes; /* of the snapshot; noted before it */
	bool was_cut;		   /* time, or a bound on work, ended some reading of it */
	bool is_hurried;	   /* between reader_hurry and its end */
	bool is_brief;		   /* reader_be_brief */
	bool keeps;		   /* its snapshot, while it is nobody's: reader_keep */
	int64_t begun_ns;	   /* of one that may be kept */
	int64_t steps_left;	   /* of SQLite's, for the reading at hand; INT64_MAX: no bound */
};

/* `alone`: beside no writer of this process. 0, or -1 with *e, after which it is to be closed all
 * the same. */
int reader_open(struct reader *r, const struct store_options *o, bool alone,
		const struct signals *signals, struct err *e) MUST_CHECK;
void reader_close(struct reader *r);
/* The snapshot, from here to reader_end. */
int reader_begin(struct reader *r, int64_t deadline_ns, struct err *e) MUST_CHECK;
void reader_end(struct reader *r);

/* Before every read: is the deadline still ahead, and a new call of the names. */
int reader_call(struct reader *r, struct err *e) MUST_CHECK;
/* From here to reader_end little is read: as store_reader_at_hand says. */
void reader_be_brief(struct reader *r);
/* In place of reader_end: the snapshot stays, if none is newer and no reading of it was cut short.
 * It ends by reader_let_go, or the next reader_begin. */
void reader_keep(struct reader *r);
void reader_let_go(struct reader *r);
/* In place of reader_begin: takes up the one that it keeps, where that is new and still what a
 * snapshot taken now would be, but for changes by others than our writer, which are seen some
 * milliseconds later. False: it keeps none any more. */
bool reader_take_up(struct reader *r, int64_t deadline_ns);
/* An earlier end than the deadline, for reading of which a part will do: a time, or so many of
 * SQLite's instructions, 0 for either that does not matter. Gives the deadline, to be given to
 * reader_hurry_end, which restores it: `rc` and *why are how reading went; 0 with *is_partial set
 * when there was such an end and it came, or the bound on what is kept (ERR_INPUT); else rc, with
 * *e set to *why. */
int64_t reader_hurry(struct reader *r, int64_t until_ns, int64_t steps_max);
int reader_hurry_end(struct reader *r, int64_t deadline_ns, bool may_end, int rc,
		     const struct err *why, bool *is_partial, struct err *e) MUST_CHECK;
/* Work that SQLite does not count, charged to that bound. 0, or -1 with *e (ERR_DEADLINE) when it
 * is spent, or the deadline has passed. */
int reader_spend(struct reader *r, int64_t steps, struct err *e) MUST_CHECK;
/* The prepared statement of a text that ends in a zero byte: kept, and the reader's. NULL with *e
 * set. */
sqlite3_stmt *reader_prepare(struct reader *r, struct str text, struct err *e) MUST_CHECK;

#endif
