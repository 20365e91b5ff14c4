// What a person says of an issue: that it is the same as another one.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { EditsOf } from "./actor_edit";
import type { EditMade, Issue, IssuePage, Problem } from "./client";
import { get, path, post } from "./client";
import { problemOf } from "./hooks";
import { NameInput, ProblemView } from "./parts";
import { href } from "./route";

// The id of the one that remains.
async function mergeInto(issue: Issue, label: string): Promise<string> {
  const { issues } = await get<IssuePage>(path("issues", [["name", label], ["limit", "20"]]));
  const wanted = label.toLowerCase();
  const into = issues.find((i) => i.label.toLowerCase() === wanted || i.id.toLowerCase() === wanted) ?? issues[0];
  const id = into?.id ?? label;
  await post<EditMade>(path(`issues/${encodeURIComponent(issue.id)}/merge`), { into: id });
  return id;
}

export function IssueEditing({ issue, done }: { issue: Issue; done: () => void }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const label = String(new FormData(event.currentTarget as HTMLFormElement).get("into") ?? "").trim();
    if (!label) return;
    mergeInto(issue, label).then(
      (id) => { location.hash = href("issue", id); },
      (error: unknown) => setProblem(problemOf(error)),
    );
  };
  return (
    <section class="history">
      <h2>Corrections</h2>
      {!isOpen ? <p><button type="button" class="quiet" onClick={() => setOpen(true)}>Correct this issue</button></p> : (
        <>
          {problem && <ProblemView problem={problem} />}
          <form class="inline" onSubmit={submit} aria-label="Merge">
            <NameInput kind="issues" name="into" value="" label={`${issue.label} is the same as`} />
            <button>Merge into it</button>
          </form>
          {[issue.id, ...issue.merged].map((id) => (
            <EditsOf key={id} kind="issue" id={id} done={() => { setProblem(null); done(); }} fail={setProblem} />
          ))}
        </>
      )}
    </section>
  );
}
