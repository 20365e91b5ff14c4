// Why a statement was found: the decisions one after the other, with what weighed most.
import type { JSX } from "preact";
import type { Decision, StatementExplanation } from "./client";
import { path } from "./client";
import { formatSure, plural } from "./format";
import { useAnswer } from "./hooks";
import { Loading, ProblemView } from "./parts";

type Reasons = Decision["reasons"];

// Words of the article, which may bring their own quotation marks; null is nobody.
const inQuotes = (words: string | null): string =>
  words === null ? "nobody" : `“${words.replace(/^["“]+|["”]+$/g, "")}”`;

function ReasonTable({ reasons, others, caption }: { reasons: Reasons; others: number; caption: string }): JSX.Element {
  const all = [...reasons, ...(others ? [{ what: "all others together", weight: others }] : [])];
  const most = Math.max(1, ...all.map(({ weight }) => Math.abs(weight)));
  return (
    <table class="reasons">
      <caption class="hidden">{caption}</caption>
      <thead class="hidden"><tr><th>Looked at</th><th>Weight</th><th>Drawn</th></tr></thead>
      <tbody>
        {all.map(({ what, weight }, i) => {
          const width = (50 * Math.abs(weight)) / most;
          return (
            <tr key={i}>
              <td>{what}</td>
              <td class="number">{weight > 0 ? "+" : weight < 0 ? "−" : ""}{Math.abs(weight).toFixed(2)}</td>
              <td>
                <svg class="weight" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <rect class={weight < 0 ? "weight-against" : "weight-for"} x={weight < 0 ? 50 - width : 50} width={width} height="8" />
                  <rect class="weight-zero" x="49.75" width="0.5" height="8" />
                </svg>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const TITLES: readonly (readonly ["cue" | "content" | "source" | "whole", string])[] = [
  ["cue", "The word that reports"],
  ["content", "What is said"],
  ["source", "Who says it"],
  ["whole", "The statement as a whole"],
];

function DecisionView({ decision, title }: { decision: Decision; title: string }): JSX.Element {
  return (
    <section class="decision">
      <h3>{title}{decision.words && `: ${inQuotes(decision.words)}`}</h3>
      <p class="meta">
        <span>{formatSure(decision.probability)} probable</span>
        {decision.candidates > 1 && <span>among {plural(decision.candidates, "candidate")}</span>}
      </p>
      <ReasonTable reasons={decision.reasons} others={decision.other_reasons} caption={`Reasons: ${title}`} />
      {decision.rejected.length > 0 && (
        <details>
          <summary>Not taken: {decision.rejected.map(({ words }) => inQuotes(words)).join(", ")}</summary>
          {decision.rejected.map((other, i) => (
            <div key={i}>
              <p>What spoke for the chosen one over {inQuotes(other.words)}:</p>
              <ReasonTable reasons={other.reasons} others={other.other_reasons} caption={`Over ${other.words ?? "nobody"}`} />
            </div>
          ))}
        </details>
      )}
    </section>
  );
}

export function Explained({ id }: { id: string }): JSX.Element {
  const { data, problem, retry } = useAnswer<StatementExplanation>(path(`statements/${encodeURIComponent(id)}/explain`));
  if (problem) return <ProblemView problem={problem} retry={retry} />;
  if (!data) return <Loading what="the explanation" />;
  const { explanation } = data;
  return (
    <>
      {data.note && <p class="note">{data.note}</p>}
      {data.found !== "same" && (
        <p><strong>{data.found === "no" ? "Today’s engine does not find this statement any more." : "Today’s engine reads it otherwise."}</strong></p>
      )}
      {explanation?.is_turn && <p>It is a sentence of a turn, whose label names the speaker, or of a text that one person speaks.</p>}
      {explanation?.is_carried && <p>A quotation without a word of saying: it goes on with what was said before.</p>}
      {explanation?.complement && <p>How the content hangs on the word that reports: {explanation.complement}.</p>}
      {explanation?.is_extended && <p>Quotations that belong together were joined.</p>}
      {explanation?.decisions && (
        <>
          <p class="note">Weights are log odds: +0.7 doubles the odds, −0.7 halves them.</p>
          {TITLES.map(([key, title]) => (
            <DecisionView key={key} title={title} decision={(explanation.decisions as Record<string, Decision>)[key] as Decision} />
          ))}
        </>
      )}
    </>
  );
}
