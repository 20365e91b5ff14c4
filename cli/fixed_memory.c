/* Adds up tables, caches, threads and the heap, which are known before the first request. */
#include "cli/fixed_memory.h"

#include "server/process.h"

enum {
	READERS_MAX = 64,    /* the store's */
	THREAD_KB = 512,     /* of a thread's stack and of the allocator's, touched under load */
	OTHER_THREADS = 6,   /* main, writer, reaper, readiness, background, log */
	HEAP_KB = 32 * 1024, /* what the allocator keeps for the next request, and small things that
				nobody counts */
	/* The engine's tables with what persons teach: 6 MB, and as much while they are made
	 * anew. */
	TAUGHT_KB = 12 * 1024,
	WORK_MIN_KB = 64 * 1024, /* for requests, at least */
	BODIES_IN_WORK = 6, /* the largest body, what decoding it takes, and as much for others */
};

int fixed_memory_readers(const struct options *o)
{
	return o->workers < READERS_MAX ? (int)o->workers + 1 : READERS_MAX;
}

int fixed_memory_reserve(struct memory *m, const struct options *o, struct err *e)
{
	int64_t tables_kb = process_anonymous_bytes() / 1024 + TAUGHT_KB;
	int64_t readers_kb = fixed_memory_readers(o) * o->reader_cache * 1024;
	int64_t writer_kb = o->writer_cache * 1024;
	int64_t threads_kb = (o->pollers + o->workers + o->extractors + OTHER_THREADS) * THREAD_KB;
	int64_t answers_kb = o->answer_cache / 1024;
	int64_t fixed_kb = tables_kb + readers_kb + writer_kb + answers_kb + threads_kb + HEAP_KB;
	int64_t work_kb = o->max_body / 1024 * BODIES_IN_WORK;
	if (work_kb < WORK_MIN_KB)
		work_kb = WORK_MIN_KB;
	m->max_bytes = o->memory;
	if (fixed_kb + work_kb <= o->memory / 1024 && memory_take(m, (size_t)fixed_kb * 1024))
		return 0;
	return err_set(e, ERR_INPUT, NULL,
		       "--memory is %lld MB: tables take %lld, %d readers' caches of "
		       "--reader-cache %lld, the cache of --writer-cache %lld, --answer-cache "
		       "%lld, threads and the heap %lld, and requests of --max-body need %lld, "
		       "which is %lld MB",
		       (long long)(o->memory >> 20), (long long)(tables_kb >> 10),
		       fixed_memory_readers(o), (long long)(readers_kb >> 10),
		       (long long)(writer_kb >> 10), (long long)(answers_kb >> 10),
		       (long long)((threads_kb + HEAP_KB) >> 10), (long long)(work_kb >> 10),
		       (long long)((fixed_kb + work_kb + 1023) >> 10));
}
