/* Opens data/acts.bin. */
#include "extract/stance/choice_model.h"

#include <stdlib.h>

#include "base/embed.h"
#include "extract/syntax/model_file.h"

EMBED(embedded_acts, "data/acts.bin");

int choice_model_open(struct choice_model *m, struct err *e)
{
	struct model_file f = {0};
	size_t n = choice_model_size(), of_act = choice_dense_size(ACT_COUNT);
	size_t dense = of_act + choice_dense_size(TARGET_OUTCOMES);
	*m = (struct choice_model){.dense = malloc(dense * sizeof *m->dense)};
	if (!m->dense)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	if (model_file_embedded(&f, EMBEDDED(embedded_acts), "acts.bin", CHOICE_KIND,
				CHOICE_VERSION, e) < 0 ||
	    (f.body.n != 2 * n &&
	     err_set(e, ERR_INPUT, "model", "acts.bin is of another network") < 0)) {
		choice_model_close(m);
		return -1;
	}
	const unsigned char *act = (const unsigned char *)f.body.p;
	m->act = choice_view_halves(act, ACT_COUNT, m->dense);
	m->target = choice_view_halves(act + 2 * choice_size(ACT_COUNT), TARGET_OUTCOMES,
				       m->dense + of_act);
	return 0;
}

void choice_model_close(struct choice_model *m)
{
	free(m->dense);
	m->dense = NULL;
}
