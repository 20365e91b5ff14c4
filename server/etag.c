/* Tags made and compared. */
#include "server/etag.h"

#include <stdio.h>

void etag_of(uint64_t hash, int64_t version, char tag[ETAG_ROOM])
{
	unsigned long long h = hash;
	if (version)
		snprintf(tag, ETAG_ROOM, "W/\"%lld-%016llx\"", (long long)version, h);
	else
		snprintf(tag, ETAG_ROOM, "W/\"%016llx\"", h);
}

static struct str without_weak(struct str tag)
{
	return str_starts(tag, STR("W/")) ? str_sub(tag, 2, tag.n) : tag;
}

bool etag_is_listed(struct str if_none_match, struct str tag)
{
	struct str part;
	if (str_eq(str_trim(if_none_match), STR("*")))
		return true;
	while (str_split(&if_none_match, ',', &part))
		if (str_eq(without_weak(str_trim(part)), without_weak(tag)))
			return true;
	return false;
}
