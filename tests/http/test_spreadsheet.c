/* The exports as a spreadsheet opens them: LibreOffice, without a window. Left out, with a word,
 * where it is not installed (tools/deps spreadsheet). */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

#define FORMULA "=cmd|' /C calc'!A0"

static const char *find_program(void)
{
	static const char *const paths[] = {"/usr/bin/soffice", "/usr/bin/libreoffice"};
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		if (access(paths[i], X_OK) == 0)
			return paths[i];
	return NULL;
}

static void save(struct server *server, const char *target, const char *path)
{
	struct reply r = http_get(server, target);
	ck_assert_int_eq(r.status, 200);
	FILE *f = fopen(path, "wb");
	ck_assert(f && fwrite(r.body.p, 1, r.body.n, f) == r.body.n && fclose(f) == 0);
	reply_release(&r);
}

/* All of the file as a terminated string of the caller's. */
static char *slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "no %s", path);
	fseek(f, 0, SEEK_END);
	size_t n = (size_t)ftell(f);
	rewind(f);
	char *text = malloc(n + 1);
	ck_assert(text && fread(text, 1, n, f) == n);
	fclose(f);
	text[n] = '\0';
	return text;
}

static void has(const char *sheet, const char *part)
{
	ck_assert_msg(strstr(sheet, part) != NULL, "no %s in the sheet", part);
}

START_TEST(exports__opened_by_a_spreadsheet__ids_whole_and_formulas_text)
{
	char folder[] = "/tmp/demarche-sheet-XXXXXX", command[1024], path[128], cell[64];
	const char *program = find_program();
	if (!program) {
		fprintf(stderr, "skipped: LibreOffice is not installed\n");
		return;
	}
	ck_assert(mkdtemp(folder) != NULL);
	struct server *server = server_start(NULL);
	json_t *article =
		json_of(http_post(server, "/v1/articles", "application/json",
				  STR("{\"published_at\":\"2025-03-03\",\"title\":\"" FORMULA "\","
				      "\"outlet\":\"+1+1\",\"author\":\"\xC3\x89va Berg\",\"text\":"
				      "\"Anna Berg said on Monday that the tax must go.\"}")),
			201);
	snprintf(path, sizeof path, "%s/articles.csv", folder);
	save(server, "/v1/articles.csv?bom=true", path);
	snprintf(path, sizeof path, "%s/statements.csv", folder);
	save(server, "/v1/statements.csv?bom=true", path);
	server_stop(server);
	/* 44 is the comma, 34 the quotation mark, 76 UTF-8; formulas are evaluated, as by a user's
	 * double click. */
	snprintf(command, sizeof command,
		 "%s -env:UserInstallation=file://%s/profile --headless --convert-to fods "
		 "--infilter='CSV:44,34,76,1,,0,false,true,false,false,false,-1,true' --outdir %s "
		 "%s/articles.csv %s/statements.csv >%s/log 2>&1",
		 program, folder, folder, folder, folder, folder);
	ck_assert_msg(system(command) == 0, "%s", command);
	static const char *const sheets[] = {"articles", "statements"};
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s-%s.fods", folder, sheets[i], sheets[i]);
		if (access(path, R_OK) != 0)
			snprintf(path, sizeof path, "%s/%s.fods", folder, sheets[i]);
		char *sheet = slurp(path);
		snprintf(cell, sizeof cell, "<text:p>a%lld</text:p>", int_at(article, "id"));
		has(sheet, cell);
		has(sheet, "=cmd|");
		ck_assert_msg(strstr(sheet, "table:formula") == NULL, "%s: a formula", path);
		free(sheet);
	}
	json_decref(article);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

UNIT_MAIN("spreadsheet", exports__opened_by_a_spreadsheet__ids_whole_and_formulas_text)
