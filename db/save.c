/* An article and its statements into rows, and out of them again. */
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "db/detail.h"
#include "db/traits.h"
#include "db/writer.h"

enum { COUNTER_MAX = INT32_MAX };

/* An article of more bytes does not fit SQLite's bound on one value (db/sql.c) with room to spare. */
enum { TEXT_BYTES_MAX = 48 * 1024 * 1024 };

speaker_key_t speaker_key(int64_t actor, bool with_members)
{
	return actor * 2 + with_members;
}

void digest_text(struct str text, unsigned char out[32])
{
	struct sha256_ctx hash;
	sha256_init(&hash);
	sha256_update(&hash, text.n, (const uint8_t *)text.p);
	sha256_digest(&hash, SHA256_DIGEST_SIZE, out);
}

static int find_text(struct group *g, struct write *w, struct err *e)
{
	digest_text(w->article.text, w->article.sha256);
	sqlite3_stmt *st = g->w->st[W_FIND_TEXT];
	sqlite3_bind_blob(st, 1, w->article.sha256, sizeof w->article.sha256, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row > 0) {
		w->id = sqlite3_column_int64(st, 0);
		w->article.statement_count = (uint32_t)sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return row;
}

/* The day that leads the ids: of publication, else of arrival. */
static int64_t day_of(const struct article *a)
{
	day_t day;
	if (a->published_at.n && day_parse(a->published_at, &day))
		return day;
	const int64_t ms_per_day = 86400000;
	int64_t days = a->received_ms / ms_per_day - (a->received_ms % ms_per_day < 0);
	/* Years 1 to 9999. */
	return days < 1 - ID_DAY_OFFSET || days > 2932896 ? 0 : days;
}

static int insert_article(struct group *g, const struct write *w, struct err *e)
{
	const struct article *a = &w->article;
	sqlite3_stmt *st = g->w->st[W_ADD_ARTICLE];
	sqlite3_bind_int64(st, 1, w->id);
	sqlite3_bind_blob(st, 2, a->sha256, sizeof a->sha256, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, a->received_ms);
	sqlite3_bind_int64(st, 4, a->statement_count);
	sql_bind_str(st, 5, a->published_at);
	sql_bind_str(st, 6, a->outlet);
	sql_bind_str(st, 7, a->title);
	sql_bind_str(st, 8, a->url);
	sql_bind_str(st, 9, a->author);
	sql_bind_str(st, 10, a->language);
	if (sql_do(st, e))
		return -1;
	st = g->w->st[W_ADD_TEXT];
	sqlite3_bind_int64(st, 1, w->id);
	sqlite3_bind_blob64(st, 2, a->text.p ? a->text.p : "", a->text.n, SQLITE_STATIC);
	return sql_do(st, e);
}

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
static int speaker_facets(struct group *g, const struct actor *speaker, int64_t key, struct facets *f, struct err *e)
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

int facet_words(struct group *g, const struct facets *f, struct str *out, struct err *e)
{
	/* A letter, at most 19 digits, a space. */
	size_t room = (f->n_speakers + f->n_issues) * 21 + 1, n = 0;
	char *p = arena_alloc(&g->arena, room);
	if (!p)
		return arena_full(e);
	for (size_t i = 0; i < f->n_speakers; i++)
		n += (size_t)snprintf(p + n, room - n, "%ss%lld", n ? " " : "", (long long)f->speakers[i]);
	for (size_t i = 0; i < f->n_issues; i++)
		n += (size_t)snprintf(p + n, room - n, "%si%lld", n ? " " : "", (long long)f->issues[i]);
	*out = (struct str){p, n};
	return 0;
}

/* Every pair of {any, speakers} and {any, issues} but (any, any), which the statement's own key answers. */
static int queue_facets(struct group *g, const struct facets *f, int64_t id, int64_t traits, bool is_drop, struct err *e)
{
	for (size_t s = 0; s <= f->n_speakers; s++)
		for (size_t i = 0; i <= f->n_issues; i++) {
			struct facet_op op = {.statement = id, .traits = traits, .is_drop = is_drop};
			op.speaker = s ? f->speakers[s - 1] : 0;
			op.issue = i ? f->issues[i - 1] : 0;
			if ((s || i) && group_add_facet(g, &op, e))
				return -1;
		}
	return 0;
}

/* The days that the date may mean: one, or all of its month or year. */
static bool said_days(const struct said_on *said, day_t *from, day_t *to)
{
	int64_t year, month;
	if (day_parse(said->date, from)) {
		*to = *from;
		return true;
	}
	if (said->date.n < 4 || !str_to_i64(str_sub(said->date, 0, 4), &year) || year < 1 || year > 9999)
		return false;
	if (said->date.n == 4) {
		*from = day_from_civil((struct civil){(int)year, 1, 1});
		*to = day_from_civil((struct civil){(int)year, 12, 31});
		return true;
	}
	if (said->date.n != 7 || said->date.p[4] != '-' || !str_to_i64(str_sub(said->date, 5, 7), &month) || month < 1 ||
	    month > 12)
		return false;
	*from = day_from_civil((struct civil){(int)year, (int)month, 1});
	*to = day_from_civil((struct civil){(int)year, (int)month, days_in_month((int)year, (int)month)});
	return true;
}

/* The keys of whom a statement names. */
struct named {
	int64_t speaker, target, addressee, reported_by, *issues;
};

static int resolve(struct group *g, const struct statement *s, struct named *k, struct facets *f, struct err *e)
{
	*f = (struct facets){0};
	k->issues = arena_array(&g->arena, s->n_issues, sizeof *k->issues);
	f->issues = arena_array(&g->arena, s->n_issues, sizeof *f->issues);
	if (!k->issues || !f->issues)
		return arena_full(e);
	if (actor_key(g, s->speaker, &k->speaker, e) || actor_key(g, s->stance.target, &k->target, e) ||
	    actor_key(g, s->addressee, &k->addressee, e) || actor_key(g, s->reported_by, &k->reported_by, e) ||
	    speaker_facets(g, s->speaker, k->speaker, f, e))
		return -1;
	for (size_t i = 0; i < s->n_issues; i++) {
		if (issue_key(g, s->issues[i].issue, &k->issues[i], e))
			return -1;
		add_once(f->issues, &f->n_issues, k->issues[i]);
	}
	return 0;
}

static int insert_statement(struct group *g, const struct statement *s, const struct named *k, int64_t id, int64_t article,
			    struct str words, struct err *e)
{
	struct str role = str_fold(&g->arena, s->speaker_role);
	if (!role.p)
		return arena_full(e);
	buf_clear(&g->detail);
	detail_write(&g->detail, s, k->reported_by, k->issues);
	if (g->detail.failed)
		return arena_full(e);
	sqlite3_stmt *st = g->w->st[W_ADD_STATEMENT];
	day_t from, to;
	bool has_days = said_days(&s->said_on, &from, &to);
	sqlite3_clear_bindings(st);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_int64(st, 2, article);
	sql_bind_key(st, 3, k->speaker);
	sql_bind_key(st, 4, k->target);
	sql_bind_key(st, 5, k->addressee);
	sqlite3_bind_int64(st, 6, traits_pack(s));
	if (has_days) {
		sqlite3_bind_int64(st, 7, from);
		sqlite3_bind_int64(st, 8, to);
	}
	if (role.n)
		sql_bind_str(st, 9, role);
	sql_bind_str(st, 10, words);
	sql_bind_str(st, 11, s->content);
	struct str detail = buf_str(&g->detail);
	sqlite3_bind_blob64(st, 12, detail.p, detail.n, SQLITE_STATIC);
	return sql_do(st, e);
}

/* One more (sign 1) or one less (-1) for all that the statement names, and for its tally. */
static int count(struct group *g, const struct named *k, const struct facets *f, int64_t tally, int sign, struct err *e)
{
	if (group_count_actor(g, k->speaker, sign, sign, e) || group_count_actor(g, k->target, 0, sign, e) ||
	    group_count_actor(g, k->addressee, 0, sign, e) || group_count_actor(g, k->reported_by, 0, sign, e))
		return -1;
	for (size_t i = 0; i < f->n_issues; i++)
		if (group_count_issue(g, f->issues[i], sign, e))
			return -1;
	return group_count_tally(g, tally, sign, e);
}

static int save_statement(struct group *g, const struct statement *s, int64_t id, int64_t article, struct err *e)
{
	struct named k = {0};
	struct facets f;
	struct str words;
	if (gate_statement(s, e) || resolve(g, s, &k, &f, e) || facet_words(g, &f, &words, e) || insert_statement(g, s, &k, id, article, words, e) ||
	    queue_facets(g, &f, id, traits_pack(s), false, e))
		return -1;
	struct fts_op fts = {.statement = id, .content = s->content, .facets = words};
	return group_add_fts(g, &fts, e) || count(g, &k, &f, tally_key(id, traits_pack(s)), 1, e) ? -1 : 0;
}

int save_article(struct group *g, struct write *w, struct err *e)
{
	w->is_new = false;
	w->id = 0;
	if (w->article.text.n > TEXT_BYTES_MAX)
		return err_set(e, ERR_TOO_LARGE, "text", "the text is too large to store");
	if (gate_article(&w->article, e))
		return -1;
	int found = find_text(g, w, e);
	if (found)
		return found < 0 ? -1 : 0;
	size_t n = w->extraction.n_statements;
	if ((int64_t)n > COUNTER_MAX - g->state.counter - 1)
		return err_set(e, ERR_DB, NULL, "the counter of ids is used up");
	int64_t first_of_day = (day_of(&w->article) + ID_DAY_OFFSET) << ID_DAY_SHIFT;
	g->state.counter += (int64_t)n + 1;
	w->id = first_of_day | g->state.counter;
	w->article.statement_count = (uint32_t)n;
	w->is_new = true;
	g->is_late = n > 0 && w->edition < g->state.reissue.edition;
	if (insert_article(g, w, e) || (g->is_late && note_late(g, w->id, e)))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (save_statement(g, &w->extraction.statements[i], w->id - 1 - (int64_t)i, w->id, e))
			return -1;
	g->is_late = false;
	g->state.articles++;
	g->state.statements += (int64_t)n;
	return 0;
}

/* --- deletion ------------------------------------------------------------------------------------------------------ */

int parse_facets(struct group *g, struct str words, struct facets *f, struct err *e)
{
	*f = (struct facets){0};
	f->issues = arena_array(&g->arena, words.n / 2 + 1, sizeof *f->issues);
	if (!f->issues)
		return arena_full(e);
	for (struct str word; str_split(&words, ' ', &word);) {
		int64_t key;
		bool is_speaker = word.n && word.p[0] == 's';
		if (!word.n || !str_to_i64(str_sub(word, 1, word.n), &key) || (is_speaker && f->n_speakers == FACET_SPEAKERS))
			return err_set(e, ERR_DB, NULL, "a statement's facets are damaged");
		if (is_speaker)
			f->speakers[f->n_speakers++] = key;
		else
			f->issues[f->n_issues++] = key;
	}
	return 0;
}

static int drop_statement(struct group *g, sqlite3_stmt *st, struct err *e)
{
	struct arena *a = &g->arena;
	struct named k = {.speaker = sqlite3_column_int64(st, 1)};
	k.target = sqlite3_column_int64(st, 2);
	k.addressee = sqlite3_column_int64(st, 3);
	struct fts_op fts = {.statement = sqlite3_column_int64(st, 0), .is_drop = true};
	fts.facets = sql_copy(st, 4, a);
	fts.content = sql_copy(st, 5, a);
	if (!fts.facets.p || !fts.content.p)
		return arena_full(e);
	struct statement s = {0};
	struct facets f;
	const int64_t *issues;
	if (detail_read(sql_column(st, 6), a, &s, &k.reported_by, &issues, e) || parse_facets(g, fts.facets, &f, e) ||
	    queue_facets(g, &f, fts.statement, 0, true, e) || group_add_fts(g, &fts, e) ||
	    count(g, &k, &f, tally_key(fts.statement, sqlite3_column_int64(st, 7)), -1, e))
		return -1;
	g->state.statements--;
	return 0;
}

static int drop_statements(struct group *g, int64_t article, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_STATEMENTS_OF];
	sqlite3_bind_int64(st, 1, article);
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (drop_statement(g, st, e)) {
			sqlite3_reset(st);
			return -1;
		}
	return row;
}

int drop_article(struct group *g, struct write *w, struct err *e)
{
	sqlite3_stmt *has = g->w->st[W_HAS_ARTICLE];
	sqlite3_bind_int64(has, 1, w->id);
	int row = sql_row(has, e);
	sqlite3_reset(has);
	if (row < 0)
		return -1;
	if (row == 0) {
		err_set(&w->err, ERR_NOT_FOUND, NULL, "there is no article %lld", (long long)w->id);
		return 0;
	}
	static const enum writer_sql drops[] = {W_DROP_STATEMENTS, W_DROP_TEXT, W_DROP_ARTICLE};
	if (drop_statements(g, w->id, e) || forget_late(g, w->id, e))
		return -1;
	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_bind_int64(g->w->st[drops[i]], 1, w->id);
		if (sql_do(g->w->st[drops[i]], e))
			return -1;
	}
	g->state.articles--;
	return 0;
}
