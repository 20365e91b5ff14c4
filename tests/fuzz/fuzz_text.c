/* Bytes as a text, past the UTF-8 gate, into tokens, paragraphs, quotations and sentences. Whatever
 * the text: tokens rise, lie inside of it, cover all that is no white space, with offsets that are
 * exact in bytes and code points; sentences cover the tokens and cross no paragraph. */
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 256 << 20, SENTENCE_MAX = 400 };

static const struct lexicon *lexicon(void)
{
	static struct lexicon *lx;
	struct err e = {0};
	if (!lx)
		lx = lexicon_open(&e);
	FUZZ_CHECK(lx);
	return lx;
}

/* Nothing but white space and what is not printed. */
static bool is_blank(struct str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_decode(s, at, &at);
		if (c > ' ' && c != 0x7F && c != 0x85 && c != 0xA0 && (c < 0x2000 || c > 0x200F) &&
		    (c < 0x2028 || c > 0x2029) && c != 0x202F && c != 0x205F && c != 0x3000 &&
		    c != 0xFEFF)
			return false;
	}
	return true;
}

/* Offsets in code points are those of what was given: the text's own, where nothing was cleaned. */
static void check_tokens(const struct text *t, struct str given)
{
	struct utf8_cursor cursor = {.text = t->bytes};
	bool is_as_given = t->bytes.p == given.p;
	size_t before = 0, point = 0, points = utf8_count(given);
	for (size_t i = 0; i < t->n_tokens; i++) {
		const struct token *k = &t->tokens[i];
		FUZZ_CHECK(k->start >= before && k->start < k->end && k->end <= t->bytes.n);
		FUZZ_CHECK(is_blank(str_sub(t->bytes, before, k->start)));
		FUZZ_CHECK(((k->flags & TOK_SPACE_BEFORE) != 0) == (k->start > before));
		FUZZ_CHECK(k->point >= point && k->point <= k->point_end && k->point_end <= points);
		if (is_as_given) {
			FUZZ_CHECK(utf8_point_at(&cursor, k->start) == k->point);
			FUZZ_CHECK(utf8_point_at(&cursor, k->end) == k->point_end);
		}
		point = k->point_end;
		FUZZ_CHECK(fuzz_is_utf8(text_token(t, i)));
		before = k->end;
	}
	FUZZ_CHECK(is_blank(str_sub(t->bytes, before, t->bytes.n)));
}

static void check_sentences(const struct text *t)
{
	size_t paragraph = 0, at = 0;
	for (size_t i = 0; i < t->n_sentences; i++) {
		const struct sentence *s = &t->sentences[i];
		FUZZ_CHECK(s->first == at && s->end > at && s->end - at <= SENTENCE_MAX);
		while (paragraph < t->n_paragraphs && t->paragraphs[paragraph + 1] <= s->first)
			paragraph++;
		FUZZ_CHECK(paragraph < t->n_paragraphs && s->end <= t->paragraphs[paragraph + 1]);
		at = s->end;
	}
	FUZZ_CHECK(at == t->n_tokens);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = fuzz_input(data, size);
	struct str valid = str_sub(input, 0, utf8_valid_prefix(input));
	struct text t;
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	FUZZ_CHECK(text_tokenize(&t, valid, lexicon(), &arena) == 0);
	FUZZ_CHECK(text_find_quotes(&t, &arena) == 0);
	FUZZ_CHECK(text_find_sentences(&t, &arena) == 0);
	check_tokens(&t, valid);
	check_sentences(&t);
	arena_release(&arena);
	return 0;
}
