# Circles of files. Reads the arrows of tools/lint-edges.awk, sorted; prints each circle's arrows,
# with one reason for each.

BEGIN { FS = "\t" }

$2 !~ /^</ && !(($1, $2) in reason) {
	reason[$1, $2] = $3 " " $4
	targets[$1] = targets[$1] ($1 in targets ? SUBSEP : "") $2
	if (!is_node[$1]++)
		node[++n_nodes] = $1
}

# reached[to] for each file that can be reached from `from`.
function reach(from,    todo, n, i, n_next, to) {
	split("", reached)
	todo[n = 1] = from
	while (n > 0) {
		n_next = split(targets[todo[n--]], to, SUBSEP)
		for (i = 1; i <= n_next; i++)
			if (!(to[i] in reached)) {
				reached[to[i]]
				todo[++n] = to[i]
			}
	}
}

function print_circle(member, n,    i, k) {
	printf "a circle of %d files:\n", n
	for (i = 1; i <= n; i++)
		for (k = 1; k <= n; k++)
			if ((member[i], member[k]) in reason)
				printf "  %s -> %s: %s\n", member[i], member[k],
					reason[member[i], member[k]]
}

# Files are of one circle when each is reached from the other.
END {
	for (i = 1; i <= n_nodes; i++) {
		reach(node[i])
		for (to in reached)
			is_path[node[i], to]
	}
	for (i = 1; i <= n_nodes; i++) {
		if (node[i] in is_told || !((node[i], node[i]) in is_path))
			continue
		n = 0
		for (k = i; k <= n_nodes; k++)
			if ((node[i], node[k]) in is_path && (node[k], node[i]) in is_path) {
				member[++n] = node[k]
				is_told[node[k]]
			}
		print_circle(member, n)
		circles++
	}
	exit circles > 0
}
