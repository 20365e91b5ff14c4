/* Two lists under one lock: tasks that were begun, and new ones. */
#include "server/thread_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The JSON parser recurses; see the limits on depth where it is called. */
enum { STACK_BYTES = 2 * 1024 * 1024 };

struct list {
	struct task *head, **tail;
	size_t n;
};

struct thread_pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct list begun, fresh;
	size_t max;
	bool is_ending;
	void (*work)(void *, struct task *);
	void *context;
	int niceness;
	int n_threads;
	int sleeping;
	size_t busy;
	pthread_t threads[];
};

static void add(struct list *l, struct task *task)
{
	task->next = NULL;
	*l->tail = task;
	l->tail = &task->next;
	l->n++;
}

static struct task *take(struct list *l)
{
	struct task *task = l->head;
	if (!task)
		return NULL;
	l->head = task->next;
	if (!l->head)
		l->tail = &l->head;
	l->n--;
	return task;
}

static void *run(void *arg)
{
	struct thread_pool *p = arg;
	if (p->niceness) /* on Linux it is a thread's own */
		setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), p->niceness);
	pthread_mutex_lock(&p->lock);
	for (;;) {
		struct task *task = take(&p->begun);
		if (!task)
			task = take(&p->fresh);
		if (!task) {
			if (p->is_ending)
				break;
			p->sleeping++;
			pthread_cond_wait(&p->more, &p->lock);
			p->sleeping--;
			continue;
		}
		p->busy++;
		pthread_mutex_unlock(&p->lock);
		p->work(p->context, task);
		pthread_mutex_lock(&p->lock);
		p->busy--;
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct thread_pool *thread_pool_open(int threads, int niceness, size_t queue_max,
				     void (*work)(void *, struct task *), void *context)
{
	struct thread_pool *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->threads[0]);
	if (!p)
		return NULL;
	*p = (struct thread_pool){
		.max = queue_max, .work = work, .context = context, .niceness = niceness};
	p->begun.tail = &p->begun.head;
	p->fresh.tail = &p->fresh.head;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->more, NULL);
	pthread_attr_t attr;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	while (p->n_threads < threads &&
	       pthread_create(&p->threads[p->n_threads], &attr, run, p) == 0)
		p->n_threads++;
	pthread_attr_destroy(&attr);
	if (p->n_threads < threads) {
		thread_pool_close(p);
		return NULL;
	}
	return p;
}

void thread_pool_close(struct thread_pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->is_ending = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->n_threads; i++)
		pthread_join(p->threads[i], NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->more);
	free(p);
}

static bool push(struct thread_pool *p, struct list *l, size_t max, struct task *task)
{
	pthread_mutex_lock(&p->lock);
	bool has_room = l->n < max;
	bool wakes = has_room && p->sleeping > 0;
	if (has_room)
		add(l, task);
	if (wakes)
		pthread_cond_signal(&p->more);
	pthread_mutex_unlock(&p->lock);
	return has_room;
}

bool thread_pool_push(struct thread_pool *p, struct task *task)
{
	return push(p, &p->fresh, p->max, task);
}

void thread_pool_push_begun(struct thread_pool *p, struct task *task)
{
	push(p, &p->begun, SIZE_MAX, task);
}

void thread_pool_push_again(struct thread_pool *p, struct task *task)
{
	push(p, &p->fresh, SIZE_MAX, task);
}

static bool is_expired(const struct task *task, int64_t now_ns)
{
	if (task->start_by_ns == TASK_NO_DEADLINE)
		return false;
	return now_ns > task->start_by_ns ||
	       (task->cancelled && atomic_load_explicit(task->cancelled, memory_order_relaxed));
}

struct task *thread_pool_withdraw(struct thread_pool *p, int64_t now_ns)
{
	struct list expired = {.tail = &expired.head};
	pthread_mutex_lock(&p->lock);
	struct task *task = p->fresh.head, *next;
	p->fresh = (struct list){.tail = &p->fresh.head};
	for (; task; task = next) {
		next = task->next;
		add(is_expired(task, now_ns) ? &expired : &p->fresh, task);
	}
	pthread_mutex_unlock(&p->lock);
	return expired.head;
}

size_t thread_pool_waiting(struct thread_pool *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->begun.n + p->fresh.n;
	pthread_mutex_unlock(&p->lock);
	return n;
}

size_t thread_pool_busy(struct thread_pool *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->busy;
	pthread_mutex_unlock(&p->lock);
	return n;
}
