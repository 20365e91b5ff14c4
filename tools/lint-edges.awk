# Who uses whom among the files of the rooms. Reads what `nm -A` prints of the objects, then C
# files.
# Prints an arrow a line, tabs between: who, whom, FILE:LINE, how. Who and whom are paths without .c
# or .h; a library's header stands as <name.h>.
# An arrow is an #include, or a symbol that an object uses and the object of another file defines.

FNR == 1 {
	is_nm = FILENAME == "-"
	module = FILENAME
	sub(/\.[ch]$/, "", module)
}

# build/release/base/arena.o:0000000000000010 T arena_alloc
is_nm {
	module = $1
	sub(/\.o:.*/, "", module)
	sub(/^build\/[a-z]+\//, "", module)
	type = $(NF - 1)
	if (type == "U")
		uses[module, $NF]
	else if (type ~ /^[A-Z]$/)
		owner[$NF] = module
	next
}

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	name = $0
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	if ($0 ~ /</)
		name = "<" name ">"
	sub(/\.[ch]$/, "", name)
	if (name != module)
		print module "\t" name "\t" FILENAME ":" FNR "\tincludes it"
	next
}

# Where the symbols stand: in the .c file, or in a macro or an inline function of a header (whose
# lines, unlike those of prototypes, begin with white space).
FILENAME ~ /\.c$/ || /^[ \t]/ {
	is_header = FILENAME ~ /\.h$/
	rest = $0
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
		name = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (is_header && name in owner && !(name in inlined))
			inlined[name] = FILENAME ":" FNR
		else if (!is_header && (module, name) in uses && !((module, name) in place))
			place[module, name] = FILENAME ":" FNR
	}
}

END {
	for (key in uses) {
		split(key, part, SUBSEP)
		name = part[2]
		if (!(name in owner) || owner[name] == part[1])
			continue
		where = part[1] ".c"
		if (key in place)
			where = place[key]
		else if (name in inlined)
			where = inlined[name]
		print part[1] "\t" owner[name] "\t" where "\tuses " name
	}
}
