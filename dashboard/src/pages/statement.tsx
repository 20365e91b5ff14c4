// One statement: its sentence in context, what was read from it, how to cite it, why it was found.
import type { ComponentChildren, JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Article, Statement } from "../client";
import { path } from "../client";
import type { Judged } from "../edit";
import { History, Judging } from "../edit";
import { Explained } from "../explained";
import type { Position } from "../format";
import {
  actWord, bibtex, citation, formatDate, formatSure, jsonLd, positionWord, provenance, quoted, safeUrl,
} from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Legend, Marked, marksOf } from "../marked";
import { Copy, Heading, IssuePosition, Loading, PositionMark, ProblemView, statusWord, Who } from "../parts";
import type { Route } from "../route";
import { href } from "../route";
import { codePoints, context, hull, sentenceStarts } from "../spans";

const AROUND = 2; // sentences shown before and after

export function InContext({ statement, article }: { statement: Statement; article: Article }): JSX.Element {
  const points = useMemo(() => codePoints(article.text), [article]);
  const starts = useMemo(() => sentenceStarts(article.text), [article]);
  const { source, cue, content } = statement.spans;
  const own = hull([source, cue, content]) ?? [0, 0];
  const [from, whole] = context(starts, own, AROUND);
  let to = whole;
  while (to > from && /\s/.test(points[to - 1] as string)) to--;
  return (
    <>
      <blockquote class="context" data-from={from} cite={safeUrl(article.url) ?? undefined}>
        {from > 0 && <span class="gap">… </span>}
        <Marked points={points} marks={marksOf(statement)} from={from} to={to} />
        {whole < points.length && <span class="gap"> …</span>}
      </blockquote>
      <Legend statement={statement} />
    </>
  );
}

export function Source({ statement }: { statement: Statement }): JSX.Element {
  const url = safeUrl(statement.article_url);
  return (
    <p class="source">
      {statement.article !== null ? (
        <a href={href("article", statement.article, [["s", String(statement.id)]])}>
          {statement.article_title || "Untitled article"}
        </a>
      ) : statement.article_title}
      {statement.outlet && <>, {statement.outlet}</>}
      {statement.published_at && <>, <time dateTime={statement.published_at.slice(0, 10)}>{formatDate(statement.published_at)}</time></>}
      {url && <>. <a href={url} rel="noreferrer" class="url">{url}</a></>}
    </p>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

const VIA: Readonly<Record<string, string>> = {
  none: "", name: "by name", "title+surname": "by title and surname", pronoun: "by a pronoun", role: "by a role",
  metonym: "by a word that stands for it", "quote continuation": "the quotation goes on", turn: "by the label of a turn",
};

const words = (points: readonly string[] | null, spans: readonly (readonly number[])[]): string =>
  points ? spans.map(([a, b]) => points.slice(a, b).join("")).join(" … ") : "";

export function Facts({ statement, article }: { statement: Statement; article: Article | null }): JSX.Element {
  const { speaker, stance, said_on: said } = statement;
  const points = useMemo(() => (article ? codePoints(article.text) : null), [article]);
  return (
    <dl class="facts">
      <Fact name="Speaker">
        {speaker ? <a href={href("actor", speaker.id)}>{speaker.name}</a> : "not named in the text"}
        {speaker?.role && <>, {speaker.role}</>}
        {speaker && VIA[speaker.via] && <span class="aside"> found {VIA[speaker.via]}</span>}
      </Fact>
      {statement.addressee && <Fact name="Said to"><a href={href("actor", statement.addressee.id)}>{statement.addressee.name}</a></Fact>}
      {statement.reported_by && <Fact name="Reported by"><a href={href("actor", statement.reported_by.id)}>{statement.reported_by.name}</a></Fact>}
      <Fact name="On">
        {statement.issues.length === 0 ? "no issue that the record knows" : (
          <ul class="plain">
            {statement.issues.map((hit) => (
              <li key={hit.id}>
                <IssuePosition hit={hit} />
                <span class="aside">
                  {hit.position !== null && hit.position_confidence !== null && ` ${formatSure(hit.position_confidence)} sure`}
                  {hit.position_evidence.length > 0 && points && `, by “${words(points, hit.position_evidence)}”`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Fact>
      <Fact name="Act">
        {actWord(stance.act)}
        {stance.target && (
          <> {" "}<a href={href("actor", stance.target.id)}>{stance.target.name}</a>
            {stance.target_position && <span class="aside"> {positionWord(stance.target_position as Position)} it</span>}
          </>
        )}
        <span class="aside">
          {stance.confidence !== null && ` act and position ${formatSure(stance.confidence)} sure`}
        </span>
      </Fact>
      {stance.position && !statement.issues.some(({ position }) => position === stance.position) && (
        <Fact name="Position"><PositionMark position={stance.position as Position} /></Fact>
      )}
      <Fact name="Quoted">
        {statement.kind === "direct" ? "in the speaker’s words" : statement.kind === "indirect" ? "as reported by the article" : "partly in the speaker’s words"}
        {statement.polarity === "denied" && <>; the content is <strong>denied</strong></>}
        {statement.modality !== "actual" && <>; {statement.modality}</>}
      </Fact>
      {said && <Fact name="Said on">{formatDate(said.date) || "a time not known"} <span class="aside">“{said.text}”</span></Fact>}
      <Fact name="Sure">
        {formatSure(statement.confidence)} that content and speaker are right; {statusWord(statement.status)}
        {statement.status === "machine" ? " by a person" : ""}
        <span class="aside"> engine {statement.engine ?? "unknown"}</span>
      </Fact>
    </dl>
  );
}

function Cite({ statement }: { statement: Statement }): JSX.Element {
  const address = location.href;
  const text = citation(statement, address);
  return (
    <section class="cite">
      <h2>Cite</h2>
      <pre class="wrap">{text}</pre>
      <p class="tools">
        <Copy text={text} label="Copy the citation" />
        <Copy text={bibtex(statement, address)} label="Copy as BibTeX" />
        <Copy text={jsonLd(statement, address)} label="Copy as JSON-LD" />
        <button type="button" class="quiet" onClick={() => print()}>Print</button>
      </p>
    </section>
  );
}

const JUDGED: Readonly<Record<Judged["has"], string>> = {
  confirmed: "Confirmed.",
  edited: "Corrected. It is so in every answer from now on, and stays when the article is read again.",
  rejected: "Rejected: it stands in no list and no count any more.",
  undone: "Taken back.",
  changed: "It has changed since you read it. This is what it is now: decide again.",
};

export function StatementPage({ route }: { route: Route }): JSX.Element {
  const answer = useAnswer<Statement>(path(`statements/${encodeURIComponent(route.id)}`));
  const [judged, setJudged] = useState<Judged | null>(null);
  const statement = judged?.statement ?? answer.data;
  const article = useAnswer<Article>(statement?.article != null ? path(`articles/${statement.article}`) : null);
  const [isExplained, setExplained] = useState(false);
  useTitle(statement ? `${statement.speaker?.name ?? "Unnamed source"}: ${quoted(statement).slice(0, 60)}` : "Statement");
  if (answer.problem) return <div class="page"><Heading>Statement</Heading><ProblemView problem={answer.problem} retry={answer.retry} /></div>;
  if (!statement) return <div class="page"><Loading what="the statement" lines={6} /></div>;
  return (
    <article class="page statement">
      <Heading kicker="Statement"><Who statement={statement} /></Heading>
      <div class="columns">
        <div>
      {article.data ? <InContext statement={statement} article={article.data} />
        : article.problem ? <blockquote class="context">{quoted(statement)}</blockquote>
        : <Loading what="the sentence" />}
      <Source statement={statement} />
      <Judging statement={statement} done={setJudged} where=".statement .context" />
      {judged && JUDGED[judged.has] && <p class="note" role="status">{JUDGED[judged.has]}</p>}
      <p class="provenance">{provenance(statement).replace(/^r/, "R")}.</p>
      <Cite statement={statement} />
      <History key={statement.version} id={statement.id as number} undone={() => {
        setJudged(null);
        answer.retry();
      }} />
      <section class="why">
        <h2>Why it was found</h2>
        {isExplained ? <Explained id={route.id} /> : (
          <button type="button" onClick={() => setExplained(true)}>Show what decided</button>
        )}
      </section>
        </div>
        <aside aria-label="What was read from it"><Facts statement={statement} article={article.data} /></aside>
      </div>
    </article>
  );
}
