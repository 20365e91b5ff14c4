/* Bytes as an article's text, past the UTF-8 gate, into the engine. Whatever the text: spans lie inside it, rise and do not
 * overlap, the content is the words of its spans (without the marks around a whole quotation), every number is in its range, and the same text gives the same statements. */
#include "extract/extract.h"
#include "tests/fuzz/fuzz.h"

/* Statements lie in one another; but all that is said together stays within a multiple of the text. */
enum { ARENA_MAX = 256 << 20, SAID_FACTOR = 64, SAID_FLOOR = 64 << 10 };

/* The bytes at which the code points of a text start, and its end. */
struct map {
	const size_t *byte;
	size_t points;
};

static struct map map_points(struct str text, struct arena *a)
{
	size_t n = utf8_count(text), i = 0;
	size_t *byte = arena_array(a, n + 1, sizeof *byte);
	FUZZ_CHECK(byte);
	for (size_t at = 0; at < text.n; i++) {
		byte[i] = at;
		utf8_decode(text, at, &at);
	}
	byte[n] = text.n;
	return (struct map){byte, n};
}

static void check_spans(struct spans s, const struct map *m)
{
	for (size_t i = 0; i < s.n; i++) {
		FUZZ_CHECK(s.v[i].start < s.v[i].end);
		FUZZ_CHECK(s.v[i].end <= m->points);
		FUZZ_CHECK(i == 0 || s.v[i - 1].end <= s.v[i].start);
	}
}

/* How many bytes at one end of a part may be missing in the content: marks of quotation and blanks, which are no ASCII letters or digits. */
static size_t bare_length(struct str s, bool at_end)
{
	size_t n = 0;
	for (; n < s.n; n++) {
		char c = at_end ? s.p[s.n - 1 - n] : s.p[n];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			break;
	}
	return n;
}

/* Does `content` go on at `at` with the part, whole or without the marks around it? Where it goes on after that, or SIZE_MAX. */
static size_t match_part(struct str content, size_t at, struct str part, bool is_last)
{
	struct str rest = str_sub(content, at, content.n);
	size_t front = bare_length(part, false), back = bare_length(part, true);
	for (size_t i = 0; i <= front; i++) {
		/* The last part ends with the content: its length is known. */
		size_t least = is_last && part.n - i > rest.n ? part.n - i - rest.n : 0;
		for (size_t k = least; k <= (is_last ? least : back) && k <= back && i + k < part.n; k++) {
			struct str want = str_sub(part, i, part.n - k);
			size_t end = at + want.n;
			if (str_starts(rest, want) && (end == content.n || content.p[end] == ' '))
				return end;
		}
	}
	return SIZE_MAX;
}

static void check_content(const struct statement *s, struct str text, const struct map *m)
{
	size_t at = 0;
	FUZZ_CHECK(s->content.n > 0 && s->spans.content.n > 0);
	for (size_t i = 0; i < s->spans.content.n; i++) {
		struct span span = s->spans.content.v[i];
		struct str part = str_sub(text, m->byte[span.start], m->byte[span.end]);
		if (i > 0)
			FUZZ_CHECK(at < s->content.n && s->content.p[at++] == ' ');
		at = match_part(s->content, at, part, i + 1 == s->spans.content.n);
		FUZZ_CHECK(at != SIZE_MAX);
	}
	FUZZ_CHECK(at == s->content.n);
}

static void check_actor(const struct actor *a)
{
	if (!a)
		return;
	FUZZ_CHECK(a->id.n > 0 && a->name.n > 0);
	FUZZ_CHECK(fuzz_is_utf8(a->id) && fuzz_is_utf8(a->name) && fuzz_is_utf8(a->country));
	FUZZ_CHECK((unsigned)a->kind < ACTOR_KIND_COUNT);
	FUZZ_CHECK(a->country.n == 0 || a->country.n == 3);
}

static void check_issues(const struct statement *s, const struct map *m)
{
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		FUZZ_CHECK(hit->issue && hit->issue->id.n > 0 && hit->issue->label.n > 0);
		FUZZ_CHECK(fuzz_is_utf8(hit->issue->id) && fuzz_is_utf8(hit->issue->label));
		FUZZ_CHECK(hit->score >= 0 && hit->score <= 1);
		FUZZ_CHECK(i == 0 || hit->score <= s->issues[i - 1].score);
		check_spans(hit->evidence, m);
		for (size_t k = 0; k < i; k++)
			FUZZ_CHECK(!str_eq(hit->issue->id, s->issues[k].issue->id));
	}
}

static void check_statement(const struct statement *s, struct str text, const struct map *m)
{
	const struct spans all[] = {s->spans.source, s->spans.cue,    s->spans.content,	 s->spans.addressee,
				    s->spans.time,   s->spans.target, s->stance.evidence};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		check_spans(all[i], m);
	check_content(s, text, m);
	check_issues(s, m);
	check_actor(s->speaker);
	check_actor(s->addressee);
	check_actor(s->reported_by);
	check_actor(s->stance.target);
	FUZZ_CHECK((unsigned)s->kind < KIND_COUNT && (unsigned)s->speaker_via < VIA_COUNT &&
		   (unsigned)s->status < STATUS_COUNT);
	FUZZ_CHECK((unsigned)s->stance.position < POSITION_COUNT && (unsigned)s->stance.act < ACT_COUNT);
	FUZZ_CHECK((unsigned)s->polarity < POLARITY_COUNT && (unsigned)s->modality < MODALITY_COUNT);
	FUZZ_CHECK(s->stance.intensity >= -1 && s->stance.intensity <= 1);
	FUZZ_CHECK(s->confidence >= 0 && s->confidence <= 1);
	FUZZ_CHECK(fuzz_is_utf8(s->speaker_role) && fuzz_is_utf8(s->said_on.text) && fuzz_is_utf8(s->said_on.rule));
	FUZZ_CHECK(s->said_on.text.n > 0 || s->said_on.date.n == 0);
	FUZZ_CHECK(s->said_on.date.n == 0 || s->said_on.date.n == 4 || s->said_on.date.n == 7 || s->said_on.date.n == 10);
}

static void check_same(const struct extraction *x, const struct extraction *y)
{
	FUZZ_CHECK(x->n_statements == y->n_statements);
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i], *t = &y->statements[i];
		FUZZ_CHECK(str_eq(s->content, t->content) && s->kind == t->kind && s->n_issues == t->n_issues);
		FUZZ_CHECK(!s->speaker == !t->speaker && (!s->speaker || str_eq(s->speaker->id, t->speaker->id)));
		FUZZ_CHECK(s->stance.act == t->stance.act && s->stance.position == t->stance.position);
	}
}

/* Each statement has its explanation, whose numbers are in their ranges. It needs more memory than the statements do. */
static void check_explanations(const struct engine *en, const struct article *article, size_t n, const struct map *m,
			       struct arena *a)
{
	struct explanations why;
	struct err e = {0};
	if (engine_explain(en, article, NULL, a, &why, &e) != 0) {
		fuzz_check_refusal(&e);
		return;
	}
	FUZZ_CHECK(why.n == n);
	for (size_t i = 0; i < n; i++) {
		const struct explanation *x = &why.v[i];
		const struct decision *const all[] = {&x->cue, &x->content, &x->source, &x->whole};
		FUZZ_CHECK(x->number == i + 1 && x->carried_number <= i);
		for (size_t k = 0; k < 4 && !x->is_carried; k++) {
			check_spans(all[k]->spans, m);
			FUZZ_CHECK(fuzz_is_utf8(all[k]->words) && all[k]->n_candidates > all[k]->n_rejected);
			FUZZ_CHECK(all[k]->p >= 0 && all[k]->p <= 1);
			FUZZ_CHECK(all[k]->n_rejected == 0 || all[k]->rejected[0].lead >= -1e-3F);
		}
	}
}

/* Opened once: it is immutable, and reading the tables for each input would be all that the fuzzer does. */
static const struct engine *engine(void)
{
	static struct engine *en;
	struct err e = {0};
	if (!en)
		en = engine_open(&e);
	FUZZ_CHECK(en);
	return en;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = fuzz_input(data, size);
	/* The gate lets the well-formed part through, so that a flipped byte does not cost the rest of the input. */
	struct article article = {.text = str_sub(input, 0, utf8_valid_prefix(input)), .published_at = STR("2024-04-26")};
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	struct extraction x = {0}, y = {0};
	struct err e = {0};
	if (engine_extract(engine(), &article, &arena, &x, &e) == 0) {
		struct map m = map_points(article.text, &arena);
		size_t said = 0;
		for (size_t i = 0; i < x.n_statements; i++) {
			check_statement(&x.statements[i], article.text, &m);
			said += x.statements[i].content.n;
		}
		FUZZ_CHECK(said <= SAID_FLOOR + SAID_FACTOR * article.text.n);
		FUZZ_CHECK(engine_extract(engine(), &article, &arena, &y, &e) == 0);
		check_same(&x, &y);
		check_explanations(engine(), &article, x.n_statements, &m, &arena);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
