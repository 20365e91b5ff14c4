/* What the torture programs share: how hard to try, chance that can be had again, folders,
 * children, and texts to send. Failures fail the Check test at hand. */
#ifndef DEMARCHE_TESTS_ATTACK_COMMON_H
#define DEMARCHE_TESTS_ATTACK_COMMON_H

#include <sys/types.h>

#include "base/buf.h"

/* `make torture` sets TORTURE=full; elsewhere a sample of some seconds is run, which holds to
 * nothing but order and CPU time. */
bool torture_is_full(void);

/* Numbers by chance, the same again for the same seed: TORTURE_SEED, else 1. */
struct dice {
	uint64_t x;
};
uint64_t torture_seed(void);
uint64_t roll(struct dice *d, uint64_t sides);

void sleep_ms(int ms);
void folder_make(char folder[64]);
void folder_remove(const char *folder);

/* A run of the program, with all it writes in a file of its own. */
struct child {
	pid_t pid;  /* 0: has ended */
	int status; /* then: its exit status, or -1 when a signal ended it */
	char output[128];
};

/* `args` without the program, ended by NULL; the output lies in `folder`. */
void child_start(struct child *c, const char *folder, const char *const *args);
bool child_has_ended(struct child *c);
int child_wait(struct child *c); /* its status */
void child_signal(struct child *c, int signal);
char *child_text(const struct child *c); /* what it wrote so far; to be freed */
/* Runs to the end; the status. */
int run_program(const char *folder, const char *const *args);

/* A sanitizer's own memory counts as tables: 300 MB (tools/check). */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_MEMORY "1G"
#else
#define OWN_MEMORY "512M"
#endif

/* The program's own limits where the harness of the HTTP tests sets patient ones; behind it,
 * options may follow. */
#define OWN_LIMITS                                                                                 \
	"--body-timeout", "30s", "--idle-timeout", "60s", "--read-deadline", "10s",                \
		"--send-timeout", "30s", "--memory", OWN_MEMORY

/* The value of a metric without labels, in the text of /metrics. */
int64_t metric_value(struct str text, const char *name);

/* Is the number in the text, as a word of its own? */
bool names_number(const char *text, long number);

/* The hostile text of this name (tests/hostile) as a POST of at most n bytes of text; its own by
 * `number`, since known texts are not read again. */
void hostile_post(struct buf *out, const char *target, const char *name, size_t n, uint64_t number);
/* Some of the table, of each kind, for where not all are tried. */
extern const char *const hostile_sample[];
extern const size_t hostile_sample_count;

#endif
