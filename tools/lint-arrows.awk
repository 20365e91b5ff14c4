# The arrows between the rooms, and the functions that nobody may call. Reads C files; prints FILE:LINE and what is wrong.
# Arrows point down: cli -> server -> api -> {extract, db} -> base. Libraries stand at one room's door each.

BEGIN {
	# room: what its files may not include, as a regular expression over the included name
	forbidden["base"] = "^(extract|db|api|server|cli)/|^(microhttpd|jansson|sqlite3)\\.h$"
	forbidden["extract"] = "^(db|api|server|cli)/|^(microhttpd|jansson|sqlite3)\\.h$"
	forbidden["db"] = "^(extract|api|server|cli)/|^(microhttpd|jansson)\\.h$"
	forbidden["api"] = "^(server|cli)/|^(microhttpd|sqlite3)\\.h$"
	forbidden["server"] = "^cli/|^(jansson|sqlite3)\\.h$"
	forbidden["cli"] = "^(microhttpd|jansson|sqlite3)\\.h$"
	banned["strcpy"]; banned["strcat"]; banned["sprintf"]; banned["vsprintf"]; banned["strtok"]; banned["atoi"]
	banned["gets"]; banned["gmtime"]; banned["localtime"]
}

FNR == 1 {
	room = FILENAME
	sub("/.*", "", room)
	in_comment = 0
}

function fault(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	faults++
}

# The line without comments and without what stands in quotation marks.
function code(line,    out, c, i, quote) {
	out = ""
	quote = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (in_comment) {
			if (substr(line, i, 2) == "*/") {
				in_comment = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote)
				quote = ""
		} else if (substr(line, i, 2) == "/*") {
			in_comment = 1
			i++
		} else if (substr(line, i, 2) == "//") {
			break
		} else if (c == "\"" || c == "'") {
			quote = c
		} else {
			out = out c
		}
	}
	return out
}

{
	stripped = code($0)
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	name = $0
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	if ((room in forbidden) && name ~ forbidden[room])
		fault(room "/ may not include \"" name "\"")
	next
}

# Words followed by "(": calls (and declarations, which nobody has reason to write for these).
{
	rest = stripped
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		word = substr(rest, RSTART, RLENGTH)
		sub(/[ \t]*\($/, "", word)
		if (word in banned)
			fault("\"" word "\" is banned")
		if (word == "sqlite3_exec" && FILENAME != "db/migrate.c" && room != "tests")
			fault("\"sqlite3_exec\" belongs in db/migrate.c only")
		rest = substr(rest, RSTART + RLENGTH)
	}
}

END { exit faults > 0 }
