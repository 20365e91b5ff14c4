// An actor: who it is, its positions by issue, what it said last, where it turned.
import type { JSX } from "preact";
import { PositionsOverTime } from "../chart";
import { ActorEditing } from "../actor_edit";
import type { Actor, Changes, Counts, StatementPage as Page } from "../client";
import { path } from "../client";
import { formatCount, formatDate, plural, positionName, POSITIONS } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, ProblemView, ShareBar, StatementRow, Unfinished } from "../parts";
import { rowsOf } from "../positions";
import type { Pair, Route } from "../route";
import { href, valueOf, withValue } from "../route";
import { TurnList } from "../turns";

function Turns({ id, issue }: { id: string; issue: string }): JSX.Element | null {
  const { data, problem } = useAnswer<Changes>(path("changes", [["speaker", id], ["issue", issue]]));
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Loading what="turns" />;
  return <TurnList data={data} />;
}

function OnIssue({ actor, issue }: { actor: Actor; issue: string }): JSX.Element {
  const conditions: Pair[] = [["speaker", actor.id], ["issue", issue]];
  const { data, problem } = useAnswer<Counts>(
    path("stats", [...conditions, ["by", "position"], ["interval", "month"], ["limit", "1000"]]),
  );
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Loading what="positions over time" />;
  return (
    <>
      <PositionsOverTime counts={data} conditions={conditions} isShare={false} title={`Positions of ${actor.name} on ${issue} by month`} />
      <h2>Where the position turned</h2>
      <Turns id={actor.id} issue={issue} />
    </>
  );
}

function Positions({ actor, route }: { actor: Actor; route: Route }): JSX.Element {
  const chosen = valueOf(route.pairs, "issue");
  const isOpen = valueOf(route.pairs, "open") === "true";
  const others = route.pairs.filter(([name]) => name !== "open");
  const { data, problem } = useAnswer<Counts>(
    path("stats", [["speaker", actor.id], ["by", "issue,position"], ["open", String(isOpen)], ["limit", "200"]]),
  );
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Loading what="positions" lines={6} />;
  const rows = rowsOf(data.groups, ({ issue }) => issue);
  if (rows.length === 0) return <p class="note">No position on an issue is on record.</p>;
  const isPeople = actor.kind !== "person";
  return (
    <>
      <p class="note">
        Statements by issue and position{isPeople && `, those of who speaks for ${actor.name} included`}. Choose an
        issue to see it over time. <a href={href("actor", actor.id, isOpen ? others : [...others, ["open", "true"]])}>
          {isOpen ? "Established issues alone" : "Phrases of the texts, too"}</a>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Positions by issue">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Issue</th>
              <th scope="col"><span class="hidden">Drawn</span></th>
              {POSITIONS.map((position) => <th key={position} scope="col" class="number">{positionName(position)}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 25).map(({ key, total, counts }) => (
              <tr key={key.id} data-row class={key.id === chosen ? "chosen" : ""}>
                <th scope="row"><a data-open href={href("actor", actor.id, withValue(route.pairs, "issue", key.id === chosen ? "" : key.id))} aria-current={key.id === chosen ? "true" : undefined}>{key.label}</a></th>
                <td><ShareBar shares={POSITIONS.map((position) => ({ position, count: counts[position] }))} of={total} /></td>
                {POSITIONS.map((position) => (
                  <td key={position} class="number">
                    {counts[position] > 0 ? (
                      <a href={href("", "", [["speaker", actor.id], ["issue", key.id], ["position", position]])}>{formatCount(counts[position])}</a>
                    ) : <span class="zero">0</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Unfinished counts={data} />
      {(rows.length > 25 || data.groups_left_out > 0) && <p class="note">Rarer issues are left out.</p>}
    </>
  );
}

function Roles({ actor }: { actor: Actor }): JSX.Element | null {
  if (actor.roles.length === 0) return null;
  return (
    <section>
      <h2>Roles</h2>
      <ul class="plain">
        {actor.roles.map(({ title, country, from, to }, i) => (
          <li key={i}>{title}{country && ` (${country})`}{(from || to) && <span class="aside"> {formatDate(from) || "…"} – {formatDate(to) || "today"}</span>}</li>
        ))}
      </ul>
    </section>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  person: "Person", country: "Country", organization: "Organization", group: "Group", anonymous: "Unnamed sources", document: "Document",
};

export function ActorPage({ route }: { route: Route }): JSX.Element {
  const answer = useAnswer<Actor>(path(`actors/${encodeURIComponent(route.id)}`));
  const latest = useAnswer<Page>(path("statements", [["speaker", route.id], ["limit", "5"]]));
  const actor = answer.data;
  const issue = valueOf(route.pairs, "issue");
  useTitle(actor?.name ?? "Actor");
  if (answer.problem) return <div class="page"><Heading>Actor</Heading><ProblemView problem={answer.problem} retry={answer.retry} /></div>;
  if (!actor) return <div class="page"><Loading what="the actor" lines={6} /></div>;
  const search = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget as HTMLFormElement).get("text") ?? "").trim();
    location.hash = href("", "", [["speaker", actor.id], ...(text ? [["text", text] as Pair] : [])]);
  };
  return (
    <div class="page">
      <Heading kicker={[KINDS[actor.kind], actor.kind !== "country" && actor.country].filter(Boolean).join(" · ")}>{actor.name}</Heading>
      <div class="columns">
        <div>
          <form class="inline" onSubmit={search} role="search" aria-label={`Statements of ${actor.name}`}>
            <label class="field"><span>Search in what {actor.name} said</span><input name="text" autocomplete="off" /></label>
            <button>Search</button>
          </form>
          <h2>Positions</h2>
          <Positions actor={actor} route={route} />
          {issue && <OnIssue key={issue} actor={actor} issue={issue} />}
          <h2>Latest statements</h2>
          {latest.problem ? <ProblemView problem={latest.problem} retry={latest.retry} />
            : !latest.data ? <Loading what="statements" />
            : latest.data.statements.length === 0 ? <p class="note">None is on record.</p>
            : <ol class="rows">{latest.data.statements.map((s) => <StatementRow key={s.id} statement={s} />)}</ol>}
          <p><a href={href("", "", [["speaker", actor.id]])}>All statements</a></p>
        </div>
        <aside aria-label="About the actor">
          <section>
            <h2>On record</h2>
            <p>{plural(actor.statement_count, "statement")}{actor.kind !== "person" && " of its own"}</p>
            <p><a href={href("compare", "", [["a", actor.id]])}>Compare with somebody</a></p>
            <p><a href={href("time", "", [["speaker", actor.id]])}>Over time</a></p>
            <p><a href={href("turns", "", [["speaker", actor.id]])}>Where it changed sides</a></p>
            <p><a href={href("network", "", [["speaker", actor.id]])}>Issues as a network</a></p>
            <p><a href={href("network", "", [["mode", "actors"], ["agreement", "subtract"], ["node", `actor:${actor.id}`]])}>Who is on its side</a></p>
          </section>
          <Roles actor={actor} />
          <ActorEditing key={`${actor.edit}/${actor.merged.length}`} actor={actor} done={answer.retry} />
          {actor.aliases.length > 0 && (
            <section>
              <h2>Also known as</h2>
              <p>{actor.aliases.slice(0, 12).join(", ")}{actor.aliases.length > 12 && ` and ${actor.aliases.length - 12} more`}</p>
            </section>
          )}
          {actor.wikidata && <p class="note">Wikidata: <a href={`https://www.wikidata.org/wiki/${encodeURIComponent(actor.wikidata)}`} rel="noreferrer">{actor.wikidata}</a></p>}
        </aside>
      </div>
    </div>
  );
}

