# Functions over 60 lines and files over 800, outside tests. Counts from "{" to "}" alone in the
# first column, as clang-format lays them out.

FNR == 1 { start = 0; skip = FILENAME ~ /^tests\// }
skip { next }
FNR == 801 { fault("over 800 lines: a file is one noun") }
/^{$/ { start = FNR; name = last }
/^}/ && start {
	if (FNR - start - 1 > 60)
		fault(sprintf("%d lines in one function: %s", FNR - start - 1, name))
	start = 0
}
/^[a-zA-Z]/ { last = $0 }

function fault(text) {
	printf "%s:%d: %s\n", FILENAME, start ? start : FNR, text
	faults++
}

END { exit faults > 0 }
