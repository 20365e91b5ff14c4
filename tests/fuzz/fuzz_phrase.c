/* Bytes as a phrase: read into parameters that the API takes, or refused with a reason. The store's
 * names are played by a sum over the name, so that any run of words may be an actor, an issue, both
 * or none. */
#include "api/query/phrase_read.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/questions.h"

enum { ARENA_MAX = 16 << 20, JSON_MAX = 16 << 20, TODAY = 19838 /* 2024-04-25 */ };

static int find_actors(void *context, struct str name, struct arena *a, struct actor_matches *out,
		       struct err *e)
{
	static struct actor_match somebody;
	(void)context, (void)a, (void)e;
	FUZZ_CHECK(name.n > 0 && fuzz_is_utf8(name));
	*out = (struct actor_matches){&somebody, str_hash(name) % 3 == 0};
	return 0;
}

static int find_issues(void *context, struct str name, struct arena *a, struct issue_matches *out,
		       struct err *e)
{
	static struct issue_match established, open = {.issue.is_open = true};
	(void)context, (void)a, (void)e;
	FUZZ_CHECK(name.n > 0 && fuzz_is_utf8(name));
	*out = (struct issue_matches){str_hash(name) % 7 ? &established : &open,
				      str_hash(name) % 5 < 2};
	return 0;
}

static bool lies_in(struct str part, struct str whole)
{
	return part.n == 0 || str_find(whole, part, 0) != SIZE_MAX;
}

static void check_reading(const struct phrase *p, struct str text, struct arena *a)
{
	struct statement_filter filter;
	struct question q;
	statement_filter_init(&filter);
	question_init(&q, &params_statements, &filter, a);
	FUZZ_CHECK(p->n <= PHRASE_TERMS_MAX && p->n_unparsed <= PHRASE_WORDS_MAX);
	for (size_t i = 0; i < p->n_unparsed; i++)
		FUZZ_CHECK(p->unparsed[i].n > 0 && fuzz_is_utf8(p->unparsed[i]) &&
			   lies_in(p->unparsed[i], text));
	for (size_t i = 0; i < p->n; i++) {
		const struct phrase_term *t = &p->terms[i];
		struct err e = {0};
		FUZZ_CHECK(fuzz_is_utf8(t->given.value) && fuzz_is_utf8(t->given.words) &&
			   lies_in(t->given.words, text));
		if (question_add(&q, t->name, t->given, &e) != 0) {
			fuzz_check_refusal(&e);
			FUZZ_CHECK(param_find(&params_statements, t->name));
		}
	}
	fuzz_check_canonical(&q, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct name_source source = {.actors = find_actors, .issues = find_issues};
	struct str input = fuzz_input(data, size),
		   text = str_sub(input, 0, utf8_valid_prefix(input));
	struct arena arena;
	struct phrase p = {0};
	struct err e = {0};
	arena_init(&arena, ARENA_MAX);
	struct lookup names = lookup_in(source, &arena);
	if (phrase_read(text, &names, (struct phrase_days){TODAY, DAY_NONE}, &arena, &p, &e) == 0) {
		struct buf out;
		buf_init(&out, JSON_MAX);
		struct jw j = jw_into(&out);
		check_reading(&p, text, &arena);
		phrase_write(&j, &p);
		FUZZ_CHECK(!out.failed && fuzz_is_utf8(buf_str(&out)));
		buf_release(&out);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
