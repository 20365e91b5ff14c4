/* Text in XML. */
#include "api/format/xml.h"

#include "tests/unit/unit.h"

static void escapes(struct str text, const char *want)
{
	struct buf out;
	buf_init(&out, 1000);
	xml_text(&out, text);
	assert_str(buf_str(&out), want);
	buf_release(&out);
}

START_TEST(xml_text__what_means_something__is_escaped)
{
	escapes(STR("AT&T <\"a\" > b>"), "AT&amp;T &lt;&quot;a&quot; &gt; b&gt;");
	escapes(STR("a\tb\nc\r"), "a&#9;b&#10;c&#13;");
	escapes(STR("Peña, 王毅 \xF0\x9F\x99\x82"), "Peña, 王毅 \xF0\x9F\x99\x82");
	escapes(STR_EMPTY, "");
}
END_TEST

START_TEST(xml_text__what_xml_cannot_hold__is_replaced)
{
	escapes(STR("a\x01z"), "a\xEF\xBF\xBDz");
	escapes((struct str){"a\0z", 3}, "a\xEF\xBF\xBDz");
	escapes(STR("\xEF\xBF\xBE|\xEF\xBF\xBF"),
		"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	escapes(STR("cut \xE7\x8E"), "cut \xEF\xBF\xBD\xEF\xBF\xBD");
	escapes(STR("bad \xFFz"), "bad \xEF\xBF\xBDz");
}
END_TEST

UNIT_MAIN("xml", xml_text__what_means_something__is_escaped,
	  xml_text__what_xml_cannot_hold__is_replaced)
