// Keys for feed readers and frames: which there are, who made them, and their end.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Problem, ReadKey, ReadKeyPage } from "../client";
import { path, remove } from "../client";
import { formatDate } from "../format";
import { problemOf, useAnswer, useTitle } from "../hooks";
import { Heading, Loading, ProblemView } from "../parts";
import type { Route } from "../route";
import { href, valueOf } from "../route";

function Row({ one, done, fail }: { one: ReadKey; done: () => void; fail: (problem: Problem) => void }): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const revoke = (): void => void remove(path(`keys/${one.id}`)).then(done, (error: unknown) => fail(problemOf(error)));
  return (
    <tr data-row>
      <th scope="row">{one.name}</th>
      <td>
        {one.revoked_at ? <>revoked by {one.revoked_by}, <time dateTime={one.revoked_at}>{formatDate(one.revoked_at)}</time></>
          : isAsked ? (
            <span role="alert">Who uses it reads nothing from then on.{" "}
              <button type="button" onClick={revoke} aria-label={`Revoke it: ${one.name}`}>Revoke it</button>{" "}
              <button type="button" class="quiet" onClick={() => setAsked(false)}>Keep it</button>
            </span>
          ) : <button type="button" class="quiet" onClick={() => setAsked(true)} aria-label={`Revoke ${one.name} …`}>Revoke …</button>}
      </td>
      <td>{one.who}</td>
      <td><time dateTime={one.made_at}>{formatDate(one.made_at)}</time></td>
      <td>{one.sites.join(", ") || "any"}</td>
    </tr>
  );
}

export function KeysPage({ route }: { route: Route }): JSX.Element {
  useTitle("Read keys");
  const cursor = valueOf(route.pairs, "cursor");
  const answer = useAnswer<ReadKeyPage>(path("keys", cursor ? [["cursor", cursor]] : []));
  const [problem, setProblem] = useState<Problem | null>(null);
  const { data } = answer;
  return (
    <div class="page">
      <Heading>Read keys</Heading>
      <p class="note">
        Feed readers and pages of others read by them, feeds and frames alone. One is made where a question is followed or put on a
        page, told once, and ends here, or with the token of who made it.
      </p>
      {problem && <ProblemView problem={problem} />}
      {answer.problem && <ProblemView problem={answer.problem} retry={answer.retry} />}
      {!data && !answer.problem && <Loading what="keys" />}
      {data && data.keys.length === 0 && <p>None was made. <a href="#/">Ask a question</a>, then follow it.</p>}
      {data && data.keys.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Keys">
          <table class="figures">
            <thead><tr><th scope="col">For</th><th scope="col">State</th><th scope="col">Made by</th><th scope="col">On</th><th scope="col">Sites</th></tr></thead>
            <tbody>
              {data.keys.map((one) => (
                <Row key={one.id} one={one} done={() => { setProblem(null); answer.retry(); }} fail={setProblem} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data?.next && <p><a href={href("keys", "", [["cursor", data.next]])}>Older ones</a></p>}
    </div>
  );
}
