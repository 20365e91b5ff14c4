/* Two actors whose words are laid side by side: what /v1/grid and /v1/silences share. */
#ifndef DEMARCHE_API_SIDE_H
#define DEMARCHE_API_SIDE_H

#include "api/format/json_write.h"
#include "api/http.h"
#include "api/query/parameters.h"
#include "db/grid.h"

/* One of the two. */
struct side {
	const char *name; /* of the parameter */
	struct str value;
	struct actor actor;
	const char *reading;
	size_t others;	  /* that have the name too */
	bool is_known;	  /* somebody has it */
	struct str meant; /* else who is called nearly so, or "" */
};

/* Reads the parameters of `table` into *gq, and who is meant by a and b. 0, or -1 with *e. */
int sides_read(struct request *rq, const struct param_table *table, struct grid_query *gq,
	       struct question *q, struct side sides[2], struct err *e) MUST_CHECK;
/* Finds the two, and what they say: nothing, where nobody has one of the names. 0, or -1 with *e.
 */
int sides_ask(struct reader *r, const struct question *q, struct grid_query *gq,
	      struct side sides[2], struct grid *grid, struct err *e) MUST_CHECK;

/* Writes the members behind "a" and "b"; 0, or -1 with *e. */
typedef int sides_rows(struct request *rq, struct jw *j, struct reader *r, const struct grid *grid,
		       struct err *e);

/* Answers a question of `table` about the actors of its parameters a and b: each the best known of
 * those who have the name. gq: what is asked for beside the parameters. */
enum api_result sides_answer(struct request *rq, struct response *rs,
			     const struct param_table *table, struct grid_query *gq,
			     sides_rows *write_rows, struct err *e) MUST_CHECK;

#endif
