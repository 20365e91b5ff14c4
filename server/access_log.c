/* Level and members of the line "request". */
#include "server/access_log.h"

#include <string.h>

#include "base/decimal.h"
#include "server/health.h"

enum { LINE_MAX_BYTES = 16 * 1024, LINE_USUAL_BYTES = 512, PATH_MAX_BYTES = 1024 };

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

/* A member that printf would write for six times as much: there is a line for every answer. */
static void add_int(struct buf *line, struct str name, int64_t n)
{
	char text[DECIMAL_DIGITS_MAX], *end = text + sizeof text;
	char *p = decimal_before(end, n < 0 ? 0 : (uint64_t)n);
	buf_add(line, name);
	buf_add(line, (struct str){p, (size_t)(end - p)});
}

static void add_duration(struct buf *line, int64_t ns)
{
	char part[3];
	int64_t us = (ns + 500) / 1000;
	add_int(line, STR(",\"duration_ms\":"), us / 1000);
	buf_add_char(line, '.');
	decimal_padded(part, (uint64_t)us, sizeof part);
	buf_add(line, (struct str){part, sizeof part});
}

static void add_request(struct buf *line, const struct exchange *x)
{
	char remote[ADDRESS_TEXT_MAX] = "";
	struct address from = cidr_list_client(&x->service->trusted_proxies, x->conn->peer,
					       x->head.values[HEAD_FORWARDED_FOR]);
	const char *question = memchr(x->raw, '?', x->raw_n);
	size_t path_n = question ? (size_t)(question - x->raw) : x->raw_n;
	address_format(&from, remote);
	buf_add(line, STR(",\"id\":\""));
	buf_add(line, str_of(x->id));
	buf_add(line, STR("\",\"remote\":\""));
	buf_add(line, str_of(remote));
	buf_add(line, STR("\",\"method\":"));
	log_quote(line, str_of(x->method));
	buf_add(line, STR(",\"path\":"));
	log_quote(line, (struct str){x->raw, path_n < PATH_MAX_BYTES ? path_n : PATH_MAX_BYTES});
}

void access_log_write(const struct exchange *x, int64_t duration_ns)
{
	struct buf line;
	int level = level_of(x);
	if (!log_wants(x->service->config.log, level))
		return;
	buf_init(&line, LINE_MAX_BYTES);
	(void)buf_reserve(&line, LINE_USUAL_BYTES);
	log_begin(&line, level, "request");
	add_request(&line, x);
	add_int(&line, STR(",\"status\":"), x->status);
	add_int(&line, STR(",\"bytes\":"), x->sent_bytes);
	add_duration(&line, duration_ns);
	buf_add(&line, STR(",\"route\":\""));
	buf_add(&line, x->route ? str_of(x->route->path) : STR_EMPTY);
	buf_add_char(&line, '"');
	if ((x->status >= 500 || x->stream.has_failed || x->err.kind == ERR_LATE) &&
	    x->err.kind != ERR_NONE) {
		buf_add(&line, STR(",\"error\":"));
		log_quote(&line, str_of(x->err.message));
	}
	buf_add_char(&line, '}');
	log_add(x->service->config.log, buf_str(&line));
	buf_release(&line);
}
