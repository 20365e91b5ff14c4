/* The canonical form, read back as a client's query string would be. */
#include "tests/fuzz/questions.h"

#include "tests/fuzz/fuzz.h"

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct str unescape(struct str s, struct arena *a)
{
	char *p = arena_alloc(a, s.n);
	size_t n = 0;
	FUZZ_CHECK(p);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%') {
			p[n++] = s.p[i];
			continue;
		}
		FUZZ_CHECK(i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0);
		p[n++] = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
		i += 2;
	}
	return (struct str){p, n};
}

void fuzz_check_canonical(const struct question *q, struct arena *a)
{
	struct str canonical = question_canonical(q), rest = canonical, part;
	struct statement_filter filter;
	struct question again;
	struct err e = {0};
	FUZZ_CHECK(canonical.p);
	statement_filter_init(&filter);
	question_init(&again, &params_statements, &filter, a);
	while (str_split(&rest, '&', &part)) {
		size_t at = str_find(part, STR("="), 0);
		FUZZ_CHECK(at != SIZE_MAX);
		struct str name = str_sub(part, 0, at),
			   value = unescape(str_sub(part, at + 1, part.n), a);
		if (question_add(&again, name, (struct condition){.value = value}, &e) != 0) {
			fprintf(stderr, "%.*s: %s\n", STR_ARG(part), e.message);
			abort();
		}
	}
	FUZZ_CHECK(question_hash(&again) == question_hash(q));
	FUZZ_CHECK(str_eq(question_canonical(&again), canonical));
}
