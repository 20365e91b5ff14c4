// What stands behind a node or an edge of a network: its figures, and the statements themselves.
import type { JSX } from "preact";
import type { Network, NetworkEdge, NetworkNode, StatementPage } from "./client";
import { path } from "./client";
import { formatCount, formatDate, plural, positionName, POSITIONS, positionShape } from "./format";
import { useAnswer } from "./hooks";
import type { Joint } from "./network";
import {
  conditionsOfNodes, edgeId, formatWeight, joiningPath, jointsOf, standing, strokeOf, strokeWords, withPositions,
} from "./network";
import type { Chosen } from "./network_chart";
import { Loading, ProblemView, StatementRow } from "./parts";
import type { Pair } from "./route";
import { href } from "./route";

const SHOWN = 4; // statements

function Statements({ conditions, asked, what }: { conditions: readonly Pair[]; asked: readonly string[]; what: string }): JSX.Element {
  const { data, problem, retry } = useAnswer<StatementPage>(path("statements", [...conditions, ["limit", String(SHOWN)]]));
  if (problem) return <ProblemView problem={problem} retry={retry} />;
  if (!data) return <Loading what="statements" lines={4} />;
  return (
    <>
      <h3>{what}</h3>
      {data.statements.length === 0 && <p class="note">None.</p>}
      <ol class="rows">{data.statements.map((s) => <StatementRow key={s.id} statement={s} asked={asked} />)}</ol>
      <p><a href={href("", "", conditions)}>{data.next ? "All of them" : "As a question"}</a></p>
    </>
  );
}

type Counted = Partial<Pick<NetworkNode, "pairs" | "first" | "last" | (typeof POSITIONS)[number]>>;

function Figures({ of }: { of: Counted }): JSX.Element {
  return (
    <p class="meta">
      <span>{plural(of.pairs ?? 0, "pair")} of statement and issue</span>
      {POSITIONS.filter((position) => (of[position] ?? 0) > 0).map((position) => (
        <span key={position} class={`position-${position}`}>
          <span aria-hidden="true">{positionShape(position)} </span>{positionName(position)} {formatCount(of[position] ?? 0)}
        </span>
      ))}
      <span>{of.first === of.last ? formatDate(of.first) : `${formatDate(of.first)} – ${formatDate(of.last)}`}</span>
    </p>
  );
}

const pageOf = (node: NetworkNode): string => href(node.type, node.slug);

function Neighbors({ network, node, to }: { network: Network; node: NetworkNode; to: (chosen: Chosen) => string }): JSX.Element {
  const edges = network.edges.filter(({ source, target }) => source === node.id || target === node.id);
  const words = strokeWords(network.mode);
  const shown = edges.slice(0, 12);
  return (
    <>
      <h3>{plural(edges.length, "edge")}</h3>
      <ul class="plain counts">
        {shown.map((edge) => {
          const other = network.nodes.find(({ id }) => id === (edge.source === node.id ? edge.target : edge.source));
          return (
            <li key={edgeId(edge)}>
              <a href={to({ node: "", edge: edgeId(edge) })}>{other?.label}</a>
              <span class="count">{words[strokeOf(network, edge)]} {formatWeight(edge.weight)}</span>
            </li>
          );
        })}
      </ul>
      {edges.length > shown.length && <p class="note">{formatCount(edges.length - shown.length)} lighter ones are in the table.</p>}
    </>
  );
}

function OfNode({ network, node, pairs, to }: {
  network: Network;
  node: NetworkNode;
  pairs: readonly Pair[];
  to: (chosen: Chosen) => string;
}): JSX.Element {
  const conditions = conditionsOfNodes(pairs, [node]);
  const isIssue = node.type === "issue";
  return (
    <>
      <h2><a href={pageOf(node)}>{node.label}</a></h2>
      <p class="note">{[node.type === node.kind ? "" : node.kind, node.country].filter(Boolean).join(" · ")}</p>
      <Figures of={node} />
      <Neighbors network={network} node={node} to={to} />
      <Statements conditions={isIssue ? withPositions(conditions, network.agreement, "issues") : conditions}
        asked={isIssue ? [node.slug] : []} what="Latest statements" />
    </>
  );
}

function OfPair({ network, edge, ends, pairs }: {
  network: Network;
  edge: NetworkEdge;
  ends: readonly [NetworkNode, NetworkNode];
  pairs: readonly Pair[];
}): JSX.Element {
  const [actor, issue] = ends;
  const conditions = withPositions(conditionsOfNodes(pairs, ends), network.agreement, network.mode);
  return (
    <>
      <h2><a href={pageOf(actor)}>{actor.label}</a> on <a href={pageOf(issue)}>{issue.label}</a></h2>
      <p>Weight {formatWeight(edge.weight)}: {strokeWords(network.mode)[strokeOf(network, edge)]}.</p>
      <Figures of={edge} />
      <Statements conditions={conditions} asked={[issue.slug]} what="What was said" />
    </>
  );
}

function JointTable({ joints, ends, pairs, network }: {
  joints: readonly Joint[];
  ends: readonly [NetworkNode, NetworkNode];
  pairs: readonly Pair[];
  network: Network;
}): JSX.Element {
  const hasSides = network.agreement !== "ignore";
  const cell = ({ node, sides }: Joint, i: 0 | 1): JSX.Element => {
    const edge = sides[i];
    const conditions = withPositions(conditionsOfNodes(pairs, [ends[i], node]), network.agreement, network.mode);
    const count = hasSides ? (edge.support ?? 0) + (edge.oppose ?? 0) : (edge.pairs ?? 0);
    return (
      <td>
        <a href={href("", "", conditions)} aria-label={`${ends[i].label}, ${node.label}: ${formatCount(count)}`}>
          {!hasSides ? formatCount(count)
            : [["▲", edge.support ?? 0], ["▼", edge.oppose ?? 0]].filter(([, n]) => Number(n) > 0).map(([mark, n]) => `${mark} ${n}`).join(" ")}
        </a>
      </td>
    );
  };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="What the two share">
      <table class="figures joints">
        <thead>
          <tr>
            <th scope="col">{ends[0].type === "actor" ? "Issue" : "Actor"}</th>
            <th scope="col">{ends[0].label}</th><th scope="col">{ends[1].label}</th>
            {hasSides && <th scope="col">Together</th>}
          </tr>
        </thead>
        <tbody>
          {joints.slice(0, 20).map((joint) => (
            <tr key={joint.node.id}>
              <th scope="row"><a href={pageOf(joint.node)}>{joint.node.label}</a></th>
              {cell(joint, 0)}{cell(joint, 1)}
              {hasSides && <td>{standing(joint)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {hasSides && <p class="note">▲ in support, ▼ in opposition</p>}
      {joints.length > 20 && <p class="note">{formatCount(joints.length - 20)} more are left out.</p>}
    </div>
  );
}

function OfTwo({ network, edge, ends, pairs }: {
  network: Network;
  edge: NetworkEdge;
  ends: readonly [NetworkNode, NetworkNode];
  pairs: readonly Pair[];
}): JSX.Element {
  const { data, problem, retry } = useAnswer<Network>(joiningPath(pairs, ends));
  const joints = data ? jointsOf(data, ends, network.agreement) : [];
  const thirds = joints.slice(0, 20).map(({ node }) => node);
  const conditions = withPositions(conditionsOfNodes(pairs, [...ends, ...thirds]), network.agreement, network.mode);
  return (
    <>
      <h2><a href={pageOf(ends[0])}>{ends[0].label}</a> and <a href={pageOf(ends[1])}>{ends[1].label}</a></h2>
      <p>
        Weight {formatWeight(edge.weight)}
        {network.agreement !== "ignore" && ` (${network.normalization === "none" ? "" : "before it is divided: "}same side ${formatWeight(edge.congruence ?? 0)}, opposite sides ${formatWeight(edge.conflict ?? 0)})`}.
        {ends[0].type === "actor" && <> <a href={href("compare", "", [["a", ends[0].slug], ["b", ends[1].slug]])}>Compare the two</a></>}
      </p>
      {problem ? <ProblemView problem={problem} retry={retry} /> : !data ? <Loading what="what the two share" /> : (
        <>
          <h3>{plural(joints.length, ends[0].type === "actor" ? "issue" : "actor")} in common</h3>
          <JointTable joints={joints} ends={ends} pairs={pairs} network={network} />
          <Statements conditions={conditions} asked={(ends[0].type === "issue" ? ends : thirds).map(({ slug }) => slug)} what="What was said" />
        </>
      )}
    </>
  );
}

export function NetworkPanel({ network, pairs, chosen, to }: {
  network: Network;
  pairs: readonly Pair[];
  chosen: Chosen;
  to: (chosen: Chosen) => string;
}): JSX.Element {
  const find = (id: string): NetworkNode | undefined => network.nodes.find((node) => node.id === id);
  const clear = <p class="tools"><a href={to({ node: "", edge: "" })}>Choose nothing</a></p>;
  if (chosen.node) {
    const node = find(chosen.node);
    if (!node) return <><p class="note">{chosen.node} is not among what is shown.</p>{clear}</>;
    return <>{clear}<OfNode key={node.id} network={network} node={node} pairs={pairs} to={to} /></>;
  }
  const edge = network.edges.find((one) => edgeId(one) === chosen.edge);
  const a = edge && find(edge.source);
  const b = edge && find(edge.target);
  if (!edge || !a || !b) return <><p class="note">{chosen.edge} is not among what is shown.</p>{clear}</>;
  const Of = network.mode === "actor-issue" ? OfPair : OfTwo;
  return <>{clear}<Of key={edgeId(edge)} network={network} edge={edge} ends={[a, b]} pairs={pairs} /></>;
}
