/* Maintenance of the database file: copies, checks, repair. A part of the store's contract. Each
 * works on the file by its path, beside a service that has it open, and opens what it only reads so
 * that not one byte of it changes. Every schema up to this program's is taken. */
#ifndef DEMARCHE_DB_MAINTENANCE_H
#define DEMARCHE_DB_MAINTENANCE_H

#include "base/err.h"

#define PARTIAL_ENDING ".partial"

/* Copies the database, as it is at one moment, to a new file (0600) that needs no log beside it.
 * The copy is made under the name TARGET.partial and gets its own when it is whole and on the disk:
 * a kill leaves nothing under the target's name. `progress` may be NULL. ERR_INPUT when `target`
 * exists, ERR_BUSY when another copy to it is under way, ERR_DB. */
int store_backup(const char *path, const char *target,
		 void (*progress)(void *, int done, int total), void *context,
		 struct err *e) MUST_CHECK;

enum { CHECK_FAULTS_MAX = 50 };

/* Pages, references, the full-text index, each text by its digest, each statement's record, UTF-8,
 * and our own counts. At most CHECK_FAULTS_MAX faults of a kind are given to `report`, then how
 * many more there are. 0 when all was looked at, faults or not. */
int store_check(const char *path, void (*report)(void *, const char *fault), void *context,
		struct err *e) MUST_CHECK;

/* Repairs from the rows what can be: counters, tallies, facets, counts of statements, the
 * full-text index, in one transaction. Each thing that was repaired is given to `report`. ERR_BUSY
 * when a writer has the database open; a file of an older schema is not taken. */
int store_repair(const char *path, void (*report)(void *, const char *repaired), void *context,
		 struct err *e) MUST_CHECK;

#endif
