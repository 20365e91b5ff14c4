# Does the second file say what the first one, from a document, says? White space does not count,
# and "..." stands for anything. Prints what was not found and what was there.

{
	line = $0
	gsub(/[ \t\r]+/, "", line)
	if (FILENAME == ARGV[1])
		want = want line
	else
		got = got line
}

END {
	n = split(want, part, /\.\.\./)
	rest = got
	for (i = 1; i <= n; i++) {
		at = index(rest, part[i])
		is_last = i == n && n > 1
		# The beginning and the end are where they are.
		if (is_last && part[i] != "")
			at = length(rest) - length(part[i]) + 1
		if (at < 1 || substr(rest, at, length(part[i])) != part[i] || (i == 1 && at > 1)) {
			for (k = 1; k < length(part[i]) && index(rest, substr(part[i], 1, k)); k++)
				;
			printf "not found: %s\nfrom here: %s\n", part[i], substr(part[i], k)
			printf "in:        %s\n", substr(rest, 1, 2000)
			exit 1
		}
		rest = substr(rest, at + length(part[i]))
	}
	if (n == 1 && rest != "") {
		printf "more than that: %s\n", rest
		exit 1
	}
}
