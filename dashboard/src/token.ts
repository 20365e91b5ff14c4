// The token of this tab: it goes with the tab.

const TOKEN = "demarche.token";
export const token = {
  get: (): string => sessionStorage.getItem(TOKEN) ?? "",
  set: (value: string): void =>
    value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN),
};

export function authorized(headers: Record<string, string> = { Accept: "application/json" }): Headers {
  const all = new Headers(headers);
  if (token.get()) all.set("Authorization", `Bearer ${token.get()}`);
  return all;
}
