/* An article's statements and what is found in it now: which are the same, and what becomes of
 * each. The rule: db/reread.h. */
#include <stdlib.h>
#include <string.h>

#include "db/packed_fields.h"
#include "db/sqlite/writer.h"

/* A statement on either side. */
struct side {
	struct statement is;
	struct filed filed; /* of a stored one */
	int64_t speaker;    /* its key, 0 for none and for one that is not stored */
	uint64_t hash;	    /* of source and cue */
	uint32_t from,
		to;	/* the code points between which its content lies; of empty ones both 0 */
	int64_t length; /* of the content */
	size_t at;	/* its number on its side, in the order of the text */
	struct side *other; /* the same statement on the other side */
};

struct sides {
	struct side *v;
	size_t n, cap;
};

/* --- which are the same
 * -------------------------------------------------------------------------------------------- */

static uint64_t hash_spans(uint64_t h, struct spans s)
{
	/* FNV-1a, number by number: only equal lists must meet. */
	for (size_t i = 0; i < s.n; i++)
		h = ((h ^ s.v[i].start) * 0x100000001b3 ^ s.v[i].end) * 0x100000001b3;
	return (h ^ s.n) * 0x100000001b3;
}

static bool spans_equal(struct spans a, struct spans b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.v, b.v, a.n * sizeof *a.v) == 0);
}

static void measure(struct side *s)
{
	struct spans content = s->is.spans.content;
	s->hash = hash_spans(hash_spans(0xcbf29ce484222325, s->is.spans.source), s->is.spans.cue);
	s->from = content.n ? content.v[0].start : 0;
	for (size_t i = 0; i < content.n; i++) {
		s->length += content.v[i].end - content.v[i].start;
		s->from = content.v[i].start < s->from ? content.v[i].start : s->from;
		s->to = content.v[i].end > s->to ? content.v[i].end : s->to;
	}
}

/* Both rise. */
static int64_t in_common(struct spans a, struct spans b)
{
	int64_t sum = 0;
	for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
		int64_t from = a.v[i].start > b.v[k].start ? a.v[i].start : b.v[k].start;
		int64_t to = a.v[i].end < b.v[k].end ? a.v[i].end : b.v[k].end;
		sum += to > from ? to - from : 0;
		if (a.v[i].end < b.v[k].end)
			i++;
		else
			k++;
	}
	return sum;
}

struct pair {
	struct side *old, *new;
	double share;	   /* of the longer one; 1 when both are empty */
	bool same_speaker; /* several speakers of one sentence share their spans */
};

struct pairs {
	struct pair *v;
	size_t n, cap;
};

static int add_pair(struct group *g, struct pairs *p, struct side *old, struct side *new,
		    struct err *e)
{
	if (!spans_equal(old->is.spans.source, new->is.spans.source) ||
	    !spans_equal(old->is.spans.cue, new->is.spans.cue))
		return 0;
	int64_t longer = old->length > new->length ? old->length : new->length;
	int64_t common = in_common(old->is.spans.content, new->is.spans.content);
	if (common * 2 < longer)
		return 0;
	if (arena_grow(&g->arena, (void **)&p->v, &p->cap, p->n + 1, sizeof *p->v))
		return arena_full(e);
	p->v[p->n++] = (struct pair){old, new, longer ? (double)common / (double)longer : 1,
				     old->speaker == new->speaker};
	return 0;
}

/* By source and cue, then by where the content lies. */
static int compare_sides(const struct side *a, const struct side *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to < b->to ? -1 : a->to > b->to;
}

static int by_hash(const void *va, const void *vb)
{
	const struct side *a = *(struct side *const *)va, *b = *(struct side *const *)vb;
	int order = compare_sides(a, b);
	return order ? order : (a->at > b->at) - (a->at < b->at);
}

static int by_share(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	if (a->share != b->share)
		return a->share > b->share ? -1 : 1;
	if (a->same_speaker != b->same_speaker)
		return a->same_speaker ? -1 : 1;
	if (a->new->at != b->new->at)
		return a->new->at < b->new->at ? -1 : 1;
	return a->old->at < b->old->at ? -1 : a->old->at > b->old->at;
}

static void sort(void *v, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n)
		qsort(v, n, size, compare);
}

static struct side **sorted(struct group *g, struct sides *s)
{
	struct side **v = arena_array(&g->arena, s->n, sizeof(struct side *));
	for (size_t i = 0; v && i < s->n; i++)
		v[i] = &s->v[i];
	if (v)
		sort(v, s->n, sizeof(struct side *), by_hash);
	return v;
}

/* Along both in the order of sources, cues and contents. A statement is compared with those of its
 * source and cue that lie nearest, on either side: more of them than a sentence can have, and so
 * few that no text makes this long. */
static int find_pairs(struct group *g, struct sides *olds, struct sides *news, struct pairs *out,
		      struct err *e)
{
	enum { RIVALS = 32 };
	struct side **old = sorted(g, olds), **new = sorted(g, news);
	if (!old || !new)
		return arena_full(e);
	for (size_t i = 0, at = 0; i < news->n; i++) {
		struct side *n = new[i];
		while (at < olds->n && compare_sides(old[at], n) < 0)
			at++;
		size_t first = at > RIVALS ? at - RIVALS : 0,
		       end = olds->n - at > RIVALS ? at + RIVALS : olds->n;
		for (size_t k = first; k < end; k++)
			if (old[k]->hash == n->hash && add_pair(g, out, old[k], n, e))
				return -1;
	}
	return 0;
}

static int match(struct group *g, struct sides *olds, struct sides *news, struct err *e)
{
	struct pairs pairs = {0};
	if (find_pairs(g, olds, news, &pairs, e))
		return -1;
	sort(pairs.v, pairs.n, sizeof *pairs.v, by_share);
	for (size_t i = 0; i < pairs.n; i++) {
		struct pair *p = &pairs.v[i];
		if (p->old->other || p->new->other)
			continue;
		p->old->other = p->new;
		p->new->other = p->old;
	}
	return 0;
}

/* --- reading
 * -------------------------------------------------------------------------------------------------
 */

static int by_place(const void *va, const void *vb)
{
	const struct side *a = va, *b = vb;
	int64_t x = place_key(a->filed.place, a->filed.id),
		y = place_key(b->filed.place, b->filed.id);
	return x < y ? -1 : x > y;
}

static int read_olds(struct group *g, int64_t article, struct sides *out, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_STATEMENTS_OF];
	sqlite3_bind_int64(st, 1, article);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(&g->arena, (void **)&out->v, &out->cap, out->n + 1,
			       sizeof *out->v)) {
			row = arena_full(e);
			break;
		}
		struct side *s = &out->v[out->n];
		*s = (struct side){0};
		if (file_read(g, st, &s->filed, &s->is, e)) {
			row = -1;
			break;
		}
		s->filed.article = article;
		s->speaker = s->filed.speaker;
		measure(s);
		out->n++;
	}
	sqlite3_reset(st);
	sort(out->v, out->n, sizeof *out->v, by_place);
	for (size_t i = 0; i < out->n; i++)
		out->v[i].at = i;
	return row;
}

static int take_news(struct group *g, const struct extraction *found, struct sides *out,
		     struct err *e)
{
	out->v = arena_array(&g->arena, found->n_statements, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (; out->n < found->n_statements; out->n++) {
		struct side *s = &out->v[out->n];
		struct row row = {0};
		*s = (struct side){.is = found->statements[out->n], .at = out->n};
		if (s->is.speaker && find_actor(g, s->is.speaker->id, &row, e))
			return -1;
		s->speaker = row.key;
		measure(s);
	}
	return 0;
}

/* --- what becomes of each
 * ------------------------------------------------------------------------------------------ */

/* By what persons did. */
static bool stays(const struct side *old)
{
	return old->is.status != STATUS_MACHINE;
}

static int by_from(const void *va, const void *vb)
{
	const struct side *a = *(struct side *const *)va, *b = *(struct side *const *)vb;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->filed.id < b->filed.id ? -1 : a->filed.id > b->filed.id;
}

/* Those that stay though they are not found come before the first that is found and begins after
 * them. */
static int collect_kept(struct group *g, struct sides *olds, struct side ***out, size_t *n,
			struct err *e)
{
	*out = arena_array(&g->arena, olds->n, sizeof(struct side *));
	*n = 0;
	if (!*out)
		return arena_full(e);
	for (size_t i = 0; i < olds->n; i++)
		if (stays(&olds->v[i]) && !olds->v[i].other)
			(*out)[(*n)++] = &olds->v[i];
	sort(*out, *n, sizeof(struct side *), by_from);
	return 0;
}

struct saving {
	struct group *g;
	int64_t article, place;
	struct again *out;
};

/* A new id begins with the day that the article's begins with. */
static int64_t new_id(const struct saving *s)
{
	return (s->article >> ID_DAY_SHIFT) << ID_DAY_SHIFT | s->g->state.counter;
}

static int keep(struct saving *s, const struct side *old, struct err *e)
{
	struct filed f = old->filed;
	bool is_changed;
	f.place = ++s->place;
	s->out->counted += traits_counted(f.traits);
	return file_replace(s->g, &old->filed, &f, &is_changed, e);
}

static int put(struct saving *s, const struct side *new, struct err *e)
{
	struct filed f;
	bool is_changed = true;
	if (new->other && stays(new->other))
		return keep(s, new->other, e);
	if (file_make(s->g, &new->is, &f, e) || (!new->other &&group_take_numbers(s->g, 1, e)))
		return -1;
	f.id = new->other ? new->other->filed.id : new_id(s);
	f.article = s->article;
	f.place = ++s->place;
	if (new->other ? file_replace(s->g, &new->other->filed, &f, &is_changed, e)
		       : file_add(s->g, &f, e))
		return -1;
	s->out->counted += traits_counted(f.traits);
	s->out->changed += is_changed;
	return 0;
}

static int drop_gone(struct saving *s, const struct sides *olds, struct err *e)
{
	for (size_t i = 0; i < olds->n; i++) {
		const struct side *old = &olds->v[i];
		if (old->other || stays(old))
			continue;
		if (file_drop(s->g, &old->filed, true, e))
			return -1;
		s->out->changed++;
	}
	return 0;
}

int save_again(struct group *g, int64_t article, const struct extraction *found, struct again *out,
	       struct err *e)
{
	struct saving s = {.g = g, .article = article, .out = out};
	struct sides olds = {0}, news = {0};
	struct side **kept;
	size_t n_kept, k = 0;
	*out = (struct again){0};
	if (read_olds(g, article, &olds, e) || take_news(g, found, &news, e) ||
	    match(g, &olds, &news, e) || drop_gone(&s, &olds, e) ||
	    collect_kept(g, &olds, &kept, &n_kept, e))
		return -1;
	for (size_t i = 0; i < news.n; i++) {
		for (; k < n_kept && kept[k]->from <= news.v[i].from; k++)
			if (keep(&s, kept[k], e))
				return -1;
		if (put(&s, &news.v[i], e))
			return -1;
	}
	for (; k < n_kept; k++)
		if (keep(&s, kept[k], e))
			return -1;
	return 0;
}
