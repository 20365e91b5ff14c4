/* How far a long command is, in one line of a terminal. */
#ifndef DEMARCHE_CLI_PROGRESS_H
#define DEMARCHE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool is_terminal; /* else nothing is shown */
	int64_t began_ns, shown_ns;
};

struct progress progress_begin(void);
double progress_seconds(const struct progress *p); /* since it began */
/* A bar for a share from 0 to 1 (0: none), the text, and the time that is left. Not more often than
 * can be read; the last one always, and a line end after it. */
void progress_show(struct progress *p, double share, const char *text, bool is_last);
void progress_clear(const struct progress *p); /* for a line of something else */

#endif
