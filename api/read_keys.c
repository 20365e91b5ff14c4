/* /v1/keys: keys for feed readers and frames, made, listed and revoked. */
#include "db/read_key.h"

#include <errno.h>
#include <sys/random.h>

#include "api/format/json_read_key.h"
#include "api/query/cursor.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/clock.h"

enum { SECRET_BYTES = 20 }; /* 160 bits */

#define KEY_START "dmk_"

/* The one place where a key exists as such. */
static int make_secret(struct arena *a, struct str *out, struct err *e)
{
	unsigned char random[SECRET_BYTES];
	const size_t start = sizeof KEY_START - 1;
	char *p = arena_alloc(a, start + 2 * sizeof random);
	if (!p)
		return arena_full(e);
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		return err_set(e, ERR_INTERNAL, NULL, "cannot get random bytes: %s",
			       strerror(errno));
	memcpy(p, KEY_START, start);
	for (size_t i = 0; i < sizeof random; i++) {
		p[start + 2 * i] = "0123456789abcdef"[random[i] >> 4];
		p[start + 2 * i + 1] = "0123456789abcdef"[random[i] & 15];
	}
	*out = (struct str){p, start + 2 * sizeof random};
	return 0;
}

static int submit(struct request *rq, struct read_key_write *w, struct err *e)
{
	struct write *v = &w->write;
	w->write.op = WRITE_READ_KEY;
	w->who = rq->who;
	return store_write_all(rq->api->store, &v, 1, e);
}

enum api_result post_key(struct request *rq, struct response *rs, struct err *e)
{
	struct read_key_write w = {.revokes = 0};
	struct read_key key;
	struct str secret;
	if (params_none(rq, e) || read_key_decode(rq->body, rq->arena, &key, e) ||
	    make_secret(rq->arena, &secret, e))
		return API_ERROR;
	digest_text(secret, w.digest);
	w.name = key.name;
	w.sites = key.sites;
	if (submit(rq, &w, e))
		return API_ERROR;
	key.id = w.id;
	key.who = rq->who;
	key.made_ms = now_unix_ms();
	key.revoked_by = STR_EMPTY;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_MEMBER(&j, "key", secret);
	read_key_members(&j, &key);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	rs->status = 201;
	return finish(rs, e);
}

/* Of others those alone see and revoke them who may do all. */
static bool sees_all(const struct request *rq)
{
	return (rq->scopes & SCOPE_ADMIN) != 0;
}

enum api_result delete_key(struct request *rq, struct response *rs, struct err *e)
{
	struct read_key_write w = {.of_anyone = sees_all(rq)};
	if (params_none(rq, e) || path_id(rq, "key", &w.revokes, e) || submit(rq, &w, e))
		return API_ERROR;
	rs->status = 204;
	return API_DONE;
}

static int write_page(struct request *rq, struct response *rs, struct reader *r,
		      const struct question *q, struct read_key_query *kq, struct err *e)
{
	struct read_key_list list;
	int64_t next;
	kq->limit = q->limit;
	if (store_read_keys(r, kq, rq->arena, &list, &next, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "keys");
	jw_open_array(&j);
	for (size_t i = 0; i < list.n; i++) {
		jw_open_object(&j);
		read_key_members(&j, &list.v[i]);
		jw_close_object(&j);
	}
	jw_close_array(&j);
	struct str cursor = next ? cursor_encode_id(rq->arena, next, question_hash(q)) : STR_EMPTY;
	return cursor.p ? page_finish(rq, rs, q, &j, cursor, e) : arena_full(e);
}

enum api_result get_keys(struct request *rq, struct response *rs, struct err *e)
{
	struct read_key_query kq = {.who = sees_all(rq) ? STR_EMPTY : rq->who};
	struct question q;
	question_init(&q, &params_keys, &kq, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) ||
	    (q.cursor.n && cursor_decode_id(q.cursor, question_hash(&q), rq->arena, &kq.after, e)))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = write_page(rq, rs, r, &q, &kq, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
