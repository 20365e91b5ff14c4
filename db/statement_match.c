/* Candidates by source and cue, then the pairs by what their contents have in common. */
#include "db/statement_match.h"

#include <stdlib.h>
#include <string.h>

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

struct match_side match_measure(const struct statement *is, int64_t speaker, size_t ordinal)
{
	struct match_side s = {.is = is, .speaker = speaker, .ordinal = ordinal};
	struct spans content = is->spans.content;
	s.hash = hash_spans(hash_spans(0xcbf29ce484222325, is->spans.source), is->spans.cue);
	s.start = content.n ? content.v[0].start : 0;
	for (size_t i = 0; i < content.n; i++) {
		s.length += content.v[i].end - content.v[i].start;
		s.start = content.v[i].start < s.start ? content.v[i].start : s.start;
		s.end = content.v[i].end > s.end ? content.v[i].end : s.end;
	}
	return s;
}

/* Code points in both; both rise. */
static int64_t in_common(struct spans a, struct spans b)
{
	int64_t sum = 0;
	for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
		int64_t start = a.v[i].start > b.v[k].start ? a.v[i].start : b.v[k].start;
		int64_t end = a.v[i].end < b.v[k].end ? a.v[i].end : b.v[k].end;
		sum += end > start ? end - start : 0;
		if (a.v[i].end < b.v[k].end)
			i++;
		else
			k++;
	}
	return sum;
}

struct pair {
	struct match_side *stored, *found;
	double share;	   /* of the longer one; 1 when both are empty */
	bool same_speaker; /* several speakers of one sentence share their spans */
};

struct pairs {
	struct pair *v;
	size_t n, cap;
};

static int add_pair(struct pairs *p, struct match_side *stored, struct match_side *found,
		    struct arena *a, struct err *e)
{
	const struct statement *s = stored->is, *f = found->is;
	if (!spans_equal(s->spans.source, f->spans.source) ||
	    !spans_equal(s->spans.cue, f->spans.cue))
		return 0;
	int64_t longer = stored->length > found->length ? stored->length : found->length;
	int64_t common = in_common(s->spans.content, f->spans.content);
	if (common * 2 < longer)
		return 0;
	if (arena_grow(a, (void **)&p->v, &p->cap, p->n + 1, sizeof *p->v))
		return arena_full(e);
	p->v[p->n++] = (struct pair){stored, found, longer ? (double)common / (double)longer : 1,
				     stored->speaker == found->speaker};
	return 0;
}

/* By source and cue, then by where the content lies. */
static int compare_sides(const struct match_side *a, const struct match_side *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

static int by_hash(const void *va, const void *vb)
{
	const struct match_side *a = *(struct match_side *const *)va;
	const struct match_side *b = *(struct match_side *const *)vb;
	int order = compare_sides(a, b);
	return order ? order : (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

static int by_share(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	if (a->share != b->share)
		return a->share > b->share ? -1 : 1;
	if (a->same_speaker != b->same_speaker)
		return a->same_speaker ? -1 : 1;
	if (a->found->ordinal != b->found->ordinal)
		return a->found->ordinal < b->found->ordinal ? -1 : 1;
	return a->stored->ordinal < b->stored->ordinal ? -1
						       : a->stored->ordinal > b->stored->ordinal;
}

static struct match_side **sort_by_hash(struct match_sides *s, struct arena *a)
{
	struct match_side **v = arena_array(a, s->n, sizeof(struct match_side *));
	for (size_t i = 0; v && i < s->n; i++)
		v[i] = &s->v[i];
	if (v && s->n)
		qsort(v, s->n, sizeof(struct match_side *), by_hash);
	return v;
}

/* Along both in the order of sources, cues and contents. A statement is compared with those of its
 * source and cue that lie nearest, on either side: more of them than a sentence can have, and so
 * few that no text makes this long. */
static int find_pairs(struct match_sides *stored, struct match_sides *found, struct pairs *out,
		      struct arena *a, struct err *e)
{
	enum { RIVALS = 32 };
	struct match_side **old = sort_by_hash(stored, a), **new = sort_by_hash(found, a);
	if (!old || !new)
		return arena_full(e);
	for (size_t i = 0, at = 0; i < found->n; i++) {
		struct match_side *n = new[i];
		while (at < stored->n && compare_sides(old[at], n) < 0)
			at++;
		size_t first = at > RIVALS ? at - RIVALS : 0;
		size_t end = stored->n - at > RIVALS ? at + RIVALS : stored->n;
		for (size_t k = first; k < end; k++)
			if (old[k]->hash == n->hash && add_pair(out, old[k], n, a, e))
				return -1;
	}
	return 0;
}

int statements_match(struct match_sides *stored, struct match_sides *found, struct arena *a,
		     struct err *e)
{
	struct pairs pairs = {0};
	if (find_pairs(stored, found, &pairs, a, e))
		return -1;
	if (pairs.n)
		qsort(pairs.v, pairs.n, sizeof *pairs.v, by_share);
	for (size_t i = 0; i < pairs.n; i++) {
		struct pair *p = &pairs.v[i];
		if (p->stored->other || p->found->other)
			continue;
		p->stored->other = p->found;
		p->found->other = p->stored;
	}
	return 0;
}
