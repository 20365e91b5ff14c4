/* The bar, and the time that is left. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

enum { BAR_WIDTH = 30, SHOW_NS = 100000000 };

struct progress progress_begin(void)
{
	return (struct progress){.is_terminal = isatty(STDERR_FILENO),
				 .began_ns = now_monotonic_ns()};
}

double progress_seconds(const struct progress *p)
{
	return (double)(now_monotonic_ns() - p->began_ns) / 1e9;
}

/* "1 h 05 min", "3 min", "20 s" */
static void format_time(char *out, size_t n, double seconds)
{
	int s = (int)seconds;
	if (s >= 3600)
		snprintf(out, n, "%d h %02d min", s / 3600, s / 60 % 60);
	else if (s >= 120)
		snprintf(out, n, "%d min", (s + 30) / 60);
	else
		snprintf(out, n, "%d s", s);
}

void progress_clear(const struct progress *p)
{
	if (p->is_terminal)
		fprintf(stderr, "\r\033[K");
}

void progress_show(struct progress *p, double share, const char *text, bool is_last)
{
	int64_t now = now_monotonic_ns();
	if (!p->is_terminal || (!is_last && now - p->shown_ns < SHOW_NS))
		return;
	p->shown_ns = now;
	progress_clear(p);
	if (share > 0) {
		char bar[BAR_WIDTH + 1] = "";
		for (int i = 0; i < BAR_WIDTH; i++)
			bar[i] = i < share * BAR_WIDTH || is_last ? '#' : '.';
		fprintf(stderr, "[%s] ", bar);
	}
	fprintf(stderr, "%s", text);
	if (!is_last && share > 0 && share < 1) {
		char left[32];
		double seconds = progress_seconds(p);
		format_time(left, sizeof left, seconds / share - seconds);
		fprintf(stderr, ", %s left", left);
	}
	if (is_last)
		fputc('\n', stderr);
}
