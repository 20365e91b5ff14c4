/* The error type's text and its table of HTTP statuses. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

static const struct {
	int status;
	const char *code, *title;
} kinds[ERR_KIND_COUNT] = {
#define X(name, status, code, title) [ERR_##name] = {status, code, title},
	ERR_KINDS(X)
#undef X
};

#undef err_set /* for the analyzer: see the header */
int err_set(struct err *e, enum err_kind kind, const char *field, const char *fmt, ...)
{
	if (e->kind != ERR_NONE)
		return -1;
	e->kind = kind;
	snprintf(e->field, sizeof e->field, "%s", field ? field : "");
	va_list args;
	va_start(args, fmt);
	vsnprintf(e->message, sizeof e->message, fmt, args);
	va_end(args);
	e->field[utf8_valid_prefix(str_of(e->field))] = '\0';
	e->message[utf8_valid_prefix(str_of(e->message))] = '\0';
	return -1;
}

int err_status(enum err_kind kind)
{
	return kinds[kind].status;
}

const char *err_code(enum err_kind kind)
{
	return kinds[kind].code;
}

const char *err_title(enum err_kind kind)
{
	return kinds[kind].title;
}
