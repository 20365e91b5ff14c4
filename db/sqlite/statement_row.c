/* Rows of statements: made, read, written. */
#include "db/sqlite/statement_row.h"

#include <string.h>

#include "base/fold.h"
#include "db/packed_fields.h"
#include "db/record.h"
#include "db/sqlite/entity_key.h"
#include "db/tally.h"
#include "db/validation.h"

/* --- making --- */

static int find_actors(struct transaction *t, const struct statement *s, struct statement_row *out,
		       struct err *e)
{
	int64_t country;
	if (actor_key(t, s->speaker, &out->speaker, e) ||
	    actor_key(t, s->stance.target, &out->target, e) ||
	    actor_key(t, s->addressee, &out->addressee, e) ||
	    actor_key(t, s->reported_by, &out->reported_by, e))
		return -1;
	if (!out->speaker)
		return 0;
	if (country_key(t, s->speaker->country, &country, e))
		return -1;
	facets_add_speaker(&out->facets, s->speaker, out->speaker, country);
	return 0;
}

static int find_issues(struct transaction *t, const struct statement *s, struct statement_row *out,
		       int64_t **keys, struct err *e)
{
	*keys = arena_array(&t->arena, s->n_issues, sizeof **keys);
	if (!*keys)
		return arena_full(e);
	for (size_t i = 0; i < s->n_issues; i++)
		if (issue_key(t, s->issues[i].issue, &(*keys)[i], e))
			return -1;
	return facets_set_issues(&out->facets, *keys, s->n_issues, &t->arena, e);
}

/* The position on an issue is that of its first place among the statement's: so are the facets. */
static int set_pairs(struct transaction *t, const struct statement *s, const int64_t *keys,
		     struct statement_row *row, struct err *e)
{
	row->pairs = arena_array(&t->arena, row->facets.n_issues, sizeof *row->pairs);
	if (!row->pairs)
		return arena_full(e);
	for (size_t i = 0; i < row->facets.n_issues; i++) {
		size_t at = 0;
		while (at < s->n_issues && keys[at] != row->facets.issues[i])
			at++;
		row->pairs[i] = at < s->n_issues ? fields_on_issue(row->fields, &s->issues[at])
						 : row->fields;
	}
	return 0;
}

int statement_row_make(struct transaction *t, const struct statement *s, struct nearby *near,
		       struct statement_row *out, struct err *e)
{
	int64_t *issues;
	bool has_date = s->said_on.date.n > 0;
	*out = (struct statement_row){.fields = fields_pack(s),
				      .content = s->content,
				      .said_from = has_date ? s->said_on.from : DAY_NONE,
				      .said_to = has_date ? s->said_on.to : DAY_NONE};
	out->facets.is_uncounted = !fields_are_counted(out->fields);
	if (validate_statement(s, e) || find_actors(t, s, out, e) ||
	    find_issues(t, s, out, &issues, e) || set_pairs(t, s, issues, out, e) ||
	    facets_format(&out->facets, &t->arena, &out->facets_text, e) ||
	    nearby_of(near, s, &t->arena, &out->nearby, e))
		return -1;
	buf_clear(&t->record);
	record_write(&t->record, s, out->reported_by, issues);
	out->record = arena_str(&t->arena, buf_str(&t->record));
	out->role = str_fold(&t->arena, s->speaker_role);
	return t->record.failed || !out->record.p || !out->role.p ? arena_full(e) : 0;
}

int statement_row_set_copy(struct transaction *t, struct statement_row *row, bool is_copy,
			   struct err *e)
{
	if (fields_with_copy(row->fields, is_copy) == row->fields)
		return 0;
	int64_t *pairs = arena_array(&t->arena, row->facets.n_issues, sizeof *pairs);
	if (!pairs)
		return arena_full(e);
	row->fields = fields_with_copy(row->fields, is_copy);
	for (size_t i = 0; i < row->facets.n_issues; i++)
		pairs[i] = fields_with_copy(row->pairs[i], is_copy);
	row->pairs = pairs;
	return 0;
}

static day_t column_day(sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL ? DAY_NONE
							  : (day_t)sqlite3_column_int(st, at);
}

int statement_row_read(struct transaction *t, sqlite3_stmt *st, struct statement_row *out,
		       struct statement *is, struct err *e)
{
	struct arena *a = &t->arena;
	const int64_t *issues;
	*out = (struct statement_row){.id = sqlite3_column_int64(st, 0)};
	out->speaker = sqlite3_column_int64(st, 1);
	out->target = sqlite3_column_int64(st, 2);
	out->addressee = sqlite3_column_int64(st, 3);
	out->facets_text = sql_copy(st, 4, a);
	out->content = sql_copy(st, 5, a);
	out->record = sql_copy(st, 6, a);
	out->fields = sqlite3_column_int64(st, 7);
	out->ordinal = sqlite3_column_int64(st, 8);
	out->nearby = sql_copy(st, 9, a);
	out->edit = sqlite3_column_int64(st, 10);
	out->article = sqlite3_column_int64(st, 12);
	out->said_from = column_day(st, 13);
	out->said_to = column_day(st, 14);
	out->role = sql_copy(st, 15, a);
	out->origin = sql_copy(st, 16, a);
	if (!out->facets_text.p || !out->content.p || !out->record.p || !out->nearby.p ||
	    !out->role.p || !out->origin.p)
		return arena_full(e);
	*is = (struct statement){.id = out->id,
				 .version = sqlite3_column_int64(st, 11),
				 .edit = out->edit,
				 .article_id = out->article,
				 .content = out->content};
	fields_unpack(out->fields, is);
	return record_read(out->record, a, is, &out->reported_by, &issues, e) ||
			       facets_parse(out->facets_text, a, &out->facets, e) ||
			       set_pairs(t, is, issues, out, e)
		       ? -1
		       : 0;
}

/* --- what hangs from it --- */

/* The row's place in the blocks; strings and pairs in the transaction's arena. */
static int make_entry(struct transaction *t, const struct statement_row *row,
		      struct block_entry *out, struct err *e)
{
	const struct facets *in = &row->facets;
	struct block_pair *pairs = arena_array(&t->arena, in->n_issues, sizeof *pairs);
	if (!pairs)
		return arena_full(e);
	if (row->speaker > BLOCK_KEY_MAX || row->target > BLOCK_KEY_MAX ||
	    in->n_issues > BLOCK_ISSUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more actors or issues than can be counted");
	for (size_t i = 0; i < in->n_issues; i++)
		pairs[i] =
			(struct block_pair){(uint32_t)in->issues[i], block_position(row->pairs[i])};
	*out = (struct block_entry){.id = row->id,
				    .article = row->article,
				    .fields = row->fields,
				    .speaker = (uint32_t)facets_own_key(in, row->speaker),
				    .member_of = (uint32_t)facets_member_of(in),
				    .target = (uint32_t)row->target,
				    .said = row->said_from,
				    .n_pairs = in->n_issues,
				    .pairs = pairs};
	return 0;
}

static int put_block(struct transaction *t, const struct statement_row *row, bool is_drop,
		     struct err *e)
{
	struct block_op op = {.entry = {.id = row->id}, .is_drop = is_drop};
	if (!is_drop && make_entry(t, row, &op.entry, e))
		return -1;
	return transaction_add_block(t, &op, e);
}

/* Every pair of {any, speakers} and {any, issues} but (any, any), which the statement's own key
 * answers. */
static int put_facets(struct transaction *t, const struct statement_row *row, bool is_drop,
		      struct err *e)
{
	const struct facets *in = &row->facets;
	if (!fields_are_counted(row->fields) && !fields_are_nested(row->fields))
		return 0;
	for (size_t s = 0; s <= in->n_speakers; s++)
		for (size_t i = 0; i <= in->n_issues; i++) {
			struct facet_op op = {.statement = row->id, .is_drop = is_drop};
			op.speaker = s ? in->speakers[s - 1] : 0;
			op.issue = i ? in->issues[i - 1] : 0;
			op.fields = i ? row->pairs[i - 1] : row->fields;
			if ((s || i) && transaction_add_facet(t, &op, e))
				return -1;
		}
	return put_block(t, row, is_drop, e);
}

static int put_fts(struct transaction *t, const struct statement_row *row, bool is_drop,
		   struct err *e)
{
	struct fts_op op = {.statement = row->id,
			    .content = row->content,
			    .facets = row->facets_text,
			    .nearby = row->nearby,
			    .role = row->role,
			    .is_drop = is_drop};
	return transaction_add_fts(t, &op, e);
}

/* One more (sign 1) or one less (-1) for all that the statement names, and for its tallies. */
static int count(struct transaction *t, const struct statement_row *row, int sign, struct err *e)
{
	bool counts = fields_are_counted(row->fields);
	int counted = counts ? sign : 0, uncounted = counts ? 0 : sign;
	if (transaction_count_actor(t, row->speaker, counted, sign, e) ||
	    transaction_count_actor(t, row->target, 0, sign, e) ||
	    transaction_count_actor(t, row->addressee, 0, sign, e) ||
	    transaction_count_actor(t, row->reported_by, 0, sign, e))
		return -1;
	for (size_t i = 0; i < row->facets.n_issues; i++)
		if (transaction_count_issue(t, row->facets.issues[i], counted, uncounted, e))
			return -1;
	t->state.statements += counted;
	if (!counts)
		return 0;
	return transaction_count_tally(t, tally_key(row->id, row->fields), sign, e);
}

/* --- rows --- */

static void bind_day(sqlite3_stmt *st, int at, day_t day)
{
	if (day != DAY_NONE)
		sqlite3_bind_int64(st, at, day);
}

static int write_row(struct transaction *t, enum writer_sql text, const struct statement_row *row,
		     struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, text);
	sqlite3_clear_bindings(st);
	sqlite3_bind_int64(st, 1, row->id);
	sqlite3_bind_int64(st, 2, row->article);
	sql_bind_key(st, 3, row->speaker);
	sql_bind_key(st, 4, row->target);
	sql_bind_key(st, 5, row->addressee);
	sqlite3_bind_int64(st, 6, row->fields);
	bind_day(st, 7, row->said_from);
	bind_day(st, 8, row->said_to);
	if (row->role.n)
		sql_bind_str(st, 9, row->role);
	sql_bind_str(st, 10, row->facets_text);
	sql_bind_str(st, 11, row->content);
	sqlite3_bind_blob64(st, 12, row->record.p, row->record.n, SQLITE_STATIC);
	sqlite3_bind_int64(st, 13, row->ordinal);
	sqlite3_bind_int64(st, 14, t->commit);
	sql_bind_str(st, 15, row->nearby);
	sqlite3_bind_int64(st, 16, row->edit);
	sql_bind_str(st, 17, row->origin);
	return sql_do(st, e);
}

int statement_row_insert(struct transaction *t, const struct statement_row *row, struct err *e)
{
	return write_row(t, W_ADD_STATEMENT, row, e) || put_facets(t, row, false, e) ||
			       put_fts(t, row, false, e) || count(t, row, 1, e)
		       ? -1
		       : 0;
}

int statement_row_drop(struct transaction *t, const struct statement_row *row, bool with_row,
		       struct err *e)
{
	if (put_facets(t, row, true, e) || put_fts(t, row, true, e) || count(t, row, -1, e))
		return -1;
	if (!with_row)
		return 0;
	sqlite3_stmt *st = transaction_sql(t, W_DROP_STATEMENT);
	sqlite3_bind_int64(st, 1, row->id);
	return sql_do(st, e);
}

/* Another ordinal among the same statements is not shown, so it is no change of the statement; that
 * they are others is one of the article. */
static int set_ordinal(struct transaction *t, const struct statement_row *row, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_ORDINAL);
	sqlite3_bind_int64(st, 1, row->id);
	sqlite3_bind_int64(st, 2, row->ordinal);
	return sql_do(st, e);
}

/* Role and days follow from the record. */
static bool is_same(const struct statement_row *a, const struct statement_row *b)
{
	return a->edit == b->edit && a->speaker == b->speaker && a->target == b->target &&
	       a->addressee == b->addressee && a->fields == b->fields &&
	       str_eq(a->facets_text, b->facets_text) && str_eq(a->content, b->content) &&
	       str_eq(a->record, b->record);
}

/* Of rows with the same text of facets: are these the same in all they say? */
static bool has_same_pairs(const struct statement_row *a, const struct statement_row *b)
{
	size_t n = a->facets.n_issues;
	return a->fields == b->fields && a->speaker == b->speaker && a->target == b->target &&
	       a->said_from == b->said_from &&
	       (n == 0 || memcmp(a->pairs, b->pairs, n * sizeof *a->pairs) == 0);
}

/* What stands near it is found by and not shown, and its origin is what its article tells: no
 * change either. */
static int set_around(struct transaction *t, const struct statement_row *old,
		      const struct statement_row *row, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_AROUND);
	sqlite3_bind_int64(st, 1, row->id);
	sqlite3_bind_int64(st, 2, row->ordinal);
	sql_bind_str(st, 3, row->nearby);
	sql_bind_str(st, 4, row->origin);
	if (sql_do(st, e))
		return -1;
	if (str_eq(old->nearby, row->nearby))
		return 0;
	struct statement_row now = *old;
	now.nearby = row->nearby;
	return put_fts(t, old, true, e) || put_fts(t, &now, false, e) ? -1 : 0;
}

static bool has_same_words(const struct statement_row *a, const struct statement_row *b)
{
	return str_eq(a->content, b->content) && str_eq(a->nearby, b->nearby) &&
	       str_eq(a->role, b->role);
}

int statement_row_replace(struct transaction *t, const struct statement_row *old,
			  const struct statement_row *row, bool *is_changed, struct err *e)
{
	*is_changed = !is_same(old, row);
	if (!*is_changed && !(str_eq(old->nearby, row->nearby) && str_eq(old->origin, row->origin)))
		return set_around(t, old, row, e);
	if (!*is_changed)
		return old->ordinal == row->ordinal ? 0 : set_ordinal(t, row, e);
	bool same_facets = str_eq(old->facets_text, row->facets_text);
	if (write_row(t, W_SET_STATEMENT, row, e) || count(t, old, -1, e) || count(t, row, 1, e))
		return -1;
	if (!(same_facets && has_same_pairs(old, row)) &&
	    (put_facets(t, old, true, e) || put_facets(t, row, false, e)))
		return -1;
	if (same_facets && has_same_words(old, row))
		return 0;
	return put_fts(t, old, true, e) || put_fts(t, row, false, e) ? -1 : 0;
}
