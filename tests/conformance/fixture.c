/* A store of the engine under test. */
#include "tests/conformance/fixture.h"
#include "base/clock.h"

/* --- the store --- */

struct store_options fixture_options(const struct fixture *f)
{
	return (struct store_options){.path = f->path,
				      .readers = 2,
				      .reader_cache_mb = 2,
				      .writer_cache_mb = 8,
				      .queue_max = 1000,
				      .group_max = 128};
}

void fixture_make(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	engine_make(f);
	arena_init(&f->arena, (size_t)1 << 30);
}

void fixture_reopen(struct fixture *f)
{
	struct store_options o = fixture_options(f);
	store_close(f->store);
	f->store = store_open(&o, &f->e);
	ck_assert_msg(f->store != NULL, "%s", f->e.message);
}

void fixture_open(struct fixture *f)
{
	fixture_make(f);
	fixture_reopen(f);
}

void fixture_close(struct fixture *f)
{
	store_close(f->store);
	arena_release(&f->arena);
	engine_remove(f);
}

void no_fault(void *context, const char *what)
{
	(void)context;
	ck_abort_msg("check: %s", what);
}

void fixture_check(struct fixture *f)
{
	assert_ok(store_check(f->path, no_fault, NULL, &f->e), f->e);
}

/* --- writes --- */

const struct actor wang = ACTOR("wang-yi", "Wang Yi", PERSON, "CHN");
const struct actor china = ACTOR("CHN", "China", COUNTRY, "CHN");
const struct actor usa = ACTOR("USA", "United States", COUNTRY, "USA");
const struct issue core = {.id = STR_INIT("core-interests"), .label = STR_INIT("core interests")};
const struct issue trade = {.id = STR_INIT("trade"),
			    .label = STR_INIT("trade"),
			    .cap_major = 18,
			    .cap_sub = 1800,
			    .is_open = true};

struct statement plain_statement(struct str content, const struct actor *speaker)
{
	return (struct statement){
		.content = content, .speaker = speaker, .confidence = 0.5F, .engine = STR("test")};
}

static const struct span spans_a[] = {{3, 9}, {12, 40}}, spans_b[] = {{100000, 100001}};

struct statement full_statement(const struct issue_hit *hits, size_t n)
{
	struct statement s =
		plain_statement(STR("our core interests are facing challenges"), &wang);
	s.kind = KIND_MIXED;
	s.spans.source = (struct spans){spans_a, 2};
	s.spans.cue = (struct spans){spans_b, 1};
	s.spans.content = (struct spans){spans_a, 1};
	s.spans.addressee = (struct spans){spans_b, 1};
	s.spans.time = (struct spans){spans_a + 1, 1};
	s.spans.target = (struct spans){spans_a, 2};
	s.speaker_via = VIA_TITLE_SURNAME;
	s.speaker_role = STR("Foreign Minister");
	s.addressee = &usa;
	s.reported_by = &china;
	s.issues = hits;
	s.n_issues = n;
	s.stance = (struct stance){POSITION_OPPOSE, ACT_ACCUSE,	  &usa, POSITION_SUPPORT,
				   -0.75F,	    {spans_b, 1}, 0.71F};
	if (n)
		s.stance.position = hits[0].position;
	s.polarity = POLARITY_DENIED;
	s.modality = MODALITY_HYPOTHETICAL;
	s.said_on = (struct said_on){.text = STR("on Friday"),
				     .date = STR("2024-04-26"),
				     .precision = PRECISION_DAY,
				     .rule = STR("weekday before")};
	day_parse(s.said_on.date, &s.said_on.from);
	s.said_on.to = s.said_on.from;
	s.confidence = 0.875F;
	s.status = STATUS_CONFIRMED;
	s.engine = STR("9.9");
	return s;
}

static void same_spans(struct spans a, struct spans b)
{
	ck_assert_uint_eq(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		ck_assert(a.v[i].start == b.v[i].start && a.v[i].end == b.v[i].end);
}

void same_statement(const struct statement *a, const struct statement *b)
{
	ck_assert(str_eq(a->content, b->content) && str_eq(a->speaker_role, b->speaker_role) &&
		  str_eq(a->engine, b->engine));
	same_spans(a->spans.source, b->spans.source);
	same_spans(a->spans.cue, b->spans.cue);
	same_spans(a->spans.content, b->spans.content);
	same_spans(a->spans.addressee, b->spans.addressee);
	same_spans(a->spans.time, b->spans.time);
	same_spans(a->spans.target, b->spans.target);
	same_spans(a->stance.evidence, b->stance.evidence);
	ck_assert(str_eq(a->speaker->id, b->speaker->id) &&
		  str_eq(a->speaker->name, b->speaker->name));
	ck_assert(str_eq(a->addressee->id, b->addressee->id) &&
		  str_eq(a->reported_by->id, b->reported_by->id));
	ck_assert(str_eq(a->stance.target->name, b->stance.target->name));
	ck_assert(a->kind == b->kind && a->speaker_via == b->speaker_via &&
		  a->polarity == b->polarity);
	ck_assert(a->modality == b->modality && a->status == b->status &&
		  a->stance.position == b->stance.position);
	ck_assert_int_eq(a->stance.target_position, b->stance.target_position);
	ck_assert(a->stance.act == b->stance.act && a->said_on.precision == b->said_on.precision);
	ck_assert_float_eq_tol(a->confidence, b->confidence, 0.0006F);
	ck_assert_float_eq_tol(a->stance.confidence, b->stance.confidence, 0.0006F);
	ck_assert_float_eq_tol(a->stance.intensity, b->stance.intensity, 0.0006F);
	ck_assert(str_eq(a->said_on.text, b->said_on.text) &&
		  str_eq(a->said_on.date, b->said_on.date));
	ck_assert(str_eq(a->said_on.rule, b->said_on.rule));
	ck_assert_uint_eq(a->n_issues, b->n_issues);
	for (size_t i = 0; i < a->n_issues; i++) {
		ck_assert(str_eq(a->issues[i].issue->id, b->issues[i].issue->id));
		ck_assert_float_eq_tol(a->issues[i].score, b->issues[i].score, 0.0006F);
		same_spans(a->issues[i].evidence, b->issues[i].evidence);
		ck_assert_int_eq(a->issues[i].position, b->issues[i].position);
		ck_assert_float_eq_tol(a->issues[i].position_confidence,
				       b->issues[i].position_confidence, 0.0006F);
		same_spans(a->issues[i].position_evidence, b->issues[i].position_evidence);
	}
}

struct write made_article(struct str text, struct str published, const struct statement *v,
			  size_t n)
{
	struct write w = {.op = WRITE_ARTICLE, .article = article_of(text, published)};
	w.article.received_ms = 1714089600000;
	w.extraction = (struct extraction){v, n};
	digest_text(text, w.article.sha256);
	return w;
}

int64_t fixture_write(struct fixture *f, struct write *w)
{
	assert_ok(store_write_all(f->store, &w, 1, &f->e), f->e);
	return w->id;
}

/* --- questions --- */

struct reader *fixture_reader(struct fixture *f)
{
	struct reader *r = store_reader(f->store, now_monotonic_ns() + LONG_NS, &f->e);
	ck_assert_msg(r != NULL, "%s", f->e.message);
	return r;
}

struct statement_query query_all(int limit)
{
	return (struct statement_query){.said_after = DAY_NONE,
					.said_before = DAY_NONE,
					.published_after = DAY_NONE,
					.published_before = DAY_NONE,
					.limit = limit};
}

struct statement_list fixture_ask(struct fixture *f, const struct statement_query *q, int64_t *next)
{
	struct statement_list list;
	struct reader *r = fixture_reader(f);
	assert_ok(store_statements(r, q, &f->arena, &list, next, &f->e), f->e);
	reader_return(r);
	return list;
}

struct article fixture_article(struct fixture *f, int64_t id)
{
	struct article a;
	struct reader *r = fixture_reader(f);
	assert_ok(store_article(r, id, &f->arena, &a, &f->e), f->e);
	reader_return(r);
	return a;
}

int article_of_text(struct reader *r, struct str text, struct arena *a, struct article *out,
		    struct err *e)
{
	unsigned char sha256[DIGEST_BYTES];
	digest_text(text, sha256);
	return store_article_of(r, sha256, a, out, e);
}

struct actor_match fixture_actor(struct fixture *f, struct str id)
{
	struct actor_match m;
	struct reader *r = fixture_reader(f);
	assert_ok(store_actor(r, id, &f->arena, &m, &f->e), f->e);
	reader_return(r);
	return m;
}

struct issue_match fixture_issue(struct fixture *f, struct str id)
{
	struct issue_match m;
	struct reader *r = fixture_reader(f);
	assert_ok(store_issue(r, id, &f->arena, &m, &f->e), f->e);
	reader_return(r);
	return m;
}

size_t fixture_count_issues(struct fixture *f)
{
	struct name_query q = {.text = STR_EMPTY, .kind = -1, .limit = 1000};
	struct issue_matches m;
	struct str next;
	struct reader *r = fixture_reader(f);
	assert_ok(store_issues(r, &q, &f->arena, &m, &next, &f->e), f->e);
	reader_return(r);
	return m.n;
}
