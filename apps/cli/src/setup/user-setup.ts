import type { ErrorReport, KeyProvider, KeyStatus, ListedModel, ModelList } from "@pm/core";

export interface RemovedKey {
  /** False where config.json held none. */
  readonly removed: boolean;
  /** What still sets a key: `env OPENAI_API_KEY`; null where nothing does. */
  readonly left: string | null;
}

export interface KeyCheck extends KeyStatus {
  /** Whether the API took it; null where it is not set, and nobody was asked. */
  readonly ok: boolean | null;
  readonly error: ErrorReport | null;
}

/** US dollars per million tokens. */
export interface ShownPrice {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
}

export interface OfferedModel extends ListedModel {
  /** Null where it is not known. */
  readonly price: ShownPrice | null;
}

export interface ModelOffer {
  readonly provider: string;
  readonly models: readonly OfferedModel[];
  /** Null where nobody lists models. */
  readonly source: ModelList["source"] | null;
  /** ISO date; null with `source`. */
  readonly asOf: string | null;
  /** Why there are none, or why they were not asked for; null where there is nothing to say. */
  readonly reason: string | null;
}

/** What is the person's own: keys, providers, models. Every front end shows and changes it through this. */
export interface UserSetup {
  /** @throws RunnerError E112, E113 */
  keys(): Promise<readonly KeyStatus[]>;
  /** @throws RunnerError E104, E112, E113 */
  saveKey(provider: KeyProvider, key: string): Promise<void>;
  /** @throws RunnerError E104, E112, E113 */
  removeKey(provider: KeyProvider): Promise<RemovedKey>;
  /**
   * One cheap request for each key that is set; what comes of it is in the answer.
   * @throws RunnerError E112, E113
   */
  checkKeys(provider?: KeyProvider): Promise<readonly KeyCheck[]>;
  /** @throws RunnerError E112, E113 */
  providerNames(): Promise<readonly string[]>;
  /** @throws RunnerError E507 no such provider */
  assertProvider(name: string): Promise<void>;
  /** @throws RunnerError E521 the provider needs a key and has none */
  assertKey(provider: string): Promise<void>;
  /**
   * @param ask false: nobody is asked, what is kept or known has to do
   * @throws RunnerError E504, E505, E506, E507, E512, E520
   */
  models(provider: string, ask?: boolean): Promise<ModelOffer>;
}
