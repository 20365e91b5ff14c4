/* A key lives no longer than the token that it was made with. */
#include "server/admit.h"

#include "db/read_key.h"

void admit_read_key(struct exchange *x)
{
	unsigned char digest[DIGEST_BYTES];
	const struct auth *auth = &x->service->auth;
	struct read_key key;
	digest_text(x->rq.read_key, digest);
	struct reader *r = store_reader(x->rq.api->store, x->rq.deadline_ns, &x->err);
	if (!r)
		return;
	int rc = store_read_key(r, digest, &x->arena, &key, &x->err);
	reader_return(r);
	if (rc)
		return;
	bool is_known = key.id && !key.revoked_ms && (!auth->n || auth_has_name(auth, key.who));
	if (!is_known) {
		err_set(&x->err, ERR_UNAUTHORIZED, "key",
			"the read key is not known, or is not in force any more");
		return;
	}
	x->rq.who = key.who;
	x->rq.sites = key.sites;
}
