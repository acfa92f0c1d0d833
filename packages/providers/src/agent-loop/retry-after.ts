const DATE = /^[A-Za-z]{3}, \d/;

/**
 * How long an API asks to be left alone, in milliseconds; null where it does not say.
 * @param headers `retry-after-ms`, or `retry-after` in seconds or as a date
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const precise = amount(headers["retry-after-ms"]);
  if (precise !== null) return precise;
  const given = headers["retry-after"]?.trim();
  const seconds = amount(given);
  if (seconds !== null) return seconds * 1000;
  if (given === undefined || !DATE.test(given)) return null;
  const at = Date.parse(given);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function amount(text: string | undefined): number | null {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
