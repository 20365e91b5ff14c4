// The frame: name, question box, pages, help.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useOnline, useRoute } from "./hooks";
import { areKeysOn, listenToKeys, setKeysOn } from "./keys";
import { ActorPage } from "./pages/actor";
import { AddPage } from "./pages/add";
import { ArticlePage } from "./pages/article";
import { AskPage } from "./pages/ask";
import { CheckPage } from "./pages/check";
import { ComparePage } from "./pages/compare";
import { IssuePage } from "./pages/issue";
import { KeysPage } from "./pages/keys";
import { NetworkPage } from "./pages/network";
import { OrphansPage } from "./pages/orphans";
import { QueuePage } from "./pages/queue";
import { StatementPage } from "./pages/statement";
import { StatusPage } from "./pages/status";
import { TimePage } from "./pages/time";
import { TrailPage } from "./pages/trail";
import { TurnsPage } from "./pages/turns";
import type { Route } from "./route";
import { href, valueOf } from "./route";

export type PageOf = (props: { route: Route }) => JSX.Element;

const PAGES: Readonly<Record<string, PageOf>> = {
  "": AskPage,
  s: StatementPage,
  article: ArticlePage,
  actor: ActorPage,
  issue: IssuePage,
  check: CheckPage,
  compare: ComparePage,
  network: NetworkPage,
  time: TimePage,
  turns: TurnsPage,
  queue: QueuePage,
  trail: TrailPage,
  orphans: OrphansPage,
  keys: KeysPage,
  add: AddPage,
  status: StatusPage,
};

const MENU = [
  ["", "Ask"], ["compare", "Compare"], ["network", "Network"], ["time", "Timeline"], ["turns", "Turns"], ["check", "Check"], ["queue", "Queue"], ["add", "Add"], ["status", "Status"],
] as const;

function QuestionBox({ route }: { route: Route }): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  const asked = route.page === "" ? valueOf(route.pairs, "q") : "";
  useEffect(() => {
    if (box.current) box.current.value = asked;
  }, [asked]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = box.current?.value.trim() ?? "";
    location.hash = href("", "", text ? [["q", text]] : []);
    box.current?.blur();
  };
  return (
    <form class="ask" role="search" onSubmit={submit}>
      <label class="hidden" for="question">A question to the record</label>
      <input
        id="question"
        ref={box}
        type="search"
        defaultValue={asked}
        maxLength={1000}
        autocomplete="off"
        spellcheck={false}
        placeholder="all statements by … about …"
      />
      <button>Ask</button>
    </form>
  );
}

function Help({ close }: { close: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(areKeysOn());
  useEffect(() => dialog.current?.showModal(), []);
  const keys: [string, string][] = [
    ["/", "to the question box"],
    ["j  k", "next and previous row"],
    ["Enter", "open the row"],
    ["c  e  x", "confirm, correct, reject a statement"],
    ["u", "take the last of these back"],
    ["n  p", "next and previous of the queue"],
    ["?", "this help"],
    ["Esc", "close it"],
  ];
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <table class="keys">
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}><th scope="row"><kbd>{key}</kbd></th><td>{what}</td></tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setKeysOn(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />{" "}
        Keys of one letter work
      </label>
      <h2>Questions</h2>
      <ul class="plain">
        <li>all statements by Wang Yi about core interests since 2024</li>
        <li>what did the foreign minister of France say to Germany</li>
        <li>who opposes sanctions in May 2024</li>
        <li>statements by officials of China not about Taiwan</li>
      </ul>
      <form method="dialog"><button>Close</button></form>
    </dialog>
  );
}

const NotFound: PageOf = () => (
  <div class="page"><h1 tabIndex={-1}>There is no such page</h1><p><a href="#/">Ask the record</a></p></div>
);

export function App(): JSX.Element {
  const route = useRoute();
  const isOnline = useOnline();
  const [hasHelp, setHelp] = useState(false);
  const first = useRef(true);
  useEffect(() => listenToKeys(() => setHelp(true)), []);
  // A page that was opened from within begins at its top, and a screen reader reads its heading.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  }, [route.page, route.id]);
  const Page = PAGES[route.page] ?? NotFound;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        document.querySelector<HTMLElement>("main")?.focus();
      }}>To the content</a>
      <header class="top">
        <a class="name" href="#/">Demarche</a>
        <QuestionBox route={route} />
        <nav aria-label="Pages">
          {MENU.map(([page, label]) => (
            <a key={page} href={href(page)} aria-current={route.page === page ? "page" : undefined}>{label}</a>
          ))}
          <button type="button" class="quiet" onClick={() => setHelp(true)} aria-label="Help and keys">?</button>
        </nav>
      </header>
      {!isOnline && (
        <p class="offline" role="status">No network. What is shown was loaded before; new questions wait for it.</p>
      )}
      <main id="main" tabIndex={-1}><Page key={`${route.page}/${route.id}`} route={route} /></main>
      {hasHelp && <Help close={() => setHelp(false)} />}
    </>
  );
}
