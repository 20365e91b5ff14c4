/* Reads, extracts, and lays side by side. */
#include "train/act_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/stance/act.h"
#include "extract/stance/target.h"
#include "extract/statement.h"
#include "train/coded_sentences.h"
#include "train/stance_data.h"

enum { ARTICLE_BYTES = 256 << 20, LINES = 64 };

/* The lines that code a statement: those that share most of its content, and of them its speaker's
 * where some are. */
struct lines {
	const struct coded_line *v[LINES];
	size_t n;
};

static uint32_t shared(struct spans s, struct span line)
{
	uint32_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += coded_shared(s.v[i], line);
	return n;
}

static bool is_source(const struct statement *s, const struct coded_line *l)
{
	for (size_t i = 0; i < s->spans.source.n; i++)
		if (coded_shared(s->spans.source.v[i], l->source) > 0)
			return true;
	return s->speaker && l->speaker.n && str_eq(s->speaker->name, l->speaker);
}

static void lines_of(const struct coded_article *article, const struct statement *s,
		     struct lines *out)
{
	uint32_t most = 0, own = coded_length(s->spans.content);
	bool has_own = false;
	out->n = 0;
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < article->n_lines; i++) {
			const struct coded_line *l = &article->lines[i];
			uint32_t n = shared(s->spans.content, l->content),
				 length = l->content.end - l->content.start;
			if (n < 5 || 2 * n < (own < length ? own : length))
				continue;
			if (pass == 0)
				most = n > most ? n : most;
			else if (5 * n < 4 * most)
				continue;
			else if (pass == 1)
				has_own = has_own || is_source(s, l);
			else if ((!has_own || is_source(s, l)) && out->n < LINES)
				out->v[out->n++] = l;
		}
}

/* --- targets ---------------------------------------------------------------------------------- */

static bool holds_words(struct str s, struct str words)
{
	size_t at = words.n ? str_find(s, words, 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		return false;
	size_t end = at + words.n;
	return (at == 0 || s.p[at - 1] == ' ') && (end == s.n || s.p[end] == ' ');
}

static struct str bare(struct arena *a, struct str name)
{
	struct str s = str_fold(a, name);
	static const char *const heads[] = {"the ", "a ",  "an ",	"mr ",
					    "mrs ", "ms ", "president "};
	for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
		if (str_starts(s, str_of(heads[k])))
			s = str_sub(s, strlen(heads[k]), s.n);
	return s;
}

/* The same name, or one with more words. */
static bool is_same(struct arena *a, const struct actor *who, struct str name)
{
	struct str gold = bare(a, name), own = bare(a, who->name);
	if (holds_words(gold, own) || holds_words(own, gold))
		return true;
	for (size_t k = 0; k < who->aliases.n; k++) {
		own = bare(a, who->aliases.v[k]);
		if (own.n > 3 && (holds_words(gold, own) || holds_words(own, gold)))
			return true;
	}
	return false;
}

/* Who is asked to do better is blamed, though what is asked for is wanted. */
static enum target_outcome outcome_of(const struct coded_line *l)
{
	bool is_reproach = l->act == ACT_REQUEST || l->act == ACT_ACCUSE || l->act == ACT_REJECT ||
			   l->act == ACT_PROTEST || l->act == ACT_SANCTION ||
			   l->act == ACT_THREATEN;
	return l->side == POSITION_OPPOSE || is_reproach ? TARGET_BLAMED : TARGET_PRAISED;
}

/* A pair marked in a sentence of Directed, and what its source says of its target. */
struct marked {
	struct range target; /* tokens */
	bool is_for, is_against;
};

static bool is_at_place(const struct target_candidate *c, struct range marked)
{
	for (uint32_t k = 0; k < c->n; k++)
		if (range_holds(marked, c->places[k]))
			return true;
	return c->span.first <= marked.last && marked.first <= c->span.last;
}

/* Nobody, where no share is set; else they add up to one. */
static void settle_targets(struct act_example *x)
{
	size_t n = x->n_targets * TARGET_OUTCOMES;
	float sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x->is_target[i];
	x->is_sighted = sum > 0;
	for (size_t i = n - TARGET_OUTCOMES; sum <= 0 && i < n; i++)
		x->is_target[i] = 1;
	sum = x->is_sighted ? sum : TARGET_OUTCOMES;
	for (size_t i = 0; i < n; i++)
		x->is_target[i] /= sum;
}

static void add_targets(const struct stance_input *in, const struct lines *lines,
			struct arena *scratch, struct arena *keep, struct act_example *x)
{
	struct target_candidates c;
	target_candidates(in, &c);
	x->n_targets = c.n + 1;
	x->targets = arena_array(keep, x->n_targets, sizeof *x->targets);
	x->is_target = arena_array(keep, x->n_targets * TARGET_OUTCOMES, sizeof *x->is_target);
	if (!x->targets || !x->is_target)
		abort();
	for (size_t i = 0; i <= c.n; i++)
		target_features(in, &c, i, &x->x, &x->targets[i]);
	memset(x->is_target, 0, x->n_targets * TARGET_OUTCOMES * sizeof *x->is_target);
	for (size_t k = 0; k < lines->n; k++) {
		const struct coded_line *l = lines->v[k];
		x->is_named = x->is_named || l->towards.n > 0;
		for (size_t i = 0; l->towards.n && i < c.n; i++)
			if (is_same(scratch, c.v[i].who, l->towards))
				x->is_target[i * TARGET_OUTCOMES + outcome_of(l)] = 1;
	}
	settle_targets(x);
}

/* Of a sentence with a marked pair: the marked target, if it is in sight, and nobody. Of others
 * than the pair the sentence's reader said nothing. */
static void add_marked_target(const struct stance_input *in, const struct marked *m,
			      struct arena *keep, struct act_example *x)
{
	struct target_candidates c;
	size_t i = 0;
	target_candidates(in, &c);
	while (i < c.n && !is_at_place(&c.v[i], m->target))
		i++;
	if (i == c.n)
		return;
	x->n_targets = 2;
	x->targets = arena_array(keep, x->n_targets, sizeof *x->targets);
	x->is_target = arena_array(keep, x->n_targets * TARGET_OUTCOMES, sizeof *x->is_target);
	if (!x->targets || !x->is_target)
		abort();
	target_features(in, &c, i, &x->x, &x->targets[0]);
	target_features(in, &c, c.n, &x->x, &x->targets[1]);
	memset(x->is_target, 0, x->n_targets * TARGET_OUTCOMES * sizeof *x->is_target);
	if (m->is_against || m->is_for)
		x->is_target[m->is_for ? TARGET_PRAISED : TARGET_BLAMED] = 1;
	settle_targets(x);
}

/* --- statements ------------------------------------------------------------------------------- */

struct reading {
	const struct engine *en;
	float *const *act_weights;
	struct arena *keep;
	struct act_examples *out;
};

static struct act_example *grow(const struct reading *g)
{
	struct act_examples *out = g->out;
	if (arena_grow(g->keep, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v) < 0)
		abort();
	out->v[out->n] = (struct act_example){0};
	return &out->v[out->n++];
}

static void choose_act(const float *weights, struct stance_input *in, const struct choice_input *x)
{
	struct choice_weights w = choice_view((float *)weights, ACT_COUNT);
	act_choose(&w, x, in);
}

static void add_example(const struct reading *g, struct analysis *r,
			const struct issue_background *bg, const struct attribution *at,
			const struct statement *s, const struct lines *lines,
			const struct marked *marked, struct act_example *x)
{
	struct statement copy = *s;
	struct stance_input in = {.cl = g->en->classifier,
				  .es = &r->entities,
				  .t = &r->text,
				  .at = at,
				  .out = &copy,
				  .a = r->entities.a,
				  .target = RANGE_NONE};
	copy.stance = (struct stance){0};
	/* As they were when the stance was found: the reader of positions changes them. */
	if (issues_find(bg, at->parts, at->n_parts, &copy, NULL, r->entities.a) < 0)
		abort();
	in.is_unclassified = x->is_directed;
	act_describe(&in, &x->x);
	x->rule_act = in.rule_act;
	x->settled = act_settled(&in);
	for (size_t k = 0; k < ACT_COUNT; k++)
		x->gold[k] = 0;
	for (size_t i = 0; i < lines->n; i++)
		x->gold[lines->v[i]->act] += 1 / (float)lines->n;
	if (!g->act_weights)
		return;
	choose_act(g->act_weights[x->article % ACT_FOLDS], &in, &x->x);
	if (marked)
		add_marked_target(&in, marked, g->keep, x);
	else
		add_targets(&in, lines, r->entities.a, g->keep, x);
}

static int add_article(const struct reading *g, const struct coded_article *c, size_t number,
		       struct err *e)
{
	struct arena a;
	struct analysis r;
	struct issue_background background;
	struct extraction found = {0};
	struct article article = article_of(c->text, c->published_at);
	int rc;
	arena_init(&a, ARTICLE_BYTES);
	article.title = c->title;
	rc = engine_analyze(g->en, &article, &a, &r, e);
	if (rc == 0 &&
	    (statements_make(g->en, NULL, &r, &found) < 0 ||
	     issue_background_make(&background, g->en->issues, &r.entities, r.title, &a) < 0))
		rc = arena_full(e);
	for (size_t i = 0; rc == 0 && i < found.n_statements; i++) {
		const struct statement *s = &found.statements[i];
		struct lines lines;
		lines_of(c, s, &lines);
		if (lines.n == 0)
			continue;
		struct act_example *x = grow(g);
		x->split = c->split;
		x->article = number;
		x->is_sentence = str_eq(c->form, STR("sentence"));
		add_example(g, &r, &background, analysis_made_of(&r, i), s, &lines, NULL, x);
	}
	arena_release(&a);
	return rc;
}

/* --- PLV ---------------------------------------------------------------------------------------
 */

static bool is_marked(const struct text *t, struct byte_range marked, struct spans spans)
{
	struct range r = stance_tokens(t, marked);
	for (size_t i = 0; range_is(r) && i < spans.n; i++)
		if (spans.v[i].start < t->tokens[r.last].point_end &&
		    t->tokens[r.first].point < spans.v[i].end)
			return true;
	return false;
}

/* The statement of the marked source that is about the marked target, else its first one. */
static size_t marked_statement(const struct text *t, const struct extraction *x,
			       const struct stance_case *c)
{
	size_t best = x->n_statements;
	for (size_t i = x->n_statements; i-- > 0;) {
		const struct statement *s = &x->statements[i];
		bool is_near = is_marked(t, c->target, s->spans.content) ||
			       is_marked(t, c->target, s->spans.addressee);
		if (is_marked(t, c->source, s->spans.source) &&
		    (best == x->n_statements || is_near))
			best = i;
	}
	return best;
}

/* The act of a sentence of PLV; without acts to read, the target of one of Directed. */
static void take_sentence(const struct reading *g, struct analysis *r,
			  const struct issue_background *bg, const struct extraction *found,
			  const struct stance_case *c, size_t number)
{
	size_t i = marked_statement(&r->text, found, c);
	struct coded_line line = {.act = ACT_STATE};
	struct lines lines = {{&line}, 1};
	struct marked marked = {stance_tokens(&r->text, c->target), c->label == STANCE_FOR,
				c->label == STANCE_AGAINST};
	if (i == found->n_statements || (g->act_weights && !range_is(marked.target)))
		return;
	if (!g->act_weights)
		line.act = classifier_acts[c->label];
	struct act_example *x = grow(g);
	x->split = CODED_TRAIN;
	x->article = number;
	x->is_plv = !g->act_weights;
	x->is_directed = g->act_weights != NULL;
	add_example(g, r, bg, analysis_made_of(r, i), &found->statements[i], &lines,
		    g->act_weights ? &marked : NULL, x);
}

static int add_sentence(const struct reading *g, const struct stance_case *c, size_t number,
			struct err *e)
{
	struct arena a;
	struct analysis r;
	struct issue_background background;
	struct extraction found = {0};
	struct article article = {.text = c->text};
	int rc;
	arena_init(&a, ARTICLE_BYTES);
	rc = engine_analyze(g->en, &article, &a, &r, e);
	if (rc == 0 &&
	    (statements_make(g->en, NULL, &r, &found) < 0 ||
	     issue_background_make(&background, g->en->issues, &r.entities, r.title, &a) < 0))
		rc = arena_full(e);
	struct stance_case turned = {.source = c->target,
				     .target = c->source,
				     .label = g->act_weights ? stance_turned(c->label) : 0};
	if (rc == 0)
		take_sentence(g, &r, &background, &found, c, number);
	if (rc == 0 && g->act_weights)
		take_sentence(g, &r, &background, &found, &turned, number);
	arena_release(&a);
	return rc;
}

static int add_plv(const struct reading *g, const char *folder, struct err *e)
{
	struct stance_cases cases;
	int rc = stance_read_plv(folder, g->keep, &cases, e);
	for (size_t i = 0; rc == 0 && i < cases.n; i++) {
		g->out->plv[classifier_acts[cases.v[i].label]] += cases.v[i].source.end > 0;
		rc = add_sentence(g, &cases.v[i], i, e);
	}
	return rc;
}

static int add_directed(const struct reading *g, const char *folder, struct err *e)
{
	struct stance_cases cases;
	int rc = stance_read_directed(folder, "train", g->keep, &cases, e);
	for (size_t i = 0; rc == 0 && i < cases.n; i++)
		rc = add_sentence(g, &cases.v[i], i, e);
	return rc;
}

static int add_articles(const struct reading *g, const struct coded *c, struct err *e)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < c->n; i++)
		if (c->v[i].split == CODED_TRAIN)
			rc = add_article(g, &c->v[i], i, e);
	return rc;
}

int act_examples_read(const char *folder, float *const *act_weights, struct arena *a,
		      struct act_examples *out, struct err *e)
{
	struct coded coded, sentences;
	struct engine *en = engine_open(e);
	const struct reading g = {en, act_weights, a, out};
	*out = (struct act_examples){0};
	int rc = en ? coded_read(folder, a, &coded, e) : -1;
	if (rc == 0)
		rc = add_articles(&g, &coded, e);
	if (rc == 0)
		rc = coded_sentences_read("train/position_sentences.tsv", a, &sentences, e);
	if (rc == 0)
		rc = add_articles(&g, &sentences, e);
	if (rc == 0)
		rc = act_weights ? add_directed(&g, folder, e) : add_plv(&g, folder, e);
	engine_close(en);
	return rc;
}
