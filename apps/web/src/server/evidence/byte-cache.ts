/** Keeps what was made last, up to a number of bytes; what does not fit goes, the least recently used first. */
export interface ByteCache<T> {
  /** Makes it where it is not kept; who asks meanwhile waits for the same. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

export function createByteCache<T>(limit: number, sizeOf: (value: T) => number): ByteCache<T> {
  const kept = new Map<string, { readonly value: Promise<T>; bytes: number }>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  function trim(): void {
    for (const key of kept.keys()) {
      if (bytes <= limit) return;
      drop(key);
    }
  }

  return {
    async get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return found.value;
      }
      const entry = { value: make(), bytes: 0 };
      kept.set(key, entry);
      try {
        const value = await entry.value;
        if (kept.get(key) === entry) {
          entry.bytes = sizeOf(value);
          bytes += entry.bytes;
          trim();
        }
        return value;
      } catch (error) {
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      }
    },
  };
}
