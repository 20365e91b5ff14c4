# Do the documents name what is there? Reads the sources, then, with pass=1, the documents for their
# headings, then, with pass=2, the documents once more. FILES is a file that lists the tree's files.
# A fault is a link to a file or a heading that is not there, or a path or name between backticks:
#
#   a path    has a slash and begins with a folder of the tree, or ends as a source file does; a
#             bare file name may lie anywhere. Those with * or capitals for a part (NAME) are spared
#   a name    is a word with an underscore, which a source or a file's name must hold

BEGIN {
	while ((getline path < FILES) > 0) {
		there[path]
		n = split(path, part, "/")
		bare[part[n]]
		for (folder = path; sub(/\/[^\/]*$/, "", folder);)
			there[folder]
		top[n > 1 ? part[1] : ""]
		add_words(path)
	}
	delete top[""]
}

function add_words(line,    n, i, word) {
	n = split(line, word, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= n; i++)
		if (word[i] ~ /_/)
			is_word[word[i]]
}

function fault(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	faults++
}

# From the folder of the document, without "." and "..".
function resolve(path,    folder) {
	folder = FILENAME
	if (!sub(/\/[^\/]*$/, "", folder))
		folder = ""
	while (sub(/^\.\.\//, "", path))
		if (!sub(/\/[^\/]*$/, "", folder))
			folder = ""
	path = folder == "" ? path : folder "/" path
	sub(/\/$/, "", path)
	return path
}

# As the usual renderers make an anchor of a heading.
function anchor(heading) {
	sub(/^#+ */, "", heading)
	heading = tolower(heading)
	gsub(/[^a-z0-9_ -]/, "", heading)
	gsub(/ /, "-", heading)
	return heading
}

function check_link(target,    path, at) {
	if (target ~ /^[a-z]+:/)
		return
	at = index(target, "#")
	path = at == 1 ? FILENAME : resolve(at ? substr(target, 1, at - 1) : target)
	if (!(path in there))
		fault("links to what is not there: " target)
	else if (at && (path in is_document) && !((path, substr(target, at + 1)) in is_heading))
		fault("links to a heading that is not there: " target)
}

function check_path(path,    first, has_slash) {
	has_slash = index(path, "/")
	sub(/\/$/, "", path)
	first = path
	sub(/\/.*/, "", first)
	if (path ~ /[*]|NAME|ROOM|MODULE|NNNN/ || (path in there) || (path ".c") in there ||
	    (resolve(path) in there))
		return
	if (has_slash ? first in top : !(path in bare))
		fault("names a file that is not there: " path)
}

function check_code(text,    n, i, word) {
	if (text ~ /^[A-Za-z0-9_*.\/-]+$/ &&
	    text ~ /\/|[a-zA-Z0-9_]\.(c|h|awk|bin|conf|md|mk|model|sh|sql|tsv|yaml)$/) {
		check_path(text)
		return
	}
	n = split(text, word, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= n; i++)
		if (word[i] ~ /[a-z]_[a-z]/ && word[i] !~ /_$/ && !(word[i] in is_word))
			fault("names what no source has: " word[i])
}

!pass { add_words($0) }

pass && FNR == 1 { is_block = 0 }
pass && /^```/ { is_block = !is_block }

pass == 1 {
	is_document[FILENAME]
	if (/^#/ && !is_block)
		is_heading[FILENAME, anchor($0)]
}

pass == 2 && !is_block {
	line = $0
	while (match(line, /\]\([^)]+\)/)) {
		check_link(substr(line, RSTART + 2, RLENGTH - 3))
		line = substr(line, RSTART + RLENGTH)
	}
	line = $0
	while (match(line, /`[^`]+`/)) {
		check_code(substr(line, RSTART + 1, RLENGTH - 2))
		line = substr(line, RSTART + RLENGTH)
	}
}

END { exit faults > 0 }
