/* The model file of attribution: what is refused and why, and what its bytes stand for. */
#include "extract/attribution/model.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static struct {
	struct model_head head;
	struct attribution_weights body;
} file;

static void seal(void)
{
	file.head.body_bytes = sizeof file.body;
	file.head.checksum =
		model_file_checksum((struct str){(const char *)&file.body, sizeof file.body});
}

static void set_up(void)
{
	memset(&file, 0, sizeof file);
	file.head = (struct model_head){.kind = ATTRIBUTION_KIND, .version = ATTRIBUTION_VERSION};
	file.body.scale[STAGE_SOURCE] = 2;
	file.body.hashed[STAGE_SOURCE][5] = 127;
	file.body.hashed[STAGE_SOURCE][6] = -64;
	file.body.hashed[STAGE_CUE][5] = 127; /* of scale 0 */
	seal();
}

/* Writes the first bytes of the file and opens it as a model. */
static int open_bytes(size_t n, struct attribution_model *m, struct err *e)
{
	char path[] = "/tmp/demarche-model-XXXXXX";
	int fd = mkstemp(path);
	ck_assert(fd >= 0 && write(fd, &file, n) == (ssize_t)n && close(fd) == 0);
	*e = (struct err){0};
	int rc = attribution_model_open(m, path, e);
	unlink(path);
	return rc;
}

static void check_refusal(size_t n, const char *words)
{
	struct attribution_model m = {0};
	struct err e;
	ck_assert_int_eq(open_bytes(n, &m, &e), -1);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_msg(strstr(e.message, words) != NULL, "\"%s\" does not say \"%s\"", e.message,
		      words);
}

START_TEST(attribution_model_open__what_is_no_model__a_reason)
{
	struct attribution_model m = {0};
	struct err e = {0};
	ck_assert_int_eq(attribution_model_open(&m, "/nowhere/model", &e), -1);
	ck_assert_ptr_nonnull(strstr(e.message, "cannot open"));
	set_up();
	check_refusal(0, "is no model file");
	check_refusal(20, "is no model file");
	check_refusal(sizeof file.head, "cut short");
	check_refusal(sizeof file - 1, "cut short");
	file.body.hashed[STAGE_EXTENT][10] ^= 1;
	check_refusal(sizeof file, "checksum");
	seal();
	file.head.version++;
	check_refusal(sizeof file, "version");
	file.head.version--;
	memcpy(file.head.kind, "DMsyntax", sizeof file.head.kind);
	check_refusal(sizeof file, "kind");
	/* whole by its head, of another size */
	memcpy(file.head.kind, ATTRIBUTION_KIND, sizeof file.head.kind);
	file.head.body_bytes = 64;
	file.head.checksum = model_file_checksum((struct str){(const char *)&file.body, 64});
	check_refusal(sizeof file.head + 64, "bytes of weights");
}
END_TEST

START_TEST(attribution_score__features__sum_of_their_weights)
{
	struct attribution_model m = {0};
	struct err e;
	struct features f = {.n = 3, .at = {5, 6, 7}};
	set_up();
	ck_assert_msg(open_bytes(sizeof file, &m, &e) == 0, "%s", e.message);
	ck_assert_float_eq_tol(attribution_score(&m, STAGE_SOURCE, &f),
			       2 - 2 * (64.f / 127) * (64.f / 127), 1e-6f);
	ck_assert_float_eq_tol(attribution_score(&m, STAGE_CUE, &f), 0, 1e-6f);
	attribution_model_close(&m);
	ck_assert_msg(attribution_model_open(&m, NULL, &e) == 0, "%s",
		      e.message); /* the one inside the program */
	for (int stage = 0; stage < STAGE_COUNT; stage++)
		ck_assert(m.w->scale[stage] > 0 && isfinite(m.w->scale[stage]));
	attribution_model_close(&m);
}
END_TEST

START_TEST(feature__more_than_fit__the_first_ones)
{
	struct features f = {.n = 0};
	for (unsigned i = 0; i < 2 * FEATURES_MAX; i++)
		feature(&f, i % 7, i);
	ck_assert_uint_eq(f.n, FEATURES_MAX);
	for (unsigned i = 0; i < FEATURES_MAX; i++)
		ck_assert(f.at[i] < FEATURE_PLACES && f.template[i] == i % 7);
}
END_TEST

UNIT_MAIN("attribution model", attribution_model_open__what_is_no_model__a_reason,
	  attribution_score__features__sum_of_their_weights, feature__more_than_fit__the_first_ones)
