/* The queue of a crew: its bound, its order, what is taken out of it. */
#include "server/crew.h"

#include <stdatomic.h>
#include <time.h>

#include "tests/unit/unit.h"

struct job {
	struct crew_item item;
	int number;
};

struct notes {
	_Atomic int done, order[8];
	_Atomic bool may_go;
};

static void work(void *context, struct crew_item *item)
{
	struct notes *n = context;
	struct job *job = (struct job *)(void *)item;
	while (job->number == 0 && !atomic_load(&n->may_go))
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	n->order[atomic_fetch_add(&n->done, 1)] = job->number;
}

START_TEST(crew_push__beyond_the_queue__is_refused_but_begun_work_is_taken)
{
	struct notes n = {0};
	struct job jobs[6];
	for (int i = 0; i < 6; i++)
		jobs[i] = (struct job){.number = i};
	struct crew *c = crew_open(1, 0, 2, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(crew_push(c, &jobs[0].item));
	while (crew_waiting(c) > 0) /* until the only worker has it */
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	ck_assert(crew_push(c, &jobs[1].item));
	ck_assert(crew_push(c, &jobs[2].item));
	ck_assert(!crew_push(c, &jobs[3].item));
	crew_push_begun(c, &jobs[4].item);
	ck_assert_uint_eq(crew_waiting(c), 3);
	atomic_store(&n.may_go, true);
	crew_close(c); /* does what is queued */
	ck_assert_int_eq(n.done, 4);
	static const int want[] = {0, 4, 1, 2};
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

static void await_empty(struct crew *c)
{
	while (crew_waiting(c) > 0)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

START_TEST(crew_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order)
{
	struct notes n = {0};
	atomic_bool unwanted = true;
	struct job jobs[7];
	for (int i = 0; i < 7; i++)
		jobs[i] = (struct job){.number = i, .item = {.until_ns = 100}};
	jobs[2].item.until_ns = 10;
	jobs[4].item.unwanted = &unwanted;
	jobs[5].item = (struct crew_item){.until_ns = CREW_WAITS, .unwanted = &unwanted};
	struct crew *c = crew_open(1, 5, 10, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(crew_push(c, &jobs[0].item));
	await_empty(c);
	ck_assert_uint_eq(crew_busy(c), 1);
	for (int i = 1; i < 6; i++)
		ck_assert(crew_push(c, &jobs[i].item));
	struct crew_item *vain = crew_withdraw(c, 50);
	ck_assert_ptr_eq(vain, &jobs[2].item);
	ck_assert_ptr_eq(vain->next, &jobs[4].item);
	ck_assert_ptr_null(vain->next->next);
	ck_assert_ptr_null(crew_withdraw(c, 50));
	ck_assert_uint_eq(crew_waiting(c), 3);
	crew_push_again(c, &jobs[6].item);
	atomic_store(&n.may_go, true);
	crew_close(c);
	static const int want[] = {0, 1, 3, 5, 6};
	ck_assert_int_eq(n.done, 5);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

UNIT_MAIN("crew", crew_push__beyond_the_queue__is_refused_but_begun_work_is_taken,
	  crew_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order)
