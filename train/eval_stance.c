/* eval_stance DATA MODEL: figures of acts and stance.
 *
 * Acts: 10-fold cross-validation on plv/train.tsv, the layers below being those of the model, which
 * saw no sentence of it: with the marked source and target, and from the bare sentence, where the
 * engine must find both. Stance: directed/valid.tsv, the same for both.
 *
 * And the stance as the product says it, who reads no marks: of the statements that the engine
 * finds in the bare sentence, the position towards the target, where source and target are the
 * marked ones. (The acts of PLV as the product says them are printed by fit_acts: its choice is
 * fitted on them, so that only the fold without a sentence may tell of it.) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/stance/classifier.h"
#include "extract/statement.h"
#include "extract/syntax/model_file.h"
#include "extract/syntax/syntax.h"
#include "train/stance_data.h"

enum { DATA_BYTES = 1 << 30, ARTICLE_BYTES = 64 << 20, FOLDS = 10, CLASSES_MAX = 16 };

struct eval {
	struct arena a;
	struct stance_parser r;
	struct engine *engine;
	struct classifier_weights *w;
	struct classifier_network network; /* of w */
	const struct vectors *vectors;
};

/* --- tables of confusion ---------------------------------------------------------------------- */

/* counts[gold][said]; said == n where nothing was said. */
struct confusion {
	size_t counts[CLASSES_MAX][CLASSES_MAX + 1];
	size_t n;
	const char *const *names;
};

static double percent(double a, double b)
{
	return b > 0 ? 100 * a / b : 0;
}

/* The F1 of classes `first` to the last: each weighted alike, and over all their decisions. */
static void print_confusion(const struct confusion *c, size_t first, const char *what)
{
	size_t hits = 0, said = 0, gold = 0;
	double macro = 0, recall = 0;
	printf("%s\n%-14s%8s%8s%8s   said as\n", what, "", "P", "R", "F1");
	for (size_t k = 0; k < c->n; k++) {
		size_t of_gold = 0, of_said = 0;
		for (size_t i = 0; i <= c->n; i++)
			of_gold += c->counts[k][i];
		for (size_t i = 0; i < c->n; i++)
			of_said += c->counts[i][k];
		double hit = (double)c->counts[k][k],
		       f = percent(2 * hit, (double)(of_gold + of_said));
		printf("%-14s%8.1f%8.1f%8.1f  ", c->names[k], percent(hit, (double)of_said),
		       percent(hit, (double)of_gold), f);
		for (size_t i = 0; i <= c->n; i++)
			printf(" %4zu", c->counts[k][i]);
		printf("\n");
		if (k < first)
			continue;
		macro += f / (double)(c->n - first);
		recall += percent(hit, (double)of_gold) / (double)(c->n - first);
		hits += c->counts[k][k];
		said += of_said;
		gold += of_gold;
	}
	printf("%s F1: %.1f over all decisions, %.1f by class (P %.1f, R %.1f; R by class "
	       "%.1f)\n\n",
	       first ? "Not neutral:" : "All:", percent(2 * (double)hits, (double)(said + gold)),
	       macro, percent((double)hits, (double)said), percent((double)hits, (double)gold),
	       recall);
}

/* --- what the engine finds -------------------------------------------------------------------- */

static void widen(struct range *best, size_t *most, const struct text *t, uint32_t first,
		  uint32_t last, struct byte_range gold)
{
	size_t start = t->tokens[first].start > gold.start ? t->tokens[first].start : gold.start,
	       end = t->tokens[last].end < gold.end ? t->tokens[last].end : gold.end;
	if (end > start && end - start > *most) {
		*most = end - start;
		*best = (struct range){first, last};
	}
}

/* The engine's own span of an actor that overlaps the marked one most, or RANGE_NONE. */
static struct range actor_at(const struct analysis *r, struct byte_range gold)
{
	struct range best = RANGE_NONE;
	size_t most = 0;
	for (size_t i = 0; i < r->entities.n_mentions; i++)
		widen(&best, &most, &r->text, r->entities.mentions[i].first,
		      r->entities.mentions[i].last, gold);
	for (size_t i = 0; i < r->entities.n_references; i++)
		widen(&best, &most, &r->text, r->entities.references[i].first,
		      r->entities.references[i].last, gold);
	for (size_t i = 0; i < r->attributions.n; i++)
		if (range_is(r->attributions.v[i].source))
			widen(&best, &most, &r->text, r->attributions.v[i].source.first,
			      r->attributions.v[i].source.last, gold);
	return best;
}

/* --- what the product says -------------------------------------------------------------------- */

/* The statements of a bare sentence, and the points of its text that are marked; end 0: none. */
struct engine_said {
	struct arena a;
	struct analysis r;
	struct extraction found;
	struct span source, target;
};

static struct span points_of(const struct text *t, struct byte_range b)
{
	struct range r = stance_tokens(t, b);
	return range_is(r) ? text_span(t, r.first, r.last) : (struct span){0, 0};
}

static void product_read(const struct eval *v, const struct stance_case *c, struct engine_said *p)
{
	struct err e = {0};
	struct article article = {.text = c->text};
	*p = (struct engine_said){.found = {0}};
	arena_init(&p->a, ARTICLE_BYTES);
	if (engine_analyze(v->engine, &article, &p->a, &p->r, &e) < 0 ||
	    statements_make(v->engine, NULL, &p->r, &p->found) < 0)
		abort();
	p->source = points_of(&p->r.text, c->source);
	p->target = points_of(&p->r.text, c->target);
}

static bool is_at(struct span marked, struct spans spans)
{
	for (size_t i = 0; i < spans.n; i++)
		if (spans.v[i].start < marked.end && marked.start < spans.v[i].end)
			return true;
	return false;
}

static size_t stance_said(const struct engine_said *p)
{
	for (size_t i = 0; i < p->found.n_statements; i++) {
		const struct statement *s = &p->found.statements[i];
		bool is_against = s->stance.target_position == POSITION_OPPOSE;
		if (!is_against && s->stance.target_position != POSITION_SUPPORT)
			continue;
		if (is_at(p->source, s->spans.source) && is_at(p->target, s->spans.target))
			return is_against ? STANCE_AGAINST : STANCE_FOR;
		if (is_at(p->target, s->spans.source) && is_at(p->source, s->spans.target))
			return is_against ? STANCE_AGAINST_BACK : STANCE_FOR_BACK;
	}
	return STANCE_NONE;
}

/* --- stance ----------------------------------------------------------------------------------- */

static size_t stance_of(const struct eval *v, const struct stance_features *p)
{
	struct prediction j;
	classifier_predict_features(&v->network, v->vectors, p, &j);
	return classifier_stance(&j);
}

/* False where the engine does not find both. */
static bool find_pair(const struct eval *v, const struct stance_case *c, struct stance_features *p)
{
	struct err e = {0};
	struct arena a;
	struct analysis r;
	struct article article = {.text = c->text};
	bool found = false;
	arena_init(&a, ARTICLE_BYTES);
	if (engine_analyze(v->engine, &article, &a, &r, &e) == 0) {
		struct range source = actor_at(&r, c->source), target = actor_at(&r, c->target);
		found = range_is(source) && range_is(target) && source.first != target.first;
		if (found)
			stance_features_extract(&v->r.words, &r.text,
						stance_sentence(&r.text, source, target), source,
						target, p);
	}
	arena_release(&a);
	return found;
}

static int eval_stance(struct eval *v, const char *folder, struct err *e)
{
	static const char *const names[] = {"none", "for", "for, back", "against", "against, back"};
	struct stance_cases cases;
	struct confusion gold = {.n = STANCE_CLASSES, .names = names}, found = gold, said = gold;
	size_t n_found = 0;
	if (stance_read_directed(folder, "valid", &v->a, &cases, e) < 0)
		return -1;
	for (size_t i = 0; i < cases.n; i++) {
		struct stance_features p;
		const struct stance_case *c = &cases.v[i];
		gold.counts[c->label]
			   [stance_of(v, stance_example_of(&v->r, c, false, &v->a).features)]++;
		bool is_found = find_pair(v, c, &p);
		n_found += is_found;
		found.counts[c->label][is_found ? stance_of(v, &p) : STANCE_NONE]++;
		struct engine_said product;
		product_read(v, c, &product);
		said.counts[c->label][stance_said(&product)]++;
		arena_release(&product.a);
	}
	print_confusion(&gold, STANCE_FOR,
			"Stance between two actors, directed/valid.tsv, marked spans");
	printf("both actors found by the engine: %zu of %zu\n", n_found, cases.n);
	print_confusion(&found, STANCE_FOR,
			"Stance between two actors, directed/valid.tsv, from the bare sentence");
	print_confusion(&said, STANCE_FOR,
			"Stance between two actors, directed/valid.tsv, as the product says it");
	return 0;
}

/* --- acts ------------------------------------------------------------------------------------- */

enum { CANDIDATES = 24 };

/* One sentence: the marked pair, and the engine's: of its source with nobody, and with each of the
 * actors it sees. Of these the one whose act is likeliest counts. */
struct act_case {
	const struct stance_case *c;
	struct stance_example gold;
	struct stance_features *found;
	size_t n_found;
};

static void add_found(const struct eval *v, struct act_case *x, const struct analysis *r,
		      struct range source, uint32_t first, uint32_t last)
{
	struct range target = {first, last};
	if (x->n_found == CANDIDATES ||
	    (range_is(target) && first <= source.last && source.first <= last))
		return;
	stance_features_extract(&v->r.words, &r->text, stance_sentence(&r->text, source, target),
				source, target, &x->found[x->n_found++]);
}

static void find_pairs(struct eval *v, struct act_case *x)
{
	struct err e = {0};
	struct arena a;
	struct analysis r;
	struct article article = {.text = x->c->text};
	arena_init(&a, ARTICLE_BYTES);
	x->found = arena_array(&v->a, CANDIDATES, sizeof *x->found);
	if (x->found && engine_analyze(v->engine, &article, &a, &r, &e) == 0) {
		struct range source = actor_at(&r, x->c->source);
		if (range_is(source)) {
			add_found(v, x, &r, source, 1, 0);
			for (size_t i = 0; i < r.entities.n_mentions; i++)
				add_found(v, x, &r, source, r.entities.mentions[i].first,
					  r.entities.mentions[i].last);
			for (size_t i = 0; i < r.entities.n_references; i++)
				add_found(v, x, &r, source, r.entities.references[i].first,
					  r.entities.references[i].last);
		}
	}
	arena_release(&a);
}

static size_t act_column(const struct eval *v, const struct stance_features *p, float *share)
{
	float shares[CLASSIFIER_ACTS_COUNT];
	size_t column = 0;
	classifier_predict_act(&v->network, v->vectors, p, shares);
	enum act act = classifier_act(shares, share);
	while (classifier_acts[column] != act)
		column++;
	return column;
}

static size_t act_found(const struct eval *v, const struct act_case *x)
{
	size_t best = CLASSIFIER_ACTS_COUNT;
	float most = 0, share;
	for (size_t i = 0; i < x->n_found; i++) {
		size_t act = act_column(v, &x->found[i], &share);
		if (share > most) {
			most = share;
			best = act;
		}
	}
	return best;
}

struct act_tables {
	struct confusion gold, found;
};

static void eval_fold(struct eval *v, const struct act_case *cases, size_t n, size_t fold,
		      struct act_tables *out)
{
	size_t n_lessons = 0;
	float share;
	struct stance_example *examples = calloc(n, sizeof *examples);
	if (!examples)
		abort();
	for (size_t i = 0; i < n; i++)
		if (i % FOLDS != fold)
			examples[n_lessons++] = cases[i].gold;
	float *inputs = stance_act_inputs(v->w, v->vectors, examples, n_lessons);
	stance_fit_acts(v->w, v->vectors, examples, inputs, n_lessons, STANCE_SEED);
	for (size_t i = fold; i < n; i += FOLDS) {
		uint8_t label = cases[i].gold.label;
		out->gold.counts[label][act_column(v, cases[i].gold.features, &share)]++;
		if (cases[i].c->source.end)
			out->found.counts[label][act_found(v, &cases[i])]++;
	}
	free(inputs);
	free(examples);
}

static int eval_acts(struct eval *v, const char *folder, struct err *e)
{
	struct stance_cases cases;
	const char *names[CLASSIFIER_ACTS_COUNT];
	const struct confusion empty = {.n = CLASSIFIER_ACTS_COUNT, .names = names};
	struct act_tables tables = {empty, empty};
	for (size_t k = 0; k < CLASSIFIER_ACTS_COUNT; k++)
		names[k] = terms_word(&terms_act, (int)classifier_acts[k]).p;
	if (stance_read_plv(folder, &v->a, &cases, e) < 0)
		return -1;
	struct act_case *x = arena_array(&v->a, cases.n, sizeof *x);
	if (!x)
		return arena_full(e);
	for (size_t i = 0; i < cases.n; i++) {
		x[i] = (struct act_case){
			.c = &cases.v[i],
			.gold = stance_example_of(&v->r, &cases.v[i], false, &v->a)};
		find_pairs(v, &x[i]);
	}
	for (size_t fold = 0; fold < FOLDS; fold++)
		eval_fold(v, x, cases.n, fold, &tables);
	print_confusion(&tables.gold, 0,
			"Acts, plv/train.tsv, 10-fold cross-validation, marked spans");
	print_confusion(&tables.found, 0,
			"Acts, plv/train.tsv, 10-fold cross-validation, from the bare sentence "
			"(last column: source not found)");
	return 0;
}

static int eval_open(struct eval *v, const char *model, struct err *e)
{
	struct model_file f;
	arena_init(&v->a, DATA_BYTES);
	v->w = malloc(sizeof *v->w);
	v->engine = engine_open(e);
	if (!v->w || !v->engine || stance_parser_open(&v->r, e) < 0)
		return -1;
	v->vectors = syntax_vectors(v->r.syntax);
	if (model_file_open(&f, model, CLASSIFIER_KIND, CLASSIFIER_VERSION, e) < 0)
		return -1;
	bool fits = f.body.n == CLASSIFIER_BYTES;
	if (fits)
		classifier_unpack((const unsigned char *)f.body.p, v->w);
	v->network = classifier_network_of(v->w);
	model_file_close(&f);
	return fits ? 0 : err_set(e, ERR_INPUT, "model", "\"%s\" is of another network", model);
}

static void eval_close(struct eval *v)
{
	stance_parser_close(&v->r);
	engine_close(v->engine);
	free(v->w);
	arena_release(&v->a);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	static struct eval v;
	if (argc != 3) {
		fprintf(stderr, "usage: eval_stance DATA MODEL\n");
		return 2;
	}
	if (eval_open(&v, argv[2], &e) < 0) {
		fprintf(stderr, "eval_stance: %s\n", e.message);
		return 1;
	}
	int rc = eval_stance(&v, argv[1], &e);
	if (rc == 0)
		rc = eval_acts(&v, argv[1], &e);
	if (rc != 0)
		fprintf(stderr, "eval_stance: %s\n", e.message);
	eval_close(&v);
	return rc == 0 ? 0 : 1;
}
