/* The table. Lines go out at once: a run takes minutes, and one that is cut short should have shown
 * what it found. */
#include "tests/bench/report.h"

#include <stdarg.h>
#include <stdio.h>

void report_head(void)
{
	printf("%-7s %12s %12s  %s\n", "verdict", "measured", "target", "what");
	fflush(stdout);
}

void report_line(struct report *r, const char *what, enum sense sense, double target,
		 double measured, const char *unit, const char *details, ...)
{
	char got[32], want[32] = "";
	bool is_met = sense == AT_LEAST ? measured >= target : measured <= target;
	const char *verdict = sense == JUST_SAID ? "" : is_met ? "ok" : "MISSED";
	if (sense != JUST_SAID) {
		r->met += is_met;
		r->missed += !is_met;
		snprintf(want, sizeof want, "%s %.4g%s", sense == AT_LEAST ? ">=" : "<=", target,
			 unit);
	}
	snprintf(got, sizeof got, measured < 1000 ? "%.3g%s" : "%.0f%s", measured, unit);
	printf("%-7s %12s %12s  %s\n%33s  ", verdict, got, want, what, "");
	va_list args;
	va_start(args, details);
	vprintf(details, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

void report_note(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

void report_end(const struct report *r)
{
	printf("%d of %d targets met\n", r->met, r->met + r->missed);
}
