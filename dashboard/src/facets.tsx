// What the statements of a question sum up to, asked for once the rows are there; each part narrows.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Facet, Facets as Counted, FacetValue } from "./client";
import { path } from "./client";
import type { Position } from "./format";
import { formatCount, formatDate, formatShare, plural, positionShape, positionWord } from "./format";
import { useAnswer, useIsPainted } from "./hooks";
import { allIntervals, shortInterval } from "./interval";
import { conditionsOf, withInterval } from "./question";
import type { Pair } from "./route";

type To = (pairs: readonly Pair[]) => string;

interface Kind {
  readonly title: string;
  readonly by: Facet["by"];
  readonly label: (value: FacetValue) => JSX.Element | string;
}

const named = (none: string) => ({ label }: FacetValue): string => label ?? none;

const KINDS: readonly Kind[] = [
  {
    title: "Position", by: "position",
    label: ({ value }) => {
      const p = (value ?? "none") as Position;
      return <span class={`position-${p}`}><span aria-hidden="true">{positionShape(p)} </span>{positionWord(p)}</span>;
    },
  },
  // Counts what the actor itself said, without those who speak for it.
  { title: "Speaker", by: "speaker", label: named("unnamed") },
  { title: "Country", by: "country", label: named("for none") },
  { title: "Issue", by: "issue", label: named("none") },
  { title: "Act", by: "act", label: ({ value }) => (value ?? "").toLowerCase().replace("_", " ") },
  { title: "Outlet", by: "outlet", label: named("unnamed") },
];

// The service stops counting after a while, and says so.
const BUDGET: Pair = ["budget_ms", "2000"];
const ASKED: readonly Pair[] = [["by", [...KINDS.map(({ by }) => by), "month"].join()], ["limit", "8"], BUDGET];

function Values({ kind, facet, of, to, children }: {
  kind: Kind;
  facet: Facet;
  of: number;
  to: To;
  children?: JSX.Element | false;
}): JSX.Element | null {
  if (facet.values.length === 0 && kind.by !== "issue") return null;
  return (
    <section class="facet">
      <h2>{kind.title}</h2>
      <ul class="plain">
        {facet.values.map((value) => {
          const label = kind.label(value);
          return (
            <li key={value.value ?? ""}>
              <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-part" width={(100 * value.count) / Math.max(1, of)} height="4" />
              </svg>
              <span>{value.canonical ? <a href={to(conditionsOf(value.canonical))}>{label}</a> : label}</span>
              <span class="count">{formatCount(value.count)} <small>{formatShare(value.count, of)}</small></span>
            </li>
          );
        })}
      </ul>
      <p class="note">
        {facet.left_out > 0 && `${formatCount(facet.left_out)} more are left out. `}
        {facet.is_partial && "Not all were counted. "}
        {children}
      </p>
    </section>
  );
}

// Of established issues, or of those that were found as phrases, too.
function Issues({ facet, conditions, of, to }: {
  facet: Facet;
  conditions: readonly Pair[];
  of: number;
  to: To;
}): JSX.Element | null {
  const [isOpen, setOpen] = useState(false);
  const open = useAnswer<Counted>(
    isOpen ? path("facets", [...conditions, ["by", "issue"], ["open", "true"], ["limit", "8"], BUDGET]) : null,
  );
  const kind = KINDS.find(({ by }) => by === "issue");
  const isAsked = conditions.some(([name, value]) => name === "issue" && !value.startsWith("!")); // these alone are counted
  const shown = (isOpen && open.data?.facets[0]) || facet;
  return kind ? (
    <Values kind={kind} facet={shown} of={of} to={to}>
      {!isAsked && (
        <button type="button" class="link" onClick={() => setOpen(!isOpen)}>{isOpen ? "established issues alone" : "phrases of the texts, too"}</button>
      )}
    </Values>
  ) : null;
}

const MONTHS_AT_MOST = 60;

// The same by years.
function byYear(months: ReadonlyMap<string, number>): Map<string, number> {
  const years = new Map<string, number>();
  for (const [month, count] of months) years.set(month.slice(0, 4), (years.get(month.slice(0, 4)) ?? 0) + count);
  return years;
}

// A bar a month; of a long time a bar a year.
function Months({ facet, title, conditions, to }: {
  facet: Facet;
  title: string;
  conditions: readonly Pair[];
  to: To;
}): JSX.Element | null {
  const months = new Map(facet.values.map(({ value, count }) => [value ?? "", count]));
  if (months.size === 0) return null;
  const isLong = allIntervals([...months.keys()]).length > MONTHS_AT_MOST;
  const counts = isLong ? byYear(months) : months;
  const all = allIntervals([...counts.keys()]);
  const most = Math.max(...counts.values());
  const width = 100 / all.length;
  return (
    <section class="facet">
      <h2>{title}</h2>
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

function Parts({ data, conditions, to }: { data: Counted; conditions: readonly Pair[]; to: To }): JSX.Element {
  const of = data.counted;
  const facetOf = (by: string): Facet | undefined => data.facets.find((facet) => facet.by === by);
  const months = facetOf("month");
  const title = data.total === null ? `More than ${plural(of, "statement")}` : plural(data.total, "statement");
  return (
    <>
      {months && <Months facet={months} title={title} conditions={conditions} to={to} />}
      {KINDS.map((kind) => {
        const facet = facetOf(kind.by);
        if (!facet) return null;
        return kind.by === "issue"
          ? <Issues key="issue" facet={facet} conditions={conditions} of={of} to={to} />
          : <Values key={kind.by} kind={kind} facet={facet} of={of} to={to} />;
      })}
    </>
  );
}

export function Facets({ conditions, to }: { conditions: readonly Pair[]; to: To }): JSX.Element {
  const isPainted = useIsPainted(); // the rows, which come first
  const { data, problem } = useAnswer<Counted>(isPainted ? path("facets", [...conditions, ...ASKED]) : null);
  return (
    <aside class="facets" aria-label="Counts">
      {problem && <p class="note">Not counted ({problem.title}).</p>}
      {isPainted && !problem && !data && <div class="bone" />}
      {data && <Parts data={data} conditions={conditions} to={to} />}
      {data && <p class="note">Shares are of the statements that fit. A statement with several issues counts for each.</p>}
    </aside>
  );
}
