/* The type ends in the code of base/err.h; docs/problems.md has a section for each. */
#include "api/problem.h"

#include <stdio.h>

enum { FIRST_SERVER_ERROR = 500, CODE_MAX = 32 };

void problem_encode(struct jw *j, const struct err *e, struct str request_id)
{
	int status = err_status(e->kind);
	char type[sizeof PROBLEM_TYPE + CODE_MAX];
	int n = snprintf(type, sizeof type, PROBLEM_TYPE "%s", err_code(e->kind));
	jw_open_object(j);
	JW_MEMBER(j, "type", ((struct str){type, (size_t)n}));
	JW_MEMBER(j, "title", str_of(err_title(e->kind)));
	JW_MEMBER(j, "status", status);
	if (status < FIRST_SERVER_ERROR) {
		if (e->message[0])
			JW_MEMBER(j, "detail", str_of(e->message));
		if (e->field[0])
			JW_MEMBER(j, "field", str_of(e->field));
	}
	if (request_id.n)
		JW_MEMBER(j, "request_id", request_id);
	jw_close_object(j);
}

void problem_write(struct response *rs, const struct err *e, struct str request_id)
{
	buf_clear(&rs->body);
	rs->fixed = STR_EMPTY;
	rs->stream = (struct body_stream){0};
	rs->is_cacheable = false;
	rs->status = err_status(e->kind);
	rs->content_type = "application/problem+json";
	struct jw j = jw_into(&rs->body);
	problem_encode(&j, e, request_id);
	buf_add_char(&rs->body, '\n');
}
