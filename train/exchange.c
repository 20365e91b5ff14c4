/* Pools of names, and an article written again. */
#include "train/exchange.h"

#include <string.h>

#include "base/buf.h"
#include "extract/tables/tables.h"
#include "train/room.h"

enum { POOL_BYTES = 16 << 20, POOL_MOST = 40000, WORDS_MOST = 3, TEXT_BYTES = 4 << 20 };

enum pool_kind { POOL_COUNTRY, POOL_DEMONYM, POOL_CAPITAL, POOL_GIVEN, POOL_SURNAME, POOL_KINDS };

/* By kind and number of words less one. */
struct pool {
	const struct str *v;
	size_t n;
};

struct pools {
	struct arena a;
	struct {
		struct str *v;
		size_t n;
	} of[POOL_KINDS][WORDS_MOST];
};

static void add_name(struct pools *p, enum pool_kind kind, struct str name)
{
	size_t words = 1;
	for (size_t i = 0; i < name.n; i++) {
		words += name.p[i] == ' ';
		if (strchr(".,'-", name.p[i])) /* may be tokens of their own */
			return;
	}
	if (name.n < 3 || words > WORDS_MOST || str_find(name, STR("’"), 0) != SIZE_MAX ||
	    p->of[kind][words - 1].n == POOL_MOST)
		return;
	p->of[kind][words - 1].v[p->of[kind][words - 1].n++] = name;
}

static void pools_fill(struct pools *p)
{
	struct table t = tables_open(TABLE_COUNTRIES);
	arena_init(&p->a, POOL_BYTES);
	for (int kind = 0; kind < POOL_KINDS; kind++)
		for (int n = 0; n < WORDS_MOST; n++)
			p->of[kind][n].v = room_for(&p->a, kind == POOL_GIVEN ? POOL_MOST : 1000,
						    sizeof(struct str));
	while (table_next(&t)) {
		add_name(p, POOL_COUNTRY, t.cell[1]);
		add_name(p, POOL_DEMONYM, t.cell[2]);
		add_name(p, POOL_CAPITAL, t.cell[3]);
	}
	t = tables_open(TABLE_GIVEN);
	while (table_next(&t)) {
		struct str rest = t.cell[1], name;
		while (str_eq(t.cell[0], STR("u")) == false && str_split(&rest, ' ', &name))
			add_name(p, POOL_GIVEN, name);
	}
	t = tables_open(TABLE_PERSONS);
	while (table_next(&t)) {
		size_t last = t.cell[0].n;
		while (last > 0 && t.cell[0].p[last - 1] != ' ')
			last--;
		add_name(p, POOL_SURNAME,
			 str_eq(t.cell[2], STR("family"))
				 ? str_sub(t.cell[0], 0, str_find(t.cell[0], STR(" "), 0))
				 : str_sub(t.cell[0], last, t.cell[0].n));
	}
}

/* --- an article ------------------------------------------------------------------------------- */

static struct str draw(const struct pools *p, enum pool_kind kind, size_t words, struct str name,
		       uint64_t seed)
{
	uint64_t h = seed;
	for (size_t i = 0; i < name.n; i++)
		h = feature_mix(h, (unsigned char)name.p[i]);
	size_t n = words <= WORDS_MOST ? p->of[kind][words - 1].n : 0;
	return n ? p->of[kind][words - 1].v[(h >> 16) % n] : STR_EMPTY;
}

/* What stands in the place of a token: "" for itself, and for the others of a name that changes as
 * a whole. */
struct changes {
	struct str *to;
	uint32_t *last; /* of the tokens it stands for */
};

static bool may_change(const struct text *t, uint32_t i)
{
	struct str word = text_token(t, i);
	return (t->tokens[i].flags & TOK_CAPITAL) && !(t->tokens[i].flags & TOK_ALL_CAPITALS) &&
	       word.n > 2 && str_find(word, STR("."), 0) == SIZE_MAX;
}

static void change_name(const struct polnear_article *p, const struct pools *pools,
			const struct mention *m, uint64_t seed, struct changes *c)
{
	static const int kind_of[] = {[NAME_FULL] = POOL_COUNTRY,
				      [NAME_DEMONYM] = POOL_DEMONYM,
				      [NAME_CAPITAL] = POOL_CAPITAL,
				      [NAME_METONYM] = POOL_CAPITAL,
				      [NAME_BODY] = POOL_KINDS};
	const struct text *t = &p->text;
	const struct entity *e = &p->entities.v[m->entity];
	for (uint32_t i = m->first; i <= m->last; i++)
		if (!may_change(t, i))
			return;
	if (e->actor && e->actor->kind == ACTOR_COUNTRY && kind_of[m->kind] < POOL_KINDS) {
		c->to[m->first] =
			draw(pools, (enum pool_kind)kind_of[m->kind], m->last - m->first + 1,
			     text_range(t, m->first, m->last), seed);
		c->last[m->first] = m->last;
	} else if (e->kind == MENTION_PERSON) {
		for (uint32_t i = m->first; i <= m->last; i++) {
			c->to[i] = draw(pools, i == m->last ? POOL_SURNAME : POOL_GIVEN, 1,
					text_token(t, i), seed);
			c->last[i] = i;
		}
	}
}

/* The text, and by each token how far its end has moved, in code points. */
static struct str write_again(const struct polnear_article *p, const struct changes *c,
			      int32_t *moved, struct arena *a)
{
	struct buf out;
	uint32_t at = 0;
	int32_t by = 0;
	buf_init(&out, TEXT_BYTES);
	for (uint32_t i = 0; i < p->text.n_tokens; i++) {
		const struct token *k = &p->text.tokens[i];
		if (c->to[i].n) {
			uint32_t last = c->last[i], points = 0;
			for (size_t b = 0; b < c->to[i].n; b++)
				points += ((unsigned char)c->to[i].p[b] & 0xC0) != 0x80;
			buf_add(&out, str_sub(p->text_bytes, at, k->start));
			buf_add(&out, c->to[i]);
			at = p->text.tokens[last].end;
			by += (int32_t)points -
			      (int32_t)(p->text.tokens[last].point_end - k->point);
		}
		moved[i] = by;
	}
	buf_add(&out, str_sub(p->text_bytes, at, p->text_bytes.n));
	struct str text = arena_str(a, buf_str(&out));
	buf_release(&out);
	return text;
}

static uint32_t moved_point(const struct text *t, const int32_t *moved, uint32_t point)
{
	uint32_t low = 0, high = (uint32_t)t->n_tokens;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (t->tokens[middle].point_end <= point)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? (uint32_t)((int32_t)point + moved[low - 1]) : point;
}

static struct marked_list move_marks(const struct polnear_article *p, const int32_t *moved,
				     struct arena *a)
{
	struct marked_list list = {room_for(a, p->marked.n, sizeof *list.v), p->marked.n};
	for (size_t i = 0; i < list.n; i++)
		for (int role = 0; role < ROLE_COUNT; role++) {
			struct spans from = p->marked.v[i].role[role];
			struct span *v = room_for(a, from.n, sizeof *v);
			for (size_t k = 0; k < from.n; k++)
				v[k] = (struct span){moved_point(&p->text, moved, from.v[k].start),
						     moved_point(&p->text, moved, from.v[k].end)};
			list.v[i].role[role] = (struct spans){v, from.n};
		}
	return list;
}

static bool is_alike(const struct polnear_article *a, const struct polnear_article *b)
{
	if (a->text.n_tokens != b->text.n_tokens || a->text.n_quotes != b->text.n_quotes ||
	    a->n_gold != b->n_gold || a->text.n_sentences != b->text.n_sentences)
		return false;
	for (size_t i = 0; i < a->n_gold; i++)
		if (a->gold[i].content.n != b->gold[i].content.n ||
		    a->gold[i].source.n != b->gold[i].source.n ||
		    a->gold[i].content.v[0].first != b->gold[i].content.v[0].first)
			return false;
	return true;
}

static void exchange(const struct polnear_article *p, const struct pools *pools, uint64_t seed,
		     struct polnear_article *out)
{
	struct arena a;
	arena_init(&a, POOL_BYTES);
	size_t n = p->text.n_tokens;
	struct changes c = {room_for(&a, n, sizeof *c.to), room_for(&a, n, sizeof *c.last)};
	int32_t *moved = room_for(&a, n, sizeof *moved);
	for (size_t i = 0; i < p->entities.n_mentions; i++)
		change_name(p, pools, &p->entities.mentions[i], seed, &c);
	struct polnear_record record = {.text = write_again(p, &c, moved, &a),
					.marked = move_marks(p, moved, &a)};
	polnear_take(out, &record);
	if (!is_alike(p, out)) {
		arena_release(&out->arena);
		record = (struct polnear_record){.text = p->text_bytes, .marked = p->marked};
		polnear_take(out, &record);
		fprintf(stderr, "article %llu stays as it is\n", (unsigned long long)seed);
	}
	arena_release(&a);
}

void polnear_exchange(const struct polnear *p, struct polnear *out)
{
	struct pools pools = {.of = {{{NULL, 0}}}};
	pools_fill(&pools);
	*out = (struct polnear){.v = room(p->n + 1, sizeof *out->v), .n = p->n, .cap = p->n};
	for (size_t i = 0; i < p->n; i++)
		exchange(&p->v[i], &pools, 1 + i, &out->v[i]);
	arena_release(&pools.a);
}
