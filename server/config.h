/* The server's configuration: plain values, named after the program's options, whose meaning is in
 * docs/configuration.md. Everything that it points to must outlive the server. */
#ifndef DEMARCHE_SERVER_CONFIG_H
#define DEMARCHE_SERVER_CONFIG_H

#include "api/routes.h"
#include "server/log.h"

enum { CONFIG_POLLERS_MAX = 64 };

struct server_config {
	const struct api *api;	    /* its store may be NULL: then nothing is said of one */
	const struct route *routes; /* beside the server's own: /healthz, /readyz, /metrics */
	size_t n_routes;
	struct memory *memory; /* shared with others; what is free of it now is for requests */
	struct log *log;       /* NULL: none */

	const char *listen; /* "HOST:PORT" */
	/* "" where there is none. */
	const char *base_path, *cors_origins, *trusted_proxies;
	const char *tokens_file, *tokens; /* a file of bearer tokens, and such lines themselves */
	bool is_open;			  /* may be reached by others without tokens */
	bool compresses;		  /* answers, for clients that accept it */

	int pollers, workers, extractors; /* threads; at most CONFIG_POLLERS_MAX pollers */
	size_t answer_cache_bytes;	  /* of answers kept; of the memory, but counted before */
	size_t queue_max;		  /* requests that wait, for each of the last two */
	int64_t max_connections;
	int64_t max_body_bytes;
	int64_t article_tokens, article_cpu_ms;
	int64_t body_timeout_ms, idle_timeout_ms, send_timeout_ms, read_deadline_ms;
};

#endif
