/* POST /v1/actors/{id}/split: an actor that is two. */
#include <stdlib.h>

#include "api/edit_request.h"
#include "api/format/json_actor.h"
#include "api/format/json_body.h"
#include "api/format/json_statement.h"
#include "base/fold.h"

struct split {
	struct request *rq;
	struct str said; /* the new actor's members, as JSON */
	int64_t *ids;
	size_t n_ids;
	struct actor_match from;
	struct actor added, remains;
	struct edit_item *items;
};

static int take_ids(struct split *s, const json_t *v, struct err *e)
{
	s->n_ids = json_array_size(v);
	s->ids = arena_array(s->rq->arena, s->n_ids, sizeof *s->ids);
	if (!s->ids)
		return arena_full(e);
	bool is_list = v == NULL || json_is_array(v);
	for (size_t i = 0; i < s->n_ids; i++) {
		s->ids[i] = json_integer_value(json_array_get(v, i));
		is_list &= s->ids[i] > 0;
	}
	if (!is_list || s->n_ids > EDIT_ITEMS_MAX)
		return err_set(e, ERR_VALUE, "statements",
			       "\"statements\" is no list of at most %d ids of statements",
			       EDIT_ITEMS_MAX);
	return 0;
}

static int read_body(struct split *s, struct err *e)
{
	json_t *root = json_body(s->rq->body,
				 "a split is a JSON object with the \"name\" of the new actor, and "
				 "\"statements\", ids of those that name it",
				 e);
	if (!root)
		return -1;
	int rc = take_ids(s, json_object_get(root, "statements"), e);
	json_object_del(root, "statements");
	char *said = rc ? NULL : json_dumps(root, JSON_COMPACT);
	json_decref(root);
	if (rc)
		return -1;
	s->said = said ? arena_str(s->rq->arena, str_of(said)) : (struct str){0};
	free(said);
	return s->said.p ? 0 : arena_full(e);
}

/* Is this one of the new actor's names? */
static int is_taken(struct split *s, struct str alias, bool *out, struct err *e)
{
	struct str folded = str_fold(s->rq->arena, alias);
	*out = false;
	if (!folded.p)
		return arena_full(e);
	for (size_t i = 0; i <= s->added.aliases.n; i++) {
		struct str name = i < s->added.aliases.n ? s->added.aliases.v[i] : s->added.name;
		struct str other = str_fold(s->rq->arena, name);
		if (!other.p)
			return arena_full(e);
		*out |= str_eq(folded, other);
	}
	return 0;
}

/* The old one, without the names that the new one takes. */
static int make_remains(struct split *s, struct err *e)
{
	const struct strs aliases = s->from.actor.aliases;
	struct str *left = arena_array(s->rq->arena, aliases.n, sizeof *left);
	size_t n = 0;
	if (!left)
		return arena_full(e);
	for (size_t i = 0; i < aliases.n; i++) {
		bool taken;
		if (is_taken(s, aliases.v[i], &taken, e))
			return -1;
		if (!taken)
			left[n++] = aliases.v[i];
	}
	s->remains = s->from.actor;
	s->remains.aliases = (struct strs){left, n};
	return 0;
}

static bool replace(struct split *s, const struct actor **who)
{
	bool is_it = *who && str_eq((*who)->id, s->from.actor.id);
	if (is_it)
		*who = &s->added;
	return is_it;
}

/* Wherever the old one stands in it the new one does. */
static int make_item(struct split *s, const struct statement *before, struct edit_item *item,
		     struct err *e)
{
	*item = (struct edit_item){.before = before, .after = *before};
	bool is_named = replace(s, &item->after.speaker);
	is_named |= replace(s, &item->after.addressee);
	is_named |= replace(s, &item->after.reported_by);
	is_named |= replace(s, &item->after.stance.target);
	item->after.status = STATUS_EDITED;
	return is_named ? 0
			: err_set(e, ERR_VALUE, "statements",
				  "statement %lld does not name the actor \"%.*s\"",
				  (long long)before->id, STR_ARG(s->from.actor.id));
}

static int make_items(struct split *s, struct reader *r, struct err *e)
{
	struct statement *before = arena_array(s->rq->arena, s->n_ids, sizeof *before);
	s->items = arena_array(s->rq->arena, s->n_ids, sizeof *s->items);
	if (!before || !s->items)
		return arena_full(e);
	for (size_t i = 0; i < s->n_ids; i++) {
		struct err why = {0};
		if (store_statement(r, s->ids[i], s->rq->arena, &before[i], &why))
			return err_set(e, why.kind == ERR_NOT_FOUND ? ERR_VALUE : why.kind,
				       "statements", "%s", why.message);
		for (size_t k = 0; k < i; k++)
			if (s->ids[k] == s->ids[i])
				return err_set(e, ERR_VALUE, "statements",
					       "\"statements\" has %lld twice",
					       (long long)s->ids[i]);
		if (make_item(s, &before[i], &s->items[i], e))
			return -1;
	}
	return 0;
}

static int read_all(struct split *s, struct err *e)
{
	struct reader *r = store_reader(s->rq->api->store, fresh_deadline(s->rq), e);
	if (!r)
		return -1;
	int rc = store_actor(r, s->rq->path_args[0], s->rq->arena, &s->from, e);
	/* What is not said of the new one is as of the other one. */
	if (rc == 0)
		s->added = (struct actor){.kind = s->from.actor.kind,
					  .country = s->from.actor.country};
	if (rc == 0)
		rc = actor_decode(s->said, s->rq->arena, &s->added, e) || make_remains(s, e) ||
				     make_items(s, r, e)
			     ? -1
			     : 0;
	reader_return(r);
	return rc;
}

static int write_answer(struct split *s, struct response *rs, const struct edit_write *w,
			struct err *e)
{
	struct actor_match m;
	struct str path = arena_printf(s->rq->arena, "v1/actors/%.*s", STR_ARG(s->added.id));
	struct str location = path.p ? relative_link(s->rq, path, STR_EMPTY) : path;
	if (!location.p)
		return arena_full(e);
	struct reader *r = store_reader(s->rq->api->store, fresh_deadline(s->rq), e);
	if (!r)
		return -1;
	int rc = store_actor(r, s->added.id, s->rq->arena, &m, e);
	reader_return(r);
	if (rc)
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "actor");
	actor_write(&j, &m.actor);
	edit_made_members(s->rq, &j, w);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	rs->status = 201;
	response_header(rs, "Location", location);
	return 0;
}

enum api_result post_actor_split(struct request *rq, struct response *rs, struct err *e)
{
	struct split s = {.rq = rq};
	int64_t wanted;
	if (params_none(rq, e) || if_match_read(rq, &wanted, e) || read_body(&s, e) ||
	    read_all(&s, e))
		return API_ERROR;
	struct edit_write w = {.action = EDIT_ADD_ACTOR,
			       .actor = s.added,
			       .remains = &s.remains,
			       .version = wanted >= 0 ? wanted : s.from.actor.edit,
			       .items = s.items,
			       .n_items = s.n_ids};
	if (edit_submit(rq, &w, e) || write_answer(&s, rs, &w, e))
		return API_ERROR;
	return finish(rs, e);
}
