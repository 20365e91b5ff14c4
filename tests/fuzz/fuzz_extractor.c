/* Bytes as an article's text, past the UTF-8 gate, into the engine. Whatever the text:
 * - spans lie inside it, rise and do not overlap: of statements, of the evidence of issues and
 * stances, of sentences, mentions, times, and of the candidates that an explanation tells of;
 * - a content is not empty, and is the words of its spans (without the marks around a whole
 * quotation);
 * - issues come in the order of their scores, none twice, each with its evidence;
 * - every number is in its range, every word of a vocabulary is one, every string is UTF-8;
 * - what goes together does: no speaker and no way it was found, a date and the words for it;
 * nobody reports himself;
 * - all statements together stay within a multiple of the text; each has its explanation; annotate
 * finds the same ones. */
#include "extract/extract.h"
#include "tests/content.h"
#include "tests/fuzz/fuzz.h"

/* Statements lie in one another; but all that is said together stays within a multiple
 * of the text. */
enum { ARENA_MAX = 256 << 20, SAID_FACTOR = 64, SAID_FLOOR = 64 << 10 };

static void check_spans(struct spans s, const struct point_map *m)
{
	FUZZ_CHECK(spans_are_sound(s, m));
}

static void check_content(const struct statement *s, struct str text, const struct point_map *m)
{
	FUZZ_CHECK(s->content.n > 0 && s->spans.content.n > 0);
	FUZZ_CHECK(content_is_of(s->content, s->spans.content, text, m));
}

static void check_strings(struct strs list)
{
	for (size_t i = 0; i < list.n; i++)
		FUZZ_CHECK(list.v[i].n > 0 && fuzz_is_utf8(list.v[i]));
}

static void check_actor(const struct actor *a)
{
	if (!a)
		return;
	FUZZ_CHECK(a->id.n > 0 && a->name.n > 0);
	FUZZ_CHECK(fuzz_is_utf8(a->id) && fuzz_is_utf8(a->name) && fuzz_is_utf8(a->country) &&
		   fuzz_is_utf8(a->wikidata));
	FUZZ_CHECK((unsigned)a->kind < ACTOR_KIND_COUNT);
	FUZZ_CHECK(a->country.n == 0 || a->country.n == 3);
	check_strings(a->aliases);
	for (size_t i = 0; i < a->n_roles; i++)
		FUZZ_CHECK(fuzz_is_utf8(a->roles[i].title) && fuzz_is_utf8(a->roles[i].country));
}

static void check_issues(const struct statement *s, const struct point_map *m)
{
	for (size_t i = 0; i < s->n_issues; i++) {
		const struct issue_hit *hit = &s->issues[i];
		FUZZ_CHECK(hit->issue && hit->issue->id.n > 0 && hit->issue->label.n > 0);
		FUZZ_CHECK(fuzz_is_utf8(hit->issue->id) && fuzz_is_utf8(hit->issue->label) &&
			   fuzz_is_utf8(hit->issue->parent));
		check_strings(hit->issue->terms);
		FUZZ_CHECK(hit->score > 0 && hit->score <= 1 && hit->evidence.n > 0);
		FUZZ_CHECK(i == 0 || hit->score <= s->issues[i - 1].score);
		check_spans(hit->evidence, m);
		for (size_t k = 0; k < i; k++)
			FUZZ_CHECK(!str_eq(hit->issue->id, s->issues[k].issue->id));
	}
}

static void check_statement(const struct statement *s, struct str text, const struct point_map *m)
{
	const struct spans all[] = {s->spans.source,	s->spans.cue,  s->spans.content,
				    s->spans.addressee, s->spans.time, s->spans.target,
				    s->stance.evidence};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		check_spans(all[i], m);
	check_content(s, text, m);
	check_issues(s, m);
	check_actor(s->speaker);
	check_actor(s->addressee);
	check_actor(s->reported_by);
	check_actor(s->stance.target);
	FUZZ_CHECK(s->speaker || s->speaker_via == VIA_NONE);
	FUZZ_CHECK(!s->reported_by || s->reported_by != s->speaker);
	FUZZ_CHECK((unsigned)s->kind < KIND_COUNT && (unsigned)s->speaker_via < VIA_COUNT &&
		   (unsigned)s->status < STATUS_COUNT);
	FUZZ_CHECK((unsigned)s->stance.position < POSITION_COUNT &&
		   (unsigned)s->stance.act < ACT_COUNT);
	FUZZ_CHECK((unsigned)s->polarity < POLARITY_COUNT &&
		   (unsigned)s->modality < MODALITY_COUNT);
	FUZZ_CHECK(s->stance.intensity >= -1 && s->stance.intensity <= 1);
	FUZZ_CHECK(s->stance.confidence >= 0 && s->stance.confidence <= 1 &&
		   (unsigned)s->stance.target_position < POSITION_COUNT);
	FUZZ_CHECK(s->confidence >= 0 && s->confidence <= 1);
	FUZZ_CHECK(fuzz_is_utf8(s->speaker_role) && fuzz_is_utf8(s->said_on.text) &&
		   fuzz_is_utf8(s->said_on.rule));
	FUZZ_CHECK(s->engine.n > 0 && fuzz_is_utf8(s->engine) && fuzz_is_utf8(s->said_on.date));
	FUZZ_CHECK(s->said_on.text.n > 0 || s->said_on.date.n == 0);
	FUZZ_CHECK(s->said_on.date.n == 0 || s->said_on.date.n == 4 || s->said_on.date.n == 7 ||
		   s->said_on.date.n == 10);
}

static void check_same(const struct extraction *x, const struct extraction *y)
{
	FUZZ_CHECK(x->n_statements == y->n_statements);
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i], *t = &y->statements[i];
		FUZZ_CHECK(str_eq(s->content, t->content) && s->kind == t->kind &&
			   s->n_issues == t->n_issues);
		FUZZ_CHECK(!s->speaker == !t->speaker &&
			   (!s->speaker || str_eq(s->speaker->id, t->speaker->id)));
		FUZZ_CHECK(s->stance.act == t->stance.act &&
			   s->stance.position == t->stance.position);
	}
}

/* Of lists whose spans may lie in one another: each sound, by rising start. */
static void check_annotation(const struct annotation *x, const struct point_map *m)
{
	check_spans((struct spans){x->sentences, x->n_sentences}, m);
	for (size_t i = 0; i < x->n_mentions; i++) {
		check_spans((struct spans){&x->mentions[i].span, 1}, m);
		FUZZ_CHECK(i == 0 || x->mentions[i - 1].span.start <= x->mentions[i].span.start);
		FUZZ_CHECK(x->mentions[i].actor);
		check_actor(x->mentions[i].actor);
	}
	for (size_t i = 0; i < x->n_times; i++) {
		check_spans((struct spans){&x->times[i].span, 1}, m);
		FUZZ_CHECK(i == 0 || x->times[i - 1].span.start <= x->times[i].span.start);
		FUZZ_CHECK(x->times[i].value.n > 0 && fuzz_is_utf8(x->times[i].value));
	}
}

static void check_reasons(const struct reasons *r)
{
	for (size_t i = 0; i < r->n; i++)
		FUZZ_CHECK(r->v[i].what.n > 0 && fuzz_is_utf8(r->v[i].what) &&
			   r->v[i].weight == r->v[i].weight);
}

static void check_decision(const struct decision *d, const struct point_map *m)
{
	check_spans(d->spans, m);
	check_reasons(&d->reasons);
	FUZZ_CHECK(fuzz_is_utf8(d->words) && d->n_candidates > d->n_rejected);
	FUZZ_CHECK(d->p >= 0 && d->p <= 1);
	FUZZ_CHECK(d->n_rejected == 0 || d->rejected[0].lead >= -1e-3F);
	for (size_t i = 0; i < d->n_rejected; i++) {
		check_spans(d->rejected[i].spans, m);
		check_reasons(&d->rejected[i].reasons);
		FUZZ_CHECK(fuzz_is_utf8(d->rejected[i].words));
	}
}

/* Each statement has its explanation, whose numbers are in their ranges. It needs more memory than
 * the statements do. */
static void check_explanations(const struct engine *en, const struct article *article, size_t n,
			       const struct point_map *m, struct arena *a)
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
		const struct decision *const all[] = {&x->by.cue, &x->by.content, &x->by.source,
						      &x->by.whole};
		FUZZ_CHECK(x->number == i + 1 && x->carried_number <= i);
		FUZZ_CHECK(fuzz_is_utf8(x->complement));
		for (size_t k = 0; k < 4 && !x->is_carried; k++)
			check_decision(all[k], m);
	}
}

/* Opened once: it is immutable, and reading the tables for each input would be all that the fuzzer
 * does. */
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
	/* The gate lets the well-formed part through, so that a flipped byte does not cost the rest
	 * of the input. */
	struct article article =
		article_of(str_sub(input, 0, utf8_valid_prefix(input)), STR("2024-04-26"));
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	struct extraction x = {0};
	struct annotation y = {0};
	struct err e = {0};
	if (engine_extract(engine(), &article, &arena, &x, &e) == 0) {
		struct point_map m = point_map_of(article.text);
		size_t said = 0;
		for (size_t i = 0; i < x.n_statements; i++) {
			check_statement(&x.statements[i], article.text, &m);
			said += x.statements[i].content.n;
		}
		FUZZ_CHECK(said <= SAID_FLOOR + SAID_FACTOR * article.text.n);
		if (engine_annotate(engine(), &article, &arena, &y, &e) == 0) {
			check_same(&x, &y.found);
			check_annotation(&y, &m);
		} else {
			fuzz_check_refusal(&e);
		}
		check_explanations(engine(), &article, x.n_statements, &m, &arena);
		free(m.byte);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
