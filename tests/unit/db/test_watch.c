/* What another program changes in the file of a store that is open for writing. */
#include "tests/unit/db/raw.h"

START_TEST(store_version__another_program_changes_a_row__is_another_one)
{
	struct fixture f;
	fixture_open(&f);
	struct write w = made_article(STR("text"), STR("2024-04-26"), NULL, 0);
	fixture_write(&f, &w);
	for (int i = 0; i < 3; i++) {
		(void)store_version(f.store);
		usleep(50000); /* what came before is known by then */
		uint64_t before = store_version(f.store);
		raw_sql(f.path, "UPDATE article SET title = title || 'x'");
		for (int ms = 0; store_version(f.store) == before; ms++) {
			ck_assert_msg(ms < 60000, "it is not seen");
			usleep(1000);
		}
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("watch", store_version__another_program_changes_a_row__is_another_one)
