/** Needs to be written otherwise in JSON, in an address and in base64. */
export const KEY = 'canary+/ "key" 7f3a9c51d2e84b60/Zq';

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Twelve ways in which a key may be written. */
export function formsOf(key: string): Readonly<Record<string, string>> {
  const json = JSON.stringify(key).slice(1, -1);
  const hex = Buffer.from(key).toString("hex");
  const url = encodeURIComponent(key);
  return {
    "as it is": key,
    "in JSON": json,
    "in JSON within JSON": JSON.stringify(json).slice(1, -1),
    "in JSON with escaped slashes": json.replaceAll("/", "\\/"),
    "in a url": url,
    "in a url, in small letters": url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    "in a form": url.replaceAll("%20", "+"),
    "in hex": hex,
    "in capital hex": hex.toUpperCase(),
    "in base64": base64(key),
    "in base64 behind a letter": base64(`x${key}`),
    "in base64url behind two letters": Buffer.from(`xy${key}`).toString("base64url"),
  };
}

/** Every string in a value: what JSON would escape once more is looked at as it is. */
export function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(leaves);
}
