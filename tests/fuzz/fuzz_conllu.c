/* Bytes as CoNLL-U. Whatever they are: they are refused with a reason, or what is written can be
 * read and written again to the same bytes, word for word. */
#include "extract/syntax/conllu.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 256 << 20, OUT_MAX = 64 << 20 };

static void check_sentence(const struct conllu_sentence *s)
{
	FUZZ_CHECK(s->n_lines > 0 && s->n_words <= s->n_lines && s->number > 0);
	for (size_t k = 1; k <= s->n_words; k++) {
		const struct conllu_line *l = conllu_word(s, k);
		FUZZ_CHECK(l->kind == CONLLU_WORD && l->word == k && l->cell[CONLLU_FORM].n > 0);
		FUZZ_CHECK(conllu_head(s, k) <= (int64_t)s->n_words);
	}
	(void)conllu_comment(s, STR("text"));
}

/* Everything up to the first fault, as it is written. */
static struct str copy(struct str in, struct buf *out, struct arena *a, size_t *sentences)
{
	struct conllu_reader r = {.rest = in};
	struct conllu_sentence s;
	struct err e = {0};
	int got;
	buf_init(out, OUT_MAX);
	*sentences = 0;
	while ((got = conllu_next(&r, a, &s, &e)) > 0) {
		check_sentence(&s);
		conllu_write(out, &s);
		++*sentences;
	}
	if (got < 0)
		fuzz_check_refusal(&e);
	FUZZ_CHECK(!out->failed);
	return buf_str(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct buf once, twice;
	size_t n, m;
	arena_init(&a, ARENA_MAX);
	struct str first = copy(fuzz_input(data, size), &once, &a, &n),
		   second = copy(first, &twice, &a, &m);
	FUZZ_CHECK(n == m && str_eq(first, second));
	buf_release(&once);
	buf_release(&twice);
	arena_release(&a);
	return 0;
}
