/* Reading of the lists that a reader made of an article's statements. */
#include "tests/unit/extract/expected_list.h"

#include "tests/unit/unit.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

struct str expected_words(struct str s, struct arena *a)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;
	ck_assert_ptr_nonnull(p);
	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (!is_blank(s.p[i]))
			p[n++] = s.p[i];
		else if (n > 0 && p[n - 1] != ' ')
			p[n++] = ' ';
	return (struct str){p, n};
}

bool expected_has(struct str alternatives, struct str word)
{
	struct str one;
	while (str_split(&alternatives, '/', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

/* --- places in the text --- */

/* The end of `words` where they stand at `at`, a blank for any white space; or SIZE_MAX. */
static size_t end_of(struct str text, size_t at, struct str words)
{
	for (size_t i = 0; i < words.n; i++) {
		if (at >= text.n)
			return SIZE_MAX;
		if (words.p[i] != ' ') {
			if (text.p[at++] != words.p[i])
				return SIZE_MAX;
			continue;
		}
		if (!is_blank(text.p[at]))
			return SIZE_MAX;
		while (at < text.n && is_blank(text.p[at]))
			at++;
	}
	return at;
}

/* The first place of `words` at or after `from`, and its end; SIZE_MAX when there is none. */
static size_t find_words(struct str text, struct str words, size_t from, size_t *end)
{
	for (size_t at = from; at < text.n; at++)
		if ((*end = end_of(text, at, words)) != SIZE_MAX)
			return at;
	return SIZE_MAX;
}

static uint32_t points_before(struct str text, size_t byte)
{
	uint32_t points = 0;
	for (size_t i = 0; i < byte; i++)
		points += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	return points;
}

/* Cuts what stands before `mark` off the front of *rest; all of it where there is no mark. */
static struct str cut(struct str *rest, struct str mark)
{
	size_t at = str_find(*rest, mark, 0);
	struct str before = str_sub(*rest, 0, at == SIZE_MAX ? rest->n : at);
	*rest = at == SIZE_MAX ? STR_EMPTY : str_sub(*rest, at + mark.n, rest->n);
	return before;
}

/* "{words before}start … end": one part of a content. Its bytes in the text. */
static struct str find_part(struct str text, struct str part)
{
	struct str start = part, before = STR_EMPTY, whole = part;
	if (str_starts(start, STR("{"))) {
		start = str_sub(start, 1, start.n);
		before = cut(&start, STR("}"));
	}
	struct str end = start;
	start = cut(&end, STR(" … "));
	size_t context_end = 0, from = SIZE_MAX, to = 0, next = 0;
	for (size_t at = 0; at < text.n; at++) {
		if ((context_end = end_of(text, at, before)) == SIZE_MAX ||
		    (next = end_of(text, context_end, start)) == SIZE_MAX)
			continue;
		ck_assert_msg(from == SIZE_MAX, "\"%.*s\" stands twice in the text",
			      STR_ARG(whole));
		from = context_end;
		to = next;
	}
	ck_assert_msg(from != SIZE_MAX, "\"%.*s\" is not in the text", STR_ARG(whole));
	if (end.n > 0 && find_words(text, end, to, &to) == SIZE_MAX)
		ck_abort_msg("the end of \"%.*s\" is not in the text", STR_ARG(whole));
	return str_sub(text, from, to);
}

static void find_content(struct expected *x, struct str content, struct str text, struct arena *a)
{
	x->content = STR_EMPTY;
	while (content.n > 0) {
		struct str part = find_part(text, cut(&content, STR(" + ")));
		size_t from = (size_t)(part.p - text.p);
		ck_assert_uint_lt(x->n_parts, EXPECTED_PARTS_MAX);
		x->parts[x->n_parts++] = (struct span){points_before(text, from),
						       points_before(text, from + part.n)};
		part = expected_words(part, a);
		x->content = arena_printf(a, "%.*s%s%.*s", STR_ARG(x->content),
					  x->content.n ? " " : "", STR_ARG(part));
	}
}

/* --- lines --- */

/* "12 | kind | speaker | cue | content" */
static void read_head(struct expected *x, struct str line, struct str text, struct arena *a)
{
	struct str rest = line;
	size_t end;
	*x = (struct expected){.number = cut(&rest, STR(" | ")), .fields = STR_EMPTY};
	x->kind = cut(&rest, STR(" | "));
	x->speaker = cut(&rest, STR(" | "));
	x->cue = cut(&rest, STR(" | "));
	ck_assert_msg(rest.n > 0, "\"%.*s\" is not number | kind | speaker | cue | content",
		      STR_ARG(line));
	ck_assert_msg(find_words(text, x->cue, 0, &end) != SIZE_MAX,
		      "the cue of \"%.*s\" is not in the text", STR_ARG(line));
	x->is_optional = str_starts(x->number, STR("?"));
	x->number = str_sub(x->number, x->is_optional, x->number.n);
	x->is_loose = str_starts(rest, STR("~"));
	find_content(x, str_sub(rest, x->is_loose, rest.n), text, a);
}

void expected_list_read(struct expected_list *l, struct str file, struct str text, struct arena *a)
{
	size_t cap = 0;
	struct str line;
	*l = (struct expected_list){.known = STR_EMPTY, .published_at = STR_EMPTY};
	while (str_split(&file, '\n', &line)) {
		struct expected *last = l->n ? &l->v[l->n - 1] : NULL;
		if (str_starts(line, STR("@ "))) {
			l->published_at = str_trim(str_sub(line, 2, line.n));
		} else if (str_starts(line, STR("known "))) {
			l->known = arena_printf(a, "%.*s%.*s\n", STR_ARG(l->known), STR_ARG(line));
		} else if (last && str_starts(line, STR(" "))) {
			last->fields = expected_words(
				arena_printf(a, "%.*s %.*s", STR_ARG(last->fields), STR_ARG(line)),
				a);
		} else if (line.n > 0) {
			ck_assert_int_eq(
				arena_grow(a, (void **)&l->v, &cap, l->n + 1, sizeof *l->v), 0);
			read_head(&l->v[l->n++], line, text, a);
		}
	}
	ck_assert_msg(l->n > 0 && l->published_at.n > 0, "the list has no statement or no day");
}
