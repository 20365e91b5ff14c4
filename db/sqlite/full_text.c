/* Conditions as an expression of FTS5. */
#include "db/sqlite/full_text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Would the tokenizer find a word? unicode61 takes letters, numbers and private use characters. */
static bool has_word(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)utf8_decode(s, i, &i));
		if ((c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
		    c == UTF8PROC_CATEGORY_CO ||
		    (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO))
			return true;
	}
	return false;
}

/* A phrase as an FTS5 string: quotation marks doubled, so that nothing in it is an operator. NUL
 * would end the expression. */
static void add_phrase(struct buf *b, struct str s)
{
	buf_add_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_add_char(b, '"');
		buf_add_char(b, s.p[i] ? s.p[i] : ' ');
	}
	buf_add_char(b, '"');
}

static void add_tokens(struct buf *b, char letter, struct keys v)
{
	for (size_t i = 0; i < v.n; i++)
		buf_printf(b, "%s%c%lld", i ? " OR " : " AND facets : (", letter,
			   (long long)v.v[i]);
	if (v.n)
		buf_add_char(b, ')');
}

/* false when nothing can match. */
static bool add_group(struct buf *b, const struct about_group *g, bool is_first)
{
	size_t n = 0;
	buf_add(b, is_first ? STR("(") : STR(" AND ("));
	for (size_t i = 0; i < g->issues.n; i++)
		buf_printf(b, "%si%lld", n++ ? " OR " : "facets : (", (long long)g->issues.v[i]);
	if (n)
		buf_add_char(b, ')');
	bool has_issues = n > 0;
	n = 0;
	for (size_t i = 0; i < g->any.n; i++) {
		if (!has_word(g->any.v[i]))
			continue;
		if (n++)
			buf_add(b, STR(" OR "));
		else
			buf_printf(b, "%s{content nearby} : (", has_issues ? " OR " : "");
		add_phrase(b, g->any.v[i]);
	}
	buf_add(b, n ? STR("))") : STR(")"));
	return has_issues || n;
}

static bool add_about(struct buf *b, const struct about *about)
{
	bool can_match = about->n > 0;
	for (size_t i = 0; i < about->n; i++) {
		const struct about_way *way = &about->ways[i];
		buf_add(b, i ? STR(" OR (") : STR("("));
		for (size_t k = 0; k < way->n; k++)
			can_match &= add_group(b, &way->groups[k], k == 0);
		can_match &= way->n > 0;
		buf_add_char(b, ')');
	}
	return can_match;
}

/* Are the roles such that their words find all that have them? */
bool full_text_has_roles(const struct statement_query *q)
{
	for (size_t i = 0; i < q->roles.n; i++)
		if (!has_word(q->roles.v[i]))
			return false;
	return q->roles.n > 0;
}

/* By their stems: more than what add_roles lets pass. */
static void add_role_words(struct buf *b, struct strs roles)
{
	for (size_t i = 0; i < roles.n; i++) {
		buf_add(b, i ? STR(" OR ") : STR(" AND role : ("));
		add_phrase(b, roles.v[i]);
	}
	buf_add_char(b, ')');
}

/* Each part after " AND ", which the caller takes off the first. */
static void add_parts(struct buf *b, const struct statement_query *q, bool *is_empty)
{
	for (size_t i = 0; i < q->phrases.n; i++) {
		buf_add(b, STR(" AND content : "));
		add_phrase(b, q->phrases.v[i]);
		*is_empty |= !has_word(q->phrases.v[i]);
	}
	for (size_t i = 0; i < q->n_about; i++) {
		buf_add(b, STR(" AND ("));
		*is_empty |= !add_about(b, &q->about[i]); /* made of what has words */
		buf_add_char(b, ')');
	}
	if (full_text_has_roles(q))
		add_role_words(b, q->roles);
	add_tokens(b, 's', q->speakers);
	add_tokens(b, 'i', q->issues);
}

int full_text_expression(const struct statement_query *q, bool leaves_uncounted, struct arena *a,
			 struct str *out, bool *is_empty, struct err *e)
{
	enum { EXPRESSION_MAX = 128 * 1024 };
	struct buf b;
	buf_init(&b, EXPRESSION_MAX);
	add_parts(&b, q, is_empty);
	int result = b.failed ? err_set(e, ERR_TOO_LARGE, NULL, "the phrases are too long") : 0;
	struct str parts = str_sub(buf_str(&b), strlen(" AND "), b.n);
	/* The token of those that are not counted. */
	*out = result		  ? STR_EMPTY
	       : leaves_uncounted ? arena_printf(a, "(%.*s) NOT (facets : u)", STR_ARG(parts))
				  : arena_str(a, parts);
	buf_release(&b);
	return result || !out->p ? arena_full(e) : 0;
}
