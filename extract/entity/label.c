/* From the label of a turn to the person that it names. */
#include "extract/entity/label.h"

#include "base/fold.h"
#include "extract/entity/addressed.h"
#include "extract/entity/linking.h"
#include "extract/entity/person_words.h"
#include "extract/entity/post.h"
#include "extract/entity/role.h"
#include "extract/entity/surname.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/token.h"

/* Tokens of a text's head, in which it tells whom it lets speak. */
enum { HEAD_TOKENS = 400 };

/* A label taken apart: the post, and the name behind it or in its brackets. */
struct parts {
	struct range post, name; /* RANGE_NONE for none */
};

struct reader {
	struct entities *es;
	struct text title, author, short_post;
	struct map known; /* by the label's words: its first turn */
	struct addressed addressed;
};

/* --- a label's parts -------------------------------------------------------------------------- */

/* "(Mr Henry Dale)" behind a post names who holds it, and "(Henry Dale)" behind "The Minister for
 * Trade"; "(Eastham)" behind a name does not. */
static bool holds_holder(const struct text *t, uint32_t open, struct range label)
{
	return open + 2 < label.last && text_is_one_of(t, open, "( [") &&
	       (text_is_in(t, open + 1, SET_NAME_TITLE) ||
		(text_is(t, label.first, "the") && text_is_one_of(t, label.last, ") ]")));
}

/* The words behind the last title; RANGE_NONE where that is the last word. */
static struct range name_behind_titles(const struct text *t, struct range r)
{
	for (uint32_t i = r.last + 1; range_is(r) && i-- > r.first;)
		if (person_word_is_title(t, i) && !text_is_in(t, i, SET_PEER) &&
		    !text_is_one_of(t, i, "the")) {
			r.first = i + 1;
			break;
		}
	while (range_is(r) && !text_is_in(t, r.first, SET_PEER) &&
	       (person_word_is_title(t, r.first) || !(t->tokens[r.first].flags & TOK_WORD)))
		r.first++;
	return r;
}

/* "SENIOR STATE DEPARTMENT OFFICIAL ONE": a noun for a person, and no given name; a baroness has
 * none, either. */
static bool is_description(const struct entities *es, struct range r)
{
	if (map_get(&es->g->given, es->t->tokens[r.first].key) != MAP_NONE)
		return false;
	for (uint32_t i = r.first; i <= r.last; i++)
		if (!text_is_in(es->t, i, SET_PEER) &&
		    gazetteer_noun(es->g, &es->t->tokens[i], NULL) & NOUN_HUMAN)
			return true;
	return false;
}

/* "OFFICIAL ONE" */
static bool is_count(const struct text *t, struct range r)
{
	const struct word_tags *w = t->tokens[r.first].word;
	return r.first == r.last && w && w->tags[0] == TAG_CD;
}

static struct parts parts_of(const struct entities *es, struct range label)
{
	const struct text *t = es->t;
	struct parts p = {RANGE_NONE, RANGE_NONE};
	if (text_is_in(t, label.first, SET_LABEL_ANSWERER))
		return (struct parts){label, RANGE_NONE};
	struct range r = label;
	for (uint32_t i = label.first + 1; i <= label.last; i++) {
		if (!text_is_one_of(t, i, "( ["))
			continue;
		r.last = i - 1;
		if (holds_holder(t, i, label)) {
			p.post = r;
			p.name = name_behind_titles(t, (struct range){i + 1, label.last - 1});
			return p;
		}
		break;
	}
	p.name = name_behind_titles(t, r);
	if (range_is(p.name) && ((p.name.first == r.first && is_description(es, p.name)) ||
				 text_is_one_of(t, p.name.first, "and &") || is_count(t, p.name)))
		p.name = RANGE_NONE; /* "MINISTER OF JUSTICE AND DEFENSE": no Justice */
	for (uint32_t i = p.name.first; range_is(p.name) && i <= p.name.last; i++)
		if (text_is_one_of(t, i, "of , for")) { /* "The Minister for Trade", "Lord Bassam of
							   Brighton" */
			bool is_post = i == p.name.first || person_word_is_title(t, i - 1);
			if (is_post)
				p.name = RANGE_NONE;
			else if (text_is(t, i, ",") || !text_is_in(t, p.name.first, SET_PEER))
				p.name.last = i - 1;
			break;
		}
	if (!range_is(p.name))
		p.post = r;
	else if (p.name.first > r.first)
		p.post = (struct range){r.first, p.name.first - 1};
	return p;
}

/* --- persons ---------------------------------------------------------------------------------- */

/* The full name in which a surname stands in a title or a head; its first word, or the surname's.
 */
static struct range full_name(const struct entities *es, const struct text *t, uint32_t last)
{
	struct range r = {last, last};
	while (r.first > 0 && last - r.first < PERSON_WORDS_MAX &&
	       !(t->tokens[r.first].flags & TOK_PARAGRAPH_START) &&
	       person_word_is_given(es, t, r.first - 1))
		r.first--;
	return r;
}

/* A surname in the title or the author's name, with what stands before it. */
static int surname_in(struct entities *es, const struct text *t, uint64_t surname,
		      struct referent *out)
{
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		bool is_initial = text_token(t, i).n == 1; /* "J:" is none of "P J KEATING" */
		struct range r = t->tokens[i].key == surname && !is_initial ? full_name(es, t, i)
									    : RANGE_NONE;
		if (range_is(r) && r.first < r.last)
			return person_words_name(es, t, r, out);
	}
	return 0;
}

static bool is_person(const struct entities *es, uint32_t entity)
{
	return entity != MAP_NONE && es->v[entity].actor->kind == ACTOR_PERSON;
}

/* "Ann Lee", not "Mr. Lee". */
static bool has_given_name(const struct entities *es, const struct entity *who)
{
	struct str name = who->actor->name;
	size_t blank = str_find(name, STR(" "), 0);
	return blank != SIZE_MAX &&
	       !word_sets_has_nocase(es->t->word_sets, str_sub(name, 0, blank), SET_NAME_TITLE);
}

/* Of several with a surname the one whom the text gives a word of the post: "AMBASSADOR KIM". */
static uint32_t bearer_in_post(const struct entities *es, uint64_t surname, struct range post)
{
	for (size_t i = 0; range_is(post) && i < es->n_posts; i++) {
		const struct post *p = &es->posts[i];
		if (p->entity == MAP_NONE || es->v[p->entity].surname != surname)
			continue;
		for (uint32_t k = post.first; k <= post.last; k++)
			if (es->t->tokens[k].key == es->t->tokens[p->head].key)
				return p->entity;
	}
	return MAP_NONE;
}

static int by_surname(struct reader *r, struct parts p, struct referent *out)
{
	struct entities *es = r->es;
	uint64_t surname = es->t->tokens[p.name.last].key;
	uint32_t index = bearer_in_post(es, surname, p.post);
	if (index == MAP_NONE)
		index = map_get(&es->by_surname, surname);
	if (is_person(es, index) && has_given_name(es, &es->v[index])) {
		out->actor = es->v[index].actor;
		return 1;
	}
	int rc = surname_in(es, &r->title, surname, out);
	if (rc == 0)
		rc = surname_in(es, &r->author, surname, out);
	if (rc != 0)
		return rc;
	uint32_t known = gazetteer_titled(es->g, surname, es->t, p.post, es->day);
	if (known == MAP_NONE)
		return person_words_name(es, es->t, p.name, out);
	if (entities_of_known(es, known, &index) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 1;
}

/* Of whose name all words of a label are the end: "VON DER LEYEN" of Ursula von der Leyen; MAP_NONE
 * for nobody. */
static uint32_t bearer_of_words(const struct entities *es, struct range name)
{
	enum { MOST = 500 }; /* entities that are looked at */
	struct str words = text_range(es->t, name.first, name.last);
	for (uint32_t i = 0; i < es->n && i < MOST; i++)
		if (is_person(es, i) && surname_ends(es->v[i].actor->name, words))
			return i;
	return MAP_NONE;
}

static int by_full_name(struct reader *r, struct parts p, struct referent *out)
{
	uint32_t index = bearer_of_words(r->es, p.name);
	if (index != MAP_NONE) {
		out->actor = r->es->v[index].actor;
		return 1;
	}
	struct entities *es = r->es;
	const struct mention *m = entities_mention(es, p.name.last);
	if (text_is_in(es->t, p.name.first, SET_PEER)) { /* "Lord Lee of Eastham" */
		m = entities_mention(es, p.name.first + 1);
		m = m && es->v[m->entity].actor->n_roles > 0 ? m : NULL;
	} else if (m && m->first > p.name.first) {
		m = NULL;
	}
	if (m && is_person(es, m->entity)) {
		out->actor = es->v[m->entity].actor;
		return 1;
	}
	return person_words_name(es, es->t, p.name, out);
}

/* --- posts ------------------------------------------------------------------------------------ */

/* The name right behind a post's last word: "THE PRIME MINISTER, MR. JOHN GORTON", "Vice President
 * Biden". */
static struct range name_after(const struct entities *es, const struct text *t, uint32_t i)
{
	enum { BETWEEN = 5 };
	uint32_t first = person_words_behind_titles(t, i + 1);
	struct range name = RANGE_NONE;
	if (first < t->n_tokens && first < i + BETWEEN)
		name = person_words_at(es, t, first);
	if (!range_is(name) && first == i + 1 && first < t->n_tokens &&
	    (t->tokens[first].flags & TOK_CAPITAL))
		name = (struct range){first, first};
	return name;
}

/* Do the words of a post end at token i? */
static bool post_ends_at(const struct text *post, struct range p, const struct text *t, uint32_t i)
{
	for (uint32_t k = p.last + 1; k-- > p.first;) {
		if (text_is(post, k, "the") || !(post->tokens[k].flags & TOK_WORD))
			continue;
		if (post->tokens[k].key != t->tokens[i].key)
			return false;
		if (i-- == 0)
			return k == p.first || (k == p.first + 1 && text_is(post, p.first, "the"));
	}
	return true;
}

/* Did a person of the tables hold the post before, and not on the day: "Prime Minister Fraser" in a
 * later year? */
static bool is_former(const struct entities *es, const struct actor *who, const struct text *t,
		      struct range post)
{
	uint64_t key = holder_title_key(text_range(t, post.first, post.last));
	bool was = false;
	for (size_t i = 0; es->day != DAY_NONE && i < who->n_roles; i++) {
		const struct role *r = &who->roles[i];
		if (!titles_are_one(&es->g->holders, key, holder_title_key(r->title)))
			continue;
		if (role_is_held(r, es->day))
			return false;
		was = was || (r->to != DAY_NONE && r->to < es->day);
	}
	return was;
}

/* A name that stands with a post, of one word or more. */
static int take_name(struct entities *es, const struct text *post_text, struct range post,
		     const struct text *t, struct range name, struct referent *out)
{
	if (name.first < name.last)
		return person_words_name(es, t, name, out);
	uint32_t index, known = gazetteer_titled(es->g, t->tokens[name.first].key, post_text, post,
						 es->day);
	if (known == MAP_NONE)
		index = map_get(&es->by_surname, t->tokens[name.first].key);
	else if (entities_of_known(es, known, &index) < 0)
		return -1;
	if (!is_person(es, index))
		return 0;
	out->actor = es->v[index].actor;
	return 1;
}

static int post_in(struct entities *es, const struct text *words, struct range post,
		   const struct text *t, struct referent *out)
{
	for (uint32_t i = 0; i < t->n_tokens && i < HEAD_TOKENS; i++) {
		struct range name =
			post_ends_at(words, post, t, i) ? name_after(es, t, i) : RANGE_NONE;
		int rc = range_is(name) ? take_name(es, words, post, t, name, out) : 0;
		if (rc < 0 || (rc > 0 && !is_former(es, out->actor, words, post)))
			return rc;
	}
	out->actor = NULL;
	return 0;
}

/* A person named with the post in the head of the text. */
static int post_before_name(struct entities *es, const struct text *words, struct range post,
			    struct referent *out)
{
	for (size_t i = 0; i < es->n_mentions && es->mentions[i].first < HEAD_TOKENS; i++) {
		const struct mention *m = &es->mentions[i];
		if (m->outer == m->first || !is_person(es, m->entity) ||
		    !post_ends_at(words, post, es->t, m->first - 1) ||
		    is_former(es, es->v[m->entity].actor, words, post))
			continue;
		out->actor = es->v[m->entity].actor;
		return 1;
	}
	return 0;
}

/* The author, where that is somebody who held the post on the day. */
static int post_of_author(struct reader *r, const struct text *words, struct range post,
			  struct referent *out)
{
	for (uint32_t i = 0; i < r->author.n_tokens; i++) {
		uint32_t index, known = gazetteer_titled(r->es->g, r->author.tokens[i].key, words,
							 post, r->es->day);
		if (known == MAP_NONE)
			continue;
		if (entities_of_known(r->es, known, &index) < 0)
			return -1;
		out->actor = r->es->v[index].actor;
		return 1;
	}
	return 0;
}

/* Whom the questions address by name, who held the post on the day. */
static int post_addressed(struct reader *r, const struct text *words, struct range post,
			  struct referent *out)
{
	uint32_t index, known = addressed_in_post(r->es, &r->addressed, words, post);
	if (known == MAP_NONE)
		return 0;
	if (entities_of_known(r->es, known, &index) < 0)
		return -1;
	out->actor = r->es->v[index].actor;
	return 1;
}

/* Who held the post on the day in the country that the text is about. `label`: as it stands in the
 * text; `words`, `post`: written out. */
static int post_at_home(struct entities *es, struct range label, const struct text *words,
			struct range post, struct referent *out)
{
	struct post p;
	uint32_t index, head = label.first;
	while (head < label.last && !role_is_noun(es->t, head))
		head++;
	post_read(es, label.first, head, &p);
	if (words != es->t) {
		p.n_words = post.last + 1;
		p.key = holder_title_key(text_range(words, post.first, post.last));
	} else if (p.last != label.last) {
		return 0;
	}
	if (linking_holder_of(es, &p, &index) < 0)
		return -1;
	/* premiers are those of states, too */
	if (index == MAP_NONE && !text_is_in(es->t, p.head, SET_OFFICE_GOVERNOR) &&
	    linking_holder_who_speaks(es, p.key, &index) < 0)
		return -1;
	if (!is_person(es, index))
		return 0;
	out->actor = es->v[index].actor;
	return 1;
}

/* The words of a post: "PM" is short for some. */
static int post_words(struct reader *r, struct range *post, const struct text **t)
{
	*t = r->es->t;
	if (!text_is_one_of(*t, post->first, "pm pm."))
		return 0;
	if (r->short_post.n_tokens == 0 &&
	    text_tokenize(&r->short_post, STR("Prime Minister"), r->es->lx, r->es->a) < 0)
		return -1;
	*t = &r->short_post;
	*post = (struct range){0, (uint32_t)r->short_post.n_tokens - 1};
	return 0;
}

/* "A" for who answers: the only person that the title names. */
static int answerer(struct reader *r, struct referent *out)
{
	const struct text *t = &r->title;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		struct range name = person_words_at(r->es, t, i);
		if (range_is(name))
			return person_words_name(r->es, t, name, out);
	}
	return 0;
}

static int by_post(struct reader *r, struct range post, struct referent *out)
{
	struct entities *es = r->es;
	const struct text *words;
	const struct range label = post;
	if (text_is_one_of(es->t, post.first, "a a. answer"))
		return answerer(r, out);
	if (post_words(r, &post, &words) < 0)
		return -1;
	out->role = text_range(words, post.first, post.last);
	int rc = post_in(es, words, post, &r->title, out);
	if (rc == 0)
		rc = post_before_name(es, words, post, out);
	if (rc == 0)
		rc = post_in(es, words, post, es->t, out);
	if (rc == 0)
		rc = post_of_author(r, words, post, out);
	if (rc == 0)
		rc = post_addressed(r, words, post, out);
	if (rc == 0)
		rc = post_at_home(es, label, words, post, out);
	return rc != 0 ? rc : person_words_post(es, words, post, out);
}

/* --- all together ----------------------------------------------------------------------------- */

static int resolve(struct reader *r, struct range label, struct referent *out)
{
	struct parts p = parts_of(r->es, label);
	if (!range_is(p.name))
		return by_post(r, p.post, out);
	if (range_is(p.post) && !text_is_in(r->es->t, p.post.first, SET_COURTESY_TITLE))
		out->role = text_range(r->es->t, p.post.first, p.post.last);
	return p.name.first == p.name.last ? by_surname(r, p, out) : by_full_name(r, p, out);
}

/* Is a mere name a person's, by the gazetteer, a given name, or a fuller name elsewhere? */
static bool is_persons(const struct reader *r, const struct actor *who, struct range label)
{
	const struct entities *es = r->es;
	struct parts p = parts_of(es, label);
	uint32_t at = who ? map_get(&es->by_id, str_hash(who->id)) : MAP_NONE;
	if (!range_is(p.name) || !who || who->kind != ACTOR_PERSON)
		return false;
	if (at == MAP_NONE || es->v[at].known != MAP_NONE) /* of the gazetteer */
		return true;
	return p.name.first == p.name.last
		       ? has_given_name(es, &es->v[at])
		       : map_get(&es->g->given, es->t->tokens[p.name.first].key) != MAP_NONE;
}

static uint64_t key_of(const struct text *t, struct range r)
{
	uint64_t key = 7;
	for (uint32_t i = r.first; range_is(r) && i <= r.last; i++)
		key = key_mix(key, t->tokens[i].key);
	return key;
}

/* --- the country that is spoken for ----------------------------------------------------------- */

void entities_find_home(struct entities *es, const struct referent *speakers, size_t n)
{
	size_t lead = 0, its = 0, all = 0;
	for (size_t i = 0; i < n; i++) { /* who has more than half is left over */
		uint32_t home = linking_country_of(es, speakers[i].actor);
		if (home == MAP_NONE)
			continue;
		all++;
		if (lead == 0)
			es->home = home;
		lead = es->home == home ? lead + 1 : lead - 1;
	}
	for (size_t i = 0; i < n; i++)
		its += es->home != MAP_NONE &&
		       linking_country_of(es, speakers[i].actor) == es->home;
	if (4 * its < 3 * all)
		es->home = MAP_NONE;
	if (es->home == MAP_NONE)
		es->home = es->home_of_outlet;
}

/* Speakers by a word of their names. */
struct names_of_speakers {
	struct map firsts, surnames; /* word keys -> entities, or SEVERAL */
};

enum { SEVERAL = UINT32_MAX - 1 };

static int note_name(struct map *m, uint64_t key, uint32_t entity, struct arena *a)
{
	uint32_t *at = map_at(m, key, a);
	if (!at)
		return -1;
	*at = *at == MAP_NONE || *at == entity ? entity : SEVERAL;
	return 0;
}

static int note_names(struct entities *es, const struct actor *who, struct names_of_speakers *n)
{
	uint32_t entity = who ? map_get(&es->by_id, str_hash(who->id)) : MAP_NONE;
	if (entity == MAP_NONE || who->kind != ACTOR_PERSON)
		return 0;
	for (size_t i = 0; i <= who->aliases.n; i++) {
		struct str rest = i ? who->aliases.v[i - 1] : who->name, first = STR_EMPTY;
		(void)str_split(&rest, ' ', &first);
		if (rest.n && note_name(&n->firsts, word_key(first), entity, es->a) < 0)
			return -1;
	}
	uint64_t surname = es->v[entity].surname;
	return surname ? note_name(&n->surnames, surname, entity, es->a) : 0;
}

/* "Dear Antony", "LEE:", of an Antony and a Lee who speak. */
static int name_by_parts(struct entities *es, const struct referent *v)
{
	struct names_of_speakers n = {0};
	for (size_t i = 0; i < es->t->n_turns; i++)
		if ((i == 0 || v[i].actor != v[i - 1].actor) && note_names(es, v[i].actor, &n) < 0)
			return -1;
	for (size_t i = 0; i < es->n_mentions; i++) {
		struct mention *m = &es->mentions[i];
		const struct entity *e = &es->v[m->entity];
		uint64_t key = es->t->tokens[m->first].key;
		if (e->known != MAP_NONE || e->holder != MAP_NONE || e->body != MAP_NONE ||
		    m->first != m->last || has_given_name(es, e) || !e->surname)
			continue;
		uint32_t speaker = map_get(&n.surnames, e->surname);
		if (speaker == MAP_NONE && m->outer == m->first &&
		    map_get(&es->g->given, key) != MAP_NONE)
			speaker = map_get(&n.firsts, key);
		m->entity = speaker < SEVERAL ? speaker : m->entity;
	}
	return 0;
}

/* The name in a label is whom the label was resolved to, unless a table knows it otherwise. */
static void take_name_of(const struct entities *es, const struct turn *k, const struct referent *v)
{
	uint32_t mention = es->mention_at[k->label.last],
		 speaker = v->actor ? map_get(&es->by_id, str_hash(v->actor->id)) : MAP_NONE;
	struct mention *m = mention ? &es->mentions[mention - 1] : NULL;
	if (m && m->first < m->last && m->first >= k->label.first && is_person(es, speaker) &&
	    is_person(es, m->entity) && es->v[m->entity].known == MAP_NONE &&
	    es->v[m->entity].holder == MAP_NONE)
		m->entity = speaker;
}

int entities_of_labels(struct entities *es, struct str title, struct str author,
		       struct referent **out)
{
	const struct text *t = es->t;
	struct reader r = {.es = es};
	struct referent *v = arena_array(es->a, t->n_turns, sizeof *v);
	*out = v;
	if (!v || text_tokenize(&r.title, title, es->lx, es->a) < 0 ||
	    text_tokenize(&r.author, author, es->lx, es->a) < 0)
		return -1;
	addressed_find(t, &r.addressed);
	for (uint32_t i = 0; i < t->n_turns; i++) {
		const struct turn *k = &t->turns[i];
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		v[i] = (struct referent){.via = VIA_TURN, .role = STR_EMPTY};
		if (k->is_question || !range_is(k->label))
			continue;
		uint32_t *at = map_at(&r.known, key_of(t, k->label), es->a);
		if (!at)
			return -1;
		if (*at != MAP_NONE) {
			v[i] = v[*at];
			continue;
		}
		*at = i;
		if (resolve(&r, k->label, &v[i]) < 0)
			return -1;
		if (v[i].actor && actor_post(v[i].actor, es->day).n > 0)
			v[i].role = STR_EMPTY; /* the table's words are better than "SECRETARY" */
		if (k->is_name && !is_persons(&r, v[i].actor, k->label))
			v[i].actor = NULL;
	}
	for (uint32_t i = 0; i < t->n_turns; i++)
		if (range_is(t->turns[i].label))
			take_name_of(es, &t->turns[i], &v[i]);
	if (name_by_parts(es, v) < 0)
		return -1;
	entities_find_home(es, v, t->n_turns);
	return 0;
}
