const FENCED = /^```(?:json)?\s*\n([\s\S]*)\n```$/;

/**
 * @returns what a text says that is exactly one JSON object, in a code fence or bare. Anything around it, and it is no
 * answer: undefined.
 */
export function jsonAnswer(words: string): Record<string, unknown> | undefined {
  const text = words.trim();
  const body = FENCED.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
