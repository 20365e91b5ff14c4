# Lists of English words in C: they belong in a table of data/, where a person can edit them.
# Reads data/words.tsv, tools/lint-words.allow, then C files. Prints FILE:LINE: NAME: how many, and
# the words.
#
# A list is one of these:
#   an initializer   all string literals from "=" to the end of the declaration; NAME is what is
#                    declared
#   a call           all between its parentheses, but for calls inside it, which are lists of their
#                    own; NAME is the function that is called
#   a macro          all of one #define; NAME is the macro
#   a statement      all of any other, as return "..."; NAME is the function it stands in
# Macros in capitals around a literal, as STR("..."), are looked through.
# A word is two letters or more that stand in data/words.tsv. A list may hold MOST different words;
# the lists of a file of extract/ together MOST_IN_FILE, so that nothing is won by cutting one up.
# (Most strings of api/query/ are the API's own words: parameters, members, messages.)
#
# What a text is compared with in extract/, a word or a few at a call (is_comparison below), may be
# MOST_COMPARED words in all: a word that a rule asks for belongs in data/word_sets.tsv.
#
# Messages are no lists: a call is spared by the function it calls, if that function only takes a
# message (takes_message below). Other texts that people are shown, and names of the API or of a
# standard, are spared by tools/lint-words.allow: FILE, tab, NAME, tab, the reason. A line there
# that spares nothing is a fault.

BEGIN {
	MOST = 8
	MOST_IN_FILE = 40
	MOST_COMPARED = 530
	split("err_set table_fail _Static_assert __asm__", list, " ")
	for (i in list)
		takes_message[list[i]]
	split("text_is text_is_one_of str_eq str_is_one_of str_is_one_of_nocase is_word", list, " ")
	for (i in list)
		is_comparison[list[i]]
	split("if while for switch return sizeof else do case", list, " ")
	for (i in list)
		is_keyword[list[i]]
}

function fault(text) {
	print text
	faults++
}

FNR == 1 {
	comment = define = level = 0
	forget(0)
	function_name = ""
}

FILENAME ~ /words\.tsv$/ {
	if ($0 !~ /^#/) {
		sub(/\t.*/, "")
		is_word[tolower($0)]
	}
	next
}

FILENAME ~ /\.allow$/ {
	if ($0 !~ /^#/ && $0 != "") {
		n = split($0, cell, "\t")
		if (n != 3 || cell[3] == "")
			fault(FILENAME ":" FNR ": not FILE, NAME, reason with tabs between")
		allowed[cell[1] ":" cell[2]] = FILENAME ":" FNR
	}
	next
}

# --- lists: each has a number; the stack of brackets says which one a literal belongs to

function list_new(name) {
	n_lists++
	list_name[n_lists] = name
	list_file[n_lists] = FILENAME
	list_line[n_lists] = FNR
	list_words[n_lists] = ""
	list_count[n_lists] = 0
	return n_lists
}

function list_add(l, text,    n, i, parts, w) {
	gsub(/\\./, " ", text)
	n = split(tolower(text), parts, /[^a-z'-]+/)
	for (i = 1; i <= n; i++) {
		w = parts[i]
		gsub(/^['-]+|['-]+$/, "", w)
		if (length(w) < 2 || !(w in is_word) || (l, w) in seen)
			continue
		seen[l, w]
		list_words[l] = list_words[l] " " w
		list_count[l]++
	}
}

# Of each level of brackets: the last name in it, the list that its literals belong to, and whose
# parentheses these are, if a call's.
function forget(k) {
	last[k] = ""
	list_of[k] = 0
	is_initializer[k] = 0
	callee[k] = ""
}

function open_bracket(c,    name) {
	forget(++level)
	name = previous
	if (c == "(" && name ~ /^[A-Za-z_0-9]*[a-z][A-Za-z_0-9]*$/ && !(name in is_keyword)) {
		callee[level] = name
		list_of[level] = list_new(name)
		return
	}
	list_of[level] = list_of[level - 1]
	is_initializer[level] = is_initializer[level - 1]
	callee[level] = callee[level - 1]
	if (c == "{" && !list_of[level - 1] && level == 1)
		function_name = before_body
}

function close_bracket() {
	if (level == 1 && callee[1] != "")
		before_body = callee[1]
	if (level > 0)
		level--
}

function literal(text) {
	if (define) {
		list_add(define, text)
		return
	}
	if (!list_of[level])
		list_of[level] = list_new(function_name)
	list_add(list_of[level], text)
}

function token(t) {
	if (t == "(" || t == "{" || t == "[") {
		open_bracket(t)
	} else if (t == ")" || t == "}" || t == "]") {
		close_bracket()
		# A block ends like a statement.
		if (t == "}" && !is_initializer[level] && callee[level] == "")
			list_of[level] = 0
	} else if (t == "=") {
		if (!is_initializer[level] && callee[level] == "") {
			is_initializer[level] = 1
			list_of[level] = list_new(last[level])
		}
	} else if (t == ";" || (t == "," && is_initializer[level] && !is_initializer[level - 1])) {
		if (callee[level] == "")
			forget(level)
	} else if (t ~ /^[A-Za-z_]/) {
		last[level] = t
	}
	previous = t
}

# --- tokens: comments go, literals are taken whole

function read_line(line,    c, two, n) {
	while (line != "") {
		if (comment) {
			n = index(line, "*/")
			if (!n)
				return
			comment = 0
			line = substr(line, n + 2)
			continue
		}
		two = substr(line, 1, 2)
		c = substr(line, 1, 1)
		if (two == "/*") {
			comment = 1
			line = substr(line, 3)
		} else if (two == "//") {
			return
		} else if (match(line, /^"([^"\\]|\\.)*"/)) {
			literal(substr(line, 2, RLENGTH - 2))
			line = substr(line, RLENGTH + 1)
			previous = "\""
		} else if (match(line, /^'([^'\\]|\\.)*'/)) {
			line = substr(line, RLENGTH + 1)
			previous = "'"
		} else if (match(line, /^[A-Za-z0-9_]+/)) {
			if (!define)
				token(substr(line, 1, RLENGTH))
			line = substr(line, RLENGTH + 1)
		} else if (match(line, /^([=!<>]=|[-+*\/%&|^]=|<<=|>>=)/)) {
			line = substr(line, RLENGTH + 1)
			previous = "operator"
		} else {
			if (!define && c !~ /[ \t\\]/)
				token(c)
			line = substr(line, 2)
		}
	}
}

/^[ \t]*#/ && !comment {
	if ($0 !~ /^[ \t]*#[ \t]*define/)
		next
	name = $0
	sub(/^[ \t]*#[ \t]*define[ \t]+/, "", name)
	rest = name
	sub(/[^A-Za-z0-9_].*/, "", name)
	define = list_new(name)
	read_line(substr(rest, length(name) + 1))
	if ($0 !~ /\\$/)
		define = 0
	next
}

{
	read_line($0)
	if (define && $0 !~ /\\$/)
		define = 0
}

END {
	n = n_words = 0
	for (l = 1; l <= n_lists; l++) {
		if (list_name[l] in takes_message)
			continue
		key = list_file[l] ":" list_name[l]
		if (key in allowed) {
			if (list_count[l] > MOST)
				spares[key]
			continue
		}
		if (list_file[l] ~ /^extract\//)
			in_file[list_file[l]] += list_count[l]
		if (list_file[l] ~ /^extract\// && list_name[l] in is_comparison)
			n_compared += list_count[l]
		if (list_count[l] <= MOST)
			continue
		fault(sprintf("%s:%d: %s: %d words:%s", list_file[l], list_line[l], list_name[l],
			list_count[l], list_words[l]))
		n++
		n_words += list_count[l]
	}
	for (file in in_file)
		if (in_file[file] > MOST_IN_FILE)
			fault(sprintf("%s: %d words in all its lists", file, in_file[file]))
	if (n_compared > MOST_COMPARED)
		fault("extract/: " n_compared " words in comparisons, of " MOST_COMPARED)
	for (key in allowed)
		if (!(key in spares))
			fault(allowed[key] ": spares nothing: " key)
	if (n)
		printf "%d lists of more than %d words, which are %d\n", n, MOST, n_words
	exit faults > 0
}
