/* Budgets of work. The first reason to end stays. */
#include "base/budget.h"

#include "base/clock.h"

void budget_start(struct budget *b)
{
	b->end = BUDGET_LASTS;
	b->cpu_end_ns = 0;
	b->certain_until_ns = b->cpu_max_ns ? now_monotonic_ns() + b->cpu_max_ns : 0;
}

/* A thread's own clock is asked of the kernel, and most work never comes to need it: once when work
 * asks first, and again from when it can be late. */
static bool has_time(struct budget *b)
{
	if (!b->cpu_end_ns)
		b->cpu_end_ns = now_thread_ns() + b->cpu_max_ns;
	return now_monotonic_ns() <= b->certain_until_ns || now_thread_ns() <= b->cpu_end_ns;
}

static bool ends(struct budget *b, enum budget_end why)
{
	if (b->end == BUDGET_LASTS)
		b->end = why;
	return false;
}

bool budget_allows(struct budget *b)
{
	if (!b)
		return true;
	if (b->end != BUDGET_LASTS)
		return false;
	if (b->cancelled && atomic_load_explicit(b->cancelled, memory_order_relaxed))
		return ends(b, BUDGET_CANCELLED);
	return !b->certain_until_ns || has_time(b) || ends(b, BUDGET_CPU);
}

bool budget_allows_tokens(struct budget *b, size_t n)
{
	return !b || !b->tokens_max || n <= b->tokens_max || ends(b, BUDGET_TOKENS);
}

bool budget_take(struct budget *b, size_t n)
{
	if (!b)
		return true;
	size_t reserved = n < b->reserve ? n : b->reserve;
	if (n > reserved && !memory_take(b->memory, n - reserved))
		return ends(b, BUDGET_MEMORY);
	b->reserve -= reserved;
	return true;
}

void budget_give(struct budget *b, size_t n)
{
	if (b)
		memory_give(b->memory, n);
}

void budget_refused(struct budget *b, size_t n)
{
	budget_give(b, n);
	if (b)
		ends(b, BUDGET_MEMORY);
}

bool budget_reserve(struct budget *b, size_t n, size_t keep)
{
	if (n > SIZE_MAX - keep || !memory_take(b->memory, n + keep))
		return false;
	memory_give(b->memory, keep);
	b->reserve += n;
	return true;
}

void budget_unreserve(struct budget *b)
{
	memory_give(b->memory, b->reserve);
	b->reserve = 0;
}

int budget_fail(const struct budget *b, struct err *e)
{
	switch (b ? b->end : BUDGET_LASTS) {
	case BUDGET_TOKENS:
		return err_set(e, ERR_TOO_LARGE, "text",
			       "the text has more than %zu tokens (--article-tokens)",
			       b->tokens_max);
	case BUDGET_CPU:
		return err_set(e, ERR_COSTLY, "text",
			       "reading the text took more than %lld ms (--article-cpu)",
			       (long long)(b->cpu_max_ns / 1000000));
	case BUDGET_MEMORY:
		return err_set(e, ERR_BUSY, NULL, "other requests fill the memory");
	case BUDGET_CANCELLED:
		return err_set(e, ERR_BUSY, NULL, "the work was given up");
	case BUDGET_LASTS:
		break;
	}
	return err_set(e, ERR_TOO_LARGE, NULL, "memory for one request is used up");
}

void budget_blame(const struct budget *b, struct err *e)
{
	if (!b || e->kind == ERR_NONE || (b->end != BUDGET_MEMORY && b->end != BUDGET_CANCELLED))
		return;
	*e = (struct err){0};
	budget_fail(b, e);
}
