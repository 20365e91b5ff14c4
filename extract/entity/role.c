/* From a post to its holder, or to an actor of its own. */
#include "extract/entity/role.h"

#include "base/fold.h"
#include "extract/entity/chamber.h"
#include "extract/entity/linking.h"
#include "extract/entity/post.h"
#include "extract/syntax/labels.h"

enum {
	NAMES_BACK = 60, /* mentions that a post may take up */
	POSTS_BACK = 60, /* posts, the same */
	TITLE_MOST = 80	 /* bytes of a title that is worth keeping */
};

bool role_is_noun(const struct text *t, uint32_t head)
{
	return text_is_in(t, head, SET_ROLE) || text_is_in(t, head, SET_POST_NOUN);
}

/* --- what a post is called -------------------------------------------------------------------- */

/* Words of a title, one blank between. */
struct title {
	char p[2 * TITLE_MOST];
	size_t n;
};

static void put(struct title *to, struct str word, bool is_joint)
{
	bool parts = to->n > 0 && !is_joint;
	if (word.n == 0 || to->n + word.n + parts > sizeof to->p)
		return;
	if (parts)
		to->p[to->n++] = ' ';
	for (size_t i = 0; i < word.n; i++)
		to->p[to->n++] = word.p[i];
}

/* Small words at the end, which lead to what was left out. */
static void drop_small(struct title *t)
{
	for (;;) {
		size_t at = t->n;
		while (at > 0 && t->p[at - 1] != ' ')
			at--;
		if (at == 0 || !holder_is_small_word((struct str){t->p + at, t->n - at}))
			return;
		t->n = at - 1;
	}
}

/* Is the token no part of what the post is called: an article, a country, "current", "several"? */
static bool is_left_out(const struct entities *es, uint32_t i, uint32_t head)
{
	const struct text *t = es->t;
	unsigned tag = t->tokens[i].tag;
	return es->mention_at[i] || tag == TAG_DT || tag == TAG_PRPS || tag == TAG_POS ||
	       text_is_in(t, i, SET_PRESENT_POST) || text_is_in(t, i, SET_QUANTIFIER) ||
	       (i < head && text_is_in(t, i, SET_COURTESY_TITLE)) ||
	       (i < head && (tag == TAG_RB || tag == TAG_CD)) ||
	       !((t->tokens[i].flags & TOK_WORD) || text_is_joint(t, i));
}

/* "Finance Minister" is a finance minister; "CEO" stays. */
static struct str word_of(const struct text *t, uint32_t i, uint32_t head)
{
	bool is_title = t->tokens[head].flags & TOK_CAPITAL;
	return is_title && !(t->tokens[i].flags & TOK_ALL_CAPITALS) ? text_lower(t, i)
								    : text_token(t, i);
}

/* The words of a post as the text has them, without its country, its body and where it is held. */
static void write_words(const struct entities *es, const struct post *p, struct title *out)
{
	const struct text *t = es->t;
	bool was_joint = false;
	for (uint32_t i = p->first; i <= p->last; i++) {
		if (i > p->head && text_is_in(t, i, SET_POST_ABROAD))
			break;
		if (is_left_out(es, i, p->head))
			continue;
		bool is_joint = text_is_joint(t, i);
		if (is_joint && out->n == 0)
			continue; /* of what was left out: "ex-" */
		if (holder_is_small_word(text_token(t, i)))
			drop_small(out); /* "president of the [Associated Chambers] of" */
		put(out, word_of(t, i, p->head), is_joint || was_joint);
		was_joint = is_joint;
	}
	drop_small(out);
}

/* The first name of the title in the table that has the key: "minister of health" for "health
 * minister". Exactly that title, where one goes by it; "" for none. */
static struct str table_title(const struct holders *h, uint64_t key)
{
	struct str best = STR_EMPTY;
	uint32_t at = 0, title;
	while ((title = holders_next(h, LOOKUP_TITLES, key, &at)) != UINT32_MAX) {
		struct str names = title_names(h, title), first = names;
		(void)str_split(&names, ';', &first);
		if (holder_title_key(first) == key)
			return first;
		if (best.n == 0 && title_is(h, title, key))
			best = first;
	}
	return best;
}

static struct str title_of(struct entities *es, const struct post *p)
{
	struct title out = {.n = 0};
	struct str known = p->n_words > 1 && p->body_key == 0 && p->abroad == MAP_NONE
				   ? table_title(&es->g->holders, p->key)
				   : STR_EMPTY;
	if (known.n == 0)
		write_words(es, p, &out);
	for (uint32_t i = p->first; known.n && i < p->head; i++)
		if (text_is_in(es->t, i, SET_PAST_POST))
			put(&out, word_of(es->t, i, p->head), false);
	put(&out, known, false);
	for (uint32_t i = p->head + 1; known.n && i <= p->last; i++)
		if (text_is_joint(es->t, i) || text_is_in(es->t, i, SET_PAST_POST))
			put(&out, text_lower(es->t, i), true); /* "-elect" */
	return out.n > TITLE_MOST ? text_lower(es->t, p->head)
				  : arena_str(es->a, (struct str){out.p, out.n});
}

/* --- the post as an actor --------------------------------------------------------------------- */

static const struct actor *country_of(const struct entities *es, uint32_t country)
{
	return country == MAP_NONE ? NULL : &es->g->actors[country];
}

static struct str owned_by(struct entities *es, struct str owner, struct str title)
{
	const char *mark = str_ends(owner, STR("s")) ? "'" : "'s";
	return arena_printf(es->a, "%.*s%s %.*s", STR_ARG(owner), mark, STR_ARG(title));
}

static struct str join(struct entities *es, struct str a, struct str b)
{
	if (a.n == 0 || b.n == 0)
		return a.n ? a : b;
	return arena_printf(es->a, "%.*s-%.*s", STR_ARG(a), STR_ARG(b));
}

/* "uga-minister-of-energy", "Uganda's minister of energy". */
static int as_actor(struct entities *es, const struct post *p, uint32_t *entity)
{
	const struct actor *of = country_of(es, p->country), *home = country_of(es, p->home),
			   *abroad = country_of(es, p->abroad),
			   *body = p->body == MAP_NONE ? NULL : es->v[p->body].actor;
	struct str title = title_of(es, p), code = STR_EMPTY, slug = str_slug(es->a, title);
	if (!title.p || !slug.p)
		return -1;
	if (slug.n == 0)
		return 0;
	if (abroad && !text_is_in(es->t, p->head, SET_OFFICE_AMBASSADOR)) {
		if (body || of) /* "the mayor of Jacmel in Haiti" */
			home = home ? home : abroad;
		else /* "a provincial minister in Pakistan" */
			of = abroad;
		abroad = NULL;
	}
	if (of)
		code = str_slug(es->a, of->id);
	if (body) /* "gha-parliament" tells its country */
		code = str_starts(body->id, code) ? body->id : join(es, code, body->id);
	struct str id = join(es, code, slug), name = title, owner = STR_EMPTY;
	if (body || of)
		owner = body ? body->name : of->name;
	if (abroad) {
		struct str place = str_slug(es->a, abroad->name);
		id = arena_printf(es->a, "%.*s-to-%.*s", STR_ARG(id), STR_ARG(place));
		name = arena_printf(es->a, "%.*s to %.*s", STR_ARG(title), STR_ARG(abroad->name));
	}
	if (owner.n)
		name = owned_by(es, owner, name);
	if (!id.p || !name.p)
		return -1;
	return entities_get(es, id, name, ACTOR_ANONYMOUS,
			    of	   ? of->country
			    : home ? home->country
				   : STR_EMPTY,
			    entity);
}

/* --- whom a text means by a post -------------------------------------------------------------- */

/* Where the post with its noun at a token, or behind it, stands among those without names. */
static size_t role_from(const struct entities *es, uint32_t head)
{
	size_t low = 0, high = es->n_roles;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (es->roles[mid].head < head)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int keep(struct entities *es, struct post p, uint32_t entity)
{
	size_t at = role_from(es, p.head);
	if (arena_grow(es->a, (void **)&es->roles, &es->cap_roles, es->n_roles + 1,
		       sizeof *es->roles) < 0)
		return -1;
	for (size_t i = es->n_roles; i > at; i--)
		es->roles[i] = es->roles[i - 1];
	p.entity = entity;
	es->roles[at] = p;
	es->n_roles++;
	return 0;
}

/* The last one before that was called so without a name: "Norway's finance minister ... The
 * minister". */
static const struct post *role_before(const struct entities *es, const struct post *wanted)
{
	size_t from = role_from(es, wanted->head);
	for (size_t i = from; i-- > 0 && from - i <= POSTS_BACK;)
		if (post_is_called(es, &es->roles[i], wanted, false))
			return &es->roles[i];
	return NULL;
}

static bool is_of_person(const struct entities *es, const struct post *p)
{
	return p->body != MAP_NONE && es->v[p->body].actor->kind != ACTOR_ORGANIZATION;
}

/* The last person named who by the tables holds the post: "the president", "the deputy Russian
 * foreign minister" where Sergei Ryabkov was named. MAP_NONE for nobody. */
static uint32_t named_in_post(const struct entities *es, const struct post *post)
{
	if (post->is_past || post->n_words == 0 || is_of_person(es, post))
		return MAP_NONE;
	for (size_t i = entities_mention_after(es, post->first), steps = 0;
	     i-- > 0 && steps < NAMES_BACK; steps++) {
		const struct mention *m = &es->mentions[i];
		const struct actor *a = es->v[m->entity].actor;
		if (a->kind == ACTOR_PERSON && a->n_roles > 0 &&
		    !es->v[m->entity].by_surname_alone && linking_has_post(es, a, post))
			return m->entity;
	}
	return MAP_NONE;
}

/* Of those named before, the only one who holds an office whose title ends with the noun of a bare
 * post: "the Minister" after a science minister. Heads are called by more words. */
static uint32_t only_of_noun(const struct entities *es, const struct post *post)
{
	struct str noun = text_lower(es->t, post->head);
	uint32_t found = MAP_NONE;
	for (size_t i = entities_mention_after(es, post->first), steps = 0;
	     i-- > 0 && steps < NAMES_BACK; steps++) {
		uint32_t entity = es->mentions[i].entity;
		const struct actor *a = es->v[entity].actor;
		bool fits = false;
		for (size_t k = 0; a->kind == ACTOR_PERSON && k < a->n_roles && !fits; k++)
			fits = post_noun_is_of_role(es, &a->roles[k], noun);
		if (!fits || entity == found)
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = entity;
	}
	return found;
}

/* Does a post say no more than its noun does: "the president", "the prime minister"? */
static bool is_bare(const struct post *p)
{
	return p->n_words == 1u + p->is_prime && p->country == MAP_NONE && p->body == MAP_NONE &&
	       p->abroad == MAP_NONE && !p->is_past && !p->is_cut;
}

static bool is_subject(const struct text *t, const struct mention *m)
{
	for (uint32_t i = m->first; i <= m->last; i++)
		if (deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return true;
	return m->is_subject;
}

/* How a text speaks of somebody up to a token, the last mentions alone. */
struct standing {
	uint32_t entity;
	size_t n;
	bool is_near; /* in this paragraph, or the one before */
};

static void count(const struct entities *es, const struct mention *m, uint32_t paragraph,
		  struct standing *s)
{
	s->entity = m->entity;
	s->n++;
	s->is_near = s->is_near || text_paragraph(es->t, m->first) + 1 >= paragraph;
}

/* Whom "the president" means where the text names several in that post: the one who was named in it
 * last, if no other is near; else whom it names by far the most; else nobody that can be told. */
static uint32_t one_of_several(const struct entities *es, const struct post *wanted, uint32_t last)
{
	enum { FAR = 2, FAR_OTHER = 4 }; /* times as often as another */
	struct standing one = {.entity = last}, other = {.entity = MAP_NONE};
	size_t from = entities_mention_after(es, wanted->first);
	uint32_t paragraph = text_paragraph(es->t, wanted->first);
	for (size_t i = from; i-- > 0 && from - i <= NAMES_BACK;) {
		const struct mention *m = &es->mentions[i];
		const struct actor *a = es->v[m->entity].actor;
		if (m->entity == last)
			count(es, m, paragraph, &one);
		else if (a->kind == ACTOR_PERSON && a->n_roles > 0 &&
			 !es->v[m->entity].by_surname_alone &&
			 (other.entity == MAP_NONE || other.entity == m->entity) &&
			 linking_has_post(es, a, wanted))
			count(es, m, paragraph, &other);
	}
	if (other.n == 0 || one.n >= FAR * other.n || (one.is_near && !other.is_near))
		return last;
	return other.n >= FAR_OTHER * one.n ? other.entity : MAP_NONE;
}

/* Of those whom the text names in a bare post before: who was the subject of a clause last, in this
 * paragraph or the one before. MAP_NONE for nobody. */
static uint32_t subject_in_post(const struct entities *es, const struct post *wanted)
{
	uint32_t paragraph = text_paragraph(es->t, wanted->first);
	size_t from = entities_mention_after(es, wanted->first);
	for (size_t i = from; i-- > 0 && from - i <= NAMES_BACK;) {
		const struct mention *m = &es->mentions[i];
		if (text_paragraph(es->t, m->first) + 1 < paragraph)
			break;
		if (es->v[m->entity].actor->kind == ACTOR_PERSON && is_subject(es->t, m) &&
		    posts_holds(es, m->entity, wanted))
			return m->entity;
	}
	return MAP_NONE;
}

/* Does the text name more than one person in such a post? */
static bool names_several(const struct entities *es, const struct post *wanted)
{
	uint32_t one = MAP_NONE;
	for (size_t i = 0; i < es->n_posts; i++) {
		const struct post *p = &es->posts[i];
		if (!post_is_called(es, p, wanted, false) || p->entity == one)
			continue;
		if (one != MAP_NONE)
			return true;
		one = p->entity;
	}
	return false;
}

static uint32_t entity_of(const struct post *p)
{
	return p ? p->entity : MAP_NONE;
}

/* "A minister", and "MINISTER:", the label of a turn, take up nobody. */
static bool takes_up(const struct entities *es, const struct post *p)
{
	const struct text *t = es->t;
	if (text_is_in(t, p->head, SET_OFFICE_LEGISLATOR) && text_is(t, p->head + 1, "from") &&
	    p->head + 2 < t->n_tokens && (t->tokens[p->head + 2].flags & TOK_CAPITAL))
		return false; /* "the Senator from Tennessee": no table tells whose seat that is */
	return post_is_definite(es, p) || !(text_is_in(es->t, p->first, SET_INDEFINITE) ||
					    (es->t->tokens[p->first].flags & TOK_PARAGRAPH_START));
}

/* Does the paragraph up to a bare post name somebody else whom the text calls by it; or, before
 * "the president" in small letters, somebody who holds it, or another country? */
static bool names_other(const struct entities *es, const struct post *p, uint32_t entity)
{
	uint32_t paragraph = text_paragraph(es->t, p->first);
	bool is_small = !(es->t->tokens[p->head].flags & TOK_CAPITAL);
	for (size_t i = entities_mention_after(es, p->first); i-- > 0;) {
		const struct mention *m = &es->mentions[i];
		const struct actor *a = es->v[m->entity].actor;
		if (text_paragraph(es->t, m->first) != paragraph)
			break;
		if (is_small && a->kind == ACTOR_COUNTRY && es->v[m->entity].known != MAP_NONE &&
		    es->g->homes[es->v[m->entity].known] != es->home)
			return true;
		if (a->kind == ACTOR_PERSON && m->entity != entity &&
		    (posts_holds(es, m->entity, p) || (is_small && linking_has_post(es, a, p))))
			return true;
	}
	return false;
}

/* "The President" where those who speak are of one country: that of theirs, unless another one was
 * just named. 1 where they have none. */
static int holder_at_speakers(struct entities *es, const struct post *p, uint32_t *entity)
{
	uint32_t found = MAP_NONE;
	if (es->home == MAP_NONE)
		return 1;
	if (linking_holder_of(es, p, &found) < 0)
		return -1;
	if (found != MAP_NONE && !names_other(es, p, found))
		*entity = found;
	return found == MAP_NONE;
}

/* MAP_NONE for nobody that can be told. */
static int holder_of(struct entities *es, const struct post *p, uint32_t *entity)
{
	bool is_one = post_is_definite(es, p) && !text_is_in(es->t, p->head, SET_SPOKESMAN) &&
		      !p->is_by_pronoun;
	const struct post *role = role_before(es, p), *beside = posts_called(es, p, true);
	/* "the Vermont senator", of the senators that the text names */
	bool is_of_several = p->body != MAP_NONE && names_several(es, p);
	if (is_of_several && beside && beside->body == MAP_NONE)
		beside = NULL;
	if (is_of_several && role && role->body == MAP_NONE)
		role = NULL;
	bool is_later = role && beside && beside->head < p->head && beside->head > role->head;
	*entity = MAP_NONE;
	int rc = is_bare(p) && is_one ? holder_at_speakers(es, p, entity) : 1;
	if (rc < 0 || *entity != MAP_NONE)
		return rc < 0 ? -1 : 0;
	*entity = is_bare(p) ? subject_in_post(es, p) : MAP_NONE;
	if (*entity == MAP_NONE)
		*entity = entity_of(role && !is_later ? role : beside);
	else
		return 0;
	if (*entity == MAP_NONE)
		*entity = named_in_post(es, p);
	bool is_named = *entity != MAP_NONE;
	if (is_named && is_bare(p))
		*entity = one_of_several(es, p, *entity);
	else if (is_bare(p) && !p->is_prime && is_one &&
		 text_is_in(es->t, p->head, SET_OFFICE_MINISTER))
		*entity = only_of_noun(es, p);
	if (!is_named && *entity == MAP_NONE && is_one && rc &&
	    linking_holder_of(es, p, entity) < 0)
		return -1;
	if (*entity == MAP_NONE && !is_bare(p) && !is_of_several)
		*entity = entity_of(posts_called(es, p, false));
	return 0;
}

/* The same in a chamber, whose minister is no guest that it speaks of. */
static int holder_in_chamber(struct entities *es, const struct post *p, uint32_t *entity)
{
	bool is_own = chamber_has_post(es, p);
	struct post leader = *p;
	if (chamber_names_leader(es, &leader))
		return linking_holder_of(es, &leader, entity);
	*entity = is_own && !chamber_names_own(es, p, role_before(es, p)) ? chamber_minister(es, p)
									  : MAP_NONE;
	if (*entity != MAP_NONE)
		return 0;
	if (chamber_is_friends(es, p))
		return linking_holder_of(es, p, entity);
	if (holder_of(es, p, entity) < 0)
		return -1;
	if (is_own && *entity != MAP_NONE && chamber_is_foreign(es, *entity, p))
		*entity = MAP_NONE;
	return 0;
}

int role_resolve(struct entities *es, uint32_t first, uint32_t head, uint32_t *entity)
{
	size_t at = role_from(es, head);
	struct post p;
	*entity = MAP_NONE;
	if (at < es->n_roles && es->roles[at].head == head) {
		*entity = es->roles[at].entity;
		return 0;
	}
	*entity = chamber_labeled(es, head);
	if (*entity != MAP_NONE)
		return 0;
	const struct post *beside = posts_at(es, head);
	post_read(es, first, head, &p);
	if (p.is_cut) { /* the country may be that of a body which could not be read */
		p.country = p.body = p.home = p.abroad = MAP_NONE;
		p.body_key = 0;
		p.last = p.head;
	}
	if (beside)
		*entity = beside->entity;
	else if (!p.is_cut && takes_up(es, &p) && holder_in_chamber(es, &p, entity) < 0)
		return -1;
	if (*entity == MAP_NONE && as_actor(es, &p, entity) < 0)
		return -1;
	return *entity == MAP_NONE ? 0 : keep(es, p, *entity);
}
