/* The table that `make bench` prints: a line a figure, with its target, the verdict, and the
 * absolute figures beside. */
#ifndef DEMARCHE_TESTS_BENCH_REPORT_H
#define DEMARCHE_TESTS_BENCH_REPORT_H

#include <stdbool.h>

enum sense { AT_LEAST, AT_MOST, JUST_SAID };

struct report {
	int met, missed;
};

void report_head(void);
/* `unit` is put after measured and target: "%", "x", " MB". `details`, as for printf, says what was
 * measured in absolute figures. */
void report_line(struct report *r, const char *what, enum sense sense, double target,
		 double measured, const char *unit, const char *details, ...)
	__attribute__((format(printf, 7, 8)));
/* Lines that carry no figure of ours: the machine, the sizes. */
void report_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void report_end(const struct report *r);

#endif
