# The articles of corpus/ whose texts are shipped, one a line, as `demarche import` takes them:
# those of corpus/texts.jsonl, with outlet and address from corpus/articles.tsv. Those that the
# engine is tested on stay out.
#
#   awk -f tools/demo-articles.awk corpus/articles.tsv corpus/texts.jsonl

function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/"/, "\\\"", s)
	return "\"" s "\""
}

BEGIN { FS = "\t" }

FILENAME ~ /\.tsv$/ {
	if ($0 !~ /^#/ && $2 !~ /^test/) {
		outlet[$1] = $4
		address[$1] = $6
	}
	next
}

{
	id = $0
	sub(/^\{"id": "/, "", id)
	sub(/".*/, "", id)
	if (!(id in outlet) || $0 !~ /"text": /)
		next
	url = address[id] ~ /^https?:\/\/[^ ]+$/ ? ", \"url\": " quoted(address[id]) : ""
	sub(/^\{/, "{\"outlet\": " quoted(outlet[id]) url ", ")
	print
}
