/* serve: opens everything, serves until a signal, drains. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "api/issue_registry.h"
#include "api/statement_cache.h"
#include "base/version.h"
#include "cli/background.h"
#include "cli/command.h"
#include "cli/fixed_memory.h"
#include "db/reading_queue.h"
#include "db/store.h"
#include "extract/extract.h"
#include "server/server.h"

struct app {
	struct log *log;
	struct engine *engine;
	struct store *store;
	struct issue_registry *issues;
	struct reading_queue *queue;
	struct statement_cache *statements;
	struct api api;
	struct memory memory;
	struct background *background;
	struct server *server;
	sigset_t signals;
};

/* Of --answer-cache. */
static size_t statements_bytes(const struct options *o)
{
	enum { STATEMENTS_SHARE = 4 };
	return (size_t)o->answer_cache / STATEMENTS_SHARE;
}

static struct server_config config_of(struct app *app, const struct options *o)
{
	return (struct server_config){
		.api = &app->api,
		.routes = api_routes,
		.n_routes = api_routes_count,
		.memory = &app->memory,
		.log = app->log,
		.listen = o->listen,
		.base_path = o->base_path,
		.cors_origins = o->cors_origins,
		.trusted_proxies = o->trusted_proxies,
		.tokens_file = o->tokens_file,
		.tokens = o->tokens,
		.is_open = o->open,
		.compresses = o->gzip == GZIP_AUTO,
		.pollers = (int)o->pollers,
		.workers = (int)o->workers,
		.extractors = (int)o->extractors,
		.answer_cache_bytes = (size_t)o->answer_cache - statements_bytes(o),
		.queue_max = (size_t)o->queue,
		.max_connections = o->max_connections,
		.max_body_bytes = o->max_body,
		.article_tokens = o->article_tokens,
		.article_cpu_ms = o->article_cpu,
		.body_timeout_ms = o->body_timeout,
		.idle_timeout_ms = o->idle_timeout,
		.send_timeout_ms = o->send_timeout,
		.read_deadline_ms = o->read_deadline,
	};
}

struct store_opening {
	const struct options *o;
	struct store *store;
	struct err e;
};

static void *open_store(void *opening)
{
	struct store_opening *s = opening;
	s->store = command_store(s->o, fixed_memory_readers(s->o), "serve", &s->e);
	return NULL;
}

/* Side by side: neither asks the other, and both take time. */
static int open_engine_and_store(struct app *app, const struct options *o, struct err *e)
{
	struct store_opening opening = {.o = o};
	pthread_t thread;
	if (pthread_create(&thread, NULL, open_store, &opening) != 0)
		return err_set(e, ERR_INTERNAL, NULL, "cannot start a thread for the store");
	app->engine = engine_open(e);
	pthread_join(thread, NULL);
	app->store = opening.store;
	if (app->engine && !app->store)
		*e = opening.e;
	return app->engine && app->store ? 0 : -1;
}

static int open_all(struct app *app, const struct options *o, struct err *e)
{
	if (open_engine_and_store(app, o, e))
		return -1;
	struct knowledge known = engine_knowledge(app->engine);
	if (store_seed(app->store, &known, e) != 0)
		return -1;
	if (store_stats(app->store).reread.is_outdated)
		log_line(app->log, LOG_WARN,
			 "a newer engine has read the database: this one reads nothing again",
			 "\"engine\":\"%s\"", ENGINE_VERSION);
	app->issues = issue_registry_open(app->engine, app->store, e);
	app->queue = app->issues ? reading_queue_open(o->db, 0, e) : NULL;
	if (!app->queue)
		return -1;
	if (fixed_memory_reserve(&app->memory, o, e) != 0)
		return -1;
	app->statements = statement_cache_new(statements_bytes(o));
	if (!app->statements)
		return err_set(e, ERR_INTERNAL, NULL, "out of memory");
	app->api = (struct api){
		.store = app->store,
		.statements = app->statements,
		.engine = app->engine,
		.issues = app->issues,
		.queue = app->queue,
		.extracts = !o->no_extract,
		.deadline_ms = (int)o->read_deadline,
		.max_body_bytes = (size_t)o->max_body,
	};
	struct server_config config = config_of(app, o);
	const struct budget limits = {.tokens_max = (size_t)o->article_tokens,
				      .cpu_max_ns = o->article_cpu * 1000000,
				      .memory = &app->memory};
	app->background = background_start(&app->api, &limits, app->log, e);
	app->server = app->background ? server_open(&config, e) : NULL;
	return app->server ? 0 : -1;
}

/* What the database library says goes to the log. */
static void log_news(void *log, enum store_news news, const char *what)
{
	static const int levels[] = {[STORE_NEWS_DETAIL] = LOG_DEBUG,
				     [STORE_NEWS_NOTICE] = LOG_INFO,
				     [STORE_NEWS_WARNING] = LOG_WARN,
				     [STORE_NEWS_ERROR] = LOG_ERROR};
	char quoted[1100];
	log_line(log, levels[news], "database", "\"news\":%s",
		 log_quoted(quoted, sizeof quoted, str_of(what)));
}

/* For a second writer, which is refused, to be told. */
static void announce(const struct app *app, const struct options *o)
{
	char url[320];
	snprintf(url, sizeof url, "http://%s%s", server_address(app->server), o->base_path);
	store_announce(app->store, url);
}

static void end_at_once(int signal_number)
{
	(void)signal_number;
	_exit(STATUS_FAILED);
}

/* From here on a signal ends the process where it is: what was acknowledged is durable. */
static void arm_second_signal(const sigset_t *signals)
{
	struct sigaction action = {.sa_handler = end_at_once};
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	pthread_sigmask(SIG_UNBLOCK, signals, NULL);
}

static void drain(struct app *app, const struct options *o)
{
	server_leave(app->server);
	arm_second_signal(&app->signals);
	log_line(app->log, LOG_INFO, "ending", "\"delay_ms\":%lld", (long long)o->drain_delay);
	nanosleep(&(struct timespec){.tv_sec = o->drain_delay / 1000,
				     .tv_nsec = o->drain_delay % 1000 * 1000000},
		  NULL);
	int cut = server_close(app->server, o->drain_timeout);
	log_line(app->log, cut ? LOG_WARN : LOG_INFO, "ended", "\"connections_cut\":%d", cut);
}

int command_serve(const struct options *o)
{
	struct app app = {0};
	struct err e = {0};
	char quoted[1024];
	int signal_number, status = STATUS_OK;
	sigemptyset(&app.signals);
	sigaddset(&app.signals, SIGTERM);
	sigaddset(&app.signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, &app.signals, NULL); /* before any thread, so that all have it */
	signal(SIGPIPE, SIG_IGN);
	app.log = log_open(STDERR_FILENO, o->log_level);
	struct store_listener listener = {log_news, app.log};
	if (app.log)
		store_listen(&listener);
	else
		err_set(&e, ERR_INTERNAL, NULL, "out of memory for the log");
	if (app.log && open_all(&app, o, &e) == 0) {
		announce(&app, o);
		log_line(app.log, LOG_ALWAYS, "listening",
			 "\"address\":\"%s\",\"version\":\"%s\",\"engine\":\"%s\",\"database\":%s",
			 server_address(app.server), PROGRAM_VERSION, ENGINE_VERSION,
			 log_quoted(quoted, sizeof quoted, str_of(o->db)));
		sigwait(&app.signals, &signal_number);
		drain(&app, o);
	} else {
		status = e.kind == ERR_INPUT ? STATUS_USAGE : STATUS_FAILED;
	}
	background_stop(app.background);
	reading_queue_close(app.queue);
	issue_registry_close(app.issues);
	statement_cache_free(app.statements);
	store_close(app.store);
	engine_close(app.engine);
	log_close(app.log);
	if (status != STATUS_OK)
		command_fail(&e);
	return status;
}
