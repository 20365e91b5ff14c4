/* Reads /proc, which does not wait. */
#include "server/process.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/metrics.h"

int64_t process_anonymous_bytes(void)
{
	char line[128];
	long long kb = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "RssAnon: %lld", &kb) == 1)
			break;
	if (f)
		fclose(f);
	return kb * 1024;
}

static double resident_bytes(void)
{
	long pages = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (!f)
		return 0;
	if (fscanf(f, "%ld %ld", &pages, &resident) != 2)
		resident = 0;
	fclose(f);
	return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

void process_write(struct buf *out, int64_t started_ms)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	metrics_value(out, "process_resident_memory_bytes", "gauge", "Resident memory.",
		      resident_bytes());
	metrics_value(out, "process_anonymous_memory_bytes", "gauge",
		      "Resident memory that is no file's.", (double)process_anonymous_bytes());
	metrics_value(out, "process_cpu_seconds_total", "counter", "User and system time.",
		      seconds(use.ru_utime) + seconds(use.ru_stime));
	metrics_value(out, "process_start_time_seconds", "gauge", "Unix time of the start.",
		      (double)started_ms / 1e3);
}
