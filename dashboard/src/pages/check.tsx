// Is this quotation in the record, in these words, by this speaker?
import type { JSX } from "preact";
import type { QuotationMatch, Verification } from "../client";
import { path } from "../client";
import { plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, NameInput, ProblemView, StatementRow } from "../parts";
import type { Pair, Route } from "../route";
import { href, valueOf } from "../route";

const VERDICTS: Readonly<Record<Verification["verdict"], string>> = {
  verbatim: "In the record, word for word",
  trimmed: "In the record, but shortened",
  altered: "In the record, in other words",
  "another speaker": "In the record, but by another speaker",
  "not found": "Not in the record",
};

const WORDINGS: Readonly<Record<QuotationMatch["wording"], string>> = {
  verbatim: "word for word",
  trimmed: "shortened",
  altered: "in other words",
};

function Difference({ how, said, quoted }: QuotationMatch["differences"][number]): JSX.Element {
  return (
    <li>
      {how}: {said !== null && <del>{said}</del>}
      {said !== null && quoted !== null && " → "}
      {quoted !== null && <ins>{quoted}</ins>}
    </li>
  );
}

function Match({ match }: { match: QuotationMatch }): JSX.Element {
  return (
    <section class="match">
      <ol class="rows"><StatementRow statement={match.statement} /></ol>
      <p class="note">
        {WORDINGS[match.wording]}
        {match.wording === "altered" && `, ${Math.round(100 * match.same_words)} % of the words are the same`}
        {match.wording === "verbatim" && !match.exact && ", but for marks or capitals"}
        {!match.is_speaker && ", by another speaker"}
      </p>
      {match.differences.length > 0 && (
        <ul class="plain differences" aria-label="Differences">
          {match.differences.map((one, i) => <Difference key={i} {...one} />)}
        </ul>
      )}
    </section>
  );
}

function Verdict({ data }: { data: Verification }): JSX.Element {
  const unknown = data.interpretation.filter(({ matched }) => matched?.length === 0);
  return (
    <section aria-label="Verdict">
      <div role="status"><h2>{VERDICTS[data.verdict]}</h2></div>
      {unknown.map(({ value }) => <p key={value}>The record knows nobody by the name <strong>{value}</strong>.</p>)}
      {data.matches.map((match) => <Match key={match.statement.id} match={match} />)}
      {data.matches_left_out > 0 && <p class="note">{plural(data.matches_left_out, "match", "matches")} more are left out.</p>}
      <p class="note">
        {data.verdict === "not found"
          ? "No article on record has it among what somebody said. That is no proof that it was not said."
          : "The words are those that an article gives as what somebody said. Read the article before you rely on them."}
      </p>
    </section>
  );
}

export function CheckPage({ route }: { route: Route }): JSX.Element {
  const text = valueOf(route.pairs, "text");
  const speaker = valueOf(route.pairs, "speaker");
  const asked: Pair[] = [["text", text], ...(speaker ? [["speaker", speaker] as Pair] : [])];
  const answer = useAnswer<Verification>(text ? path("verify", asked) : null);
  useTitle("Check a quotation");
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const given = ["text", "speaker"].map((name): Pair => [name, String(form.get(name) ?? "").trim()]);
    location.hash = href("check", "", given.filter(([, value]) => value));
  };
  return (
    <div class="page">
      <Heading>Check a quotation</Heading>
      <form class="checking" onSubmit={submit} key={`${text} ${speaker}`}>
        <label class="field"><span>The quotation</span>
          <textarea name="text" rows={3} maxLength={1000} required defaultValue={text} />
        </label>
        <NameInput kind="actors" name="speaker" value={speaker} label="Said by (may be left empty)" />
        <p class="tools"><button>Check it</button></p>
      </form>
      {answer.problem ? <ProblemView problem={answer.problem} retry={answer.retry} />
        : answer.data && !answer.isLoading ? <Verdict data={answer.data} />
        : text ? <Loading what="the verdict" lines={4} />
        : <p class="note">At least three words. Part of a sentence is enough; “…” stands for what is left out.</p>}
    </div>
  );
}
