/* Keeps the list, and charges each connection for its memory. */
#include "server/connection.h"

#include <stdlib.h>

#include "base/budget.h"
#include "base/clock.h"

enum {
	SHED_TIMEOUT_S = 2,
	/* With what the library and we keep of it. */
	CONNECTION_BYTES = CONNECTION_BUFFER_BYTES + 8192,
};

void connections_init(struct connections *all, const struct server_config *config,
		      struct metrics *metrics)
{
	*all = (struct connections){.config = config, .metrics = metrics};
	pthread_mutex_init(&all->lock, NULL);
}

void connections_release(struct connections *all)
{
	pthread_mutex_destroy(&all->lock);
}

void connections_cancel(struct connections *all)
{
	pthread_mutex_lock(&all->lock);
	for (struct connection *c = all->first; c; c = c->next)
		atomic_store(&c->cancelled, true);
	pthread_mutex_unlock(&all->lock);
}

static void add(struct connections *all, struct connection *c)
{
	pthread_mutex_lock(&all->lock);
	c->next = all->first;
	c->link = &all->first;
	if (c->next)
		c->next->link = &c->next;
	all->first = c;
	pthread_mutex_unlock(&all->lock);
}

static void drop(struct connections *all, struct connection *c)
{
	pthread_mutex_lock(&all->lock);
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	pthread_mutex_unlock(&all->lock);
}

static struct connection *begin(struct connections *all, struct MHD_Connection *mhd)
{
	const struct server_config *config = all->config;
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	address_of(info ? info->client_addr : NULL, &c->peer);
	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	c->fd = info ? info->connect_fd : -1;
	connection_expect(c, now_monotonic_ns() + config->body_timeout_ms * 1000000, false);
	metrics_increment(&all->metrics->accepted);
	int64_t before =
		atomic_fetch_add_explicit(&all->metrics->connections, 1, memory_order_relaxed);
	c->is_charged = memory_take(config->memory, CONNECTION_BYTES);
	c->is_shed = before >= config->max_connections || !c->is_charged;
	if (c->is_shed)
		MHD_set_connection_option(mhd, MHD_CONNECTION_OPTION_TIMEOUT,
					  (unsigned)SHED_TIMEOUT_S);
	add(all, c);
	return c;
}

static void end(struct connections *all, struct connection *c)
{
	drop(all, c);
	atomic_fetch_sub_explicit(&all->metrics->connections, 1, memory_order_relaxed);
	if (c->is_charged)
		memory_give(all->config->memory, CONNECTION_BYTES);
	free(c);
}

void connection_notify(void *cls, struct MHD_Connection *mhd, void **connection,
		       enum MHD_ConnectionNotificationCode code)
{
	struct connections *all = cls;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*connection = begin(all, mhd);
	} else if (*connection) {
		end(all, *connection);
		*connection = NULL;
	}
}

static void set_deadline(struct connection *c, int64_t to)
{
	int64_t was = atomic_load(&c->deadline);
	while (was != DEADLINE_CUT && !atomic_compare_exchange_weak(&c->deadline, &was, to))
		;
}

void connection_expect(struct connection *c, int64_t until_ns, bool is_receiving)
{
	set_deadline(c, (until_ns & ~(int64_t)1) | is_receiving);
}

bool connection_received(struct connection *c)
{
	set_deadline(c, DEADLINE_NONE);
	return !connection_is_cut(c);
}

bool connection_is_cut(const struct connection *c)
{
	return atomic_load(&c->deadline) == DEADLINE_CUT;
}
