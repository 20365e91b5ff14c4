/* Articles, actors, issues and rows of the grid as CSV. */
#ifndef DEMARCHE_API_FORMAT_CSV_RECORD_H
#define DEMARCHE_API_FORMAT_CSV_RECORD_H

#include "base/buf.h"
#include "base/model.h"
#include "db/grid.h"

#define CSV_ARTICLE_HEAD                                                                           \
	"id,title,url,outlet,author,published_at,language,received_at,statement_count,"            \
	"group,source_outlets\r\n"
#define CSV_ACTOR_HEAD "id,name,kind,country,wikidata,aliases,roles,statement_count\r\n"
#define CSV_ISSUE_HEAD                                                                             \
	"id,label,kind,parent,cap_major,cap_sub,terms,is_open,is_edited,statement_count\r\n"
#define CSV_SIDE_HEAD(side)                                                                        \
	"," side "_count," side "_support," side "_oppose," side "_mixed," side "_concern," side   \
	"_neutral," side "_none," side "_latest," side "_latest_on," side "_latest_content"
#define CSV_GRID_HEAD "issue_id,issue,silent" CSV_SIDE_HEAD("a") CSV_SIDE_HEAD("b") "\r\n"

/* Several outlets are parted by "; ". */
void csv_article(struct buf *out, const struct article *a);
/* Several aliases, roles and terms are parted by "; ". */
void csv_actor(struct buf *out, const struct actor *a);
void csv_issue(struct buf *out, const struct issue *i);
/* `latest` of each side, NULL where it is silent. */
void csv_grid_row(struct buf *out, const struct grid_row *row,
		  const struct statement *const latest[2]);

#endif
