/* A file of numbers for the engine: a head that names its kind, version, length and checksum, and a
 * body taken as it is. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_MODEL_FILE_H
#define DEMARCHE_EXTRACT_SYNTAX_MODEL_FILE_H

#include "base/err.h"

/* Little-endian, as all numbers of the body. The body follows at once, so that it is aligned to 32
 * bytes. */
struct model_head {
	char kind[8]; /* "DMsyntax" */
	uint32_t version;
	uint32_t checksum; /* CRC-32 of the body */
	uint64_t body_bytes;
	uint64_t unused;
};

struct model_file {
	struct str body;
	void *map; /* NULL for what is embedded in the program */
	size_t map_bytes;
};

/* Maps a file and checks it. It must not change while it is open. Returns 0, or -1 with *e set
 * (ERR_INPUT) and the reason: not to be read, not of this kind, another version, cut short or too
 * long, damaged. */
int model_file_open(struct model_file *f, const char *path, const char *kind, uint32_t version,
		    struct err *e) MUST_CHECK;
/* The same for bytes in memory, which must outlive f; `name` stands in messages. */
int model_file_check(struct model_file *f, struct str bytes, const char *name, const char *kind,
		     uint32_t version, struct err *e) MUST_CHECK;
/* The same for bytes of the program itself, whose checksums a test looks at: a start would spend a
 * seventh of its time on them. */
int model_file_embedded(struct model_file *f, struct str bytes, const char *name, const char *kind,
			uint32_t version, struct err *e) MUST_CHECK;
void model_file_close(struct model_file *f);
uint32_t model_file_checksum(struct str body);

#endif
