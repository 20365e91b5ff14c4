/* Matching by characters in common, and verdicts. */
#include "train/position_score.h"

#include <ctype.h>
#include <string.h>

#include "base/fold.h"

static enum position opposite(enum position p)
{
	return p == POSITION_SUPPORT  ? POSITION_OPPOSE
	       : p == POSITION_OPPOSE ? POSITION_SUPPORT
				      : p;
}

static bool meets(struct spans a, struct span b)
{
	for (size_t i = 0; i < a.n; i++)
		if (coded_shared(a.v[i], b) > 0)
			return true;
	return false;
}

struct scored scored_of(const struct coded_article *x, const struct statement *s)
{
	struct scored out = {.s = s};
	uint32_t most = 0;
	for (size_t l = 0; l < x->n_lines && out.n_lines < SCORE_LINES; l++) {
		const struct coded_line *line = &x->lines[l];
		uint32_t shared = 0;
		if (!position_case_meets(s->spans.content, line->content))
			continue;
		for (size_t i = 0; i < s->spans.content.n; i++)
			shared += coded_shared(s->spans.content.v[i], line->content);
		out.lines[out.n_lines++] = line;
		if (shared > most) {
			most = shared;
			out.nearest = line;
		}
	}
	return out;
}

/* --- names ------------------------------------------------------------------------------------ */

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Cuts the next word of four letters and more, or any, off the front. */
static bool next_word(struct str *rest, size_t least, struct str *word)
{
	while (rest->n) {
		size_t n = 0;
		while (n < rest->n && is_letter(rest->p[n]))
			n++;
		*word = str_sub(*rest, 0, n);
		*rest = str_sub(*rest, n ? n : 1, rest->n);
		if (n >= least && n > 0)
			return true;
	}
	return false;
}

static bool has_word(struct str words, struct str word)
{
	struct str w;
	while (next_word(&words, 1, &w))
		if (str_eq_nocase(w, word))
			return true;
	return false;
}

static struct str last_word(struct str name)
{
	struct str w = STR_EMPTY, last = STR_EMPTY;
	while (next_word(&name, 2, &w))
		last = w;
	return last;
}

/* Has one of them all words of the other? */
static bool is_part(struct str a, struct str b)
{
	struct str rest = a, word;
	bool all = a.n > 0 && b.n > 0, back = all;
	while (all && next_word(&rest, 1, &word))
		all = has_word(b, word);
	rest = b;
	while (back && next_word(&rest, 1, &word))
		back = has_word(a, word);
	return all || back;
}

/* Cuts the next of "Bera, Chabot and Romney" off the front. */
static bool next_of_joint(struct str *rest, struct str *name)
{
	if (rest->n == 0)
		return false;
	static const char *const joints[] = {", ", " and "};
	size_t end = rest->n, next = end;
	for (size_t k = 0; k < sizeof joints / sizeof *joints; k++) {
		size_t at = str_find(*rest, str_of(joints[k]), 0);
		if (at < end) {
			end = at;
			next = at + strlen(joints[k]);
		}
	}
	*name = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, next, rest->n);
	return true;
}

static bool has_same_end(struct str a, struct str b)
{
	return last_word(a).n > 2 && str_eq_nocase(last_word(a), last_word(b));
}

bool names_agree(struct str a, struct str b)
{
	struct arena scratch;
	struct str name;
	arena_init(&scratch, SIZE_MAX);
	struct str x = str_fold(&scratch, a), y = str_fold(&scratch, b);
	bool agree = is_part(a, b) || has_same_end(a, b) || is_part(x, y) || has_same_end(x, y);
	while (!agree && next_of_joint(&b, &name))
		agree = is_part(x, str_fold(&scratch, name));
	arena_release(&scratch);
	return agree;
}

bool actor_agrees(const struct actor *who, struct str name)
{
	bool agrees = names_agree(who->name, name);
	for (size_t k = 0; k < who->aliases.n && !agrees && who->kind != ACTOR_COUNTRY; k++)
		agrees = names_agree(who->aliases.v[k], name);
	return agrees;
}

bool names_are_like(struct str label, struct str name)
{
	enum { LEAST = 4 };
	struct str word;
	while (next_word(&label, LEAST, &word))
		if (has_word(name, word))
			return true;
	return false;
}

/* --- verdicts --------------------------------------------------------------------------------- */

bool issue_is_of_line(const struct issue_hit *hit, const struct coded_line *line)
{
	for (size_t i = 0; !hit->issue->is_open && i < line->n_issues; i++)
		if (str_eq(line->issues[i].id, hit->issue->id))
			return true;
	return hit->issue->is_open && ((line->object.end && meets(hit->evidence, line->object)) ||
				       names_are_like(hit->issue->label, line->name));
}

struct agreement agreement_of(const struct issue_hit *hit, const struct coded_line *line)
{
	struct agreement g = {false, false, false};
	enum position of_object = hit->turns ? opposite(hit->position) : hit->position;
	struct spans object = {hit->position_evidence.v, hit->position_evidence.n ? 1 : 0};
	if (!is_sided(line->side))
		return g;
	if (meets(object, line->object)) {
		g.is_same = true;
		g.is_right = of_object == line->side;
	}
	if (hit->issue->is_open) {
		bool is_same = issue_is_of_line(hit, line);
		g.is_same = g.is_same || is_same;
		g.is_right = g.is_right || (is_same && hit->position == line->side);
	}
	for (size_t i = 0; i < line->n_issues; i++) {
		const struct coded_issue *is = &line->issues[i];
		if (is->is_topic_only || !str_eq(is->id, hit->issue->id))
			continue;
		g.is_same = true;
		g.is_issue = g.is_issue ||
			     hit->position == (is->turns ? opposite(line->side) : line->side);
		g.is_right = g.is_right || g.is_issue;
	}
	return g;
}

enum position_verdict scored_judge(const struct scored *x, const struct issue_hit *hit)
{
	bool is_open = false, is_wrong = false;
	for (size_t l = 0; l < x->n_lines; l++) {
		const struct coded_line *y = x->lines[l];
		bool is_right = agreement_of(hit, y).is_right;
		if (is_right && !y->is_optional)
			return VERDICT_RIGHT;
		is_open = is_open || is_right;
		is_wrong = is_wrong || !y->is_optional;
	}
	return x->n_lines == 0	      ? VERDICT_UNCODED
	       : is_open || !is_wrong ? VERDICT_OPEN
				      : VERDICT_WRONG;
}
