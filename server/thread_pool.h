/* A bounded queue of tasks and the threads that do them. A task is anything that holds a struct
 * task. Whoever takes a task out of the queue owns it: a thread of the pool, or the caller of
 * thread_pool_withdraw. */
#ifndef DEMARCHE_SERVER_THREAD_POOL_H
#define DEMARCHE_SERVER_THREAD_POOL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TASK_NO_DEADLINE INT64_MAX

struct task {
	struct task *next;
	/* now_monotonic_ns() after which it need not be begun any more, or TASK_NO_DEADLINE. */
	int64_t start_by_ns;
	/* Set when nobody wants it any more; not looked at without a deadline. May be NULL. */
	const atomic_bool *cancelled;
};

struct thread_pool;

/* `work` runs on one of `threads` threads of 2 MiB stack each, which are `niceness` below the
 * others in priority. NULL when threads or memory lack. */
struct thread_pool *thread_pool_open(int threads, int niceness, size_t queue_max,
				     void (*work)(void *context, struct task *task), void *context);
/* Does what is queued, then ends the threads. NULL is allowed. */
void thread_pool_close(struct thread_pool *p);
/* False when `queue_max` tasks wait. */
bool thread_pool_push(struct thread_pool *p, struct task *task);
/* For a task that was begun: always taken, and done before what has not begun. */
void thread_pool_push_begun(struct thread_pool *p, struct task *task);
/* Always taken as well, but done after all that waits. */
void thread_pool_push_again(struct thread_pool *p, struct task *task);
/* Takes out the tasks that are not begun and past their deadline, or cancelled: a list by `next`.
 */
struct task *thread_pool_withdraw(struct thread_pool *p, int64_t now_ns);
size_t thread_pool_waiting(struct thread_pool *p);
/* Threads at work. */
size_t thread_pool_busy(struct thread_pool *p);

#endif
