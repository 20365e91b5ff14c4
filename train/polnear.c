/* Reading of the corpus, and from its code points to tokens. */
#include "train/polnear.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "extract/entity/recognition.h"
#include "extract/syntax/syntax.h"
#include "extract/syntax/text_parse.h"
#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "train/room.h"

enum { ARTICLE_BYTES = 512 << 20 };

/* What the steps before attribution have open. */
struct tools {
	struct lexicon *lexicon;
	struct syntax *syntax;
	struct lemmas *lemmas;
	struct gazetteer gazetteer;
};

static void die(const char *path, const char *why)
{
	fprintf(stderr, "%s: %s\n", path, why);
	exit(1);
}

static const struct tools *tools_open(void)
{
	static struct tools t; /* open until the program ends: the casts point into it */
	struct err e = {0};
	if (t.lexicon)
		return &t;
	t.lexicon = lexicon_open(&e);
	t.syntax = t.lexicon ? syntax_open(NULL, &e) : NULL;
	t.lemmas = t.syntax ? lemmas_open(&e) : NULL;
	if (!t.lemmas || gazetteer_open(&t.gazetteer, t.lexicon, &e) < 0)
		die("engine", e.message);
	return &t;
}

/* --- the file --------------------------------------------------------------------------------- */

struct polnear_file polnear_open(const char *path)
{
	struct polnear_file p = {.path = path, .f = fopen(path, "r")};
	if (!p.f)
		die(path, "cannot be opened");
	return p;
}

void polnear_close(struct polnear_file *p)
{
	free(p->line);
	fclose(p->f);
}

static struct spans spans_of(const json_t *list, struct arena *a)
{
	size_t n = json_array_size(list);
	struct span *v = room_for(a, n, sizeof *v);
	for (size_t i = 0; i < n; i++) {
		const json_t *pair = json_array_get(list, i);
		v[i].start = (uint32_t)json_integer_value(json_array_get(pair, 0));
		v[i].end = (uint32_t)json_integer_value(json_array_get(pair, 1));
	}
	return (struct spans){v, n};
}

static struct marked_list marked_of(const json_t *list, struct arena *a)
{
	static const char *const names[ROLE_COUNT] = {
		[ROLE_CUE] = "cue", [ROLE_SOURCE] = "source", [ROLE_CONTENT] = "content"};
	struct marked_list marked = {room_for(a, json_array_size(list), sizeof *marked.v),
				     json_array_size(list)};
	for (size_t i = 0; i < marked.n; i++)
		for (int role = 0; role < ROLE_COUNT; role++)
			marked.v[i].role[role] =
				spans_of(json_object_get(json_array_get(list, i), names[role]), a);
	return marked;
}

bool polnear_next(struct polnear_file *p, struct arena *a, struct polnear_record *out)
{
	json_error_t error;
	if (getline(&p->line, &p->size, p->f) <= 0)
		return false;
	json_t *j = json_loads(p->line, 0, &error);
	if (!j)
		die(p->path, error.text);
	const json_t *text = json_object_get(j, "text"), *id = json_object_get(j, "id");
	out->id =
		json_is_string(id)
			? arena_str(a, (struct str){json_string_value(id), json_string_length(id)})
			: STR_EMPTY;
	out->text = json_is_string(text) ? arena_str(a, (struct str){json_string_value(text),
								     json_string_length(text)})
					 : STR_EMPTY;
	if (out->text.n == 0)
		die(p->path, "an article without text, or one that is too long");
	out->marked = marked_of(json_object_get(j, "attributions"), a);
	json_decref(j);
	return true;
}

/* --- articles read as the engine does --------------------------------------------------------- */

/* The tokens that share a character with each span; spans that touch are joined. */
static void read_spans(const struct text *t, struct spans spans, struct gold_spans *out)
{
	out->n = 0;
	for (size_t i = 0; i < spans.n; i++) {
		struct span span = spans.v[i];
		uint32_t low = 0, high = (uint32_t)t->n_tokens;
		while (low < high) {
			uint32_t middle = (low + high) / 2;
			if (t->tokens[middle].point_end <= span.start)
				low = middle + 1;
			else
				high = middle;
		}
		uint32_t last = low;
		while (last + 1 < t->n_tokens && t->tokens[last + 1].point < span.end)
			last++;
		if (low >= t->n_tokens || t->tokens[low].point >= span.end)
			continue;
		if (out->n && out->v[out->n - 1].last + 1 >= low)
			out->v[out->n - 1].last = last;
		else if (out->n < GOLD_PARTS)
			out->v[out->n++] = (struct range){low, last};
	}
}

static bool holds(const struct gold_spans *g, uint32_t token)
{
	for (size_t k = 0; k < g->n; k++)
		if (token >= g->v[k].first && token <= g->v[k].last)
			return true;
	return false;
}

/* Of the words that hang on none of the span's own, the one most likely to report. */
static uint32_t head_of(const struct context *s, const struct gold_spans *cue)
{
	static const int ranks[] = {[CLASS_OTHER] = 9,	[CLASS_VERB] = 0,	[CLASS_NOUN] = 1,
				    [CLASS_NAME] = 5,	[CLASS_ADJECTIVE] = 2,	[CLASS_PRONOUN] = 8,
				    [CLASS_ADVERB] = 6, [CLASS_ADPOSITION] = 7, [CLASS_COLON] = 3,
				    [CLASS_DASH] = 4};
	enum { INSIDE = 10 };
	uint32_t best = cue->v[0].first;
	int best_rank = 2 * INSIDE;
	for (size_t k = 0; k < cue->n; k++)
		for (uint32_t i = cue->v[k].first; i <= cue->v[k].last; i++) {
			uint32_t head = s->t->tokens[i].head;
			int rank = ranks[context_class(s, i)] +
				   (head != i && holds(cue, head) ? INSIDE : 0);
			if (rank < best_rank) {
				best_rank = rank;
				best = i;
			}
		}
	return best;
}

/* "was quick to accuse", "more forceful in blaming": the verb is what says it, if it is marked,
 * too.
 */
static uint32_t verb_below(const struct context *s, const struct gold_spans *cue, uint32_t head)
{
	if (context_class(s, head) != CLASS_ADJECTIVE)
		return head;
	for (uint32_t k = s->f->child[head]; k != FOREST_NONE; k = s->f->next[k])
		if (k > head && holds(cue, k) && context_class(s, k) == CLASS_VERB &&
		    (s->f->relation[k] == DEPREL_XCOMP || s->f->relation[k] == DEPREL_ADVCL ||
		     s->f->relation[k] == DEPREL_CCOMP))
			return k;
	return head;
}

static void read_gold(struct polnear_article *p, struct marked_list marked)
{
	p->gold = room_for(&p->arena, marked.n, sizeof *p->gold);
	for (size_t i = 0; i < marked.n; i++) {
		struct gold *g = &p->gold[p->n_gold];
		read_spans(&p->text, marked.v[i].role[ROLE_SOURCE], &g->source);
		read_spans(&p->text, marked.v[i].role[ROLE_CUE], &g->cue);
		read_spans(&p->text, marked.v[i].role[ROLE_CONTENT], &g->content);
		if (g->cue.n == 0 || g->content.n == 0)
			continue;
		g->head = verb_below(&p->context, &g->cue, head_of(&p->context, &g->cue));
		p->n_gold++;
	}
}

static int run_steps(struct polnear_article *p, const struct tools *tools)
{
	struct text *t = &p->text;
	if (text_tokenize(t, p->text_bytes, tools->lexicon, &p->arena) < 0 ||
	    text_find_quotes(t, &p->arena) < 0 || text_find_sentences(t, &p->arena) < 0 ||
	    text_parse(t, tools->syntax, &p->arena) < 0 || text_find_segments(t, &p->arena) < 0 ||
	    text_find_lemmas(t, tools->lemmas, &p->arena) < 0 ||
	    forest_make(&p->forest, t, &p->arena) < 0 ||
	    entities_find(&p->entities, t, &tools->gazetteer, tools->lexicon, STR_EMPTY, STR_EMPTY,
			  DAY_NONE, &p->arena) < 0)
		return -1;
	p->context = (struct context){t, &p->forest, &p->entities, NULL, &p->arena, NULL};
	return 0;
}

static struct marked_list copy_marks(struct marked_list from, struct arena *a)
{
	struct marked_list to = {room_for(a, from.n, sizeof *to.v), from.n};
	for (size_t i = 0; i < to.n; i++)
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct spans spans = from.v[i].role[role];
			struct span *v = room_for(a, spans.n, sizeof *v);
			if (spans.n)
				memcpy(v, spans.v, spans.n * sizeof *v);
			to.v[i].role[role] = (struct spans){v, spans.n};
		}
	return to;
}

static void read_record(struct polnear_article *p, const struct polnear_record *record)
{
	p->text_bytes = record->text;
	p->marked = record->marked;
	if (run_steps(p, tools_open()) < 0)
		die("articles", "one that is too long");
	read_gold(p, record->marked);
}

static bool read_article(struct polnear_article *p, struct polnear_file *file)
{
	struct polnear_record record;
	*p = (struct polnear_article){.n_gold = 0};
	arena_init(&p->arena, ARTICLE_BYTES);
	if (!polnear_next(file, &p->arena, &record))
		return false;
	read_record(p, &record);
	return true;
}

void polnear_take(struct polnear_article *p, const struct polnear_record *record)
{
	*p = (struct polnear_article){.n_gold = 0};
	arena_init(&p->arena, ARTICLE_BYTES);
	struct polnear_record copy = {.text = arena_str(&p->arena, record->text),
				      .marked = copy_marks(record->marked, &p->arena)};
	read_record(p, &copy);
}

static void grow(struct polnear *p)
{
	p->cap = p->cap ? 2 * p->cap : 1024;
	struct polnear_article *v = realloc(p->v, p->cap * sizeof *p->v);
	if (!v)
		die("articles", "memory is used up");
	p->v = v;
	for (size_t i = 0; i < p->n; i++) { /* views into moved articles */
		v[i].context = (struct context){&v[i].text, &v[i].forest, &v[i].entities,
						NULL,	    &v[i].arena,  NULL};
		v[i].forest.t = v[i].entities.t = &v[i].text;
		v[i].entities.a = &v[i].arena;
	}
}

void polnear_read(struct polnear *p, const char *path)
{
	struct polnear_file file = polnear_open(path);
	*p = (struct polnear){0};
	do {
		if (p->n == p->cap)
			grow(p);
	} while (read_article(&p->v[p->n], &file) && ++p->n);
	polnear_close(&file);
}

void polnear_release(struct polnear *p)
{
	for (size_t i = 0; i < p->n; i++)
		arena_release(&p->v[i].arena);
	free(p->v);
}

double gold_overlap(const struct gold_spans *g, const struct range *v, size_t n)
{
	uint32_t both = 0, gold = 0, mine = 0;
	for (size_t k = 0; k < g->n; k++)
		gold += g->v[k].last - g->v[k].first + 1;
	for (size_t i = 0; i < n; i++) {
		mine += v[i].last - v[i].first + 1;
		for (size_t k = 0; k < g->n; k++) {
			uint32_t first = g->v[k].first > v[i].first ? g->v[k].first : v[i].first;
			uint32_t last = g->v[k].last < v[i].last ? g->v[k].last : v[i].last;
			both += first <= last ? last - first + 1 : 0;
		}
	}
	return gold + mine > both ? (double)both / (gold + mine - both) : 1;
}

struct candidate gold_candidate(const struct gold_spans *g)
{
	struct candidate c = {.n_parts = 0};
	for (size_t k = 0; k < g->n && k < SPAN_PARTS; k++)
		c.part[c.n_parts++] = g->v[k];
	return c;
}
