// Stretches of time as the service writes them: "2024-02-29", "2024-02", "2024".

// The first and last day.
export function intervalDays(interval: string): [string, string] {
  const [year = "", month, day] = interval.split("-");
  if (day) return [interval, interval];
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return [`${interval}-01`, `${interval}-${String(last).padStart(2, "0")}`];
}

export function nextInterval(interval: string): string {
  const [year = 0, month, day] = interval.split("-").map(Number);
  if (month === undefined) return String(year + 1).padStart(4, "0");
  const next =
    day === undefined
      ? new Date(Date.UTC(year, month, 1))
      : new Date(Date.UTC(year, month - 1, day + 1));
  return next.toISOString().slice(0, interval.length);
}

const MOST = 4000;

// All from the first to the last one, so that an axis of time has the empty ones, too.
export function allIntervals(some: readonly string[]): string[] {
  const sorted = [...some].sort();
  const first = sorted[0];
  const last = sorted[sorted.length - 1];
  const out: string[] = [];
  if (first === undefined || last === undefined) return out;
  for (let at = first; at <= last && out.length < MOST; at = nextInterval(at)) out.push(at);
  return out;
}

// "Feb 2024", for an axis.
export function shortInterval(interval: string): string {
  const [year = "", month, day] = interval.split("-");
  if (!month) return year;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  const name = date.toLocaleString("en", { month: "short", timeZone: "UTC" });
  return day ? `${Number(day)} ${name}` : `${name} ${year}`;
}
