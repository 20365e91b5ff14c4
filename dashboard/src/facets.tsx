// What the statements of a question sum up to, asked for once the rows are there; each part narrows.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { CountGroup, Counts } from "./client";
import { path } from "./client";
import type { Position } from "./format";
import { formatCount, formatDate, formatShare, plural, positionShape, positionWord } from "./format";
import { useAnswer, useIsPainted } from "./hooks";
import { allIntervals, shortInterval } from "./interval";
import { narrowed, withInterval } from "./question";
import type { Pair } from "./route";

type To = (pairs: readonly Pair[]) => string;

interface Kind {
  readonly title: string;
  readonly by: string;
  readonly label: (group: CountGroup) => JSX.Element | string;
  readonly pairs: (group: CountGroup) => readonly Pair[];
}

const KINDS: readonly Kind[] = [
  {
    title: "Position", by: "position",
    label: ({ position }) => {
      const p = (position ?? "none") as Position;
      return <span class={`position-${p}`}><span aria-hidden="true">{positionShape(p)} </span>{positionWord(p)}</span>;
    },
    pairs: ({ position }) => [["position", position ?? "none"]],
  },
  {
    title: "Speaker", by: "speaker",
    label: ({ speaker }) => speaker?.name ?? "unnamed",
    // The group counts what the actor itself said, without those who speak for it.
    pairs: ({ speaker }) =>
      !speaker ? [] : speaker.kind === "person" ? [["speaker", speaker.id]] : [["speaker", speaker.id], ["members", "false"]],
  },
  {
    title: "Issue", by: "issue",
    label: ({ issue }) => issue?.label ?? "none",
    pairs: ({ issue }) => (issue ? [["issue", issue.id]] : []),
  },
  {
    title: "Act", by: "act",
    label: ({ act }) => (act ?? "").toLowerCase().replace("_", " "),
    pairs: ({ act }) => (act ? [["act", act]] : []),
  },
];

function Facet({ kind, conditions, to }: { kind: Kind; conditions: readonly Pair[]; to: To }): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const { data, problem } = useAnswer<Counts>(
    path("stats", [...conditions, ["by", kind.by], ["open", String(isOpen)], ["limit", "8"]]),
  );
  const isAsked = conditions.some(([name, value]) => name === "issue" && !value.startsWith("!")); // these alone are counted
  if (problem) return <p class="note">{kind.title}: not counted ({problem.title}).</p>;
  if (!data) return <div class="bone" />;
  if (data.groups.length === 0 && kind.by !== "issue") return null;
  return (
    <section class="facet">
      <h2>{kind.title}</h2>
      <ul class="plain">
        {data.groups.map((group, i) => {
          const pairs = kind.pairs(group);
          const label = kind.label(group);
          return (
            <li key={i}>
              <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-part" width={(100 * group.count) / Math.max(1, group.of)} height="4" />
              </svg>
              <span>{pairs.length ? <a href={to(narrowed(conditions, pairs))}>{label}</a> : label}</span>
              <span class="count">{formatCount(group.count)} <small>{formatShare(group.count, group.of)}</small></span>
            </li>
          );
        })}
      </ul>
      <p class="note">
        {data.groups_left_out > 0 && `${formatCount(data.groups_left_out)} more are left out. `}
        {kind.by === "issue" && !isAsked && (
          <button type="button" class="link" onClick={() => setOpen(!isOpen)}>{isOpen ? "established issues alone" : "phrases of the texts, too"}</button>
        )}
      </p>
    </section>
  );
}

const MONTHS_AT_MOST = 60;

// A bar a month; of a long time a bar a year.
function Months({ conditions, to }: { conditions: readonly Pair[]; to: To }): JSX.Element | null {
  const ask = (interval: string): string => path("stats", [...conditions, ["interval", interval], ["limit", "1000"]]);
  const months = useAnswer<Counts>(ask("month"));
  const span = allIntervals(months.data?.groups.map(({ interval = "" }) => interval) ?? []);
  const isLong = span.length > MONTHS_AT_MOST || (months.data?.groups_left_out ?? 0) > 0;
  const years = useAnswer<Counts>(isLong ? ask("year") : null);
  const data = isLong ? years.data : months.data;
  if (!data) return months.problem ? null : <div class="bone" />;
  if (data.groups.length === 0) return null;
  const counts = new Map(data.groups.map(({ interval = "", count }) => [interval, count]));
  const all = allIntervals([...counts.keys()]);
  const most = Math.max(...counts.values());
  const width = 100 / all.length;
  return (
    <section class="facet">
      <h2>{plural(data.total, "statement")}</h2>
      <svg class="months" viewBox="0 0 100 40" preserveAspectRatio="none" role="group" aria-label={`Statements by ${isLong ? "year" : "month"}`}>
        {all.map((interval, i) => {
          const count = counts.get(interval) ?? 0;
          const height = (38 * count) / most;
          return count > 0 && (
            <a key={interval} href={to(withInterval(conditions, interval))} aria-label={`${formatDate(interval)}: ${count}`}>
              <title>{formatDate(interval)}: {plural(count, "statement")}</title>
              <rect class="months-hit" x={i * width} y="0" width={width} height="40" />
              <rect class="months-bar" x={i * width + width * 0.1} y={40 - height} width={width * 0.8} height={height} />
            </a>
          );
        })}
      </svg>
      <p class="axis"><span>{shortInterval(all[0] ?? "")}</span><span>{all.length > 1 && shortInterval(all[all.length - 1] ?? "")}</span></p>
      <p class="note">A bar a {isLong ? "year" : "month"}, by the date of the article.</p>
    </section>
  );
}

export function Facets({ conditions, to }: { conditions: readonly Pair[]; to: To }): JSX.Element {
  const isPainted = useIsPainted(); // the rows, which come first
  if (!isPainted) return <aside class="facets" aria-label="Counts" />;
  return (
    <aside class="facets" aria-label="Counts">
      <Months conditions={conditions} to={to} />
      {KINDS.map((kind) => <Facet key={kind.by} kind={kind} conditions={conditions} to={to} />)}
      <p class="note">Shares are of the statements that fit. A statement with several issues counts for each.</p>
    </aside>
  );
}
