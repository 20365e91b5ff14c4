/* A head, then the body. */
#include "train/model_write.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "extract/syntax/model_file.h"

bool model_write(const char *path, const char *kind, uint32_t version, const struct str *parts,
		 size_t n)
{
	struct model_head head = {.version = version};
	uLong crc = 0;
	memcpy(head.kind, kind, sizeof head.kind);
	for (size_t k = 0; k < n; k++) {
		crc = crc32_z(crc, (const unsigned char *)parts[k].p, parts[k].n);
		head.body_bytes += parts[k].n;
	}
	head.checksum = (uint32_t)crc;
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(&head, sizeof head, 1, f) == 1;
	for (size_t k = 0; ok && k < n; k++)
		ok = fwrite(parts[k].p, 1, parts[k].n, f) == parts[k].n;
	if (f)
		ok = fclose(f) == 0 && ok;
	if (!ok)
		fprintf(stderr, "cannot write %s\n", path);
	return ok;
}
