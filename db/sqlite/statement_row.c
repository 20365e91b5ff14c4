/* One statement as its row and all that hangs from it: its facets, its words in the full text, and
 * what counts it. A new article and one that is read again file their statements alike. */
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "db/packed_fields.h"
#include "db/record.h"
#include "db/sqlite/writer.h"

speaker_key_t speaker_key(int64_t actor, bool with_members)
{
	return actor * 2 + with_members;
}

/* --- making
 * -------------------------------------------------------------------------------------------------
 */

static void add_once(int64_t *v, size_t *n, int64_t key)
{
	for (size_t i = 0; i < *n; i++)
		if (v[i] == key)
			return;
	v[(*n)++] = key;
}

static bool has_members(const struct actor *a)
{
	return a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION;
}

/* The speaker itself, with members where it can have some, and the country that it speaks for. */
static int speaker_facets(struct group *g, const struct actor *speaker, int64_t key,
			  struct facets *f, struct err *e)
{
	if (!key)
		return 0;
	int64_t country;
	if (country_key(g, speaker->country, &country, e))
		return -1;
	add_once(f->speakers, &f->n_speakers, speaker_key(key, false));
	if (has_members(speaker))
		add_once(f->speakers, &f->n_speakers, speaker_key(key, true));
	if (country)
		add_once(f->speakers, &f->n_speakers, speaker_key(country, true));
	return 0;
}

static int facet_words(struct group *g, const struct facets *f, struct str *out, struct err *e)
{
	/* A letter, at most 19 digits, a space. */
	size_t room = (f->n_speakers + f->n_issues) * 21 + 1, n = 0;
	char *p = arena_alloc(&g->arena, room);
	if (!p)
		return arena_full(e);
	for (size_t i = 0; i < f->n_speakers; i++)
		n += (size_t)snprintf(p + n, room - n, "%ss%lld", n ? " " : "",
				      (long long)f->speakers[i]);
	for (size_t i = 0; i < f->n_issues; i++)
		n += (size_t)snprintf(p + n, room - n, "%si%lld", n ? " " : "",
				      (long long)f->issues[i]);
	*out = (struct str){p, n};
	return 0;
}

/* The days that the date may mean: one, or all of its month or year. */
static void said_days(const struct said_on *said, day_t *from, day_t *to)
{
	int64_t year, month;
	*from = *to = DAY_NONE;
	if (day_parse(said->date, from)) {
		*to = *from;
		return;
	}
	*from = DAY_NONE;
	if (said->date.n < 4 || !str_to_i64(str_sub(said->date, 0, 4), &year) || year < 1 ||
	    year > 9999)
		return;
	if (said->date.n == 4) {
		*from = day_from_civil((struct civil){(int)year, 1, 1});
		*to = day_from_civil((struct civil){(int)year, 12, 31});
		return;
	}
	if (said->date.n != 7 || said->date.p[4] != '-' ||
	    !str_to_i64(str_sub(said->date, 5, 7), &month) || month < 1 || month > 12)
		return;
	*from = day_from_civil((struct civil){(int)year, (int)month, 1});
	*to = day_from_civil(
		(struct civil){(int)year, (int)month, days_in_month((int)year, (int)month)});
}

static int name_issues(struct group *g, const struct statement *s, struct facets *f, int64_t **keys,
		       struct err *e)
{
	*keys = arena_array(&g->arena, s->n_issues, sizeof **keys);
	f->issues = arena_array(&g->arena, s->n_issues, sizeof *f->issues);
	if (!*keys || !f->issues)
		return arena_full(e);
	for (size_t i = 0; i < s->n_issues; i++) {
		if (issue_key(g, s->issues[i].issue, &(*keys)[i], e))
			return -1;
		add_once(f->issues, &f->n_issues, (*keys)[i]);
	}
	return 0;
}

int file_make(struct group *g, const struct statement *s, struct filed *out, struct err *e)
{
	int64_t *issues;
	*out = (struct filed){.traits = traits_pack(s), .content = s->content};
	if (gate_statement(s, e) || actor_key(g, s->speaker, &out->speaker, e) ||
	    actor_key(g, s->stance.target, &out->target, e) ||
	    actor_key(g, s->addressee, &out->addressee, e) ||
	    actor_key(g, s->reported_by, &out->reported_by, e) ||
	    speaker_facets(g, s->speaker, out->speaker, &out->facets, e) ||
	    name_issues(g, s, &out->facets, &issues, e) ||
	    facet_words(g, &out->facets, &out->words, e))
		return -1;
	buf_clear(&g->detail);
	detail_write(&g->detail, s, out->reported_by, issues);
	out->detail = arena_str(&g->arena, buf_str(&g->detail));
	out->role = str_fold(&g->arena, s->speaker_role);
	said_days(&s->said_on, &out->said_from, &out->said_to);
	return g->detail.failed || !out->detail.p || !out->role.p ? arena_full(e) : 0;
}

static int parse_facets(struct group *g, struct str words, struct facets *f, struct err *e)
{
	*f = (struct facets){0};
	f->issues = arena_array(&g->arena, words.n / 2 + 1, sizeof *f->issues);
	if (!f->issues)
		return arena_full(e);
	for (struct str word; str_split(&words, ' ', &word);) {
		int64_t key;
		bool is_speaker = word.n && word.p[0] == 's';
		if (!word.n || !str_to_i64(str_sub(word, 1, word.n), &key) ||
		    (is_speaker && f->n_speakers == FACET_SPEAKERS))
			return err_set(e, ERR_DB, NULL, "a statement's facets are damaged");
		if (is_speaker)
			f->speakers[f->n_speakers++] = key;
		else
			f->issues[f->n_issues++] = key;
	}
	return 0;
}

int file_read(struct group *g, sqlite3_stmt *st, struct filed *out, struct statement *is,
	      struct err *e)
{
	struct arena *a = &g->arena;
	const int64_t *issues;
	*out = (struct filed){
		.id = sqlite3_column_int64(st, 0), .said_from = DAY_NONE, .said_to = DAY_NONE};
	out->speaker = sqlite3_column_int64(st, 1);
	out->target = sqlite3_column_int64(st, 2);
	out->addressee = sqlite3_column_int64(st, 3);
	out->words = sql_copy(st, 4, a);
	out->content = sql_copy(st, 5, a);
	out->detail = sql_copy(st, 6, a);
	out->traits = sqlite3_column_int64(st, 7);
	out->place = sqlite3_column_int64(st, 8);
	if (!out->words.p || !out->content.p || !out->detail.p)
		return arena_full(e);
	*is = (struct statement){.id = out->id, .content = out->content};
	traits_unpack(out->traits, is);
	return detail_read(out->detail, a, is, &out->reported_by, &issues, e) ||
			       parse_facets(g, out->words, &out->facets, e)
		       ? -1
		       : 0;
}

/* --- what hangs from it
 * -------------------------------------------------------------------------------------------- */

/* Every pair of {any, speakers} and {any, issues} but (any, any), which the statement's own key
 * answers. */
static int queue_facets(struct group *g, const struct filed *f, bool is_drop, struct err *e)
{
	const struct facets *in = &f->facets;
	if (!traits_counted(f->traits))
		return 0;
	for (size_t s = 0; s <= in->n_speakers; s++)
		for (size_t i = 0; i <= in->n_issues; i++) {
			struct facet_op op = {
				.statement = f->id, .traits = f->traits, .is_drop = is_drop};
			op.speaker = s ? in->speakers[s - 1] : 0;
			op.issue = i ? in->issues[i - 1] : 0;
			if ((s || i) && group_add_facet(g, &op, e))
				return -1;
		}
	return 0;
}

static int queue_words(struct group *g, const struct filed *f, bool is_drop, struct err *e)
{
	struct fts_op op = {
		.statement = f->id, .content = f->content, .facets = f->words, .is_drop = is_drop};
	return group_add_fts(g, &op, e);
}

/* One more (sign 1) or one less (-1) for all that the statement names, and for its tally. */
static int count(struct group *g, const struct filed *f, int sign, struct err *e)
{
	bool counts = traits_counted(f->traits);
	if (group_count_actor(g, f->speaker, counts ? sign : 0, sign, e) ||
	    group_count_actor(g, f->target, 0, sign, e) ||
	    group_count_actor(g, f->addressee, 0, sign, e) ||
	    group_count_actor(g, f->reported_by, 0, sign, e))
		return -1;
	for (size_t i = 0; i < f->facets.n_issues; i++)
		if (group_count_issue(g, f->facets.issues[i], counts ? sign : 0, counts ? 0 : sign,
				      e))
			return -1;
	g->state.statements += counts ? sign : 0;
	return counts ? group_count_tally(g, tally_key(f->id, f->traits), sign, e) : 0;
}

/* --- rows
 * -------------------------------------------------------------------------------------------------
 */

static void bind_day(sqlite3_stmt *st, int at, day_t day)
{
	if (day != DAY_NONE)
		sqlite3_bind_int64(st, at, day);
}

static int write_row(struct group *g, enum writer_sql text, const struct filed *f, struct err *e)
{
	sqlite3_stmt *st = g->w->st[text];
	sqlite3_clear_bindings(st);
	sqlite3_bind_int64(st, 1, f->id);
	sqlite3_bind_int64(st, 2, f->article);
	sql_bind_key(st, 3, f->speaker);
	sql_bind_key(st, 4, f->target);
	sql_bind_key(st, 5, f->addressee);
	sqlite3_bind_int64(st, 6, f->traits);
	bind_day(st, 7, f->said_from);
	bind_day(st, 8, f->said_to);
	if (f->role.n)
		sql_bind_str(st, 9, f->role);
	sql_bind_str(st, 10, f->words);
	sql_bind_str(st, 11, f->content);
	sqlite3_bind_blob64(st, 12, f->detail.p, f->detail.n, SQLITE_STATIC);
	sqlite3_bind_int64(st, 13, f->place);
	sqlite3_bind_int64(st, 14, g->commit);
	return sql_do(st, e);
}

int file_add(struct group *g, const struct filed *f, struct err *e)
{
	return write_row(g, W_ADD_STATEMENT, f, e) || queue_facets(g, f, false, e) ||
			       queue_words(g, f, false, e) || count(g, f, 1, e)
		       ? -1
		       : 0;
}

int file_drop(struct group *g, const struct filed *f, bool with_row, struct err *e)
{
	if (queue_facets(g, f, true, e) || queue_words(g, f, true, e) || count(g, f, -1, e))
		return -1;
	if (!with_row)
		return 0;
	sqlite3_bind_int64(g->w->st[W_DROP_STATEMENT], 1, f->id);
	return sql_do(g->w->st[W_DROP_STATEMENT], e);
}

/* Another place among the same statements is not told, so it is no change of the statement; that
 * they are others is one of the article. */
static int set_place(struct group *g, const struct filed *f, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_SET_PLACE];
	sqlite3_bind_int64(st, 1, f->id);
	sqlite3_bind_int64(st, 2, f->place);
	return sql_do(st, e);
}

/* Role and days follow from the details. */
static bool is_same(const struct filed *a, const struct filed *b)
{
	return a->speaker == b->speaker && a->target == b->target && a->addressee == b->addressee &&
	       a->traits == b->traits && str_eq(a->words, b->words) &&
	       str_eq(a->content, b->content) && str_eq(a->detail, b->detail);
}

int file_replace(struct group *g, const struct filed *old, const struct filed *f, bool *is_changed,
		 struct err *e)
{
	*is_changed = !is_same(old, f);
	if (!*is_changed)
		return old->place == f->place ? 0 : set_place(g, f, e);
	bool same_words = str_eq(old->words, f->words);
	if (write_row(g, W_SET_STATEMENT, f, e) || count(g, old, -1, e) || count(g, f, 1, e))
		return -1;
	if (!(same_words && old->traits == f->traits) &&
	    (queue_facets(g, old, true, e) || queue_facets(g, f, false, e)))
		return -1;
	if (same_words && str_eq(old->content, f->content))
		return 0;
	return queue_words(g, old, true, e) || queue_words(g, f, false, e) ? -1 : 0;
}
