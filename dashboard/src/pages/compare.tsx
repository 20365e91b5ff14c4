// Two actors side by side, issue by issue.
import type { JSX } from "preact";
import type { Grid, GridCell, Statement } from "../client";
import { path } from "../client";
import type { Position } from "../format";
import { formatCount, formatDate, plural, POSITIONS, positionShape, positionWord, quoted } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, NameInput, ProblemView, ShareBar } from "../parts";
import type { Relation } from "../positions";
import { relation } from "../positions";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";

function Cell({ cell, actor, name, issue }: { cell: GridCell; actor: string; name: string; issue: string }): JSX.Element {
  const label = <p class="narrow" aria-hidden="true">{name}</p>;
  if (cell.count === 0) return <td>{label}<span class="silent">says nothing on it</span></td>;
  const counts = cell as unknown as Readonly<Record<Position, number>>;
  const latest = cell.latest as Statement | null;
  const conditions: Pair[] = [["speaker", actor], ["issue", issue]];
  return (
    <td>
      {label}
      <ShareBar shares={POSITIONS.map((position) => ({ position, count: counts[position] }))} of={cell.count} />
      <p class="meta">
        {POSITIONS.filter((position) => counts[position] > 0).map((position) => (
          <a key={position} class={`position-${position}`} href={href("", "", [...conditions, ["position", position]])}>
            <span aria-hidden="true">{positionShape(position)} </span>{positionWord(position)} {formatCount(counts[position])}
          </a>
        ))}
      </p>
      {latest && (
        <p class={`quote small quote-${latest.kind}`}>
          <a href={href("s", latest.id ?? "")}>{quoted(latest)}</a>{" "}
          <span class="aside">{[latest.speaker?.id !== actor && latest.speaker?.name, formatDate(latest.published_at)].filter(Boolean).join(", ")}</span>
        </p>
      )}
    </td>
  );
}

const RELATIONS: Readonly<Record<Relation, (a: string, b: string) => string>> = {
  agree: () => "same side",
  differ: () => "opposite sides",
  open: () => "no side, or not clear",
  "silent-a": (a) => `${a} is silent`,
  "silent-b": (_, b) => `${b} is silent`,
};

function GridTable({ grid }: { grid: Grid }): JSX.Element {
  const a = grid.a.actor;
  const b = grid.b.actor;
  if (!a || !b)
    return <p class="problem">{[grid.a, grid.b].map(({ note }) => note).filter(Boolean).join("; ") || "One of the two is not in the record."}</p>;
  if (grid.issues.length === 0) return <p class="note">Neither of the two speaks on an issue that fits.</p>;
  return (
    <>
      <table class="grid">
        <caption>
          {a.name}: {plural(grid.a.statements, "statement")}{grid.a.reading && ` (${grid.a.reading})`}.{" "}
          {b.name}: {plural(grid.b.statements, "statement")}{grid.b.reading && ` (${grid.b.reading})`}.{" "}
          Same or opposite by whether support or opposition is more on each side; the quotation is the latest that takes a side, or else the latest.
        </caption>
        <thead><tr><th scope="col">Issue</th><th scope="col">{a.name}</th><th scope="col">{b.name}</th></tr></thead>
        <tbody>
          {grid.issues.map((row) => {
            const how = relation(row.a, row.b);
            return row.issue && (
              <tr key={row.issue.id} class={`relation-${how}`} data-row>
                <th scope="row">
                  <a href={href("issue", row.issue.id)} data-open>{row.issue.label}</a>
                  <span class={`relation relation-word-${how}`}>{RELATIONS[how](a.name, b.name)}</span>
                </th>
                <Cell cell={row.a} actor={a.id} name={a.name} issue={row.issue.id} />
                <Cell cell={row.b} actor={b.id} name={b.name} issue={row.issue.id} />
              </tr>
            );
          })}
        </tbody>
      </table>
      {grid.issues_left_out > 0 && <p class="note">{plural(grid.issues_left_out, "issue")} more {grid.issues_left_out === 1 ? "is" : "are"} left out.</p>}
    </>
  );
}

export function ComparePage({ route }: { route: Route }): JSX.Element {
  const a = valueOf(route.pairs, "a");
  const b = valueOf(route.pairs, "b");
  const silences = valueOf(route.pairs, "silences");
  const answer = useAnswer<Grid>(a && b ? path("grid", [...route.pairs.filter(([, value]) => value), ["limit", "50"]]) : null);
  useTitle(a && b ? `${answer.data?.a.actor?.name ?? a} and ${answer.data?.b.actor?.name ?? b}` : "Compare");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const pairs = ["a", "b"].map((name): Pair => [name, String(form.get(name) ?? "").trim()]);
    location.hash = href("compare", "", [...pairs.filter(([, value]) => value), ...route.pairs.filter(([name]) => name !== "a" && name !== "b")]);
  };
  return (
    <div class="page">
      <Heading>Compare two actors</Heading>
      <form class="inline" onSubmit={submit} key={`${a} ${b}`}>
        <NameInput kind="actors" name="a" value={a} label="One" />
        <NameInput kind="actors" name="b" value={b} label="The other" />
        <button>Compare</button>
      </form>
      {a && b && (
        <p class="tools">
          {silences ? <a href={href("compare", "", withValue(route.pairs, "silences", ""))}>all issues</a>
            : <a href={href("compare", "", withValue(route.pairs, "silences", "true"))}>only what one of them is silent on</a>}
        </p>
      )}
      {!(a && b) && <p class="note">People, countries or organizations; a country includes those who speak for it.</p>}
      {answer.problem ? <ProblemView problem={answer.problem} retry={answer.retry} />
        : answer.data ? <GridTable grid={answer.data} />
        : a && b ? <Loading what="the comparison" lines={8} /> : null}
    </div>
  );
}
