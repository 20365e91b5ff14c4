/* Acts, positions and targets of the sentences in tests/cases/stance.tsv, and models that are
 * refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "extract/extract.h"
#include "extract/stance/choice.h"
#include "extract/stance/classifier.h"
#include "extract/syntax/half.h"
#include "extract/syntax/model_file.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 64 << 20 };

/* --- cases ------------------------------------------------------------------------------------ */

static struct str value_of(const struct statement *s, struct str key)
{
	if (str_eq(key, STR("act")))
		return terms_word(&terms_act, (int)s->stance.act);
	if (str_eq(key, STR("position")))
		return terms_word(&terms_position, (int)s->stance.position);
	if (str_eq(key, STR("towards")))
		return terms_word(&terms_position, (int)s->stance.target_position);
	if (str_eq(key, STR("target")))
		return s->stance.target ? s->stance.target->id : STR("-");
	if (str_eq(key, STR("polarity")))
		return terms_word(&terms_polarity, (int)s->polarity);
	ck_assert_msg(str_eq(key, STR("modality")), "no field \"%.*s\"", STR_ARG(key));
	return terms_word(&terms_modality, (int)s->modality);
}

/* "act=AGREE|AID position=support": each field has one of its values. */
static bool fits(const struct statement *s, struct str fields)
{
	struct str field, key, value;
	while (str_split(&fields, ' ', &field)) {
		bool found = false;
		(void)str_split(&field, '=', &key);
		while (str_split(&field, '|', &value))
			found = found || str_eq(value, value_of(s, key));
		if (!found)
			return false;
	}
	return true;
}

static void show(const struct statement *s)
{
	printf("  found %.*s: act=%.*s position=%.*s target=%.*s towards=%.*s polarity=%.*s "
	       "modality=%.*s intensity=%.2f "
	       "\"%.*s\"\n",
	       STR_ARG(s->speaker ? s->speaker->id : STR("-")), STR_ARG(value_of(s, STR("act"))),
	       STR_ARG(value_of(s, STR("position"))), STR_ARG(value_of(s, STR("target"))),
	       STR_ARG(value_of(s, STR("towards"))), STR_ARG(value_of(s, STR("polarity"))),
	       STR_ARG(value_of(s, STR("modality"))), (double)s->stance.intensity,
	       STR_ARG(s->content));
}

/* What holds of any statement: the sign of the intensity is that of the position, and a target has
 * its span. */
static void check_whole(const struct statement *s)
{
	const struct stance *x = &s->stance;
	ck_assert(x->intensity >= -1 && x->intensity <= 1);
	ck_assert(x->position != POSITION_SUPPORT || x->intensity > 0);
	ck_assert(x->position != POSITION_OPPOSE || x->intensity < 0);
	ck_assert(x->position != POSITION_NEUTRAL || (x->intensity >= 0 && x->intensity <= 0));
	ck_assert_uint_eq(x->target != NULL, s->spans.target.n);
	ck_assert(x->target || x->target_position == POSITION_NEUTRAL);
	ck_assert(x->act != ACT_DENY || s->polarity == POLARITY_DENIED);
}

/* What a case does not tell of a statement. */
static bool fits_untold(const struct statement *s, struct str fields)
{
	bool is_deny = s->stance.act == ACT_DENY;
	return (str_find(fields, STR("target="), 0) != SIZE_MAX || !s->stance.target) &&
	       (str_find(fields, STR("polarity="), 0) != SIZE_MAX ||
		s->polarity == (is_deny ? POLARITY_DENIED : POLARITY_AFFIRMED)) &&
	       (str_find(fields, STR("modality="), 0) != SIZE_MAX ||
		s->modality == MODALITY_ACTUAL);
}

/* A text, and a line "speaker, fields" for each of its statements, which are all. */
struct stance_case {
	struct str text, lines;
	bool is_known_failure;
};

/* Takes the lines of a case off the front of *rest; false at the end. */
static bool next_case(struct str *rest, struct stance_case *out)
{
	struct str line = STR_EMPTY;
	while (line.n == 0 || line.p[0] == '#')
		if (!str_split(rest, '\n', &line))
			return false;
	out->is_known_failure = line.p[0] == '?';
	line = str_sub(line, out->is_known_failure, line.n);
	(void)str_split(&line, '\t', &out->text);
	out->lines = line;
	while (rest->n > 0 && rest->p[0] == '\t') {
		(void)str_split(rest, '\n', &line);
		out->lines.n = (size_t)(line.p + line.n - out->lines.p);
	}
	return true;
}

static bool statement_fits(const struct statement *s, struct str line)
{
	struct str speaker = STR_EMPTY;
	(void)str_split(&line, '\t', &speaker);
	ck_assert_msg(str_find(line, STR("act="), 0) != SIZE_MAX &&
			      str_find(line, STR("position="), 0) != SIZE_MAX,
		      "\"%.*s\": act and position are not told", STR_ARG(line));
	return s->speaker && str_eq(s->speaker->id, speaker) && fits(s, line) &&
	       fits_untold(s, line);
}

static bool run_case(const struct engine *en, const struct stance_case *c)
{
	struct arena a;
	struct err e = {0};
	struct extraction x;
	arena_init(&a, CASE_BYTES);
	struct article article = article_of(c->text, STR("2024-04-26"));
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	struct str rest = c->lines, line;
	size_t n = 0;
	bool ok = true;
	for (; str_split(&rest, '\n', &line); n++) {
		line = str_trim(line);
		ok = ok && n < x.n_statements && statement_fits(&x.statements[n], line);
	}
	for (size_t i = 0; i < x.n_statements; i++)
		check_whole(&x.statements[i]);
	ok = ok && n == x.n_statements;
	if (ok == c->is_known_failure)
		printf("%s: %.*s\n  want  %.*s\n", ok ? "passes now, take its mark away" : "fails",
		       STR_ARG(c->text), STR_ARG(c->lines));
	for (size_t i = 0; !ok && !c->is_known_failure && i < x.n_statements; i++)
		show(&x.statements[i]);
	arena_release(&a);
	return ok;
}

/* Cases marked as failures of the engine. They only become fewer. */
enum { KNOWN_FAILURES_MAX = 49 };

START_TEST(engine_extract__case_file__these_stances_and_no_others)
{
	struct err e = {0};
	struct arena a;
	arena_init(&a, CASE_BYTES);
	struct str rest = case_file_read(&a, "tests/cases/stance.tsv");
	struct engine *en = engine_open(&e);
	struct stance_case c;
	int n = 0, failed = 0, known = 0;
	ck_assert_msg(en != NULL, "%s", e.message);
	for (; next_case(&rest, &c); n++) {
		bool ok = run_case(en, &c);
		failed += !ok && !c.is_known_failure;
		known += c.is_known_failure;
	}
	fflush(stdout); /* the test runs in a process of its own */
	ck_assert_int_ge(n, 180);
	ck_assert_msg(failed == 0, "%d of %d cases fail", failed, n);
	ck_assert_int_le(known, KNOWN_FAILURES_MAX);
	engine_close(en);
	arena_release(&a);
}
END_TEST

/* --- the model -------------------------------------------------------------------------------- */

struct file {
	char path[64];
	char *bytes;
	size_t n;
};

/* A copy of the model, `n` bytes of it. */
static void file_write(struct file *f, size_t n)
{
	snprintf(f->path, sizeof f->path, "/tmp/demarche-stance-XXXXXX");
	int fd = mkstemp(f->path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, f->bytes, n), (ssize_t)n);
	close(fd);
}

static void check_refused(struct file *f, size_t n, const char *why)
{
	struct err e = {0};
	file_write(f, n);
	ck_assert_ptr_null(classifier_open(NULL, f->path, &e));
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_msg(strstr(e.message, why) != NULL, "\"%s\" does not say \"%s\"", e.message, why);
	unlink(f->path);
}

START_TEST(classifier_open__wrong_files__refused_with_the_reason)
{
	struct arena a;
	arena_init(&a, CASE_BYTES);
	struct str model = case_file_read(&a, "data/stance.bin");
	struct file f = {.bytes = arena_alloc(&a, model.n + 1), .n = model.n};
	ck_assert_ptr_nonnull(f.bytes);
	memcpy(f.bytes, model.p, model.n);
	check_refused(&f, f.n - 1, "cut short");
	check_refused(&f, 10, "no model file");
	check_refused(&f, f.n + 1, "too long");
	f.bytes[f.n / 2] ^= 1;
	check_refused(&f, f.n, "checksum");
	f.bytes[f.n / 2] ^= 1;
	f.bytes[offsetof(struct model_head, version)]++;
	check_refused(&f, f.n, "version");
	f.bytes[offsetof(struct model_head, version)]--;
	f.bytes[0] = 'X';
	check_refused(&f, f.n, "kind");
	f.bytes[0] = 'D';
	/* A whole file with another number of weights. */
	struct model_head head;
	memcpy(&head, f.bytes, sizeof head);
	head.body_bytes -= 2;
	head.checksum =
		model_file_checksum((struct str){f.bytes + sizeof head, f.n - sizeof head - 2});
	memcpy(f.bytes, &head, sizeof head);
	check_refused(&f, f.n - 2, "weights");
	arena_release(&a);
}
END_TEST

START_TEST(classifier_open__a_copy_of_the_model__opens)
{
	struct arena a;
	struct err e = {0};
	arena_init(&a, CASE_BYTES);
	struct str model = case_file_read(&a, "data/stance.bin");
	struct file f = {.bytes = arena_alloc(&a, model.n), .n = model.n};
	ck_assert_ptr_nonnull(f.bytes);
	memcpy(f.bytes, model.p, model.n);
	file_write(&f, f.n);
	struct classifier *at = classifier_open(NULL, f.path, &e);
	ck_assert_msg(at != NULL, "%s", e.message);
	classifier_close(at);
	unlink(f.path);
	arena_release(&a);
}
END_TEST

START_TEST(choice_forward__halves_and_floats__the_same_bits)
{
	enum { OUTCOMES = 5 };
	size_t n = choice_size(OUTCOMES), dense_n = choice_dense_size(OUTCOMES);
	float *w = malloc(n * sizeof *w), *dense = malloc(dense_n * sizeof *dense);
	unsigned char *halves = malloc(2 * n);
	float hidden[2][CHOICE_HIDDEN], logits[2][OUTCOMES];
	struct choice_input x = {0};
	ck_assert(w && dense && halves);
	for (size_t i = 0; i < n; i++)
		w[i] = (float)((i * 2654435761u) % 1999) / 999 - 1;
	half_pack(w, n, halves);
	half_unpack(halves, n, w);
	for (unsigned i = 0; i < 40; i++)
		choice_add(&x, i, i * i);
	for (size_t i = 0; i < CHOICE_NUMBERS; i++)
		x.numbers[i] = (float)(i % 7) / 8;
	struct choice_weights views[2] = {choice_view(w, OUTCOMES),
					  choice_view_halves(halves, OUTCOMES, dense)};
	for (int i = 0; i < 2; i++)
		choice_forward(&views[i], &x, hidden[i], logits[i]);
	ck_assert_mem_eq(hidden[0], hidden[1], sizeof hidden[0]);
	ck_assert_mem_eq(logits[0], logits[1], sizeof logits[0]);
	free(w);
	free(dense);
	free(halves);
}
END_TEST

UNIT_MAIN("stance", choice_forward__halves_and_floats__the_same_bits,
	  engine_extract__case_file__these_stances_and_no_others,
	  classifier_open__wrong_files__refused_with_the_reason,
	  classifier_open__a_copy_of_the_model__opens)
