/* Statements as CSV (RFC 4180): a head, then a line a statement, ending in CR LF. */
#ifndef DEMARCHE_API_FORMAT_CSV_H
#define DEMARCHE_API_FORMAT_CSV_H

#include "base/buf.h"
#include "base/model.h"

#define CSV_STATEMENT_HEAD                                                                         \
	"id,article,published_at,outlet,article_title,article_url,kind,speaker_id,speaker,"        \
	"speaker_country,speaker_role,addressee_id,target_id,issue_ids,issues,position,act,"       \
	"stance_confidence,polarity,modality,said_on,confidence,status,engine,content,"            \
	"issue_positions,issue_position_confidences,article_group\r\n"
void csv_statement(struct buf *out, const struct statement *s);
/* An id with its letter, which parameters take as well as the bare number: a spreadsheet rounds
 * numbers of 16 digits. */
enum { CSV_ARTICLE_LETTER = 'a', CSV_STATEMENT_LETTER = 's' };
void csv_id(struct buf *out, char letter, int64_t id);
/* One cell: quoted where it must be, and kept from being taken for a formula by a spreadsheet. */
void csv_cell(struct buf *out, struct str value);

#endif
