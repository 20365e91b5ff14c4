/* The API's form of a statement, the same in every answer, in exports and in what the extract
 * command prints. */
#ifndef DEMARCHE_API_FORMAT_JSON_STATEMENT_H
#define DEMARCHE_API_FORMAT_JSON_STATEMENT_H

#include "api/format/json_write.h"
#include "base/model.h"

/* One object into `out`. Of a statement that is not stored, id and article are null and the
 * article's own members are left out. */
void statement_encode(struct buf *out, const struct statement *s);
/* The names of its members, in their order. */
enum { STATEMENT_MEMBERS = 24 };
extern const char *const statement_members[STATEMENT_MEMBERS];
/* With these members alone (1u << number; the id is always there); 0: with all. */
void statement_encode_members(struct buf *out, const struct statement *s, uint32_t members);
/* The same as the next value of a document under way. */
void statement_write(struct jw *j, const struct statement *s);

/* {source, cue, content, addressee, time, target}, the value of its "spans". */
void statement_spans_write(struct jw *j, const struct statement *s);

/* "statements":[...], a member of the object under way; `members` as above. */
void statements_member(struct jw *j, const struct statement *v, size_t n, uint32_t members);

/* "not_read":..., a member of the object under way: null, or why no statement is looked for in the
 * article (engine_unread). */
void not_read_member(struct jw *j, const struct article *a);

/* How many there are of each position: a member a position. */
void position_counts_members(struct jw *j, const int64_t counts[POSITION_COUNT]);

void actor_ref_write(struct jw *j, const struct actor *a); /* {id, name, kind, country}, or null */
void actor_write(struct jw *j, const struct actor *a);	   /* with aliases, roles, count */
void issue_ref_write(struct jw *j, const struct issue *i); /* {id, label}, or null */
void issue_write(struct jw *j, const struct issue *i);
/* `with_text`: a list leaves the text out. */
void article_members(struct jw *j, const struct article *a, bool with_text);
void article_write(struct jw *j, const struct article *a, bool with_text);

/* Members of an open object: id, name, kind, country, wikidata, aliases, roles. */
void actor_name_members(struct jw *j, const struct actor *a);
void sha256_write(struct jw *j, const unsigned char sha[32]);

#endif
