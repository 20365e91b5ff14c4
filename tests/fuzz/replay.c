/* A main for fuzz targets without libFuzzer: feeds each file of the target's corpus to it, in any
 * kind of build, so that what was once found stays fixed. `replay_NAME` reads
 * tests/fuzz/corpus/NAME; files given as arguments are read instead. Prints Check's summary line. A
 * crash ends the process: the last "at" line names the file. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Targets that need a start define it, as under libFuzzer. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

/* Into memory of exactly its size, so that the address sanitizer sees a read past the end. */
static int feed(const char *path)
{
	printf("at %s\n", path);
	fflush(stdout);
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	int rc = -1;
	if (!f || fseek(f, 0, SEEK_END) != 0)
		goto out;
	long size = ftell(f);
	if (size < 0 || fseek(f, 0, SEEK_SET) != 0)
		goto out;
	data = malloc(size > 0 ? (size_t)size : 1);
	if (!data || fread(data, 1, (size_t)size, f) != (size_t)size)
		goto out;
	LLVMFuzzerTestOneInput(data, (size_t)size);
	rc = 0;
out:
	if (rc != 0)
		fprintf(stderr, "%s: cannot be read: %s\n", path, strerror(errno));
	free(data);
	if (f)
		fclose(f);
	return rc;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int feed_folder(const char *folder, int *bad)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_visible, alphasort);
	if (n < 0) {
		fprintf(stderr, "%s: %s\n", folder, strerror(errno));
		return 0;
	}
	for (int i = 0; i < n; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		*bad += feed(path) != 0;
		free(entries[i]);
	}
	free(entries);
	return n;
}

int main(int argc, char **argv)
{
	int bad = 0, checks = 0;
	if (LLVMFuzzerInitialize && LLVMFuzzerInitialize(&argc, &argv) != 0)
		return EXIT_FAILURE;
	for (int i = 1; i < argc; i++, checks++)
		bad += feed(argv[i]) != 0;
	const char *name = strstr(argv[0], "replay_");
	if (argc == 1 && name) {
		char folder[1024];
		snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name + strlen("replay_"));
		checks = feed_folder(folder, &bad);
	}
	printf("%d%%: Checks: %d, Failures: %d, Errors: 0\n",
	       checks > 0 ? 100 * (checks - bad) / checks : 0, checks, bad);
	return bad || checks == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
