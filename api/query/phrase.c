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
	if (at == p->topic.term)
		p->topic.n = 0;
	else if (at < p->topic.term)
		p->topic.term--;
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

/* "Labour politicians": whose post has the name in it, as "Labour leader". Who has another post
 * than the one that is named is not meant. */
static int owner_as_role(struct phrase *p, struct arena *a, struct err *e)
{
	size_t at = find(p, "speaker");
	if (find(p, "role") < p->n)
		return 0;
	add_note(p, "the name is searched in the posts that articles give");
	return at == p->n ? 0 : say_otherwise(p, at, "role", str_fold(a, p->office.name), e);
}

/* The post that the article gives, and whose it is said near. */
static int office_and_words(struct phrase *p, struct arena *a, struct err *e)
{
	size_t role = find(p, "role"), at = find(p, "speaker");
	p->is_office_near = true;
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
	p->is_office_near = true;
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

/* Who is accused or threatened, supported or opposed, where no target is known. Such a one is not
 * who does it. */
static int target_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	size_t at = find(p, "target"), position = find(p, "target_position");
	if (at == p->n || (find(p, "act") == p->n && position == p->n) ||
	    str_starts(p->terms[at].given.value, STR("!")))
		return 0;
	if (position < p->n)
		p->terms[position].name = STR("position");
	add_note(p, "few statements or none have this target: the name is searched in them and "
		    "near them");
	if (p->wish == WISH_ACTORS && find(p, "speaker") == p->n && p->n < PHRASE_TERMS_MAX) {
		p->terms[p->n++] = (struct phrase_term){
			STR("speaker"),
			{.value = arena_printf(a, "!%.*s", STR_ARG(p->terms[at].given.value))}};
		if (!p->terms[p->n - 1].given.value.p)
			return arena_full(e);
	}
	return say_otherwise(p, at, "about", p->terms[at].given.value, e);
}

static bool names_speaker(const struct phrase *p)
{
	return find(p, "speaker") < p->n && !p->is_anonymous;
}

/* On what is asked about, but for whatever side. */
static int any_stance(struct phrase *p, struct err *e)
{
	static const char *const stances[] = {"act", "position", "target_position"};
	size_t n = p->n, target = find(p, "target");
	if (target < p->n)
		(void)say_otherwise(p, target, "about", p->terms[target].given.value, e);
	for (size_t i = 0; i < sizeof stances / sizeof stances[0]; i++)
		for (size_t at; (at = find(p, stances[i])) < p->n;)
			drop(p, at);
	return p->n < n && (find(p, "about") < p->n || find(p, "issue") < p->n);
}

/* "Does she support tariffs": who asks so wants to hear what she says of them, also where that is
 * not that. */
static int without_stance(struct phrase *p, struct arena *a, struct err *e)
{
	(void)a;
	if (!p->is_yes_no || !names_speaker(p))
		return 0;
	add_note(p, "no statement says so: what is said of it in any way is here");
	return any_stance(p, e);
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

/* Who was accused: of what, no statement has near it. */
static int act_alone(struct phrase *p, struct arena *a, struct err *e)
{
	size_t at = find(p, "about");
	if (find(p, "act") == p->n || find(p, "target") == p->n || at == p->n)
		return 0;
	struct str words = p->terms[at].given.value;
	struct str note = arena_printf(a,
				       "no statement has all these words near it; without \"%.*s\" "
				       "there are some",
				       STR_ARG(words));
	if (!note.p)
		return arena_full(e);
	p->left_out = words;
	if (p->n_notes < PHRASE_NOTES_MAX)
		p->notes[p->n_notes++] = note;
	drop(p, at);
	return 1;
}

/* "Quux resigns as leader": a post beside a person may be what it is about. */
static int role_as_words(struct phrase *p, struct arena *a, struct err *e)
{
	(void)a;
	size_t at = find(p, "role");
	if (at == p->n || p->office.whole.n || !names_speaker(p))
		return 0;
	add_note(p, "nobody of this name has the post: it is searched near the statements");
	return say_otherwise(p, at, "about", p->terms[at].given.value, e);
}

static size_t names_in(const struct phrase_topic *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += t->is_name[i];
	return n;
}

/* The topic without the words for which `leave` is set; `found` statements have them all. */
static int say_less(struct phrase *p, const bool leave[PHRASE_TOPIC_MAX], int found,
		    struct arena *a, struct err *e)
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
	struct str note =
		found ? arena_printf(a,
				     "statements that have all these words near them: %d; without "
				     "\"%.*s\" there are more",
				     found, STR_ARG(left))
		      : arena_printf(a,
				     "no statement has all these words near it; without \"%.*s\" "
				     "there are some",
				     STR_ARG(left));
	if (!note.p)
		return arena_full(e);
	p->left_out = left;
	if (p->n_notes < PHRASE_NOTES_MAX)
		p->notes[p->n_notes++] = note;
	return say_otherwise(p, t->term, "about", kept, e);
}

/* Which words to leave, the `number`th time; false when there are no more. The last that is no name
 * first, then all that are none. Where an act towards somebody says most, whoever is named is
 * enough, and that comes first. */
static bool choose_left(const struct phrase *p, int number, bool leave[PHRASE_TOPIC_MAX])
{
	const struct phrase_topic *t = &p->topic;
	size_t names = names_in(t), words = t->n - names, actors = 0, at = (size_t)number;
	for (size_t i = 0; i < t->n; i++)
		actors += t->is_actor[i];
	bool is_narrow = find(p, "act") < p->n && find(p, "target") < p->n && actors > 0 &&
			 t->n - actors > 1;
	if (is_narrow && number == 1) {
		for (size_t i = 0; i < t->n; i++)
			leave[i] = !t->is_actor[i];
		return true;
	}
	at -= is_narrow;
	if (names > 0 && words > 1 && at == words + 1) {
		for (size_t i = 0; i < t->n; i++)
			leave[i] = !t->is_name[i];
		return true;
	}
	if (at > words)
		return false;
	for (size_t i = t->n; i-- > 0 && at > 0;)
		if (!t->is_name[i])
			leave[i] = --at == 0;
	return true;
}

/* Names stay, and of words alone at least two; of two beside a speaker the last, which the first
 * says more of ("golden toilet"). Not where the topic is one or two words and all that is asked
 * for, nor where a position is: "tax" is not "tax cuts". */
int phrase_less(const struct phrase *p, int number, int found, struct arena *a, struct phrase *out,
		struct err *e)
{
	const struct phrase_topic *t = &p->topic;
	bool leave[PHRASE_TOPIC_MAX] = {false};
	size_t names = names_in(t), left = 0;
	*out = *p;
	if (t->n == 0 || (p->n < 2 && (t->n < 3 || found > 0)) || find(p, "position") < p->n)
		return 0;
	if (names == 0 && t->n == 2) {
		leave[0] = true;
		return number == 1 && found == 0 && names_speaker(p)
			       ? say_less(out, leave, found, a, e)
			       : 0;
	}
	if ((names == 0 && t->n < 3) || !choose_left(p, number, leave))
		return 0;
	for (size_t i = 0; i < t->n; i++)
		left += leave[i];
	out->is_loose = left > 2 * (t->n - left) && find(p, "target") == p->n;
	return say_less(out, leave, found, a, e);
}

/* The likeliest first: what is said in other conditions, then with fewer words, and the loosest
 * last. */
static const struct way {
	int (*read)(struct phrase *, struct arena *, struct err *); /* NULL: as it is */
	bool of_office, is_less;
} ways[] = {
	{office_as_role, true, false},
	{office_and_words, true, false},
	{owner_as_role, true, false},
	{issue_as_words, false, false},
	{target_as_words, false, false},
	{without_stance, false, false},
	{speaker_as_words, false, false},
	{role_as_words, false, false},
	{NULL, false, true},
	{act_alone, false, false},
	{office_as_role, true, true},
	{office_and_words, true, true},
	{owner_as_role, true, true},
	{office_as_words, true, false},
	{office_as_words, true, true},
};

int phrase_reading(const struct phrase *p, int number, struct arena *a, struct phrase *out,
		   struct err *e)
{
	struct phrase so;
	int n = 0;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		const struct way *w = &ways[i];
		if (w->of_office && !p->office.whole.n)
			continue;
		so = *p;
		int rc = w->read ? w->read(&so, a, e) : 1;
		if (rc < 0)
			return -1;
		if (rc > 0 && !w->is_less && ++n == number) {
			*out = so;
			return 1;
		}
		for (int less = 1; rc > 0 && w->is_less; less++) {
			rc = phrase_less(&so, less, 0, a, out, e);
			if (rc < 0 || (rc > 0 && ++n == number))
				return rc;
		}
	}
	return 0;
}

/* --- more than a reading finds --- */

int phrase_nested(const struct phrase *p, struct phrase *out)
{
	*out = *p;
	add_note(out, "what stands within another's statement is here too: somebody says that such "
		      "a one says so");
	if (out->n == PHRASE_TERMS_MAX)
		return 0;
	out->terms[out->n++] = (struct phrase_term){STR("nested"), {.value = STR("include")}};
	return 1;
}

/* The topic's words, `name` in the place of one; "" in `before` begins. */
static struct str way_with(const struct phrase_topic *t, size_t at, struct str name,
			   struct str before, struct arena *a)
{
	struct str way = before;
	for (size_t i = 0; i < t->n && way.p; i++)
		way = arena_printf(a, "%.*s%s%.*s", STR_ARG(way),
				   i > 0      ? " "
				   : before.n ? " | "
					      : "",
				   STR_ARG(i == at ? name : t->v[i]));
	return way;
}

int phrase_by_issue(const struct phrase *p, struct arena *a, struct phrase *out, struct err *e)
{
	const struct phrase_topic *t = &p->topic;
	size_t at = 0;
	while (at < t->n && !t->issue[at].n)
		at++;
	*out = *p;
	if (at == t->n || t->n < 2 || p->left_out.n || find(p, "position") < p->n)
		return 0;
	add_note(out, "what is filed under the issue that has this name is here too");
	struct str words = way_with(t, at, t->v[at], STR(""), a);
	return words.p ? say_otherwise(out, t->term, "about",
				       way_with(t, at, t->issue[at], words, a), e)
		       : arena_full(e);
}

int phrase_by_people(const struct phrase *p, size_t at, const struct holder_list *who,
		     struct arena *a, struct phrase *out, struct err *e)
{
	const struct phrase_topic *t = &p->topic;
	*out = *p;
	if (!who->n || p->left_out.n)
		return 0;
	struct str words = way_with(t, at, t->v[at], STR(""), a), names = STR("");
	for (size_t i = 0; i < who->n && words.p && names.p; i++) {
		words = way_with(t, at, who->names[i], words, a);
		names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names), i ? ", " : "",
				     STR_ARG(who->names[i]));
	}
	struct str note = arena_printf(a, "who speaks for %.*s stands for it: %.*s",
				       STR_ARG(t->v[at]), STR_ARG(names));
	if (!words.p || !names.p || !note.p)
		return arena_full(e);
	if (out->n_notes < PHRASE_NOTES_MAX)
		out->notes[out->n_notes++] = note;
	return say_otherwise(out, t->term, "about", words, e);
}

/* Which term says who is called so: p->n for none, and where it could be one of several. */
static size_t find_called(const struct phrase *p)
{
	const char *name = p->is_called_first	       ? "about"
			   : find(p, "speaker") < p->n ? "speaker"
						       : "role";
	size_t found = p->n;
	for (size_t i = 0; i < p->n; i++) {
		bool is_one = str_eq(p->terms[i].name, str_of(name));
		if (p->is_called_first)
			is_one &= str_eq(p->terms[i].given.value, p->called);
		if (is_one && found < p->n)
			return p->n;
		found = is_one ? i : found;
	}
	return found;
}

static int note_called(struct phrase *p, const struct holder_list *who, struct arena *a,
		       struct err *e)
{
	struct str names = STR_EMPTY;
	for (size_t i = 0; i < who->n; i++) {
		names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names), names.n ? ", " : "",
				     STR_ARG(who->names[i]));
		if (!names.p)
			return arena_full(e);
	}
	struct str note = arena_printf(a, "articles call so, or by such words (%.*s): %.*s",
				       STR_ARG(p->called), STR_ARG(names));
	if (!note.p)
		return arena_full(e);
	if (p->n_notes < PHRASE_NOTES_MAX)
		p->notes[p->n_notes++] = note;
	return 0;
}

int phrase_called(const struct phrase *p, const struct holder_list *who, struct arena *a,
		  struct phrase *out, struct err *e)
{
	*out = *p;
	size_t at = find_called(p);
	if (at == p->n || !who->n || str_starts(p->terms[at].given.value, STR("!")) ||
	    p->n + who->n > PHRASE_TERMS_MAX)
		return 0;
	struct condition given = p->terms[at].given;
	if (p->is_called_first || p->office.whole.n) {
		drop(out, at);
		drop(out, find(out, "role"));
	}
	for (size_t i = 0; i < who->n; i++) {
		given.value = who->ids[i];
		out->terms[out->n++] = (struct phrase_term){STR("speaker"), given};
	}
	return note_called(out, who, a, e) ? -1 : 1;
}

bool phrase_is_of_one(const struct phrase *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += str_eq(p->terms[i].name, STR("speaker")) ||
		     str_eq(p->terms[i].name, STR("role"));
	return n == 1;
}

/* --- positions --- */

static bool has_plain(const struct phrase *p, const char *name)
{
	size_t at = find(p, name);
	return at < p->n && !str_starts(p->terms[at].given.value, STR("!"));
}

bool phrase_takes_side_near(const struct phrase *p)
{
	return has_plain(p, "position") && find(p, "about") < p->n;
}

bool phrase_takes_side_towards(const struct phrase *p)
{
	return has_plain(p, "target_position") && find(p, "target") < p->n;
}

static void add_term(struct phrase *p, const char *name, struct str value)
{
	if (p->n < PHRASE_TERMS_MAX)
		p->terms[p->n++] = (struct phrase_term){str_of(name), {.value = value}};
}

void phrase_on_issues(const struct phrase *p, struct strs labels, struct phrase *out)
{
	*out = *p;
	for (size_t i = 0; i < labels.n; i++)
		add_term(out, "issue", labels.v[i]);
	if (labels.n)
		return;
	add_note(out, "no statement is known to take this position on it");
	add_term(out, "issue", p->terms[find(p, "about")].given.value);
}

void phrase_of_ids(const struct phrase *p, struct str ids, struct phrase *out)
{
	*out = *p;
	add_term(out, "id", ids);
}

int phrase_in_any_way(const struct phrase *p, struct phrase *out, struct err *e)
{
	*out = *p;
	return without_stance(out, NULL, e);
}

int phrase_any_stance(const struct phrase *p, struct phrase *out, struct err *e)
{
	*out = *p;
	for (size_t at; (at = find(out, "issue")) < out->n;)
		(void)say_otherwise(out, at, "about", out->terms[at].given.value, e);
	return any_stance(out, e);
}

int phrase_without_topic(const struct phrase *p, struct phrase *out)
{
	size_t at;
	*out = *p;
	if (!names_speaker(p) || p->wish == WISH_COUNT || find(p, "about") == p->n ||
	    str_starts(p->terms[find(p, "speaker")].given.value, STR("!")))
		return 0;
	while ((at = find(out, "about")) < out->n)
		drop(out, at);
	return 1;
}

int phrase_or_near(const struct phrase *p, struct str others, const char *note, struct arena *a,
		   struct phrase *out, struct err *e)
{
	*out = *p;
	for (size_t i = 0; i < out->n; i++) {
		struct phrase_term *t = &out->terms[i];
		if (!str_eq(t->name, STR("about")))
			continue;
		t->given.value =
			arena_printf(a, "%.*s%.*s", STR_ARG(t->given.value), STR_ARG(others));
		if (!t->given.value.p)
			return arena_full(e);
	}
	out->topic.n = 0;
	add_note(out, note);
	return 1;
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
