-- Blocks of statements in fewer bytes (db/statement_block.h): of most columns each number once, and of each statement which. The
-- program fills them in the same transaction, and drops the others (db/sqlite/block_build.h).
ALTER TABLE statement_block RENAME TO statement_block_before;
CREATE TABLE statement_block(
	first INTEGER PRIMARY KEY,
	statements INTEGER NOT NULL,
	-- What is asked for most stands first: what stands behind it is not read.
	flags BLOB NOT NULL,
	targets BLOB NOT NULL,
	speakers BLOB NOT NULL,
	days BLOB NOT NULL,
	traits BLOB NOT NULL,
	by_issue BLOB NOT NULL,
	pairs BLOB NOT NULL,
	numbers BLOB NOT NULL,
	outlets BLOB NOT NULL,
	said BLOB NOT NULL,
	articles BLOB NOT NULL,
	sure BLOB NOT NULL
) STRICT;
