/* Opening and checking model files. */
#include "extract/syntax/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

uint32_t model_file_checksum(struct str body)
{
	return (uint32_t)crc32_z(0, (const unsigned char *)body.p, body.n);
}

int model_file_embedded(struct model_file *f, struct str bytes, const char *name, const char *kind,
			uint32_t version, struct err *e)
{
	struct model_head head;
	if (bytes.n < sizeof head)
		return err_set(e, ERR_INPUT, "model", "\"%s\" is no model file: it has %zu bytes",
			       name, bytes.n);
	memcpy(&head, bytes.p, sizeof head);
	if (memcmp(head.kind, kind, sizeof head.kind) != 0)
		return err_set(e, ERR_INPUT, "model",
			       "\"%s\" is not a model file of the kind \"%.8s\"", name, kind);
	if (head.version != version)
		return err_set(e, ERR_INPUT, "model",
			       "model file \"%s\" has version %u: this program reads version %u",
			       name, (unsigned)head.version, (unsigned)version);
	struct str body = {bytes.p + sizeof head, bytes.n - sizeof head};
	if (head.body_bytes != body.n)
		return err_set(e, ERR_INPUT, "model",
			       "model file \"%s\" is %s: it has %zu bytes of %llu", name,
			       body.n < head.body_bytes ? "cut short" : "too long", body.n,
			       (unsigned long long)head.body_bytes);
	f->body = body;
	return 0;
}

int model_file_check(struct model_file *f, struct str bytes, const char *name, const char *kind,
		     uint32_t version, struct err *e)
{
	struct model_head head;
	if (model_file_embedded(f, bytes, name, kind, version, e))
		return -1;
	memcpy(&head, bytes.p, sizeof head);
	if (model_file_checksum(f->body) != head.checksum)
		return err_set(e, ERR_INPUT, "model",
			       "model file \"%s\" is damaged: its checksum is wrong", name);
	return 0;
}

int model_file_open(struct model_file *f, const char *path, const char *kind, uint32_t version,
		    struct err *e)
{
	struct stat st;
	*f = (struct model_file){0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_INPUT, "model", "cannot open the model file \"%s\": %s", path,
			       strerror(errno));
	int status = -1;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
		err_set(e, ERR_INPUT, "model", "\"%s\" is no model file", path);
		goto out;
	}
	void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED) {
		err_set(e, ERR_INPUT, "model", "cannot map the model file \"%s\": %s", path,
			strerror(errno));
		goto out;
	}
	f->map = map;
	f->map_bytes = (size_t)st.st_size;
	status = model_file_check(f, (struct str){map, f->map_bytes}, path, kind, version, e);
	if (status < 0)
		model_file_close(f);
out:
	close(fd);
	return status;
}

void model_file_close(struct model_file *f)
{
	if (f->map)
		munmap(f->map, f->map_bytes);
	*f = (struct model_file){0};
}
