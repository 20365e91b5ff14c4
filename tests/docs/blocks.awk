# Takes the blocks of a document apart. Into OUT go N.run, the commands, and N.want, what they
# should print, where the document says so. Prints one line a block that holds commands: N, its line
# in the document, and how it is run (run, background, fails, not-run). The head of test_docs lists
# the marks.

function fault(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text >"/dev/stderr"
	faults++
}

function begin(how) {
	n++
	print n, FNR, how
	run = OUT "/" n ".run"
	printf "" >run
}

# What is printed by a command is compared line by line, so that "$ " may begin the next one.
function console(line) {
	if (line ~ /^\$ /) {
		begin("run")
		print substr(line, 3) >run
	} else if (line ~ /^> /) {
		print substr(line, 3) >run
	} else {
		print line >(OUT "/" n ".want")
	}
}

/^```/ && !inside {
	inside = 1
	info = substr($0, 4)
	kind = "text"
	if (info ~ /^(sh|bash)( |$)/) {
		mark = info
		sub(/^[a-z]+ ?/, "", mark)
		if (mark ~ /^not-run: ./)
			mark = "not-run"
		else if (mark == "")
			mark = "run"
		else if (mark != "background" && mark != "fails")
			fault("no such mark: " mark)
		kind = "commands"
		begin(mark)
	} else if (info == "console") {
		kind = "console"
		mark = "run"
	} else if (info ~ / output$/) {
		kind = "output"
		if (!n || mark == "background")
			fault("output of no command")
	}
	next
}

/^```$/ {
	inside = 0
	close(run)
	next
}

inside && kind == "commands" { print >run }
inside && kind == "console" { console($0) }
inside && kind == "output" { print >(OUT "/" n ".want") }

END {
	if (inside)
		fault("a block without an end")
	exit faults > 0
}
