# Functions that nobody may call. Reads C files; prints FILE:LINE and the name.

BEGIN {
	n = split("strcpy strcat sprintf vsprintf strtok atoi gets gmtime localtime", list, " ")
	for (i = 1; i <= n; i++)
		banned[list[i]]
}

FNR == 1 { in_comment = 0 }

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

# Words followed by "(": calls, and declarations, which nobody has reason to write for these.
{
	rest = code($0)
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		word = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/[ \t]*\($/, "", word)
		if (word in banned)
			fault("\"" word "\" is banned")
		if (word == "sqlite3_exec" && FILENAME !~ /\/migrate\.c$|^tests\//)
			fault("\"sqlite3_exec\" belongs to the migrations, in migrate.c")
	}
}

END { exit faults > 0 }
