/* Other ways to read the same phrase. Each drops no condition: it says one otherwise. */
#include "api/query/phrase.h"

#include "base/fold.h"

static size_t find(const struct phrase *p, const char *name)
{
	size_t i = 0;
	while (i < p->n && !str_eq(p->terms[i].name, str_of(name)))
		i++;
	return i;
}

static void drop(struct phrase *p, size_t at)
{
	if (at >= p->n)
		return;
	p->n--;
	for (size_t i = at; i < p->n; i++)
		p->terms[i] = p->terms[i + 1];
}

static int say_otherwise(struct phrase *p, size_t at, const char *name, struct str value,
			 struct err *e)
{
	if (!value.p)
		return arena_full(e);
	p->terms[at].name = str_of(name);
	p->terms[at].given.value = value;
	return 1;
}

static void add_note(struct phrase *p, const char *text)
{
	if (p->n_notes < PHRASE_NOTES_MAX)
		p->notes[p->n_notes++] = str_of(text);
}

/* "the mayor of London" as the words of the post that an article gives. */
static int office_as_role(struct phrase *p, struct arena *a, struct err *e)
{
	drop(p, find(p, "role"));
	size_t at = find(p, "speaker");
	add_note(p, "the post and the name beside it are searched in the posts that articles give");
	return at == p->n ? 0 : say_otherwise(p, at, "role", str_fold(a, p->office.whole), e);
}

/* "Labour politicians": whose post has the name in it, as "Labour leader". */
static int owner_as_role(struct phrase *p, struct arena *a, struct err *e)
{
	drop(p, find(p, "role"));
	size_t at = find(p, "speaker");
	add_note(p, "the name is searched in the posts that articles give");
	return at == p->n ? 0 : say_otherwise(p, at, "role", str_fold(a, p->office.name), e);
}

/* The post that the article gives, and whose it is said near. */
static int office_and_words(struct phrase *p, struct arena *a, struct err *e)
{
	size_t role = find(p, "role"), at = find(p, "speaker");
	add_note(p,
		 "the post is searched in those that articles give, the name near the statements");
	if (role == p->n)
		return 0;
	if (say_otherwise(p, role, "role", str_fold(a, p->office.post), e) < 0)
		return -1;
	if (at < p->n)
		return say_otherwise(p, at, "about", p->office.name, e);
	if (p->n == PHRASE_TERMS_MAX)
		return 0;
	p->terms[p->n] = p->terms[role];
	return say_otherwise(p, p->n++, "about", p->office.name, e);
}

/* The post and its owner as words that stand near. */
static int office_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	if (find(p, "speaker") < p->n)
		drop(p, find(p, "role"));
	size_t at = find(p, "speaker");
	at = at < p->n ? at : find(p, "role");
	add_note(p, "nobody's post is given so: the words are searched near the statements");
	return at == p->n ? 0
			  : say_otherwise(p, at, "about",
					  arena_printf(a, "%.*s %.*s", STR_ARG(p->office.post),
						       STR_ARG(p->office.name)),
					  e);
}

/* What is filed under an issue, and what names it too. */
static int issue_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	(void)a;
	size_t at = find(p, "issue");
	if (at == p->n || str_starts(p->terms[at].given.value, STR("!")))
		return 0;
	add_note(p, "the issue is searched as words too, in the statements and near them");
	return say_otherwise(p, at, "about", p->terms[at].given.value, e);
}

/* Who is accused or threatened, supported or opposed, where no target is known. */
static int target_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	(void)a;
	size_t at = find(p, "target"), position = find(p, "target_position");
	if (at == p->n || (find(p, "act") == p->n && position == p->n) ||
	    str_starts(p->terms[at].given.value, STR("!")))
		return 0;
	if (position < p->n)
		p->terms[position].name = STR("position");
	add_note(p, "no statement has this target: the name is searched in them and near them");
	return say_otherwise(p, at, "about", p->terms[at].given.value, e);
}

/* Of words that give nobody a place, all is what it is about; and who has no name is found by the
 * words beside what is said. */
static int speaker_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	(void)a;
	size_t at = find(p, "speaker");
	if (at == p->n || !(p->is_keywords || p->is_anonymous) || p->wish == WISH_COMPARE ||
	    str_starts(p->terms[at].given.value, STR("!")))
		return 0;
	add_note(p,
		 p->is_anonymous
			 ? "nobody of this name says so: the words are searched near the statements"
			 : "no word says who speaks: the name is what it is about as well");
	return say_otherwise(p, at, "about", p->terms[at].given.value, e);
}

static size_t names_in(const struct phrase_topic *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += t->is_name[i];
	return n;
}

/* The topic without the words for which `leave` is set. */
static int say_less(struct phrase *p, const bool leave[PHRASE_TOPIC_MAX], struct arena *a,
		    struct err *e)
{
	const struct phrase_topic *t = &p->topic;
	struct str kept = STR_EMPTY, left = STR_EMPTY;
	for (size_t i = 0; i < t->n; i++) {
		struct str *to = leave[i] ? &left : &kept;
		*to = arena_printf(a, "%.*s%s%.*s", STR_ARG(*to), to->n ? " " : "",
				   STR_ARG(t->v[i]));
		if (!to->p)
			return arena_full(e);
	}
	struct str note = arena_printf(
		a, "no statement has all these words near it; without \"%.*s\" there are some",
		STR_ARG(left));
	if (!note.p)
		return arena_full(e);
	p->left_out = left;
	if (p->n_notes < PHRASE_NOTES_MAX)
		p->notes[p->n_notes++] = note;
	return say_otherwise(p, t->term, "about", kept, e);
}

/* Where nothing has all the words: without one of them, the last first, then by the names alone.
 * Names stay, and of words alone at least two. Not where the topic is all that is asked for, nor
 * where a position is: "tax" is not "tax cuts". */
static int fewer_words(const struct phrase *p, int number, struct arena *a, struct phrase *out,
		       struct err *e)
{
	const struct phrase_topic *t = &p->topic;
	bool leave[PHRASE_TOPIC_MAX] = {false};
	size_t names = names_in(t);
	int n = 0;
	*out = *p;
	if (p->n < 2 || find(p, "position") < p->n || (names == 0 && t->n < 3))
		return 0;
	for (size_t i = t->n; i-- > 0;)
		if (!t->is_name[i] && ++n == number) {
			leave[i] = true;
			return say_less(out, leave, a, e);
		}
	if (names == 0 || t->n - names < 2 || n + 1 != number)
		return 0;
	for (size_t i = 0; i < t->n; i++)
		leave[i] = !t->is_name[i];
	return say_less(out, leave, a, e);
}

int phrase_reading(const struct phrase *p, int number, struct arena *a, struct phrase *out,
		   struct err *e)
{
	static const struct {
		int (*read)(struct phrase *, struct arena *, struct err *);
		bool of_office;
	} readings[] = {{office_as_role, true},	  {office_and_words, true},
			{owner_as_role, true},	  {office_as_words, true},
			{issue_as_words, false},  {target_as_words, false},
			{speaker_as_words, false}};
	int n = 0;
	for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
		if (readings[i].of_office && !p->office.whole.n)
			continue;
		*out = *p;
		int rc = readings[i].read(out, a, e);
		if (rc < 0 || (rc > 0 && ++n == number))
			return rc;
	}
	return p->topic.n ? fewer_words(p, number - n, a, out, e) : 0;
}

void phrase_write(struct jw *j, const struct phrase *p)
{
	JW_NAME(j, "unparsed");
	jw_open_array(j);
	for (size_t i = 0; i < p->n_unparsed; i++)
		jw_string(j, p->unparsed[i]);
	jw_close_array(j);
	JW_NAME(j, "notes");
	jw_open_array(j);
	for (size_t i = 0; i < p->n_notes; i++)
		jw_string(j, p->notes[i]);
	jw_close_array(j);
}
