// Who changed sides, on what, with what was said before and after.
import type { JSX } from "preact";
import { Chips } from "../chips";
import type { Changes } from "../client";
import { path } from "../client";
import { formatCount, plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, NameInput, ProblemView } from "../parts";
import { isQuestion } from "../question";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";
import { TurnList } from "../turns";

const IN_A_ROW = ["1", "2", "3", "5"] as const;
const USUAL = "2"; // the service's own
const SHOWN = "30";

export function TurnsPage({ route }: { route: Route }): JSX.Element {
  const articles = valueOf(route.pairs, "articles") || USUAL;
  const conditions = route.pairs.filter(([name]) => isQuestion(name) && name !== "position");
  const isOpen = valueOf(route.pairs, "open") === "true";
  const how: Pair[] = [["articles", articles], ["open", String(isOpen)], ["limit", SHOWN]];
  const answer = useAnswer<Changes>(path("changes", [...conditions, ...how]));
  useTitle("Turns");
  const to = (pairs: readonly Pair[]): string => href("turns", "", [...pairs, ...route.pairs.filter(([name]) => name === "articles" || name === "open")]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    location.hash = to(["speaker", "issue", "published_from"]
      .map((name): Pair => [name, String(form.get(name) ?? "").trim()]).filter(([, value]) => value));
  };
  const { data } = answer;
  return (
    <div class="page">
      <Heading>Who changed sides</Heading>
      {conditions.length > 0
        ? <Chips conditions={conditions} interpretation={data?.interpretation ?? []} to={to} problem={answer.problem} />
        : (
          <form class="inline" onSubmit={submit}>
            <NameInput kind="actors" name="speaker" value="" label="Said by (or anybody)" />
            <NameInput kind="issues" name="issue" value="" label="About (or anything)" />
            <label class="field"><span>Published since</span><input type="date" name="published_from" /></label>
            <button>Show</button>
          </form>
        )}
      <p class="tools">
        <span class="switch" role="group" aria-label="What makes a position hold">
          {IN_A_ROW.map((one) => (
            <a key={one} href={href("turns", "", withValue(route.pairs, "articles", one === USUAL ? "" : one))}
              aria-current={one === articles ? "true" : undefined}>{plural(Number(one), "article")}</a>
          ))}
        </span>
        in a row make a position hold
        {!conditions.some(([name]) => name === "issue") && (
          <a href={href("turns", "", withValue(route.pairs, "open", isOpen ? "" : "true"))}>
            {isOpen ? "established issues alone" : "phrases of the texts, too"}</a>
        )}
      </p>
      {answer.problem ? <ProblemView problem={answer.problem} retry={answer.retry} />
        : !data ? <Loading what="turns" lines={8} />
        : (
          <>
            <p class="note">
              {plural(data.changes.length + data.changes_left_out, "turn")}, the newest first, among {formatCount(data.articles)}
              {" "}times that an article has somebody support or oppose something. Read both sentences in their articles before you rely on a turn.
            </p>
            <TurnList data={data} />
          </>
        )}
    </div>
  );
}
