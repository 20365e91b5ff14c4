// An issue: who supports it, who opposes it, in their words; over time; its terms.
import type { JSX } from "preact";
import { PositionsOverTime } from "../chart";
import type { Counts, Issue, StatementPage as Page } from "../client";
import { path } from "../client";
import { formatCount, formatShare, plural, positionName, POSITIONS, positionShape, positionWord } from "../format";
import type { Position } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { IssueEditing } from "../issue_edit";
import { Heading, Loading, ProblemView, ShareBar, StatementRow, Unfinished } from "../parts";
import type { Row } from "../positions";
import { rowsOf } from "../positions";
import type { Pair, Route } from "../route";
import { href } from "../route";
import type { ActorRef } from "../client";

type Speaker = NonNullable<ActorRef>;

// The groups count what an actor itself said.
const saidBy = (actor: Speaker): Pair[] =>
  actor.kind === "person" ? [["speaker", actor.id]] : [["speaker", actor.id], ["members", "false"]];

function Side({ issue, position, title, rows }: {
  issue: Issue;
  position: Position;
  title: string;
  rows: readonly Row<Speaker>[];
}): JSX.Element {
  const conditions: Pair[] = [["issue", issue.id], ["position", position]];
  const { data, problem, retry } = useAnswer<Page>(path("statements", [...conditions, ["limit", "4"]]));
  const of = rows.filter(({ counts }) => counts[position] > 0).sort((a, b) => b.counts[position] - a.counts[position]);
  return (
    <section class={`side side-${position}`}>
      <h2><span aria-hidden="true">{positionShape(position)} </span>{title}</h2>
      {of.length === 0 && <p class="note">Nobody on record.</p>}
      <ul class="plain counts">
        {of.slice(0, 8).map(({ key, total, counts }) => (
          <li key={key.id}>
            <a href={href("actor", key.id, [["issue", issue.id]])}>{key.name}</a>
            <a class="count" href={href("", "", [...conditions, ...saidBy(key)])}
              title={`${formatShare(counts[position], total)} of what ${key.name} said on it`}>
              {formatCount(counts[position])} of {formatCount(total)}
            </a>
          </li>
        ))}
      </ul>
      {of.length > 8 && <p class="note">{plural(of.length - 8, "actor")} more.</p>}
      {problem ? <ProblemView problem={problem} retry={retry} /> : !data ? <Loading what="quotes" /> : (
        <ol class="rows">{data.statements.map((s) => <StatementRow key={s.id} statement={s} asked={[issue.id]} />)}</ol>
      )}
      {data?.next && <p><a href={href("", "", conditions)}>All that {positionWord(position)} it</a></p>}
    </section>
  );
}

function Parent({ id }: { id: string }): JSX.Element {
  const { data } = useAnswer<Issue>(path(`issues/${encodeURIComponent(id)}`));
  return <p>Part of <a href={href("issue", id)}>{data?.label ?? id}</a></p>;
}

const TERMS_SHOWN = 14;

function Terms({ issue }: { issue: Issue }): JSX.Element {
  const shown = issue.terms.slice(0, TERMS_SHOWN);
  const rest = issue.terms.slice(TERMS_SHOWN);
  return (
    <aside aria-label="About the issue">
      <section>
        <h2>On record</h2>
        <p><a href={href("", "", [["issue", issue.id]])}>{plural(issue.statement_count, "statement")}</a></p>
        <p><a href={href("time", "", [["issue", issue.id]])}>Over time</a></p>
        <p><a href={href("turns", "", [["issue", issue.id]])}>Who changed sides on it</a></p>
        <p><a href={href("network", "", [["issue", issue.id], ["mode", "actors"], ["agreement", "subtract"]])}>Who sides with whom on it</a></p>
        {issue.parent && <Parent id={issue.parent} />}
        {(issue.cap_sub ?? issue.cap_major) && <p class="note">Comparative Agendas Project {issue.cap_sub ?? issue.cap_major}</p>}
      </section>
      <section>
        <h2>Found by</h2>
        {issue.is_open && <p class="note">A phrase that texts use, not an established issue.</p>}
        {issue.is_edited && <p class="note">Added or changed by a user.</p>}
        <p class="terms">{shown.join(" · ") || issue.label}</p>
        {rest.length > 0 && <details><summary>{plural(rest.length, "term")} more</summary><p class="terms">{rest.join(" · ")}</p></details>}
        {issue.terms.some((term) => /^-|&/.test(term)) && (
          <p class="note">“a & b”: both near each other; “-a”: not where a stands.</p>
        )}
      </section>
    </aside>
  );
}

export function IssuePage({ route }: { route: Route }): JSX.Element {
  const answer = useAnswer<Issue>(path(`issues/${encodeURIComponent(route.id)}`));
  const conditions: Pair[] = [["issue", route.id]];
  const speakers = useAnswer<Counts>(path("stats", [...conditions, ["by", "speaker,position"], ["limit", "400"]]));
  const months = useAnswer<Counts>(path("stats", [...conditions, ["by", "position"], ["interval", "month"], ["limit", "1000"]]));
  const issue = answer.data;
  useTitle(issue?.label ?? "Issue");
  if (answer.problem) return <div class="page"><Heading>Issue</Heading><ProblemView problem={answer.problem} retry={answer.retry} /></div>;
  if (!issue) return <div class="page"><Loading what="the issue" lines={6} /></div>;
  const rows = rowsOf<Speaker>(speakers.data?.groups ?? [], ({ speaker }) => speaker);
  const sums = POSITIONS.map((position) => ({ position, count: rows.reduce((n, row) => n + row.counts[position], 0) }));
  const total = sums.reduce((n, { count }) => n + count, 0);
  const isProblem = issue.kind === "problem" || sums.find(({ position }) => position === "concern")!.count > 0;
  return (
    <div class="page">
      <Heading kicker={`Issue · ${issue.kind}`}>{issue.label}</Heading>
      {speakers.problem && <ProblemView problem={speakers.problem} retry={speakers.retry} />}
      <Unfinished counts={speakers.data} />
      {total > 0 && (
        <div class="summary">
          <ShareBar shares={sums} of={total} />
          <p class="meta">
            {sums.filter(({ count }) => count > 0).map(({ position, count }) => (
              <span key={position} class={`position-${position}`}>
                <span aria-hidden="true">{positionShape(position)} </span>{positionName(position)} {formatCount(count)} <small>{formatShare(count, total)}</small>
              </span>
            ))}
            <span>of {plural(total, "statement")} by somebody who is named</span>
          </p>
        </div>
      )}
      <div class="columns">
        <div>
          <div class="sides">
            <Side issue={issue} position="support" title="Who supports it" rows={rows} />
            <Side issue={issue} position="oppose" title="Who opposes it" rows={rows} />
            {isProblem && <Side issue={issue} position="concern" title="Who is concerned" rows={rows} />}
          </div>
          <h2>Over time</h2>
          {months.problem ? <ProblemView problem={months.problem} retry={months.retry} />
            : !months.data ? <Loading what="the chart" />
            : months.data.groups.length === 0 ? <p class="note">No statement is on record.</p>
            : <PositionsOverTime counts={months.data} conditions={conditions} isShare={false} title={`Positions on ${issue.label} by month`} />}
          <IssueEditing issue={issue} done={answer.retry} />
        </div>
        <Terms issue={issue} />
      </div>
    </div>
  );
}
