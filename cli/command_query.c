/* query: a question in words, answered as the API does. */
#include <stdio.h>

#include "api/format/answer_text.h"
#include "cli/command.h"
#include "cli/local_request.h"

enum { TEXT_MAX_BYTES = 1 << 26 };

static int print_text(struct local_request *k, struct err *e)
{
	struct buf text;
	buf_init(&text, TEXT_MAX_BYTES);
	int rc = answer_text(buf_str(&k->rs.body), &text, e);
	if (rc == 0)
		fwrite(text.p, 1, text.n, stdout);
	buf_release(&text);
	return rc;
}

int command_query(const struct options *o)
{
	struct err e = {0};
	struct local_request k = {0};
	struct buf phrase;
	buf_init(&phrase, 65536);
	for (int i = 0; i < o->n_args; i++)
		buf_printf(&phrase, "%s%s", i ? " " : "", o->args[i]);
	k.params[0] = (struct param){STR("q"), buf_str(&phrase)};
	k.rq.n_params = 1;
	int rc = local_request_get(&k, o, "/v1/query", "application/json", &e);
	if (rc == 0 && o->query_format == FORMAT_JSON)
		fwrite(k.rs.body.p, 1, k.rs.body.n, stdout);
	else if (rc == 0)
		rc = print_text(&k, &e);
	local_request_release(&k);
	buf_release(&phrase);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
