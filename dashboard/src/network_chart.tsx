// A network drawn: actors round, issues square, as large as they have pairs; edges by what they say.
// Every node is a link that one reaches by the arrow keys; the table beside it tells the edges.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Network, NetworkNode } from "./client";
import { plural } from "./format";
import type { Body, Box, Label } from "./layout";
import type { Stroke } from "./network";
import { edgeId, formatWeight, strokeOf, strokeWords } from "./network";

type Layout = typeof import("./layout");

const LABEL_EM = 0.8; // of the page's letters
const LONGEST = 28;

// At the end of a word, so that what is seen is part of what is read out.
const shortened = (label: string): string =>
  label.length <= LONGEST ? label : `${/^.{8,26}(?= )/u.exec(label)?.[0].trimEnd() ?? label.slice(0, LONGEST - 1)}…`;

function boxOf(width: number): Box {
  const height = width < 620 ? Math.round(width * 1.25) : Math.round(Math.min(Math.max(width * 0.6, 440), 900));
  return { width, height };
}

// Letters as the page's own sheet sets them.
function labelWidths(nodes: readonly NetworkNode[], em: number): Map<string, number> {
  const pen = document.createElement("canvas").getContext("2d");
  if (pen) pen.font = `${em}px ${getComputedStyle(document.body).fontFamily}`;
  return new Map(nodes.map(({ id, label }) => [id, pen?.measureText(shortened(label)).width ?? 0.6 * em * label.length]));
}

interface Drawn {
  readonly bodies: ReadonlyMap<string, Body>;
  // Of those that are named, which make room for no others, the first one's first; of all where null is given.
  readonly labels: (named: ReadonlySet<string> | null, first?: string) => ReadonlyMap<string, Label>;
}

function draw(tools: Layout, network: Network, box: Box): Drawn {
  const em = LABEL_EM * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const most = Math.max(1, ...network.nodes.map(({ pairs }) => pairs));
  const largest = Math.min(26, Math.max(12, box.width / 36));
  const sizes = network.nodes.map(({ id, pairs }) => ({ id, radius: 3.5 + (largest - 3.5) * Math.sqrt(pairs / most) }));
  const heaviest = Math.max(...network.edges.map(({ weight }) => Math.abs(weight)), 0) || 1;
  const ties = network.edges.map(({ source, target, weight }) => ({ source, target, strength: Math.abs(weight) / heaviest }));
  const bodies = tools.layout(sizes, ties, box);
  const widths = labelWidths(network.nodes, em);
  return {
    bodies: new Map(bodies.map((body) => [body.id, body])),
    labels: (named, first) => {
      const some = named ? bodies.filter(({ id }) => named.has(id)) : bodies;
      return tools.placeLabels([...some].sort((a, b) => Number(b.id === first) - Number(a.id === first)), widths, em, box);
    },
  };
}

// The next node in the direction of an arrow: near, and not far aside.
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};
function nextBody(bodies: Iterable<Body>, from: Body, [dx, dy]: readonly [number, number]): Body | null {
  let best: Body | null = null;
  let least = Infinity;
  for (const body of bodies) {
    const x = body.x - from.x;
    const y = body.y - from.y;
    const along = x * dx + y * dy;
    if (along <= 0) continue;
    const cost = along + 3 * Math.abs(x * dy - y * dx);
    if (cost < least) [best, least] = [body, cost];
  }
  return best;
}

export interface Chosen {
  readonly node: string; // ids, "" where none is chosen
  readonly edge: string;
}

function litOf(network: Network, chosen: Chosen): { nodes: Set<string>; edges: Set<string> } | null {
  if (!chosen.node && !chosen.edge) return null;
  const edges = network.edges.filter((edge) =>
    chosen.edge ? edgeId(edge) === chosen.edge : edge.source === chosen.node || edge.target === chosen.node);
  const nodes = new Set(edges.flatMap(({ source, target }) => [source, target]));
  if (network.nodes.some(({ id }) => id === chosen.node)) nodes.add(chosen.node);
  if (nodes.size === 0) return null; // it is not among what is shown
  return { nodes, edges: new Set(edges.map(edgeId)) };
}

function Shape({ node, body }: { node: NetworkNode; body: Body }): JSX.Element {
  const { x, y, radius } = body;
  if (node.type === "actor") return <circle class="knot knot-actor" cx={x} cy={y} r={radius} />;
  const half = radius * 0.89; // of the same area
  return <rect class="knot knot-issue" x={x - half} y={y - half} width={2 * half} height={2 * half} rx="2" />;
}

function Picture({ network, drawn, box, chosen, to }: {
  network: Network;
  drawn: Drawn;
  box: Box;
  chosen: Chosen;
  to: (chosen: Chosen) => string;
}): JSX.Element {
  const svg = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState(chosen.node);
  const lit = useMemo(() => litOf(network, chosen), [network, chosen.node, chosen.edge]);
  const all = useMemo(() => drawn.labels(null), [drawn]);
  const labels = useMemo(() => (lit ? new Map([...all, ...drawn.labels(lit.nodes, chosen.node)]) : all), [drawn, lit]);
  const heaviest = Math.max(...network.edges.map(({ weight }) => Math.abs(weight)), 0) || 1;
  const stop = drawn.bodies.has(at) ? at : network.nodes[0]?.id; // where the tabulator stops
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && lit) {
      location.hash = to({ node: "", edge: "" });
      return;
    }
    const arrow = ARROWS[event.key];
    const from = drawn.bodies.get(stop ?? "");
    if (!arrow || !from || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = nextBody(drawn.bodies.values(), from, arrow);
    if (!next) return;
    svg.current?.querySelector<SVGAElement>(`[data-node="${CSS.escape(next.id)}"]`)?.focus();
  };
  const strokes = strokeWords(network.mode);
  return (
    <svg class={lit ? "network-svg has-chosen" : "network-svg"} ref={svg} width={box.width} height={box.height} viewBox={`0 0 ${box.width} ${box.height}`}
      role="group" aria-label="The network drawn; arrow keys go from node to node" onKeyDown={press}>
      <g aria-hidden="true">
        {network.edges.map((edge) => {
          const a = drawn.bodies.get(edge.source);
          const b = drawn.bodies.get(edge.target);
          if (!a || !b) return null;
          const id = edgeId(edge);
          const line = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
          const stroke = strokeOf(network, edge);
          return (
            <g key={id} data-edge={id} class={`tie tie-${stroke}${lit && !lit.edges.has(id) ? " faded" : ""}`}
              onClick={() => { location.hash = to(id === chosen.edge ? { node: "", edge: "" } : { node: "", edge: id }); }}>
              <title>{`${labelOf(network, edge.source)} – ${labelOf(network, edge.target)}: ${strokes[stroke]}, ${formatWeight(edge.weight)}`}</title>
              <line class="tie-hit" {...line} />
              <line class="tie-line" {...line} stroke-width={0.8 + (4.2 * Math.abs(edge.weight)) / heaviest} />
            </g>
          );
        })}
      </g>
      <g>
        {network.nodes.map((node) => {
          const body = drawn.bodies.get(node.id);
          const label = labels.get(node.id);
          if (!body || !label) return null;
          const isChosen = node.id === chosen.node;
          const isLit = lit?.nodes.has(node.id) ?? false;
          const isNamed = isChosen || (label.isFree && (isLit || !lit));
          return (
            <a key={node.id} data-node={node.id} href={to(isChosen ? { node: "", edge: "" } : { node: node.id, edge: "" })}
              class={`node${isChosen ? " node-chosen" : ""}${lit && !isLit ? " faded" : ""}`}
              tabIndex={node.id === stop ? 0 : -1} aria-current={isChosen ? "true" : undefined} onFocus={() => setAt(node.id)}
              aria-label={`${node.label}, ${node.type}: ${plural(node.pairs, "pair")}, ${plural(node.degree, "edge")}`}>
              <title>{`${node.label}: ${plural(node.pairs, "pair")} of statement and issue, ${plural(node.degree, "edge")}`}</title>
              <Shape node={node} body={body} />
              <text class={isNamed ? "node-label" : "node-label node-unnamed"} x={label.x} y={label.y}>{shortened(node.label)}</text>
            </a>
          );
        })}
      </g>
    </svg>
  );
}

const labelOf = (network: Network, id: string): string => network.nodes.find((node) => node.id === id)?.label ?? id;

function Legend({ network }: { network: Network }): JSX.Element {
  const strokes: readonly Stroke[] = network.agreement === "subtract" ? ["with", "against"]
    : [...new Set(network.edges.map((edge) => strokeOf(network, edge)))];
  const words = strokeWords(network.mode);
  const sample = (kind: Stroke): JSX.Element => (
    <svg class={`sample tie tie-${kind}`} width="34" height="10" aria-hidden="true"><line class="tie-line" x1="1" y1="5" x2="33" y2="5" stroke-width="3" /></svg>
  );
  return (
    <ul class="legend" aria-label="What is drawn">
      {network.mode !== "issues" && (
        <li><svg class="sample" width="14" height="14" aria-hidden="true"><circle class="knot knot-actor" cx="7" cy="7" r="6" /></svg> actor</li>
      )}
      {network.mode !== "actors" && (
        <li><svg class="sample" width="14" height="14" aria-hidden="true"><rect class="knot knot-issue" x="1.5" y="1.5" width="11" height="11" rx="2" /></svg> issue</li>
      )}
      {strokes.map((kind) => <li key={kind}>{sample(kind)} {words[kind]}</li>)}
      <li>larger: more statements</li>
      <li>thicker: more weight</li>
    </ul>
  );
}

export function NetworkChart({ network, chosen, to }: {
  network: Network;
  chosen: Chosen;
  to: (chosen: Chosen) => string;
}): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [tools, setTools] = useState<Layout | null>(null);
  const [fault, setFault] = useState("");
  const [width, setWidth] = useState(0);
  useEffect(() => {
    import("./layout").then(setTools, () => setFault("The drawing could not be loaded; the table has all of it."));
    const node = place.current;
    if (!node) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(node.clientWidth)));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const box = useMemo(() => boxOf(width), [width]);
  const drawn = useMemo(() => (tools && width > 0 ? draw(tools, network, box) : null), [tools, network, box]);
  return (
    <figure class="network-figure">
      <Legend network={network} />
      <div class="network-place" ref={place}>
        {drawn ? <Picture network={network} drawn={drawn} box={box} chosen={chosen} to={to} />
          : fault ? <p class="note">{fault}</p>
          : <div class="loading" role="status"><span class="hidden">Loading the drawing</span><div class="bone" /></div>}
      </div>
    </figure>
  );
}
