/* One table of names, limits and checks. */
#include "api/format/article_field.h"

#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"

/* Checks a value and may set what is made of it. */
typedef int field_check(const char *name, struct str value, struct article *out, struct err *e);

static int check_text(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	if (str_trim(value).n == 0)
		return err_set(e, ERR_VALUE, name, "\"%s\" is empty", name);
	return 0;
}

static int check_line(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == '\x7f')
			return err_set(e, ERR_VALUE, name, "\"%s\" holds a control character",
				       name);
	return 0;
}

static int check_date(const char *name, struct str value, struct article *out, struct err *e)
{
	if (!article_publish(out, value))
		return err_set(e, ERR_VALUE, name,
			       "\"%s\" is neither a date such as \"2024-04-26\" nor an instant "
			       "such as \"2024-04-26T09:30:00Z\": "
			       "\"%.*s\"",
			       name, STR_ARG(str_clip(value)));
	return 0;
}

static int check_url(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	if (value.n == 0)
		return 0;
	size_t scheme = str_eq_nocase(str_sub(value, 0, 7), STR("http://"))    ? 7
			: str_eq_nocase(str_sub(value, 0, 8), STR("https://")) ? 8
									       : 0;
	if (scheme == 0)
		return err_set(e, ERR_VALUE, name,
			       "\"%s\" does not start with \"http://\" or \"https://\": \"%.*s\"",
			       name, STR_ARG(str_clip(value)));
	bool has_host = value.n > scheme && value.p[scheme] != '/' && value.p[scheme] != '?' &&
			value.p[scheme] != '#';
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == ' ' || value.p[i] == '"' || value.p[i] == '<' ||
		    value.p[i] == '>' || value.p[i] == '\\')
			return err_set(e, ERR_VALUE, name,
				       "\"%s\" holds a character that no URL has: '%c'", name,
				       value.p[i]);
	return has_host ? check_line(name, value, out, e)
			: err_set(e, ERR_VALUE, name, "\"%s\" names no host", name);
}

/* RFC 5646's letters, digits and hyphens in parts of one to eight; not its registry. */
static int check_language(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	size_t run = 0;
	for (size_t i = 0; i <= value.n && value.n; i++) {
		char c = i < value.n ? value.p[i] : '-';
		bool is_letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if ((c == '-' && run == 0) || (c != '-' && !is_letter) || run > 8)
			return err_set(e, ERR_VALUE, name,
				       "\"%s\" is not a language tag such as \"en\" or \"en-GB\": "
				       "\"%.*s\"",
				       name, STR_ARG(str_clip(value)));
		run = c == '-' ? 0 : run + 1;
	}
	return 0;
}

static const struct {
	const char *name;
	size_t at;
	size_t max_points;
	field_check *check;
} fields[ARTICLE_FIELD_COUNT] = {
#define X(NAME, name, max, check)                                                                  \
	[FIELD_##NAME] = {#name, offsetof(struct article, name), max, check},
	ARTICLE_FIELDS(X)
#undef X
};

enum article_field article_field_find(struct str name)
{
	int f = 0;
	while (f < ARTICLE_FIELD_COUNT && !str_eq(name, str_of(fields[f].name)))
		f++;
	return (enum article_field)f;
}

const char *article_field_name(enum article_field f)
{
	return fields[f].name;
}

struct str article_field_get(const struct article *a, enum article_field f)
{
	struct str s;
	memcpy(&s, (const char *)a + fields[f].at, sizeof s);
	return s.p ? s : STR_EMPTY;
}

int article_field_set(struct article *out, enum article_field f, struct str value, struct err *e)
{
	size_t max = fields[f].max_points;
	if (max && (value.n > max * 4 || utf8_count(value) > max))
		return err_set(e, ERR_VALUE, fields[f].name, "\"%s\" is longer than %zu characters",
			       fields[f].name, max);
	if (fields[f].check(fields[f].name, value, out, e))
		return -1;
	memcpy((char *)out + fields[f].at, &value, sizeof value);
	return 0;
}
