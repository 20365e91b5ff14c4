/* What a resource says beside its body. */
#include "api/http.h"

void response_header(struct response *rs, const char *name, struct str value)
{
	rs->body.failed |= !value.p; /* out of memory: without it the answer is another one */
	if (rs->n_headers == RESPONSE_HEADERS_MAX || !value.p)
		return;
	rs->headers[rs->n_headers].name = name;
	rs->headers[rs->n_headers].value = value;
	rs->n_headers++;
}
