# Lines of more than 100 columns; a tab goes on to the next multiple of 8, a character of UTF-8 is
# one column. For the C locale, where awk sees bytes.
{
	line = $0
	gsub(/[\200-\277]/, "", line)
	n = split(line, part, "\t")
	columns = 0
	for (i = 1; i < n; i++)
		columns += length(part[i]) + 8 - (columns + length(part[i])) % 8
	columns += length(part[n])
	if (columns > 100) {
		printf "%s:%d: %d columns\n", FILENAME, FNR, columns
		faults++
	}
}

END { exit faults > 0 }
