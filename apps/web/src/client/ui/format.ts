/** Numbers and times as people read them. Pure. */
const pad = (value: number) => String(value).padStart(2, "0");

/** `0.4 s`, `42 s`, `3:07`, `1:03:07` */
export function duration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return "0 s";
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`, then the date. */
export function ago(at: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  if (!Number.isFinite(seconds)) return at;
  if (seconds < 45) return "just now";
  if (seconds < 3_300) return `${Math.max(1, Math.round(seconds / 60))} min ago`;
  if (seconds < 79_200) return `${Math.max(1, Math.round(seconds / 3600))} h ago`;
  const days = Math.max(1, Math.round(seconds / 86_400));
  if (days < 14) return days === 1 ? "yesterday" : `${days} days ago`;
  return new Date(at).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}

/** US dollars: `$0.0042`, `$1.27`; what nobody said is said to be unknown. */
export function cost(usd: number | null): string {
  if (usd === null) return "unknown";
  if (usd === 0) return "$0.00";
  return `$${usd.toFixed(usd < 0.1 ? 4 : 2)}`;
}

export const count = (value: number): string => value.toLocaleString("en");

/** `1 file`, `2 files` */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1_000_000) return `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}

export const shortHash = (hash: string): string => hash.replace(/^sha256:/, "").slice(0, 12);

/** An argv as one would type it: words with anything unusual in them are quoted. */
export const commandLine = (argv: readonly string[]): string =>
  argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
