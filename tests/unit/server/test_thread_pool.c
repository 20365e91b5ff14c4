/* The queue of a thread pool: its bound, its order, what is taken out of it. */
#include "server/thread_pool.h"

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

START_TEST(thread_pool_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order)
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

UNIT_MAIN("thread_pool", thread_pool_push__beyond_the_queue__is_refused_but_begun_work_is_taken,
	  thread_pool_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order)
