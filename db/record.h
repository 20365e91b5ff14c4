/* The record: what a statement holds beyond what is searched, as one compact blob. Stored, in the
 * column `detail`: a change is another version. Numbers are varints (7 bits a byte, low first, high
 * bit: more follows); signed ones zigzag; strings a length and bytes; a list of spans its length,
 * then for each the gap since the last end and the length (spans rise and do not overlap); shares
 * are thousandths.
 *
 *   2 (version), all spans, issues                  the two sums let the reader allocate once
 *   speaker_via, reported_by (actor key, 0 none), intensity
 *   speaker_role, engine, said text; if that is not "": said date, rule, precision
 *   spans: source, cue, content, addressee, time, target, the stance's evidence
 *   each issue: key, score, evidence spans, position, its confidence, its evidence spans
 *
 * Version 1, which is read and no more written, has no positions of issues. */
#ifndef DEMARCHE_DB_RECORD_H
#define DEMARCHE_DB_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/model.h"

/* Appends the blob; issue_keys are those of s->issues. */
void record_write(struct buf *b, const struct statement *s, int64_t reported_by,
		  const int64_t *issue_keys);
/* Fills in *s, whose packed fields are there already (db/packed_fields.h): where a record of
 * version 1 has no positions, each issue has the statement's, without confidence and evidence.
 * Strings are views of `blob`, lists live in the arena, and each issue's pointer is NULL with its
 * key in *issue_keys. 0, or -1 with *e: ERR_DB (damaged: every length is checked), ERR_TOO_LARGE.
 */
int record_read(struct str blob, struct arena *a, struct statement *s, int64_t *reported_by,
		const int64_t **issue_keys, struct err *e) MUST_CHECK;

#endif
