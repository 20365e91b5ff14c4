/* The table of ambiguous requests. Where a body is given in two ways, one length hides the marker
 * and the other shows it. */
#include "tests/smuggling/cases.h"

#include <assert.h>

#define H     "Host: a\r\n"
#define P     "POST /demarche/v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\n"
#define G     "GET /demarche/v1/articles/1 HTTP/1.1\r\n" H
#define J     "{\"text\":\"a\"}"
#define M     "GET /demarche/v1/jobs HTTP/1.1\r\n" H "\r\n"
#define CHUNK "c\r\n" J "\r\n0\r\n\r\n"
#define CL(n) "Content-Length: " n "\r\n"
#define TE    "Transfer-Encoding: chunked\r\n"
#define E     "\r\n"
static_assert(sizeof J - 1 == 12 && sizeof M - 1 == 43 && sizeof CHUNK - 1 == 22,
	      "the lengths in the table");

#define CASE(name, direct, proxied, literal)                                                       \
	{                                                                                          \
		name, direct, proxied,                                                             \
		{                                                                                  \
			literal, sizeof(literal) - 1                                               \
		}                                                                                  \
	}
/* A disguise of "Transfer-Encoding: chunked": alone, and beside a length that hides the marker. */
#define DISGUISE(name, direct, proxied, direct_cl, proxied_cl, line)                               \
	CASE(name, direct, proxied, P line E CHUNK M),                                             \
		CASE(name ", and a length", direct_cl, proxied_cl, P line CL("65") E CHUNK M)

const struct smuggling_case smuggling_cases[] = {
	/* sound ones, so that the marker is known to be seen */
	CASE("length", "200 jobs end", "200 jobs end", P CL("12") E J M),
	CASE("chunked", "200 jobs end", "200 jobs end", P TE E CHUNK M),
	CASE("no body", "404 jobs end", "404 jobs end", G E M),
	CASE("marker as a body", "400 end", "400 end", P CL("43") E M),
	CASE("marker as a chunk", "400 end", "400 end", P TE E "2b\r\n" M "\r\n0\r\n\r\n"),
	CASE("trailer", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\r\n0\r\nX-Y: 1\r\n\r\n" M),

	/* a length beside chunks, two lengths ("raw": the library's own refusal repeats its head,
	   with the body behind the second) */
	CASE("CL.TE", "400", "400", P CL("65") TE E CHUNK M),
	CASE("TE.CL", "400", "400", P TE CL("4") E "2b\r\n" M "\r\n0\r\n\r\n"),
	CASE("CL.TE, length 0", "400", "400", P CL("0") TE E CHUNK M),
	CASE("two lengths, same", "400", "400", P CL("12") CL("12") E J M),
	CASE("two lengths, short first", "400", "400", P CL("12") CL("55") E J M),
	CASE("two lengths, long first", "400", "400", P CL("55") CL("12") E J M),
	CASE("two lengths, other case", "400", "400", P CL("12") "content-length: 55\r\n" E J M),
	CASE("length list, same", "400 raw", "400", P CL("12, 12") E J M),
	CASE("length list", "400 raw", "400", P CL("12,55") E J M),
	CASE("length with plus", "400 raw", "400", P CL("+12") E J M),
	CASE("length below 0", "400 raw", "400", P CL("-1") E J M),
	CASE("length with zeros", "200 jobs end", "200 jobs end", P CL("0012") E J M),
	CASE("length with 0x", "400 raw", "400", P CL("0xc") E J M),
	CASE("length with a space within", "400 raw", "400", P CL("1 2") E J M),
	CASE("length with spaces around", "400 raw", "400", P "Content-Length: \t12 \t\r\n" E J M),
	CASE("length empty", "400 raw", "400", P "Content-Length:\r\n" E J M),
	CASE("length with a semicolon", "400 raw", "400", P CL("12;") E J M),
	CASE("length with a point", "400 raw", "400", P CL("12.0") E J M),
	CASE("length with an exponent", "400 raw", "400", P CL("1e1") E J M),
	CASE("length of 2^64 + 12", "413 raw", "400", P CL("18446744073709551628") E J M),
	CASE("length folded", "400", "400", P "Content-Length:\r\n 12\r\n" E J M),
	CASE("length with underscore", "400 jobs end", "400 jobs end",
	     P "Content_Length: 12\r\n" E M),
	CASE("space before the colon", "400", "400", P "Content-Length : 12\r\n" E J M),
	CASE("tab before the colon", "400", "400", P "Content-Length\t: 12\r\n" E J M),

	/* disguises of chunked */
	DISGUISE("TE in capitals", "200 jobs end", "200 jobs end", "400", "400",
		 "Transfer-Encoding: CHUNKED\r\n"),
	DISGUISE("TE in mixed case", "200 jobs end", "200 jobs end", "400", "400",
		 "transfer-encoding: Chunked\r\n"),
	DISGUISE("TE, spaces around", "400", "200 jobs end", "400", "400",
		 "Transfer-Encoding:   chunked  \r\n"),
	DISGUISE("TE, tab before", "200 jobs end", "501", "400", "501",
		 "Transfer-Encoding:\tchunked\r\n"),
	DISGUISE("TE, tab behind", "400", "501", "400", "501", "Transfer-Encoding: chunked\t\r\n"),
	DISGUISE("TE, vertical tab", "400", "501", "400", "501",
		 "Transfer-Encoding: \x0b"
		 "chunked\r\n"),
	DISGUISE("TE twice", "400", "400", "400", "400", TE TE),
	DISGUISE("TE twice, first identity", "400", "400", "400", "400",
		 "Transfer-Encoding: identity\r\n" TE),
	DISGUISE("TE list, chunked twice", "400", "501", "400", "501",
		 "Transfer-Encoding: chunked, chunked\r\n"),
	DISGUISE("TE list, identity first", "400", "501", "400", "501",
		 "Transfer-Encoding: identity, chunked\r\n"),
	DISGUISE("TE list, identity last", "400", "501", "400", "501",
		 "Transfer-Encoding: chunked, identity\r\n"),
	DISGUISE("TE list, gzip first", "400", "501", "400", "501",
		 "Transfer-Encoding: gzip, chunked\r\n"),
	DISGUISE("TE, comma before", "400", "501", "400", "501", "Transfer-Encoding: ,chunked\r\n"),
	DISGUISE("TE identity", "400", "501", "400", "501", "Transfer-Encoding: identity\r\n"),
	DISGUISE("TE unknown", "400", "501", "400", "501", "Transfer-Encoding: xchunked\r\n"),
	DISGUISE("TE quoted", "400", "501", "400", "501", "Transfer-Encoding: \"chunked\"\r\n"),
	DISGUISE("TE with parameter", "400", "501", "400", "501",
		 "Transfer-Encoding: chunked;q=1\r\n"),
	DISGUISE("TE empty", "400", "501", "400", "501", "Transfer-Encoding:\r\n"),
	DISGUISE("TE folded", "400", "400", "400", "400", "Transfer-Encoding:\r\n chunked\r\n"),
	DISGUISE("TE folded behind", "400", "400", "400", "400",
		 "Transfer-Encoding: chunked\r\n ,identity\r\n"),
	DISGUISE("TE, space before the colon", "400", "400", "400", "400",
		 "Transfer-Encoding : chunked\r\n"),
	DISGUISE("TE, tab before the colon", "400", "400", "400", "400",
		 "Transfer-Encoding\t: chunked\r\n"),
	DISGUISE("TE with underscore", "400", "400 400", "400 end", "400 end",
		 "Transfer_Encoding: chunked\r\n"),
	DISGUISE("TE behind a bare line feed", "400", "200 jobs end", "400", "400", "X-Y: 1\n" TE),
	DISGUISE("TE before a bare line feed", "400", "200 jobs end", "400", "400",
		 "Transfer-Encoding: chunked\n"),
	DISGUISE("TE behind a bare carriage return", "400", "400", "400", "400", "X-Y: 1\r" TE),
	DISGUISE("TE behind a zero byte", "400", "400", "400", "400", "X-Y: 1\0" TE),
	DISGUISE("TE, zero byte in the name", "400", "400", "400", "400",
		 "Transfer-Encoding\0: chunked\r\n"),
	DISGUISE("TE, zero byte in the value", "400", "400", "400", "400",
		 "Transfer-Encoding: chunked\0\r\n"),
	DISGUISE("TE behind an empty name", "400", "400", "400", "400", ": 1\r\n" TE),
	DISGUISE("TE named hop by hop", "200 jobs end", "200 jobs end", "400", "400",
		 "Connection: Transfer-Encoding\r\n" TE),
	CASE("length named hop by hop", "200 jobs end", "200 jobs end",
	     P "Connection: Content-Length\r\n" CL("12") E J M),
	CASE("TE in the first line after the request's", "400", "400",
	     "POST /demarche/v1/extract HTTP/1.1\r\n Transfer-Encoding: chunked\r\n" H
	     "Content-Type: application/json\r\n" CL("65") E CHUNK M),

	/* chunks */
	CASE("chunk extension", "200 jobs end", "200 jobs end",
	     P TE E "c;a=b\r\n" J "\r\n0;c\r\n\r\n" M),
	CASE("chunk extension in quotes", "200 jobs end", "200 jobs end",
	     P TE E "c;a=\"b\"\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk extension with a line feed", "400", "400",
	     P TE E "c;a\nb\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size with zeros", "200 jobs end", "200 jobs end",
	     P TE E "000000000c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size of many zeros", "200 jobs end", "200 jobs end",
	     P TE E "00000000000000000000000000000000000c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size with 0x", "400", "400", P TE E "0xc\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size below 0", "400", "400", P TE E "-c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size with plus", "400", "400", P TE E "+c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size, space before", "400", "400", P TE E " c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size, space behind", "400", "200 jobs end",
	     P TE E "c \r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size over 64 bits", "413", "400",
	     P TE E "1000000000000000c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size of 64 bits", "408", "400",
	     P TE E "ffffffffffffffff\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size over 32 bits", "408", "413", P TE E "10000000c\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size that is none", "400", "400", P TE E "g\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size empty", "400", "400", P TE E "\r\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size before a bare line feed", "400", "200 jobs end",
	     P TE E "c\n" J "\r\n0\r\n\r\n" M),
	CASE("chunk size before a bare carriage return", "400", "400",
	     P TE E "c\r" J "\r\n0\r\n\r\n" M),
	CASE("chunk longer than its size", "400", "400", P TE E "5\r\n" J "\r\n0\r\n\r\n" M),
	CASE("no end of the chunks", "400", "400", P TE E "c\r\n" J "\r\n" M),
	CASE("no last line of the chunks", "400", "200 end", P TE E "c\r\n" J "\r\n0\r\n" M),
	CASE("trailer that folds", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\r\n0\r\nX: 1\r\n 2\r\n\r\n" M),
	CASE("trailer that is a length", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\r\n0\r\n" CL("43") "\r\n" M),

	/* Lines about chunks that the library (0.9.75) reads and throws away before the service may
	 * see them. nginx takes the same ends of lines and passes none on; where it refuses,
	 * nothing comes through. */
	CASE("chunk extension with a carriage return", "200 jobs end", "400",
	     P TE E "c;a\rb\r\n" J "\r\n0\r\n\r\n" M),
	CASE("last size before a bare line feed", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\r\n0\n\r\n" M),
	CASE("chunk before a bare line feed", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\n0\r\n\r\n" M),
	CASE("chunks ended by a bare line feed", "200 jobs end", "200 jobs end",
	     P TE E "c\r\n" J "\r\n0\r\n\n" M),
	CASE("chunk shorter than its size", "200 jobs end", "200 jobs end",
	     P TE E "d\r\n" J "\r\n0\r\n\r\n" M),

	/* bodies where none belongs, and no body where one does */
	CASE("GET with a length", "400", "400 end", G CL("43") E M),
	CASE("GET with chunks", "400", "400 end", G TE E "2b\r\n" M "\r\n0\r\n\r\n"),
	CASE("GET with a length of 0", "404 jobs end", "404 jobs end", G CL("0") E M),
	CASE("DELETE with a length", "400", "400 end",
	     "DELETE /demarche/v1/articles/1 HTTP/1.1\r\n" H CL("43") E M),
	CASE("OPTIONS with chunks", "204 end", "204 end",
	     "OPTIONS /demarche/v1/jobs HTTP/1.1\r\n" H TE E "2b\r\n" M "\r\n0\r\n\r\n"),
	CASE("POST without any length", "400 jobs end", "400 jobs end", P E M),
	CASE("Expect", "200 jobs end", "200 jobs end", P "Expect: 100-continue\r\n" CL("12") E J M),
	CASE("Upgrade to h2c", "404 jobs end", "404 jobs end",
	     G
	     "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n" E
		     M),
	CASE("Upgrade to websocket", "404 jobs end", "404 jobs end",
	     G "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
	       "13\r\nSec-WebSocket-Key: "
	       "AAAAAAAAAAAAAAAAAAAAAA==\r\n" E M),
	CASE("Connection: close", "404", "404", G "Connection: close\r\n" E M),

	/* first lines and hosts */
	CASE("absolute form", "404 jobs end", "404 jobs end",
	     "GET http://a/demarche/v1/articles/1 HTTP/1.1\r\n" H E M),
	CASE("absolute form of another host", "404 jobs end", "404 jobs end",
	     "GET http://b/demarche/v1/articles/1 HTTP/1.1\r\n" H E M),
	CASE("two hosts", "400", "400",
	     "GET /demarche/v1/articles/1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n" E M),
	CASE("two hosts, same", "400", "400",
	     "GET /demarche/v1/articles/1 HTTP/1.1\r\nHost: a\r\nHost: a\r\n" E M),
	CASE("no host", "400", "400", "GET /demarche/v1/articles/1 HTTP/1.1\r\n" E M),
	CASE("empty host", "404 jobs end", "400",
	     "GET /demarche/v1/articles/1 HTTP/1.1\r\nHost:\r\n" E M),
	CASE("HTTP/1.0 with chunks", "400", "400",
	     "POST /demarche/v1/extract HTTP/1.0\r\n" H
	     "Content-Type: application/json\r\n" TE E CHUNK M),
	CASE("HTTP/1.0, kept", "404 jobs end", "404 jobs end",
	     "GET /demarche/v1/articles/1 HTTP/1.0\r\n" H "Connection: keep-alive\r\n" E M),
	CASE("HTTP/1.0", "404", "404", "GET /demarche/v1/articles/1 HTTP/1.0\r\n" H E M),
	CASE("no version", "400", "raw", "GET /demarche/v1/jobs\r\n" M),
	CASE("HTTP/2.0", "505", "505", "GET /demarche/v1/articles/1 HTTP/2.0\r\n" H E M),
	CASE("HTTP/1.2", "400", "404 jobs end", "GET /demarche/v1/articles/1 HTTP/1.2\r\n" H E M),
	CASE("HTTP/2 preface", "505", "400", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" M),
	CASE("empty line first", "404 jobs end", "404 jobs end", "\r\n" G E M),
	CASE("line feed first", "404 jobs end", "404 jobs end", "\n" G E M),
	CASE("two spaces in the first line", "400", "404 jobs end",
	     "GET  /demarche/v1/articles/1 HTTP/1.1\r\n" H E M),
	CASE("tab in the first line", "400", "400",
	     "GET\t/demarche/v1/articles/1 HTTP/1.1\r\n" H E M),
	CASE("space in the target", "400 jobs end", "400",
	     "GET /demarche/v1/articles/1 x HTTP/1.1\r\n" H E M),
	CASE("escaped line end in the target", "404 jobs end", "404 jobs end",
	     "GET /demarche/v1/articles/1%0d%0aX:1%0d%0a%0d%0aGET%20/demarche/v1/jobs "
	     "HTTP/1.1\r\n" H E M),
	CASE("zero byte in the first line", "400", "400",
	     "GET /demarche/v1/art\0icles/1 HTTP/1.1\r\n" H E M),

	/* line ends and names */
	CASE("bare line feeds", "400", "404 jobs end",
	     "GET /demarche/v1/articles/1 HTTP/1.1\nHost: a\n\n" M),
	CASE("bare line feed, last", "400", "404 jobs end", G "\n" M),
	CASE("bare carriage return in a value", "400", "400", G "X-Y: a\rb\r\n" E M),
	CASE("zero byte in a value", "400", "400", G "X-Y: a\0b\r\n" E M),
	CASE("zero byte in a name", "400", "400", G "X\0Y: a\r\n" E M),
	CASE("empty name", "400", "400", G ": a\r\n" E M),
	CASE("no colon", "400", "404 jobs end", G "X-Y\r\n" E M),
	CASE("space in a name", "400", "400", G "X Y: a\r\n" E M),
	CASE("folded header", "400", "400", G "X-Y: a\r\n b\r\n" E M),
	CASE("two tokens", "400", "400",
	     G "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n" E M),
	CASE("forwarded for, twice", "404 jobs end", "404 jobs end",
	     G "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: 8.8.8.8\r\n" E M),
	CASE("request id with a line end", "400", "400",
	     G "X-Request-ID: a\r\rGET / HTTP/1.1\r\n" E M),
};

const size_t smuggling_case_count = sizeof smuggling_cases / sizeof smuggling_cases[0];
