/* The type is "about:blank": the status and the members say it all. */
#include "api/problem.h"

enum { FIRST_SERVER_ERROR = 500 };

void problem_encode(struct jw *j, const struct err *e)
{
	int status = err_status(e->kind);
	jw_open_object(j);
	JW_MEMBER(j, "type", STR("about:blank"));
	JW_MEMBER(j, "title", str_of(err_title(e->kind)));
	JW_MEMBER(j, "status", status);
	if (status < FIRST_SERVER_ERROR) {
		if (e->message[0])
			JW_MEMBER(j, "detail", str_of(e->message));
		if (e->field[0])
			JW_MEMBER(j, "field", str_of(e->field));
	}
	jw_close_object(j);
}

void problem_write(struct response *rs, const struct err *e)
{
	buf_clear(&rs->body);
	rs->fixed = STR_EMPTY;
	rs->stream = (struct body_stream){0};
	rs->is_cacheable = false;
	rs->status = err_status(e->kind);
	rs->content_type = "application/problem+json";
	struct jw j = jw_into(&rs->body);
	problem_encode(&j, e);
	buf_add_char(&rs->body, '\n');
}
