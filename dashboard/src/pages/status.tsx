// The service: is it ready, what does it hold, what does it do in the background?
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Counts, JobList, Version } from "../client";
import { path, token } from "../client";
import { formatCount, formatShare, plural } from "../format";
import { useAnswer, useTitle } from "../hooks";
import { Heading, Loading, ProblemView } from "../parts";
import { href } from "../route";

type Job = JobList["jobs"][number];

const LOOK_AGAIN_MS = 2000;

function useReadiness(turn: number): string {
  const [state, setState] = useState("…");
  useEffect(() => {
    fetch("readyz").then(
      (answer) => setState(answer.ok ? "ready" : "not ready"),
      () => setState("cannot be reached"),
    );
  }, [turn]);
  return state;
}

const STATES: Readonly<Record<Job["state"], string>> = {
  never: "Nothing had to be read again yet.",
  running: "Stored articles are being read again.",
  waiting: "A newer engine has read this record; this program leaves it alone.",
  done: "All stored articles are read by today’s engine and issues.",
};

function JobView({ job }: { job: Job }): JSX.Element {
  return (
    <section>
      <h2>Reading again</h2>
      <p>{STATES[job.state]}</p>
      {job.articles > 0 && (
        <>
          <progress max={job.articles} value={job.articles_done} aria-label="Articles read again" />
          <p class="meta">
            <span>{formatCount(job.articles_done)} of {plural(job.articles, "article")} ({formatShare(job.articles_done, job.articles)})</span>
            <span>{plural(job.statements_changed, "statement")} changed</span>
            {job.articles_failed > 0 && <span>{formatCount(job.articles_failed)} refused by the engine</span>}
          </p>
        </>
      )}
    </section>
  );
}

export function StatusPage(): JSX.Element {
  useTitle("Status");
  const [turn, setTurn] = useState(0);
  const [hasToken, setHasToken] = useState(token.get() !== "");
  const ready = useReadiness(turn);
  const version = useAnswer<Version>("version");
  const jobs = useAnswer<JobList>(path("jobs"));
  const counts = useAnswer<Counts>(path("stats", [["interval", "year"], ["limit", "1000"]]));
  const isRunning = jobs.data?.jobs.some(({ state }) => state === "running") ?? false;
  useEffect(() => {
    const timer = setTimeout(() => {
      setTurn(turn + 1);
      if (isRunning) jobs.retry();
    }, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [turn, isRunning]);
  return (
    <div class="page">
      <Heading>Status</Heading>
      <dl class="facts">
        <div><dt>Service</dt><dd>{ready}</dd></div>
        {version.data && <div><dt>Version</dt><dd>{version.data.version}, engine {version.data.engine}</dd></div>}
        {counts.data && <div><dt>Record</dt><dd>{plural(counts.data.total, "statement")}{years(counts.data)}</dd></div>}
        <div>
          <dt>Token</dt>
          <dd>
            {hasToken ? "one is used in this tab " : "none is used "}
            {hasToken && <button type="button" class="quiet" onClick={() => {
              token.set("");
              setHasToken(false);
            }}>Forget it</button>}
          </dd>
        </div>
        <div><dt>Interface</dt><dd><a href="openapi.yaml">openapi.yaml</a></dd></div>
      </dl>
      {jobs.problem ? <ProblemView problem={jobs.problem} retry={jobs.retry} />
        : !jobs.data ? <Loading what="jobs" />
        : jobs.data.jobs.map((job) => <JobView key={job.id} job={job} />)}
      <p class="tools">
        <a href={href("add")}>Add articles</a> <a href={href("trail")}>Who changed what</a>{" "}
        <a href={href("orphans")}>Corrections without a text</a> <a href={href("keys")}>Read keys</a>
      </p>
    </div>
  );
}

function years({ groups }: Counts): string {
  const first = groups[0]?.interval;
  const last = groups[groups.length - 1]?.interval;
  return !first ? "" : first === last ? `, of ${first}` : `, from ${first} to ${last}`;
}
