# What not all that speak PostgreSQL's protocol have, or have otherwise (docs/postgresql.md): reads
# the files of db/postgresql, of C the strings alone, and its migrations; prints FILE:LINE and the
# word.

BEGIN {
	n = split("SERIAL BIGSERIAL SEQUENCE NEXTVAL TRIGGER REFERENCES FOREIGN GENERATED " \
		"IDENTITY LISTEN NOTIFY PG_ADVISORY_LOCK PG_ADVISORY_XACT_LOCK " \
		"PG_TRY_ADVISORY_LOCK PG_TRY_ADVISORY_XACT_LOCK GIN GIST BRIN TABLESPACE " \
		"UNLOGGED INHERITS PARTITION EXTENSION FUNCTION PROCEDURE CTID XMIN COPY MERGE", \
		list, " ")
	for (i = 1; i <= n; i++)
		unportable[list[i]]
	n = split("INT INTEGER SMALLINT TEXT VARCHAR CHAR BOOLEAN JSON JSONB NUMERIC REAL " \
		"TIMESTAMP TIMESTAMPTZ UUID", list, " ")
	for (i = 1; i <= n; i++)
		types[list[i]]
}

FNR == 1 { in_comment = 0 }

function fault(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	faults++
}

# What stands in the quotation marks of a line of C, without its comments.
function strings(line,    out, c, i, is_in) {
	out = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (in_comment) {
			if (substr(line, i, 2) == "*/") {
				in_comment = 0
				i++
			}
		} else if (is_in) {
			if (c == "\\")
				i++
			else if (c == "\"")
				is_in = 0
			else
				out = out c
		} else if (substr(line, i, 2) == "/*") {
			in_comment = 1
			i++
		} else if (c == "\"") {
			is_in = 1
			out = out " "
		}
	}
	return out
}

# In C words in capitals are SQL's; a migration's types are bigint and bytea.
{
	is_sql = FILENAME ~ /\.sql$/
	rest = is_sql ? $0 : strings($0)
	if (is_sql)
		sub(/--.*/, "", rest)
	gsub(/'[^']*'/, "", rest)
	before = ""
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
		gap = substr(rest, 1, RSTART - 1)
		word = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		name = toupper(word)
		is_call = name ~ /^(PG_|NEXTVAL|CTID|XMIN)/
		if (name in unportable && (is_sql || is_call || word == name))
			fault("\"" word "\" is not had everywhere")
		if (is_sql && name in types && before ~ /^[a-z]/ && gap ~ /^ +$/)
			fault("\"" word "\": columns are bigint or bytea")
		before = word
	}
}

END { exit faults > 0 }
