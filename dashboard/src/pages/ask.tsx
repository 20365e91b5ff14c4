// A question: how it was understood, the statements that fit, what they sum up to.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Chips } from "../chips";
import type { ActorPage, IssuePage, QueryPage, Statement, StatementPage } from "../client";
import { get, path } from "../client";
import { Facets } from "../facets";
import { Download } from "../download";
import { Onward } from "../follow";
import { actWord, formatCount, plural, positionName } from "../format";
import type { Position } from "../format";
import type { Answer } from "../hooks";
import { problemOf, useAnswer, useIsPainted, useTitle } from "../hooks";
import type { Problem } from "../client";
import { Loading, ProblemView, StatementRow } from "../parts";
import { conditionsOf, isCondition, isQuestion, questionOf, without } from "../question";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";
import { HomePage } from "./home";

type AnyPage = StatementPage & Partial<QueryPage>;

const ROWS_AT_FIRST = 8; // what a window shows; the others come a frame later

export function AskPage({ route }: { route: Route }): JSX.Element {
  const asked = questionOf(route.pairs);
  return asked ? <Results route={route} wanted={path(asked.resource, asked.pairs)} /> : <HomePage />;
}

function Results({ route, wanted }: { route: Route; wanted: string }): JSX.Element {
  const q = valueOf(route.pairs, "q");
  const answer = useAnswer<AnyPage>(wanted);
  const { data } = answer;
  useTitle(q || "Statements");
  const members = route.pairs.filter(([name]) => name === "members");
  const conditions: Pair[] = !q
    ? route.pairs.filter(([name]) => isQuestion(name))
    : data?.canonical ? [...conditionsOf(data.canonical).filter(([n]) => n !== "members"), ...members] : [];
  const sort = valueOf(route.pairs, "sort");
  const to = (pairs: readonly Pair[]): string => href("", "", withValue(pairs, "sort", sort));
  if (answer.problem && !answer.isLoading)
    return (
      <div class="page">
        <h1 tabIndex={-1} class="hidden">Statements</h1>
        {!q && <Chips conditions={conditions} interpretation={[]} to={to} problem={answer.problem} />}
        <ProblemView problem={answer.problem} retry={answer.retry} />
      </div>
    );
  return (
    <div class="page">
      <h1 tabIndex={-1} class="hidden">Statements{q && `: ${q}`}</h1>
      {data && <Chips conditions={conditions} interpretation={data.interpretation} to={to} problem={null} />}
      {/^["“«„]/.test(q) && (
        <p class="note">A quotation? <a href={href("check", "", [["text", q]])}>Check it, word for word</a></p>
      )}
      {data && <Understood page={data} to={to} conditions={conditions} />}
      <div class="columns">
        <div>
          {data ? (
            <Rows key={wanted} route={route} answer={answer} first={data} wanted={wanted} conditions={conditions} to={to} />
          ) : (
            <Loading what="statements" lines={6} />
          )}
        </div>
        {data && data.statements.length > 0 && !answer.isLoading && <Facets conditions={conditions} to={to} />}
      </div>
    </div>
  );
}

// What was not understood, and what one should know of the rest.
function Understood({ page, conditions, to }: {
  page: AnyPage;
  conditions: readonly Pair[];
  to: (pairs: readonly Pair[]) => string;
}): JSX.Element {
  const unread = page.unparsed ?? [];
  return (
    <>
      {unread.length > 0 && (
        <p class="unread" role="status">
          Not understood: {unread.map((word) => <mark key={word} class="unread-word">{word}</mark>)}.
          {" "}<a href={to([...conditions, ["text", unread.join(" ")]])}>Look for “{unread.join(" ")}” as words</a>
        </p>
      )}
      {page.notes?.map((note) => <p key={note} class="note">{note.charAt(0).toUpperCase() + note.slice(1)}.</p>)}
      {page.actors && page.actors.length > 0 && (
        <section class="who" aria-label="Who">
          <ol>
            {page.actors.slice(0, 12).map(({ actor, count, of }) => actor && (
              <li key={actor.id}>
                <a href={to([["speaker", actor.id], ...conditions, ...(actor.kind === "person" ? [] : [["members", "false"] as Pair])])}>{actor.name}</a>{" "}
                <span class="count">{formatCount(count)} of {formatCount(of)}</span>
              </li>
            ))}
          </ol>
          <p class="note">
            Statements that fit, of all that they said on it.
            {(page.actors_left_out ?? 0) + Math.max(0, page.actors.length - 12) > 0 &&
              ` ${formatCount((page.actors_left_out ?? 0) + Math.max(0, page.actors.length - 12))} more are left out here.`}
          </p>
        </section>
      )}
      {page.counts && <Counted counts={page.counts} />}
    </>
  );
}

// "Per month", "by country": what the question asks to count by.
function Counted({ counts }: { counts: NonNullable<QueryPage["counts"]> }): JSX.Element | null {
  const SHOWN = 36;
  const left = counts.groups_left_out + Math.max(0, counts.groups.length - SHOWN);
  if (counts.groups.length === 0) return null;
  return (
    <section class="who" aria-label="Counts">
      <ol>
        {counts.groups.slice(0, SHOWN).map((group) => {
          const name = nameOf(group);
          return <li key={name}>{name} <span class="count">{formatCount(group.count)}</span></li>;
        })}
      </ol>
      <p class="note">
        Of {plural(counts.total, "statement")}{counts.is_partial && ", a part: counting took too long"}.
        {left > 0 && ` ${formatCount(left)} more groups are left out here.`}
      </p>
    </section>
  );
}

type CountGroup = NonNullable<QueryPage["counts"]>["groups"][number];

function nameOf(group: CountGroup): string {
  const parts = [group.interval];
  for (const who of [group.speaker, group.country, group.target]) if (who !== undefined) parts.push(who?.name ?? "for none");
  if (group.issue !== undefined) parts.push(group.issue?.label ?? "no issue");
  if (group.position !== undefined) parts.push(positionName((group.position ?? "none") as Position));
  if (group.act !== undefined) parts.push(actWord(group.act));
  if (group.outlet !== undefined) parts.push(group.outlet ?? "no outlet");
  return parts.filter((part) => part !== undefined).join(", ");
}

function Rows({ route, answer, first, wanted, conditions, to }: {
  route: Route;
  answer: Answer<AnyPage>;
  first: AnyPage;
  wanted: string;
  conditions: readonly Pair[];
  to: (pairs: readonly Pair[]) => string;
}): JSX.Element {
  const [more, setMore] = useState<readonly Statement[]>([]);
  const [next, setNext] = useState<string | null>(first.next);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isPainted = useIsPainted();
  useEffect(() => setNext(first.next), [first]);
  const asked = first.interpretation
    .filter(({ parameter, not }) => parameter === "issue" && !not)
    .flatMap(({ matched }) => matched?.map(({ id }) => id) ?? []);
  const load = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const page = await get<AnyPage>(`${wanted}&cursor=${encodeURIComponent(next ?? "")}`);
      setMore([...more, ...page.statements]);
      setNext(page.next);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  const statements = [...first.statements, ...more];
  if (statements.length === 0)
    return (
      <>
        <Empty conditions={conditions} to={to} page={first} />
        <Mentions page={first} to={to} />
      </>
    );
  const shown = isPainted ? statements : statements.slice(0, ROWS_AT_FIRST);
  const sorted = (order: string): string => href("", "", withValue(route.pairs, "sort", order));
  const isOldest = wanted.includes("sort=oldest");
  const q = valueOf(route.pairs, "q");
  return (
    <section aria-label="Statements" aria-busy={answer.isLoading} class={answer.isLoading ? "stale" : ""}>
      <p class="tools">
        <span class="switch" role="group" aria-label="Order">
          <a href={sorted("")} aria-current={isOldest ? undefined : "true"}>newest first</a>
          <a href={sorted("oldest")} aria-current={isOldest ? "true" : undefined}>oldest first</a>
        </span>
        <a href={href("time", "", conditions)}>over time</a>
        <Download conditions={conditions} />
      </p>
      <Onward asked={q ? [["q", q], ...conditions.filter(([name]) => name === "members")] : conditions} name={q || "statements"} />
      <ol class="rows">{shown.map((s) => <StatementRow key={s.id} statement={s} asked={asked} />)}</ol>
      {problem && <ProblemView problem={problem} retry={() => void load()} />}
      {next ? (
        <button type="button" disabled={isBusy} onClick={() => void load()}>{isBusy ? "Loading …" : "Load more"}</button>
      ) : (
        <p class="note">That is all: {plural(statements.length, "statement")}.</p>
      )}
      <Mentions page={first} to={to} />
    </section>
  );
}

// What takes the position on something else: no answer, but near one.
function Mentions({ page, to }: { page: AnyPage; to: (pairs: readonly Pair[]) => string }): JSX.Element | null {
  const { mentions } = page;
  if (!mentions) return null;
  return (
    <section aria-label="Mentions">
      <h2>Only mentions</h2>
      <p class="note">
        {mentions.what.charAt(0).toUpperCase() + mentions.what.slice(1)}.{" "}
        <a href={to(conditionsOf(mentions.canonical))}>As a question</a>
      </p>
      <ol class="rows">{mentions.statements.map((s) => <StatementRow key={s.id} statement={s} />)}</ol>
    </section>
  );
}

// Which part left nothing, and what there is without it.
function Empty({ conditions, to, page }: {
  conditions: readonly Pair[];
  to: (pairs: readonly Pair[]) => string;
  page: AnyPage;
}): JSX.Element {
  const unknown = page.interpretation.filter(({ parameter, matched }) => parameter !== "about" && matched?.length === 0);
  const words = conditions.filter(([name]) => name === "text" || name === "about");
  const parts = conditions.map((pair, index) => ({ pair, index })).filter(({ pair }) => isCondition(pair[0]));
  return (
    <section class="empty" aria-label="Nothing found">
      <h2>No statement fits</h2>
      {unknown.map(({ parameter, value }) => (
        <p key={parameter + value}>
          The record knows nobody and nothing by the name <strong>{value}</strong>.
          <Similar name={value} kind={parameter === "issue" ? "issues" : "actors"} parameter={parameter} conditions={conditions} to={to} />
        </p>
      ))}
      {words.map(([parameter, word]) => (
        <Similar key={parameter + word} name={word} kind="issues" parameter={parameter} conditions={conditions} to={to} />
      ))}
      {parts.length > 1 && (
        <>
          <p>Without one of its parts the question finds:</p>
          <ul class="plain">
            {parts.slice(0, 6).map(({ pair, index }) => (
              <Without key={index} part={pair} rest={without(conditions, index)} to={to} />
            ))}
          </ul>
        </>
      )}
      {parts.length <= 1 && unknown.length === 0 && <p>Nothing in the record is of this kind yet.</p>}
      <p><a href="#/">Another question</a> · <a href={href("add")}>Add articles</a></p>
    </section>
  );
}

// Names of the record that begin alike, each with the question that has it instead.
function Similar({ name, kind, parameter, conditions, to }: {
  name: string;
  kind: "actors" | "issues";
  parameter: string;
  conditions: readonly Pair[];
  to: (pairs: readonly Pair[]) => string;
}): JSX.Element | null {
  const start = name.slice(0, Math.max(3, Math.ceil(name.length / 2))); // a slip is mostly later
  const answer = useAnswer<Partial<ActorPage & IssuePage>>(
    path(kind, [["name", start], ["with_statements", "true"], ["limit", "5"]]),
  );
  const found = answer.data?.actors?.map(({ id, name: label }) => ({ id, label })) ?? answer.data?.issues ?? [];
  if (found.length === 0) return null;
  const instead = (id: string): Pair[] =>
    conditions.map((pair): Pair =>
      pair[0] === parameter && pair[1] === name ? [kind === "issues" ? "issue" : parameter, id] : pair);
  return (
    <span class="similar">
      {" "}Like “{name}” there {found.length === 1 ? "is" : "are"}:{" "}
      {found.map(({ id, label }) => <a key={id} href={to(instead(id))}>{label}</a>)}
    </span>
  );
}

function Without({ part, rest, to }: {
  part: Pair;
  rest: readonly Pair[];
  to: (pairs: readonly Pair[]) => string;
}): JSX.Element {
  const answer = useAnswer<{ total: number }>(path("stats", [...rest, ["limit", "1"]]));
  const total = answer.data?.total;
  const words = `without “${part[1]}”`;
  return (
    <li>
      {total ? <a href={to(rest)} data-open>{words}</a> : words}{" "}
      <span class="count">{total === undefined ? "…" : plural(total, "statement")}</span>
    </li>
  );
}

