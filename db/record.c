/* The blob of a statement: writing, and reading with every bound checked. */
#include "db/record.h"

#include "db/packed_fields.h"

enum { VERSION = 2, WITHOUT_POSITIONS = 1, UNITS = 1000 };

static void put(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_add_char(b, (char)(v | 0x80));
	buf_add_char(b, (char)v);
}

static void put_signed(struct buf *b, int64_t v)
{
	put(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static void put_str(struct buf *b, struct str s)
{
	put(b, s.n);
	buf_add(b, s);
}

static void put_spans(struct buf *b, struct spans s)
{
	put(b, s.n);
	uint32_t last = 0;
	for (size_t i = 0; i < s.n; i++) {
		put_signed(b, (int64_t)s.v[i].start - last);
		put_signed(b, (int64_t)s.v[i].end - s.v[i].start);
		last = s.v[i].end;
	}
}

static int64_t thousandths(float v)
{
	if (!(v > -1))
		return -UNITS;
	return v >= 1 ? UNITS : (int64_t)((double)v * UNITS + (v < 0 ? -0.5 : 0.5));
}

enum { SPAN_LISTS = 7 };

static void list_spans(const struct statement *s, struct spans out[SPAN_LISTS])
{
	out[0] = s->spans.source;
	out[1] = s->spans.cue;
	out[2] = s->spans.content;
	out[3] = s->spans.addressee;
	out[4] = s->spans.time;
	out[5] = s->spans.target;
	out[6] = s->stance.evidence;
}

void record_write(struct buf *b, const struct statement *s, int64_t reported_by,
		  const int64_t *issue_keys)
{
	struct spans lists[SPAN_LISTS];
	list_spans(s, lists);
	size_t all = 0;
	for (size_t i = 0; i < SPAN_LISTS; i++)
		all += lists[i].n;
	for (size_t i = 0; i < s->n_issues; i++)
		all += s->issues[i].evidence.n + s->issues[i].position_evidence.n;
	put(b, VERSION);
	put(b, all);
	put(b, s->n_issues);
	put(b, (uint64_t)s->speaker_via);
	put(b, (uint64_t)reported_by);
	put_signed(b, thousandths(s->stance.intensity));
	put_str(b, s->speaker_role);
	put_str(b, s->engine);
	put_str(b, s->said_on.text);
	if (s->said_on.text.n) {
		put_str(b, s->said_on.date);
		put_str(b, s->said_on.rule);
		put(b, (uint64_t)s->said_on.precision);
	}
	for (size_t i = 0; i < SPAN_LISTS; i++)
		put_spans(b, lists[i]);
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		put(b, (uint64_t)issue_keys[i]);
		put_signed(b, thousandths(hit->score));
		put_spans(b, hit->evidence);
		put(b, (uint64_t)hit->position);
		put(b, (uint64_t)fields_thousandths(hit->position_confidence));
		put_spans(b, hit->position_evidence);
	}
}

/* Reading: `bad` is sticky and checked once at the end; after it every take gives 0. */
struct taker {
	const unsigned char *p, *end;
	struct span *spans; /* what is left of the one allocation */
	size_t n_spans;
	bool bad;
};

static uint64_t take_long(struct taker *t)
{
	uint64_t v = 0;
	for (int shift = 0; shift < 64 && t->p < t->end; shift += 7) {
		unsigned char c = *t->p++;
		v |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			return v;
	}
	t->bad = true;
	t->p = t->end;
	return 0;
}

/* Nearly all numbers have one byte. */
static inline uint64_t take(struct taker *t)
{
	return t->p < t->end && *t->p < 0x80 ? *t->p++ : take_long(t);
}

static int64_t take_signed(struct taker *t)
{
	uint64_t v = take(t);
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static uint64_t take_below(struct taker *t, uint64_t count)
{
	uint64_t v = take(t);
	t->bad |= v >= count;
	return v < count ? v : 0;
}

static struct str take_str(struct taker *t)
{
	uint64_t n = take(t);
	if (n > (uint64_t)(t->end - t->p)) {
		t->bad = true;
		return STR_EMPTY;
	}
	struct str s = {(const char *)t->p, (size_t)n};
	t->p += n;
	return s;
}

static struct spans take_spans(struct taker *t)
{
	uint64_t n = take(t);
	if (n > t->n_spans) {
		t->bad = true;
		return (struct spans){0};
	}
	struct spans s = {t->spans, (size_t)n};
	int64_t last = 0;
	for (uint64_t i = 0; i < n; i++) {
		uint32_t start = (uint32_t)((uint64_t)last + (uint64_t)take_signed(t));
		uint32_t end = (uint32_t)(start + (uint64_t)take_signed(t));
		t->spans[i] = (struct span){start, end};
		last = end;
	}
	t->spans += n;
	t->n_spans -= (size_t)n;
	return s;
}

static void take_span_lists(struct taker *t, struct statement *s)
{
	s->spans.source = take_spans(t);
	s->spans.cue = take_spans(t);
	s->spans.content = take_spans(t);
	s->spans.addressee = take_spans(t);
	s->spans.time = take_spans(t);
	s->spans.target = take_spans(t);
	s->stance.evidence = take_spans(t);
}

static void take_words(struct taker *t, struct statement *s, int64_t *reported_by)
{
	s->speaker_via = (enum speaker_via)take_below(t, VIA_COUNT);
	*reported_by = (int64_t)take(t);
	s->stance.intensity = (float)take_signed(t) / UNITS;
	s->speaker_role = take_str(t);
	s->engine = take_str(t);
	s->said_on = (struct said_on){.text = take_str(t), .date = STR_EMPTY, .rule = STR_EMPTY};
	if (s->said_on.text.n) {
		s->said_on.date = take_str(t);
		s->said_on.rule = take_str(t);
		s->said_on.precision = (enum precision)take_below(t, PRECISION_COUNT);
	}
}

static void take_position(struct taker *t, uint64_t version, const struct statement *s,
			  struct issue_hit *hit)
{
	hit->position = s->stance.position;
	if (version == WITHOUT_POSITIONS)
		return;
	hit->position = (enum position)take_below(t, POSITION_COUNT);
	hit->position_confidence = (float)take_below(t, UNITS + 1) / UNITS;
	hit->position_evidence = take_spans(t);
}

int record_read(struct str blob, struct arena *a, struct statement *s, int64_t *reported_by,
		const int64_t **issue_keys, struct err *e)
{
	struct taker t = {.p = (const unsigned char *)blob.p};
	t.end = t.p + blob.n;
	uint64_t version = take(&t), all = take(&t), issues = take(&t);
	/* A span takes two bytes or more, an issue three. */
	if (version < WITHOUT_POSITIONS || version > VERSION || t.bad || all > blob.n / 2 ||
	    issues > blob.n / 3)
		return err_set(e, ERR_DB, NULL, "a statement's details are damaged");
	struct issue_hit *hits = arena_array(a, issues, sizeof *hits);
	int64_t *keys = arena_array(a, issues, sizeof *keys);
	t.spans = arena_array(a, all, sizeof *t.spans);
	t.n_spans = (size_t)all;
	if (!hits || !keys || !t.spans)
		return arena_full(e);
	take_words(&t, s, reported_by);
	take_span_lists(&t, s);
	for (size_t i = 0; i < issues; i++) {
		keys[i] = (int64_t)take(&t);
		hits[i].score = (float)take_signed(&t) / UNITS;
		hits[i].evidence = take_spans(&t);
		take_position(&t, version, s, &hits[i]);
	}
	if (t.bad || t.p != t.end)
		return err_set(e, ERR_DB, NULL, "a statement's details are damaged");
	s->issues = hits;
	s->n_issues = (size_t)issues;
	*issue_keys = keys;
	return 0;
}
