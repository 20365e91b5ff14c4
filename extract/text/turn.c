/* Labels of turns, and which of them a text keeps. What looks like a label is common in any text
 * ("Background:", "Image: U.S. Senate"); a transcript has several, that name people or recur. */
#include "extract/text/turn.h"

#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/tables/map.h"
#include "extract/text/block.h"

/* Tokens of a label, with its brackets; words of a name without a title. */
enum { LABEL_TOKENS = 32, NAME_WORDS = 5 };
/* Labels of titles or questions that make a transcript; a single one does at the head of a text. */
enum { LABELS_LEAST = 2, HEAD_PARAGRAPHS = 5 };
/* First and second persons among the words behind labels. */
static const float persons_least = 0.02f;
/* Paragraphs with labels among those from the first one on, in a text that does not begin so. */
static const float labels_share = 0.2f;

/* How much a label says by itself that somebody speaks. */
enum strength {
	LABEL_WORDS,	/* "Key points": nothing */
	LABEL_SHOUT,	/* "NOTE": nothing, unless it recurs among others */
	LABEL_NAME,	/* "Wang Yi": ends like a name */
	LABEL_CAPITALS, /* "WILLESEE" */
	LABEL_LETTER,	/* "Q" and "A" without a colon */
	LABEL_TITLED,	/* "Mr. Price", "THE PRESIDENT" */
	LABEL_ASKER	/* "QUESTION" */
};

struct label {
	struct range name; /* with its brackets, without the mark behind it */
	uint32_t end;	   /* first token behind it */
	uint32_t paragraph;
	uint64_t key; /* of its words */
	uint8_t strength;
	bool is_asker;
	bool has_sentence; /* more than a word or two stands behind it */
};

/* What a text's labels are together. */
struct labels {
	struct label *v;
	size_t n, cap;
	struct map groups; /* by key: how often */
	size_t askers, titled, recurring, names, cap_turns;
	uint32_t words, persons; /* behind labels: all, and first and second persons */
};

/* --- one label -------------------------------------------------------------------------------- */

static bool is_open(const struct text *t, uint32_t i)
{
	return text_is_one_of(t, i, "( [");
}

static bool is_shut(const struct text *t, uint32_t i)
{
	return text_is_one_of(t, i, ") ]");
}

/* May it stand in a label outside of brackets: a capital, a small word of a post, a mark of a name?
 */
static bool is_label_token(const struct text *t, uint32_t i, uint32_t first)
{
	unsigned flags = t->tokens[i].flags;
	if (flags & TOK_WORD)
		return (flags & TOK_CAPITAL) ||
		       (i > first && ((flags & TOK_NUMBER) || text_is_in(t, i, SET_LABEL_WORD)));
	return text_is_one_of(t, i, ", - ‑ – ' ’ & /");
}

/* "Q", "Q.", "PM.": a letter or two for who asks and who answers. */
static bool read_letter(const struct text *t, uint32_t first, uint32_t end, struct label *out)
{
	uint32_t next = first + 1 + (first + 1 < end && text_is(t, first + 1, "."));
	if (t->tokens[first].end - t->tokens[first].start > 3 || next >= end ||
	    !(t->tokens[first].flags & TOK_CAPITAL) || !(t->tokens[next].flags & TOK_CAPITAL) ||
	    !(text_is_in(t, first, SET_LABEL_ASKER) || text_is_in(t, first, SET_LABEL_ANSWERER)))
		return false;
	out->name = (struct range){first, first};
	out->end = next;
	return true;
}

/* A name that is written in capitals: "SMITH", "DeLAY". */
static bool is_in_capitals(const struct text *t, uint32_t i)
{
	struct str w = text_token(t, i);
	return (t->tokens[i].flags & TOK_ALL_CAPITALS) ||
	       (w.n > 3 && w.p[w.n - 1] >= 'A' && w.p[w.n - 1] <= 'Z');
}

/* "Mr. SMITH of Ohio. Mr. Speaker, I rise": a stop ends a label that begins with a title and has a
 * name in capitals. */
static bool ends_by_stop(const struct text *t, uint32_t i, uint32_t first, uint32_t end)
{
	enum { FROM = 4 }; /* words behind the name: "of South Carolina" */
	bool capitals = false;
	if (!text_is(t, i, ".") || i < first + 2 || i + 1 >= end ||
	    !(text_is_in(t, first, SET_NAME_TITLE) || text_is(t, first, "the")) ||
	    !(t->tokens[i + 1].flags & TOK_CAPITAL))
		return false;
	for (uint32_t k = i > first + FROM ? i - FROM : first + 1; k < i; k++)
		capitals = capitals || is_in_capitals(t, k);
	return capitals;
}

/* The label that a paragraph starts with: as far as a colon, or a stop as above, or a paragraph
 * that ends in brackets ("Anna Holt (Eastham) (Lab)"). */
static bool read_name(const struct text *t, uint32_t first, uint32_t end, struct label *out)
{
	unsigned depth = 0, brackets = 0;
	uint32_t i = first, most = end < first + LABEL_TOKENS ? end : first + LABEL_TOKENS;
	for (; i < most; i++) {
		bool has_both = text_is(t, i, ".") && i + 1 < end && text_is(t, i + 1, ":");
		if (depth == 0 && i > first &&
		    (text_is(t, i, ":") || has_both || ends_by_stop(t, i, first, end)))
			break;
		if (is_open(t, i)) {
			depth++;
		} else if (is_shut(t, i)) {
			brackets += depth == 1;
			depth -= depth > 0;
		} else if (depth == 0 && !is_label_token(t, i, first)) {
			return false;
		}
	}
	if (depth > 0 || (i == most && (i < end || brackets == 0 || !is_shut(t, i - 1))))
		return false;
	out->name = (struct range){first, i - 1};
	out->end = i < end ? i + 1 : i;
	if (out->end < end && text_is(t, i, ".") && text_is(t, out->end, ":"))
		out->end++; /* "Mr. Holt.:" */
	return true;
}

/* "Anna Holt (Eastham) (Lab)", "The Minister for Trade (Mr Henry Dale)", or "(Henry Dale)": a seat
 * and a party, or who holds the post. */
static bool names_holder(const struct text *t, struct range r)
{
	enum { SEAT_WORDS = 3 }; /* of a member's name */
	unsigned brackets = 0, words = 0;
	bool holder = false, post = false;
	for (uint32_t i = r.first; i < r.last; i++) {
		brackets += is_open(t, i);
		words += brackets == 0;
		post = post || (text_is(t, r.first, "the") && text_is_in(t, i, SET_ROLE));
		holder = holder || (is_open(t, i) && (text_is_in(t, i + 1, SET_NAME_TITLE) ||
						      (post && i + 2 < r.last)));
	}
	return holder || (brackets > 1 && words <= SEAT_WORDS && text_is_name_word(t, r.first + 1));
}

/* "Mr. Wall", "Lord Marsh", "Senator Lee", but not "Delegate Update": of the words that are no mere
 * titles, only before a name. */
static bool bears_title(const struct text *t, uint32_t first, uint32_t last)
{
	return text_is_in(t, first, SET_COURTESY_TITLE) || text_is_in(t, first, SET_PEER) ||
	       text_is_in(t, first, SET_POST_IN_TITLE) || text_is_in(t, last, SET_ROLE) ||
	       (text_is_in(t, first, SET_NAME_TITLE) && text_is_name_word(t, last));
}

static enum strength strength_of(const struct text *t, struct range r)
{
	uint32_t first = r.first + (text_is(t, r.first, "the") && r.first < r.last);
	bool asks = text_is_in(t, first, SET_LABEL_ASKER), titled = false, capitals = true,
	     name = false;
	unsigned depth = 0, words = 0;
	uint32_t last = first;
	bool is_small = false; /* has "of", "and": no name */
	for (uint32_t i = first; i <= r.last; i++) {
		depth += is_open(t, i);
		depth -= depth > 0 && is_shut(t, i);
		unsigned flags = t->tokens[i].flags;
		is_small = is_small || (depth == 0 && text_is_in(t, i, SET_SMALL_WORD));
		if (depth > 0 || !(flags & TOK_CAPITAL) || !(flags & TOK_WORD))
			continue;
		words++;
		last = i;
		bool is_title = text_is_in(t, i, SET_NAME_TITLE) || text_is_in(t, i, SET_ROLE) ||
				text_is_in(t, i, SET_PEER);
		asks = asks && (text_is_in(t, i, SET_LABEL_ASKER) || i > first);
		titled = titled || is_title;
		capitals = capitals && (flags & TOK_ALL_CAPITALS);
		name = name || text_is_name_word(t, i);
	}
	if (asks && words <= 2)
		return LABEL_ASKER;
	if (text_is_in(t, first, SET_LABEL_ANSWERER) && words == 1)
		return LABEL_TITLED;
	if (names_holder(t, r))
		return LABEL_TITLED;
	if (titled && (capitals || bears_title(t, first, last) || text_is_in(t, r.last, SET_ROLE)))
		return LABEL_TITLED;
	if (words > NAME_WORDS)
		return LABEL_WORDS;
	if (capitals)
		return name ? LABEL_CAPITALS : LABEL_SHOUT;
	return text_is_name_word(t, last) && !is_small ? LABEL_NAME : LABEL_WORDS;
}

/* Does a paragraph hold a word and, behind it, the end of a sentence? */
static bool has_sentence(const struct text *t, uint32_t first, uint32_t end)
{
	bool word = false;
	for (uint32_t i = first; i < end; i++) {
		word = word || (t->tokens[i].flags & TOK_WORD);
		if (word && ((t->tokens[i].flags & TOK_TERMINAL) ||
			     text_is_one_of(t, i, "— -- --- ---- – …")))
			return true;
	}
	return false;
}

/* "FOR PRESS:", "Dear Mr. President:" */
static bool starts_otherwise(const struct text *t, uint32_t i)
{
	const struct word_tags *w = t->tokens[i].word;
	return text_is_in(t, i, SET_GREETING) || (w && w->tags[0] == TAG_IN);
}

static bool label_at(const struct text *t, uint32_t p, struct label *out)
{
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	bool letter = read_letter(t, first, end, out);
	*out = (struct label){.name = out->name, .end = out->end, .paragraph = p};
	if (!letter && (!(t->tokens[first].flags & TOK_CAPITAL) || starts_otherwise(t, first) ||
			!read_name(t, first, end, out)))
		return false;
	out->is_asker = text_is_in(t, first, SET_LABEL_ASKER);
	out->strength = letter ? LABEL_LETTER : (uint8_t)strength_of(t, out->name);
	out->key = 7;
	for (uint32_t i = out->name.first; i <= out->name.last && !is_open(t, i); i++)
		if (t->tokens[i].flags & TOK_WORD)
			out->key = key_mix(out->key, t->tokens[i].key);
	uint32_t next = out->end < end || p + 1 == t->n_paragraphs ? end : t->paragraphs[p + 2];
	out->has_sentence = has_sentence(t, out->end, next);
	return out->strength != LABEL_WORDS || out->end == end || out->has_sentence;
}

/* --- all of a text ---------------------------------------------------------------------------- */

static void count_persons(const struct text *t, struct labels *l, const struct label *x)
{
	for (uint32_t i = x->end; i < t->paragraphs[x->paragraph + 1]; i++) {
		l->words += (t->tokens[i].flags & TOK_WORD) != 0;
		l->persons += text_is_in(t, i, SET_FIRST_PERSON_ANY) ||
			      text_is_in(t, i, SET_SECOND_PERSON);
	}
}

static int find_labels(const struct text *t, struct labels *l, struct arena *a)
{
	for (uint32_t p = 0; p < t->n_paragraphs; p++) {
		struct label one = {.strength = LABEL_WORDS};
		if (!budget_allows_step(a->budget, p))
			return -1;
		if (!label_at(t, p, &one) || !one.has_sentence)
			continue;
		if (arena_grow(a, (void **)&l->v, &l->cap, l->n + 1, sizeof *l->v) < 0)
			return -1;
		uint32_t *count = map_at(&l->groups, one.key, a);
		if (!count)
			return -1;
		*count = *count == MAP_NONE ? 1 : *count + 1;
		l->v[l->n++] = one;
		if (one.strength >= LABEL_NAME)
			count_persons(t, l, &one);
	}
	return 0;
}

static void count_labels(struct labels *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct label *x = &l->v[i];
		bool recurs = map_get(&l->groups, x->key) > 1;
		l->askers += x->is_asker;
		l->titled += x->strength >= LABEL_TITLED;
		l->recurring += recurs && x->strength >= LABEL_NAME;
		l->names += x->strength >= LABEL_NAME;
	}
}

/* "Bernie Sanders: needs 836 delegates" heads a paragraph about him: where no label has a title,
 * who speaks says "I", "we" or "you". */
static bool is_spoken(const struct labels *l)
{
	return l->titled > 0 || l->askers > 0 ||
	       (float)l->persons >= persons_least * (float)l->words;
}

/* In prose a label or two head what is quoted; a transcript begins with one, or has one at every
 * few paragraphs. */
static bool is_transcript(const struct text *t, const struct labels *l)
{
	size_t i = 0, strong = 0;
	while (i < l->n && l->v[i].strength < LABEL_NAME)
		i++;
	if (i == l->n)
		return false;
	uint32_t first = l->v[i].paragraph;
	for (; i < l->n; i++)
		strong += l->v[i].strength >= LABEL_NAME;
	return first < HEAD_PARAGRAPHS ||
	       (float)strong >= labels_share * (float)(t->n_paragraphs - first);
}

static bool is_kept(const struct labels *l, const struct label *x)
{
	bool recurs = map_get(&l->groups, x->key) > 1;
	switch (x->strength) {
	case LABEL_ASKER:
	case LABEL_TITLED:
		return l->names >= LABELS_LEAST || x->paragraph < HEAD_PARAGRAPHS;
	case LABEL_LETTER:
		return l->askers >= LABELS_LEAST || (l->askers > 0 && l->names >= LABELS_LEAST);
	case LABEL_CAPITALS:
		return l->names >= LABELS_LEAST;
	case LABEL_NAME:
		return l->names >= LABELS_LEAST && (recurs || x->name.first < x->name.last);
	case LABEL_SHOUT:
		return recurs ? l->recurring > LABELS_LEAST : l->names > LABELS_LEAST;
	default:
		return false;
	}
}

/* Other labels may show what a surname in capitals is. */
static bool is_mere_name(const struct labels *l, const struct label *x)
{
	return x->strength == LABEL_NAME ||
	       (x->strength <= LABEL_CAPITALS && l->titled == 0 && l->askers == 0);
}

/* The label in capitals that begins at a token inside of a paragraph, behind the end of a sentence,
 * among those that begin paragraphs, too; NULL for none. *end: the first token behind it. */
static const struct label *label_inside(const struct text *t, const struct labels *l,
					const struct map *kept, uint32_t i, uint32_t *end)
{
	enum { WORDS_MOST = 6 };
	uint64_t key = 7;
	uint32_t k = i;
	if (!(t->tokens[i - 1].flags & TOK_TERMINAL))
		return NULL;
	for (; k < t->n_tokens && k < i + WORDS_MOST && (t->tokens[k].flags & TOK_ALL_CAPITALS);
	     k++)
		key = key_mix(key, t->tokens[k].key);
	uint32_t at = k > i && text_is(t, k, ":") ? map_get(kept, key) : MAP_NONE;
	*end = k + 1;
	return at == MAP_NONE ? NULL : &l->v[at];
}

static int add_turn(struct text *t, struct labels *l, const struct label *x, struct arena *a)
{
	if (arena_grow(a, (void **)&t->turns, &l->cap_turns, t->n_turns + 1, sizeof *t->turns) < 0)
		return -1;
	if (t->n_turns > 0)
		t->turns[t->n_turns - 1].end = x->name.first;
	t->tokens[x->end - 1].flags |= TOK_LABEL_END;
	t->turns[t->n_turns++] = (struct turn){.label = x->name,
					       .first = x->end,
					       .end = (uint32_t)t->n_tokens,
					       .is_question = x->is_asker,
					       .is_name = is_mere_name(l, x)};
	return 0;
}

/* Turns that begin inside of paragraphs, where a scan has lost the line between. */
static int add_inside(struct text *t, struct labels *l, const struct map *kept, uint32_t from,
		      uint32_t to, struct arena *a)
{
	for (uint32_t i = from + 1, end; i < to; i++) {
		const struct label *like = label_inside(t, l, kept, i, &end);
		if (!budget_allows_step(a->budget, i))
			return -1;
		if (!like)
			continue;
		struct label one = *like;
		one.name = (struct range){i, end - 2};
		one.end = end;
		if (add_turn(t, l, &one, a) < 0)
			return -1;
	}
	return 0;
}

static int keep_labels(struct text *t, struct labels *l, struct arena *a)
{
	struct map kept = {0};
	const struct label *last = NULL;
	for (uint32_t i = 0; i < l->n; i++) {
		if (!is_kept(l, &l->v[i]))
			continue;
		uint32_t *at = map_at(&kept, l->v[i].key, a);
		if (!at)
			return -1;
		*at = i;
	}
	for (size_t i = 0; i < l->n; i++) {
		const struct label *x = &l->v[i];
		if (!is_kept(l, x))
			continue;
		if ((last && add_inside(t, l, &kept, last->end, x->name.first, a) < 0) ||
		    add_turn(t, l, x, a) < 0)
			return -1;
		last = x;
	}
	return last ? add_inside(t, l, &kept, last->end, (uint32_t)t->n_tokens, a) : 0;
}

int text_find_turns(struct text *t, struct arena *a)
{
	struct labels l = {0};
	if (find_labels(t, &l, a) < 0)
		return -1;
	count_labels(&l);
	if (is_spoken(&l) && is_transcript(t, &l) && keep_labels(t, &l, a) < 0)
		return -1;
	return t->n_turns == 0 ? text_find_blocks(t, a) : 0;
}
