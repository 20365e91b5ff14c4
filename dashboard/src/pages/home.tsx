// Before a question: what the record holds, and three questions that it can answer.
import type { JSX } from "preact";
import type { ArticlePage, Counts, Statement, StatementPage } from "../client";
import { path } from "../client";
import { plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Day, Loading, ProblemView } from "../parts";
import { href } from "../route";

// Of what was said last, so that each has an answer, and that a large record is not counted for it.
function questionsOf(statements: readonly Statement[]): string[] {
  const named = statements.flatMap(({ speaker, issues }) =>
    speaker && speaker.kind !== "anonymous" && /^\p{Lu}/u.test(speaker.name) ? issues.map((hit) => ({ speaker, hit })) : []);
  const sure = named.filter(({ hit }) => hit.score >= SURE);
  const first = sure.find(({ hit }) => hit.position !== null) ?? sure[0] ?? named[0];
  const against = named.find(({ hit }) => hit.position === "oppose" && (hit.position_confidence ?? 0) >= SURE_SIDE);
  const person = sure.find(({ speaker, hit }) =>
    speaker.kind === "person" && speaker.id !== first?.speaker.id && hit.id !== first?.hit.id);
  return [
    first && `all statements by ${first.speaker.name} about ${first.hit.label}`,
    against && `who opposes ${against.hit.label}`,
    person && `what did ${person.speaker.name} say about ${person.hit.label}`,
  ].filter((text): text is string => !!text);
}

const SURE = 0.5;
const SURE_SIDE = 0.7;

export function HomePage(): JSX.Element {
  useTitle("");
  const latest = useAnswer<StatementPage>(path("statements", [["limit", "100"], ["fields", "speaker,issues"]]));
  const total = useAnswer<Counts>(path("stats", [["limit", "1"]]));
  const articles = useAnswer<ArticlePage>(path("articles", [["limit", "6"]]));
  const failed = [articles, latest].find(({ problem }) => problem);
  if (failed?.problem)
    return (
      <div class="page home">
        <h1 tabIndex={-1}>Who said what?</h1>
        <ProblemView problem={failed.problem} retry={failed.retry} />
      </div>
    );
  const questions = questionsOf(latest.data?.statements ?? []);
  const isEmpty = articles.data !== null && articles.data.articles.length === 0;
  return (
    <div class="page home">
      <h1 tabIndex={-1}>Who said what, on which issue, taking which stance, towards whom?</h1>
      {isEmpty ? (
        <p class="lead">
          The record is empty. <a href={href("add")}>Add an article</a>, and ask about what it says.
        </p>
      ) : (
        <>
          {(!latest.data || questions.length > 0) && <p class="lead">Ask in words, such as:</p>}
          {latest.data ? (
            <ul class="questions">
              {questions.map((text) => (
                <li key={text} data-row><a href={href("", "", [["q", text]])} data-open>{text}</a></li>
              ))}
            </ul>
          ) : <Loading what="questions" />}
          <p class="note">{total.data && `${plural(total.data.total, "statement")} on record. `}The latest articles:</p>
          {articles.data ? (
            <ul class="articles">
              {articles.data.articles.map((a) => (
                <li key={a.id} data-row>
                  <a href={href("article", a.id)} data-open>{a.title || "Untitled"}</a>
                  <span class="meta">
                    <Day date={a.published_at} />
                    {a.outlet && <span>{a.outlet}</span>}
                    <span>{plural(a.statement_count, "statement")}</span>
                  </span>
                </li>
              ))}
            </ul>
          ) : <Loading what="articles" />}
        </>
      )}
    </div>
  );
}
