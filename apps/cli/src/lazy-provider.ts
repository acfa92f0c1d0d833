import type { Provider } from "@pm/core";

/** A provider whose code is loaded by its first use, since most calls of the engine run no agent. */
export function lazyProvider(name: string, load: () => Promise<Provider>): Provider {
  let loaded: Promise<Provider> | undefined;
  const provider = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    name,
    check: async () => (await provider()).check(),
    run: async (request) => (await provider()).run(request),
    endTask: async (task) => (await (await provider()).endTask?.(task)) ?? null,
  };
}
