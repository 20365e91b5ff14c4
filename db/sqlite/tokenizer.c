/* FTS5's "porter unicode61 remove_diacritics 2", by FTS5's interface for extensions. */
#include "db/sqlite/tokenizer.h"

#include <stdlib.h>

#include "db/sqlite/sql.h"

struct tokenizer {
	sqlite3 *db;
	fts5_tokenizer calls;
	Fts5Tokenizer *instance;
};

static fts5_api *api_of(sqlite3 *db, struct err *e)
{
	fts5_api *api = NULL;
	sqlite3_stmt *st = sql_prepare(db, "SELECT fts5(?1)", e);
	if (!st)
		return NULL;
	sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
	if (sql_do(st, e))
		api = NULL;
	sqlite3_finalize(st);
	return api;
}

struct tokenizer *tokenizer_open(struct err *e)
{
	static const char *words[] = {"unicode61", "remove_diacritics", "2"};
	struct tokenizer *t = calloc(1, sizeof *t);
	void *context = NULL;
	fts5_api *api = NULL;
	if (t && sqlite3_open(":memory:", &t->db) == SQLITE_OK)
		api = api_of(t->db, e);
	if (api && api->xFindTokenizer(api, "porter", &context, &t->calls) == SQLITE_OK &&
	    t->calls.xCreate(context, words, 3, &t->instance) == SQLITE_OK)
		return t;
	err_set(e, ERR_DB, NULL, "cannot make a tokenizer");
	tokenizer_close(t);
	return NULL;
}

void tokenizer_close(struct tokenizer *t)
{
	if (!t)
		return;
	if (t->instance)
		t->calls.xDelete(t->instance);
	sqlite3_close(t->db);
	free(t);
}

struct taking {
	int (*take)(void *, struct str word);
	void *context;
	int result;
};

static int take_token(void *p, int flags, const char *word, int n, int start, int end)
{
	struct taking *taking = p;
	(void)flags;
	(void)start;
	(void)end;
	taking->result = taking->take(taking->context, (struct str){word, (size_t)n});
	return taking->result ? SQLITE_ABORT : SQLITE_OK;
}

int tokenizer_each(struct tokenizer *t, struct str text, int (*take)(void *, struct str word),
		   void *context)
{
	struct taking taking = {take, context, 0};
	int code = text.n ? t->calls.xTokenize(t->instance, &taking, FTS5_TOKENIZE_DOCUMENT, text.p,
					       (int)text.n, take_token)
			  : SQLITE_OK;
	return taking.result ? taking.result : code == SQLITE_OK ? 0 : -1;
}
