// State that comes from outside of a component: the address, the service, the network.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { earlyData, Failure, get } from "./client";
import type { Problem } from "./client";
import { parseRoute } from "./route";
import type { Route } from "./route";

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  // Not after the next paint: an address that changes before it would be missed.
  useLayoutEffect(() => {
    const change = (): void => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  return route;
}

export interface Answer<T> {
  readonly data: T | null; // of the path before while isLoading
  readonly problem: Problem | null;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

// A token was given: what had failed is asked again.
const AGAIN = "demarche:again";
export const askAgain = (): void => void dispatchEvent(new Event(AGAIN));

export const problemOf = (error: unknown): Problem =>
  error instanceof Failure
    ? error.problem
    : { status: -1, title: "the page is at fault", detail: String(error), field: "", retryAfter: 0 };

// What a path answers; null asks nothing.
export function useAnswer<T>(path: string | null): Answer<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; problem: Problem | null }>(() => {
    const data = earlyData<T>(path);
    return { path: data && path, data, problem: null };
  });
  const had = useRef(state.path); // needs no asking, once
  const [turn, setTurn] = useState(0);
  const failed = useRef(false);
  failed.current = state.problem !== null;
  // Not after the next paint: an answer takes long enough.
  useLayoutEffect(() => {
    if (path === null) return setState({ path, data: null, problem: null });
    if (path === had.current) return void (had.current = null);
    had.current = null;
    const abort = new AbortController();
    // What early.ts asked for is answered even if it is not wanted any more.
    const show = (data: T | null, problem: Problem | null): void => {
      if (!abort.signal.aborted) setState({ path, data, problem });
    };
    get<T>(path, abort.signal).then((data) => show(data, null), (error: unknown) => show(null, problemOf(error)));
    return () => abort.abort();
  }, [path, turn]);
  const retry = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    const again = (): void => {
      if (failed.current) retry();
    };
    addEventListener(AGAIN, again);
    addEventListener("online", again);
    return () => {
      removeEventListener(AGAIN, again);
      removeEventListener("online", again);
    };
  }, [retry]);
  return { ...state, isLoading: path !== null && state.path !== path, retry };
}

// False until what is shown at first has been painted: a frame begins when the one before it is done.
export function useIsPainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setPainted(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return isPainted;
}

export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const change = (): void => setOnline(navigator.onLine);
    addEventListener("online", change);
    addEventListener("offline", change);
    return () => {
      removeEventListener("online", change);
      removeEventListener("offline", change);
    };
  }, []);
  return isOnline;
}

// The title of the window; the heading takes the focus when a page is opened from within, so that
// a screen reader reads it.
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} – Demarche` : "Demarche";
  }, [title]);
}
