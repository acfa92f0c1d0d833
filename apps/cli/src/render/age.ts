const UNITS = [
  ["day", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
] as const;

/** @returns how long ago something was, in its largest unit: `12 s`, `5 min`, `3 h`, `2 days`. */
export function age(ms: number): string {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(ms / length);
    if (count >= 1) return `${count} ${unit}${unit === "day" && count > 1 ? "s" : ""}`;
  }
  return `${Math.max(0, Math.floor(ms / 1000))} s`;
}
