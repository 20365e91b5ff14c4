/* Makes the proxy's configuration from the shipped one, starts it, ends it. */
#include "tests/smuggling/proxy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "base/buf.h"

enum { PATIENCE_MS = 60000, CONFIG_MAX = 1 << 20, PORTS_TRIED = 5 };

#define SHIPPED "docker/nginx.conf"

static void read_all(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rbe");
	ck_assert_msg(f, "cannot open \"%s\"", path);
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_add(out, (struct str){part, n});
	fclose(f);
	ck_assert(!out->failed);
}

/* Every place where `from` stands; there is at least one: the shipped file is as this test knows
 * it. */
static void replace(struct buf *text, const char *from, const char *to)
{
	struct buf out;
	size_t at = 0, found;
	buf_init(&out, CONFIG_MAX);
	while ((found = str_find(buf_str(text), str_of(from), at)) != SIZE_MAX) {
		buf_add(&out, str_sub(buf_str(text), at, found));
		buf_add(&out, str_of(to));
		at = found + strlen(from);
	}
	ck_assert_msg(at > 0, "no \"%s\" in " SHIPPED, from);
	buf_add(&out, str_sub(buf_str(text), at, text->n));
	buf_release(text);
	*text = out;
}

static void drop_tls(struct buf *text)
{
	struct buf out;
	struct str rest = buf_str(text), line;
	buf_init(&out, CONFIG_MAX);
	while (str_split(&rest, '\n', &line)) {
		if (!str_starts(str_trim(line), STR("ssl_"))) {
			buf_add(&out, line);
			buf_add_char(&out, '\n');
		}
	}
	buf_release(text);
	*text = out;
}

static void write_config(const struct proxy *p, int service_port, int port, const char *wait)
{
	char value[128];
	struct buf text;
	buf_init(&text, CONFIG_MAX);
	read_all(SHIPPED, &text);
	drop_tls(&text);
	snprintf(value, sizeof value, "server 127.0.0.1:%d;", service_port);
	replace(&text, "server demarche:8080;", value);
	snprintf(value, sizeof value, "listen 127.0.0.1:%d;", port);
	replace(&text, "listen 8443 ssl http2;", value);
	snprintf(value, sizeof value, "listen unix:%s/redirect;", p->folder);
	replace(&text, "listen 8080;", value);
	snprintf(value, sizeof value, "%s/", p->folder);
	replace(&text, "/run/", value);
	replace(&text, "/tmp/nginx-", value);
	replace(&text, "/dev/stdout", p->log);
	snprintf(value, sizeof value, "client_header_timeout %s;", wait);
	replace(&text, "client_header_timeout 10s;", value);
	snprintf(value, sizeof value, "client_body_timeout %s;", wait);
	replace(&text, "client_body_timeout 30s;", value);
	snprintf(value, sizeof value, "%s/nginx.conf", p->folder);
	FILE *f = fopen(value, "we");
	ck_assert(f && fwrite(text.p, 1, text.n, f) == text.n && fclose(f) == 0);
	buf_release(&text);
}

static const char *nginx_path(void)
{
	static const char *const places[] = {"/usr/sbin/nginx", "/usr/bin/nginx",
					     "/usr/local/sbin/nginx", "/usr/local/bin/nginx"};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (access(places[i], X_OK) == 0)
			return places[i];
	ck_abort_msg("no nginx");
	return NULL;
}

void proxy_start(struct proxy *p, int service_port, const char *wait)
{
	*p = (struct proxy){.folder = "/tmp/demarche-proxy-XXXXXX"};
	ck_assert(mkdtemp(p->folder));
	snprintf(p->log, sizeof p->log, "%s/requests", p->folder);
	snprintf(p->errors, sizeof p->errors, "%s/errors", p->folder);
	char config[96];
	snprintf(config, sizeof config, "%s/nginx.conf", p->folder);
	/* One process: none is left behind when this one is killed. */
	const char *argv[] = {nginx_path(),
			      "-c",
			      config,
			      "-p",
			      p->folder,
			      "-g",
			      "daemon off; master_process off;",
			      NULL};
	struct err e = {0};
	int rc = -1;
	/* Somebody else may take the free port before nginx does. */
	for (int i = 0; i < PORTS_TRIED && rc != 0; i++) {
		int port = process_free_port();
		write_config(p, service_port, port, wait);
		e = (struct err){0};
		rc = process_start(&p->process, argv, port, p->errors, PATIENCE_MS, &e);
	}
	ck_assert_msg(rc == 0, "%s", e.message);
}

void proxy_stop(struct proxy *p)
{
	ck_assert_int_eq(process_stop(&p->process), 0);
	char command[128];
	snprintf(command, sizeof command, "rm -r %s", p->folder);
	ck_assert_int_eq(system(command), 0);
}

char *proxy_log(const struct proxy *p)
{
	struct buf text;
	buf_init(&text, 64 << 20);
	read_all(p->log, &text);
	buf_add_char(&text, '\0');
	ck_assert(!text.failed);
	return text.p;
}
