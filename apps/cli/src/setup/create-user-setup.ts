import {
  isRunnerError,
  KEY_VARIABLES,
  type KeyProvider,
  keyStatus,
  loadUserConfig,
  pmHome,
  RunnerError,
  removeUserKey,
  saveUserKey,
} from "@pm/core";
import { listModels, modelsEndpoint } from "@pm/providers";
import { modelOffer } from "./model-offer.ts";
import { providerNames, REPLAY_PREFIX, unknownProvider } from "./provider-names.ts";
import type { KeyCheck, UserSetup } from "./user-setup.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The setup of a real person: their environment, and config.json of their home folder. */
export function createUserSetup(env: Env, now: () => Date = () => new Date()): UserSetup {
  const home = pmHome(env);
  const config = () => loadUserConfig(home);
  const keys = async () => keyStatus(env, await config());

  async function keyCheck(provider: KeyProvider, source: string | null): Promise<KeyCheck> {
    if (source === null) return { provider, source, ok: null, error: null };
    try {
      const endpoint = modelsEndpoint(provider, env, await config());
      if (endpoint !== null) await listModels(endpoint);
      return { provider, source, ok: true, error: null };
    } catch (error) {
      if (!isRunnerError(error)) throw error;
      return { provider, source, ok: false, error: error.toReport() };
    }
  }

  return {
    keys,
    saveKey: (provider, key) => saveUserKey(home, provider, key),
    async removeKey(provider) {
      const removed = await removeUserKey(home, provider);
      const left = (await keys()).find((status) => status.provider === provider)?.source ?? null;
      return { removed, left };
    },
    async checkKeys(provider) {
      const asked = (await keys()).filter((status) => provider === undefined || status.provider === provider);
      return Promise.all(asked.map((status) => keyCheck(status.provider, status.source)));
    },
    providerNames: async () => providerNames(await config()),
    async assertProvider(name) {
      if (name.startsWith(REPLAY_PREFIX) || name === "claude-code") return;
      const names = providerNames(await config());
      if (!names.includes(name)) throw unknownProvider(name, names);
    },
    async assertKey(name) {
      const status = (await keys()).find(({ provider }) => provider === name);
      if (status?.source === null) {
        throw new RunnerError("E521", { provider: name, variable: KEY_VARIABLES[status.provider] });
      }
    },
    models: async (provider, ask = true) =>
      modelOffer({ provider, env, home, config: await config(), now: now(), ask }),
  };
}
