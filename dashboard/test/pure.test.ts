// The parts that need no browser: addresses, spans, words and figures, questions, time, sides.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bibtex, citation, formatDate, formatShare, formatSure, plural, provenance, quoted, safeUrl,
} from "../src/format";
import type { Cited } from "../src/format";
import { allIntervals, intervalDays, nextInterval } from "../src/interval";
import { relation, rowsOf } from "../src/positions";
import { conditionsOf, narrowed, negated, withInterval } from "../src/question";
import { href, parseRoute, queryOf, withValue } from "../src/route";
import { codePoints, context, hull, pieces, sentenceStarts } from "../src/spans";

test("route: an address and what it says, there and back", () => {
  const route = parseRoute("#/article/12?s=34&x=a%20b");
  assert.deepEqual(route, { page: "article", id: "12", pairs: [["s", "34"], ["x", "a b"]] });
  assert.equal(href(route.page, route.id, route.pairs), "#/article/12?s=34&x=a%20b");
  assert.deepEqual(parseRoute(""), { page: "", id: "", pairs: [] });
  assert.deepEqual(parseRoute("#/?q=who+opposes+x").pairs, [["q", "who opposes x"]]);
});

test("route: ids and values with marks of addresses, there and back", () => {
  const id = "a/b?c#d%e é";
  const pairs = [["q", "50% & more? #1 + é"]] as const;
  const route = parseRoute(href("actor", id, pairs));
  assert.equal(route.id, id);
  assert.deepEqual(route.pairs, pairs);
  assert.equal(parseRoute("#/actor/100%").id, "100%");
});

test("route: a value set keeps its place, an empty one goes", () => {
  const pairs = [["a", "1"], ["b", "2"], ["c", "3"]] as const;
  assert.equal(queryOf(withValue(pairs, "b", "9")), "a=1&b=9&c=3");
  assert.equal(queryOf(withValue(pairs, "b", "")), "a=1&c=3");
  assert.equal(queryOf(withValue(pairs, "d", "4")), "a=1&b=2&c=3&d=4");
});

const shown = (list: ReturnType<typeof pieces>): string[] => list.map(({ text, kinds }) => `${text}|${kinds.join("+")}`);

test("spans: offsets are code points, not UTF-16", () => {
  const points = codePoints("😀 “no,” 𝔘ji said");
  const marks = [{ kind: "content", spans: [[2, 7]] }, { kind: "source", spans: [[8, 11]] }];
  assert.deepEqual(shown(pieces(points, marks)), ["😀 |", "“no,”|content", " |", "𝔘ji|source", " said|"]);
});

test("spans: overlapping ones are cut where one begins or ends", () => {
  const marks = [{ kind: "a", spans: [[0, 4]] }, { kind: "b", spans: [[2, 6]] }];
  const list = pieces(codePoints("abcdefgh"), marks, 1, 7);
  assert.deepEqual(shown(list), ["b|a", "cd|a+b", "ef|b", "g|"]);
  assert.deepEqual(list.map(({ starts }) => starts.join()), ["", "b", "", ""]);
  assert.equal(pieces(codePoints("abc"), []).length, 1);
  assert.equal(pieces([], [{ kind: "a", spans: [] }]).length, 0);
});

test("spans: random ones put together give the text again", () => {
  let seed = 7;
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: 40 }, () => ["a", " ", "é", "😀", "\n"][random(5)]).join("");
    const points = codePoints(text);
    const marks = Array.from({ length: 6 }, (_, i) => {
      const start = random(points.length);
      return { kind: String(i), spans: [[start, start + random(points.length - start + 1)]] };
    });
    assert.equal(pieces(points, marks).map((piece) => piece.text).join(""), text);
  }
});

test("spans: a hull holds all of them", () => {
  assert.deepEqual(hull([[[5, 8]], [], [[1, 2], [9, 12]]]), [1, 12]);
  assert.equal(hull([[], []]), null);
});

test("sentences: abbreviations end none, and context counts them", () => {
  const text = "One came. Mr. Wang spoke. “We agree,” Gen. A. Lee said. 😀 Three. Four.";
  const starts = sentenceStarts(text);
  const points = codePoints(text);
  const sentences = starts.slice(0, -1).map((at, i) => points.slice(at, starts[i + 1]).join("").trim());
  assert.deepEqual(sentences, ["One came.", "Mr. Wang spoke.", "“We agree,” Gen. A. Lee said.", "😀 Three.", "Four."]);
  assert.equal(starts[starts.length - 1], points.length);
  const at = text.indexOf("agree");
  const [from, to] = context(starts, [at, at + 5], 1);
  assert.equal(points.slice(from, to).join("").trim(), "Mr. Wang spoke. “We agree,” Gen. A. Lee said. 😀 Three.");
  assert.deepEqual(context(sentenceStarts("Only one"), [0, 4], 2), [0, 8]);
});

test("format: dates by what they tell, and only real ones", () => {
  assert.equal(formatDate("2024-04-26"), "26 April 2024");
  assert.equal(formatDate("2024-04-26T23:30:00-08:00"), "26 April 2024");
  assert.equal(formatDate("2024-04"), "April 2024");
  assert.equal(formatDate("2024"), "2024");
  assert.equal(formatDate(null), "");
});

test("format: shares are never rounded to nothing or all", () => {
  assert.equal(formatShare(0, 10), "0%");
  assert.equal(formatShare(1, 1000), "<1%");
  assert.equal(formatShare(999, 1000), ">99%");
  assert.equal(formatShare(1000, 1000), "100%");
  assert.equal(formatShare(1, 3), "33%");
  assert.equal(formatShare(0, 0), "–");
  assert.equal(formatSure(0.999), "99%");
  assert.equal(formatSure(0.29), "29%");
  assert.equal(plural(1, "statement"), "1 statement");
  assert.equal(plural(1234567, "statement"), "1,234,567 statements");
});

const statement: Cited = {
  id: 7, content: "“We oppose it,”", kind: "direct", speaker: { name: "Wang Yi", role: "Foreign Minister" },
  article_title: "Talks & {more}", article_url: "https://example.com/a", outlet: "Example Times",
  published_at: "2024-04-26", confidence: 0.934, status: "machine", engine: "0.7",
};

test("format: a citation tells who read it and how sure that is", () => {
  const text = citation(statement, "http://h/#/s/7");
  assert.match(text, /^Wang Yi \(Foreign Minister\): “We oppose it”\n/);
  assert.match(text, /“Talks & {more}”, Example Times, 26 April 2024\./);
  assert.match(text, /Statement 7, read by machine \(Demarche 0\.7; confidence 0\.93 .*\), not checked by a person\./);
  assert.ok(text.endsWith("http://h/#/s/7"));
  assert.match(provenance({ ...statement, status: "confirmed" }), /confirmed by a person/);
  assert.doesNotMatch(provenance({ ...statement, status: "confirmed" }), /not checked/);
});

test("format: quotation marks stand only around what is quoted", () => {
  assert.equal(quoted(statement), "“We oppose it”");
  assert.equal(quoted({ kind: "indirect", content: "that it opposes it" }), "that it opposes it");
  assert.match(citation({ ...statement, kind: "indirect", content: "that" }, ""), /, as reported: that\n/);
});

test("format: BibTeX without what would break it", () => {
  const entry = bibtex(statement, "http://h/#/s/7");
  assert.match(entry, /^@misc{demarche-7,\n/);
  assert.match(entry, /Talks \\& more/);
  assert.equal((entry.match(/{/g) ?? []).length, (entry.match(/}/g) ?? []).length);
});

test("format: only addresses of the web are linked", () => {
  assert.equal(safeUrl("https://example.com"), "https://example.com");
  assert.equal(safeUrl("javascript:alert(1)"), null);
  assert.equal(safeUrl(null), null);
});

test("question: conditions of a canonical link", () => {
  assert.deepEqual(conditionsOf("../v1/statements?speaker=wang%20yi&issue=!trade&limit=5"), [
    ["speaker", "wang yi"], ["issue", "!trade"],
  ]);
  assert.deepEqual(conditionsOf("../v1/statements"), []);
});

test("question: turned round and back, narrowed to a group", () => {
  assert.deepEqual(negated(["issue", "x"]), ["issue", "!x"]);
  assert.deepEqual(negated(negated(["issue", "x"])), ["issue", "x"]);
  assert.deepEqual(narrowed([["speaker", "China"], ["speaker", "!Xi"], ["issue", "x"]], [["speaker", "wang-yi"]]), [
    ["speaker", "!Xi"], ["issue", "x"], ["speaker", "wang-yi"],
  ]);
  assert.deepEqual(withInterval([["issue", "x"], ["published_after", "2020-01-01"]], "2024-02"), [
    ["issue", "x"], ["published_after", "2024-02-01"], ["published_before", "2024-02-29"],
  ]);
});

test("time: days of an interval, and what comes next", () => {
  assert.deepEqual(intervalDays("2023-02"), ["2023-02-01", "2023-02-28"]);
  assert.deepEqual(intervalDays("2023"), ["2023-01-01", "2023-12-31"]);
  assert.equal(nextInterval("2023-12"), "2024-01");
  assert.equal(nextInterval("2024-02-28"), "2024-02-29");
  assert.equal(nextInterval("1999"), "2000");
  assert.deepEqual(allIntervals(["2024-02", "2023-11"]), ["2023-11", "2023-12", "2024-01", "2024-02"]);
  assert.deepEqual(allIntervals([]), []);
});

test("positions: rows by their sums; sides by which position is more", () => {
  const groups = [
    { count: 1, of: 6, issue: { id: "a", label: "A" }, position: "support" as const },
    { count: 3, of: 6, issue: { id: "b", label: "B" }, position: null },
    { count: 1, of: 6, issue: { id: "b", label: "B" }, position: "oppose" as const },
    { count: 1, of: 6, issue: null, position: "oppose" as const },
  ];
  const rows = rowsOf(groups, ({ issue }) => issue);
  assert.deepEqual(rows.map(({ key, total }) => [key.id, total]), [["b", 4], ["a", 1]]);
  assert.equal(rows[0]?.counts.none, 3);
  const side = (count: number, support: number, oppose: number) => ({ count, support, oppose });
  assert.equal(relation(side(5, 3, 1), side(2, 1, 0)), "agree");
  assert.equal(relation(side(5, 3, 1), side(2, 0, 1)), "differ");
  assert.equal(relation(side(5, 2, 2), side(2, 0, 1)), "open");
  assert.equal(relation(side(0, 0, 0), side(2, 0, 1)), "silent-a");
  assert.equal(relation(side(2, 0, 1), side(0, 0, 0)), "silent-b");
});
