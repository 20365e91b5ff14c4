/* Each issue of the statement, its side turned or not, is an example. */
#include "train/position_ties.h"

#include "extract/stance/tie.h"

/* Guesses from this confidence on: what is nearly told is tied like what is. */
static const float LEAST = 0.3f;

static bool is_issue(const struct coded_line *line, struct str id, bool turns)
{
	for (size_t i = 0; i < line->n_issues; i++)
		if (!line->issues[i].is_topic_only && str_eq(line->issues[i].id, id))
			return line->issues[i].turns == turns;
	return false;
}

static void add(const struct tie_scene *scene, const struct tie_object *o,
		const struct coded_line *const *lines, size_t n_lines, struct ranker *out)
{
	struct features f;
	for (size_t h = 0; h < scene->n_hits; h++)
		for (int turns = 0; tie_is_possible(scene->hits[h].issue) && turns < 2; turns++) {
			bool is_right = false;
			for (size_t l = 0; l < n_lines; l++)
				is_right = is_right ||
					   is_issue(lines[l], scene->hits[h].issue->id, turns);
			tie_features(scene, h, o, turns, &f);
			ranker_add(out, &f, is_right);
			ranker_end_case(out);
		}
}

void position_ties_add_coded(const struct position_article *p, const struct position_case *c,
			     const struct attribution *at, const struct statement *s,
			     struct ranker *out)
{
	const struct tie_scene scene = {&p->scene, at, s->issues, s->n_issues};
	for (size_t l = 0; l < c->n_lines && !str_eq(c->article->form, STR("sentence")); l++) {
		size_t k = c->coded[l];
		if (k == c->view->n_candidates)
			continue;
		const struct view_candidate *own = &c->view->candidates[k];
		const struct tie_object o = {own->token, own->phrase, c->lines[l]->side,
					     own->is_pronoun};
		add(&scene, &o, &c->lines[l], 1, out);
	}
}

/* The lines with the guess's side, whatever their object: by their issues what the product tells is
 * right. */
static size_t lines_with_side(const struct position_case *c, const struct position_guess *g,
			      const struct coded_line **lines)
{
	size_t n = 0;
	for (size_t l = 0; l < c->n_lines; l++)
		if (c->lines[l]->side == g->side)
			lines[n++] = c->lines[l];
	return n;
}

/* Do optional lines alone speak of it, or none? They say nothing. */
static bool is_open(const struct position_case *c)
{
	for (size_t l = 0; l < c->n_lines; l++)
		if (!c->lines[l]->is_optional)
			return false;
	return true;
}

void position_ties_add_guessed(const struct position_article *p, const struct position_case *v,
			       size_t n, struct ranker *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct position_case *c = &v[i];
		const struct statement *s = &p->found.statements[c->statement];
		const struct tie_scene scene = {&p->scene, analysis_made_of(&p->an, c->statement),
						s->issues, s->n_issues};
		const struct coded_line *lines[CASE_LINES];
		for (size_t k = 0; k < c->reading.n && !is_open(c); k++) {
			const struct position_guess *g = &c->reading.v[k];
			const struct tie_object o = {g->head, g->core, g->side, g->is_pronoun};
			size_t n_lines = lines_with_side(c, g, lines);
			if (g->confidence >= LEAST)
				add(&scene, &o, lines, n_lines, out);
		}
	}
}
