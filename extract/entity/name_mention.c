/* What both passes over the names of a text share: their parts, titles and gender, and the mention
 * that is made of one. */
#include "extract/entity/name_mention.h"

#include "extract/entity/name_run.h"
#include "extract/entity/name_type.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/text/text.h"

/* No name has more parts; hostile text has, and would be walked over again and again. */
enum { NAME_PARTS = 4 };

uint32_t name_joint_first(const struct text *t, uint32_t i)
{
	for (int n = 1;
	     n < NAME_PARTS && i > 1 && text_is_joint(t, i - 1) && name_run_has(t, i - 2); n++)
		i -= 2;
	return i;
}

uint32_t name_joint_last(const struct text *t, uint32_t i)
{
	for (int n = 1; n < NAME_PARTS && i + 2 < t->n_tokens && text_is_joint(t, i + 1) &&
			name_run_has(t, i + 2);
	     n++)
		i += 2;
	return i;
}

uint64_t name_key_of(const struct text *t, uint32_t first, uint32_t last)
{
	return first == last ? t->tokens[first].key : word_key(text_range(t, first, last));
}

int name_add_mention(struct entities *es, struct mention m)
{
	if (arena_grow(es->a, (void **)&es->mentions, &es->cap_mentions, es->n_mentions + 1,
		       sizeof *es->mentions) < 0)
		return -1;
	uint32_t after = m.last + 1;
	while (text_tag(es->t, after) == TAG_RB)
		after++;
	unsigned tag = text_tag(es->t, after);
	unsigned before = m.outer > 0 ? es->t->tokens[m.outer - 1].tag : TAG_STOP;
	m.is_subject = tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
	m.may_be_subject = m.is_subject || before == TAG_COMMA || before == TAG_STOP ||
			   before == TAG_SC || before == TAG_CC || before == TAG_PUNCT ||
			   (es->t->tokens[m.outer].flags & TOK_PARAGRAPH_START);
	es->mentions[es->n_mentions++] = m;
	for (uint32_t i = m.first; i <= m.last; i++)
		es->mention_at[i] = (uint32_t)es->n_mentions;
	return 0;
}

char name_gender(const struct entities *es, uint32_t outer, uint32_t first, uint32_t last)
{
	for (uint32_t i = outer; i <= first; i++) {
		char g = gazetteer_noun_gender(es->g, &es->t->tokens[i]);
		if (g)
			return g;
	}
	uint32_t g = map_get(&es->g->given, es->t->tokens[first].key);
	if (first == last && map_get(&es->g->surnames, es->t->tokens[first].key) != MAP_NONE)
		return 0;
	return g == MAP_NONE || g == 'u' ? 0 : (char)g;
}

int name_note_full(struct entities *es, uint32_t entity, uint64_t surname)
{
	uint32_t *at = map_at(&es->by_surname, surname, es->a);
	if (!at)
		return -1;
	*at = entity;
	return 0;
}

enum actor_kind name_actor_kind(const float *w)
{
	return name_type_best(w) == WEIGH_PERSON ? ACTOR_PERSON : ACTOR_ORGANIZATION;
}

/* First of the titles that end before a token, which "of" may hold together: "Secretary of State".
 */
static uint32_t titles_from(const struct text *t, uint32_t i, uint32_t low)
{
	const uint32_t name = i;
	while (i > low && !(t->tokens[i].flags & TOK_PARAGRAPH_START)) {
		if (name_run_is_title(t, i - 1))
			i--;
		else if (i < name && i > low + 1 && text_is_one_of(t, i - 1, "of for") &&
			 (t->tokens[i].flags & TOK_CAPITAL) && name_run_is_title(t, i - 2) &&
			 (t->tokens[i - 2].flags & TOK_CAPITAL))
			i -= 2;
		else
			break;
	}
	return i;
}

uint32_t name_titles_before(const struct entities *es, uint32_t first, uint32_t low)
{
	const struct text *t = es->t;
	uint32_t i = titles_from(t, first, low);
	bool is_courtesy = i < first;
	for (uint32_t k = i; k < first; k++)
		is_courtesy = is_courtesy && text_is_in(t, k, SET_COURTESY_TITLE);
	/* not "the Premier of Victoria" */
	bool is_given = i == first && i > 0 && !text_is_one_of(t, i - 1, "of for") &&
			map_get(&es->g->given, t->tokens[first].key) != MAP_NONE;
	uint32_t title = is_given || is_courtesy ? name_run_title_of(es, i) : MAP_NONE;
	if (title != MAP_NONE)
		return titles_from(t, title, low);
	while (i < first && i > low &&
	       (es->mention_at[i - 1] || text_is(t, i - 1, "’s") || text_is(t, i - 1, "'s") ||
		text_is(t, i - 1, "of")) &&
	       first - i < 8)
		i--;
	while (i < first && (text_is(t, i, "of") || t->tokens[i].tag == TAG_POS))
		i++;
	return i;
}
