/* Addresses and faces: what looks like punctuation among letters, and is one token. */
#include "extract/text/address.h"

#include <string.h>

#include "base/char.h"

/* Of a mail address, which RFC 5321 gives 254 bytes, and of a name: what is longer is parted like
 * other words, or hostile text would be walked over again and again. */
enum { ADDRESS_MAX = 256 };

/* Endings that make a name with full stops a site's or a file's. More would take missing spaces
 * ("end.Next") for names. */
static const char *const name_endings[] = {
	"com", "org", "net", "gov", "edu", "mil", "info", "biz", "uk",	"ca",	"au",  "de",
	"fr",  "ru",  "cn",  "eu",  "io",  "tv",  "ly",	  "doc", "xls", "pdf",	"htm", "html",
	"txt", "jpg", "gif", "ppt", "zip", "exe", "php",  "asp", "csv", "docx", "xlsx"};

static bool is_host_byte(char c)
{
	return byte_is_letter(c) || byte_is_digit(c) || c == '-';
}

static bool is_local_byte(char c)
{
	return is_host_byte(c) || c == '_' || c == '.' || c == '%' || c == '+';
}

/* What ends the sentence around an address is not of it, nor a bracket that opened before it. */
static size_t trim_end(struct str b, size_t start, size_t at)
{
	int64_t open = 0;
	for (size_t i = start; i < at; i++)
		open += b.p[i] == '(' ? 1 : b.p[i] == ')' ? -1 : 0;
	for (; at > start; at--) {
		char c = b.p[at - 1];
		if (c == ')' && open < 0)
			open++;
		else if (!strchr(".,;:!?'*", c))
			break;
	}
	return at;
}

static size_t url_rest(struct str b, size_t start, size_t at)
{
	while (at < b.n && (unsigned char)b.p[at] > ' ' && (unsigned char)b.p[at] < 0x7F &&
	       !strchr("\"<>[]{}|", b.p[at]))
		at++;
	return trim_end(b, start, at);
}

static size_t url_end(struct str b, size_t at)
{
	static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:", "www."};
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		size_t n = strlen(schemes[i]);
		if (!str_eq_nocase(str_sub(b, at, at + n), (struct str){schemes[i], n}))
			continue;
		size_t end = url_rest(b, at, at + n);
		return end > at + n ? end : at;
	}
	return at;
}

static size_t host_end(struct str b, size_t at)
{
	size_t start = at;
	while (at < b.n &&
	       (is_host_byte(b.p[at]) || (b.p[at] == '.' && at > start && at + 1 < b.n &&
					  is_host_byte(b.p[at + 1]) && b.p[at + 1] != '-')))
		at++;
	while (at > start && b.p[at - 1] == '-')
		at--;
	return at;
}

static bool has_name_ending(struct str host)
{
	size_t stop = host.n;
	while (stop > 0 && host.p[stop - 1] != '.')
		stop--;
	if (stop < 2)
		return false;
	struct str last = str_sub(host, stop, host.n);
	for (size_t i = 0; i < sizeof name_endings / sizeof name_endings[0]; i++)
		if (str_eq_nocase(last, str_of(name_endings[i])))
			return true;
	return false;
}

/* "alt.animals.cat": three small words or more. */
static bool is_group_name(struct str host)
{
	size_t stops = 0, letters = 0;
	for (size_t i = 0; i < host.n; i++) {
		if (host.p[i] == '.' ? letters < 2 : host.p[i] < 'a')
			return false;
		stops += host.p[i] == '.';
		letters = host.p[i] == '.' ? 0 : letters + 1;
	}
	return stops >= 2 && letters > 1;
}

/* "ann@b.org", "Rice@ENRON", "huffpost.com/politics", "report_1.doc" */
static size_t mail_or_site_end(struct str b, size_t at)
{
	size_t local = at, next;
	b.n = b.n - at > ADDRESS_MAX ? at + ADDRESS_MAX : b.n;
	while (local < b.n && is_local_byte(b.p[local]))
		local++;
	if (local > at && local < b.n && b.p[local] == '@') {
		size_t end = host_end(b, local + 1);
		return end > local + 2 ? end : at;
	}
	size_t host = host_end(b, at);
	bool is_site = has_name_ending(str_sub(b, at, host)) && byte_is_letter(b.p[host - 1]);
	if (is_site && host < b.n && b.p[host] == '/')
		return url_rest(b, at, host);
	while (local > at && b.p[local - 1] == '.')
		local--;
	if (has_name_ending(str_sub(b, at, local)) && (local >= b.n || b.p[local] != '/'))
		return local;
	if (!is_site && !is_group_name(str_sub(b, at, host)))
		return at;
	return host < b.n && point_is_word(point_at(b, host, &next)) ? at : host;
}

/* "@whitehouse", "#MeToo"; "# 1" and "#1" are a sign and a number. */
static size_t handle_end(struct str b, size_t at)
{
	size_t end = at + 1;
	while (end < b.n &&
	       (byte_is_letter(b.p[end]) || byte_is_digit(b.p[end]) || b.p[end] == '_'))
		end++;
	return end > at + 2 && byte_is_letter(b.p[at + 1]) ? end : at;
}

size_t address_end(struct str b, size_t at)
{
	char c = b.p[at];
	bool starts = at == 0 ||
		      !(is_local_byte(b.p[at - 1]) || b.p[at - 1] == '@' ||
			(unsigned char)b.p[at - 1] >= 0x80) ||
		      b.p[at - 1] == '.' || b.p[at - 1] == '-';
	if (!starts)
		return at;
	if (c == '@' || c == '#')
		return handle_end(b, at);
	if (!byte_is_letter(c) && !byte_is_digit(c))
		return at;
	size_t end = url_end(b, at);
	return end > at ? end : mail_or_site_end(b, at);
}

static const char *const faces[] = {
	":)", ":(",  ":D",  ";)",  ":-)", ":-(", ";-)", ":-D",	"=)",  "=(",  "=D",  ":P",  ":-P",
	":p", ":-p", ":'(", "^_^", "-_-", "(:",	 "(;",	":]",	":[",  "<3",  "</3", ";D",  ";-D",
	"XD", ":O",  ":o",  ":|",  ":-|", ":-/", ":))", ":)))", "T_T", ">:(", "=P",  ":-))"};

size_t face_end(struct str b, size_t at)
{
	size_t best = 0;
	if (at > 0 && (unsigned char)b.p[at - 1] > ' ' && !strchr(".!?,", b.p[at - 1]))
		return at;
	for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++) {
		size_t n = strlen(faces[i]);
		if (n <= best || !str_starts(str_sub(b, at, b.n), (struct str){faces[i], n}))
			continue;
		char after = at + n < b.n ? b.p[at + n] : ' ';
		if ((unsigned char)after <= ' ' || strchr(".!?,)", after))
			best = n;
	}
	return at + best;
}
