/* Counting in one pass: a hash table of groups, and one of intervals. What the writer counts anyway
 * is read instead. */
#include "db/count.h"

#include <stdlib.h>
#include <string.h>

#include "db/packed_fields.h"
#include "db/sqlite/scan.h"

/* What groups are told apart by; compared byte for byte, so that it has no padding. */
struct key {
	int64_t speaker, country, issue, target;
	int32_t position, act, kind, polarity;
	day_t from;
	int32_t unused;
};

struct group_count {
	struct key key;
	int64_t count;
};

/* Open addressing; a count of 0 is a free slot. Never more than half full. */
struct table {
	struct group_count *slots;
	size_t n, cap;
};

static uint64_t hash(const struct key *k)
{
	return str_hash((struct str){(const char *)k, sizeof *k});
}

static struct group_count *find(struct table *t, const struct key *k)
{
	size_t at = (size_t)hash(k) & (t->cap - 1);
	while (t->slots[at].count && memcmp(&t->slots[at].key, k, sizeof *k) != 0)
		at = (at + 1) & (t->cap - 1);
	return &t->slots[at];
}

static int grow(struct table *t, struct arena *a, struct err *e)
{
	struct table larger = {.n = t->n, .cap = t->cap ? t->cap * 2 : 256};
	larger.slots = arena_array(a, larger.cap, sizeof *larger.slots);
	if (!larger.slots)
		return arena_full(e);
	for (size_t i = 0; i < t->cap; i++)
		if (t->slots[i].count)
			*find(&larger, &t->slots[i].key) = t->slots[i];
	*t = larger;
	return 0;
}

static int add_many(struct table *t, const struct key *k, int64_t count, struct arena *a,
		    struct err *e)
{
	if (t->n * 2 >= t->cap && grow(t, a, e))
		return -1;
	struct group_count *g = find(t, k);
	bool is_old = g->count > 0;
	g->count += count;
	if (is_old)
		return 0;
	g->key = *k;
	if (++t->n > COUNT_GROUPS_MAX)
		return err_set(
			e, ERR_INPUT, "by",
			"there are more than %d groups; count by less, or narrow the question",
			COUNT_GROUPS_MAX);
	return 0;
}

static int add(struct table *t, const struct key *k, struct arena *a, struct err *e)
{
	return add_many(t, k, 1, a, e);
}

struct counting {
	struct reader *r;
	const struct count_query *c;
	struct arena *a;
	struct table groups, intervals;
	struct keys known; /* issues */
	int64_t total;
};

static bool is_by(const struct counting *n, enum counted what)
{
	return n->c->by >> what & 1;
}

static day_t interval_start(day_t day, enum interval interval)
{
	struct civil c = civil_from_day(day);
	if (interval == INTERVAL_DAY)
		return day;
	return day_from_civil((struct civil){c.year, interval == INTERVAL_MONTH ? c.month : 1, 1});
}

/* The next "s24" or "i33" of a statement's facets: its key, or 0 at the end. */
static int64_t next_facet(struct str *facets, char letter)
{
	int64_t key;
	for (struct str word; str_split(facets, ' ', &word);)
		if (word.n && word.p[0] == letter && str_to_i64(str_sub(word, 1, word.n), &key))
			return key;
	return 0;
}

/* Facets end with the country that the speaker speaks for, with its members; an organization of
 * none ends with its own. */
static int find_country(struct counting *n, const struct scan_row *row, int64_t *country,
			struct err *e)
{
	int64_t last = 0, key;
	for (struct str rest = row->facets; (key = next_facet(&rest, 's')) != 0;)
		last = key & 1 ? key / 2 : last;
	*country = last;
	if (!last || last != row->speaker)
		return 0;
	const struct actor *actor = reader_actor(n->r, last, n->a, e);
	if (actor && actor->kind != ACTOR_COUNTRY)
		*country = 0;
	return actor ? 0 : -1;
}

static bool counts_for(const struct counting *n, int64_t issue)
{
	struct keys asked = n->c->q->issues;
	for (size_t i = 0; i < asked.n; i++)
		if (asked.v[i] == issue)
			return true;
	return asked.n == 0 && (n->c->with_open || keys_have(n->known, issue));
}

static int count_issues(struct counting *n, const struct scan_row *row, struct key *k,
			struct err *e)
{
	for (struct str rest = row->facets; (k->issue = next_facet(&rest, 'i')) != 0;)
		if (counts_for(n, k->issue) && add(&n->groups, k, n->a, e))
			return -1;
	return 0;
}

/* What of the traits is counted by. */
static void set_words(const struct counting *n, int64_t traits, struct key *k)
{
	struct statement s;
	traits_unpack(traits, &s);
	if (is_by(n, COUNTED_POSITION))
		k->position = (int32_t)s.stance.position;
	if (is_by(n, COUNTED_ACT))
		k->act = (int32_t)s.stance.act;
	if (is_by(n, COUNTED_KIND))
		k->kind = (int32_t)s.kind;
	if (is_by(n, COUNTED_POLARITY))
		k->polarity = (int32_t)s.polarity;
}

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct counting *n = context;
	struct key k = {0};
	if (n->c->interval)
		k.from = interval_start(id_day(row->id), n->c->interval);
	n->total++;
	if (add(&n->intervals, &k, n->a, e))
		return -1;
	if (is_by(n, COUNTED_SPEAKER))
		k.speaker = row->speaker;
	if (is_by(n, COUNTED_TARGET))
		k.target = row->target;
	if (is_by(n, COUNTED_COUNTRY) && find_country(n, row, &k.country, e))
		return -1;
	set_words(n, row->traits, &k);
	return is_by(n, COUNTED_ISSUE) ? count_issues(n, row, &k, e) : add(&n->groups, &k, n->a, e);
}

/* --- counts that are kept
 * ------------------------------------------------------------------------------------------ */

/* Beside the statements, and in the same transactions, are kept: how many there are in all, of each
 * speaker and of each issue, in the rows of these; and of each month with the same words in their
 * traits, in the table `tally`. So a question without conditions reads a few thousand rows instead
 * of a million. */
enum kept { KEPT_NOT, KEPT_NAMES, KEPT_TALLIES };

static enum kept kept_of(const struct count_query *c)
{
	const unsigned words = 1U << COUNTED_POSITION | 1U << COUNTED_ACT | 1U << COUNTED_KIND |
			       1U << COUNTED_POLARITY;
	bool is_name = c->by == 1U << COUNTED_SPEAKER || c->by == 1U << COUNTED_ISSUE;
	if (is_name)
		return c->interval ? KEPT_NOT : KEPT_NAMES;
	return (c->by & ~words) || c->interval == INTERVAL_DAY ? KEPT_NOT : KEPT_TALLIES;
}

/* KEPT_NOT for a question with conditions. */
static int find_kept(struct counting *n, enum kept *out, struct err *e)
{
	struct ask k;
	struct statement_query all = *n->c->q;
	*out = kept_of(n->c);
	if (*out == KEPT_NOT)
		return 0;
	all.after = 0;
	if (reader_call(n->r, e) || ask_plan(n->r, &all, n->a, &k, e))
		return -1;
	if (!ask_is_all(&k))
		*out = KEPT_NOT;
	return 0;
}

/* A group a row, by its key in k->speaker or k->issue, which is `at`; what they have together in
 * *sum. */
static int add_kept(struct counting *n, enum reader_sql rows, struct key *k, int64_t *at,
		    int64_t *sum, struct err *e)
{
	sqlite3_stmt *st = n->r->st[rows];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		*at = sqlite3_column_int64(st, 0);
		*sum += count;
		if (add_many(&n->groups, k, count, n->a, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int count_names(struct counting *n, struct err *e)
{
	struct key k = {0};
	int64_t named = 0;
	sqlite3_stmt *all = n->r->st[R_COUNT_ALL];
	if (sql_row(all, e) < 0)
		return -1;
	n->total = sqlite3_column_int64(all, 0);
	sqlite3_reset(all);
	if (n->total == 0)
		return 0;
	if (add_many(&n->intervals, &k, n->total, n->a, e))
		return -1;
	if (is_by(n, COUNTED_ISSUE))
		return add_kept(n, n->c->with_open ? R_COUNT_ISSUES : R_COUNT_KNOWN_ISSUES, &k,
				&k.issue, &named, e);
	if (add_kept(n, R_COUNT_SPEAKERS, &k, &k.speaker, &named, e))
		return -1;
	/* The others name no speaker. */
	k.speaker = 0;
	return named < n->total ? add_many(&n->groups, &k, n->total - named, n->a, e) : 0;
}

static int add_tally(struct counting *n, int64_t tally, int64_t count, struct err *e)
{
	struct key k = {0};
	if (n->c->interval)
		k.from = interval_start(tally_month(tally), n->c->interval);
	n->total += count;
	if (add_many(&n->intervals, &k, count, n->a, e))
		return -1;
	set_words(n, tally_traits(tally), &k);
	return add_many(&n->groups, &k, count, n->a, e);
}

static int count_tallies(struct counting *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_TALLIES];
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (add_tally(n, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), e)) {
			sqlite3_reset(st);
			return -1;
		}
	return row;
}

/* --- the answer
 * -------------------------------------------------------------------------------------------------
 */

static int by_size(const void *va, const void *vb)
{
	const struct group_count *a = va, *b = vb;
	if (a->key.from != b->key.from)
		return a->key.from < b->key.from ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return memcmp(&a->key, &b->key, sizeof a->key);
}

static int read_actor(struct counting *n, int64_t key, const struct actor **out, struct err *e)
{
	*out = key ? reader_actor(n->r, key, n->a, e) : NULL;
	return key && !*out ? -1 : 0;
}

static int tell(struct counting *n, const struct group_count *g, struct count_group *out,
		struct err *e)
{
	const struct key *k = &g->key;
	struct key interval = {.from = k->from};
	*out = (struct count_group){
		.position = k->position, .act = k->act, .kind = k->kind, .polarity = k->polarity};
	out->from = k->from;
	out->count = g->count;
	out->of = find(&n->intervals, &interval)->count;
	if (read_actor(n, k->speaker, &out->speaker, e) ||
	    read_actor(n, k->country, &out->country, e) ||
	    read_actor(n, k->target, &out->target, e))
		return -1;
	out->issue = k->issue ? reader_issue(n->r, k->issue, n->a, e) : NULL;
	return k->issue && !out->issue ? -1 : 0;
}

static int tell_all(struct counting *n, struct counts *out, struct err *e)
{
	struct group_count *v = arena_array(n->a, n->groups.n, sizeof *v);
	size_t found = 0, most = n->c->limit < 1 ? 1 : (size_t)n->c->limit;
	out->v = arena_array(n->a, n->groups.n < most ? n->groups.n : most, sizeof *out->v);
	if (!v || !out->v)
		return arena_full(e);
	for (size_t i = 0; i < n->groups.cap; i++)
		if (n->groups.slots[i].count)
			v[found++] = n->groups.slots[i];
	if (found)
		qsort(v, found, sizeof *v, by_size);
	for (; out->n < found && out->n < most; out->n++)
		if (tell(n, &v[out->n], &out->v[out->n], e))
			return -1;
	out->groups = found;
	out->total = n->total;
	return 0;
}

static int count_all(struct counting *n, struct err *e)
{
	const unsigned names = 1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY | 1U << COUNTED_ISSUE |
			       1U << COUNTED_TARGET;
	enum kept kept;
	if (find_kept(n, &kept, e))
		return -1;
	if (kept != KEPT_NOT)
		return kept == KEPT_NAMES ? count_names(n, e) : count_tallies(n, e);
	if (is_by(n, COUNTED_ISSUE) &&
	    (reader_call(n->r, e) || reader_known_issues(n->r, n->a, &n->known, e)))
		return -1;
	return scan(n->r, n->c->q, n->c->by & names ? ASK_NAMES : ASK_TRAITS, n->a, take, n, e);
}

int store_count(struct reader *r, const struct count_query *c, struct arena *a, struct counts *out,
		struct err *e)
{
	struct counting n = {.r = r, .c = c, .a = a};
	*out = (struct counts){0};
	if (c->q->is_void)
		return 0;
	return count_all(&n, e) ? -1 : tell_all(&n, out, e);
}
