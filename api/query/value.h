/* How each kind of value is read: the setters that the tables of parameters name. Each checks a
 * condition's value and sets it where its row says. Any thread. */
#ifndef DEMARCHE_API_QUERY_VALUE_H
#define DEMARCHE_API_QUERY_VALUE_H

#include "api/query/question.h"

/* An id of an article ('a') or a statement ('s') as clients give it: the number, or the letter and
 * the number, as exports have it. */
bool id_parse(struct str s, char letter, int64_t *id);

/* In the question itself. */
param_setter set_limit, set_cursor, set_sort, set_statement_sort, set_members, set_fields,
	set_phrase;

/* In its filter. */
param_setter set_day, set_bool, set_number, set_number_or_none, set_confidence, set_weight,
	set_article, set_ids, set_said, set_since, set_terms, set_term, set_strs, set_str, set_id,
	set_folded, set_texts, set_lower, set_words, set_name_text, set_actor_kind,
	set_country_code, set_by, set_facets, set_interval;
/* Nowhere yet: names are looked up when the whole question is known. */
param_setter set_name;

#endif
