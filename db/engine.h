/* An engine of the store as a table: all functions of db's contract that read or write a database.
 * SQLite's is db/sqlite; which one a database has is told by its name, and db/engines/dispatch.c
 * hands each call on.
 *
 * The files of db/sqlite define these functions by their own names, which the Makefile makes
 * sqlite_NAME of, after the lists below: the names themselves are the dispatcher's. */
#ifndef DEMARCHE_DB_ENGINE_H
#define DEMARCHE_DB_ENGINE_H

#include "db/breakdown.h"
#include "db/count.h"
#include "db/edit.h"
#include "db/feed.h"
#include "db/grid.h"
#include "db/issue_edit.h"
#include "db/maintenance.h"
#include "db/network.h"
#include "db/outlet.h"
#include "db/position_change.h"
#include "db/position_history.h"
#include "db/read_key.h"
#include "db/reading_queue.h"
#include "db/record_names.h"
#include "db/reread.h"
#include "db/store.h"
#include "db/suggestion.h"
#include "db/table_rows.h"

/* X(what it returns, name, parameters, arguments). The first parameter is a struct store, reader or
 * table_rows, which begins with a pointer to its engine's table: the dispatcher sets it. */
#define ENGINE_CALLS(X)                                                                            \
	X(int, outlet_statements,                                                                  \
	  (struct reader * r, struct str name, int64_t * out, struct err * e), (r, name, out, e))  \
	X(int64_t, reader_commit, (const struct reader *r), (r))                                   \
	X(bool, reader_holds,                                                                      \
	  (const struct reader *r, int64_t statement, const struct reader_mark *made),             \
	  (r, statement, made))                                                                    \
	X(struct reader_mark, reader_mark, (const struct reader *r), (r))                          \
	X(uint64_t, reader_version, (const struct reader *r), (r))                                 \
	X(int, reading_queue_clear, (struct reading_queue * q, struct err * e), (q, e))            \
	X(int, reading_queue_drop,                                                                 \
	  (struct reading_queue * q, const struct found *v, size_t n, struct err *e),              \
	  (q, v, n, e))                                                                            \
	X(int, reading_queue_edition,                                                              \
	  (struct reading_queue * q, const struct knowledge *k, int64_t *edition, struct err *e),  \
	  (q, k, edition, e))                                                                      \
	X(int, reading_queue_extend,                                                               \
	  (struct reading_queue * q, struct keys articles, int64_t for_ms, struct err * e),        \
	  (q, articles, for_ms, e))                                                                \
	X(int, reading_queue_figures, (struct reading_queue * q, struct reading_figures * out),    \
	  (q, out))                                                                                \
	X(int, reading_queue_fill, (struct reading_queue * q, int64_t edition, struct err * e),    \
	  (q, edition, e))                                                                         \
	X(int, reading_queue_found,                                                                \
	  (struct reading_queue * q, int most, struct arena *a, struct found **out, size_t *n,     \
	   struct err *e),                                                                         \
	  (q, most, a, out, n, e))                                                                 \
	X(int, reading_queue_hand_in,                                                              \
	  (struct reading_queue * q, const struct found *v, size_t n, struct err *e),              \
	  (q, v, n, e))                                                                            \
	X(int, reading_queue_lend,                                                                 \
	  (struct reading_queue * q, int most, int64_t for_ms, struct arena *a, struct keys *out,  \
	   struct err *e),                                                                         \
	  (q, most, for_ms, a, out, e))                                                            \
	X(int, reading_queue_look,                                                                 \
	  (struct reading_queue * q, struct reading_look * out, struct err * e), (q, out, e))      \
	X(int, store_actor,                                                                        \
	  (struct reader * r, struct str id, struct arena * a, struct actor_match * out,           \
	   struct err * e),                                                                        \
	  (r, id, a, out, e))                                                                      \
	X(int, store_actor_names,                                                                  \
	  (struct reader * r, int64_t key, struct arena * a, struct strs * out, struct err * e),   \
	  (r, key, a, out, e))                                                                     \
	X(int, store_actors,                                                                       \
	  (struct reader * r, const struct name_query *q, struct arena *a,                         \
	   struct actor_matches *out, struct str *next, struct err *e),                            \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_article,                                                                      \
	  (struct reader * r, int64_t id, struct arena * a, struct article * out, struct err * e), \
	  (r, id, a, out, e))                                                                      \
	X(int, store_article_of,                                                                   \
	  (struct reader * r, const unsigned char sha256[DIGEST_BYTES], struct arena *a,           \
	   struct article *out, struct err *e),                                                    \
	  (r, sha256, a, out, e))                                                                  \
	X(int, store_articles,                                                                     \
	  (struct reader * r, const struct article_query *q, struct arena *a,                      \
	   struct article_list *out, int64_t *next, struct err *e),                                \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_breakdown,                                                                    \
	  (struct reader * r, const struct breakdown_query *b, struct arena *a,                    \
	   struct breakdown *out, struct err *e),                                                  \
	  (r, b, a, out, e))                                                                       \
	X(int, store_count,                                                                        \
	  (struct reader * r, const struct count_query *c, struct arena *a, struct counts *out,    \
	   struct err *e),                                                                         \
	  (r, c, a, out, e))                                                                       \
	X(int, store_edited_actors,                                                                \
	  (struct reader * r, struct arena * a, struct actor * *out, size_t * n,                   \
	   size_t * n_merged, struct err * e),                                                     \
	  (r, a, out, n, n_merged, e))                                                             \
	X(int, store_edited_issues,                                                                \
	  (struct reader * r, struct arena * a, struct issue * *out, size_t * n,                   \
	   int64_t * edition, struct err * e),                                                     \
	  (r, a, out, n, edition, e))                                                              \
	X(int, store_edits,                                                                        \
	  (struct reader * r, const struct edit_query *q, struct arena *a, struct edit_list *out,  \
	   int64_t *next, struct err *e),                                                          \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_feed,                                                                         \
	  (struct reader * r, const struct feed_query *f, struct arena *a, struct feed *out,       \
	   struct err *e),                                                                         \
	  (r, f, a, out, e))                                                                       \
	X(int, store_find_actors,                                                                  \
	  (struct reader * r, struct str name, struct arena * a, struct actor_matches * out,       \
	   struct err * e),                                                                        \
	  (r, name, a, out, e))                                                                    \
	X(int, store_find_issues,                                                                  \
	  (struct reader * r, struct str name, struct arena * a, struct issue_matches * out,       \
	   struct err * e),                                                                        \
	  (r, name, a, out, e))                                                                    \
	X(int, store_find_outlet,                                                                  \
	  (struct reader * r, struct str name, struct arena * a, struct str * out,                 \
	   struct err * e),                                                                        \
	  (r, name, a, out, e))                                                                    \
	X(int, store_grid,                                                                         \
	  (struct reader * r, const struct grid_query *q, struct arena *a, struct grid *out,       \
	   struct err *e),                                                                         \
	  (r, q, a, out, e))                                                                       \
	X(int, store_has_word, (struct reader * r, struct str word, bool *out, struct err *e),     \
	  (r, word, out, e))                                                                       \
	X(int, store_issue,                                                                        \
	  (struct reader * r, struct str id, struct arena * a, struct issue_match * out,           \
	   struct err * e),                                                                        \
	  (r, id, a, out, e))                                                                      \
	X(int, store_issues,                                                                       \
	  (struct reader * r, const struct name_query *q, struct arena *a,                         \
	   struct issue_matches *out, struct str *next, struct err *e),                            \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_issues_below,                                                                 \
	  (struct reader * r, struct str parent, struct arena * a, struct issue_matches * out,     \
	   struct err * e),                                                                        \
	  (r, parent, a, out, e))                                                                  \
	X(int, store_issues_by_cap,                                                                \
	  (struct reader * r, int code, struct arena *a, struct issue_matches *out,                \
	   struct err *e),                                                                         \
	  (r, code, a, out, e))                                                                    \
	X(int, store_find_given,                                                                   \
	  (struct reader * r, struct str given, struct arena * a, struct actor_matches * out,      \
	   struct err * e),                                                                        \
	  (r, given, a, out, e))                                                                   \
	X(int, store_has_outlet, (struct reader * r, struct str name, bool *out, struct err *e),   \
	  (r, name, out, e))                                                                       \
	X(int, store_near_name,                                                                    \
	  (struct reader * r, struct str name, struct arena * a, struct str * out,                 \
	   struct err * e),                                                                        \
	  (r, name, a, out, e))                                                                    \
	X(int, store_initials_name,                                                                \
	  (struct reader * r, struct str initials, struct arena * a, struct str * out,             \
	   struct err * e),                                                                        \
	  (r, initials, a, out, e))                                                                \
	X(int, store_network,                                                                      \
	  (struct reader * r, const struct network_query *n, struct arena *a, struct network *out, \
	   struct err *e),                                                                         \
	  (r, n, a, out, e))                                                                       \
	X(int, store_newest_day, (struct reader * r, day_t * out, struct err * e), (r, out, e))    \
	X(int, store_outlets,                                                                      \
	  (struct reader * r, const struct outlet_query *q, struct arena *a, struct outlets *out,  \
	   struct str *next, struct err *e),                                                       \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_position_changes,                                                             \
	  (struct reader * r, const struct statement_query *q, int articles, struct arena *a,      \
	   struct position_changes *out, struct err *e),                                           \
	  (r, q, articles, a, out, e))                                                             \
	X(int, store_position_changes_each,                                                        \
	  (struct reader * r, const struct statement_query *q, int articles,                       \
	   const struct position_change_each *each, struct arena *a, struct position_changes *out, \
	   struct err *e),                                                                         \
	  (r, q, articles, each, a, out, e))                                                       \
	X(int, store_position_history,                                                             \
	  (struct reader * r, const struct position_history_query *h, struct arena *a,             \
	   struct position_history *out, struct err *e),                                           \
	  (r, h, a, out, e))                                                                       \
	X(int, store_read_key,                                                                     \
	  (struct reader * r, const unsigned char digest[DIGEST_BYTES], struct arena *a,           \
	   struct read_key *out, struct err *e),                                                   \
	  (r, digest, a, out, e))                                                                  \
	X(int, store_read_keys,                                                                    \
	  (struct reader * r, const struct read_key_query *q, struct arena *a,                     \
	   struct read_key_list *out, int64_t *next, struct err *e),                               \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_ready, (struct store * s, struct err * e), (s, e))                            \
	X(int, store_seed, (struct store * s, const struct knowledge *k, struct err *e),           \
	  (s, k, e))                                                                               \
	X(int, store_stale,                                                                        \
	  (struct reader * r, int most, struct arena *a, struct keys *out, struct err *e),         \
	  (r, most, a, out, e))                                                                    \
	X(int, store_statement,                                                                    \
	  (struct reader * r, int64_t id, struct arena * a, struct statement * out,                \
	   struct err * e),                                                                        \
	  (r, id, a, out, e))                                                                      \
	X(int, store_statement_ids,                                                                \
	  (struct reader * r, const struct statement_query *q, struct arena *a, struct keys *out,  \
	   int64_t *next, struct err *e),                                                          \
	  (r, q, a, out, next, e))                                                                 \
	X(int, store_statements,                                                                   \
	  (struct reader * r, const struct statement_query *q, struct arena *a,                    \
	   struct statement_list *out, int64_t *next, struct err *e),                              \
	  (r, q, a, out, next, e))                                                                 \
	X(struct store_stats, store_stats, (struct store * s), (s))                                \
	X(int, store_submit, (struct store * s, struct write * w, struct err * e), (s, w, e))      \
	X(int, store_suggest,                                                                      \
	  (struct reader * r, const struct suggestion_query *q, struct arena *a,                   \
	   struct suggestions *out, struct err *e),                                                \
	  (r, q, a, out, e))                                                                       \
	X(uint64_t, store_version, (struct store * s), (s))                                        \
	X(int, store_write_all,                                                                    \
	  (struct store * s, struct write *const *w, size_t n, struct err *e), (s, w, n, e))       \
	X(int, table_rows_add, (struct table_rows * r, const struct cell *row, struct err *e),     \
	  (r, row, e))                                                                             \
	X(int, table_rows_clear,                                                                   \
	  (struct table_rows * r, const struct table *tables, int n, struct err *e),               \
	  (r, tables, n, e))                                                                       \
	X(int, table_rows_count,                                                                   \
	  (struct table_rows * r, const struct table *t, int64_t *out, struct err *e),             \
	  (r, t, out, e))                                                                          \
	X(int, table_rows_finish, (struct table_rows * r, struct err * e), (r, e))                 \
	X(int, table_rows_index,                                                                   \
	  (struct table_rows * r, void (*report)(void *, const char *index), void *context,        \
	   struct err *e),                                                                         \
	  (r, report, context, e))                                                                 \
	X(int, table_rows_last,                                                                    \
	  (struct table_rows * r, const struct table *t, struct cell key[TABLE_COLUMNS_MAX],       \
	   struct err *e),                                                                         \
	  (r, t, key, e))                                                                          \
	X(int, table_rows_next,                                                                    \
	  (struct table_rows * r, struct cell row[TABLE_COLUMNS_MAX], struct err * e),             \
	  (r, row, e))                                                                             \
	X(int, table_rows_save, (struct table_rows * r, struct err * e), (r, e))                   \
	X(int, table_rows_start,                                                                   \
	  (struct table_rows * r, const struct table *t, const struct cell *after, struct err *e), \
	  (r, t, after, e))                                                                        \
	X(int, table_rows_start_adding,                                                            \
	  (struct table_rows * r, const struct table *t, struct err *e), (r, t, e))
/* The same, without a result. */
#define ENGINE_ORDERS(X)                                                                           \
	X(void, reading_queue_close, (struct reading_queue * q), (q))                              \
	X(void, reading_queue_count, (struct reading_queue * q), (q))                              \
	X(void, reader_return, (struct reader * r), (r))                                           \
	X(void, store_announce, (struct store * s, const char *address), (s, address))             \
	X(void, store_close, (struct store * s), (s))                                              \
	X(void, store_expect, (struct store * s, int more), (s, more))                             \
	X(void, store_interrupt, (struct store * s), (s))                                          \
	X(void, table_rows_close, (struct table_rows * r), (r))
/* The engine is told by the name of the database. */
#define ENGINE_PATHS(X)                                                                            \
	X(int, store_backup,                                                                       \
	  (const char *path, const char *target, void (*progress)(void *, int done, int total),    \
	   void *context, struct err *e),                                                          \
	  (path, target, progress, context, e))                                                    \
	X(int, store_check,                                                                        \
	  (const char *path, void (*report)(void *, const char *fault), void *context,             \
	   struct err *e),                                                                         \
	  (path, report, context, e))                                                              \
	X(struct store_holder, store_holder, (const char *path), (path))                           \
	X(int, store_repair,                                                                       \
	  (const char *path, void (*report)(void *, const char *repaired), void *context,          \
	   struct err *e),                                                                         \
	  (path, report, context, e))
/* What these and the next give is marked as the engine's. */
#define ENGINE_PATH_OPENINGS(X)                                                                    \
	X(struct reading_queue *, reading_queue_open,                                              \
	  (const char *path, int64_t worker, struct err *e), (path, worker, e))                    \
	X(struct table_rows *, table_rows_open, (const char *path, struct err *e), (path, e))      \
	X(struct table_rows *, table_rows_open_new, (const char *path, struct err *e), (path, e))
#define ENGINE_OPENINGS(X)                                                                         \
	X(struct store *, store_open, (const struct store_options *o, struct err *e), (o, e))      \
	X(struct store *, store_open_reading, (const struct store_options *o, struct err *e),      \
	  (o, e))
#define ENGINE_LENDING(X)                                                                          \
	X(struct reader *, store_reader, (struct store * s, int64_t deadline_ns, struct err * e),  \
	  (s, deadline_ns, e))                                                                     \
	X(struct reader *, store_reader_at_hand,                                                   \
	  (struct store * s, int64_t deadline_ns, struct err * e), (s, deadline_ns, e))
/* Told to each engine. */
#define ENGINE_NOTICES(X) X(void, store_listen, (struct store_listener * l), (l))

struct engine {
#define X(result, name, parameters, arguments) result(*do_##name) parameters;
	ENGINE_CALLS(X)
	ENGINE_ORDERS(X)
	ENGINE_PATHS(X)
	ENGINE_PATH_OPENINGS(X) ENGINE_OPENINGS(X) ENGINE_LENDING(X) ENGINE_NOTICES(X)
#undef X
};

/* The name of the table that a file is compiled for. */
#ifndef DB_ENGINE
#define DB_ENGINE sqlite_engine
#endif
extern const struct engine DB_ENGINE;

#endif
