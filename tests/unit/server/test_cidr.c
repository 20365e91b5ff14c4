/* Networks, and forwarders. */
#include "server/cidr.h"

#include "tests/unit/unit.h"

START_TEST(cidr_list_has__addresses__within_only)
{
	static const struct {
		const char *list, *address;
		bool has;
	} rows[] = {
		{"10.0.0.0/8", "10.255.1.2", true},	 {"10.0.0.0/8", "11.0.0.1", false},
		{"10.1.2.128/25", "10.1.2.129", true},	 {"10.1.2.128/25", "10.1.2.127", false},
		{"192.0.2.1", "192.0.2.1", true},	 {"192.0.2.1", "192.0.2.2", false},
		{"::1, fd00::/9", "fd7f::1", true},	 {"::1, fd00::/9", "fd80::1", false},
		{"0.0.0.0/0", "8.8.8.8", true},		 {"0.0.0.0/0", "2001:db8::1", false},
		{"127.0.0.1", "::ffff:127.0.0.1", true}, {"", "127.0.0.1", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cidr_list n;
		struct address a;
		struct err e = {0};
		assert_ok(cidr_list_parse(&n, str_of(rows[i].list), &e), e);
		ck_assert(address_parse(str_of(rows[i].address), &a));
		ck_assert_msg(cidr_list_has(&n, &a) == rows[i].has, "%s in %s", rows[i].address,
			      rows[i].list);
	}
	static const char *const bad[] = {"x",	       "10.0.0.0/33", "10.0.0.0/-1", "::/129",
					  "10.0.0.0/", "300.1.1.1",   "localhost"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct cidr_list n;
		struct err e;
		assert_fails(cidr_list_parse(&n, str_of(bad[i]), &e), e, ERR_INPUT);
	}
}
END_TEST

START_TEST(cidr_list_client__believes__as_far_as_it_trusts)
{
	static const struct {
		const char *peer, *header, *want;
	} rows[] = {
		{"10.0.0.1", "", "10.0.0.1"},
		{"10.0.0.1", "203.0.113.7", "203.0.113.7"},
		{"10.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"},
		{"10.0.0.1", "6.6.6.6, 203.0.113.7, 10.9.9.9", "203.0.113.7"},
		{"10.0.0.1", "10.2.2.2,10.3.3.3", "10.2.2.2"},
		{"10.0.0.1", "203.0.113.7, nonsense", "10.0.0.1"},
		{"10.0.0.1", "2001:db8::7", "2001:db8::7"},
		{"203.0.113.9", "6.6.6.6", "203.0.113.9"},
	};
	struct cidr_list trusted;
	struct err e = {0};
	assert_ok(cidr_list_parse(&trusted, STR("10.0.0.0/8"), &e), e);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct address peer;
		char text[ADDRESS_TEXT_MAX];
		ck_assert(address_parse(str_of(rows[i].peer), &peer));
		peer = cidr_list_client(&trusted, peer, str_of(rows[i].header));
		address_format(&peer, text);
		ck_assert_str_eq(text, rows[i].want);
	}
}
END_TEST

UNIT_MAIN("cidr", cidr_list_has__addresses__within_only,
	  cidr_list_client__believes__as_far_as_it_trusts)
