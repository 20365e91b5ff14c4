/* Finds questions by asking the service: the actors and issues that are named most, then each pair
 * of them. */
#include "tests/bench/pairs.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/load.h"

enum { NAMES_MAX = 4000, NAMES_TRIED = 40, PAGE = 50, A_SPEAKER_MAX = 16 };

struct name {
	char id[PAIR_ID_MAX];
	long count;
};

struct names {
	struct name v[NAMES_MAX];
	int n;
};

static json_t *ask(int port, const char *target, struct err *e)
{
	struct buf request, body;
	buf_init(&request, 1 << 16);
	buf_init(&body, 64 << 20);
	load_get(&request, target);
	int status = load_once(port, buf_str(&request), &body);
	json_t *j = status == 200 ? json_loadb(body.p, body.n, 0, NULL) : NULL;
	if (!j)
		err_set(e, ERR_INTERNAL, NULL, "GET %s: status %d %.*s", target, status,
			body.n < 200 ? (int)body.n : 200, body.p ? body.p : "");
	buf_release(&request);
	buf_release(&body);
	return j;
}

static int by_count(const void *a, const void *b)
{
	const struct name *x = a, *y = b;
	return x->count != y->count ? (x->count < y->count ? 1 : -1) : strcmp(x->id, y->id);
}

/* Ids hold letters, digits, "-" and such: only what a query string cannot hold is escaped. */
static void escape(char *out, size_t cap, const char *s)
{
	size_t n = 0;
	for (; *s && n + 4 < cap; s++) {
		bool is_plain = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
				(*s >= '0' && *s <= '9') || strchr("-._~", *s);
		n += (size_t)snprintf(out + n, cap - n, is_plain ? "%c" : "%%%02X",
				      (unsigned char)*s);
	}
	out[n] = '\0';
}

static int list_names(struct names *names, int port, const char *path, const char *member,
		      struct err *e)
{
	char target[PAIR_TARGET_MAX], cursor[PAIR_TARGET_MAX / 2] = "";
	names->n = 0;
	do {
		snprintf(target, sizeof target, "%s?with_statements=true&limit=200%s%s", path,
			 *cursor ? "&cursor=" : "", cursor);
		json_t *page = ask(port, target, e), *row;
		if (!page)
			return -1;
		size_t i;
		json_array_foreach(json_object_get(page, member), i, row)
		{
			if (names->n == NAMES_MAX)
				break;
			struct name *name = &names->v[names->n++];
			escape(name->id, sizeof name->id,
			       json_string_value(json_object_get(row, "id")));
			name->count =
				(long)json_integer_value(json_object_get(row, "statement_count"));
		}
		const char *next = json_string_value(json_object_get(page, "next"));
		snprintf(cursor, sizeof cursor, "%s", next ? next : "");
		json_decref(page);
	} while (*cursor && names->n < NAMES_MAX);
	qsort(names->v, (size_t)names->n, sizeof *names->v, by_count);
	return names->n > 0 ? 0 : err_set(e, ERR_INTERNAL, NULL, "%s: none has statements", path);
}

/* 1 when the page is full and another follows, 0 when not; *next gets the cursor. */
static int is_full(int port, const char *target, char *next, size_t cap, struct err *e)
{
	json_t *page = ask(port, target, e);
	if (!page)
		return -1;
	const char *cursor = json_string_value(json_object_get(page, "next"));
	int full = cursor && json_array_size(json_object_get(page, "statements")) == PAGE;
	if (next)
		snprintf(next, cap, "%s", cursor ? cursor : "");
	json_decref(page);
	return full;
}

static int try_pair(struct pairs *p, const struct name *speaker, const struct name *issue,
		    const int *ports, int n_ports, struct err *e)
{
	struct pair *pair = &p->v[p->n];
	*pair = (struct pair){0};
	snprintf(pair->speaker, sizeof pair->speaker, "%s", speaker->id);
	snprintf(pair->issue, sizeof pair->issue, "%s", issue->id);
	snprintf(pair->target, sizeof pair->target, "/v1/statements?speaker=%s&issue=%s&limit=%d",
		 speaker->id, issue->id, PAGE);
	for (int i = 0; i < n_ports; i++) {
		int full = is_full(ports[i], pair->target, NULL, 0, e);
		if (full <= 0)
			return full;
	}
	p->n++;
	return 1;
}

int pairs_find(struct pairs *p, const int *ports, int n_ports, struct err *e)
{
	struct names *speakers = calloc(2, sizeof *speakers), *issues = speakers + 1;
	int rc = -1;
	p->n = 0;
	if (!speakers)
		abort();
	if (list_names(speakers, ports[n_ports - 1], "/v1/actors", "actors", e) ||
	    list_names(issues, ports[n_ports - 1], "/v1/issues", "issues", e))
		goto out;
	for (int s = 0; s < speakers->n && s < NAMES_TRIED; s++) {
		int found = 0;
		for (int i = 0;
		     i < issues->n && i < NAMES_TRIED && found < A_SPEAKER_MAX && p->n < PAIRS_MAX;
		     i++) {
			int full = try_pair(p, &speakers->v[s], &issues->v[i], ports, n_ports, e);
			if (full < 0)
				goto out;
			found += full;
		}
	}
	rc = p->n > 0 ? 0
		      : err_set(e, ERR_INTERNAL, NULL, "no speaker and issue fill a page of %d",
				PAGE);
out:
	free(speakers);
	return rc;
}

int pair_deepen(struct pair *p, int port, int depth, struct err *e)
{
	char cursor[PAIR_TARGET_MAX / 2];
	int full = is_full(port, p->target, cursor, sizeof cursor, e);
	for (int i = 1; full == 1 && i <= depth; i++) {
		snprintf(p->deep, sizeof p->deep,
			 "/v1/statements?speaker=%s&issue=%s&limit=%d&cursor=%s", p->speaker,
			 p->issue, PAGE, cursor);
		p->depth = i;
		full = is_full(port, p->deep, cursor, sizeof cursor, e);
	}
	return full < 0 ? -1 : 0;
}
