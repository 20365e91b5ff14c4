import { useEffect, useRef } from "preact/hooks";

// Keys of one letter. All can be switched off (WCAG 2.1.4); none works while one types.

const OFF = "demarche.keys";
export const areKeysOn = (): boolean => localStorage.getItem(OFF) !== "off";
export const setKeysOn = (on: boolean): void =>
  on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "off");

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// Rows that j and k go through, in the order of the page.
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-row]")];

function move(by: number): void {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  const link = next?.querySelector<HTMLElement>("[data-open]");
  link?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// Keys of what is shown at the moment.
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      if (!areKeysOn() || document.querySelector("dialog[open]")) return;
      const run = now.current[event.key];
      if (!run) return;
      event.preventDefault();
      run();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

export function listenToKeys(showHelp: () => void): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!areKeysOn() || document.querySelector("dialog[open]")) return;
    switch (event.key) {
      case "/": {
        const box = document.querySelector<HTMLInputElement>("#question");
        box?.focus();
        box?.select();
        break;
      }
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "?":
        showHelp();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  addEventListener("keydown", press);
  return () => removeEventListener("keydown", press);
}
