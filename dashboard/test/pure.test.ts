// The parts that need no browser: addresses, spans, words and figures, questions, time, sides.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bibtex, citation, formatDate, formatShare, formatSure, jsonLd, plural, provenance, quoted, safeUrl,
} from "../src/format";
import type { Cited } from "../src/format";
import { allIntervals, intervalDays, nextInterval } from "../src/interval";
import type { Network } from "../src/client";
import { layout, placeLabels } from "../src/layout";
import { conditionsOfNodes, jointsOf, networkPath, shownWords, standing, strokeOf, weightWords, withPositions } from "../src/network";
import { relation, rowsOf } from "../src/positions";
import { conditionsOf, narrowed, negated, withInterval } from "../src/question";
import { href, parseRoute, queryOf, withValue } from "../src/route";
import { sortedRows } from "../src/sorted";
import { codePoints, context, hull, pieces, sentenceStarts } from "../src/spans";

test("route: an address and what it says, there and back", () => {
  const route = parseRoute("#/article/12?s=34&x=a%20b");
  assert.deepEqual(route, { page: "article", id: "12", pairs: [["s", "34"], ["x", "a b"]] });
  assert.equal(href(route.page, route.id, route.pairs), "#/article/12?s=34&x=a%20b");
  assert.deepEqual(parseRoute(""), { page: "", id: "", pairs: [] });
  assert.deepEqual(parseRoute("#/?q=who+opposes+x").pairs, [["q", "who opposes x"]]);
});

test("route: the former names of days mean the same", () => {
  const former = parseRoute("#/?speaker=CHN&published_after=2024-04-01&published_before=2024-04-30&said_after=2024&said_before=2025");
  const now = parseRoute("#/?speaker=CHN&published_from=2024-04-01&published_to=2024-04-30&said_from=2024&said_to=2025");
  assert.deepEqual(former, now);
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

test("format: JSON-LD tells who read it and how sure that is, and nothing that is not known", () => {
  const data = JSON.parse(jsonLd(statement, "http://h/#/s/7"));
  assert.equal(data["@type"], "Quotation");
  assert.equal(data.creativeWorkStatus, "machine");
  assert.match(data.creditText, /not checked by a person$/);
  assert.deepEqual([data.review.reviewRating.ratingValue, data.review.author.softwareVersion], [0.934, "0.7"]);
  assert.equal(data.isPartOf.publisher.name, "Example Times");
  const bare = JSON.parse(jsonLd({ ...statement, speaker: null, outlet: null, engine: null, status: "confirmed" }, ""));
  assert.ok(!("spokenByCharacter" in bare) && !("publisher" in bare.isPartOf));
  assert.match(bare.creditText, /confirmed by a person$/);
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
  assert.deepEqual(withInterval([["issue", "x"], ["published_from", "2020-01-01"]], "2024-02"), [
    ["issue", "x"], ["published_from", "2024-02-01"], ["published_to", "2024-02-29"],
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

// Random, but the same each time.
function* dice(seed: number): Generator<number, never> {
  for (;;) yield (seed = (seed * 16807) % 2147483647) / 2147483647;
}

test("network: the same places each time, inside the box, none upon another", () => {
  const random = dice(7);
  const next = (n: number): number => Math.floor(random.next().value * n);
  for (const [width, height] of [[358, 447], [1200, 720], [320, 400]] as const) {
    const nodes = Array.from({ length: 60 }, (_, i) => ({ id: `n${i}`, radius: 3.5 + next(9) }));
    const ties = Array.from({ length: 100 }, () => ({ source: `n${next(60)}`, target: `n${next(60)}`, strength: random.next().value }));
    const bodies = layout(nodes, ties, { width, height });
    assert.deepEqual(bodies.map(({ x, y }) => [x, y]), layout(nodes, ties, { width, height }).map(({ x, y }) => [x, y]));
    bodies.forEach((a, i) => {
      assert.ok(a.x >= a.radius && a.x <= width - a.radius && a.y >= a.radius && a.y <= height - a.radius);
      for (const b of bodies.slice(0, i)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 0.8 * (a.radius + b.radius), `${a.id} ${b.id} at ${width}`);
    });
    const labels = placeLabels(bodies, new Map(nodes.map(({ id }) => [id, 60])), 12, { width, height });
    const free = bodies.map(({ id }) => labels.get(id)!).filter(({ isFree }) => isFree);
    assert.ok(free.length > 5);
    free.forEach((a, i) => {
      for (const b of free.slice(0, i)) assert.ok(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 13);
    });
  }
});

test("network: one node, and none, have a place", () => {
  const box = { width: 300, height: 200 };
  assert.deepEqual(layout([], [], box), []);
  assert.deepEqual(layout([{ id: "a", radius: 5 }], [], box).map(({ x, y }) => [Math.round(x), Math.round(y)]), [[150, 100]]);
});

const NODE = {
  slug: "", kind: "person", country: null, cap_major: null, cap_sub: null, pairs: 3, counted: 3, degree: 1, neutral: 0,
  support: 0, oppose: 0, mixed: 0, concern: 0, none: 0, first: "2024-01-01", last: "2024-01-02",
} as const;
const actor = (slug: string, kind = "person"): Network["nodes"][number] => ({ ...NODE, id: `actor:${slug}`, label: slug, type: "actor", slug, kind });
const issue = (slug: string): Network["nodes"][number] => ({ ...NODE, id: `issue:${slug}`, label: slug, type: "issue", slug, kind: "measure" });
const EMPTY: Network = {
  mode: "actors", agreement: "subtract", normalization: "none", duplicates: "include", nodes: [], edges: [], nodes_left_out: 0,
  edges_left_out: 0, pairs: { of_nodes: 0, without_side: 0, duplicates: 0, without_speaker: 0 }, interpretation: [],
};

test("network: what two share, and how they stand on it", () => {
  const ends = [actor("a"), actor("b")] as const;
  const edge = (source: string, target: string, support: number, oppose: number): Network["edges"][number] =>
    ({ source: `actor:${source}`, target: `issue:${target}`, weight: 1, pairs: 2 + support + oppose, support, oppose });
  const joining: Network = {
    ...EMPTY, mode: "actor-issue", nodes: [...ends, issue("p"), issue("q"), issue("r"), issue("s")],
    edges: [edge("a", "p", 4, 0), edge("b", "p", 0, 3), edge("a", "q", 1, 1), edge("b", "q", 1, 0), edge("a", "r", 0, 0), edge("b", "r", 1, 0), edge("a", "s", 1, 0)],
  };
  const told = (agreement: Network["agreement"]): string[][] => jointsOf(joining, ends, agreement).map((joint) => [joint.node.slug, standing(joint)]);
  assert.deepEqual(told("subtract"), [["p", "opposite sides"], ["q", "both"]]);
  assert.deepEqual(told("ignore").map(([slug]) => slug), ["p", "q", "r"]);
});

test("network: strokes, and the statements behind a node", () => {
  const stroke = (agreement: Network["agreement"], weight: number): string => strokeOf({ ...EMPTY, agreement }, { source: "a", target: "b", weight });
  assert.deepEqual([stroke("ignore", 2), stroke("congruence", 2), stroke("conflict", 2), stroke("subtract", 2), stroke("subtract", -2)], ["plain", "with", "against", "with", "against"]);
  const pairs = [["speaker", "China"], ["issue", "!x"], ["fold", "true"], ["node", "actor:CHN"]] as const;
  assert.deepEqual(conditionsOfNodes(pairs, [actor("CHN", "country"), issue("p")]), [["issue", "!x"], ["speaker", "CHN"], ["issue", "p"]]);
  assert.deepEqual(conditionsOfNodes([], [actor("CHN", "country")]), [["speaker", "CHN"], ["members", "false"]]);
  assert.deepEqual(withPositions([], "conflict", "actor-issue"), [["position", "oppose"]]);
  assert.equal(withPositions([], "ignore", "actors").length, 6);
  assert.deepEqual(withPositions([["position", "support"]], "ignore", "actors"), [["position", "support"]]);
  assert.equal(networkPath([["mode", "actors"], ["sort", "weight"], ["node", "x"]]), "v1/network?mode=actors&limit=100");
});

test("network: it says what is left out, and what a weight is", () => {
  const network: Network = {
    ...EMPTY, nodes: Array.from({ length: 42 }, (_, i) => actor(`a${i}`)), nodes_left_out: 258, edges_left_out: 5,
    pairs: { of_nodes: 1200, without_side: 1000, duplicates: 50, without_speaker: 7 },
  };
  assert.equal(shownWords(network), "Shown: 42 of 300 actors, 0 of 5 edges, the heaviest. 150 of 1,200 pairs of statement and issue count (1,000 take no side, 50 are duplicates). 7 more name no speaker.");
  assert.match(weightWords(network), /the product of how many statements the two have on the same side, less that on opposite sides, summed over the issues that they share\. Every statement counts;/);
  assert.match(weightWords({ ...network, mode: "actor-issue", agreement: "ignore", normalization: "activity", duplicates: "week" }), /how many statements the actor made on the issue, divided by how many the actor has in all\. The same actor and issue count once in a week;/);
});

test("sorted: numbers the largest first, words by the alphabet, and reversed", () => {
  const rows = [{ n: 2, w: "b" }, { n: 10, w: "a" }];
  const columns = [{ key: "n", title: "", value: ({ n }: { n: number }) => n }, { key: "w", title: "", value: ({ w }: { w: string }) => w }] as const;
  const by = (key: string, isReversed: boolean): string => sortedRows<{ n: number; w: string }>(rows, columns as never, { key, isReversed }).map(({ w }) => w).join("");
  assert.deepEqual([by("n", false), by("n", true), by("w", false), by("", false)], ["ab", "ba", "ab", "ba"]);
});
