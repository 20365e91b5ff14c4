// Positions over time for any question.
import type { JSX } from "preact";
import { PositionsOverTime } from "../chart";
import { Chips } from "../chips";
import type { Counts, Interpretation } from "../client";
import { path } from "../client";
import { Download } from "../download";
import { plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, NameInput, ProblemView } from "../parts";
import { isQuestion } from "../question";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";

const INTERVALS = ["day", "month", "year"] as const;

export function TimePage({ route }: { route: Route }): JSX.Element {
  const interval = valueOf(route.pairs, "interval") || "month";
  const isShare = valueOf(route.pairs, "show") === "share";
  const conditions = route.pairs.filter(([name]) => isQuestion(name));
  const asked: Pair[] = [...conditions, ["by", "position"], ["interval", interval]];
  const answer = useAnswer<Counts & { interpretation: Interpretation }>(path("stats", [...asked, ["limit", "1000"]]));
  useTitle("Timeline");
  const to = (pairs: readonly Pair[]): string =>
    href("time", "", [...pairs, ...route.pairs.filter(([name]) => name === "interval" || name === "show")]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const more = ["speaker", "issue"].map((name): Pair => [name, String(form.get(name) ?? "").trim()]).filter(([, v]) => v);
    location.hash = to(more);
  };
  const { data } = answer;
  return (
    <div class="page">
      <Heading>Positions over time</Heading>
      {conditions.length === 0 && (
        <form class="inline" onSubmit={submit}>
          <NameInput kind="actors" name="speaker" value="" label="Said by" />
          <NameInput kind="issues" name="issue" value="" label="About" />
          <button>Show</button>
        </form>
      )}
      {conditions.length > 0 && <Chips conditions={conditions} interpretation={data?.interpretation ?? []} to={to} problem={answer.problem} />}
      <div class="tools">
        <span class="switch" role="group" aria-label="Interval">
          {INTERVALS.map((one) => (
            <a key={one} href={href("time", "", withValue(route.pairs, "interval", one === "month" ? "" : one))}
              aria-current={one === interval ? "true" : undefined}>by {one}</a>
          ))}
        </span>
        <span class="switch" role="group" aria-label="Measure">
          <a href={href("time", "", withValue(route.pairs, "show", ""))} aria-current={isShare ? undefined : "true"}>counts</a>
          <a href={href("time", "", withValue(route.pairs, "show", "share"))} aria-current={isShare ? "true" : undefined}>shares</a>
        </span>
        <a href={href("", "", conditions)}>the statements</a>
        <Download conditions={asked} resource="stats" />
      </div>
      {answer.problem ? <ProblemView problem={answer.problem} retry={answer.retry} />
        : !data ? <Loading what="the chart" lines={8} />
        : data.groups.length === 0 ? <div class="empty"><h2>No statement fits</h2><p><a href={href("time")}>All statements over time</a></p></div>
        : (
          <>
            <p class="note">{data.is_partial && "At least "}{plural(data.total, "statement")}{conditions.length === 0 && ": the whole record"}.</p>
            <PositionsOverTime counts={data} conditions={conditions} isShare={isShare} title={`Statements by position and ${interval}`} />
          </>
        )}
    </div>
  );
}
