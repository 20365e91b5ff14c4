-- How many statements of a month have these traits, kept by the transactions that store and delete: counts of all statements by
-- position, act, kind and polarity over time would walk them all. The key is tally_key() of db/traits.h: months since year 0,
-- then kind, position, act and polarity as they stand in the traits.
CREATE TABLE tally(
	key INTEGER PRIMARY KEY,
	statements INTEGER NOT NULL
) STRICT;
INSERT INTO tally
SELECT (CAST(strftime('%Y', day) AS INTEGER) * 12 + CAST(strftime('%m', day) AS INTEGER) - 1) << 14 | (traits >> 10 & 16383), count(*)
FROM (SELECT date(((id >> 31) - 719163) * 86400, 'unixepoch') AS day, traits FROM statement)
GROUP BY 1;
