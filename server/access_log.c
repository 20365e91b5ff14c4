/* Level and members of the line "request". */
#include "server/access_log.h"

#include <string.h>

#include "server/health.h"

enum { LINE_MAX_BYTES = 16 * 1024, PATH_MAX_BYTES = 1024 };

static int level_of(const struct exchange *x)
{
	if (x->stream.has_failed)
		return LOG_ERROR;
	if (x->state == EXCHANGE_ANSWERED && x->err.kind == ERR_LATE)
		return LOG_WARN;
	if (x->status >= 500)
		return x->status == 503 ? LOG_WARN : LOG_ERROR;
	return x->route_index < health_routes_count ? LOG_DEBUG : LOG_INFO;
}

void access_log_write(const struct exchange *x, int64_t duration_ns)
{
	int level = level_of(x);
	if (!log_wants(x->service->config.log, level))
		return;
	struct buf line;
	char remote[ADDRESS_TEXT_MAX] = "";
	struct address from = cidr_list_client(&x->service->trusted_proxies, x->conn->peer,
					       x->head.values[HEAD_FORWARDED_FOR]);
	address_format(&from, remote);
	buf_init(&line, LINE_MAX_BYTES);
	log_begin(&line, level, "request");
	buf_printf(&line, ",\"id\":\"%s\",\"remote\":\"%s\",\"method\":", x->id, remote);
	log_quote(&line, str_of(x->method));
	buf_add(&line, STR(",\"path\":"));
	const char *question = memchr(x->raw, '?', x->raw_n);
	size_t path_n = question ? (size_t)(question - x->raw) : x->raw_n;
	log_quote(&line, (struct str){x->raw, path_n < PATH_MAX_BYTES ? path_n : PATH_MAX_BYTES});
	buf_printf(&line, ",\"status\":%d,\"bytes\":%lld,\"duration_ms\":%.3f,\"route\":\"%s\"",
		   x->status, (long long)x->sent_bytes, (double)duration_ns / 1e6,
		   x->route ? x->route->path : "");
	if ((x->status >= 500 || x->stream.has_failed || x->err.kind == ERR_LATE) &&
	    x->err.kind != ERR_NONE) {
		buf_add(&line, STR(",\"error\":"));
		log_quote(&line, str_of(x->err.message));
	}
	buf_add_char(&line, '}');
	log_add(x->service->config.log, buf_str(&line));
	buf_release(&line);
}
