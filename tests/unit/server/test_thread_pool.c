/* The queue of a thread pool: its bound, its order, what is taken out of it. */
#include "server/thread_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "tests/unit/unit.h"

struct job {
	struct task task;
	int number;
};

struct notes {
	_Atomic int done, order[8];
	_Atomic bool may_go;
};

static void work(void *context, struct task *task)
{
	struct notes *n = context;
	struct job *job = (struct job *)(void *)task;
	while (job->number == 0 && !atomic_load(&n->may_go))
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	n->order[atomic_fetch_add(&n->done, 1)] = job->number;
}

START_TEST(thread_pool_push__beyond_the_queue__is_refused_but_begun_work_is_taken)
{
	struct notes n = {0};
	struct job jobs[6];
	for (int i = 0; i < 6; i++)
		jobs[i] = (struct job){.number = i};
	struct thread_pool *c = thread_pool_open(1, 0, 2, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(thread_pool_push(c, &jobs[0].task));
	while (thread_pool_waiting(c) > 0) /* until the only worker has it */
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	ck_assert(thread_pool_push(c, &jobs[1].task));
	ck_assert(thread_pool_push(c, &jobs[2].task));
	ck_assert(!thread_pool_push(c, &jobs[3].task));
	thread_pool_push_begun(c, &jobs[4].task);
	ck_assert_uint_eq(thread_pool_waiting(c), 3);
	atomic_store(&n.may_go, true);
	thread_pool_close(c); /* does what is queued */
	ck_assert_int_eq(n.done, 4);
	static const int want[] = {0, 4, 1, 2};
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

static void await_empty(struct thread_pool *c)
{
	while (thread_pool_waiting(c) > 0)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

START_TEST(thread_pool_withdraw__late_or_cancelled__takes_them_out_and_keeps_the_order)
{
	struct notes n = {0};
	atomic_bool cancelled = true;
	struct job jobs[7];
	for (int i = 0; i < 7; i++)
		jobs[i] = (struct job){.number = i, .task = {.start_by_ns = 100}};
	jobs[2].task.start_by_ns = 10;
	jobs[4].task.cancelled = &cancelled;
	jobs[5].task = (struct task){.start_by_ns = TASK_NO_DEADLINE, .cancelled = &cancelled};
	struct thread_pool *c = thread_pool_open(1, 5, 10, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(thread_pool_push(c, &jobs[0].task));
	await_empty(c);
	ck_assert_uint_eq(thread_pool_busy(c), 1);
	for (int i = 1; i < 6; i++)
		ck_assert(thread_pool_push(c, &jobs[i].task));
	struct task *vain = thread_pool_withdraw(c, 50);
	ck_assert_ptr_eq(vain, &jobs[2].task);
	ck_assert_ptr_eq(vain->next, &jobs[4].task);
	ck_assert_ptr_null(vain->next->next);
	ck_assert_ptr_null(thread_pool_withdraw(c, 50));
	ck_assert_uint_eq(thread_pool_waiting(c), 3);
	thread_pool_push_again(c, &jobs[6].task);
	atomic_store(&n.may_go, true);
	thread_pool_close(c);
	static const int want[] = {0, 1, 3, 5, 6};
	ck_assert_int_eq(n.done, 5);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

/* Tasks that wait for each other: as many as there are threads must run at one time. */
struct meeting {
	_Atomic int arrived, done;
	int wanted;
};

static void meet(void *context, struct task *task)
{
	struct meeting *m = context;
	(void)task;
	atomic_fetch_add(&m->arrived, 1);
	while (atomic_load(&m->arrived) < m->wanted)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	atomic_fetch_add(&m->done, 1);
}

START_TEST(thread_pool_open__threads__work_side_by_side)
{
	enum { THREADS = 4 };
	struct meeting m = {.wanted = THREADS};
	struct task tasks[THREADS];
	struct thread_pool *p = thread_pool_open(THREADS, 0, THREADS, meet, &m);
	ck_assert_ptr_nonnull(p);
	for (int i = 0; i < THREADS; i++) {
		tasks[i] = (struct task){.start_by_ns = TASK_NO_DEADLINE};
		ck_assert(thread_pool_push(p, &tasks[i]));
	}
	thread_pool_close(p); /* each would wait for ever if one had no thread */
	ck_assert_int_eq(m.done, THREADS);
}
END_TEST

enum { PRODUCERS = 4, EACH = 2000 };

struct counted {
	struct task task;
	_Atomic int times;
};

struct production {
	struct thread_pool *pool;
	struct counted *first;
};

static void count(void *context, struct task *task)
{
	(void)context;
	atomic_fetch_add(&((struct counted *)(void *)task)->times, 1);
}

static void *produce(void *arg)
{
	struct production *p = arg;
	for (int i = 0; i < EACH; i++)
		while (!thread_pool_push(p->pool, &p->first[i].task))
			nanosleep(&(struct timespec){.tv_nsec = 10000}, NULL);
	return NULL;
}

START_TEST(thread_pool_push__from_many_threads__does_each_task_once)
{
	static struct counted tasks[PRODUCERS * EACH];
	struct production parts[PRODUCERS];
	pthread_t threads[PRODUCERS];
	struct thread_pool *p = thread_pool_open(3, 0, 64, count, NULL);
	ck_assert_ptr_nonnull(p);
	for (int i = 0; i < PRODUCERS; i++) {
		parts[i] = (struct production){p, tasks + (ptrdiff_t)i * EACH};
		ck_assert_int_eq(pthread_create(&threads[i], NULL, produce, &parts[i]), 0);
	}
	for (int i = 0; i < PRODUCERS; i++)
		pthread_join(threads[i], NULL);
	thread_pool_close(p);
	for (int i = 0; i < PRODUCERS * EACH; i++)
		ck_assert_int_eq(tasks[i].times, 1);
}
END_TEST

UNIT_MAIN("thread_pool", thread_pool_push__beyond_the_queue__is_refused_but_begun_work_is_taken,
	  thread_pool_withdraw__late_or_cancelled__takes_them_out_and_keeps_the_order,
	  thread_pool_open__threads__work_side_by_side,
	  thread_pool_push__from_many_threads__does_each_task_once)
