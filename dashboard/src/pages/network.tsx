// Actors and issues as a network: drawn, as a table, as files, with the statements behind each part.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Chips } from "../chips";
import type { Network, NetworkEdge, NetworkNode } from "../client";
import { Download } from "../download";
import { formatDate } from "../format";
import { useAnswer, useTitle } from "../hooks";
import {
  agreementWords, askedOf, conditionsOf, EDGES_SHOWN, edgeId, formatWeight, MODES, networkPath, normalizationWords,
  shownWords, strokeOf, strokeWords, weightWords,
} from "../network";
import type { Chosen } from "../network_chart";
import { NetworkChart } from "../network_chart";
import { NetworkPanel } from "../network_panel";
import { Heading, inputType, Loading, ProblemView } from "../parts";
import type { Pair, Route } from "../route";
import { href, parseRoute, valueOf, withValue } from "../route";
import type { Column, Sorting } from "../sorted";
import { SortedTable } from "../sorted";

type Choices = readonly (readonly [value: string, words: string])[];

const DUPLICATES: Choices = [
  ["include", "each time"], ["document", "once an article"], ["week", "once a week"], ["month", "once a month"],
  ["year", "once a year"], ["range", "once in all"],
];
const KINDS: Choices = [["", "all kinds"], ["person", "persons"], ["country", "countries"], ["organization", "organizations"], ["group", "groups"]];
const LIMITS: Choices = [["50", "50"], ["100", "100"], ["200", "200"], ["300", "300"]];
const WINDOW = ["published_from", "published_to"] as const;
const MORE = ["normalization", "duplicates", "min_weight", "limit", "actor_kind", "fold", "open"] as const;
const FORMS = [
  ["GraphML", "application/graphml+xml", "graphml"], ["GEXF", "application/gexf+xml", "gexf"], ["CSV", "text/csv", "csv"],
  ["JSON", "application/json", "json"],
] as const;

type Set = (name: string, value: string) => void;

function Choice({ label, name, value, choices, set }: { label: string; name: string; value: string; choices: Choices; set: Set }): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name} value={value} onChange={(event) => set(name, event.currentTarget.value)}>
        {choices.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
    </label>
  );
}

function Field({ label, name, type, value, set }: { label: string; name: string; type: string; value: string; set: Set }): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <input key={value} name={name} {...inputType(type)} defaultValue={value} onChange={(event) => set(name, event.currentTarget.value)} />
    </label>
  );
}

function Controls({ pairs, to }: { pairs: readonly Pair[]; to: (pairs: readonly Pair[]) => string }): JSX.Element {
  const mode = (valueOf(pairs, "mode") || "actor-issue") as Network["mode"];
  const value = (name: string, usual: string): string => valueOf(pairs, name) || usual;
  // What is usual is not said in the address; what is chosen goes with what it was chosen of.
  // It is said of the address as it is now, which two quick choices have both changed.
  const put = (name: string, usual: string, next: string, forgotten: readonly string[] = []): void => {
    const from = parseRoute(location.hash).pairs.filter(([other]) => !forgotten.includes(other));
    location.hash = to(withValue(from, name, next === usual ? "" : next));
  };
  const set = (usual: string): Set => (name, next) => put(name, usual, next);
  const check = (name: string, label: string): JSX.Element => (
    <label class="check">
      <input type="checkbox" checked={valueOf(pairs, name) === "true"}
        onChange={(event) => put(name, "", event.currentTarget.checked ? "true" : "", ["node", "edge"])} /> {label}
    </label>
  );
  return (
    <form class="network-controls" aria-label="The network" onSubmit={(event) => event.preventDefault()}>
      <div class="fields">
        <Choice label="Join" name="mode" value={mode} choices={Object.entries(MODES)}
          set={(name, next) => put(name, "actor-issue", next, ["normalization", "node", "edge", "sort", "order"])} />
        <Choice label="by" name="agreement" value={value("agreement", "ignore")} choices={Object.entries(agreementWords(mode))} set={set("ignore")} />
        <Field label="Published since" name="published_from" type="date" value={value("published_from", "")} set={set("")} />
        <Field label="until" name="published_to" type="date" value={value("published_to", "")} set={set("")} />
      </div>
      <details open={MORE.some((name) => value(name, "") !== "")}>
        <summary>How weights are counted, who is a node</summary>
        <div class="fields">
          <Choice label="Weight divided by" name="normalization" value={value("normalization", "none")} choices={Object.entries(normalizationWords(mode))} set={set("none")} />
          <Choice label="The same counts" name="duplicates" value={value("duplicates", "include")} choices={DUPLICATES} set={set("include")} />
          <Field label="Weight at least" name="min_weight" type="text" value={value("min_weight", "")} set={set("")} />
          <Choice label="Edges at most" name="limit" value={value("limit", EDGES_SHOWN)} choices={LIMITS} set={set(EDGES_SHOWN)} />
          <Choice label="Actors" name="actor_kind" value={value("actor_kind", "")} choices={KINDS} set={set("")} />
        </div>
        <div class="network-checks">
          {check("fold", "who speaks for a country counts as the country")}
          {check("open", "phrases of the texts as issues, too")}
        </div>
      </details>
    </form>
  );
}

function Empty({ network, pairs }: { network: Network; pairs: readonly Pair[] }): JSX.Element {
  const { of_nodes, without_side } = network.pairs;
  const offer = (name: string, value: string, words: string): JSX.Element => (
    <li><a href={href("network", "", withValue(pairs, name, value))}>{words}</a></li>
  );
  const has = (name: string): boolean => valueOf(pairs, name) !== "";
  return (
    <div class="empty">
      <h2>No edge</h2>
      <p>{of_nodes === 0 ? "No statement with a named speaker is about an issue that counts here." : shownWords(network)}</p>
      <ul class="plain">
        {without_side > 0 && offer("agreement", "", "Join by any position")}
        {has("min_weight") && offer("min_weight", "", "Whatever the weight")}
        {has("actor_kind") && offer("actor_kind", "", "All kinds of actor")}
        {!has("open") && offer("open", "true", "With phrases of the texts as issues")}
        {WINDOW.some(has) && <li><a href={href("network", "", pairs.filter(([name]) => !WINDOW.some((one) => one === name)))}>At any time</a></li>}
        {pairs.length > 0 && <li><a href={href("network")}>The whole record</a></li>}
      </ul>
    </div>
  );
}

function Tables({ network, pairs, chosen, choose, to }: {
  network: Network;
  pairs: readonly Pair[];
  chosen: Chosen;
  choose: (chosen: Chosen) => string;
  to: (pairs: readonly Pair[]) => string;
}): JSX.Element {
  const isNodes = valueOf(pairs, "table") === "nodes";
  const sorting: Sorting = { key: valueOf(pairs, "sort"), isReversed: valueOf(pairs, "order") === "reversed" };
  const sortTo = ({ key, isReversed }: Sorting): string =>
    to(withValue(withValue(pairs, "sort", key), "order", isReversed ? "reversed" : ""));
  const labels = new Map(network.nodes.map(({ id, label }) => [id, label]));
  const words = strokeWords(network.mode);
  const ends = network.mode === "actor-issue" ? ["Actor", "Issue"] : network.mode === "actors" ? ["Actor", "Other actor"] : ["Issue", "Other issue"];
  const count = (key: keyof NetworkEdge & keyof NetworkNode, title: string): { key: string; title: string; value: (row: NetworkEdge | NetworkNode) => number } =>
    ({ key, title, value: (row) => Number(row[key] ?? 0) });
  const edges: Column<NetworkEdge>[] = [
    { key: "source", title: ends[0]!, value: ({ source }) => labels.get(source) ?? source,
      cell: (edge) => <a data-open href={choose({ node: "", edge: edgeId(edge) })} aria-current={edgeId(edge) === chosen.edge ? "true" : undefined}>{labels.get(edge.source)}</a> },
    { key: "target", title: ends[1]!, value: ({ target }) => labels.get(target) ?? target },
    ...(network.agreement === "ignore" ? [] : [{ key: "stroke", title: "Stands for", value: (edge: NetworkEdge) => words[strokeOf(network, edge)] }]),
    { key: "weight", title: "Weight", value: ({ weight }) => weight, cell: ({ weight }) => formatWeight(weight) },
    ...(network.mode === "actor-issue"
      ? [count("pairs", "Pairs"), count("counted", "Counted"), count("support", "Support"), count("oppose", "Opposition"),
        { key: "first", title: "First", value: ({ first }: NetworkEdge) => first ?? "", cell: ({ first }: NetworkEdge) => formatDate(first) },
        { key: "last", title: "Last", value: ({ last }: NetworkEdge) => last ?? "", cell: ({ last }: NetworkEdge) => formatDate(last) }]
      : [
        ...(network.agreement === "ignore" ? [] : [
          { key: "congruence", title: "Same side", value: ({ congruence }: NetworkEdge) => congruence ?? 0, cell: ({ congruence }: NetworkEdge) => formatWeight(congruence ?? 0) },
          { key: "conflict", title: "Opposite", value: ({ conflict }: NetworkEdge) => conflict ?? 0, cell: ({ conflict }: NetworkEdge) => formatWeight(conflict ?? 0) },
        ]),
        { key: "common", title: "In common", value: ({ common }: NetworkEdge) => common ?? 0 },
      ]),
  ];
  const nodes: Column<NetworkNode>[] = [
    { key: "label", title: "Name", value: ({ label }) => label,
      cell: (node) => <a data-open href={choose({ node: node.id, edge: "" })} aria-current={node.id === chosen.node ? "true" : undefined}>{node.label}</a> },
    { key: "kind", title: "Kind", value: ({ type, kind }) => (type === "issue" ? `issue, ${kind}` : kind) },
    { key: "country", title: "Country", value: ({ country }) => country ?? "" },
    count("pairs", "Pairs"), count("counted", "Counted"), count("support", "Support"), count("oppose", "Opposition"),
    { key: "degree", title: "Edges", value: ({ degree }) => degree },
    { key: "first", title: "First", value: ({ first }) => first, cell: ({ first }) => formatDate(first) },
    { key: "last", title: "Last", value: ({ last }) => last, cell: ({ last }) => formatDate(last) },
  ];
  const other = withValue(withValue(pairs, "sort", ""), "order", "");
  return (
    <section class="network-tables" aria-label="The same as a table">
      <div class="tools">
        <span class="switch" role="group" aria-label="Table">
          <a href={to(withValue(other, "table", ""))} aria-current={isNodes ? undefined : "true"}>{network.edges.length} edges</a>
          <a href={to(withValue(other, "table", "nodes"))} aria-current={isNodes ? "true" : undefined}>{network.nodes.length} nodes</a>
        </span>
        <span>The whole network, to 50,000 edges:</span>
        <Download resource="network" conditions={[...askedOf(pairs), ["limit", "50000"]]} forms={FORMS} />
      </div>
      {isNodes
        ? <SortedTable caption="Nodes of the network" rows={network.nodes} columns={nodes} sorting={sorting} to={sortTo} id={({ id }) => id} isChosen={({ id }) => id === chosen.node} />
        : <SortedTable caption="Edges of the network" rows={network.edges} columns={edges} sorting={sorting} to={sortTo} id={edgeId} isChosen={(edge) => edgeId(edge) === chosen.edge} />}
      <p class="note">A pair is a statement and one of its issues, with the position on that issue.</p>
    </section>
  );
}

const to = (pairs: readonly Pair[]): string => href("network", "", pairs);

function Shown({ network, pairs, isStale }: { network: Network; pairs: readonly Pair[]; isStale: boolean }): JSX.Element {
  const chosen: Chosen = { node: valueOf(pairs, "node"), edge: valueOf(pairs, "edge") };
  const choose = ({ node, edge }: Chosen): string => to(withValue(withValue(pairs, "node", node), "edge", edge));
  const panel = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // What was chosen in the table, or on a small window, is brought into sight.
  useEffect(() => {
    if (!isFirst.current && (chosen.node || chosen.edge)) panel.current?.scrollIntoView({ block: "nearest" });
    isFirst.current = false;
  }, [chosen.node, chosen.edge]);
  const hasChosen = chosen.node !== "" || chosen.edge !== "";
  return (
    <div class={isStale ? "stale" : ""}>
      <p class="note network-shown">{shownWords(network)}</p>
      <div class={hasChosen ? "network has-panel" : "network"}>
        <NetworkChart network={network} chosen={chosen} to={choose} />
        {hasChosen && (
          <aside class="network-panel" aria-label="What is behind it" ref={panel}>
            <NetworkPanel network={network} pairs={pairs} chosen={chosen} to={choose} />
          </aside>
        )}
        <div class="network-figures">
          <p class="note">{weightWords(network)} Choose a node or an edge to see the statements behind it.</p>
          <Tables network={network} pairs={pairs} chosen={chosen} choose={choose} to={to} />
        </div>
      </div>
    </div>
  );
}

export function NetworkPage({ route }: { route: Route }): JSX.Element {
  const { pairs } = route;
  const answer = useAnswer<Network>(networkPath(pairs));
  useTitle("Network");
  const isInWindow = ([name]: Pair): boolean => WINDOW.some((one) => one === name);
  const conditions = conditionsOf(pairs).filter((pair) => !isInWindow(pair));
  const others = pairs.filter((pair) => isInWindow(pair) || !conditionsOf([pair]).length);
  const { data } = answer;
  return (
    <div class="page wide">
      <Heading>Actors and issues as a network</Heading>
      <Chips conditions={conditions} interpretation={data?.interpretation ?? []} to={(next) => to([...next, ...others])} problem={answer.problem} />
      <Controls pairs={pairs} to={to} />
      {answer.problem && !answer.isLoading ? <ProblemView problem={answer.problem} retry={answer.retry} />
        : !data ? <Loading what="the network" lines={8} />
        : data.edges.length === 0 ? <Empty network={data} pairs={pairs} />
        : <Shown network={data} pairs={pairs} isStale={answer.isLoading} />}
    </div>
  );
}
