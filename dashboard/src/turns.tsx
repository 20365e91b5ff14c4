// Where positions turned: each time with the quotation before and the one after.
import type { JSX } from "preact";
import type { Change, Changes, Statement } from "./client";
import { plural, positionShape, positionWord, quoted } from "./format";
import type { Position } from "./format";
import { Day } from "./parts";
import { href } from "./route";

function Quotation({ statement, position, articles, when }: {
  statement: Statement;
  position: Position;
  articles: number;
  when: string;
}): JSX.Element {
  return (
    <blockquote class="turn">
      <p class="kicker">
        {when}: <span class={`position-${position}`}><span aria-hidden="true">{positionShape(position)} </span>{positionWord(position)}</span>, {plural(articles, "article")}
      </p>
      <p class={`quote quote-${statement.kind}`}><a href={href("s", statement.id ?? "")} data-open>{quoted(statement)}</a></p>
      <p class="meta">
        {statement.speaker && <a href={href("actor", statement.speaker.id)}>{statement.speaker.name}</a>}
        {statement.published_at ? <Day date={statement.published_at} /> : <span>without a date</span>}
        {statement.outlet && <span>{statement.outlet}</span>}
      </p>
    </blockquote>
  );
}

function Turn({ change: { speaker, issue, from, to, before, after, articles_before, articles_after } }: { change: Change }): JSX.Element {
  return (
    <section class="turns" data-row>
      <h3>
        {speaker && <><a href={href("actor", speaker.id, issue ? [["issue", issue.id]] : [])}>{speaker.name}</a>: </>}
        {speaker ? "from" : "From"} {from === "support" ? "support to opposition" : "opposition to support"}
        {issue && <> on <a href={href("issue", issue.id)}>{issue.label}</a></>}
      </h3>
      <div class="pairwise">
        <Quotation statement={before} position={from} articles={articles_before} when="Last" />
        <Quotation statement={after} position={to} articles={articles_after} when="Then" />
      </div>
    </section>
  );
}

// The newest first.
export function TurnList({ data }: { data: Changes }): JSX.Element {
  const rule = `${data.rule.charAt(0).toUpperCase()}${data.rule.slice(1)}.`;
  if (data.changes.length === 0) return <p class="note">No turn from one side to the other. {rule}</p>;
  return (
    <>
      {[...data.changes].reverse().map((change) =>
        <Turn key={`${change.speaker?.id} ${change.issue?.id} ${change.after.id}`} change={change} />)}
      {data.changes_left_out > 0 && <p class="note">{plural(data.changes_left_out, "earlier turn")} are left out.</p>}
      <p class="note">{rule}</p>
    </>
  );
}
