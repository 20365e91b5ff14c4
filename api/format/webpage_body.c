/* As Readability has it (Arc90, 2009; Mozilla's Readability.js): each paragraph gives points to the
 * elements around it, and the element with most of them that is not made of links holds the body.
 * Of the text in it, paragraphs stay and bits go. */
#include "api/format/webpage_body.h"

#include <string.h>

#include "base/utf8.h"

enum {
	ITEM_POINTS = 40,  /* an item of a list without a link is a sentence, if not shorter */
	PROSE_POINTS = 25, /* shorter texts are captions, buttons, datelines: Readability's */
	SURE_POINTS = 80,  /* a paragraph even without a stop at its end: Readability's */
	LINE_POINTS = 200, /* a longer text is no line about cookies */
	ANCESTORS = 5,	   /* that a paragraph counts for */
	POOR_POINTS = 250, /* a body is looked for again where classes say otherwise */
};
#define KEPT_BONUS 1.25F /* of an element that is called a body */
#define BODY_BONUS 8.0F	 /* of one that is said to be it */

struct choice {
	const struct webpage *p;
	unsigned excluded; /* flags of what is passed over */
	const struct webpage_element *top;
	bool is_fragment;
};

static struct str text_of(const struct webpage *p, const struct webpage_block *b)
{
	return (struct str){p->text + b->from, b->to - b->from};
}

/* Does it end as a sentence does, behind marks that close? */
static bool ends_sentence(struct str s)
{
	static const char *const closing[] = {"\"", "'", "\u201D", "\u2019", ")", "\u00BB", "]"};
	for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++)
		if (str_ends(s, str_of(closing[i]))) {
			s.n -= strlen(closing[i]);
			break;
		}
	return s.n && (strchr(".!?:;,", s.p[s.n - 1]) || str_ends(s, STR("\u2026")) ||
		       str_ends(s, STR("\u2014")) || str_ends(s, STR("\u3002")));
}

static bool is_of_links(const struct webpage_block *b)
{
	return b->links * 2 > b->points;
}

static bool is_prose(const struct choice *c, const struct webpage_block *b)
{
	struct str s = text_of(c->p, b);
	if (b->flags & (c->excluded | PAGE_HEADING) || b->points < PROSE_POINTS || is_of_links(b))
		return false;
	if (b->points < SURE_POINTS && !ends_sentence(s))
		return false;
	return b->points > LINE_POINTS || !webpage_words_starts_line(&c->p->words, s);
}

/* One point for being there, one a comma, one a hundred characters up to three: Readability's. */
static float points_of(const struct webpage *p, const struct webpage_block *b)
{
	struct str s = text_of(p, b);
	float points = 1;
	for (size_t i = 0; i < s.n; i++)
		points += s.p[i] == ',';
	return points + (b->points < 300 ? (float)b->points / 100 : 3);
}

/* The parent has it whole, the next half, those above a sixth, a ninth: Readability's. */
static void give(const struct webpage_block *b, float points)
{
	struct webpage_element *x = b->in->parent ? b->in->parent : b->in;
	for (int i = 0; x && i < ANCESTORS; i++, x = x->parent)
		x->score += points / (float)(i == 0 ? 1 : i == 1 ? 2 : i * 3);
}

static float final_score(const struct webpage_element *x)
{
	float score = x->score;
	if (x->flags & PAGE_KEEP)
		score *= KEPT_BONUS;
	if (x->flags & PAGE_BODY)
		score *= BODY_BONUS;
	return x->points ? score * (1 - (float)x->links / (float)x->points) : 0;
}

static void forget_scores(const struct webpage *p)
{
	for (size_t i = 0; i < p->n_blocks; i++)
		for (struct webpage_element *x = p->blocks[i].in; x; x = x->parent)
			x->score = 0;
}

static void choose(struct choice *c)
{
	float best = 0;
	forget_scores(c->p);
	for (size_t i = 0; i < c->p->n_blocks; i++)
		if (is_prose(c, &c->p->blocks[i]))
			give(&c->p->blocks[i], points_of(c->p, &c->p->blocks[i]));
	for (size_t i = 0; i < c->p->n_blocks; i++) {
		const struct webpage_element *x = c->p->blocks[i].in;
		for (int up = 0; x && up <= ANCESTORS; up++, x = x->parent)
			if (final_score(x) > best) {
				best = final_score(x);
				c->top = x;
			}
	}
}

static bool is_within(const struct webpage_element *x, const struct webpage_element *top)
{
	while (x && x != top)
		x = x->parent;
	return x == top;
}

/* In the element that was chosen, also short paragraphs that end as sentences do; beside it, within
 * what holds it, sure ones without a link. */
static bool is_taken(const struct choice *c, const struct webpage_block *b)
{
	if (c->is_fragment || is_within(b->in, c->top)) {
		struct str s = text_of(c->p, b);
		bool is_short = b->points < PROSE_POINTS && !is_of_links(b) && ends_sentence(s) &&
				!(b->flags & (c->excluded | PAGE_HEADING));
		bool is_item = b->flags & PAGE_ITEM && b->links == 0 && b->points >= ITEM_POINTS &&
			       !(b->flags & c->excluded);
		return is_prose(c, b) ||
		       ((is_short || is_item) && !webpage_words_starts_line(&c->p->words, s));
	}
	if (c->top->flags & PAGE_BODY)
		return false;
	return c->top->parent && is_within(b->in, c->top->parent) && b->links == 0 &&
	       b->points >= SURE_POINTS && ends_sentence(text_of(c->p, b)) && is_prose(c, b);
}

static struct str gather(const struct choice *c)
{
	size_t room = 1;
	for (size_t i = 0; i < c->p->n_blocks; i++)
		room += c->p->blocks[i].to - c->p->blocks[i].from + 2;
	char *out = arena_room(c->p->arena, room, 1);
	size_t n = 0;
	for (size_t i = 0; out && i < c->p->n_blocks; i++) {
		const struct webpage_block *b = &c->p->blocks[i];
		if (!is_taken(c, b))
			continue;
		if (n) {
			memcpy(out + n, "\n\n", 2);
			n += 2;
		}
		memcpy(out + n, c->p->text + b->from, b->to - b->from);
		n += b->to - b->from;
	}
	return out ? (struct str){out, n} : (struct str){NULL, 0};
}

static struct str body_without(struct webpage *p, unsigned excluded, bool is_fragment)
{
	struct choice c = {p, excluded, NULL, is_fragment};
	if (!is_fragment)
		choose(&c);
	return is_fragment || c.top ? gather(&c) : STR_EMPTY;
}

struct str webpage_body(struct webpage *p, bool is_fragment)
{
	struct str body = body_without(p, PAGE_AWAY | PAGE_DROPPED, is_fragment);
	if (body.p && utf8_count(body) < POOR_POINTS) {
		struct str more = body_without(p, PAGE_AWAY, is_fragment);
		if (!more.p || utf8_count(more) > 2 * utf8_count(body))
			body = more;
	}
	/* Where the page's own words for machines have much more of it, they are taken. */
	if (body.p && p->meta.body.n > 2 * body.n)
		return p->meta.body;
	return body;
}

struct str webpage_all(const struct webpage *p)
{
	return str_trim((struct str){p->text, p->n});
}
