// A network as it is asked for, drawn and told: what an address asks, what a weight is in words,
// which stroke an edge has, which statements stand behind it.
import type { Network, NetworkEdge, NetworkNode } from "./client";
import { formatCount, plural } from "./format";
import { isQuestion, narrowed, path } from "./question";
import type { Pair } from "./route";
import { valueOf } from "./route";

// What an address says of the network itself, beside the conditions of its question.
const OPTIONS: ReadonlySet<string> = new Set([
  "mode", "agreement", "normalization", "duplicates", "actor_kind", "fold", "open", "isolates", "min_weight",
]);
export const EDGES_SHOWN = "100";

export const conditionsOf = (pairs: readonly Pair[]): Pair[] => pairs.filter(([name]) => isQuestion(name));
export const askedOf = (pairs: readonly Pair[]): Pair[] =>
  pairs.filter(([name]) => isQuestion(name) || OPTIONS.has(name));
export const networkPath = (pairs: readonly Pair[]): string =>
  path("network", [...askedOf(pairs), ["limit", valueOf(pairs, "limit") || EDGES_SHOWN]]);

export const edgeId = ({ source, target }: NetworkEdge): string => `${source} ${target}`;

// Same side or opposite; "plain" where positions are ignored.
export type Stroke = "plain" | "with" | "against";
export const strokeOf = (network: Network, { weight }: NetworkEdge): Stroke => {
  if (network.agreement === "ignore") return "plain";
  if (network.agreement === "conflict") return "against";
  return weight < 0 ? "against" : "with";
};

type Mode = Network["mode"];
type Agreement = Network["agreement"];
type Normalization = Network["normalization"];

export const MODES: Readonly<Record<Mode, string>> = {
  "actor-issue": "actors with issues", actors: "actors with actors", issues: "issues with issues",
};
export const agreementWords = (mode: Mode): Readonly<Record<Agreement, string>> =>
  mode === "actor-issue"
    ? { ignore: "any position", congruence: "support", conflict: "opposition", subtract: "support less opposition" }
    : { ignore: "any position", congruence: "same side", conflict: "opposite sides", subtract: "same less opposite" };
export const normalizationWords = (mode: Mode): Partial<Readonly<Record<Normalization, string>>> =>
  mode === "actor-issue"
    ? { none: "nothing", activity: "what the actor said", prominence: "what was said of the issue" }
    : { none: "nothing", average: "the mean of both", jaccard: "what either has (Jaccard)", cosine: "both lengths (cosine)" };

export const strokeWords = (mode: Mode): Readonly<Record<Stroke, string>> =>
  mode === "actor-issue"
    ? { plain: "speaks of it", with: "support", against: "opposition" }
    : { plain: mode === "actors" ? "an issue in common" : "an actor in common", with: "same side", against: "opposite sides" };

const DIVIDED: Readonly<Record<Normalization, (third: string) => string>> = {
  none: () => "",
  activity: () => ", divided by how many the actor has in all",
  prominence: () => ", divided by how many the issue has in all",
  average: () => ", divided by the mean of how many the two have",
  jaccard: (third) => `, divided by the number of ${third} on which at least one of the two has any`,
  cosine: () => ", divided by the product of the lengths of their vectors of counts",
};

// What the weight of an edge is.
export function weightWords({ mode, agreement, normalization, duplicates }: Network): string {
  const third = mode === "actors" ? "issues" : "actors";
  const counted =
    mode === "actor-issue"
      ? `how many statements the actor made on the issue${{
        ignore: "", congruence: " in support", conflict: " in opposition", subtract: " in support, less those in opposition",
      }[agreement]}`
      : `the product of how many statements the two have${{
        ignore: "", congruence: " on the same side", conflict: " on opposite sides",
        subtract: " on the same side, less that on opposite sides",
      }[agreement]}, summed over the ${third} that they share`;
  const same = agreement === "ignore" ? "The same actor and issue" : "The same actor, issue and side";
  const once =
    duplicates === "include" ? "Every statement counts"
    : duplicates === "range" ? `${same} count once in all`
    : `${same} count once in a ${duplicates}`;
  const due = mode !== "actor-issue" && normalization === "none" && duplicates !== "range"
    ? ` ${mode === "actors" ? "Who speaks often" : "What is often spoken of"} is joined heavily with all others, unless the weight is divided.` : "";
  return `The weight of an edge is ${counted}${DIVIDED[normalization](third)}. ${once}; one that is about several issues counts on each.${due}`;
}

// What is shown of how many, and what does not count.
export function shownWords(network: Network): string {
  const nodes = network.nodes.length;
  const all = nodes + network.nodes_left_out;
  const edges = network.edges.length;
  const allEdges = edges + network.edges_left_out;
  const what = network.mode === "actor-issue" ? "actors and issues" : network.mode;
  const of = (n: number, total: number, many: string): string =>
    n === total ? `all ${formatCount(total)} ${many}` : `${formatCount(n)} of ${formatCount(total)} ${many}`;
  const shown = `Shown: ${of(nodes, all, what)}, ${of(edges, allEdges, "edges")}${allEdges > edges ? ", the heaviest" : ""}.`;
  const { of_nodes, without_side, duplicates, without_speaker } = network.pairs;
  const counts = of_nodes - without_side - duplicates;
  const why = [
    without_side > 0 && `${formatCount(without_side)} take no side`,
    duplicates > 0 && `${formatCount(duplicates)} are duplicates`,
  ].filter(Boolean).join(", ");
  return [
    shown,
    `${counts === of_nodes ? "All" : `${formatCount(counts)} of`} ${plural(of_nodes, "pair")} of statement and issue count${why && ` (${why})`}.`,
    without_speaker > 0 && `${formatCount(without_speaker)} more name no speaker.`,
  ].filter(Boolean).join(" ");
}

export function formatWeight(weight: number): string {
  const size = Math.abs(weight);
  const digits = Number.isInteger(size) ? formatCount(size) : size.toPrecision(3);
  return weight < 0 ? `−${digits}` : digits;
}

// Nodes and the statements behind them.

const isFolded = (pairs: readonly Pair[]): boolean => valueOf(pairs, "fold") === "true";

// Of an actor itself; of a country that was folded with those who speak for it.
export function conditionsOfNodes(pairs: readonly Pair[], nodes: readonly NetworkNode[]): Pair[] {
  const by = nodes.map((node): Pair => [node.type === "actor" ? "speaker" : "issue", node.slug]);
  const actors = nodes.filter(({ type }) => type === "actor");
  const isWhole = actors.length === 0 || (isFolded(pairs) && actors.some(({ kind }) => kind === "country"));
  return narrowed(conditionsOf(pairs), isWhole ? by : [...by, ["members", "false"]]);
}

// A position makes the condition that of one issue, without those below it, as pairs are counted.
const SIDES = ["support", "oppose"] as const;
const ALL = [...SIDES, "mixed", "concern", "neutral", "none"] as const;
export const withPositions = (conditions: readonly Pair[], agreement: Agreement, mode: Mode): Pair[] => {
  if (conditions.some(([name]) => name === "position")) return [...conditions];
  const positions =
    agreement === "ignore" ? ALL
    : mode === "actor-issue" && agreement === "congruence" ? ["support"]
    : mode === "actor-issue" && agreement === "conflict" ? ["oppose"]
    : SIDES;
  return [...conditions, ...positions.map((position): Pair => ["position", position])];
};

// The same question of two nodes of one mode, by what joins them.
export const joiningPath = (pairs: readonly Pair[], ends: readonly NetworkNode[]): string =>
  path("network", [
    ...conditionsOfNodes(pairs, ends),
    ...pairs.filter(([name]) => name === "fold" || name === "open" || name === "actor_kind"),
    ["mode", "actor-issue"], ["nodes", "2000"], ["limit", "4000"],
  ]);

export interface Joint {
  readonly node: NetworkNode; // the issue (actor) that both have
  readonly sides: readonly [NetworkEdge, NetworkEdge];
}

// What two nodes share, most first.
export function jointsOf(joining: Network, ends: readonly [NetworkNode, NetworkNode], agreement: Agreement): Joint[] {
  const counts = (edge: NetworkEdge): boolean =>
    agreement === "ignore" || (edge.support ?? 0) + (edge.oppose ?? 0) > 0;
  const find = (end: string, third: string): NetworkEdge | undefined =>
    joining.edges.find((edge) => counts(edge)
      && ((edge.source === end && edge.target === third) || (edge.source === third && edge.target === end)));
  const joints = joining.nodes.filter(({ type }) => type !== ends[0].type).flatMap((node): Joint[] => {
    const a = find(ends[0].id, node.id);
    const b = find(ends[1].id, node.id);
    return a && b ? [{ node, sides: [a, b] }] : [];
  });
  const weight = ({ sides: [a, b] }: Joint): number => (a.pairs ?? 0) * (b.pairs ?? 0);
  return joints.sort((a, b) => weight(b) - weight(a));
}

// How two ends stand on what they share.
export function standing({ sides: [a, b] }: Joint): "same side" | "opposite sides" | "both" {
  const [sa = 0, oa = 0, sb = 0, ob = 0] = [a.support, a.oppose, b.support, b.oppose];
  const same = sa * sb + oa * ob;
  const opposite = sa * ob + oa * sb;
  return same > 0 && opposite > 0 ? "both" : same > 0 ? "same side" : "opposite sides";
}
