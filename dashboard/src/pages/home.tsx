// Before a question: what the record holds, and three questions that it can answer.
import type { JSX } from "preact";
import type { ArticlePage, Counts } from "../client";
import { path } from "../client";
import { plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Day, Loading, ProblemView } from "../parts";
import { href } from "../route";

function questionsOf(pairs: Counts | null, opposed: Counts | null): string[] {
  const both = pairs?.groups.filter(({ speaker, issue }) => speaker && issue && speaker.kind !== "anonymous") ?? [];
  const [first] = both;
  const person = both.find(({ speaker }) => speaker?.kind === "person" && speaker.id !== first?.speaker?.id);
  const against = opposed?.groups.find(({ issue }) => issue);
  return [
    first && `all statements by ${first.speaker?.name} about ${first.issue?.label}`,
    against && `who opposes ${against.issue?.label}`,
    person && `what did ${person.speaker?.name} say about ${person.issue?.label}`,
  ].filter((text): text is string => !!text);
}

const EXAMPLES = [
  "all statements by China about Taiwan", "who opposes sanctions", "what did France say about tariffs",
];

export function HomePage(): JSX.Element {
  useTitle("");
  const pairs = useAnswer<Counts>(path("stats", [["by", "speaker,issue"], ["limit", "30"]]));
  const opposed = useAnswer<Counts>(path("stats", [["by", "issue"], ["position", "oppose"], ["limit", "3"]]));
  const articles = useAnswer<ArticlePage>(path("articles", [["limit", "6"]]));
  // A record too large to be counted in time can be asked all the same.
  const isUncounted = pairs.problem?.status === 503;
  const problem = articles.problem ?? (isUncounted ? null : pairs.problem);
  if (problem)
    return (
      <div class="page home">
        <h1 tabIndex={-1}>Who said what?</h1>
        <ProblemView problem={problem} retry={articles.problem ? articles.retry : pairs.retry} />
      </div>
    );
  const questions = isUncounted ? EXAMPLES : questionsOf(pairs.data, opposed.data);
  const isEmpty = pairs.data !== null && articles.data !== null && articles.data.articles.length === 0;
  return (
    <div class="page home">
      <h1 tabIndex={-1}>Who said what, on which issue, taking which stance, towards whom?</h1>
      {isEmpty ? (
        <p class="lead">
          The record is empty. <a href={href("add")}>Add an article</a>, and ask about what it says.
        </p>
      ) : (
        <>
          <p class="lead">Ask in words, such as:</p>
          {pairs.data || isUncounted ? (
            <ul class="questions">
              {questions.map((text) => (
                <li key={text} data-row><a href={href("", "", [["q", text]])} data-open>{text}</a></li>
              ))}
            </ul>
          ) : <Loading what="questions" />}
          <p class="note">{pairs.data && `${plural(pairs.data.total, "statement")} on record. `}The latest articles:</p>
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
