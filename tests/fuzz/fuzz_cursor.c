/* Bytes as a cursor, and bytes as a key that a cursor carries: what is decoded comes back the same,
 * what belongs to another question or is forged without its check sum is refused. */
#include "api/query/cursor.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 1 << 20 };

static const uint64_t question = 0x5eed5eed5eed5eed, other_question = 0x5eed5eed5eed5eee;

static void refuse(struct str text, uint64_t asked, struct arena *a)
{
	struct str key;
	struct err e = {0};
	FUZZ_CHECK(cursor_decode(text, asked, a, &key, &e) != 0);
	fuzz_check_refusal(&e);
}

static void try_text(struct str text, struct arena *a)
{
	struct str key = STR_EMPTY, again = STR_EMPTY;
	int64_t id = 0;
	struct err e = {0};
	if (cursor_decode(text, question, a, &key, &e) == 0) {
		FUZZ_CHECK(key.n <= CURSOR_KEY_MAX);
		struct str back = cursor_encode(a, key, question);
		FUZZ_CHECK(back.p && cursor_decode(back, question, a, &again, &e) == 0 &&
			   str_eq(key, again));
		refuse(text, other_question, a);
	} else {
		fuzz_check_refusal(&e);
	}
	e = (struct err){0};
	if (cursor_decode_id(text, question, a, &id, &e) != 0)
		fuzz_check_refusal(&e);
}

static void try_key(struct str key, struct arena *a)
{
	struct str back = STR_EMPTY;
	struct err e = {0};
	struct str text = cursor_encode(a, key, question);
	FUZZ_CHECK(text.p);
	FUZZ_CHECK(cursor_decode(text, question, a, &back, &e) == 0);
	FUZZ_CHECK(str_eq(key, back));
	refuse(text, other_question, a);
	refuse(str_sub(text, 0, text.n - 1), question, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = fuzz_input(data, size);
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	try_text(input, &arena);
	if (size > 0 && size <= CURSOR_KEY_MAX)
		try_key(str_sub(input, 0, utf8_valid_prefix(input)), &arena);
	arena_release(&arena);
	return 0;
}
