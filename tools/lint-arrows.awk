# The order of the folders. Reads the arrows of tools/lint-edges.awk; prints those that point up,
# sideways, or at a library that belongs to another folder.

BEGIN {
	FS = "\t"
	# Each folder may use those behind it, here and, from there, in the other rows.
	row("cli > server > api > api/query > api/format > extract > base")
	row("extract > extract/stance > extract/issue > extract/attribution > extract/time")
	row("extract/time > extract/entity > extract/syntax > extract/text > extract/tables > base")
	row("api/format > db > base")
	row("db/engines > db/sqlite > db")
	row("db/engines > db/postgresql > db/sqlite")
	row("db/postgresql > db/postgresql/bridge")
	# The list of the dashboard's files, which its build makes.
	row("api > dashboard/dist")
	# Outside of db/, what the dispatcher of engines defines counts as db's, whose headers
	# declare it. What an engine itself defines is missing from the lists of db/engine.h.
	is_engine["db/engines"]

	library["<microhttpd.h>"] = "server"
	library["<jansson.h>"] = "api"
	library["<libxml/HTMLparser.h>"] = "api/format"
	library["<libxml/parser.h>"] = "api/format"
	library["<libxml/parserInternals.h>"] = "api/format"
	library["<sqlite3.h>"] = "db/sqlite"
}

function row(text,    n, i, k, part) {
	n = split(text, part, " > ")
	for (i = 1; i < n; i++)
		below[part[i]] = below[part[i]] " " part[i + 1]
}

function folder(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

function may_use(from, to,    n, i, part) {
	if (from == to)
		return 1
	n = split(below[from], part, " ")
	for (i = 1; i <= n; i++)
		if (may_use(part[i], to))
			return 1
	return 0
}

function fault(text) {
	print $3 ": " text
	faults++
}

{
	from = folder($1)
	if ($2 ~ /^</) {
		if ($2 in library && from != library[$2] && index(from, library[$2] "/") != 1)
			fault($2 " is for " library[$2] "/ alone")
		next
	}
	to = folder($2)
	if (to in is_engine && from !~ /^db/ && $4 ~ /^uses/)
		to = "db"
	if (!((from, to) in known))
		known[from, to] = may_use(from, to)
	if (!known[from, to])
		fault(from "/ may not use " to "/: " $1 " -> " $2 ", " $4)
}

END { exit faults > 0 }
