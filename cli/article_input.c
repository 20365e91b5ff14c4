/* Which kind of file it is, and what is said of one that holds several articles. */
#include "cli/article_input.h"

#include "api/format/article_line.h"
#include "api/format/charset.h"
#include "api/format/webpage.h"
#include "base/date.h"
#include "base/utf8.h"

enum { PAGE_START_MAX = 1024 };

static int plain_article(struct str text, const struct options *o, struct article *out,
			 struct err *e)
{
	*out = (struct article){.text = text, .title = str_of(o->title)};
	if (!article_publish(out, str_of(o->published_at)))
		return err_set(e, ERR_INPUT, NULL,
			       "--published-at is \"%s\": it takes a date such as 2024-04-26",
			       o->published_at);
	size_t valid = utf8_valid_prefix(text);
	if (valid != text.n)
		return err_set(e, ERR_INPUT, NULL, "the text is not UTF-8 from byte %zu on", valid);
	if (str_trim(text).n == 0)
		return err_set(e, ERR_INPUT, NULL, "the text is empty");
	return 0;
}

/* "{" starts an article; "[{" and "[]" a list of them, which "[Editor's note]" is not. */
static bool is_list(struct str s)
{
	if (s.n == 0 || s.p[0] != '[')
		return false;
	s = str_trim(str_sub(s, 1, s.n));
	return s.n == 0 || s.p[0] == '{' || s.p[0] == ']';
}

/* Is the first of several lines an article by itself? */
static bool is_lines(struct str s, struct arena *a)
{
	struct str line, id;
	struct article first;
	struct err ignored = {0};
	return str_split(&s, '\n', &line) && str_trim(s).n &&
	       article_line_decode(line, a, &id, &first, &ignored) == 0;
}

bool article_input_is_page(struct str bytes)
{
	struct str s = str_trim(utf8_skip_mark(str_sub(bytes, 0, PAGE_START_MAX)));
	return str_eq_nocase(str_sub(s, 0, 14), STR("<!doctype html")) ||
	       str_eq_nocase(str_sub(s, 0, 5), STR("<html"));
}

/* A page's title and date are its own, unless the options tell others. */
static int page_article(struct str bytes, const struct options *o, struct arena *a,
			struct article *out, struct err *e)
{
	struct str html;
	if (plain_article(STR("-"), o, out, e) || charset_to_utf8(bytes, a, &html, e))
		return -1;
	out->text = STR_EMPTY;
	return webpage_read(html, a, out, e);
}

int article_input_decode(struct str bytes, const char *path, const struct options *o,
			 struct arena *a, struct article *out, struct err *e)
{
	struct str text = utf8_skip_mark(bytes), s = str_trim(text), id;
	struct err own = {0};
	if (article_input_is_page(bytes))
		return page_article(bytes, o, a, out, e);
	if (is_list(s))
		return err_set(e, ERR_INPUT, NULL,
			       "it is a JSON list: give one article as an object, or one on each "
			       "line (extract, annotate and explain take lines with --format "
			       "jsonl)");
	if (!(s.n && s.p[0] == '{') && !str_ends(str_of(path), STR(".json")))
		return plain_article(text, o, out, e);
	if (article_line_decode(s, a, &id, out, &own) == 0)
		return 0;
	if (is_lines(s, a))
		return err_set(e, ERR_INPUT, NULL,
			       "it holds an article on each line: give --format jsonl");
	return err_set(e, own.kind, own.field, "%s", own.message);
}
