/* Opens data/acts.bin. */
#include "extract/stance/choice_model.h"

#include <stdlib.h>

#include "base/embed.h"
#include "extract/syntax/half.h"
#include "extract/syntax/model_file.h"

EMBED(embedded_acts, "data/acts.bin");

int choice_model_open(struct choice_model *m, struct err *e)
{
	struct model_file f = {0};
	size_t n = choice_model_size();
	*m = (struct choice_model){.w = malloc(n * sizeof *m->w)};
	if (!m->w)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	if (model_file_embedded(&f, EMBEDDED(embedded_acts), "acts.bin", CHOICE_KIND,
				CHOICE_VERSION, e) < 0 ||
	    (f.body.n != 2 * n &&
	     err_set(e, ERR_INPUT, "model", "acts.bin is of another network") < 0)) {
		choice_model_close(m);
		return -1;
	}
	half_unpack((const unsigned char *)f.body.p, n, m->w);
	model_file_close(&f);
	m->act = choice_view(m->w, ACT_COUNT);
	m->target = choice_view(m->w + choice_size(ACT_COUNT), TARGET_OUTCOMES);
	return 0;
}

void choice_model_close(struct choice_model *m)
{
	free(m->w);
	m->w = NULL;
}
