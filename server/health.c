/* The server's own resources: is it alive, is it ready, what has it counted. All are answered on
 * the poller, so that they are when all workers are busy: nothing here waits for the store. */
#include "server/health.h"

#include "api/statement_cache.h"
#include "db/reading_queue.h"
#include "db/reread.h"
#include "server/exchange.h"
#include "server/process.h"

static enum api_result healthz(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)e;
	rs->content_type = "text/plain; charset=utf-8";
	rs->fixed = STR("ok\n");
	return API_DONE;
}

static enum api_result readyz(struct request *rq, struct response *rs, struct err *e)
{
	struct service *s = exchange_of_request(rq)->service;
	if (atomic_load(&s->is_leaving)) {
		err_set(e, ERR_BUSY, NULL, "the service is ending");
		return API_ERROR;
	}
	if (readiness_check(s->readiness, e) != 0)
		return API_ERROR;
	rs->content_type = "text/plain; charset=utf-8";
	rs->fixed = STR("ready\n");
	return API_DONE;
}

static void write_store(struct buf *out, struct store *store)
{
	struct store_stats t = store_stats(store);
	const struct {
		const char *name, *type, *help;
		int64_t value;
	} rows[] = {
		{"demarche_articles", "gauge", "Articles in the store.", t.articles},
		{"demarche_statements", "gauge", "Statements in the store.", t.statements},
		{"demarche_actors", "gauge", "Actors in the store.", t.actors},
		{"demarche_issues", "gauge", "Issues in the store.", t.issues},
		{"demarche_writes_queued", "gauge", "Writes waiting for the writer.",
		 t.writes_queued},
		{"demarche_write_transactions_total", "counter", "Transactions committed.",
		 t.transactions},
		{"demarche_writes_total", "counter", "Writes committed.", t.writes_committed},
		{"demarche_database_bytes", "gauge", "Size of the database file.", t.file_bytes},
		{"demarche_reread_articles", "gauge",
		 "Articles to be read again, or read again, in the edition in force.",
		 t.reread.done + t.reread.stale},
		{"demarche_reread_articles_done", "gauge", "Articles of them that were read again.",
		 t.reread.done},
		{"demarche_reread_articles_failed", "gauge",
		 "Articles of these that the engine refused.", t.reread.failed},
		{"demarche_reread_running", "gauge",
		 "1 while stored articles are being read again.", reread_is_running(&t.reread)},
		{"demarche_edition", "gauge", "Of engine, actors and issues in force.",
		 t.reread.edition},
		{"demarche_commits", "gauge", "Number of the last transaction that changed a row.",
		 t.commits},
		{"demarche_wal_bytes", "gauge", "Size of the write-ahead log.", t.wal_bytes},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		metrics_value(out, rows[i].name, rows[i].type, rows[i].help, (double)rows[i].value);
}

/* Processes that read for this one, where there may be such. */
static void write_workers(struct buf *out, struct reading_queue *queue)
{
	struct reading_figures f;
	if (!queue || !reading_queue_figures(queue, &f))
		return;
	const struct {
		const char *name, *help;
		int64_t value;
	} rows[] = {
		{"demarche_work_processes",
		 "Processes that read articles, heard of in the last minute.", f.workers},
		{"demarche_work_articles_waiting", "Articles put out for them.", f.waiting},
		{"demarche_work_articles_lent", "Articles that they read.", f.lent},
		{"demarche_work_articles_handed_in",
		 "Articles read, whose statements are not taken over yet.", f.handed_in},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		metrics_value(out, rows[i].name, "gauge", rows[i].help, (double)rows[i].value);
}

static void write_work(struct buf *out, struct service *s)
{
	const struct {
		const char *name, *help;
		double value;
	} rows[] = {
		{"demarche_queue_length", "Requests waiting for a worker.",
		 (double)thread_pool_waiting(s->workers)},
		{"demarche_extract_queue_length", "Articles waiting to be read.",
		 (double)thread_pool_waiting(s->extractors)},
		{"demarche_extractions_running", "Articles being read.",
		 (double)thread_pool_busy(s->extractors)},
		{"demarche_body_bytes", "Bodies held.", (double)atomic_load(&s->body_bytes)},
		{"demarche_memory_used_bytes", "Memory taken of --memory, the fixed part included.",
		 (double)memory_used(s->config.memory)},
		{"demarche_memory_max_bytes", "--memory.", (double)s->config.memory->max_bytes},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		metrics_value(out, rows[i].name, "gauge", rows[i].help, rows[i].value);
}

static void write_answers(struct buf *out, struct answer_cache *answers)
{
	struct answer_cache_stats t = answer_cache_stats(answers);
	metrics_value(out, "demarche_answer_cache_hits_total", "counter",
		      "Questions answered from memory.", (double)t.hits);
	metrics_value(out, "demarche_answer_cache_misses_total", "counter",
		      "Questions that were looked for there and asked of the store.",
		      (double)t.misses);
	metrics_value(out, "demarche_answer_cache_answers", "gauge", "Answers kept in memory.",
		      (double)t.answers);
	metrics_value(out, "demarche_answer_cache_bytes", "gauge",
		      "Bytes of --answer-cache in use for answers.", (double)t.bytes);
}

static void write_statements(struct buf *out, struct statement_cache *statements)
{
	struct statement_cache_stats t = statement_cache_stats(statements);
	metrics_value(out, "demarche_statement_cache_hits_total", "counter",
		      "Statements of lists written from memory.", (double)t.hits);
	metrics_value(out, "demarche_statement_cache_misses_total", "counter",
		      "Statements that were looked for there and read from the store.",
		      (double)t.misses);
	metrics_value(out, "demarche_statement_cache_statements", "gauge",
		      "Statements kept in memory.", (double)t.statements);
	metrics_value(out, "demarche_statement_cache_bytes", "gauge",
		      "Bytes of --answer-cache in use for statements.", (double)t.bytes);
}

static enum api_result metrics(struct request *rq, struct response *rs, struct err *e)
{
	struct service *s = exchange_of_request(rq)->service;
	(void)e;
	rs->content_type = "text/plain; version=0.0.4; charset=utf-8";
	metrics_write(&s->metrics, &rs->body);
	write_work(&rs->body, s);
	write_answers(&rs->body, s->answers);
	if (rq->api->statements)
		write_statements(&rs->body, rq->api->statements);
	if (rq->api->store)
		write_store(&rs->body, rq->api->store);
	write_workers(&rs->body, rq->api->queue);
	process_write(&rs->body, s->started_ms);
	return API_DONE;
}

const struct route health_routes[] = {
	{METHOD_GET, "/healthz", healthz, SCOPE_NONE, NULL, true, "*"},
	{METHOD_GET, "/readyz", readyz, SCOPE_NONE, NULL, true, "*"},
	{METHOD_GET, "/metrics", metrics, SCOPE_READ, NULL, true, "*"},
};
const size_t health_routes_count = sizeof health_routes / sizeof health_routes[0];
