/* Two lists under one lock: work begun before, and new work. */
#include "server/crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The JSON parser recurses; see the limits on depth where it is called. */
enum { STACK_BYTES = 2 * 1024 * 1024 };

struct list {
	struct crew_item *head, **tail;
	size_t n;
};

struct crew {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct list begun, fresh;
	size_t max;
	bool is_ending;
	void (*work)(void *, struct crew_item *);
	void *context;
	int niceness;
	int n_threads;
	int sleeping;
	size_t busy;
	pthread_t threads[];
};

static void add(struct list *l, struct crew_item *item)
{
	item->next = NULL;
	*l->tail = item;
	l->tail = &item->next;
	l->n++;
}

static struct crew_item *take(struct list *l)
{
	struct crew_item *item = l->head;
	if (!item)
		return NULL;
	l->head = item->next;
	if (!l->head)
		l->tail = &l->head;
	l->n--;
	return item;
}

static void *run(void *arg)
{
	struct crew *p = arg;
	if (p->niceness) /* on Linux it is a thread's own */
		setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), p->niceness);
	pthread_mutex_lock(&p->lock);
	for (;;) {
		struct crew_item *item = take(&p->begun);
		if (!item)
			item = take(&p->fresh);
		if (!item) {
			if (p->is_ending)
				break;
			p->sleeping++;
			pthread_cond_wait(&p->more, &p->lock);
			p->sleeping--;
			continue;
		}
		p->busy++;
		pthread_mutex_unlock(&p->lock);
		p->work(p->context, item);
		pthread_mutex_lock(&p->lock);
		p->busy--;
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct crew *crew_open(int threads, int niceness, size_t queue_max,
		       void (*work)(void *, struct crew_item *), void *context)
{
	struct crew *p = calloc(1, sizeof *p + (size_t)threads * sizeof p->threads[0]);
	if (!p)
		return NULL;
	*p = (struct crew){
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
		crew_close(p);
		return NULL;
	}
	return p;
}

void crew_close(struct crew *p)
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

static bool push(struct crew *p, struct list *l, size_t max, struct crew_item *item)
{
	pthread_mutex_lock(&p->lock);
	bool has_room = l->n < max;
	bool wakes = has_room && p->sleeping > 0;
	if (has_room)
		add(l, item);
	if (wakes)
		pthread_cond_signal(&p->more);
	pthread_mutex_unlock(&p->lock);
	return has_room;
}

bool crew_push(struct crew *p, struct crew_item *item)
{
	return push(p, &p->fresh, p->max, item);
}

void crew_push_begun(struct crew *p, struct crew_item *item)
{
	push(p, &p->begun, SIZE_MAX, item);
}

void crew_push_again(struct crew *p, struct crew_item *item)
{
	push(p, &p->fresh, SIZE_MAX, item);
}

static bool waits_in_vain(const struct crew_item *item, int64_t now_ns)
{
	if (item->until_ns == CREW_WAITS)
		return false;
	return now_ns > item->until_ns ||
	       (item->unwanted && atomic_load_explicit(item->unwanted, memory_order_relaxed));
}

struct crew_item *crew_withdraw(struct crew *p, int64_t now_ns)
{
	struct list vain = {.tail = &vain.head};
	pthread_mutex_lock(&p->lock);
	struct crew_item *item = p->fresh.head, *next;
	p->fresh = (struct list){.tail = &p->fresh.head};
	for (; item; item = next) {
		next = item->next;
		add(waits_in_vain(item, now_ns) ? &vain : &p->fresh, item);
	}
	pthread_mutex_unlock(&p->lock);
	return vain.head;
}

size_t crew_waiting(struct crew *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->begun.n + p->fresh.n;
	pthread_mutex_unlock(&p->lock);
	return n;
}

size_t crew_busy(struct crew *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->busy;
	pthread_mutex_unlock(&p->lock);
	return n;
}
