/* GET /v1/network: who speaks of which issue, and who sides with whom, as discourse network
 * analysis has it; as JSON, and for other programs as GraphML, GEXF and CSV. */
#include "db/network.h"

#include "api/accept.h"
#include "api/format/csv_graph.h"
#include "api/format/gexf.h"
#include "api/format/graphml.h"
#include "api/format/json_graph.h"
#include "api/query/interpretation.h"
#include "api/resource.h"

enum { NODES_DEFAULT = 1000, EDGES_DEFAULT = 300 };

enum form { FORM_JSON, FORM_CSV, FORM_GRAPHML, FORM_GEXF, FORM_COUNT };

static const char *const media_types[] = {[FORM_JSON] = "application/json",
					  [FORM_CSV] = "text/csv",
					  [FORM_GRAPHML] = "application/graphml+xml",
					  [FORM_GEXF] = "application/gexf+xml"};

/* Each normalization belongs to one of the two kinds of network. */
static int check(const struct network_query *n, struct err *e)
{
	bool is_two_mode = n->mode == NETWORK_TWO_MODE;
	bool is_for_two = n->normalization == NORMALIZATION_ACTIVITY ||
			  n->normalization == NORMALIZATION_PROMINENCE;
	if (n->normalization == NORMALIZATION_NONE || is_two_mode == is_for_two)
		return 0;
	return err_set(e, ERR_VALUE, "normalization",
		       "\"normalization\" is \"%.*s\", with mode=%.*s not %s",
		       STR_ARG(terms_word(&terms_normalization, (int)n->normalization)),
		       STR_ARG(terms_word(&terms_network_mode, (int)n->mode)),
		       is_two_mode ? "none, activity or prominence"
				   : "none, average, jaccard or cosine");
}

/* What is asked for less what is excluded. */
static void take_kinds(struct network_filter *f)
{
	const uint32_t all = (UINT32_C(1) << ACTOR_KIND_COUNT) - 1;
	uint32_t wanted = f->n.actor_kinds ? f->n.actor_kinds : all;
	f->n.actor_kinds = wanted & ~f->not_actor_kinds;
	f->of.q.is_void |= f->n.actor_kinds == 0;
	if (f->n.actor_kinds == all)
		f->n.actor_kinds = 0;
}

/* For the forms that have no place for members of their own. */
static struct str about(struct arena *a, const struct question *q, const struct network_query *n,
			const struct network *net)
{
	struct str asked = question_canonical(q);
	if (!asked.p)
		return asked;
	return arena_printf(
		a,
		"mode %.*s, agreement %.*s, normalization %.*s, duplicates %.*s; question: %.*s; "
		"left out: %lld nodes, %lld edges",
		STR_ARG(terms_word(&terms_network_mode, (int)n->mode)),
		STR_ARG(terms_word(&terms_agreement, (int)n->agreement)),
		STR_ARG(terms_word(&terms_normalization, (int)n->normalization)),
		STR_ARG(terms_word(&terms_duplicates, (int)n->duplicates)), STR_ARG(asked),
		(long long)net->nodes_left_out, (long long)net->edges_left_out);
}

static int make_document(struct arena *a, const struct question *q, const struct network_query *n,
			 const struct network *net, struct graph_document *d, struct err *e)
{
	struct str *ids = arena_array(a, net->n_nodes, sizeof *ids);
	*d = (struct graph_document){
		.network = net, .mode = n->mode, .ids = ids, .about = about(a, q, n, net)};
	if (!ids || !d->about.p)
		return arena_full(e);
	for (size_t i = 0; i < net->n_nodes; i++) {
		ids[i] = node_id(&net->nodes[i], a);
		if (!ids[i].p)
			return arena_full(e);
	}
	return 0;
}

static void write_json(struct response *rs, const struct network_query *n,
		       const struct graph_document *d, const struct interpretation *parts)
{
	const struct network *net = d->network;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_MEMBER(&j, "mode", terms_word(&terms_network_mode, (int)n->mode));
	JW_MEMBER(&j, "agreement", terms_word(&terms_agreement, (int)n->agreement));
	JW_MEMBER(&j, "normalization", terms_word(&terms_normalization, (int)n->normalization));
	JW_MEMBER(&j, "duplicates", terms_word(&terms_duplicates, (int)n->duplicates));
	graph_members(&j, d);
	JW_MEMBER(&j, "nodes_left_out", net->nodes_left_out);
	JW_MEMBER(&j, "edges_left_out", net->edges_left_out);
	JW_NAME(&j, "pairs");
	jw_open_object(&j);
	JW_MEMBER(&j, "of_nodes", net->pairs);
	JW_MEMBER(&j, "without_side", net->without_side);
	JW_MEMBER(&j, "duplicates", net->duplicates);
	JW_MEMBER(&j, "without_speaker", net->without_speaker);
	jw_close_object(&j);
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, parts);
	jw_close_object(&j);
	answer_end(rs);
}

static int left_out_header(struct request *rq, struct response *rs, const struct network *net,
			   struct err *e)
{
	struct str text =
		arena_printf(rq->arena, "nodes=%lld, edges=%lld", (long long)net->nodes_left_out,
			     (long long)net->edges_left_out);
	if (!text.p)
		return arena_full(e);
	response_header(rs, "Left-Out", text);
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct question *q,
		  struct network_filter *f, struct reader *r, enum form form, struct err *e)
{
	struct interpretation parts;
	struct network net;
	struct graph_document d;
	f->n.q = &f->of.q;
	f->n.max_nodes = f->nodes;
	f->n.max_edges = f->limit	     ? f->limit
			 : form == FORM_JSON ? EDGES_DEFAULT
					     : NETWORK_EDGES_MAX;
	if (question_interpret(q, &f->of, r, NULL, &parts, e))
		return -1;
	take_kinds(f);
	if (store_network(r, &f->n, rq->arena, &net, e) ||
	    make_document(rq->arena, q, &f->n, &net, &d, e))
		return -1;
	rs->content_type = form == FORM_CSV ? "text/csv; charset=utf-8" : media_types[form];
	rs->is_cacheable = true;
	if (form == FORM_JSON)
		write_json(rs, &f->n, &d, &parts);
	else if (form == FORM_CSV)
		csv_graph(&rs->body, &d);
	else if (form == FORM_GRAPHML)
		graphml_write(&rs->body, &d);
	else
		gexf_write(&rs->body, &d);
	return left_out_header(rq, rs, &net, e);
}

enum api_result get_network(struct request *rq, struct response *rs, struct err *e)
{
	struct network_filter f = {.nodes = NODES_DEFAULT};
	struct question q;
	response_header(rs, "Vary", STR("Accept"));
	int form = accept_choose(rq->accept, media_types, FORM_COUNT, e);
	if (form < 0)
		return API_ERROR;
	statement_filter_init(&f.of);
	question_init(&q, &params_network, &f, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || check(&f.n, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &f, r, (enum form)form, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
