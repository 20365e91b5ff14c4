/* Where names begin and end in runs of words in capitals. */
#include "extract/entity/name_run.h"

#include <string.h>

#include "extract/syntax/labels.h"
#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

enum { RUN_MOST = 8 }; /* tokens */

bool name_run_is_title(const struct text *t, size_t i)
{
	if (text_is_joint(t, i))
		return name_run_is_title(t, i - 1) && name_run_is_title(t, i + 1);
	return text_is_in(t, i, SET_NAME_TITLE);
}

bool name_run_has(const struct text *t, size_t i)
{
	const struct token *k = &t->tokens[i];
	return (k->flags & TOK_CAPITAL) && (k->xpos == XPOS_NNP || k->xpos == XPOS_NNPS) &&
	       !(k->flags & TOK_NUMBER);
}

static bool is_particle(const struct text *t, size_t i)
{
	return text_is_in(t, i, SET_NAME_PARTICLE) || text_is_in(t, i, SET_NAME_ARTICLE);
}

/* Among other words in capitals: "FRENCH PRESIDENT MACRON SAYS". */
static bool is_shouted(const struct text *t, uint32_t i)
{
	enum { LONG = 4 };
	for (uint32_t k = i > 0 ? i - 1 : i + 1; k <= i + 1; k += 2)
		if (k < t->n_tokens && (t->tokens[k].flags & TOK_ALL_CAPITALS) &&
		    t->tokens[k].end - t->tokens[k].start >= LONG)
			return true;
	return false;
}

bool name_run_is_acronym(const struct text *t, uint32_t i)
{
	bool is_surname = i > 0 && text_is_in(t, i - 1, SET_COURTESY_TITLE); /* "Mr. OBEY" */
	return (t->tokens[i].flags & (TOK_ALL_CAPITALS | TOK_INITIALISM)) && !is_surname &&
	       !is_shouted(t, i);
}

bool name_run_is_body(const struct entities *es, uint32_t first, uint32_t last)
{
	const struct text *t = es->t;
	for (uint32_t i = first; i <= last; i++)
		if (gazetteer_noun(es->g, &t->tokens[i], NULL) &
		    (NOUN_SUFFIX_ORGANIZATION | NOUN_SUFFIX_PLACE | NOUN_ORGANIZATION))
			return true;
	return first == last && name_run_is_acronym(t, first);
}

static bool is_given(const struct entities *es, uint32_t i)
{
	return map_get(&es->g->given, es->t->tokens[i].key) != MAP_NONE;
}

bool name_run_is_common(const struct entities *es, uint32_t i)
{
	const struct word_tags *w = es->t->tokens[i].word;
	bool is_other = false; /* than a name */
	for (unsigned k = 0; w && k < w->n; k++)
		is_other = is_other || w->tags[k] != TAG_NNP;
	return is_other && !is_given(es, i);
}

/* Does a word look like an adjective: by the table of words, or by its ending? */
static bool is_adjectival(const struct entities *es, uint32_t i)
{
	static const char *const endings[] = {"ed",  "ing", "ic",   "ous",
					      "ive", "ful", "less", "time"};
	enum { STEM = 3 };
	const struct word_tags *w = es->t->tokens[i].word;
	struct str form = text_range(es->t, i, i);
	for (unsigned k = 0; w && k < w->n; k++)
		if (w->tags[k] == TAG_JJ)
			return true;
	for (size_t k = 0; !w && k < sizeof endings / sizeof endings[0]; k++)
		if (str_ends(form, str_of(endings[k])) && form.n >= STEM + strlen(endings[k]))
			return true;
	return false;
}

bool name_run_opens_with_adjective(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	const struct token *k = &t->tokens[i], *next = k + 1;
	if (!(k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) ||
	    (k->flags & TOK_ALL_CAPITALS) || i + 1 >= t->n_tokens || !name_run_has(t, i + 1) ||
	    is_given(es, i) || name_run_is_common(es, i + 1) || name_run_is_acronym(t, i + 1) ||
	    text_is_in(t, i, SET_PLACE_NAME_START) ||
	    name_run_is_body(es, i, name_run_end(es, i) - 1))
		return false;
	/* of a name the second word hangs on the first one */
	bool is_apart = k->deprel == DEPREL_NMOD_DESC && k->head == i + 1,
	     are_siblings = k->head == next->head && next->head != i + 1 &&
			    deprel_universal(next->deprel) == DEPREL_COMPOUND;
	return (is_apart || are_siblings) && is_adjectival(es, i);
}

/* --- beside a name ---------------------------------------------------------------------------- */

uint32_t name_run_behind_nickname(const struct text *t, uint32_t at)
{
	enum { NICKNAME_MOST = 4 };
	if (at + 3 >= t->n_tokens || (t->tokens[at].mark == MARK_NONE && !text_is(t, at, "(")) ||
	    !(t->tokens[at + 1].flags & TOK_CAPITAL) || name_run_is_party_label(t, at + 1))
		return at;
	for (uint32_t i = at + 2; i + 1 < t->n_tokens && i <= at + 1 + NICKNAME_MOST; i++) {
		if (t->tokens[i].mark == MARK_NONE && !text_is(t, i, ")"))
			continue;
		bool is_pair =
			(t->tokens[i].mark == MARK_NONE) == (t->tokens[at].mark == MARK_NONE);
		return is_pair && name_run_has(t, i + 1) &&
				       !(t->tokens[i + 1].flags & TOK_PARAGRAPH_START)
			       ? i + 1
			       : at;
	}
	return at;
}

bool name_run_is_party_label(const struct text *t, uint32_t i)
{
	return i > 0 && text_is_one_of(t, i - 1, "( ,") &&
	       t->tokens[i].end - t->tokens[i].start == 1 && i + 2 < t->n_tokens &&
	       text_is_joint(t, i + 1) && (t->tokens[i + 2].flags & TOK_CAPITAL);
}

/* "III", "Jr.", and in capitals "MP", "KC". */
static bool is_letters(const struct text *t, uint32_t i)
{
	if (i >= t->n_tokens || (t->tokens[i].flags & TOK_PARAGRAPH_START))
		return false;
	bool capitals = t->tokens[i].flags & (TOK_ALL_CAPITALS | TOK_INITIALISM);
	return (text_is_in(t, i, SET_GENERATION) && (t->tokens[i].flags & TOK_CAPITAL)) ||
	       (text_is_in(t, i, SET_POSTNOMINAL) && capitals);
}

uint32_t name_run_last_letter(const struct text *t, uint32_t last)
{
	enum { LETTERS_MOST = 5 };
	const uint32_t name = last;
	for (unsigned n = 0; n < LETTERS_MOST; n++) {
		uint32_t i = last + 1;
		if (text_tag(t, i) == TAG_COMMA)
			i++;
		/* "Ann Lee, MP for Eastham" tells her post */
		bool is_post = last == name && i > last + 1 && !is_letters(t, i + 1);
		if (!is_letters(t, i) || (is_post && !text_is_in(t, i, SET_GENERATION)))
			break;
		last = i;
	}
	return last;
}

uint32_t name_run_title_of(const struct entities *es, uint32_t i)
{
	enum { COMPLEMENT_MOST = 9 };
	const struct text *t = es->t;
	for (uint32_t k = i; k > 1 && i - k < COMPLEMENT_MOST; k--) {
		if (t->tokens[k].flags & TOK_PARAGRAPH_START)
			return MAP_NONE;
		if (text_is_one_of(t, k - 1, "of for") && name_run_is_title(t, k - 2) &&
		    (t->tokens[k - 2].flags & TOK_CAPITAL))
			return k - 2;
		if (!(t->tokens[k - 1].flags & TOK_CAPITAL) &&
		    !text_is_one_of(t, k - 1, "and the , of for"))
			return MAP_NONE;
	}
	return MAP_NONE;
}

/* --- posts ------------------------------------------------------------------------------------ */

/* "Minister", "Secretaries" */
static bool is_post_noun(const struct entities *es, uint32_t i)
{
	bool is_plural;
	unsigned class = gazetteer_noun(es->g, &es->t->tokens[i], &is_plural);
	return text_is_in(es->t, i, SET_ROLE) || text_is_in(es->t, i, SET_POST_NOUN) ||
	       (is_plural && (class & NOUN_HUMAN));
}

bool name_run_is_post(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	uint32_t end = i, last = i;
	for (; end < t->n_tokens && end < i + RUN_MOST && !es->mention_at[end] &&
	       (name_run_has(t, end) || text_is_joint(t, end));
	     last = end++)
		if (!text_is_joint(t, end) && !name_run_is_title(t, end) &&
		    !name_run_is_common(es, end))
			return false;
	return end > i && is_post_noun(es, last);
}

/* --- runs ------------------------------------------------------------------------------------- */

uint32_t name_run_end(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	uint32_t end = i + 1;
	while (end < t->n_tokens && end - i < RUN_MOST &&
	       !(t->tokens[end].flags & TOK_PARAGRAPH_START) && !es->mention_at[end]) {
		if (name_run_has(t, end) && !text_is_in(t, end, SET_CALENDAR)) {
			end++;
			continue;
		}
		if ((is_particle(t, end) || text_is_joint(t, end)) && end + 1 < t->n_tokens &&
		    name_run_has(t, end + 1) && !text_is(t, end - 1, ",")) {
			end += 2;
			continue;
		}
		if (is_particle(t, end) && end + 2 < t->n_tokens &&
		    (is_particle(t, end + 1) || text_is_joint(t, end + 1)) &&
		    name_run_has(t, end + 2)) {
			end += 3;
			continue;
		}
		uint32_t next = name_run_behind_nickname(t, end);
		if (next > end && !name_run_is_title(t, end - 1)) {
			end = next + 1;
			continue;
		}
		break;
	}
	return end;
}

/* Where a person's name begins in a run that starts with the end of a post: "Affairs Nora Falk"
 * behind "Minister of Foreign"; `end` for nowhere. */
static uint32_t behind_complement(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct text *t = es->t;
	if (end < first + 3 || name_run_title_of(es, first) == MAP_NONE)
		return end;
	for (uint32_t k = end - 2; k > first; k--) /* "Affairs Shri Anil Sharma" */
		if (name_run_is_title(t, k - 1))
			return k;
	bool is_language = true; /* all words before: "Affairs" */
	for (uint32_t k = first + 1; k + 1 < end; k++) {
		is_language = is_language && name_run_is_common(es, k - 1);
		if ((is_given(es, k) || is_language) && !t->tokens[k].word &&
		    !name_run_is_body(es, k, end - 1))
			return k;
	}
	return end;
}

/* "Voter Kitty Mak", where a sentence begins and so the description has a capital. */
static bool begins_with_description(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct token *k = &es->t->tokens[first];
	return end >= first + 3 && (k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) &&
	       (gazetteer_noun(es->g, k, NULL) & NOUN_PERSON) && !is_given(es, first) &&
	       !name_run_is_common(es, end - 1) && !name_run_is_body(es, first + 1, end - 1);
}

/* Behind what somebody is in words of the language: "Whip Dick Durbin", "Senators John Curtis",
 * "Navy SEAL Chris Kyle"; `first` where the run is no such. */
static uint32_t behind_post(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct text *t = es->t;
	if (text_is_in(t, first, SET_PLACE_NAME_START) || text_is_in(t, first, SET_BODY_NAME_START))
		return first;
	if (begins_with_description(es, first, end))
		return first + 1;
	uint32_t k = first;
	while (k + 2 < end && (text_is_joint(t, k) || name_run_is_common(es, k) ||
			       (gazetteer_noun(es->g, &t->tokens[k], NULL) & NOUN_HUMAN)))
		k++;
	if (k == first || !is_given(es, k) || name_run_is_body(es, k, end - 1))
		return first;
	bool is_human = gazetteer_noun(es->g, &t->tokens[k - 1], NULL) & NOUN_HUMAN;
	return is_human || !name_run_is_common(es, end - 1) ? k : first;
}

/* Behind a title inside of a run: "Research Institute Director Ane Alencar", "Education Mr. Reed".
 */
static uint32_t behind_title(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct text *t = es->t;
	for (uint32_t k = end; k-- > first + 1;) {
		if (!name_run_is_title(t, k))
			continue;
		uint32_t least = text_is_in(t, k, SET_COURTESY_TITLE) ? 1 : 2;
		if (end - k - 1 >= least && !name_run_is_body(es, k + 1, end - 1))
			return k + 1;
		break;
	}
	return first;
}

/* "Kim Glas President and CEO of ...": without the post. */
static uint32_t end_before_post(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct text *t = es->t;
	uint32_t last = end - 1;
	if (end + 1 >= t->n_tokens || end <= first + 2)
		return end;
	bool goes_on = text_is_one_of(t, end, "of at for") ||
		       (text_is(t, end, "and") && text_is_in(t, end + 1, SET_POST_NOUN));
	return goes_on && is_given(es, first) &&
			       (text_is_in(t, last, SET_ROLE) || text_is_in(t, last, SET_POST_NOUN))
		       ? last
		       : end;
}

/* A headline's capitals: the last word is one of the language, as "Ally" in "Clinton Ally". */
static uint32_t end_in_headline(const struct entities *es, uint32_t first, uint32_t end)
{
	enum { AROUND = 12, SHORT = 4, WORDS_LEAST = 4 };
	const struct text *t = es->t;
	uint32_t from = first > AROUND ? first - AROUND : 0, words = 0;
	if (end != first + 2 || is_given(es, first) || name_run_is_common(es, first) ||
	    !name_run_is_common(es, end - 1) || name_run_is_body(es, first, end - 1))
		return end;
	for (uint32_t i = from; i < t->n_tokens && i < end + AROUND; i++) {
		if (text_paragraph(t, i) != text_paragraph(t, first))
			continue;
		bool is_long = (t->tokens[i].flags & TOK_WORD) &&
			       t->tokens[i].end - t->tokens[i].start > SHORT;
		if (is_long && !(t->tokens[i].flags & TOK_CAPITAL))
			return end;
		words += is_long;
	}
	return words >= WORDS_LEAST ? end - 1 : end;
}

uint32_t name_run_name(const struct entities *es, uint32_t first, uint32_t *end)
{
	const struct text *t = es->t;
	if (text_is_one_of(t, *end - 1, "minister ministers")) /* "a Commonwealth Prime Minister" */
		return *end;
	uint32_t start = behind_complement(es, first, *end);
	/* "in Washington, D.C. Secretary Lee" */
	if ((t->tokens[first].flags & TOK_INITIALISM) && start == *end && first + 1 < *end &&
	    name_run_is_title(t, first + 1))
		start = first + 1;
	if (start < *end) {
		*end = start;
		return start;
	}
	start = first;
	while (start < *end && name_run_is_title(t, start))
		start++;
	if (start > first && !name_run_is_body(es, start, *end > start ? *end - 1 : start)) {
		*end = start;
		return start;
	}
	start = behind_title(es, first, *end);
	if (start == first && (start = behind_post(es, first, *end)) > first) {
		*end = start;
		return start;
	}
	while (*end > start + 2 && text_is_in(t, *end - 1, SET_POSTNOMINAL) &&
	       (t->tokens[*end - 1].flags & TOK_ALL_CAPITALS))
		--*end; /* "Ann Lee MP" */
	*end = end_in_headline(es, start, end_before_post(es, start, *end));
	struct name_entry n; /* a known person inside: stop before the name */
	for (uint32_t k = start + 1; k < *end; k++)
		if (gazetteer_match(es->g, t, k, *end, &n) > 1 && n.kind == NAME_FULL)
			*end = k;
	return start;
}
