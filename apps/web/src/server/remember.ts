/** Keeps a value as the newest of a map that holds `limit` at most: the one that was set longest ago is forgotten first. */
export function remember<T>(known: Map<string, T>, key: string, value: T, limit: number): void {
  known.delete(key);
  known.set(key, value);
  for (const first of known.keys()) if (known.size > limit) known.delete(first);
}
