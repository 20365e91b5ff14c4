// A question as its parts: the conditions of /v1/statements, in an order that people keep.
import { intervalDays } from "./interval";
import type { Pair } from "./route";
import { pairsOf, queryOf, valueOf } from "./route";

// What a condition says, as a sentence goes on from "statements".
export const CONDITIONS: Readonly<Record<string, string>> = {
  speaker: "said by",
  role: "role",
  country: "speaking for",
  issue: "about",
  cap: "policy topic",
  about: "with or near the words",
  position: "position",
  act: "act",
  target: "towards",
  target_position: "position towards the target",
  addressee: "said to",
  kind: "quoted",
  polarity: "content",
  said_from: "said since",
  said_to: "said until",
  published_from: "published since",
  published_to: "published until",
  outlet: "in",
  text: "with the words",
  min_confidence: "confidence at least",
  min_stance_confidence: "stance confidence at least",
  min_position_confidence: "position confidence at least",
  status: "checked",
  article: "in article",
};

// These take no "!".
const PLAIN = new Set([
  "role", "said_from", "said_to", "published_from", "published_to", "about", "text",
  "min_confidence", "min_stance_confidence", "min_position_confidence", "article",
]);

export const canNegate = (name: string): boolean => !PLAIN.has(name);

// The condition turned into its opposite and back.
export function negated([name, value]: Pair): Pair {
  return [name, value.startsWith("!") ? value.slice(1) : `!${value}`];
}

// The conditions of the service's `canonical` link ("../v1/statements?speaker=...").
export function conditionsOf(canonical: string): Pair[] {
  const at = canonical.indexOf("?");
  return at < 0 ? [] : pairsOf(canonical.slice(at + 1)).filter(([name]) => isQuestion(name));
}

// What belongs to a question, rather than to how it is shown.
export const isQuestion = (name: string): boolean => name in CONDITIONS || name === "members";

export const isCondition = (name: string): boolean => name in CONDITIONS;

export function without(pairs: readonly Pair[], index: number): Pair[] {
  return pairs.filter((_, i) => i !== index);
}

export function replaced(pairs: readonly Pair[], index: number, by: Pair): Pair[] {
  return pairs.map((pair, i) => (i === index ? by : pair));
}

// The question of one group of its counts: given again a condition means "or", so the group's take
// the place of those of the same name; what is excluded stays.
export function narrowed(pairs: readonly Pair[], by: readonly Pair[]): Pair[] {
  const names = new Set(by.map(([name]) => name));
  return [...pairs.filter(([name, value]) => !names.has(name) || value.startsWith("!")), ...by];
}

export function withInterval(pairs: readonly Pair[], interval: string): Pair[] {
  const [from, to] = intervalDays(interval);
  const others = pairs.filter(([n]) => n !== "published_from" && n !== "published_to");
  return [...others, ["published_from", from], ["published_to", to]];
}

export const path = (resource: string, pairs: readonly Pair[] = []): string =>
  pairs.length ? `v1/${resource}?${queryOf(pairs)}` : `v1/${resource}`;

const ROWS = "30"; // a page

// What an address of the page of questions asks for; null where it holds no question.
export function questionOf(pairs: readonly Pair[]): { resource: string; pairs: Pair[] } | null {
  const q = valueOf(pairs, "q");
  const rest: Pair[] = [["limit", ROWS]];
  if (q) {
    const others = pairs.filter(([name]) => name === "members" || name === "sort");
    return { resource: "query", pairs: [["q", q], ...others, ...rest] };
  }
  if (!pairs.some(([name]) => isCondition(name))) return null;
  return {
    resource: "statements",
    pairs: [...pairs.filter(([name]) => isQuestion(name) || name === "sort"), ...rest],
  };
}
