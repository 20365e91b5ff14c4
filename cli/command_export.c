/* export: all statements that meet the conditions of the arguments, as the API exports them; or
 * what persons decided of statements. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/label_lines.h"
#include "cli/local_request.h"

static int read_conditions(struct local_request *k, const struct options *o, struct err *e)
{
	for (int i = 0; i < o->n_args; i++) {
		struct str arg = str_of(o->args[i]);
		size_t equals = str_find(arg, STR("="), 0);
		if (equals == SIZE_MAX)
			return err_set(e, ERR_INPUT, NULL,
				       "\"%s\" is no condition: it takes KEY=VALUE", o->args[i]);
		k->params[k->rq.n_params++] =
			(struct param){str_sub(arg, 0, equals), str_sub(arg, equals + 1, arg.n)};
	}
	return 0;
}

static int print_stream(struct local_request *k, struct err *e)
{
	int more = 1;
	while (more > 0) {
		buf_clear(&k->rs.body);
		more = k->rs.stream.more(k->rs.stream.state, &k->rs.body, e);
		if (more >= 0 && k->rs.body.n &&
		    fwrite(k->rs.body.p, 1, k->rs.body.n, stdout) != k->rs.body.n)
			return 0; /* commands.c tells that standard output failed */
	}
	return more;
}

static int export_labels(const struct options *o)
{
	struct err e = {0};
	size_t orphans = 0;
	struct store *store = command_store_reading(o, 1, &e);
	struct reader *r = store ? store_reader(store, INT64_MAX, &e) : NULL;
	int rc = !r	     ? -1
		 : o->n_args ? err_set(&e, ERR_INPUT, NULL, "--labels takes no condition")
			     : label_lines_print(r, &orphans, &e);
	reader_return(r);
	store_close(store);
	if (rc == 0 && orphans)
		fprintf(stderr,
			"demarche: %zu labels fit no text that is stored, and are left out\n",
			orphans);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}

int command_export(const struct options *o)
{
	if (o->labels)
		return export_labels(o);
	struct err e = {0};
	struct local_request k = {0};
	const char *accept = o->export_format == EXPORT_CSV ? "text/csv" : "application/x-ndjson";
	int rc = read_conditions(&k, o, &e);
	if (rc == 0)
		rc = local_request_get(&k, o, "/v1/statements", accept, &e);
	if (rc == 0 && k.rs.stream.more)
		rc = print_stream(&k, &e);
	else if (rc == 0)
		fwrite(k.rs.body.p, 1, k.rs.body.n, stdout);
	local_request_release(&k);
	return rc == 0 ? STATUS_OK : command_fail(&e);
}
