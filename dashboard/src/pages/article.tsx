// An article: its text with every statement marked, the list of them in the margin.
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Article, ArticleStatements, Statement } from "../client";
import { get, path } from "../client";
import { Download } from "../download";
import { formatDate, plural, safeUrl } from "../format";
import { problemOf, useAnswer, useTitle } from "../hooks";
import type { Problem } from "../client";
import { Legend } from "../marked";
import { Heading, IssuePosition, Loading, ProblemView, shownPairs, Who } from "../parts";
import { AnnotatedText } from "../annotated";
import { Adding } from "../edit";
import type { Route } from "../route";
import { href, valueOf } from "../route";

// All pages of the statements, one after the other; what is there is shown meanwhile.
function useAllStatements(id: string): { statements: readonly Statement[]; isDone: boolean; problem: Problem | null } {
  const [state, setState] = useState<{ statements: readonly Statement[]; isDone: boolean; problem: Problem | null }>(
    { statements: [], isDone: false, problem: null },
  );
  useEffect(() => {
    const abort = new AbortController();
    const load = async (): Promise<void> => {
      let all: readonly Statement[] = [];
      let cursor = "";
      do {
        const page: ArticleStatements = await get(
          path(`articles/${encodeURIComponent(id)}/statements`, [["limit", "200"], ...(cursor ? [["cursor", cursor] as const] : [])]),
          abort.signal,
        );
        all = [...all, ...page.statements];
        cursor = page.next ?? "";
        setState({ statements: all, isDone: cursor === "", problem: null });
      } while (cursor);
    };
    load().catch((error: unknown) => {
      if (!abort.signal.aborted) setState((before) => ({ ...before, problem: problemOf(error) }));
    });
    return () => abort.abort();
  }, [id]);
  return state;
}

export function Margin({ statements, chosen, choose }: {
  statements: readonly Statement[];
  chosen: number; // index, -1 for none
  choose: (index: number) => void;
}): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Where the margin stands beside the text and scrolls by itself; never the page.
    const box = list.current?.closest("aside");
    const one = list.current?.querySelector<HTMLElement>(".chosen");
    if (!box || !one || box.scrollHeight <= box.clientHeight) return;
    const top = one.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (top < 0 || top > box.clientHeight - one.offsetHeight) box.scrollTop += top - box.clientHeight / 3;
  }, [chosen]);
  return (
    <ol class="margin" ref={list}>
      {statements.map((statement, i) => (
        <li key={i} class={i === chosen ? "chosen" : ""} data-row>
          <button type="button" class="number" onClick={() => choose(i)} aria-pressed={i === chosen}
            aria-label={`Show statement ${i + 1} in the text`}>{i + 1}</button>
          <div>
            <p><Who statement={statement} />{statement.status === "rejected" && " (rejected)"}</p>
            <p class="pairs">{shownPairs(statement, [], 2).map((hit) => <IssuePosition key={hit.id} hit={hit} />)}</p>
            {statement.id !== null && <p class="meta"><a href={href("s", statement.id)} data-open>open statement {i + 1}</a></p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

const ANNOTATIONS = [["Web annotations", "application/ld+json", "jsonld"]] as const;

export function ArticlePage({ route }: { route: Route }): JSX.Element {
  const answer = useAnswer<Article>(path(`articles/${encodeURIComponent(route.id)}`));
  const { statements, isDone, problem } = useAllStatements(route.id);
  const article = answer.data;
  const wanted = valueOf(route.pairs, "s");
  const chosen = useMemo(() => statements.findIndex(({ id }) => String(id) === wanted), [statements, wanted]);
  useTitle(article?.title ?? "Article");
  if (answer.problem) return <div class="page"><Heading>Article</Heading><ProblemView problem={answer.problem} retry={answer.retry} /></div>;
  if (!article) return <div class="page"><Loading what="the article" lines={8} /></div>;
  const choose = (index: number): void =>
    location.replace(href("article", route.id, index === chosen ? [] : [["s", String(statements[index]?.id)]]));
  const url = safeUrl(article.url);
  const one = statements[chosen];
  return (
    <article class="page">
      <Heading kicker={[article.outlet, formatDate(article.published_at), article.author].filter(Boolean).join(" · ")}>
        {article.title || "Untitled article"}
      </Heading>
      <p class="tools">
        {url && <a href={url} rel="noreferrer">The article at its source</a>}
        <a href={href("", "", [["article", route.id]])}>{plural(article.statement_count, "statement")} as a list</a>
        {article.id !== null && <Download conditions={[]} resource={`articles/${article.id}/annotations`} forms={ANNOTATIONS} />}
      </p>
      {problem && <ProblemView problem={problem} />}
      <div class="columns reading">
        <div>
          {one && <Legend statement={one} />}
          <AnnotatedText text={article.text} statements={statements} chosen={chosen} choose={choose} />
        </div>
        <aside aria-label="Statements in this article">
          <h2>{isDone ? plural(statements.length, "statement") : "Statements …"}</h2>
          {isDone && statements.length === 0 && (
            <p class="note">
              {article.language && !article.language.toLowerCase().startsWith("en")
                ? "Only English articles are read for statements." : "Nobody is quoted or reported in this text, as far as the engine reads."}
            </p>
          )}
          <Margin statements={statements} chosen={chosen} choose={choose} />
          {article.id !== null && <Adding article={article.id} where=".reading .text" />}
        </aside>
      </div>
    </article>
  );
}
